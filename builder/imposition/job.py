"""What is to be made of the pages: how they are bound, the paper, the printer. Nouns, nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from builder.paper import SheetSize  # noqa: TC001 - a noun's fields are read at run time
from builder.printer import UNTRIED, Flip, Printer

SCHEMES = ("saddle", "signatures", "side")
MARKS = ("crop", "fold", "collate")
CREEPS = ("auto", "off", "in", "out", "center")


@dataclass(frozen=True, slots=True)
class Creep:
    """How much folded sheets push one another out, and what is done about it.

    Attributes:
        mode: ``off``; ``in`` (inner pages move towards the spine), ``out`` (outer ones away from it), ``center``
            (half and half); ``auto``: inwards, from twenty pages in one another on.
        thickness: of a leaf (mm).
        cover: thickness of a leaf of a cover on a sheet of its own (mm).
        total: how far (mm) the innermost leaves of a folded dummy were seen to stand out; 0: reckoned by thickness.
    """

    mode: str = "auto"
    thickness: float = 0.1
    cover: float = 0.1
    total: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what no paper does.

        Raises:
            ValueError: for a mode there is none of, or a number below nought.
        """
        if self.mode not in CREEPS or min(self.thickness, self.cover, self.total) < 0:
            raise ValueError(self)


@dataclass(frozen=True, slots=True)
class Slug:
    """The small line outside the trim: forms for each kind of side, with slots ``title sheet sheets signature``."""

    title: str
    front: str
    back: str
    cover_front: str
    cover_back: str


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be made of a PDF of single pages.

    Attributes:
        scheme: ``saddle`` (sheets in one another), ``signatures`` (several such, gathered side by side) or ``side``
            (leaves two up, the pile cut in half, one half laid on the other, stapled through the side).
        sheet: the paper; the smaller of A4 and A3 that takes the pages when none is named.
        sheets_per_signature: at most so many sheets in one another (``signatures``).
        keep_last: so many last pages stay last; blank pages that are lacking come before them.
        right_to_left: the book is read from what is otherwise its end.
        copies_per_sheet: 2 when a sheet carries two copies and is cut in half.
        own_cover: the cover is a sheet of its own, in a file of its own.
        creep: how much the sheets push one another out, and what is done about it.
        marks: of ``crop``, ``fold``, ``collate``; drawn where there is room.
        slug: the words printed beside the marks; none without it.
        printer: the machine the sheets are for.
        fit: pages too large for the sheet are shrunk, all alike, instead of refused.
        keep_colours: greys made of colours stay as they are.
    """

    scheme: str = "saddle"
    sheet: SheetSize | None = None
    sheets_per_signature: int = 4
    keep_last: int = 1
    right_to_left: bool = False
    copies_per_sheet: int = 1
    own_cover: bool = False
    creep: Creep = Creep()
    marks: tuple[str, ...] = ()
    slug: Slug | None = None
    printer: Printer = UNTRIED
    fit: bool = False
    keep_colours: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be meant.

        Raises:
            ValueError: for a word that names nothing, or a number below what makes sense.
        """
        known = self.scheme in SCHEMES and set(self.marks) <= set(MARKS) and self.copies_per_sheet in (1, 2)
        if not known or self.sheets_per_signature < 1 or self.keep_last < 0:
            raise ValueError(self)

    @property
    def folded(self) -> bool:
        """Tell whether sheets are folded, rather than cut into leaves."""
        return self.scheme != "side"

    @property
    def backs_turned(self) -> bool:
        """Tell whether the image of a back stands on its head on a sheet whose front is upright.

        Paper turned about its long edge has the head of its back where the foot of its front is. By hand, a printer
        that turns backs besides turns them back again.
        """
        printer = self.printer
        return (printer.flip is Flip.LONG) != (printer.by_hand and printer.backs_turned)


FOLDED = Job()
"""Sheets in one another, on the smallest paper, for a printer nobody has told of."""
