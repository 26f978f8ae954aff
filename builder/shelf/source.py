"""The files of a source folder, or one file, come in; they stand on the disk, and nothing was overwritten unasked."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from builder import problems
from builder.shelf import disk
from builder.shelf.swap import NEW

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def write_source(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write a source folder: path inside it (with ``/``) → text or bytes.

    Raises:
        Problems: ``IMPORT_EXISTS`` when the folder is there and not empty, ``PATH_OUTSIDE`` when a path leads out
            of it, ``SHELF_DENIED``, ``SHELF_FULL``.
    """
    place = problems.Place(str(folder))
    problems.stop_on_errors([problems.path_outside(place, name) for name in files if _leads_out(name)])
    with disk.refusals(folder):
        if folder.exists() and not (folder.is_dir() and _is_empty(folder)):
            raise problems.Problems([problems.import_exists(place)])
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.absolute().parent))
        try:
            _fill(beside / "new", files)
            _move_in(beside / "new", folder)
        finally:
            shutil.rmtree(beside)


def replace_source(
    folder: Path, files: Mapping[str, str | bytes], kept: str, examine: Callable[[Path], None] = lambda _: None
) -> Path:
    """Write several files of a source folder, all of them or none; what it held before stays beside it, whole.

    A copy of the folder is made beside it and the files written there; then the two change places. Broken off between,
    the old folder stands under its new name, the new one under a hidden one, and the next call puts that in its place.

    Args:
        folder: the source folder.
        files: path inside it (with ``/``) → text or bytes.
        kept: what is added to the folder's name, before a number, to name the old one.
        examine: looks at the new folder before it takes its place, and may raise.

    Returns:
        Where the old one stands.

    Raises:
        Problems: ``PATH_OUTSIDE``, ``SHELF_DENIED``, ``SHELF_FULL``; the folder is then as it was.
    """
    place = problems.Place(str(folder))
    problems.stop_on_errors([problems.path_outside(place, name) for name in files if _leads_out(name)])
    folder = Path(os.path.realpath(folder))
    with disk.refusals(folder):
        new = _unfinished(folder)
        if new.exists():
            shutil.rmtree(new)
        try:
            shutil.copytree(folder, new, symlinks=True)
            _put(new, files)
            examine(new)
            return _change_places(folder, new, kept)
        finally:
            if new.exists() and folder.exists():
                shutil.rmtree(new)


def mend_source(folder: Path) -> bool:
    """End a ``replace_source`` that was broken off between old and new; tell whether there was anything to mend.

    Raises:
        Problems: ``SHELF_DENIED``, ``SHELF_FULL``.
    """
    folder = Path(os.path.realpath(folder))
    if folder.exists() or not _unfinished(folder).is_dir():
        return False
    with disk.refusals(folder):
        _unfinished(folder).rename(folder)
    return True


def _unfinished(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}{NEW}")


def _change_places(folder: Path, new: Path, kept: str) -> Path:
    names = (folder.with_name(f"{folder.name}{kept}{number}") for number in itertools.count(1))
    old = next(path for path in names if not os.path.lexists(path))
    folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    disk.settle(folder.parent)
    return old


def write_file(path: Path, data: bytes) -> None:
    """Write one file, whole or not at all; one of that name is replaced.

    Raises:
        Problems: ``SHELF_DENIED``, ``SHELF_FULL``.
    """
    with disk.refusals(path):
        beside = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.absolute().parent))
        try:
            disk.write(beside / path.name, data)
            (beside / path.name).replace(path)
            disk.settle(path.absolute().parent)
        finally:
            shutil.rmtree(beside)


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write several files of one folder, all of them or none; those of their names are replaced.

    They are written beside their places first, and what stands there is kept until all have changed places: a full
    disk, or a file that another program holds, leaves everything as it was.

    Raises:
        Problems: ``SHELF_DENIED``, ``SHELF_FULL``.
    """
    first = next(iter(files))
    with disk.refusals(first):
        beside = Path(tempfile.mkdtemp(prefix=f".{first.name}.", dir=first.absolute().parent))
        try:
            _fill(beside / "new", {path.name: data for path, data in files.items()})
            (beside / "old").mkdir()
            _replace(list(files), beside / "new", beside / "old")
            disk.settle(first.absolute().parent)
        finally:
            shutil.rmtree(beside)


def _replace(paths: list[Path], new: Path, old: Path) -> None:
    """Let new files take their places; when one cannot, the old ones have theirs again."""
    for path in paths:
        if path.is_file():
            disk.carry(path, old / path.name)
    done: list[Path] = []
    try:
        for path in paths:
            (new / path.name).replace(path)
            done.append(path)
    except OSError:
        for path in done:
            if (old / path.name).exists():
                (old / path.name).replace(path)
            else:
                path.unlink()
        raise


def write_own(path: Path, data: bytes, sign: bytes) -> None:
    """Write one file, whole or not at all; one of that name is replaced only if it too opens with our ``sign``.

    Raises:
        Problems: ``FILE_TAKEN``, ``SHELF_DENIED``, ``SHELF_FULL``.
    """
    with disk.refusals(path):
        if path.exists() and not _opens_with(path, sign):
            raise problems.Problems([problems.file_taken(problems.Place(str(path)))])
    write_file(path, data)


def write_over(path: Path, data: bytes, objection: Callable[[bytes], problems.Problem | None]) -> None:
    """Write one file, whole or not at all; one of that name is replaced unless there is an objection to that.

    Args:
        path: where.
        data: its bytes.
        objection: the bytes that stand there → why they must stay; nothing when they need not.

    Raises:
        Problems: the objection, ``SHELF_DENIED``, ``SHELF_FULL``.
    """
    with disk.refusals(path):
        against = objection(path.read_bytes()) if path.exists() else None
    if against:
        raise problems.Problems([against])
    write_file(path, data)


def read_own(path: Path) -> bytes | None:
    """Read a file that was written here; nothing when it is not there.

    Raises:
        Problems: ``FILE_UNREADABLE``.
    """
    if not path.exists():
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        raise problems.Problems([problems.file_unreadable(problems.Place(str(path)), error)]) from error


def _opens_with(path: Path, sign: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(sign)) == sign


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or not path.parts


def _is_empty(folder: Path) -> bool:
    return not any(folder.iterdir())


def _fill(folder: Path, files: Mapping[str, str | bytes]) -> None:
    folder.mkdir()
    _put(folder, files)


def _put(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        disk.write(path, content.encode() if isinstance(content, str) else content)
        disk.settle(path.parent)


def _move_in(new: Path, folder: Path) -> None:
    """Let the new folder stand where it was asked for; one that is there is filled: someone may be working in it."""
    if not folder.exists():
        new.rename(folder)
    else:
        for entry in sorted(new.iterdir()):
            entry.rename(folder / entry.name)
    disk.settle(folder.absolute().parent)
