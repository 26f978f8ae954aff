"""The boxes of pages come in; what is missing, odd or nested wrongly goes out (ISO 32000-1, 14.11.2; ISO 15930)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from builder.pdf import objects
from builder.preflight.nouns import MILLIMETRE
from builder.preflight.seen import Seen
from builder.problems import measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.pdf import Box
    from builder.preflight.document import Document

BLEED = 3.0
"""Millimetres of artwork beyond the trim that most shops ask for."""

_SLACK = 0.15  # mm: measures are rounded on their way through programs
_SIDES = 4
_OUTER = (("/TrimBox", "/BleedBox"), ("/TrimBox", "/MediaBox"), ("/BleedBox", "/MediaBox"), ("/ArtBox", "/MediaBox"))


def check(document: Document) -> Iterator[Seen]:
    """Look at the boxes of every page."""
    for at, page in enumerate(document.pages, 1):
        yield from _page(at, page, document.measures[at - 1].unit)
    yield from _sizes(document)


def _page(at: int, page: object, unit: float) -> Iterator[Seen]:
    raw = {key: objects.get(page, key) for key in ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")}
    boxes = {key: box for key, value in raw.items() if (box := _rectangle(value))}
    if wrong := [key[1:] for key, value in raw.items() if value is not None and key not in boxes]:
        yield Seen("PDF_BOX_NESTED", at, what=", ".join(wrong), values=(("inner", wrong[0]), ("outer", "—")))
    for inner, outer in _OUTER:
        if inner in boxes and outer in boxes and not _lies_in(boxes[inner], boxes[outer]):
            yield Seen("PDF_BOX_NESTED", at, boxes[inner], values=(("inner", inner[1:]), ("outer", outer[1:])))
    if "/TrimBox" not in boxes and "/ArtBox" not in boxes:
        yield Seen("PDF_TRIM_MISSING", at)
    if "/MediaBox" in boxes and any(abs(each) > _SLACK for each in boxes["/MediaBox"][:2]):
        values = tuple(zip(("x", "y"), (measure(each) for each in boxes["/MediaBox"][:2]), strict=True))
        yield Seen("PDF_BOX_ORIGIN", at, values=values)
    if turn := round(objects.number(objects.get(page, "/Rotate"))) % 360:
        yield Seen("PDF_PAGE_TURNED", at, values=(("degrees", turn),))
    if unit != 1:
        yield Seen("PDF_USER_UNIT", at, values=(("unit", measure(unit)),))


def _rectangle(value: object) -> Box | None:
    numbers = objects.numbers(value)
    if len(numbers) != _SIDES:
        return None
    left, right = sorted(numbers[::2])
    bottom, top = sorted(numbers[1::2])
    return (left, bottom, right, top) if left < right and bottom < top else None


def _lies_in(inner: Box, outer: Box) -> bool:
    slack = _SLACK * MILLIMETRE
    low = all(inner[side] >= outer[side] - slack for side in (0, 1))
    return low and all(inner[side] <= outer[side] + slack for side in (2, 3))


def _sizes(document: Document) -> Iterator[Seen]:
    """Find pages that are not as large as most are."""
    sizes = [(round(each.width / MILLIMETRE), round(each.height / MILLIMETRE)) for each in document.measures]
    usual = Counter(sizes).most_common(1)[0][0]
    for at, size in enumerate(sizes, 1):
        if any(abs(one - other) > 1 for one, other in zip(size, usual, strict=True)):
            found, most = (" × ".join(map(str, each)) for each in (size, usual))
            yield Seen("PDF_SIZES_DIFFER", at, what=f"{found} mm", values=(("found", found), ("usual", most)))


def names_bleed(document: Document, at: int) -> bool:
    """Tell whether a page names a bleed: where it does not, what lies beyond its trim may be room for crop marks."""
    return _rectangle(objects.get(document.pages[at - 1], "/BleedBox")) is not None


def bleed_of(document: Document, at: int) -> float:
    """Return how far a page reaches beyond its trim on its narrowest side, in mm: its bleed, or else its paper."""
    page, unit = document.pages[at - 1], document.measures[at - 1].unit
    trim = document.measures[at - 1].trim
    outer = _rectangle(objects.get(page, "/BleedBox")) or _rectangle(objects.get(page, "/MediaBox")) or trim
    reach = min(trim[0] - outer[0], trim[1] - outer[1], outer[2] - trim[2], outer[3] - trim[3])
    return max(0.0, reach * unit / MILLIMETRE)
