"""What was done to paragraph after paragraph → a notice for each thing that was done, at the first place of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder import problems
from builder.vietnamese.legacy import Encoding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from builder.problems import Place, Problem
    from builder.vietnamese.recoding import Reading


@dataclass(slots=True)
class Counted:
    """How many paragraphs and words something was done to; where first, and to which words."""

    line: int = 0
    paragraphs: int = 0
    words: int = 0
    first: str = ""
    last: int = -1

    def add(self, line: int, words: int, text: str = "", paragraph: int | None = None) -> None:
        """Count words of a paragraph, which may come in parts; where several stand on a line, it has a number."""
        paragraph = line if paragraph is None else paragraph
        self.line = self.line or line
        self.first = self.first or text
        self.paragraphs += paragraph != self.last
        self.words += words
        self.last = paragraph


@dataclass(slots=True)
class Tally:
    """What was done to the paragraphs of a file: read in old encodings, brought into normal form."""

    converted: dict[Encoding, Counted] = field(default_factory=dict)
    doubted: dict[Encoding, Counted] = field(default_factory=dict)
    lost: Counted = field(default_factory=Counted)
    repairs: Counted = field(default_factory=Counted)
    controls: Counted = field(default_factory=Counted)

    def read(self, reading: Reading, line: int, paragraph: int | None = None) -> None:
        """Count how a paragraph, or a part of one, was read."""
        if reading.words:
            self.converted.setdefault(reading.encoding, Counted()).add(line, reading.words, paragraph=paragraph)
        if reading.doubt:
            self.doubted.setdefault(reading.doubt, Counted()).add(line, 0, reading.text, paragraph)
        if reading.lost:
            self.lost.add(line, reading.lost)

    def notices(self, place: Callable[[int], Place]) -> Iterator[Problem]:
        """Say what was done, each thing where it was done first."""
        for encoding, found in self.converted.items():
            counts = found.paragraphs, found.words
            if encoding is Encoding.MOJIBAKE:
                yield problems.intake_mojibake(place(found.line), *counts)
            else:
                yield problems.intake_converted(place(found.line), encoding, *counts)
        for encoding, found in self.doubted.items():
            yield problems.intake_doubted(place(found.line), encoding, found.paragraphs, found.first)
        if self.lost.words:
            yield problems.intake_lost(place(self.lost.line), self.lost.words)
        if self.repairs.words:
            yield problems.intake_normalised(place(self.repairs.line), self.repairs.words)
        if self.controls.words:
            yield problems.intake_control(place(self.controls.line), self.controls.words)
