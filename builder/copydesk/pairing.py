"""What was exported and what came back, both in reading order; which is which goes out.

Bookmarks tell it; where a program lost or moved them, the words do.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from builder.copydesk import glyphs
from builder.copydesk.nouns import Board
from builder.copydesk.strips import bare
from builder.intake.original import Grid

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.copydesk.nouns import Block
    from builder.intake.original import Paragraph

_MARK = re.compile(r"_ap_([0-9]{1,7})")
_ALIKE = 0.5
_WORDS = 200
_MOST = 60  # what did not pair within one gap; more are not compared word by word


def number(paragraph: Paragraph) -> int:
    """The number of the bookmark at the head of a paragraph; 0: none of ours."""
    match = _MARK.fullmatch(paragraph.mark)
    return int(match[1]) if match else 0


def pair(was: Sequence[Block], marks: Sequence[int], now: Sequence[Paragraph | Grid]) -> list[int | None]:
    """For everything that came back, the place in ``was`` of what it is; nothing for what is new.

    Args:
        was: leaves and boards as exported.
        marks: the number of each one's bookmark, a board's that of its first leaf; 0: it has none.
        now: what came back.
    """
    pairs = _Pairs(was, marks, now)
    pairs.by_mark(same_words=True)
    pairs.by_words()
    pairs.by_mark(same_words=False)
    pairs.by_likeness()
    return pairs.found


def in_order(found: Sequence[int | None]) -> set[int]:
    """Of the places found, the most that follow one another: the others were moved."""
    tails: list[int] = []
    holders: list[int] = []
    before: dict[int, int | None] = {}
    for place in (each for each in found if each is not None):
        at = bisect_left(tails, place)
        before[place] = holders[at - 1] if at else None
        tails[at : at + 1] = [place]
        holders[at : at + 1] = [place]
    chain: set[int] = set()
    last = holders[-1] if holders else None
    while last is not None:
        chain.add(last)
        last = before[last]
    return chain


def text_of(block: Block) -> str:
    """The words of a leaf without the sign of its list, or of a whole board."""
    if isinstance(block, Board):
        return bare(" ".join(leaf.text for leaf in block.leaves()))
    return bare(glyphs.words(glyphs.exported(block)))


def text_back(block: Paragraph | Grid) -> str:
    """The same of what came back."""
    if isinstance(block, Grid):
        return bare(" ".join(each.text for row in block.rows for cell in row for each in cell))
    return bare(glyphs.words(glyphs.came_back(block)))


def _head(text: str) -> list[str]:
    """The words two paragraphs are compared by."""
    return text.split(maxsplit=_WORDS)[:_WORDS]


class _Pairs:
    """Pairs as they are found."""

    def __init__(self, was: Sequence[Block], marks: Sequence[int], now: Sequence[Paragraph | Grid]) -> None:
        self.was, self.now = was, now
        self.found: list[int | None] = [None] * len(now)
        self.free = set(range(len(was)))
        self.places = {mark: place for place, mark in enumerate(marks) if mark}
        self.starts = sorted(self.places)
        self.texts = [text_of(block) for block in was]
        self.backs = [text_back(block) for block in now]

    def _take(self, place: int, at: int) -> None:
        self.found[at] = place
        self.free.discard(place)

    def by_mark(self, *, same_words: bool) -> None:
        for at, block in enumerate(self.now):
            place = self._marked(block) if self.found[at] is None else None
            if place is None or place not in self.free or not self._same_kind(place, at):
                continue
            if not same_words or isinstance(block, Grid) or self._says_the_same(place, at):
                self._take(place, at)

    def _marked(self, block: Paragraph | Grid) -> int | None:
        if not isinstance(block, Grid):
            return self.places.get(number(block))
        inside = [number(each) for row in block.rows for cell in row for each in cell if each.mark]
        owners = Counter(self._owner(mark) for mark in inside if mark)
        return owners.most_common(1)[0][0] if owners else None

    def _owner(self, mark: int) -> int | None:
        """The board a bookmark stands in: the one that begins last before it."""
        at = bisect_left(self.starts, mark + 1) - 1
        place = self.places[self.starts[at]] if at >= 0 else None
        return place if place is not None and isinstance(self.was[place], Board) else None

    def _same_kind(self, place: int, at: int) -> bool:
        return isinstance(self.was[place], Board) == isinstance(self.now[at], Grid)

    def _says_the_same(self, place: int, at: int) -> bool:
        block = self.was[place]
        lead = "" if isinstance(block, Board) else block.lead.strip()
        return self.backs[at] in {self.texts[place], bare(f"{lead} {self.texts[place]}")}

    def by_words(self) -> None:
        """Pair what says the same, letter by letter: of several, the next one."""
        known: defaultdict[str, list[int]] = defaultdict(list)
        for place in sorted(self.free):
            block = self.was[place]
            known[self.texts[place]].append(place)
            if not isinstance(block, Board) and block.lead.strip():
                known[bare(f"{block.lead.strip()} {self.texts[place]}")].append(place)
        before = -1
        for at, back in enumerate(self.backs):
            known_place = self.found[at]
            if known_place is not None or not back:
                before = max(before, -1 if known_place is None else known_place)
                continue
            fits = [place for place in known[back] if place in self.free and self._same_kind(place, at)]
            if fits:
                self._take(next((place for place in fits if place > before), fits[0]), at)

    def by_likeness(self) -> None:
        """Between what is paired, pair what is most alike; as many on both sides, one by one."""
        for places, ats in self._gaps():
            if len(places) > _MOST or len(ats) > _MOST:
                continue
            scores = sorted(
                (
                    (self._likeness(place, at), -place, -at)
                    for place in places
                    for at in ats
                    if self._same_kind(place, at)
                ),
                reverse=True,
            )
            for score, place, at in scores:
                if score >= _ALIKE and -place in self.free and self.found[-at] is None:
                    self._take(-place, -at)

    def _likeness(self, place: int, at: int) -> float:
        was, now = _head(self.texts[place]), _head(self.backs[at])
        return SequenceMatcher(None, was, now, autojunk=False).ratio()

    def _gaps(self) -> Iterator[tuple[list[int], list[int]]]:
        """Yield what is free on both sides between two neighbours that are paired."""
        ats: list[int] = []
        last = -1
        for at, place in enumerate([*self.found, len(self.was)]):
            if place is None:
                ats.append(at)
                continue
            places = [each for each in range(last + 1, place) if each in self.free]
            if ats and places:
                yield places, ats
            ats, last = [], place
