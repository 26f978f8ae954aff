"""Laid-out pages come in; the number of each footnote leads to the note and the note's own number back, as links.

A reader who hears the number of a note can go there and return (ISO 14289-1, 7.9 and 7.18.5). The links are made like
those of the text: rectangles of a page that lead to a name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builder.press.standing_in import stood_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weasyprint.document import Page

CALL, MARKER = "::footnote-call", "::footnote-marker"
BACK = "-call"  # behind the id of a note: where it is called


def linked(pages: Iterable[Page]) -> None:
    """Add the links to the pages, and the names of the places of the calls."""
    for page in pages:
        for box in _numbers(page._page_box):  # noqa: SLF001 - there is no other way in
            note = box.element.get("id")
            if note:
                left, top, width, height = box.hit_area()
                area = (left, top, left + width, top + height)
                calls = box.element_tag.endswith(CALL)
                page.links.append(("internal", note if calls else note + BACK, area, box))
                if calls:
                    page.anchors.setdefault(note + BACK, area)


def is_number(box: Any) -> bool:  # noqa: ANN401 - WeasyPrint has no types
    """Tell whether a box is the number of a footnote, where it is called or at the note itself."""
    return (box.element_tag or "").endswith((CALL, MARKER))


def _numbers(box: Any) -> Iterator[Any]:  # noqa: ANN401
    box = stood_for(box)
    if is_number(box):
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _numbers(child)
