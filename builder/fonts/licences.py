"""A font comes in; what its maker lets be done with it goes out: embed it, cut it down.

OpenType 1.9, OS/2, ``fsType``: of the usage bits the most generous counts; preview and print is enough for a book that
is read. The OFL 1.1, condition 3, keeps a reserved name for the font as it was published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uharfbuzz as harfbuzz

RESERVED = "Reserved Font Name"
_AT = 8  # bytes into the table
_USAGE, _RESTRICTED = 0x000F, 0x0002
_WHOLE_ONLY, _BITMAPS_ONLY = 0x0100, 0x0200
_COPYRIGHT, _LICENCE = 0, 13  # name records


def may_be_embedded(face: harfbuzz.Face) -> bool:
    """Tell whether a font may go into a file that others get; one that says nothing of it may."""
    told = _told(face)
    return told & _USAGE != _RESTRICTED and not told & _BITMAPS_ONLY


def may_be_cut_down(face: harfbuzz.Face) -> bool:
    """Tell whether a font may be embedded in part, under its own name."""
    reserved = any(RESERVED in (face.get_name(record) or "") for record in (_COPYRIGHT, _LICENCE))
    return not reserved and not _told(face) & _WHOLE_ONLY


def _told(face: harfbuzz.Face) -> int:
    """Read the licensing bits; none when the font has no such table."""
    table = face.reference_table("OS/2").data or b""
    return int.from_bytes(table[_AT : _AT + 2], "big")
