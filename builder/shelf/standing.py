"""A source folder that is there already comes in; what it holds goes out: the bytes of some files, the names of all."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from builder import problems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

_MEGABYTE = 1_000_000
_MOST = 50 * _MEGABYTE
_MOST_FILES = 10_000


def standing(folder: Path, wanted: Collection[str]) -> dict[str, bytes | None]:
    """The files of a folder: path inside it (with ``/``) → bytes of those that are wanted, nothing of the others.

    What is hidden (``.git``) is passed over; of what is no plain file, or larger than 50 MB, there are no bytes. An
    empty folder, or one that is not there, holds nothing.

    Raises:
        Problems: ``FILE_UNREADABLE``.
    """
    found: dict[str, bytes | None] = {}
    try:
        for path in islice(_files(folder), _MOST_FILES):
            name = path.relative_to(folder).as_posix()
            found[name] = _bytes(path) if name in wanted else None
    except OSError as error:
        place = problems.Place(str(error.filename or folder))
        raise problems.Problems([problems.file_unreadable(place, error)]) from error
    return found


def _files(folder: Path) -> Iterator[Path]:
    """What lies in a folder and its folders; links to folders are named, not followed."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        else:
            yield path


def _bytes(path: Path) -> bytes | None:
    plain = path.is_file() and path.stat().st_size <= _MOST
    return path.read_bytes() if plain else None
