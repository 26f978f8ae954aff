"""A paper's name, measures or weight come in; its size and its thickness go out.

A sheet lies with its long side across and is folded, or cut, down the middle of it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise

POINTS_PER_MM = 72 / 25.4
# Many files round the page size (A5 as 420 × 595 pt): so much too large is still the right paper.
ROUNDING_MM = 0.5
# A PDF page is at most 14 400 units long (ISO 32000-1, annex C).
LONGEST_MM = 14400 / POINTS_PER_MM

CALIPERS = ((60, 0.080), (70, 0.090), (80, 0.100), (90, 0.112), (100, 0.125), (120, 0.150), (160, 0.190), (250, 0.280))
"""Weight (g/m²) and thickness (mm) of common uncoated paper. Weight alone does not say how thick a paper is: two of one
weight differ by a fifth, so that a measured thickness always counts for more."""
LIGHTEST, HEAVIEST = 40, 400

_MEASURES = re.compile(r"(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*(?:mm)?", re.IGNORECASE)


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

    @property
    def name(self) -> str:
        """``A4``, or the measures in millimetres: ``330 × 230 mm``."""
        return next((name for name, size in NAMED.items() if size == self), f"{self.width:g} × {self.height:g} mm")

    def holds(self, width: float, height: float) -> bool:
        """Tell whether half the sheet takes a page of that many points at full size."""
        across, up = self.points
        slack = ROUNDING_MM * POINTS_PER_MM
        return width <= across / 2 + slack and height <= up + slack


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


def holding(across: float, up: float) -> str:
    """Name the smallest sheet with a name that takes so many mm; its measures where none does.

    A sheet lies with its long side across: what is higher than wide needs one that is as wide as high.
    """
    for name, size in NAMED.items():
        if across <= size.width + 2 * ROUNDING_MM and up <= size.height + ROUNDING_MM:
            return name
    wide, high = (math.ceil(side - ROUNDING_MM) for side in (across, up))
    return f"{max(wide, high)}x{high}mm"


def caliper(gsm: float) -> float:
    """Return how thick uncoated paper of a weight (g/m²) mostly is, in mm: from the table, straight lines between.

    Beyond the table's ends a paper is as dense as the one at that end.
    """
    for (light, thin), (heavy, thick) in pairwise(CALIPERS):
        if light <= gsm <= heavy:
            return thin + (thick - thin) * (gsm - light) / (heavy - light)
    weight, thickness = CALIPERS[0] if gsm < CALIPERS[0][0] else CALIPERS[-1]
    return thickness * gsm / weight
