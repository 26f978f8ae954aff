"""The bytes of a .doc, .rtf or .odt file come in; a .docx that LibreOffice made of them goes out, nothing stays behind.

The file may come from a stranger: macros are off, links are not followed, and the network is behind a proxy that is
not there. The program has a profile of its own, so that one that is open at the desk is left alone.
"""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder import problems
from builder.problems import Place, Problems
from builder.shelf import disk, running

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECONDS = 120
_LARGEST = 100_000_000
_NAMES = {".doc", ".dot", ".wps", ".rtf", ".odt", ".ott", ".fodt", ".xml"}
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
)


@dataclass(frozen=True, slots=True)
class Office:
    """LibreOffice on this machine: ``program`` is what starts it, ``seconds`` how long a file may take."""

    program: Path
    seconds: float = _SECONDS

    def convert(self, data: bytes, suffix: str) -> bytes:
        """The bytes of a file and what its name ends in (``.doc``) → the bytes of a .docx.

        Raises:
            Problems: ``OFFICE_MISSING``, ``OFFICE_FAILED``, ``OFFICE_SLOW``, ``SHELF_DENIED``, ``SHELF_FULL``.
        """
        suffix = suffix.lower() if suffix.lower() in _NAMES else ".doc"
        with _folder() as name:
            folder = Path(name)
            with disk.refusals(folder):
                self._prepare(folder, data, suffix)
            self._run(folder, suffix)
            data = running.left(folder / "out" / "in.docx", _LARGEST) or b""
        if not data.startswith(b"PK"):
            raise Problems([problems.office_failed(Place(), suffix)])
        return data

    def _prepare(self, folder: Path, data: bytes, suffix: str) -> None:
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        (folder / "out").mkdir()
        disk.write(user / "registrymodifications.xcu", "".join(_settings()).encode())
        disk.write(folder / f"in{suffix}", data)

    def _run(self, folder: Path, suffix: str) -> None:
        try:
            running.run(_command(self.program, folder, suffix), self.seconds, folder)
        except OSError as error:
            raise Problems([problems.office_missing(Place(), suffix)]) from error
        except subprocess.TimeoutExpired as error:
            raise Problems([problems.office_slow(Place(), suffix, f"{self.seconds:g}")]) from error


def _folder() -> tempfile.TemporaryDirectory[str]:
    """A folder of our own; Windows may hold on to a file in it for a moment."""
    return tempfile.TemporaryDirectory(prefix="anpham-", ignore_cleanup_errors=True)


def _command(program: Path, folder: Path, suffix: str) -> list[str]:
    return [
        str(program),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--invisible",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nolockcheck",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "out"),
        str(folder / f"in{suffix}"),
    ]


def _settings() -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
    for path, name, value in _SETTINGS:
        yield (f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n')
    yield "</oor:items>\n"
