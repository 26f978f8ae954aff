"""A file's text comes in; its lines in normal form go out, and where each stands in the text as it is on the disk."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.manuscript.folder import Line, Sheet
from builder.vietnamese import normal

if TYPE_CHECKING:
    from builder.manuscript.folder import Lines

NESTED = re.compile(r"(?:\s*(?:>|[-+*](?=\s)|\d{1,9}[.)](?=\s)))*\s*")
"""What stands before the words of a line in quotations and lists."""


@dataclass(slots=True)
class Page:
    """One file: ``raw`` is its text, letter by letter; ``lines`` are as many as it has, each in normal form."""

    name: str
    raw: str
    lines: Lines = ()
    starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Part the text into lines."""
        position = 0
        found = []
        for number, line in enumerate(self.raw.split("\n"), 1):
            self.starts.append(position)
            position += len(line) + 1
            found.append(Line(number, " ".join(normal.normalise(line.rstrip("\r")).text.split("\n"))))
        self.lines = tuple(found)
        self.starts.append(len(self.raw) + 1)

    @property
    def sheet(self) -> Sheet:
        """The file as the readers of a manuscript take it."""
        return Sheet(self.name, self.name, self.lines, self.raw)

    def line(self, number: int) -> str:
        """A line as it is on the disk, without its end."""
        return self.raw[self.starts[number - 1] : self.starts[number] - 1].rstrip("\r")

    def at(self, number: int, column: int = 0) -> int:
        """Where a column, counted from 0, of a line stands in the text."""
        return self.starts[number - 1] + column

    def close(self, number: int, short: int = 0) -> int:
        """Where the words of a line end; ``short`` characters of them do not count."""
        return self.at(number, max(0, len(self.line(number).rstrip()) - short))

    def words_at(self, number: int, *, nested: bool = False) -> int:
        """Where the words of a line begin, after blanks and, nested, the signs of quotations and lists."""
        text = self.line(number)
        blank = len(text) - len(text.lstrip("\ufeff \t"))
        match = NESTED.match(text) if nested else None
        return self.at(number, match.end() if match else blank)
