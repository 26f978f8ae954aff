"""Laid-out pages come in; what is drawn on them and says nothing goes into the PDF as artifacts, which a reader skips.

WeasyPrint tags all text and every picture. ISO 14289-1, 7.1 wants no tag on what only decorates: pictures without a
meaning (``role="presentation"``), the dots that lead to a number, and the head of a table that comes again on its next
page (ISO 32000-1, 14.8.2.2.2).
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes
from weasyprint.pdf.stream import Stream

from builder.press.standing_in import in_place_of, stood_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weasyprint.document import Page


def untold(pages: Iterable[Page]) -> frozenset[Any]:
    """Find the boxes that are drawn and not told, with all that is in them."""
    known: set[int] = set()  # the heads and feet of tables met before
    return frozenset(each for page in pages for each in _found(page._page_box, known, hidden=False))  # noqa: SLF001 - there is no other way in


def _found(box: Any, known: set[int], *, hidden: bool) -> Iterator[Any]:  # noqa: ANN401 - WeasyPrint has no types
    box = stood_for(box)
    hidden = hidden or _says_nothing(box) or _comes_again(box, known)
    if hidden:
        yield box
    for child in getattr(box, "children", ()):
        yield from _found(child, known, hidden=hidden)


def _says_nothing(box: Any) -> bool:  # noqa: ANN401
    if isinstance(box, boxes.ReplacedBox):
        return box.element is not None and box.element.get("role") == "presentation"
    return bool(box.is_leader) or isinstance(box, boxes.MarginBox)


def _comes_again(box: Any, known: set[int]) -> bool:  # noqa: ANN401
    if not isinstance(box, boxes.TableRowGroupBox) or not (box.is_header or box.is_footer):
        return False
    again = id(box.element) in known
    known.add(id(box.element))
    return again


@contextmanager
def drawn(hidden: frozenset[Any]) -> Iterator[None]:
    """Let WeasyPrint draw these boxes without tags while a PDF is written."""
    marked = Stream.marked

    def mark(stream: Stream, box: Any, tag: str) -> Any:  # noqa: ANN401
        return stream.artifact() if box in hidden else marked(stream, box, tag)

    with in_place_of(Stream, "marked", mark):
        yield
