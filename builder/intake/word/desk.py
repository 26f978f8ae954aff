"""What lies at hand while a Word file is read: its parts, styles and lists; what was met on the way, for the report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.intake.record import Record
from builder.intake.word.fields import Fields
from builder.vietnamese import detection, legacy

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

    from builder.intake.original import Picture
    from builder.intake.word.container import Package, Relation
    from builder.intake.word.numbering import Numbering
    from builder.intake.word.rough import Piece, Script
    from builder.intake.word.styles import Styles
    from builder.problems import Problem

_MOST_WORDS = 200


@dataclass(slots=True)
class Met:
    """Something met several times: how often, where first, and with which words."""

    line: int
    words: str
    count: int = 0


@dataclass(slots=True)
class Story:
    """A part that is read, or a text box in it: its relations, how far its lists have counted, the fields open in it.

    ``counts`` tells that its paragraphs are those people count; ``loose`` are marks that stand between paragraphs.
    """

    relations: dict[str, Relation]
    numbering: Numbering
    fields: Fields = field(default_factory=Fields)
    counts: bool = False
    calls_notes: bool = True
    loose: list[Piece] = field(default_factory=list)
    mark: str = ""


@dataclass(slots=True)
class Desk:
    """All that is at hand; ``line`` is the number of the paragraph that is read."""

    package: Package
    styles: Styles
    numbering: Numbering
    record: Record
    line: int = 0
    known_notes: dict[tuple[str, str], _Element] = field(default_factory=dict)
    called: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    remarked: dict[str, int] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)
    picture_names: dict[tuple[str, str], str] = field(default_factory=dict)
    inserted: int = 0
    deleted: int = 0
    tracked_line: int = 0
    _met: dict[tuple[Callable[..., Problem], str], Met] = field(default_factory=dict)

    def meet(self, make: Callable[..., Problem], words: str = "", apart: str = "") -> None:
        """Note something for the report, where it is told once, with its count and the words it was first met with."""
        found = self._met.setdefault((make, apart), Met(self.line, words[:_MOST_WORDS]))
        found.count += 1
        found.words = found.words or words[:_MOST_WORDS]

    def report(self) -> None:
        """Tell what was met."""
        for (make, _), found in self._met.items():
            self.record.add(make, found.line, found.count, found.words)

    def track(self, *, inserted: bool) -> None:
        """Count a change that someone made and nobody accepted."""
        self.inserted += inserted
        self.deleted += not inserted
        self.tracked_line = self.tracked_line or self.line

    def aside(self) -> Desk:
        """Return a desk for words that are only told of: what is met at it stays there."""
        return Desk(self.package, self.styles, self.numbering, Record(self.record.file))


def readable(text: str, script: Script) -> str:
    """Read words that stand by themselves (a label, words for the report) as their font says."""
    if script.encoding is None or detection.is_unicode(text):
        return text
    found = legacy.decode(legacy.unprivate(text), script.encoding)
    return found.upper() if script.capitals else found
