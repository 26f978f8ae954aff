"""A leaf's pages in the book come in; a thin document goes out, one empty page per page, for running heads and folios.

It is set with the layout's own ``@page`` rules, so ``:left``, ``:right``, ``:blank`` and ``:nth(1 of leaf)`` hold as on
the pages themselves; each page's strings (``title``, ``part``, ``section``, ``clause-first``, ``clause-last``,
``folio``) are given to it by its one block.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from builder.press.galley import Copy, Kind
from builder.press.nouns import PageFacts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from builder.press.elsewhere import Marks

BEFORE = PageFacts()  # the page before a blank one: a page is only left blank after another
BEFORE_BLANK = 2  # pages up to the first that is not blank, when a blank one comes first


@dataclass(frozen=True, slots=True)
class Heads:
    """What the furniture says.

    Attributes:
        title: of the book.
        marks: where pages of another edition begin: index of a page → baseline and folio.
        mark: the word before the folios of these.
        folios: those of leaves put in between pages: index of a page → folio; all others are counted.
    """

    title: str
    marks: Marks = field(default_factory=dict)
    mark: str = ""
    folios: Mapping[int, str] = field(default_factory=dict)


def copy(pages: Sequence[PageFacts], heads: Heads, first: int) -> Copy:
    """Write the copy of the furniture of pages that follow one another; the first has index ``first`` in the book.

    When that is a blank page, one more page is set before it, which is not wanted.
    """
    if pages[0].blank:
        pages, first = [BEFORE, *pages], first - 1
    side = "left" if first % 2 else "right"
    return Copy(Kind.FURNITURE, "", "", "", ET.tostring(_tree(pages, heads, first), "unicode").encode(), side=side)


def _tree(pages: Sequence[PageFacts], heads: Heads, start: int) -> ET.Element:
    """Write the document; blank pages come about in it by themselves, from the sides of the pages after them."""
    root = ET.Element("html")
    ET.SubElement(root, "head")
    body = ET.SubElement(root, "body")
    section, leaf, forced = body, "", False
    for number, (page, following) in enumerate(pairwise([*pages, None]), start):
        if page is None or _comes_by_itself(page, following):
            forced = True
            continue
        if page.leaf != leaf or section is body:
            section, leaf = ET.SubElement(body, "section"), page.leaf
            section.set("style", f"page: {page.name or 'auto'}; break-before: {_side(number, forced=forced)}")
        block = ET.SubElement(section, "div")
        block.set("style", _style(page, heads, number, forced=forced))
        for baseline, folio in heads.marks.get(number, ()):
            block.set("class", f"marked {'left' if number % 2 else 'right'} {page.name}")
            mark = ET.SubElement(block, "p", {"class": "folio-mark", "style": f"top: {baseline:g}pt"})
            mark.text = f"{heads.mark} {folio}"
        if following is not None and following.blank:
            # A layout may print folios on blank pages: the last value set on this page holds there.
            ET.SubElement(section, "div").set("style", _strings({"folio": str(number + 2)}))
        forced = False
    return root


def _comes_by_itself(page: PageFacts, following: PageFacts | None) -> bool:
    """Tell a page left empty for the next one's side from one that only takes the last footnotes of its leaf."""
    return page.blank and following is not None and (not page.leaf or following.leaf == page.leaf)


def _side(number: int, *, forced: bool) -> str:
    """Name the break before a page: to the side it falls on when a blank page must come before it."""
    return ("left" if number % 2 else "right") if forced else "page"


def _style(page: PageFacts, heads: Heads, number: int, *, forced: bool) -> str:
    strings = {
        "title": heads.title,
        "part": page.part,
        "section": page.section,
        "clause-first": page.clause_first,
        "clause-last": page.clause_last,
        "folio": heads.folios.get(number, str(number + 1)),
    }
    name = f"page: {page.name}; " if page.name else ""
    return f"{name}break-before: {_side(number, forced=forced)}; {_strings(strings)}"


def _strings(values: dict[str, str]) -> str:
    return "string-set: " + ", ".join(f"{name} {_quoted(value)}" for name, value in values.items())


def _quoted(value: str) -> str:
    """Write a CSS string."""
    escaped = " ".join(value.split(" ")).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\a ")
    return f'"{escaped}"'
