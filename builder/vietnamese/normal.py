"""Text as it was found comes in; the same text in normal form goes out, with every repair located.

The steps U1–U9 run in their order on each line that needs them; clean lines are only looked at once.
NFC alone does not mend a tone typed before its circumflex (``e`` + acute + circumflex), and NFKC would
turn ² into 2 and № into No: so reordering is done here, and NFKC never. Old encodings (TCVN3, VNI) must
have been converted before: there a soft hyphen is the letter ư.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from unicodedata import is_normalized, normalize

from builder.vietnamese.syllable import is_valid

if TYPE_CHECKING:
    from collections.abc import Callable


class Code(StrEnum):
    """What kind of thing was repaired, or was found and left."""

    INVISIBLE = "UNI_ZW"
    CONTROL = "UNI_CTRL"
    SPACE = "UNI_SPACE"
    COMPATIBILITY = "UNI_COMPAT"
    MARK = "UNI_MARK"
    TWO_TONES = "UNI_TONES"
    REORDER = "UNI_REORDER"
    NFC = "UNI_NFC"
    LOOKALIKE = "UNI_LOOKALIKE"
    UNREADABLE = "UNI_PRIVATE"


@dataclass(frozen=True, slots=True)
class Repair:
    """One change: where it stood in the text as found (from 1, in characters), what, and what now."""

    code: Code
    line: int
    column: int
    found: str
    became: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that looks damaged but is left as it is: a person must decide.

    ``UNI_CTRL`` and ``UNI_TONES`` (two tones on one letter) are errors, the others are warnings.
    """

    code: Code
    line: int
    column: int
    found: str


@dataclass(frozen=True, slots=True)
class Normalised:
    """The text in normal form, what was changed to get there, and what is still doubtful."""

    text: str
    repairs: tuple[Repair, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def counts(self) -> dict[Code, int]:
        """Count the repairs by code."""
        return dict(Counter(repair.code for repair in self.repairs))


@dataclass(frozen=True, slots=True)
class _Line:
    """One line on its way: ``columns`` says for each character where it stood in the line as found."""

    number: int
    text: str
    columns: tuple[int, ...]
    repairs: tuple[Repair, ...] = ()


def normalise(text: str) -> Normalised:
    r"""Bring text into normal form (NFC, plain spaces, nothing invisible), keeping its lines.

    Line ends become ``\n``; that alone is not counted as a repair. Normalising twice changes nothing.
    """
    if _is_clean(text):
        return Normalised(text)
    found = _LINE_END.split(text)
    lines = [_normal_line(number, line) for number, line in enumerate(found, start=1)]
    return Normalised(
        "\n".join(line.text for line in lines),
        tuple(repair for line in lines for repair in sorted(line.repairs, key=_column)),
        tuple(doubt for line in lines for doubt in _doubts(line)),
    )


def _is_clean(text: str) -> bool:
    """Tell in two quick looks that there is nothing to do; a foreign script gets a closer look."""
    return _SUSPECT.search(text) is None and is_normalized("NFC", text)


def _normal_line(number: int, text: str) -> _Line:
    line = _Line(number, text, tuple(range(1, len(text) + 1)))
    if _is_clean(text):
        return line
    for code, pattern, replace in _STEPS:
        line = _step(line, code, pattern, replace)
    return line


def _step(line: _Line, code: Code, pattern: re.Pattern[str], replace: Callable[[str], str]) -> _Line:
    """Replace each match of one step, and write down each that really changes."""
    text: list[str] = []
    columns: list[int] = []
    repairs: list[Repair] = []
    done = 0
    for match in pattern.finditer(line.text):
        found, became = match[0], replace(match[0])
        if found == became:
            continue
        start, end = match.span()
        text += line.text[done:start], became
        columns += line.columns[done:start]
        columns += (line.columns[min(start + i, end - 1)] for i in range(len(became)))
        repairs.append(Repair(code, line.number, line.columns[start], found, became))
        done = end
    if not repairs:
        return line
    text.append(line.text[done:])
    columns += line.columns[done:]
    return _Line(line.number, "".join(text), tuple(columns), (*line.repairs, *repairs))


def _doubts(line: _Line) -> list[Doubt]:
    """List what the steps left in a line but no careful typist would have written."""
    if _is_clean(line.text):
        return []
    found = [
        Doubt(code, line.number, line.columns[match.start()], match[0])
        for code, pattern in _LEFT
        for match in pattern.finditer(line.text)
        if code is not Code.LOOKALIKE or _is_lookalike(match[0])
    ]
    found += [
        Doubt(_kind_of_mark(match[0]), line.number, line.columns[match.start()], match[0])
        for match in _MARKED.finditer(line.text)
    ]
    return sorted(found, key=_column)


def _column(found: Repair | Doubt) -> int:
    return found.column


def _kind_of_mark(cluster: str) -> Code:
    """Tell two tones on one letter from any other mark: Vietnamese in NFC has no loose mark at all."""
    tones = sum(mark in _TONES for mark in normalize("NFD", cluster))
    return Code.TWO_TONES if tones > 1 else Code.MARK


# --- letters and marks ----------------------------------------------------------------------------

_LINE_END = re.compile(r"\r\n|\r|\n")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MODIFIERS = {"\u0302": "aeoAEO", "\u0306": "aA", "\u031b": "ouOU"}  # circumflex, breve, horn
_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\u212a\u212b"
_CLUSTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")
_MARKED = re.compile("[^\u0300-\u036f]?[\u0300-\u036f]+")
_LATIN_CLUSTER = re.compile(f"[{_LATIN}][\u0300-\u036f]+")
# Characters below U+0300 never compose with what stands before them: NFC may be done run by run.
_RUN = re.compile("[\x00-\u02ff]?[^\x00-\u02ff]+")
# Not before an unusual character: that may be a mark, and belong to the last letter.
_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*+)++(?![^\x00-\u02ff\u2010-\u203a])")


