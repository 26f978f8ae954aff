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


def findings(text: str) -> tuple[Finding, ...]:
    """Find ``NUM_EN`` (hint: the Vietnamese form), ``DATE_IMPOSSIBLE`` and ``ROMAN_BLOCK`` (with its mend), in order.

    Of dates only those that no calendar has are found, so the American order of day and month is, from the 13th on.
    """
    if not _FIGURE.search(text):
        return ()
    return tuple(sorted((*_english(text), *_impossible(text), *_roman(text)), key=lambda each: each.start))


def ranges(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the ranges of years: the form of their dash (``-``, `` - ``, ``–``), where they begin and end."""
    for match in _RANGE.finditer(text):
        first, before, dash, after, last = match.groups()
        is_of_years = int(first) in _YEARS and int(last) in _YEARS and int(first) < int(last)
        if bool(before) == bool(after) and is_of_years and not _UNIT.match(text, match.end()):
            yield f" {dash} " if before else dash, *match.span()


_FIGURE: Final = re.compile("[0-9\u2160-\u217f]")
_RANGE: Final = re.compile(
    r"(?<![\w/.,–-])(\d{4})([ \u00a0]?)([-–—])([ \u00a0]?)(\d{4})(?![\w/]|[.,]\d|[-–]\d)",
)
_YEARS: Final = range(1800, 2101)

# --- Roman numerals -------------------------------------------------------------------------------

_ROMAN_SIGNS: Final = "I II III IV V VI VII VIII IX X XI XII L C D M"
_ROMAN_BLOCK: Final = {
    chr(first + place): written
    for first, signs in ((0x2160, _ROMAN_SIGNS), (0x2170, _ROMAN_SIGNS.lower()))
    for place, written in enumerate(signs.split())
}
_ROMAN_RUN: Final = re.compile("[\u2160-\u217f]+")


def _roman(text: str) -> Iterator[Finding]:
    for match in _ROMAN_RUN.finditer(text):
        yield Finding("ROMAN_BLOCK", *match.span(), "".join(map(_ROMAN_BLOCK.__getitem__, match[0])))


# --- decimals and thousands -----------------------------------------------------------------------

_MEASURES: Final = "triệu|tỷ|tỉ|nghìn|ngàn|ha|km²|km2|km|m²|m2|m³|m3|m|cm|mm|kg|g|tấn|tạ|yến|lít|độ|lần|điểm phần trăm"
# Of these there are no parts: a comma between figures parts thousands.
_COUNTED: Final = (
    "đồng|đ|VNĐ|VND|USD|đô la|euro|người|hộ|lượt|em|cháu|học sinh|sinh viên|đại biểu|đảng viên|đoàn viên|hội viên|"
    "cán bộ|chiến sĩ|lao động|công nhân|nhân dân|thành viên|doanh nghiệp|hợp tác xã|trường|lớp|xã|thôn|chi bộ|"
    "căn|nhà|cây|con|cuốn|bản|trang|chữ|vụ|ca"
)
_UNIT: Final = re.compile(rf"[ \u00a0\n]?(?:[%‰]|°C|(?:{_COUNTED}|{_MEASURES})(?!\w))")
_WHOLE: Final = re.compile(rf"[ \u00a0\n]?(?:{_COUNTED})(?!\w)")
_PERCENT: Final = re.compile(r"[ \u00a0]?[%‰]")

_ENGLISH_THOUSANDS: Final = re.compile(r"(?<![\w.,/-])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w/-]|[.,]\d)")
_ENGLISH_DECIMAL: Final = re.compile(r"(?<![\w.,/-])\d+\.(?:\d{1,2}|\d{4,})(?![\w/-]|[.,]\d)")
# An article's, a section's, a version's number looks like a decimal; so may several of them in a row.
_NUMBERED: Final = re.compile(
    r"(?:điều|khoản|điểm|mục|phần|chương|tiết|bảng|hình|biểu|mẫu|số|phụ lục|câu|bài|tr\.|trang|bản|version|TCVN|ISO|IP"
    r"|phòng|lớp)[ \u00a0](?:\d[\d.]*(?:,|[ ]và)[ \u00a0])*\Z",
    re.IGNORECASE,
)
_AT_A_LINE: Final = re.compile(r"(?:\A|\n)[ \u00a0]*(?:[-–—+•*][ \u00a0])?\Z")
_SWAPPED: Final = str.maketrans(",.", ".,")


def _english(text: str) -> Iterator[Finding]:
    for pattern, is_english in ((_ENGLISH_THOUSANDS, _are_thousands), (_ENGLISH_DECIMAL, _is_decimal)):
        for match in pattern.finditer(text):
            if not _NUMBERED.search(text, max(0, match.start() - 80), match.start()) and is_english(text, match):
                yield Finding("NUM_EN", *match.span(), None, (match[0].translate(_SWAPPED),))


def _are_thousands(text: str, match: re.Match[str]) -> bool:
    """Tell whether commas part thousands: of ``1,250 ha`` nobody knows, ``1,200 ha`` and ``1,250 hộ`` have such."""
    groups = match[0].split(",")
    if "." in match[0]:
        return True
    if match[0].startswith("0"):
        return False
    if len(groups) > 2:  # noqa: PLR2004 - thousands of thousands
        return not _is_list(groups) or bool(_UNIT.match(text, match.end()))
    if _WHOLE.match(text, match.end()):
        return True
    measured = _UNIT.match(text, match.end()) and not _PERCENT.match(text, match.end())
    return bool(measured) and groups[-1].endswith("00")


def _is_list(groups: list[str]) -> bool:
    """Tell whether figures with commas are numbers in a row: ``101,102,103``."""
    return len(groups[0]) == len(groups[1]) and groups == sorted(groups)


def _is_decimal(text: str, match: re.Match[str]) -> bool:
    """Tell whether a full stop parts a decimal: something is measured, and it is no number of a section."""
    if _PERCENT.match(text, match.end()):
        return True
    return bool(_UNIT.match(text, match.end())) and not _AT_A_LINE.search(
        text, max(0, match.start() - 12), match.start()
    )


# --- dates ----------------------------------------------------------------------------------------

_DATE: Final = re.compile(
    r"(?<![\w/.-])(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})(?![\w/-])"
)
_DAY_AND_MONTH: Final = re.compile(
    r"(?<!\w)ngày[ \u00a0\n](?P<day>\d{1,2})(?:[/-]|[ \u00a0\n]tháng[ \u00a0\n])(?P<month>\d{1,2})(?![\d/-])"
    r"(?:[ \u00a0\n]năm[ \u00a0\n](?P<year>\d{4}))?",
    re.IGNORECASE,
)
# Not ``lương tháng 13``, the thirteenth wage of a year, nor ``mỗi tháng 20 buổi``, ``2 tháng 15 ngày``.
_MONTH: Final = re.compile(
    r"(?<!\w)(?<!lương )(?<!thưởng )(?<!mỗi )(?<!hàng )(?<!hằng )(?<!một )(?<!từng )(?<!\d )"
    r"tháng[ \u00a0\n](\d{1,2})"
    r"(?=[ \u00a0\n]*(?:[,;:.!?…)”](?!\d)|[/-]\d{4}|(?:năm|và|đến|tới|vừa)(?!\w)|[-–]|\Z))",
    re.IGNORECASE,
)
_LEAP: Final = 2000  # a year in which every day of a year is
_MONTHS: Final = 12


def _impossible(text: str) -> Iterator[Finding]:
    dates = [
        *(match for match in _DATE.finditer(text) if not _is_number(text, match)),
        *_DAY_AND_MONTH.finditer(text),
    ]
    for match in dates:
        if not _is_day(match["day"], match["month"], match["year"]):
            yield Finding("DATE_IMPOSSIBLE", *match.span())
    for match in _MONTH.finditer(text):
        if not 1 <= int(match[1]) <= _MONTHS and not any(date.start() <= match.start() < date.end() for date in dates):
            yield Finding("DATE_IMPOSSIBLE", *match.span())


def _is_number(text: str, match: re.Match[str]) -> bool:
    """Tell whether what looks like a date is a section's number: ``mục 5.13.2020``."""
    return match["mark"] == "." and _NUMBERED.search(text, max(0, match.start() - 80), match.start()) is not None


def _is_day(day: str, month: str, year: str | None) -> bool:
    try:
        datetime.date(int(year or _LEAP), int(month), int(day))
    except ValueError:
        return False
    return True
