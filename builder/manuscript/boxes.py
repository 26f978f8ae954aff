"""Lines → stretches of running text and fenced boxes: ``::: question {lines=6}`` … ``:::``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder import problems
from builder.publication import BoxKind

if TYPE_CHECKING:
    from builder.manuscript.folder import Line, Lines, Sheet
    from builder.problems import Problem

_FENCE = re.compile(r" {0,3}:{3,}\s*([^\s{]*)\s*(.*)")
_LINES = re.compile(r"\{\s*lines\s*=\s*[\"']?([0-9]{1,3})[\"']?\s*\}")
_MOST_LINES = 60

_KINDS = {kind.value: kind for kind in BoxKind}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of one sort: running text, or what stands in the box opened on ``line``."""

    lines: Lines
    line: int = 0
    kind: BoxKind | None = None
    writing_lines: int | None = None


def writing_lines(attributes: str) -> int | None:
    """``{lines=6}`` → 6; anything else, or a number out of bounds, → nothing."""
    match = _LINES.fullmatch(attributes)
    return int(match[1]) if match and 1 <= int(match[1]) <= _MOST_LINES else None


def part(lines: Lines, sheet: Sheet, found: list[Problem]) -> list[Stretch]:
    """Part lines at their fences; a box left open ends where the next one, or the text, does."""
    stretches: list[Stretch] = []
    opening: Line | None = None
    gathered: list[Line] = []
    for line in lines:
        fence = _FENCE.fullmatch(line.text.rstrip())
        if fence is None:
            gathered.append(line)
            continue
        closing = not (fence[1] or fence[2])
        if opening is None and closing:
            found.append(problems.fence_close(sheet.place(line)))
            continue
        stretches.append(_stretch(opening, tuple(gathered), sheet, found))
        if opening is not None and not closing:
            found.append(_left_open(opening, sheet))
        gathered = []
        opening = None if closing else line
    if opening is not None:
        found.append(_left_open(opening, sheet))
    return [*stretches, _stretch(opening, tuple(gathered), sheet, found)]


def _left_open(opening: Line, sheet: Sheet) -> Problem:
    return problems.fence_open(sheet.place(opening), opening.text.strip(": "))


def _stretch(opening: Line | None, lines: Lines, sheet: Sheet, found: list[Problem]) -> Stretch:
    fence = _FENCE.fullmatch(opening.text.rstrip()) if opening else None
    if opening is None or fence is None:
        return Stretch(lines)
    word, attributes = fence[1], fence[2]
    kind = _KINDS.get(word)
    if kind is None:
        found.append(problems.fence_kind(sheet.place(opening), word, _KINDS))
    asked = writing_lines(attributes)
    if attributes and (asked is None or kind is not BoxKind.QUESTION):
        column = opening.text.index(attributes) + 1
        found.append(problems.fence_attr(sheet.place(opening, column), attributes))
    return Stretch(lines, opening.number, kind, asked)
