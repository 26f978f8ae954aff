"""The bindings found come in; what became of each clause, for a person to read, goes out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.revision import evidence
from builder.revision.alignment import in_order
from builder.revision.nouns import Kind, Match, Matching

if TYPE_CHECKING:
    from builder.revision.state import State

_GONE = 0.15  # with nothing so much like it a clause is gone beyond doubt
_PART = 0.6  # of the words left over that the other half of a clause has to hold
_MOST_COMPARED = 200
_HEARD = 0.4  # of the syllables: what was reworded beyond its rare words keeps so many
_DOUBTED = 0.6  # confidence that a clause is gone of which nobody is sure
_GAINED = 0.15  # of a clause's words: so many at least stand in its other half
_KEPT = 0.85  # of its words that both halves together have to keep


def doubt_rivals(state: State) -> None:
    """Take the certainty from a clause that moved where one left over stands in its place and is like it."""
    for old, bond in list(state.bonds.items()):
        if not bond.sure or state.home(old) is None or state.at_home(old, bond.new) or len(state.old.below(old)) > 1:
            continue
        there, others = state.about(old), state.about_old(bond.new)
        rival = any(state.like(old, new) >= evidence.RIVAL for new in state.free_new(there)) or any(
            state.like(other, bond.new) >= evidence.RIVAL for other in state.free_old(others)
        )
        if rival:
            state.bonds[old] = replace(bond, confidence=min(bond.confidence, 0.8), sure=False)


def matching(state: State) -> Matching:
    """Put what was found into words."""
    halves = _halves(state)
    swapped = _out_of_order(state)
    matches = [_match(state, old, halves, swapped) for old in range(1, len(state.old.clauses))]
    parts = {new for each in halves.values() for new in each}
    added = [new for new in range(1, len(state.new.clauses)) if new not in state.back and new not in parts]
    return Matching(tuple(matches), tuple(state.new.clauses[new].clause.id for new in added))


def _match(state: State, old: int, halves: dict[int, list[int]], swapped: set[int]) -> Match:
    name = state.old.clauses[old].clause.id
    bond = state.bonds.get(old)
    if bond is None:
        return _gone(state, old, name)
    ids = tuple(state.new.clauses[new].clause.id for new in (bond.new, *halves.get(old, ())))
    if old in halves:
        return Match(name, ids, Kind.SPLIT, min(bond.confidence, 0.8), sure=False)
    kind = _kind(state, old, bond.new, swapped)
    return Match(name, ids, kind, round(bond.confidence, 2), bond.sure)


def _gone(state: State, old: int, name: str) -> Match:
    merged = _swallowed_by(state, old)
    heir = next((state.bonds[above].new for above in state.old.above[old] if above in state.bonds), 0)
    heir_id = state.new.clauses[heir].clause.id
    if merged:
        return Match(name, (state.new.clauses[merged].clause.id,), Kind.MERGED, 0.7, sure=False, heir=heir_id)
    possible = _possible(state, old)
    nearest = max((state.like(old, new) for new in possible), default=-1.0)
    nothing_like = nearest < _GONE if evidence.is_long(state, old) else nearest <= 0 and not _open_at_home(state, old)
    sure = nothing_like and old not in state.doubted and not _there_still(state, old)
    sure = sure and not any(_same_syllables(state, old, new) >= _HEARD for new in possible)
    confidence = round(1 - max(nearest, 0.0), 2)
    return Match(name, (), Kind.REMOVED, confidence if sure else min(_DOUBTED, confidence), sure, heir_id)


def _same_syllables(state: State, old: int, new: int) -> float:
    """The part of their syllables that two clauses share, common ones and rare ones alike."""
    ours, theirs = set(state.old.clauses[old].loose), set(state.new.clauses[new].loose)
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))


def _there_still(state: State, old: int) -> bool:
    """Tell of words that many clauses share whether they stand where they stood, or as often as before."""
    words = state.old.clauses[old].loose
    home = state.home(old)
    there = state.new.clauses[home].children if home is not None else ()
    again = any(state.new.clauses[new].loose == words for new in there)
    return again or state.new.looses[words] >= state.old.looses[words]


def _open_at_home(state: State, old: int) -> bool:
    """Tell whether there is a clause nobody is sure of where an old one stood."""
    return not state.open_new.isdisjoint(state.about(old))


def _possible(state: State, old: int) -> list[int]:
    """The new clauses an old one may have become: those left over, and those nobody is sure of."""
    if len(state.open_new) <= _MOST_COMPARED:
        return sorted(state.open_new)
    return sorted(state.open_new & {*state.like.nearest(old), *state.about(old)})


def _kind(state: State, old: int, new: int, swapped: set[int]) -> Kind:
    before, after = state.old.clauses[old], state.new.clauses[new]
    if not state.at_home(old, new) or old in swapped:
        return Kind.MOVED
    if before.loose != after.loose:
        return Kind.REWORDED
    if (before.clause.level, before.clause.number) != (after.clause.level, after.clause.number):
        return Kind.RENUMBERED
    return Kind.SAME


def _out_of_order(state: State) -> set[int]:
    """The clauses that stand in the same clause as before, but before or behind others than they did."""
    found: set[int] = set()
    for old, bond in state.bonds.items():
        position = {new: at for at, new in enumerate(state.new.clauses[bond.new].children)}
        places = [place for place in state.old.clauses[old].children if place in state.bonds]
        pairs = [(place, position[new]) for place in places if (new := state.bonds[place].new) in position]
        found.update(place for place, _ in set(pairs) - set(in_order(pairs)))
    return found


def _halves(state: State) -> dict[int, list[int]]:
    """Old clauses → the new ones beside what they became that hold the rest of their words."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for new in state.free_new(range(1, len(state.new.clauses))):
        for old in state.like.nearest_old(new):
            bond = state.bonds.get(old)
            if bond is None or state.new.clauses[new].parent != state.new.clauses[bond.new].parent:
                continue
            whole = state.like.kept(old, (bond.new, new))
            gained = whole - state.like.kept(old, (bond.new,))
            if state.like.origin(new, (old,)) >= _PART and gained > _GAINED and whole >= _KEPT:
                found[old].append(new)
                break
    return found


def _swallowed_by(state: State, old: int) -> int:
    """The place of a new clause that holds all words of an old one besides those of another; 0 when there is none."""
    if not evidence.is_long(state, old):
        return 0
    for new in state.like.nearest(old):
        other = state.back.get(new)
        if other and state.like.kept(old, (new,)) >= _KEPT and state.like.origin(new, (other,)) < _KEPT:
            return new
    return 0
