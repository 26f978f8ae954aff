"""What lies on the desk comes in; it goes out as the browser's script is told of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from builder.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.preview.nouns import Entry, Laying, Standing
    from builder.preview.words import Words
    from builder.problems import Problem
    from builder.works.asked import Step

Told = dict[str, object]

SEVERITIES = tuple(Severity)
MOST = 500
"""Problems that are told; of more the count is."""


def laying(laid: Laying, words: Words) -> Told:
    """Tell of pages all but the file."""
    return {
        "number": laid.number,
        "edition": laid.look.edition,
        "part": laid.look.part,
        "title": laid.title,
        "name": laid.name,
        "choices": [asdict(each) | {"trim": _trim(each.trim, words)} for each in laid.choices],
        "pages": [asdict(page) for page in laid.pages],
        "contents": [_entry(each) for each in laid.contents],
        "clauses": [_entry(each) for each in laid.clauses],
        "spots": dict(laid.spots),
    }


def _trim(name: str, words: Words) -> str:
    return words(f"trim.{name}") if words.has(f"trim.{name}") else name


def _entry(entry: Entry) -> list[object]:
    return [entry.level, entry.words, entry.anchor, entry.page, entry.cited]


def standing(standing: Standing, step: Step | None, words: Words) -> Told:
    """Tell how it stands with a book."""
    return {
        "laid": standing.laid,
        "bound": standing.bound,
        "failed": standing.failed,
        "at": standing.at,
        "done": words("done", seconds=words.number(standing.seconds, ".1f")) if standing.laid else "",
        "count": [sum(each.severity is severity for each in standing.problems) for severity in SEVERITIES],
        "problems": [_problem(each, words) for each in _gravest_first(standing.problems)][:MOST],
        "working": _working(step, words) if step else "",
    }


def _working(step: Step, words: Words) -> str:
    stage = words(f"stage.{step.stage.value}")
    return words("working.counted", stage=stage, done=step.done, total=step.total) if step.total > 1 else stage


def _gravest_first(found: Iterable[Problem]) -> list[Problem]:
    return sorted(found, key=lambda problem: SEVERITIES.index(problem.severity))


def _problem(problem: Problem, words: Words) -> Told:
    return {
        "severity": problem.severity.value,
        "code": problem.code,
        "sentence": problem.sentence(words.language),
        "way_out": problem.way_out(words.language),
        "place": str(problem.place),
    }
