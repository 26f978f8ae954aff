"""The laid-out pages of one leaf come in; what stands on each of them goes out.

The boxes of a page are walked once, in reading order. Nothing is looked up in the PDF: the boxes know the elements
they were made of.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from builder.press.nouns import Heading, PageFacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from weasyprint.document import Page

    from builder.composition.nouns import Leaf

MILLIMETRES = 25.4 / 96  # in a CSS pixel
TOLERANCE = 0.3  # mm; rounding and hanging punctuation stay below
SHOWN = 40  # letters of a passage shown in a problem
HEADING = re.compile("h[1-6]")


@dataclass(frozen=True, slots=True)
class Overflow:
    """Text out of its room: page of the leaf from 0, its first words, by how much, whether the paper's edge cuts it."""

    page: int
    words: str
    millimetres: float
    cut: bool


@dataclass(frozen=True, slots=True)
class LeafFacts:
    """What the press knows of a leaf it has set.

    Attributes:
        pages: page by page.
        spans: every id → the pages, from 0, of its first and last box.
        overflows: text out of its room.
        lost: first words of passages that are in the markup and on no page.
    """

    pages: tuple[PageFacts, ...]
    spans: dict[str, tuple[int, int]]
    overflows: tuple[Overflow, ...]
    lost: tuple[str, ...]


def read(leaf: Leaf, tree: Element, pages: Sequence[Page]) -> LeafFacts:
    """Walk the pages of a leaf; ``tree`` is the markup they were set from."""
    reader = _Reader(leaf)
    facts = tuple(reader.page(number, page._page_box) for number, page in enumerate(pages))  # noqa: SLF001 - there is no other way in
    return LeafFacts(facts, reader.spans, tuple(reader.overflows.values()), tuple(_lost(tree, reader.seen)))


@dataclass(slots=True)
class _Sheet:
    """The facts of one page as they are gathered."""

    number: int
    width: float
    height: float
    facts: PageFacts
    headings: list[Heading] = field(default_factory=list)
    clauses: list[str] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    begun: bool = False  # text of the flow has been seen


