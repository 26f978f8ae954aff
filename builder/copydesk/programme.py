"""``program.md`` comes in; the leaves of its clauses go out: the label typed at the head of its words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder.copydesk import strips
from builder.copydesk.looks import HEADINGS, LEVELS, TITLED, Look
from builder.copydesk.nouns import Chapter, Leaf
from builder.copydesk.prose import Scanner
from builder.manuscript import outline
from builder.publication import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.copydesk.nouns import Block
    from builder.copydesk.page import Page
    from builder.manuscript.outline import Unit

_BOLD = "**"


def read(page: Page) -> tuple[Chapter, Unit]:
    """A page → its chapter, and the root of its outline, by which its clauses are cited."""
    scanner = Scanner(page, programme=True)
    root = outline.read(scanner.lines)
    found = list(scanner.blocks(tuple(root.body)))
    for unit in root.below():
        found += _unit(unit, scanner)
    return Chapter(page.name, page.raw, tuple(found), scanner.notes), root


def _unit(unit: Unit, scanner: Scanner) -> Iterator[Block]:
    page = scanner.page
    body = list(scanner.blocks(tuple(unit.body)))
    first = body[0] if body else None
    if isinstance(first, Leaf) and first.first == unit.line and unit.body[0].number == unit.line:
        look = Look.ARTICLE_TEXT if unit.level is Level.ARTICLE else LEVELS[unit.level]
        start = _start(unit, page)
        body[0] = replace(first, look=look, label=unit.label.printed, start=start, clause=unit.id)
    else:
        yield from _opening(unit, page)
    yield from body


def _opening(unit: Unit, page: Page) -> Iterator[Leaf]:
    """The line of a label with its title, and the titles in capitals below it."""
    own = [line for line in unit.title if line.number == unit.line]
    look = TITLED[unit.level] if own or unit.level is Level.ARTICLE else LEVELS[unit.level]
    if unit.level is Level.FREE:
        look = HEADINGS[min(unit.label.hashes, len(HEADINGS) - 1)]
    words = strips.read(own[0].text) if own else ()
    end = _end(unit, page)
    if own and unit.label.rest.startswith(_BOLD) and page.raw[:end].endswith(_BOLD):
        words = tuple(replace(piece, bold=True) for piece in words)
    elif page.raw[_start(unit, page) : end].endswith(_BOLD):
        end -= len(_BOLD)
    yield Leaf(look, words, _start(unit, page), end, unit.line, unit.line, label=unit.label.printed, clause=unit.id)
    for line in unit.title:
        if line.number != unit.line:
            start, end = page.words_at(line.number), page.close(line.number)
            bold = page.raw[start:end].startswith(_BOLD)
            start, end = (start + len(_BOLD), end - len(_BOLD)) if bold else (start, end)
            yield Leaf(Look.BELOW, strips.read(line.text), start, end, line.number, line.number)


def _start(unit: Unit, page: Page) -> int:
    """Where the label begins; a bold that ends within the line, and so must be written anew with it, included."""
    column = unit.label.column - 1
    text = page.line(unit.line)
    bare = len(text) - len(text.lstrip("\ufeff"))
    rest = text[column + bare :]
    within = text[:column].endswith(_BOLD) and rest.count(_BOLD) % 2 and not rest.rstrip().endswith(_BOLD)
    return page.at(unit.line, column + bare - len(_BOLD) * bool(within))


def _end(unit: Unit, page: Page) -> int:
    text = page.line(unit.line).rstrip()
    if unit.label.hashes and unit.level is Level.FREE:
        bare = text.rstrip("#")
        if bare != text and bare[-1:].isspace():
            return page.at(unit.line, len(bare.rstrip()))
    return page.close(unit.line)
