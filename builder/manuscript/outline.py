"""The lines of programme text → units nested as the document nests them, with ids and citations, text still raw.

Which kind of label nests in which is read off the document: a kind already open closes back to its level.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.manuscript import boxes, labels
from builder.manuscript.folder import Line
from builder.publication import HEADED, SIGNS, TITLED, Level
from builder.vietnamese import citation, numbering, slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.manuscript.labels import Label

_RANKS = {level: float(rank) for rank, level in enumerate(Level, 1)}
_ROMAN_IN_ARTICLE = _RANKS[Level.ARTICLE] + 0.5
_COUNTED = SIGNS | {Level.FREE}
_LONGEST_TITLE = 120
_CALLS_AT_END = re.compile(r"(?:\[\^[^\]\s]{1,80}\])+$")

_SEGMENTS = {
    Level.ROMAN: "muc",
    Level.NUMBER: "so",
    Level.DECIMAL: "so",
    Level.LETTER: "diem",
    Level.FREE: "td",
}
_NAMES = {
    Level.PART: "Phần",
    Level.CHAPTER: "Chương",
    Level.SECTION: "Mục",
    Level.SUBSECTION: "Tiểu mục",
    Level.ROMAN: "mục",
    Level.ARTICLE: "Điều",
    Level.NUMBER: "mục",
    Level.DECIMAL: "mục",
    Level.LETTER: "điểm",
    Level.DASH: citation.DASH,
    Level.PLUS: citation.PLUS,
    Level.BULLET: citation.BULLET,
    Level.FREE: citation.FREE,
}


@dataclass(slots=True, eq=False)
class Unit:
    """A unit of the programme being read: its label and place, its title and its raw lines, what it stands in.

    ``ordinal`` counts it among its like in its parent; ``number`` is what it is cited by, for a dash its ordinal.
    """

    label: Label
    line: int
    parent: Unit | None
    depth: int = 0
    title: tuple[Line, ...] = ()
    body: list[Line] = field(default_factory=list)
    children: list[Unit] = field(default_factory=list)
    ordinal: int = 0
    number: numbering.Number = numbering.NONE
    id: str = ""
    citation: str = ""

    @property
    def level(self) -> Level:
        """The kind of unit."""
        return self.label.level

    @property
    def kind(self) -> tuple[Level, int]:
        """What makes siblings: the level, and how many numbers a decimal has."""
        return self.level, self.label.number.count(".") if self.level is Level.DECIMAL else 0

    def chain(self) -> Iterator[Unit]:
        """The unit and what it stands in, from the inside out, without the root."""
        unit = self
        while unit.parent is not None:
            yield unit
            unit = unit.parent

    def below(self) -> Iterator[Unit]:
        """All units in it, in document order, without itself."""
        stack = self.children[::-1]
        while stack:
            unit = stack.pop()
            yield unit
            stack.extend(unit.children[::-1])

    def in_article(self) -> bool:
        """Tell whether it stands in a Điều."""
        return any(unit.level is Level.ARTICLE for unit in self.chain())

    def heading(self) -> str:
        """The title of a free heading as citations name it: without marks of emphasis, calls of notes, spaces."""
        return " ".join(re.sub(r"\[\^[^\]]{1,80}\]|[*`\\“”]", "", self.label.rest).split())


def read(lines: tuple[Line, ...]) -> Unit:
    """The lines of a programme → the root unit, whose body is the preamble and whose children are the clauses."""
    reader = _Reader(lines)
    reader.read()
    for unit in reader.root.below():
        _settle_title(unit)
    _name(reader.root)
    return reader.root


class _Reader:
    """Reads line after line; ``current`` is the unit whose text the next line is."""

    def __init__(self, lines: tuple[Line, ...]) -> None:
        self.lines = lines
        self.root = Unit(labels.Label(Level.FREE, "", "", "", 1), 0, None)
        self.current = self.root
        self.ranks = dict(_RANKS)
        self.roman_seen = False

    def read(self) -> None:
        position = 0
        code = False
        pieces = boxes.piece_lines(self.lines)
        while position < len(self.lines):
            line = self.lines[position]
            position += 1
            code ^= line.text.lstrip().startswith("```")
            if line.number in pieces:
                self.current.body.append(line)
                continue
            label = None if code else labels.recognise(line.text)
            if label is None:
                self._text(line)
                continue
            self._open(label, line)
            if label.level in HEADED and not label.rest:
                position = self._title_below(position)

    def _text(self, line: Line) -> None:
        if labels.is_rule(line.text):
            line = Line(line.number, "")
        self.current.body.append(Line(line.number, labels.unescaped(line.text)))

    def _open(self, label: Label, line: Line) -> None:
        parent = self._parent(label)
        unit = Unit(label, line.number, parent, label.hashes or parent.depth + 1)
        parent.children.append(unit)
        self.current = unit

    def _title_below(self, position: int) -> int:
        """Take the lines in capitals under ``Chương I``, or one in bold, as its title; say where reading goes on."""
        start = position
        while start < len(self.lines) and not self.lines[start].text.strip():
            start += 1
        end = start
        while end < len(self.lines) and _is_capital(self.lines[end].text):
            end += 1
        if end == start < len(self.lines) and _is_bold(self.lines[start].text):
            end += 1
        self.current.title = tuple(_bare_title(line) for line in self.lines[start:end])
        return end if end > start else position

    def _parent(self, label: Label) -> Unit:
        open_units = tuple(self.current.chain())
        if label.level is Level.FREE:
            return next((unit for unit in open_units if unit.depth < label.hashes), self.root)
        if label.level is Level.ROMAN and not self.roman_seen:
            self.roman_seen = True
            if self.current.in_article():
                self.ranks[Level.ROMAN] = _ROMAN_IN_ARTICLE
        kind = Unit(label, 0, None).kind
        sibling = next((unit for unit in open_units if unit.kind == kind), None)
        if sibling is not None and sibling.parent is not None:
            return sibling.parent
        return next((unit for unit in open_units if self._holds(unit, label)), self.root)

    def _holds(self, unit: Unit, label: Label) -> bool:
        if unit.level is Level.FREE:
            return label.level not in TITLED or label.hashes > unit.label.hashes
        return self._rank(unit.label) < self._rank(label)

    def _rank(self, label: Label) -> float:
        return self.ranks[label.level] + (label.number.count(".") / 100 if label.level is Level.DECIMAL else 0)


def _is_capital(text: str) -> bool:
    """A line with two letters or more and none of them small; no label."""
    label = labels.recognise(text)
    letters = [character for character in text if character.isalpha()]
    small = any(character.islower() for character in letters)
    return len(letters) > 1 and not small and (label is None or label.level is Level.FREE)


def _is_bold(text: str) -> bool:
    """A line all in bold that is no label and ends no sentence."""
    bold = labels.whole_bold(text.strip())
    return bold is not None and labels.recognise(bold) is None and not bold.endswith((".", ":", ";"))


def _bare_title(line: Line) -> Line:
    text = line.text.strip().strip("#").strip()
    return Line(line.number, labels.whole_bold(text) or text)


def _settle_title(unit: Unit) -> None:
    """Decide whether the rest of the label's line is the title or the first line of text."""
    rest = unit.label.rest
    if not rest or unit.title:
        return
    bold = None if unit.level in SIGNS else labels.whole_bold(rest)
    if bold is not None or _is_title(unit):
        unit.title = (Line(unit.line, bold or rest),)
    else:
        unit.body.insert(0, Line(unit.line, rest))


