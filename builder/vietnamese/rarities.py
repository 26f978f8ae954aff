"""The words of a whole text come in; those go out that are probably a common neighbour misspelled.

A scanner or a hasty hand turns ``khẩn cấp`` into ``khẩn cáp``: a good syllable, so no spelling rule objects. But where
a text says the one a hundred times and the other once, and has no other use for it, it is a slip.
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

OFTEN: Final = 8  # times the usual pair is met, and times as often as the other
ELSEWHERE: Final = 2  # uses of the odd word beside other neighbours that do not yet clear it
MORE_USUAL: Final = 4  # times as often as the odd word the usual one is met

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rarity:
    """An odd word: in which stretch, the how-manieth word of it, what it probably is, how often that pair is met."""

    stretch: int
    number: int
    better: str
    times: int


def rarities(stretches: Sequence[Sequence[str]]) -> Iterator[Rarity]:
    """Find odd words.

    Args:
        stretches: words in small letters, those of one stretch with no mark between them.
    """
    words = Counter(word for stretch in stretches for word in stretch)
    pairs = Counter(pair for stretch in stretches for pair in pairwise(stretch))
    odd = dict(_odd(words, pairs))
    for place, stretch in enumerate(stretches):
        told: set[int] = set()
        for number, pair in enumerate(pairwise(stretch)):
            usual = odd.get(pair)
            if usual is None:
                continue
            at = 0 if pair[0] != usual[0] else 1
            if number + at not in told:
                told.add(number + at)
                yield Rarity(place, number + at, usual[at], pairs[usual])


def _odd(words: Counter[str], pairs: Counter[Pair]) -> Iterator[tuple[Pair, Pair]]:
    """Yield pairs with the usual pair they stand for: alike but for the marks and the tone of one word."""
    alike: dict[Pair, list[Pair]] = defaultdict(list)
    for pair in pairs:
        alike[_bare(pair[0]), _bare(pair[1])].append(pair)
    for group in alike.values():
        usual = max(group, key=lambda pair: (pairs[pair], pair))
        if pairs[usual] < OFTEN:
            continue
        for pair in group:
            changed = [(word, better) for word, better in zip(pair, usual, strict=True) if word != better]
            if len(changed) == 1 and _is_slip(words, pairs[pair], pairs[usual], *changed[0]):
                yield pair, usual


def _is_slip(words: Counter[str], times: int, usual: int, word: str, better: str) -> bool:
    return times * OFTEN <= usual and words[word] - times <= ELSEWHERE and words[word] * MORE_USUAL <= words[better]


@lru_cache(maxsize=50_000)
def _bare(word: str) -> str:
    """Return a word without its marks and tone."""
    letters = normalize("NFD", word.replace("đ", "d"))
    return "".join(letter for letter in letters if not combining(letter))
