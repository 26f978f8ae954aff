"""The roles of ``fonts/roles.toml`` and the letters of a text come in; cast static faces go out.

A *role* says which family sets what; a *cut* is one weight and style of a family and the file it lies in; a *face*
is a cut made static and cut down to the letters a book may need. Families come from ``fontpkg-*`` packages or lie as
files beside ``roles.toml``. Nothing here knows CSS beyond ``@font-face`` rules, nothing writes a file.
"""

from __future__ import annotations

import hashlib
import re
import struct
import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import fontpkg
import fontpkg.errors
import uharfbuzz as harfbuzz

from builder import problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

ROLES = "roles.toml"
MEDIA = ("print", "ebook")

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
REGULAR = 400
RESERVED = "Reserved Font Name"
WHOLE_AXES = {"wdth": 100.0}
UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})  # characters that print nothing


@dataclass(frozen=True, slots=True)
class Cut:
    """One weight (100–900) and style (``normal``, ``italic``) of a family, and the file it lies in."""

    family: str
    weight: int
    style: str
    path: Path


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
        return f"{_slug(self.family)}-{self.weight}{italic}.{suffix}"


@dataclass(frozen=True, slots=True)
class Roles:
    """Which family sets what.

    Attributes:
        family: role (``text``, ``heads`` …) → family.
        print_cuts: the cuts a printed book is set in, in the order of ``roles.toml``.
        ebook_cuts: those embedded in an e-book.
    """

    family: Mapping[str, str]
    print_cuts: tuple[Cut, ...]
    ebook_cuts: tuple[Cut, ...]

    @property
    def families(self) -> tuple[str, ...]:
        """The families, each once, in the order of their roles."""
        return tuple(dict.fromkeys(self.family.values()))

    def faces(self, *, ebook: bool) -> tuple[Cut, ...]:
        """Return the cuts to cast for a medium."""
        return self.ebook_cuts if ebook else self.print_cuts


# --- roles ----------------------------------------------------------------------------------------


def roles(folder: Path) -> Roles:
    """Read ``roles.toml`` of the ``fonts/`` folder and find each cut's file.

    Raises:
        Problems: ``ROLES_BROKEN`` (not TOML, or an entry of the wrong kind), ``FONT_UNKNOWN`` (no such family is
            installed), ``FONT_CUT`` (the family has no such weight or style, or its file is not there).
    """
    file = folder / ROLES
    place = problems.Place(str(file))
    try:
        data = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise problems.Problems([problems.roles_broken(place, str(error))]) from error
    if not data or not all(isinstance(table, dict) for table in data.values()):
        raise problems.Problems([problems.roles_broken(place, "text, heads")])
    read = [_Role(folder, place, name, table) for name, table in data.items()]
    cuts = {medium: tuple(dict.fromkeys(cut for role in read for cut in role.cuts(medium))) for medium in MEDIA}
    return Roles({role.name: role.family for role in read}, cuts["print"], cuts["ebook"])


@dataclass(frozen=True, slots=True)
class _Role:
    """One table of ``roles.toml``."""

    folder: Path
    place: problems.Place
    name: str
    table: Mapping[str, object]

    @property
    def family(self) -> str:
        family = self.table.get("family")
        if not isinstance(family, str) or set(self.table) - {"family", "files", *MEDIA}:
            raise self._broken(self.name)
        return family

    def cuts(self, medium: str) -> Iterator[Cut]:
        wanted = self.table.get(medium, [])
        if not isinstance(wanted, list):
            raise self._broken(f"{self.name}.{medium}")
        for entry in wanted:
            match = re.fullmatch(r"([1-9]00)(i?)", str(entry))
            if not match:
                raise self._broken(f"{self.name}.{medium}: {entry}")
            style = "italic" if match[2] else "normal"
            yield Cut(self.family, int(match[1]), style, self._path(str(entry), int(match[1]), style))

    def _path(self, entry: str, weight: int, style: str) -> Path:
        files = self.table.get("files", {})
        if not isinstance(files, dict):
            raise self._broken(f"{self.name}.files")
        return self._own(str(files.get(entry, "")), entry) if files else self._installed(entry, weight, style)

    def _own(self, name: str, entry: str) -> Path:
        path = (self.folder / name).resolve()
        if not name or not path.is_file() or not path.is_relative_to(self.folder.resolve()):
            raise problems.Problems([problems.font_cut(self.place, self.family, name or entry)])
        return path

    def _installed(self, entry: str, weight: int, style: str) -> Path:
        try:
            path: Path = fontpkg.path(self.family, weight, style)
        except fontpkg.errors.FamilyNotInstalled as error:
            package = f"fontpkg-{_slug(self.family)}"
            raise problems.Problems([problems.font_unknown(self.place, self.family, package)]) from error
        except (fontpkg.errors.StyleNotAvailable, fontpkg.errors.WeightNotAvailable) as error:
            raise problems.Problems([problems.font_cut(self.place, self.family, entry)]) from error
        return path

    def _broken(self, what: str) -> problems.Problems:
        return problems.Problems([problems.roles_broken(self.place, what)])


