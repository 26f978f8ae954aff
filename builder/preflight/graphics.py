"""What a page paints with: the graphics state, the path, how matrices stretch and boxes meet (ISO 32000-1, 8.4)."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from math import hypot, isfinite
from typing import TYPE_CHECKING, Self

from builder.pdf.geometry import UPRIGHT
from builder.preflight.colours import BLACK, Paint

if TYPE_CHECKING:
    from builder.pdf import Box
    from builder.pdf.geometry import Matrix, Point
    from builder.preflight.typefaces import Typeface

FAR = 1e7
"""How far from a page something may stand, in points."""


def stretch(matrix: Matrix) -> float:
    """Return how much wider a line becomes: the smaller of both directions, where it is thinnest."""
    return min(hypot(matrix[0], matrix[1]), hypot(matrix[2], matrix[3]))


def is_sound(matrix: Matrix) -> bool:
    """Tell whether a matrix leaves things where a page can be."""
    return all(isfinite(each) and abs(each) < FAR for each in matrix)


def common(first: Box, second: Box | None) -> Box | None:
    """Return what two boxes share; the first when the second is not given; nothing when they do not meet."""
    if second is None:
        return first
    left, bottom = max(first[0], second[0]), max(first[1], second[1])
    right, top = min(first[2], second[2]), min(first[3], second[3])
    return (left, bottom, right, top) if left <= right and bottom <= top else None


@dataclass(slots=True)
class State:
    """The graphics state; ``clip`` is the box around what may be painted, ``gone`` that nothing may."""

    matrix: Matrix = UPRIGHT
    clip: Box | None = None
    gone: bool = False
    fill: Paint = BLACK
    stroke: Paint = BLACK
    line_width: float = 1.0
    face: Typeface | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    over_fill: bool = False
    over_stroke: bool = False

    def copied(self) -> Self:
        """Return a state that can change without this one."""
        return copy.copy(self)


@dataclass(slots=True)
class Path:
    """A path as it grows, in the page's points: the box around it, how many pieces, whether it is one rectangle."""

    xs: list[float] = field(default_factory=list)
    ys: list[float] = field(default_factory=list)
    rectangles: list[Box] = field(default_factory=list)
    other: bool = False

    def add(self, point: Point) -> None:
        """Take a point in."""
        self.xs.append(point[0])
        self.ys.append(point[1])

    @property
    def box(self) -> Box | None:
        """The box around all points."""
        if not self.xs:
            return None
        return (min(self.xs), min(self.ys), max(self.xs), max(self.ys))
