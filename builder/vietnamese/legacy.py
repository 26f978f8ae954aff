"""Text in an old encoding comes in, its bytes read as Latin-1; the same text goes out in Unicode, and the way back.

TCVN3 (ABC), VNI, VISCII and VPS drew Vietnamese letters in fonts of their own, in place of Latin-1's: what was ``Nghị``
reads ``NghÞ`` without the font. Which encoding a text is in: ``detection``, or the name of its font.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING
from unicodedata import normalize

from builder.vietnamese import legacy_tables, mojibake, viqr
from builder.vietnamese.legacy_tables import PUNCTUATION

if TYPE_CHECKING:
    from collections.abc import Callable


class Encoding(StrEnum):
    """How Vietnamese was written down; ``MOJIBAKE`` is UTF-8 that was read as Windows-1252 or Latin-1."""

    UNICODE = "Unicode"
    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI"
    VISCII = "VISCII"
    VPS = "VPS"
    VIQR = "VIQR"
    CP1258 = "Windows-1258"
    MOJIBAKE = "mojibake"


def decode(text: str, encoding: Encoding) -> str:
    """Read text as an encoding; what the encoding has no letter for stays as it is.

    Args:
        text: a file's bytes read as Latin-1 (never as Windows-1252), or what was copied from a document: there curly
            quotes and dashes are themselves, and in VISCII and VPS the bytes they stand for.
        encoding: the one to read it as.

    Returns:
        Unicode in NFC. Bytes 80–9F that are no letters become the punctuation of Windows-1252.
    """
    return normalize("NFC", _DECODERS[encoding](text))


def encode(text: str, encoding: Encoding) -> str:
    """Write Unicode in an encoding, each byte a Latin-1 character: the way back, for tests.

    TCVN3 has no capitals with a tone: they become the capital letter and the small byte, as converters write them.
    Punctuation of Windows-1252 takes its byte where the encoding has no letter there.

    Raises:
        ValueError: for a character the encoding lacks, or whose byte it reads as something else (``§`` in TCVN3).
    """
    found = normalize("NFC", text)
    if encoding is Encoding.UNICODE:
        return found
    if encoding is Encoding.VIQR:
        return viqr.encode(found)
    if encoding is Encoding.MOJIBAKE:
        return mojibake.misread(found)
    return "".join(_code(character, encoding) for character in found)


def _code(character: str, encoding: Encoding) -> str:
    codes, taken = _CODES[encoding], _TAKEN[encoding]
    if character in codes:
        return codes[character]
    byte = _BYTES.get(character, character)
    if byte > "\xff" or byte in taken or character in PUNCTUATION:
        raise ValueError(f"{encoding} has no {character!r}")
    return byte


# --- letters of one or two bytes ------------------------------------------------------------------

_BYTES = {shown: byte for byte, shown in PUNCTUATION.items()}
_TO_BYTES = {ord(shown): byte for shown, byte in _BYTES.items()}
_TO_PUNCTUATION = {ord(byte): shown for byte, shown in PUNCTUATION.items()}


def _letters(codes: dict[str, str]) -> dict[str, str]:
    return {code: letter for letter, code in codes.items()}


def _either_case(letters: dict[str, str]) -> dict[str, str]:
    """Let the mark of a two-byte letter be of either case: ``Aø`` and ``AØ`` were both typed."""
    marked = {code[0] + code[1].swapcase(): letter for code, letter in letters.items() if len(code) > 1}
    return marked | letters


def _replacing(letters: dict[str, str]) -> Callable[[str], str]:
    """Return what replaces all codes of a text by their letters, two bytes before one."""
    pairs = [code for code in letters if len(code) > 1]
    ones = {ord(code): letter for code, letter in letters.items() if len(code) == 1}
    if not pairs:
        return lambda text: text.translate(ones)
    firsts, seconds = ("".join({code[at] for code in pairs}) for at in (0, 1))
    pattern = re.compile(f"[{firsts}][{seconds}]|[{''.join(map(chr, ones))}]")
    return lambda text: pattern.sub(lambda match: letters.get(match[0]) or match[0].translate(ones), text)


_FROM_TCVN3 = _replacing(legacy_tables.TCVN_CAPITALS | _letters(legacy_tables.TCVN3))
_FROM_VNI = _replacing(_either_case(legacy_tables.VNI_OTHER | _letters(legacy_tables.VNI)))
_FROM_VISCII = _replacing(_letters(legacy_tables.VISCII))
_FROM_VPS = _replacing(_letters(legacy_tables.VPS))
_FROM_CP1258 = str.maketrans(legacy_tables.CP1258)
_LOOSE_TONE = re.compile(f"[aăâeêioôơuưyAĂÂEÊIOÔƠUƯY][{''.join(legacy_tables.TCVN_MARKS)}]")


def _tcvn3(text: str) -> str:
    found = _FROM_TCVN3(text).translate(_TO_PUNCTUATION)
    found = _LOOSE_TONE.sub(lambda match: match[0][0] + legacy_tables.TCVN_MARKS[match[0][1]], found)
    return "\n".join(map(_with_capitals, normalize("NFC", found).split("\n")))


def _vni(text: str) -> str:
    return _FROM_VNI(text).translate(_TO_PUNCTUATION)


def _viscii(text: str) -> str:
    return _FROM_VISCII(text.translate(_TO_BYTES)).translate(_TO_PUNCTUATION)


def _vps(text: str) -> str:
    return _FROM_VPS(text.translate(_TO_BYTES)).translate(_TO_PUNCTUATION)


def _cp1258(text: str) -> str:
    return text.translate(_FROM_CP1258).translate(_TO_PUNCTUATION)


_DECODERS: dict[Encoding, Callable[[str], str]] = {
    Encoding.UNICODE: str,
    Encoding.TCVN3: _tcvn3,
    Encoding.VNI: _vni,
    Encoding.VISCII: _viscii,
    Encoding.VPS: _vps,
    Encoding.VIQR: viqr.decode,
    Encoding.CP1258: _cp1258,
    Encoding.MOJIBAKE: mojibake.repaired,
}


def _in_cp1258(letter: str) -> str:
    """Write a letter in one byte where Windows-1258 has it, else as its letter and its tone."""
    bytes_of = _letters(legacy_tables.CP1258)
    if letter in bytes_of or (letter <= "\xff" and letter not in legacy_tables.CP1258):
        return bytes_of.get(letter, letter)
    whole = normalize("NFD", letter)
    tone = next(mark for mark in whole if mark in bytes_of)
    return _in_cp1258(normalize("NFC", whole.replace(tone, ""))) + bytes_of[tone]


_CODES: dict[Encoding, dict[str, str]] = {
    Encoding.TCVN3: legacy_tables.TCVN3,
    Encoding.VNI: legacy_tables.VNI,
    Encoding.VISCII: legacy_tables.VISCII,
    Encoding.VPS: legacy_tables.VPS,
    Encoding.CP1258: {letter: _in_cp1258(letter) for letter in (*legacy_tables.TCVN3, "₫")},
}
_ASCII_LETTERS = set("aeiouyAEIOUY")
_TAKEN = {encoding: set("".join(codes.values())) - _ASCII_LETTERS for encoding, codes in _CODES.items()}
_TAKEN[Encoding.TCVN3] |= {*legacy_tables.TCVN_CAPITALS, *legacy_tables.TCVN_MARKS}
_TAKEN[Encoding.CP1258] |= {*legacy_tables.CP1258}

# --- capitals of TCVN3 ----------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]+")
_TONED = set("àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ")
_SURE_WORDS = 2


def _with_capitals(line: str) -> str:
    """Raise the letters that TCVN3 has no capital for where all others are capitals (``ĐảNG``).

    ``Lµ`` may be ``Là`` and ``LÀ``: it is raised in a line of capitals only.
    """
    words = _WORD.findall(line)
    sure = sum(map(_is_half_raised, words))
    if sure >= _SURE_WORDS and all(map(_may_be_capitals, words)):
        return line.upper()
    return _WORD.sub(lambda word: word[0].upper() if _is_half_raised(word[0]) else word[0], line) if sure else line


def _may_be_capitals(word: str) -> bool:
    return all(letter.isupper() or letter in _TONED for letter in word)


def _is_half_raised(word: str) -> bool:
    """Tell whether small letters that have no capital stand among more capitals than a first letter."""
    return not word.isupper() and _may_be_capitals(word) and any(letter.isupper() for letter in word[1:])


# --- fonts and PDF --------------------------------------------------------------------------------

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_FONTS = (
    (re.compile(r"\.VN|.*TCVN"), Encoding.TCVN3),
    (re.compile("VNI"), Encoding.VNI),
    (re.compile("VPS"), Encoding.VPS),
    (re.compile("VISCII|VI "), Encoding.VISCII),
)
_CAPITALS = re.compile(r"(?i:\.Vn).*H(?i:[ ,-]*(?:Bold|Italic|Oblique|Regular|Normal))*")
_PRIVATE = {0xF000 + byte: byte for byte in range(0x20, 0x100)}
_NEAR = r"[^\W\d_]|[\xa1-\xbf]"  # TCVN3 has letters from A1 up
_PDF = re.compile(f"(?<={_NEAR})[\u2212\u2219]|[\u2212\u2219](?={_NEAR})")


def font_encoding(font: str) -> Encoding | None:
    """Name of a font (``.VnTime``, ``ABCDEF+VNI-Times``) → the encoding of text set in it; None: it does not say."""
    name = _SUBSET.sub("", font).upper()
    return next((encoding for pattern, encoding in _FONTS if pattern.match(name)), None)


def font_is_capitals(font: str) -> bool:
    """Tell whether a TCVN3 font draws small letters as capitals (``.VnTimeH``): its text is to be raised."""
    return _CAPITALS.fullmatch(_SUBSET.sub("", font)) is not None


def unprivate(text: str) -> str:
    """Move what symbol fonts keep at U+F020–F0FF back to its byte; in text of an old encoding only."""
    return text.translate(_PRIVATE)


def from_pdf(text: str) -> str:
    """Give ư and ã of TCVN3 their bytes back, which PDF readers take for a minus sign and a dot (``n−íc``).

    Only beside a letter; in text of a TCVN3 font only.
    """
    return _PDF.sub(lambda match: "\xad" if match[0] == "\u2212" else "\xb7", text)
