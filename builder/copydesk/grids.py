"""A board and the table it came back as come in; the changes to its lines go out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder import problems
from builder.copydesk import additions, pairing
from builder.copydesk.nouns import Board, Kind
from builder.copydesk.strips import bare
from builder.intake.original import Paragraph, Run

if TYPE_CHECKING:
    from builder.copydesk.nouns import Leaf, Row, Shown
    from builder.copydesk.turning import Turner
    from builder.intake.original import Grid

    Cells = tuple[tuple[Paragraph, ...], ...]


def turn(shown: Shown, board: Board, grid: Grid, turner: Turner) -> None:
    """Write the changes of a table into its file."""
    if board.kind in {Kind.HEAD, Kind.SIGN}:
        for place, back in enumerate(_columns(board, grid)):
            _column(shown, board, place, back, turner)
        return
    width = len(board.rows[0].cells)
    found = _rows(board, shown.mark, grid)
    if any(len(row) != width for row in grid.rows) or 0 not in found:
        _anew(shown, board, grid, turner)
        return
    last = board.rows[0].line + (board.kind is Kind.TABLE)
    for cells, at in zip(grid.rows, found, strict=True):
        if at is None:
            _new_row(shown, cells, last, turner)
            continue
        for cell, back in zip(board.rows[at].cells, cells, strict=True):
            for leaf in cell[:1]:
                turner.change(shown.name, leaf, joined(back), shown.where)
        last = max(last, board.rows[at].line)
    for row in (row for at, row in enumerate(board.rows) if at not in found):
        turner.edits[shown.name].remove(row.line, row.line)
        words = " | ".join(leaf.text for cell in row.cells for leaf in cell)
        turner.report.append(problems.copy_removed(turner.place(None), shown.where, words))


def _rows(board: Board, first: int, grid: Grid) -> list[int | None]:
    """For each row that came back, which it is: by its bookmarks, then by its place between those known."""
    owners: dict[int, int] = {}
    for at, row in enumerate(board.rows):
        for _ in (leaf for cell in row.cells for leaf in cell):
            owners[first + len(owners)] = at
    found: list[int | None] = []
    for cells in grid.rows:
        marks = [owners[mark] for cell in cells for each in cell if (mark := pairing.number(each)) in owners]
        found.append(marks[0] if marks and marks[0] not in found else None)
    return _filled(found, board, grid)


def _filled(found: list[int | None], board: Board, grid: Grid) -> list[int | None]:
    """Fill in rows without bookmarks: between known ones, those that stood there, or that say the same."""
    made = list(found)
    before = -1
    for at, known in enumerate(found):
        if known is not None:
            before = known
            continue
        after = next((each for each in found[at:] if each is not None), len(board.rows))
        behind = next((place for place in range(at, len(found)) if found[place] is not None), len(found)) - at
        free = [each for each in range(before + 1, after) if each not in found]
        same = next((each for each in free if _words(board.rows[each]) == _back(grid.rows[at])), None)
        made[at] = free[0] if same is None and free and len(free) == behind else same
        before = before if made[at] is None else made[at] or 0
    return made


def _words(row: Row) -> str:
    return bare(" ".join(leaf.text for cell in row.cells for leaf in cell))


def _back(row: Cells) -> str:
    return bare(" ".join(each.text for cell in row for each in cell))


def joined(paragraphs: tuple[Paragraph, ...]) -> Paragraph:
    """The paragraphs of a cell as one: a cell of Markdown has but one."""
    if not paragraphs:
        return Paragraph(())
    runs = [run for each in paragraphs for run in (Run(" "), *each.runs)][1:]
    return replace(paragraphs[0], runs=tuple(runs))


def _new_row(shown: Shown, cells: Cells, after: int, turner: Turner) -> None:
    words = _back(cells)
    place = turner.place(next((each for cell in cells for each in cell), None))
    if isinstance(shown.block, Board) and shown.block.kind is Kind.SETTINGS:
        turner.report.append(problems.copy_fixed(place, "", words))
        return
    turner.edits[shown.name].add(after, additions.row_text(shown.name, cells, turner), tight=True)
    turner.report.append(problems.copy_added(place, shown.where, words))


def _anew(shown: Shown, board: Board, grid: Grid, turner: Turner) -> None:
    """Columns came or went, or the head row: the table is written anew."""
    edits = turner.edits[shown.name]
    words = " ".join(_back(row) for row in grid.rows)
    place = turner.place(next((each for row in grid.rows for cell in row for each in cell), None))
    if board.kind is Kind.SETTINGS:
        turner.report.append(problems.copy_fixed(place, "", words))
        return
    text = additions.table(shown.name, grid, turner)
    edits.replace(edits.page.at(board.first), edits.page.close(board.last), text)
    turner.report.append(problems.copy_changed(place, shown.where, pairing.text_of(board), words))


# --- heads and feet of papers -----------------------------------------------------------------------


def _columns(board: Board, grid: Grid) -> list[tuple[Paragraph, ...]]:
    """What stands in each column now, row below row; what is beyond the last is in it."""
    count = len(board.rows[0].cells)
    columns: list[tuple[Paragraph, ...]] = [()] * count
    for row in grid.rows:
        for place, cell in enumerate(row):
            columns[min(place, count - 1)] += cell
    return columns


def _column(shown: Shown, board: Board, place: int, back: tuple[Paragraph, ...], turner: Turner) -> None:
    """Write the changes of one column: a line that is new stands below the one before it, a bar to each side."""
    cell, count = board.rows[0].cells[place], len(board.rows[0].cells)
    edits = turner.edits[shown.name]
    first = shown.mark + sum(map(len, board.rows[0].cells[:place]))
    found = pairing.pair(cell, range(first, first + len(cell)), back)
    last = cell[0].first - 1 if cell else board.first
    for paragraph, at in zip(back, found, strict=True):
        if at is not None:
            turner.change(shown.name, cell[at], paragraph, shown.where)
            last = cell[at].last
            continue
        text = additions.row_text(shown.name, ((paragraph,),), turner).strip("| ")
        edits.add(last, " | ".join([*[""] * place, text, *[""] * (count - place - 1)]).strip(" "), tight=True)
        turner.report.append(problems.copy_added(turner.place(paragraph), shown.where, paragraph.text))
    for leaf in (leaf for at, leaf in enumerate(cell) if at not in found):
        _gone(shown, leaf, turner)


def _gone(shown: Shown, leaf: Leaf, turner: Turner) -> None:
    edits = turner.edits[shown.name]
    if edits.page.line(leaf.first).strip() == edits.raw[leaf.start : leaf.end].strip():
        edits.remove(leaf.first, leaf.last)
    else:
        edits.replace(leaf.start, leaf.end, "")
    turner.report.append(problems.copy_removed(turner.place(None), shown.where, leaf.text))
