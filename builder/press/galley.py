"""What the press works with inside: a ``Case`` and ``Copy`` come in to be set, a ``Galley`` of set type goes out.

A case holds the type: styles and faces, the same for every leaf of a composition. Copy is what is to be set from it:
the markup of one leaf, its folio slots filled. A galley is what stands between two forced page breaks, set.
All three go from process to process; a galley is also what is kept for the next build.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from builder.press.nouns import PageFacts  # noqa: TC001 - what is kept is read back by these types

if TYPE_CHECKING:
    from builder.fonts import Face
    from builder.publication import Figure

Glyphs = dict[int, tuple[int, str]]
"""Glyph number in its face → width in thousandths of an em, the letters it stands for."""


class Kind(Enum):
    """What is set: text, running heads and folios, an empty page."""

    TEXT = "text"
    FURNITURE = "furniture"
    BLANK = "blank"


@dataclass(frozen=True)
class Case:
    """The type of one composition: language (BCP 47), styles of pages and of furniture, faces."""

    language: str
    stylesheet: str = field(repr=False)
    furniture: str = field(repr=False)
    faces: tuple[Face, ...] = field(repr=False)

    @cached_property
    def digest(self) -> str:
        """Name the case by what is in it."""
        faces = [part for face in self.faces for part in (face.file_name, face.family, face.style, face.data)]
        return digest(self.language, self.stylesheet, self.furniture, *faces)


@dataclass(frozen=True, slots=True)
class Copy:
    """What is to be set.

    Attributes:
        kind: what for.
        leaf: id of the leaf.
        name: kind of the leaf, the name of its pages in CSS.
        title: of the leaf.
        markup: a whole XHTML document.
        side: where its first page falls, ``left`` or ``right``.
        figures: those the markup shows.
        suffix: stands behind the ids of a leaf that is printed more than once.
    """

    kind: Kind
    leaf: str
    name: str
    title: str
    markup: bytes = field(repr=False)
    side: str = "right"
    figures: tuple[Figure, ...] = ()
    suffix: str = ""

    def key(self, case: Case, engines: str) -> str:
        """Return the SHA-256 of everything that shapes the galley; ``engines`` says what sets it."""
        figures = [part for each in self.figures for part in (each.path, each.media_type, each.data)]
        names = (self.kind.value, self.leaf, self.name, self.title, self.side, self.suffix)
        return digest(engines, case.digest, *names, self.markup, *figures)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a page of a galley: page from 0, points from the left and from the foot of the sheet."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the outline: level from 1, words, where it leads."""

    level: int
    words: str
    spot: Spot
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Noughts to be exchanged for figures.

    Attributes:
        place: which piece of the line, from 0.
        text: the piece as it was set.
        at: how many characters of the piece stand before the noughts.
        slot: which slot of the leaf, from 0.
        start: how many characters of the slot's words stand in pieces before this one.
        length: how many stand in this one.
    """

    place: int
    text: str
    at: int
    slot: int
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line with gaps: its page from 0, the numbers of its pieces of text in the page's content (MCID), and the gaps.

    ``share`` is how much of what the line grows shorter by is taken at its left end: 0 for a line flush left.
    """

    page: int
    numbers: tuple[int, ...]
    share: float
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """What the typesetter said: level of ``logging``, the form of the sentence, what it names, the sentence."""

    level: int
    form: str
    named: tuple[str, ...]
    words: str


class Flaw(Enum):
    """What can be wrong with a passage."""

    LOST = "lost"
    """It is on no page."""
    CUT = "cut"
    """The edge of the paper cuts it."""
    OUTSIDE = "outside"
    """It stands outside the text area of the page."""
    OVERFLOW = "overflow"
    """It stands out of the room its block has."""
    COLLIDES = "collides"
    """A note in the margin that stands on another one, or on the text."""
    NOTE_CARRIED = "note-carried"
    """A footnote that is not on the page of its call."""
    SMALL = "small"
    """A table so wide that its letters had to be shrunk."""
    HEADING_ALONE = "heading-alone"
    """A heading at the foot of the page."""
    ORPHAN = "orphan"
    """The first line of a paragraph is parted from the others."""
    WIDOW = "widow"
    """The last line is."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something on a page of a galley that a reader would stumble at.

    Attributes:
        flaw: what is wrong.
        page: from 0.
        words: the passage, shortened.
        millimetres: how far out of its room, where that is the matter.
        points: the size of its letters, where that is.
    """

    flaw: Flaw
    page: int
    words: str
    millimetres: float = 0.0
    points: float = 0.0


@dataclass(frozen=True, slots=True)
class Galley:
    """Set type.

    Attributes:
        pdf: the pages as a tagged PDF whose fonts are names of faces only.
        pages: page by page.
        spans: every id → the pages, from 0, of its first and last box.
        spots: every id → where its first box stands.
        bookmarks: in reading order.
        links: ids that links lead to, in and out of the galley.
        glyphs: file name of a face → the glyphs printed of it.
        lines: page by page, the letters of each line as they were set, spaces and folios left out.
        rows: id → the lines of its own text: page from 0, letters before it, baseline (pt below the head of the text
            area).
        gaps: the lines in which figures are exchanged.
        rigid: the folio slots that have to be set with their figures.
        shifts: page by page, how far to the right (pt) the page moves when it falls on the other side.
        fixed: the galley cannot be moved to the other side; it has to be set again.
        faults: what is wrong on its pages.
        heard: what the typesetter said.
        refused: addresses that were asked for and not held.
    """

    pdf: bytes = field(repr=False)
    pages: tuple[PageFacts, ...]
    spans: dict[str, tuple[int, int]] = field(default_factory=dict, repr=False)
    spots: dict[str, Spot] = field(default_factory=dict, repr=False)
    bookmarks: tuple[Bookmark, ...] = ()
    links: tuple[str, ...] = ()
    glyphs: dict[str, Glyphs] = field(default_factory=dict, repr=False)
    lines: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    rows: dict[str, tuple[tuple[int, int, float], ...]] = field(default_factory=dict, repr=False)
    gaps: tuple[Line, ...] = field(default=(), repr=False)
    rigid: tuple[int, ...] = ()
    shifts: tuple[float, ...] = ()
    fixed: bool = False
    faults: tuple[Fault, ...] = ()
    heard: tuple[Heard, ...] = ()
    refused: tuple[str, ...] = ()


def digest(*parts: str | bytes) -> str:
    """Return the SHA-256 of parts; where one ends and the next begins counts too."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big") + data)
    return found.hexdigest()
