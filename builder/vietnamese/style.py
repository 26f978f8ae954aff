"""A paragraph comes in; capitals that are missing, words said twice and abbreviations go out.

What is a term and what has capitals: decree 30/2020/NĐ-CP, annex II. Nothing here is beyond doubt: there is no mend.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from builder.vietnamese import sentences, syllable, words
from builder.vietnamese.findings import Finding
from builder.vietnamese.frisket import CAPITAL, LETTER, SMALL

if TYPE_CHECKING:
    from collections.abc import Iterator


def findings(text: str, terms: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """Find ``CAPS_SENT``, ``CAPS_TERM`` (hint: how it is written) and ``DUP_WORD``, in order of place.

    Args:
        text: one paragraph, no heading: in headings capitals follow their own rules.
        terms: terms besides the built-in ones, with their capitals.
    """
    small = _small(text)
    found = (*_sentences(text), *_terms(text, small, terms), *_doubled(text, small))
    return tuple(sorted(found, key=lambda each: each.start))


# --- sentences ------------------------------------------------------------------------------------

# No sentence begins after a closing mark, “Làm gì?” là tên sách, with a label, a), or with an address.
_SENTENCE: Final = re.compile(
    rf"[.?!][ \u00a0\n]+(?P<first>[{SMALL}][^\W\d_]*+)(?!(?<!{LETTER}{{2}})[).]|\.\w|[@:/_-]\S)"
)


def _sentences(text: str) -> Iterator[Finding]:
    for match in _SENTENCE.finditer(text):
        if sentences.ends_a_sentence(sentences.word_before(text, match.start()), text[match.start()]):
            first = match["first"]
            yield Finding("CAPS_SENT", *match.span("first"), None, (first[:1].upper() + first[1:],))


# --- terms ----------------------------------------------------------------------------------------

_LISTED: Final = """
Nhân dân; Nhà nước; Tổ quốc; Đảng Cộng sản Việt Nam; Đảng ta; Ban Chấp hành Trung ương; Bộ Chính trị; Ban Bí thư
Tổng Bí thư; Văn phòng Trung ương Đảng; Quốc hội; Chủ tịch nước; Chính phủ; Thủ tướng Chính phủ; Mặt trận Tổ quốc
Chủ tịch Hồ Chí Minh; Thủ đô Hà Nội; Thành phố Hồ Chí Minh; Quốc khánh; Nguyên đán
"""
_TERMS: Final = {term.lower(): term for line in _LISTED.strip().splitlines() for term in line.split("; ")}
# After these syllables the term is part of another, and small: công an nhân dân, ngân sách nhà nước, cán bộ chính trị.
_GO_BEFORE: Final = {
    "nhân dân": """
        an án ban chủ dụng đội đồng giáo quyền sát sĩ thẩm thuốc tra trang tranh viện
    """,
    "nhà nước": """
        bạc bản bộ cấp chế chính chức danh dự hàng hiệu hữu lễ lực lương lý mật máy nghiệp ngoài quan quyền sách sản sở
        tế toán tra trị trữ tư ty vực vụ về viên vốn
    """,
    "chính phủ": "liên phi phiếu",
    "bộ chính trị": "cán",
}
_GO_AFTER: Final = {
    "nhân dân": ("thế giới", "các nước", "tiến bộ", "yêu chuộng"),
    "nhà nước": ("tư sản", "vô sản", "phong kiến", "thực dân", "chủ nô"),
    "chính phủ": ("điện tử", "số", "các nước"),
    "quốc hội": ("các nước", "nước"),
}
_ARTICLE: Final = re.compile(
    r"(?<!\w)(?<!các )(?<!những )(?<!\d )"
    r"điều(?=[ \u00a0]\d+(?:[ \u00a0](?:của|này|Luật|Nghị|Quy|Bộ luật|Hiến|Điều lệ)|[,;.)]))"
)


def _terms(text: str, small: str, more: tuple[str, ...]) -> Iterator[Finding]:
    if text.isupper() or text.istitle():
        return
    known = {**_TERMS, **{_small(written): written for written in more}}
    for match in _pattern(tuple(known)).finditer(small):
        term = " ".join(match[0].split())
        written = known[term]
        here = " ".join(text[match.start() : match.end()].split())
        if here not in (written, written.upper()) and not _is_of_another(small, match, term):
            yield Finding("CAPS_TERM", *match.span(), None, (written,))
    for match in _ARTICLE.finditer(text):
        yield Finding("CAPS_TERM", *match.span(), None, ("Điều",))


def _small(text: str) -> str:
    """Write small letters, one for one: ``str.lower`` makes two of İ."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


