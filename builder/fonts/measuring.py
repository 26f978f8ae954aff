"""A cast face and words come in; glyphs, widths and heights go out."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import uharfbuzz as harfbuzz

from builder.fonts.casting import LETTERS

if TYPE_CHECKING:
    from builder.fonts.casting import Face

LOWER = frozenset("abcdefghijklmnopqrstuvwxyz").union(letter for letter in LETTERS if letter.islower())
CAPITALS = frozenset(map(str.upper, LOWER))


def measure(face: Face, text: str, size: float) -> float:
    """Return the width of one line of ``text`` in points, set in ``face`` at ``size`` points."""
    return sum(glyph.advance for glyph in shape(face, text)) * size / 1000


@dataclass(frozen=True, slots=True)
class Shaped:
    """A glyph of a line: its number, its own width, and how far it takes the line on (both in 1/1000 em)."""

    number: int
    width: int
    advance: float


def shape(face: Face, text: str) -> tuple[Shaped, ...]:
    """Return the glyphs that set one line of ``text``, figures lining, letters kerned."""
    font = _font(face.data)
    thousandth = 1000 / font.face.upem
    buffer = harfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    harfbuzz.shape(font, buffer, {"lnum": True})
    return tuple(
        Shaped(
            info.codepoint, round(font.get_glyph_h_advance(info.codepoint) * thousandth), place.x_advance * thousandth
        )
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    )


@lru_cache(maxsize=32)
def figure_widths(face: Face) -> tuple[int, ...]:
    """Return how wide the figures 0 to 9 are, in 1/1000 em."""
    return tuple(shape(face, figure)[0].width for figure in "0123456789")


@dataclass(frozen=True, slots=True)
class Measures:
    """What a font says of itself, in thousandths of an em; the slant in degrees, falling to the right negative."""

    ascent: int
    descent: int
    capital: int
    slant: int
    box: tuple[int, int, int, int]


def measures(face: Face) -> Measures:
    """Measure a face: ascent, descent, height of capitals, slant, the box that all its glyphs fit in."""
    font = _font(face.data)
    thousandth = 1000 / font.face.upem
    extents = font.get_font_extents("ltr")
    capital = font.get_metric_position_with_fallback(harfbuzz.OTMetricsTag.CAP_HEIGHT)
    # OpenType's table "head": xMin, yMin, xMax, yMax stand at byte 36.
    corners = struct.unpack(">4h", font.face.reference_table("head").data[36:44])
    return Measures(
        round(extents.ascender * thousandth),
        round(extents.descender * thousandth),
        round(capital * thousandth),
        round(font.get_style_value(harfbuzz.StyleTag.SLANT_ANGLE)),
        tuple(round(corner * thousandth) for corner in corners),
    )


@dataclass(frozen=True, slots=True)
class Floors:
    """Heights of lines (em) at which letters of two lines just touch: of small letters, of text with capitals."""

    low: float
    capitals: float


@lru_cache(maxsize=64)
def floors(face: Face) -> Floors:
    """Measure from the highest mark on a letter to the lowest below one: over a–z, A–Z and the 134 Vietnamese letters.

    Lines closer than ``capitals`` may meet where capitals with two marks stand under a letter with a tail.
    """
    font = _font(face.data)
    tops, bottoms = zip(*(_reach(font, letter) for letter in sorted(LOWER | CAPITALS)), strict=True)
    lowest, highest = min(bottoms), max(tops)
    low = max(_reach(font, letter)[0] for letter in LOWER)
    return Floors((low - lowest) / font.face.upem, (highest - lowest) / font.face.upem)


def _reach(font: harfbuzz.Font, letter: str) -> tuple[int, int]:
    """Return the top and the bottom of a letter, in the font's units."""
    extents = font.get_glyph_extents(font.get_nominal_glyph(ord(letter)))
    return extents.y_bearing, extents.y_bearing + extents.height


@lru_cache(maxsize=32)
def _font(data: bytes) -> harfbuzz.Font:
    return harfbuzz.Font(harfbuzz.Face(data))
