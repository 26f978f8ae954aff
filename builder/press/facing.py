"""Two flows that are set page by page, a text and its commentary, come in; spreads go out that keep them in step.

The text stands on the left-hand pages, the commentary on the right-hand ones, and what is said of a clause begins on
the spread on which the clause begins. Each spread is filled as far as both sides allow: the commentary is set until
its page is full, the text until its own is, but no further than to the clause whose commentary has not begun yet; when
the text has not come that far, the commentary is set again and ends sooner. A side that has nothing to say before the
next clause is left empty. To begin everything as early as can be never costs a page later on, so that no other
arrangement of the same order takes fewer spreads.

Nothing is known here of type: a flow is asked to set its next page, and says how far it came.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

Page_co = TypeVar("Page_co", covariant=True)


class Flow(Protocol[Page_co]):
    """One side of the spreads. Its units, clauses with commentary or commentaries of clauses, are numbered from 0."""

    @property
    def finished(self) -> bool:
        """Tell whether everything is on pages that are kept."""

    def set(self, stop: int) -> int:
        """Set the next page, anew if it was set before, so that unit ``stop`` does not begin on it.

        Returns:
            How many units have begun by the end of the page, at most ``stop``: fewer where the page is full, or where
            it has to end sooner, so that a head is not parted from what it opens. Of the page a flow sets while it has
            nothing to set before ``stop``, the number is that of the pages before.
        """

    def keep(self) -> Page_co | None:
        """Keep the page set last, and return it; nothing where nothing was to be set."""


def spreads(verso: Flow[Page_co], recto: Flow[Page_co], units: int) -> Iterator[tuple[Page_co | None, Page_co | None]]:
    """Set two flows spread by spread; yield the pages of each, left and right, nothing for a page left empty.

    Args:
        verso: the text.
        recto: the commentary.
        units: how many units each of the two has; those of the same number belong together.
    """
    while not (verso.finished and recto.finished):
        _in_step(verso, recto, units)
        left, right = verso.keep(), recto.keep()
        if left is None and right is None:
            message = "neither the text nor its commentary goes on"
            raise AssertionError(message)
        yield left, right


def _in_step(verso: Flow[Page_co], recto: Flow[Page_co], units: int) -> None:
    """Set the next spread: a page of each, by whose end the same units have begun.

    Each round sets one of them again up to a unit before the last round's, so that there are no more rounds than
    units; two or three, as a rule.
    """
    begun = recto.set(units)
    reached = verso.set(begun)
    while reached != begun:
        if reached < begun:
            begun = recto.set(reached)
        else:
            reached = verso.set(begun)
