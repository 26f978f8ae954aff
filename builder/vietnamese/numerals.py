"""A whole number comes in, its Vietnamese words go out; and the other way round for what people write.

After a ten, one is ``mốt``, five ``lăm`` and four often ``tư``; a missing ten is ``linh`` (``lẻ`` in the South), a
thousand ``nghìn`` (``ngàn``): all are read, one of each is written.
"""

from __future__ import annotations

import re
from typing import Final

DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
MOST: Final = 999_999_999_999

_GROUPS: Final = ("", "nghìn", "triệu", "tỷ")
_TEN, _HUNDRED, _THOUSAND = 10, 100, 1000
_ONE, _FOUR, _FIVE = 1, 4, 5

_VALUES: Final = {word: value for value, word in enumerate(DIGITS)} | {
    "mốt": 1,
    "nhì": 2,
    "tư": 4,
    "lăm": 5,
    "nhăm": 5,
    "bẩy": 7,
}
_SCALES: Final = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}


def cardinal(number: int) -> str:
    """Write a number in words: 2021 → ``hai nghìn không trăm hai mươi mốt``.

    Raises:
        ValueError: for a negative number, or one of more than twelve figures.
    """
    if not 0 <= number <= MOST:
        raise ValueError(number)
    if number == 0:
        return DIGITS[0]
    groups: list[str] = []
    for scale in _GROUPS:
        number, group = divmod(number, _THOUSAND)
        if group:
            groups.append(f"{_group(group, whole=number > 0)} {scale}".rstrip())
    return " ".join(reversed(groups))


def below_hundred(number: int) -> str:
    """Write 1 … 99 in words."""
    tens, unit = divmod(number, _TEN)
    if not tens:
        return DIGITS[unit]
    head = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    return f"{head} {_after_ten(tens, unit)}".rstrip()


def _after_ten(tens: int, unit: int) -> str:
    if unit == _FIVE:
        return "lăm"
    if unit == _ONE and tens > 1:
        return "mốt"
    if unit == _FOUR and tens > 1:
        return "tư"
    return DIGITS[unit] if unit else ""


def _group(number: int, *, whole: bool) -> str:
    """Write three figures; ``whole`` when others stand before them: then a hundred that is nought is said."""
    hundreds, rest = divmod(number, _HUNDRED)
    if not hundreds and not whole:
        return below_hundred(rest)
    said = f"{DIGITS[hundreds]} trăm"
    if not rest:
        return said
    return f"{said} linh {DIGITS[rest]}" if rest < _TEN else f"{said} {below_hundred(rest)}"


def value(text: str) -> int | None:
    """Read a number in words, in any case; nothing when the words are no number."""
    words = re.sub(r"\s+", " ", text.strip().lower()).split(" ")
    total, scale = 0, MOST + 1
    group: list[str] = []
    for word in words:
        if word in _SCALES and _SCALES[word] < scale:
            number = _group_value(group)
            if number is None:
                return None
            scale = _SCALES[word]
            total, group = total + number * scale, []
        else:
            group.append(word)
    if not group:
        return total or None
    last = _group_value(group)
    return None if last is None or last >= scale else total + last


_GROUP = re.compile(
    r"(?:(?P<hundreds>\w+) trăm(?: (?:(?:linh|lẻ) (?P<few>\w+)$|(?=.))|$))?"
    r"(?:(?P<ten>mười)(?: (?P<teen>\w+))?|(?P<tens>\w+) mươi(?: (?P<unit>\w+))?"
    r"|(?P<short>\w+) (?P<late>mốt|tư|lăm|nhăm)|(?P<digit>\w+))?"
)


def _group_value(words: list[str]) -> int | None:
    match = _GROUP.fullmatch(" ".join(words))
    if not any(words) or match is None:
        return None
    if any(word is not None and word not in _VALUES for name, word in match.groupdict().items() if name != "ten"):
        return None
    figure = {name: _VALUES[word] for name, word in match.groupdict().items() if word is not None and name != "ten"}
    number = figure.get("hundreds", 0) * _HUNDRED + figure.get("few", 0) + figure.get("digit", 0)
    if match["ten"]:
        return number + _TEN + figure.get("teen", 0)
    tens = figure.get("tens", figure.get("short", 0))
    return number + tens * _TEN + figure.get("unit", figure.get("late", 0))
