"""Nothing comes in; what converts old office files goes out: LibreOffice, where this machine has it."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_COMMANDS = ("soffice", "libreoffice", "loffice")
_MAC = ("/Applications/LibreOffice.app/Contents/MacOS/soffice", "/opt/homebrew/bin/soffice")
_WINDOWS = ("ProgramFiles", "ProgramFiles(x86)", "ProgramW6432")


def program() -> Path | None:
    """Where LibreOffice is started from; nothing when it is not there."""
    for name in _COMMANDS:
        if found := shutil.which(name):
            return Path(found)
    return next((path for path in _usual_places() if path.is_file()), None)


def _usual_places() -> Iterator[Path]:
    if sys.platform == "darwin":
        yield from map(Path, _MAC)
    if os.name == "nt":
        for variable in _WINDOWS:
            if folder := os.environ.get(variable):
                yield Path(folder) / "LibreOffice" / "program" / "soffice.com"  # the one that waits


def converter() -> Callable[[bytes, str], bytes]:
    """What makes a .docx of a .doc, .rtf or .odt: its bytes and its suffix → bytes.

    What it returns raises ``OFFICE_MISSING`` where there is no LibreOffice, and what ``shelf.Office.convert`` does.
    """
    from builder import intake, shelf  # noqa: PLC0415 - the doctor only looks whether it is there

    found = program()
    return shelf.Office(found).convert if found else intake.without_office
