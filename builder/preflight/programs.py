"""The bytes of a font program come in; whether it is whole goes out, its glyphs, which letters lead to which.

OpenType by its specification ("Organization of an OpenType font", "cmap"); CFF by Adobe's technical note 5176.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from builder.preflight.outlines import boxes, of_cff

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SFNT = (b"\0\1\0\0", b"true", b"OTTO", b"ttcf")
_OUTLINES = ("glyf", "loca", "head", "hhea", "hmtx", "maxp")
_TABLES = 64
_RECORDS = 32
_MOST_LETTERS = 400_000  # of all tables of a font, those said twice counted twice: six times the first Unicode plane
_MOST_GROUPS = 70_000  # of one table
_OFFSETS = range(1, 5)  # bytes of an offset in a CFF font
_CFF_HEAD = range(4, 17)  # bytes of the head of a CFF font
_MAXP_COUNT = 6  # bytes of the table "maxp" up to its count of glyphs
_COLLECTION_HEAD = 16  # bytes up to the place of a collection's first font
_HEAD_LENGTH = 54  # bytes of the table "head"
_CMAP_HEAD = 4  # bytes of the head of the table "cmap"
_BYTES, _SEGMENTS, _TRIMMED, _GROUPS = 0, 4, 6, 12  # formats of tables of letters


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
    if data[:1] == b"\1" and len(data) > 4 and data[2] in _CFF_HEAD:  # noqa: PLR2004 - four bytes say all
        return Program(whole=_has_cff_name(data), boxes=of_cff(data))
    return Program(whole=data[:2] == b"%!" or data[:2] == b"\x80\1")


def _has_cff_name(data: bytes) -> bool:
    """Tell whether the first index, the names, lies within the bytes."""
    start = data[2]
    count = int.from_bytes(data[start : start + 2], "big")
    size = data[start + 2] if len(data) > start + 2 else 0
    if count == 0 or size not in _OFFSETS:
        return False
    last = start + 3 + count * size
    return last + size + int.from_bytes(data[last : last + size], "big") - 1 <= len(data)


def _sfnt(data: bytes, *, outlines: bool) -> Program:
    tables = _tables(data)
    if tables is None or (outlines and not set(_OUTLINES) <= tables.keys()):
        return BROKEN
    count = struct.unpack_from(">H", tables["maxp"], 4)[0] if len(tables.get("maxp", b"")) >= _MAXP_COUNT else 0
    if outlines and not (count and _fits(tables, count)):
        return BROKEN
    alike = boxes(tables) if outlines or "CFF" in tables else frozenset()
    return Program(whole=True, glyphs=count, letters=dict(_letters(tables.get("cmap", b""))), boxes=alike)


def _tables(data: bytes) -> dict[str, bytes] | None:
    """Return the tables by their names; nothing when one lies outside of the bytes."""
    start = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" and len(data) >= _COLLECTION_HEAD else 0
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
    if len(head) < _HEAD_LENGTH:
        return False
    long = struct.unpack_from(">h", head, 50)[0] != 0
    wanted = count + 1
    if len(loca) < wanted * (4 if long else 2):
        return False
    places = struct.unpack_from(f">{wanted}{'I' if long else 'H'}", loca)
    rising = all(first <= second for first, second in pairwise(places))
    return rising and places[-1] * (1 if long else 2) <= len(glyf)


def _letters(cmap: bytes) -> Iterator[tuple[tuple[int, int], Mapping[int, int]]]:
    if len(cmap) < _CMAP_HEAD:
        return
    (count,) = struct.unpack_from(">H", cmap, 2)
    left = _MOST_LETTERS
    for number in range(min(count, _RECORDS)):
        if left <= 0 or len(cmap) < 12 + 8 * number:
            return
        platform, encoding, at = struct.unpack_from(">HHI", cmap, 4 + 8 * number)
        try:
            said = list(islice(_mapped(cmap, at), left))
        except struct.error:
            left //= 2  # what a damaged table cost
            continue
        left -= len(said)
        yield (platform, encoding), dict(said)


def _mapped(cmap: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Yield the letters of one table and their glyphs; formats 0, 4, 6 and 12, as fonts in files have."""
    (form,) = struct.unpack_from(">H", cmap, at)
    if form == _BYTES:
        yield from enumerate(cmap[at + 6 : at + 262])
    elif form == _TRIMMED:
        first, count = struct.unpack_from(">HH", cmap, at + 6)
        yield from enumerate(struct.unpack_from(f">{count}H", cmap, at + 10), first)
    elif form == _SEGMENTS:
        yield from _segments(cmap, at)
    elif form == _GROUPS:
        (count,) = struct.unpack_from(">I", cmap, at + 12)
        for number in range(min(count, _MOST_GROUPS)):
            start, end, glyph = struct.unpack_from(">III", cmap, at + 16 + 12 * number)
            yield from zip(range(start, end + 1), range(glyph, glyph + end + 1 - start), strict=False)


def _segments(cmap: bytes, at: int) -> Iterator[tuple[int, int]]:
    count = struct.unpack_from(">H", cmap, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", cmap, at + 14)
    starts = struct.unpack_from(f">{count}H", cmap, at + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", cmap, at + 16 + 4 * count)
    ranges = at + 16 + 6 * count
    offsets = struct.unpack_from(f">{count}H", cmap, ranges)
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        for code in range(start, end + 1):
            glyph = code + deltas[number]
            if offsets[number]:
                where = ranges + 2 * number + offsets[number] + 2 * (code - start)
                (found,) = struct.unpack_from(">H", cmap, where)
                glyph = found + deltas[number] if found else 0
            yield code, glyph & 0xFFFF
