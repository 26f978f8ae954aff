"""The stylesheets and fonts of an EPUB come in; what reading programs do not bear, and letters no font has, go out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder import stylesheets
from builder.preflight import programs
from builder.preflight.ebooks.volume import ENCRYPTION, Volume, is_remote
from builder.preflight.seen import Seen
from builder.stylesheets import Harm

if TYPE_CHECKING:
    from collections.abc import Iterator

_URL = re.compile(r"(?:url\(\s*|@import\s+)[\"']?([^\"')\s;]+)")
UNSAFE = frozenset({Harm.LOST, Harm.FIXED})
"""What old programs drop, or what takes the size of letters out of the reader's hands; the rest is the designer's."""

_FONTS = ("font/", "application/font", "application/x-font", "application/vnd.ms-opentype")
_READABLE = (b"\0\1\0\0", b"OTTO", b"true")
_MOST_LETTERS = 12
_CONTROLS = 0x20


def check(volume: Volume) -> Iterator[Seen]:
    """Look at stylesheets, then at the letters of all documents."""
    for item in volume.items:
        if item.kind == "text/css" and (data := volume.bytes_of(item.path)) is not None:
            yield from _stylesheet(item.path, data.decode("utf-8", "replace"))
    yield from _letters(volume)


def _stylesheet(path: str, text: str) -> Iterator[Seen]:
    bare = stylesheets.COMMENT.sub("", text)
    if odd := [found.rule for found in stylesheets.objections(text) if found.harm in UNSAFE]:
        what = "; ".join(dict.fromkeys(odd))
        yield Seen("EPUB_CSS", what=what, values=(("names", what),), part=path)
    for address in _URL.findall(bare):
        if is_remote(address) and not address.startswith("data:"):
            yield Seen("EPUB_REMOTE", what=address[:80], values=(("address", address),), part=path)


def _letters(volume: Volume) -> Iterator[Seen]:
    """Find letters that none of the embedded fonts has: a reading program takes them from another, or shows boxes.

    Fonts that are hidden, or packed as WOFF, are not looked into; then nothing can be said.
    """
    fonts = [item for item in volume.items if item.kind.startswith(_FONTS)]
    if not fonts or volume.has(ENCRYPTION):
        return
    known: set[int] = set()
    for item in fonts:
        data = volume.bytes_of(item.path) or b""
        if data[:4] not in _READABLE:
            return
        known.update(*(letters.keys() for letters in programs.read(data, outlines=False).letters.values()))
    for path, root in volume.documents.items():
        words = {letter: word for word in " ".join(root.itertext()).split() for letter in word}
        lacking = sorted(each for each in words if ord(each) not in known and ord(each) > _CONTROLS)
        if lacking:
            shown = " ".join(lacking[:_MOST_LETTERS])
            around = words[lacking[0]][:40]
            yield Seen("EPUB_GLYPH_MISSING", what=shown, values=(("letters", shown), ("words", around)), part=path)
