"""A ``Coverage`` and a number of lines come in; the programme in no more lines than that goes out, deepest first.

A page holds so many lines. The deepest level that fits is shown whole; where that leaves two thirds of them empty,
neighbours of the next are taken together to fill them, and parted again, those with gaps first, while there is room;
what is not shown is counted in the line above it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from builder.problems.listing import runs as runs  # noqa: PLC0414 - sessions and pages are written alike
from builder.publication.coverage import Reach, Share, by_notes, by_sessions, share, undivided
from builder.publication.text import passages, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.publication.coverage import Coverage, Row, Side

CLOSERS = ".:-–—) "


@dataclass(frozen=True, slots=True)
class Line:
    """A clause, or neighbours taken together, with all that stands in them and is not shown by itself.

    ``tops`` are the clauses named, ``rows`` they and all below them; ``open`` tells that lines below it follow.
    """

    tops: tuple[Row, ...]
    rows: tuple[Row, ...]
    open: bool = False

    @property
    def depth(self) -> int:
        """How deep it stands."""
        return self.tops[0].depth

    @property
    def label(self) -> str:
        """The label without its closing punctuation, of neighbours the first and the last number: ``Điều 5–9``."""
        first, last = self.tops[0].clause, self.tops[-1].clause
        label = first.label.rstrip(CLOSERS)
        if len(self.tops) == 1 or not (first.number and last.number and first.number in label):
            return label
        begin, _, end = label.rpartition(first.number)
        return f"{begin}{first.number}–{last.number}{end}"

    @property
    def title(self) -> str:
        """The title, or the first words of what has none; of neighbours nothing."""
        clause = self.tops[0].clause
        if len(self.tops) > 1:
            return ""
        return plain(clause.title) or next((words for words in passages(clause.body) if words.strip()), "")

    @property
    def words(self) -> int:
        """The words of all of it."""
        return sum(row.words for row in self.rows)

    @property
    def commentary(self) -> Share:
        """What commentary speaks of."""
        return share(self.rows, by_notes)

    @property
    def reading(self) -> Share:
        """What the sessions read."""
        return share(self.rows, by_sessions)

    @property
    def noted(self) -> Reach:
        """How commentary reaches it."""
        return self._how(by_notes)

    @property
    def read(self) -> Reach:
        """How the sessions reach it."""
        return self._how(by_sessions)

    @property
    def sessions(self) -> tuple[int, ...]:
        """The numbers of the sessions that read some of it."""
        return tuple(sorted({number for row in self.rows for number in row.sessions.by}))

    @property
    def uneven(self) -> bool:
        """Tell whether it hides a gap: it is covered in part, or read in part."""
        return Reach.PARTLY in (self.noted, self.read)

    def parted(self) -> tuple[Line, ...]:
        """Give every clause taken together here its own line."""
        starts = [place for place, row in enumerate(self.rows) if row.depth == self.depth]
        return tuple(
            Line((self.rows[start],), self.rows[start:end]) for start, end in pairwise([*starts, len(self.rows)])
        )

    def in_session(self, number: int) -> tuple[int, int]:
        """Count what one session reads of it, and all there is: clauses that are divided no further."""
        last = list(undivided(self.rows))
        return sum(number in row.sessions.by for row in last), len(last)

    def _how(self, side: Side) -> Reach:
        found = {side(row).how for row in self.tops}
        if len(found) == 1:
            return found.pop()
        return Reach.BELOW if all(side(row).covered for row in self.tops) else Reach.PARTLY


def lines(coverage: Coverage, most: int) -> tuple[Line, ...]:
    """Lay a programme out in at most ``most`` lines (1 or more)."""
    rows = coverage.rows
    deepest = max((row.depth for row in rows), default=-1)
    fitting = (depth for depth in range(deepest, -1, -1) if sum(row.depth <= depth for row in rows) <= most)
    shown = next(fitting, -1)
    return _parted(list(_lines(rows, shown, _together(rows, shown, most))), most)


def _together(rows: Sequence[Row], shown: int, most: int) -> int:
    """Return how many neighbours of the level below ``shown`` one line stands for; 0 when they are not shown."""
    families = _families(rows, shown + 1)
    taken = sum(row.depth <= shown for row in rows)
    if not families or taken * 3 >= most:
        return 0
    largest = max(families) if shown < 0 else math.ceil(max(families) / 2)  # one line for all says nothing new
    needed = ((size, sum(math.ceil(each / size) for each in families)) for size in range(2, largest + 1))
    return next((size for size, count in needed if count <= most - taken), 0)


def _families(rows: Sequence[Row], depth: int) -> list[int]:
    """Count the clauses of one level, parent by parent."""
    counts: list[int] = []
    fresh = True
    for row in rows:
        if row.depth < depth:
            fresh = True
        elif row.depth == depth:
            if fresh:
                counts.append(0)
            counts[-1] += 1
            fresh = False
    return counts


def _lines(rows: Sequence[Row], shown: int, together: int) -> Iterator[Line]:
    number = 0
    while number < len(rows):
        row = rows[number]
        if row.depth <= shown:
            below = bool(row.below) and (row.depth < shown or together > 0)
            yield Line((row,), tuple(rows[number : number + 1 + row.below]), open=below)
            number += 1
        elif together:
            tops = _neighbours(rows, number, together)
            end = tops[-1] + 1 + rows[tops[-1]].below
            yield Line(tuple(rows[each] for each in tops), tuple(rows[number:end]))
            number = end
        else:
            number += 1


def _parted(found: list[Line], most: int) -> tuple[Line, ...]:
    """Part neighbours taken together while there is room for all of them: first those that are covered in part."""
    room = most - len(found)
    apart: set[int] = set()
    for place in sorted(range(len(found)), key=lambda place: not found[place].uneven):
        more = len(found[place].tops) - 1
        if 0 < more <= room:
            apart.add(place)
            room -= more
    return tuple(line for place, whole in enumerate(found) for line in (whole.parted() if place in apart else (whole,)))


def _neighbours(rows: Sequence[Row], number: int, most: int) -> list[int]:
    """Return the places of a clause and of those that follow it under the same parent, at most ``most``."""
    found = [number]
    depth = rows[number].depth
    while len(found) < most:
        number = found[-1] + 1 + rows[found[-1]].below
        if number >= len(rows) or rows[number].depth != depth:
            break
        found.append(number)
    return found
