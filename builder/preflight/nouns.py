"""Nothing comes in; the nouns of a look at a finished file go out: what it is for, where things are, what was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from builder.problems import Problem

MILLIMETRE = 72 / 25.4
"""Points in a millimetre."""


class Purpose(Enum):
    """What a file is for: to be read on a screen, printed in an office, printed by a shop."""

    READING = "reading"
    OFFICE = "office"
    SHOP = "shop"


@dataclass(frozen=True, slots=True)
class Spot:
    """A rectangle on a page, in mm from the upper left corner of the trimmed page as it is read."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem, where on its page it stands, and what stands there: words, the name of a font, a picture's size.

    ``part`` is the part of an e-book it stands in.
    """

    problem: Problem
    spot: Spot | None = None
    what: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a page is, in mm."""

    width: float
    height: float


Fact = str | int | Size | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file is, by names the command line has words for, in the order they are told."""

    kind: str
    told: tuple[tuple[str, Fact], ...] = ()
    looked_at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All that was seen in a file; ``claims`` are the standards it says it keeps: ``PDF/UA-1``, ``EPUB 3``."""

    facts: Facts
    purpose: Purpose
    findings: tuple[Finding, ...]
    claims: tuple[str, ...] = field(default=())
