"""A picture found in a file → its path in the source folder, its bytes and what it shows, when it can be printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder import problems
from builder.intake import rasters
from builder.manuscript import pictures, svg

if TYPE_CHECKING:
    from builder.intake.original import Picture
    from builder.intake.record import Record

_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}


_SVG_HEAD = 1000
_STARTS = (
    (pictures.PNG, "image/png"),
    (pictures.JPEG, "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
)


def media_type(data: bytes) -> str:
    """The kind of a picture by its first bytes; empty for what is none that can be printed."""
    if b"<svg" in data[:_SVG_HEAD]:
        return "image/svg+xml"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in _STARTS if data.startswith(start)), "")


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture as it will stand in the source folder: ``figures/hinh-1.png``, its bytes, its description."""

    path: str
    data: bytes
    alt: str


def placed(picture: Picture, number: int, line: int, record: Record) -> Placed | None:
    """The ``number``-th picture → where it will stand; one that cannot be printed is left out and reported.

    One without a description is called by its number, and reported: someone who saw it must write one.
    """
    ending, data = printable(picture)
    alt = " ".join(picture.alt.split())
    if not data:
        record.add(problems.intake_picture_left, line, alt or picture.media_type, "broken")
        record.left.append(alt)
        return None
    path = f"figures/hinh-{number}.{ending}"
    if not alt:
        alt = f"Hình {number}"
        record.add(problems.intake_alt, line, path)
        record.put.append(alt)
    return Placed(path, data, alt)


def printable(picture: Picture) -> tuple[str, bytes]:
    """The ending and the bytes of a picture as it is printed; no bytes when it cannot be."""
    if picture.media_type in rasters.KINDS:
        return "png", rasters.png(picture.data, picture.media_type) or b""
    ending = _ENDINGS.get(picture.media_type, "")
    if ending == "svg":
        return ending, b"" if svg.unsafe(picture.data) else picture.data
    size = pictures.size(picture.data) if ending else None
    return ending, picture.data if size and size[0] * size[1] <= pictures.MOST else b""