def _is_title(unit: Unit) -> bool:
    rest = _CALLS_AT_END.sub("", unit.label.rest)
    if unit.level in HEADED or unit.level is Level.FREE:
        return True
    if unit.level in {Level.ROMAN, Level.ARTICLE}:
        return not rest.endswith((".", ";", ":", ","))
    if unit.level not in {Level.NUMBER, Level.DECIMAL}:
        return False
    return len(rest) <= _LONGEST_TITLE and not rest.endswith(tuple(".;:,!?…")) and _stands_alone(unit)


def _stands_alone(unit: Unit) -> bool:
    """The label's line is followed by a blank one, and there is more after it."""
    first = unit.children[0].line if unit.children else 0
    alone = not unit.body[0].text.strip() if unit.body else first > unit.line + 1
    return alone and (bool(unit.children) or any(line.text.strip() for line in unit.body))


# --- names ----------------------------------------------------------------------------------------


def _name(root: Unit) -> None:
    """Give every unit its place among its like, its path id and its citation."""
    counts: dict[tuple[int, Level], int] = {}
    taken: set[str] = set()
    for unit in root.below():
        parent = unit.parent or root
        counted = (id(parent), unit.level)
        unit.ordinal = counts[counted] = counts.get(counted, 0) + 1
        counts_only = unit.level in _COUNTED
        unit.number = numbering.read(str(unit.ordinal) if counts_only else unit.label.number)
        path = ".".join(filter(None, (parent.id, _segment(unit))))
        unit.id = _unique(path, taken)
        unit.citation = _citation(unit)


def _segment(unit: Unit) -> str:
    word = _SEGMENTS.get(unit.level, unit.level.value)
    if word == "so" and unit.in_article():
        word = "khoan"
    number = unit.number
    if number.notation is numbering.Notation.LETTER or not number.values:
        return f"{word}-{slug.number_slug(number.printed) or unit.ordinal}"
    return "-".join([word, *map(str, number.values)]) + slug.number_slug(number.suffix)


def _unique(path: str, taken: set[str]) -> str:
    name, count = path, 1
    while name in taken:
        count += 1
        name = f"{path}-{count}"
    taken.add(name)
    return name


def _citation(unit: Unit) -> str:
    """The chain of a unit in words; a free heading is named only where nothing greater than a number stands in it."""
    named: list[Unit] = []
    structured = False
    for each in unit.chain():
        if each.level is not Level.FREE:
            named.append(each)
            structured = structured or each.level in TITLED
        elif not structured:
            named.append(each)
            break
    steps = (citation.Component(_word(each), _cited_number(each)) for each in named[::-1])
    return citation.words(tuple(steps))


def _word(unit: Unit) -> str:
    if unit.level in {Level.NUMBER, Level.DECIMAL} and unit.in_article():
        under_number = unit.parent is not None and unit.parent.level in {Level.NUMBER, Level.DECIMAL}
        return "điểm" if under_number else "khoản"
    return _NAMES[unit.level]


def _cited_number(unit: Unit) -> str:
    if unit.level is Level.FREE:
        return unit.heading()
    return unit.label.number or str(unit.ordinal)
