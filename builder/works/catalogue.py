"""What stands on a shelf comes in; what of it is for whom goes out, and when each thing last became another."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from builder.publication import EBOOKS
from builder.site.nouns import FIRST_READING, Download
from builder.works.asked import COPIES, FILES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from builder.shelf import EditionFacts, Record, Stocked

UNDATED = "1980-01-01T00:00:00Z"
_MOMENT = re.compile(r"[1-8]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
_FORMAT = 1


def newest_first(stock: Iterable[Stocked]) -> list[Stocked]:
    """Put publications in order: by date, those of a day by name; those without one come last."""
    by_name = sorted(stock, key=lambda each: each.slug)
    return sorted(by_name, key=lambda each: each.facts.date, reverse=True)


# --- for whom -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lots:
    """The files of a publication, by whom they are for; see ``site.nouns.Title``.

    Attributes:
        books: e-books for members, each in all its variants, EPUB first.
        pages: files of pages for members.
        printing: files for whoever prints.
        leaders: all files of the editions for whoever leads.
        copies: numbered copies.
        strays: files of editions that the publication does not have any more.
    """

    books: tuple[tuple[Download, ...], ...] = ()
    pages: tuple[Download, ...] = ()
    printing: tuple[Download, ...] = ()
    leaders: tuple[Download, ...] = ()
    copies: tuple[Download, ...] = ()
    strays: tuple[Record, ...] = ()

    @property
    def all(self) -> tuple[Download, ...]:
        """All files."""
        books = (file for book in self.books for file in book)
        return (*books, *self.pages, *self.printing, *self.leaders, *self.copies)


def lots(stocked: Stocked, *, copies: bool = False) -> Lots:
    """Sort the files of a publication: editions and sessions in its order, kinds in the order they are made.

    Args:
        stocked: the publication.
        copies: numbered copies are wanted, too.
    """
    editions = {each.name: each for each in stocked.facts.editions}
    places = {name: place for place, name in enumerate(editions)}
    parts = {each.id: place for place, each in enumerate(stocked.facts.sessions, 1)}
    kinds = {kind: place for place, kind in enumerate((*FILES, *COPIES.values()))}

    def place(record: Record) -> tuple[int, int, int, str]:
        last = len(kinds)
        return places[record.edition], parts.get(record.part, 0), kinds.get(record.kind, last), record.path

    wanted = [each for each in stocked.records if copies or not is_copy(each)]
    known = sorted((each for each in wanted if each.edition in editions), key=place)
    found: dict[str, list[Download]] = {name: [] for name in ("pages", "printing", "leaders", "copies")}
    books: dict[tuple[str, str], list[Download]] = {}
    for record in known:
        download = _download(record, editions[record.edition])
        lot = _lot(record, download.edition)
        (books.setdefault((record.edition, record.part), []) if lot == "books" else found[lot]).append(download)
    # A book that nothing but a Kindle can open says nothing of itself.
    mute = [key for key, book in books.items() if all(each.kind == "azw3" for each in book)]
    found["pages"] += [each for key in mute for each in books.pop(key)]
    strays = tuple(each for each in wanted if each.edition not in editions)
    return Lots(tuple(map(tuple, books.values())), strays=strays, **{name: tuple(lot) for name, lot in found.items()})


def is_made_here(record: Record) -> bool:
    """Tell whether a file is of a kind that is made here, and ends as that kind does: nothing else is handed on."""
    masters = {copy: master for master, copy in COPIES.items()}
    ending = FILES.get(masters.get(record.kind, record.kind))
    return ending is not None and record.path.endswith(ending)


def is_copy(record: Record) -> bool:
    """Tell whether a file is a numbered copy."""
    return record.kind in COPIES.values()


def _lot(record: Record, edition: EditionFacts) -> str:
    if is_copy(record):
        return "copies"
    if edition.audience != "participant":
        return "leaders"
    if record.kind in EBOOKS:
        return "books"
    return "pages" if record.kind == "pdf" else "printing"


def _download(record: Record, edition: EditionFacts) -> Download:
    return Download(
        record.path, record.kind, edition, record.bytes, record.sha256, record.pages, record.stale, record.part
    )


def reading_of(book: Download, *, first: bool) -> str:
    """Name the folder of the web edition of an e-book; ``first``: the one in everybody's hand."""
    return FIRST_READING if first else "-".join(filter(None, (FIRST_READING, book.edition.name, book.part)))


# --- when -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moment:
    """When something last became another, and the SHA-256 of what it is since."""

    sha256: str
    updated: str


@dataclass(frozen=True, slots=True)
class _Memory:
    format: int
    entries: dict[str, Moment]


@dataclass(slots=True)
class Moments:
    """Knows of a site when its things last became others: what stays the same keeps its moment, none ever goes back.

    Attributes:
        now: the moment of publishing (RFC 3339, UTC).
        former: what the site before said.
        kept: what this one says.
    """

    now: str
    former: Mapping[str, Moment] = field(default_factory=dict, repr=False)
    kept: dict[str, Moment] = field(default_factory=dict, repr=False)

    def of(self, name: str, digest: str, made: str) -> str:
        """Return when something last became another.

        Args:
            name: of the thing, the same from one site to the next.
            digest: SHA-256 of what it is.
            made: when it was made, as it says itself; taken for one that is new here.
        """
        before = self.former.get(name)
        made = made if _is_moment(made) else UNDATED
        if before is None or (before.sha256 != digest and made > before.updated):
            updated = made
        elif before.sha256 == digest:
            updated = before.updated
        else:
            updated = max(self.now, _next(before.updated))
        self.kept[name] = Moment(digest, updated)
        return updated


def remembered(data: bytes | None) -> dict[str, Moment]:
    """Read what a site remembers; nothing when that cannot be understood."""
    try:
        memory = msgspec.json.decode(data or b"", type=_Memory)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return {}
    sound = memory.format == _FORMAT and all(_is_moment(each.updated) for each in memory.entries.values())
    return memory.entries if sound else {}


def memory(moments: Moments) -> bytes:
    """Write what a site is to remember."""
    entries = dict(sorted(moments.kept.items()))
    return msgspec.json.format(msgspec.json.encode(_Memory(_FORMAT, entries)), indent=1) + b"\n"


def digest(said: object, files: Iterable[Download]) -> str:
    """Return the SHA-256 of what is said of something (a noun of a shelf, or words), and of its files."""
    told = msgspec.json.encode((said, sorted((each.name, each.sha256) for each in files)))
    return hashlib.sha256(told).hexdigest()


def _is_moment(words: str) -> bool:
    if not _MOMENT.fullmatch(words):
        return False
    try:
        datetime.fromisoformat(words)
    except ValueError:
        return False
    return True


def _next(moment: str) -> str:
    later = datetime.fromisoformat(moment) + timedelta(seconds=1)
    return later.strftime("%Y-%m-%dT%H:%M:%SZ")
