"""The lists of a page → the label of each item as a browser shows it, and how deep it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.intake.web import tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.html import HtmlElement

_ROMAN = {1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x", 9: "ix"}
_ROMAN |= {5: "v", 4: "iv", 1: "i"}
_HIGHEST_ROMAN = 3999
_MOST = 1_000_000
_INTEGER = re.compile(r"\s*([+-]?\d{1,9})")
_KINDS = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
_STYLES = {
    "decimal": "decimal",
    "decimal-leading-zero": "decimal-leading-zero",
    "lower-alpha": "lower-alpha",
    "lower-latin": "lower-alpha",
    "upper-alpha": "upper-alpha",
    "upper-latin": "upper-alpha",
    "lower-roman": "lower-roman",
    "upper-roman": "upper-roman",
    "disc": "-",
    "circle": "-",
    "square": "-",
    "none": "",
}
_SIGN = "-"


@dataclass(slots=True)
class Counted:
    """A list that is open: how its items are labelled, the next number, up or down."""

    style: str
    number: int = 1
    step: int = 1

    def label(self, item: HtmlElement, said: Mapping[str, str]) -> str:
        """The label of its next item."""
        style = _style(said) if _style(said) is not None else self.style
        if (kind := item.get("type")) in _KINDS:
            style = _KINDS[str(kind)]
        if (value := integer(item.get("value"))) is not None:
            self.number = value
        number, self.number = self.number, self.number + self.step
        return shown(number, style or "")


def begun(element: HtmlElement, said: Mapping[str, str]) -> Counted:
    """An ``ol`` or ``ul`` → a list that counts its items."""
    ordered = tree.name(element) == "ol"
    style = _style(said)
    if style is None:
        style = _KINDS.get(element.get("type", "1"), "decimal") if ordered else _SIGN
    if not ordered:
        return Counted(style)
    down = element.get("reversed") is not None
    start = integer(element.get("start"))
    if start is None:
        start = sum(each.tag == "li" for each in element) if down else 1
    return Counted(style, start, -1 if down else 1)


def _style(said: Mapping[str, str]) -> str | None:
    for word in f"{said.get('list-style-type', '')} {said.get('list-style', '')}".split():
        if word in _STYLES:
            return _STYLES[word]
    return None


def integer(text: str | None) -> int | None:
    """An attribute → its number; nothing when it is none or absurd."""
    found = _INTEGER.match(text or "")
    return int(found[1]) if found and abs(int(found[1])) <= _MOST else None


def shown(number: int, style: str) -> str:
    """A number of a list → its label: ``3.``, ``c.``, ``iii.``; a sign or nothing for other styles."""
    if style in ("", _SIGN):
        return style
    text = str(number)
    if style.endswith("alpha") and number > 0:
        text = _letters(number)
    elif style.endswith("roman") and 0 < number <= _HIGHEST_ROMAN:
        text = _roman(number)
    elif style == "decimal-leading-zero":
        text = f"{number:02}"
    return f"{text.upper() if style.startswith('upper') else text}."


def _letters(number: int) -> str:
    found = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("a") + rest) + found
    return found


def _roman(number: int) -> str:
    found = ""
    for value, letters in _ROMAN.items():
        while number >= value:
            found += letters
            number -= value
    return found
