"""A stylesheet written for the A5 page comes in; it goes out for another page, or for large type.

A layout states its measures once, for A5 and type of 10.5 pt. Every other format follows from them by rule:

* text grows with the square root of the page's width, within bounds, in half points; large type and pages for a small
  screen are set in 16/24 pt;
* heads grow with the text while the measure holds as many letters as on A5, and less where it holds fewer;
* side margins and indents go with the page's width, margins at head and foot with its height; a page that is nearly A5
  keeps the block of A5, and its outer, upper and lower margins take up the difference;
* rules keep their thickness; in large type nothing that is read is smaller than 16 pt.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.publication import Edition, Trim

WIDTH, HEIGHT = 148.0, 210.0  # mm, of A5
SIZE, LINE = 10.5, 15.0  # pt
SIDES, ENDS = 34.0, 40.7  # mm: its margins at the sides together, at head and foot together
LARGE, LARGE_LINE = 16.0, 24.0  # pt
LEAST, MOST = 9.5, 12.5  # pt, of text that is not large
NEAR = 4.0, 8.0  # mm: how much narrower and lower than A5 a page may be and keep its block
HAIR = 2.0  # pt; a rule, or an optical correction, not type

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
DECLARATION = re.compile(r"((?<![\w-])--?[\w-]+|(?<![\w-])[a-z][\w-]*)(\s*:\s*)([^;{}]+)")
LENGTH = re.compile(r"(?<![\w#.-])(-?[0-9]*\.?[0-9]+)(mm|pt)\b")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|url\([^)]*\)")
FONT = re.compile(r"([0-9]*\.?[0-9]+)pt(?:\s*/\s*([0-9]*\.?[0-9]+)pt)?")
DOWN = frozenset(
    {"top", "bottom", "height", "min-height", "max-height", "margin-top", "margin-bottom", "padding-top"}
    | {"padding-bottom"}
)
ENDS_OF = frozenset({"top", "bottom"})
EDGES = frozenset({"margin", "padding"})
FIXED = ("border", "outline", "text-decoration", "string-set", "content")


@dataclass(frozen=True)
class Scale:
    """How the measures of A5 become those of an edition's page."""

    trim: Trim
    large: bool

    @classmethod
    def of(cls, edition: Edition) -> Scale:
        """Take the page and the type of an edition."""
        return cls(edition.trim, edition.type == "large")

    @cached_property
    def size(self) -> float:
        """Size of the text, in points."""
        if self.large or self.trim.on_screen:
            return LARGE
        if self._near:
            return SIZE
        grown = SIZE * math.sqrt(self.trim.width / WIDTH)
        return min(max(round(grown * 2) / 2, LEAST), MOST)

    @cached_property
    def line(self) -> float:
        """Distance of lines, in points."""
        return LARGE_LINE if self.size == LARGE else round(LINE * self.size / SIZE * 4) / 4

    @cached_property
    def least(self) -> float:
        """Size below which nothing that is read is set, in points; 0 for no such bound."""
        return LARGE if self.large else 0.0

    @property
    def same(self) -> bool:
        """Tell whether nothing changes."""
        return (self.trim.width, self.trim.height) == (WIDTH, HEIGHT) and not self.large

    def type(self, points: float, *, read: bool = True) -> float:
        """Scale a size of type; heads by less than the text where the measure holds few letters.

        ``read`` tells type that is read from signs that stand above the line, which may be small.
        """
        if points > SIZE:
            return self.size * math.pow(points / SIZE, self._heads)
        return max(points * self.size / SIZE, self.least if read else 0.0)

    def leading(self, points: float) -> float:
        """Scale what stands between lines."""
        return points * self.line / LINE

    def across(self, millimetres: float) -> float:
        """Scale a measure across the page."""
        return millimetres if self._near else millimetres * self.trim.width / WIDTH

    def down(self, millimetres: float) -> float:
        """Scale a measure down the page."""
        return millimetres * self.trim.height / HEIGHT

    def edge(self, edge: str, millimetres: float) -> float:
        """Scale a margin or padding: ``top``, ``right``, ``bottom`` or ``left``."""
        return self.down(millimetres) if edge in ENDS_OF else self.across(millimetres)

    def margin(self, edge: str, millimetres: float, *, left: bool) -> float:
        """Scale a margin of the page itself, of a left or of a right one."""
        if not self._near:
            return self.edge(edge, millimetres)
        if edge in ENDS_OF:
            return millimetres * (ENDS - HEIGHT + self.trim.height) / ENDS
        outer = edge == ("left" if left else "right")
        return millimetres - (WIDTH - self.trim.width) * outer

    @cached_property
    def _near(self) -> bool:
        narrower, lower = WIDTH - self.trim.width, HEIGHT - self.trim.height
        return not self.large and 0 <= narrower <= NEAR[0] and 0 <= lower <= NEAR[1]

    @cached_property
    def _heads(self) -> float:
        """Return the power with which heads stand out of the text: 1 where the measure is that of A5, in letters."""
        if self._near:
            return 1.0
        measure = self.trim.width * (1 - SIDES / WIDTH) / self.size
        return min(1.0, measure / ((WIDTH - SIDES) / SIZE))


