"""A colour space of a PDF comes in; how to read its numbers as grey, RGB or CMYK goes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, Object, Stream, String

from builder.pdf.functions import NotReadable, Sampler, function
from builder.pdf.inks import CMYK, GREY, RGB

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from builder.pdf.inks import Colour

DEVICE = {
    "/DeviceGray": GREY, "/G": GREY, "/CalGray": GREY,
    "/DeviceRGB": RGB, "/RGB": RGB, "/CalRGB": RGB,
    "/DeviceCMYK": CMYK, "/CMYK": CMYK,
}  # fmt: skip
FIRST = {GREY: (0.0,), RGB: (0.0, 0.0, 0.0), CMYK: (0.0, 0.0, 0.0, 1.0)}
MODELS = {b"GRAY": GREY, b"RGB ": RGB, b"CMYK": CMYK}  # an ICC profile's colour space, bytes 16 to 19 of its header
KEPT_SPOTS = ("/Black", "/All", "/None")  # black ink is black ink; marks meant for every plate stay on every plate
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
    """

    parts: int
    first: Colour
    read: Callable[[Colour], Colour]
    model: int
    spot: bool = False
    base: tuple[Space, bytes] | None = None


def _same(colour: Colour) -> Colour:
    return tuple(min(1.0, max(0.0, part)) for part in colour)


PLAIN = {parts: Space(parts, FIRST[parts], _same, parts) for parts in FIRST}


def space(value: Object | None, named: Mapping[str, Object], depth: int = 0) -> Space | None:
    """Read a colour space; nothing for one that has no numbers to change (patterns) or cannot be read.

    Args:
        value: a name or an array.
        named: the colour spaces of the resources in force.
        depth: how many spaces this one stands in.
    """
    if value is None or depth > DEEPEST:
        return None
    if isinstance(value, Name):
        if str(value) in DEVICE:
            return PLAIN[DEVICE[str(value)]]
        return space(named.get(str(value)), named, depth + 1)
    if not isinstance(value, Array) or not len(value):
        return None
    family = str(value[0])
    if family in DEVICE:
        return PLAIN[DEVICE[family]]
    reader = _FAMILIES.get(family)
    return reader(value, named, depth) if reader else None


def _profiled(value: Array, named: Mapping[str, Object], depth: int) -> Space | None:
    """Read an ICC profile's space: what its header says, or how many parts it has."""
    if len(value) < 2 or not isinstance(value[1], Stream):  # noqa: PLR2004 - name and profile
        return None
    del named, depth
    parts = int(value[1].get(Name.N, 0))
    model = MODELS.get(value[1].read_bytes()[16:20])
    return PLAIN.get(parts) if model == parts else None


def _lab(value: Array, named: Mapping[str, Object], depth: int) -> Space | None:
    """Read CIE L*a*b*; only its neutral axis has an exact counterpart, which the print needs."""
    del named, depth
    white = [float(part) for part in value[1].get(Name.WhitePoint, (0.9643, 1.0, 0.8251))]

    def read(colour: Colour) -> Colour:
        light, a, b = colour
        middle = (light + 16) / 116
        if max(abs(a), abs(b)) < 0.5:  # noqa: PLR2004 - less than an eye can tell
            return (_shown(_linear(middle)),) * 3
        x, y, z = (
            _linear(part) * at for part, at in zip((middle + a / 500, middle, middle - b / 200), white, strict=True)
        )
        warm = white[2] < 0.95  # noqa: PLR2004 - D50 or D65
        rows = _FROM_D50 if warm else _FROM_D65
        return tuple(_shown(p * x + q * y + r * z) for p, q, r in rows)

    return Space(3, (0.0, 0.0, 0.0), read, RGB)


_FROM_D50 = ((3.1338561, -1.6168667, -0.4906146), (-0.9787684, 1.9161415, 0.033454), (0.0719453, -0.2289914, 1.4052427))
_FROM_D65 = ((3.2404542, -1.5371385, -0.4985314), (-0.969266, 1.8760108, 0.041556), (0.0556434, -0.2040259, 1.0572252))


def _linear(part: float) -> float:
    return part**3 if part > 6 / 29 else 108 / 841 * (part - 4 / 29)


def _shown(part: float) -> float:
    """Return a linear part as sRGB writes it (IEC 61966-2-1)."""
    part = min(1.0, max(0.0, part))
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055  # noqa: PLR2004 - of the standard


def _indexed(value: Array, named: Mapping[str, Object], depth: int) -> Space | None:
    base = space(value[1], named, depth + 1) if len(value) == 4 else None  # noqa: PLR2004 - name, base, last, table
    if base is None or base.base:
        return None
    table = bytes(value[3]) if isinstance(value[3], String) else value[3].read_bytes()

    def read(colour: Colour) -> Colour:
        at = max(0, min(int(colour[0]), len(table) // base.parts - 1)) * base.parts
        return base.read(tuple(part / 255 for part in table[at : at + base.parts]))

    return Space(1, (0.0,), read, base.model, base.spot, (base, table)) if base.read is _same and table else None


def _spot(value: Array, named: Mapping[str, Object], depth: int) -> Space | None:
    """Read inks with names through what stands in for them (ISO 32000-1, 8.6.6.4)."""
    if len(value) < 4 or str(value[1]) in KEPT_SPOTS:  # noqa: PLR2004 - name, inks, stand-in, function
        return None
    parts = len(value[1]) if isinstance(value[1], Array) else 1
    base = space(value[2], named, depth + 1)
    tint: Sampler | None
    try:
        tint = function(value[3]) if base and isinstance(value[3], Dictionary | Stream) else None
    except NotReadable:
        tint = None
    if base is None or tint is None or parts != 1:
        return None
    read = base.read
    return Space(1, (1.0,), lambda colour: read(tint(colour[0])), base.model, spot=True)


_FAMILIES = {
    "/ICCBased": _profiled,
    "/Lab": _lab,
    "/Indexed": _indexed,
    "/I": _indexed,
    "/Separation": _spot,
    "/DeviceN": _spot,
}
