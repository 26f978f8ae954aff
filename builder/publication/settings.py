"""The nouns of ``publication.yaml``, all frozen, defaults filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.problems import Place

if TYPE_CHECKING:
    import datetime


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
