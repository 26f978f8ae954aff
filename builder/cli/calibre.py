"""Nothing comes in; what makes books for a Kindle goes out: calibre, where this machine has it."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.shelf import Calibre

_COMMAND = "ebook-convert"
_MAC = "/Applications/calibre.app/Contents/MacOS/ebook-convert"
_WINDOWS = ("ProgramFiles", "ProgramFiles(x86)", "ProgramW6432")


def program() -> Path | None:
    """Where calibre's conversion is started from; nothing when it is not there."""
    if found := shutil.which(_COMMAND):
        return Path(found)
    return next((path for path in _usual_places() if path.is_file()), None)


def _usual_places() -> Iterator[Path]:
    if sys.platform == "darwin":
        yield Path(_MAC)
    if os.name == "nt":
        for variable in _WINDOWS:
            if folder := os.environ.get(variable):
                yield from (Path(folder) / name / f"{_COMMAND}.exe" for name in ("Calibre2", "calibre"))


def converter() -> Calibre | None:
    """What makes books for a Kindle of e-books."""
    from builder import shelf  # noqa: PLC0415 - the doctor only looks whether it is there

    found = program()
    return shelf.Calibre(found, dict(os.environ)) if found else None
