"""The lines of a text → the same without the page numbers and running heads that a scan or a copy left among them.

A number on a line of its own is a page number when others follow it, rising, a page's worth of text between each two;
a line that stands next to several of them, alike but for its figures, is a running head. Other lone numbers stay.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from builder import problems
from builder.intake import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.intake.record import Record
    from builder.manuscript.folder import Line

_FEWEST = 3
_FURTHEST = 3  # pages may lack their number
_SHORTEST_PAGE = 500
_LONGEST_HEAD = 100
_FIGURES = re.compile(r"\d+")


def without(lines: Sequence[Line], record: Record) -> tuple[Line, ...]:
    """Leave out page numbers and running heads; what was left out is added to ``record``, each head once."""
    folios = _series(lines)
    if not folios:
        return tuple(lines)
    record.add(problems.intake_folios, lines[folios[0]].number, len(folios), _numbers(lines, folios))
    heads = _running(lines, folios)
    for words, places in heads.items():
        record.add(problems.intake_running, lines[places[0]].number, words, len(places), lines[places[0]].number)
    gone = {*folios, *(place for places in heads.values() for place in places)}
    record.left.extend(lines[at].text for at in gone)
    return tuple(line for at, line in enumerate(lines) if at not in gone)


def _numbers(lines: Sequence[Line], folios: Sequence[int]) -> str:
    return ", ".join(_FIGURES.findall(lines[at].text)[0] for at in folios)


def _series(lines: Sequence[Line]) -> list[int]:
    """The positions of the longest series of rising numbers with a page between each two; none when it is short."""
    found: list[tuple[int, int, int]] = []  # position, number, characters before it
    before = 0
    for at, line in enumerate(lines):
        if paragraphs.is_folio(line.text):
            found.append((at, int(_FIGURES.findall(line.text)[0]), before))
        before += len(line.text)
    best: list[list[int]] = []
    for position, (at, number, start) in enumerate(found):
        chains = (
            best[other]
            for other in range(max(0, position - 2 * _FURTHEST), position)
            if 0 < number - found[other][1] <= _FURTHEST and start - found[other][2] >= _SHORTEST_PAGE
        )
        best.append([*max(chains, key=len, default=[]), at])
    longest = max(best, key=len, default=[])
    if len(longest) < _FEWEST:
        return []
    last, numbers = longest[-1], {at: number for at, number, _ in found}
    end = next((at for at in numbers if at > last and numbers[at] == numbers[last] + 1), None)
    return [*longest, end] if end is not None and end == found[-1][0] else longest  # the last page may be short


def _running(lines: Sequence[Line], folios: Sequence[int]) -> dict[str, list[int]]:
    """The lines next to page numbers that are alike on several pages: their words on the first, their positions."""
    beside = [neighbour for at in folios for neighbour in _beside(lines, at)]
    counts = Counter(_alike(lines[at].text) for at in beside)
    heads: dict[str, list[int]] = {}
    first: dict[str, str] = {}
    for at in beside:
        if counts[_alike(lines[at].text)] >= _FEWEST:
            words = first.setdefault(_alike(lines[at].text), lines[at].text.strip())
            heads.setdefault(words, []).append(at)
    return heads


def _beside(lines: Sequence[Line], at: int) -> Iterator[int]:
    """The next line with words above and below."""
    for step in (-1, 1):
        other = at + step
        while 0 <= other < len(lines) and not lines[other].text.strip():
            other += step
        if 0 <= other < len(lines) and _may_be_head(lines[other].text.strip()):
            yield other


def _may_be_head(text: str) -> bool:
    """Tell whether a line is short and ends no sentence."""
    return len(text) <= _LONGEST_HEAD and not text.endswith((".", ",", ";", ":"))


def _alike(text: str) -> str:
    return _FIGURES.sub("0", " ".join(text.split()))
