"""Two versions of a ``Program`` come in; what became of each clause of the old one goes out.

From what is beyond doubt to what is not: whole passages with words of their own; clauses around what is bound; clauses
in what is bound, by their words and their place among their neighbours; clauses like no other. What then is left is
bound as a suggestion, for somebody to confirm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.revision import alignment, evidence, verdict
from builder.revision.state import State
from builder.revision.wording import texts

if TYPE_CHECKING:
    from builder.publication import Program
    from builder.revision.evidence import Scores
    from builder.revision.nouns import Matching

_ROUNDS = 6
_SUGGESTED = 0.3
_AROUND = 0.5
_SAME_LEVEL = 0.1
_NUMBERED = 0.05
_ANYTHING = 0.05


def match(old: Program, new: Program) -> Matching:
    """Find for each clause of a programme what it became in another version of it."""
    state = State(*texts(old, new))
    _passages(state)
    _leads(state)
    for _ in range(_ROUNDS):
        before = len(state.bonds)
        _around(state, state.votes())
        _within(state)
        _moved(state)
        if len(state.bonds) == before:
            break
    verdict.doubt_rivals(state)
    _suggest(state)
    return verdict.matching(state)


def _passages(state: State) -> None:
    """Bind what stands once in both texts, word for word with all that stands in it, and is long enough."""
    there = {each.deep: place for place, each in enumerate(state.new.clauses)}
    for place, each in enumerate(state.old.clauses):
        once = state.old.deeps[each.deep] == state.new.deeps[each.deep] == 1
        if once and state.free(place, there[each.deep]) and _length(state, place) >= evidence.LONG:
            other = there[each.deep]
            for old, new in zip(state.old.below(place), state.new.below(other), strict=True):
                if state.free(old, new):
                    state.bind(old, new, 1.0, sure=True)
            state.bind(place, other, 1.0, sure=True)


def _leads(state: State) -> None:
    """Bind what has long own words that stand once in both texts, though something in it changed."""
    there = {each.loose: place for place, each in enumerate(state.new.clauses)}
    for place, each in enumerate(state.old.clauses):
        once = state.old.looses[each.loose] == state.new.looses[each.loose] == 1
        if once and evidence.is_long(state, place) and state.free(place, there[each.loose]):
            state.bind(place, there[each.loose], 1.0, sure=True)


def _length(state: State, old: int) -> int:
    return sum(len(state.old.clauses[place].loose) for place in (old, *state.old.below(old)))


def _around(state: State, votes: Scores) -> None:
    """Bind clauses most of whose contents are bound to each other."""
    scores = {
        pair: state.score(*pair, votes) + _SAME_LEVEL * _same_level(state, *pair) for pair in votes if state.free(*pair)
    }
    best: dict[tuple[str, int], list[float]] = {}
    for (old, new), score in scores.items():
        best.setdefault(("old", old), []).append(score)
        best.setdefault(("new", new), []).append(score)
    for old, new in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        both = [*best["old", old], *best["new", new]]
        rival = max(sorted(best["old", old])[-2:-1] + sorted(best["new", new])[-2:-1], default=0.0)
        score = scores[old, new]
        enough = state.shared_below(old, new, votes) >= _AROUND or score >= _AROUND + _SAME_LEVEL
        stands_out = score == max(both) and score >= rival + evidence.MARGIN
        if enough and stands_out and state.free(old, new) and evidence.is_vessel(state, old, new):
            state.bind(old, new, score, sure=True)


def _same_level(state: State, old: int, new: int) -> bool:
    return state.old.clauses[old].clause.level is state.new.clauses[new].clause.level


def _within(state: State) -> None:
    """Bind what stands in clauses that are bound, from the outside in."""
    votes = state.votes()
    waiting = [0]
    while waiting:
        old = waiting.pop()
        bond = state.bonds.get(old)
        if bond:
            alignment.align(state, old, bond.new, votes, sure=bond.sure)
        waiting += state.old.clauses[old].children


def _moved(state: State) -> None:
    """Bind what stands elsewhere now and is like nothing else."""
    votes = state.votes()
    for old in state.free_old(range(len(state.old.clauses))):
        scores = {(old, new): state.score(old, new, votes) for new in state.free_new(state.like.nearest(old))}
        for pair in sorted(scores, key=lambda each: -scores[each])[:1]:
            if scores[pair] >= evidence.MOVED_LIKE and evidence.stands_alone(state, *pair, scores, votes):
                state.bind(*pair, scores[pair], sure=True)


def _suggest(state: State) -> None:
    """Bind what is left to what it may be, the likeliest first; then what stands in that."""
    for _ in range(_ROUNDS):
        before = len(state.bonds)
        votes = state.votes()
        scores = _likely(state, votes)
        for old, new in sorted(scores, key=lambda pair: (-scores[pair], pair)):
            if scores[old, new] >= _SUGGESTED and state.free(old, new):
                state.bind(old, new, min(0.9, scores[old, new]), sure=False)
        _within(state)
        if len(state.bonds) == before:
            return


def _likely(state: State, votes: Scores) -> Scores:
    """What may be what: likeness, and a little for standing in the right place under the right number."""
    scores: Scores = {}
    for old in state.free_old(range(len(state.old.clauses))):
        for new in state.free_new({*state.like.nearest(old), *state.about(old)}):
            at_home = evidence.HOME * state.at_home(old, new)
            numbered = _NUMBERED * (state.old.clauses[old].clause.number == state.new.clauses[new].clause.number)
            score = state.score(old, new, votes)
            scores[old, new] = score + (at_home + numbered if score > _ANYTHING or old in state.doubted else 0.0)
    return scores
