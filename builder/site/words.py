"""A language comes in; the words of the site in it go out, with its dates, sizes and numbers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from builder import messages
from builder.vietnamese import dates

KILO = 1000  # bytes; as file managers and browsers count (IEC 80000-13)
MEGA = KILO * KILO
ROUND = 10  # from here on a size needs no decimals
_DAY = len("2026-03-15")


@dataclass(frozen=True, slots=True)
class Words(messages.Words):
    """The words of one language: ``words("key", slot=…)``."""

    LIST: ClassVar[str] = "site"

    def size(self, count: int) -> str:
        """Write a number of bytes: ``640 byte``, ``285 kB``, ``1,2 MB``."""
        if count < KILO:
            return self("size.bytes", count=count)
        if round(count / KILO) < KILO:
            return self("size.kilo", count=round(count / KILO))
        value = count / MEGA
        return self("size.mega", count=self.number(round(value, 0 if value >= ROUND else 1)))

    def date(self, written: str) -> str:
        """Write a date (ISO 8601; what follows the day is left out): ``15/3/2026``, ``15 March 2026``.

        Anything else is said as it stands: a year, a month, words.
        """
        try:
            day = datetime.date.fromisoformat(written[:_DAY])
        except ValueError:
            return written
        if self.language == "vi":
            return dates.short_date(day)
        return f"{day.day} {self('months').split()[day.month - 1]} {day.year}"

    def counted(self, key: str, count: int) -> str:
        """Say how many there are: ``12 trang``, ``1 page``, ``1,200 pages``; the key has ``one`` and ``many``."""
        return self(f"{key}.{'one' if count == 1 else 'many'}", count=f"{count:,}".replace(",", self("thousands")))


@cache
def words(language: str) -> Words:
    """Return the words of a language: English for ``en``, Vietnamese for every other."""
    return Words("en" if language == "en" else "vi")
