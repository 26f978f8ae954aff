"""The text of a file and changes to some of its lines come in; the text goes out, every other character as it was."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.manuscript import Sheet

_ENDS = re.compile(r"(\r\n|\r|\n)")


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters of one line that others take the place of; ``line`` counts from 1, ``start`` and ``end`` from 0."""

    line: int
    start: int
    end: int
    words: str


def edited(sheet: Sheet, edits: Iterable[Edit], without: frozenset[int] = frozenset()) -> str:
    """A file → its text with some characters changed and some lines, by their numbers, left out."""
    by_line: defaultdict[int, list[Edit]] = defaultdict(list)
    for each in edits:
        by_line[each.line].append(each)
    parts = _ENDS.split(sheet.raw)
    written: list[str] = []
    for number, at in enumerate(range(0, len(parts), 2), 1):
        if number in without:
            continue
        line = parts[at]
        if number in by_line:
            line = _changed(sheet.lines[number - 1].text, by_line[number])
        written += (line, *parts[at + 1 : at + 2])
    return "".join(written)


def _changed(line: str, edits: list[Edit]) -> str:
    for each in sorted(edits, key=lambda edit: -edit.start):
        line = line[: each.start] + each.words + line[each.end :]
    return line
