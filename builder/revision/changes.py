"""Two versions of a programme and their matching come in; the list of changes a person reads goes out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from builder.publication import Level, passages, plain, walk
from builder.publication.ranges import Ranges
from builder.revision.difference import Piece, difference
from builder.revision.nouns import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.publication import Clause, Program
    from builder.revision.nouns import Match, Matching


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the clause before it, what it became, what was done to its words (nothing: they are the same).

    ``below`` counts the clauses that stand in it and went the same way; ``sure`` is false where somebody should look.
    """

    old: Clause | None
    new: tuple[Clause, ...]
    words: tuple[Piece, ...] = ()
    below: int = 0
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Renumbered:
    """Clauses that only have another number now, neighbours together: how both are cited."""

    old: str
    new: str
    count: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What a revision did, each list in reading order; a clause that moved and was reworded is listed as moved."""

    added: tuple[Change, ...] = ()
    removed: tuple[Change, ...] = ()
    split: tuple[Change, ...] = ()
    merged: tuple[Change, ...] = ()
    moved: tuple[Change, ...] = ()
    reworded: tuple[Change, ...] = ()
    renumbered: tuple[Renumbered, ...] = ()
    preamble: tuple[Piece, ...] = ()

    @property
    def lists(self) -> tuple[tuple[str, tuple[Change, ...]], ...]:
        """The lists of changes by their names."""
        names = ("added", "removed", "split", "merged", "moved", "reworded")
        return tuple((name, getattr(self, name)) for name in names)

    @property
    def none(self) -> bool:
        """Tell whether nothing was changed."""
        return not (self.renumbered or self.preamble or any(each for _, each in self.lists))


def changes(old: Program, new: Program, matching: Matching) -> Changes:
    """List what a revision did to a programme."""
    lister = _Lister(old, new, matching)
    before, after = " ".join(passages(old.preamble)), " ".join(passages(new.preamble))
    return Changes(
        added=tuple(lister.added()),
        removed=tuple(lister.removed()),
        split=tuple(lister.of(Kind.SPLIT)),
        merged=tuple(lister.of(Kind.MERGED)),
        moved=tuple(lister.of(Kind.MOVED)),
        reworded=tuple(lister.of(Kind.REWORDED)),
        renumbered=tuple(lister.renumbered()),
        preamble=difference(before, after) if before.split() != after.split() else (),
    )


def reading(clause: Clause) -> str:
    """The title and the text of a clause as a reader takes them in."""
    title, text = plain(clause.title), " ".join(passages(clause.body))
    closed = title if not (title and text) or title.endswith((".", ":", ";", "!", "?")) else f"{title}."
    return " ".join(f"{closed} {text}".split())


@dataclass(frozen=True)
class _Lister:
    """Goes through a matching."""

    old_program: Program
    new_program: Program
    matching: Matching

    @cached_property
    def old(self) -> Mapping[str, Clause]:
        return {clause.id: clause for clause in walk(self.old_program.clauses)}

    @cached_property
    def new(self) -> Mapping[str, Clause]:
        return {clause.id: clause for clause in walk(self.new_program.clauses)}

    def added(self) -> Iterator[Change]:
        fresh = set(self.matching.added)
        for clause, below in _outermost(self.new_program.clauses, fresh):
            yield Change(None, (clause,), below=below)

    def removed(self) -> Iterator[Change]:
        gone = {match.old for match in self.matching.matches if not match.new}
        for clause, below in _outermost(self.old_program.clauses, gone):
            yield Change(clause, (), below=below, sure=self.matching.by_old[clause.id].sure)

    def of(self, kind: Kind) -> Iterator[Change]:
        for match in self.matching.matches:
            if match.kind is kind:
                old, new = self.old[match.old], tuple(self.new[each] for each in match.new)
                yield Change(old, new, _words(old, new, match), sum(1 for _ in walk(old.children)), match.sure)

    def renumbered(self) -> Iterator[Renumbered]:
        """Yield runs of neighbours whose own number is another one now."""
        run: list[Match] = []
        for match in self._other_numbers():
            if run and not self._follows(run[-1], match):
                yield self._named(run)
                run = []
            run.append(match)
        if run:
            yield self._named(run)

    def _other_numbers(self) -> Iterator[Match]:
        found = [match for match in self.matching.matches if match.new and match.kind in _IN_PLACE]
        found = [match for match in found if self.old[match.old].number != self.new[match.new[0]].number]
        rows: dict[str, list[Match]] = {}
        for match in found:
            article = self.old[match.old].level is Level.ARTICLE  # their numbers run on through chapters
            rows.setdefault("" if article else match.old.rpartition(".")[0], []).append(match)
        for row in rows.values():
            yield from row

    def _follows(self, before: Match, match: Match) -> bool:
        neighbours = self._old_ranges.neighbours(before.old, match.old)
        return neighbours and self._new_ranges.neighbours(before.new[0], match.new[0])

    @cached_property
    def _old_ranges(self) -> Ranges:
        return Ranges(self.old_program.clauses)

    @cached_property
    def _new_ranges(self) -> Ranges:
        return Ranges(self.new_program.clauses)

    def _named(self, run: list[Match]) -> Renumbered:
        old = self._old_ranges.named([match.old for match in run])
        return Renumbered(old, self._new_ranges.named([match.new[0] for match in run]), len(run))


_IN_PLACE = {Kind.SAME, Kind.RENUMBERED, Kind.REWORDED}


def _words(old: Clause, new: tuple[Clause, ...], match: Match) -> tuple[Piece, ...]:
    if match.kind is Kind.MERGED:
        return ()
    before, after = reading(old), " ".join(map(reading, new))
    return difference(before, after) if before != after else ()


def _outermost(clauses: tuple[Clause, ...], among: set[str]) -> Iterator[tuple[Clause, int]]:
    """Yield the outermost clauses that are among some with all that stands in them, and how many those are."""
    for clause in clauses:
        below = list(walk(clause.children))
        if clause.id in among and all(each.id in among for each in below):
            yield clause, len(below)
            continue
        if clause.id in among:
            yield clause, 0
        yield from _outermost(clause.children, among)