# --- casting --------------------------------------------------------------------------------------


def fingerprint(folder: Path) -> str:
    """Return the SHA-256 of the fonts that ``roles.toml`` names, wherever they lie.

    Raises:
        OSError: when one cannot be read.
        Problems: see ``roles``.
    """
    known = roles(folder)
    digest = hashlib.sha256()
    for path in sorted({cut.path for cut in (*known.print_cuts, *known.ebook_cuts)}):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def cast(wanted: Iterable[Cut], characters: frozenset[str]) -> tuple[Face, ...]:
    """Cast the cuts: static, cut down to the repertoire and ``characters``, the same bytes every time.

    A family with a reserved font name is not cast (its licence forbids a changed copy under its name): the face is
    the whole file.

    Raises:
        Problems: ``FONT_UNREADABLE`` (the file is no font), ``FONT_MISSING`` (a family without all 134 Vietnamese
            letters, which would be set from another one without a word).
    """
    return tuple(_cast(cut, characters) for cut in wanted)


def missing(faces: Iterable[Face], characters: Iterable[str]) -> frozenset[str]:
    """Return the characters that none of the faces can print."""
    had = frozenset().union(*(_letters(face.data) for face in faces))
    return frozenset(char for char in characters if ord(char) not in had and unicodedata.category(char) not in UNSEEN)


def stylesheet(faces: Iterable[Face], address: Callable[[Face], str]) -> str:
    """Write one ``@font-face`` rule a face; ``address`` says where the face can be had."""
    return "".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style}; '
        f'src: url("{address(face)}") format("{"opentype" if face.file_name.endswith("otf") else "truetype"}"); }}\n'
        for face in faces
    )


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


def cut_to_glyphs(face: Face, glyphs: Iterable[int]) -> bytes:
    """Cut a face down to some of its glyphs, by number; they keep their numbers, and nothing is left to shape with."""
    wanted = harfbuzz.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.flags |= harfbuzz.SubsetFlags.RETAIN_GIDS | harfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in SHAPING)
    wanted.name_id_set.update(NAMES)
    data: bytes = harfbuzz.subset(harfbuzz.Face(face.data), wanted).blob.data
    return data


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


def _cast(cut: Cut, characters: frozenset[str]) -> Face:
    place = problems.Place(str(cut.path))
    data = cut.path.read_bytes()
    face = harfbuzz.Face(data)
    if not face.glyph_count:
        raise problems.Problems([problems.font_unreadable(place)])
    if lacking := LETTERS - frozenset(map(chr, face.unicodes)):
        raise problems.Problems([problems.font_missing(place, "".join(sorted(lacking)), (cut.family,))])
    return Face(cut.family, cut.weight, cut.style, data if _reserved(face) else _cut_down(face, cut, characters))


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


def _reserved(face: harfbuzz.Face) -> bool:
    """Tell whether the licence reserves the font's name (OFL 1.1, condition 3)."""
    return any(RESERVED in (face.get_name(record) or "") for record in (0, 13))


def _slug(family: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", family.lower()).strip("-")


@lru_cache(maxsize=32)
def _letters(data: bytes) -> frozenset[int]:
    return frozenset(harfbuzz.Face(data).unicodes)


@lru_cache(maxsize=32)
def _font(data: bytes) -> harfbuzz.Font:
    return harfbuzz.Font(harfbuzz.Face(data))
