"""The address of an e-book comes in; the ways to it that printed pages carry go out: its code, never too small."""

from __future__ import annotations

from dataclasses import dataclass, field

from builder import codes
from builder.publication import Figure
from builder.publication.addresses import readable

LEAST = 0.45  # mm of a module
NORMAL, LARGE = (26.0, 0.6), (30.0, 0.8)
"""How wide a code is to be, quiet zone and all (mm), and the most that a module of it may be (mm)."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way from a printed page to a place in the e-book.

    Attributes:
        address: of the e-book, in ASCII.
        shown: the same as a person types it.
        figure: the code that leads to the place.
        width: of the code with its quiet zone, which is as high (mm).
        quiet: of that, how wide the quiet zone is on each side.
    """

    address: str
    shown: str
    figure: Figure = field(repr=False)
    width: float
    quiet: float


def way(address: str, place: str, alt: str, *, large: bool) -> Way:
    """Return the way to a place.

    Args:
        address: of the e-book.
        place: the id of what the way leads to; empty: to the whole.
        alt: what the code is, in words; ``{address}`` is where it leads.
        large: for large type, whose readers hold a phone farther away.
    """
    whole = f"{address}#{place}" if place else address
    code = codes.code(whole)
    wide, most = LARGE if large else NORMAL
    module = round(min(max(wide / code.modules, LEAST), most), 3)
    name, words = f"figures/qr-{place or 'address'}.svg", alt.format(address=whole)
    figure = Figure(name, "image/svg+xml", code.drawing(module), words)
    return Way(address, readable(address), figure, round(module * code.modules, 3), round(module * codes.QUIET, 3))
