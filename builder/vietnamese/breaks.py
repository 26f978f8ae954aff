"""Running text comes in; the same text goes out with no-break spaces, and with what must stay on one line marked.

Vietnamese may be broken at any space, inside compounds too. Only pairs are kept together: label and number,
number and unit, title and name, a dash and what stands before it; longer chains tear holes into justified
lines. Identifiers (``36-HD/VPTW``, ``đ/c``, ``Lê-nin``) keep their characters, so that a reader's search
finds them: they are marked for ``<span class="nb">``. Pass a run through ``last_word`` or ``glue_heading``
first, if it is one, then through ``pieces``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.vietnamese import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NBSP = "\u00a0"
LONGEST_UNIT = 12  # characters; measured: longer ones make lines looser than twice the natural space
LONGEST_HEADING_UNIT = 18
LONGEST_LAST_WORD = 6
SHORTEST_PARAGRAPH = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text; ``nb`` when it must not be broken although its characters would allow it."""

    text: str
    nb: bool = False


def pieces(text: str) -> tuple[Piece, ...]:
    """Join the pairs of one run of running text and mark its identifiers.

    Joined again, the pieces are the text with some spaces turned into U+00A0. Addresses are left alone.
    """
    spaced = _join_pairs(text)
    if not _MAY_BE_KEPT.search(text):
        return (Piece(spaced),) if spaced else ()
    parts: list[Piece] = []
    done = 0
    for match in _KEPT.finditer(spaced):
        if match.lastgroup == "address":
            continue
        parts += [Piece(spaced[done : match.start()]), Piece(match[0], nb=True)]
        done = match.end()
    parts.append(Piece(spaced[done:]))
    return tuple(part for part in parts if part.text)


def last_word(text: str, paragraph: int | None = None) -> str:
    """Keep a short last word from standing alone on the last line.

    Args:
        text: the last run of a paragraph.
        paragraph: characters of the whole paragraph, when it has other runs; short ones are left alone.
    """
    trimmed = text.rstrip()
    before, space, last = trimmed.rpartition(" ")
    length = len(text) if paragraph is None else paragraph
    if not space or length <= SHORTEST_PARAGRAPH or len(_bare(last)) > LONGEST_LAST_WORD:
        return text
    return _join(text, len(before), LONGEST_UNIT)


def glue_heading(text: str, longest: int = LONGEST_HEADING_UNIT) -> str:
    """Keep the syllables of the listed words (``words.py``) together, in titles and headings only.

    ``longest`` is the characters that may be kept on one line.
    """
    syllables = [(match.start(), match.end()) for match in re.finditer(r"\w+", text)]
    at = 0
    while at < len(syllables):
        length = _word_length(text, syllables[at : at + words.longest_word()])
        for _, end in syllables[at : at + length - 1]:
            text = _join(text, end, longest)
        at += length
    return text


def balance(text: str, width_of: Callable[[str], float], measure: float) -> tuple[str, ...]:
    """Break a title into the fewest lines that fit, and those as equal in width as they can be.

    Args:
        text: the title; lines are broken at plain spaces only.
        width_of: the width of a line, in the unit of ``measure``.
        measure: the widest a line may be. A word wider than that gets a line of its own.
    """
    parts = [part for part in text.split(" ") if part]
    # best[end]: (lines, sum of squared widths, where the last line starts). The sum of the widths
    # hardly changes with the breaks, so the least sum of squares has the least different widths.
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, len(parts) + 1):
        best.append(min(_last_lines(parts[:end], best, width_of, measure), key=_worth))
    lines: list[str] = []
    end = len(parts)
    while end:
        start = best[end][2]
        lines.append(" ".join(parts[start:end]))
        end = start
    return tuple(reversed(lines))


def _last_lines(
    parts: list[str], best: list[tuple[int, float, int]], width_of: Callable[[str], float], measure: float
) -> Iterator[tuple[int, float, int]]:
    """Offer every last line that these parts could end with, shortest first."""
    for start in range(len(parts) - 1, -1, -1):
        width = width_of(" ".join(parts[start:]))
        if width > measure and start < len(parts) - 1:
            return
        lines, squares, _ = best[start]
        yield lines + 1, squares + width * width, start


