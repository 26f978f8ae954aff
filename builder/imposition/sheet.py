"""A paper name or measures come in; a sheet size goes out, and where a page stands on it.

A sheet lies with its long side across and is folded down the middle of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

POINTS_PER_MM = 72 / 25.4
# Many files round the page size (A5 as 420 × 595 pt): so much too large is still the right paper.
ROUNDING_MM = 0.5
# A PDF page is at most 14 400 units long (ISO 32000-1, annex C).
LONGEST_MM = 14400 / POINTS_PER_MM

_MEASURES = re.compile(r"(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*(?:mm)?", re.IGNORECASE)


class Flip(Enum):
    """The edge about which the printer turns the paper to print its back."""

    SHORT = "short"
    LONG = "long"


class UnknownSheet(ValueError):  # noqa: N818 - named for what it is
    """Raised for words that name no sheet; ``text`` holds them."""

    def __init__(self, text: str) -> None:
        """Keep the words."""
        self.text = text
        super().__init__(f"no sheet size: {text!r}")


@dataclass(frozen=True, slots=True)
class SheetSize:
    """Width and height of a sheet in millimetres; the width is the long side."""

    width: float
    height: float

    def __post_init__(self) -> None:
        """Keep the long side across.

        Raises:
            ValueError: when it stands upright, has no size or is longer than a PDF page can be.
        """
        if not 0 < self.height <= self.width <= LONGEST_MM:
            raise ValueError(self.width, self.height)

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in PDF points."""
        return self.width * POINTS_PER_MM, self.height * POINTS_PER_MM

    def holds(self, width: float, height: float) -> bool:
        """Tell whether half the sheet takes a page of that many points at full size."""
        across, up = self.points
        slack = ROUNDING_MM * POINTS_PER_MM
        return width <= across / 2 + slack and height <= up + slack

    def corner(self, width: float, height: float, *, left: bool) -> tuple[float, float]:
        """Return the lower left corner of a page that touches the fold, centred in height; in points."""
        across, up = self.points
        return across / 2 - (width if left else 0), (up - height) / 2


A4 = SheetSize(297, 210)
A3 = SheetSize(420, 297)
SRA3 = SheetSize(450, 320)
NAMED = {"A4": A4, "A3": A3, "SRA3": SRA3}


def sheet_size(text: str) -> SheetSize:
    """Read ``A4``, ``A3``, ``SRA3`` or millimetres such as ``330x230mm``, either side first.

    Raises:
        UnknownSheet: when the words are neither, or the measures are those of no sheet.
    """
    words = text.strip()
    if words.upper() in NAMED:
        return NAMED[words.upper()]
    measures = _MEASURES.fullmatch(words)
    if measures is None:
        raise UnknownSheet(text)
    height, width = sorted(float(side) for side in measures.groups())
    if not 0 < height <= width <= LONGEST_MM:
        raise UnknownSheet(text)
    return SheetSize(width, height)
