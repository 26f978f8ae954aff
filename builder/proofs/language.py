"""Passages come in; what is wrong with their language goes out, and what mends it.

Each passage is looked at by itself; what is spelled, dashed or abbreviated in two ways is known only after all.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from builder import problems
from builder.problems import Place
from builder.proofs import references
from builder.proofs.nouns import Mend
from builder.vietnamese import detection, figures, marks, normal, spelling, style

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.problems import Problem
    from builder.proofs.nouns import Passage, Text
    from builder.proofs.references import Cited
    from builder.vietnamese.findings import Finding

CONFIRMED = frozenset({"ENC_LEGACY", "ENC_MOJIBAKE"})
"""What a person has to confirm: letters may have been lost on the way to normal form."""

Found = tuple["Problem", "Mend | None"]


def letters(text: Text) -> Iterator[Found]:
    """Yield what was not in normal form in a file: the mend is its line in normal form (see ``mending``)."""
    done = normal.normalise(text.sheet.raw)
    for repair in done.repairs:
        place = Place(text.sheet.file, repair.line, repair.column)
        yield problems.of_language(repair.code, place, repair.found, became=repair.became), None
    for doubt in done.doubts:
        if doubt.code is not normal.Code.CONTROL:  # the manuscript has refused it
            yield problems.of_language(doubt.code, Place(text.sheet.file, doubt.line, doubt.column), doubt.found), None


def running(passage: Passage, cited: Cited, capitals: tuple[str, ...] = (), *, opened: int = 0) -> Iterator[Found]:
    """Yield what is wrong in a passage.

    Args:
        passage: what is read.
        cited: the articles there are.
        capitals: the writer's own terms, with theirs.
        opened: how many quotations of the passages before go on in it.
    """
    words = passage.words
    damaged = detection.findings(words)
    if damaged:  # nothing else can be said of words that are none
        yield from (_found(passage, finding) for finding in damaged)
        return
    findings = chain(
        spelling.findings(words),
        marks.findings(words, opened=opened),
        figures.findings(words),
        style.findings(words, capitals) if not passage.heading else (),
        references.findings(words, cited) if passage.text.is_programme else (),
    )
    yield from (_found(passage, finding) for finding in findings)


def place_of(passage: Passage, start: int, end: int) -> Place:
    """Return where characters of a passage stand."""
    first, _ = passage.span(start, end)
    return Place(passage.text.sheet.file, *passage.text.spot(first))


def _found(passage: Passage, finding: Finding) -> Found:
    place = place_of(passage, finding.start, finding.end)
    words = passage.words[finding.start : finding.end]
    problem = problems.of_language(finding.code, place, words, became=finding.became, hints=finding.hints)
    if finding.became is None or finding.code in CONFIRMED or not passage.whole(finding.start, finding.end):
        return problem, None
    end = place.column + finding.end - finding.start
    return problem, Mend(place.file, place.line, place.column, end, finding.became)


def by_place(found: Sequence[Found]) -> list[Found]:
    """Sort by place."""
    return sorted(found, key=lambda each: (each[0].place, each[0].code))
