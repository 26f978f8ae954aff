"""A PDF comes in; the pictures that are too coarse where they are placed go out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pypdfium2 import raw

from builder.pdf.resolution import is_coarse
from builder.press import readback

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2

DEEPEST = 8
POINTS = 72  # in an inch
SMALLEST = 2  # dots: what is one dot wide is a rule or a ground


@dataclass(frozen=True, slots=True)
class Coarse:
    """A picture on a page, from 1: dots an inch, width and height in dots and, as placed, in mm."""

    page: int
    dpi: int
    dots: tuple[int, int]
    size: tuple[int, int]


def coarse(pdf: bytes) -> tuple[Coarse, ...]:
    """Return the pictures with fewer dots an inch, placed as they are, than a print shop asks for."""
    with readback.opened(pdf) as document:
        found = [each for number in range(len(document)) for each in _pictures(document[number], number + 1)]
    return tuple(dict.fromkeys(each for each in found if is_coarse(each.dpi) and min(each.dots) >= SMALLEST))


def _pictures(page: pypdfium2.PdfPage, number: int) -> Iterator[Coarse]:
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=DEEPEST):
        placed, around = thing.get_matrix(), thing.container
        while around is not None:  # a drawing in a drawing
            placed, around = placed.multiply(around.get_matrix()), around.container
        sides = math.hypot(placed.a, placed.b) / POINTS, math.hypot(placed.c, placed.d) / POINTS
        dots = thing.get_px_size()
        if min(sides) > 0:
            dpi = min(dot / side for dot, side in zip(dots, sides, strict=True))
            yield Coarse(number, round(dpi), dots, (round(sides[0] * 25.4), round(sides[1] * 25.4)))


def blank(pdf: bytes, page: int) -> bool:
    """Tell whether nothing is seen on a page (from 0), printed coarsely."""
    with readback.opened(pdf) as document:
        seen = document[page].render(scale=1, grayscale=True).to_pil()
        return bool(seen.getextrema() == (255, 255))
