"""``anpham new``: a name comes in; a source folder to start from is written."""

from __future__ import annotations

from pathlib import Path

from builder import shelf
from builder.cli.boundary import Status
from builder.cli.words import here
from builder.works import start


def new(folder: str) -> Status:
    """Write a source folder to start from.

    Raises:
        Problems: ``SLUG_BAD``, ``IMPORT_EXISTS``, ``SHELF_DENIED``, ``SHELF_FULL``.
    """
    words = here()
    target = Path(folder)
    shelf.write_source(target, start.starter(target))
    print(words("new.done", folder=target))
    print(words("new.next", folder=target))
    return Status.DONE
