"""The trim of a printed piece and its bleed come in; its boxes and the marks a guillotine and a fold go by go out.

All is measured in points from the lower left corner of the sheet, which is 0, 0: programs for drawing show a sheet
whose corner is elsewhere out of place. Marks are of black ink and lie outside the bleed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array

from builder.paper import POINTS_PER_MM
from builder.pdf import writing
from builder.pdf.marks import DASH, HAIRLINE, LENGTH, corners, offset, ticks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.pdf import Box

BEYOND = 2.0  # mm of the sheet beyond a mark
PLACES = 3  # decimals of a point


@dataclass(frozen=True, slots=True)
class Frame:
    """A piece on its sheet.

    Attributes:
        width: of the trim (mm).
        height: of the trim (mm).
        bleed: how far what is printed goes beyond it (mm).
        folds: where it is folded, from its left edge (mm).
    """

    width: float
    height: float
    bleed: float
    folds: tuple[float, ...] = ()

    @property
    def offset(self) -> float:
        """How far marks stand from the trim (mm)."""
        return offset(self.bleed * POINTS_PER_MM) / POINTS_PER_MM

    @property
    def room(self) -> float:
        """How much sheet there is around the trim (mm)."""
        return self.offset + LENGTH / POINTS_PER_MM + BEYOND

    @property
    def sheet(self) -> tuple[float, float]:
        """Width and height of the sheet (mm)."""
        return self.width + 2 * self.room, self.height + 2 * self.room

    @property
    def trim(self) -> Box:
        """The trim (pt)."""
        return self._box(0)

    @property
    def bleed_box(self) -> Box:
        """What is printed on (pt)."""
        return self._box(self.bleed)

    @property
    def media(self) -> Box:
        """The sheet (pt)."""
        return self._box(self.room)

    def _box(self, beyond: float) -> Box:
        low, high = self.room - beyond, self.room + beyond
        return points(low), points(low), points(self.width + high), points(self.height + high)

    def put_on(self, page: pikepdf.Object) -> None:
        """Give a page its boxes (ISO 15930-7, 6.5: what is cut lies within what bleeds, and that within the sheet)."""
        page.MediaBox = page.CropBox = Array(list(self.media))
        page.BleedBox, page.TrimBox = Array(list(self.bleed_box)), Array(list(self.trim))

    def marks(self) -> bytes:
        """Draw the marks: two at each corner, dashed ones where it is folded."""
        begins, ends = self._box(self.offset), self._box(self.room - BEYOND)
        outside = tuple(zip(begins, ends, strict=True))
        folds = [line for fold in self.folds for line in ticks(points(self.room + fold), outside)]
        drawn = b"q %s w 0 G 0 J [] 0 d\n" % _number(HAIRLINE) + b"".join(map(_line, corners(self.trim, outside)))
        dash = f"[{DASH}] 0 d\n".encode()
        return drawn + (dash + b"".join(map(_line, folds)) if folds else b"") + b"Q\n"


def _line(line: tuple[float, float, float, float]) -> bytes:
    left, low, right, high = map(_number, line)
    return b" ".join((left, low, b"m", right, high, b"l S\n"))


def clip(box: Iterable[float]) -> bytes:
    """Keep what is drawn from here on within a box (pt)."""
    left, low, right, high = box
    return b" ".join((_number(left), _number(low), _number(right - left), _number(high - low), b"re W n\n"))


def moved(across: float, up: float) -> bytes:
    """Move what is drawn from here on (pt)."""
    return b"1 0 0 1 %s %s cm\n" % (_number(across), _number(up))


def points(millimetres: float) -> float:
    """Return millimetres in points, to a thousandth."""
    return round(millimetres * POINTS_PER_MM, PLACES)


def _number(value: float) -> bytes:
    return writing.number(value, PLACES).encode()
