"""The files of a publication come in; the list of them that stands beside them (``manifest.json``) goes out.

The list says what each file is and what it was made from. It holds no times, so that the same source gives the
same list.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MANIFEST = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class File:
    """A finished file on its way to the shelf.

    Attributes:
        name: its name in the folder of its publication.
        kind: ``pdf``, ``booklet``, ``card`` or ``epub``.
        edition: the edition it is a copy of.
        pages: how many pages it has (an e-book: how many its page list names); ``None`` when it has none.
        source: SHA-256 of the publication, the layout and, for a print shop, the profile it was made from.
        data: its bytes.
    """

    name: str
    kind: str
    edition: str
    pages: int | None
    source: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the list: a file that stands on the shelf; ``stale`` when the last build did not make it again."""

    path: str
    kind: str
    edition: str
    pages: int | None
    bytes: int
    sha256: str
    source: str
    stale: bool = False


def record(file: File) -> Record:
    """Describe a finished file."""
    return Record(file.name, file.kind, file.edition, file.pages, len(file.data), sha256(file.data), file.source)


def sha256(data: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def written(slug: str, listed: Iterable[Record]) -> bytes:
    """Write the list of one publication as JSON, files by name."""
    files = [_plain(each) for each in sorted(listed, key=lambda each: each.path)]
    text = json.dumps({"format": FORMAT, "slug": slug, "files": files}, ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def records(folder: Path) -> tuple[Record, ...]:
    """Read the list in a folder of the shelf; nothing when there is none, or someone has made it unreadable."""
    try:
        files = json.loads((folder / MANIFEST).read_text("utf-8"))["files"]
        return tuple(Record(**each) for each in files)
    except (FileNotFoundError, NotADirectoryError, ValueError, LookupError, TypeError):
        return ()


def _plain(each: Record) -> dict[str, str | int | bool | None]:
    return {name: getattr(each, name) for name in Record.__slots__}
