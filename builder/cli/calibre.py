"""Nothing comes in; what makes books for a Kindle goes out: calibre, where this machine has it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from builder.cli import programs

if TYPE_CHECKING:
    from pathlib import Path

    from builder.shelf import Calibre

_COMMANDS = ("ebook-convert",)
_MAC = ("/Applications/calibre.app/Contents/MacOS/ebook-convert",)
_WINDOWS = ("Calibre2/ebook-convert.exe", "calibre/ebook-convert.exe")


def program() -> Path | None:
    """Where calibre's conversion is started from; nothing when it is not there."""
    return programs.find(_COMMANDS, _MAC, _WINDOWS)


def converter() -> Calibre | None:
    """What makes books for a Kindle of e-books."""
    from builder import shelf  # noqa: PLC0415 - the doctor only looks whether it is there

    found = program()
    return shelf.Calibre(found, dict(os.environ)) if found else None
