"""The outlines of a font come in; the glyphs that are drawn just as its ``.notdef`` go out.

Some programs give a letter no font has a glyph of its own with the box of ``.notdef`` in it. OpenType by its
specification ("glyf", "loca"); CFF by Adobe's technical note 5176. A ``.notdef`` that draws nothing tells nothing.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LEAST = 10  # bytes: what is shorter draws no box
_CHARSTRINGS, _ROS = 17, (12, 30)
_MOST = 0x10000


def boxes(tables: Mapping[str, bytes]) -> frozenset[int]:
    """Find them in a font of TrueType outlines, or of CFF in OpenType, that was seen to hold together."""
    if "CFF" in tables:
        return of_cff(tables["CFF"])
    if not {"head", "loca", "glyf"} <= tables.keys():
        return frozenset()
    loca, glyf = tables["loca"], tables["glyf"]
    long = struct.unpack_from(">h", tables["head"], 50)[0] != 0
    size, unit = (4, 1) if long else (2, 2)
    places = struct.unpack_from(f">{len(loca) // size}{'I' if long else 'H'}", loca)
    return _like_first(glyf, [place * unit for place in places])


def of_cff(data: bytes) -> frozenset[int]:
    """Find them in a bare CFF whose glyphs go by their number; one that has CIDs of its own is left."""
    try:
        names_end = _index(data, data[2])[-1]
        tops = _index(data, names_end)
        top = _dictionary(data[tops[0] : tops[1]])
        at = top.get((_CHARSTRINGS,))
        return frozenset() if at is None or _ROS in top else _like_first(data, _index(data, at))
    except (struct.error, IndexError, ValueError):
        return frozenset()


def _like_first(data: bytes, places: Sequence[int]) -> frozenset[int]:
    """Return the numbers of the pieces, from one place to the next, that are as the first is."""
    if len(places) < 2 or places[1] - places[0] < _LEAST:  # noqa: PLR2004 - where the first begins and ends
        return frozenset()
    first = data[places[0] : places[1]].rstrip(b"\0")
    found = set()
    for number in range(1, min(len(places) - 1, _MOST)):
        if abs(places[number + 1] - places[number] - (places[1] - places[0])) < 4:  # noqa: PLR2004 - filled up to four
            piece = data[places[number] : places[number + 1]].rstrip(b"\0")
            if piece == first:
                found.add(number)
    return frozenset(found)


def _index(data: bytes, at: int) -> list[int]:
    """Return where the members of an INDEX begin, and where the last ends (5)."""
    count = int.from_bytes(data[at : at + 2], "big")
    if count == 0:
        return [at + 2]
    size = data[at + 2]
    if not 1 <= size <= 4 or len(data) < at + 3 + (count + 1) * size:  # noqa: PLR2004 - bytes of an offset
        raise ValueError(at)
    base = at + 2 + (count + 1) * size
    offsets = (at + 3 + number * size for number in range(count + 1))
    return [base + int.from_bytes(data[each : each + size], "big") for each in offsets]


def _dictionary(data: bytes) -> dict[tuple[int, ...], int | None]:
    """Read a DICT (4): operator → its last operand where that is a whole number."""
    found: dict[tuple[int, ...], int | None] = {}
    last: int | None = None
    at = 0
    while at < len(data):
        byte = data[at]
        if byte <= 21:  # noqa: PLR2004 - operators
            operator = (byte, data[at + 1]) if byte == 12 else (byte,)  # noqa: PLR2004
            found[operator] = last
            at, last = at + len(operator), None
        else:
            last, at = _operand(data, at)
    return found


def _operand(data: bytes, at: int) -> tuple[int | None, int]:
    """Read an operand and where the next thing begins; of a real only its end is found (table 3)."""
    byte = data[at]
    if byte == 28:  # noqa: PLR2004
        return struct.unpack_from(">h", data, at + 1)[0], at + 3
    if byte == 29:  # noqa: PLR2004
        return struct.unpack_from(">i", data, at + 1)[0], at + 5
    if byte == 30:  # noqa: PLR2004 - nibbles until one is F
        end = at + 1
        while data[end] & 15 != 15 and data[end] >> 4 != 15:  # noqa: PLR2004
            end += 1
        return None, end + 1
    if byte <= 246:  # noqa: PLR2004
        return byte - 139, at + 1
    high = (byte - 247) * 256 + 108 if byte <= 250 else -(byte - 251) * 256 - 108  # noqa: PLR2004
    return high + (data[at + 1] if high > 0 else -data[at + 1]), at + 2
