"""A composition comes in; its leaves, set and put in order, every folio known, go out as a ``Printing``.

Make-up is the printers' word for turning set type into pages in order: which side each leaf falls on, where a blank
page goes, how many filler pages make the number a multiple of four, and what the folio slots say.
"""

from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder import problems
from builder.composition.nouns import Start
from builder.press import facts, furniture, gather, log, setting, slots
from builder.press.nouns import PageFacts, Printing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from xml.etree.ElementTree import Element

    from weasyprint.document import Page

    from builder.composition.nouns import Composition, Leaf
    from builder.press.facts import LeafFacts
    from builder.press.slots import Slot
    from builder.problems import Place, Problem

    Progress = Callable[[str, int, int], None]
    Spans = dict[str, tuple[int, int]]

ROUNDS = 3
SHEET = 4  # pages; a folded sheet has four
BLANK = PageFacts(blank=True)
SIDES = {Start.RECTO: "right", Start.VERSO: "left"}


@dataclass(slots=True)
class _Copy:
    """A leaf, or one of a filler's copies, and how it was set last."""

    leaf: Leaf
    tree: Element
    slots: tuple[Slot, ...]
    set_as: tuple[str, tuple[str, ...]] | None = None
    pages: tuple[Page, ...] = ()
    facts: LeafFacts | None = None


@dataclass(slots=True)
class _Book:
    """The pages in order, as far as they have been made up."""

    pages: list[Page] = field(default_factory=list)
    facts: list[PageFacts] = field(default_factory=list)
    spans: Spans = field(default_factory=dict)
    placed: list[tuple[int, _Copy]] = field(default_factory=list)

    @property
    def side(self) -> str:
        """The side the next page falls on; folio 1 is a right-hand page."""
        return "left" if len(self.pages) % 2 else "right"

    def add(self, copy: _Copy, known: LeafFacts) -> None:
        before = len(self.pages)
        self.placed.append((before, copy))
        self.pages.extend(copy.pages)
        self.facts.extend(known.pages)
        for anchor, (first, last) in known.spans.items():
            self.spans.setdefault(anchor, (before + first + 1, before + last + 1))


def make_up(composition: Composition, progress: Progress) -> Printing:
    """Set, make up and gather a composition (see ``press.print_pdf``)."""
    place = problems.Place(composition.slug)
    with log.listening() as listener, setting.undisturbed():
        maker = _Maker(composition, progress, place)
        book, unstable = maker.stable()
        progress("furniture", 0, 1)
        tree = furniture.tree(book.facts, composition.metadata.title)
        overlay, count = maker.setter.furniture(tree)
        if count != len(book.pages):
            message = f"{count} pages of furniture for {len(book.pages)} pages"
            raise AssertionError(message)
        progress("gather", 0, 1)
        pdf = gather.gather(maker.setter.pdf(book.pages), overlay, composition.metadata)
    families = dict.fromkeys(face.family for face in composition.faces)
    found = [
        *listener.problems(place, families, maker.setter.refused),
        *(problems.fetch_refused(place, address) for address in maker.setter.refused),
        *_checked(book, place),
        *([problems.folios_unstable(place, ROUNDS)] if unstable else []),
    ]
    return Printing(
        pdf,
        len(book.pages),
        {anchor: first for anchor, (first, _) in book.spans.items()},
        {anchor: last for anchor, (_, last) in book.spans.items()},
        tuple(str(number + 1) for number in range(len(book.pages))),
        tuple(book.facts),
        problems.in_order(found),
    )


