"""A volume and the pages of the printed edition come in; the marks where printed pages begin go out.

Readers and their judges want the marks in the order of the pages. Print and e-book may differ in the order of what they
hold (lists at the end, facing pages): a page that is out of order begins at the first of its blocks that is not, or
where the next page does. Pages that hold nothing of the e-book are left out.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from html import escape
from itertools import chain, count
from typing import TYPE_CHECKING

from builder.ebook import beginnings
from builder.ebook.markup import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from builder.ebook.beginnings import Beginning, Place
    from builder.ebook.nouns import Printed
    from builder.ebook.volume import Volume

UNSAFE = re.compile("[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a printed page begins: its folio as it is printed, the id of the mark, its place in the markup."""

    label: str
    id: str
    place: Place


def marks(volume: Volume, printed: Printed) -> tuple[Mark, ...]:
    """Return where the printed pages begin, by page and in reading order at once."""
    pages = tuple(beginnings.find(volume, printed))
    labels = [printed.labels[page.page] for page in pages]
    placed = zip(labels, _ids(labels, volume.spots), _ordered(pages, _end(volume)), strict=True)
    return tuple(Mark(label, identity, place) for label, identity, place in placed)


def _end(volume: Volume) -> Place:
    """Return the place behind the last letter: before the end tag of the last document's outermost element."""
    return len(volume.documents) - 1, volume.documents[-1].elements[0].close if volume.documents else 0


def _ordered(pages: Sequence[Beginning], end: Place) -> Iterator[Place]:
    """Yield the places of pages, rising: the exact one, unless it is out of order."""
    kept = _rising([page.exact for page in pages])
    latest = (0, 0)
    for number, page in enumerate(pages):
        if number in kept:
            latest = kept[number]
        else:
            following = next((place for other, place in kept.items() if other > number), end)
            latest = next((place for place in page.others if latest <= place <= following), following)
        yield latest


def _rising(places: Sequence[Place | None]) -> dict[int, Place]:
    """Return a longest run of places that never fall, by their numbers (patience sorting)."""
    piles: list[tuple[int, Place]] = []
    before: dict[int, int] = {}
    for number, place in enumerate(places):
        if place is not None:
            pile = bisect_right(piles, place, key=lambda top: top[1])
            before[number] = piles[pile - 1][0] if pile else -1
            piles[pile : pile + 1] = [(number, place)]
    run = []
    number = piles[-1][0] if piles else -1
    while number >= 0:
        run.append(number)
        number = before[number]
    return {number: place for number in reversed(run) if (place := places[number]) is not None}


def _ids(labels: Iterable[str], taken: Iterable[str]) -> Iterator[str]:
    """Name marks by their labels in plain ASCII, each by a name that nothing else has."""
    given = set(taken)
    for label in labels:
        plain = unicodedata.normalize("NFKD", label.lower()).encode("ascii", "ignore").decode()
        stem = f"tr{UNSAFE.sub('-', plain).strip('-')}"
        names = chain([stem], (f"{stem}-{number}" for number in count(2)))
        given.add(free := next(name for name in names if name not in given))
        yield free


def edits(marked: Iterable[Mark]) -> tuple[Edit, ...]:
    """Return the edits that put the marks of one document into it."""
    return tuple(Edit(mark.place[1], mark.place[1], _span(mark).encode()) for mark in marked)


def _span(mark: Mark) -> str:
    """Write a mark as EPUB Accessibility 1.1 asks: empty, named, no link."""
    label = escape(mark.label)
    return f'<span epub:type="pagebreak" role="doc-pagebreak" id="{mark.id}" aria-label="{label}"></span>'
