"""Two texts come in; how alike two of their clauses are goes out, 0 to 1, rare words counting more than common ones.

What is compared are syllables and pairs of neighbouring ones. Words that many clauses share (``chịu trách nhiệm thi
hành``) say little about which of them is meant and weigh little.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.revision.wording import Text, Wording

_RARE = 40  # clauses: what more of them share finds no candidate
_SOUGHT = 24  # of the rarest features of a clause
_MOST = 5  # candidates of a clause

Feature = str  # a syllable, or two with a space between
Index = dict[Feature, list[int]]


class Likeness:
    """The likeness of the clauses of two texts."""

    def __init__(self, old: Text, new: Text) -> None:
        """Take the two texts."""
        self.old, self.new = old, new
        self._old = [_features(each) for each in old.clauses]
        self._new = [_features(each) for each in new.clauses]
        counts = self._counts = _counts(self._old), _counts(self._new)
        most = max(len(self._old), len(self._new))
        self._weight = {
            feature: math.log(1 + most / max(counts[0][feature], counts[1][feature]))
            for feature in counts[0].keys() | counts[1].keys()
        }
        self.old_weights = [self._sum(features) for features in self._old]
        self._old_twins: dict[int, float] = {}
        self._new_twins: dict[int, float] = {}
        self.new_weights = [self._sum(features) for features in self._new]

    def __call__(self, old: int, new: int) -> float:
        """Tell how alike the own words of two clauses are: what they share, against all they say."""
        both = self.old_weights[old] + self.new_weights[new]
        return 2 * self.shared(old, new) / both if both else 0.0

    def shared(self, old: int, new: int) -> float:
        """Weigh what two clauses have in common."""
        return self._sum(self._old[old] & self._new[new])

    def kept(self, old: int, new: Iterable[int]) -> float:
        """Tell which part of an old clause's words stands in some new ones together."""
        there = set[Feature]().union(*(self._new[each] for each in new))
        return self._sum(self._old[old] & there) / self.old_weights[old] if self.old_weights[old] else 0.0

    def origin(self, new: int, old: Iterable[int]) -> float:
        """Tell which part of a new clause's words comes from some old ones together."""
        there = set[Feature]().union(*(self._old[each] for each in old))
        return self._sum(self._new[new] & there) / self.new_weights[new] if self.new_weights[new] else 0.0

    def alike_together(self, old: Iterable[int], new: Iterable[int]) -> float:
        """Tell how alike the words of several old clauses together are to those of several new ones."""
        ours = set[Feature]().union(*(self._old[each] for each in old))
        theirs = set[Feature]().union(*(self._new[each] for each in new))
        both = self._sum(ours) + self._sum(theirs)
        return 2 * self._sum(ours & theirs) / both if both else 0.0

    def nearest(self, old: int) -> list[int]:
        """The places of the new clauses most like an old one, by what is rare in it."""
        return self._nearest(self._old[old], self._new_index)

    def nearest_old(self, new: int) -> list[int]:
        """The places of the old clauses most like a new one."""
        return self._nearest(self._new[new], self._old_index)

    def twin(self, old: int, new: int) -> float:
        """Tell how alike either of two clauses is to another one of its own text: no likeness below that says much."""
        return max(self._old_twin(old), self._new_twin(new))

    def _old_twin(self, place: int) -> float:
        if place not in self._old_twins:
            others = (each for each in self._nearest(self._old[place], self._old_index) if each != place)
            alike = (self._alike(self._old[place], self._old[each]) for each in others)
            self._old_twins[place] = max(alike, default=0.0)
        return self._old_twins[place]

    def _new_twin(self, place: int) -> float:
        if place not in self._new_twins:
            others = (each for each in self._nearest(self._new[place], self._new_index) if each != place)
            alike = (self._alike(self._new[place], self._new[each]) for each in others)
            self._new_twins[place] = max(alike, default=0.0)
        return self._new_twins[place]

    def _alike(self, one: frozenset[Feature], other: frozenset[Feature]) -> float:
        both = self._sum(one) + self._sum(other)
        return 2 * self._sum(one & other) / both if both else 0.0

    def _nearest(self, features: frozenset[Feature], index: Index) -> list[int]:
        known = (feature for feature in features if feature in index)
        rarest = heapq.nsmallest(_SOUGHT, known, key=lambda feature: (len(index[feature]), feature))
        scores: defaultdict[int, float] = defaultdict(float)
        for feature in rarest:
            for place in index[feature]:
                scores[place] += self._weight[feature]
        return heapq.nlargest(_MOST, scores, key=lambda place: (scores[place], -place))

    @cached_property
    def _new_index(self) -> Index:
        return _index(self._new, self._counts[1])

    @cached_property
    def _old_index(self) -> Index:
        return _index(self._old, self._counts[0])

    def _sum(self, features: Iterable[Feature]) -> float:
        return sum(map(self._weight.__getitem__, features))


def _features(wording: Wording) -> frozenset[Feature]:
    return frozenset((*wording.loose, *map(" ".join, pairwise(wording.loose))))


def _counts(clauses: Iterable[frozenset[Feature]]) -> Counter[Feature]:
    return Counter(feature for features in clauses for feature in features)


def _index(clauses: Iterable[frozenset[Feature]], counts: Counter[Feature]) -> Index:
    """Each rare feature → the places of the clauses that have it."""
    index: Index = {feature: [] for feature, count in counts.items() if count <= _RARE}
    for place, features in enumerate(clauses):
        for feature in features & index.keys():
            index[feature].append(place)
    return index
