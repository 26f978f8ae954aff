"""Two texts come in; the bindings found between their clauses so far are kept here while they are sought."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from builder.revision.likeness import Likeness

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.revision.wording import Text


_ABOUT = 50  # clauses before and behind that may be the one, in a row longer than that


@dataclass(frozen=True, slots=True)
class Bond:
    """What an old clause is bound to: the place of the new one, 0 to 1, whether nobody need be asked."""

    new: int
    confidence: float
    sure: bool


class State:
    """The bindings of a matching in the making; places 0, the wholes, are bound from the start."""

    def __init__(self, old: Text, new: Text) -> None:
        """Take the two texts."""
        self.old, self.new = old, new
        self.like = Likeness(old, new)
        self.bonds: dict[int, Bond] = {0: Bond(0, 1.0, sure=True)}
        self.back: dict[int, int] = {0: 0}
        self.doubted: set[int] = set()
        """Old clauses of which the same words stand several times, and not as often as before."""
        self._old_below = _below(old, self.like.old_weights)
        self._new_below = _below(new, self.like.new_weights)

    def bind(self, old: int, new: int, confidence: float, *, sure: bool) -> None:
        """Bind two clauses that are free."""
        self.bonds[old] = Bond(new, min(1.0, confidence), sure)
        self.back[new] = old

    def free(self, old: int, new: int) -> bool:
        """Tell whether both are bound to nothing yet."""
        return old not in self.bonds and new not in self.back

    def free_old(self, places: Iterable[int]) -> list[int]:
        """Those of some old clauses that are bound to nothing yet."""
        return [place for place in places if place not in self.bonds]

    def free_new(self, places: Iterable[int]) -> list[int]:
        """Those of some new clauses that nothing is bound to yet."""
        return [place for place in places if place not in self.back]

    def votes(self) -> dict[tuple[int, int], float]:
        """For two clauses, the weight of what is bound below the one to what is below the other."""
        found: defaultdict[tuple[int, int], float] = defaultdict(float)
        for old, bond in self.bonds.items():
            weight = self.like.old_weights[old] + self.like.new_weights[bond.new]
            for above in self.old.above[old][:-1]:
                for other in self.new.above[bond.new][:-1]:
                    found[above, other] += weight
        return found

    def shared_below(self, old: int, new: int, votes: dict[tuple[int, int], float]) -> float:
        """Tell which part of what stands below two clauses is bound to each other."""
        both = self._old_below[old] + self._new_below[new]
        return votes.get((old, new), 0.0) / both if both else 0.0

    def score(self, old: int, new: int, votes: dict[tuple[int, int], float]) -> float:
        """Tell how alike two clauses are with all that stands in them: 0 to 1."""
        own = self.like.old_weights[old] + self.like.new_weights[new]
        below = self._old_below[old] + self._new_below[new]
        if not own + below:
            return 0.0
        return (self.like(old, new) * own + self.shared_below(old, new, votes) * below) / (own + below)

    def home(self, old: int) -> int | None:
        """The place of what the clause around an old one became."""
        bond = self.bonds.get(self.old.clauses[old].parent)
        return bond.new if bond else None

    def at_home(self, old: int, new: int) -> bool:
        """Tell whether a new clause stands in what the clause around an old one became."""
        return self.home(old) == self.new.clauses[new].parent

    def about(self, old: int) -> tuple[int, ...]:
        """The new clauses that stand where an old one stood; of a long row those about as far down it."""
        home = self.home(old)
        row = self.new.clauses[home].children if home is not None else ()
        return _part(row, self.old.position[old])

    def about_old(self, new: int) -> tuple[int, ...]:
        """The old clauses that stood where a new one stands; of a long row those about as far down it."""
        origin = self.back.get(self.new.clauses[new].parent)
        row = self.old.clauses[origin].children if origin is not None else ()
        return _part(row, self.new.position[new])

    @cached_property
    def open_new(self) -> frozenset[int]:
        """The new clauses that nothing is surely bound to; to be asked when all is bound."""
        sure = {bond.new for bond in self.bonds.values() if bond.sure}
        return frozenset(range(1, len(self.new.clauses))) - sure


def _part(row: tuple[int, ...], at: int) -> tuple[int, ...]:
    return row if len(row) <= 2 * _ABOUT else row[max(0, at - _ABOUT) : at + _ABOUT]


def _below(text: Text, weights: list[float]) -> list[float]:
    """The weight of all that stands in each clause, its own words aside."""
    sums = [0.0] * len(weights)
    for place in range(len(weights) - 1, 0, -1):
        parent = text.clauses[place].parent
        sums[parent] += sums[place] + weights[place]
    return sums
