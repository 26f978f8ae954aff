"""A folder comes in; the right to change it goes out, to one process at a time."""

from __future__ import annotations

import errno
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK = ".anpham-lock"
# Some network disks know no locks: there, work goes on without one.
NO_LOCKS_HERE = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Wait until no other build works in a folder, then keep them waiting.

    The system takes the lock back when a process dies, so none is ever left over; its empty file stays.

    Raises:
        OSError: when nothing can be written in the folder.
    """
    with (folder / LOCK).open("a", encoding="utf-8") as file:
        try:
            _take(file)
        except OSError as error:
            if error.errno not in NO_LOCKS_HERE:
                raise
        yield


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[str]) -> None:
        file.seek(0)
        while True:
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            except OSError as error:
                if error.errno != errno.EDEADLOCK:  # it gave up after ten seconds: another build is still at it
                    raise
            else:
                return

else:
    import fcntl

    def _take(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)
