"""A paragraph comes in; figures, dates and ranges in it that Vietnamese would not write so go out.

Decimals have a comma and thousands a full stop (Law on Accounting 2003, article 12; CLDR vi); a document's number, an
article's or a section's is never a decimal.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Final

from builder.vietnamese.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROMAN_SIGNS: Final = "I II III IV V VI VII VIII IX X XI XII L C D M"
_ROMAN_BLOCK: Final = {
    chr(first + place): written
    for first, signs in ((0x2160, _ROMAN_SIGNS), (0x2170, _ROMAN_SIGNS.lower()))
    for place, written in enumerate(signs.split())
}
_ROMAN_RUN = re.compile("[\u2160-\u217f]+")

_UNIT = r"[ \u00a0]?(?:%|‰|(?:đồng|triệu|tỷ|tỉ|nghìn|ngàn|người|hộ|ha|km|m²|m2|m|kg|tấn|tạ|lít|USD|VNĐ|VND)(?!\w))"
_ENGLISH_THOUSANDS = re.compile(r"(?<![\w.,/-])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w,/-])")
_ENGLISH_DECIMAL = re.compile(rf"(?<![\w.,/-])\d+\.(?:\d{{1,2}}|\d{{4,}})(?![\w./-])(?={_UNIT})")
# An article's, a section's, a version's number looks like a decimal.
_NUMBERED = re.compile(
    r"(?:điều|khoản|điểm|mục|phần|chương|bảng|hình|biểu|mẫu|số|phụ lục|câu|bài|tr\.|trang|bản|version)[ \u00a0]$",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?<![\w/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\w/-])")
_DAY_AND_MONTH = re.compile(
    r"(?<!\w)ngày[ \u00a0](\d{1,2})(?:[/-]|[ \u00a0]tháng[ \u00a0])(\d{1,2})(?![\d/-])"
    r"(?:[ \u00a0]năm[ \u00a0](\d{4}))?",
    re.IGNORECASE,
)
_MONTH = re.compile(r"(?<!\w)tháng[ \u00a0](\d{1,2})(?!\d|[/.,-]\d)", re.IGNORECASE)
_LEAP: Final = 2000  # a year in which every day of a year is
_MONTHS: Final = 12

_RANGE = re.compile(r"(?<![\w/.,–-])(\d{1,4})([ \u00a0]?)([-–—])([ \u00a0]?)(\d{1,4})(?![\w/]|[.,]\d|[-–]\d)")
_YEARS = range(1900, 2101)


def findings(text: str) -> tuple[Finding, ...]:
    """Find ``NUM_EN``, ``DATE_IMPOSSIBLE`` and ``ROMAN_BLOCK`` (with its mend), in order of place."""
    if not any(map(str.isnumeric, text)):
        return ()
    return tuple(sorted((*_english(text), *_impossible(text), *_roman(text)), key=lambda each: each.start))


def ranges(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the ranges of years: the form of their dash (``-``, `` - ``, ``–``), where they begin and end."""
    for match in _RANGE.finditer(text):
        first, before, dash, after, last = match.groups()
        if bool(before) == bool(after) and int(first) in _YEARS and int(last) in _YEARS and int(first) < int(last):
            yield f" {dash} " if before else dash, *match.span()


def _roman(text: str) -> Iterator[Finding]:
    for match in _ROMAN_RUN.finditer(text):
        became = "".join(_ROMAN_BLOCK.get(sign, sign) for sign in match[0])
        if became != match[0]:
            yield Finding("ROMAN_BLOCK", *match.span(), became)


def _english(text: str) -> Iterator[Finding]:
    for pattern in (_ENGLISH_THOUSANDS, _ENGLISH_DECIMAL):
        for match in pattern.finditer(text):
            thousand = pattern is _ENGLISH_THOUSANDS and match[0].count(",") == 1 and "." not in match[0]
            if thousand and not re.match(_UNIT, text[match.end() :]):
                continue  # 1,500 alone may be one and a half
            if not _NUMBERED.search(text, 0, match.start()):
                yield Finding("NUM_EN", *match.span(), None, (match[0].translate(_SWAPPED),))


_SWAPPED: Final = str.maketrans(",.", ".,")


def _impossible(text: str) -> Iterator[Finding]:
    seen: list[tuple[int, int]] = []
    for match in _DATE.finditer(text):
        seen.append(match.span())
        if not _is_day(int(match[1]), int(match[3]), int(match[4])):
            yield Finding("DATE_IMPOSSIBLE", *match.span())
    for match in _DAY_AND_MONTH.finditer(text):
        seen.append(match.span())
        if not _is_day(int(match[1]), int(match[2]), int(match[3] or _LEAP)):
            yield Finding("DATE_IMPOSSIBLE", *match.span())
    for match in _MONTH.finditer(text):
        if not 1 <= int(match[1]) <= _MONTHS and not any(start <= match.start() < end for start, end in seen):
            yield Finding("DATE_IMPOSSIBLE", *match.span())


def _is_day(day: int, month: int, year: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True
