"""A page of standing type and the folios it prints come in; the page with figures in the place of noughts goes out.

The lines are those that ``gaps`` found: nothing but the figures changes, and the words beside them move up to them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from builder import fonts
from builder.press.slots import noughts
from builder.press.words import letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from builder.fonts import Face, Shaped
    from builder.press.galley import Galley, Gap, Glyphs, Line

FIGURES = "0123456789"
# A piece of text as WeasyPrint writes it, within the marks of its number.
PIECE = re.compile(rb"<</MCID (\d+)>>\nBDC\n(.*?)\nEMC", re.DOTALL)
FONT = re.compile(rb"/(\S+) ([\d.]+) Tf\n")
PLACE = re.compile(rb"1 0 0 -1 (\S+) (\S+) Tm")
SHOWN = re.compile(rb"\[.*\] TJ", re.DOTALL)


def glyphs(face: Face) -> Glyphs:
    """Return the glyphs that may come into a face's lines: its figures."""
    found: Glyphs = {}
    for letter in FIGURES:
        for glyph in fonts.shape(face, letter):
            found[glyph.number] = (glyph.width, letter)
    return found


def said(galley: Galley, words: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return, page by page, what the figures of a galley say."""
    pages: list[list[str]] = [[] for _ in galley.pages]
    for line in galley.gaps:
        pages[line.page] += [_new(gap, words) for gap in line.gaps]
    return tuple(tuple(map(letters, page)) for page in pages)


def by_page(galley: Galley, words: Sequence[str]) -> dict[int, list[Line]]:
    """Return the lines whose figures have to be exchanged, by page; words of another form were not set for."""
    pages: defaultdict[int, list[Line]] = defaultdict(list)
    for line in galley.gaps:
        if any(_new(gap, words) != gap.text for gap in line.gaps):
            pages[line.page].append(line)
    return pages


def exchange(page: bytes, lines: Sequence[Line], words: Sequence[str], face_of: Callable[[str], Face]) -> bytes:
    """Put figures into a page.

    Args:
        page: its content, as WeasyPrint wrote it.
        lines: those of the page that change.
        words: what each slot of the leaf says.
        face_of: name of a font on the page → its face.
    """
    pieces = {int(found[1]): found[2] for found in PIECE.finditer(page)}
    changed: dict[int, bytes] = {}
    for line in lines:
        changed.update(_line(line, pieces, words, face_of))

    def put(found: re.Match[bytes]) -> bytes:
        number = int(found[1])
        return b"<</MCID %d>>\nBDC\n%s\nEMC" % (number, changed.get(number, found[2]))

    return PIECE.sub(put, page)


def _line(
    line: Line, pieces: dict[int, bytes], words: Sequence[str], face_of: Callable[[str], Face]
) -> Iterator[tuple[int, bytes]]:
    """Yield the pieces of a line by number, figures exchanged, each moved to where it belongs now."""
    gaps = {gap.place: gap for gap in line.gaps}
    written: list[tuple[int, bytes, float]] = []  # number, piece, how far the ones behind it move
    grown = 0.0
    for place, number in enumerate(line.numbers):
        piece = pieces[number]
        written.append((number, piece, grown))
        if place in gaps:
            gap = gaps[place]
            new = _new(gap, words)
            written[-1] = (number, _retyped(piece, new, face_of), grown)
            grown += _width(piece, new, face_of) - _width(piece, gap.text, face_of)
    for number, piece, before in written:
        yield number, _moved(piece, before - line.share * grown)


def _new(gap: Gap, words: Sequence[str]) -> str:
    """Put figures into a piece of text that has noughts for them."""
    said = words[gap.slot][gap.start : gap.start + gap.length]
    new = gap.text[: gap.at] + said + gap.text[gap.at + gap.length :]
    return new if noughts(new) == noughts(gap.text) else gap.text


def _type(piece: bytes, face_of: Callable[[str], Face]) -> tuple[Face, float]:
    """Read a piece's face and size (px)."""
    found = FONT.search(piece)
    if found is None:
        message = f"no font in {piece!r}"
        raise AssertionError(message)
    return face_of(found[1].decode()), float(found[2])


def _width(piece: bytes, text: str, face_of: Callable[[str], Face]) -> float:
    face, size = _type(piece, face_of)
    return sum(glyph.advance for glyph in fonts.shape(face, text)) * size / 1000


def _retyped(piece: bytes, text: str, face_of: Callable[[str], Face]) -> bytes:
    face, _ = _type(piece, face_of)
    return SHOWN.sub(b"[%s] TJ" % _shown(fonts.shape(face, text)), piece)


def _shown(shaped: Sequence[Shaped]) -> bytes:
    """Write glyphs, kerned: a number moves what follows it to the left."""
    return b"".join(
        b"<%04x>" % glyph.number + (b"%d" % kern if (kern := round(glyph.width - glyph.advance)) else b"")
        for glyph in shaped
    )


def _moved(piece: bytes, right: float) -> bytes:
    """Move a piece to the right (px)."""
    if not right:
        return piece
    return PLACE.sub(lambda found: b"1 0 0 -1 %.6f %s Tm" % (float(found[1]) + right, found[2]), piece)
