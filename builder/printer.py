"""What a printer does with paper, as it was seen on a test sheet: nouns, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Flip(Enum):
    """The edge about which the paper is turned to print its back."""

    SHORT = "short"
    LONG = "long"


NONE = "none"
"""What no printer is called: it says that none is meant."""
LONGEST_NAME = 40  # characters
FARTHEST = 10.0
"""No back lies further (mm) from where it should: what does was fed askew."""
WIDEST_EDGE = 20.0
"""No printer leaves a wider edge (mm) white."""


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer as it was seen to work.

    Attributes:
        name: what its owner calls it; empty for a printer nobody has tried.
        flip: the edge it turns the paper about (or is set to); by hand: about which the hand turns the stack.
        by_hand: it prints one side at a time: the fronts, then, the stack put in again, the backs.
        backs_reversed: by hand: backs are printed from the last sheet to the first.
        backs_turned: by hand: a back stands on its head when the stack is turned sideways, like a page of a book.
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

    @property
    def likely(self) -> bool:
        """Tell whether a person could have seen a printer work like this, and called it so."""
        off = max(abs(self.across), abs(self.up))
        return nameable(self.name) and off <= FARTHEST and 0 <= self.edge <= WIDEST_EDGE


def nameable(name: str) -> bool:
    """Tell whether a printer can be called so: a few letters that can be printed and are no option."""
    return 0 < len(name) <= LONGEST_NAME and name.isprintable() and name != NONE and not name.startswith("-")


def alike(name: str, other: str) -> bool:
    """Tell whether two names are one to a person: capitals or not."""
    return name.casefold() == other.casefold()


UNTRIED = Printer()
"""A printer nobody has told of: two-sided, turning about the short edge, dead on."""


@dataclass(frozen=True, slots=True)
class Printers:
    """The printers somebody has told of, by name, and which of them is used; empty: none of them is."""

    known: tuple[Printer, ...] = ()
    used: str = ""

    @property
    def current(self) -> Printer:
        """The one that is used."""
        return self.named(self.used) or UNTRIED

    def named(self, name: str) -> Printer | None:
        """Return the printer of that name, if it is known."""
        return next((each for each in self.known if alike(each.name, name)), None)

    def having(self, printer: Printer) -> Printers:
        """Return these with one as it was seen last, in the order of names; it is the one that is used."""
        others = [each for each in self.known if not alike(each.name, printer.name)]
        return Printers(tuple(sorted([*others, printer], key=lambda each: each.name)), printer.name)

    def without(self, name: str) -> Printers:
        """Return these without one; was it the one used, none is."""
        return Printers(tuple(each for each in self.known if each.name != name), "" if self.used == name else self.used)
