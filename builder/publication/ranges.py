"""The clauses of a programme come in; which of them are neighbours, and what a range of them is called, goes out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from builder.publication.program import Level, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from builder.publication.program import Clause


@dataclass(frozen=True)
class Ranges:
    """The clauses of a programme as citations run through them."""

    clauses: tuple[Clause, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Clause]:
        """Path id → clause, in reading order."""
        return {clause.id: clause for clause in walk(self.clauses)}

    @cached_property
    def _next(self) -> Mapping[str, str]:
        """Path id → id of the clause that carries its range on: the next of its kind under the same parent.

        Articles are numbered through chapters, so their ranges run on through them too.
        """
        last: dict[tuple[str, Level], str] = {}
        following: dict[str, str] = {}
        for clause in walk(self.clauses):
            row = "" if clause.level is Level.ARTICLE else clause.id.rpartition(".")[0], clause.level
            following |= {last[row]: clause.id} if row in last and clause.number else {}
            last[row] = clause.id
        return following

    def neighbours(self, clause: str, other: str) -> bool:
        """Tell whether a range runs on from one clause to the other."""
        return self._next.get(clause) == other

    def parted(self, clauses: Iterable[str]) -> list[list[str]]:
        """Part clauses into ranges, each of neighbours of one kind."""
        ranges: list[list[str]] = []
        for clause in clauses:
            if ranges and self.neighbours(ranges[-1][-1], clause):
                ranges[-1].append(clause)
            else:
                ranges.append([clause])
        return ranges

    def named(self, clauses: Iterable[str]) -> str:
        """Name clauses in words, neighbours of one kind as a range: ``điểm a–d khoản 2 Điều 5; Điều 9``."""
        return "; ".join(_named(self.by_id[each[0]], self.by_id[each[-1]]) for each in self.parted(clauses))


def _named(first: Clause, last: Clause) -> str:
    """Write the number of the last behind that of the first, which stands at the one end of its citation.

    Within a Điều a citation opens with the clause itself (``điểm đ khoản 2 Điều 5``), elsewhere it closes with it.
    """
    if first is last:
        return first.citation
    until = f"{first.number}–{last.number}"
    within = first.level is not Level.ARTICLE and any(step.startswith("dieu-") for step in first.id.split("."))
    if not within:
        return first.citation.removesuffix(first.number) + until
    word, _, others = first.citation.partition(f" {first.number} ")
    return f"{word} {until} {others}"
