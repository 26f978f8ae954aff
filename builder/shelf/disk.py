"""Bytes and paths come in; they are on the disk when a function returns, not merely on their way.

A disk that refuses is a mistake a person can mend: it becomes a problem.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from builder import problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_HERE = -100  # AT_FDCWD: names are those a process sees
_EXCHANGE = 2  # RENAME_EXCHANGE, RENAME_SWAP
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def refusals(where: Path) -> Iterator[None]:
    """Turn what the disk says while ``where`` is written into a problem.

    Raises:
        Problems: ``SHELF_FULL`` or ``SHELF_DENIED``.
    """
    try:
        yield
    except OSError as error:
        place = problems.Place(str(where))
        full = error.errno in FULL
        raise problems.Problems([problems.shelf_full(place) if full else problems.shelf_denied(place)]) from error


def write(path: Path, data: bytes) -> None:
    """Write a file and wait for the disk to have it."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def write_soon(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file, piece by piece, that the disk need not have before ``settle_all``."""
    with path.open("xb") as file:
        for piece in pieces:
            file.write(piece)
        if os.name == "nt":  # which has no wish for all at once
            file.flush()
            os.fsync(file.fileno())


def show(entry: Path) -> None:
    """Let everybody read a file, or look into a folder: a web server is another user than who made its site.

    A disk that has no such rights, as on a USB stick, says for all of them at once who may read.
    """
    if os.name == "nt":
        return
    seen = entry.stat()
    mode = stat.S_IMODE(seen.st_mode)
    wanted = mode | (0o555 if stat.S_ISDIR(seen.st_mode) else 0o444)
    if wanted != mode:
        with suppress(OSError):
            entry.chmod(wanted)


def settle_all() -> None:
    """Wait for the disk to have all that was written: of thousands of files, one by one, it would take minutes."""
    if os.name != "nt":
        os.sync()


def settle(folder: Path) -> None:
    """Wait for the disk to have the names in a folder; Windows has no such wish to make."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step, so that there is never none; tell whether the system can and did.

    Linux has ``renameat2`` for it (RENAME_EXCHANGE), macOS ``renamex_np`` (RENAME_SWAP); not every disk knows them.
    """
    names = os.fsencode(one), os.fsencode(other)
    try:
        system = ctypes.CDLL(None)
        if hasattr(system, "renameat2"):
            failed = system.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE)
        else:
            failed = system.renamex_np(*names, _EXCHANGE)
    except (OSError, TypeError, AttributeError):  # Windows; a system without either
        return False
    return not failed


def carry(entry: Path, target: Path) -> None:
    """Let a file or a folder stand in a second place too: linked where the disk can, copied elsewhere."""
    if entry.is_dir() and not entry.is_symlink():
        shutil.copytree(entry, target, symlinks=True, copy_function=_link)
    else:
        _link(entry, target)


def _link(entry: str | Path, target: str | Path) -> None:
    try:
        os.link(entry, target, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(entry, target, follow_symlinks=False)
