"""The bytes of a font program come in; whether it is whole goes out, its glyphs, which letters lead to which.

OpenType by its specification ("Organization of an OpenType font", "cmap"); CFF by Adobe's technical note 5176.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from builder.preflight.outlines import boxes, of_cff

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SFNT = (b"\0\1\0\0", b"true", b"OTTO", b"ttcf")
_OUTLINES = ("glyf", "loca", "head", "hhea", "hmtx", "maxp")
_TABLES = 64
_RECORDS = 32
_LONGEST = 70_000  # letters of a table: all of the first Unicode plane


@dataclass(frozen=True, slots=True)
class Program:
    """A font program: whether it holds together, its glyphs (0: not known), its tables of letters.

    ``letters`` has, by platform and encoding, character → glyph; ``boxes`` are the glyphs drawn just as ``.notdef``.
    """

    whole: bool
    glyphs: int = 0
    letters: Mapping[tuple[int, int], Mapping[int, int]] = field(default_factory=dict)
    boxes: frozenset[int] = frozenset()


BROKEN = Program(whole=False)


def read(data: bytes, *, outlines: bool = True) -> Program:
    """Look into a font program, whatever kind it is.

    Args:
        data: its bytes.
        outlines: it must have TrueType outlines, as a ``FontFile2`` must.
    """
    if data[:4] in _SFNT:
        return _sfnt(data, outlines=outlines and data[:4] != b"OTTO")
    if outlines:
        return BROKEN
    if data[:1] == b"\1" and len(data) > 4 and 4 <= data[2] <= 16:  # noqa: PLR2004 - a CFF header
        return Program(whole=_has_cff_name(data), boxes=of_cff(data))
    return Program(whole=data[:2] == b"%!" or data[:2] == b"\x80\1")


def _has_cff_name(data: bytes) -> bool:
    """Tell whether the first index, the names, lies within the bytes."""
    start = data[2]
    count = int.from_bytes(data[start : start + 2], "big")
    size = data[start + 2] if len(data) > start + 2 else 0
    if count == 0 or not 1 <= size <= 4:  # noqa: PLR2004 - bytes of an offset
        return False
    last = start + 3 + count * size
    return last + size + int.from_bytes(data[last : last + size], "big") - 1 <= len(data)


def _sfnt(data: bytes, *, outlines: bool) -> Program:
    tables = _tables(data)
    if tables is None or (outlines and not set(_OUTLINES) <= tables.keys()):
        return BROKEN
    count = struct.unpack_from(">H", tables["maxp"], 4)[0] if len(tables.get("maxp", b"")) >= 6 else 0  # noqa: PLR2004
    if outlines and not (count and _fits(tables, count)):
        return BROKEN
    alike = boxes(tables) if outlines or "CFF" in tables else frozenset()
    return Program(whole=True, glyphs=count, letters=dict(_letters(tables.get("cmap", b""))), boxes=alike)


def _tables(data: bytes) -> dict[str, bytes] | None:
    """Return the tables by their names; nothing when one lies outside of the bytes."""
    start = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" and len(data) >= 16 else 0  # noqa: PLR2004
    if len(data) < start + 12:
        return None
    (count,) = struct.unpack_from(">H", data, start + 4)
    if not 0 < count <= _TABLES or len(data) < start + 12 + 16 * count:
        return None
    found: dict[str, bytes] = {}
    for number in range(count):
        tag, _, at, length = struct.unpack_from(">4sIII", data, start + 12 + 16 * number)
        if at + length > len(data):
            return None
        found[tag.decode("latin-1").strip()] = data[at : at + length]
    return found


def _fits(tables: Mapping[str, bytes], count: int) -> bool:
    """Tell whether there is a place for every glyph, in rising order, within the outlines."""
    head, loca, glyf = tables["head"], tables["loca"], tables["glyf"]
    if len(head) < 54:  # noqa: PLR2004 - the length of the table
        return False
    long = struct.unpack_from(">h", head, 50)[0] != 0
    wanted = count + 1
    if len(loca) < wanted * (4 if long else 2):
        return False
    places = struct.unpack_from(f">{wanted}{'I' if long else 'H'}", loca)
    rising = all(first <= second for first, second in pairwise(places))
    return rising and places[-1] * (1 if long else 2) <= len(glyf)


def _letters(cmap: bytes) -> Iterator[tuple[tuple[int, int], Mapping[int, int]]]:
    if len(cmap) < 4:  # noqa: PLR2004 - the head of the table
        return
    (count,) = struct.unpack_from(">H", cmap, 2)
    for number in range(min(count, _RECORDS)):
        if len(cmap) < 12 + 8 * number:
            return
        platform, encoding, at = struct.unpack_from(">HHI", cmap, 4 + 8 * number)
        try:
            yield (platform, encoding), dict(_mapped(cmap, at))
        except struct.error:
            continue


def _mapped(cmap: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Yield the letters of one table and their glyphs; formats 0, 4, 6 and 12, as fonts in files have."""
    (form,) = struct.unpack_from(">H", cmap, at)
    if form == 0:
        yield from enumerate(cmap[at + 6 : at + 262])
    elif form == 6:  # noqa: PLR2004 - a format
        first, count = struct.unpack_from(">HH", cmap, at + 6)
        yield from enumerate(struct.unpack_from(f">{count}H", cmap, at + 10), first)
    elif form == 4:  # noqa: PLR2004
        yield from _segments(cmap, at)
    elif form == 12:  # noqa: PLR2004
        (count,) = struct.unpack_from(">I", cmap, at + 12)
        for number in range(min(count, _LONGEST)):
            start, end, glyph = struct.unpack_from(">III", cmap, at + 16 + 12 * number)
            for code in range(start, min(end + 1, start + _LONGEST)):
                yield code, glyph + code - start


def _segments(cmap: bytes, at: int) -> Iterator[tuple[int, int]]:
    count = struct.unpack_from(">H", cmap, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", cmap, at + 14)
    starts = struct.unpack_from(f">{count}H", cmap, at + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", cmap, at + 16 + 4 * count)
    ranges = at + 16 + 6 * count
    offsets = struct.unpack_from(f">{count}H", cmap, ranges)
    left = _LONGEST
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        left -= max(0, end + 1 - start)
        for code in range(start, end + 1) if left > 0 else ():
            glyph = code + deltas[number]
            if offsets[number]:
                where = ranges + 2 * number + offsets[number] + 2 * (code - start)
                (found,) = struct.unpack_from(">H", cmap, where)
                glyph = found + deltas[number] if found else 0
            yield code, glyph & 0xFFFF
