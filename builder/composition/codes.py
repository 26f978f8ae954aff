"""The address of an e-book comes in; the QR codes (ISO/IEC 18004) that printed pages carry go out, as drawings.

A code is read from paper by a phone, from a photocopy too: so it is black on white with the quiet zone the standard
asks for, never smaller than ``LEAST`` a module, and one outline, in which no printer can leave hairlines.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import segno

from builder.publication import Figure
from builder.publication.addresses import readable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

QUIET = 4  # modules (ISO/IEC 18004, 9.1)
LEAST = 0.45  # mm of a module
NORMAL, LARGE = (26.0, 0.6), (30.0, 0.8)
"""How wide a code is to be, quiet zone and all (mm), and the most that a module of it may be (mm)."""

LEVEL = "m"  # 15 % of the letters may be lost; more where that makes the code no larger

Point = tuple[int, int]


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
    code = segno.make_qr(whole, error=LEVEL, boost_error=True)
    rows = [[bool(dark) for dark in row] for row in code.matrix]
    modules = len(rows) + 2 * QUIET
    wide, most = LARGE if large else NORMAL
    module = round(min(max(wide / modules, LEAST), most), 3)
    drawing = _drawing(rows, modules, module).encode()
    figure = Figure(f"figures/qr-{place or 'address'}.svg", "image/svg+xml", drawing, alt.format(address=whole))
    return Way(address, readable(address), figure, round(module * modules, 3), round(module * QUIET, 3))


def _drawing(rows: Sequence[Sequence[bool]], modules: int, module: float) -> str:
    width = f"{module * modules:g}mm"
    outline = "".join(f"M{_path(loop)}z" for loop in _outlines(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{width}" viewBox="0 0 {modules} {modules}">'
        f'<path fill="white" d="M0 0h{modules}v{modules}h-{modules}z"/>'
        f'<path fill="black" d="{outline}"/></svg>'
    )


def _path(loop: Sequence[Point]) -> str:
    x, y = loop[0]
    steps = (f"h{b[0] - a[0]}" if a[1] == b[1] else f"v{b[1] - a[1]}" for a, b in pairwise(loop))
    return f"{x + QUIET} {y + QUIET}{''.join(steps)}"


def _outlines(rows: Sequence[Sequence[bool]]) -> Iterator[list[Point]]:
    """Walk round what is dark, corner by corner: it lies to the right; what is light inside is walked the other way."""
    dark = {(x, y) for y, row in enumerate(rows) for x, cell in enumerate(row) if cell}
    edges: dict[Point, list[Point]] = {}
    for x, y in sorted(dark):
        corners = ((x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1))
        beside = ((x, y - 1), (x + 1, y), (x, y + 1), (x - 1, y))
        for number, neighbour in enumerate(beside):
            if neighbour not in dark:
                edges.setdefault(corners[number], []).append(corners[(number + 1) % 4])
    while edges:
        start = min(edges)
        loop, here = [start], start
        while (there := _next(edges, loop, here)) != start:
            if len(loop) > 1 and _straight(loop[-2], here, there):
                loop.pop()
            loop.append(there)
            here = there
        if _straight(loop[-2], loop[-1], start):
            loop.pop()
        yield loop


def _next(edges: dict[Point, list[Point]], loop: Sequence[Point], here: Point) -> Point:
    """Take the edge that leads on; where two dark modules meet at a corner, the one that keeps them apart."""
    ways = edges[here]
    chosen = ways[0]
    if len(ways) > 1:
        came = loop[-2]
        chosen = next(each for each in ways if _turns_right(came, here, each))
    ways.remove(chosen)
    if not ways:
        del edges[here]
    return chosen


def _straight(one: Point, two: Point, three: Point) -> bool:
    return (two[0] - one[0]) * (three[1] - two[1]) == (two[1] - one[1]) * (three[0] - two[0])


def _turns_right(one: Point, two: Point, three: Point) -> bool:
    return (two[0] - one[0]) * (three[1] - two[1]) - (two[1] - one[1]) * (three[0] - two[0]) > 0
