"""The bytes of a zip container (a Word file and its like) → its parts by name, each bounded; or a problem.

Such a file may come from a stranger: nothing is unpacked onto the disk, names are only keys, and neither a part nor
all of them may become larger than a person's document ever is, whatever sizes the file declares.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO

from builder import problems
from builder.problems import Place, Problems

MOST_PARTS = 10_000
MOST_OF_ONE = 64_000_000
MOST_OF_ALL = 256_000_000
_SUSPECT = 4_000_000  # a part that is larger and shrinks to next to nothing is made to fill the memory
_MOST_RATIO = 400
_ENTRY = b"PK\x01\x02"
_MOST_ENTRIES = 100_000  # those of sheets embedded in it are among them; each takes half a kilobyte once it is listed
_ENCRYPTED = 0x1
KINDS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How an office program packs a part."""

DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError, LookupError)
"""What zipfile and zlib say of damaged bytes; a ``RuntimeError`` is a kind of zip they do not know."""

_KIND = "Office (.docx, .xlsx)"


@dataclass(slots=True)
class Archive:
    """The parts of a container; ``names`` are as the container spells them, with ``/`` between folders."""

    file: str
    names: tuple[str, ...]
    _container: zipfile.ZipFile = field(repr=False)
    _entries: dict[str, zipfile.ZipInfo] = field(repr=False)
    _left: int = MOST_OF_ALL

    def __contains__(self, name: str) -> bool:
        """Tell whether there is a part of that name, in letters of either case."""
        return name.lower() in self._entries

    @property
    def comment(self) -> bytes:
        """What is said of the container as a whole, at its end."""
        return self._container.comment

    @property
    def sums(self) -> tuple[tuple[str, int], ...]:
        """The name and the CRC-32 of every entry, in their order."""
        return tuple((entry.filename, entry.CRC) for entry in self._container.infolist())

    def read(self, name: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            Problems: when it is damaged or larger than it may be.
            KeyError: when there is no part of that name.
        """
        entry = self._entries[name.lower()]
        most = min(MOST_OF_ONE, self._left)
        try:
            with self._container.open(entry) as part:
                data = part.read(min(most, entry.file_size) + 1)
        except DAMAGE as error:
            raise Problems([problems.intake_part(Place(self.file), name)]) from error
        if len(data) > most:
            raise Problems([problems.intake_bomb(Place(self.file), MOST_OF_ALL // 1_000_000)])
        self._left -= len(data)
        return data


def is_crowded(data: bytes) -> bool:
    """Tell, before a list is made of them, whether a container may have more entries than the memory should hold."""
    return data.count(_ENTRY) > _MOST_ENTRIES


def open_(data: bytes, file: str) -> Archive:
    """Bytes → their container.

    Raises:
        Problems: when it is damaged, locked with a password, of another kind, or made to fill the memory.
    """
    if is_crowded(data):
        raise Problems([problems.intake_bomb(Place(file), MOST_OF_ALL // 1_000_000)])
    try:
        container = zipfile.ZipFile(BytesIO(data))
        listed = container.infolist()
    except DAMAGE as error:
        raise Problems([problems.intake_damaged(Place(file), _KIND)]) from error
    _refuse(listed, len(data), file)
    entries = _by_name(listed, file)
    return Archive(file, tuple(entry.filename.replace("\\", "/") for entry in entries.values()), container, entries)


def _refuse(listed: list[zipfile.ZipInfo], size: int, file: str) -> None:
    """Refuse what declares to be too large, is encrypted, or packed in a way that no office program packs.

    Raises:
        Problems: naming the reason.
    """
    if any(entry.flag_bits & _ENCRYPTED for entry in listed):
        raise Problems([problems.intake_locked(Place(file), _KIND)])
    if any(entry.compress_type not in KINDS for entry in listed):
        raise Problems([problems.intake_damaged(Place(file), _KIND)])
    total = sum(entry.file_size for entry in listed)
    if len(listed) > MOST_PARTS or total > MOST_OF_ALL or any(_is_bomb(entry, size) for entry in listed):
        raise Problems([problems.intake_bomb(Place(file), MOST_OF_ALL // 1_000_000)])


def _is_bomb(entry: zipfile.ZipInfo, size: int) -> bool:
    packed = min(entry.compress_size, size)
    return entry.file_size > MOST_OF_ONE or entry.file_size > max(_SUSPECT, packed * _MOST_RATIO)


def _by_name(listed: list[zipfile.ZipInfo], file: str) -> dict[str, zipfile.ZipInfo]:
    """Key the parts by their names in small letters; what leads out of the container is no part of it.

    Raises:
        Problems: when a name stands there twice: programs would disagree about which one is meant.
    """
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in listed:
        name = entry.filename.replace("\\", "/").lower()
        if name.endswith("/") or not name or ".." in name.split("/") or name.startswith("/") or ":" in name:
            continue
        if name in found:
            raise Problems([problems.intake_part(Place(file), entry.filename)])
        found[name] = entry
    return found
