"""A ``Publication`` comes in; which of its clauses commentary speaks of and which session reads them goes out.

It stands among the nouns because both sides of the house ask for it: proof-reading, which reports the gaps, and
composition, which draws them in the leader's edition. Stages share nouns and do not call each other.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from builder.publication import agenda
from builder.publication.program import Level
from builder.publication.ranges import Ranges
from builder.publication.text import passages, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from builder.publication import Publication
    from builder.publication.program import Clause, Note, Session

WORDS_PER_MINUTE = 180
"""How many written syllables are read aloud in a minute.

Vietnamese is spoken at 5.22 syllables a second, pauses left out (Pellegrino, Coupé, Marsico, "A cross-language
perspective on speech information rate", Language 87, 2011). An official text read out to a meeting goes at about three
in five of that, pauses and figures counted: three a second.
"""
ITEMS = frozenset({Level.NUMBER, Level.DECIMAL, Level.LETTER, Level.DASH, Level.PLUS, Level.BULLET})


class Reach(Enum):
    """How commentary, or the plan of sessions, reaches a clause."""

    OWN = "own"  # it is cited itself
    ABOVE = "above"  # what it stands in is cited
    BELOW = "below"  # all that stands in it is reached
    PARTLY = "partly"  # some of that
    NONE = "none"


COVERED = frozenset({Reach.OWN, Reach.ABOVE, Reach.BELOW})


@dataclass(frozen=True, slots=True)
class Reached:
    """What reaches a clause: numbers from 1 of notes or of sessions, by citing it or what it stands in."""

    how: Reach
    own: tuple[int, ...] = ()
    above: tuple[int, ...] = ()

    @property
    def covered(self) -> bool:
        """Tell whether the clause counts as covered: it, what it stands in or all that stands in it is cited."""
        return self.how in COVERED

    @property
    def by(self) -> tuple[int, ...]:
        """Number all that reaches it from above or by itself."""
        return tuple(sorted({*self.own, *self.above}))


@dataclass(frozen=True, slots=True)
class Row:
    """A clause in programme order: how deep it stands (0: outermost), how many clauses follow that stand in it.

    ``words`` counts the written syllables of its own title and text.
    """

    clause: Clause
    depth: int
    below: int
    words: int
    notes: Reached
    sessions: Reached

    @property
    def principal(self) -> bool:
        """Tell a clause that commentary is expected to speak of from an item of one."""
        return bool(self.clause.title) or self.depth == 0 or self.clause.level not in ITEMS


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the clauses that are divided no further are covered, and how many of their words."""

    covered: int
    of: int
    words: int
    of_words: int

    @property
    def percent(self) -> int:
        """The clauses in per cent, rounded down, but never down to nothing: 100 means all of them."""
        return _percent(self.covered, self.of)

    @property
    def percent_of_words(self) -> int:
        """The words in per cent, rounded likewise."""
        return _percent(self.words, self.of_words)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a session asks: the clauses it reads (those divided no further), their words, the minutes of its agenda."""

    session: Session
    clauses: int
    words: int
    agenda: int

    @property
    def minutes(self) -> int:
        """How many minutes it takes to read the words aloud, rounded up."""
        return math.ceil(self.words / WORDS_PER_MINUTE)

    @property
    def adds_up(self) -> bool:
        """Tell whether the agenda gives away as many minutes as the session has, where both are known."""
        return not self.agenda or not self.session.minutes or self.agenda == self.session.minutes


@dataclass(frozen=True, slots=True)
class Overlap:
    """Neighbouring clauses that several sessions read."""

    clauses: tuple[Clause, ...]
    sessions: tuple[int, ...]


Side = Callable[[Row], Reached]
"""Which of the two is asked for: ``by_notes`` or ``by_sessions``."""


def by_notes(row: Row) -> Reached:
    """Return how commentary reaches a clause."""
    return row.notes


def by_sessions(row: Row) -> Reached:
    """Return how the sessions reach a clause."""
    return row.sessions


@dataclass(frozen=True)
class Coverage:
    """Clauses × commentary × sessions. Notes and sessions are numbered from 1 in their order.

    ``rate`` is how many words a minute of reading takes.
    """

    publication: Publication
    rows: tuple[Row, ...]
    plans: tuple[Plan, ...]
    ranges: Ranges
    rate: int = WORDS_PER_MINUTE

    @property
    def notes(self) -> tuple[Note, ...]:
        """The entries of commentary."""
        return self.publication.notes

    @cached_property
    def commentary(self) -> Share:
        """What commentary speaks of."""
        return share(self.rows, by_notes)

    @cached_property
    def reading(self) -> Share:
        """What the sessions read."""
        return share(self.rows, by_sessions)

    @cached_property
    def words(self) -> int:
        """The words of all clauses."""
        return sum(row.words for row in self.rows)

    @cached_property
    def without_notes(self) -> tuple[tuple[Clause, ...], ...]:
        """The principal clauses nothing speaks of, in ranges; none when there is no commentary at all."""
        return self._gaps(by_notes, principal=True) if self.notes else ()

    @cached_property
    def without_session(self) -> tuple[tuple[Clause, ...], ...]:
        """The clauses no session reads, in ranges; none when there is no session at all."""
        return self._gaps(by_sessions) if self.plans else ()

    @cached_property
    def overlaps(self) -> tuple[Overlap, ...]:
        """The clauses more than one session reads, in ranges of the same sessions."""
        groups = groupby(self._twice(), lambda each: each[1])
        return tuple(
            Overlap(together, sessions)
            for sessions, clauses in groups
            for together in self._parted([clause for clause, _ in clauses])
        )

    def named(self, clauses: Iterable[Clause]) -> str:
        """Name clauses in words, neighbours of one kind as a range."""
        return self.ranges.named([clause.id for clause in clauses])

    def _gaps(self, side: Side, *, principal: bool = False) -> tuple[tuple[Clause, ...], ...]:
        """Return the outermost clauses that nothing reaches."""
        found: list[Clause] = []
        number = 0
        while number < len(self.rows):
            row = self.rows[number]
            empty = side(row).how is Reach.NONE
            if empty and (row.principal or not principal):
                found.append(row.clause)
            number += 1 + row.below * empty
        return self._parted(found)

    def _twice(self) -> Iterator[tuple[Clause, tuple[int, ...]]]:
        """Yield the outermost clauses that several sessions read, with those."""
        for row in self.rows:
            if len(row.sessions.by) > 1 and set(row.sessions.own) - set(row.sessions.above):
                yield row.clause, row.sessions.by

    def _parted(self, clauses: list[Clause]) -> tuple[tuple[Clause, ...], ...]:
        ranges = self.ranges.parted([clause.id for clause in clauses])
        return tuple(tuple(self.ranges.by_id[each] for each in found) for found in ranges)


def survey(publication: Publication) -> Coverage:
    """Lay commentary and sessions over the clauses of a programme."""
    notes = _by_clause(enumerate((note.clauses for note in publication.notes), 1))
    read = [{each for reading in session.reads for each in reading.clauses} for session in publication.sessions]
    sessions = _by_clause(enumerate(read, 1))
    rows = tuple(
        row for clause in publication.program.clauses for row in _rows(clause, 0, _Cites(notes, sessions), (), ())
    )
    plans = tuple(_plan(session, number, rows) for number, session in enumerate(publication.sessions, 1))
    return Coverage(publication, rows, plans, Ranges(publication.program.clauses))


def undivided(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the clauses in which no others stand: what is counted."""
    return (row for row in rows if not row.below)


def share(rows: Sequence[Row], side: Side) -> Share:
    """Count what is covered of some clauses; of a clause that is divided the lead-in's words count with its own."""
    last = list(undivided(rows))
    covered = sum(side(row).covered for row in last)
    words = sum(row.words for row in rows if side(row).covered)
    return Share(covered, len(last), words, sum(row.words for row in rows))


@dataclass(frozen=True, slots=True)
class _Cites:
    """Path id → the numbers of the notes and of the sessions that name it."""

    notes: Mapping[str, tuple[int, ...]]
    sessions: Mapping[str, tuple[int, ...]]


def _rows(
    clause: Clause, depth: int, cites: _Cites, notes: tuple[int, ...], sessions: tuple[int, ...]
) -> Iterator[Row]:
    """Yield a clause and all below it; ``notes`` and ``sessions`` reach what it stands in."""
    noted, read = cites.notes.get(clause.id, ()), cites.sessions.get(clause.id, ())
    inner = tuple(sorted({*notes, *noted})), tuple(sorted({*sessions, *read}))
    below = [row for child in clause.children for row in _rows(child, depth + 1, cites, *inner)]
    children = [row for row in below if row.depth == depth + 1]
    yield Row(
        clause,
        depth,
        len(below),
        _words(clause),
        _reached(noted, notes, [row.notes.how for row in children]),
        _reached(read, sessions, [row.sessions.how for row in children]),
    )
    yield from below


def _reached(own: tuple[int, ...], above: tuple[int, ...], below: list[Reach]) -> Reached:
    if own or above:
        return Reached(Reach.OWN if own else Reach.ABOVE, own, above)
    if all(how is Reach.NONE for how in below):
        return Reached(Reach.NONE)
    return Reached(Reach.BELOW if COVERED.issuperset(below) else Reach.PARTLY)


def _plan(session: Session, number: int, rows: tuple[Row, ...]) -> Plan:
    read = [row for row in rows if number in row.sessions.by]
    totals = [total for part in session.parts if (total := agenda.minutes(part))]
    differing = (total for total in totals if total != session.minutes)
    clauses = sum(1 for _ in undivided(read))
    return Plan(session, clauses, sum(row.words for row in read), next(differing, totals[0] if totals else 0))


def _by_clause(cited: Iterable[tuple[int, Iterable[str]]]) -> Mapping[str, tuple[int, ...]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, clauses in cited:
        for clause in clauses:
            found[clause].append(number)
    return {clause: tuple(numbers) for clause, numbers in found.items()}


def _words(clause: Clause) -> int:
    """Count the written syllables of a clause: what spaces part and holds a letter or a figure."""
    said = (plain(clause.title), *passages(clause.body))
    return sum(any(map(str.isalnum, word)) for words in said for word in words.split())


def _percent(part: int, whole: int) -> int:
    return max(1, part * 100 // whole) if part and whole else 0
