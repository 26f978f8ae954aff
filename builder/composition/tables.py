"""A table comes in; its rows as markup and what it is like, as classes, go out."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from builder.composition import columns
from builder.publication import Turn, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from builder.publication import Inlines, Table

LONGEST_KEY = 18  # characters that fit the first column of a table on one line
LONGEST_NAME = 60  # characters of a cell that names its row
FEWEST = 2  # rows that are worth naming
COLUMN, ROW, CELL = 'th scope="col"', 'th scope="row"', "td"
ROLES = {COLUMN: "columnheader", ROW: "rowheader", CELL: "cell", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row"}
TURNS = {Turn.AUTO: "", Turn.TURN: "turn", Turn.FIT: "upright"}


def rows(table: Table, line: Callable[[Inlines], str], *, on_screen: bool) -> str:
    """Set head and body; each header says what it is the header of (WCAG 1.3.1).

    Args:
        table: what to set.
        line: sets the running text of a cell.
        on_screen: cells that name their rows are headers too, and a head's cell without words is none; where there are
            too many columns each cell says which it stands in, and everything what it is: some readers take what is not
            shown as a table for none.
    """
    key = _key(table) if on_screen else None
    is_wide = on_screen and columns.are_too_many(table)
    told = {each: f'{each} role="{role}"' if is_wide else each for each, role in ROLES.items()}
    above = [told[CELL if on_screen and not plain(cell).strip() else COLUMN] for cell in table.head]
    within = [told[ROW if column == key else CELL] for column in range(len(table.aligns))]
    names = _names(table) if is_wide else ("",) * len(table.aligns)
    head = "".join(_cells(above, table.head, table, line, ("",) * len(names)))
    opening = f"<{told['tr']}>"
    body = "".join(f"{opening}{''.join(_cells(within, row, table, line, names))}</tr>" for row in table.rows)
    return f"<{told['thead']}>{opening}{head}</tr></thead><{told['tbody']}>{body}</tbody>"


def _cells(
    openings: Sequence[str],
    cells: tuple[Inlines, ...],
    table: Table,
    line: Callable[[Inlines], str],
    names: Sequence[str],
) -> Iterator[str]:
    for opening, cell, align, name in zip(openings, cells, table.aligns, names, strict=True):
        blank = "blank" if name and not plain(cell) else ""
        kind = classes("key" if opening.startswith(ROW) else "", "" if align.value == "left" else align.value, blank)
        yield f"<{opening}{kind}>{name}{line(cell)}</{opening[:2]}>"


def _names(table: Table) -> tuple[str, ...]:
    """Name the columns of a table that a small screen shows row by row, for each of its cells to say."""
    heads = (escape(plain(head), quote=False) for head in table.head)
    return tuple(f'<span class="added column">{head}: </span>' if head else "" for head in heads)


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


def kinds(table: Table, *, on_screen: bool) -> str:
    """Name what a table is like, as a class attribute.

    ``form`` is to be filled in, ``keyed`` has a short first column, ``wide`` columns that a small screen has no room
    for (it says that it is a table nevertheless); ``turn`` and ``upright`` are what its writer wants.
    """
    first = max((len(plain(row[0])) for row in (table.head, *table.rows) if row), default=0)
    form = any(not cell for row in table.rows for cell in row)
    wide = on_screen and columns.are_too_many(table)
    names = [name for name, holds in (("form", form), ("keyed", first <= LONGEST_KEY), ("wide", wide)) if holds]
    return classes(*names, TURNS[table.turn]) + (' role="table"' if wide else "")


def classes(*names: str) -> str:
    """Write a class attribute, if there is anything for it."""
    told = " ".join(filter(None, names))
    return f' class="{told}"' if told else ""
