"""A PDF that WeasyPrint is about to write comes in; it is made one part of a book that is PDF/UA.

WeasyPrint makes an annotation for every box inside a link, drops links that lead out of the document, tags blocks
inside list items as children of the item itself, describes a link by its address, takes footnotes for spans, a block
inside a heading for another heading and each line of a run-in paragraph for a paragraph. ISO 14289-1 wants links tagged
as links, items made of a label and a body, descriptions that say something (7.18.5, 7.6), notes tagged as notes with an
ID (7.9), and headings that do not stand in one another (7.4). Fonts are left out: the book embeds each face once,
whatever part uses it.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pydyf  # type: ignore[import-untyped]
import weasyprint.pdf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags as pdf_tags

from builder.press.standing_in import in_place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from weasyprint.document import Document, Page

    from builder.press.slots import Slot

ITEM = "/LI"
BODY = "/LBody"
LABEL = "/Lbl"
PARTS = (LABEL, BODY)
NOTE, SPAN, UNNAMED = "/Note", "/Span", "/NonStruct"
CELLS = ("/TH", "/TD")
HEADINGS = tuple(f"/H{level}" for level in range(1, 7))
WHOLE = ("/P", *HEADINGS)

INSIDE = "anpham:"  # an address that is a name in this book, until the PDF is written


@contextmanager
def type_left_out(names: Mapping[bytes, str]) -> Iterator[None]:
    """Let WeasyPrint write fonts as names: of each, the name of its face; ``names``: SHA-256 of a font → its name.

    Also let pydyf remember its list of pages while tags are written: it makes the list anew for every element, a third
    of the time that 350 pages take to write, growing with the square.
    """

    def named(_pdf: pydyf.PDF, used: Mapping[object, Any], *_: object) -> pydyf.Dictionary:
        return pydyf.Dictionary({font.hash: f"/{face_of(font, names)}" for font in used.values()})

    def remembered(pdf: pydyf.PDF) -> tuple[bytes, ...]:
        count, references = pdf.__dict__.get("_remembered", (-1, ()))
        if count != len(pdf.pages["Kids"]):
            references = made.fget(pdf)
            pdf.__dict__["_remembered"] = (len(pdf.pages["Kids"]), references)
        return tuple(references)

    made, embedded = pydyf.PDF.page_references, weasyprint.pdf.build_fonts_dictionary
    pydyf.PDF.page_references, weasyprint.pdf.build_fonts_dictionary = property(remembered), named
    try:
        yield
    finally:
        pydyf.PDF.page_references, weasyprint.pdf.build_fonts_dictionary = made, embedded


def face_of(font: Any, names: Mapping[bytes, str]) -> str:  # noqa: ANN401 - WeasyPrint has no types
    """Name the face that a font of WeasyPrint's was made of."""
    return names[hashlib.sha256(font.file_content).digest()]


def loosen(page: Page) -> Iterator[str]:
    """Let links lead out of the document, and yield the ids they lead to.

    One annotation a link is left on a page: that of the link itself, none for what stands inside it.
    """
    links = [link for link in page.links if link[3].element_tag == "a"]
    page.links = [
        ("external", INSIDE + target, area, box) if kind == "internal" else (kind, target, area, box)
        for kind, target, area, box in links
    ]
    page.anchors = {}
    page.bookmarks = []
    yield from (target for kind, target, _, _ in links if kind == "internal")


