"""A person's name comes in; its parts and what a list of persons is sorted by go out.

Vietnamese names run family, middle, given: ``Nguyễn Thị Minh Khai``. Lists of delegates are sorted by the given name,
then the family's, then what is between.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from builder.vietnamese import order

# How a person is addressed, academic degrees, ranks, honours, posts; ``_`` is a space.
_TITLES: Final = """
ông bà anh chị em cô chú bác cụ đồng_chí đ/c thầy
giáo_sư phó_giáo_sư tiến_sĩ tiến_sỹ thạc_sĩ thạc_sỹ cử_nhân kỹ_sư kiến_trúc_sư bác_sĩ bác_sỹ dược_sĩ luật_sư
gs pgs ts tskh ths th\\.s cn ks kts bs bsck bscki bsckii ckii cki ls nsnd nsưt ngnd ngưt ttnd ttưt
đại_tướng thượng_tướng trung_tướng thiếu_tướng đô_đốc phó_đô_đốc chuẩn_đô_đốc
đại_tá thượng_tá trung_tá thiếu_tá đại_úy đại_uý thượng_úy thượng_uý trung_úy trung_uý thiếu_úy thiếu_uý
nhà_giáo nghệ_sĩ thầy_thuốc nhân_dân ưu_tú anh_hùng lao_động llvtnd lực_lượng_vũ_trang
chủ_tịch_nước phó_chủ_tịch_nước chủ_tịch_quốc_hội chủ_tịch phó_chủ_tịch tổng_bí_thư bí_thư phó_bí_thư
thủ_tướng phó_thủ_tướng bộ_trưởng thứ_trưởng giám_đốc phó_giám_đốc trưởng_ban phó_trưởng_ban
hòa_thượng hoà_thượng thượng_tọa thượng_toạ đại_đức ni_sư linh_mục mục_sư giám_mục
"""
_TITLE: Final = re.compile(
    rf"(?:{'|'.join(sorted((word.replace('_', ' ') for word in _TITLES.split()), key=len, reverse=True))})"
    r"(?:[.,:] ?| )(?:, ?)?",
    re.IGNORECASE,
)
# What stands after a name: ``Nguyễn Văn A, Bí thư chi bộ``, ``Nguyễn Sinh Cung (Hồ Chí Minh)``, ``… - Chủ tịch``.
_AFTER: Final = re.compile(r"\s*(?:[,;(\[]| [-–—] ).*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a name; a name of one word is a given name."""

    family: str
    middle: str
    given: str


def parts(name: str) -> Parts:
    """Part a name, what stands before and after it left out: ``đ/c Nguyễn Văn A, Bí thư`` → Nguyễn, Văn, A."""
    words = without_titles(name).split()
    if not words:
        return Parts("", "", "")
    family, given = (words[0] if len(words) > 1 else ""), words[-1]
    return Parts(family, " ".join(words[1:-1]), given)


def without_titles(name: str) -> str:
    """Leave out the titles before a name and the post after it: ``PGS. TS. Trần Thị B (Hà Nội)`` → ``Trần Thị B``.

    What would be left without a name stays: ``Anh`` is a name too.
    """
    bare = " ".join(name.split())
    while (match := _TITLE.match(bare)) and bare[match.end() :]:
        bare = bare[match.end() :]
    return _AFTER.sub("", bare) or bare


def sort_key(name: str) -> tuple[tuple[order.Key, ...], ...]:
    """Return what to sort a list of persons by: given name, family name, middle name."""
    found = parts(name)
    return order.key(found.given), order.key(found.family), order.key(found.middle)