@lru_cache(maxsize=8)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(terms, key=len, reverse=True)
    alternatives = "|".join(r"[ \u00a0\n]".join(map(re.escape, term.split())) for term in longest_first)
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])")


def _is_of_another(small: str, match: re.Match[str], term: str) -> bool:
    before = (small[max(0, match.start() - 40) : match.start()].split() or [""])[-1].strip("(“")
    after = " ".join(small[match.end() : match.end() + 20].split())
    return before in _GO_BEFORE.get(term, "").split() or after.startswith(_GO_AFTER.get(term, ()))


# --- words said twice -----------------------------------------------------------------------------

_DOUBLED: Final = re.compile(rf"(?<![\w-])({LETTER}+)[ \u00a0\n]+(\1)(?![\w-])")
_PAIR_DOUBLED: Final = re.compile(rf"(?<![\w-])({LETTER}{{2,}}[ \u00a0\n]+{LETTER}{{2,}})[ \u00a0\n]+(\1)(?![\w-])")
# Two content words may meet, ``hành vi vi phạm``, or be said twice on purpose, ``xanh xanh``; these never do.
_PARTICLES: Final = """
các những của và là có cho với trong được bị đã đang sẽ để về tại theo này khi do bởi nhưng mà thì ở đến không cần phải
như cùng nên hoặc hay vì nếu tuy dù trên dưới bằng qua ra vào lên xuống cũng vẫn còn đó kia ấy một mỗi mọi rằng thuộc
tới giữa gồm trước sau
"""
_NEVER_TWICE: Final = frozenset(_PARTICLES.split())
# … but where the first belongs to what goes before, or the second to what goes after.
_MEET: Final = """
hàng/không phòng/không tầng/không đường/không trên/không không/gian không/khí không/quân của/cải bị/cáo bị/can bị/đơn
bằng/chứng bằng/cấp bằng/khen bằng/lái bằng/tốt bằng/đại công/bằng đồng/bằng hôm/qua vượt/qua thông/qua đó/đây
có/không không/có ra/vào vào/ra lên/xuống xuống/lên trước/trước sau/này mai/sau đời/sau về/sau một/hai là/lượt
"""
_MEETING: Final = frozenset(_MEET.split())
_REDUPLICATED: Final = """
xanh từ dần ngày người nhà đời luôn mãi thường hằng ai đâu ngành nơi làng xóm năm tháng đêm sáng chiều lớp đoàn hàng
song rành vui đều khăng xa gần cao nhanh chầm từng chuyên ngờ sờ nho thi rưng bừng vi cấp
"""
_MAY_BE_TWICE: Final = frozenset(_REDUPLICATED.split())
_FIRST_OF_TWO: Final = "từng mỗi một rất càng ngày lớp đời hết mãi thật cứ không dần đi cố"
_SAID_ON_PURPOSE: Final = frozenset(_FIRST_OF_TWO.split())


def _doubled(text: str, small: str) -> Iterator[Finding]:
    """Look for what was said twice; names may be: ``Đảng Đảng Cộng sản``."""
    for pattern, is_slip in ((_DOUBLED, _is_slip), (_PAIR_DOUBLED, _is_slip_of_two)):
        for match in pattern.finditer(small):
            again = text[match.start(2) : match.end(2)]
            if (again.islower() or again == text[match.start(1) : match.end(1)]) and is_slip(small, match):
                yield Finding("DUP_WORD", *match.span(), None, (text[match.start(1) : match.end(1)],))


def _is_slip_of_two(small: str, match: re.Match[str]) -> bool:
    return match[1].split()[0] not in _SAID_ON_PURPOSE and not small[
        match.end() : match.end() + 20
    ].lstrip().startswith("chủ nghĩa")


