"""A PDF that WeasyPrint is about to write comes in; it is given the tags of one part of a book that is PDF/UA.

WeasyPrint makes its tags box by box: what it makes is not used. The tree that a screen reader reads (``reading``) is
written instead, with links that describe themselves (ISO 14289-1, 7.18.5), notes with an ID (7.9), heads of tables that
say what they head (7.5), lists that say how they are numbered and pictures that say what they show and where they stand
(7.3). Fonts are left out: the book embeds each face once, whatever part uses it.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pydyf  # type: ignore[import-untyped]
import weasyprint.pdf
from weasyprint.logger import LOGGER

from builder.press import callback, reading, untold
from builder.press.reading import Mark, Node, Target
from builder.press.slots import SAID
from builder.press.standing_in import in_place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from weasyprint.document import Page

    from builder.press.slots import Slot

INSIDE = "anpham:"  # an address that is a name in this book, until the PDF is written
POINTS = 0.75  # in a CSS pixel
NUMBERED = {  # list-style-type → ListNumbering (ISO 32000-1, Table 347)
    "disc": "/Disc",
    "circle": "/Circle",
    "square": "/Square",
    "decimal": "/Decimal",
    "upper-roman": "/UpperRoman",
    "lower-roman": "/LowerRoman",
    "upper-alpha": "/UpperAlpha",
    "lower-alpha": "/LowerAlpha",
}


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
    """Let links lead out of the document, and yield the ids that those of the text lead to.

    One annotation a link is left on a page: that of the link itself, none for what stands inside it.
    """
    links = [link for link in page.links if link[3].element_tag == "a" or callback.is_number(link[3])]
    page.links = [
        ("external", INSIDE + target, area, box) if kind == "internal" else (kind, target, area, box)
        for kind, target, area, box in links
    ]
    page.anchors = {}
    page.bookmarks = []
    yield from (target for kind, target, _, box in links if kind == "internal" and box.element_tag == "a")


class Tagger:
    """Tags one leaf."""

    def __init__(
        self,
        leaf: str,
        pages: Sequence[Page],
        slots: Sequence[Slot] = (),
        drawn: Callable[[Sequence[Any]], None] = lambda _streams: None,
    ) -> None:
        """Take a leaf.

        Args:
            leaf: its id, the stem of the names in its tags.
            pages: laid out.
            slots: its slots, whose links are numbered.
            drawn: is given the pages' streams when all are drawn and none is written.
        """
        self.leaf = leaf
        self.pages = pages
        self.slots = {slot.element: number for number, slot in enumerate(slots)}
        self.hidden = untold.untold(pages)
        self.drawn = drawn

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Have the pages drawn and tagged so while a PDF is written."""

        def add_tags(pdf: pydyf.PDF, _document: object, _version: object, streams: Sequence[Any]) -> None:
            self.drawn(streams)
            for page in self.pages:
                for _kind, _target, _area, box in page.links:
                    _describe(box, self.slots.get(box.element))
            marks = [stream._tags for stream in streams]  # noqa: SLF001 - there is no other way in
            counts = [len(marked) for marked in marks]
            tree = reading.read(self.pages, self.hidden, marks)
            if lost := [box for marked in marks for box in marked]:
                message = f"drawn and not tagged: {lost}"
                raise AssertionError(message)
            _Writer(pdf, self.pages, self.leaf, counts).write(tree)

        with untold.drawn(self.hidden), in_place_of(weasyprint.pdf, "add_tags", add_tags):
            yield


