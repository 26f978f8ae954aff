"""The tree of a leaf comes in; its pages go out, a text and its commentary facing one another where it has both.

A layout asks for it with one ``<div class="facing">`` whose children are ``<div class="verso">``, the text,
``<div class="recto">``, the commentary, whose children name the clause they stand beside (``data-beside``) and stand
in the order of the clauses, and, if it likes, ``<div class="spare">``, what is printed on a page that would be empty.
The pages of each side are laid out as a leaf of their own (``<section class="leaf program verso">``), one after the
other, whatever stands on the other side.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from weasyprint.formatting_structure import boxes

from builder.press import facing, flows
from builder.press.filling import Filling
from builder.press.galley import Flaw

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from weasyprint.document import Page

    from builder.press.facts import LeafFacts
    from builder.press.flows import Render
    from builder.press.nouns import PageFacts

FACING, VERSO, RECTO, SPARE = "facing", "verso", "recto", "spare"
BESIDE = "data-beside"
KEPT_SPARE = "data-spare"  # what is printed on empty pages, as markup
ACROSS = {"left": "right", "right": "left"}


def lay_out(tree: ET.Element, render: Render) -> Sequence[Page]:
    """Lay out the pages of a leaf.

    Args:
        tree: the leaf; its style says where the first page falls. Where text and commentary face one another, what is
            printed on pages that would be empty is put into it.
        render: lays out a document.
    """
    parts = _Parts.of(tree)
    return render(tree).pages if parts is None else parts.pages(render)


def settled(tree: ET.Element, pages: Sequence[Page], known: LeafFacts) -> LeafFacts:
    """Say of a leaf whose text and commentary face one another what is known of its spreads.

    It cannot change sides. A clause ends where its commentary does, on a right-hand page, whose running head says what
    that of the left-hand page could. A page of heads alone is no fault where it faces the commentary of one of them:
    what they open begins on the next spread, beside its own.
    """
    parts = _Parts.of(tree)
    if parts is None:
        return known
    opened = {known.spans.get(clause.get("id", ""), (0, 0))[0] for clause, _ in parts.pairs()}
    alone = {number for number in opened if _heads_alone(pages[number])}
    faults = [each for each in known.faults if each.flaw is not Flaw.HEADING_ALONE or each.page not in alone]
    return replace(
        known,
        pages=tuple(_as_across(known.pages, number) for number in range(len(known.pages))),
        spans=known.spans | dict(parts.reaches(known.spans)),
        faults=tuple(faults),
        fixed=True,
    )


def _as_across(pages: Sequence[PageFacts], number: int) -> PageFacts:
    """Give a right-hand page what running heads may say of the left-hand one."""
    text = pages[number - number % 2]
    return replace(
        pages[number],
        part=text.part,
        section=text.section,
        clause_first=text.clause_first,
        clause_last=text.clause_last,
    )


def _singly(document: ET.Element, sides: Sequence[str], render: Render) -> Sequence[Page]:
    """Lay out a document whose pages fall on the sides given, one after the other."""
    if not sides:
        return ()
    flow = flows.opened(document, (), sides[0], render)
    for flow.side in chain(sides, repeat(sides[-1])):
        if flow.finished:
            break
        flow.set(0)
        flow.keep()
    return flow.pages()


def _ends(element: ET.Element, spans: Mapping[str, tuple[int, int]]) -> Iterator[int]:
    """Yield on which pages the ids within an element end."""
    return (spans[identity][1] for each in element.iter() if (identity := each.get("id", "")) in spans)


def _heads_alone(page: Page) -> bool:
    lines = list(_in_heads(page._page_box.children[0], inside=False))  # noqa: SLF001 - there is no other way in
    return bool(lines) and all(lines)


def _in_heads(box: Any, *, inside: bool) -> Iterator[bool]:  # noqa: ANN401 - WeasyPrint has no types
    """Tell of each line whether it stands in a head."""
    if isinstance(box, boxes.LineBox):
        yield inside
        return
    inside = inside or (box.element is not None and box.element.tag in flows.HEADS)
    for child in getattr(box, "children", ()):
        yield from _in_heads(child, inside=inside)


@dataclass(frozen=True, slots=True)
class _Parts:
    """A leaf whose text and commentary face one another."""

    tree: ET.Element
    leaf: ET.Element
    holder: ET.Element
    verso: ET.Element
    recto: ET.Element

    @classmethod
    def of(cls, tree: ET.Element) -> _Parts | None:
        """Find the parts; nothing where a leaf has none."""
        for leaf in tree.iterfind("body/section"):
            for holder in leaf.iterfind(f"div[@class='{FACING}']"):
                verso, recto = (holder.find(f"div[@class='{name}']") for name in (VERSO, RECTO))
                if verso is not None and recto is not None:
                    return cls(tree, leaf, holder, verso, recto)
        return None

    def pages(self, render: Render) -> list[Page]:
        """Lay out both flows, and what stands on the pages that neither fills."""
        side = "left" if "left" in self.tree.get("style", "") else "right"
        sides = side, ACROSS[side]
        pairs = self.pairs()
        verso = flows.opened(self._document(VERSO, list(self.verso)), [text for text, _ in pairs], sides[0], render)
        recto = flows.opened(self._document(RECTO, list(self.recto)), [said for _, said in pairs], sides[1], render)
        verso.across = recto
        spreads = list(facing.spreads(verso, recto, len(pairs)))
        empty = [side for spread in spreads for side, page in zip(sides, spread, strict=True) if page is None]
        made = iter(verso.pages()), iter(recto.pages()), iter(self._spares(empty, render))
        return [next(made[2 if page is None else number]) for spread in spreads for number, page in enumerate(spread)]

    def pairs(self) -> list[tuple[ET.Element, ET.Element]]:
        """Find every clause that has commentary, and the commentary."""
        clauses = {element.get("id"): element for element in self.verso.iter()}
        return [(clauses[name], each) for each in self.recto if (name := each.get(BESIDE)) in clauses]

    def reaches(self, spans: Mapping[str, tuple[int, int]]) -> Iterator[tuple[str, tuple[int, int]]]:
        """Yield the pages of the first and last box of each clause, those of its commentary counted in."""
        ends = {clause: max(_ends(said, spans), default=0) for clause, said in self.pairs()}
        for clause in self.verso.iter("section"):
            identity = clause.get("id", "")
            if identity in spans:
                first, last = spans[identity]
                across = last + 1 - last % 2
                yield identity, (first, max(across, *(ends.get(each, 0) for each in clause.iter())))

    def _document(self, part: str, children: Sequence[ET.Element]) -> ET.Element:
        """Make a document of some of the leaf's elements, which stay what they are."""
        root = ET.Element("html", self.tree.attrib)
        ET.SubElement(root, "head")
        kinds = f"{self.leaf.get('class', '')} {part}"
        leaf = ET.SubElement(ET.SubElement(root, "body"), "section", {**self.leaf.attrib, "class": kinds})
        leaf.extend(children)
        return root

    def _spares(self, sides: Sequence[str], render: Render) -> Sequence[Page]:
        """Lay out the pages that neither flow fills, each on its side; what is to be filled on them is filled."""
        document = self._document(SPARE, self._copies(len(sides)))
        filling = Filling.of(document)
        pages = _singly(document, sides, render)
        if filling.fill(pages):
            pages = _singly(document, sides, render)
            while len(pages) > len(sides) and filling.take_back():
                pages = _singly(document, sides, render)
        return pages

    def _copies(self, count: int) -> list[ET.Element]:
        """Have in the tree what is printed on so many pages; the last round's are kept, for they may be filled."""
        copies = self.holder.findall(f"div[@class='{SPARE}']")
        if copies and KEPT_SPARE not in self.holder.attrib:
            self.holder.set(KEPT_SPARE, ET.tostring(copies[0], "unicode"))
            self.holder.remove(copies.pop(0))
        markup = self.holder.get(KEPT_SPARE) or f'<div class="{SPARE}"/>'
        while len(copies) < count:
            copies.append(ET.fromstring(markup))  # noqa: S314 - composed here
            copies[-1].set("style", "break-before: page")
            self.holder.append(copies[-1])
        for each in copies[count:]:
            self.holder.remove(each)
        return copies[:count]
