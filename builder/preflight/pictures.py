"""The pictures of a page come in; those too coarse for paper, or with more ink than it takes, go out."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pikepdf import Name, PdfImage, Stream, UnsupportedImageTypeError
from PIL import Image, ImageChops, UnidentifiedImageError

from builder.pdf import objects
from builder.pdf.pictures import MOST_PIXELS
from builder.pdf.resolution import FINE, is_coarse
from builder.preflight.colours import CMYK
from builder.preflight.inks import MOST_INK
from builder.preflight.marks import Picture
from builder.preflight.nouns import Purpose
from builder.preflight.seen import Seen
from builder.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.preflight.marks import Sheet

COARSE = 150
FINE_BITMAP = 600
OFFICE_FINE = 150
"""Dots per inch as placed."""

_SMALL = 12  # points: what is smaller is an ornament or a shade, and nobody sees its dots
_SHARE = 0.001  # of a picture's pixels: fewer are specks
_FEW = 4  # pixels: a picture that small is a shade of colour
_DAMAGE = (*objects.REFUSALS, OSError, UnidentifiedImageError, UnsupportedImageTypeError, NotImplementedError, EOFError)


def page(at: int, sheet: Sheet, purpose: Purpose, known: dict[tuple[int, int], float]) -> Iterator[Seen]:
    """Look at the pictures of a page; ``known`` keeps the ink of those that stand on several."""
    for mark in sheet.marks:
        if isinstance(mark, Picture):
            yield from _resolution(at, mark, purpose)
            if purpose is Purpose.SHOP and mark.space.kind == CMYK and mark.source is not None:
                yield from _ink(at, mark, known)


def _resolution(at: int, mark: Picture, purpose: Purpose) -> Iterator[Seen]:
    left, bottom, right, top = mark.box
    if min(right - left, top - bottom) < _SMALL or min(mark.across, mark.down) <= _FEW:
        return
    size = f"{mark.across} × {mark.down} px"
    dpi = round(mark.dpi)
    values = (("dpi", dpi), ("size", size))
    if mark.bits == 1:
        if is_coarse(mark.dpi, FINE_BITMAP):
            yield Seen("PDF_BITMAP_COARSE", at, mark.box, size, (*values, ("wanted", FINE_BITMAP)))
    elif purpose is Purpose.OFFICE:
        if is_coarse(mark.dpi, OFFICE_FINE):
            yield Seen("PDF_IMAGE_COARSE", at, mark.box, size, (*values, ("wanted", OFFICE_FINE)))
    elif is_coarse(mark.dpi, FINE):
        worse = Severity.ERROR if dpi < COARSE else None
        yield Seen("PDF_IMAGE_COARSE", at, mark.box, size, (*values, ("wanted", FINE)), worse)


def _ink(at: int, mark: Picture, known: dict[tuple[int, int], float]) -> Iterator[Seen]:
    key = objects.identity(mark.source)
    if key not in known:
        known[key] = _heaviest(mark)
    if known[key] > MOST_INK + 1:
        values = (("ink", round(known[key])),)
        yield Seen("PDF_IMAGE_INK", at, mark.box, f"{mark.across} × {mark.down} px, {known[key]:.0f} %", values)


def _heaviest(mark: Picture) -> float:
    """Return the ink, in per cent, that only a thousandth of the pixels goes beyond; 0 when it cannot be read."""
    if mark.across * mark.down > MOST_PIXELS or not isinstance(mark.source, Stream):
        return 0.0
    try:
        image = _pixels(mark.source)
        if image is None or image.mode != "CMYK":
            return 0.0
        c, m, y, k = image.split()
    except (*_DAMAGE, Image.DecompressionBombError):
        return 0.0
    # The sum of four channels, halved twice so that it fits in one.
    halves = ImageChops.add(ImageChops.add(c, m, scale=2), ImageChops.add(y, k, scale=2), scale=2)
    left = _SHARE * mark.across * mark.down
    for level, count in reversed(tuple(enumerate(halves.histogram()))):
        left -= count
        if left < 0:
            return level * 400 / 255
    return 0.0


def _pixels(source: Stream) -> Image.Image | None:
    """Return the picture with 255 for full ink, as the file means it (ISO 32000-1, 8.9.5.2 and 7.4.8)."""
    decode = objects.numbers(objects.get(source, "/Decode"))
    turned = len(decode) > 1 and decode[0] > decode[1]
    if objects.get(source, "/Filter") == Name.DCTDecode:
        image: Image.Image = Image.open(io.BytesIO(source.read_raw_bytes()))
        image.load()
        # Pillow turns the channels of every JPEG of four inks over, as Adobe's programs write them; the file may not.
        turned = not turned
    else:
        image = PdfImage(source).as_pil_image()
    return ImageChops.invert(image) if turned and image.mode == "CMYK" else image
