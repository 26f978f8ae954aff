"""A page or a picture comes in; a likeness of it that any reader can draw goes out: a JPEG, not too large to send."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image

from builder.manuscript import pictures
from builder.press import readback

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

WIDTH = 1600  # pixels
HIGHEST = 4 * WIDTH
QUALITIES = range(80, 39, -10)
LARGEST = 150_000  # bytes; whoever has a slow line waits for the book, not for its cover
MOST = 40_000_000  # pixels of a picture that is taken in
FORMATS = ("JPEG", "PNG")


def of_page(pdf: bytes) -> bytes:
    """Draw the first page of a PDF, as finely as its bytes allow; what is the same gives the same bytes.

    Raises:
        ValueError: it is no PDF, asks for a password or has no page.
    """
    try:
        with readback.opened(pdf) as document:
            page = document[0]
            width, height = page.get_size()
            # A hair less than the width: PDFium takes what is left of a pixel for a whole one.
            bitmap = page.render(scale=min((WIDTH - 0.01) / width, HIGHEST / height)).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise ValueError(f"no PDF that can be drawn: {error}") from error
    for quality in QUALITIES:
        data = _jpeg(bitmap, quality)
        if len(data) <= LARGEST:
            break
    return data


def reduced(picture: bytes, width: int) -> tuple[bytes, tuple[int, int]]:
    """Draw a picture anew, so many pixels across or as wide as it is; return it, and how large it was.

    Raises:
        ValueError: it is neither JPEG nor PNG, is damaged, or larger than any cover.
    """
    size = pictures.size(picture)
    if size is None or size[0] * size[1] > MOST:
        raise ValueError(f"no picture, or one of too many pixels: {size}")
    try:
        with Image.open(io.BytesIO(picture), formats=FORMATS) as opened:
            opened.draft("RGB", (width, width))
            across = min(width, size[0])
            small = opened.convert("RGB").resize((across, max(1, round(across * size[1] / size[0]))))
    except (OSError, SyntaxError, IndexError) as error:
        raise ValueError(f"no picture that can be drawn: {error}") from error
    return _jpeg(small, QUALITIES[0]), size


def _jpeg(picture: Picture, quality: int) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality, optimize=True)  # not progressive: old e-ink cannot
    return file.getvalue()
