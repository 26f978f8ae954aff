"""Copy comes in; galleys go out, set by as many processes at once as the machine has cores for.

Each worker is a fresh process that imports WeasyPrint by itself, so it is the same on every system and no lock or
thread of the program is copied into it. A worker ends when the pipe it holds one end of closes: at the end of the
work, on Ctrl-C, and when the program is killed, so that none is ever left behind.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import lru_cache, partial
from multiprocessing import get_context
from types import ModuleType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, TypeVarTuple
from weakref import ref

from builder.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.queues import SimpleQueue

    from builder.press.galley import Case, Copy, Galley
    from builder.press.setting import Setter

    Told = Callable[[int, int], None]

Result = TypeVar("Result")
Given = TypeVarTuple("Given")

METHOD = "spawn"
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # Windows has but one signal that ends a process at once
LOOK = 0.1  # seconds between two looks at how far the workers are


class Aside(Generic[Result]):
    """Work that waits for a quiet moment; it is done at the latest when its result is asked for.

    ``Problems`` it raises are raised to who asks.
    """

    def __init__(self, work: Callable[[], Result], away: Future[Result] | None = None) -> None:
        """Take the work, and where it is done if not here."""
        self._work = work
        self._away = away
        self._done: Future[Result] = Future()

    def do(self) -> None:
        """Do it, once."""
        if not self._done.done():
            try:
                self._done.set_result(self._fetched())
            except Problems as error:
                self._done.set_exception(error)

    def _fetched(self) -> Result:
        """Take what a worker did; it is done here when there is none, or when it was sent home before it could."""
        if self._away is not None:
            try:
                return self._away.result()
            except (BrokenProcessPool, CancelledError):
                self._away = None
        return self._work()

    def result(self) -> Result:
        """Return what came of it.

        Raises:
            Problems: those the work raised.
        """
        self.do()
        return self._done.result()


class Crew:
    """Compositors at work: none but this process for one job, else so many workers, hired when they are needed."""

    def __init__(self, jobs: int = 1) -> None:
        """Take how many may work at once."""
        self.jobs = max(1, jobs)
        self._pool: ProcessPoolExecutor | None = None
        self._life: Connection | None = None
        self._pages: SimpleQueue[tuple[int, int]] | None = None
        self._setter: Setter | None = None
        self._asides: list[ref[Aside[Any]]] = []

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Send the workers home, whatever they are at."""
        self.close()

    def get_ready(self) -> None:
        """Have the first worker fetch WeasyPrint while there is other work to do; it takes a second."""
        if pool := self._hired():
            _submit(pool, _nothing)

    def aside(self, work: Callable[[*Given], Result], *given: *Given) -> Aside[Result]:
        """Put work aside for this process to do while it waits for the others; it is let go with what is returned."""
        put = Aside(partial(work, *given))
        self._asides.append(ref(put))
        return put

    def away(self, work: Callable[[*Given], Result], *given: *Given) -> Aside[Result]:
        """Give work to a worker to do besides; without workers it waits till its result is asked for."""
        pool = self._hired()
        return Aside(partial(work, *given), _submit(pool, work, *given) if pool else None)

    def set(self, case: Case, copies: Sequence[Copy], told: Told) -> Iterator[tuple[int, Galley]]:
        """Set copy, the longest first; yield galleys with the numbers of their copy, in the order they are ready.

        Args:
            case: the type.
            copies: what to set.
            told: is given the number of a copy and of the page that was begun in it, from 1; the latest again and again
                while workers are at it, so that what it raises ends the work soon.
        """
        left = sorted(range(len(copies)), key=lambda number: -len(copies[number].markup))
        try:
            if pool := self._hired():
                waiting = {_submit(pool, _set_apart, case, copies[number], number): number for number in left}
                for number, galley in self._as_ready(waiting, told):
                    left.remove(number)
                    yield number, galley
        except BrokenProcessPool:  # the system has ended a worker, for want of memory mostly: less at a time
            self.close()
            self.jobs = 1
        if left:
            yield from self._set_here(case, copies, left, told)

    def share(
        self, work: Callable[[*Given], Result], here: tuple[*Given], there: tuple[*Given]
    ) -> tuple[Result, Result]:
        """Do a piece of work twice, with different matter: here, and at the same time by a worker if there is one."""
        try:
            if pool := self._hired():
                away = _submit(pool, work, *there)
                return work(*here), away.result()
        except BrokenProcessPool:
            self.close()
            self.jobs = 1
        return work(*here), work(*there)

    def _as_ready(self, waiting: dict[Future[Galley], int], told: Told) -> Iterator[tuple[int, Galley]]:
        pages, latest = self._pages, (min(waiting.values(), default=0), 1)
        while self._asides:
            if aside := self._asides.pop()():
                aside.do()
        while waiting:
            done, _ = wait(waiting, timeout=LOOK, return_when=FIRST_COMPLETED)
            while pages is not None and not pages.empty():
                told(*(latest := pages.get()))
            told(*latest)  # though it is no news: a page may take minutes, and who is told may end the work
            for each in sorted(done, key=lambda future: waiting[future]):
                yield waiting.pop(each), each.result()

    def _hired(self) -> ProcessPoolExecutor | None:
        """Return the pool of workers; nothing when this process does the work itself."""
        if self._pool is None and self.jobs > 1:
            context = get_context(METHOD)
            try:
                held, self._life = context.Pipe(duplex=False)
                self._pages = context.SimpleQueue()
                self._pool = ProcessPoolExecutor(
                    self.jobs, mp_context=context, initializer=_begin, initargs=(held, self._pages)
                )
            except OSError:  # a system without semaphores
                self.jobs = 1
        return self._pool

    def _set_here(
        self, case: Case, copies: Sequence[Copy], numbers: Iterable[int], told: Told
    ) -> Iterator[tuple[int, Galley]]:
        from builder.press import setting  # noqa: PLC0415 - it imports WeasyPrint, which takes a second

        if self._setter is None or self._setter.case != case:
            self._setter = setting.Setter(case)
        with setting.undisturbed():
            for number in numbers:
                yield number, self._setter.set(copies[number], partial(told, number))

    def close(self) -> None:
        """Send the workers home."""
        if self._pool is not None and self._life is not None:
            self._life.close()
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
        self._setter = None


