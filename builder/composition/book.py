"""A ``Publication`` comes in; what the leaf templates ask about it goes out: outline, notes by clause, readings.

Everything is worked out once, before a leaf is set.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from builder.composition.nouns import Entry
from builder.publication import Level, passages, plain, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.problems import Place
    from builder.publication import Clause, Matter, Note, Program, Publication, Reading

OPENERS = frozenset({Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION, Level.ROMAN, Level.FREE})
CLOSERS = ".:-–—) "


def bare_label(clause: Clause) -> str:
    """Return the label without its closing punctuation: ``Điều 5``, ``II``, ``đ``."""
    return clause.label.rstrip(CLOSERS)


def running_title(clause: Clause) -> str:
    """Name a clause in a running head or an outline: ``Phần I. Mục đích và nguyên tắc``."""
    return ". ".join(part for part in (bare_label(clause), plain(clause.title)) if part)


def outline(clauses: Iterable[Clause]) -> tuple[Entry, ...]:
    """Turn the titled clauses into outline entries; an untitled one gives way to what is titled below it."""
    entries: list[Entry] = []
    for clause in clauses:
        below = outline(clause.children)
        if clause.title or clause.level in OPENERS:
            label, words = bare_label(clause), plain(clause.title)
            entries.append(Entry(running_title(clause), clause.id, below, label, words, clause.level.value))
        else:
            entries.extend(below)
    return tuple(entries)


def leaves_of(program: Program, *, fine: bool) -> tuple[tuple[Clause, ...], ...]:
    """Part the programme into leaves.

    In print a Phần, and unnumbered matter beside Phần, opens a new page; ``fine`` (an e-book) also parts at every
    Chương, Mục or roman numeral on the highest level, so that a reader loads little at a time.
    """
    has_parts = any(clause.level is Level.PART for clause in program.clauses)
    opening = OPENERS if fine else frozenset({Level.PART, Level.FREE}) if has_parts else frozenset()
    groups: list[list[Clause]] = []
    for clause in program.clauses:
        if not groups or clause.level in opening:
            groups.append([])
        groups[-1].append(clause)
    return tuple(tuple(group) for group in groups) or ((),)


@dataclass(frozen=True)
class Book:
    """A publication seen as its templates need it."""

    publication: Publication

    @cached_property
    def clauses(self) -> Mapping[str, Clause]:
        """Path id → clause."""
        return {clause.id: clause for clause in walk(self.publication.program.clauses)}

    @cached_property
    def _next(self) -> Mapping[str, str]:
        """Path id → id of the clause that carries its range on: the next of its kind under the same parent.

        Articles are numbered through chapters, so their ranges run on through them too.
        """
        last: dict[tuple[str, Level], str] = {}
        following: dict[str, str] = {}
        for clause in walk(self.publication.program.clauses):
            row = "" if clause.level is Level.ARTICLE else clause.id.rpartition(".")[0], clause.level
            following |= {last[row]: clause.id} if row in last and clause.number else {}
            last[row] = clause.id
        return following

    @cached_property
    def _after(self) -> Mapping[str, tuple[Note, ...]]:
        return _grouped((note.after, note) for note in self.publication.notes)

    @cached_property
    def _elsewhere(self) -> Mapping[str, tuple[Note, ...]]:
        return _grouped((clause, note) for note in self.publication.notes for clause in self._apart(note))

    def _apart(self, note: Note) -> Iterator[str]:
        """Yield the clauses of a note that do not stand beside the one it is printed after, in one range with it."""
        parent = note.after.rpartition(".")[0]
        for together in self._ranges(note.clauses):
            beside = note.after in together
            yield from (clause for clause in together if not (beside and clause.rpartition(".")[0] == parent))

    def _ranges(self, clauses: Iterable[str]) -> list[list[str]]:
        """Part clauses into ranges, each of neighbours of one kind."""
        ranges: list[list[str]] = []
        for clause in clauses:
            if ranges and self._next.get(ranges[-1][-1]) == clause:
                ranges[-1].append(clause)
            else:
                ranges.append([clause])
        return ranges

    def notes_after(self, clause: Clause) -> tuple[Note, ...]:
        """Return the commentary printed after a clause."""
        return self._after.get(clause.id, ())

    def notes_elsewhere(self, clause: Clause) -> tuple[Note, ...]:
        """Return the commentary that also speaks of a clause and is printed after another one."""
        return self._elsewhere.get(clause.id, ())

    def named(self, clauses: Iterable[str]) -> str:
        """Name clauses in words, neighbours of one kind as a range: ``điểm a–d khoản 2 Điều 5; Điều 9``."""
        ranges = self._ranges(clauses)
        return "; ".join(_named(self.clauses[each[0]], self.clauses[each[-1]]) for each in ranges)

    def words(self) -> Iterator[tuple[Place, str]]:
        """Yield every passage of the manuscript and the place of what it stands in."""
        publication = self.publication
        for clause in self.clauses.values():
            yield clause.place, plain(clause.title)
            yield from ((clause.place, words) for words in passages(clause.body))
        for part, place in ((part, session.place) for session in publication.sessions for part in session.parts):
            yield place, plain(part.title)
            yield from ((place, words) for words in passages(part.body))
        entries: tuple[Note | Matter, ...] = (*publication.notes, *publication.front, *publication.back)
        for each in entries:
            yield from ((each.place, words) for words in (plain(each.title), *passages(each.body)))
        for term in publication.terms:
            yield from ((term.place, words) for words in (term.words, *passages(term.definition)))

    def pages_of(self, readings: Iterable[Reading]) -> str:
        """Return the ids a ``folios`` slot takes its page ranges from."""
        return " ".join(dict.fromkeys(clause for reading in readings for clause in reading.clauses))


def _named(first: Clause, last: Clause) -> str:
    if first is last:
        return first.citation
    until = f"{first.number}–{last.number}"
    if first.citation.endswith(first.number):
        return first.citation.removesuffix(first.number) + until
    return first.citation.replace(first.number, until, 1)


def _grouped(pairs: Iterable[tuple[str, Note]]) -> Mapping[str, tuple[Note, ...]]:
    groups: defaultdict[str, list[Note]] = defaultdict(list)
    for key, note in pairs:
        groups[key].append(note)
    return {key: tuple(notes) for key, notes in groups.items()}
