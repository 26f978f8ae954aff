"""Two clauses that may be one come in; whether that can be taken as beyond doubt goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.revision.state import State

LIKE = 0.5
"""From this likeness on a clause between the same neighbours may be a reworded one."""
MARGIN = 0.15
"""By so much it has to be more like it than anything else is."""
MOVED_LIKE, MOVED_MARGIN = 0.8, 0.25
"""The same for one that stands elsewhere."""
HOME = 0.2
"""What it is worth that a clause stands where the one around it went."""
LONG = 8
"""Syllables: what has fewer may stand in a text by chance."""
LEAST_SHARED = 0.12
"""So much of what stands below two clauses with one title has to be alike."""
RIVAL = 0.3
"""From this likeness on a clause left over might be the one that was meant."""
MANY = 3
"""Clauses: so many that stay together tell which clause they stand in, whatever it is called now."""

Scores = dict[tuple[int, int], float]


def is_long(state: State, old: int) -> bool:
    """Tell whether a clause has words enough to be known by them."""
    return len(state.old.clauses[old].loose) >= LONG


def content_kept(state: State, old: int, new: int) -> bool:
    """Tell of two clauses with the same own words whether what stands in them has anything in common."""
    below, there = state.old.below(old), state.new.below(new)
    if not below or not there:
        return (not below and not there) or is_long(state, old)
    if any(bond and bond.new in there for bond in map(state.bonds.get, below)):
        return True
    return state.like.alike_together(below, there) >= LEAST_SHARED


def stands_out(state: State, old: int, new: int, scores: Mapping[tuple[int, int], float], votes: Scores) -> bool:
    """Tell whether two clauses are each more like the other than like anything else that is free."""
    short = min(len(state.old.clauses[old].loose), len(state.new.clauses[new].loose)) < LONG
    if short and state.shared_below(old, new, votes) < LIKE:
        return False
    if state.old.clauses[old].children and not is_vessel(state, old, new):
        return False
    rivals = [score for (one, other), score in scores.items() if (one == old) != (other == new)]
    rivals.append(_moulded(state, old, new, votes))
    rivals += [state.score(old, other, votes) for other in state.free_new(state.like.nearest(old)) if other != new]
    rivals += [state.score(other, new, votes) for other in state.free_old(state.like.nearest_old(new)) if other != old]
    return scores[old, new] >= max(rivals, default=0.0) + MARGIN


def stands_alone(state: State, old: int, new: int, scores: Mapping[tuple[int, int], float], votes: Scores) -> bool:
    """Tell the same of a clause that stands elsewhere; there the words have to be many, and the distance great."""
    if min(len(state.old.clauses[old].loose), len(state.new.clauses[new].loose)) < LONG + LONG // 2:
        return False
    there, others = state.about(old), state.about_old(new)
    rivals = [score for pair, score in scores.items() if pair != (old, new)]
    rivals.append(_moulded(state, old, new, votes))
    rivals += [state.score(old, other, votes) + HOME for other in state.free_new(there) if other != new]
    rivals += [state.score(other, new, votes) + HOME for other in state.free_old(others) if other != old]
    rivals += [state.score(other, new, votes) for other in state.free_old(state.like.nearest_old(new)) if other != old]
    return scores[old, new] >= max(rivals, default=0.0) + MOVED_MARGIN


def is_vessel(state: State, old: int, new: int) -> bool:
    """Tell whether a clause that holds what another one held is that one: by its words, or because that is a lot.

    One clause that moved from here to there does not carry its surroundings with it.
    """
    own = state.like(old, new)
    there, others = state.about(old), state.about_old(new)
    rivals = [state.like(old, other) for other in state.free_new(there) if other != new]
    rivals += [state.like(other, new) for other in state.free_old(others) if other != old]
    rivals += [state.like(old, other) for other in state.free_new(state.like.nearest(old)) if other != new]
    rivals += [state.like(other, new) for other in state.free_old(state.like.nearest_old(new)) if other != old]
    rival = max(rivals, default=-1.0)
    if rival > own:
        return False
    inside = state.new.below(new)
    bonds = map(state.bonds.get, state.old.clauses[old].children)
    together = sum(bond is not None and bond.new in inside for bond in bonds)
    if rival == own:
        return together >= MANY
    named = own >= max(LIKE, state.like.twin(old, new) + MARGIN)
    return named or together >= MANY or (state.at_home(old, new) and together > 1)


def _moulded(state: State, old: int, new: int, votes: Scores) -> float:
    """How alike one of two clauses is to others of its own text, like sentences of one mould; contents outweigh it."""
    return 0.0 if state.shared_below(old, new, votes) >= LIKE else state.like.twin(old, new)
