"""The markup of a leaf and the folios of all ids come in; the words of the leaf's slots go out.

``<a class="folio" href="#id"></a>`` is given the folio of ``id``; ``<span class="folios" data-of="id id"></span>``
the pages of all its ids together: ``5–8, 11``; ``<span class="footnote" data-by="page">`` its number on its page.

A leaf is set with a nought for every figure of these (``00–00``), which does not change when pages move; the figures
themselves are put in when the book is gathered. Only where that cannot be done is it set with them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from xml.etree.ElementTree import Element

    Spans = Mapping[str, tuple[int, int]]

UNKNOWN = "00"  # as wide as most folios, while they are not known
FIGURE = re.compile("[0-9]")
NUMBER = "data-n"


class Tells(Enum):
    """What a slot tells of its ids."""

    FOLIO = "folio"
    FOLIOS = "folios"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the book: id → folios of its first and last box; id of a footnote → its number on its page."""

    spans: Spans
    notes: Mapping[str, int]


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
        spans = [known.spans[anchor] for anchor in self.anchors if anchor in known.spans]
        if self.tells is Tells.FOLIO:
            return str(spans[0][0]) if spans else UNKNOWN
        return merged(spans) if spans else f"{UNKNOWN}–{UNKNOWN}"

    def fill(self, words: str) -> None:
        """Put words in."""
        if self.tells is Tells.NOTE:
            self.element.set(NUMBER, words)
        else:
            self.element.text = words

    @property
    def filled(self) -> str:
        """The words that were put in."""
        return (self.element.get(NUMBER) if self.tells is Tells.NOTE else self.element.text) or ""


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
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in ranges)


def _slot(element: Element) -> tuple[Slot, ...]:
    kinds = element.get("class", "").split()
    target = element.get("href", "")
    if element.tag == "a" and "folio" in kinds and target.startswith("#"):
        return (Slot(element, (target[1:],), Tells.FOLIO),)
    if element.tag == "span" and "folios" in kinds:
        return (Slot(element, tuple(element.get("data-of", "").split()), Tells.FOLIOS),)
    if "footnote" in kinds and element.get("data-by") == "page":
        return (Slot(element, (element.get("id", ""),), Tells.NOTE),)
    return ()
