"""The files of a site come in, one after another; its folder holds them all, or is as it was.

The new site is written beside the old one, then the two change places (``swap``). What is ours in the old one its
``SHA256SUMS`` says; everything else its owner has put there (``.htaccess``, ``CNAME``, ``.git``) and finds again.

A tree of a site may have a list of its own and be named nowhere else: its folder's name is known by its form alone.
"""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import ExitStack, contextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from builder import problems
from builder.problems import Place, Problems
from builder.shelf import disk
from builder.shelf.lock import locked
from builder.shelf.place import PROGRAM
from builder.shelf.swap import Swap, real

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SUMS = "SHA256SUMS"
STATE = "muc-luc.json"
"""What whoever publishes remembers of a site; it is in every site of ours, and in no other."""

UNLISTED = re.compile(r"[a-z2-7]{26,}")
_LINE = re.compile(r"([0-9a-f]{64}) [ *]([^\\\n]+)")
_OWNERS_ALONE = frozenset({"CNAME", "robots.txt"})  # besides what is hidden: what a new place may begin with
_LARGEST = 50_000_000  # bytes of a list, or of what is read again


class Tree:
    """A site, or a tree in it, while it is being written; its paths have ``/`` between their parts.

    Attributes:
        files: how many files it has by now, those of its trees not counted.
        bytes: their size.
    """

    def __init__(self, new: Path, old: Path) -> None:
        """Begin in a new folder; the old one may be there or not."""
        self.files = 0
        self.bytes = 0
        self._new, self._old = new, old
        self._sums: dict[str, str] = {}
        self._folders: set[Path] = set()
        self._trees: list[Tree] = []

    def put(self, path: str, data: bytes) -> None:
        """Write a file.

        Raises:
            Problems: ``SHELF_DENIED``, ``SHELF_FULL``.
            ValueError: for a path that leads out, or at which a file stands already.
        """
        self.lay(path, (data,))

    def lay(self, path: str, pieces: Iterable[bytes]) -> None:
        """Write a file piece by piece (else as ``put``)."""
        parts = PurePosixPath(path).parts
        if not parts or parts[0] == "/" or ".." in parts or path in self._sums:
            raise ValueError(f"no place for a file of a site: {path!r}")
        target = self._new.joinpath(*parts)
        digest = hashlib.sha256()
        with disk.refusals(target):
            if target.parent not in self._folders:
                target.parent.mkdir(parents=True, exist_ok=True)
                self._show(target.parent)
            disk.write_soon(target, self._counted(pieces, digest))
            disk.show(target)
        self._sums[path] = digest.hexdigest()
        self.files += 1

    def _show(self, folder: Path) -> None:
        for each in (folder, *folder.parents):
            if each in self._folders or not each.is_relative_to(self._new):
                break
            disk.show(each)
            self._folders.add(each)

    def _counted(self, pieces: Iterable[bytes], digest: hashlib._Hash) -> Iterator[bytes]:
        for piece in pieces:
            digest.update(piece)
            self.bytes += len(piece)
            yield piece

    def under(self, name: str) -> Tree:
        """Begin a tree in a folder of this one, with a list of its own; in this one's it is not named.

        Raises:
            Problems: ``SHELF_DENIED``, ``SHELF_FULL``.
            ValueError: when it could not be known again by its name.
        """
        if not UNLISTED.fullmatch(name):
            raise ValueError(f"no name for a tree that is not listed: {name!r}")
        with disk.refusals(self._new / name):
            (self._new / name).mkdir()
        tree = Tree(self._new / name, self._old / name)
        self._trees.append(tree)
        return tree

    def __contains__(self, path: str) -> bool:
        """Tell whether a file was written at a path."""
        return path in self._sums

    def former(self, path: str) -> bytes | None:
        """Return what stands at a path of the old site, where it is what was put there.

        Raises:
            Problems: ``SHELF_DENIED``.
        """
        with disk.refusals(self._old / path):
            data = _read(self._old / path)
            wanted = _sums(self._old).get(path)
        return data if data is not None and hashlib.sha256(data).hexdigest() == wanted else None

    def finish(self) -> None:
        """Write the lists, of itself and of the trees in it.

        Raises:
            Problems: ``SHELF_DENIED``, ``SHELF_FULL``.
        """
        for tree in (self, *self._trees):
            lines = (f"{digest}  {path}\n" for path, digest in sorted(tree._sums.items()))  # noqa: SLF001 - of its kind
            tree.put(SUMS, "".join(lines).encode())


