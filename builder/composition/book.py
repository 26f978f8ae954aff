"""A ``Publication`` comes in; what the leaf templates ask about it goes out: outline, notes by clause, readings.

Everything is worked out once, before a leaf is set.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from builder.composition import opposite, questions, readings
from builder.composition.nouns import Entry
from builder.publication import Level, passages, plain, walk
from builder.publication.coverage import survey
from builder.publication.ranges import Ranges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.problems import Place
    from builder.publication import Clause, Matter, Note, Program, Publication, Reading, Session
    from builder.publication.coverage import Coverage

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
    def _ranges(self) -> Ranges:
        return Ranges(self.publication.program.clauses)

    @property
    def clauses(self) -> Mapping[str, Clause]:
        """Path id → clause."""
        return self._ranges.by_id

    @cached_property
    def coverage(self) -> Coverage:
        """Which of its clauses commentary speaks of, and which session reads them."""
        return survey(self.publication)

    @cached_property
    def _after(self) -> Mapping[str, tuple[Note, ...]]:
        return _grouped((note.after, note) for note in self.publication.notes)

    @cached_property
    def _elsewhere(self) -> Mapping[str, tuple[Note, ...]]:
        return _grouped((clause, note) for note in self.publication.notes for clause in self._apart(note))

    def _apart(self, note: Note) -> Iterator[str]:
        """Yield the clauses of a note that do not stand beside the one it is printed after, in one range with it."""
        parent = note.after.rpartition(".")[0]
        for together in self._ranges.parted(note.clauses):
            beside = note.after in together
            yield from (clause for clause in together if not (beside and clause.rpartition(".")[0] == parent))

    def notes_after(self, clause: Clause) -> tuple[Note, ...]:
        """Return the commentary printed after a clause."""
        return self._after.get(clause.id, ())

    def begins(self, note: Note) -> str:
        """Return where a reader looks for a commentary: at the first clause of the range that it is printed after."""
        parent = note.after.rpartition(".")[0]
        together = next(each for each in (*self._ranges.parted(note.clauses), [note.after]) if note.after in each)
        return next(clause for clause in together if clause.rpartition(".")[0] == parent)

    @cached_property
    def _called(self) -> Mapping[str, tuple[Note, ...]]:
        return _grouped((self.begins(note), note) for note in self.publication.notes)

    def notes_called(self, clause: Clause) -> tuple[Note, ...]:
        """Return the commentary that begins with a clause, wherever it is printed: an e-book calls it from there."""
        return self._called.get(clause.id, ())

    def notes_called_from_afar(self, clause: Clause) -> tuple[Note, ...]:
        """Return the commentary that begins with a clause and does not stand right below it."""
        return tuple(note for note in self.notes_called(clause) if not self.stands_below(note))

    def stands_below(self, note: Note) -> bool:
        """Tell whether a commentary stands right under the words it begins with: nobody needs to be led there."""
        clause = self.clauses[note.after]
        return self.begins(note) == clause.id and (clause.level in OPENERS or not clause.children)

    def notes_elsewhere(self, clause: Clause) -> tuple[Note, ...]:
        """Return the commentary that also speaks of a clause and is printed after another one."""
        return self._elsewhere.get(clause.id, ())

    @cached_property
    def opposite(self) -> opposite.Opposite:
        """Where commentary begins when it faces the text."""
        leaves = enumerate(leaves_of(self.publication.program, fine=False))
        leaf = {clause.id: number for number, clauses in leaves for clause in walk(clauses)}
        return opposite.place(self.publication.notes, self._ranges.parted, leaf)

    @cached_property
    def questions(self) -> questions.Questions:
        """The commentary as questions and answers."""
        return questions.gather(self.publication, self._ranges.parted)

    def grounds(self, note: Note) -> tuple[tuple[str, str], ...]:
        """Return the ranges of clauses a note speaks of: the first one's path id, the range in words."""
        return tuple((each[0], self.named(each)) for each in self._ranges.parted(note.clauses))

    def named(self, clauses: Iterable[str]) -> str:
        """Name clauses in words, neighbours of one kind as a range: ``điểm a–d khoản 2 Điều 5; Điều 9``."""
        return self._ranges.named(clauses)

    def whose(self, owner: str) -> str:
        """Name in words what a passage belongs to: a clause, the clauses of a note; nothing for anything else."""
        notes = {note.id: note.clauses for note in self.publication.notes}
        clauses = notes.get(owner) or ((owner,) if owner in self.clauses else ())
        return self.named(clauses)

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

    def contents_of(self, session: Session) -> tuple[Entry, ...]:
        """Return the short contents at the head of a session: what it reads, in two levels at most."""
        return readings.contents(session, self.clauses, outline, self.named)

    def pages_of(self, reads: Iterable[Reading]) -> str:
        """Return the ids a ``folios`` slot takes its page ranges from."""
        return " ".join(dict.fromkeys(clause for reading in reads for clause in reading.clauses))


def _grouped(pairs: Iterable[tuple[str, Note]]) -> Mapping[str, tuple[Note, ...]]:
    groups: defaultdict[str, list[Note]] = defaultdict(list)
    for key, note in pairs:
        groups[key].append(note)
    return {key: tuple(notes) for key, notes in groups.items()}
