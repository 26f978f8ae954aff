"""A file of commentary comes in; its entries go out as the paragraphs of comments, on the clauses they speak of.

What a comment cannot bear (tables, pictures, calls of footnotes) stands there as its Markdown.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.copydesk import strips
from builder.copydesk.looks import Look
from builder.copydesk.nouns import Board, Entry, How, Leaf, Piece
from builder.copydesk.prose import Scanner
from builder.manuscript import commentary
from builder.manuscript.sections import section
from builder.problems import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.copydesk.nouns import Block, Definition
    from builder.copydesk.page import Page
    from builder.manuscript.anchors import Anchors
    from builder.manuscript.sections import Section


def read(page: Page, anchors: Anchors) -> Iterator[Entry]:
    """A page of commentary → its entries; those whose clause is not found are left out."""
    scanner = Scanner(page)
    _, sections = section(scanner.lines, 2)
    for each in sections:
        citation, _ = commentary.parted(each.title)
        passages = anchors.find(citation, Place(), [])
        if passages:
            units = [unit for passage in passages for unit in passage]
            first = min(units, key=lambda unit: anchors.order[unit.id])
            last = each.body[-1].number if each.body else each.line
            leaves = tuple(_leaves(each, scanner))
            closes = passages[0][-1].id if first in passages[0] else first.id
            yield Entry(page.name, each.line, _written(page, each.line, last), leaves, first.id, closes)


def _written(page: Page, first: int, last: int) -> int:
    """The last line with words, definitions of footnotes among them."""
    return max(number for number in range(first, last + 1) if page.line(number).strip())


def _leaves(entry: Section, scanner: Scanner) -> Iterator[Leaf]:
    page = scanner.page
    text = page.line(entry.line)
    opening = re.match(r"\ufeff?\s*#+\s+", text)
    start = page.at(entry.line, opening.end() if opening else 0)
    closing = re.search(r"\s+#+\s*$", text)
    end = page.at(entry.line, closing.start()) if closing else page.close(entry.line)
    yield Leaf(Look.NOTE_HEAD, _literal(strips.read(entry.title)), start, end, entry.line, entry.line)
    called: dict[str, None] = {}
    for block in scanner.blocks(entry.body):
        for leaf in _flat(block, page):
            called |= {piece.note: None for piece in leaf.pieces if piece.note}
            yield replace(leaf, pieces=_literal(leaf.pieces), look=_look(leaf))
    for note in scanner.notes:
        if note.name in called:
            yield from _note(note)


def _look(leaf: Leaf) -> Look:
    return Look.NOTE_HEAD if leaf.look.bold else Look.NOTE


def _flat(block: Block, page: Page) -> Iterator[Leaf]:
    """A table → its lines; a picture → its line; the rest as it is."""
    if isinstance(block, Board):
        for number in range(block.first, block.last + 1):
            yield _raw(number, page)
    elif block.picture:
        yield _raw(block.first, page)
    elif not (block.look is Look.CAPTION and block.how in {How.CAPTION, How.FIXED}):
        yield block


def _raw(number: int, page: Page) -> Leaf:
    words = (Piece(page.lines[number - 1].text.strip()),)
    return Leaf(Look.NOTE, words, page.words_at(number), page.close(number), number, number, How.RAW)


def _literal(found: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Calls of footnotes as Markdown: a comment has none."""
    return tuple(Piece(f"[^{piece.note}]", source=f"[^{piece.note}]") if piece.note else piece for piece in found)


def _note(note: Definition) -> Iterator[Leaf]:
    """A footnote's paragraphs, the first with its name before it."""
    if len(note.paragraphs) == 1:
        yield Leaf(Look.NOTE, note.paragraphs[0], note.start, note.end, note.first, note.last, lead=f"[^{note.name}]: ")
        return
    for position, words in enumerate(note.paragraphs):
        lead = "" if position else f"[^{note.name}]: "
        yield Leaf(Look.NOTE, words, first=note.first, last=note.last, how=How.FIXED, lead=lead)
