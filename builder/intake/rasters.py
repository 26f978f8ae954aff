"""The bytes of a picture of a kind that is not printed (GIF, WebP, BMP, TIFF) → the same picture as PNG."""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from builder.manuscript import pictures

KINDS = {"image/gif": "GIF", "image/webp": "WEBP", "image/bmp": "BMP", "image/tiff": "TIFF"}
"""The kinds that can be made into PNG, by media type: the names Pillow knows them by."""

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
        mode = picture.mode if picture.mode in {"1", "L", "LA", "P", "RGB", "RGBA"} else "RGB"
        out = BytesIO()
        picture.convert(mode).save(out, "PNG")
    return out.getvalue()
