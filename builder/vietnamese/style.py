"""A paragraph comes in; capitals that are missing, words said twice and abbreviations go out.

What is a term and what has capitals: decree 30/2020/NĐ-CP, annex II. Nothing here is beyond doubt: there is no mend.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from builder.vietnamese.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = r"[^\W\d_]+"
_SENTENCE = re.compile(r"(?P<before>[^\s.?!]*)(?P<mark>[.?!])[”’)]?[ \u00a0\n]+(?P<first>[^\W\d_]+)")
_ABBREVIATED: Final = """
tr t tp tx q p nxb gs pgs ts tskh ths bs ks cn ths đ/c v.v v sđd sdd st nd ch vd tl tm kt th bt xb in kg
"""
_TERMS: Final = (
    "Nhân dân",
    "Nhà nước",
    "Tổ quốc",
    "Đảng Cộng sản Việt Nam",
    "Ban Chấp hành Trung ương",
    "Bộ Chính trị",
    "Ban Bí thư",
    "Quốc hội",
    "Chính phủ",
    "Thủ tướng Chính phủ",
    "Mặt trận Tổ quốc",
    "Chủ tịch Hồ Chí Minh",
    "Quốc khánh",
    "Tết Nguyên đán",
)
_SHORT: Final = frozenset(_ABBREVIATED.split())
# công an nhân dân, ngân sách nhà nước: in the names of offices and things the two are written small
_NAMES: Final = """
an trang đội sách nghiệp quan đồng ban án sát lý mật chức hữu viên vốn dự dụng bộ tế về giáo sĩ cấp sở quyền
"""
_NAMES_GO_ON: Final = frozenset(_NAMES.split())
_DOUBLED = re.compile(rf"(?<![\w-])({_WORD})[ \u00a0\n]+(\1)(?![\w-])", re.IGNORECASE)
# Two content words may meet, ``hành vi vi phạm``, or be said twice on purpose, ``xanh xanh``; these never do.
_PARTICLES: Final = """
các những của và là có cho với trong được bị đã đang sẽ để về tại theo này khi do bởi nhưng mà thì ở đến không cần phải
như cùng nên hoặc hay vì nếu tuy dù trên dưới bằng qua ra vào lên xuống cũng vẫn còn đó kia ấy một mỗi mọi rằng thuộc
tới giữa gồm trước sau
"""
_NEVER_TWICE: Final = frozenset(_PARTICLES.split())
_ABBREVIATION = re.compile(r"(?<![\w/.-])[A-ZĐ]{2,6}(?![\w/.-]|\.\w)")
_EXPANDED = re.compile(r"[(“][^()]*?(?<!\w)([A-ZĐ]{2,6})[)”,;]")
_ROMAN = re.compile("[IVXLCDM]+")

_KNOWN: Final = """
NQ QĐ CT KL HD TW TƯ BCH BTV BCT UBND HĐND MTTQ HTX TP TX TNCS TNHH CP VN XHCN CNXH ĐCSVN CHXHCN HĐQT GDP FDI ODA WTO
NXB PGS GS TS BS KT TM TL USD VNĐ VND QH NĐ TT CTr KH BC ĐU TU HU CB PCCC CNTT CNH HĐH ASEAN APEC UNESCO UNICEF HIV
AIDS PDF EPUB QR SMS DVD USB TV
"""
KNOWN: Final = frozenset(_KNOWN.split())
"""Abbreviations that need no explanation."""


def findings(text: str, terms: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """Find ``CAPS_SENT``, ``CAPS_TERM`` (hint: how it is written) and ``DUP_WORD``, in order of place.

    ``terms`` are terms besides the built-in ones, with their capitals.
    """
    found = (*_sentences(text), *_terms(text, terms), *_doubled(text))
    return tuple(sorted(found, key=lambda each: each.start))


def abbreviations(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the abbreviations of a text that are neither known nor Roman numerals, where they begin and end.

    In a line of capitals nothing is one.
    """
    if text.isupper():
        return
    for match in _ABBREVIATION.finditer(text):
        if match[0] not in KNOWN and not _ROMAN.fullmatch(match[0]) and not _amid_capitals(text, match):
            yield match[0], *match.span()


def expanded(text: str) -> Iterator[str]:
    """Yield the abbreviations a text explains: ``Ủy ban nhân dân (UBND)``."""
    yield from (match[1] for match in _EXPANDED.finditer(text))


def _amid_capitals(text: str, match: re.Match[str]) -> bool:
    """Tell whether a neighbour is in capitals too: a title, not an abbreviation."""
    before = re.search(r"(\w+)\W*$", text[: match.start()])
    after = re.match(r"\W*(\w+)", text[match.end() :])
    return any(beside and beside[1].isupper() and len(beside[1]) > 1 for beside in (before, after))


def _sentences(text: str) -> Iterator[Finding]:
    for match in _SENTENCE.finditer(text):
        before = match["before"].strip("(“‘").lower()
        short = match["mark"] == "." and (before in _SHORT or len(before) <= 1 or before.isnumeric())
        first = match["first"]
        if first[0].islower() and not short and before[-1:].isalpha():
            yield Finding("CAPS_SENT", match.start("first"), match.end("first"), None, (first[:1].upper() + first[1:],))


def _terms(text: str, more: tuple[str, ...]) -> Iterator[Finding]:
    if text.isupper():
        return
    for term in (*_TERMS, *more):
        for match in _pattern(term).finditer(text):
            before = text[: match.start()].split()[-1:]
            part_of_a_name = term in ("Nhân dân", "Nhà nước") and before and before[0].lower() in _NAMES_GO_ON
            if match[0] not in (term, term.upper(), term.title()) and not part_of_a_name:
                yield Finding("CAPS_TERM", *match.span(), None, (term,))


@cache
def _pattern(term: str) -> re.Pattern[str]:
    spaced = "[ \u00a0]".join(map(re.escape, term.split()))
    return re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)


def _doubled(text: str) -> Iterator[Finding]:
    for match in _DOUBLED.finditer(text):
        over_a_line = "\n" in text[match.end(1) : match.start(2)]
        if match[2].islower() and (match[1].lower() in _NEVER_TWICE or over_a_line):
            yield Finding("DUP_WORD", *match.span(), None, (match[1],))
