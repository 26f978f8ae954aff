"""``program.md`` and ``program.lock`` → whether the words of the programme are still those that were locked.

What counts are the words and their marks. Normal form, spaces and line ends may change: they are what a build and a
mend may give a programme (a resolution must not change by accident, but a line may be broken elsewhere).
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from builder import problems
from builder.publication import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.manuscript.folder import Sheet
    from builder.problems import Problem
    from builder.publication import Program

NAME = "program.lock"
_HEAD = "anpham-lock 1"
_WHOLE = "*"
_LINE = re.compile(r"([0-9a-f]{64}|[0-9a-f]{16})  (\S+)")
_MOST = 5  # places told of
_PREAMBLE = "-"

Stretches = dict[str, tuple[int, str]]
"""Path id of a clause → the line it begins on, the hash of its own words."""


def written(sheet: Sheet, programme: Program) -> str:
    """The programme → what ``program.lock`` holds: the hash of all its words, and one for each clause's own.

    The first decides; the others tell where a change is.
    """
    lines = [_HEAD, f"{_hash(_words(sheet, 1, len(sheet.lines)))}  {_WHOLE}"]
    lines += [f"{digest}  {name}" for name, (_, digest) in _stretches(sheet, programme).items()]
    return "\n".join([*lines, ""])


def compare(sheet: Sheet, programme: Program, lock: Sheet) -> Iterator[Problem]:
    """Yield a problem for every clause whose words are not the locked ones: changed, added, or gone."""
    locked = _read(lock)
    if locked is None:
        yield problems.lock_bad(lock.place(1))
        return
    if locked.pop(_WHOLE) == _hash(_words(sheet, 1, len(sheet.lines))):
        return
    now = _stretches(sheet, programme)
    names = {clause.id: clause.citation for clause in walk(programme.clauses)}
    changed = [name for name, (_, digest) in now.items() if locked.get(name) != digest]
    for name in changed[:_MOST]:
        yield problems.source_differs(sheet.place(now[name][0]), names.get(name, ""), len(changed))
    gone = [name for name in locked if name not in now]
    if gone:
        yield problems.source_shorter(sheet.place(0, 0), gone[0], len(gone))
    elif not changed:  # clauses in another order, or words between them
        yield problems.source_differs(sheet.place(1), "", 0)


def is_about(problem: Problem) -> bool:
    """Tell whether a problem is one of the lock's own: locking again mends it."""
    return problem.code in {"SOURCE_DIFF", "SOURCE_SHORT", "LOCK_BAD"}


def _read(lock: Sheet) -> dict[str, str] | None:
    """A lock → its hashes; nothing when it is damaged."""
    head, *lines = [line.text for line in lock.lines if line.text.strip()] or [""]
    found = [_LINE.fullmatch(line.rstrip()) for line in lines]
    if head.rstrip() != _HEAD or not all(found):
        return None
    hashes = {match[2]: match[1] for match in found if match}
    return hashes if len(hashes.get(_WHOLE, "")) == hashlib.sha256().digest_size * 2 else None


def _stretches(sheet: Sheet, programme: Program) -> Stretches:
    """Each clause's own lines, up to the next clause; what stands before the first is the preamble's."""
    begins = [(_PREAMBLE, 1), *((clause.id, clause.place.line) for clause in walk(programme.clauses))]
    ends = [line - 1 for _, line in begins[1:]] + [len(sheet.lines)]
    return {
        name: (first, _hash(_words(sheet, first, last))[:16]) for (name, first), last in zip(begins, ends, strict=True)
    }


def _words(sheet: Sheet, first: int, last: int) -> str:
    return " ".join(" ".join(line.text for line in sheet.lines[first - 1 : last]).split())


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
