"""A trim and the room around it come in; the lines a guillotine and a fold go by go out, in points.

Marks are hairlines of black alone, 5 mm long, in line with the edges of the trim. They begin where the bleed ends, and
at least 1 mm from the trim, so that no knife leaves a trace of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.paper import POINTS_PER_MM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.pdf.source import Box

    Line = tuple[float, float, float, float]
    Outside = tuple[tuple[float, float], ...]

LENGTH = 5 * POINTS_PER_MM
OFFSET = 1 * POINTS_PER_MM
HAIRLINE = 0.25
DASH = f"{1.5 * POINTS_PER_MM:.3f} {1 * POINTS_PER_MM:.3f}"
"""How a fold is dashed, as it is written into a page's content: 1.5 mm of line, 1 mm of gap."""


def offset(bleed: float) -> float:
    """Return how far from the trim a mark begins, for so much bleed."""
    return max(bleed, OFFSET)


def corners(trim: Box, outside: Outside) -> Iterator[Line]:
    """Draw two lines at each corner.

    Args:
        trim: left, foot, right, head.
        outside: for each of these, where a mark begins and where it ends; both alike where there is no room for one.
    """
    left, foot, right, head = trim
    for x in (left, right):
        yield from ticks(x, outside)
    for start, end in (outside[0], outside[2]):
        if start != end:
            yield from ((start, y, end, y) for y in (foot, head))


def ticks(x: float, outside: Outside) -> Iterator[Line]:
    """Draw an upright line below and above the trim."""
    for start, end in (outside[1], outside[3]):
        if start != end:
            yield x, start, x, end