def _worth(lines: tuple[int, float, int]) -> tuple[int, float, int]:
    """Rank ways to break: fewer lines, then more equal ones, then a shorter last line."""
    count, squares, start = lines
    return count, squares, -start


def _word_length(text: str, syllables: list[tuple[int, int]]) -> int:
    """Count the syllables of the longest listed word that begins here: 1 when there is none."""
    for length in range(len(syllables), 1, -1):
        written = text[syllables[0][0] : syllables[length - 1][1]]
        word = tuple(map(words.one_spelling, written.replace(NBSP, " ").split(" ")))
        if len(written) <= LONGEST_HEADING_UNIT and word in words.heading_words():
            return length
    return 1


# --- joining --------------------------------------------------------------------------------------


def _join_pairs(text: str) -> str:
    """Apply N1–N11 in the order of their importance: an earlier pair may leave no room for a later."""
    letters = set(text)
    kept = _KEPT.finditer(text) if _MAY_BE_KEPT.search(text) else ()
    addresses = [match.span() for match in kept if match.lastgroup == "address"]
    for needed, pattern, longest in _PAIRS:
        if letters.isdisjoint(needed):
            continue
        for match in pattern.finditer(text):
            for at in map(match.start, range(1, pattern.groups + 1)):
                if not any(start <= at < end for start, end in addresses):
                    text = _join(text, at, longest)
    return text


def _join(text: str, at: int, longest: int) -> str:
    """Turn the space at a place into U+00A0 unless the unit would become too long; 0: never too long."""
    if text[at] != " ":
        return text
    joined = text[:at] + NBSP + text[at + 1 :]
    before, after = re.split("[ \n\t]", joined[:at])[-1], re.split("[ \n\t]", joined[at:])[0]
    return text if longest and len(_bare(before + after)) > longest else joined


def _bare(unit: str) -> str:
    """Leave off the punctuation around a unit: it does not count against its length."""
    return unit.strip(f".,;:!?…()[]“”‘’\"'-–—{NBSP}")


# --- the pairs ------------------------------------------------------------------------------------

_CAPITAL = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA, 2)))
_A_NUMBER = r"(?=[0-9]|[IVXLC]+(?!\w))"
_LABEL = (
    "phần|chương|mục|điều|khoản|phụ[ \u00a0]lục|bảng|hình|biểu|mẫu|tập|trang|tr\\.|t\\.|số|khóa|khoá|lần|"
    "quý|ngày|tháng|năm|thế[ \u00a0]k[ỷỉ]|quận|phường|tổ|bài|câu"
)
_ORDINAL = "nhất|nhì|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín|mười"
_MULTIPLE = "t[ỷỉ](?! (?:lệ|suất|trọng|giá))|triệu|nghìn|ngàn"
_UNIT = (
    "°C|km²|km2|km|m²|m2|m³|m3|cm|mm|m|ha|kg|g|tấn|tạ|yến|lít|giờ|phút|giây|người|hộ|đồng(?! (?:chí|thời|bộ|bào))|VNĐ|đ"
)
_TITLE = r"(?:(?:TP|TX|Nxb|NXB|PGS|GS|TSKH|TS|ThS|BS)\.?|[QP]\.)"
_ADDRESS = "(?i:ông|bà|đ/c|đồng[ \u00a0]chí)"
_NO_LABEL = "".join(f"(?<!{label}[ \u00a0])" for label in ("ần", "ương", "ục", "óa", "oá", "thứ", "uý", "iều", "ỷ"))
_LIST_LABEL = r"[-–—+•*]|[0-9]+(?:\.[0-9]+)*[.)-]|[0-9]+(?:\.[0-9]+)+|[a-zđ][.)-]|[IVXL]+(?:\.|\)|-)"

_FIGURES, _DASHES, _SPACE = "0123456789", "-–—", " "
_COUNTED = f"{_FIGURES}IVXLC"
_OF_TITLES = "PXSxQ"

