"""Folders and a wish come in; the colour profile of a printing condition that was found there goes out.

Only profiles of printers for four inks count (class ``prtr``, space ``CMYK``: ISO 15076-1, 7.2): what PDF/X takes for
an output intent. None is shipped: most may not be handed on, and a shop knows its own.
"""

from __future__ import annotations

import hashlib
import os
import re
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SUFFIXES = (".icc", ".icm")
HEADER = 128
LARGEST = 16_000_000  # bytes; those of print shops have half a million to three million
MOST_FILES = 4000
DEEPEST = 4  # folders in folders
TAG = 12
# Where a source names none. Booklets are printed on paper that is not coated, so such a condition comes first, the
# newer before the older; then the commonest ones on coated paper, then any other, by name.
PREFERRED = ("FOGRA52", "FOGRA47", "UNCOATED", "FOGRA51", "FOGRA39", "COATED")
# The names of printing conditions in the registry of the ICC, as files and their descriptions write them.
REGISTERED = re.compile(r"(?:FOGRA\s?\d{2,3})|(?:CGATS[ .]?TR[ .]?0\d\d)|(?:JC200\d{3})", re.IGNORECASE)
REGISTRY = "http://www.color.org"


class NotAProfile(ValueError):  # noqa: N818 - named for what it is
    """Raised for a file that is no profile of a printer for four inks."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The profile of a printing condition.

    Attributes:
        name: its file's, without the suffix.
        description: what it says of itself.
        data: the file.
    """

    name: str
    description: str
    data: bytes = field(repr=False)

    @property
    def condition(self) -> str:
        """The condition's name in the ICC's registry (``FOGRA39``); empty when it is none of those."""
        found = REGISTERED.search(f"{self.description} {self.name}")
        return re.sub(r"[ .]+", " ", found[0].upper()).replace("FOGRA ", "FOGRA") if found else ""

    @property
    def called(self) -> str:
        """What to call it in a sentence."""
        return self.description or self.name

    @property
    def sha256(self) -> str:
        """The hash of the file, for whoever has to tell two of one name apart."""
        return hashlib.sha256(self.data).hexdigest()

    def answers(self, wish: str) -> bool:
        """Tell whether all words of a wish are in its description or its file's name; spaces and case are as may be."""
        said = _bare(self.description + " " + self.name)
        return all(_bare(word) in said for word in wish.split())


def parsed(name: str, data: bytes) -> Profile:
    """Read a profile.

    Raises:
        NotAProfile: see there.
    """
    if len(data) < HEADER + 4 or data[36:40] != b"acsp" or data[12:16] != b"prtr" or data[16:20] != b"CMYK":
        raise NotAProfile(name)
    return Profile(name, _description(data), data)


def read(path: Path) -> Profile:
    """Read the profile that someone names.

    Raises:
        NotAProfile: when the file is none.
        OSError: when it cannot be read.
    """
    if path.stat().st_size > LARGEST:
        raise NotAProfile(path.name)
    return parsed(path.stem, path.read_bytes())


def found(folders: Sequence[Path], wish: str = "") -> Profile | None:
    """Return the profile in the folders that answers a wish, or the one preferred when nothing is wished for.

    The same files give the same profile: by preference, then by name, then by content.
    """
    known = [profile for profile in _all(folders) if profile.answers(wish)]
    return min(known, key=_rank, default=None)


def stamps(folders: Sequence[Path], named: Path | None) -> tuple[str, ...]:
    """Say which files there are, how large and how old, so that whoever keeps what was made sees when they change."""
    return tuple(_stamp(path) for path in ([named] if named else [path for each in folders for path in _files(each)]))


def _stamp(path: Path) -> str:
    try:
        known = path.stat()
    except OSError:
        return str(path)
    return f"{path} {known.st_size} {known.st_mtime_ns}"


def _rank(profile: Profile) -> tuple[int, str, str]:
    said = _bare(profile.description + " " + profile.name)
    # "uncoated" holds "coated": the first that is met counts.
    place = next((number for number, word in enumerate(PREFERRED) if _bare(word) in said), len(PREFERRED))
    return place, profile.called.casefold(), profile.sha256


def _all(folders: Sequence[Path]) -> Iterator[Profile]:
    """Read every profile there is; what cannot be read is not there."""
    seen: set[str] = set()
    for folder in folders:
        for path in _files(folder):
            try:
                profile = read(path)
            except (NotAProfile, OSError):
                continue
            if profile.sha256 not in seen:
                seen.add(profile.sha256)
                yield profile


def _files(folder: Path) -> Iterator[Path]:
    """List the files of a folder that are called like profiles, in order, within bounds."""
    count = 0
    for place, folders, names in os.walk(folder):
        folders.sort()
        if place.removeprefix(str(folder)).count(os.sep) >= DEEPEST:
            folders.clear()
        for name in sorted(names):
            count += 1
            if count > MOST_FILES:
                return
            if name.lower().endswith(SUFFIXES):
                yield folder.joinpath(place, name)


def _description(data: bytes) -> str:
    """Read what a profile says of itself (ISO 15076-1, 9.2.41), in its first language; empty when that is damaged."""
    try:
        (count,) = struct.unpack_from(">I", data, HEADER)
        for number in range(min(count, 200)):
            name, start, length = struct.unpack_from(">4sII", data, HEADER + 4 + TAG * number)
            if name == b"desc":
                return _text(data[start : start + length])
    except (struct.error, UnicodeDecodeError):
        pass
    return ""


def _text(tag: bytes) -> str:
    if tag[:4] == b"mluc":
        length, start = struct.unpack_from(">II", tag, 20)
        return tag[start : start + length].decode("utf-16-be").strip("\0 ")
    if tag[:4] == b"desc":  # version 2
        (length,) = struct.unpack_from(">I", tag, 8)
        return tag[12 : 12 + length].decode("latin-1").strip("\0 ")
    return ""


def _bare(words: str) -> str:
    return re.sub(r"[\W_]+", "", words).upper()
