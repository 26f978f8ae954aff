"""A volume and the pages of the printed edition come in; where each page may begin in the volume goes out.

A page begins before its first letter. The press counted the letters of its block that stand on the pages before, and
tells those that follow: where print says more in that block than the e-book does, or less, these find the place. A page
whose first block the e-book has not may begin before any of its blocks that it has.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.ebook import letters
from builder.ebook.letters import HEADS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.ebook.letters import Letters
    from builder.ebook.nouns import Printed
    from builder.ebook.volume import Spot, Volume

    Place = tuple[int, int]  # document, byte of its markup; places sort in reading order

# All that can begin on a page but asides: footnotes stand at the foot of print and at the end of a leaf here.
BLOCKS = HEADS | frozenset(
    {"article", "blockquote", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "header"}
    | {"hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
    | {"ul"}
)
LENGTHS = (60, 24, 12)  # letters by which a place is told: as many as are the same in print and e-book


@dataclass(frozen=True, slots=True)
class Beginning:
    """A page of print that holds something of the e-book.

    Attributes:
        page: from 0.
        exact: the place of its first letter in the e-book, if that was found.
        others: those of its blocks; looked up when they are asked for, once.
    """

    page: int
    exact: Place | None
    others: Iterator[Place]


def find(volume: Volume, printed: Printed) -> Iterator[Beginning]:
    """Yield the pages that hold something of the e-book, by page."""
    reader = _Reader(volume)
    starts: defaultdict[str, list[Spot]] = defaultdict(list)
    for spot in reader.blocks():
        starts[str(printed.folios.get(volume.element(spot).attributes["id"]))].append(spot)
    pages = zip(printed.labels, printed.begins, printed.heads, strict=True)
    for page, (label, (owner, before), head) in enumerate(pages):
        exact = reader.place(owner, before, head, begun=str(printed.folios.get(owner)) == label)
        if exact is not None or starts[label]:
            yield Beginning(page, exact, map(reader.first, starts[label]))


class _Reader:
    """Finds letters and blocks in a volume."""

    def __init__(self, volume: Volume) -> None:
        self.volume = volume
        self.read: dict[Spot, Letters] = {}

    def blocks(self) -> Iterator[Spot]:
        """Yield the blocks with an id, in reading order; a leaf is none."""
        for spot in sorted(self.volume.spots.values(), key=lambda spot: (spot.document, spot.element)):
            if spot.element and self.volume.element(spot).name in BLOCKS:
                yield spot

    def place(self, owner: str, before: int, head: str, *, begun: bool) -> Place | None:
        """Return the place of the letter of a block that so many stand before and these follow.

        A block that was ``begun`` on the page, with other words than here, begins where it begins.
        """
        spot = self.volume.spots.get(owner)
        if spot is None:
            return None
        told = self._letters(spot)
        found = _nearest(told.text, before, head)
        if found is not None:
            return self._opened(spot, told.places[found])
        return self.first(spot) if begun and not before else None

    def first(self, spot: Spot) -> Place:
        """Return the place of the first letter in a block, whatever below it the letter belongs to."""
        return self._opened(spot, letters.first(self.volume.documents[spot.document], spot.element))

    def _opened(self, spot: Spot, place: int) -> Place:
        return spot.document, letters.opened(self.volume.documents[spot.document], place)

    def _letters(self, spot: Spot) -> Letters:
        if spot not in self.read:
            self.read[spot] = letters.of(self.volume.documents[spot.document], spot.element)
        return self.read[spot]


def _nearest(text: str, before: int, head: str) -> int | None:
    """Return the place, nearest to ``before``, where a text goes on with the letters of a head, or most of them."""
    if head and text.startswith(head, before):
        return before
    if len(head) < LENGTHS[0] and head and text.endswith(head):  # it goes to the end of the block
        return len(text) - len(head)
    for length in LENGTHS:
        wanted = head[:length]
        around = (text.rfind(wanted, 0, before + length), text.find(wanted, before))
        found = [place for place in around if place >= 0 and len(wanted) == length]
        if found:
            return min(found, key=lambda place: abs(place - before))
    return None
