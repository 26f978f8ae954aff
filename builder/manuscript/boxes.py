"""Lines → stretches of running text and fenced blocks: ``::: question {lines=6}``, ``::: verse`` … ``:::``."""

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
PIECES = ("verse", "head", "sign")
"""The fenced blocks that are set line by line, and stand in programme text too."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of one sort: running text, or what stands in the box opened on ``line``."""

    lines: Lines
    line: int = 0
    kind: BoxKind | None = None
    piece: str = ""
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


def piece_lines(lines: Lines) -> frozenset[int]:
    """Return the numbers of the lines that stand in closed pieces, fences among them: they bear no labels."""
    kept: list[int] = []
    gathered: list[int] = []
    for line in lines:
        fence = _FENCE.fullmatch(line.text.rstrip())
        if gathered or (fence and fence[1] in PIECES):
            gathered = [] if fence and fence[1] and gathered else gathered
            gathered.append(line.number)
        if fence and not fence[1]:
            kept += gathered
            gathered = []
    return frozenset(kept)


def _left_open(opening: Line, sheet: Sheet) -> Problem:
    return problems.fence_open(sheet.place(opening), opening.text.strip(": "))


def _stretch(opening: Line | None, lines: Lines, sheet: Sheet, found: list[Problem]) -> Stretch:
    fence = _FENCE.fullmatch(opening.text.rstrip()) if opening else None
    if opening is None or fence is None:
        return Stretch(lines)
    word, attributes = fence[1], fence[2]
    kind, piece = _KINDS.get(word), word if word in PIECES else ""
    if kind is None and not piece:
        found.append(problems.fence_kind(sheet.place(opening), word, (*_KINDS, *PIECES)))
    asked = writing_lines(attributes)
    if attributes and (asked is None or kind is not BoxKind.QUESTION):
        column = opening.text.index(attributes) + 1
        found.append(problems.fence_attr(sheet.place(opening, column), attributes))
    return Stretch(lines, opening.number, kind, piece, asked)
