"""Two clauses bound to each other come in; what stands in the one is bound to what stands in the other.

The same words that stand once among them are the same clause. Of words that stand there several times the place among
sure neighbours decides; where it does not, nothing is bound. What was reworded is sought between the same neighbours.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

from builder.revision import evidence

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from builder.revision.state import State
    from builder.revision.wording import Wording

_MOST_COMPARED = 2500  # pairs within a gap
Gap = tuple[list[int], list[int]]


def align(state: State, old: int, new: int, votes: dict[tuple[int, int], float], *, sure: bool) -> None:
    """Bind the children of two clauses; ``sure`` tells whether those two are bound beyond doubt."""
    left, right = state.old.clauses[old].children, state.new.clauses[new].children
    if not state.free_old(left) or not state.free_new(right):
        return
    for key in (_deep, _exact, _loose):
        _same_words(state, left, right, key, sure=sure)
    for gap in _gaps(state, left, right):
        _reworded(state, gap, votes, sure=sure)


def _deep(each: Wording) -> Hashable:
    return each.deep


def _exact(each: Wording) -> Hashable:
    return each.exact


def _loose(each: Wording) -> Hashable:
    return each.loose


Key = Callable[["Wording"], "Hashable"]


def _same_words(state: State, left: Sequence[int], right: Sequence[int], key: Key, *, sure: bool) -> None:
    """Bind clauses with the same words: those that stand once on both sides, then those that stand several times."""
    ours, theirs = _grouped(state, left, right, key)
    alike = _counts(state, left, right)
    for words, places in ours.items():
        others = theirs.get(words, [])
        if words and len(places) == len(others) == 1:
            once = alike(places[0])
            _bind(state, places[0], others[0], key, sure=sure and once)
    both = [words for words in ours.keys() & theirs.keys() if words]
    if any(max(len(ours[words]), len(theirs[words])) > 1 for words in both):
        _several(state, left, right, key, sure=sure)


def _bind(state: State, old: int, new: int, key: Key, *, sure: bool) -> None:
    kept = key is _deep or evidence.content_kept(state, old, new)
    state.bind(old, new, 1.0 if kept else 0.6, sure=sure and kept)


def _counts(state: State, left: Sequence[int], right: Sequence[int]) -> Callable[[int], bool]:
    """What tells whether the loose words of an old clause stand as often on both sides.

    ``theo khoản 1 Điều này`` is no other clause than ``theo khoản 2 Điều này`` once one of the two has gone.
    """
    ours = Counter(state.old.clauses[place].loose for place in state.free_old(left))
    theirs = Counter(state.new.clauses[place].loose for place in state.free_new(right))

    def as_often(old: int) -> bool:
        words = state.old.clauses[old].loose
        return ours[words] == theirs[words]

    return as_often


def _several(state: State, left: Sequence[int], right: Sequence[int], key: Key, *, sure: bool) -> None:
    """Bind the same words that stand several times, where as many stand between the same neighbours."""
    ours, theirs = _grouped(state, left, right, key)
    crossed = _crossed(state, left, right)
    for some, others in _gaps(state, left, right):
        within, without = _grouped(state, some, others, key)
        for words in within.keys() & without.keys():
            places, there = within[words], without[words]
            as_many = len(ours[words]) == len(theirs[words]) or not crossed
            settled = key is _deep or len(places) == 1
            if words and len(places) == len(there) and as_many and settled:
                for place, other in zip(places, there, strict=True):
                    _bind(state, place, other, key, sure=sure)
            else:
                state.doubted.update(places)


def _reworded(state: State, gap: Gap, votes: dict[tuple[int, int], float], *, sure: bool) -> None:
    """Bind what is like nothing else but one clause between the same neighbours."""
    some, others = gap
    if not some or not others or len(some) * len(others) > _MOST_COMPARED:
        return
    scores = {(old, new): state.score(old, new, votes) for old in some for new in others}
    for old, new in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        if scores[old, new] < evidence.LIKE:
            return
        if state.free(old, new) and evidence.stands_out(state, old, new, scores, votes):
            state.bind(old, new, scores[old, new], sure=sure)


def _grouped(
    state: State, left: Sequence[int], right: Sequence[int], key: Key
) -> tuple[dict[Hashable, list[int]], dict[Hashable, list[int]]]:
    """The free clauses of both sides by their words."""
    ours: defaultdict[Hashable, list[int]] = defaultdict(list)
    theirs: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place in state.free_old(left):
        ours[key(state.old.clauses[place])].append(place)
    for place in state.free_new(right):
        theirs[key(state.new.clauses[place])].append(place)
    return ours, theirs


def _bound(state: State, left: Sequence[int], right: Sequence[int]) -> list[tuple[int, int]]:
    """The positions of siblings surely bound to siblings, in the order of the left."""
    position = {place: at for at, place in enumerate(right)}
    bonds = ((at, state.bonds.get(place)) for at, place in enumerate(left))
    return [(at, position[bond.new]) for at, bond in bonds if bond and bond.sure and bond.new in position]


def _crossed(state: State, left: Sequence[int], right: Sequence[int]) -> bool:
    ends = [there for _, there in _bound(state, left, right)]
    return ends != sorted(ends)


def _gaps(state: State, left: Sequence[int], right: Sequence[int]) -> Iterator[Gap]:
    """Yield what stands free between neighbours that kept their order."""
    before = (-1, -1)
    for here in [*in_order(_bound(state, left, right)), (len(left), len(right))]:
        yield (
            state.free_old(left[before[0] + 1 : here[0]]),
            state.free_new(right[before[1] + 1 : here[1]]),
        )
        before = here


def in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs in which both sides rise; the pairs come sorted by their first."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, (_, there) in enumerate(pairs):
        length = bisect_left(ends, there)
        before.append(last[length - 1] if length else -1)
        ends[length:] = [there] if length == len(ends) else [there, *ends[length + 1 :]]
        last[length:] = [at] if length == len(last) else [at, *last[length + 1 :]]
    found: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]
