"""A table of Markdown comes in; a board goes out, with the characters of every cell, and its caption."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from builder.copydesk import strips
from builder.copydesk.looks import Look
from builder.copydesk.nouns import Board, How, Kind, Leaf, Row
from builder.copydesk.page import NESTED
from builder.manuscript import markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.copydesk.nouns import Block
    from builder.copydesk.page import Page
    from builder.manuscript.folder import Lines
    from builder.manuscript.markdown import Node

_BAR = re.compile(r"(?<!\\)\|")
_ALIGN = re.compile(r"text-align:(\w+)")


def read(node: Node, own: Lines, page: Page) -> Iterator[Block]:
    """A table's node and its lines → the board, and its caption where that stands directly below."""
    nodes = [row for part in node.nodes for row in part.nodes]
    first, _ruler, *others = own
    rows, caption = [], None
    for row, line in zip(nodes, (first, *others), strict=False):
        if "|" not in line.text and line is not first:
            caption = line.number
        else:
            rows.append(_row(row, line.number, page, head=line is first))
    aligns = tuple(_align(cell) for cell in nodes[0].nodes)
    yield Board(Kind.TABLE, tuple(rows), first.number, own[-1].number - (caption is not None), aligns)
    if caption:
        words, asked = strips.asked(strips.read(page.lines[caption - 1].text.strip()))
        span = page.words_at(caption), page.close(caption, len(asked.rstrip()))
        yield Leaf(Look.CAPTION, words, *span, caption, caption)


def spans(text: str) -> list[tuple[int, int]]:
    """A row as written → where its cells begin and end, the bars not among them."""
    opening = NESTED.match(text)
    start = opening.end() if opening else 0
    bars = [match.start() for match in _BAR.finditer(text, start)]
    if not text[start:].startswith("|"):
        bars.insert(0, start - 1)
    if not text.rstrip().endswith("|") or not bars[1:]:
        bars.append(len(text.rstrip()))
    return [(before + 1, after) for before, after in pairwise(bars)]


def _row(row: Node, number: int, page: Page, *, head: bool) -> Row:
    text = page.line(number)
    found = spans(text)
    look = Look.CELL_HEAD if head else Look.CELL
    cells = []
    for place, node in enumerate(row.nodes):
        words = strips.pieces([run for inner in node.nodes for run in markdown.runs(inner.token)])
        if place < len(found):
            start, end = found[place]
            inner = text[start:end]
            how = How.CELL if inner.strip() else How.EMPTY
            start, end = (
                (start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip()))
                if inner.strip()
                else (start, end)
            )
            leaf = Leaf(look, words, page.at(number, start), page.at(number, end), number, number, how)
        else:
            leaf = Leaf(look, words, first=number, last=number, how=How.FIXED)
        cells.append((leaf,))
    return Row(tuple(cells), number)


def _align(cell: Node) -> str:
    match = _ALIGN.search(str(cell.token.attrs.get("style", "")))
    return match[1] if match else ""
