"""A ToUnicode map or an encoding comes in; the words its codes stand for go out (ISO 32000-1, 9.6.6 and 9.10)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.pdf import objects
from builder.preflight.streams import TooLarge, Unreadable, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LARGEST = 4_000_000
_MOST = 70_000
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[([^\]]*)\])")
_STRING = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_TABLES = {"WinAnsiEncoding": "cp1252", "MacRomanEncoding": "mac_roman", "PDFDocEncoding": "cp1252"}
_GLYPH_NAMES = {"space": " ", "hyphen": "-", "period": ".", "comma": ",", "dcroat": "đ", "Dcroat": "Đ"}


def to_unicode(stream: object) -> Mapping[int, str] | None:
    """Read a ToUnicode map: code → words; nothing when there is none that can be read."""
    try:
        data = unpacked(stream, LARGEST)
    except (Unreadable, TooLarge):
        return None
    found: dict[int, str] = {}
    for kind, block in _BLOCK.findall(data):
        for code, words in _pairs(block) if kind == b"bfchar" else _ranges(block):
            found[code] = words
            if len(found) > _MOST:
                return found
    return found


def _pairs(block: bytes) -> Iterator[tuple[int, str]]:
    for code, words in _PAIR.findall(block):
        yield int(b"".join(code.split()), 16), _words(words)


def _ranges(block: bytes) -> Iterator[tuple[int, str]]:
    for low, high, first, listed in _RANGE.findall(block):
        start, end = (int(b"".join(each.split()), 16) for each in (low, high))
        if listed:
            yield from ((start + step, _words(each)) for step, each in enumerate(_STRING.findall(listed)[:_MOST]))
            continue
        words = _words(first)
        for step in range(min(end - start + 1, _MOST) if words else 0):
            yield start + step, words[:-1] + chr(min(ord(words[-1]) + step, 0x10FFFF))


def _words(digits: bytes) -> str:
    packed = b"".join(digits.split())
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
