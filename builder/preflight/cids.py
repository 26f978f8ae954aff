"""The encoding of a composite font comes in; which glyph of its program each code leads to goes out.

ISO 32000-1, 9.7.5 (CMaps) and 9.7.6.3: a code that a CMap does not name leads to CID 0, as one that is sent there does.
WeasyPrint sends the letters no font has to CID 0 by a CMap of its own, under codes beyond the font's glyphs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.pdf import objects
from builder.preflight.streams import TooLarge, Unreadable, unpacked

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST = 4_000_000
CODES = 0x10000
_SPACES = re.compile(rb"begincodespacerange(.*?)endcodespacerange", re.DOTALL)
_BLOCK = re.compile(rb"begin(cidchar|cidrange)(.*?)end\1", re.DOTALL)
_CHAR = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>\s*([0-9]{1,5})")
_RANGE = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>\s*<\s*([0-9A-Fa-f]+)\s*>\s*([0-9]{1,5})")
_STRING = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>")
_DIGITS = 4  # of a code of two bytes


def of_codes(encoding: object) -> Mapping[int, int] | None:
    """Read a CMap of two-byte codes that lies in the file: code → CID.

    Nothing where it is none, builds upon another, or has codes of other lengths.
    """
    if not objects.is_dictionary(encoding) or objects.get(encoding, "/UseCMap") is not None:
        return None
    try:
        data = unpacked(encoding, LARGEST)
    except (Unreadable, TooLarge):
        return None
    codes = [code for space in _SPACES.findall(data) for code in _STRING.findall(space)]
    if b"usecmap" in data or not codes or any(len(code) != _DIGITS for code in codes):
        return None
    found: dict[int, int] = {}
    for kind, block in _BLOCK.findall(data):
        found.update(_chars(block) if kind == b"cidchar" else _ranges(block))
    return found


def _chars(block: bytes) -> dict[int, int]:
    return {code: int(cid) for digits, cid in _CHAR.findall(block) if (code := int(digits, 16)) < CODES}


def _ranges(block: bytes) -> dict[int, int]:
    found: dict[int, int] = {}
    for low, high, cid in _RANGE.findall(block):
        start, end = int(low, 16), min(int(high, 16), CODES - 1)
        if len(found) > CODES:  # ranges that lie upon each other again and again
            break
        found.update((code, int(cid) + code - start) for code in range(start, end + 1))
    return found
