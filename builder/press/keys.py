"""Nothing comes in; what this program sets type with, down to the last version, goes out as one hash.

What was set by another version of anything is not taken for what this one would set.
"""

from __future__ import annotations

import ctypes
import zlib
from functools import cache
from importlib import metadata, resources
from typing import TYPE_CHECKING

from builder import __version__
from builder.press.galley import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGINES = (
    "weasyprint",
    "pydyf",
    "cssselect2",
    "tinycss2",
    "tinyhtml5",
    "pillow",
    "fonttools",
    "uharfbuzz",
    "pikepdf",
    "pypdfium2",
)
# The names WeasyPrint looks for, system by system.
PANGO = ("libpango-1.0-0", "pango-1.0-0", "libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")
HARFBUZZ = ("libharfbuzz-0", "harfbuzz", "libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll")


@cache
def engines() -> str:
    """Return the SHA-256 of the program's own code, the versions of its engines and of the system's libraries."""
    versions = [f"{name} {metadata.version(name)}" for name in ENGINES]
    system = [_pango(), _harfbuzz(), zlib.ZLIB_RUNTIME_VERSION]
    return digest(__version__, *versions, *system, *_own())


def _own() -> Iterator[bytes]:
    """Yield the program's own code: in a checkout it changes without its version."""
    rooms = sorted(each.name for each in resources.files("builder").iterdir() if each.is_dir())
    for room in (".", *rooms):
        for name in sorted(each.name for each in resources.files("builder").joinpath(room).iterdir()):
            if name.endswith((".py", ".toml")):
                yield f"{room}/{name}".encode()
                yield resources.files("builder").joinpath(room, name).read_bytes()


def _pango() -> str:
    library = _library(PANGO)
    return str(library.pango_version()) if library else ""


def _harfbuzz() -> str:
    library = _library(HARFBUZZ)
    if library is None:
        return ""
    library.hb_version_string.restype = ctypes.c_char_p
    return bytes(library.hb_version_string()).decode()


def _library(names: tuple[str, ...]) -> ctypes.CDLL | None:
    for name in names:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None
