"""The bytes of a picture of a kind that is not printed (GIF, WebP, BMP, TIFF) → the same picture as PNG."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import cast

from PIL import Image, UnidentifiedImageError

from builder.manuscript import pictures

KINDS = {"image/gif": "GIF", "image/webp": "WEBP", "image/bmp": "BMP", "image/tiff": "TIFF"}
"""The kinds that can be made into PNG, by media type: the names Pillow knows them by."""

_LIGHTEST = 65_535
_BROKEN = (
    *(UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning),
    *(OSError, SyntaxError, ValueError, EOFError, MemoryError),
)


def png(data: bytes, media_type: str) -> bytes | None:
    """A picture → its first frame as PNG; nothing when it is broken, or has more pixels than can be printed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _converted(data, KINDS[media_type])
    except _BROKEN:
        return None


def _converted(data: bytes, kind: str) -> bytes | None:
    with Image.open(BytesIO(data), formats=[kind]) as picture:
        if picture.width * picture.height > pictures.MOST:
            return None
        out = BytesIO()
        _printed(picture).save(out, "PNG")
    return out.getvalue()


def _printed(picture: Image.Image) -> Image.Image:
    """A picture in a mode that PNG has; finer greys are scaled to 256, where Pillow would cut them off at white."""
    if picture.mode.startswith("I;16"):
        return _scaled(picture.convert("I"), 0, _LIGHTEST)
    if picture.mode in {"I", "F"}:  # whose greys have no upper end
        return _scaled(picture, *cast("tuple[float, float]", picture.getextrema()))
    return picture.convert(picture.mode if picture.mode in {"1", "L", "LA", "P", "RGB", "RGBA"} else "RGB")


def _scaled(picture: Image.Image, darkest: float, lightest: float) -> Image.Image:
    scale = 255 / (lightest - darkest or 1)
    return picture.point(lambda grey: grey * scale + -darkest * scale).convert("L")
