"""``anpham lock``: a source folder comes in; its programme is locked as it is."""

from __future__ import annotations

from pathlib import Path

from builder.cli.boundary import Status
from builder.cli.words import here
from builder.works.lock import lock


def run(source: str) -> Status:
    """Lock the programme text, and say how it is opened again.

    Raises:
        Problems: what stands in the way.
    """
    words = here()
    folder = Path(source)
    print(words("lock.done" if lock(folder) else "lock.as_before", folder=folder.as_posix()))
    return Status.DONE
