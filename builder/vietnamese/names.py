"""A person's name comes in; its parts and what a list of persons is sorted by go out.

Vietnamese names run family, middle, given: ``Nguyễn Thị Minh Khai``. Lists of delegates are sorted by the given name,
then the family's, then what is between.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from builder.vietnamese import order

_TITLES: Final = """
ông bà anh chị em cô chú bác cụ đồng_chí đ/c thầy giáo_sư phó_giáo_sư tiến_sĩ thạc_sĩ cử_nhân kỹ_sư bác_sĩ luật_sư
đại_tướng thượng_tướng trung_tướng thiếu_tướng đại_tá thượng_tá trung_tá thiếu_tá đại_úy thượng_úy trung_úy thiếu_úy
đô_đốc phó_đô_đốc chuẩn_đô_đốc nhà_giáo nghệ_sĩ nhân_dân ưu_tú gs pgs ts ths cn ks bs ls tskh ng nsnd nsưt
"""
_TITLE = re.compile(
    "(?:"
    + "|".join(sorted((re.escape(word).replace("_", r"\s+") for word in _TITLES.split()), key=len, reverse=True))
    + r")(?:\.\s*|\s+|,\s*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a name; a name of one word is a given name."""

    family: str
    middle: str
    given: str


def parts(name: str) -> Parts:
    """Part a name, the titles before it left out: ``đ/c Nguyễn Văn A`` → Nguyễn, Văn, A."""
    words = without_titles(name).split()
    if not words:
        return Parts("", "", "")
    family, given = (words[0] if len(words) > 1 else ""), words[-1]
    return Parts(family, " ".join(words[1:-1]), given)


def without_titles(name: str) -> str:
    """Leave out what stands before a name: ``PGS. TS. Trần Thị B`` → ``Trần Thị B``; a name alone stays."""
    bare = " ".join(name.split())
    while (match := _TITLE.match(bare)) and bare[match.end() :]:
        bare = bare[match.end() :]
    return bare


def sort_key(name: str) -> tuple[tuple[order.Key, ...], ...]:
    """Return what to sort a list of persons by: given name, family name, middle name."""
    found = parts(name)
    return order.key(found.given), order.key(found.family), order.key(found.middle)