class _Writer:
    """Writes a tree into a PDF."""

    def __init__(self, pdf: pydyf.PDF, pages: Sequence[Page], leaf: str, counts: Sequence[int]) -> None:
        self.pdf = pdf
        self.pages = pages
        self.leaf = leaf
        self.owners: list[list[Any]] = [["null"] * count for count in counts]  # of marked content, page by page
        self.annotations: list[tuple[Any, Any]] = []
        self.notes = 0

    def write(self, document: Node) -> None:
        """Write the tree and what leads back to it: the parent tree (ISO 32000-1, 14.7.4.4)."""
        root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        self.pdf.add_object(root)
        root["K"] = pydyf.Array([self._element(document, root).reference])
        numbers: list[Any] = []
        for number, owners in enumerate(self.owners):
            numbers += [number, pydyf.Array(owners)]
        for number, (owner, annotation) in enumerate(self.annotations, len(self.owners)):
            annotation["StructParent"] = number
            numbers += [number, owner]
        tree = pydyf.Dictionary({"Nums": pydyf.Array(numbers)})
        self.pdf.add_object(tree)
        root["ParentTree"] = tree.reference
        self.pdf.catalog["StructTreeRoot"] = root.reference

    def _element(self, node: Node, parent: pydyf.Dictionary) -> pydyf.Dictionary:
        element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.kind}", "P": parent.reference})
        self.pdf.add_object(element)
        page = next((kid.page for kid in node.kids if isinstance(kid, Mark)), None)
        if page is not None:
            element["Pg"] = self._page(page)
        element["K"] = pydyf.Array([self._kid(kid, element, page) for kid in node.kids])
        element.update(self._said(node))
        return element

    def _kid(self, kid: Node | Mark | Target, element: pydyf.Dictionary, page: int | None) -> Any:  # noqa: ANN401
        if isinstance(kid, Node):
            return self._element(kid, element).reference
        if isinstance(kid, Target):
            self.annotations.append((element.reference, kid.annotation))
            return pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.annotation.reference, "Pg": self._page(kid.page)})
        self.owners[kid.page][kid.number] = element.reference
        if kid.page == page:
            return kid.number
        return pydyf.Dictionary({"Type": "/MCR", "Pg": self._page(kid.page), "MCID": kid.number})

    def _page(self, number: int) -> Any:  # noqa: ANN401
        return self.pdf.page_references[number]

    def _said(self, node: Node) -> dict[str, Any]:
        """Say what an element is besides its kind."""
        said: dict[str, Any] = {}
        if node.kind == "Note":
            self.notes += 1
            said["ID"] = pydyf.String(f"note-{self.leaf}-{self.notes}")
        if node.kind == "Figure" and node.element is not None:
            if not (alt := _alt(node.element)):
                LOGGER.error('Image "%s" has no required alt description', node.element.get("src", ""))
            said["Alt"] = pydyf.String(alt)
        if node.element is not None and "::" not in node.tag and (language := node.element.get("lang")):
            said["Lang"] = pydyf.String(language)
        if attributes := self._attributes(node):
            said["A"] = pydyf.Dictionary(attributes)
        return said

    def _attributes(self, node: Node) -> dict[str, Any]:
        if node.kind == "L":
            style = node.box.style["list_style_type"] if any(each.kind == "Lbl" for each in node.walk()) else ""
            return {"O": "/List", "ListNumbering": NUMBERED.get(style, "/None")}
        if node.kind == "Figure":
            return {"O": "/Layout", "Placement": "/Block", "BBox": pydyf.Array(_bounds(node, self.pages[node.page]))}
        if node.kind in ("TH", "TD"):
            spans = {"ColSpan": node.box.colspan, "RowSpan": node.box.rowspan}
            found = {name: span for name, span in spans.items() if span != 1}
            scope = {"Scope": _scope(node)} if node.kind == "TH" else {}
            return {"O": "/Table", **scope, **found} if scope or found else {}
        return {}


def _scope(head: Node) -> str:
    """Tell what the head of a table heads: its column, unless it says otherwise or stands beside cells."""
    said = head.element.get("scope", "") if head.element is not None else ""
    beside = head.parent is not None and any(kid.kind == "TD" for kid in head.parent.nodes)
    return "/Row" if said == "row" or (not said and beside) else "/Column"


def _alt(element: Any) -> str:  # noqa: ANN401 - an element
    title = element.find("{http://www.w3.org/2000/svg}title")
    return str(element.get("alt", "") if title is None else title.text or "")


def _bounds(figure: Node, page: Page) -> tuple[float, ...]:
    """Return the rectangle of a picture on its page, in points from the lower left (ISO 32000-1, Table 344)."""
    box, sheet = figure.box, page._page_box  # noqa: SLF001 - there is no other way in
    left, top = box.content_box_x(), box.content_box_y()
    right, foot = left + box.width, top + box.height
    wide = sheet.margin_width()
    if abs(wide - page.width) > 1:  # a page that lies on its side
        left, top, right, foot = top, wide - right, foot, wide - left
    return tuple(round(edge * POINTS, 3) for edge in (left, page.height - foot, right, page.height - top))


def _describe(box: Any, slot: int | None) -> None:  # noqa: ANN401 - WeasyPrint has no types
    """Describe a link by its words; one inside the book leads to a name, one of a slot is named by its number."""
    annotation = box.link_annotation
    if not annotation:
        return
    if words := _words(box, slot):
        annotation["Contents"] = pydyf.String(words)
    if slot is not None and SAID in words:
        annotation["NM"] = pydyf.String(str(slot))
    annotation["F"] = 4  # printed (ISO 19005-2, 6.3.2)
    address = annotation["A"]["URI"].string if "A" in annotation else ""
    if address.startswith(INSIDE):
        del annotation["A"]
        annotation["Dest"] = pydyf.String(address.removeprefix(INSIDE))


def _words(box: Any, slot: int | None) -> str:  # noqa: ANN401
    """Return what a link says; the number of a footnote says what it is the number of."""
    element, tag = box.element, box.element_tag
    if not callback.is_number(box):
        return SAID if slot is not None else " ".join("".join(element.itertext()).split())
    number = SAID if slot is not None else element.get("data-n", "")
    named = element.get("data-named" if tag.endswith(callback.CALL) else "data-back", "")
    return f"{named} {number}".strip()