# Letters of which a text must hold one for the pattern to be worth a look; the pattern, in which every group is a space
# to keep; how long the unit may become (0: however long).
_PAIRS: tuple[tuple[str, re.Pattern[str], int], ...] = (
    (_DASHES, re.compile(r"(?<![0-9])[0-9]{4}( )[-–—]( )(?=[0-9]{4}(?![0-9]))"), 0),  # N9 2021·-·2025
    (_COUNTED, re.compile(rf"(?<!\w)(?i:{_LABEL})( ){_A_NUMBER}"), LONGEST_UNIT),  # N1, N5 Điều·5, tháng·4
    (  # N2 điểm·đ, but not "điểm y tế"
        "ểỂ",
        re.compile(r"(?<!\w)(?i:điểm)( )(?=(?!y tế)[abcdđeghiklmnopqrstuvxy](?!\w))"),
        LONGEST_UNIT,
    ),
    ("ứỨ", re.compile(rf"(?<!\w)(?i:thứ)( )(?:{_A_NUMBER}|(?=(?i:{_ORDINAL})(?!\w)))"), LONGEST_UNIT),  # N3
    (_FIGURES, re.compile(rf"(?<=[0-9])( )(?=[%‰]|(?:{_MULTIPLE}|{_UNIT})(?!\w))"), LONGEST_UNIT),  # N4 30·ha
    (_FIGURES, re.compile(rf"[0-9][ \u00a0](?:{_MULTIPLE})( )(?=(?:{_UNIT})(?!\w))"), LONGEST_UNIT),
    (_OF_TITLES, re.compile(rf"(?<!\w){_TITLE}( )(?!{_TITLE})(?=[{_CAPITAL}])"), LONGEST_UNIT),  # N6 TS.·Nguyễn
    ("gGàÀcCíÍ", re.compile(rf"(?<!\w){_ADDRESS}( )(?=[{_CAPITAL}])"), LONGEST_UNIT),  # đ/c·Nam
    (_OF_TITLES, re.compile(rf"(?<!\w){_TITLE}( )(?={_TITLE})"), LONGEST_UNIT),  # PGS.·TS.
    (
        ".",
        re.compile(rf"(?<!\w)(?=[{_CAPITAL}]){_NO_LABEL}[{_CAPITAL}][a-z]?\.( )(?=[{_CAPITAL}])"),
        LONGEST_UNIT,
    ),  # N7
    (_DASHES, re.compile(r"(?<![ \n])( )(?=[-–—](?: |$))"), LONGEST_UNIT),  # N8 kinh tế·- xã hội
    (_SPACE, re.compile(rf"^(?:{_LIST_LABEL})( )(?=\S)"), LONGEST_UNIT),  # N10 a)·
    (".", re.compile(r"( )(?=v\.[ ]?v)"), LONGEST_UNIT),  # N11 an ninh,·v.v.
)

# --- what is kept on one line, and what is never touched ------------------------------------------

_MAY_BE_KEPT = re.compile(r"[/@–—-]|\.\w")  # every one of those below has such a sign
_KEPT = re.compile(
    rf"""
    (?P<address>
        (?:https?://|www\.|mailto:)\S+
      | (?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+
      | (?<![\w.-])(?:[a-z0-9-]+\.)+(?:vn|com|org|net|info|edu|gov)(?!\w)(?:/\S*)?
    )
  | (?P<identifier>
        (?<![\w/])[0-9]+[a-z]?/(?:[0-9]{{4}}/)?[A-ZĐ][\w-]*(?:/[A-ZĐ][\w-]*)*  # 30/2020/NĐ-CP
      | (?<![\w/])[0-9]+-[A-ZĐ][\w-]*/[A-ZĐ]\w*(?:[.-]\w+)*  # 36-HD/VPTW
      | (?<![\w/])[^\W\d_]{{1,3}}/[^\W\d_]{{1,4}}(?![\w/])  # đ/c, T/M, km/giờ
      | (?<![\w-])(?=[\w-]{{1,24}}(?![\w-]))[{_CAPITAL}]\w*(?:-\w+)+  # Mát-xcơ-va
      | (?<!\w)[0-9]+(?:[.,/][0-9]+)*[–—][0-9]+(?:[.,/][0-9]+)*  # 2021–2025
      | (?<![0-9])[0-9]{{4}}{NBSP}[-–—]{NBSP}[0-9]{{4}}(?![0-9])  # 2021 - 2025: a hyphen breaks before a no-break space
      | (?<!\w)[IVXLC]+[–—][IVXLC]+(?!\w)
    )
    """,
    re.VERBOSE,
)
