"""The lines of a page → its rows in reading order: columns one after the other, what faces each other too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from builder import problems
from builder.intake.pages.baselines import Line, lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.intake.pages.glyphs import Page, Word
    from builder.intake.record import Record

_GAP = 0.45  # letter sizes that a gutter is wide
_WIDE = 1.5  # letter sizes between entries of a table
_FEWEST = 6  # rows in a column of text
_FULL = 0.6  # of its width is filled by an average row of a column of text
_MOST_FACING = 14
_LONGEST = 300
_NEAR = 3
_FACING = re.compile(r"CỘNG H[OÒÓ]|ĐẢNG CỘNG SẢN|Nơi nhận|Độc lập")
_FEWEST_TABULAR = 3
_MOST_NAMED = 20
_FAR = 100_000.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of one column; ``column`` tells columns of a page apart; ``first`` is how wide its first word is.

    ``raised`` are the numbers that stand raised in it.
    ``how`` is ``""`` for a whole line, ``columns``, ``facing``, or ``table`` for a line with gaps in it.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    first: float
    page: int
    column: int = 0
    how: str = ""
    raised: tuple[int, ...] = ()


_Gutter = tuple[float, float]
_Band = tuple[list[Line], _Gutter | None, str]


def rows(pages: Sequence[Page], found: Sequence[Sequence[Line]]) -> list[tuple[Row, ...]]:
    """The lines of pages → their rows."""
    made = []
    known: _Gutter | None = None
    for page, lines_of in zip(pages, found, strict=True):
        bands = list(_bands(lines_of, known))
        known = next((gutter for _, gutter, how in bands if how == "columns"), known)
        made.append(tuple(_rows(page, bands)))
    return made


def _rows(page: Page, bands: Sequence[_Band]) -> list[Row]:
    made: list[Row] = []
    column = 0
    for band, gutter, how in bands:
        if gutter is None:
            made.extend(_row(line, page.number, column, "table" if _has_entries(line) else "") for line in band)
            continue
        for side in _sides(band, gutter):
            column += 1
            made.extend(_row(line, page.number, column, how) for line in lines(side))
        column += 1
    return made


def report(pages: Sequence[Sequence[Row]], record: Record) -> None:
    """Tell which pages were read in columns, and where there may be a table."""
    in_columns = sorted({row.page for page in pages for row in page if row.how == "columns"})
    if in_columns:
        record.add(problems.intake_columns, 0, ", ".join(map(str, in_columns[:_MOST_NAMED])))
    for page in pages:
        if sum(row.how == "table" for row in page) >= _FEWEST_TABULAR:
            record.add(problems.intake_tabular, 0, page[0].page)


def _row(line: Line, page: int, column: int, how: str) -> Row:
    first = line.words[0].right - line.left
    return Row(line.text, line.left, line.right, line.main.base, line.size, first, page, column, how, line.raised)


def _has_entries(line: Line) -> bool:
    return any(right - left >= _WIDE * line.size for left, right in _gaps(line))


def _bands(found: Sequence[Line], known: _Gutter | None) -> Iterator[_Band]:
    """Lines → runs of whole lines, and of lines that leave a gutter free; ``known`` is that of the page before."""
    whole: list[Line] = []
    at = 0
    while at < len(found):
        band, gutter = _band(found, at)
        how = _how(band, gutter, known) if gutter else ""
        if gutter is None or not how:
            whole.append(found[at])
            at += 1
            continue
        at += len(band)
        while how == "facing" and whole and len(band) < _MOST_FACING and whole[-1].left >= gutter[0]:
            band.insert(0, whole.pop())
        if whole:
            yield whole, None, ""
        whole = []
        yield band, gutter, how
    if whole:
        yield whole, None, ""


def _band(found: Sequence[Line], start: int) -> tuple[list[Line], _Gutter | None]:
    """The lines from one on that leave a gutter free, up to the last of which some stands before it."""
    first = found[start]
    facing = _may_face(found, start)
    free = _free(first) if facing else _gaps(first)
    band = [first]
    kept: tuple[int, _Gutter | None] = 1, None
    for line in found[start + 1 : start + _LONGEST]:
        free = _common(free, _free(line), _GAP * line.size)
        if not free or (facing and _is_closed(line, free)):
            break
        band.append(line)
        gutter = max(filter(_is_inner, free), key=lambda gap: gap[1] - gap[0], default=None)
        if gutter and (kept[1] is None or line.left < gutter[0]):
            kept = len(band), gutter
    return band[: kept[0]], kept[1]


def _is_closed(line: Line, free: Sequence[_Gutter]) -> bool:
    """Tell whether a line stands on both sides with no more than a wide blank between: it is running text."""
    inner = _common(free, _gaps(line), 0)
    beside = _common(free, [(-_FAR, line.left), (line.right, _FAR)], 0)
    narrow = all(right - left < line.size for left, right in inner)
    return bool(inner) and narrow and not any(map(_is_inner, beside)) and not _faces([line])


def _free(line: Line) -> list[_Gutter]:
    return [(-_FAR, line.left), *_gaps(line), (line.right, _FAR)]


def _is_inner(gutter: _Gutter) -> bool:
    return gutter[0] > -_FAR and gutter[1] < _FAR


def _may_face(found: Sequence[Line], start: int) -> bool:
    """Tell whether a line on one side may begin what faces each other: it says so, or stands at the head or right."""
    if not _faces(found[start : start + _NEAR]):
        return False
    first, others = found[start], found[start + 1 : start + _NEAR]
    return start == 0 or _faces([first]) or all(first.left > line.left for line in others)


def _faces(found: Sequence[Line]) -> bool:
    return any(_FACING.search(line.text) for line in found)


def _gaps(line: Line) -> list[_Gutter]:
    """What is free between the words of a line."""
    found, edge = [], line.left
    for one, other in pairwise(line.words):
        edge = max(edge, one.right)
        if other.left - edge >= _GAP * max(one.size, other.size):
            found.append((edge, other.left))
    return found


def _common(some: Sequence[_Gutter], others: Sequence[_Gutter], least: float) -> list[_Gutter]:
    """What is free in both; both are in order."""
    found = []
    at = 0
    for low, high in some:
        while at < len(others) and others[at][1] <= low:
            at += 1
        for other in others[at:]:
            if other[0] >= high:
                break
            left, right = max(low, other[0]), min(high, other[1])
            if right - left >= least:
                found.append((left, right))
    return found


def _sides(band: Sequence[Line], gutter: _Gutter) -> tuple[list[Word], list[Word]]:
    middle = sum(gutter) / 2
    words = [word for line in band for word in line.words]
    return [each for each in words if each.left < middle], [each for each in words if each.left >= middle]


def _how(band: Sequence[Line], gutter: _Gutter, known: _Gutter | None) -> str:
    """Tell columns of text from what faces each other in an official paper; empty for anything else."""
    fewest = _FEWEST if known is None or not _common([gutter], [known], 1.0) else 1
    left, right = (lines(side) for side in _sides(band, gutter))
    if not left or not right:
        return ""
    if len(band) <= _MOST_FACING and _faces(band) and not any(_is_closed(line, [gutter]) for line in band):
        return "facing"
    both = len(left) >= fewest and len(right) >= fewest and _is_full(left) and _is_full(right)
    return "columns" if both else ""


def _is_full(side: Sequence[Line]) -> bool:
    """Tell whether rows run from edge to edge, as text does and entries do not."""
    low = min(line.left for line in side)
    high = max(line.right for line in side)
    return sum(line.right - line.left for line in side) >= _FULL * len(side) * (high - low)
