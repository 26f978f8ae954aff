"""The markup of a leaf and the folios of all ids come in; the words of the leaf's slots go out.

``<a class="folio" href="#id"></a>`` is given the folio of ``id``; ``<span class="folios" data-of="id id"></span>``
the pages of all its ids together: ``5–8, 11``; ``<span class="footnote" data-by="page">`` its number on its page.

A leaf is set with a nought for every figure of these (``00–00``), which does not change when pages move; the figures
themselves are put in when the book is gathered. Only where that cannot be done is it set with them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain
from typing import TYPE_CHECKING
from xml.etree.ElementTree import SubElement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from xml.etree.ElementTree import Element

    Spans = Mapping[str, tuple[int, int]]

UNKNOWN = "00"  # as wide as most folios, while they are not known
FIGURE = re.compile("[0-9]")
NUMBER = "data-n"
BETWEEN = ", "  # two page ranges
SAID = "{}"  # in the description of a link: what its slot says


class Tells(Enum):
    """What a slot tells of its ids."""

    FOLIO = "folio"
    FOLIOS = "folios"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the book.

    Attributes:
        spans: id → folios of its first and last box.
        notes: id of a footnote → its number on its page.
        elsewhere: the like of ``spans``, of what stands in the edition in everybody's hand and not in this book.
    """

    spans: Spans
    notes: Mapping[str, int]
    elsewhere: Spans = field(default_factory=dict)

    def span(self, anchor: str) -> tuple[int, int] | None:
        """Return the folios of an id."""
        return self.spans.get(anchor) or self.elsewhere.get(anchor)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for figures: the element to fill, the ids it tells of."""

    element: Element
    anchors: tuple[str, ...]
    tells: Tells

    def words(self, known: Known) -> str:
        """Say what it prints."""
        if self.tells is Tells.NOTE:
            return str(known.notes.get(self.anchors[0], 0))
        spans = [span for anchor in self.anchors if (span := known.span(anchor))]
        if self.tells is Tells.FOLIO:
            return str(spans[0][0]) if spans else UNKNOWN
        return merged(spans) if spans else f"{UNKNOWN}–{UNKNOWN}"

    def fill(self, words: str) -> None:
        """Put words in."""
        if self.tells is Tells.NOTE:
            self.element.set(NUMBER, words)
        elif self.tells is Tells.FOLIO:
            self.element.text = words
        else:
            self._fill_with_ranges(words)

    def _fill_with_ranges(self, words: str) -> None:
        """Put in each range by itself, so that no line ends after its dash."""
        for child in list(self.element):
            self.element.remove(child)
        self.element.text = None
        ranges = words.split(BETWEEN)
        for number, each in enumerate(ranges, 1):
            child = SubElement(self.element, "span", {"class": "nb"})
            child.text, child.tail = each, BETWEEN if number < len(ranges) else None

    @property
    def filled(self) -> str:
        """The words that were put in."""
        if self.tells is Tells.NOTE:
            return self.element.get(NUMBER) or ""
        return "".join(self.element.itertext())


def find(tree: Element) -> tuple[Slot, ...]:
    """Return the slots of a leaf in reading order."""
    return tuple(chain.from_iterable(_slot(element) for element in tree.iter()))


def fill(slots: Sequence[Slot], words: Sequence[str], rigid: Collection[int]) -> bool:
    """Fill slots: with noughts for their figures, but those whose numbers are ``rigid``; tell whether any changed."""
    changed = False
    for number, (slot, said) in enumerate(zip(slots, words, strict=True)):
        wanted = said if number in rigid else noughts(said)
        if slot.filled != wanted:
            slot.fill(wanted)
            changed = True
    return changed


def noughts(words: str) -> str:
    """Put a nought for every figure: ``5–8, 11`` → ``0–0, 00``."""
    return FIGURE.sub("0", words)


def merged(spans: Iterable[tuple[int, int]]) -> str:
    """Write page ranges, those that touch or overlap as one: (5, 6), (7, 8), (11, 11) → ``5–8, 11``."""
    ranges: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if ranges and first <= ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], max(last, ranges[-1][1]))
        else:
            ranges.append((first, last))
    return BETWEEN.join(str(first) if first == last else f"{first}–{last}" for first, last in ranges)


def _slot(element: Element) -> tuple[Slot, ...]:
    kinds = element.get("class", "").split()
    target = element.get("href", "")
    if element.tag == "a" and "folio" in kinds and target.startswith("#"):
        return (Slot(element, (target[1:],), Tells.FOLIO),)
    if element.tag == "span" and "folio" in kinds and element.get("data-of"):  # its page is in another edition
        return (Slot(element, (element.get("data-of", ""),), Tells.FOLIO),)
    if element.tag == "span" and "folios" in kinds:
        return (Slot(element, tuple(element.get("data-of", "").split()), Tells.FOLIOS),)
    if "footnote" in kinds and element.get("data-by") == "page":
        return (Slot(element, (element.get("id", ""),), Tells.NOTE),)
    return ()