class _Maker:
    """Makes up one composition, setting each leaf as seldom as it can."""

    def __init__(self, composition: Composition, progress: Progress, place: Place) -> None:
        self.leaves = composition.leaves
        self.setter = setting.Setter(composition)
        self.progress = progress
        self.place = place
        self.copies: dict[tuple[int, int], _Copy] = {}
        self.blanks: dict[str, Page] = {}

    def stable(self) -> tuple[_Book, bool]:
        """Make up the book until its printed folios are true; tell whether they still were not in the last round."""
        fillers, book = 0, _Book()
        for _ in range(ROUNDS):
            book = self._round(fillers, book.spans)
            wanted = self._fillers(fillers)
            true = wanted == fillers and all(_words(copy, book.spans) == _set_words(copy) for _, copy in book.placed)
            if true:
                return book, False
            fillers = wanted
        return book, True

    def _round(self, fillers: int, spans: Spans) -> _Book:
        """Set and place every leaf; slots take the folios of this round where known, else those of the last."""
        book = _Book()
        for number, leaf in enumerate(self.leaves):
            for copy in range(fillers if self._fills(number) else 1):
                if leaf.start in SIDES and SIDES[leaf.start] != book.side:
                    self._put_blank(book)
                self._put(book, self._copy(number, copy), spans)
            self.progress("leaves", number + 1, len(self.leaves))
        return book

    def _fills(self, number: int) -> bool:
        """Tell whether a leaf is the one that fills: the first that may."""
        return self.leaves[number].filler and not any(leaf.filler for leaf in self.leaves[:number])

    def _copy(self, number: int, copy: int) -> _Copy:
        if (number, copy) not in self.copies:
            leaf = self.leaves[number]
            tree = setting.tree(leaf, self.place, f"-{copy + 1}" if copy else "")
            self.copies[number, copy] = _Copy(leaf, tree, slots.find(tree))
        return self.copies[number, copy]

    def _put(self, book: _Book, copy: _Copy, spans: Spans) -> None:
        """Place a leaf; set it only when its side or the words of its slots are not those it was set with."""
        set_as = (book.side, _words(copy, ChainMap(book.spans, spans)))
        if copy.set_as != set_as or copy.facts is None:
            slots.fill(copy.slots, set_as[1])
            copy.set_as = set_as
            copy.pages = self.setter.pages(copy.tree, book.side)
            copy.facts = facts.read(copy.leaf, copy.tree, copy.pages)
        book.add(copy, copy.facts)

    def _put_blank(self, book: _Book) -> None:
        if book.side not in self.blanks:
            self.blanks[book.side] = self.setter.blank(book.side)
        book.pages.append(self.blanks[book.side])
        book.facts.append(BLANK)

    def _fillers(self, fillers: int) -> int:
        """Return how many filler pages make the pages a multiple of four, with the fewest pages, then blanks."""
        if not any(leaf.filler for leaf in self.leaves):
            return 0
        set_ones = (self.copies.get((number, 0)) for number in range(len(self.leaves)))
        lengths = [len(copy.pages) if copy else 1 for copy in set_ones]
        lengths_by_count = [(*self._length(lengths, count), count) for count in range(SHEET)]
        fitting = [length for length in lengths_by_count if length[0] % SHEET == 0]
        return min(fitting)[-1] if fitting else fillers

    def _length(self, lengths: list[int], fillers: int) -> tuple[int, int]:
        """Count the pages with so many filler pages, and the blanks among them."""
        total = blanks = 0
        for number, leaf in enumerate(self.leaves):
            for _ in range(fillers if self._fills(number) else 1):
                side = "left" if (total + blanks) % 2 else "right"
                blanks += leaf.start in SIDES and SIDES[leaf.start] != side
                total += lengths[number]
        return total + blanks, blanks


def _words(copy: _Copy, spans: Mapping[str, tuple[int, int]]) -> tuple[str, ...]:
    return tuple(slot.words(spans) for slot in copy.slots)


def _set_words(copy: _Copy) -> tuple[str, ...]:
    return copy.set_as[1] if copy.set_as else ()


# --- what can be wrong with it --------------------------------------------------------------------


def _checked(book: _Book, place: Place) -> Iterator[Problem]:
    """Yield ids met twice, slots that lead nowhere, passages on no page, text out of its room."""
    met: set[str] = set()
    for before, copy in book.placed:
        known = copy.facts
        if known is None:
            continue
        for anchor in known.spans:
            if anchor in met:
                yield problems.anchor_twice(place, anchor)
        met.update(known.spans)
        for slot in copy.slots:
            yield from (problems.anchor_lost(place, anchor) for anchor in slot.anchors if anchor not in book.spans)
        yield from (problems.text_lost(place, words) for words in known.lost)
        for each in known.overflows:
            say = problems.text_cut if each.cut else problems.overflow
            yield say(place, before + each.page + 1, each.words, each.millimetres)
