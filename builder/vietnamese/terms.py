"""Terms come in; the places in a text where one of them stands, whole, go out.

Vietnamese writes its words syllable by syllable, so a term is a run of whole syllables, whatever spaces part them. The
first letter may be small or capital, all may be capitals (a heading), tones may be written in the old or the new style;
the rest is as the term has it. Where two terms begin at one place the longer one stands there: ``dân vận khéo``, not
``dân vận``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from builder.vietnamese import syllable
from builder.vietnamese.syllable import Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Meant = TypeVar("Meant")

_WORD = re.compile(r"\w+")
_PARTS = re.compile(r"(\W+)")
_EDGES = re.compile(r"^\W+|\W+$")
_SPACE = r"[ \u00a0\n]+"


class Place(NamedTuple, Generic[Meant]):
    """Where a term stands in a text, and what it means to whoever looks for it."""

    start: int
    end: int
    meant: Meant


class Finder(Generic[Meant]):
    """Finds terms in texts."""

    def __init__(self, terms: Iterable[tuple[str, Meant]]) -> None:
        """Take terms, each with what it means; of two that are written alike the first one counts."""
        self._meant: dict[str, Meant] = {}
        for words, meant in terms:
            for variant in _variants(bare(words)):
                self._meant.setdefault(variant, meant)
        self._by_word: defaultdict[str, list[tuple[re.Pattern[str], str]]] = defaultdict(list)
        for variant in sorted(self._meant, key=lambda each: (-len(each), each)):
            pattern = _SPACE.join(map(re.escape, variant.split()))
            first = _WORD.match(variant)
            if first:
                self._by_word[first[0]].append((re.compile(rf"{pattern}(?!\w|-\w)"), variant))

    def __call__(self, text: str) -> Iterator[Place[Meant]]:
        """Yield the places in order; none overlaps another."""
        done = 0
        for word in _WORD.finditer(text) if self._by_word else ():
            start = word.start()
            if start < done or word[0] not in self._by_word or _inside(text, start):
                continue
            for pattern, variant in self._by_word[word[0]]:
                if match := pattern.match(text, start):
                    done = match.end()
                    yield Place(start, done, self._meant[variant])
                    break


def bare(words: str) -> str:
    """Leave off what stands around a term (quotation marks); spaces become one."""
    return _EDGES.sub("", " ".join(words.split()))


def _inside(text: str, start: int) -> bool:
    """Tell whether a hyphen ties what begins here to the word before it: ``Lênin`` in ``Mác-Lênin``."""
    return text[start - 1 : start] == "-" and text[max(0, start - 2) : start - 1].isalnum()


def _variants(words: str) -> Iterator[str]:
    """Yield the ways a term may be written."""
    if not words:
        return
    for style in Style:
        written = "".join(syllable.restyle(part, style) for part in _PARTS.split(words))
        yield from (written[0].lower() + written[1:], written[0].upper() + written[1:], written.upper())
