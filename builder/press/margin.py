"""The notes of a leaf, in order, come in; where each stands in the margin, or that it is carried, goes out.

Nothing here knows of boxes or of paper: y grows downwards, all is in px. A note belongs beside the first line of its
clause. It stands there or below, never on another one; it is pushed up only as far as those below it need to stay on
the page (``placed``). What does not fit is carried, as few notes as can be.

Carrying a note makes the text longer and moves the clauses after it, perhaps off the page that was too full. ``plan``
reckons with that, page after page, so that the leaf need not be laid out again for every note: all that is carried then
is laid out at once and looked at anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

EXACT = 1e-6  # px; sums of fractions


@dataclass(frozen=True, slots=True)
class Column:
    """Where notes may stand: between ``top`` and ``bottom``, at least ``apart`` from one another."""

    top: float
    bottom: float
    apart: float = 0.0

    @property
    def height(self) -> float:
        """How long it is."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Note:
    """A note to be placed: where its top belongs, how long it is."""

    wanted: float
    height: float


def placed(column: Column, notes: Sequence[Note]) -> tuple[float | None, ...]:
    """Say where the top of each note stands; nothing for those that are carried."""
    kept = fitting(column, [note.height for note in notes])
    tops = iter(_tops(column, [notes[number] for number in kept]))
    return tuple(next(tops) if number in kept else None for number in range(len(notes)))


def fitting(column: Column, heights: Sequence[float]) -> tuple[int, ...]:
    """Return the notes, by number, that fit the column together.

    As few as can be are left out: the longest, and the last of them no longer than it has to be; of two as long, the
    later one.
    """
    kept = set(range(len(heights)))
    while kept:
        excess = sum(heights[number] + column.apart for number in kept) - column.apart - column.height
        if excess <= EXACT:
            break
        enough = [number for number in kept if heights[number] + column.apart >= excess - EXACT]
        kept.remove(
            min(enough, key=lambda number: (heights[number], -number))
            if enough
            else max(kept, key=lambda number: (heights[number], number))
        )
    return tuple(sorted(kept))


def _tops(column: Column, notes: Sequence[Note]) -> list[float]:
    """Put notes that fit where they belong: down past the one above, then up from the foot where that is too far."""
    tops: list[float] = []
    free = column.top
    for note in notes:
        tops.append(max(note.wanted, free))
        free = tops[-1] + note.height + column.apart
    limit = column.bottom
    for number in range(len(notes) - 1, -1, -1):
        tops[number] = min(tops[number], limit - notes[number].height)
        limit = tops[number] - column.apart
    return tops


# --- a whole leaf ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Candidate:
    """A note that may be carried.

    Attributes:
        start: where it belongs, from the head of the leaf, as if the pages' columns were one.
        height: how long it is in the margin.
        inset: how much room it takes in the text.
        foot: how much it takes at the foot of the page; nothing when it cannot stand there.
        begins: the place of its clause in the order of the text.
        ends: the place in that order where it stands when it is in the text.
    """

    start: float
    height: float
    inset: float
    foot: float | None
    begins: int
    ends: int


class Carried(Enum):
    """Where a note goes that does not stand in the margin."""

    FOOT = "foot"
    INSET = "inset"


@dataclass(frozen=True, slots=True)
class Page:
    """What pages are like: how long, how far notes stand apart, how much of the foot notes may take."""

    height: float
    apart: float
    foot: float

    @property
    def column(self) -> Column:
        """The column of notes."""
        return Column(0.0, self.height, self.apart)


def plan(page: Page, notes: Sequence[Candidate]) -> dict[int, Carried]:
    """Say which notes, by number, had better be carried, and where to, that no page be too full."""
    carried: dict[int, Carried] = {}
    number = 0
    while True:
        leaf = _Reckoned(page, notes, carried)
        if leaf.fits(number):
            if leaf.ends_by(number):
                return carried
            number += 1
        else:
            carried = {**carried, **leaf.best(number)}


@dataclass(frozen=True)
class _Reckoned:
    """Where notes would stand with some of them carried."""

    page: Page
    notes: Sequence[Candidate]
    carried: Mapping[int, Carried]

    @cached_property
    def starts(self) -> list[float]:
        """Where the notes belong now that the text is longer: what is carried moves only those that come later."""
        notes, length = self.notes, self.page.height
        inset = [(notes[each].ends, notes[each].inset) for each, way in self.carried.items() if way is Carried.INSET]
        starts = [note.start + sum(height for ends, height in inset if ends < note.begins) for note in notes]
        for each in sorted(each for each, way in self.carried.items() if way is Carried.FOOT):
            height = notes[each].foot or 0.0
            full = (starts[each] // length + 1) * length - height
            starts = [start + height * (start >= full and number > each) for number, start in enumerate(starts)]
        return starts

    def ends_by(self, number: int) -> bool:
        """Tell whether no clause begins on a later page."""
        return all(start < (number + 1) * self.page.height for start in self.starts)

    def on(self, number: int, way: Carried | None) -> list[int]:
        """List the notes whose clause is on a page: those in its margin, or carried one way."""
        starts, length = self.starts, self.page.height
        return [
            each for each, start in enumerate(starts) if start // length == number and self.carried.get(each) is way
        ]

    def fits(self, number: int) -> bool:
        """Tell whether a page has room for the notes in its margin."""
        heights = [self.notes[each].height for each in self.on(number, None)]
        return len(fitting(self.page.column, heights)) == len(heights)

    def choices(self, number: int) -> list[tuple[int, Carried]]:
        """List the notes of a page that could be carried, each to the foot where there is room."""
        taken = sum(self.notes[each].foot or 0.0 for each in self.on(number, Carried.FOOT))
        feet = [(each, self.notes[each].foot) for each in self.on(number, None)]
        return [
            (each, Carried.INSET if foot is None or taken + foot > self.page.foot else Carried.FOOT)
            for each, foot in feet
        ]

    def best(self, number: int) -> dict[int, Carried]:
        """Choose the note of a page that had best be carried, and where to."""
        note, way = max(self.choices(number), key=lambda choice: self.worth(choice[0], choice[1], number))
        return {note: way}

    def worth(self, note: int, way: Carried, number: int) -> tuple[bool, float]:
        """Weigh a choice: does the page fit then; how much stays in its margin, less what the text grows by."""
        then = replace(self, carried={**self.carried, note: way})
        chosen = self.notes[note]
        if not then.fits(number):
            return False, chosen.height
        grows = chosen.inset if way is Carried.INSET else chosen.foot or 0.0
        return True, sum(self.notes[each].height for each in then.on(number, None)) - grows
