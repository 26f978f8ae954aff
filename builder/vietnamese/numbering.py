"""The numbers of labels: Arabic, Roman, Vietnamese letters, words, decimals → values, and what comes next.

Letters follow the order of points in official documents (a b c d đ e g h …, Decree 30/2020/NĐ-CP);
an inserted unit carries a suffix: ``5a`` after ``5``, ``đ1`` after ``đ``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from builder.vietnamese import numerals

LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The letters of points, in order."""

_ROMAN_DIGITS = (
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_ROMAN_MOST = 399
_ORDINALS_MOST = 99


class Notation(Enum):
    """How a number is written."""

    ARABIC = "arabic"
    ROMAN = "roman"
    LETTER = "letter"
    WORDS = "words"
    DECIMAL = "decimal"
    ODD = "odd"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed and what it is worth; an odd one (``1.12.LQ.1``) has no values."""

    printed: str
    notation: Notation
    values: tuple[int, ...] = ()
    suffix: str = ""

    @property
    def key(self) -> tuple[str, tuple[int, ...], str]:
        """What two numbers share when they mean the same: ``II``, ``2`` and ``thứ hai`` do, ``b`` does not."""
        match self.notation:
            case Notation.LETTER:
                return "letter", self.values, self.suffix
            case Notation.ODD:
                return "odd", (), self.printed.casefold()
        return "count", self.values, self.suffix


NONE = Number("", Notation.ODD)
"""The number of what has none."""


def roman(value: int) -> str:
    """1 … 399 → Roman capitals."""
    written = ""
    for worth, digits in _ROMAN_DIGITS:
        count, value = divmod(value, worth)
        written += digits * count
    return written


_ROMAN_VALUES = {roman(value): value for value in range(1, _ROMAN_MOST + 1)}


def roman_value(text: str) -> int | None:
    """Canonical Roman capitals → 1 … 399; anything else → nothing."""
    return _ROMAN_VALUES.get(text)


def letter_value(text: str) -> int | None:
    """One letter of a point → its place in the order, from 1."""
    return LETTERS.index(text) + 1 if len(text) == 1 and text in LETTERS else None


def ordinal(value: int) -> str:
    """1 … 99 → ``thứ nhất`` … ``thứ chín mươi chín``."""
    special = {1: "nhất", 2: "hai", 4: "tư"}
    return f"thứ {special.get(value) or numerals.below_hundred(value)}"


def _ordinal_values() -> dict[str, int]:
    values = {}
    for value in range(_ORDINALS_MOST, 0, -1):
        values[f"thứ {numerals.below_hundred(value)}"] = value
        values[ordinal(value)] = value
    return values | {"thứ nhì": 2, "thứ bẩy": 7}


_ORDINAL_VALUES = _ordinal_values()


def ordinal_value(text: str) -> int | None:
    """``thứ nhất`` (in any case, or ``thứ 1``) → 1; anything else → nothing."""
    words = " ".join(text.lower().split())
    digits = re.fullmatch(r"thứ (\d{1,3})", words)
    return int(digits[1]) if digits else _ORDINAL_VALUES.get(words)


_ARABIC = re.compile(r"(\d{1,9})([a-zđ]?)")
_ROMAN = re.compile(r"([IVXLC]+)([a-zđ]?)")
_LETTER = re.compile(r"([a-zđ])(\d{0,2})")
_DECIMAL = re.compile(r"\d{1,9}(?:\.\d{1,9}){1,8}")


@lru_cache(maxsize=10_000)
def read(text: str) -> Number:
    """The bare number of a label, as printed → its value; never fails: what has no value is odd."""
    if found := _ARABIC.fullmatch(text):
        return Number(text, Notation.ARABIC, (int(found[1]),), found[2])
    if (found := _ROMAN.fullmatch(text)) and (value := roman_value(found[1])):
        return Number(text, Notation.ROMAN, (value,), found[2])
    if (found := _LETTER.fullmatch(text)) and (value := letter_value(found[1])):
        return Number(text, Notation.LETTER, (value,), found[2])
    if _DECIMAL.fullmatch(text):
        return Number(text, Notation.DECIMAL, tuple(int(part) for part in text.split(".")))
    if value := ordinal_value(text):
        return Number(text, Notation.WORDS, (value,))
    return Number(text, Notation.ODD)


def write(value: int, notation: Notation) -> str:
    """A value in a notation; ``""`` where the notation has no such number (the 24th letter)."""
    match notation:
        case Notation.ROMAN:
            return roman(value) if value <= _ROMAN_MOST else ""
        case Notation.LETTER:
            return LETTERS[value - 1] if value <= len(LETTERS) else ""
        case Notation.WORDS:
            return ordinal(value) if value <= _ORDINALS_MOST else ""
    return str(value)


def successors(number: Number) -> tuple[str, ...]:
    """What may follow a number among its siblings, the plain next one first: ``5`` → ``6``, ``5a``."""
    if not number.values:
        return ()
    *prefix, last = number.values
    following = ".".join([*map(str, prefix), write(last + 1, number.notation)])
    inserted = "" if prefix else _inserted(number)
    return tuple(text for text in (following, inserted) if text)


def _inserted(number: Number) -> str:
    stem = number.printed.removesuffix(number.suffix) if number.suffix else number.printed
    match number.notation:
        case Notation.LETTER:
            return f"{stem}{int(number.suffix or 0) + 1}"
        case Notation.WORDS:
            return ""
    place = letter_value(number.suffix) or 0
    return stem + write(place + 1, Notation.LETTER)
