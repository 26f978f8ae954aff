"""A colour space and numbers come in; what they put on paper goes out: which inks, how much, how light.

Spaces by ISO 32000-1, 8.6; an ICC profile is told by its number of components, as preflight programs do.
"""

from __future__ import annotations

from dataclasses import dataclass

from builder.pdf import objects
from builder.pdf.spaces import DEVICE

GRAY, RGB, CMYK, LAB, SPOT, PATTERN = "gray", "rgb", "cmyk", "lab", "spot", "pattern"
PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
ALL, NONE = "All", "None"
_BY_COMPONENTS = {1: GRAY, 3: RGB, 4: CMYK}
_FAMILIES = {name: (_BY_COMPONENTS[parts], parts) for name, parts in DEVICE.items()} | {
    "Lab": (LAB, 3),
    "Pattern": (PATTERN, 0),
}
_DEEPEST = 8

# Of 1: what the eye takes for paper, for black of several inks, for grey.
_WHITE = 0.985
_DARK, _TINTED, _EVEN = 0.6, 0.3, 0.5  # black ink; the others upon it; cyan, magenta and yellow alone
_NEUTRAL, _GREY = 0.06, 0.5  # how far red, green and blue lie apart; how light a dark grey is


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space: its kind, its components, the names of its inks, whether it is measured by a profile."""

    kind: str
    count: int
    inks: tuple[str, ...] = ()
    profiled: bool = False

    @property
    def first(self) -> tuple[float, ...]:
        """The colour a space begins with: black, or all of a spot ink."""
        if self.kind == CMYK:
            return (0.0, 0.0, 0.0, 1.0)
        return (1.0 if self.kind == SPOT else 0.0,) * self.count


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour as a page asks for it."""

    space: Space
    values: tuple[float, ...]

    @property
    def process(self) -> tuple[float, float, float, float] | None:
        """Cyan, magenta, yellow and black, each 0 to 1; nothing where only a profile could tell."""
        values, kind = self.values, self.space.kind
        if kind == GRAY and values:
            return (0, 0, 0, 1 - values[0])
        if kind == CMYK and len(values) == len(PROCESS):
            return (values[0], values[1], values[2], values[3])
        if kind == SPOT and set(self.space.inks) <= {*PROCESS, NONE}:
            said = dict(zip(self.space.inks, values, strict=False))
            c, m, y, k = (said.get(ink, 0.0) for ink in PROCESS)
            return (c, m, y, k)
        return None

    @property
    def ink(self) -> float:
        """All inks together, in per cent of one that covers the paper."""
        if self.is_registration:
            return 100.0 * len(PROCESS) * max(self.values, default=0)
        if self.space.kind in (CMYK, SPOT):
            return 100.0 * sum(self.values)
        return 100.0 * sum(self.process or (0,))

    @property
    def light(self) -> float:
        """How light it is, from 0 (black) to 1 (paper): by the eye's weights of red, green and blue."""
        if not self.values:
            return 0.5
        if self.space.kind == RGB:
            red, green, blue = self.values[:3]
            return 0.299 * red + 0.587 * green + 0.114 * blue
        if self.space.kind == LAB:
            return self.values[0] / 100
        if self.process:
            c, m, y, k = self.process
            return max(0.0, 1 - 0.299 * c - 0.587 * m - 0.114 * y) * (1 - k)
        return 1 - max(self.values) * 0.7

    @property
    def is_white(self) -> bool:
        """Tell whether it leaves the paper bare, or covers what is under it with bareness."""
        return bool(self.values) and self.space.kind != PATTERN and self.light > _WHITE

    @property
    def is_registration(self) -> bool:
        """Tell whether it prints on every plate."""
        return ALL in self.space.inks

    @property
    def is_pure_black(self) -> bool:
        """Tell whether black ink alone prints it."""
        return self.process is not None and not any(self.process[:3]) and not self.is_white

    @property
    def is_rich(self) -> bool:
        """Tell whether it is a black, or a dark grey, of several inks."""
        if self.process is None:
            return False
        c, m, y, k = self.process
        return (k >= _DARK and c + m + y >= _TINTED) or min(c, m, y) >= _EVEN

    @property
    def is_rgb_black(self) -> bool:
        """Tell whether it is a black or a dark grey in RGB: a printer's RIP makes it of four inks."""
        return self.is_rgb_neutral and self.light < _GREY

    @property
    def is_rgb_neutral(self) -> bool:
        """Tell whether it is a black, a grey or white in RGB: black ink alone would print it."""
        return self.space.kind == RGB and bool(self.values) and max(self.values) - min(self.values) < _NEUTRAL


DEVICE_GRAY, DEVICE_RGB, DEVICE_CMYK = Space(GRAY, 1), Space(RGB, 3), Space(CMYK, 4)
BLACK = Paint(DEVICE_GRAY, (0.0,))
UNKNOWN = Space(PATTERN, 0)


def space(value: object, named: object = None, depth: int = 0) -> Space:
    """Read a colour space: a name, an array, or a name of ``named``, the resources' own spaces."""
    if called := objects.name(value):
        if called in _FAMILIES:
            kind, count = _FAMILIES[called]
            return Space(kind, count, profiled=called.startswith("Cal") or kind == LAB)
        found = objects.get(named, f"/{called}")
        return space(found, None, depth + 1) if found is not None and depth < _DEEPEST else UNKNOWN
    parts = objects.members(value)
    return _of_family(objects.name(parts[0]), parts, named, depth) if parts and depth < _DEEPEST else UNKNOWN


def _of_family(family: str, parts: tuple[object, ...], named: object, depth: int) -> Space:
    second = parts[1] if len(parts) > 1 else None
    if family == "ICCBased":
        count = int(objects.number(objects.get(second, "/N")))
        return Space(_BY_COMPONENTS.get(count, PATTERN), count, profiled=True)
    if family in ("Indexed", "I"):
        return space(second, named, depth + 1)
    if family == "Separation":
        return Space(SPOT, 1, (objects.name(second),))
    if family == "DeviceN":
        inks = tuple(objects.name(each) for each in objects.members(second))[:32]
        return Space(SPOT, len(inks), inks)
    return space(parts[0], None, depth + 1) if family in _FAMILIES else UNKNOWN
