"""What a program is called and where it usually stands come in; where it is started from on this machine goes out."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WINDOWS = ("ProgramFiles", "ProgramFiles(x86)", "ProgramW6432")


def find(names: Sequence[str], mac: Sequence[str], windows: Sequence[str]) -> Path | None:
    """Look for a program on the path first; nothing when it is not on this machine.

    Args:
        names: what its command is called, the likeliest first.
        mac: files that it is on macOS.
        windows: files that it is below a folder of programs on Windows.
    """
    for name in names:
        if found := shutil.which(name):
            return Path(found)
    return next((path for path in _usual_places(mac, windows) if path.is_file()), None)


def _usual_places(mac: Sequence[str], windows: Sequence[str]) -> Iterator[Path]:
    if sys.platform == "darwin":
        yield from map(Path, mac)
    if os.name == "nt":
        for variable in _WINDOWS:
            if folder := os.environ.get(variable):
                yield from (Path(folder) / file for file in windows)
