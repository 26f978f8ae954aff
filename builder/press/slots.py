"""The markup of a leaf and the folios of all ids come in; the words of the leaf's folio slots go out.

``<a class="folio" href="#id"></a>`` is given the folio of ``id``; ``<span class="folios" data-of="id id"></span>``
the pages of all its ids together: ``5–8, 11``.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from xml.etree.ElementTree import Element

UNKNOWN = "00"  # as wide as most folios, while they are not known


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for folios: the element to fill, the ids it tells of."""

    element: Element
    anchors: tuple[str, ...]
    ranges: bool

    def words(self, spans: Mapping[str, tuple[int, int]]) -> str:
        """Say the folios; ``spans`` maps an id to the folios of its first and last box."""
        known = [spans[anchor] for anchor in self.anchors if anchor in spans]
        if not known:
            return f"{UNKNOWN}–{UNKNOWN}" if self.ranges else UNKNOWN
        return merged(known) if self.ranges else str(known[0][0])


def find(tree: Element) -> tuple[Slot, ...]:
    """Return the folio slots of a leaf in reading order."""
    return tuple(chain.from_iterable(_slot(element) for element in tree.iter()))


def fill(slots: Iterable[Slot], words: Iterable[str]) -> None:
    """Put the words into the slots."""
    for slot, text in zip(slots, words, strict=True):
        slot.element.text = text


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
        return (Slot(element, (target[1:],), ranges=False),)
    if element.tag == "span" and "folios" in kinds:
        return (Slot(element, tuple(element.get("data-of", "").split()), ranges=True),)
    return ()
