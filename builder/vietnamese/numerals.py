"""A whole number comes in, its Vietnamese words go out; and the other way round for what people write.

After a ten, one is ``mốt``, five ``lăm`` and four often ``tư``; a missing ten is ``linh`` (``lẻ`` in the South), a
thousand ``nghìn`` (``ngàn``): all are read, one of each is written.
"""

from __future__ import annotations

import re
from typing import Final

DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
MOST: Final = 999_999_999_999

_TEN, _HUNDRED, _THOUSAND = 10, 100, 1000
_ONE, _FOUR, _FIVE = 1, 4, 5

# --- writing --------------------------------------------------------------------------------------


def cardinal(number: int, *, missing_ten: str = "linh", thousand: str = "nghìn") -> str:
    """Write a number in words: 2021 → ``hai nghìn không trăm hai mươi mốt``.

    Args:
        number: 0 … ``MOST``.
        missing_ten: ``linh`` or ``lẻ``: một trăm linh năm.
        thousand: ``nghìn`` or ``ngàn``.

    Raises:
        ValueError: for a negative number, or one of more than twelve figures.
    """
    if not 0 <= number <= MOST:
        raise ValueError(number)
    if number == 0:
        return DIGITS[0]
    groups: list[str] = []
    for scale in ("", thousand, "triệu", "tỷ"):
        number, group = divmod(number, _THOUSAND)
        if group:
            groups.append(f"{_group(group, missing_ten, whole=number > 0)} {scale}".rstrip())
    return " ".join(reversed(groups))


def below_hundred(number: int) -> str:
    """Write 0 … 99 in words."""
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


def _group(number: int, missing_ten: str, *, whole: bool) -> str:
    """Write three figures; ``whole`` when others stand before them: then a hundred that is nought is said."""
    hundreds, rest = divmod(number, _HUNDRED)
    if not hundreds and not whole:
        return below_hundred(rest)
    said = f"{DIGITS[hundreds]} trăm"
    if not rest:
        return said
    return f"{said} {missing_ten} {DIGITS[rest]}" if rest < _TEN else f"{said} {below_hundred(rest)}"


# --- reading --------------------------------------------------------------------------------------


def value(text: str) -> int | None:
    """Read a number in words, in any case.

    Nothing comes of words that are no number, nor of those that may be two: ``một trăm hai`` is 120 in speech, ``hai
    nghìn năm`` two thousand years, ``hai mươi năm`` twenty.
    """
    words = " ".join(text.lower().split()).replace("hăm ", "hai mươi ")
    if words == DIGITS[0]:
        return 0
    parts = _SCALE.split(f"{words} ")  # group, scale, group, scale, …, group
    scales = [_SCALES[name] for name in parts[1::2]]
    if scales != sorted(set(scales), reverse=True):
        return None
    total = 0
    for place, (group, scale) in enumerate(zip(parts[::2], [*scales, 1], strict=True)):
        if not group.strip() and place and scale == 1:
            break  # năm triệu
        worth = _group_value(group.strip(), follows=place > 0)
        if not worth:
            return None
        total += worth * scale
    return total


_SCALES: Final = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_SCALE: Final = re.compile(f"(?<= )({'|'.join(_SCALES)}) ")
_UNITS: Final = {word: value for value, word in enumerate(DIGITS) if value} | {"bẩy": 7}
_AFTER_TENS: Final = (_UNITS | {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5, "nhì": 2}).keys() - {"năm"}
_VALUES: Final = _UNITS | {"không": 0, "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5, "nhì": 2}
_ANY: Final = "|".join(_UNITS)
_LATE: Final = "|".join(sorted(_AFTER_TENS))
_GROUP: Final = re.compile(
    rf"(?:(?P<hundreds>không|{_ANY}) trăm(?: (?=.)|\Z))?"
    rf"(?:(?P<missing>linh|lẻ) (?P<few>{_ANY})"
    rf"|(?P<ten>mười)(?: (?P<teen>(?!mốt|nhì)(?:{_LATE})))?"
    rf"|(?P<tens>{_ANY}) mươi(?: (?P<unit>{_LATE}))?"
    rf"|(?P<short>{_ANY}) (?P<late>mốt|tư|lăm|nhăm)"
    rf"|(?P<digit>{_ANY}))?"
)


def _group_value(words: str, *, follows: bool) -> int | None:
    """Read up to three figures; ``follows`` when others go before: then a figure alone may be of hundreds."""
    match = _GROUP.fullmatch(words)
    if not words or match is None:
        return None
    figure = {name: _VALUES.get(word, 0) for name, word in match.groupdict().items() if word is not None}
    if "missing" in figure and not ("hundreds" in figure or follows):
        return None
    if "digit" in figure and ("hundreds" in figure or follows):
        return None
    if "hundreds" in figure and not figure["hundreds"] and not follows:
        return None
    tens = 1 if match["ten"] else figure.get("tens", figure.get("short", 0))
    units = sum(figure.get(name, 0) for name in ("few", "teen", "unit", "late", "digit"))
    return figure.get("hundreds", 0) * _HUNDRED + tens * _TEN + units