def _tone_last(cluster: str) -> str:
    """Move the tone of a letter behind its circumflex, breve or horn; leave two tones alone."""
    letters = normalize("NFD", cluster)
    letter, marks = letters[0], list(letters[1:])
    tones = [mark for mark in marks if mark in _TONES]
    modifiers = [mark for mark in marks if letter in _MODIFIERS.get(mark, "")]
    if len(tones) != 1 or len(modifiers) != 1:
        return cluster
    marks.remove(tones[0])
    marks.insert(marks.index(modifiers[0]) + 1, tones[0])
    mended = normalize("NFC", letter + "".join(marks))
    return cluster if mended == normalize("NFC", cluster) else mended


def _nfc(text: str) -> str:
    return normalize("NFC", text)


# --- lookalikes (U9) ------------------------------------------------------------------------------

_ETH = {"ð": "đ", "Ð": "Đ", "ɖ": "đ", "Ɖ": "Đ", "ƌ": "đ", "d\u0335": "đ", "D\u0335": "Đ"}
_ETH |= {"d\u0336": "đ", "D\u0336": "Đ"}
_OTHER_SCRIPT = str.maketrans(
    "аеорсухіАВЕКМНОРСТХονΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",  # Cyrillic and Greek
    "aeopcyxiABEKMHOPCTXovABEZHIKMNOPTYX",
)
_OTHER_MARKS = re.compile(f"[^\x00-\u02ff\u0370-\uffff{_TONES}{''.join(_MODIFIERS)}]")
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u04ff]")
# Letters that no orthography with eth, African d or tone-bearing plain vowels uses.
_ONLY_VIETNAMESE = re.compile("[âăêôơưÂĂÊÔƠƯ\u1ea0-\u1ebb\u1ebe-\u1ef1\u1ef4-\u1ef7]")
_VIETNAMESE_WORD = re.compile("[a-zA-ZàáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9]+")
_SHORT_WORD = 2


def _without_lookalikes(word: str) -> str:
    """Return the word as Vietnamese spells it when that is beyond doubt, else the word itself."""
    word = _dotted(_latin(word))
    if not _SUSPECT_LETTER.search(word):
        return word
    mended = _barred_d(word)
    if _is_of_a_name(mended):
        return mended
    mended = _short_a(mended)
    return mended if is_valid(mended) else word


def _short_a(word: str) -> str:
    """Write a breve for the caron of ǎ."""
    return _nfc(normalize("NFD", word).replace("a\u030c", "a\u0306").replace("A\u030c", "A\u0306"))


def _barred_d(word: str) -> str:
    """Write đ for a first letter that only looks like it."""
    for wrong, right in _ETH.items():
        if word.startswith(wrong):
            return right + word.removeprefix(wrong)
    return word


def _is_of_a_name(word: str) -> bool:
    """Tell whether a word is spelled as only Vietnamese spells, be it a syllable or not: ``Đắk``, ``Đăk``.

    Icelandic (ð), Ewe (ɖ) and linguists have letters like đ; none of them writes ả, ô or ư besides.
    """
    rest = word[1:]
    return word[0] in "đĐ" and bool(_VIETNAMESE_WORD.fullmatch(rest) and _ONLY_VIETNAMESE.search(rest))


def _latin(word: str) -> str:
    """Mend Cyrillic and Greek letters in a word that has Latin ones and needs no others.

    Two letters may be a formula (hν), unless they make a syllable or one of them is Vietnamese alone.
    """
    mended = word.translate(_OTHER_SCRIPT)
    if not _FOREIGN.search(word) or not re.search(f"[{_LATIN}]", word):
        return word
    if _FOREIGN.search(mended) or _OTHER_MARKS.search(mended):
        return word
    if len(word) <= _SHORT_WORD and not (is_valid(mended) or _ONLY_VIETNAMESE.search(mended)):
        return word
    return _nfc(_LATIN_CLUSTER.sub(lambda match: _tone_last(match[0]), mended))


