"""The boxes of a leaf's pages come in; what a screen reader reads of them, in order, goes out as one tree.

WeasyPrint makes an element of every piece of a box, page by page and line by line: a tree of pages, not of words. Here
what is one element of the text is one of the tree, however many lines and pages it runs over (ISO 32000-1, 14.7.4.2);
what stands in a line and means nothing by itself is no element at all; and

* a footnote stands behind the block it is called in, so that no sentence is broken off and no page is read to its end
  before the note is told (ISO 32000-1, Table 338: a Note is read where it is called from);
* commentary on the page across stands behind the clause it speaks of, as it does where the two are not on facing pages;
* contents are TOC and TOCI, an index is an Index, items have a label and a body (14.8.4.3), heads stand in no head.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes

from builder.press.callback import CALL, MARKER
from builder.press.standing_in import stood_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from weasyprint.document import Page

HEADS = tuple(f"H{level}" for level in range(1, 7))
ROLES = {"doc-toc": "TOC", "doc-index": "Index"}
NAMED = {
    "section": "Sect",
    "article": "Art",
    "main": "Part",
    "aside": "Div",
    "div": "Div",
    "figure": "Div",
    "blockquote": "BlockQuote",
    "p": "P",
    "a": "Link",
    "caption": "Caption",
    "figcaption": "Caption",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "dt": "Lbl",
    "dd": "LBody",
    "li::marker": "Lbl",
    "img": "Figure",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    **{head.lower(): head for head in HEADS},
}
GROUPS = frozenset({"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Index"})
IN_LINE = frozenset({"Link", "Span", "Reference"})
LINES = frozenset({"P", "Caption", *HEADS})  # what is made of lines
HOLDERS = frozenset({"TD", "TH", "LBody", "Lbl", *GROUPS})  # what a note can close
CELLS = frozenset({"TD", "TH"})
WHOLE = "html", "body"
SVG = "{http://www.w3.org/2000/svg}svg"
BESIDE, BEFORE = "data-beside", "data-before"


@dataclass(slots=True, eq=False)
class Node:
    """An element of the tree.

    Attributes:
        kind: a standard structure type (ISO 32000-1, 14.8.4).
        element: of the markup, if it stands for one.
        tag: of that element, with the name of the pseudo-element.
        box: the first one of it.
        page: on which that stands, from 0.
        parent: the node it stands in.
        kids: what is in it, in order.
    """

    kind: str
    element: Element | None = None
    tag: str = ""
    box: Any = None
    page: int = 0
    parent: Node | None = None
    kids: list[Node | Mark | Target] = field(default_factory=list)

    def add(self, kid: Node | Mark | Target, place: int | None = None) -> None:
        """Put something in; at the end, or at a place."""
        if isinstance(kid, Node):
            kid.parent = self
        self.kids.insert(len(self.kids) if place is None else place, kid)

    @property
    def nodes(self) -> list[Node]:
        """The nodes in it."""
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def walk(self) -> Iterator[Node]:
        """Yield it and all below it."""
        yield self
        for kid in self.nodes:
            yield from kid.walk()


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked content: page from 0, its number there."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Target:
    """What can be clicked on: page from 0, the annotation."""

    page: int
    annotation: Any


def read(pages: Sequence[Page], hidden: frozenset[Any], marks: Sequence[dict[Any, dict[str, Any]]]) -> Node:
    """Make the tree of a leaf.

    Args:
        pages: as they were drawn.
        hidden: boxes that are not told.
        marks: page by page, box → its marked content, as WeasyPrint notes it down; it is used up.
    """
    reader = _Reader(hidden, marks)
    for number, page in enumerate(pages):
        reader.take(page._page_box, number, reader.document)  # noqa: SLF001 - there is no other way in
    reader.place_notes()
    _put_beside(reader.document)
    _shape(reader.document)
    _prune(reader.document)
    return reader.document


class _Reader:
    """Walks over boxes."""

    def __init__(self, hidden: frozenset[Any], marks: Sequence[dict[Any, dict[str, Any]]]) -> None:
        self.hidden = hidden
        self.marks = marks
        self.document = Node("Document")
        self.known: dict[tuple[int, str], Node] = {}
        self.notes: dict[int, Node] = {}

    def take(self, box: Any, page: int, parent: Node) -> None:  # noqa: ANN401 - WeasyPrint has no types
        """Take a box and all that is in it."""
        box = stood_for(box)
        if box in self.hidden:
            return
        if isinstance(box, boxes.FootnoteAreaBox):
            for each in box.children:
                self._take_note(each, page)
            return
        node = self._node(box, page, parent)
        if annotation := box.link_annotation:
            node.add(Target(page, annotation))
        for child in getattr(box, "children", ()):
            self.take(child, page, node)
        if marked := self.marks[page].pop(box, None):
            node.add(Mark(page, marked["mcid"]))

    def _take_note(self, box: Any, page: int) -> None:  # noqa: ANN401
        note = self.notes.setdefault(id(box.element), Node("Note", box.element, box.element_tag, box, page))
        for child in box.children:
            self.take(child, page, note)

    def _node(self, box: Any, page: int, parent: Node) -> Node:  # noqa: ANN401
        """Return the node of a box: a new one, that of the element's pieces before it, or what is around it."""
        element, tag = box.element, box.element_tag or ""
        if element is None or (parent.element is element and parent.tag == tag):
            return parent
        key = id(element), tag
        if key not in self.known:
            kind = _kind(element, tag, box, parent)
            if not kind:
                return parent
            node = self.known[key] = Node(kind, element, tag, box, page)
            around = parent
            if kind == "Link" and parent.kind != "Reference" and _in_contents(parent):
                around = Node("Reference")
                parent.add(around)
            around.add(node)
            if tag.endswith((CALL, MARKER)) and box.link_annotation:
                node.add(Node("Link"))
        node = self.known[key]
        inner = node.nodes
        return inner[0] if tag.endswith((CALL, MARKER)) and inner else node

    def place_notes(self) -> None:
        """Put every footnote behind the block it is called in."""
        placed: dict[int, int] = {}  # block → how many notes stand behind it
        for call in [each for each in self.document.walk() if each.kind == "Reference" and each.tag.endswith(CALL)]:
            note = self.notes.pop(id(call.element), None)
            block = call.parent
            while block and block.kind not in LINES and block.kind not in HOLDERS:
                block = block.parent
            if note is None or block is None:
                continue
            if block.kind in LINES and block.kind != "Caption" and block.parent:
                placed[id(block)] = placed.get(id(block), 0) + 1
                block.parent.add(note, block.parent.kids.index(block) + placed[id(block)])
            else:
                block.add(note)
        for note in self.notes.values():
            self.document.add(note)


