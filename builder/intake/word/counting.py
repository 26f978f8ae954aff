"""A number and the way Word is told to write it → how it stands on the page; nothing for a way that is not known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.vietnamese import numerals

if TYPE_CHECKING:
    from collections.abc import Callable

_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_MOST_ROMAN, _MOST_LETTERS, _MOST_CIRCLED = 4999, 780, 20
_PADDED = re.compile(r"(0*)1, .*")
_TEENS = range(11, 14)
_LETTERS = 26


def written(value: int, way: str, form: str = "") -> str | None:
    """Write a number.

    Args:
        value: the number.
        way: a value of ``w:numFmt``: ``decimal``, ``upperRoman`` …
        form: for the way ``custom``, its first numbers: ``001, 002, 003, ...``.

    Returns:
        The number as Word shows it; None when the way is not known.
    """
    if way == "custom":
        padded = _PADDED.fullmatch(form)
        return str(value).zfill(len(padded[1]) + 1) if padded else None
    return _WAYS[way](value) if way in _WAYS else None


def _roman(value: int) -> str:
    if not 0 < value <= _MOST_ROMAN:
        return str(value)
    found = ""
    for worth, sign in _ROMAN:
        found += sign * (value // worth)
        value %= worth
    return found


def _letter(value: int) -> str:
    """After z comes aa, then bb: Word repeats the letter. It has no đ, as an English typist."""
    if not 0 < value <= _MOST_LETTERS:
        return str(value)
    times, at = divmod(value - 1, _LETTERS)
    return chr(ord("a") + at) * (times + 1)


def _ordinal(value: int) -> str:
    ending = "th" if value % 100 in _TEENS else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


def _circled(value: int) -> str:
    return chr(0x245F + value) if 0 < value <= _MOST_CIRCLED else str(value)


def _words(value: int) -> str:
    return numerals.cardinal(value) if value > 0 else str(value)


_WAYS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02}",
    "decimalFullWidth": str,
    "decimalHalfWidth": str,
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": lambda value: _letter(value).upper(),
    "lowerLetter": _letter,
    "ordinal": _ordinal,
    "numberInDash": lambda value: f"- {value} -",
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedParen": lambda value: f"({value})",
    "decimalEnclosedFullstop": lambda value: f"{value}.",
    "hex": lambda value: f"{value:X}",
    "vietnameseCounting": _words,
    "none": lambda _value: "",
}
