"""A date comes in, Vietnamese words go out; and the other way round for what people type.

A zero stands before days below ten and before the months 1 and 2, nowhere else: so a date cannot be
altered with a pen (Decree 30/2020/NĐ-CP, Annex I). No clock here: the day is always an argument.
"""

from __future__ import annotations

import datetime
import re

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_LAST_PADDED_MONTH = 2

_DAY_FIRST = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def long_date(date: datetime.date) -> str:
    """Write a date for running text: ``ngày 05 tháng 3 năm 2026``."""
    return f"ngày {date.day:02d} tháng {_month(date)} năm {date.year}"


def short_date(date: datetime.date) -> str:
    """Write a date in figures, day first: ``05/3/2026``, ``14/02/2026``."""
    return f"{date.day:02d}/{_month(date)}/{date.year}"


def weekday(date: datetime.date) -> str:
    """Name the day of the week inside a sentence: ``thứ Năm``, ``Chủ nhật``."""
    return _WEEKDAYS[date.weekday()]


def parse_date(text: str) -> datetime.date | None:
    """Read ``30/4/2021``, ``05/03/2026``, ``30-4-2021`` or ``2021-04-30``; spaces around are let pass.

    Returns ``None`` for anything else, and for days that no calendar has (``31/02/2026``).
    """
    written = text.strip()
    if match := _DAY_FIRST.fullmatch(written):
        day, _, month, year = match.groups()
    elif match := _YEAR_FIRST.fullmatch(written):
        year, month, day = match.groups()
    else:
        return None
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _month(date: datetime.date) -> str:
    return f"{date.month:02d}" if date.month <= _LAST_PADDED_MONTH else str(date.month)
