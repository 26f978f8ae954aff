r"""Vietnamese in ASCII signs (VIQR, RFC 1456) comes in, ``Vie^.t Nam``; Unicode goes out; and the way back.

The signs are punctuation too. A full stop, question mark or apostrophe within a word is a tone; at its end RFC 1456
wants punctuation escaped (``ta\.``), but few writers did. So a text with such an escape is read by the letter, any
other by what stands around the sign.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from unicodedata import normalize

from builder.vietnamese import syllable, words

_TONES = {"`": "\u0300", "?": "\u0309", "~": "\u0303", "'": "\u0301", ".": "\u0323"}
_SHAPES = {"^": "\u0302", "(": "\u0306", "+": "\u031b"}
_MARKS = _TONES | _SHAPES
_SIGNS = {combining: sign for sign, combining in _MARKS.items()}
_ADDRESS = re.compile(r"\S*(?://|www\.|@)\S*")
_LETTER = re.compile(
    r"\\(?P<plain>[`?~'.^(+dD\\])"
    r"|(?<![aeiouy])(?P<d>d)[dD]|(?P<D>D)[dD]"
    r"|(?P<letter>[aeoAEO]\^|[aA]\(|[ouOU]\+|[aeiouyAEIOUY])(?P<tone>[`?~'.])?"
    r"|(?P<late>[aeoAEO][`?~'.]\^|[ouOU][`?~'.]\+)"
)
# Far more common than the word without the tone at the end of a sentence.
_WORDS = "ạ bị bộ cả chỉ chị chợ củ của cụ cự dự để độ hệ họ lạ lệ mẹ nhẹ nợ ở sợ sự tự vẻ vị vợ vụ"
_COMMON = frozenset(_WORDS.split())
_NEAR = 80  # characters before a word
_ESCAPED = re.compile(r"\\[?'.]")
_ALONE = re.compile(r"\s*\S+(?<!\.\.\.)\s*")  # a word by itself is no sentence: it has no full stop
_WORD = re.compile(r"\S+")
# A word, and at its end a sign that may be its tone or punctuation, and what closes after it.
_DOUBTED = re.compile(r"(?P<word>.*(?:[aeiouyAEIOUY]|[aeoAEO]\^|[aA]\(|[ouOU]\+))(?P<sign>[?'.])(?P<rest>[^\w\\]*)")
_LAST = re.compile(r"[^\W\d_]+$")
_OPENED = re.compile(r"(?<!\S)'")
_BESIDE = re.compile(r"(?P<d>[dD](?=[dDđĐ])|(?<=[dDđĐ])[dD])|.", re.DOTALL)
_AFTER = re.compile(r"\s+[^\w\s]*(?P<first>\w)\w*")


def decode(text: str) -> str:
    """VIQR → Unicode, NFC. Addresses (``www.``, ``@``) stay as they are."""
    by_letter = _ESCAPED.search(text) is not None or _ALONE.fullmatch(text) is not None
    return normalize("NFC", _WORD.sub(lambda word: _word(word, by_letter=by_letter), text))


def encode(text: str) -> str:
    """Unicode → VIQR, punctuation that could be read as a tone escaped.

    Raises:
        ValueError: for a character that is neither ASCII nor a Vietnamese letter, and for ``đ`` after a vowel (``ađ``),
            which is read as the ``dd`` of ``address``.
    """
    found = normalize("NFC", text)
    return _WORD.sub(lambda word: word[0] if _ADDRESS.fullmatch(word[0]) else _signed(word[0]), found)


def _word(word: re.Match[str], *, by_letter: bool) -> str:
    found = word[0]
    if _ADDRESS.fullmatch(found):
        return found
    doubted = None if by_letter else _DOUBTED.fullmatch(found)
    if doubted is None or _is_tone(doubted, word):
        return _letters(found)
    return _letters(doubted["word"]) + doubted["sign"] + _letters(doubted["rest"])


def _letters(found: str) -> str:
    return _LETTER.sub(_letter, found)


def _letter(match: re.Match[str]) -> str:
    if match["plain"]:
        return match["plain"]
    if match["d"] or match["D"]:
        return "đ" if match["d"] else "Đ"
    if match["late"]:
        late = match["late"]
        return late[0] + _SHAPES[late[2]] + _TONES[late[1]]
    letter = match["letter"]
    return letter[0] + _SHAPES.get(letter[1:], "") + _TONES.get(match["tone"], "")


def _is_tone(doubted: re.Match[str], word: re.Match[str]) -> bool:
    """Tell whether the sign at the end of a word is its tone."""
    bare = _LAST.search(normalize("NFC", _letters(doubted["word"])))
    toned = _LAST.search(normalize("NFC", _letters(doubted["word"] + doubted["sign"])))
    if toned is None or not syllable.is_valid(toned[0]):
        return False
    if bare is None or not syllable.is_valid(bare[0]):
        return True
    if doubted["sign"] == "'":
        return not _OPENED.search(_line_before(word) + doubted["word"])
    before = _LAST.search(normalize("NFC", _letters(_line_before(word).rstrip())))
    if before and _pair(before[0], toned[0]) != _pair(before[0], bare[0]):
        return _pair(before[0], toned[0])
    if toned[0].lower() in _COMMON:
        return True
    if doubted["rest"]:
        return doubted["rest"][0] in ",;:" or doubted["rest"] == "."
    return _goes_on(word)


def _pair(one: str, other: str) -> bool:
    """Tell whether two syllables stand side by side in a common word."""
    return (words.one_spelling(one), words.one_spelling(other)) in _pairs()


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    return frozenset(pair for word in words.heading_words() for pair in pairwise(word))


def _line_before(word: re.Match[str]) -> str:
    """Return what stands before a word on its line, of a long one the end."""
    text, start = word.string, word.start()
    return text[max(text.rfind("\n", 0, start) + 1, start - _NEAR) : start]


def _goes_on(word: re.Match[str]) -> bool:
    """Tell whether the sentence goes on after a word: with a small letter, in a name, or in capitals."""
    after = _AFTER.match(word.string, word.end())
    if after is None:
        return False
    if not after["first"].isupper():
        return True
    both = word[0] + after[0]
    return both.upper() == both or (word[0][0].isupper() and "\n" not in after[0])


def _signed(word: str) -> str:
    """Write one word in signs."""
    parts: list[str] = []
    before = ""  # the last letter and its signs
    for character, around in zip(word, _around(word), strict=True):
        letters = _apart(character)
        if character == "đ" and before in tuple("aeiouy"):
            raise ValueError(f"VIQR cannot write {word!r}")
        if character == "\\" or (character in _MARKS and _could_follow(character, before)) or around:
            parts.append("\\")
        parts.append(letters)
        before = letters
    return "".join(parts)


def _around(word: str) -> list[bool]:
    """Tell of each character whether it is a d beside another, which would be read as đ."""
    return [bool(match["d"]) for match in _BESIDE.finditer(word)]


def _apart(character: str) -> str:
    """A letter → it and its signs, the tone last.

    Raises:
        ValueError: when VIQR has none for it.
    """
    if character in "đĐ":
        return "dd" if character == "đ" else "DD"
    parts = normalize("NFD", character)
    letter, marks = parts[0], parts[1:]
    signs = sorted((_SIGNS.get(mark, "") for mark in marks), key=lambda sign: sign in _TONES)
    if not letter.isascii() or not all(signs) or (marks and letter not in "aeiouyAEIOUY"):
        raise ValueError(f"VIQR has no {character!r}")
    return letter + "".join(signs)


def _could_follow(sign: str, before: str) -> bool:
    """Tell whether a sign after a letter would be read as part of it."""
    if not before or before[0] not in "aeiouyAEIOUY":
        return False
    return not (sign in _TONES and before[-1] in _TONES)