def _is_slip(small: str, match: re.Match[str]) -> bool:
    """Tell whether a word was said twice by mistake: a particle, or any word where the line ended between."""
    word = match[1]
    before = (small[max(0, match.start() - 40) : match.start()].split() or [""])[-1]
    after = (small[match.end() : match.end() + 40].split() or [""])[0].strip(".,;:!?…)”")
    if {f"{before}/{word}", f"{word}/{after}"} & _MEETING:
        return False
    over_a_line = "\n" in small[match.end(1) : match.start(2)]
    is_other = word in _MAY_BE_TWICE or _is_compound(before, word, after)
    return word in _NEVER_TWICE or (over_a_line and not is_other)


def _is_compound(before: str, word: str, after: str) -> bool:
    known = words.heading_words()
    spelled = tuple(map(words.one_spelling, (before, word, after)))
    return spelled[:2] in known and spelled[1:] in known


# --- abbreviations --------------------------------------------------------------------------------

_SHORT_FORM: Final = rf"[{CAPITAL}]{{2,6}}(?:&[{CAPITAL}]{{1,6}})?"
_ABBREVIATION: Final = re.compile(rf"(?<![\w/.&-]){_SHORT_FORM}(?![\w/&-]|\.\w)")
_IN_BRACKETS: Final = re.compile(r"\([^()]*\)?")
_EXPANDED: Final = re.compile(rf"(?<!\w)({_SHORT_FORM})(?=[)”,;]|[ \u00a0]*\Z)")
_EXPLAINED: Final = re.compile(  # BCĐ: Ban Chỉ đạo; BCĐ là viết tắt của …; BCĐ (Ban Chỉ đạo)
    rf"(?:\A|\n)\s*(?:[-–—+•*][ \u00a0])?({_SHORT_FORM})[ \u00a0]*(?:[:=]|[-–—][ \u00a0])"
    rf"|(?<!\w)({_SHORT_FORM})[ \u00a0\n](?:là[ \u00a0\n]viết[ \u00a0\n]tắt|\([{CAPITAL}][{SMALL}]+[ \u00a0\n])"
)
_LOUD_BEFORE: Final = re.compile(rf"(?<!\w)([{CAPITAL}]{{2,}})[ \u00a0\n]\Z")
_LOUD_AFTER: Final = re.compile(rf"[ \u00a0\n]([{CAPITAL}]{{2,}})(?!\w)")
_ROMAN: Final = re.compile("[IVXLCDM]+")

_KNOWN: Final = """
NQ QĐ CT KL HD TW TƯ BCH BTV BCT UBND HĐND MTTQ HTX TP TX TNCS TNHH CP VN XHCN CNXH ĐCSVN CHXHCN HĐQT GDP FDI ODA WTO
NXB PGS GS TS BS KT TM TL USD VNĐ VND QH NĐ TT CTr KH BC ĐU TU HU CB PCCC CNTT CNH HĐH ASEAN APEC UNESCO UNICEF HIV
AIDS PDF EPUB QR SMS DVD USB TV VT VPCP
"""
KNOWN: Final = frozenset(_KNOWN.split())
"""Abbreviations that need no explanation."""


def abbreviations(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the abbreviations of a text that are neither known nor Roman numerals, where they begin and end.

    In a line of capitals nothing is one; a syllable in capitals (``BAN``) is a word made to stand out.
    """
    if text.isupper():
        return
    for match in _ABBREVIATION.finditer(text):
        short = match[0]
        if short in KNOWN or _ROMAN.fullmatch(short) or syllable.is_valid(short.lower()):
            continue
        if not _amid_capitals(text, match):
            yield short, *match.span()


def expanded(text: str) -> Iterator[str]:
    """Yield the abbreviations a text explains: ``Ủy ban nhân dân (UBND)``, ``UBND: Ủy ban nhân dân``."""
    for brackets in _IN_BRACKETS.finditer(text):
        yield from (match[1] for match in _EXPANDED.finditer(brackets[0]) if not _ROMAN.fullmatch(match[1]))
    yield from (match[1] or match[2] for match in _EXPLAINED.finditer(text))


def _amid_capitals(text: str, match: re.Match[str]) -> bool:
    """Tell whether the word beside is in capitals too, and no abbreviation that is known: a title."""
    beside = (
        _LOUD_BEFORE.search(text, max(0, match.start() - 40), match.start()),
        _LOUD_AFTER.match(text, match.end()),
    )
    return any(word and word[1] not in KNOWN for word in beside)
