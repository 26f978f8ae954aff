"""The lines of ``::: verse``, ``::: head``, ``::: sign`` come in; leaves, and boards of two columns, go out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder.copydesk import strips
from builder.copydesk.looks import ROLES, Look
from builder.copydesk.nouns import Board, Kind, Leaf, Row
from builder.manuscript import official
from builder.manuscript.verse import ATTRIBUTION
from builder.publication import Head, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.copydesk.nouns import Block
    from builder.copydesk.page import Page
    from builder.manuscript.boxes import Stretch
    from builder.manuscript.folder import Lines
    from builder.publication import Inlines, Part


def piece(stretch: Stretch, page: Page) -> Iterator[Block]:
    """A piece → its leaves or boards."""
    last = stretch.lines[-1].number + 1 if stretch.lines else stretch.line
    if stretch.piece == "verse":
        yield from _verse(stretch.lines, page, last)
        return
    paper = _Paper(page)
    read = official.head if stretch.piece == "head" else official.sign
    found = read(stretch.lines, stretch.line, page.sheet, [], paper.words)
    if isinstance(found, Head):
        rows = (Row((paper.leaves(found.left), paper.leaves(found.right))),)
        yield Board(Kind.HEAD, rows, stretch.line, last)
        below = paper.leaves(found.below)
        yield from below[:-1]
        yield from (replace(leaf, close=last) for leaf in below[-1:])
    else:
        cells = (paper.leaves(found.recipients), *(paper.leaves(each) for each in found.signers))
        yield Board(Kind.SIGN, (Row(cells),), stretch.line, last)


class _Paper:
    """Remembers on which line each part of a head or a foot stands."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.met: list[tuple[int, str]] = []

    def words(self, lines: Lines) -> Inlines:
        self.met.append((lines[0].number, lines[0].text))
        return (Text(str(len(self.met) - 1)),)

    def leaves(self, parts: tuple[Part, ...]) -> tuple[Leaf, ...]:
        return tuple(self._leaf(part) for part in parts)

    def _leaf(self, part: Part) -> Leaf:
        (index,) = part.inlines
        number, text = self.met[int(index.text) if isinstance(index, Text) else 0]
        line = self.page.line(number)
        column = line.find(text.replace(r"\*", "*").strip())
        start = self.page.at(number, column) if column >= 0 else self.page.words_at(number)
        end = start + len(text.replace(r"\*", "*").strip()) if column >= 0 else self.page.close(number)
        look = ROLES.get(part.role, Look.SIDE)
        return Leaf(look, strips.read(text), start, end, number, number)


def _verse(lines: Lines, page: Page, close: int) -> Iterator[Leaf]:
    written = [line for line in lines if line.text.strip()]
    for line in written:
        mark = ATTRIBUTION.match(line.text) if line is written[-1] else None
        text = line.text[mark.end() :] if mark else line.text
        start = page.words_at(line.number)
        if mark:
            start = page.close(line.number) - len(text.rstrip())
        yield Leaf(
            Look.CREDIT if mark else Look.VERSE,
            strips.read(text.strip()),
            start,
            page.close(line.number),
            line.number,
            line.number,
            lead="— " if mark else "",
            close=close if mark else 0,
            depth=int(not mark and line.text.startswith(("  ", "\t"))),
        )
