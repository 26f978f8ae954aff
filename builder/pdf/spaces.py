"""A colour space of a PDF comes in; how to read its numbers as grey, RGB or CMYK goes out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pikepdf import Array, Name, String

from builder.pdf import objects
from builder.pdf.functions import NotReadable, function
from builder.pdf.inks import CMYK, GREY, RGB

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from builder.pdf.inks import Colour

DEVICE = {
    "DeviceGray": GREY, "G": GREY, "CalGray": GREY,
    "DeviceRGB": RGB, "RGB": RGB, "CalRGB": RGB,
    "DeviceCMYK": CMYK, "CMYK": CMYK,
}  # fmt: skip
FIRST = {GREY: (0.0,), RGB: (0.0, 0.0, 0.0), CMYK: (0.0, 0.0, 0.0, 1.0)}
MODELS = {b"GRAY": GREY, b"RGB ": RGB, b"CMYK": CMYK}  # an ICC profile's colour space, bytes 16 to 19 of its header
KEPT_SPOTS = ("Black", "All", "None")  # black ink is black ink; marks meant for every plate stay on every plate
DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space that can be read.

    Attributes:
        parts: how many numbers a colour has.
        first: the colour in force when the space is chosen (ISO 32000-1, 8.6.8), in its own numbers.
        read: its numbers → grey, RGB or CMYK.
        model: how many parts what is read has.
        spot: it is an ink with a name of its own.
        base: of an indexed space: the space of its table, and the table.
        tiles: its numbers colour tiles that have no colours of their own (8.7.3.3); no picture can be in it.
        lab: of CIE L*a*b*: the least and the greatest a* and b*.
    """

    parts: int
    first: Colour
    read: Callable[[Colour], Colour]
    model: int
    spot: bool = False
    base: tuple[Space, bytes] | None = None
    tiles: bool = False
    lab: tuple[float, float, float, float] | None = None


def _same(colour: Colour) -> Colour:
    return tuple(min(1.0, max(0.0, part)) for part in colour)


PLAIN = {parts: Space(parts, FIRST[parts], _same, parts) for parts in FIRST}


def space(value: object, named: Mapping[str, object], depth: int = 0) -> Space | None:
    """Read a colour space; nothing for one that has no numbers to change (coloured tiles) or cannot be read.

    Args:
        value: a name or an array; anything else is no space.
        named: the colour spaces of the resources in force, by their names without a slash.
        depth: how many spaces this one stands in.
    """
    if depth > DEEPEST:
        return None
    if isinstance(value, Name):
        return called(objects.name(value), named, depth)
    parts = objects.members(value)
    family = objects.name(parts[0]) if parts else ""
    if family in DEVICE:
        return PLAIN[DEVICE[family]]
    reader = _FAMILIES.get(family)
    return reader(parts, named, depth) if reader and len(parts) > 1 else None


def called(name: str, named: Mapping[str, object], depth: int = 0) -> Space | None:
    """Read the colour space of a name."""
    if name in DEVICE:
        return PLAIN[DEVICE[name]]
    return space(named.get(name), named, depth + 1)


Parts = tuple[object, ...]


def _profiled(value: Parts, named: Mapping[str, object], depth: int) -> Space | None:
    """Read an ICC profile's space by how many parts it says it has; one sound, of something else, is not read."""
    del named, depth
    parts = int(objects.number(objects.get(value[1], "/N")))
    header = objects.data(value[1]) or b""
    other = header[36:40] == b"acsp" and header[16:20] not in MODELS
    said = MODELS.get(header[16:20], parts)
    return PLAIN.get(parts) if said == parts and not other else None


