"""The nouns of proof-reading: a passage to read, a mend, what was found."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from array import array
    from collections.abc import Mapping

    from builder.manuscript import Sheet
    from builder.problems import Problem


@dataclass(frozen=True)
class Text:
    """A file to be read: its sheet, and where each of its lines begins in the whole text in normal form."""

    sheet: Sheet

    @property
    def is_programme(self) -> bool:
        """Tell whether it is the programme text, which nobody may re-spell."""
        return self.sheet.name == "program.md"

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The offset of every line."""
        starts = [0]
        for line in self.sheet.lines:
            starts.append(starts[-1] + len(line.text) + 1)
        return tuple(starts[:-1])

    def spot(self, offset: int) -> tuple[int, int]:
        """Return the line and the column, both from 1, of an offset."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1


@dataclass(frozen=True, slots=True)
class Passage:
    """The running words of one paragraph, item, cell or heading, without the marks of Markdown.

    What is no running text (code, an address, a picture) is one ``frisket.OBJECT``. ``offsets`` says of every character
    where it stands in its ``text``; ``heading`` tells a title from a sentence.
    """

    text: Text
    words: str
    offsets: array[int]
    heading: bool = False

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters from ``start`` up to ``end`` begin and end in the text."""
        if start >= len(self.offsets):
            after = self.offsets[-1] + 1
            return after, after
        first = self.offsets[start]
        return first, self.offsets[end - 1] + 1 if end > start else first

    def whole(self, start: int, end: int) -> bool:
        """Tell whether they stand together on one line, with no mark between them: only then may they be replaced."""
        first, last = self.span(start, end)
        return last - first == end - start and "\n" not in self.words[start:end]


@dataclass(frozen=True, slots=True, order=True)
class Mend:
    """What is put in place of some characters of a line (columns from 1; ``end`` is after the last one)."""

    file: str
    line: int
    start: int
    end: int
    became: str


@dataclass(frozen=True, slots=True)
class Proofs:
    """All that was found, in order of place, and what mends it where that is beyond doubt."""

    problems: tuple[Problem, ...]
    mends: Mapping[Problem, Mend]
