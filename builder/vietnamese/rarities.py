"""The words of a whole text come in; those go out that are probably a common neighbour misspelled.

A scanner or a hasty hand turns ``khẩn cấp`` into ``khẩn cáp``: a good syllable, so no spelling rule objects. But where
a text says the one a hundred times and the other seldom, and has no other use for it, it is a slip.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from unicodedata import combining, normalize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OFTEN: Final = 8  # times the usual pair is met; and times as often as a slip that has other uses
ELSEWHERE: Final = 2  # uses beside other neighbours that do not yet clear a rare word
MORE_USUAL: Final = 4  # times as often as the odd word the usual one is met
TWICE, THRICE = (
    2,
    3,
)  # the same two for a word that has no other use at all: a scanner errs the same way again and again

Pair = tuple[str, str]
Spot = tuple[int, int]
"""Which stretch, the how-manieth word of it."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """An odd word: in which stretch, the how-manieth word of it, what it probably is, how often that pair is met."""

    stretch: int
    number: int
    better: str
    times: int


def rarities(stretches: Sequence[Sequence[str]]) -> tuple[Rarity, ...]:
    """Find odd words, in order of place.

    Args:
        stretches: words in small letters, those of one stretch with no mark between them.
    """
    words = Counter(word for stretch in stretches for word in stretch)
    pairs = Counter(pair for stretch in stretches for pair in pairwise(stretch))
    found: dict[Spot, Rarity] = {}
    for (word, better), (spots, usual) in _suspects(stretches, pairs).items():
        if not _is_slip(len(spots), words[word], words[better], usual):
            continue
        for spot in spots:
            if spot not in found or found[spot].times < usual:
                found[spot] = Rarity(*spot, better, usual)
    return tuple(found[spot] for spot in sorted(found))


def _suspects(stretches: Sequence[Sequence[str]], pairs: Counter[Pair]) -> dict[Pair, tuple[set[Spot], int]]:
    """Return the word and what it may be a slip for → where it stands so, and how often the usual pair is met."""
    odd = dict(_odd_pairs(pairs))
    found: dict[Pair, tuple[set[Spot], int]] = {}
    for place, stretch in enumerate(stretches):
        for number, pair in enumerate(pairwise(stretch)):
            if usual := odd.get(pair):
                at = 0 if pair[0] != usual[0] else 1
                spots, times = found.get((pair[at], usual[at]), (set(), 0))
                spots.add((place, number + at))
                found[pair[at], usual[at]] = spots, max(times, pairs[usual])
    return found


def _odd_pairs(pairs: Counter[Pair]) -> Iterator[tuple[Pair, Pair]]:
    """Yield pairs with the usual pair that is like them but for the marks and the tone of one word."""
    alike: dict[Pair, list[Pair]] = defaultdict(list)
    for pair in pairs:
        alike[_bare(pair[0]), _bare(pair[1])].append(pair)
    for group in alike.values():
        usual = max(group, key=lambda pair: (pairs[pair], pair))
        for pair in group if pairs[usual] >= OFTEN else ():
            changed = sum(word != better for word, better in zip(pair, usual, strict=True))
            if changed == 1 and pairs[pair] * TWICE <= pairs[usual]:
                yield pair, usual


def _is_slip(spots: int, odd: int, better: int, usual: int) -> bool:
    """Judge a word by how often it stands in odd pairs, is met at all, its better is, and the usual pair is."""
    if odd == spots:
        return spots * TWICE <= usual and odd * THRICE <= better
    return spots * OFTEN <= usual and odd - spots <= ELSEWHERE and odd * MORE_USUAL <= better


@lru_cache(maxsize=50_000)
def _bare(word: str) -> str:
    """Return a word without its marks and tone."""
    letters = normalize("NFD", word.replace("đ", "d"))
    return "".join(letter for letter in letters if not combining(letter))
