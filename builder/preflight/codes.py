"""A ToUnicode map or an encoding comes in; the words its codes stand for go out (ISO 32000-1, 9.6.6 and 9.10)."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from builder.pdf import objects
from builder.preflight.streams import TooLarge, Unreadable, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LARGEST = 4_000_000
MOST = 70_000  # codes of a map, those said twice counted twice: all of the first Unicode plane
_LONGEST = 8  # hexadecimal digits of a code: four bytes
_MOST_WORDS = 256  # hexadecimal digits of what one code stands for: sixty-four letters
# What is opened and not closed goes to the end, so that no byte is read twice.
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)(?:end\1|\Z)", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[([^\]]*)(?:\]|\Z))")
_STRING = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_TABLES = {"WinAnsiEncoding": "cp1252", "MacRomanEncoding": "mac_roman", "PDFDocEncoding": "cp1252"}
_GLYPH_NAMES = {"space": " ", "hyphen": "-", "period": ".", "comma": ",", "dcroat": "đ", "Dcroat": "Đ"}


def to_unicode(stream: object) -> Mapping[int, str] | None:
    """Read a ToUnicode map: code → words; nothing when there is none that can be read."""
    try:
        data = unpacked(stream, LARGEST)
    except (Unreadable, TooLarge):
        return None
    return dict(islice(_mapped(data), MOST))


def _mapped(data: bytes) -> Iterator[tuple[int, str]]:
    for block in _BLOCK.finditer(data):
        yield from _pairs(block[2]) if block[1] == b"bfchar" else _ranges(block[2])


def _pairs(block: bytes) -> Iterator[tuple[int, str]]:
    for pair in _PAIR.finditer(block):
        yield _code(pair[1]), _words(pair[2])


def _ranges(block: bytes) -> Iterator[tuple[int, str]]:
    for low, high, first, listed in (found.groups() for found in _RANGE.finditer(block)):
        start, end = _code(low), _code(high)
        if listed:
            yield from ((start + step, _words(each[1])) for step, each in enumerate(_STRING.finditer(listed)))
            continue
        words = _words(first or b"")
        for step in range(min(end - start + 1, MOST) if words else 0):
            yield start + step, words[:-1] + chr(min(ord(words[-1]) + step, 0x10FFFF))


def _code(digits: bytes) -> int:
    return int(b"".join(digits.split())[:_LONGEST] or b"0", 16)


def _words(digits: bytes) -> str:
    packed = b"".join(digits.split())[:_MOST_WORDS]
    return bytes.fromhex((packed + b"0" * (len(packed) % 2)).decode("ascii")).decode("utf-16-be", "replace")


def encoding(value: object) -> tuple[str, Mapping[int, str]]:
    """Read the encoding of a simple font: the name of its table, and code → glyph name of what differs from it."""
    if called := objects.name(value):
        return called, {}
    names: dict[int, str] = {}
    code = 0
    for each in objects.members(objects.get(value, "/Differences")):
        if glyph := objects.name(each):
            names[code] = glyph
            code += 1
        else:
            code = int(objects.number(each, code))
    return objects.name(objects.get(value, "/BaseEncoding")), names


def letter(code: int, table: str, names: Mapping[int, str]) -> str:
    """Return the letter a code of a simple font stands for; nothing when that cannot be told."""
    if code in names:
        return _of_glyph(names[code])
    return bytes([code & 0xFF]).decode(_TABLES.get(table, "cp1252"), "ignore")


def _of_glyph(glyph: str) -> str:
    bare = glyph.partition(".")[0]
    if len(bare) == 1:
        return bare
    if found := re.fullmatch(r"uni([0-9A-F]{4})|u([0-9A-F]{4,6})", bare):
        return chr(min(int(found[1] or found[2], 16), 0x10FFFF))
    return _GLYPH_NAMES.get(bare, "")
