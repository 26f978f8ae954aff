"""A command comes in; its wall time, CPU time and the peak memory of all its processes go out.

Memory is the sum, over the process and all it started, of PSS (memory shared by several counts for each in equal
parts), or of USS where the system knows no PSS. A look at it every 50 ms or so finds what lasts longer.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Self

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

EVERY = 0.05  # seconds from one look to the next
AT_MOST = 0.05  # share of the time that looking may take
TIMEOUT = 1800.0
TAIL = 2000  # characters of what a failed command said


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command: seconds by the clock, CPU seconds, peak memory in MB (10⁶ bytes), what it printed."""

    wall: float
    cpu: float
    memory: float
    said: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """The medians of some runs, and the quickest and the slowest by the clock."""

    wall: float
    cpu: float
    memory: float
    quickest: float
    slowest: float
    runs: int


class Failed(RuntimeError):  # noqa: N818 - named for what it is
    """Raised when a command fails: ``brief`` says how it ended, the message also which one and what it printed."""

    def __init__(self, brief: str, more: str = "") -> None:
        """Keep the words."""
        self.brief = brief
        super().__init__(f"{brief}: {more}" if more else brief)


def run(
    command: Sequence[str | Path], *, environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> Run:
    """Run a command and measure it, as for its user: Python keeps what it has compiled.

    Raises:
        Failed: when it ends with another status than 0, or not in time.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command],
            env={**_of_a_user(), **(environment or {})},
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,  # so that all of it can be ended at once
        )
        try:
            with _Watch(process.pid) as watch:
                _, status, usage = os.wait4(process.pid, 0)
                wall = time.perf_counter() - began
            process.returncode = os.waitstatus_to_exitcode(status)
        finally:
            if process.returncode is None:  # interrupted
                os.killpg(process.pid, signal.SIGKILL)
        said, complaint = _read(out), _read(err)
    if process.returncode:
        ended = f"ended with {process.returncode}{' (too slow)' if watch.late else ''}"
        words = " ".join(str(word) for word in command)
        raise Failed(ended, f"{words}\n{(said + complaint)[-TAIL:]}")
    # A process whose parent died before it is not in the account of what the command waited for.
    return Run(wall, max(usage.ru_utime + usage.ru_stime, watch.cpu), watch.peak / 1e6, said)


def _of_a_user() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _read(file: BinaryIO) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def repeat(once: Callable[[int], Run], runs: int) -> Figures:
    """Take the medians of some runs; ``once`` is told the number of each, from 0."""
    return figures([once(number) for number in range(runs)])


def figures(done: Sequence[Run]) -> Figures:
    """Take the medians of runs."""
    walls = [each.wall for each in done]
    return Figures(
        statistics.median(walls),
        statistics.median(each.cpu for each in done),
        statistics.median(each.memory for each in done),
        min(walls),
        max(walls),
        len(done),
    )


class _Watch:
    """Looks at the memory of a process and all below it until it is told to stop; ends those that take too long."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.peak = 0
        self.late = False
        self._known: dict[int, psutil.Process] = {}  # also those whose parent is gone
        self._times: dict[int, float] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look_on, daemon=True)

    @property
    def cpu(self) -> float:
        """CPU seconds of all processes seen, as of the last look at each."""
        return sum(self._times.values())

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look_on(self) -> None:
        until = time.monotonic() + TIMEOUT
        pause = 0.0
        while not self._stop.wait(pause):
            began = time.monotonic()
            self.peak = max(self.peak, self._look())
            now = time.monotonic()
            # A large process takes some milliseconds to look at: rather look less often than slow it down.
            pause = max(EVERY, (now - began) / AT_MOST)
            if now > until:
                self.late = True
                os.killpg(self.pid, signal.SIGKILL)
                return

    def _look(self) -> int:
        try:
            root = self._known.setdefault(self.pid, psutil.Process(self.pid))
            self._known |= {child.pid: child for child in root.children(recursive=True)}
        except psutil.Error:
            return 0
        return sum(map(self._look_at, self._known.values()))

    def _look_at(self, process: psutil.Process) -> int:
        """Take down the time of a process; return the memory it holds."""
        try:
            times = process.cpu_times()
            self._times[process.pid] = times.user + times.system
            held = process.memory_full_info()
        except (psutil.Error, OSError):  # it has ended, or it is not ours to look at
            return 0
        return int(getattr(held, "pss", 0) or held.uss)
