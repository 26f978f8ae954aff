"""A picture that lets the page through comes in; the same on a white ground goes out.

Pictures are drawn for white paper: black lines on nothing are not seen on a black page, and reading programs take away
every ground that styles give (Readium does at night). So the ground is in the picture.
"""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PIL import Image, ImageFile

from builder.ebook import markup
from builder.ebook.markup import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.publication import Figure

WHITE = (255, 255, 255)
_NUMBER = r"([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)"
_BOX = re.compile(r"\s*" + r"[\s,]+".join([_NUMBER] * 4) + r"\s*")


def on_white(figure: Figure) -> bytes:
    """Return the bytes of a picture, on white where it would let the page through; any other as it is."""
    if figure.media_type == "image/svg+xml":
        return _drawing(figure.data)
    return _picture(figure.data) if figure.media_type == "image/png" else figure.data


def _drawing(svg: bytes) -> bytes:
    """Draw a white ground below all else, as large as what is seen of the drawing.

    One that is not written in UTF-8 stays as it is: where its parts stand cannot be told.
    """
    try:
        svg.decode("utf-8")
        root, *rest = markup.read(svg)
    except ValueError:
        return svg
    if not rest:
        return svg
    prefix = root.name.rpartition("svg")[0]
    box = _BOX.fullmatch(root.attributes.get("viewBox", ""))
    x, y, width, height = box.groups() if box else ("0", "0", "100%", "100%")
    # As a style, which counts more than what the drawing's own styles say of its rectangles.
    ground = f'<{prefix}rect x="{x}" y="{y}" width="{width}" height="{height}" style="fill:#fff;stroke:none"/>'
    return markup.spliced(svg, (Edit(root.end, root.end, ground.encode()),))


def _picture(png: bytes) -> bytes:
    """Lay a picture with holes on white; one without, or that cannot be unpacked, stays as it is, to the byte."""
    try:
        with _strictly(), Image.open(io.BytesIO(png)) as image:
            if not image.has_transparency_data:
                return png
            whole = image.convert("RGBA")
    except (OSError, ValueError, SyntaxError):  # what Pillow makes of damaged data
        return png
    laid = Image.new("RGB", whole.size, WHITE)
    laid.paste(whole, mask=whole.getchannel("A"))
    data = io.BytesIO()
    laid.save(data, "PNG", optimize=True)
    return data.getvalue()


@contextmanager
def _strictly() -> Iterator[None]:
    """Let a picture that breaks off be no picture, whatever an engine in the same process wants of all pictures."""
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
