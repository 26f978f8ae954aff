"""What a printer does with paper, as it was seen on a test sheet: nouns, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Flip(Enum):
    """The edge about which the paper is turned to print its back."""

    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer as it was seen to work.

    Attributes:
        name: what its owner calls it; empty for a printer nobody has tried.
        flip: the edge it turns the paper about (or is set to).
        by_hand: it prints one side at a time: the fronts, then, the stack put in again, the backs.
        backs_reversed: by hand: backs are printed from the last sheet to the first.
        backs_turned: by hand: backs are printed standing on their heads.
        across: how far to the right (mm) the image of a back lies from where it should, the back seen upright on a
            sheet that lies with its long side across. A sheet is printed so that this is made good.
        up: how far up (mm).
        edge: the width (mm) along the edges of the paper that stays white, whatever is sent; 0: not known.
    """

    name: str = ""
    flip: Flip = Flip.SHORT
    by_hand: bool = False
    backs_reversed: bool = False
    backs_turned: bool = False
    across: float = 0.0
    up: float = 0.0
    edge: float = 0.0


UNTRIED = Printer()
"""A printer nobody has told of: two-sided, turning about the short edge, dead on."""
