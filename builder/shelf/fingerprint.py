"""A folder comes in; the SHA-256 of all that lies in it, names and contents, goes out."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGE = 20_000_000  # bytes; a larger file is in no book: that it is the same is told by its size and age


def fingerprint(folder: Path) -> str:
    """Return the SHA-256 of a folder; hidden files and what is in hidden folders count by their names alone.

    Raises:
        OSError: when something in it cannot be read.
    """
    digest = hashlib.sha256()
    for path in _walk(folder):
        digest.update(path.relative_to(folder).as_posix().encode(errors="surrogateescape") + b"\0")
        if path.is_file() and not path.name.startswith("."):
            seen = path.stat()
            data = path.read_bytes() if seen.st_size <= LARGE else str(seen.st_mtime_ns).encode()
            digest.update(b"%d %d\0" % (seen.st_size, len(data)) + data)
    return digest.hexdigest()


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        yield path
        if path.is_dir() and not path.is_symlink() and not path.name.startswith("."):
            yield from _walk(path)
