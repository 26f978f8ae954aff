"""Lines → what stands before the first heading of a level, and the sections under such headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.manuscript import labels

if TYPE_CHECKING:
    from builder.manuscript.folder import Lines

_HEADING = re.compile(r"( {0,3}(#{1,6})\s+)(\S.*)")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines under it."""

    title: str
    line: int
    column: int
    body: Lines


def section(lines: Lines, level: int) -> tuple[Lines, tuple[Section, ...]]:
    """Part lines at the headings of just this level, those in code aside; a box left open does not hide one."""
    heads = []
    code = False
    for position, line in enumerate(lines):
        code ^= line.text.lstrip().startswith("```")
        match = None if code else _HEADING.fullmatch(line.text)
        if match and len(match[2]) == level:
            heads.append((position, match))
    ends = [position for position, _ in heads[1:]] + [len(lines)] * bool(heads)
    sections = tuple(
        Section(labels.without_closing_hashes(match[3]), lines[start].number, match.end(1) + 1, lines[start + 1 : end])
        for (start, match), end in zip(heads, ends, strict=True)
    )
    return lines[: heads[0][0]] if heads else lines, sections
