"""The pages and the sheets made of them come in; the half-sheets without their page go out.

The sheets are read with another engine than the one that made them, and only as far as paper shows: the words inside
the trim of each half, short of the fold. Words that a page hides beyond its own edge are not on the paper and do not
count.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

from builder.imposition.laying import after, carried, inverse
from builder.imposition.nouns import faces
from builder.paper import POINTS_PER_MM
from builder.pdf import opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Pdf

    from builder.imposition.nouns import Draft, Face, Imposed, SheetFile
    from builder.pdf import Box

EDGE = 0.3  # points
# Whether a hyphen ends a line for good is the reader's guess (2 and U+FFFE stand for its doubts).
_GUESSED = dict.fromkeys(map(ord, "-\u00ad\u0002\ufffe"))


@dataclass(frozen=True, slots=True)
class Half:
    """Half a side of a sheet (its number; 0: the cover); ``page`` is the index of its page, ``None`` if blank."""

    sheet: int
    back: bool
    left: bool
    page: int | None


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A half that does not carry its page: the words expected and those found, without spaces."""

    half: Half
    expected: str
    found: str


Words = dict[tuple[int, "Box"], str]
"""The words of pages as they show on paper: by page and the part of it that shows, in its own units."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A half: where on its page of the file it has its words, what of its own page shows there."""

    half: Half
    area: Box
    key: tuple[int, Box] | None


def check(source_pdf: bytes, imposed: Imposed) -> tuple[Mismatch, ...]:
    """Compare the words of every half-sheet, spaces aside, with those of the page that belongs there.

    Raises:
        NotAPdf, Encrypted: when the pages cannot be read.
    """
    with opened(source_pdf) as pdf:
        return compare(words_of(flattened(pdf), imposed.draft), imposed)


def flattened(pdf: Pdf) -> bytes:
    """Write an open PDF down for the other engine, what was made part of its pages with it."""
    written = BytesIO()
    # The metadata are of no use here, and damaged ones must not be in the way.
    pdf.save(written, fix_metadata_version=False)
    return written.getvalue()


def words_of(pages: bytes, draft: Draft) -> Words:
    """Read of every page what of its words will show on the sheets."""
    wanted = {place.key for on in faces(draft).values() for face in on for place in _places(face, draft) if place.key}
    document = PdfDocument(pages)
    try:
        return {(page, seen): _words(document[page].get_textpage(), seen) for page, seen in sorted(wanted)}
    finally:
        document.close()


def compare(expected: Words, imposed: Imposed) -> tuple[Mismatch, ...]:
    """Compare the words on the sheets with those that should be there."""
    return tuple(mismatch for file in imposed.files for mismatch in _in_file(file, expected, imposed.draft))


def _in_file(file: SheetFile, expected: Words, draft: Draft) -> Iterator[Mismatch]:
    document = PdfDocument(file.pdf)
    try:
        for index, face in enumerate(file.faces):
            places = tuple(_places(face, draft))
            yield from _on_face(document, index, places, _turn(face, draft), expected)
    finally:
        document.close()


def _on_face(
    document: PdfDocument, index: int, places: tuple[_Place, ...], turn: int, expected: Words
) -> Iterator[Mismatch]:
    """Read the halves of a side; one that seems wrong is read again by itself."""
    side = document[index]
    if turn:
        side.set_rotation(turn)
    text = side.get_textpage()
    for number, place in enumerate(places):
        wanted = expected[place.key] if place.key else ""
        found = _words(text, place.area)
        if found != wanted:
            found = _words(_alone(document[index], turn, number, places), place.area)
        if found != wanted:
            yield Mismatch(place.half, wanted, found)


def _places(face: Face, draft: Draft) -> Iterator[_Place]:
    """List the halves of a side in the order in which they are drawn."""
    lay = draft.lay
    for cell, pages in lay.halves(face.sheet, back=face.back):
        matrix = lay.matrix(cell, back=face.back)
        for number, page in enumerate(pages):
            left = lay.is_left(number, back=face.back)
            half = Half(face.number, face.back, left, page)
            if page is None:
                yield _Place(half, carried(matrix, lay.empty(cell, left=left)), None)
            else:
                spot = lay.spot(cell, page, draft.measures[page], face.shift * POINTS_PER_MM, left=left)
                seen = _within(spot.seen)
                upright = after(lay.drawn(spot), draft.measures[page].matrix(0, 0))
                yield _Place(half, carried(matrix, seen), (page, carried(inverse(upright), seen)))


def _within(box: Box) -> Box:
    """Leave out the very edge: of a letter that ends just there, rounding says now this, now that."""
    left, foot, right, head = box
    return left + EDGE, foot + EDGE, right - EDGE, head - EDGE


def _turn(face: Face, draft: Draft) -> int:
    """Return by how many degrees clockwise a page of the file must be turned for its pages to stand upright."""
    a, b, *_ = draft.lay.matrix(draft.lay.cells[0], back=face.back)
    return {(1, 0): 0, (0, 1): 90, (-1, 0): 180, (0, -1): 270}[round(a), round(b)]


def _alone(page: PdfPage, turn: int, number: int, places: tuple[_Place, ...]) -> PdfTextPage:
    """Read a side without its other pages, which may hide words across the fold, where they are cut off."""
    page.set_rotation(turn)
    drawn = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_FORM], max_depth=1))
    carrying = [each for each, place in enumerate(places) if place.key]
    if len(drawn) == len(carrying):
        for thing, owner in zip(drawn, carrying, strict=True):
            if owner != number:
                page.remove_obj(thing)
    return page.get_textpage()


def _words(text: PdfTextPage, area: Box) -> str:
    return "".join(text.get_text_bounded(*area).translate(_GUESSED).split())