def _kind(element: Element, tag: str, box: Any, parent: Node) -> str:  # noqa: ANN401
    """Name what an element is; nothing for what has no meaning of its own."""
    if tag in WHOLE:
        return ""
    if tag.endswith(CALL):
        return "Reference"
    if tag.endswith(MARKER):
        return "Lbl"
    kind = ROLES.get(element.get("role", ""), "") or ("Figure" if tag == SVG else NAMED.get(tag, ""))
    if kind == "Link" and not box.link_annotation:
        kind = ""
    if kind == "L" and parent.kind == "TOCI":
        kind = "TOC"
    if kind == "LI" and parent.kind == "TOC":
        kind = "TOCI"
    if parent.kind in LINES and kind in {*LINES, *GROUPS}:
        kind = ""
    lang = element.get("lang") if "::" not in tag else None
    return kind or ("Span" if lang else "")


def _in_contents(node: Node | None) -> bool:
    while node:
        if node.kind == "TOCI":
            return True
        node = node.parent
    return False


def _put_beside(document: Node) -> None:
    """Put what stands on the page across behind the words it belongs to."""
    named = {_asked(node, "id"): node for node in document.walk() if node.kind == "Sect"}
    beside = [node for node in document.walk() if node.tag == "section" and _asked(node, BESIDE)]
    for node in beside:
        clause = named.get(_asked(node, BESIDE))
        if clause is None or node.parent is None:
            continue
        node.parent.kids.remove(node)
        below = [number for number, kid in enumerate(clause.kids) if isinstance(kid, Node) and kid.kind == "Sect"]
        clause.add(node, below[0] if below and _asked(node, BEFORE) else None)


def _asked(node: Node, name: str) -> str:
    return node.element.get(name, "") if node.element is not None else ""


def _shape(node: Node) -> None:
    """Give lists their items, items their bodies, and words that stand in a group by themselves their paragraph."""
    for kid in node.nodes:
        _shape(kid)
    if node.kind == "L":
        node.kids = list(_items(node))
    if node.kind == "LI":
        _give_body(node)
    if node.kind in GROUPS:
        _give_paragraphs(node)


def _items(listing: Node) -> Iterator[Node]:
    """Yield the items of a list; a term and what it means are one."""
    item: Node | None = None
    for kid in listing.nodes:
        if kid.kind not in {"Lbl", "LBody"}:
            item = None
            yield kid
        elif item is None or kid.kind == "Lbl":
            item = Node("LI", parent=listing)
            item.add(kid)
            yield item
        else:
            item.add(kid)


def _give_body(item: Node) -> None:
    """Put what is neither label nor body of an item into a body."""
    loose = [kid for kid in item.kids if not (isinstance(kid, Node) and kid.kind in {"Lbl", "LBody"})]
    if loose:
        body = Node("LBody")
        for kid in loose:
            item.kids.remove(kid)
            body.add(kid)
        item.add(body)


def _give_paragraphs(group: Node) -> None:
    parted = [(loose, list(kids)) for loose, kids in groupby(group.kids, key=_stands_in_line)]
    if group.kind == "Div" and [loose for loose, _ in parted] == [True]:
        group.kind = "P"
        return
    group.kids = []
    for loose, kids in parted:
        around = Node("P", parent=group) if loose else group
        for kid in kids:
            around.add(kid)
        if loose:
            group.add(around)


def _stands_in_line(kid: Node | Mark | Target) -> bool:
    return not isinstance(kid, Node) or kid.kind in IN_LINE


def _prune(node: Node) -> bool:
    """Take out what has nothing in it; cells stay, the columns are counted by them. Tell whether anything is left."""
    node.kids = [kid for kid in node.kids if not isinstance(kid, Node) or _prune(kid) or kid.kind in CELLS]
    return bool(node.kids)
