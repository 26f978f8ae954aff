"""Text whose UTF-8 was once read as Windows-1252 or Latin-1 comes in (``Nghá»‹``); the words it broke go out, mended.

Two or three characters in a row that are the bytes of one letter are no accident, so broken words are found one by one,
in the midst of sound ones, and as often as the text was misread. Windows-1252 knows no 81, 8D, 8F, 90 and 9D: where a
program dropped these bytes, ``Đ ọ ỏ ề ờ Á Í Ý`` are lost, and can only be guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, islice, product
from typing import TYPE_CHECKING
from unicodedata import normalize

from builder.vietnamese import syllable
from builder.vietnamese.legacy_tables import PUNCTUATION

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_MISREADINGS = 3
_MOST_HINTS = 3
_AS_WINDOWS = {ord(byte): character for byte, character in PUNCTUATION.items()}
_BYTES = {ord(character): byte for byte, character in PUNCTUATION.items()} | {ord("Ă"): "Ã"}  # Ă: Windows-1258
_TRAIL = "[\x80-\xbf" + "".join(PUNCTUATION.values()) + "]"
_CHAINS = f"(?:[\xc2-\xdfĂ]{_TRAIL}|[\xe0-\xef]{_TRAIL}{{2}}|[\xf0-\xf4]{_TRAIL}{{3}})+"
_LOST = {"á»": "ềọỏờỐ", "Ä": "Đ", "Ã": "àÁÍÝ", "â€": "”"}  # a fixed space, A0, is often a plain one afterwards
_CHAIN = re.compile(_CHAINS)
_LEFT = re.compile(f"(?P<found>á»|â€|[ÄÃ])[?\ufffd]?(?!{_TRAIL})")
_WORD = re.compile(f"(?:{_CHAINS}|{_LEFT.pattern.replace('?P<found>', '?:')}|[^\\W\\d_]|[\u0300-\u036f])+")
_LIKELY = re.compile(
    "[\x80-\u024f\u02c6\u02dc\u0300-\u0331\u1e00-\u1eff\u2010-\u2064\u20a0-\u20bf\u2100-\u22ff\u25a0-\u27bf\ufb00-\ufb04\ufeff]+"
)
# What sound text may hold by chance: a capital that a mark or a fixed space follows (“THỊ XÃ”), French marks («cá»…).
_CHANCE = re.compile("[ÃĂÂ][‘’“”„‚…–—‹›«»\xa0]|á»[…–—’”]")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Damage:
    """A broken word: ``start`` up to ``end``, and what it was.

    ``sound`` when what it became is spelled as Vietnamese; ``certain`` when it cannot have been written so on purpose;
    ``lost`` when bytes of it may be gone: then ``hints`` are the words it may have been.
    """

    start: int
    end: int
    became: str
    sound: bool
    certain: bool
    lost: bool = False
    hints: tuple[str, ...] = ()


def repaired(text: str) -> str:
    """Mend every letter that was taken apart into its bytes; all else stays. NFC."""
    return _mended(text, _misreadings(text))


def misread(text: str) -> str:
    """Return what becomes of a text whose UTF-8 is read as Windows-1252 (the five bytes it has not, as Latin-1)."""
    return text.encode().decode("latin-1").translate(_AS_WINDOWS)


def damage(text: str) -> tuple[Damage, ...]:
    """Find the broken words of a text, in their order."""
    if _CHAIN.search(text) is None and _LEFT.search(text) is None:
        return ()
    times = _misreadings(text)
    found = (_damage(match, times) for match in _WORD.finditer(text))
    return tuple(each for each in found if each)


def _misreadings(text: str) -> int:
    """Count how often a text was misread; at least once, as what is left may be chance."""
    times = 0
    while times < _MOST_MISREADINGS and any(map(_is_certain, _CHAIN.findall(text))):
        times, text = times + 1, _CHAIN.sub(_whole, text)
    return max(1, times)


def _mended(text: str, times: int) -> str:
    for _ in range(times):
        text = _CHAIN.sub(_whole, text)
    return normalize("NFC", text)


def _whole(match: re.Match[str]) -> str:
    """Read a chain of characters as the bytes of UTF-8; what makes no sense stays as it is."""
    try:
        became = match[0].translate(_BYTES).encode("latin-1").decode()
    except UnicodeError:
        return match[0]
    return became if _LIKELY.fullmatch(became) else match[0]


def _is_certain(chain: str) -> bool:
    return not _CHANCE.fullmatch(chain) and _CHAIN.sub(_whole, chain) != chain


def _damage(match: re.Match[str], times: int) -> Damage | None:
    """Judge one word. A capital Ã may be sound: whether it is, only the words around it tell."""
    found, became = match[0], _mended(match[0], times)
    left = _left(match[0], times)
    if left:
        hints = tuple(islice(_guesses(became), _MOST_HINTS))
        sound = left["found"] == "Ã" and _is_sound(became)
        return Damage(*match.span(), became, sound=sound, certain=False, lost=True, hints=hints)
    if became == normalize("NFC", found):
        return None
    certain = any(map(_is_certain, _CHAIN.findall(found)))
    return Damage(*match.span(), became, sound=_is_sound(became), certain=certain)


def _left(word: str, times: int) -> re.Match[str] | None:
    """Find what is left of a letter that lost bytes, the last time or before."""
    for _ in range(times):
        if left := _LEFT.search(_CHAIN.sub(" ", word)):
            return left
        word = _CHAIN.sub(_whole, word)
    return None


def _is_sound(word: str) -> bool:
    words = _LETTERS.findall(word)
    return all(syllable.is_valid(each) and (each.isupper() or each[1:] == each[1:].lower()) for each in words)


def _guesses(word: str) -> Iterator[str]:
    """Fill the gaps of a word in every way that makes a syllable."""
    parts, gaps = _LEFT.split(word)[::2], [_LOST[left["found"]] for left in _LEFT.finditer(word)]
    for letters in product(*gaps):
        guess = "".join(chain.from_iterable(zip(parts, (*letters, ""), strict=True)))
        if _is_sound(guess):
            yield guess
