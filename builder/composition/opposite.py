"""Entries of commentary come in; out goes beside which clause each begins when text and commentary face one another.

A reader of facing pages meets a clause and looks across: commentary on several clauses stands where the first of them
begins. (Where it is printed in the text it stands after the last of them, ``Note.after``.)
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from builder.publication import Clause, Note

    Ranges = Callable[[Iterable[str]], list[list[str]]]


@dataclass(frozen=True, slots=True)
class Opposite:
    """Where commentary begins, and where it is only pointed to.

    Attributes:
        clauses: id of an entry → path id of the clause it begins beside.
        elsewhere: path id → entries that also speak of that clause and begin beside another one.
    """

    clauses: Mapping[str, str]
    elsewhere: Mapping[str, tuple[Note, ...]]

    def clause(self, note: Note) -> str:
        """Return the path id of the clause an entry begins beside."""
        return self.clauses[note.id]

    def notes_elsewhere(self, clause: Clause) -> tuple[Note, ...]:
        """Return the commentary that also speaks of a clause and begins beside another one."""
        return self.elsewhere.get(clause.id, ())


def place(notes: Iterable[Note], parted: Ranges, leaf: Mapping[str, int]) -> Opposite:
    """Find the places of entries.

    Args:
        notes: in order.
        parted: parts path ids into ranges of neighbours.
        leaf: path id → number of the leaf the clause is printed in; an entry begins in the leaf it is printed in.
    """
    beside: dict[str, str] = {}
    elsewhere: defaultdict[str, list[Note]] = defaultdict(list)
    for note in notes:
        ranges = parted(note.clauses)
        own = next(each for each in ranges if note.after in each)
        first = next(clause for clause in own if leaf[clause] == leaf[note.after])
        beside[note.id] = first
        parent = first.rpartition(".")[0]
        for together in ranges:
            near = parent if together is own else None
            for clause in together:
                if clause.rpartition(".")[0] != near:
                    elsewhere[clause].append(note)
    return Opposite(beside, {clause: tuple(found) for clause, found in elsewhere.items()})