class _Reader:
    """Walks the boxes of one leaf, page after page."""

    def __init__(self, leaf: Leaf) -> None:
        self.leaf = leaf
        self.spans: dict[str, tuple[int, int]] = {}
        self.seen: dict[int, int] = {}  # id() of an element → page of its first box
        self.letters: Counter[str] = Counter()
        self.overflows: dict[tuple[int, str], Overflow] = {}  # the worst of each block
        self.force = {"part": leaf.title, "section": leaf.title, "clause": ""}

    def page(self, number: int, box: Any) -> PageFacts:  # noqa: ANN401 - WeasyPrint has no types
        """Read one page."""
        kind = box.page_type
        facts = PageFacts(self.leaf.id, kind.name or "", blank=kind.blank)
        part, section, clause = self.force.values()
        facts = replace(facts, part=part, section=section, clause_first=clause, clause_last=clause)
        sheet = _Sheet(number, box.margin_width(), box.margin_height(), facts)
        for child in box.children:
            if not isinstance(child, boxes.MarginBox):
                self._walk(child, None, "", sheet, note=isinstance(child, boxes.FootnoteAreaBox))
        first = sheet.facts.clause_first or next(iter(sheet.clauses), "")
        return replace(
            sheet.facts,
            headings=tuple(sheet.headings),
            clauses=tuple(sheet.clauses),
            footnotes=tuple(sheet.footnotes),
            clause_first=first,
            clause_last=self.force["clause"],
        )

    def _walk(self, box: Any, parent: Any, owner: str, sheet: _Sheet, *, note: bool) -> None:  # noqa: ANN401
        if isinstance(box, AbsolutePlaceholder):
            box = box._box  # noqa: SLF001 - the box it stands for
        element, generated = box.element, "::" in (box.element_tag or "")
        if element is not None and not generated and (parent is None or element is not parent.element):
            if element.tag == "thead" and self.seen.get(id(element), sheet.number) < sheet.number:
                return  # the head of a table, repeated on its next page
            owner = self._enter(element, owner, sheet, note=note)
        if isinstance(box, boxes.TextBox) and not generated:
            self._text(box, owner, sheet, note=note)
        elif isinstance(box, boxes.LineBox):
            self._line(box, parent, owner, sheet)
        for child in getattr(box, "children", ()):
            self._walk(child, box, owner, sheet, note=note)

    def _enter(self, element: Element, owner: str, sheet: _Sheet, *, note: bool) -> str:
        """Come to an element's box; return the id the text below belongs to."""
        identity = element.get("id", "")
        if identity:
            first = self.spans.get(identity, (sheet.number, 0))[0]
            self.spans[identity] = (first, sheet.number)
        if id(element) not in self.seen:
            self.seen[id(element)] = sheet.number
            self._begin(element, identity or owner, sheet)
        if note and "footnote" in element.get("class", "").split():
            sheet.footnotes.append(identity)
        return identity or owner

    def _begin(self, element: Element, anchor: str, sheet: _Sheet) -> None:
        """Note what an element that begins on this page says of it."""
        if HEADING.fullmatch(str(element.tag)):
            sheet.headings.append(Heading(int(element.tag[1]), words(element), anchor))
        for name in ("part", "section"):
            if value := element.get(f"data-{name}"):
                self.force[name] = value
        if not sheet.begun:
            sheet.facts = replace(sheet.facts, part=self.force["part"], section=self.force["section"])
        if label := element.get("data-clause"):
            sheet.clauses.append(label)
            self.force["clause"] = label
            if not sheet.begun:
                sheet.facts = replace(sheet.facts, clause_first=label)

    def _text(self, box: Any, owner: str, sheet: _Sheet, *, note: bool) -> None:  # noqa: ANN401
        letters = len("".join(box.text.split()))
        if letters and not sheet.begun and not note:
            sheet.begun = True
            sheet.facts = replace(sheet.facts, begins=(owner, self.letters[owner]))
        self.letters[owner] += letters
        across = max(-box.position_x, box.position_x + box.width - sheet.width)
        down = max(-box.position_y, box.position_y + box.height - sheet.height)
        self._measure(sheet, owner, box.text, max(across, down), cut=True)

    def _line(self, line: Any, parent: Any, owner: str, sheet: _Sheet) -> None:  # noqa: ANN401
        """Compare a line with the room its block has for it."""
        if parent is not None and not isinstance(parent, boxes.InlineBlockBox):
            beyond = line.position_x + line.width - (parent.content_box_x() + parent.width)
            text = "".join(box.text for box in line.descendants() if isinstance(box, boxes.TextBox))
            self._measure(sheet, owner, text, beyond, cut=False)

    def _measure(self, sheet: _Sheet, owner: str, text: str, pixels: float, *, cut: bool) -> None:
        """Keep the worst case of a block on a page."""
        beyond = pixels * MILLIMETRES
        worst = self.overflows.get((sheet.number, owner))
        if beyond > TOLERANCE and text.strip() and (worst is None or (cut, beyond) > (worst.cut, worst.millimetres)):
            words = worst.words if worst else shortened(text)
            self.overflows[sheet.number, owner] = Overflow(sheet.number, words, beyond, cut)


def words(element: Element) -> str:
    """Return an element's words without its footnotes, spaces made one."""
    return " ".join("".join(_runs(element)).split())


def shortened(text: str) -> str:
    """Return the first words of a passage, to name it by."""
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else text[:SHOWN].rsplit(" ", 1)[0] + " …"


def _runs(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if "footnote" not in child.get("class", "").split():
            yield from _runs(child)
        yield child.tail or ""


def _lost(tree: Element, seen: Iterable[int]) -> Iterator[str]:
    """Yield the first words of what has an id or is a heading, holds text, and became no box."""
    known = frozenset(seen)
    waiting = list(tree.iter("body"))
    while waiting:
        element = waiting.pop()
        named = "id" in element.attrib or HEADING.fullmatch(str(element.tag))
        if named and id(element) not in known and (text := words(element)):
            yield shortened(text)
        else:
            waiting.extend(reversed(element))
