"""Problems and outputs come in; lines for a person, or one JSON object for a machine, go out on their streams."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from builder import __version__
from builder.problems import Severity, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from builder.cli.words import Words
    from builder.problems import Problem

Answer = dict[str, object]


def tell(found: Sequence[Problem], words: Words, *, failed: bool = False) -> None:
    """Print problems on standard error, in order of place, and count them; say so when nothing was made."""
    ordered = in_order(found)
    for problem in ordered:
        print(words.typed(problem.line(words.language)), file=sys.stderr)
    if ordered:
        print(counted(ordered, words), file=sys.stderr)
    if failed:
        print(words("count.failed"), file=sys.stderr)


def counted(found: Iterable[Problem], words: Words) -> str:
    """Count problems by severity: ``3 lỗi, 2 chỗ cần xem lại``."""
    severities = [problem.severity for problem in found]
    counts = [(severity, severities.count(severity)) for severity in Severity]
    return ", ".join(words(f"count.{severity.value}", count=count) for severity, count in counts if count)


def answer(found: Iterable[Problem], words: Words, **facts: object) -> Answer:
    """Put an answer for a machine together: the version, what a command adds, the problems."""
    return {"version": __version__, **facts, "problems": [plain(problem, words) for problem in in_order(found)]}


def put(answered: Answer) -> None:
    """Print the one object of ``--json`` on standard output."""
    print(json.dumps(answered, ensure_ascii=False, indent=2))


def plain(problem: Problem, words: Words) -> Answer:
    """Write a problem for a machine."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "sentence": problem.sentence(words.language),
        "way_out": problem.way_out(words.language),
    }
