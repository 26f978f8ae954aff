"""What a composition is made of: leaves of finished markup, styles, cast faces and figures; it needs nothing else.

A ``Composition`` can be set with no disk and no network. Its leaves are well-formed XHTML fragments; every
link inside the publication is written ``href="#id"``, every picture ``src="figures/…"``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from builder.publication import Accessibility

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from builder.fonts import Face
    from builder.problems import Place
    from builder.publication import Edition, Figure


class Medium(Enum):
    """Where the leaves will be read."""

    PRINT = "print"
    EBOOK = "ebook"


class Start(Enum):
    """Where a leaf opens: on a new page, one at the right or at the left; or below the leaf before it, if it fits."""

    PAGE = "page"
    RECTO = "recto"
    VERSO = "verso"
    FOLLOW = "follow"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf set: what stands between two forced page breaks.

    Attributes:
        id: id of the wrapping ``<section class="leaf {kind}" id="{id}">`` that ``markup`` consists of.
        kind: the leaf template's name (``cover``, ``contents``, ``part``, ``session`` …); also its page name in CSS.
        title: plain words for lists and documents' titles.
        markup: one well-formed XHTML ``section`` element, entities resolved, no namespace prefix but ``epub:``.
        start: the side it opens on.
        filler: the press repeats or drops this one-page leaf so that the pages make a multiple of four.
        most: how many pages it should have at most; 0 for no such bound.
        place: the file it is made from, where that is one.
        term: what it is, as a term of EPUB's structural vocabulary; empty: part of the text.
    """

    id: str
    kind: str
    title: str
    markup: str = field(repr=False)
    start: Start = Start.PAGE
    filler: bool = False
    most: int = 0
    place: Place | None = None
    term: str = ""


@dataclass(frozen=True, slots=True)
class Insert:
    """What a leader has and the participants have not, for a leaf put between their pages.

    ``anchor`` is the id of the participants' text it stands after; ``markup`` a well-formed XHTML ``div``.
    """

    anchor: str
    markup: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline: plain title (label and words), the id it leads to, the entries below it.

    ``label`` and ``words`` are the title's two halves; ``kind`` is the level of the clause or the kind of the leaf.
    """

    title: str
    target: str
    children: tuple[Entry, ...] = ()
    label: str = ""
    words: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Captioned:
    """A table or figure with a caption: ``tables`` or ``figures``, its id, the bare words of its caption."""

    kind: str
    id: str
    caption: str


@dataclass(frozen=True, slots=True)
class Series:
    """What a publication belongs to: its name; ``series`` or ``set``; its number there if it has one."""

    name: str
    type: str
    position: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the finished files say of themselves (plain words; empty when not known).

    Attributes:
        creator: who compiled it; where nobody is named, the unit.
        compiled: somebody is named.
        contributors: who else had a hand in it, each with a MARC relator code or none.
        source: the document studied, as it is cited.
        part: id of the session a book is of, when every session is a book.
        accessibility: whom to ask; what a person found who evaluated the e-book.
    """

    title: str
    subtitle: str = ""
    creator: str = ""
    publisher: str = ""
    description: str = ""
    rights: str = ""
    language: str = "vi"
    date: datetime.date | None = None
    compiled: bool = False
    contributors: tuple[tuple[str, str], ...] = ()
    source: str = ""
    subject: str = ""
    kind: str = ""
    period: str = ""
    series: Series | None = None
    part: str = ""
    accessibility: Accessibility = field(default_factory=Accessibility)


@dataclass(frozen=True, slots=True)
class Composition:
    """One edition in one medium, ready to be set or bound.

    Attributes:
        slug: the publication's slug.
        edition: the edition made.
        medium: print or e-book.
        metadata: what the file says of itself.
        leaves: in reading order.
        outline: the contents as a tree (targets are ids inside the leaves).
        stylesheet: all CSS for the leaves; print: with an ``@page`` size and margins, faces by family name only.
        furniture: print only: CSS of running heads and folios; its margin boxes read ``string(title)``,
            ``string(part)``, ``string(section)``, ``string(clause-first)``, ``string(clause-last)``, ``string(folio)``.
        faces: cast faces, in the order of their ``@font-face`` rules.
        figures: path → figure, for ``src`` attributes.
        words: the layout's word list (key → words on the page).
        inserts: print only: what stands on leaves put between the pages, which keep their folios.
        put_in: print only: whole leaves put in so, before the last sheet.
    """

    slug: str
    edition: Edition
    medium: Medium
    metadata: Metadata
    leaves: tuple[Leaf, ...]
    outline: tuple[Entry, ...]
    stylesheet: str = field(repr=False)
    furniture: str = field(repr=False)
    faces: tuple[Face, ...] = field(repr=False)
    figures: Mapping[str, Figure] = field(repr=False)
    words: Mapping[str, str] = field(repr=False)
    inserts: tuple[Insert, ...] = field(default=(), repr=False)
    put_in: tuple[Leaf, ...] = ()
