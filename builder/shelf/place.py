"""Finished files come in; the folder of their publication holds them all, or is as it was.

The new folder is written beside the old one, then the two change places (``swap``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from builder import problems
from builder.problems import Place, Problems
from builder.shelf import disk, manifest
from builder.shelf.lock import locked
from builder.shelf.swap import NEW, OLD, Swap, real

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from builder.shelf.manifest import File, Record, TitleFacts

PROGRAM = "program.md"  # what makes a folder a source folder: never a place for what is made of one


def place(files: Iterable[File], folder: Path, *, partial: bool = False) -> None:
    """Put the files of one publication into its folder of the shelf, whole or not at all.

    A whole build takes away what earlier builds made and this one did not. A partial one keeps it and marks it
    stale. What a person has put into the folder stays in both.

    Raises:
        Problems: ``SHELF_DENIED``, ``SHELF_FULL``; the folder is then as it was.
    """
    place_all({folder: tuple(files)}, partial=partial)


def place_all(
    works: Mapping[Path, tuple[File, ...]],
    *,
    facts: Mapping[Path, TitleFacts] = MappingProxyType({}),
    partial: bool = False,
    replaced: Collection[str] = (),
) -> tuple[Record, ...]:
    """Put the files of several publications into their folders, all of them or none; return what went for them.

    ``facts`` says of each what it is; ``replaced`` names files that a partial build takes away, too, where they were
    made by an earlier one.

    Raises:
        Problems: ``SHELF_DENIED``, ``SHELF_FULL``; ``SHELF_SOURCE`` when a folder holds a manuscript.
    """
    found = {real(folder): _Work(files, facts.get(folder)) for folder, files in works.items()}
    if sources := [folder for folder in found if (folder / PROGRAM).exists()]:
        raise Problems([problems.shelf_source(Place(str(folder))) for folder in sources])
    swaps = [_Swap(folder) for folder in found]
    gone: list[Record] = []
    for shelf in dict.fromkeys(swap.folder.parent for swap in swaps):
        with disk.refusals(shelf):
            shelf.mkdir(parents=True, exist_ok=True)
            with locked(shelf):
                here = [swap for swap in swaps if swap.folder.parent == shelf]
                gone += _exchange(here, found, frozenset(replaced) if partial else None)
    return tuple(gone)


def recover(shelf: Path) -> None:
    """Mend what an interrupted build has left on a shelf.

    Raises:
        Problems: ``SHELF_DENIED``, ``SHELF_FULL``.
    """
    if not any(_broken_off(shelf)):
        return
    with disk.refusals(shelf), locked(shelf):
        for swap in _broken_off(shelf):
            swap.mend()


def _broken_off(shelf: Path) -> Iterator[_Swap]:
    for path in [*shelf.glob(f".*{NEW}/"), *shelf.glob(f".*{OLD}/")]:
        yield _Swap(shelf / path.stem.removeprefix("."))


def _exchange(swaps: list[_Swap], works: Mapping[Path, _Work], replaced: frozenset[str] | None) -> list[Record]:
    """Write all new folders before the first changes places: a full disk is known by then."""
    gone: list[Record] = []
    try:
        for swap in swaps:
            swap.mend()
            gone += swap.prepare(works[swap.folder], replaced)
        for swap in swaps:
            swap.change_places()
    finally:
        for swap in swaps:
            swap.mend()
    return gone


@dataclass(frozen=True, slots=True)
class _Work:
    """What comes into a folder: the files of a publication, and what it is."""

    files: tuple[File, ...]
    facts: TitleFacts | None


@dataclass(frozen=True, slots=True)
class _Swap(Swap):
    """A folder of the shelf that changes."""

    def prepare(self, work: _Work, replaced: frozenset[str] | None) -> list[Record]:
        """Write the new folder: what is kept of the old one, then the files, then the list of both; return what goes.

        Of what earlier builds made, all goes, or, where they are named, what is ``replaced``.
        """
        made = {file.name for file in work.files} | {manifest.MANIFEST}
        listed = {each.path: each for each in manifest.records(self.folder)}
        gone = listed.keys() if replaced is None else listed.keys() & replaced
        self.new.mkdir()
        kept = [entry.name for entry in self._kept(made | gone)]
        for name in kept:
            disk.carry(self.folder / name, self.new / name)
        for file in work.files:
            disk.write(self.new / file.name, file.data)
        disk.write(self.new / manifest.MANIFEST, self._list(work, [listed[name] for name in kept if name in listed]))
        disk.settle(self.new)
        return [listed[name] for name in sorted(gone - made) if (self.folder / name).exists()]

    def _kept(self, unwanted: set[str]) -> Iterator[Path]:
        if self.folder.exists():
            yield from (entry for entry in sorted(self.folder.iterdir()) if entry.name not in unwanted)

    def _list(self, work: _Work, kept: list[Record]) -> bytes:
        stale = [replace(each, stale=True) for each in kept]
        return manifest.written(self.folder.name, work.facts, [*map(manifest.record, work.files), *stale])
