"""A table comes in; its rows as markup and what it is like, as classes, go out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.publication import Turn, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from builder.publication import Inlines, Table

MOST_COLUMNS = 5  # of a table that a small screen has room for
LONGEST_KEY = 18  # characters that fit the first column of a table on one line
LONGEST_NAME = 60  # characters of a cell that names its row
FEWEST = 2  # rows that are worth naming
COLUMN, ROW, CELL = 'th scope="col"', 'th scope="row"', "td"
TURNS = {Turn.AUTO: "", Turn.TURN: "turn", Turn.FIT: "upright"}


def rows(table: Table, line: Callable[[Inlines], str], *, named: bool) -> str:
    """Set head and body; each header says what it is the header of (WCAG 1.3.1).

    Args:
        table: what to set.
        line: sets the running text of a cell.
        named: cells that name their rows are headers too, and a head's cell without words is none.
    """
    key = _key(table) if named else None
    above = [CELL if named and not plain(cell).strip() else COLUMN for cell in table.head]
    within = [ROW if column == key else CELL for column in range(len(table.aligns))]
    head = "".join(_cells(above, table.head, table, line))
    body = "".join(f"<tr>{''.join(_cells(within, row, table, line))}</tr>" for row in table.rows)
    return f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"


def _cells(
    openings: Sequence[str], cells: tuple[Inlines, ...], table: Table, line: Callable[[Inlines], str]
) -> Iterator[str]:
    for opening, cell, align in zip(openings, cells, table.aligns, strict=True):
        kind = classes("key" if opening == ROW else "", "" if align.value == "left" else align.value)
        yield f"<{opening}{kind}>{line(cell)}</{opening[:2]}>"


def _key(table: Table) -> int | None:
    """Find the column whose cells name their rows: the first whose cells all have words, no two the same.

    Numbers that only count the rows name nothing; no more does a column to be filled in, or one that stands alone.
    """
    if len(table.rows) < FEWEST:
        return None
    for column in range(len(table.aligns) - 1):
        words = [plain(row[column]).strip() for row in table.rows]
        if any(not each or len(each) > LONGEST_NAME for each in words):
            return None
        if len(set(words)) == len(words) and not all(each.rstrip(".)").isdecimal() for each in words):
            return column
    return None


def kinds(table: Table) -> str:
    """Name what a table is like, as a class attribute.

    ``form`` is to be filled in, ``keyed`` has a short first column, ``wide`` more columns than a small screen has room
    for; ``turn`` and ``upright`` are what its writer wants.
    """
    first = max((len(plain(row[0])) for row in (table.head, *table.rows) if row), default=0)
    form = any(not cell for row in table.rows for cell in row)
    wide = len(table.head) > MOST_COLUMNS
    names = [name for name, holds in (("form", form), ("keyed", first <= LONGEST_KEY), ("wide", wide)) if holds]
    return classes(*names, TURNS[table.turn])


def classes(*names: str) -> str:
    """Write a class attribute, if there is anything for it."""
    told = " ".join(filter(None, names))
    return f' class="{told}"' if told else ""
