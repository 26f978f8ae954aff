"""What was set before comes in under a key, and goes out again, by any process, until there is no more room for it.

    <folder>/3f/3f…9c.anpham                     an entry, named by its key
    <folder>/3f/3f…9c.anpham.5d0e…               one that is being written, or that a killed process left behind

A file says of itself whether it is whole: it begins with the digest of its key and of what follows. One that is not
is no entry, and no harm: the work is done again. So no lock is needed, and nothing waits for the disk.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import stat
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.shelf import disk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LIMIT = 512_000_000
MAGIC = b"anpham1\n"
HEAD = len(MAGIC) + hashlib.sha256().digest_size
ROOM = re.compile(r"[0-9a-f]{2}")
KEY = re.compile(r"[0-9a-f]{64}")
OWN = re.compile(r"(?P<room>[0-9a-f]{2})[0-9a-f]{62}\.anpham(?P<unfinished>\.[0-9a-f]{16})?")
HOUR = 3_600_000_000_000  # in the nanoseconds of the disk; nothing is written for so long
TRIES = 8  # each is lost only when another process empties the cache in the same instant


class Cache:
    """Bytes on the disk under SHA-256 digests.

    Several processes may use one folder at once, and each may be killed at any moment. A disk that refuses costs
    nothing but time: then nothing is kept.

    Attributes:
        folder: where it stands; made when the first entry is put into it.
        limit: how many bytes ``trim`` leaves.
        refused: the first refusal of the disk to take an entry, for a warning; ``None`` while it takes them.
    """

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self.folder = folder
        self.limit = limit
        self.refused: OSError | None = None

    def get(self, key: str) -> bytes | None:
        """Return what was put under a key, whole; nothing when it is not there any more, or damaged.

        Raises:
            ValueError: when the key is no SHA-256 in hexadecimal digits.
        """
        path = self._path(key)
        content = _read(path)
        if content is None:
            return None
        data = content[HEAD:]
        if content[:HEAD] != _head(key, data):
            _discard(path)
            return None
        with suppress(OSError):  # it only loses its turn
            os.utime(path)
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep something under a key, in place of what was there; when the disk refuses, remember that and go on.

        Raises:
            ValueError: when the key is no SHA-256 in hexadecimal digits.
        """
        path = self._path(key)
        try:
            self._store(path, _head(key, data) + data)
        except OSError as refused:
            # Without the frames it went through, which would hold on to the data.
            self.refused = self.refused or refused.with_traceback(None)

    def trim(self) -> None:
        """Let go of what killed processes left behind, then of what was used longest ago, until the rest has room.

        The newest file tells the time: what is an hour older and was never finished is not being written any more.
        """
        with suppress(OSError):
            found = sorted(self._found(), key=lambda each: each.used)
            over = sum(each.size for each in found) - self.limit
            left_behind = [each for each in found if not each.finished and each.used < found[-1].used - HOUR]
            entries = [each for each in found if each.finished]
            for each in (*left_behind, *entries):
                if each.finished and over <= 0:
                    break
                over -= _freed(each)

    def clear(self) -> tuple[int, int]:
        """Let go of everything; return how many files and bytes. What is not the cache's own is left alone.

        Raises:
            Problems: ``SHELF_DENIED`` when the disk refuses.
        """
        with disk.refusals(self.folder):
            found = list(self._found())
            for each in found:
                _throw_away(each.path)
        return _sum(found)

    def size(self) -> tuple[int, int]:
        """Return how many files there are, and how many bytes they have.

        Raises:
            OSError: when the folder cannot be read; one that is not there is merely empty.
        """
        return _sum(list(self._found()))

    def _path(self, key: str) -> Path:
        if not KEY.fullmatch(key):
            raise ValueError(f"no SHA-256 in hexadecimal digits: {key!r}")
        return self.folder / key[:2] / f"{key}.anpham"

    def _store(self, path: Path, content: bytes) -> None:
        for left in reversed(range(TRIES)):
            try:
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # books may be private
                path.parent.mkdir(exist_ok=True)
                _write(path, content)
            except (FileNotFoundError, FileExistsError):  # another process empties the cache: a room was, and is not
                if not left:
                    raise
            else:
                return

    def _found(self) -> Iterator[_File]:
        for room in _listed(self.folder):
            if ROOM.fullmatch(room.name) and room.is_dir():
                yield from filter(None, map(_own, _listed(room)))


@dataclass(frozen=True, slots=True)
class _File:
    """A file of the cache: its size, when it was last used (ns), whether it is an entry."""

    path: Path
    size: int
    used: int
    finished: bool


def _own(path: Path) -> _File | None:
    """Look at a file; nothing when it is not the cache's own by name and place, or has just gone."""
    name = OWN.fullmatch(path.name)
    if not name or name["room"] != path.parent.name:
        return None
    try:
        seen = path.lstat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(seen.st_mode):
        return None
    return _File(path, seen.st_size, seen.st_mtime_ns, not name["unfinished"])


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except FileNotFoundError:
        return []


def _sum(found: list[_File]) -> tuple[int, int]:
    return len(found), sum(each.size for each in found)


def _head(key: str, data: bytes) -> bytes:
    """Write what an entry begins with; the key is in it too, so that no file passes for another."""
    digest = hashlib.sha256(key.encode())
    digest.update(data)
    return MAGIC + digest.digest()


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        _discard(path)
        return None


def _discard(path: Path) -> None:
    """Throw away what stands in the place of an entry, if that can be done: a file, or an empty folder."""
    try:
        path.unlink()
    except OSError:
        with suppress(OSError):
            path.rmdir()


def _write(path: Path, content: bytes) -> None:
    """Write an entry beside its place, then move it there; broken off, it leaves nothing."""
    beside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        with beside.open("xb") as file:
            file.write(content)
        _move(beside, path)
    finally:
        with suppress(OSError):
            beside.unlink()


def _move(beside: Path, path: Path) -> None:
    """Let a file take a place; on Windows it cannot while the one there is being read, which is as good."""
    try:
        beside.replace(path)
    except PermissionError:
        if not path.is_file():
            raise


def _freed(file: _File) -> int:
    """Throw a file away; return how many bytes that gave, which is none when another program holds it open."""
    try:
        _throw_away(file.path)
    except OSError:
        return 0
    return file.size


def _throw_away(path: Path) -> None:
    """Remove a file, which may be gone already, and its room when that was the last one in it."""
    path.unlink(missing_ok=True)
    with suppress(OSError):
        path.parent.rmdir()
