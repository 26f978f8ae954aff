"""The marks of a page come in; what its colours do to a press goes out: RGB, too much ink, every plate, lines too thin.

Ink is told of each mark by itself: what lies upon each other is not added up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.preflight import colours
from builder.preflight.colours import LAB, RGB
from builder.preflight.edges import what_of
from builder.preflight.marks import Area, Line, Picture, Writing
from builder.preflight.seen import Seen
from builder.problems import measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.pdf import Box
    from builder.preflight.document import Document
    from builder.preflight.marks import Mark, Sheet

MOST_INK = 300.0
"""Per cent: what uncoated paper takes (ISO 12647-2)."""

THINNEST = 0.25
THINNEST_LIGHT = 0.5
"""Points."""

_SLACK = 0.01
_MOST = 8


def page(document: Document, at: int, sheet: Sheet) -> Iterator[Seen]:
    """Look at the colours and lines of a page."""
    measures = document.measures[at - 1]
    marks = [mark for mark in sheet.marks if _is_inside(mark.box, measures.width, measures.height)]
    painted = [mark for mark in marks if not isinstance(mark, Picture)]
    yield from _first("PDF_RGB", at, (mark for mark in marks if _kind(mark) in (RGB, LAB) and not _is_neutral(mark)))
    yield from _neutral(at, painted)
    yield from _first("PDF_REGISTRATION", at, (mark for mark in painted if mark.paint.is_registration))
    yield from _first("PDF_OVERPRINT_WHITE", at, (m for m in painted if m.overprinted and m.paint.is_white))
    yield from _heavy(at, painted)
    yield from _lines(at, painted)


def _is_inside(box: Box, width: float, height: float) -> bool:
    return box[2] > 0 and box[3] > 0 and box[0] < width and box[1] < height


def _kind(mark: Mark) -> str:
    return mark.space.kind if isinstance(mark, Picture) else mark.paint.space.kind


def _is_neutral(mark: Mark) -> bool:
    """Tell whether it is black, grey or white, which is told by itself; or writing nobody sees."""
    if isinstance(mark, Picture):
        return False
    return mark.paint.is_rgb_neutral or mark.paint.is_white or (isinstance(mark, Writing) and not mark.seen)


def _neutral(at: int, marks: Iterable[Writing | Line | Area]) -> Iterator[Seen]:
    """Tell black or grey that is set in RGB: black writing before all else, for it suffers most; white is paper."""
    grey = [mark for mark in marks if mark.paint.is_rgb_neutral and not mark.paint.is_white]
    black = [mark for mark in grey if is_shown(mark) and mark.paint.is_rgb_black]
    if black:
        yield from _first("PDF_BLACK_RGB", at, black)
    else:
        yield from _first("PDF_GREY_RGB", at, (mark for mark in grey if not isinstance(mark, Writing) or mark.seen))


def is_shown(mark: Mark) -> bool:
    """Tell whether it is writing that is seen."""
    return isinstance(mark, Writing) and mark.seen and bool(mark.words.strip())


def _first(code: str, at: int, marks: Iterable[Mark]) -> Iterator[Seen]:
    """Tell a page once, at the first place."""
    for mark in marks:
        what = f"{mark.across} × {mark.down} px" if isinstance(mark, Picture) else what_of(mark)
        yield Seen(code, at, mark.box, what)
        return


def _heavy(at: int, marks: Iterable[Writing | Line | Area]) -> Iterator[Seen]:
    for mark in [each for each in marks if each.paint.ink > MOST_INK + 0.5 and not each.paint.is_registration][:_MOST]:
        values = (("ink", measure(mark.paint.ink)),)
        yield Seen("PDF_INK", at, mark.box, f"{mark.paint.ink:.0f} %", values)


def _lines(at: int, marks: Iterable[Writing | Line | Area]) -> Iterator[Seen]:
    told = 0
    for mark in marks:
        if not isinstance(mark, Line) or told >= _MOST:
            continue
        values = (("width", f"{mark.width:.2f}"),)
        if mark.paint.is_white and mark.width < THINNEST_LIGHT - _SLACK:
            told += 1
            yield Seen("PDF_LINE_LIGHT", at, mark.box, f"{mark.width:.2f} pt", values)
        elif not mark.paint.is_white and mark.width < THINNEST - _SLACK:
            told += 1
            yield Seen("PDF_LINE_THIN", at, mark.box, f"{mark.width:.2f} pt", values)


def spots(sheet: Sheet) -> set[str]:
    """Return the names of the spot inks of a page."""
    spaces = [mark.space if isinstance(mark, Picture) else mark.paint.space for mark in sheet.marks]
    named = {ink for each in spaces if each.kind == colours.SPOT for ink in each.inks}
    return named - {colours.ALL, colours.NONE, *colours.PROCESS}


def device_kinds(sheet: Sheet) -> set[str]:
    """Return the kinds of colour a page asks for without a profile: what a file's output intent must explain."""
    spaces = [mark.space if isinstance(mark, Picture) else mark.paint.space for mark in sheet.marks]
    return {each.kind for each in spaces if each.kind in (colours.RGB, colours.CMYK) and not each.profiled}
