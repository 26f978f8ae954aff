"""Cuts and the letters of a text come in; cast static faces go out, and the style rules that name them.

A *face* is a cut made static and cut down to the letters a book may need. Nothing here knows CSS beyond ``@font-face``
rules, nothing writes a file.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import uharfbuzz as harfbuzz

from builder import problems
from builder.fonts import licences
from builder.fonts.cuts import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from builder.fonts.cuts import Cut

# What every face carries if its family has it, so that one word changed does not change the fonts: Latin-1, Latin
# Extended-A, the horned letters, the Vietnamese block, punctuation, figures above and below, currency, a few signs.
REPERTOIRE = frozenset(
    map(
        chr,
        (
            *range(0x20, 0x7F),
            *range(0xA0, 0x180),
            *(0x1A0, 0x1A1, 0x1AF, 0x1B0),
            *range(0x1EA0, 0x1EFA),
            *range(0x2007, 0x2028),
            *range(0x202F, 0x203B),
            *range(0x2070, 0x208F),
            *range(0x20A0, 0x20C1),
            *(0x2044, 0x2060, 0x2116, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265),
        ),
    ),
)
# The 134 letters Vietnamese adds to ASCII: twelve vowels with six tones, and đ, small and capital.
LETTERS = frozenset(
    letter
    for vowel in "aăâeêioôơuưy"
    for tone in ("", *"\u0300\u0301\u0303\u0309\u0323")
    for small in (unicodedata.normalize("NFC", vowel + tone), "đ")
    for letter in (small, small.upper())
    if not letter.isascii()
)
# Kept besides what HarfBuzz keeps by itself: lining and tabular figures, marks fitted to capitals, raised figures.
FEATURES = ("case", "lnum", "ordn", "pnum", "sups", "tnum")
NAMES = range(26)  # the name records of copyright, names, version and licence: they must stay with the letters
SHAPING = ("BASE", "DSIG", "GDEF", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT")  # tables no set page needs any more
WHOLE_AXES = {"wdth": 100.0}
UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})  # characters that print nothing


@dataclass(frozen=True, slots=True)
class Face:
    """A static font, ready to be embedded."""

    family: str
    weight: int
    style: str
    data: bytes = field(repr=False)

    @property
    def file_name(self) -> str:
        """Name the file in ASCII: ``noto-serif-400-italic.ttf``."""
        suffix = "otf" if self.data[:4] == b"OTTO" else "ttf"
        italic = "-italic" if self.style == "italic" else ""
        return f"{slug(self.family)}-{self.weight}{italic}.{suffix}"


def cast(wanted: Iterable[Cut], characters: frozenset[str]) -> tuple[Face, ...]:
    """Cast the cuts: static, cut down to the repertoire and ``characters``, the same bytes every time.

    A family with a reserved font name, or that says it must not be cut down, is not cast: the face is the whole file.

    Raises:
        Problems: ``FONT_UNREADABLE`` (the file is no font), ``FONT_MISSING`` (a family without all 134 Vietnamese
            letters, which would be set from another one without a word), ``FONT_LOCKED`` (its maker does not let it be
            embedded).
    """
    return tuple(_cast(cut, characters) for cut in wanted)


def missing(faces: Iterable[Face], characters: Iterable[str]) -> frozenset[str]:
    """Return the characters that none of the faces can print."""
    had = frozenset().union(*(_letters(face.data) for face in faces))
    return frozenset(char for char in characters if ord(char) not in had and unicodedata.category(char) not in UNSEEN)


def stylesheet(faces: Iterable[Face], address: Callable[[Face], str], form: str = "") -> str:
    """Write one ``@font-face`` rule a face.

    Args:
        faces: to be written.
        address: says where a face can be had.
        form: in which form all of them can be had there (CSS Fonts 4, 4.3.1: ``woff``); empty: as they were cast.
    """
    return "".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style}; '
        f'src: url("{address(face)}") format("{form or _form(face)}"); }}\n'
        for face in faces
    )


def _form(face: Face) -> str:
    return "opentype" if face.file_name.endswith("otf") else "truetype"


def cut_to_glyphs(face: Face, glyphs: Iterable[int]) -> bytes:
    """Cut a face down to some of its glyphs, by number; they keep their numbers, and nothing is left to shape with."""
    wanted = harfbuzz.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.flags |= harfbuzz.SubsetFlags.RETAIN_GIDS | harfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in SHAPING)
    wanted.name_id_set.update(NAMES)
    data: bytes = harfbuzz.subset(harfbuzz.Face(face.data), wanted).blob.data
    return data


def _cast(cut: Cut, characters: frozenset[str]) -> Face:
    place = problems.Place(str(cut.path))
    data = cut.path.read_bytes()
    face = harfbuzz.Face(data)
    if not face.glyph_count:
        raise problems.Problems([problems.font_unreadable(place)])
    if lacking := LETTERS - frozenset(map(chr, face.unicodes)):
        raise problems.Problems([problems.font_missing(place, "".join(sorted(lacking)), (cut.family,))])
    if not licences.may_be_embedded(face):
        raise problems.Problems([problems.font_locked(place, cut.family)])
    whole = not licences.may_be_cut_down(face)
    return Face(cut.family, cut.weight, cut.style, data if whole else _cut_down(face, cut, characters))


def _cut_down(face: harfbuzz.Face, cut: Cut, characters: frozenset[str]) -> bytes:
    """Make one instance and one subset of a font in a single step (5 to 60 ms a face)."""
    wanted = harfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, REPERTOIRE | characters))
    wanted.layout_feature_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in FEATURES)
    wanted.name_id_set.update(NAMES)
    wanted.flags |= harfbuzz.SubsetFlags.NO_HINTING  # print has no use for hints, readers render without them
    for axis in face.axis_infos:
        at = float(cut.weight) if axis.tag == "wght" else WHOLE_AXES.get(axis.tag, axis.default_value)
        wanted.pin_axis_location(face, axis.tag, at)
    data: bytes = harfbuzz.subset(face, wanted).blob.data
    return data


@lru_cache(maxsize=32)
def _letters(data: bytes) -> frozenset[int]:
    return frozenset(harfbuzz.Face(data).unicodes)
