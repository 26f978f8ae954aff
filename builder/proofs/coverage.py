"""A ``Coverage`` comes in; its gaps and overlaps go out as problems. All are infos: a plan may leave things out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder import problems
from builder.manuscript import sessions
from builder.publication.digest import runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.manuscript import Sheet
    from builder.problems import Problem
    from builder.publication.coverage import Coverage

GONE = frozenset({"REF_SYNTAX", "REF_UNKNOWN", "REF_AMBIGUOUS"})
"""What is said of a citation that leads nowhere."""
_HEADING = re.compile(r" {0,3}##\s+")


def gaps(coverage: Coverage) -> Iterator[Problem]:
    """Yield ``COVER_NOTE``, ``COVER_SESSION`` where the gap begins, ``COVER_TWICE`` in the later session."""
    for clauses in coverage.without_notes:
        yield problems.clause_without_note(clauses[0].place, coverage.named(clauses))
    for clauses in coverage.without_session:
        yield problems.clause_without_session(clauses[0].place, coverage.named(clauses))
    for each in coverage.overlaps:
        place = coverage.plans[each.sessions[-1] - 1].session.place
        yield problems.clause_read_twice(place, coverage.named(each.clauses), runs(each.sessions))


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