def _submit(pool: ProcessPoolExecutor, work: Callable[..., Result], *args: object) -> Future[Result]:
    """Hand work to a pool; a process it starts for that never sees Ctrl-C: this one does, and sends it home."""
    with interrupts_kept_off(), _no_main_module():
        return pool.submit(work, *args)


@contextmanager
def interrupts_kept_off() -> Iterator[None]:
    """Keep Ctrl-C waiting; a process that is started meanwhile keeps it waiting for good."""
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
    """Let workers not run the program's main module: they need nothing of it, and it takes as long as a small leaf."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


# --- in a worker ----------------------------------------------------------------------------------

_told_to: list[SimpleQueue[tuple[int, int]]] = []


def _begin(life: Connection, pages: SimpleQueue[tuple[int, int]]) -> None:
    """Begin a worker: it ends when ``life`` closes, and only then.

    The pool terminates all workers when it sees that one has ended, and they may be deleting their files by then.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(life,), daemon=True).start()
    _told_to.append(pages)
    from builder.press import setting  # noqa: PLC0415 - it imports WeasyPrint, which takes a second

    setting.leave_be()


def _end_with(life: Connection) -> None:
    try:
        life.recv_bytes()
    except (EOFError, OSError):
        faces = sys.modules.get("builder.press.faces")
        try:
            if clear_away := getattr(faces, "clear_away", None):  # nothing yet in a module that is half loaded
                clear_away()
        finally:
            os.kill(os.getpid(), KILL)


def _nothing() -> None:
    """Start a worker, nothing else."""


@lru_cache(maxsize=1)
def _setter(case: Case) -> Setter:
    from builder.press import setting  # noqa: PLC0415 - it imports WeasyPrint, which takes a second

    return setting.Setter(case)


def _set_apart(case: Case, copy: Copy, number: int) -> Galley:
    return _setter(case).set(copy, lambda page: _told_to[0].put((number, page)))
