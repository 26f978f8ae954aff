"""A PDF that WeasyPrint is about to write comes in; its tags are mended, so that it is PDF/UA.

WeasyPrint makes an annotation for every box inside a link, tags blocks inside list items as children of the item
itself, describes a link by its address, takes footnotes for spans and a block inside a heading for another heading.
ISO 14289-1 wants links tagged as links, items made of a label and a body, descriptions that say something (7.18.5,
7.6), notes tagged as notes with an ID (7.9), and headings that do not stand in one another (7.4).
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pydyf  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weasyprint.document import Document, Page

ITEM = "/LI"
BODY = "/LBody"
LABEL = "/Lbl"
PARTS = (LABEL, BODY)
DOCUMENT, NOTE, SPAN, UNNAMED = "/Document", "/Note", "/Span", "/NonStruct"
HEADINGS = tuple(f"/H{level}" for level in range(1, 7))


@contextmanager
def pages_remembered() -> Iterator[None]:
    """Let pydyf remember its list of pages while tags are written.

    It makes the list anew for every element: a third of the time that 350 pages take to write, growing with the square.
    """
    made = pydyf.PDF.page_references

    def remembered(pdf: pydyf.PDF) -> tuple[bytes, ...]:
        count, references = pdf.__dict__.get("_remembered", (-1, ()))
        if count != len(pdf.pages["Kids"]):
            references = made.fget(pdf)
            pdf.__dict__["_remembered"] = (len(pdf.pages["Kids"]), references)
        return tuple(references)

    pydyf.PDF.page_references = property(remembered)
    try:
        yield
    finally:
        pydyf.PDF.page_references = made


def only_links(page: Page) -> None:
    """Leave one annotation a link on a page: that of the link itself, none for what stands inside it."""
    page.links = [link for link in page.links if link[3].element_tag == "a"]


def mend(document: Document, pdf: pydyf.PDF) -> None:
    """Mend the tags; WeasyPrint calls this when all objects are made and none is written."""
    for page in document.pages:
        for _kind, _target, _area, box in page.links:
            _describe(box)
    for item in [each for each in pdf.objects if isinstance(each, dict) and each.get("S") == ITEM]:
        _give_body(item, pdf)
    for heading in [each for each in pdf.objects if isinstance(each, dict) and each.get("S") in HEADINGS]:
        for part in _kids(heading, pdf):
            part["S"] = SPAN if part.get("S") == heading["S"] else part["S"]
    for number, note in enumerate(_notes(pdf), 1):
        note["S"], note["ID"] = NOTE, pydyf.String(f"note-{number}")
        for part in _kids(note, pdf)[:1]:
            part["S"] = LABEL if part["S"] == UNNAMED else part["S"]


def _notes(pdf: pydyf.PDF) -> Iterator[dict[str, Any]]:
    """Yield the footnotes: what stands in the unnamed areas at the feet of pages, beside the leaves."""
    for document in [each for each in pdf.objects if isinstance(each, dict) and each.get("S") == DOCUMENT]:
        for area in _kids(document, pdf):
            if area.get("S") == UNNAMED:
                yield from (note for note in _kids(area, pdf) if note.get("S") == SPAN)


def _kids(element: dict[str, Any], pdf: pydyf.PDF) -> list[dict[str, Any]]:
    """Return the structure elements below one, without the numbers of marked content among them."""
    return [kid for kid in (_element(each, pdf) for each in element.get("K", ())) if "S" in kid]


def _describe(box: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
    words = " ".join("".join(box.element.itertext()).split())
    if box.link_annotation and words:
        box.link_annotation["Contents"] = pydyf.String(words)


def _give_body(item: pydyf.Dictionary, pdf: pydyf.PDF) -> None:
    """Put what is neither label nor body of a list item into a body."""
    kept = [kid for kid in item["K"] if _element(kid, pdf).get("S") in PARTS]
    loose = [kid for kid in item["K"] if kid not in kept]
    if not loose:
        return
    kind = {"Type": "/StructElem", "S": BODY, "P": item.reference, "K": pydyf.Array(loose)}
    body = pydyf.Dictionary({**kind, **({"Pg": item["Pg"]} if "Pg" in item else {})})
    pdf.add_object(body)
    _adopt(loose, body, pdf)
    item["K"] = pydyf.Array([*kept, body.reference])


def _adopt(kids: Iterable[Any], parent: pydyf.Dictionary, pdf: pydyf.PDF) -> None:
    for kid in kids:
        element = _element(kid, pdf)
        if "P" in element:
            element["P"] = parent.reference


def _element(kid: Any, pdf: pydyf.PDF) -> dict[str, Any]:  # noqa: ANN401 - a reference such as b"12 0 R", or a number of marked content
    found: dict[str, Any] = pdf.objects[int(kid.split()[0])] if isinstance(kid, bytes) else {}
    return found
