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
    """Yield the places of pages, rising: the best of each, unless it is out of order."""
    kept = _rising(pages)
    latest = (0, 0)
    for number, page in enumerate(pages):
        following = next((pages[other].places[0] for other in kept[bisect_right(kept, number - 1) :]), end)
        latest = next((place for place in page.places if latest <= place <= following), following)
        yield latest


def _rising(pages: Sequence[Beginning]) -> list[int]:
    """Return the indexes of a longest run of pages whose best places never fall, exact ones (patience sorting)."""
    tops: list[int] = []
    top_places: list[Place] = []
    before: dict[int, int] = {}
    for index, page in enumerate(pages):
        if page.exact:
            pile = bisect_right(top_places, page.places[0])
            before[index] = tops[pile - 1] if pile else -1
            tops[pile : pile + 1] = [index]
            top_places[pile : pile + 1] = [page.places[0]]
    run = []
    index = tops[-1] if tops else -1
    while index >= 0:
        run.append(index)
        index = before[index]
    return run[::-1]


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
