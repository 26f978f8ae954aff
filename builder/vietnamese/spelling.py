"""A paragraph comes in; the words in it that no Vietnamese syllable spells go out, with what they may have been.

A word is judged only where Vietnamese is written: it has a Vietnamese letter, or its neighbours have. Names of other
peoples, loan words, abbreviations, identifiers and addresses are let pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from builder.vietnamese import loans, syllable, typing
from builder.vietnamese.findings import Finding
from builder.vietnamese.syllable import NANG, SAC, Verdict
from builder.vietnamese.words import heading_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST = 3  # suggestions

_CHUNK = re.compile(r"[^\s\ufffc]+")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
# An address, a number, a code: nothing in it is a word of running text.
_NO_WORDS = re.compile(r"[\d@_\\=#]|://|www\.|[^\W_]\.[^\W_]{2,}")
_TRANSLITERATED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_SLASHED = re.compile(r"[^\W\d_]{1,3}/[^\W\d_]{1,4}")
_FOREIGN_LETTER = re.compile("[^a-zàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ’']")
_DIACRITIC = re.compile("[^a-z’']")
_TONED_CAPITAL = re.compile("[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĨŨƠƯẠ-Ỹ]")


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of the text; ``foreign`` when it must not be judged, ``plain`` when it has no letter of its own script."""

    word: str
    start: int
    foreign: bool = False

    @property
    def small(self) -> str:
        return self.word.lower()

    @property
    def plain(self) -> bool:
        return self.word.isascii()

    @property
    def valid(self) -> bool:
        return syllable.is_valid(self.word)


def findings(text: str) -> tuple[Finding, ...]:
    """Judge every word of a paragraph.

    Returns:
        ``SYL_MISPLACED`` with the mend, ``TONE_STOP`` and ``SYL_INVALID`` with suggestions, in order of place.
    """
    tokens = tuple(_tokens(text))
    found = (_judged(tokens, number) for number, token in enumerate(tokens) if not (token.foreign or token.valid))
    return tuple(finding for finding in found if finding)


def suggestions(word: str, most: int = MOST) -> tuple[str, ...]:
    """Return the syllables a word may have been meant to be, the likeliest first."""
    cased = _case_of(word)
    return tuple(cased(better) for better in _suggestions(word.lower())[:most])


# --- which words are judged -----------------------------------------------------------------------


def _tokens(text: str) -> Iterator[_Token]:
    for chunk in _CHUNK.finditer(text):
        if chunk[0].isalpha():  # most are
            yield _Token(chunk[0], chunk.start(), _let_pass(chunk[0]))
            continue
        inside = chunk[0].strip(".,;:!?…()[]{}“”‘’\"'«»–—-")
        foreign = bool(_NO_WORDS.search(inside) or _SLASHED.fullmatch(inside) or _is_name(inside))
        for match in _WORD.finditer(chunk[0]):
            yield _Token(match[0], chunk.start() + match.start(), foreign or _let_pass(match[0]))


def _is_name(chunk: str) -> bool:
    """Tell whether a hyphened word is a transliterated name: ``Lê-nin``, ``Mát-xcơ-va``."""
    return bool(_TRANSLITERATED.fullmatch(chunk)) and (chunk[0].isupper() or chunk.lower() in loans.HYPHENED)


@lru_cache(maxsize=30_000)
def _let_pass(word: str) -> bool:
    small = word.lower()
    if len(word) == 1 or small in loans.ALLOWED or "’" in word or "'" in word:
        return True
    if word.isupper():
        return not _TONED_CAPITAL.search(word)  # UBND, HĐND, XIII
    return word[1:] != small[1:] or bool(_FOREIGN_LETTER.search(small))


def _judged(tokens: tuple[_Token, ...], number: int) -> Finding | None:
    token = tokens[number]
    end = token.start + len(token.word)
    if syllable.verdict(token.word) is Verdict.MISPLACED:
        return Finding("SYL_MISPLACED", token.start, end, syllable.well_placed(token.word))
    if token.plain and not _amid_vietnamese(tokens, number):
        return None
    parsed = syllable.parse(token.word)
    if parsed and parsed.stopped:
        return Finding("TONE_STOP", token.start, end, None, _with_stop_tones(token.word))
    if token.plain and token.word[0].isupper():  # a name
        return None
    return Finding("SYL_INVALID", token.start, end, None, suggestions(token.word))


def _amid_vietnamese(tokens: tuple[_Token, ...], number: int) -> bool:
    """Tell whether the words on both sides are Vietnamese: two strangers side by side are another language."""
    beside = [tokens[place] for place in (number - 1, number + 1) if 0 <= place < len(tokens)]
    return bool(beside) and all(each.valid for each in beside) and any(not each.plain for each in beside)


# --- what they may have been ----------------------------------------------------------------------