def scaled(css: str, scale: Scale) -> str:
    """Scale a stylesheet made for A5."""
    if scale.same:
        return css
    return RULE.sub(lambda rule: _rule(rule[1], rule[2], scale), COMMENT.sub("", css))


def _rule(selector: str, body: str, scale: Scale) -> str:
    on_page = "@page" in selector and "@" not in selector.rpartition("@page")[2]
    left = ":left" in selector
    size = re.search(r"(?<![\w-])font-size\s*:\s*([0-9]*\.?[0-9]+)pt", body)
    read = not re.search(r"line-height\s*:\s*0\s*(?:;|$)", body)
    stretch = scale.type(float(size[1]), read=read) / float(size[1]) if size else scale.line / LINE

    def declaration(found: re.Match[str]) -> str:
        name, colon, value = found.groups()
        if name.startswith(FIXED):
            return found[0]
        if on_page and name.startswith("margin"):
            return name + colon + _edges(name, value, partial(scale.margin, left=left), lambda given: given)
        return name + colon + _declared(name, value, scale, stretch, read=read)

    return f"{selector}{{{DECLARATION.sub(declaration, body)}}}"


def _declared(name: str, value: str, scale: Scale, stretch: float, *, read: bool) -> str:
    """Scale the value of a declaration; ``stretch`` is what the type of the rule grows by."""
    if name == "font":
        return FONT.sub(lambda found: _font(found, scale), value)
    if name in EDGES:
        return _edges(name, value, scale.edge, scale.leading)
    by_name: dict[str, Callable[[float], float]] = {
        "font-size": partial(scale.type, read=read),
        "--size": scale.type,
        "line-height": lambda height: height * stretch,
    }
    points = by_name.get(name, scale.leading)
    return _lengths(value, points, scale.down if name in DOWN else scale.across)


def _font(found: re.Match[str], scale: Scale) -> str:
    size = float(found[1])
    grown = scale.type(size)
    return f"{grown:.4g}pt" + (f"/{float(found[2]) * grown / size:.4g}pt" if found[2] else "")


def _edges(name: str, value: str, measured: Callable[[str, float], float], points: Callable[[float], float]) -> str:
    """Scale one to four edges, each by its own measure."""
    _, _, one = name.partition("-")
    parts = re.findall(r"(?:calc|var|max|min)\((?:[^()]|\([^()]*\))*\)|\S+", value)
    names = {1: ("right",), 2: ("top", "right"), 3: ("top", "right", "bottom"), 4: ("top", "right", "bottom", "left")}
    edges = (one,) if one else names.get(len(parts), ("right",) * len(parts))
    return " ".join(_lengths(part, points, partial(measured, edge)) for part, edge in zip(parts, edges, strict=True))


def _lengths(value: str, points: Callable[[float], float], millimetres: Callable[[float], float]) -> str:
    """Scale the lengths of a value, those in quoted words and addresses left alone."""

    def one(found: re.Match[str]) -> str:
        number, unit = float(found[1]), found[2]
        if unit == "mm":
            return f"{millimetres(number):.5g}mm"
        return found[0] if abs(number) < HAIR else f"{points(number):.4g}pt"

    kept = QUOTED.findall(value)
    pieces = [LENGTH.sub(one, piece) for piece in QUOTED.split(value)]
    return "".join(piece + quoted for piece, quoted in zip(pieces, [*kept, ""], strict=True))
