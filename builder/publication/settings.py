"""The nouns of ``publication.yaml``, all frozen, defaults filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder import paper
from builder.problems import Place

if TYPE_CHECKING:
    import datetime

    from builder.paper import SheetSize

EBOOKS = ("epub", "kepub", "azw3")
"""The outputs that are e-books, made one after another of one binding."""

NARROWEST_BOOK = 100.0  # mm


@dataclass(frozen=True, slots=True)
class Trim:
    """A page size in millimetres."""

    name: str
    width: float
    height: float

    @property
    def on_screen(self) -> bool:
        """Tell a page for a phone, which is not printed on paper: it is narrower than any book."""
        return self.width < NARROWEST_BOOK


@dataclass(frozen=True, slots=True)
class Binding:
    """How the sheets of an edition become a book, and what they are made of.

    Attributes:
        scheme: ``saddle`` (sheets in one another, stapled in the fold), ``signatures`` (several such, side by side),
            ``side`` (pages two up, cut apart, stapled through the side) or ``perfect`` (single leaves, glued).
        sheet: the paper of a booklet; the smallest the pages fit on when none is named.
        sheets_per_signature: at most so many sheets in one another (``signatures``).
        copies_per_sheet: 2 when a large sheet carries two copies of a smaller one and is cut in half.
        keep_last: so many last pages stay last; blank pages that are lacking come before them.
        cover: ``self`` (of the same paper, in the same file) or ``sheet`` (a sheet of its own).
        paper_gsm: weight of the paper (g/m²).
        caliper: its thickness (mm) where it was measured; 0: by weight.
        cover_gsm: weight of the cover's paper; 0: the same paper. A paper of its own means a sheet of its own.
        cover_caliper: its thickness (mm) where it was measured; 0: by weight.
        creep: ``auto`` (inwards, where it is worth while), ``off``, ``in``, ``out`` or ``center``.
        creep_total: how far (mm) the innermost pages were seen to stand out of a folded dummy; 0: by thickness.
        marks: of ``crop``, ``fold``, ``collate``; printed where there is room.
        bleed: how far (mm) a print shop's file goes beyond the trim.
        ink: ``black`` (one ink, everything else turned into grey) or ``colour``.
        profile: name of the printing condition's colour profile (``FOGRA39``); empty: any that is found.
    """

    scheme: str = "saddle"
    sheet: SheetSize | None = None
    sheets_per_signature: int = 4
    copies_per_sheet: int = 1
    keep_last: int = 1
    cover: str = "self"
    paper_gsm: int = 80
    caliper: float = 0.0
    cover_gsm: int = 0
    cover_caliper: float = 0.0
    creep: str = "auto"
    creep_total: float = 0.0
    marks: tuple[str, ...] = ()
    bleed: float = 3.0
    ink: str = "black"
    profile: str = ""

    @property
    def thickness(self) -> float:
        """Thickness of a leaf (mm)."""
        return self.caliper or paper.caliper(self.paper_gsm)

    @property
    def apart(self) -> bool:
        """Tell whether the cover of a booklet is a sheet of its own: asked for, or of a paper of its own."""
        return self.cover == "sheet" or bool(self.cover_gsm or self.cover_caliper)

    @property
    def cover_thickness(self) -> float:
        """Thickness of a leaf of the cover (mm)."""
        return self.cover_caliper or (paper.caliper(self.cover_gsm) if self.cover_gsm else self.thickness)


@dataclass(frozen=True, slots=True)
class Edition:
    """One way the publication is made up and for whom.

    ``folios_of`` names the edition whose page numbers are in everybody's hand; ``per`` is ``session`` when every
    session is a book of its own.
    """

    name: str
    layout: str
    trim: Trim
    outputs: tuple[str, ...]
    audience: str = "participant"
    type: str = "normal"
    folios_of: str = ""
    per: str = ""
    binding: Binding = Binding()
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who publishes: the superior body, the unit, and how members are addressed."""

    parent: str = ""
    unit: str = ""
    address: str = "dong-chi"


@dataclass(frozen=True, slots=True)
class People:
    """Who made the publication."""

    compiled: str = ""
    approved: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """The document studied, as the imprint cites it."""

    kind: str = ""
    number: str = ""
    date: datetime.date | None = None
    issuer: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A person's evaluation of the finished e-book, as recorded (EPUB Accessibility 1.1 §3.5).

    Attributes:
        by: the organisation that evaluated; a person's name is no claim readers can judge.
        date: when.
        wcag: the version of WCAG it was held against (``2.1``, ``2.2``).
        level: the level it reaches (``A``, ``AA``).
        checklist: the points a person looked at, of ``CHECKLIST``.
        editions: the editions that were looked at; none named: all.
    """

    by: str = ""
    date: datetime.date | None = None
    wcag: str = ""
    level: str = ""
    checklist: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    place: Place = field(default=Place(), compare=False)

    @property
    def lacking(self) -> tuple[str, ...]:
        """Name what the record lacks to be one: keys, then points of the checklist."""
        keys = {"by": self.by, "date": self.date, "wcag": self.wcag, "level": self.level}
        points = (point for point in CHECKLIST if point not in self.checklist)
        return (*(key for key, value in keys.items() if not value), *points)

    def holds(self, edition: str) -> bool:
        """Tell whether an edition may claim what was found."""
        return not self.lacking and (not self.editions or edition in self.editions)


CHECKLIST = ("alternatives", "reading-order", "language-of-parts", "headings", "link-purpose", "summary")
"""What a program cannot judge: descriptions that tell what pictures show (WCAG 1.1.1), the order of reading (1.3.2),
words in other languages marked (3.1.2), headings that describe (2.4.6), links that say where they lead (2.4.4), a
summary that is true (EPUB Accessibility 1.1 §2.2)."""


@dataclass(frozen=True, slots=True)
class Accessibility:
    """Whom to ask about reading with aids (an e-mail address), and what a person found who looked at the e-book."""

    contact: str = ""
    evaluated: Evaluation | None = None


@dataclass(frozen=True, slots=True)
class Ignored:
    """What the writer has looked at and means: words (``*``: all) that a check finds under a code."""

    code: str
    words: str
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Ebook:
    """Where the e-book is to be had.

    Attributes:
        address: of its place on the web, in ASCII; empty: it has none.
        qr: the pages of printed editions that carry a code leading there: ``title``, ``session``.
    """

    address: str = ""
    qr: tuple[str, ...] = ("title", "session")


@dataclass(frozen=True, slots=True)
class Settings:
    """``publication.yaml`` as read, defaults filled in."""

    title: str
    subtitle: str = ""
    notice: str = ""
    kind: str = ""
    language: str = "vi"
    date: datetime.date | None = None
    period: str = ""
    organisation: Organisation = Organisation()
    people: People = People()
    original: Original = Original()
    imprint_profile: str = "noi-bo"
    accessibility: Accessibility = Accessibility()
    toc: str = "front"
    tone_style: str = "keep"
    dash: str = "keep"
    numbering: str = "strict"
    notes: str = "part"
    abbreviations: tuple[tuple[str, str], ...] = ()
    capitals: tuple[str, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    ebook: Ebook = Ebook()
    editions: tuple[Edition, ...] = ()
