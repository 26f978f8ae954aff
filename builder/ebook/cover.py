"""Metadata and cast faces come in; the picture of a cover goes out: black type on a stock of one pale colour.

It is what the printed booklet's cover is, type on coloured stock; the stock follows from the slug, so that the
publications of one shelf can be told apart.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from builder.vietnamese import breaks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.composition.nouns import Composition
    from builder.fonts import Face

WIDTH, HEIGHT = 1600, 2400  # pixels; 2:3, what stores and readers' shelves take
MARGIN = 170
MEASURE = WIDTH - 2 * MARGIN
TOP, TITLE_TOP, FOOT = 230, 660, 2190
TITLE_SIZES = range(152, 71, -8)
LARGE_SIZES = range(152, 111, -8)
TITLE_LINES, TITLE_HEIGHT = 6, 1000
LEADING = 1.36
LEADING_OF_CAPITALS = 1.5  # a capital with two marks above meets the line above it below this
INK = (0, 0, 0)
# Stocks that offices have; against black each has a contrast of 15 or more.
STOCKS = ((247, 239, 214), (223, 236, 245), (226, 240, 222), (250, 226, 222), (240, 230, 244), (238, 236, 230))
QUALITY = 80


@dataclass(frozen=True, slots=True)
class Type:
    """A face at a size in pixels."""

    face: Face
    size: int

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        """The face as the drawing engine takes it; the plain engine, since another one is not on every machine."""
        return ImageFont.truetype(io.BytesIO(self.face.data), self.size, layout_engine=ImageFont.Layout.BASIC)


def draw(composition: Composition) -> bytes | None:
    """Return the cover as a JPEG of 1600 × 2400 pixels; none when no face is there to set it in."""
    if not composition.faces:
        return None
    sheet = _Sheet(composition)
    sheet.head()
    sheet.title()
    sheet.foot()
    picture = io.BytesIO()
    sheet.image.save(picture, "JPEG", quality=QUALITY, optimize=True)  # not progressive: old e-ink cannot
    return picture.getvalue()


class _Sheet:
    """A cover being drawn."""

    def __init__(self, composition: Composition) -> None:
        self.told = composition.metadata
        self.faces = composition.faces
        stock = STOCKS[zlib.crc32(composition.slug.encode()) % len(STOCKS)]
        self.image = Image.new("RGB", (WIDTH, HEIGHT), stock)
        self.pen = ImageDraw.Draw(self.image)

    def head(self) -> None:
        self._lines(self.told.publisher, Type(heads(self.faces, 700), 46), TOP)

    def title(self) -> None:
        """Set the title, the subtitle and a short rule, one below the other."""
        kind = _title_type(self.told.title, heads(self.faces, 700))
        below = self._lines(self.told.title, kind, TITLE_TOP)
        below = self._lines(self.told.subtitle, Type(slanted(self.faces), 66), below + 56)
        self.pen.rectangle((MARGIN, below + 70, MARGIN + 220, below + 79), INK)

    def foot(self) -> None:
        """Set who made it and the year on the left, the rights in a box on the right."""
        kind = Type(heads(self.faces, 400), 50)
        year = str(self.told.date.year) if self.told.date else ""
        by = "" if self.told.creator == self.told.publisher else self.told.creator
        left = MEASURE - self._box(self.told.rights.upper(), Type(heads(self.faces, 700), 40)) - 60
        lines = [line for text in (by, year) for line in balanced(text, kind.font, left)]
        self._set(lines, kind, FOOT - round(LEADING * kind.size) * len(lines))

    def _box(self, words: str, kind: Type) -> int:
        """Frame a few words at the foot; return the width taken, none when they are too long for it."""
        font = kind.font
        width = round(font.getlength(words)) + 80
        if not words or width > MEASURE // 2:
            return 0
        right = WIDTH - MARGIN
        self.pen.rectangle((right - width, FOOT - 110, right, FOOT), outline=INK, width=5)
        self.pen.text((right - width + 40, FOOT - 40), words, INK, font, anchor="ls")
        return width

    def _lines(self, words: str, kind: Type, top: int) -> int:
        return self._set(balanced(words, kind.font, MEASURE), kind, top)

    def _set(self, lines: Sequence[str], kind: Type, top: int) -> int:
        """Set lines from a height on; return the height below them."""
        step, font = round(_leading("".join(lines)) * kind.size), kind.font
        for number, line in enumerate(lines, 1):
            self.pen.text((MARGIN, top + number * step - round(0.3 * kind.size)), line, INK, font, anchor="ls")
        return top + len(lines) * step


def heads(faces: Sequence[Face], weight: int) -> Face:
    """Return the face for heads: of the family that has no italic, else of the first, the nearest upright weight."""
    slanting = {face.family for face in faces if face.style == "italic"}
    family = next((face.family for face in faces if face.family not in slanting), faces[0].family)
    own = [face for face in faces if face.family == family]
    return min(own, key=lambda face: (face.style == "italic", abs(face.weight - weight)))


def slanted(faces: Sequence[Face]) -> Face:
    """Return the face of a subtitle: the lightest italic there is, else the regular face of heads."""
    italics = [face for face in faces if face.style == "italic"]
    return min(italics, key=lambda face: face.weight, default=heads(faces, 400))


def balanced(words: str, font: ImageFont.FreeTypeFont, width: float) -> tuple[str, ...]:
    """Break words into as few lines as hold them, as even as they can be, compounds kept whole."""
    lines = breaks.balance(breaks.glue_heading(words), font.getlength, width)
    return tuple(line.replace(breaks.NBSP, " ") for line in lines)


def _leading(words: str) -> float:
    return LEADING_OF_CAPITALS if words.isupper() else LEADING


def _title_type(title: str, face: Face) -> Type:
    """Return the largest type in which the title takes few lines, or else its part of the cover."""
    for most, sizes in ((2, LARGE_SIZES), (3, LARGE_SIZES), (TITLE_LINES, TITLE_SIZES)):
        for size in sizes:
            kind = Type(face, size)
            lines = balanced(title, kind.font, MEASURE)
            tall = len(lines) * _leading(title) * size > TITLE_HEIGHT
            wide = any(kind.font.getlength(line) > MEASURE for line in lines)
            if len(lines) <= most and not tall and not wide:
                return kind
    return Type(face, TITLE_SIZES[-1])
