"""An address comes in; its QR code (ISO/IEC 18004) goes out: as a drawing, as a picture, as lines for a terminal.

A code is read from paper by a phone, from a photocopy too: so it is black on white with the quiet zone the standard
asks for, and one outline, in which no printer can leave hairlines.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import segno

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

QUIET = 4  # modules (ISO/IEC 18004, 9.1)
LEVEL = "m"  # 15 % of the letters may be lost; more where that makes the code no larger
DOTS = 12  # of a picture, to a module
HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Code:
    """A code: its modules row by row, the dark ones true, without the quiet zone."""

    rows: tuple[tuple[bool, ...], ...] = field(repr=False)

    @property
    def modules(self) -> int:
        """How many modules it is wide and high, quiet zone and all."""
        return len(self.rows) + 2 * QUIET

    def drawing(self, module: float) -> bytes:
        """Draw it as an SVG, its modules so many millimetres wide."""
        modules, width = self.modules, f"{module * self.modules:g}mm"
        outline = "".join(f"M{_path(loop)}z" for loop in _outlines(self.rows))
        drawn = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{width}"'
            f' viewBox="0 0 {modules} {modules}">'
            f'<path fill="white" d="M0 0h{modules}v{modules}h-{modules}z"/>'
            f'<path fill="black" d="{outline}"/></svg>'
        )
        return drawn.encode()

    def lines(self) -> tuple[str, ...]:
        """Write it in lines of half blocks, two rows of modules in each, quiet zone and all.

        What is light is drawn and what is dark left out: terminals write light on dark. On one that writes dark on
        light whoever prints them has to set both colours.
        """
        rows = [[not dark for dark in row] for row in self._surrounded()]
        rows += [[True] * self.modules] * (len(rows) % 2)
        return tuple(
            "".join(HALVES[pair] for pair in zip(upper, lower, strict=True))
            for upper, lower in zip(rows[::2], rows[1::2], strict=True)
        )

    def _surrounded(self) -> list[list[bool]]:
        side, empty = [False] * QUIET, [[False] * self.modules] * QUIET
        return [*empty, *([*side, *row, *side] for row in self.rows), *empty]


def code(address: str) -> Code:
    """Return the code of an address.

    Raises:
        ValueError: it is longer than a code can be (some 2,300 characters).
    """
    return Code(tuple(tuple(bool(dark) for dark in row) for row in _made(address).matrix))


def picture(address: str) -> bytes:
    """Draw the code of an address as a PNG in black and white, ``DOTS`` dots to a module, quiet zone and all.

    Raises:
        ValueError: it is longer than a code can be.
    """
    drawn = io.BytesIO()
    _made(address).save(drawn, kind="png", scale=DOTS, border=QUIET)
    return drawn.getvalue()


def _made(address: str) -> segno.QRCode:
    return segno.make_qr(address, error=LEVEL, boost_error=True)


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
