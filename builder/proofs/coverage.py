"""A ``Coverage`` comes in; its gaps and overlaps go out as problems. All are infos: a plan may leave things out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder import problems
from builder.manuscript import sessions
from builder.proofs import ignoring
from builder.publication.digest import runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from builder.manuscript import Sheet
    from builder.problems import Problem
    from builder.publication import Clause, Ignored
    from builder.publication.coverage import Coverage

GONE = frozenset({"REF_SYNTAX", "REF_UNKNOWN", "REF_AMBIGUOUS"})
"""What is said of a citation that leads nowhere."""
_HEADING = re.compile(r" {0,3}##\s+")


def gaps(coverage: Coverage) -> Iterator[Problem]:
    """Yield ``COVER_NOTE``, ``COVER_SESSION`` where the gap begins, ``COVER_TWICE`` in the later session.

    What the writer means is left out: the clauses named as they are told of, one of them alone, or one they stand in.
    """
    means = _Meant(coverage)
    for clauses in means.left("COVER_NOTE", coverage.without_notes):
        yield problems.clause_without_note(clauses[0].place, coverage.named(clauses))
    for clauses in means.left("COVER_SESSION", coverage.without_session):
        yield problems.clause_without_session(clauses[0].place, coverage.named(clauses))
    for each in coverage.overlaps:
        place = coverage.plans[each.sessions[-1] - 1].session.place
        for clauses in means.left("COVER_TWICE", [each.clauses]):
            yield problems.clause_read_twice(place, coverage.named(clauses), runs(each.sessions))
    yield from ignoring.in_vain(means.vain)


@dataclass(slots=True)
class _Meant:
    """What the writer has looked at and means; ``asked`` are the entries that did something."""

    coverage: Coverage
    asked: set[Ignored] = field(default_factory=set)

    @property
    def entries(self) -> tuple[Ignored, ...]:
        return tuple(each for each in self.coverage.publication.settings.ignored if each.code in problems.COVERAGE)

    @property
    def vain(self) -> tuple[Ignored, ...]:
        return tuple(each for each in self.entries if each not in self.asked)

    def left(self, code: str, ranges: Iterable[Sequence[Clause]]) -> Iterator[tuple[Clause, ...]]:
        """Yield ranges of clauses without those that are meant; what is left of one may be several."""
        entries = [each for each in self.entries if each.code == code]
        by_id = self.coverage.ranges.by_id
        for clauses in ranges:
            whole = self.coverage.named(clauses)
            kept = [clause.id for clause in clauses if not self._means(entries, whole, clause)]
            yield from (tuple(by_id[each] for each in part) for part in self.coverage.ranges.parted(kept))

    def _means(self, entries: Iterable[Ignored], whole: str, clause: Clause) -> bool:
        names = (whole, *self._around(clause))
        fitting = [entry for entry in entries if any(ignoring.means(entry, name) for name in names)]
        self.asked.update(fitting)
        return bool(fitting)

    def _around(self, clause: Clause) -> Iterator[str]:
        """Yield the citations of a clause and of those it stands in."""
        parts = clause.id.split(".")
        known = self.coverage.ranges.by_id
        above = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
        yield from (known[each].citation for each in above if each in known)


def gone(told: Iterable[Problem], sheets: Mapping[str, Sheet]) -> tuple[Problem, ...]:
    """Of all problems pick those of commentary and of readings whose clause is gone.

    Args:
        told: all that was found in a manuscript.
        sheets: its texts, by their names as the user gave them.
    """
    return tuple(each for each in told if each.code in GONE and _anchors(each, sheets.get(each.place.file)))


def _anchors(problem: Problem, sheet: Sheet | None) -> bool:
    """Tell a citation that anchors something from a cross-reference in running text."""
    if sheet is None or not 0 < problem.place.line <= len(sheet.lines):
        return False
    if sheet.name.startswith("sessions/"):
        head, _ = sessions.front_matter(sheet.lines)
        return any(line.number == problem.place.line for line in head)
    heading = _HEADING.match(sheet.lines[problem.place.line - 1].text)
    return sheet.name.startswith("commentary/") and heading is not None and heading.end() + 1 == problem.place.column
