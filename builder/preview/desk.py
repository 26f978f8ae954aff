"""Changes and readers come in; what is to be made next goes out, and what was made is laid here for all who look.

The one place where the threads meet: whoever watches the source, the compositor, the server. Nothing queues up: only
the latest state of anything counts.
"""

from __future__ import annotations

import threading
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from builder import problems
from builder.preview.nouns import Laying, Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.preview.nouns import Bound, Look
    from builder.problems import Problem
    from builder.works.asked import Step

MOST_READERS = 16
KEPT = 2
"""So many layings of a book, and e-books: the latest, and the one a reader may still be fetching pages of."""
MOST_BOOKS = 12


class Wake(Protocol):
    """Wakes somebody, from whatever thread: loudly when something was made or could not be."""

    def __call__(self, *, loudly: bool) -> None:
        """Wake."""


class Crowded(Exception):  # noqa: N818 - the trade's word
    """Raised when more want to look than there is room for."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made: the book, its pages or its e-book, the state of the source it is for."""

    look: Look
    ebook: bool
    state: int


@dataclass(eq=False, slots=True)
class Reader:
    """Somebody who looks at a book: its pages, or its e-book; who wakes them when something has changed."""

    look: Look
    ebook: bool
    wake: Wake


@dataclass(slots=True)
class _Book:
    standing: Standing = field(default_factory=Standing)
    layings: deque[Laying] = field(default_factory=lambda: deque(maxlen=KEPT))
    bound: deque[Bound] = field(default_factory=lambda: deque(maxlen=KEPT))
    set_of: int = 0  # the state of the source its pages were made of
    bound_of: int = 0
    pages_sound: bool = False
    found: tuple[Problem, ...] = ()  # in its pages and their source
    noted: tuple[Problem, ...] = ()  # by the proof-reader; his last notes stand till the next