def _with_stop_tones(word: str) -> tuple[str, ...]:
    toned = [syllable.toned(word, tone) for tone in (SAC, NANG)]
    return tuple(sorted(toned, key=lambda better: better.lower() not in _common()))


@cache
def _common() -> frozenset[str]:
    """Return the syllables most often met: those of particles and of the words of headings."""
    headings = (part for word in heading_words() for part in word)
    return frozenset(_COMMON.split()) | frozenset(headings)


@lru_cache(maxsize=4096)
def _suggestions(small: str) -> tuple[str, ...]:
    ranked: dict[str, int] = {}
    for rank, better in chain(_decoded(small), _split(small), _changes(small)):
        if rank < ranked.get(better, _FAR) and (" " in better or syllable.is_valid(better)):
            ranked[better] = rank
    return tuple(sorted(ranked, key=lambda better: (ranked[better], better not in _common(), better)))


def _decoded(small: str) -> Iterator[tuple[int, str]]:
    """Yield what typed keys stand for: ``dduowcj`` → ``được``."""
    for better in (typing.telex(small), typing.vni(small)):
        if better != small and _DIACRITIC.search(better):
            yield 0, better


def _split(small: str) -> Iterator[tuple[int, str]]:
    """Yield two syllables that ran into one; the second has its consonant, or every long word would be two."""
    for at in range(2, len(small) - 1):
        first, second = small[:at], small[at:]
        if syllable.is_valid(first) and syllable.is_valid(second) and second[0] not in _BARE:
            yield 4, f"{first} {second}"


def _changes(small: str) -> Iterator[tuple[int, str]]:
    """Yield what is one change away: a tone or a mark, then a doubled or swapped letter, then any other."""
    for at, letter in enumerate(small):
        before, after = small[:at], small[at + 1 :]
        for other in _MARKED_ALIKE.get("d" if letter == "đ" else _BARE.get(letter, letter), ()):
            yield _distance(letter, other), before + other + after
        yield (2 if at and letter == small[at - 1] else 5), before + after
        if after:
            yield 4, before + after[0] + letter + after[1:]
        for other in _ALPHABET:
            yield 6, before + other + after
            yield 7, before + other + letter + after
    for other in _ALPHABET:
        yield 7, small + other


def _distance(letter: str, other: str) -> int:
    """Rank how one marked letter becomes another: a mark is missing, the tone or the mark differs, both do."""
    (mark, tone), (other_mark, other_tone) = map(syllable.letter_and_tone, (letter, other))
    if tone == other_tone and mark in _MARKED_ALIKE:
        return 1
    return 2 if mark == other_mark or tone == other_tone else 3


def _case_of(word: str) -> Callable[[str], str]:
    """Return what gives a suggestion the capitals of the word."""
    if word.isupper() and len(word) > 1:
        return str.upper
    return _capitalised if word[:1].isupper() else str


def _capitalised(word: str) -> str:
    return word[:1].upper() + word[1:]


_FAR: Final = 99
_MARKED_ALIKE: Final = {
    "a": "aàảãáạăằẳẵắặâầẩẫấậ",
    "e": "eèẻẽéẹêềểễếệ",
    "i": "iìỉĩíị",
    "o": "oòỏõóọôồổỗốộơờởỡớợ",
    "u": "uùủũúụưừửữứự",
    "y": "yỳỷỹýỵ",
    "d": "dđ",
}
_ALPHABET: Final = "bcdđghklmnpqrstvx" + "".join(_MARKED_ALIKE[vowel] for vowel in "aeiouy")
_COMMON: Final = """
là và của có được các những một cho với trong không người này đó khi đã đang sẽ để về từ tại theo do bởi nhưng mà thì ở
đến phải như cùng nên hoặc vì nếu cũng vẫn còn rất hơn nhất mỗi mọi ra vào lên xuống lại nhiều ít việc làm nước đất nhà
đường trường năm tháng ngày giờ số lớn nhỏ mới cũ tốt đẹp biết nói nghe học viết đọc hỏi đáp gặp giúp đặt mặt trước sau
trên dưới giữa ngoài bên thực tục cực lực mức bậc các khác đặc mặc lắc bắc tắc chắc nhắc thúc chức sức bước được trước
thuộc cuộc buộc quốc tích ích dịch lịch khích sách cách mạch sạch hạch phát đạt đất mất nhất thật chặt mật luật xuất
tiết kết hết biết viết việt đoạt hoạt loạt suốt một tốt bớt cấp tập lập gấp thấp khắp nắp đắp áp pháp tháp kịp nhịp tiếp
hợp lớp góp họp cụp đường ương hướng thưởng trưởng lượng dượng xưởng phường nguyễn quyết thiết điểm điều kiện thiện
"""
_BARE: Final = {letter: bare for bare, alike in _MARKED_ALIKE.items() for letter in alike if bare != "d"}
