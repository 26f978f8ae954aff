"""Pages and a draft come in; the words that will show go out, read by a process of its own while the pages are placed.

Reading takes as long as all the rest. The engine that reads is not made for threads, so it is a process; on a machine
where none can be started, or when it comes to an end before its time, the words are read here.
"""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from multiprocessing import get_context
from pickle import UnpicklingError
from types import ModuleType
from typing import TYPE_CHECKING, Self

from builder.imposition.check import Words, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from builder.imposition.nouns import Draft

WORTH_A_PROCESS = 100
"""Pages from which on it saves more than it takes to start."""


class Reading:
    """Words being read; a process that is not done when it is left is ended."""

    def __init__(self, pages: bytes, draft: Draft, *, apart: bool) -> None:
        """Begin, in a process of its own if there may be one and there is enough to read."""
        self.pages = pages
        self.draft = draft
        self._told: Connection | None = None
        self._process: BaseProcess | None = None
        if apart and len(draft.measures) >= WORTH_A_PROCESS:
            self._begin()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process, whatever it is at."""
        if self._told is not None:
            self._told.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()

    def words(self) -> Words:
        """Return the words; they are waited for."""
        if self._told is not None:
            try:
                words: Words = self._told.recv()
            except (EOFError, OSError, UnpicklingError):  # the system has ended it, for want of memory mostly
                return words_of(self.pages, self.draft)
            return words
        return words_of(self.pages, self.draft)

    def _begin(self) -> None:
        context = get_context("spawn")
        try:
            self._told, end = context.Pipe(duplex=False)
            process = context.Process(target=_read, args=(end, self.pages, self.draft), daemon=True)
            with _interrupts_kept_off(), _no_main_module():
                process.start()
        except OSError:
            self._told = None
        else:
            end.close()
            self._process = process


def _read(end: Connection, pages: bytes, draft: Draft) -> None:
    end.send(words_of(pages, draft))
    end.close()


@contextmanager
def _interrupts_kept_off() -> Iterator[None]:
    """Keep Ctrl-C waiting; the process that is started meanwhile keeps it waiting for good: this one ends it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _no_main_module() -> Iterator[None]:
    """Let the process not run the program's main module, of which it needs nothing."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
