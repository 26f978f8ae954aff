"""Words come in, keys go out: Vietnamese dictionary order, and the letter a word stands under in an index.

Letters a ă â b c d đ e ê …; tones ngang huyền hỏi ngã sắc nặng; small letters before capitals. Dictionaries
compare syllable by syllable (``ba, ba mẹ, bà, bà con``), catalogues whole strings (``ba, bà, ba mẹ, bà con``):
the one is ``key``, the other ``whole_key``. Both agree with ICU's ``vi`` on what they are.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import combining, normalize

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_BETWEEN_SYLLABLES = re.compile(r"[\s\-–]+")

# Rows of the first comparison: the space, then marks, digits, Vietnamese letters, other letters.
_SPACE, _MARK, _DIGIT, _LETTER, _FOREIGN = range(5)
_RANK = {letter: (_LETTER, place) for place, letter in enumerate(_ALPHABET)}


class Key(NamedTuple):
    """How a syllable or a string compares: first its letters, then its tones, then its capitals."""

    letters: tuple[tuple[int, int], ...]
    tones: tuple[int, ...]
    capitals: tuple[bool, ...]


def key(text: str) -> tuple[Key, ...]:
    """Return what to sort by in an index or a glossary: syllable by syllable; hyphens part syllables too."""
    return tuple(_key(syllable) for syllable in _BETWEEN_SYLLABLES.split(text) if syllable)


def whole_key(text: str) -> Key:
    """Return what to sort by in a catalogue: the tones count only when all letters are the same."""
    return _key(_BETWEEN_SYLLABLES.sub(" ", text).strip())


def index_head(word: str) -> str:
    """Name the letter a word stands under: ``ấp`` → ``Â``, ``“đảng”`` → ``Đ``; else ``#``."""
    first = next((character for character in normalize("NFC", word) if character.isalnum()), "#")
    return _letter(first)[0].upper() if first.isalpha() else "#"


def _key(text: str) -> Key:
    characters = [_letter(found) for found in normalize("NFC", text) if not combining(found)]
    return Key(
        tuple(_rank(letter) for letter, _ in characters),
        tuple(tone for _, tone in characters),
        tuple(letter != letter.lower() for letter, _ in characters),
    )


def _letter(character: str) -> tuple[str, int]:
    """Part a character into its letter and its tone: ``ấ`` → ``â``, 4. Marks we do not know fall off."""
    base, *marks = list(normalize("NFD", character))
    tone = next((_TONES[mark] for mark in marks if mark in _TONES), 0)
    with_marks = normalize("NFC", base + "".join(mark for mark in marks if mark not in _TONES))
    return (with_marks if with_marks.lower() in _RANK else base), tone


def _rank(letter: str) -> tuple[int, int]:
    small = letter.lower()
    if small in _RANK:
        return _RANK[small]
    if small.isspace():
        return _SPACE, 0
    kind = _FOREIGN if small.isalpha() else _DIGIT if small.isdecimal() else _MARK
    return kind, ord(small[0])
