"""The bytes of a PNG or a JPEG → its size in pixels; nothing when the file was cut short or damaged on its way.

A broken picture is printed as a black box, and nobody is told: it must be noticed here. A few bytes can also ask for
more pixels than a machine has memory for.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
MOST = 80_000_000
"""The most pixels a picture may have: A3 at 600 dots an inch is 70 million."""

_JPEG_END = b"\xff\xd9"
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # the JPEG markers that open a frame (ITU T.81, table B.1)
_HEAD = 8  # the length and the kind of a PNG chunk, before its data
_CHUNK = 12  # the same with the checksum after its data
_FRAME = 9  # a JPEG frame up to its width: marker, length, precision, height, width


def size(data: bytes) -> tuple[int, int] | None:
    """The width and height of a PNG or a JPEG in pixels; nothing when it is broken."""
    found = _png(data) if data.startswith(PNG) else _jpeg(data)
    return found if found and all(found) else None


def _png(data: bytes) -> tuple[int, int] | None:
    chunks = dict(_chunks(data))
    head = chunks.get(b"IHDR", b"")
    if b"IEND" not in chunks or b"IDAT" not in chunks:
        return None
    return int.from_bytes(head[:4], "big"), int.from_bytes(head[4:8], "big")


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and data of the chunks up to the first that is damaged (ISO/IEC 15948, 5.3)."""
    position = len(PNG)
    while len(head := data[position : position + 8]) == _HEAD:
        end = position + _CHUNK + int.from_bytes(head[:4], "big")
        if zlib.crc32(data[position + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big") or end > len(data):
            return
        yield head[4:], data[position + _HEAD : end - 4]
        position = end


def _jpeg(data: bytes) -> tuple[int, int] | None:
    if _JPEG_END not in data:
        return None
    position = 2
    while position + _FRAME < len(data) and data[position] == JPEG[0]:
        marker = data[position + 1]
        if marker in _FRAMES:
            head = data[position + 5 : position + 9]
            return int.from_bytes(head[2:], "big"), int.from_bytes(head[:2], "big")
        # A marker may be padded with 0xFF before it.
        position += 1 if marker == JPEG[0] else 2 + int.from_bytes(data[position + 2 : position + 4], "big")
    return None
