"""The pages and the sheets made of them come in; the half-sheets without their page go out.

The sheets are read with another engine than the one that made them, and only as far as paper shows: the words inside
the trim of each half, short of the fold. Words that a page hides beyond its own edge are not on the paper and do not
count.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfTextPage

from builder.paper import POINTS_PER_MM
from builder.pdf import opened
from builder.pdf.geometry import after, carried, inverse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pikepdf import Pdf

    from builder.imposition.nouns import Draft, Face, Imposed, SheetFile
    from builder.pdf import Box

    Area = tuple[int, int, Box]  # a page of a file, the degrees it is turned clockwise, where on it
    Matter = tuple[tuple[bytes, tuple[Area, ...]], ...]
    Share = Callable[
        [Callable[[Matter], list[str]], tuple[Matter], tuple[Matter]],
        tuple[list[str], list[str]],
    ]

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
    """A half that does not carry its page: the words expected and those found, without spaces.

    ``whole`` are those of all the page, wherever the reader thinks that they stand.
    """

    half: Half
    expected: str
    found: str
    whole: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class _Place:
    """A half: where on its page of the file it has its words, what of its own page shows there."""

    half: Half
    area: Area
    key: Area | None


def in_turn(
    work: Callable[[Matter], list[str]], here: tuple[Matter], there: tuple[Matter]
) -> tuple[list[str], list[str]]:
    """Do a piece of work twice, one after the other (see ``press.Crew.share``)."""
    return work(*here), work(*there)


def check(source_pdf: bytes, imposed: Imposed) -> tuple[Mismatch, ...]:
    """Compare the words of every half-sheet, spaces aside, with those of the page that belongs there.

    Raises:
        NotAPdf, Encrypted: when the pages cannot be read.
    """
    with opened(source_pdf) as pdf:
        return compared(flattened(pdf), imposed)[0]


def flattened(pdf: Pdf) -> bytes:
    """Write an open PDF down for the other engine, what was made part of its pages with it."""
    written = BytesIO()
    # The metadata are of no use here, and damaged ones must not be in the way.
    pdf.save(written, fix_metadata_version=False)
    return written.getvalue()


def compared(
    pages: bytes, imposed: Imposed, share: Share = in_turn, others: Iterable[Area] = ()
) -> tuple[tuple[Mismatch, ...], dict[Area, str]]:
    """Compare the words on the sheets with those of the pages, and return what was read of these, of ``others`` too.

    ``share`` may have pages and sheets read at the same time.
    """
    files = [tuple(tuple(_places(face, imposed.draft)) for face in file.faces) for file in imposed.files]
    keys = tuple(sorted({place.key for file in files for face in file for place in face if place.key}.union(others)))
    sheets = tuple(
        (file.pdf, tuple((index, *place.area[1:]) for index, face in enumerate(faces) for place in face))
        for file, faces in zip(imposed.files, files, strict=True)
    )
    wanted, found = share(read, (((pages, keys),),), (sheets,))
    words, said = dict(zip(keys, wanted, strict=True)), iter(found)
    return tuple(
        mismatch
        for file, faces in zip(imposed.files, files, strict=True)
        for mismatch in _in_file(file, faces, words, said)
        if not _misplaced(pages, mismatch)
    ), words


def read(matter: Matter) -> list[str]:
    """Read areas of pages of files, without spaces."""
    return [words for pdf, areas in matter for words in _of_file(pdf, areas)]


def _of_file(pdf: bytes, areas: Iterable[Area]) -> Iterator[str]:
    with PdfDocument(pdf) as document:
        for (index, turn), on_page in groupby(areas, key=itemgetter(0, 1)):
            page = document[index]
            if turn:
                page.set_rotation(turn)
            text = page.get_textpage()
            yield from (_words(text, box) for _, _, box in on_page)


def _in_file(
    file: SheetFile, faces: Iterable[tuple[_Place, ...]], words: Mapping[Area, str], said: Iterator[str]
) -> Iterator[Mismatch]:
    """Look at the halves of a file; one that seems wrong is read again by itself."""
    for index, places in enumerate(faces):
        for number, (place, found) in enumerate(zip(places, said, strict=False)):
            wanted = words[place.key] if place.key else ""
            if found != wanted:
                again, whole = _alone(file.pdf, index, number, places)
                if again != wanted:
                    yield Mismatch(place.half, wanted, again, whole)


def _misplaced(pages: bytes, mismatch: Mismatch) -> bool:
    """Tell whether nothing is missing, and the reader is mistaken about where some letters stand.

    PDFium forgets, for letters told by ``ActualText`` (ISO 32000-1, 14.9.4), the form in which they are drawn: they are
    found where they stood on the page. All others must be in their place and in order.
    """
    page, rest = mismatch.half.page, iter(mismatch.expected)
    if page is None or not mismatch.found or not all(letter in rest for letter in mismatch.found):
        return False
    with PdfDocument(pages) as document:
        return _bare(document[page].get_textpage().get_text_range()) == mismatch.whole


def _places(face: Face, draft: Draft) -> Iterator[_Place]:
    """List the halves of a side in the order in which they are drawn."""
    lay, turn = draft.lay, _turn(face, draft)
    for cell, pages in lay.halves(face.sheet, back=face.back):
        matrix = lay.matrix(cell, back=face.back)
        for number, page in enumerate(pages):
            left = lay.is_left(number, back=face.back)
            half = Half(face.number, face.back, left, page)
            if page is None:
                yield _Place(half, (0, turn, carried(matrix, lay.empty(cell, left=left))), None)
            else:
                spot = lay.spot(cell, page, draft.measures[page], face.shift * POINTS_PER_MM, left=left)
                seen = _within(spot.seen)
                upright = after(lay.drawn(spot), draft.measures[page].matrix)
                key = page, 0, carried(inverse(upright), seen)
                yield _Place(half, (0, turn, carried(matrix, seen)), key)


def _within(box: Box) -> Box:
    """Leave out the very edge: of a letter that ends just there, rounding says now this, now that."""
    left, foot, right, head = box
    return left + EDGE, foot + EDGE, right - EDGE, head - EDGE


def _turn(face: Face, draft: Draft) -> int:
    """Return by how many degrees clockwise a page of the file must be turned for its pages to stand upright."""
    a, b, *_ = draft.lay.matrix(draft.lay.cells[0], back=face.back)
    return {(1, 0): 0, (0, 1): 90, (-1, 0): 180, (0, -1): 270}[round(a), round(b)]


def _alone(pdf: bytes, index: int, number: int, places: tuple[_Place, ...]) -> tuple[str, str]:
    """Read a half without the other pages of its side, which may hide words across the fold, where they are cut off.

    Returns:
        The words in its place, and all words there are.
    """
    _, turn, box = places[number].area
    with PdfDocument(pdf) as document:
        page = document[index]
        page.set_rotation(turn)
        drawn = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_FORM], max_depth=1))
        carrying = [each for each, place in enumerate(places) if place.key]
        if len(drawn) == len(carrying):
            for thing, owner in zip(drawn, carrying, strict=True):
                if owner != number:
                    page.remove_obj(thing)
        text = page.get_textpage()
        return _words(text, box), _bare(text.get_text_range())


def _words(text: PdfTextPage, area: Box) -> str:
    return _bare(text.get_text_bounded(*area))


def _bare(words: str) -> str:
    return "".join(words.translate(_GUESSED).split())
