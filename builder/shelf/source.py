"""The files of a source folder, or one file, come in; they stand on the disk, and nothing was overwritten unasked."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from builder import problems
from builder.shelf import disk

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
