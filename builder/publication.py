"""The nouns of a publication, all frozen: what a manuscript reads into and every later stage takes.

Nothing here reads, writes or decides; text is NFC, figures are bytes, places point back to the source line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from builder.problems import Place

if TYPE_CHECKING:
    import datetime


# --- running text ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Plain characters in normal form C."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words set in the other style of the face (italic in upright text)."""

    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Strong:
    """Words set in the heavier weight."""

    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Code:
    """Characters quoted from a machine; never touched by the typographic pass."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a web or mail address (``https:``, ``http:``, ``mailto:``)."""

    address: str
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Break:
    """A line break asked for by the writer."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote, standing where it is called."""

    blocks: Blocks
    place: Place


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A reference in running text to a clause: ``{khoan:Điều 5}``. ``clause`` is its path id."""

    clause: str
    words: str


Inline = Text | Emphasis | Strong | Code | Link | Break | Footnote | CrossReference
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside matter, a session or a note: ``level`` 1 is the highest within that text."""

    level: int
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list; ``lines`` is the number of writing lines asked for after it."""

    blocks: Blocks
    lines: int | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; ``start`` is the first number of an ordered one, ``None`` when it is unordered."""

    items: tuple[Item, ...]
    start: int | None = None


class Align(Enum):
    """How a table column is set."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: one head row, body rows of as many cells, one alignment a column, an optional caption."""

    head: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    aligns: tuple[Align, ...]
    caption: Inlines = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: its path inside the source folder, its bytes, what it shows (alt), its caption."""

    path: str
    media_type: str
    data: bytes = field(repr=False)
    alt: str = ""
    caption: Inlines = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage quoted as a block."""

    blocks: Blocks


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""


class BoxKind(Enum):
    """The fenced kinds of block a commentary or a session may hold."""

    QUESTION = "question"
    LEADER = "leader"
    EXAMPLE = "example"
    SOURCE = "source"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Box:
    """A block of one kind; ``lines`` is the writing space asked for (questions only)."""

    kind: BoxKind
    blocks: Blocks
    lines: int | None = None


Block = Paragraph | Heading | Listing | Table | Figure | Quote | Rule | Box
Blocks = tuple[Block, ...]


# --- the programme --------------------------------------------------------------------------------


class Level(Enum):
    """The kinds of numbered unit in Vietnamese documents, by the word or the sign of their label."""

    PART = "phan"
    CHAPTER = "chuong"
    SECTION = "muc"
    SUBSECTION = "tieu-muc"
    ROMAN = "la-ma"
    ARTICLE = "dieu"
    NUMBER = "so"
    DECIMAL = "thap-phan"
    LETTER = "chu"
    DASH = "gach"
    PLUS = "cong"
    BULLET = "cham"
    FREE = "tu-do"


@dataclass(frozen=True, slots=True)
class Clause:
    """One unit of the programme.

    ``label`` is printed as it stands in the source (``Điều 5.``, ``đ)``, empty for unnumbered matter);
    ``number`` is the bare number (``5``, ``II``, ``đ``, ``1.12.LQ.1``); ``id`` is the path id, valid as an
    HTML and XML id; ``citation`` names it in words.
    """

    id: str
    level: Level
    number: str
    label: str
    title: Inlines
    body: Blocks
    children: tuple[Clause, ...]
    citation: str
    place: Place


@dataclass(frozen=True, slots=True)
class Program:
    """The programme text: what stands before the first clause, and the clauses."""

    preamble: Blocks
    clauses: tuple[Clause, ...]


# --- what stands around it ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Note:
    """An entry of commentary.

    ``clauses`` are the path ids it speaks of, in programme order; ``citation`` is how the writer named them; it is
    printed after the last clause of its first range (``after``).
    """

    id: str
    citation: str
    clauses: tuple[str, ...]
    after: str
    title: Inlines
    body: Blocks
    place: Place


@dataclass(frozen=True, slots=True)
class Reading:
    """What a session reads: the citation as written and the path ids of the clauses it covers."""

    citation: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SessionPart:
    """A headed part of a session (``## Gợi ý thảo luận``).

    ``kind`` is one of goals, sources, agenda, lead-in, discussion, practice, other; ``title`` is empty for text
    before the first head.
    """

    kind: str
    title: Inlines
    body: Blocks


@dataclass(frozen=True, slots=True)
class Session:
    """One study session of the plan. ``number`` counts from 1 in file-name order."""

    id: str
    number: int
    title: str
    date: datetime.date | None
    time: str
    minutes: int | None
    place_of_meeting: str
    chair: str
    secretary: str
    presenter: str
    send_before: str
    reads: tuple[Reading, ...]
    parts: tuple[SessionPart, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Matter:
    """Unnumbered front or back matter: one file, one title."""

    id: str
    title: Inlines
    body: Blocks
    place: Place


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry."""

    id: str
    words: str
    definition: Blocks
    place: Place


# --- settings -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Trim:
    """A page size in millimetres."""

    name: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Edition:
    """One way the publication is made up and for whom."""

    name: str
    layout: str
    trim: Trim
    outputs: tuple[str, ...]
    audience: str = "participant"
    type: str = "normal"
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
    toc: str = "front"
    tone_style: str = "keep"
    numbering: str = "strict"
    notes: str = "part"
    abbreviations: tuple[tuple[str, str], ...] = ()
    editions: tuple[Edition, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything a source folder says."""

    slug: str
    settings: Settings
    program: Program
    notes: tuple[Note, ...] = ()
    sessions: tuple[Session, ...] = ()
    front: tuple[Matter, ...] = ()
    back: tuple[Matter, ...] = ()
    terms: tuple[Term, ...] = ()
