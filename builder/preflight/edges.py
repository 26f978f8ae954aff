"""The marks of a page come in; what stands too near its edges goes out, and colour that stops short of the bleed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.preflight import boxes
from builder.preflight.marks import Writing
from builder.preflight.nouns import MILLIMETRE, Purpose
from builder.preflight.seen import Seen
from builder.problems import measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.pdf import Box
    from builder.preflight.document import Document
    from builder.preflight.marks import Mark, Sheet

SAFE = {Purpose.SHOP: 3.0, Purpose.OFFICE: 4.0}
"""Millimetres inside the edge: what a knife may cut off; what office printers do not reach (4.2 mm)."""

NEAR = 0.5
"""Millimetres from the trim within which ink is meant to reach it, or will when the knife is a little off."""

_SLACK = 0.2
_MOST = 10


def check(document: Document, at: int, sheet: Sheet) -> Iterator[Seen]:
    """Look along the four edges of a page."""
    measures = document.measures[at - 1]
    size = (measures.width, measures.height)
    marks = [mark for mark in sheet.marks if _is_seen(mark) and _meets(mark.box, size)]
    if document.purpose is Purpose.SHOP:
        yield from _bleed(document, at, marks)
    if document.purpose in SAFE:
        yield from _safety(document.purpose, at, marks, size)


def _is_seen(mark: Mark) -> bool:
    if isinstance(mark, Writing) and not (mark.seen and mark.words.strip()):
        return False
    return not hasattr(mark, "paint") or not mark.paint.is_white


def _meets(box: Box, size: tuple[float, float]) -> bool:
    """Tell whether a mark is on the trimmed page at all: crop marks and notes for the shop are not."""
    slack = _SLACK * MILLIMETRE
    return box[2] > slack and box[3] > slack and box[0] < size[0] - slack and box[1] < size[1] - slack


def _distances(box: Box, size: tuple[float, float]) -> tuple[float, float, float, float]:
    """Return how far inside the trim a box ends, in mm: left, bottom, right, top; less than 0 is beyond."""
    inner = (box[0], box[1], size[0] - box[2], size[1] - box[3])
    left, bottom, right, top = (each / MILLIMETRE for each in inner)
    return left, bottom, right, top


def _sides_touched(box: Box, size: tuple[float, float]) -> list[float]:
    return [each for each in _distances(box, size) if each <= _SLACK]


def _bleed(document: Document, at: int, marks: list[Mark]) -> Iterator[Seen]:
    """Ask for bleed: of a page that names none, only what is painted counts, not the room of its crop marks."""
    size = (document.measures[at - 1].width, document.measures[at - 1].height)
    touching = [mark for mark in marks if _sides_touched(mark.box, size)]
    counts = boxes.names_bleed(document, at) or bool(touching)
    have = boxes.bleed_of(document, at) if counts else 0.0
    if have < boxes.BLEED - _SLACK:
        # Where all ink keeps off the edges the paper may end anywhere.
        if near := next((mark for mark in marks if min(_distances(mark.box, size)) <= NEAR), None):
            yield Seen("PDF_BLEED_MISSING", at, near.box, what_of(near), (("have", measure(have)),))
        return
    reaches = {mark.box: -max(_sides_touched(mark.box, size)) for mark in touching}
    # Where a larger area that does reach the bleed lies around one, no white can show.
    whole = [box for box, reach in reaches.items() if reach >= boxes.BLEED - _SLACK]
    grounds = sorted(whole, key=_extent, reverse=True)[:_MOST]
    for box, reach in reaches.items():
        if reach < boxes.BLEED - _SLACK and not any(_around(ground, box) for ground in grounds):
            yield Seen("PDF_BLEED_SHORT", at, box, values=(("reach", measure(max(0.0, reach))),))
            return


def _extent(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _around(outer: Box, inner: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def _safety(purpose: Purpose, at: int, marks: list[Mark], size: tuple[float, float]) -> Iterator[Seen]:
    """Find what ends near an edge without running over it; in an office nothing may run over it either."""
    safe, told = SAFE[purpose], 0
    for mark in marks:
        low = _SLACK if purpose is Purpose.SHOP else -1e6
        near = [each for each in _distances(mark.box, size) if low < each < safe - _SLACK]
        if near and told < _MOST:
            told += 1
            values = (("distance", measure(max(0.0, min(near)))), ("safe", measure(safe)))
            yield Seen("PDF_SAFETY", at, mark.box, what_of(mark), values)


def what_of(mark: Mark) -> str:
    """Say what a mark is: its words; nothing for a drawing."""
    return " ".join(mark.words.split())[:60] if isinstance(mark, Writing) else ""
