"""A stylesheet and the heights of letters come in; it goes out with no line closer than the letters of its face allow.

Leading is the printers' word for the room between lines. The rule is that of the Vietnamese typographers: a line is as
high as the layout says, or as the letters of the face are, and a little more, whichever is more.

In print every ``font-family`` takes the floors of its face along, as ``--low`` and ``--capitals``: they are inherited
as it is itself, and every ``line-height`` is held against the first. The press keeps lines in capitals from one another
by the second. An e-book's reader knows no such properties: there each rule is held against the family it names.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder import fonts
from builder.stylesheets import USED, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from builder.fonts import Face, Floors

    Heights = Mapping[str, Floors]

ROOM = 0.03  # em between letters that would just touch
STEP = 0.25  # pt; the grid is widened by these
EXACT = 1e-6
DECLARED = re.compile(
    r"(?<![\w-])(font-family|font-size|line-height|font)\s*:\s*([^;{}]+?)(?:\s*(!important))?(?=\s*[;}])"
)
RULE = re.compile(r"\{[^{}]*\}")
NUMBER = re.compile(r"[0-9]*\.?[0-9]+")
LENGTH = re.compile(r"[0-9]*\.?[0-9]+(?:pt|px|mm|cm|in|pc|em|rem|ex|ch|%)|(?:calc|min|max|round)\(.*\)", re.DOTALL)
QUOTED = re.compile("[\"']([^\"']+)[\"']")
POINTS = re.compile(r"([0-9]*\.?[0-9]+)pt")
AFTER_SIZE = re.compile(r"/\s*([\w.%-]+(?:\([^()]*(?:\([^()]*\)[^()]*)*\))?)")


def heights(faces: Iterable[Face]) -> dict[str, Floors]:
    """Return family → the least heights of its lines (em), for its tallest face."""
    found: dict[str, Floors] = {}
    for face in faces:
        floors = fonts.floors(face)
        known = found.get(face.family, floors)
        found[face.family] = fonts.Floors(max(known.low, floors.low), max(known.capitals, floors.capitals))
    return {
        family: fonts.Floors(round(floors.low + ROOM, 3), round(floors.capitals + ROOM, 3))
        for family, floors in found.items()
    }


def in_print(css: str, known: Heights) -> str:
    """Hold a printed book's styles against the heights of its faces.

    ``--line``, the grid, is widened as a whole where the text (``--size``, ``--text``) needs it.
    """
    if not known:
        return css
    css += _Styles.of(css, known).wider_grid()
    styles = _Styles.of(css, known)
    text = styles.family(styles.values.get("--text", "")) or next(iter(known))
    return f":root {{ {styles.brought(text)} }}\n{RULE.sub(styles.rule, css)}"


def in_ebook(css: str, known: Heights) -> str:
    """Hold an e-book's styles, their variables resolved, against the heights of its faces.

    What is marked ``capitals`` gets the height that the tallest capitals need.
    """
    if not known:
        return css
    tallest = max(floors.capitals for floors in known.values())
    return f"{RULE.sub(_Styles({}, known).rule_of_numbers, css)}.capitals {{ line-height: {tallest:g}; }}\n"


@dataclass(frozen=True, slots=True)
class _Styles:
    """A stylesheet's variables (name → value), and the families there are faces of."""

    values: Mapping[str, str]
    known: Heights

    @classmethod
    def of(cls, css: str, known: Heights) -> _Styles:
        return cls(dict(VARIABLE.findall(css)), known)

    def wider_grid(self) -> str:
        """Write the rule that widens the grid; nothing when it is wide enough, or the layout has none."""
        size, line = (self._points(self.values.get(name, "")) for name in ("--size", "--line"))
        family = self.family(self.values.get("--text", ""))
        if not (size and line and family):
            return ""
        needed = math.ceil(self.known[family].low * size / STEP - EXACT) * STEP
        return f":root {{ --line: {needed:g}pt }}\n" if needed > line else ""

    def rule(self, rule: re.Match[str]) -> str:
        """Write the declarations of a rule anew, as far as their outcome is not plain already."""
        declared = {found[1]: found[2] for found in DECLARED.finditer(rule[0])}
        size, line = (self._points(declared.get(name, "")) for name in ("font-size", "line-height"))
        plain = bool(size and line and line >= size * self._tallest(declared))
        return DECLARED.sub(lambda found: self._declaration(found, plain=plain), rule[0])

    def rule_of_numbers(self, rule: re.Match[str]) -> str:
        """Raise the numbers of a rule that are too low."""
        declared = {found[1]: found[2] for found in DECLARED.finditer(rule[0])}
        low, line = self._tallest(declared), declared.get("line-height", "")
        if not NUMBER.fullmatch(line) or not 0 < float(line) < low:
            return rule[0]
        return DECLARED.sub(lambda found: f"{found[1]}: {low:g}" if found[1] == "line-height" else found[0], rule[0])

    def _tallest(self, declared: Mapping[str, str]) -> float:
        """Return the least height for the family that a rule names, or for any."""
        family = self.family(declared.get("font-family", ""))
        return self.known[family].low if family else max(floors.low for floors in self.known.values())

    def _declaration(self, found: re.Match[str], *, plain: bool) -> str:
        name, value, important = found[1], found[2], f" {found[3]}" if found[3] else ""
        if name == "line-height":
            return found[0] if plain else f"line-height: {self._least(value)}{important}"
        declared = [found[0]]
        if name in ("font", "font-family") and (family := self.family(value)):
            declared.append(self.brought(family, important))
        if name == "font" and (height := AFTER_SIZE.search(value)):
            declared.append(f"line-height: {self._least(height[1])}{important}")
        return "; ".join(declared)

    def brought(self, family: str, important: str = "") -> str:
        """Write the floors of a family as custom properties."""
        floors = self.known[family]
        return f"--low: {floors.low:g}{important}; --capitals: {floors.capitals:g}{important}"

    def _least(self, value: str) -> str:
        """Write a height that is not below the floor; 0 is for what must not move its line, and stays."""
        plain = self._resolved(value)
        if NUMBER.fullmatch(plain):
            return f"max({value}, var(--low))" if float(plain) else value
        return f"max({value}, calc(var(--low) * 1em))" if LENGTH.fullmatch(plain) else value

    def family(self, value: str) -> str:
        """Return the first family of a declaration that there are faces of."""
        named = QUOTED.findall(value := self._resolved(value)) or value.split(",")
        return next((name.strip() for name in named if name.strip() in self.known), "")

    def _points(self, value: str) -> float:
        found = POINTS.fullmatch(self._resolved(value))
        return float(found[1]) if found else 0.0

    def _resolved(self, value: str) -> str:
        """Put in the values of variables."""
        for _ in self.values:
            value, changed = USED.subn(lambda found: self.values.get(found[1], ""), value)
            if not changed:
                break
        return value.strip()
