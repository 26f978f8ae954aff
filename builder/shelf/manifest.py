"""The files of a publication come in; the list of them that stands beside them (``manifest.json``) goes out.

The list says what each file is and what it was made from. It holds no times, so that the same source gives the
same list.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MANIFEST = "manifest.json"
FORMAT = 2
OPEN = ("khong-kinh-doanh", "xuat-ban")
"""The profiles of imprints whose publications are for everybody; all others are for members alone."""


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """What a shelf says of an edition.

    Attributes:
        name: as its publication calls it.
        layout: its layout.
        trim: what its page size is called (``A5``).
        width: of a page (mm).
        height: of a page (mm).
        on_screen: its pages are for a telephone, not for paper.
        audience: ``participant`` or ``leader``.
        type: ``normal`` or ``large``.
        per: ``session`` where every session is a book of its own.
        scheme: how its sheets become a book (``saddle``, ``signatures``, ``side``, ``perfect``); empty where it is
            made for no sheets.
    """

    name: str
    layout: str
    trim: str
    width: float
    height: float
    on_screen: bool = False
    audience: str = "participant"
    type: str = "normal"
    per: str = ""
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class OriginalFacts:
    """The document studied: its kind, number, date (ISO 8601), who issued it, what it is about."""

    kind: str = ""
    number: str = ""
    date: str = ""
    issuer: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """A study session: its id, its number as printed, its title."""

    id: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """What a shelf says of a publication; what nobody has said is empty.

    Attributes:
        title: of the publication.
        subtitle: of the publication.
        notice: what its readers are told first.
        kind: of publication (``Sổ tay bạn đọc``).
        period: for which it was made (``Quý II/2026``).
        date: of publication (ISO 8601).
        language: a BCP 47 tag.
        unit: who brings it out.
        parent: the body above the unit.
        compiled: who made it.
        profile: what its imprint follows (``noi-bo``, ``xuat-ban``).
        address: where its e-book is to be had.
        original: the document studied.
        sessions: in order.
        editions: in order; the first is the one in everybody's hand.
    """

    title: str
    subtitle: str = ""
    notice: str = ""
    kind: str = ""
    period: str = ""
    date: str = ""
    language: str = "vi"
    unit: str = ""
    parent: str = ""
    compiled: str = ""
    profile: str = ""
    address: str = ""
    original: OriginalFacts = OriginalFacts()
    sessions: tuple[SessionFacts, ...] = ()
    editions: tuple[EditionFacts, ...] = ()

    @property
    def is_internal(self) -> bool:
        """Tell whether it is for members alone: whatever nobody has said to be for everybody."""
        return self.profile not in OPEN


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
        part: the id of the session it is for, where every session has its own.
    """

    name: str
    kind: str
    edition: str
    pages: int | None
    source: str
    data: bytes = field(repr=False)
    part: str = ""


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
    part: str = ""


def record(file: File) -> Record:
    """Describe a finished file."""
    return Record(
        file.name,
        file.kind,
        file.edition,
        file.pages,
        len(file.data),
        sha256(file.data),
        file.source,
        part=file.part,
    )


def sha256(data: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def written(slug: str, facts: TitleFacts | None, listed: Iterable[Record]) -> bytes:
    """Write the list of one publication as JSON: what it is, where that is known, and its files by name."""
    said: dict[str, object] = {"format": FORMAT, "slug": slug}
    if facts:
        said["publication"] = asdict(facts)
    said["files"] = [_plain(each) for each in sorted(listed, key=lambda each: each.path)]
    return f"{json.dumps(said, ensure_ascii=False, indent=2)}\n".encode()


def facts(folder: Path) -> TitleFacts | None:
    """Read what the list in a folder of the shelf says of its publication.

    Nothing when there is no list, when it is an earlier version's, or someone has made it unreadable.
    """
    try:
        return msgspec.convert(_read(folder)["publication"], TitleFacts)
    except (FileNotFoundError, NotADirectoryError, ValueError, LookupError, TypeError, msgspec.MsgspecError):
        return None


def records(folder: Path) -> tuple[Record, ...]:
    """Read the list in a folder of the shelf; nothing when there is none, or someone has made it unreadable."""
    try:
        return tuple(Record(**each) for each in _read(folder)["files"])
    except (FileNotFoundError, NotADirectoryError, ValueError, LookupError, TypeError):
        return ()


def _read(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    return read


def _plain(each: Record) -> dict[str, str | int | bool | None]:
    return {name: getattr(each, name) for name in Record.__slots__}
