"""A job, a sheet and the sizes of the pages come in; where every page lies on the sheet goes out: arithmetic, no PDF.

A sheet consists of *cells*: the whole of it, or its halves when it carries two copies or is cut into leaves. In a cell
a page touches the spine and is centred in height; the rest lies at the other edges. Everything is reckoned in a cell as
it is read, upright, and carried to the sheet by the cell's matrix. Matrices are those of PDF (ISO 32000-1, 8.3.4);
lengths are in points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.paper import POINTS_PER_MM, ROUNDING_MM
from builder.pdf.geometry import UPRIGHT, after

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.imposition.job import Job
    from builder.imposition.plan import Sheet, Side
    from builder.paper import SheetSize
    from builder.pdf import Box, Measures
    from builder.pdf.geometry import Matrix


def common(first: Box, second: Box) -> Box:
    """Return the part that two boxes share; it may be empty."""
    return max(first[0], second[0]), max(first[1], second[1]), min(first[2], second[2]), min(first[3], second[3])


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of the sheet that is folded, or is a leaf: its size as it is read, and where it lies on a front."""

    front: Matrix
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Spot:
    """A page in its cell: its trim as it lies there, the part of the cell it may print on."""

    page: int
    trim: Box
    clip: Box

    @property
    def seen(self) -> Box:
        """What of the trim is on the paper."""
        return common(self.trim, self.clip)


@dataclass(frozen=True, slots=True)
class Lay:
    """Where pages lie on the sheets of a job: ``block`` is the width and height of the largest page, scaled."""

    job: Job
    size: SheetSize
    cells: tuple[Cell, ...]
    block: tuple[float, float]
    scale: float

    def matrix(self, cell: Cell, *, back: bool) -> Matrix:
        """Return where a cell lies on a page of the file: for a back, such that it lands behind its front.

        What the printer's image of a back is off by is taken off here, on the sheet as it is sent to the printer.
        """
        if not back:
            return cell.front
        across, up = self.size.points
        # The cell read from behind, as it shows through the paper; then the paper turned over about its short edge.
        behind = after((-1, 0, 0, 1, across, 0), after(cell.front, (-1, 0, 0, 1, cell.width, 0)))
        turned = after((-1, 0, 0, -1, across, up), behind) if self.job.backs_turned else behind
        printer = self.job.printer
        return after((1, 0, 0, 1, -printer.across * POINTS_PER_MM, -printer.up * POINTS_PER_MM), turned)

    def halves(self, sheet: Sheet, *, back: bool) -> Iterator[tuple[Cell, tuple[int | None, ...]]]:
        """Yield the cells of a side, each with the pages it carries: left and right, or the one of a leaf."""
        side = sheet.back if back else sheet.front
        if self.job.folded:
            yield from ((cell, (side.left, side.right)) for cell in self.cells)
            return
        # The leaf that is on the left of a front is on the right of its back.
        first, second = (side.right, side.left) if back else (side.left, side.right)
        yield self.cells[0], (first,)
        yield self.cells[1], (second,)

    def spine(self, cell: Cell, *, left: bool) -> float:
        """Return where in a cell the spine of a page is that lies to its left or its right."""
        if self.job.folded:
            return cell.width / 2
        margin = (cell.width - self.block[0]) / 2
        return cell.width - margin if left else margin

    def is_left(self, place: int, *, back: bool) -> bool:
        """Tell whether a page (its place among those of its cell) lies to the left of its spine."""
        if self.job.folded:
            return place == 0
        return back != self.job.right_to_left

    def spot(self, cell: Cell, page: int, measures: Measures, shift: float, *, left: bool) -> Spot:
        """Lay a page against its spine, moved towards it by so many points."""
        spine = self.spine(cell, left=left)
        width, height = measures.width * self.scale, measures.height * self.scale
        start = spine - width + shift if left else spine - shift
        low = (cell.height - height) / 2
        return Spot(page, (start, low, start + width, low + height), self.empty(cell, left=left))

    def drawn(self, spot: Spot) -> Matrix:
        """Return the matrix that brings an upright page, its trim's lower left corner at the origin, to its spot."""
        return (self.scale, 0, 0, self.scale, spot.trim[0], spot.trim[1])

    def empty(self, cell: Cell, *, left: bool) -> Box:
        """Return the part of a cell in which a blank page has nothing."""
        if not self.job.folded:
            return 0.0, 0.0, cell.width, cell.height
        middle = cell.width / 2
        return (0.0, 0.0, middle, cell.height) if left else (middle, 0.0, cell.width, cell.height)

    def trimmed(self, cell: Cell, *, back: bool) -> Box:
        """Return where in a cell the knife goes: around the open pages, or around a leaf."""
        width, height = self.block
        low = (cell.height - height) / 2
        if self.job.folded:
            return cell.width / 2 - width, low, cell.width / 2 + width, low + height
        left = self.is_left(0, back=back)
        start = self.spine(cell, left=left) - (width if left else 0)
        return start, low, start + width, low + height


def lay(measures: Sequence[Measures], job: Job, size: SheetSize) -> Lay | None:
    """Lay the pages out on a sheet of that size; nothing when one is too large and may not be shrunk."""
    block = max(page.width for page in measures), max(page.height for page in measures)
    layings = [(cells, _scale(cells[0], block, job)) for cells in _cells(job, size)]
    cells, scale = max(layings, key=lambda laid: laid[1])
    if scale < 1 and not job.fit:
        return None
    return Lay(job, size, cells, (block[0] * scale, block[1] * scale), scale)


def _cells(job: Job, size: SheetSize) -> Iterator[tuple[Cell, ...]]:
    """Yield the ways in which a sheet can be divided."""
    across, up = size.points
    if job.folded and job.copies_per_sheet == 1:
        yield (Cell(UPRIGHT, across, up),)
        return
    half = across / 2
    yield Cell(UPRIGHT, half, up), Cell((1, 0, 0, 1, half, 0), half, up)
    if job.folded:
        # Lying on their backs, the heads of both copies to the left: A4 with two pages fits on half an A3 so.
        yield Cell((0, 1, -1, 0, half, 0), up, half), Cell((0, 1, -1, 0, across, 0), up, half)
        yield Cell((1, 0, 0, 1, 0, up / 2), across, up / 2), Cell(UPRIGHT, across, up / 2)  # wide pages, in two rows


def _scale(cell: Cell, block: tuple[float, float], job: Job) -> float:
    """Return by how much pages must shrink to fit a cell: 1 when they do."""
    width = cell.width / 2 if job.folded else cell.width
    slack = ROUNDING_MM * POINTS_PER_MM
    if block[0] <= width + slack and block[1] <= cell.height + slack:
        return 1.0
    return min(width / block[0], cell.height / block[1])


def pages_of(side: Side) -> tuple[int, ...]:
    """Return the pages that a side carries."""
    return tuple(page for page in (side.left, side.right) if page is not None)