def _dotted(word: str) -> str:
    """Put the dot back on a dotless i that bears a tone: Turkish has no such letter."""
    return _DOTLESS.sub(lambda match: _nfc("i" + match[0][1:]), word)


def _is_lookalike(word: str) -> bool:
    """Tell whether a word holds a letter that may stand for another, without any proof."""
    if _SUSPECT_LETTER.search(word):
        return True
    return bool(_MISTAKABLE.search(word) and re.search(f"[{_LATIN}]", word))


# All Cyrillic, but only the Greek letters that look Latin: μm and kΩ are units.
_MISTAKABLE = re.compile(f"[\u0400-\u04ff{''.join(map(chr, _OTHER_SCRIPT))}]")
_DOTLESS = re.compile(f"ı[{_TONES}]")
_SUSPECT_LETTER = re.compile("[ðÐɖƉƌǎǐǒǔěǍǏǑǓĚĕŏŭĔŎŬ]|[dD][\u0335\u0336]")

# --- the steps, in their order --------------------------------------------------------------------

_ZERO_WIDTH = "\u200b-\u200f\u2060\u180e\u202a-\u202e\u2066-\u2069"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
_OLD_MARKS = {"\u0340": "\u0300", "\u0341": "\u0301", "\u0343": "\u0313"}
_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


def _to(became: str) -> Callable[[str], str]:
    return lambda _found: became


def _by(table: dict[str, str]) -> Callable[[str], str]:
    return lambda found: "".join(table[character] for character in found)


_STEPS: tuple[tuple[Code, re.Pattern[str], Callable[[str], str]], ...] = (
    (Code.INVISIBLE, re.compile("\ufeff+"), _to("")),  # U1
    (Code.INVISIBLE, re.compile(f"[{_ZERO_WIDTH}]+"), _to("")),  # U2
    (Code.SPACE, re.compile("[\u2028\u2029\u0085\u000b]"), _to("\n")),  # U3
    (Code.SPACE, re.compile("[\u2007\u202f]"), _to("\u00a0")),
    (Code.SPACE, re.compile("[\u2000-\u2006\u2008-\u200a\u3000]"), _to(" ")),
    (Code.INVISIBLE, re.compile("\u00ad+"), _to("")),  # U4
    (Code.COMPATIBILITY, re.compile("[ﬀ-ﬄ]"), _by(_LIGATURES)),  # U5
    (Code.COMPATIBILITY, re.compile("[\uff01-\uff5e]+"), _by(_FULL_WIDTH)),
    (Code.COMPATIBILITY, re.compile("[\u0340\u0341\u0343]"), _by(_OLD_MARKS)),
    (  # U6: Greek keeps its perispomeni
        Code.MARK,
        re.compile(f"[{_LATIN}][\u0300-\u036f]*\u0342"),
        lambda found: found.replace("\u0342", "\u0303"),
    ),
    (Code.REORDER, _LATIN_CLUSTER, _tone_last),  # U7
    (Code.NFC, _CLUSTER, _nfc),  # U8: letter by letter for the report,
    (Code.NFC, _RUN, _nfc),  # then whatever else NFC knows
    (Code.LOOKALIKE, _WORD, _without_lookalikes),  # U9
)

_CONTROLS = "\x00-\x08\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
_VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
_LEFT: tuple[tuple[Code, re.Pattern[str]], ...] = (
    (Code.CONTROL, re.compile(f"[{_CONTROLS}]")),
    (Code.UNREADABLE, re.compile("[\ue000-\uf8ff\ufffd]")),
    # An apostrophe inside a word, after a vowel: a hook (ho’i for hỏi)? Quotation marks end words.
    (Code.MARK, re.compile(f"[{_VOWELS}](?:\u02f3|[\u02bc’](?=[{_LATIN}]))")),
    (Code.MARK, re.compile(f"[{_LATIN}][´ˋ˜ˊ]")),
    (Code.LOOKALIKE, _WORD),
)
_SUSPECT = re.compile(
    f"[{_CONTROLS}\r\x0b\x85\xad\ufeff{_ZERO_WIDTH}\u2028\u2029\u2007\u202f\u2000-\u200a\u3000"
    "\ufb00-\ufb04\uff01-\uff5e\u0300-\u036f\ue000-\uf8ff\ufffd"
    "ðÐɖƉƌǎǐǒǔěǍǏǑǓĚĕŏŭĔŎŬ´ˋ˜ˊ\u02f3\u02bc\u0370-\u03ff\u0400-\u04ff]"
    f"|[{_VOWELS}]’[{_LATIN}]",
)
