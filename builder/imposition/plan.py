"""A number of pages comes in; the sheets that fold into a booklet go out: arithmetic, no PDF.

Pages are named by their index in the document, from 0; ``None`` is a blank page.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

PAGES_PER_SHEET = 4


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet, seen upright: the page on its left half and the one on its right."""

    left: int | None
    right: int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its signature, counted from 0, and its depth in it, 0 for the outermost."""

    front: Side
    back: Side
    signature: int = 0
    depth: int = 0


def plan(pages: int, *, sheets_per_signature: int | None = None, keep_last: int = 1) -> tuple[Sheet, ...]:
    """Arrange ``pages`` pages two up on both sides of sheets folded once.

    Without ``sheets_per_signature`` all sheets lie in one another (saddle stitch). With it they are
    shared among as few signatures as hold them, whose sizes differ by one sheet at most, the larger
    ones first. What is missing to a multiple of four becomes blank pages, set before the last
    ``keep_last`` pages, so that a back cover stays outside. The first page is never moved: it is the
    front cover.

    Raises:
        ValueError: when a number is below what makes sense (a page, a sheet, no page kept).
    """
    if pages < 1 or keep_last < 0 or (sheets_per_signature is not None and sheets_per_signature < 1):
        raise ValueError(pages, sheets_per_signature, keep_last)
    booklet = _with_blanks(pages, min(keep_last, pages - 1))
    sheets: list[Sheet] = []
    for signature, size in enumerate(_signature_sizes(len(booklet) // PAGES_PER_SHEET, sheets_per_signature)):
        start = PAGES_PER_SHEET * len(sheets)
        sheets += _nested(booklet[start : start + PAGES_PER_SHEET * size], signature)
    return tuple(sheets)


def reading(sheets: tuple[Sheet, ...]) -> tuple[int | None, ...]:
    """Return the pages as they are read once the sheets are folded, nested and gathered."""
    read: list[int | None] = []
    for _, group in groupby(sheets, key=lambda sheet: sheet.signature):
        nested = list(group)
        for sheet in nested:
            read += [sheet.front.right, sheet.back.left]
        for sheet in reversed(nested):
            read += [sheet.back.right, sheet.front.left]
    return tuple(read)


def _with_blanks(pages: int, keep_last: int) -> list[int | None]:
    """Fill up to a multiple of four before the pages that stay last."""
    blanks: list[int | None] = [None] * (-pages % PAGES_PER_SHEET)
    order = range(pages)
    return [*order[: pages - keep_last], *blanks, *order[pages - keep_last :]]


def _signature_sizes(sheets: int, most: int | None) -> list[int]:
    """Share the sheets as evenly as can be among the fewest signatures of at most ``most``."""
    signatures = 1 if most is None else -(-sheets // most)
    smaller, larger_ones = divmod(sheets, signatures)
    return [smaller + 1] * larger_ones + [smaller] * (signatures - larger_ones)


def _nested(pages: list[int | None], signature: int) -> list[Sheet]:
    """Lay out one signature, outermost sheet first: each takes two pages from either end."""
    last = len(pages) - 1
    return [
        Sheet(
            front=Side(pages[last - 2 * depth], pages[2 * depth]),
            back=Side(pages[2 * depth + 1], pages[last - 2 * depth - 1]),
            signature=signature,
            depth=depth,
        )
        for depth in range(len(pages) // PAGES_PER_SHEET)
    ]
