"""What was drawn up and what came of it: nouns, nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.imposition.marks import Room
from builder.imposition.plan import reading, signatures
from builder.paper import POINTS_PER_MM

if TYPE_CHECKING:
    from builder.imposition.job import Job
    from builder.imposition.laying import Cell, Lay
    from builder.imposition.plan import Sheet
    from builder.paper import SheetSize
    from builder.pdf import Measures


LEAST_TO_CUT = 3.0
"""Less than this (mm) beside the pages is no margin that anybody cuts off: A4 is a millimetre wider than A5 twice."""


class DoesNotFit(ValueError):  # noqa: N818 - named for what it is
    """Raised for a page (counted from 1; measures in mm) that is larger than its place on the sheet."""

    def __init__(self, page: int, measures: Measures, sheet: SheetSize) -> None:
        """Keep what a sentence about it needs."""
        self.page = page
        self.width = measures.width / POINTS_PER_MM
        self.height = measures.height / POINTS_PER_MM
        self.sheet = sheet
        super().__init__(f"page {page} ({self.width:.1f} x {self.height:.1f} mm) has no place on {sheet}")


class NoPaper(ValueError):  # noqa: N818 - named for what it is
    """Raised for a page (counted from 1; measures in mm) of a size that no paper has: a dot, or a field."""

    def __init__(self, page: int, measures: Measures) -> None:
        """Keep what a sentence about it needs."""
        self.page = page
        self.width = measures.width / POINTS_PER_MM
        self.height = measures.height / POINTS_PER_MM
        super().__init__(f"page {page} ({self.width:g} x {self.height:g} mm)")


class TooLong(ValueError):  # noqa: N818 - named for what it is
    """Raised for a document with more pages than anybody folds; ``pages`` says how many, ``most`` how many may be."""

    def __init__(self, pages: int, most: int) -> None:
        """Keep the numbers."""
        self.pages = pages
        self.most = most
        super().__init__(f"{pages} pages")


@dataclass(frozen=True, slots=True)
class Face:
    """A side of a sheet as a page of a file: the sheet, its number (0: a cover), its pages' move (mm)."""

    sheet: Sheet
    number: int
    back: bool
    shift: float


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A PDF to print: ``booklet`` (both sides), ``fronts`` or ``backs`` (for a printer fed by hand), ``booklet-cover``.

    ``faces`` says what is on each of its pages.
    """

    kind: str
    pdf: bytes = field(repr=False)
    faces: tuple[Face, ...] = field(repr=False)

    @property
    def pages(self) -> int:
        """How many pages the file has: sides of sheets."""
        return len(self.faces)


@dataclass(frozen=True, slots=True)
class Draft:
    """The work as it is drawn up before anything is placed.

    Attributes:
        job: what is to be made.
        plan: the sheets, the cover's first.
        lay: where the pages lie on them.
        shifts: for every sheet, how far (mm) its pages move towards the spine.
        measures: the pages.
        bleed: how far (pt) the page that goes farthest beyond its trim does so, as it is laid.
        repaired: the PDF was damaged, and was mended.
        undrawn: what was filled into its fields and shows with letters missing.
    """

    job: Job
    plan: tuple[Sheet, ...]
    lay: Lay
    shifts: tuple[float, ...]
    measures: tuple[Measures, ...] = field(repr=False)
    bleed: float = 0.0
    repaired: bool = False
    undrawn: tuple[str, ...] = ()

    def room(self, cell: Cell, *, back: bool = False) -> Room:
        """Return the room for marks around the pages of a cell.

        The edges of the sheet that a printer leaves white are not those at which it is cut in half: so much is safe.
        """
        edge = self.job.printer.edge * POINTS_PER_MM
        paper = (edge, edge, cell.width - edge, cell.height - edge)
        return Room(self.lay.trimmed(cell, back=back), paper, self.bleed, cell.width / 2 if self.job.folded else None)


@dataclass(frozen=True, slots=True)
class Imposed:
    """Sheets ready to print: the files, and how they came to be."""

    files: tuple[SheetFile, ...]
    draft: Draft

    @property
    def plan(self) -> tuple[Sheet, ...]:
        """The sheets, the cover's first."""
        return self.draft.plan

    @property
    def job(self) -> Job:
        """What was to be made."""
        return self.draft.job

    @property
    def size(self) -> SheetSize:
        """The sheet that was really used."""
        return self.draft.lay.size

    @property
    def sheets(self) -> int:
        """How many sheets of paper are printed, the cover included: for one copy, or for the two they carry."""
        return len(self.plan)

    @property
    def pages(self) -> int:
        """How many pages the book has, blank ones included."""
        return len(reading(self.plan, self.job))

    @property
    def blanks(self) -> tuple[int, ...]:
        """The blank pages of the book, counted from 1 at its front cover."""
        return tuple(number for number, page in enumerate(reading(self.plan, self.job), 1) if page is None)

    @property
    def signatures(self) -> tuple[int, ...]:
        """How many sheets each signature has, the cover not counted."""
        return signatures(self.plan)

    @property
    def scale(self) -> float:
        """By how much the pages were shrunk; 1: not at all."""
        return self.draft.lay.scale

    @property
    def trim(self) -> tuple[float, float] | None:
        """The width and height (mm) to which the folded sheets or the leaves are cut; nothing: they are as large."""
        lay = self.draft.lay
        cell, (width, height) = lay.cells[0], lay.block
        beside = cell.width - width * (2 if self.job.folded else 1), cell.height - height
        if max(beside) < LEAST_TO_CUT * POINTS_PER_MM:
            return None
        return width / POINTS_PER_MM, height / POINTS_PER_MM

    @property
    def marked(self) -> bool:
        """Tell whether the sheets carry marks that show where to cut: asked for, and with room for some."""
        outside = self.draft.room(self.draft.lay.cells[0]).outside
        return "crop" in self.job.marks and any(start != end for start, end in outside)

    @property
    def moved(self) -> float:
        """How far (mm) pages were moved at most to make creep good."""
        return max(map(abs, self.draft.shifts))

    @property
    def differing(self) -> tuple[int, ...]:
        """The pages, counted from 1, that are not as large as most are, by more than rounding."""
        sizes = [(round(page.width / 3), round(page.height / 3)) for page in self.draft.measures]
        usual, _ = Counter(sizes).most_common(1)[0]
        alike = self.draft.measures[sizes.index(usual)]
        return tuple(
            number
            for number, page in enumerate(self.draft.measures, 1)
            if abs(page.width - alike.width) > POINTS_PER_MM or abs(page.height - alike.height) > POINTS_PER_MM
        )


def faces(draft: Draft) -> dict[str, tuple[Face, ...]]:
    """Return the files to be made, with what is on each of their pages."""
    first = sum(sheet.cover for sheet in draft.plan)
    fronts, backs = (
        [
            Face(sheet, max(0, number - first), back, shift)
            for number, (sheet, shift) in enumerate(zip(draft.plan, draft.shifts, strict=True), 1)
        ]
        for back in (False, True)
    )
    both = [face for pair in zip(fronts, backs, strict=True) for face in pair]
    cover, inner = both[: 2 * first], both[2 * first :]
    files = {"booklet-cover": tuple(cover)} if cover else {}
    printer = draft.job.printer
    if not printer.by_hand:
        return {"booklet": tuple(inner)} | files
    way = -1 if printer.backs_reversed else 1
    return {"fronts": tuple(fronts[first:]), "backs": tuple(backs[first:][::way])} | files
