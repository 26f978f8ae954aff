"""Folders come in; whoever asked is told each time that something in them was saved, moved, deleted or put there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import watchfiles

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable
    from pathlib import Path

TOGETHER = 50
"""Milliseconds: an editor that saves by writing beside and renaming makes several changes at once."""
QUIET = 10
"""Milliseconds without a change that end one before that."""
LOOK = 1000
"""Milliseconds between two looks whether the folders are still the same ones."""

Stamp = tuple[int, int] | None


def watch(folder: Path, others: Iterable[Path], changed: Callable[[], None], stop: threading.Event) -> None:
    """Watch folders till told to stop.

    A folder that is put in place of the one that was there is seen within a second, and so is one that comes back.

    Args:
        folder: the source.
        others: what shapes the pages besides.
        changed: is called in this thread.
        stop: ends the watch.
    """
    watched, polling = (folder, *others), False
    while not stop.is_set():
        try:
            _watch([each for each in watched if _stamp(each)], folder, changed, stop, polling=polling)
            stop.wait(QUIET / 1000)
        except (OSError, RuntimeError):  # the system watches no more folders, or not this one
            polling = True
            stop.wait(LOOK / 1000)


def _watch(
    watched: Iterable[Path], folder: Path, changed: Callable[[], None], stop: threading.Event, *, polling: bool
) -> None:
    """Watch till told to stop, or till the source is another folder.

    The first look counts as a change: what was saved before the watch stood would be missed.
    """
    before, is_first = _stamp(folder), True
    names = {os.fspath(folder), os.path.realpath(folder)}
    for changes in watchfiles.watch(
        *watched,
        debounce=TOGETHER,
        step=QUIET,
        stop_event=stop,
        rust_timeout=LOOK,
        yield_on_timeout=True,
        raise_interrupt=False,
        force_polling=polling or None,
        poll_delay_ms=TOGETHER,
    ):
        is_gone = any(change is watchfiles.Change.deleted and path in names for change, path in changes)
        if is_gone or _stamp(folder) != before:  # another one may have its number on the disk
            changed()
            return
        if changes or is_first:
            changed()
        is_first = False


def _stamp(folder: Path) -> Stamp:
    """Return what tells a folder from another one of its name; nothing when there is none."""
    try:
        seen = folder.stat()
    except OSError:
        return None
    return seen.st_dev, seen.st_ino
