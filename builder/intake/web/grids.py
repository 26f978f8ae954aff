"""The rows of an HTML table as met → a table with rows of one width; or its blocks, where it only placed them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder import problems
from builder.intake.original import Grid, Paragraph, Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from builder.intake.record import Record

Block = Paragraph | Grid

_WIDEST_SPAN = 1_000
_TALLEST_SPAN = 10_000
_MOST_HANGING = 200
_LARGEST = 200_000
_LONG_CELL = 1_500
_MANY_PARAGRAPHS = 15
_LEAST_DATA = 3
_CLAUSE = re.compile(r"(?:Điều|ĐIỀU)\s+\d+[.:]|(?:Chương|CHƯƠNG)\s+[IVXLC\d]+")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as met: its blocks, how many columns and rows it takes, whether it is a head."""

    blocks: tuple[Block, ...]
    across: int = 1
    down: int = 1
    head: bool = False

    def is_long(self) -> bool:
        """Tell whether a whole text stands in it, and no entry of a table."""
        if len(self.blocks) > _MANY_PARAGRAPHS or any(isinstance(each, Grid) for each in self.blocks):
            return True
        length = 0
        for each in flattened(self.blocks):
            length += len(each.text)
            if each.heading or length > _LONG_CELL or _CLAUSE.match(each.text):
                return True
        return False


@dataclass(slots=True)
class Open:
    """A table that is being read; ``ruled`` is what its attributes say of lines, nothing when they do not."""

    line: int
    ruled: bool | None = None
    rows: list[list[Cell]] = field(default_factory=list)
    heads: int = 0
    in_head: bool = False
    lined: bool = False

    def row(self) -> None:
        """Begin a row."""
        self.rows.append([])
        if self.in_head:
            self.heads = len(self.rows)


def close(table: Open, record: Record) -> tuple[Block, ...]:
    """A table that was read to its end → a grid; or its blocks one after the other, where it only placed them."""
    rows = [row for row in table.rows if row]
    if not rows or not any(cell.blocks for row in rows for cell in row):
        return ()
    if _only_places(rows, table):
        return tuple(block for row in rows for cell in row for block in cell.blocks)
    places = list(_placed(rows))
    columns = _columns(places)
    if len(rows) * len(columns) > _LARGEST:
        record.add(problems.intake_table_large, table.line, len(rows), len(columns))
        return tuple(each for row in rows for each in _as_paragraph(row))
    filled = [tuple(_paragraphs(row.get(column)) for column in columns) for row in places]
    heads = _heads(rows, table)
    return (Grid(tuple(filled), table.line, heads, _ruled(rows, table, len(columns))),)


def flattened(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Blocks → paragraphs: of a table each row becomes one."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                yield from _joined([each for cell in row for each in cell])


def _as_paragraph(row: Sequence[Cell]) -> Iterator[Paragraph]:
    yield from _joined([each for cell in row for each in flattened(cell.blocks)])


def _joined(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Several paragraphs → one that holds their words, with a space between."""
    if not paragraphs:
        return
    runs: list[Run] = []
    for each in paragraphs:
        if runs:
            runs.append(Run(" "))
        if each.label and runs:
            runs.append(Run(f"{each.label} "))
        runs.extend(each.runs)
    yield Paragraph(tuple(runs), paragraphs[0].line, paragraphs[0].label)


def _paragraphs(cell: Cell | None) -> tuple[Paragraph, ...]:
    return tuple(flattened(cell.blocks)) if cell else ()


def _placed(rows: Sequence[Sequence[Cell]]) -> Iterator[dict[int, Cell]]:
    """Rows → column → cell, as browsers place them: cells from rows above push others to the right."""
    hanging: list[tuple[int, int, int]] = []  # first column, column behind, rows left
    for row in rows:
        taken: dict[int, Cell] = {}
        below: list[tuple[int, int, int]] = []
        column = at = 0
        for cell in row:
            while at < len(hanging) and hanging[at][0] <= column:
                column = max(column, hanging[at][1])
                at += 1
            taken[column] = cell
            if cell.down > 1 and len(below) < _MOST_HANGING:
                below.append((column, column + cell.across, cell.down - 1))
            column += cell.across
        yield taken
        hanging = sorted([*below, *((start, end, left - 1) for start, end, left in hanging if left > 1)])
        hanging = hanging[:_MOST_HANGING]


def _columns(places: Sequence[dict[int, Cell]]) -> list[int]:
    """The columns in which any cell begins: spans that no other row divides count once."""
    return sorted({column for row in places for column in row})


def _heads(rows: Sequence[Sequence[Cell]], table: Open) -> int:
    """How many rows at the top are head: those in ``thead``, or of nothing but ``th``."""
    if table.heads:
        return min(table.heads, len(rows))
    count = 0
    for row in rows:
        if not all(cell.head for cell in row):
            break
        count += 1
    return count if count < len(rows) else 0


def _ruled(rows: Sequence[Sequence[Cell]], table: Open, columns: int) -> bool:
    if table.lined or table.ruled:
        return True
    marked = any(cell.head for row in rows for cell in row) or table.heads > 0
    silent = table.ruled is None
    return marked or (silent and len(rows) >= _LEAST_DATA and columns >= _LEAST_DATA)


def _only_places(rows: Sequence[Sequence[Cell]], table: Open) -> bool:
    """Tell whether a table is there to place a text on the page: one column, or a cell with a whole text in it."""
    lined = table.lined or bool(table.ruled)
    single = all(sum(bool(cell.blocks) for cell in row) <= 1 for row in rows)
    if single and (not lined or len(rows) == 1):
        return True
    if any(cell.head for row in rows for cell in row) or table.heads:
        return False
    return not lined and any(cell.is_long() for row in rows for cell in row)


def span(text: str | None, most: int) -> int:
    """``colspan`` or ``rowspan`` → a number in its limits."""
    digits = (text or "").strip()[:9]
    return min(most, max(1, int(digits))) if digits.isascii() and digits.isdecimal() else 1


def cell(blocks: Sequence[Block], across: str | None, down: str | None, *, head: bool) -> Cell:
    """The blocks of a cell and its attributes → the cell; ``rowspan="0"`` is one row."""
    return Cell(tuple(blocks), span(across, _WIDEST_SPAN), span(down, _TALLEST_SPAN), head)
