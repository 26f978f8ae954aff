"""The encoding of a composite font comes in; which glyph of its program each code leads to goes out.

ISO 32000-1, 9.7.5 (CMaps) and 9.7.6.3: a code that a CMap does not name leads to CID 0, as one that is sent there does.
WeasyPrint sends the letters no font has to CID 0 by a CMap of its own, under codes beyond the font's glyphs.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from builder.pdf import objects
from builder.preflight.streams import TooLarge, Unreadable, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LARGEST = 4_000_000
CODES = 0x10000
MOST = 2 * CODES  # codes that are named, those named twice counted twice
# What is opened and not closed goes to the end, so that no byte is read twice.
_SPACES = re.compile(rb"begincodespacerange(.*?)(?:endcodespacerange|\Z)", re.DOTALL)
_BLOCK = re.compile(rb"begin(cidchar|cidrange)(.*?)(?:end\1|\Z)", re.DOTALL)
_CHAR = re.compile(rb"<\s*([0-9A-Fa-f]{1,8})\s*>\s*([0-9]{1,5})")
_RANGE = re.compile(rb"<\s*([0-9A-Fa-f]{1,8})\s*>\s*<\s*([0-9A-Fa-f]{1,8})\s*>\s*([0-9]{1,5})")
_STRING = re.compile(rb"<\s*([0-9A-Fa-f]{1,8})\s*>")
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
    return dict(islice(_read(data), MOST))


def _read(data: bytes) -> Iterator[tuple[int, int]]:
    for block in _BLOCK.finditer(data):
        if block[1] == b"cidchar":
            yield from ((int(each[1], 16), int(each[2])) for each in _CHAR.finditer(block[2]))
            continue
        for low, high, cid in (each.groups() for each in _RANGE.finditer(block[2])):
            start, end = int(low, 16), min(int(high, 16), CODES - 1)
            yield from ((code, int(cid) + code - start) for code in range(start, end + 1))
