"""A volume and the folios of the printed edition come in; the places where printed pages begin go out.

A page begins before the first block that starts on it. A page on which no block starts begins, as nearly as can
be told, before the next block of a later page, so several pages may begin at one place. Pages that hold nothing
of the e-book (covers, lists made for print, pages for notes) are left out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from builder.ebook.markup import Edit
from builder.ebook.volume import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from builder.ebook.markup import Element
    from builder.ebook.volume import Document, Volume

HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "hgroup"})
# A mark inside a table must stand in a cell or the caption, and not every table has one: it goes before the table.
MARKED_BEFORE = HEADS | {"table", "hr", "img"}
# Their first child opens them: the mark goes as deep as it can, so that no line of its own opens up.
ENTERED = frozenset(
    {"article", "aside", "blockquote", "dd", "div", "dl", "figure", "footer", "header", "li", "main", "nav", "ol"}
    | {"section", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"},
)
MARKED_WITHIN = frozenset({"caption", "dt", "figcaption", "p", "pre"})
BLOCKS = (MARKED_BEFORE | ENTERED | MARKED_WITHIN) - {"img"}
ASIDES = frozenset({"footnote", "endnote", "rearnote"})


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a printed page begins: its number and the block it begins before."""

    page: int
    spot: Spot

    @property
    def id(self) -> str:
        """Name the mark's element."""
        return f"tr{self.page}"


@dataclass(frozen=True, slots=True)
class _Start:
    """A block and the printed page it starts on."""

    page: int
    spot: Spot


def marks(volume: Volume, folios: Mapping[str, int]) -> tuple[Mark, ...]:
    """Return where the printed pages begin, by page and in reading order at once.

    Args:
        volume: the e-book's documents.
        folios: id → printed page (from 1) of its first box, for ids in the e-book and others.

    Raises:
        ValueError: an id of the text that a mark needs.
    """
    starts = [start for number in range(len(volume.documents)) for start in _starts(volume, number, folios)]
    placed = _placed(starts)
    begun = sorted(placed)
    held = _held(volume, folios, {start.page for start in starts}, placed)
    found = tuple(Mark(page, placed[begun[bisect_left(begun, page)]]) for page in held if page <= max(begun, default=0))
    taken = [mark.id for mark in found if mark.id in volume.spots]
    if taken:
        raise ValueError(f"ids that page marks need: {', '.join(taken)}")
    return found


def _starts(volume: Volume, number: int, folios: Mapping[str, int]) -> Iterator[_Start]:
    """Yield the blocks of a document whose page is known, in reading order, notes left out."""
    elements = volume.documents[number].elements
    aside: set[int] = set()
    starts: list[_Start] = []
    for index, element in enumerate(elements):
        kinds = set(element.attributes.get("epub:type", "").split())
        if element.parent in aside or (element.name == "aside" and ASIDES & kinds):
            aside.add(index)
        elif element.name in BLOCKS and element.attributes.get("id") in folios:
            starts.append(_Start(folios[element.attributes["id"]], Spot(number, index)))
    # A leaf cannot begin after what stands in it: then print uses the same id for another leaf.
    if len(starts) > 1 and starts[0].spot.element == 0 and starts[0].page > starts[1].page:
        del starts[0]
    yield from starts


def _placed(starts: Sequence[_Start]) -> dict[int, Spot]:
    """Return page → first block on it, pages rising in reading order.

    Print and e-book may differ in the order of leaves and of blocks (facing pages). The longest run of blocks
    whose pages never fall decides what counts; what stands outside it is at another place in print.
    """
    occurrences: defaultdict[int, list[int]] = defaultdict(list)
    for index, start in enumerate(starts):
        occurrences[start.page].append(index)
    placed: dict[int, Spot] = {}
    latest = -1
    for page in sorted({starts[index].page for index in _rising([start.page for start in starts])}):
        where = occurrences[page]
        latest = where[bisect_right(where, latest)]
        placed[page] = starts[latest].spot
    return placed


def _rising(pages: Sequence[int]) -> list[int]:
    """Return the indexes of a longest run of pages that never falls (patience sorting)."""
    tops: list[int] = []
    top_pages: list[int] = []
    before: list[int] = []
    for index, page in enumerate(pages):
        pile = bisect_right(top_pages, page)
        before.append(tops[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [index]
        top_pages[pile : pile + 1] = [page]
    run = []
    index = tops[-1] if tops else -1
    while index >= 0:
        run.append(index)
        index = before[index]
    return run[::-1]


def _held(volume: Volume, folios: Mapping[str, int], started: set[int], placed: Mapping[int, Spot]) -> Iterator[int]:
    """Yield the printed pages that hold something of the e-book, rising.

    A page whose ids are all unknown to the e-book holds none of it; a page where blocks start that the e-book has
    elsewhere is elsewhere; a page with no id, or with none but notes', carries on what the page before it holds.
    """
    of_page: defaultdict[int, bool] = defaultdict(bool)
    for name, page in folios.items():
        of_page[page] |= name in volume.spots
    held = False
    for page in range(1, max(folios.values(), default=0) + 1):
        carries_on = page not in of_page or (of_page[page] and page not in started)
        held = page in placed or (held and carries_on)
        if held:
            yield page


def edits(document: Document, marked: Sequence[Mark]) -> tuple[Edit, ...]:
    """Return the edits that put the marks of one document into it."""
    opened = {element.parent: index for index, element in enumerate(document.elements) if element.first}
    deepest = [(_deepest(document.elements, opened, mark.spot.element), mark) for mark in marked]
    return tuple(
        _edit(document, document.elements[index], "".join(_span(mark) for _, mark in together))
        for index, together in groupby(deepest, key=lambda pair: pair[0])
    )


def _deepest(elements: Sequence[Element], opened: Mapping[int, int], index: int) -> int:
    """Follow the first children of a block to the one that can hold a mark or stand behind it."""
    while elements[index].name in ENTERED and index in opened and elements[opened[index]].name in BLOCKS:
        index = opened[index]
    return index


def _edit(document: Document, element: Element, spans: str) -> Edit:
    if element.name in MARKED_BEFORE:
        return Edit(element.start, element.start, spans.encode())
    if document.markup[element.end - 2 : element.end] == b"/>":
        return Edit(element.end - 2, element.end, f">{spans}</{element.name}>".encode())
    return Edit(element.end, element.end, spans.encode())


def _span(mark: Mark) -> str:
    """Write a mark as EPUB Accessibility 1.1 asks: empty, named, no link."""
    return f'<span epub:type="pagebreak" role="doc-pagebreak" id="{mark.id}" aria-label="{mark.page}"></span>'
