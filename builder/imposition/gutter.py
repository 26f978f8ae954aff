"""The pages and a draft come in; the pages whose words are moved to the fold, or over it, go out.

How wide the inner margin of somebody's PDF is, nobody says: it is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.imposition.check import read
from builder.imposition.laying import carried, inverse
from builder.imposition.nouns import faces
from builder.paper import POINTS_PER_MM

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def tight(pages: bytes, draft: Draft) -> tuple[Tight, ...]:
    """Return the pages whose words come too near to the fold because they were moved towards it."""
    moved = dict(_moved(draft))
    lost = _worded(pages, [_strip(draft, page, *moved[page], 0.0) for page in sorted(moved)])
    much = [page for page in sorted(moved) if moved[page][0] >= MUCH]
    near = _worded(pages, [_strip(draft, page, *moved[page], GUTTER) for page in much])
    return tuple(Tight(page, page in lost) for page in sorted(lost | near))


def _worded(pages: bytes, strips: list[Area]) -> set[int]:
    """Return the pages that have words in their strips."""
    words = read(((pages, tuple(strips)),)) if strips else []
    return {strip[0] for strip, said in zip(strips, words, strict=True) if said}


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
