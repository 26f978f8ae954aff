"""A composition comes in; it is set, made up, furnished and gathered, and goes out as a ``Printing``.

Nothing that was set before is set again: every galley is kept under the hash of all that shaped it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from builder import problems
from builder.press import elsewhere, figures, findings, furniture, gather, inserts, log, makeup, proof
from builder.press.galley import Case, Galley
from builder.press.keys import engines
from builder.press.nouns import Printing
from builder.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from builder.composition.nouns import Composition
    from builder.press.crew import Crew
    from builder.press.galley import Copy, Fault
    from builder.press.inserts import Inserted
    from builder.press.makeup import Book, Placed
    from builder.press.nouns import Keeper, Progress
    from builder.press.slots import Known

LETTERS_A_PAGE = 1500  # of markup, till a page has been seen


def on_one_page(compositions: Iterable[Composition], crew: Crew, cache: Keeper | None) -> Printing:
    """Set the first composition that needs no second page, else the last (see ``press.print_on_one_page``)."""
    for composition in compositions:
        printing = print_pdf(composition, crew, cache, lambda _stage, _done, _total: None, None)
        if printing.pages == 1:
            break
    return printing


def print_pdf(
    composition: Composition, crew: Crew, cache: Keeper | None, told: Progress, other: Printing | None
) -> Printing:
    """Set a composition in type (see ``press.print_pdf``)."""
    case = Case(composition.metadata.language, composition.stylesheet, composition.furniture, tuple(composition.faces))
    bench = _Bench(case, crew, cache, told)
    place = problems.Place(composition.slug)
    folios = {anchor: (folio, other.ends[anchor]) for anchor, folio in other.folios.items()} if other else {}
    made = makeup.make_up(composition, bench.set_leaves, place, folios)
    book = made.book
    marks = elsewhere.marks(book, other) if other else {}
    heads = furniture.Heads(composition.metadata.title, marks, composition.words.get("page_abbreviation", ""))
    inserted = inserts.insert(composition, book, bench.set_leaves, place)
    order, labels = inserts.order(book, inserted)
    parts = [*bench.furnished(book, heads), *bench.put_in(inserted, heads, book.known)]
    told("gather", 0, 1)
    pdf = gather.gather(parts, case.faces, composition.metadata, order, labels)
    told("gather", 1, 1)
    lines = [line for part in parts for line in _said(part)]
    facts = (*book.facts(), *(page for each in inserted for page in each.facts))
    families = dict.fromkeys(face.family for face in case.faces)
    refused = dict.fromkeys(address for galley in bench.used for address in galley.refused)
    found = [
        *log.told([heard for galley in bench.used for heard in galley.heard], place, families, refused),
        *(problems.fetch_refused(place, address) for address in refused),
        *findings.of(book, inserted, place),
        *(problems.furniture_cut(place, folio, fault.words, fault.millimetres) for folio, fault in bench.cut),
        *([problems.folios_unstable(place, len(made.rounds))] if made.unstable else []),
    ]
    if not any(each.severity is Severity.ERROR for each in found):
        found += [
            problems.text_lost(place, words) for words in proof.lost(pdf, [lines[number] for number in order], crew)
        ]
    return Printing(
        pdf,
        len(order),
        {anchor: first for anchor, (first, _) in book.spans.items()},
        {anchor: last for anchor, (_, last) in book.spans.items()},
        labels,
        tuple(facts[number] for number in order),
        problems.in_order(found),
        made.rounds,
    )


@dataclass(slots=True)
class _Bench:
    """Has copy set, or takes what was set before."""

    case: Case
    crew: Crew
    cache: Keeper | None
    told: Progress
    used: list[Galley] = field(default_factory=list)
    fresh: int = 0
    cut: list[tuple[str, Fault]] = field(default_factory=list)  # running heads and folios, with that of their page

    def set_leaves(self, copies: Sequence[Copy]) -> tuple[list[Galley], int]:
        """Return the galleys of leaves, in order, and how many of them were not kept."""
        before = self.fresh
        return self.set_all(copies, "leaves"), self.fresh - before

    def set_all(self, copies: Sequence[Copy], stage: str) -> list[Galley]:
        """Return the galleys of copy, in order."""
        keys = [copy.key(self.case, engines()) for copy in copies]
        kept = [self._kept(key) for key in keys]
        wanted = [number for number, galley in enumerate(kept) if galley is None]
        counter = _Counter(copies, kept, lambda done, total: self.told(stage, done, total))
        self.fresh += len(wanted)
        orders = [copies[number] for number in wanted]
        for order, galley in self.crew.set(self.case, orders, lambda order, page: counter.page(wanted[order], page)):
            number = wanted[order]
            kept[number] = galley
            counter.finished(number, galley)
            if self.cache is not None:
                self.cache.put(keys[number], msgspec.msgpack.encode(galley))
        galleys = [galley for galley in kept if galley is not None]
        self.used += galleys
        return galleys

    def _kept(self, key: str) -> Galley | None:
        data = self.cache.get(key) if self.cache is not None else None
        try:
            return None if data is None else msgspec.msgpack.decode(data, type=Galley)
        except msgspec.MsgspecError:
            return None

    def furnished(self, book: Book, heads: furniture.Heads) -> list[gather.Part]:
        """Set running heads and folios, leaf by leaf, and put them with the pages they stand on."""
        sides = sorted({makeup.side(placed.first - 1) for placed in book.placed if placed.blank})
        empty = dict(zip(sides, self.set_all([makeup.blank(side) for side in sides], "furniture"), strict=True))
        set_ = self.set_all([_furniture(placed, heads) for placed in book.placed], "furniture")
        for placed, galley in zip(book.placed, set_, strict=True):
            first = placed.first + 1 - (furniture.BEFORE_BLANK if placed.blank else 0)
            self.cut += [(str(first + fault.page), fault) for fault in galley.faults]
        return [
            part
            for placed, galley in zip(book.placed, set_, strict=True)
            for part in _parts(placed, galley, empty.get(makeup.side(placed.first - 1)), book.known)
        ]

    def put_in(self, inserted: Sequence[Inserted], heads: furniture.Heads, known: Known) -> list[gather.Part]:
        """Set running heads and folios of leaves put in, and put them with their pages."""
        if not inserted:
            return []
        (empty,) = self.set_all([makeup.blank("left")], "furniture")
        copies = [furniture.copy(each.facts, _named(each, heads), each.after) for each in inserted]
        parts: list[gather.Part] = []
        for each, set_ in zip(inserted, self.set_all(copies, "furniture"), strict=True):
            self.cut += [(each.labels[fault.page], fault) for fault in set_.faults]
            page = 0
            for piece in each.pieces:
                galley = piece.set_type
                parts.append(gather.Part(galley, set_, page, (0.0,) * len(galley.pages), piece.words(known)))
                page += len(galley.pages)
            if page < len(each.facts):
                parts.append(gather.Part(empty, set_, page, (0.0,)))
        return parts


def _named(inserted: Inserted, heads: furniture.Heads) -> furniture.Heads:
    """Give the pages of leaves put in their folios."""
    return furniture.Heads(heads.title, folios=dict(enumerate(inserted.labels, inserted.after)))


def _furniture(placed: Placed, heads: furniture.Heads) -> Copy:
    pages = placed.galley.pages
    if placed.blank:
        return furniture.copy([makeup.BLANK, *pages], heads, placed.first - 1)
    return furniture.copy(pages, heads, placed.first)


def _parts(placed: Placed, set_: Galley, empty: Galley | None, known: Known) -> Iterator[gather.Part]:
    """Yield the blank page before a piece, if there is one, and the piece, with the furniture of both."""
    galley = placed.galley
    skipped = furniture.BEFORE_BLANK if placed.blank else 0
    if len(set_.pages) != len(galley.pages) + skipped:
        message = f"{len(set_.pages)} pages of furniture for {len(galley.pages)} pages of {placed.piece.leaf.id}"
        raise AssertionError(message)
    if placed.blank and empty:
        yield gather.Part(empty, set_, skipped - 1, (0.0,))
    yield gather.Part(galley, set_, skipped, placed.shifts, placed.piece.words(known))


def _said(part: gather.Part) -> Iterator[tuple[str, ...]]:
    """Yield what can be read on each page of a part."""
    folios = figures.said(part.galley, part.words)
    yield from ((*lines, *said) for lines, said in zip(part.galley.lines, folios, strict=True))


class _Counter:
    """Tells how many pages are set, of how many: guessed from the length of the markup till all are."""

    def __init__(self, copies: Sequence[Copy], kept: Sequence[Galley | None], told: Callable[[int, int], None]) -> None:
        self.letters = [len(copy.markup) for copy in copies]
        self.begun = [0] * len(copies)
        self.pages = [len(galley.pages) if galley else 0 for galley in kept]
        self.told = told
        if copies:
            self._tell()

    def page(self, number: int, page: int) -> None:
        """Take down that a page of a copy was begun: the one before it is done."""
        self.begun[number] = page - 1
        self._tell()

    def finished(self, number: int, galley: Galley) -> None:
        """Take down that a copy is done."""
        self.pages[number] = len(galley.pages)
        self._tell()

    def _tell(self) -> None:
        done = [pages or begun for pages, begun in zip(self.pages, self.begun, strict=True)]
        whole = [number for number, pages in enumerate(self.pages) if pages]
        seen = sum(self.letters[number] for number in whole)
        a_page = seen / sum(self.pages) if seen else LETTERS_A_PAGE
        ahead = sum(
            max(1, letters / a_page) for letters, pages in zip(self.letters, self.pages, strict=True) if not pages
        )
        self.told(sum(done), max(sum(done), round(sum(self.pages) + ahead)))
