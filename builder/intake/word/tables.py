"""A table of a Word file → its rows and cells, brought to one width; whether lines are drawn in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.intake.word.names import MC, has, number, said, w
from builder.intake.word.rough import Piece, Rough, RoughGrid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from builder.intake.original import Paragraph
    from builder.intake.word.styles import Styles

_MOST_COLUMNS = 64  # Word has 63 at most
_MOST_CELLS = 200_000
_WRAPPERS = {w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo"), f"{MC}AlternateContent", f"{MC}Choice"}
_INVISIBLE = {"nil", "none", ""}
_EDGES = ("top", "left", "start", "bottom", "right", "end", "insideH", "insideV")
_SIDES = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it stands in the file, and how many columns it takes."""

    element: _Element
    width: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells with their paragraphs, how many columns are empty before and after them."""

    cells: tuple[tuple[Cell, tuple[Rough, ...]], ...]
    margins: tuple[int, int]
    is_head: bool


def rows(table: _Element) -> Iterator[_Element]:
    """Return the rows of a table, out of whatever wraps them."""
    return _flat(table, w("tr"))


def cells(row: _Element) -> Iterator[Cell]:
    """Return the cells of a row; those that someone deleted keep their place, empty.

    A cell that is merged with the one above it holds an empty paragraph, and needs no care of its own.
    """
    for element in _flat(row, w("tc")):
        properties = element.find(w("tcPr"))
        width = max(1, min(number(said(properties, "gridSpan"), 1), _MOST_COLUMNS))
        is_gone = properties is not None and properties.find(w("cellDel")) is not None
        yield Cell(element.makeelement(w("tc")) if is_gone else element, width)


def _flat(element: _Element, tag: str) -> Iterator[_Element]:
    stack = list(reversed(element))
    while stack:
        at = stack.pop()
        if at.tag == tag:
            yield at
        elif at.tag in _WRAPPERS:
            stack += reversed(at)


def is_deleted(row: _Element) -> bool:
    """Tell whether someone deleted a row."""
    properties = row.find(w("trPr"))
    return properties is not None and properties.find(w("del")) is not None


def is_head(row: _Element) -> bool:
    """Tell whether a row is repeated at the head of every page."""
    return has(row.find(w("trPr")), "tblHeader")


def margins(row: _Element) -> tuple[int, int]:
    """Return how many columns a row leaves empty before and after its cells."""
    properties = row.find(w("trPr"))
    before, after = (number(said(properties, name)) for name in ("gridBefore", "gridAfter"))
    return max(0, min(before, _MOST_COLUMNS)), max(0, min(after, _MOST_COLUMNS))


def grid(found: list[Row], line: int, *, ruled: bool) -> RoughGrid:
    """Bring the rows of a table to one width: what a cell spans besides its first column is empty."""
    wide = [_columns(row) for row in found]
    width = max(map(len, wide))
    whole = tuple(row + ((),) * (width - len(row)) for row in wide)
    used = [at for at in range(width) if any(row[at] for row in whole)] or [0]
    head = next((at for at, row in enumerate(found) if not row.is_head), len(found))
    return RoughGrid(tuple(row[: used[-1] + 1] for row in whole), line, head, ruled)


def is_vast(found: list[Row]) -> bool:
    """Tell whether a table has more cells than any that a person made: to widen its rows would fill the memory."""
    return len(found) * max(sum(cell.width for cell, _ in row.cells) for row in found) > _MOST_CELLS


def as_they_are(found: list[Row], line: int) -> RoughGrid:
    """Make a table of rows without widening them."""
    return RoughGrid(tuple(tuple(words for _, words in row.cells) for row in found), line)


def _columns(row: Row) -> tuple[tuple[Rough, ...], ...]:
    before, after = row.margins
    columns: list[tuple[Rough, ...]] = [()] * before
    for cell, words in row.cells:
        columns += [words, *[()] * (cell.width - 1)]
    return tuple(columns + [()] * after)


# --- lines ----------------------------------------------------------------------------------------


def is_ruled(table: _Element, styles: Styles) -> bool:
    """Tell whether lines are drawn in a table, by its own borders, those of its style or of its cells."""
    of_cells = [each.find(f"{w('tcPr')}/{w('tcBorders')}") for row in rows(table) for each in _flat(row, w("tc"))]
    of_rows = [row.find(f"{w('tblPrEx')}/{w('tblBorders')}") for row in rows(table)]
    if any(drawn for each in (*of_cells, *of_rows) for drawn in _edges(each).values()):
        return True
    own = _edges(table.find(f"{w('tblPr')}/{w('tblBorders')}"))
    style = said(table.find(w("tblPr")), "tblStyle")
    drawn = any((_edges_of(style, styles) | own).values())
    return drawn and not all(_is_cleared(each) for each in of_cells)


def _edges(borders: _Element | None) -> dict[str, bool]:
    """Tell for each edge that is spoken of whether a line is drawn there."""
    if borders is None:
        return {}
    found = ((name, borders.find(w(name))) for name in _EDGES)
    return {_side(name): each.get(w("val"), "") not in _INVISIBLE for name, each in found if each is not None}


def _side(name: str) -> str:
    return {"start": "left", "end": "right"}.get(name, name)


def _is_cleared(borders: _Element | None) -> bool:
    edges = _edges(borders)
    return len(edges) >= _SIDES and not any(edges.values())


def _edges_of(style: str, styles: Styles) -> dict[str, bool]:
    """Return the edges that a style of tables draws, also those it draws in some rows only."""
    found: dict[str, bool] = {}
    for name in reversed(styles.chain(style)):
        element = styles.by_id[name].element
        found |= _edges(element.find(f"{w('tblPr')}/{w('tblBorders')}"))
        for each in element.iter(w("tcBorders")):
            found |= {f"{side} of cells": True for side, drawn in _edges(each).items() if drawn}
    return found


# --- tables in cells ------------------------------------------------------------------------------


def as_lines(inner: RoughGrid) -> list[Rough]:
    """Make a paragraph of every row of a table: its cells one after the other, with a tab between."""
    found = []
    for row in inner.rows:
        filled = [cell for cell in row if any(not rough.is_blank for rough in cell)]
        pieces = [piece for at, cell in enumerate(filled) for piece in _cell(cell, is_first=not at)]
        if pieces:
            found.append(Rough(_bare(filled[0][0].paragraph), tuple(pieces)))
    return found


def _cell(cell: tuple[Rough, ...], *, is_first: bool) -> Iterator[Piece]:
    if not is_first:
        yield Piece("\t")
    said_before = False
    for rough in cell:
        if said_before and not rough.is_blank:
            yield Piece(" ")
        if rough.paragraph.label:
            yield Piece(f"{rough.paragraph.label} ")
        yield from rough.pieces
        said_before = said_before or not rough.is_blank


def _bare(paragraph: Paragraph) -> Paragraph:
    return type(paragraph)((), paragraph.line)
