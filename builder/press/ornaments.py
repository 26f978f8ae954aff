"""Pictures that only decorate come in with the others; they go into the PDF as artifacts, which a reader passes over.

WeasyPrint tags every picture as a figure and wants a description of it. Of what says nothing (``role="presentation"``)
ISO 14289-1, 7.1 wants no tag at all.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags as pdf_tags
from weasyprint.pdf.stream import Stream

from builder.press.standing_in import in_place_of

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def untagged() -> Iterator[None]:
    """Let WeasyPrint draw ornaments without tags while a PDF is written."""
    marked, built = Stream.marked, pdf_tags._build_box_tree  # noqa: SLF001 - there is no other way in

    def drawn(stream: Stream, box: Any, tag: str) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        return stream.artifact() if _is_ornament(box) else marked(stream, box, tag)

    def of_the_others(box: Any, *others: Any) -> Iterator[Any]:  # noqa: ANN401
        if not _is_ornament(box):
            yield from built(box, *others)

    with in_place_of(Stream, "marked", drawn), in_place_of(pdf_tags, "_build_box_tree", of_the_others):
        yield


def _is_ornament(box: Any) -> bool:  # noqa: ANN401
    element = box.element
    return isinstance(box, boxes.ReplacedBox) and element is not None and element.get("role") == "presentation"