@contextmanager
def renewed(folder: Path, shelf: Path) -> Iterator[Tree]:
    """Hand out a site to be written; in the end it takes the place of the old one, unless something is raised.

    Args:
        folder: where the site stands, or will.
        shelf: where its publications come from.

    Raises:
        Problems: ``SITE_SHELF``, ``SITE_SOURCE``, ``SITE_DRIVE``, ``SITE_HERE``, ``SITE_FILE``, ``SITE_TAKEN``,
            ``SITE_OWNERS``, ``SHELF_DENIED``, ``SHELF_FULL``; the folder is then as it was.
    """
    swap = Swap(real(folder))
    _fit(swap.folder, real(shelf), Place(str(folder)))
    with ExitStack() as stack:
        with disk.refusals(folder):
            swap.folder.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(swap.folder.parent))
            swap.mend()
            _free(swap.folder, Place(str(folder)))
            swap.new.mkdir()
        try:
            tree = Tree(swap.new, swap.folder)
            yield tree
            with disk.refusals(folder):
                tree.finish()
                _carry_owners(swap.folder, swap.new)
                disk.settle_all()
                swap.change_places()
        finally:
            with disk.refusals(folder):
                swap.mend()


# --- what may stand where -------------------------------------------------------------------------


def _fit(folder: Path, shelf: Path, place: Place) -> None:
    if folder == shelf or shelf in folder.parents or folder in shelf.parents:
        raise Problems([problems.site_shelf(place)])
    if any(os.path.exists(each / PROGRAM) for each in (folder, *folder.parents)):  # noqa: PTH110 - Path's may raise
        raise Problems([problems.site_source(place)])
    if not folder.name or os.path.ismount(folder):
        raise Problems([problems.site_drive(place)])
    here = real(folder.__class__())
    if folder == here or folder in here.parents:
        raise Problems([problems.site_here(place)])


def _free(folder: Path, place: Place) -> None:
    """Make sure that a site may stand in a folder: there is none, or a site of ours, or next to nothing."""
    if not os.path.lexists(folder):
        return
    if not folder.is_dir():
        raise Problems([problems.site_file(place)])
    if not _is_site(folder) and not all(map(_is_owners_alone, folder.iterdir())):
        raise Problems([problems.site_taken(place)])


def _is_owners_alone(entry: Path) -> bool:
    return entry.name.startswith(".") or entry.name in _OWNERS_ALONE


def _is_site(folder: Path) -> bool:
    return {"index.html", STATE} <= _sums(folder).keys()


def _sums(folder: Path) -> dict[str, str]:
    """Read the list of a site: path → SHA-256; lines that nobody can have written here are passed over."""
    text = (_read(folder / SUMS) or b"").decode("utf-8", "replace")
    lines = filter(None, map(_LINE.fullmatch, text.splitlines()))
    return {line[2]: line[1] for line in lines}


def _read(path: Path) -> bytes | None:
    plain = path.is_file() and not path.is_symlink() and path.stat().st_size <= _LARGEST
    return path.read_bytes() if plain else None


# --- what its owner has put there -----------------------------------------------------------------


def _carry_owners(old: Path, new: Path) -> None:
    """Let everything in the old site that is not ours stand in the new one too."""
    if old.exists():
        for path in _owners(old, _Ours("", {*_sums(old), SUMS})):
            _carry(old / path, new / path)


class _Ours:
    """The files of a site or a tree, by their paths, and the folders that hold them."""

    def __init__(self, before: str, paths: Iterable[str]) -> None:
        self.files = {before + path for path in paths}
        self.folders = {str(parent) for path in self.files for parent in PurePosixPath(path).parents}


def _owners(folder: Path, ours: _Ours, before: str = "") -> Iterator[str]:
    """Yield the paths of what is not ours: files, and folders that hold nothing of ours."""
    for entry in sorted(folder.iterdir()):
        path = before + entry.name
        is_folder = entry.is_dir() and not entry.is_symlink()
        if is_folder and not before and UNLISTED.fullmatch(entry.name) and _is_site(entry):
            yield from _owners(entry, _Ours(f"{path}/", {*_sums(entry), SUMS}), f"{path}/")
        elif is_folder and path in ours.folders:
            yield from _owners(entry, ours, f"{path}/")
        elif is_folder or path not in ours.files:
            yield path


def _carry(entry: Path, target: Path) -> None:
    """Let something of the owner's stand in the new site; folders of both are one, files of both are a problem."""
    if entry.is_dir() and target.is_dir() and not entry.is_symlink():
        for each in sorted(entry.iterdir()):
            _carry(each, target / each.name)
    elif os.path.lexists(target):
        raise Problems([problems.site_owners(Place(str(entry)))])
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        disk.carry(entry, target)
