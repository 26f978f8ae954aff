"""What was found and the ignore list come in; what is left goes out, with the entries nothing asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import problems
from builder.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from builder.problems import Problem
    from builder.publication import Ignored

ALL = "*"


def without(found: Iterable[Problem], ignored: Collection[Ignored]) -> list[Problem]:
    """Leave out what the writer has looked at and means; an entry that no longer does anything is reported.

    Errors stay whatever the list says.
    """
    by_code: dict[str, list[Ignored]] = {}
    for entry in ignored:
        by_code.setdefault(entry.code, []).append(entry)
    asked: set[Ignored] = set()
    left = []
    for problem in found:
        fitting = [entry for entry in by_code.get(problem.code, ()) if _fits(entry, problem)]
        asked.update(fitting)
        if not fitting or problem.severity is Severity.ERROR:
            left.append(problem)
    return [*left, *in_vain(entry for entry in ignored if entry not in asked)]


def in_vain(ignored: Iterable[Ignored]) -> Iterator[Problem]:
    """Report entries that nothing asked for."""
    yield from (problems.ignored_in_vain(entry.place, entry.code, entry.words) for entry in ignored)


def means(entry: Ignored, words: str) -> bool:
    """Tell whether an entry speaks of words that were found."""
    return entry.words == ALL or problems.visible(entry.words).casefold() == problems.visible(words).casefold()


def _fits(entry: Ignored, problem: Problem) -> bool:
    return means(entry, dict(problem.values).get("found", ""))