class Desk:
    """What is laid out, and who looks at it."""

    def __init__(self, first: Look) -> None:
        """Begin with a book that is wanted before anybody looks."""
        self._turn = threading.Condition()
        self._first = first
        self._books: dict[Look, _Book] = {first: _Book()}
        self._readers: list[Reader] = []
        self._state = 1
        self._numbers = 0
        self._step: Step | None = None
        self._closed = False

    # --- who watches --------------------------------------------------------------------------

    def changed(self) -> None:
        """Take note that the source is another now."""
        with self._turn:
            self._state += 1
            self._turn.notify_all()

    def close(self) -> None:
        """Let everybody go."""
        with self._turn:
            self._closed = True
            self._turn.notify_all()
            self._wake()

    @property
    def closed(self) -> bool:
        """Tell whether everybody is to go."""
        return self._closed

    # --- the compositor -----------------------------------------------------------------------

    def take(self, patience: float | None = None) -> Order | None:
        """Wait for something to be made, so many seconds at most; nothing when there is none, or the desk is closed."""
        with self._turn:
            self._turn.wait_for(lambda: self._closed or self._due(), patience)
            return None if self._closed else self._due()

    def _due(self) -> Order | None:
        """Whoever came last is served first, pages before e-books; what nobody looks at is not made."""
        for reader in reversed(self._readers):
            book = self._books[reader.look]
            if book.set_of < self._state:
                return Order(reader.look, ebook=False, state=self._state)
        for reader in reversed(self._readers):
            book = self._books[reader.look]
            if reader.ebook and book.pages_sound and book.bound_of < self._state:
                return Order(reader.look, ebook=True, state=self._state)
        if not self._books[self._first].set_of:
            return Order(self._first, ebook=False, state=self._state)
        return None

    def number(self) -> int:
        """Return the next number."""
        with self._turn:
            self._numbers += 1
            return self._numbers

    def tell(self, step: Step | None) -> None:
        """Say how far the work is; nothing when there is none."""
        with self._turn:
            if step != self._step:
                self._step = step
                self._wake(loudly=False)

    def lay(self, order: Order, laying: Laying, found: tuple[Problem, ...], at: float, seconds: float) -> None:
        """Lay pages down; what looks as before and is about the same is the same."""
        with self._turn:
            book, self._step = self._of(order), None
            latest = book.layings[-1] if book.layings else None
            if latest is None or replace(laying, number=latest.number) != latest:
                book.layings.append(laying)
                latest = laying
            book.set_of, book.pages_sound = order.state, True
            book.found = problems.in_order((*found, *book.noted))
            book.standing = replace(
                book.standing, laid=latest.number, failed=False, problems=book.found, at=at, seconds=seconds
            )
            self._wake()

    def annotate(self, order: Order, found: tuple[Problem, ...], noted: tuple[Problem, ...]) -> None:
        """Put with the problems of pages what a proof-reader has noted of their source, in place of his last notes."""
        with self._turn:
            book = self._of(order)
            together, book.noted = problems.in_order((*found, *noted)), noted
            if book.set_of == order.state and together != book.found:
                book.found = together
                book.standing = replace(book.standing, problems=together)
                self._wake()

    def bind(self, order: Order, bound: Bound, found: tuple[Problem, ...], seconds: float) -> None:
        """Lay an e-book down."""
        with self._turn:
            book, self._step = self._of(order), None
            latest = book.bound[-1] if book.bound else None
            if latest is None or latest.epub != bound.epub:
                book.bound.append(bound)
                latest = bound
            book.bound_of = order.state
            together = tuple(dict.fromkeys((*book.found, *found)))
            book.standing = replace(
                book.standing, bound=latest.number, failed=False, problems=together, seconds=seconds
            )
            self._wake()

    def leave(self, order: Order) -> None:
        """Say that no e-book is made of an edition."""
        with self._turn:
            self._of(order).bound_of = order.state

    def fail(self, order: Order, found: tuple[Problem, ...]) -> None:
        """Say why something could not be made; a file that was caught half written is about to change again."""
        with self._turn:
            book, self._step = self._of(order), None
            if order.ebook:
                book.bound_of = order.state
            else:
                book.set_of, book.pages_sound = order.state, False
            if order.state == self._state:
                book.standing = replace(book.standing, failed=True, problems=found)
            self._wake()

    def _of(self, order: Order) -> _Book:
        """Return the book of an order; it may have been put away while it was being made."""
        return self._books.setdefault(order.look, _Book())

    # --- the server ---------------------------------------------------------------------------

    @contextmanager
    def reading(self, look: Look, *, ebook: bool, wake: Wake) -> Iterator[Reader]:
        """Let somebody look at a book.

        Raises:
            Crowded: when there is no room, or when the desk is closed.
        """
        reader = Reader(look, ebook, wake)
        with self._turn:
            if self._closed or len(self._readers) >= MOST_READERS:
                raise Crowded
            self._put_away(look)
            self._books.setdefault(look, _Book())
            self._readers.append(reader)
            self._turn.notify_all()
        try:
            yield reader
        finally:
            with self._turn:
                self._readers.remove(reader)

    def _put_away(self, wanted: Look) -> None:
        """Make room for a book: one goes that nobody looks at."""
        looked_at = {wanted, self._first, *(reader.look for reader in self._readers)}
        spare = [look for look in self._books if look not in looked_at]
        for look in spare[: max(0, len(self._books) + 1 - MOST_BOOKS)]:
            del self._books[look]

    def standing(self, look: Look) -> tuple[Standing, Step | None]:
        """Return how it stands with a book, and how far the work is that is being done."""
        with self._turn:
            book = self._books.get(look)
            return (book.standing if book else Standing()), self._step

    def laying(self, number: int) -> Laying | None:
        """Find pages by their number."""
        with self._turn:
            return next((each for book in self._books.values() for each in book.layings if each.number == number), None)

    def bound(self, number: int) -> Bound | None:
        """Find an e-book by its number."""
        with self._turn:
            return next((each for book in self._books.values() for each in book.bound if each.number == number), None)

    def page(self, mark: str) -> tuple[Laying, int] | None:
        """Find a page by what it looks like: what it is in, and where there."""
        with self._turn:
            layings = [each for book in self._books.values() for each in reversed(book.layings)]
        for laying in layings:
            for number, page in enumerate(laying.pages):
                if page.mark == mark:
                    return laying, number
        return None

    def _wake(self, *, loudly: bool = True) -> None:
        for reader in self._readers:
            reader.wake(loudly=loudly)