def _lab(value: Parts, named: Mapping[str, object], depth: int) -> Space | None:
    """Read CIE L*a*b* (8.6.5.4); only its neutral axis has an exact counterpart, which the print needs."""
    del named, depth
    white = objects.exactly(objects.get(value[1], "/WhitePoint")) or D50
    around = objects.exactly(objects.get(value[1], "/Range")) or (-100.0, 100.0, -100.0, 100.0)
    if len(white) != RGB or len(around) != 4:  # noqa: PLR2004 - least and greatest of two
        return None
    rows = _FROM_D50 if white[2] < 0.95 else _FROM_D65  # noqa: PLR2004 - between the two

    def read(colour: Colour) -> Colour:
        light, a, b = (min(most, max(least, part)) for part, (least, most) in zip(colour, LAB_RANGES, strict=True))
        middle = (light + 16) / 116
        if max(abs(a), abs(b)) < 0.5:  # noqa: PLR2004 - less than an eye can tell
            return (_shown(_linear(middle)),) * 3
        x, y, z = (
            _linear(part) * at for part, at in zip((middle + a / 500, middle, middle - b / 200), white, strict=True)
        )
        return tuple(_shown(p * x + q * y + r * z) for p, q, r in rows)

    low_a, high_a, low_b, high_b = around
    return Space(3, (0.0, 0.0, 0.0), read, RGB, lab=(low_a, high_a, low_b, high_b))


D50 = (0.9643, 1.0, 0.8251)
LAB_RANGES = ((0.0, 100.0), (-128.0, 127.0), (-128.0, 127.0))
_FROM_D50 = ((3.1338561, -1.6168667, -0.4906146), (-0.9787684, 1.9161415, 0.033454), (0.0719453, -0.2289914, 1.4052427))
_FROM_D65 = ((3.2404542, -1.5371385, -0.4985314), (-0.969266, 1.8760108, 0.041556), (0.0556434, -0.2040259, 1.0572252))


def _linear(part: float) -> float:
    return part**3 if part > 6 / 29 else 108 / 841 * (part - 4 / 29)


def _shown(part: float) -> float:
    """Return a linear part as sRGB writes it (IEC 61966-2-1)."""
    part = min(1.0, max(0.0, part))
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055  # noqa: PLR2004 - of the standard


def _indexed(value: Parts, named: Mapping[str, object], depth: int) -> Space | None:
    base = space(value[1], named, depth + 1) if len(value) == 4 else None  # noqa: PLR2004 - name, base, last, table
    if base is None or base.base or base.read is not _same:
        return None
    table = bytes(value[3]) if isinstance(value[3], String) else objects.data(value[3])
    if not table or len(table) < base.parts:
        return None

    def read(colour: Colour) -> Colour:
        at = int(max(0, min(colour[0], len(table) // base.parts - 1))) * base.parts
        return base.read(tuple(part / 255 for part in table[at : at + base.parts]))

    return Space(1, (0.0,), read, base.model, base.spot, (base, table))


def _spot(value: Parts, named: Mapping[str, object], depth: int) -> Space | None:
    """Read inks with names through what stands in for them (ISO 32000-1, 8.6.6.4)."""
    if len(value) < 4 or objects.name(value[1]) in KEPT_SPOTS:  # noqa: PLR2004 - name, inks, stand-in, function
        return None
    parts = len(objects.members(value[1])) if isinstance(value[1], Array) else 1
    base = space(value[2], named, depth + 1)
    if base is None or base.tiles or parts != 1:
        return None
    try:
        tint = function(value[3])
    except NotReadable:
        return None
    if isinstance(value[3], Array) or len(tint(1.0)) != base.parts:
        return None
    read = base.read
    return Space(1, (1.0,), lambda colour: read(tint(colour[0])), base.model, spot=True)


def _tiles(value: Parts, named: Mapping[str, object], depth: int) -> Space | None:
    """Read the space of tiles without colours of their own (8.7.3.3): that of the colours they are given."""
    base = space(value[1], named, depth + 1)
    return None if base is None or base.tiles else replace(base, tiles=True, base=None)


_FAMILIES = {
    "ICCBased": _profiled,
    "Lab": _lab,
    "Indexed": _indexed,
    "I": _indexed,
    "Separation": _spot,
    "DeviceN": _spot,
    "Pattern": _tiles,
}
