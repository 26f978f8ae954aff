"""The markup of a leaf comes in; its letters go out, by the id they belong to, with where each piece of them stands.

What a page begins with is told by the letters of the markup: those that a style brings in (a hyphen where a line is
broken), those of slots, and what stands around these in print alone (``class="paged"``) are none of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from builder.press.words import letters

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from xml.etree.ElementTree import Element

HYPHENS = frozenset("\u00ad\u2010-")  # a line break may bring one that is not in the source
PAGED = "paged"  # the class of what stands around a slot
HEAD = 60  # letters of what a page begins with


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text between two tags: its letters, the owner's letters before it; whether they count."""

    letters: str
    before: int
    counts: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """The letters of a leaf's markup; notes belong to themselves.

    Attributes:
        letters: by the id they belong to.
        elements: id → element.
    """

    letters: dict[str, str]
    elements: dict[str, Element]
    _counted: dict[str, str] = field(repr=False)
    _pieces: dict[Element, list[_Piece]] = field(repr=False)

    @classmethod
    def of(cls, tree: Element, slots: Collection[Element]) -> Wording:
        """Read a leaf; ``slots`` are the elements whose letters are put in by the press."""
        reader = _Reader(frozenset(slots))
        body = tree.find("body")
        if body is not None:
            reader.walk(body, "", counts=True)
        return cls(
            {owner: "".join(found) for owner, found in reader.letters.items()},
            reader.elements,
            {owner: "".join(found) for owner, found in reader.counted.items()},
            reader.pieces,
        )

    def before(self, element: Element, laid: str, count: int) -> int | None:
        """Return how many letters of its owner stand before a letter of an element's own text.

        Args:
            element: the element.
            laid: the letters of its own text as they were laid out, all of them.
            count: how many of these stand before the letter.

        Returns:
            Nothing when what was laid out is not what stands in the markup.
        """
        pieces = self._pieces.get(element, [])
        source = "".join(piece.letters for piece in pieces)
        place = _place(source, laid, count)
        if place is None:
            return None
        ends = accumulate(len(piece.letters) for piece in pieces)
        for piece, end in zip(pieces, ends, strict=True):
            if place < end:
                return piece.before + (place - end + len(piece.letters) if piece.counts else 0)
        return None

    def head(self, owner: str, before: int) -> str:
        """Return the letters of an owner that follow so many others, as many as tell a place from its like."""
        return self._counted.get(owner, "")[before : before + HEAD]

    def lost(self, laid: dict[str, list[str]]) -> Iterator[str]:
        """Yield the ids of passages with letters that are on no page; those below one that is lost are not told."""
        for owner, source in self.letters.items():
            here = "".join(laid.get(owner, ()))
            if source and not _same(source, here) and Counter(source.casefold()) - Counter(here.casefold()):
                yield owner


class _Reader:
    def __init__(self, slots: frozenset[Element]) -> None:
        self.slots = slots
        self.letters: defaultdict[str, list[str]] = defaultdict(list)
        self.counted: defaultdict[str, list[str]] = defaultdict(list)
        self.elements: dict[str, Element] = {}
        self.pieces: defaultdict[Element, list[_Piece]] = defaultdict(list)
        self.count: Counter[str] = Counter()

    def walk(self, element: Element, owner: str, *, counts: bool) -> None:
        owner = element.get("id", owner)
        self.elements.setdefault(owner, element)
        counts = counts and element not in self.slots and PAGED not in element.get("class", "").split()
        self._take(element, owner, element.text, counts=counts)
        for child in element:
            self.walk(child, owner, counts=counts)
            self._take(element, owner, child.tail, counts=counts)

    def _take(self, element: Element, owner: str, text: str | None, *, counts: bool) -> None:
        found = letters(text or "")
        if found:
            self.letters[owner].append(found)
            self.pieces[element].append(_Piece(found, self.count[owner], counts))
        if found and counts:
            self.counted[owner].append(found)
            self.count[owner] += len(found)


def _place(source: str, laid: str, count: int) -> int | None:
    """Return the place in a source of a letter that so many stand before as it was laid out."""
    if source == laid:
        return count
    places = _places(source, laid)
    return places[count] if places and count < len(places) else None


def _same(source: str, laid: str) -> bool:
    """Compare letters, whatever a style has made of small and capital, hyphens at line ends passed over."""
    return source == laid or _places(source, laid) is not None


def _places(source: str, laid: str) -> Sequence[int] | None:
    """Return letter by letter of what was laid out the place in its source; nothing when they differ."""
    source, laid = source.casefold(), laid.casefold()
    here, places = 0, []
    for letter in laid:
        places.append(here)
        if source.startswith(letter, here):
            here += 1
        elif letter not in HYPHENS:
            return None
    return places if here == len(source) else None
