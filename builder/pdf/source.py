"""A PDF of single pages comes in; the open document and the measures of its pages go out."""

from __future__ import annotations

import errno
import math
import os
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Object, Page, PasswordError, Pdf, PikepdfError, String

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Box = tuple[float, float, float, float]

# What viewers take when a page does not say how large it is: US Letter.
UNSAID: Box = (0, 0, 612, 792)
CORNERS = 4
LARGEST = 512_000_000
"""Bytes of a file that is held in memory whole."""


class NotAPdf(ValueError):  # noqa: N818 - named for what it is
    """Raised for bytes that are no PDF, or one without pages."""


class Encrypted(ValueError):  # noqa: N818 - named for what it is
    """Raised for a PDF that opens only with a password."""


class TooBig(ValueError):  # noqa: N818 - named for what it is
    """Raised for a file larger than this program reads; ``size`` and ``most`` are in bytes."""

    def __init__(self, size: int, most: int) -> None:
        """Keep the numbers."""
        self.size = size
        self.most = most
        super().__init__(f"{size} bytes")


@dataclass(frozen=True, slots=True)
class Measures:
    """A page as it is shown: boxes in its own units, degrees turned clockwise, points per unit."""

    trim: Box
    shown: Box
    turn: int
    unit: float

    @property
    def width(self) -> float:
        """Width of the trimmed page as it is read, in points."""
        return self._sides[1 if self.turn % 180 else 0]

    @property
    def height(self) -> float:
        """Height of the trimmed page as it is read, in points."""
        return self._sides[0 if self.turn % 180 else 1]

    @property
    def _sides(self) -> tuple[float, float]:
        left, bottom, right, top = self.trim
        return (right - left) * self.unit, (top - bottom) * self.unit

    @property
    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """The matrix that sets the page upright, its lower left trim corner at the origin, in points."""
        left, bottom, right, top = self.trim
        upright = {
            0: (1, 0, 0, 1, -left, -bottom),
            90: (0, -1, 1, 0, -bottom, right),
            180: (-1, 0, 0, -1, right, top),
            270: (0, 1, -1, 0, top, -left),
        }[self.turn]
        a, b, c, d, e, f = (number * self.unit for number in upright)
        return a, b, c, d, e, f


def bounded(path: Path) -> bytes:
    """Read a file that is not too large to be looked through.

    Raises:
        TooBig: when it has more than ``LARGEST`` bytes.
        OSError: when it cannot be read.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe would be waited for
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise TooBig(path.stat().st_size, LARGEST)
    return content


def read(path: Path) -> bytes:
    """Read a PDF file.

    Raises:
        NotAPdf: when it does not begin like one.
        TooBig: when it has more than ``LARGEST`` bytes.
        OSError: when it cannot be read.
    """
    content = bounded(path)
    # The header may stand anywhere in the first 1024 bytes (ISO 32000-1, annex H.3.4.1).
    if b"%PDF-" not in content[:1024]:
        raise NotAPdf(str(path))
    return content


def opened(content: bytes, *, flattened: bool = True) -> Pdf:
    """Open a PDF, with its printed annotations (stamps, filled fields) made part of their pages.

    Args:
        content: its bytes.
        flattened: false leaves the annotations as they are.

    Raises:
        NotAPdf: when there is no document in the bytes, or no page in the document.
        Encrypted: when it asks for a password.
    """
    try:
        pdf = Pdf.open(BytesIO(content))
        pages = len(pdf.pages)
        # A page drawn on a sheet leaves its annotations behind: what prints goes into it first.
        if flattened:
            flatten(pdf)
    except PasswordError as error:
        raise Encrypted(str(error)) from error
    except PikepdfError as error:
        raise NotAPdf(str(error)) from error
    if pages == 0:
        message = "a document without pages"
        raise NotAPdf(message)
    return pdf


def flatten(pdf: Pdf) -> tuple[str, ...]:
    """Make what prints of the annotations (stamps, filled fields) part of their pages.

    Returns:
        What was filled into fields that leave their looks to the viewer, and has letters that cannot be drawn here:
        qpdf draws those of Windows-1252 and a question mark for all others.

    Raises:
        NotAPdf: when a page is damaged beyond reading.
    """
    try:
        lost = tuple(_undrawn(pdf))
        pdf.generate_appearance_streams()
        pdf.flatten_annotations("print")
    except PikepdfError as error:
        raise NotAPdf(str(error)) from error
    return lost


def _undrawn(pdf: Pdf) -> Iterator[str]:
    form = pdf.Root.get("/AcroForm")
    if not (isinstance(form, Dictionary) and form.get("/NeedAppearances", False) is True):
        return
    for page in pdf.pages:
        fields = page.obj.get("/Annots")
        for field in fields if isinstance(fields, Array) else ():
            value = field.get("/V") if isinstance(field, Dictionary) else None
            if isinstance(value, String) and str(value).encode("cp1252", "replace").decode("cp1252") != str(value):
                yield str(value)


def measured(pdf: Pdf) -> tuple[Measures, ...]:
    """Measure every page of the document."""
    return tuple(_measures(page) for page in pdf.pages)


def _measures(page: Page) -> Measures:
    """Measure a page; qpdf has already handed down to it what the page tree above says."""
    media = _box(page.obj.get("/MediaBox")) or UNSAID
    crop = _within(_box(page.obj.get("/CropBox")), media)
    trim = _within(_box(page.obj.get("/TrimBox")), crop)
    # A page that names no bleed has none: what lies beyond its trim are marks, not artwork.
    bleed = _within(_box(page.obj.get("/BleedBox")), media) if "/BleedBox" in page.obj else trim
    return Measures(trim, _around(bleed, trim), _turn(page), _unit(page))


def _box(value: Object | None) -> Box | None:
    """Read a rectangle given by any two opposite corners; nothing when it is none or empty."""
    if not isinstance(value, Array) or len(value) != CORNERS:
        return None
    first, second, third, fourth = (_number(number, 0) for number in value)
    box = (min(first, third), min(second, fourth), max(first, third), max(second, fourth))
    return box if box[0] < box[2] and box[1] < box[3] else None


def _within(box: Box | None, outer: Box) -> Box:
    """Return the part of the box that lies in the outer one; the outer one when there is none."""
    if box is None:
        return outer
    left, bottom, right, top = (
        max(box[0], outer[0]),
        max(box[1], outer[1]),
        min(box[2], outer[2]),
        min(box[3], outer[3]),
    )
    return (left, bottom, right, top) if left < right and bottom < top else outer


def _around(box: Box, inner: Box) -> Box:
    """Return the smallest box around both."""
    return (
        min(box[0], inner[0]),
        min(box[1], inner[1]),
        max(box[2], inner[2]),
        max(box[3], inner[3]),
    )


def _turn(page: Page) -> int:
    """Read how many degrees clockwise the page is turned; only quarters of a turn count."""
    turn = round(_number(page.obj.get("/Rotate"), 0)) % 360
    return turn if turn % 90 == 0 else 0


def _unit(page: Page) -> float:
    unit = _number(page.obj.get("/UserUnit"), 1)
    return unit if unit > 0 else 1


def _number(value: object, default: float) -> float:
    """Read a number of the file; a damaged file may hold anything in its place."""
    number = float(value) if isinstance(value, int | Decimal) else default
    return number if math.isfinite(number) else default
