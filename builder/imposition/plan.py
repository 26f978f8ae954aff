"""A number of pages and a job come in; the sheets that make the book go out: arithmetic, no PDF.

Pages are named by their index in the document, from 0; ``None`` is a blank page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from builder.imposition.job import FOLDED, Job

PAGES_PER_SHEET = 4
PAGES_PER_LEAF = 2

Pages = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet, seen upright: the page on its left half and the one on its right."""

    left: int | None
    right: int | None

    @property
    def turned_over(self) -> Side:
        """The same two pages, left and right exchanged."""
        return Side(self.right, self.left)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its signature, counted from 0, its depth in it, 0 for the outermost; whether it is the cover.

    With ``side`` and two copies both halves of a side carry the same page; folded sheets that carry two copies carry
    these two sides twice.
    """

    front: Side
    back: Side
    signature: int = 0
    depth: int = 0
    cover: bool = False


def plan(pages: int, job: Job = FOLDED) -> tuple[Sheet, ...]:
    """Arrange pages on both sides of sheets, the cover's first where it has sheets of its own.

    What is missing to a multiple of four (of two where leaves are cut and every sheet carries one twice) becomes
    blank pages, set before the last ``keep_last`` pages, so that a back cover stays outside. The first page is never
    moved: it is the front cover. Signatures are as few as hold the sheets, and differ by one sheet at most, the
    larger ones first. A cover of its own takes the first two and the last two pages; a book of four pages is all
    cover, and has none apart.

    Raises:
        ValueError: when there is no page.
    """
    if pages < 1:
        raise ValueError(pages)
    book = _with_blanks(pages, min(job.keep_last, pages - 1), whole(job))
    own_cover = job.own_cover and len(book) > PAGES_PER_SHEET
    outside = (*book[:PAGES_PER_LEAF], *book[-PAGES_PER_LEAF:]) if own_cover else ()
    inside = book[PAGES_PER_LEAF:-PAGES_PER_LEAF] if own_cover else book
    arranged = _folded if job.folded else _cut
    covers = [replace(sheet, cover=True) for sheet in arranged(outside, job, 0)] if outside else []
    sheets = (*covers, *arranged(inside, job, len(covers)))
    return tuple(map(_mirrored, sheets)) if _mirrors(job) else sheets


def reading(sheets: tuple[Sheet, ...], job: Job = FOLDED) -> Pages:
    """Return the pages as they are read once the sheets are folded or cut, and put together."""
    upright = tuple(map(_mirrored, sheets)) if _mirrors(job) else sheets
    covers = [sheet for sheet in upright if sheet.cover]
    inner = [sheet for sheet in upright if not sheet.cover]
    if not job.folded:
        outside = _stacked(covers, job)
        return (*outside[:PAGES_PER_LEAF], *_stacked(inner, job), *outside[PAGES_PER_LEAF:])
    read = [page for _, group in groupby(inner, key=lambda sheet: sheet.signature) for page in _leafed(list(group))]
    for sheet in covers:
        read = [sheet.front.right, sheet.back.left, *read, sheet.back.right, sheet.front.left]
    return tuple(read)


def signatures(sheets: tuple[Sheet, ...]) -> tuple[int, ...]:
    """Return how many sheets lie in one another in each signature, the cover not counted."""
    inner = [sheet for sheet in sheets if not sheet.cover]
    return tuple(len(list(group)) for _, group in groupby(inner, key=lambda sheet: sheet.signature))


def whole(job: Job) -> int:
    """Return how many pages of a book come and go together: those of a sheet, or of a leaf that a sheet has twice."""
    return PAGES_PER_SHEET if job.folded or job.copies_per_sheet == 1 else PAGES_PER_LEAF


def _with_blanks(pages: int, keep_last: int, together: int) -> Pages:
    """Fill up to a multiple of so many before the pages that stay last."""
    blanks: Pages = (None,) * (-pages % together)
    order = range(pages)
    return (*order[: pages - keep_last], *blanks, *order[pages - keep_last :])


def _mirrors(job: Job) -> bool:
    """Tell whether left and right are exchanged; leaves that are cut apart are the same ones, bound on the right."""
    return job.right_to_left and job.folded


def _mirrored(sheet: Sheet) -> Sheet:
    """Bind the sheet on its other side: what was left is right."""
    return replace(sheet, front=sheet.front.turned_over, back=sheet.back.turned_over)


# --- folding --------------------------------------------------------------------------------------


def _folded(book: Pages, job: Job, around: int) -> tuple[Sheet, ...]:
    """Lay out signatures; ``around`` so many sheets lie around a saddle's already."""
    most = job.sheets_per_signature if job.scheme == "signatures" else None
    sheets: list[Sheet] = []
    for signature, size in enumerate(_signature_sizes(len(book) // PAGES_PER_SHEET, most)):
        start = PAGES_PER_SHEET * len(sheets)
        sheets += _nested(book[start : start + PAGES_PER_SHEET * size], signature, 0 if most else around)
    return tuple(sheets)


def _signature_sizes(sheets: int, most: int | None) -> list[int]:
    """Share the sheets as evenly as can be among the fewest signatures of at most ``most``."""
    count = 1 if most is None else -(-sheets // most)
    smaller, larger_ones = divmod(sheets, count)
    return [smaller + 1] * larger_ones + [smaller] * (count - larger_ones)


def _nested(pages: Pages, signature: int, around: int) -> list[Sheet]:
    """Lay out one signature, outermost sheet first: each takes two pages from either end."""
    last = len(pages) - 1
    return [
        Sheet(
            front=Side(pages[last - 2 * depth], pages[2 * depth]),
            back=Side(pages[2 * depth + 1], pages[last - 2 * depth - 1]),
            signature=signature,
            depth=around + depth,
        )
        for depth in range(len(pages) // PAGES_PER_SHEET)
    ]


def _leafed(nested: list[Sheet]) -> list[int | None]:
    """Leaf through one signature."""
    read: list[int | None] = []
    for sheet in nested:
        read += [sheet.front.right, sheet.back.left]
    for sheet in reversed(nested):
        read += [sheet.back.right, sheet.front.left]
    return read


# --- cutting --------------------------------------------------------------------------------------


def _cut(book: Pages, job: Job, _: int) -> tuple[Sheet, ...]:
    """Lay out leaves two up.

    With one copy the left halves carry the first half of the book and the right halves the second, both in the order of
    the sheets: whoever cuts the pile through the middle lays the left half on the right one as it is, and has the whole
    book in order, with no sheet to sort. With two copies both halves are the same book.
    """
    leaves = [(book[start], book[start + 1]) for start in range(0, len(book), PAGES_PER_LEAF)]
    half = len(leaves) // 2
    twice = job.copies_per_sheet > 1
    pairs = zip(leaves, leaves, strict=True) if twice else zip(leaves[:half], leaves[half:], strict=True)
    # Seen from behind, the leaf that was on the left is on the right.
    return tuple(Sheet(Side(left[0], right[0]), Side(right[1], left[1])) for left, right in pairs)


def _stacked(sheets: list[Sheet], job: Job) -> Pages:
    """Cut the pile, lay the left half on the right, and leaf through it."""
    left = [page for sheet in sheets for page in (sheet.front.left, sheet.back.right)]
    right = [page for sheet in sheets for page in (sheet.front.right, sheet.back.left)]
    return tuple(left) if job.copies_per_sheet > 1 else (*left, *right)
