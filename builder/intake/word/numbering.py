"""The numbering part of a Word file, and its paragraphs in their order → the label of each as Word shows it.

A list (``w:num``) is one use of a description (``w:abstractNum``); lists of one description go on counting where the
last one stopped, unless they say where to start. The text, its notes and each text box count for themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from builder.intake.word.counting import written
from builder.intake.word.names import MC, has, number, said, w

if TYPE_CHECKING:
    from lxml.etree import _Element

LEVELS = 9
_NONE = "0"
_SILENT = {"bullet", "none"}
_SLOT = re.compile("%([1-9])")
_MOST_START = 32_767
_MOST_SIGNS = 100  # of a label: no list has one as long, and it would stand before each of its paragraphs


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is written: ``text`` is ``Điều %1.``, ``way`` how its number is, ``style`` whose it is.

    ``restart``: after which level (from 1) it starts again; None: after any above it, 0: never. ``look`` is ``w:rPr``.
    """

    start: int = 1
    way: str = "decimal"
    form: str = ""
    text: str = ""
    style: str = ""
    restart: int | None = None
    is_legal: bool = False
    look: _Element | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """The levels of a list, by their number from 0; or the style that has them in its stead."""

    levels: dict[int, Level]
    in_style: str = ""
    of_style: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A label as shown, its level, and the level's look; ``odd`` is a way to write numbers that is not known."""

    text: str
    level: int
    is_bullet: bool = False
    look: _Element | None = None
    odd: str = ""


@dataclass(frozen=True, slots=True)
class _List:
    description: str  # the one it names, even where that one borrows its levels from another
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass(slots=True)
class Numbering:
    """All lists of a file, and how far each has counted in one text."""

    lists: dict[str, _List] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    def afresh(self) -> Numbering:
        """Return the same lists for another text, none of them begun."""
        return Numbering(self.lists)

    def label(self, key: str, level: int | None, styles: tuple[str, ...], otherwise: int = 0) -> Label | None:
        """Count the next paragraph of a list and return its label.

        Args:
            key: the list's number; ``0`` and unknown ones are none.
            level: which level, from 0; None: the one that belongs to the paragraph's style.
            styles: the paragraph's style and what it is based on.
            otherwise: which level, where none belongs to the style.
        """
        found = self.lists.get(key)
        if key == _NONE or found is None:
            return None
        if level is None:
            owned = {each.style: at for at, each in found.levels.items() if each.style}
            level = next((owned[style] for style in styles if style in owned), otherwise)
        self._count(key, found, level)
        return _label(found, level, self._counts[found.description])

    def _count(self, key: str, found: _List, level: int) -> None:
        """Count one more; a level above that was skipped counts as begun, and one below begins again."""
        counts = self._counts.setdefault(found.description, {})
        for above in range(level):
            counts.setdefault(above, found.levels.get(above, Level()).start)
        if level in found.starts and (key, level) not in self._started:
            counts[level] = found.starts[level]
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = found.levels.get(level, Level()).start
        self._started.add((key, level))
        for below in [at for at in counts if at > level]:
            restart = found.levels.get(below, Level()).restart
            if restart is None or level < restart:
                del counts[below]


def read(root: _Element | None, style_lists: dict[str, str]) -> Numbering:
    """The root of the numbering part, if there is one → its lists.

    Args:
        root: ``w:numbering``.
        style_lists: styles of lists by id → the number of the list they stand for.
    """
    if root is None:
        return Numbering()
    descriptions = {each.get(w("abstractNumId"), ""): _description(each) for each in root.iter(w("abstractNum"))}
    uses = {each.get(w("numId"), ""): each for each in root.iter(w("num"))}
    lists = {}
    for key, use in uses.items():
        name = said(use, "abstractNumId")
        described = descriptions.get(_meant(name, descriptions, uses, style_lists))
        if described:
            lists[key] = _list(use, name, described)
    return Numbering(lists)


def _meant(name: str, descriptions: dict[str, Description], uses: dict[str, _Element], styles: dict[str, str]) -> str:
    """Follow a description that only names a style to the description that has the levels."""
    seen: set[str] = set()
    while name in descriptions and (style := descriptions[name].in_style) and name not in seen:
        seen.add(name)
        owner = next((key for key, each in descriptions.items() if each.of_style == style), "")
        name = owner or said(uses.get(styles.get(style, "")), "abstractNumId") or name
    return name


def _description(element: _Element) -> Description:
    levels = {number(each.get(w("ilvl"))): _level(each) for each in element.findall(w("lvl"))}
    return Description(levels, said(element, "numStyleLink"), said(element, "styleLink"))


def _level(element: _Element) -> Level:
    way, form = _way(element)
    text = element.find(w("lvlText"))
    restart = said(element, "lvlRestart")
    return Level(
        min(max(number(said(element, "start"), 0), 0), _MOST_START),
        way,
        form,
        "" if text is None else text.get(w("val"), "")[:_MOST_SIGNS],
        said(element, "pStyle"),
        number(restart) if restart else None,
        has(element, "isLgl"),
        element.find(w("rPr")),
    )


def _way(element: _Element) -> tuple[str, str]:
    """Return how a level writes its number; a newer Word wraps its own ways in a choice."""
    found = element.find(w("numFmt"))
    if found is None:
        found = element.find(f"{MC}AlternateContent/{MC}Choice/{w('numFmt')}")
    return (
        ("decimal", "")
        if found is None
        else (
            found.get(w("val"), "decimal")[:_MOST_SIGNS],
            found.get(w("format"), "")[:_MOST_SIGNS],
        )
    )


def _list(use: _Element, name: str, description: Description) -> _List:
    levels, starts = dict(description.levels), {}
    for each in use.findall(w("lvlOverride")):
        at = number(each.get(w("ilvl")))
        if (own := each.find(w("lvl"))) is not None:
            levels[at] = replace(_level(own), style=_level(own).style or levels.get(at, Level()).style)
        if start := said(each, "startOverride"):
            starts[at] = min(max(number(start), 0), _MOST_START)
    return _List(name, levels, starts)


def _label(found: _List, at: int, counts: dict[int, int]) -> Label:
    level = found.levels.get(at, Level())
    if has(level.look, "vanish"):
        return Label("", at)
    if level.way == "bullet":
        return Label(level.text or "•", at, is_bullet=True, look=level.look)
    odd = ""

    def number_of(match: re.Match[str]) -> str:
        nonlocal odd
        of = int(match[1]) - 1
        other = found.levels.get(of, Level())
        value = counts.get(of, other.start)
        if other.way in _SILENT:
            return ""
        way = "decimal" if level.is_legal and of < at else other.way
        text = written(value, way, other.form)
        odd = odd or ("" if text is not None else way)
        return str(value) if text is None else text

    return Label(_SLOT.sub(number_of, level.text)[:_MOST_SIGNS].strip(), at, look=level.look, odd=odd)
