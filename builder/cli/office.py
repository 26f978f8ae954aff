"""Nothing comes in; what converts old office files goes out: LibreOffice, where this machine has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.cli import programs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_COMMANDS = ("soffice", "libreoffice", "loffice")
_MAC = ("/Applications/LibreOffice.app/Contents/MacOS/soffice", "/opt/homebrew/bin/soffice")
_WINDOWS = ("LibreOffice/program/soffice.com",)  # the one that waits


def program() -> Path | None:
    """Where LibreOffice is started from; nothing when it is not there."""
    return programs.find(_COMMANDS, _MAC, _WINDOWS)


def converter() -> Callable[[bytes, str], bytes]:
    """What makes a .docx of a .doc, .rtf or .odt: its bytes and its suffix → bytes.

    What it returns raises ``OFFICE_MISSING`` where there is no LibreOffice, and what ``shelf.Office.convert`` does.
    """
    from builder import intake, shelf  # noqa: PLC0415 - the doctor only looks whether it is there

    found = program()
    return shelf.Office(found).convert if found else intake.without_office
