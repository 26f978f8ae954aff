"""The parts of an EPUB come in; its archive goes out, the same bytes every time, and the other way round.

``mimetype`` comes first, stored; the rest follows by name; nothing is dated (OCF, EPUB 3.3 §4.2).
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRST = "mimetype"
FOLDER = "EPUB"
PACKAGE = f"{FOLDER}/content.opf"
DATE = (1980, 1, 1, 0, 0, 0)  # the archive's first possible date
UNIX, PLAIN_FILE = 3, 0o100644 << 16


def parts(archive: bytes) -> dict[str, bytes]:
    """Return the parts of an archive of ours: name → bytes, in their order."""
    with zipfile.ZipFile(io.BytesIO(archive)) as given:
        return {name: given.read(name) for name in given.namelist()}


def part(archive: bytes, name: str) -> bytes:
    """Return one part of an archive of ours."""
    with zipfile.ZipFile(io.BytesIO(archive)) as given:
        return given.read(name)


def sealed(parts: Mapping[str, bytes]) -> bytes:
    """Pack parts into an archive."""
    sealing = io.BytesIO()
    with zipfile.ZipFile(sealing, "w") as taken:
        for name in sorted(parts, key=lambda name: (name != FIRST, name)):
            _put(taken, name, parts[name])
    return sealing.getvalue()


def joined(archive: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Put parts that are new behind those of an archive, which are not packed again."""
    sealing = io.BytesIO()
    sealing.write(archive)
    with zipfile.ZipFile(sealing, "a") as taken:
        for name in sorted(parts):
            _put(taken, name, parts[name])
    return sealing.getvalue()


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, DATE)
    entry.create_system, entry.external_attr = UNIX, PLAIN_FILE
    entry.compress_type = zipfile.ZIP_STORED if name == FIRST else zipfile.ZIP_DEFLATED
    archive.writestr(entry, data, compresslevel=9)
