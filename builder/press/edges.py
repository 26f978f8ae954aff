"""Laid-out pages of running heads and folios come in; what of them stands over the edge of the sheet goes out.

A margin box is as tall as its content, and grows out of the margin where that is lower. Only the head and the foot of
the sheet count, where a layout cuts short what is too long for its line; of marks in the margin the sides do too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes

from builder.press.facts import MILLIMETRES, TOLERANCE
from builder.press.galley import Fault, Flaw
from builder.press.words import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weasyprint.document import Page

MARK = "folio-mark"  # the class of what says where a page of another edition begins


def cut(pages: Iterable[Page]) -> Iterator[Fault]:
    """Yield the worst case of each page."""
    for number, page in enumerate(pages):
        found = list(_cut(page._page_box))  # noqa: SLF001 - there is no other way in
        if found:
            beyond, words = max(found)
            yield Fault(Flaw.CUT, number, shortened(words), beyond)


def _cut(page: Any) -> Iterator[tuple[float, str]]:  # noqa: ANN401 - WeasyPrint has no types
    """Yield how far (mm) pieces of text stand over the edge, and their words."""
    for box in page.descendants(placeholders=True):
        if isinstance(box, boxes.TextBox) and box.text.strip():
            edges = [-box.position_y, box.position_y + box.height - page.margin_height()]
            if isinstance(box.element, Element) and box.element.get("class") == MARK:
                edges += [-box.position_x, box.position_x + box.width - page.margin_width()]
            if (beyond := max(edges) * MILLIMETRES) > TOLERANCE:
                yield beyond, box.text
