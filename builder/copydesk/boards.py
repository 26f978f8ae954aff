"""Boards come in; tables of Word go out: ruled for tables and settings, without rules for heads and feet of papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from builder.copydesk import styles, wml
from builder.copydesk.nouns import Kind

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

    from builder.copydesk.nouns import Board, Chapter, Row
    from builder.copydesk.setting import Setter

_FULL = wml.twips(styles.WIDTH * 72 / 25.4)
_SHARES = {Kind.SETTINGS: (3, 7), Kind.HEAD: (9, 11)}
_LEAST = 3  # letters a column is counted as at least
_MOST = 60
_LETTER = 130  # twips: the width of a letter in bold 12 points
_PADDING = 216
_GROUND = "F2F2F2"
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def table(board: Board, chapter: Chapter, setter: Setter) -> BaseOxmlElement:
    """A board → ``w:tbl``."""
    widths = _widths(board)
    ruled = board.kind in {Kind.TABLE, Kind.SETTINGS}
    made = wml.element("tbl", _settings(ruled=ruled))
    made.append(wml.element("tblGrid", *(wml.element("gridCol", w=width) for width in widths)))
    for count, row in enumerate(board.rows):
        made.append(_row(row, board, widths, chapter, setter, head=not count and board.kind is Kind.TABLE))
    return made


def _settings(*, ruled: bool) -> BaseOxmlElement:
    line = {"val": "single", "sz": 4, "space": 0, "color": "7F7F7F"} if ruled else {"val": "nil"}
    borders = wml.element("tblBorders", *(wml.element(side, **line) for side in _SIDES))
    children = (
        wml.element("tblW", w=_FULL, type="dxa"),
        wml.element("jc", val="center"),
        wml.element("tblLayout", type="fixed"),
        borders,
    )
    return wml.ordered("tblPr", wml.TABLE, children)


def _row(row: Row, board: Board, widths: list[int], chapter: Chapter, setter: Setter, *, head: bool) -> BaseOxmlElement:
    made = wml.element("tr")
    flags = [wml.element("cantSplit")]
    if head:
        flags.append(wml.element("tblHeader"))
    made.append(wml.element("trPr", *flags))
    for place, (cell, width) in enumerate(zip(row.cells, widths, strict=True)):
        settings = [wml.element("tcW", w=width, type="dxa")]
        if head or (board.kind is Kind.SETTINGS and not place):
            settings.append(wml.element("shd", val="clear", color="auto", fill=_GROUND))
        holder = wml.element("tc", wml.ordered("tcPr", wml.CELL, settings))
        for leaf in cell:
            paragraph = setter.paragraph(leaf, chapter)
            align = board.aligns[place] if place < len(board.aligns) and not head else ""
            if align:
                _align(paragraph, align)
            holder.append(paragraph)
        if not cell:
            holder.append(wml.element("p"))
        made.append(holder)
    return made


def _align(paragraph: BaseOxmlElement, align: str) -> None:
    settings = paragraph.find(qn("w:pPr"))
    children = [*settings, wml.element("jc", val=align)]
    paragraph.replace(settings, wml.ordered("pPr", wml.PARAGRAPH, children))


def _widths(board: Board) -> list[int]:
    """The widths of the columns in twips: by the length of what stands in them."""
    count = len(board.rows[0].cells)
    shares = _SHARES.get(board.kind) or ((1,) * count if board.kind is Kind.SIGN else None)
    widths = [_FULL * share // sum(shares) for share in shares] if shares else _by_words(board, count)
    widths[-1] += _FULL - sum(widths)
    return widths


def _by_words(board: Board, count: int) -> list[int]:
    """Widths in which the longest word of each column fits; the rest goes to those whose cells are long."""
    least, wanted = [], []
    for place in range(count):
        texts = ["".join(leaf.text for leaf in row.cells[place]) for row in board.rows]
        word = max((len(word) for text in texts for word in text.split()), default=0)
        least.append(_PADDING + _LETTER * max(word, _LEAST))
        wanted.append(min(max(map(len, texts)), _MOST) + 1)
    rest = _FULL - sum(least)
    if rest < 0:
        return [_FULL * each // sum(least) for each in least]
    return [base + rest * weight // sum(wanted) for base, weight in zip(least, wanted, strict=True)]
