"""The lines of any Markdown text → blocks: headings, items of lists, paragraphs, tables, quotations, footnotes.

Only what makes blocks is looked at here; the words in them stay as they stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from builder.intake import paragraphs
from builder.manuscript import labels
from builder.manuscript.folder import Line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from builder.intake.paragraphs import Measure


class Kind(Enum):
    """What a block is; machine text is kept letter by letter, a title is a heading that names the whole text."""

    HEADING = "heading"
    ITEM = "item"
    TEXT = "text"
    MACHINE = "machine"
    TABLE = "table"
    QUOTE = "quote"
    TITLE = "title"
    NOTE = "note"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs of one kind, one line each.

    ``depth`` is the number of hashes, or how deep an item stands (1 to 3); ``mark`` is the name of a footnote or an
    address, or the number of an item that has one.
    """

    kind: Kind
    lines: tuple[Line, ...]
    depth: int = 0
    mark: str = ""

    @property
    def line(self) -> int:
        """The line of the original on which it begins."""
        return self.lines[0].number

    @property
    def text(self) -> str:
        """Its words on one line."""
        return " ".join(line.text.strip() for line in self.lines)


_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-{2,})\s*")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})([^`]*)")
_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+")
_NOTE = re.compile(r"\s{0,3}\[\^([^\]\s]{1,80})\]:\s*(.*)")
_ADDRESS = re.compile(r"\s{0,3}\[([^\]^][^\]]*)\]:\s*<?([^\s<>]+)>?\s*")
_BULLET = re.compile(r"(\s*)([-–*+•·▪●◦\uf0b7])\s+(\S.*)")
_NUMBER = re.compile(r"(\s*)(\d{1,3}[.)])\s+(\S.*)")
_EMPTY = re.compile(r"\s*#{1,6}\s*|\s*={2,}\s*")
_NATURAL = {"-": 1, "–": 1, "*": 1, "+": 2}
_DEEPEST = 3
_STEP = 2
_LONGEST_HEADING = 120


def scan(lines: Sequence[Line], how: Measure) -> tuple[tuple[Block, ...], int]:
    """Lines → blocks in their order, and how many ends of line inside paragraphs were closed."""
    scanner = _Scanner(lines, how)
    scanner.scan()
    return tuple(scanner.blocks), scanner.closed


