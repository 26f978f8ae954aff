"""Units in document order → a problem for every number out of sequence.

Within one parent and kind numbers run on from 1; under a new parent a kind may start again or go on from its last.
Inserted units (``5a`` after ``5``) are in order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import problems
from builder.problems import Place
from builder.publication import SIGNS, Level
from builder.vietnamese import numbering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.manuscript.outline import Unit
    from builder.problems import Problem
    from builder.vietnamese.numbering import Number

_UNNUMBERED = SIGNS | {Level.FREE}


def check(root: Unit, file: str, *, strict: bool) -> Iterator[Problem]:
    """Compare each number with the one before it; when not strict, numbers without a value are let pass."""
    before: dict[tuple[int, Level, int], Number] = {}
    last: dict[tuple[Level, int], Number] = {}
    for unit in root.below():
        if unit.level in _UNNUMBERED:
            continue
        number = unit.number
        sibling = before.get((id(unit.parent), *unit.kind))
        allowed = _allowed(unit, number, sibling, last.get(unit.kind))
        if (number.values or strict) and not _is_among(number, allowed):
            place = Place(file, unit.line, unit.label.column)
            expected = _relabelled(unit, allowed[0] if allowed else "")
            yield problems.number_out_of_sequence(place, unit.label.printed, expected, strict=strict)
        before[id(unit.parent), *unit.kind] = last[unit.kind] = number


def _allowed(unit: Unit, number: Number, sibling: Number | None, last: Number | None) -> tuple[str, ...]:
    """The numbers that may stand here, the plainest first; none when a number without value stands before."""
    if sibling is not None:
        following = numbering.successors(sibling)
        return following if sibling.values else (number.printed,)
    first = _first(unit, number)
    run_on = numbering.successors(last) if last and unit.level is not Level.DECIMAL else ()
    return (first, *run_on[:1])


def _first(unit: Unit, number: Number) -> str:
    parent = unit.parent
    if unit.level is Level.DECIMAL:
        if parent and parent.level in {Level.NUMBER, Level.DECIMAL} and parent.number.values:
            return f"{parent.label.number}.1"
        return ".".join([*map(str, number.values[:-1]), "1"])
    if unit.level is Level.LETTER:
        return "a"
    notation = number.notation if number.values else numbering.Notation.ARABIC
    return numbering.write(1, notation)


def _is_among(number: Number, allowed: tuple[str, ...]) -> bool:
    return any(numbering.read(text).key == number.key for text in allowed)


def _relabelled(unit: Unit, number: str) -> str:
    """The label with the expected number in place of its own."""
    return unit.label.printed.replace(unit.label.number, number, 1) if number else "…"
