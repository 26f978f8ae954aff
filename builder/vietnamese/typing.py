"""Keys that were typed while the input method was off come in; the word they stand for goes out.

Telex doubles letters and ends with s f r x j (``dduowcj``), VNI uses figures (``d9u7o7c5``); both → ``được``.
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

from builder.vietnamese import syllable

_TELEX: Final = (("dd", "đ"), ("aa", "â"), ("ee", "ê"), ("oo", "ô"), ("aw", "ă"), ("ow", "ơ"), ("uw", "ư"))
_TELEX_TONES: Final = {"f": 1, "r": 2, "x": 3, "s": 4, "j": 5}
_VNI_TONES: Final = {"2": 1, "3": 2, "4": 3, "1": 4, "5": 5}
_VNI_MARKS: Final = {"6": "\u0302", "7": "\u031b", "8": "\u0306"}
_MARKED: Final = {"6": "aeo", "7": "uo", "8": "a"}


def telex(word: str) -> str:
    """Read a small-letter word as Telex; a word that spells nothing so comes back as it is."""
    vowel = re.search("[aeiouy]", word)
    tones = [letter for letter in word[vowel.end() :] if letter in _TELEX_TONES] if vowel else []
    for tone in [*dict.fromkeys(tones), ""]:
        bare = _without_last(word, tone) if tone else word
        for better in _telex_letters(bare):
            placed = syllable.toned(better, _TELEX_TONES.get(tone, 0))
            if syllable.is_valid(placed):
                return placed
    return word


def _telex_letters(bare: str) -> tuple[str, ...]:
    """Return the readings of the letters: ``uow`` is ``ươ``, and a ``w`` or a second vowel may stand at the end."""
    written = re.sub("u(o)w|uw?ow", "ươ", bare)
    for keys, letter in _TELEX:
        written = written.replace(keys, letter)
    late = written
    if late.endswith("w"):
        late = re.sub("uo(?=[a-z]*w$)|ua(?=w$)", lambda match: "ươ" if match[0] == "uo" else "ưa", late)[:-1]
    return written, late, *_late_vowels(written)


def _late_vowels(written: str) -> tuple[str, ...]:
    """Return the reading in which a vowel typed again at the end is a circumflex on the first: ``diene`` → ``diên``."""
    last = written[-1:]
    at = written.find(last)
    if last not in ("a", "e", "o") or at in (-1, len(written) - 1):
        return ()
    return (written[:at] + normalize("NFC", last + "\u0302") + written[at + 1 : -1],)


def vni(word: str) -> str:
    """Read a small-letter word as VNI: ``d9u7o7c5`` → ``được``."""
    letters: list[str] = []
    tone = 0
    for key in word:
        if key in _VNI_TONES:
            tone = _VNI_TONES[key]
        elif key == "9":
            letters = ["đ" if letter == "d" else letter for letter in letters]
        elif key in _VNI_MARKS:
            at = next((at for at in range(len(letters) - 1, -1, -1) if letters[at] in _MARKED[key]), None)
            if at is not None:
                letters[at] = normalize("NFC", letters[at] + _VNI_MARKS[key])
        else:
            letters.append(key)
    return syllable.toned("".join(letters), tone) if tone else "".join(letters)


def _without_last(word: str, letter: str) -> str:
    at = word.rindex(letter)
    return word[:at] + word[at + 1 :]
