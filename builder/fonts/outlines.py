"""A face and words come in; their letters as a path, in PDF's operators, go out.

A line drawn so needs no font in the file and is no text: whoever reads the page does not hear it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import uharfbuzz as harfbuzz

if TYPE_CHECKING:
    from builder.fonts.cuts import Cut


@dataclass(slots=True)
class _Pen:
    """Writes a path down, in ems; curves of the second degree become the same ones of the third."""

    em: float
    start: float = 0.0
    at: tuple[float, float] = (0.0, 0.0)
    words: list[str] = field(default_factory=list)

    def move(self, x: float, y: float) -> None:
        self._to("m", (x, y))

    def line(self, x: float, y: float) -> None:
        self._to("l", (x, y))

    def conic(self, control: tuple[float, float], end: tuple[float, float]) -> None:
        (x0, y0), (x1, y1), (x2, y2) = self.at, control, end
        first = x0 + 2 / 3 * (x1 - x0), y0 + 2 / 3 * (y1 - y0)
        second = x2 + 2 / 3 * (x1 - x2), y2 + 2 / 3 * (y1 - y2)
        self._to("c", first, second, end)

    def cubic(self, first: tuple[float, float], second: tuple[float, float], end: tuple[float, float]) -> None:
        self._to("c", first, second, end)

    def close(self) -> None:
        self.words.append("h")

    def _to(self, operator: str, *points: tuple[float, float]) -> None:
        self.at = points[-1]
        placed = (part for x, y in points for part in ((self.start + x) / self.em, y / self.em))
        self.words.append(" ".join([*(f"{part:.4f}".rstrip("0").rstrip(".") for part in placed), operator]))


def outlined(cut: Cut, text: str) -> tuple[str, float]:
    """Return one line of ``text``, one em high, as a path to be filled, and its width in ems.

    Raises:
        OSError: when the font cannot be read.
    """
    font = _font(cut)
    buffer = harfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    harfbuzz.shape(font, buffer, {"lnum": True})
    pen = _Pen(float(font.face.upem))
    functions = _functions()
    for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        font.draw_glyph(glyph.codepoint, functions, pen)
        pen.start += place.x_advance
    return "\n".join(pen.words), pen.start / pen.em


def _font(cut: Cut) -> harfbuzz.Font:
    font = harfbuzz.Font(harfbuzz.Face(cut.path.read_bytes()))
    font.set_variations({"wght": cut.weight})
    return font


def _functions() -> harfbuzz.DrawFuncs:
    functions = harfbuzz.DrawFuncs()
    functions.set_move_to_func(lambda x, y, pen: pen.move(x, y))
    functions.set_line_to_func(lambda x, y, pen: pen.line(x, y))
    functions.set_quadratic_to_func(lambda a, b, x, y, pen: pen.conic((a, b), (x, y)))
    functions.set_cubic_to_func(lambda a, b, c, d, x, y, pen: pen.cubic((a, b), (c, d), (x, y)))
    functions.set_close_path_func(lambda pen: pen.close())
    return functions
