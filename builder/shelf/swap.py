"""A folder comes in; another is written beside it, then the two change places, whatever happens on the way.

    .so-tay.anpham-new   so-tay                          being written; broken off here, the new one is thrown away
    .so-tay.anpham-new   so-tay                          changed, in one step; what is called new is the old one now

Both stand in one folder, so that the disk has only names to change. Where it cannot change both at once, there is a
moment in which neither has its place:

    .so-tay.anpham-new            .so-tay.anpham-old     changing places; broken off here, the new one moves in
                         so-tay   .so-tay.anpham-old     changed; the old one is thrown away
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.shelf import disk

if TYPE_CHECKING:
    from pathlib import Path

NEW, OLD = ".anpham-new", ".anpham-old"


def real(folder: Path) -> Path:
    """Follow the links to a folder, as far as they lead anywhere: ``Path.resolve()`` would raise on a ring."""
    return folder.__class__(os.path.realpath(folder))


@dataclass(frozen=True, slots=True)
class Swap:
    """A folder and the two that stand beside it while it changes."""

    folder: Path

    @property
    def new(self) -> Path:
        """Where the new one is written."""
        return self.folder.with_name(f".{self.folder.name}{NEW}")

    @property
    def old(self) -> Path:
        """Where the old one waits till the new one has its place."""
        return self.folder.with_name(f".{self.folder.name}{OLD}")

    def mend(self) -> None:
        """End an exchange that was broken off: forwards once the new folder was whole, else backwards.

        Raises:
            OSError: when the disk refuses.
        """
        if self.old.exists() and not self.folder.exists():
            (self.new if self.new.exists() else self.old).rename(self.folder)
        for path in (self.new, self.old):
            if path.exists():
                shutil.rmtree(path)

    def change_places(self) -> None:
        """Let the new folder take the old one's place; if it cannot, the old one comes back.

        Raises:
            OSError: when the disk refuses.
        """
        if not (self.folder.exists() and disk.exchange(self.new, self.folder)):
            self._one_after_the_other()
        disk.settle(self.folder.parent)

    def _one_after_the_other(self) -> None:
        if self.folder.exists():
            self.folder.rename(self.old)
        try:
            self.new.rename(self.folder)
        except OSError:
            if self.old.exists():
                self.old.rename(self.folder)
            raise
