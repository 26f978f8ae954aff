"""A picture found in a file → its path in the source folder and what it shows; nothing when it cannot be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import problems
from builder.manuscript import pictures

if TYPE_CHECKING:
    from builder.intake.original import Picture
    from builder.intake.record import Record

_ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}


def named(picture: Picture, number: int, line: int, record: Record) -> tuple[str, str]:
    """The ``number``-th picture → ``figures/hinh-1.png`` and its description; two empty strings when it is left out.

    One without a description is called by its number, and reported: someone who saw it must write one.
    """
    ending = _ENDINGS.get(picture.media_type)
    size = pictures.size(picture.data) if ending else None
    if size is None or size[0] * size[1] > pictures.MOST:
        record.add(problems.intake_picture_left, line, picture.alt or picture.media_type, "broken")
        record.left.append(picture.alt)
        return "", ""
    alt = " ".join(picture.alt.split())
    if not alt:
        alt = f"Hình {number}"
        record.add(problems.intake_alt, line, f"figures/hinh-{number}.{ending}")
        record.put.append(alt)
    return f"figures/hinh-{number}.{ending}", alt
