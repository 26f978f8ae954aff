"""The lines of a file → its footnotes, and the other lines.

A footnote is ``[^1]: text``; it goes on over the lines directly below and over indented ones after a blank line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder import problems
from builder.manuscript import labels
from builder.manuscript.folder import Line

if TYPE_CHECKING:
    from builder.manuscript.folder import Lines, Sheet
    from builder.problems import Problem

_DEFINITION = re.compile(r" {0,3}\[\^([^\]\s]{1,80})\]:\s*(.*)")
_INDENTED = re.compile(r"(?: {2,4}|\t)(?=\S)")


@dataclass(frozen=True, slots=True)
class Definition:
    """A footnote as written: its name, its lines, where it begins."""

    name: str
    lines: Lines


def gather(sheet: Sheet, found: list[Problem]) -> tuple[Lines, dict[str, Definition]]:
    """Part a file into the lines of its text and its footnotes by name; a name used twice is a problem."""
    text: list[Line] = []
    notes: dict[str, Definition] = {}
    position = 0
    while position < len(sheet.lines):
        line = sheet.lines[position]
        opening = _DEFINITION.fullmatch(line.text)
        if opening is None:
            text.append(line)
            position += 1
            continue
        end = _end(sheet.lines, position + 1)
        body = (Line(line.number, opening[2]), *map(_outdented, sheet.lines[position + 1 : end]))
        if first := notes.get(opening[1]):
            found.append(problems.footnote_twice(sheet.place(line), opening[1], first.lines[0].number))
        notes.setdefault(opening[1], Definition(opening[1], body))
        text.append(Line(line.number, ""))
        position = end
    return tuple(text), notes


def _end(lines: Lines, position: int) -> int:
    """The position after the last line of a footnote that begins before ``position``."""
    end = position
    after_blank = False
    while position < len(lines):
        text = lines[position].text
        position += 1
        if not text.strip():
            after_blank = True
        elif _INDENTED.match(text) if after_blank else _goes_on(text):
            end = position
        else:
            break
    return end


def _goes_on(text: str) -> bool:
    """Tell whether the line directly below belongs to the footnote."""
    return not (_DEFINITION.fullmatch(text) or labels.recognise(text) or text.startswith((":::", "|", ">")))


def _outdented(line: Line) -> Line:
    return Line(line.number, _INDENTED.sub("", line.text))