class _Scanner:
    """Reads block after block; ``open`` holds the lines of the paragraph being read."""

    def __init__(self, lines: Sequence[Line], how: Measure) -> None:
        self.lines = lines
        self.how = how
        self.blocks: list[Block] = []
        self.closed = 0
        self.open: list[Line] = []
        self.item: tuple[int, str] | None = None
        self.levels: list[tuple[int, int]] = []
        self.position = 0

    def scan(self) -> None:
        rules: tuple[Callable[[str], bool], ...] = (
            self._blank,
            self._fence,
            self._heading,
            self._underline,
            self._table,
            self._quote,
            self._note,
            self._address,
            self._listed,
        )
        while self.position < len(self.lines):
            line = self.lines[self.position]
            if not any(rule(line.text) for rule in rules):
                self._text(line)
        self._close()

    def _text(self, line: Line) -> None:
        if not self.open and not line.text.startswith("  "):
            self.levels.clear()
        self.open.append(line)
        self.position += 1

    def _close(self) -> None:
        """End the paragraph being read: its first line is the item's, if it is one, the others stand alone."""
        folded, closed = paragraphs.fold(self.open, self.how)
        self.closed += closed
        for line in folded:
            if self.item:
                self.blocks.append(Block(Kind.ITEM, (line,), *self.item))
                self.item = None
            else:
                self.blocks.append(Block(Kind.TEXT, (line,)))
        self.open = []
        self.item = None

    def _add(self, kind: Kind, lines: Sequence[Line], depth: int = 0, mark: str = "") -> None:
        self._close()
        self.levels.clear()
        if lines:
            self.blocks.append(Block(kind, tuple(lines), depth, mark))

    def _until(self, goes_on: Callable[[str], bool]) -> list[Line]:
        """Take the lines from here on for which something holds."""
        start = self.position
        while self.position < len(self.lines) and goes_on(self.lines[self.position].text):
            self.position += 1
        return list(self.lines[start : self.position])

    def _blank(self, text: str) -> bool:
        if text.strip() and not (labels.is_rule(text) and not self._underlines(text)) and not self._empty(text):
            return False
        self._close()
        self.position += 1
        return True

    def _empty(self, text: str) -> bool:
        return _EMPTY.fullmatch(text) is not None and not self._underlines(text)

    def _fence(self, text: str) -> bool:
        fence = _FENCE.fullmatch(text)
        if fence is None:
            return False
        closing = re.compile(rf"\s*{re.escape(fence[1][0])}{{{len(fence[1])},}}\s*")
        number = self.lines[self.position].number
        self.position += 1
        inner = self._until(lambda each: not closing.fullmatch(each))
        self.position += 1
        head = [Line(number, fence[2])] if fence[2].strip() else []
        self._add(Kind.MACHINE, [line for line in (*head, *inner) if line.text.strip()])
        return True

    def _heading(self, text: str) -> bool:
        heading = _HEADING.fullmatch(text)
        if heading is None or not heading[2].strip("#"):
            return False
        line = Line(self.lines[self.position].number, heading[2])
        self.position += 1
        while self.position < len(self.lines) and _heading_goes_on(line.text, self.lines[self.position].text, self.how):
            line = Line(line.number, f"{line.text} {self.lines[self.position].text.strip()}")
            self.position += 1
            self.closed += 1
        self._add(Kind.HEADING, [line], len(heading[1]))
        return True

    def _underlines(self, text: str) -> bool:
        """Tell whether a line of ``=`` or ``-`` makes a heading of the line above it."""
        one = len(self.open) == 1 and self.item is None and len(self.open[0].text) <= _LONGEST_HEADING
        return one and _UNDERLINE.fullmatch(text) is not None and labels.recognise(self.open[0].text) is None

    def _underline(self, text: str) -> bool:
        if not self._underlines(text):
            return False
        title = self.open
        self.open = []
        self.position += 1
        self._add(Kind.HEADING, title, 1 if "=" in text else 2)
        return True

    def _table(self, text: str) -> bool:
        below = self.lines[self.position + 1].text if self.position + 1 < len(self.lines) else ""
        if "|" not in text or "|" not in below or not _DELIMITER.fullmatch(below):
            return False
        self._add(Kind.TABLE, self._until(lambda each: "|" in each))
        return True

    def _quote(self, text: str) -> bool:
        if not _QUOTE.match(text):
            return False
        found = self._until(lambda each: _QUOTE.match(each) is not None)
        bare = [Line(line.number, _QUOTE.sub("", line.text, count=1)) for line in found]
        self._add(Kind.QUOTE, [line for line in bare if line.text.strip()])
        return True

    def _note(self, text: str) -> bool:
        opening = _NOTE.fullmatch(text)
        if opening is None:
            return False
        first = Line(self.lines[self.position].number, opening[2])
        self.position += 1
        below = self._until(lambda each: bool(each.strip()) and _NOTE.fullmatch(each) is None and not _opens(each))
        self._add(Kind.NOTE, [first, *below], mark=opening[1])
        return True

    def _address(self, text: str) -> bool:
        opening = _ADDRESS.fullmatch(text)
        if opening is None:
            return False
        self._add(Kind.ADDRESS, [Line(self.lines[self.position].number, opening[2])], mark=opening[1])
        self.position += 1
        return True

    def _listed(self, text: str) -> bool:
        """An item with a sign; or with a number, when it stands inside another item."""
        bullet, number = _BULLET.fullmatch(text), _NUMBER.fullmatch(text)
        found = bullet or number
        if found is None or self._hyphen(text):
            return False
        self._close()
        depth = self._depth(len(found[1]), _NATURAL.get(found[2], _DEEPEST) if bullet else 0)
        if depth:
            self.item = (depth, "" if bullet else found[2])
        line = self.lines[self.position]
        self.open = [Line(line.number, found[3] if depth else text)]
        self.position += 1
        return True

    def _hyphen(self, text: str) -> bool:
        """Tell whether a line that opens with a hyphen carries on the broken line above, which is no item."""
        above = self.open[-1].text.rstrip() if self.open and not self.item else ""
        return self.how.full(above, 0.6) and paragraphs.spaced_hyphen(above, text.strip())

    def _depth(self, indent: int, natural: int) -> int:
        """How deep an item stands below those that are open; 0 for a number that stands in none."""
        while self.levels and self.levels[-1][0] > indent - _STEP:
            self.levels.pop()
        above = self.levels[-1][1] if self.levels else 0
        depth = min(_DEEPEST, max(natural, above + 1)) if natural or self.levels else 0
        self.levels.append((indent, depth))
        return depth


def _heading_goes_on(above: str, below: str, how: Measure) -> bool:
    if not below.strip() or _opens(below):
        return False
    label = labels.recognise(above)
    return paragraphs.title_runs_on(label.rest if label else above, below, how)


def _opens(text: str) -> bool:
    """Tell whether a line opens a clause, a heading, a table or a quotation."""
    return labels.recognise(text) is not None or text.lstrip().startswith(("|", ">", "#", "```", "~~~"))
