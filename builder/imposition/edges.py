"""Sheets and the edge a printer leaves white come in; the sides whose ink reaches into it go out.

What is drawn is what counts, not the size of the pages: white margins may lie where they like. Sides whose drawings, by
what they say of themselves, keep away from the edge are not looked at; the others are rendered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pypdfium2 import PdfDocument

from builder.paper import POINTS_PER_MM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfPage

    from builder.imposition.nouns import Face, Imposed, SheetFile
    from builder.printer import Printer

SCALE = 2.0  # pixels to a point: a sixth of a millimetre each
MOST_PIXELS = 16_000_000  # four sheets of A3; a larger sheet is looked at with larger pixels
PAPER = 250  # a level from which on nobody sees a dot


@dataclass(frozen=True, slots=True)
class Cut:
    """A side with ink that a printer does not reach: the number of its sheet, how near (mm) it comes to the edge."""

    sheet: int
    back: bool
    nearest: float


def cut_off(imposed: Imposed) -> tuple[Cut, ...]:
    """Find the sides with ink nearer to the edge of the paper than the printer prints; none when that is not known."""
    printer = imposed.job.printer
    if not printer.edge:
        return ()
    return tuple(cut for file in imposed.files for cut in _in_file(file, printer))


def _in_file(file: SheetFile, printer: Printer) -> Iterator[Cut]:
    with PdfDocument(file.pdf) as document:
        for index, face in enumerate(file.faces):
            page = document[index]
            if _may_reach(page, printer):
                nearest = min(_distances(page, face, printer))
                if nearest < printer.edge:
                    yield Cut(face.number, face.back, nearest)


def _may_reach(page: PdfPage, printer: Printer) -> bool:
    """Tell whether anything drawn says that it comes so near to the edge, wherever the printer puts it."""
    most = (printer.edge + max(abs(printer.across), abs(printer.up))) * POINTS_PER_MM
    width, height = page.get_size()
    for thing in page.get_objects(max_depth=1):
        left, foot, right, head = thing.get_bounds()
        if min(left, foot, width - right, height - head) < most:
            return True
    return False


def _distances(page: PdfPage, face: Face, printer: Printer) -> Iterator[float]:
    """Yield how far (mm) the ink keeps from each edge of the paper, as it is printed."""
    across_pt, up_pt = page.get_size()
    scale = min(SCALE, (MOST_PIXELS / (across_pt * up_pt)) ** 0.5)
    picture = page.render(scale=scale, grayscale=True)
    try:
        stride, width, height = picture.stride, picture.width, picture.height
        pixels = bytes(picture.buffer)
    finally:
        picture.close()
    across, up = (printer.across, printer.up) if face.back else (0.0, 0.0)
    rows = [pixels[start : start + width] for start in range(0, stride * height, stride)]
    for order, off in ((rows, -up), (rows[::-1], up)):
        yield _white(order) / scale / POINTS_PER_MM + off
    columns = [pixels[place::stride][:height] for place in range(width)]
    for order, off in ((columns, across), (columns[::-1], -across)):
        yield _white(order) / scale / POINTS_PER_MM + off


def _white(lines: list[bytes]) -> int:
    """Count the lines before the first with ink."""
    return next((place for place, line in enumerate(lines) if min(line) < PAPER), len(lines))
