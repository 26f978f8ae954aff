"""A command and how long it may take come in; it is done, what it printed goes out, nothing it started stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_LAST_SECONDS = 10


def printed(command: Sequence[str], seconds: float) -> str | None:
    """Run a program and return what it printed; nothing when it cannot be started or takes too long.

    Programs that judge files leave with other statuses than 0 when they object, so the status is not asked.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 - the program is one found on this machine
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return None
    try:
        said, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        end(process)
    return said.decode("utf-8", "replace")


def run(command: Sequence[str], seconds: float, folder: Path, environment: Mapping[str, str] | None = None) -> None:
    """Run a program in a folder, silently, to its end; whatever ends the wait ends it and all it has started.

    Raises:
        OSError: when it cannot be started.
        TimeoutExpired: when it takes longer.
    """
    process = subprocess.Popen(  # noqa: S603 - the program is one found on this machine
        list(command),
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    finally:
        end(process)


def left(path: Path, largest: int) -> bytes | None:
    """Return the file that a program has left at a path; nothing when none is there, or one too large (bytes)."""
    try:
        if path.is_symlink() or path.stat().st_size > largest:
            return None
        return path.read_bytes()
    except OSError:
        return None


def end(process: subprocess.Popen[bytes]) -> None:
    """End a program that is still there, with all the programs it has started."""
    if os.name == "nt":
        if process.poll() is None:
            tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
            subprocess.run(tree, capture_output=True, check=False)  # noqa: S603 - Windows' own program
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        process.wait(_LAST_SECONDS)
    for pipe in (process.stdout, process.stderr):
        if pipe:
            pipe.close()
