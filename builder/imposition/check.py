"""The pages and the sheets made of them come in; the half-sheets without their page go out.

The sheets are read with another engine than the one that made them, and only as far as paper shows:
the words inside the trim of each half. Words that a page hides beyond its own edge are not on the
paper and do not count.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

from builder.imposition.place import corner
from builder.pdf import Box, Measures, measured, opened
from builder.printer import Flip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.imposition.place import Imposed

UPSIDE_DOWN = 180
# Whether a hyphen ends a line for good is the reader's guess (2 and U+FFFE stand for its doubts).
_GUESSED = dict.fromkeys(map(ord, "-\u00ad\u0002\ufffe"))


@dataclass(frozen=True, slots=True)
class Half:
    """Half a side of a sheet (counted from 1); ``page`` is the index of its page, ``None`` if blank."""

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


@dataclass(frozen=True, slots=True)
class _Page:
    """What must be found again: the measures of a page and the words inside its trim."""

    measures: Measures
    words: str


def check(source_pdf: bytes, imposed: Imposed) -> tuple[Mismatch, ...]:
    """Compare the words of every half-sheet, spaces aside, with those of the page that belongs there.

    Raises:
        NotAPdf, Encrypted: when the pages cannot be read.
    """
    pages = _pages(source_pdf)
    document = PdfDocument(imposed.pdf)
    try:
        return tuple(
            mismatch
            for index, halves in enumerate(_sides(imposed))
            for mismatch in _mismatches(document, index, halves, pages, imposed)
        )
    finally:
        document.close()


def _pages(source_pdf: bytes) -> tuple[_Page, ...]:
    """Measure the pages and read them."""
    flattened = BytesIO()
    with opened(source_pdf) as pdf:
        measures = measured(pdf)
        # The metadata are of no use here, and damaged ones must not be in the way.
        pdf.save(flattened, fix_metadata_version=False)
    document = PdfDocument(flattened.getvalue())
    try:
        return tuple(
            _Page(page, _words(document[index].get_textpage(), page.trim)) for index, page in enumerate(measures)
        )
    finally:
        document.close()


def _sides(imposed: Imposed) -> Iterator[tuple[Half, Half]]:
    """List the halves, left and right, in the order of the pages of the file."""
    for number, sheet in enumerate(imposed.plan, 1):
        for back, side in ((False, sheet.front), (True, sheet.back)):
            yield (
                Half(number, back, left=True, page=side.left),
                Half(number, back, left=False, page=side.right),
            )


def _mismatches(
    document: PdfDocument,
    index: int,
    halves: tuple[Half, Half],
    pages: tuple[_Page, ...],
    imposed: Imposed,
) -> Iterator[Mismatch]:
    """Read both halves of a side; one that seems wrong is read again by itself."""
    side = document[index]
    if _turned(halves[0], imposed):
        side.set_rotation(UPSIDE_DOWN)
    text = side.get_textpage()
    for half in halves:
        expected = "" if half.page is None else pages[half.page].words
        area = _area(half, pages, imposed)
        found = _words(text, area)
        if found != expected:
            found = _words(_alone(document[index], half, halves), area)
        if found != expected:
            yield Mismatch(half, expected, found)


def _turned(half: Half, imposed: Imposed) -> bool:
    return half.back and imposed.flip is Flip.LONG


def _area(half: Half, pages: tuple[_Page, ...], imposed: Imposed) -> Box:
    """Return where on the sheet, in points, a half has its words: in its page's trim, or anywhere."""
    across, up = imposed.size.points
    width, height = across / 2, up
    if half.page is not None:
        measures = pages[half.page].measures
        width, height = measures.width, measures.height
    x, y = corner(imposed.size, width, height, left=half.left)
    if _turned(half, imposed):
        x, y = across - x - width, up - y - height
    return x, y, x + width, y + height


def _alone(page: PdfPage, half: Half, halves: tuple[Half, Half]) -> PdfTextPage:
    """Read a side without its other page, which may hide words across the fold, where it is cut off."""
    drawn = list(page.get_objects(max_depth=1))
    carried = [each for each in halves if each.page is not None]
    if len(drawn) == len(carried):
        for thing, owner in zip(drawn, carried, strict=True):
            if owner != half:
                page.remove_obj(thing)
    return page.get_textpage()


def _words(text: PdfTextPage, area: Box) -> str:
    return "".join(text.get_text_bounded(*area).translate(_GUESSED).split())
