"""A side and the room around its pages come in; lines, bars and small type for whoever folds and cuts go out.

Everything is in points, in the cell as it is read. Marks stand outside the trim and outside the bleed, where the sheet
has room for them; the bar that shows the order of the signatures alone lies on the fold, where it shows on the back of
the gathered book and is hidden in the bound one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.paper import POINTS_PER_MM
from builder.pdf.marks import DASH, HAIRLINE, LENGTH, corners, offset, ticks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.imposition.job import Job
    from builder.imposition.plan import Sheet
    from builder.pdf import Box

__all__ = ["DASH", "HAIRLINE", "LENGTH", "Bar", "Line", "Room", "Words", "marks"]

LEAST = 2 * POINTS_PER_MM
"""A mark shorter than this is no guide for a knife."""
BAR_WIDTH, BAR_HEIGHT, BAR_STEP = (number * POINTS_PER_MM for number in (1.2, 4, 5))
TYPE_SIZE = 6.0
TYPE_HEIGHT = 8.5
"""What a line of the small type takes, with marks on capitals and tails."""


@dataclass(frozen=True, slots=True)
class Line:
    """A hairline."""

    start: tuple[float, float]
    end: tuple[float, float]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A solid oblong."""

    box: Box


@dataclass(frozen=True, slots=True)
class Words:
    """A line of small type, by the left end of its baseline, no wider than so much."""

    text: str
    at: tuple[float, float]
    width: float


@dataclass(frozen=True, slots=True)
class Room:
    """The trim in a cell, what of the cell a printer reaches, how far the bleed goes; the spine if there is a fold."""

    trim: Box
    paper: Box
    bleed: float
    spine: float | None

    @property
    def offset(self) -> float:
        """How far from the trim a mark begins."""
        return offset(self.bleed)

    @property
    def outside(self) -> tuple[tuple[float, float], ...]:
        """For left, foot, right and head: where a mark begins and where it ends; both alike when there is no room."""
        return tuple(
            self._reach(trim, paper, way)
            for trim, paper, way in zip(self.trim, self.paper, (-1, -1, 1, 1), strict=True)
        )

    def _reach(self, trim: float, paper: float, way: int) -> tuple[float, float]:
        room = (paper - trim) * way - self.offset
        start = trim + way * self.offset
        return (start, start + way * min(room, LENGTH)) if room >= LEAST else (start, start)


def marks(
    sheet: Sheet, signatures: int, room: Room, words: str, job: Job, *, back: bool
) -> Iterator[Line | Bar | Words]:
    """Draw what is asked for; ``signatures`` is how many there are, ``words`` the small line."""
    if "crop" in job.marks:
        yield from (_line(each) for each in corners(room.trim, room.outside))
    if "fold" in job.marks and room.spine is not None:
        yield from (_line(each, dashed=True) for each in ticks(room.spine, room.outside))
    if (
        "collate" in job.marks
        and room.spine is not None
        and signatures > 1
        and not (back or sheet.cover or sheet.depth)
    ):
        yield Bar(_step(sheet.signature, room.trim, room.spine))
    if words and job.marks:
        yield from _words(words, room)


def _line(ends: tuple[float, float, float, float], *, dashed: bool = False) -> Line:
    return Line(ends[:2], ends[2:], dashed)


def _step(signature: int, trim: Box, spine: float) -> Box:
    """Return where the bar of a signature lies: each a step further down, from the head again at the foot."""
    steps = max(1, int((trim[3] - trim[1] - 2 * BAR_STEP) / BAR_STEP))
    top = trim[3] - BAR_STEP * (1 + signature % steps)
    return spine - BAR_WIDTH / 2, top - BAR_HEIGHT, spine + BAR_WIDTH / 2, top


def _words(words: str, room: Room) -> Iterator[Words]:
    """Set the small line below the trim, or above it, between the lines at the corners; nowhere without room."""
    left, foot, right, head = room.trim
    end = room.spine if room.spine is not None else right
    width = end - left - 2 * LEAST
    if foot - room.paper[1] - room.offset >= TYPE_HEIGHT:
        yield Words(words, (left + LEAST, foot - room.offset - TYPE_SIZE), width)
    elif room.paper[3] - head - room.offset >= TYPE_HEIGHT:
        yield Words(words, (left + LEAST, head + room.offset + TYPE_HEIGHT - TYPE_SIZE), width)
