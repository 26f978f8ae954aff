"""A source folder comes in; its programme is locked as it is now: a later change of its words is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import manuscript, shelf

if TYPE_CHECKING:
    from pathlib import Path


def lock(folder: Path) -> bool:
    """Write ``program.lock``; tell whether it changed.

    Raises:
        Problems: with everything found, when something in the folder is an error; ``SHELF_DENIED``, ``SHELF_FULL``.
    """
    wanted = manuscript.locked(folder)
    if wanted is None:
        return False
    shelf.write_file(folder / manuscript.LOCK, wanted.encode())
    return True
