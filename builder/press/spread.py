"""How a book is bound and what of come in; how its cover is made up goes out: pure arithmetic, in millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from builder.publication import Binding

STEP = 0.5  # what a shop's machines are set by
GLUE = 8.0  # of the inside of the cover, on each side of the spine: what is printed there keeps glue from holding
NARROWEST = 5.0  # a spine that takes words
THINNEST = 1.0  # one that is set at all
LEAVES_BOUND_TO = {"saddle": 4, "signatures": 4, "side": 4, "perfect": 2}  # pages come in sheets folded once, or leaves


@dataclass(frozen=True, slots=True)
class Block:
    """The pages within a cover.

    Attributes:
        pages: as they were set.
        scheme: how they are bound.
        thickness: of a leaf.
        cover_thickness: of a leaf of the cover.
    """

    pages: int
    scheme: str
    thickness: float
    cover_thickness: float

    @classmethod
    def of(cls, pages: int, binding: Binding) -> Block:
        """Take the pages of an edition."""
        return cls(pages, binding.scheme, binding.thickness, binding.cover_thickness)

    @property
    def blanks(self) -> int:
        """How many empty pages are lacking at the end: none is left over when sheets are folded, or leaves printed."""
        return -self.pages % LEAVES_BOUND_TO[self.scheme]

    @property
    def leaves(self) -> int:
        """How many leaves there are."""
        return (self.pages + self.blanks) // 2

    @property
    def spine(self) -> float:
        """How wide the back of the book is: nothing where sheets lie in one another and are stapled in the fold."""
        if self.scheme == "saddle":
            return 0.0
        return round((self.leaves * self.thickness + 2 * self.cover_thickness) / STEP) * STEP

    @property
    def named(self) -> bool:
        """Tell whether words go on the spine."""
        return self.spine >= NARROWEST

    @property
    def set_apart(self) -> bool:
        """Tell whether the spine is a surface of its own, with a ground if not with words."""
        return self.spine >= THINNEST

    @property
    def glued(self) -> bool:
        """Tell whether the cover is glued on, so that its inside stays white beside the spine."""
        return self.scheme == "perfect"
