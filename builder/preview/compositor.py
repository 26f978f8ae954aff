"""What lies on the desk to be made is made here, one thing after the other, in a thread of its own.

A setting under way is not broken off when the source changes again: it is followed by one of the latest state. Only the
end of the preview breaks it off.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from builder import fonts, problems
from builder.preview import binding, laying
from builder.preview.desk import MOST_BOOKS
from builder.problems import Place, Problems
from builder.works import check, making
from builder.works import workshop as workshops

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from builder.preview.desk import Desk, Order
    from builder.preview.nouns import Look
    from builder.problems import Problem
    from builder.works.asked import Progress, Proof, Step, Timer, Workshop

    Opening = Callable[[Progress], AbstractContextManager[Workshop]]


LULL = 0.3
"""Seconds in which nothing is wanted, so that there is time for more: the browser has its pages by then."""


class _Ended(Exception):  # noqa: N818 - the trade's word
    """Raised within the work when the preview ends."""


class Compositor:
    """Sets what somebody looks at.

    Args:
        source: the source folder.
        desk: where orders lie and what is made is laid.
        opening: opens a workshop, whose steps are told to what it is given.
        timer: seconds since some moment.
        clock: seconds since 1970.
        language: of the e-book's words that stand around it in the browser.
    """

    def __init__(
        self, source: Path, desk: Desk, opening: Opening, *, timer: Timer, clock: Timer, language: str
    ) -> None:
        self.source = source
        self.desk = desk
        self.opening = opening
        self.timer = timer
        self.clock = clock
        self.language = language
        self.proofs: dict[Look, Proof] = {}
        self.unread: dict[Look, tuple[Order, tuple[Problem, ...]]] = {}  # what was laid down and found, not proof-read

    def work(self) -> None:
        """Work till the desk is closed."""
        with self.opening(self._told) as workshop, suppress(_Ended):
            workshop.crew.get_ready()
            while not self.desk.closed:
                if order := self.desk.take(LULL if self.unread else None):
                    self._do(order, workshop)
                    self.desk.tell(None)
                elif self.unread:
                    self._proof_read(workshop)

    def _told(self, step: Step) -> None:
        if self.desk.closed:
            raise _Ended
        self.desk.tell(step)

    def _do(self, order: Order, workshop: Workshop) -> None:
        try:
            if order.ebook:
                self._bind(order)
            else:
                self._set(order, workshop)
        except Problems as stopped:
            self.desk.fail(order, stopped.problems)
        except OSError as error:
            if not isinstance(error.filename, str):
                raise
            self.desk.fail(order, (problems.file_unreadable(Place(error.filename), error),))

    def _set(self, order: Order, workshop: Workshop) -> None:
        began, at = self.timer(), self.clock()
        proof = making.proof(self.source, order.look.edition, order.look.part, workshop)
        laid = laying.laying(proof, self.desk.number(), fonts.fingerprint(workshop.fonts))
        self.proofs.pop(order.look, None)
        self.proofs[order.look] = proof
        for look in list(self.proofs)[:-MOST_BOOKS]:
            del self.proofs[look]
        found = problems.in_order([*proof.problems, *workshops.refusals(workshop)])
        self.desk.lay(order, laid, found, at, self.timer() - began)
        self.unread[order.look] = order, found

    def _proof_read(self, workshop: Workshop) -> None:
        """Look for what ``anpham check`` looks for, in a lull: whoever turns pages or saves again does not wait for it.

        A source that cannot be read meanwhile is about to be set again, which tells of it.
        """
        unread, self.unread = self.unread, {}
        with suppress(Problems, OSError):
            checked = check.check(self.source, workshop.layouts, workshop.fonts)
            for order, found in unread.values():
                self.desk.annotate(order, found, checked.problems)

    def _bind(self, order: Order) -> None:
        began, proof = self.timer(), self.proofs.get(order.look)
        if proof is None or proof.bind is None:
            self.desk.leave(order)
            return
        epub, found = proof.bind()
        bound = binding.bound(proof, epub, self.desk.number(), self.language)
        self.desk.bind(order, bound, found, self.timer() - began)