class Mender:
    """Mends the tags of one leaf; WeasyPrint calls it when all objects are made and none is written."""

    def __init__(self, leaf: str, slots: Sequence[Slot] = ()) -> None:
        """Take the leaf's id, the stem of the names in its tags, and its slots, whose links are numbered."""
        self.leaf = leaf
        self.slots = {slot.element: number for number, slot in enumerate(slots)}
        self.feet: list[dict[str, Any]] = []  # the areas of footnotes, on pages and on strips for the margin

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch the tags being made: take down the areas of footnotes, join what is one paragraph on a page."""
        built = pdf_tags._build_box_tree  # noqa: SLF001 - there is no other way in
        begun: dict[tuple[int, int], dict[str, Any]] = {}

        def watched(box: Any, parent: Any, pdf: pydyf.PDF, *others: Any) -> Iterator[Any]:  # noqa: ANN401
            made = list(built(box, parent, pdf, *others))
            if isinstance(box, boxes.FootnoteAreaBox):
                self.feet += made
            if isinstance(box, boxes.InlineBox) and made and made[0]["S"] in WHOLE:
                first = begun.setdefault((id(parent), id(box.element)), made[0])
                if first is not made[0]:
                    _adopt(made[0]["K"], first, pdf)
                    first["K"] += made[0]["K"]
                    return
            yield from made

        with in_place_of(pdf_tags, "_build_box_tree", watched):
            yield

    def __call__(self, document: Document, pdf: pydyf.PDF) -> None:
        """Mend."""
        for page in document.pages:
            for _kind, _target, _area, box in page.links:
                _describe(box, self.slots.get(box.element))
        for item in _elements(pdf, (ITEM,)):
            _give_body(item, pdf)
        for heading in _elements(pdf, HEADINGS):
            for part in _kids(heading, pdf):
                part["S"] = SPAN if part.get("S") == heading["S"] else part["S"]
        for number, note in enumerate(self._notes(pdf), 1):
            parts = _kids(note, pdf)[:1]
            inside = [kid for part in parts for kid in _kids(part, pdf)[:1]]
            if note["S"] == UNNAMED and inside and inside[0]["S"] == UNNAMED:  # blocks, the first line one of its own
                parts = inside
            note["S"], note["ID"] = NOTE, pydyf.String(f"note-{self.leaf}-{number}")
            for part in parts:
                part["S"] = LABEL if part["S"] == UNNAMED else part["S"]
        for cell in _elements(pdf, CELLS):
            self._own_names(cell)

    def _notes(self, pdf: pydyf.PDF) -> Iterator[dict[str, Any]]:
        """Yield the footnotes: what stands in the unnamed areas at the feet."""
        return (note for area in self.feet for note in _kids(area, pdf) if note.get("S") in (SPAN, UNNAMED))

    def _own_names(self, cell: dict[str, Any]) -> None:
        """Put the leaf's name before those of the heads of tables, which are numbered leaf by leaf."""
        if "ID" in cell:
            cell["ID"] = self._own(cell["ID"])
        if headers := cell.get("A", {}).get("Headers"):
            cell["A"]["Headers"] = pydyf.Array([self._own(header) for header in headers])

    def _own(self, name: pydyf.String) -> pydyf.String:
        return pydyf.String(f"{self.leaf}-{name.string}")


def _elements(pdf: pydyf.PDF, kinds: tuple[str, ...]) -> list[dict[str, Any]]:
    return [each for each in pdf.objects if isinstance(each, dict) and each.get("S") in kinds]


def _kids(element: dict[str, Any], pdf: pydyf.PDF) -> list[dict[str, Any]]:
    """Return the structure elements below one, without the numbers of marked content among them."""
    return [kid for kid in (_element(each, pdf) for each in element.get("K", ())) if "S" in kid]


def _describe(box: Any, slot: int | None) -> None:  # noqa: ANN401 - WeasyPrint has no types
    """Describe a link by its words; one inside the book leads to a name, one of a slot is named by its number."""
    annotation = box.link_annotation
    if not annotation:
        return
    if words := " ".join("".join(box.element.itertext()).split()):
        annotation["Contents"] = pydyf.String(words)
    if slot is not None:
        annotation["NM"] = pydyf.String(str(slot))
    address = annotation["A"]["URI"].string if "A" in annotation else ""
    if address.startswith(INSIDE):
        del annotation["A"]
        annotation["Dest"] = pydyf.String(address.removeprefix(INSIDE))


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
