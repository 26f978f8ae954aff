"""The program's own folder comes in; the sites it put on show there go out, or go away.

<folder>/sites/3f…9c/            a site that is served, or was: made of a shelf, and made again for the asking
<folder>/sites/.3f…9c.anpham-…   one that is being written, or that a killed process left behind
"""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING

from builder.shelf import disk
from builder.shelf.lock import locked

if TYPE_CHECKING:
    from pathlib import Path

SITES = "sites"
_OWN = re.compile(r"[0-9a-f]{16}|\.[0-9a-f]{16}\.anpham-(?:new|old)")


def showcase(folder: Path, key: str) -> Path:
    """Name the place of a site.

    Raises:
        ValueError: when the key is no sixteen hexadecimal digits.
    """
    if key.startswith(".") or not _OWN.fullmatch(key):
        raise ValueError(f"no name for a site on show: {key!r}")
    return folder / SITES / key


def on_show(folder: Path) -> int:
    """Return how many bytes the sites have.

    Raises:
        OSError: when a folder cannot be read.
    """
    return sum(map(_size, _sites(folder / SITES)))


def take_down(folder: Path) -> int:
    """Throw the sites away, once none is being written; return how many bytes they had.

    Raises:
        Problems: ``SHELF_DENIED`` when the disk refuses.
    """
    sites = folder / SITES
    if not sites.is_dir():
        return 0
    with disk.refusals(sites), locked(sites):
        found = _sites(sites)
        size = sum(map(_size, found))
        for each in found:
            shutil.rmtree(each)
    return size


def _sites(folder: Path) -> list[Path]:
    """What is ours: folders with such names; a link is somebody else's."""
    there = folder.iterdir() if folder.is_dir() else ()
    return [each for each in there if _OWN.fullmatch(each.name) and each.is_dir() and not each.is_symlink()]


def _size(site: Path) -> int:
    files = (os.path.join(where, name) for where, _, names in os.walk(site) for name in names)  # noqa: PTH118
    return sum(os.lstat(each).st_size for each in files)
