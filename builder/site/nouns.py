"""The nouns of a site: the e-book as it is found on the shelf, what is offered of a publication, the catalogue of all.

Paths are those of addresses: relative, with ``/``, percent-encoding left to whoever writes a link.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.publication import EBOOKS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.shelf import EditionFacts, TitleFacts

FIRST_READING = "doc"
"""The folder of the web edition of a publication's first e-book; those of the others are called ``doc-<name>``."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a book's contents: level from 1, its words, the id it leads to and the document that has it."""

    level: int
    words: str
    anchor: str
    document: str


@dataclass(frozen=True, slots=True)
class PageMark:
    """Where a printed page begins: its number as printed, the id of its mark and the document that has it."""

    label: str
    anchor: str
    document: str


@dataclass(frozen=True, slots=True)
class Described:
    """What an e-book's package says of it (EPUB 3.3, 5.5), and the ways into it.

    Attributes:
        identifier: the ``dc:identifier`` that stays the same from one version to the next (``urn:uuid:…``).
        title: of the whole; of a book of one session with the session's number.
        subtitle: may be empty, as may all that follow but the language and ``modified``.
        language: a BCP 47 tag.
        modified: ``dcterms:modified`` (``2026-03-15T00:00:00Z``).
        date: of publication (ISO 8601).
        creator: who made it.
        publisher: who brings it out.
        description: in a sentence or a few.
        rights: what members are told (``Lưu hành nội bộ``).
        subjects: what it is about.
        series: the name of the series it is part of, and its number there.
        accessibility: the summary (``schema:accessibilitySummary``).
        printed: what was printed and has the pages it shows (``pageBreakSource``).
        outline: its contents, in order.
        pages: the printed pages it shows, in order; none where it shows none.
        cover: the name of the cover picture's part; empty where there is none.
    """

    identifier: str
    title: str
    language: str
    modified: str
    subtitle: str = ""
    date: str = ""
    creator: str = ""
    publisher: str = ""
    description: str = ""
    rights: str = ""
    subjects: tuple[str, ...] = ()
    series: tuple[str, str] = ("", "")
    accessibility: str = ""
    printed: str = ""
    outline: tuple[Heading, ...] = field(default=(), repr=False)
    pages: tuple[PageMark, ...] = field(default=(), repr=False)
    cover: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """An e-book opened: what it says of itself, its parts by their names inside, its documents in reading order."""

    described: Described
    parts: Mapping[str, bytes] = field(repr=False)
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Download:
    """A finished file that members can take.

    Attributes:
        name: its name; it lies in the folder of its publication.
        kind: ``epub``, ``kepub``, ``azw3``, ``pdf``, ``booklet`` … (a key of ``works.asked.FILES``), or a copy's.
        edition: the edition it is of.
        bytes: its size.
        sha256: of its bytes, in hexadecimal digits.
        pages: how many it has, where it has any.
        stale: the last build did not make it again.
        part: the id of the session it is for, where every session has its own.
    """

    name: str
    kind: str
    edition: EditionFacts
    bytes: int
    sha256: str
    pages: int | None = None
    stale: bool = False
    part: str = ""

    @property
    def sheets(self) -> int:
        """How many pages of its own it has; none for an e-book, which counts those of print it has marks for."""
        return 0 if self.kind in (*EBOOKS, "copy", "kepub-copy") else self.pages or 0


@dataclass(frozen=True, slots=True)
class Offer:
    """An e-book for members in all its variants, with its web edition.

    Attributes:
        edition: the edition it is of.
        described: what the e-book says of itself.
        files: EPUB first, then the variants.
        reading: the folder of its web edition inside the publication's (``doc``, ``doc-van-ban``).
        updated: when it last became another (RFC 3339), never earlier than before.
    """

    edition: EditionFacts
    described: Described
    files: tuple[Download, ...]
    reading: str
    updated: str


@dataclass(frozen=True, slots=True)
class Title:
    """A publication on the site.

    Attributes:
        slug: its folder.
        facts: what it is.
        offers: its e-books for members; the first is the one in everybody's hand.
        pages: files of pages to read on a screen or to print as they are, for members (``pdf``).
        printing: files for whoever prints: booklets, covers, cards, a print shop's.
        leaders: all files of the editions for whoever leads the meetings.
        copies: numbered copies.
        cover: the cover picture in its folder (``cover.jpg``), and a small one (``thumb.jpg``); empty: none.
        thumb: the small one.
        cover_size: of the cover, in pixels across and down.
        updated: when any of it last became another (RFC 3339).
    """

    slug: str
    facts: TitleFacts
    offers: tuple[Offer, ...] = ()
    pages: tuple[Download, ...] = ()
    printing: tuple[Download, ...] = ()
    leaders: tuple[Download, ...] = ()
    copies: tuple[Download, ...] = ()
    cover: str = ""
    thumb: str = ""
    cover_size: tuple[int, int] = (0, 0)
    updated: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that a site has to offer.

    Attributes:
        name: what the shelf is called.
        language: of its own words: ``vi`` or ``en``.
        titles: newest first.
        address: where the site will stand (``https://…/``, with a slash at the end); empty: not known, then all links
            are relative and there are no codes.
        identity: what its feeds' identifiers are made of: the address, else the name.
        updated: when any of it last became another (RFC 3339).
        unlisted: it stands under a path that nobody can guess: search engines are asked to keep off.
        notices: printable notices it has, by their paths.
    """

    name: str
    language: str
    titles: tuple[Title, ...]
    address: str = ""
    identity: str = ""
    updated: str = ""
    unlisted: bool = False
    notices: tuple[str, ...] = ()
