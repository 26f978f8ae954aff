"""A book made up and the leaves put between its pages come in; what is wrong with them goes out as problems."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder import problems
from builder.press.galley import Flaw

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from builder.press.galley import Fault
    from builder.press.inserts import Inserted
    from builder.press.makeup import Book, Piece
    from builder.press.slots import Known
    from builder.problems import Place, Problem

OUT_OF_ROOM = {Flaw.CUT: problems.text_cut, Flaw.OUTSIDE: problems.text_outside, Flaw.OVERFLOW: problems.overflow}
BADLY_BROKEN = {
    Flaw.COLLIDES: problems.notes_collide,
    Flaw.NOTE_CARRIED: problems.note_carried,
    Flaw.HEADING_ALONE: problems.heading_alone,
    Flaw.ORPHAN: problems.orphan,
    Flaw.WIDOW: problems.widow,
}


def of(book: Book, inserted: Sequence[Inserted], place: Place) -> Iterator[Problem]:
    """Yield ids met twice, slots and links that lead nowhere, what is wrong on the pages, leaves with too many pages.

    Links on the leader's leaves may lead to one another; no page of them is told anywhere.
    """
    put_in = [pair for each in inserted for pair in each.labelled]
    apart = {anchor for piece, _ in put_in for anchor in piece.set_type.spans}
    own, leaders = _Checker(book.known, place), _Checker(book.known, place, apart)
    for placed in book.placed:
        folios = range(placed.first + 1, placed.first + len(placed.galley.pages) + 1)
        yield from own.piece(placed.piece, tuple(map(str, folios)))
    leaders.met = own.met
    for piece, labels in put_in:
        yield from leaders.piece(piece, labels)


@dataclass(slots=True)
class _Checker:
    """Looks pieces over; ``met`` are the ids of those before, ``apart`` those that links may lead to besides."""

    known: Known
    place: Place
    apart: Collection[str] = ()
    met: set[str] = field(default_factory=set)

    def piece(self, piece: Piece, labels: Sequence[str]) -> Iterator[Problem]:
        """Look a piece over; ``labels`` name its pages."""
        galley, leaf = piece.set_type, piece.leaf
        yield from (problems.anchor_twice(self.place, anchor) for anchor in galley.spans if anchor in self.met)
        self.met.update(galley.spans)
        yield from (problems.anchor_lost(self.place, anchor) for anchor in self._lost(piece))
        yield from (_problem(fault, self.place, labels[fault.page]) for fault in galley.faults)
        if 0 < leaf.most < len(galley.pages):
            yield problems.leaf_long(leaf.place or self.place, leaf.title, len(galley.pages), leaf.most)

    def _lost(self, piece: Piece) -> Iterator[str]:
        """Yield the ids that are referred to and are nowhere."""
        links = (each for each in piece.set_type.links if each not in self.apart)
        told = (anchor for slot in piece.slots for anchor in slot.anchors)
        yield from (each for each in (*links, *told) if not self.known.span(each))


def _problem(fault: Fault, place: Place, folio: str) -> Problem:
    if fault.flaw is Flaw.LOST:
        return problems.text_lost(place, fault.words)
    if fault.flaw is Flaw.SMALL:
        return problems.table_small(place, folio, fault.words, fault.points)
    if fault.flaw in OUT_OF_ROOM:
        return OUT_OF_ROOM[fault.flaw](place, folio, fault.words, fault.millimetres)
    return BADLY_BROKEN[fault.flaw](place, folio, fault.words)
