"""The nouns of ``publication.yaml``, all frozen, defaults filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.problems import Place

if TYPE_CHECKING:
    import datetime

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
class Ignored:
    """What the writer has looked at and means: words (``*``: all) that a check finds under a code."""

    code: str
    words: str
    place: Place = field(default=Place(), compare=False)


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
    dash: str = "keep"
    numbering: str = "strict"
    notes: str = "part"
    abbreviations: tuple[tuple[str, str], ...] = ()
    capitals: tuple[str, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    editions: tuple[Edition, ...] = ()
