"""A draft comes in; where to look for words that are moved to the fold, or over it, goes out, and what was found.

How wide the inner margin of somebody's PDF is, nobody says: it is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.imposition.nouns import faces
from builder.paper import POINTS_PER_MM
from builder.pdf.geometry import carried, inverse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.imposition.check import Area
    from builder.imposition.nouns import Draft

GUTTER = 8.0
"""Less than this (mm) between the words and the fold is hard to read."""
WORTH_A_LOOK = 0.3
"""Pages that move less (mm) are not looked at."""
MUCH = 1.0
"""A move by less (mm) is not what makes a margin narrow."""


@dataclass(frozen=True, slots=True)
class Tight:
    """A page (its index) that has words on the fold or beyond it, or else nearer to it than ``GUTTER``."""

    page: int
    cut: bool


def strips(draft: Draft) -> dict[Area, Tight]:
    """Return the strips of pages that must have no words, each with what it means when it has some."""
    found: dict[Area, Tight] = {}
    for page, (shift, left) in dict(_moved(draft)).items():
        if shift >= MUCH:
            found[_strip(draft, page, shift, left, GUTTER)] = Tight(page, cut=False)
        found[_strip(draft, page, shift, left, 0.0)] = Tight(page, cut=True)
    return found


def tight(strips: Mapping[Area, Tight], words: Mapping[Area, str]) -> tuple[Tight, ...]:
    """Return the pages whose words come too near to the fold because they were moved towards it: the worst of each."""
    told = {each.page: each for strip, each in sorted(strips.items(), key=lambda one: one[1].cut) if words[strip]}
    return tuple(told[page] for page in sorted(told))


def _moved(draft: Draft) -> Iterator[tuple[int, tuple[float, bool]]]:
    """Yield the pages that move towards the fold, by how much (mm), and whether they are to the left of it."""
    for on in faces(draft).values():
        for face in on:
            if face.shift >= WORTH_A_LOOK:
                for _, pages in draft.lay.halves(face.sheet, back=face.back):
                    for place, page in enumerate(pages):
                        if page is not None:
                            yield page, (face.shift, draft.lay.is_left(place, back=face.back))


def _strip(draft: Draft, page: int, shift: float, left: bool, gutter: float) -> Area:  # noqa: FBT001 - a fact
    """Return the strip of a page at its inner edge that lies over the fold, or so near (mm) to it; in its own units."""
    measures = draft.measures[page]
    width = (shift + gutter) / draft.lay.scale * POINTS_PER_MM
    start = measures.width - width if left else 0.0
    return page, 0, carried(inverse(measures.matrix), (start, 0.0, start + width, measures.height))
