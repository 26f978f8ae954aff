"""All passages of a publication come in; what is written in two ways goes out, the rarer way at each of its places.

The programme text counts too, but only the editors' own words can be changed freely, so a tie goes to the programme.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder import problems
from builder.proofs.language import place_of
from builder.vietnamese import figures, marks, style, syllable
from builder.vietnamese.rarities import rarities

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from builder.problems import Problem
    from builder.proofs.language import Found
    from builder.proofs.nouns import Passage

_WORD = re.compile(r"[^\W\d_]+")
_STRETCH = re.compile(r"[^\W\d_]+(?:[ \u00a0\n]+[^\W\d_]+)+")
_I = "iìỉĩíị"
_Y = "yỳỷỹýỵ"
_Y_AS_I = str.maketrans(_Y, _I)
# kỹ and kĩ are one word; tay and tai are two. Names (Lý) and the words with another meaning (lí nhí) do not count.
_I_OR_Y = re.compile(rf"(?<![\w-])(?:[hklmt]|s|v|qu)[{_I}{_Y}](?![\w-])", re.IGNORECASE)
_OPEN_RIME = re.compile(
    r"(?<!\w)[^\W\d_]{0,3}(?:o[àảãáạèẻẽéẹ]|[òỏõóọ][ae]|u[ỳỷỹýỵ]|[ùủũúụ]y)(?!\w)",
    re.IGNORECASE,
)
_OTHER_MEANING = re.compile(
    r"(?<!\w)(?:lí nhí|ti hí|(?:bột|bánh) mì|mì (?:sợi|chính)|tỉ (?:tê|mỉ)|h[ií] h[ií]|hí hửng|kì cọ"
    r"|ly (?:nước|trà|rượu))(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Use:
    """One place where one of several ways was taken: what is written there, the way, what the ways are ways of."""

    passage: Passage
    start: int
    end: int
    way: str
    of: str = ""

    @property
    def words(self) -> str:
        return self.passage.words[self.start : self.end]


def found(passages: Iterable[Passage], abbreviations: Mapping[str, str]) -> Iterator[Found]:
    """Yield the codes of ``_WAYS``, ``ABBR_UNDEF`` and ``WORD_RARE``: none has a mend."""
    read = list(passages)
    for code, uses in _WAYS.items():
        yield from ((problem, None) for problem in _mixed(code, read, uses))
    yield from ((problem, None) for problem in _unexplained(read, abbreviations))
    yield from ((problem, None) for problem in _odd(read))


def _mixed(code: str, passages: list[Passage], uses_in: Callable[[Passage], Iterator[_Use]]) -> Iterator[Problem]:
    """Report the rarer ways, for each thing there are several ways of."""
    groups: dict[str, list[_Use]] = {}
    for use in (use for passage in passages for use in uses_in(passage)):
        groups.setdefault(use.of, []).append(use)
    for uses in groups.values():
        counts = Counter(use.way for use in uses)
        in_programme = Counter(use.way for use in uses if use.passage.text.is_programme)
        ranked = sorted(counts, key=lambda way: (-counts[way], -in_programme[way], way))
        for use in uses:
            if use.way != ranked[0]:
                yield problems.mixed(
                    code,
                    place_of(use.passage, use.start, use.end),
                    use.words,
                    here=_named(use.way),
                    there=_named(ranked[0]),
                    counts=(counts[use.way], counts[ranked[0]]),
                )


def _named(way: str) -> str:
    return problems.quoted(way) if not way.isalpha() else way


def _tones(passage: Passage) -> Iterator[_Use]:
    for match in _OPEN_RIME.finditer(passage.words):
        if written := syllable.style_of(match[0]):
            yield _Use(passage, *match.span(), "hòa" if written is syllable.Style.OLD else "hoà")


def _vowels(passage: Passage) -> Iterator[_Use]:
    others = [match.span() for match in _OTHER_MEANING.finditer(passage.words)]
    for match in _I_OR_Y.finditer(passage.words):
        start, small = match.start(), match[0].lower()
        name = match[0][0].isupper() and not _opens_a_sentence(passage.words, start)
        if not name and not any(first <= start < end for first, end in others):
            yield _Use(passage, *match.span(), small, small.translate(_Y_AS_I))


def _opens_a_sentence(words: str, start: int) -> bool:
    return not words[:start].rstrip() or words[:start].rstrip()[-1] in ".?!:;-–"


def _dashes(passage: Passage) -> Iterator[_Use]:
    yield from (_Use(passage, start, end, dash) for dash, start, end in marks.dashes(passage.words))


def _ranges(passage: Passage) -> Iterator[_Use]:
    yield from (_Use(passage, start, end, form) for form, start, end in figures.ranges(passage.words))


def _unexplained(passages: list[Passage], known: Mapping[str, str]) -> Iterator[Problem]:
    """Report every abbreviation once, where it first stands, that no passage and no setting explains."""
    explained = set(known) | {short for passage in passages for short in style.expanded(passage.words)}
    for passage in passages:
        for short, start, end in style.abbreviations(passage.words):
            if short not in explained and not passage.heading:
                explained.add(short)
                yield problems.of_language("ABBR_UNDEF", place_of(passage, start, end), short)


def _odd(passages: list[Passage]) -> Iterator[Problem]:
    """Report words that are probably a common neighbour misspelled."""
    stretches = [
        (passage, [*_WORD.finditer(passage.words, stretch.start(), stretch.end())])
        for passage in passages
        for stretch in _STRETCH.finditer(passage.words)
    ]
    words = [[match[0].lower() for match in matches] for _, matches in stretches]
    for found in rarities(words):
        passage, matches = stretches[found.stretch]
        match = matches[found.number]
        place = place_of(passage, *match.span())
        yield problems.of_language("WORD_RARE", place, match[0], hints=(found.better,), times=found.times)


_WAYS: dict[str, Callable[[Passage], Iterator[_Use]]] = {
    "TONE_MIXED": _tones,
    "IY_MIXED": _vowels,
    "DASH_MIXED": _dashes,
    "RANGE_MIXED": _ranges,
}
