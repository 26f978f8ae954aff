"""A book on offer comes in; what a feed tells of it goes out, as plain text that XML and JSON can hold.

White space is folded, and characters that XML 1.0 has no place for (production 2) are gone.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.site import editions
from builder.site import words as wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.site.nouns import Catalogue, Download, Offer, Title

NAMESPACE = uuid.UUID("5b0ad8f4-3c1c-4c0e-9a53-0d1f6c2f7b11")
EPUB = "application/epub+zip"
TYPES = {"epub": EPUB, "kepub": "application/kepub+zip", "azw3": "application/vnd.amazon.mobi8-ebook"}
"""Media types of e-books; Kobo's is registered nowhere, and what everyone calls it."""
PICTURES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif"}
"""Pictures an entry may have (OPDS 1.2, 5.2.2)."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")
_LANGUAGE = re.compile("[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a book is about, in a scheme of this catalogue's own (a URI); without one it is a word of the book's."""

    scheme: str
    term: str
    label: str


@dataclass(frozen=True, slots=True)
class Acquisition:
    """A file that is the book: its path on the site, media type, size in bytes, what the button says."""

    path: str
    type: str
    bytes: int
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A cover: its path on the site, media type, pixels across and down (0: not known); or the small one."""

    path: str
    type: str
    width: int = 0
    height: int = 0
    small: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A book as a feed tells it; what nobody has said is empty.

    Attributes:
        id: a URI: what the book calls itself, else one made from that.
        identifier: what the book calls itself, where that is no URI or not its own alone.
        updated: RFC 3339.
        issued: ISO 8601.
        content: a line for each thing told.
        series: its name and the book's number there.
        pages: pages of the printed book whose numbers it shows, and the same in words.
        page: path of its publication's page.
        reading: path of its web edition, and what the link says.
    """

    id: str
    title: str
    updated: str
    author: str
    language: str
    page: str
    reading: tuple[str, str]
    identifier: str = ""
    subtitle: str = ""
    issued: str = ""
    publisher: str = ""
    content: str = ""
    rights: str = ""
    accessibility: str = ""
    subjects: tuple[Subject, ...] = ()
    series: tuple[str, str] = ("", "")
    pages: tuple[int, str] = (0, "")
    files: tuple[Acquisition, ...] = ()
    pictures: tuple[Picture, ...] = ()


def said(text: str) -> str:
    """Return a text as one line that XML and JSON can hold."""
    return " ".join(_NOT_XML.sub(" ", text).split())


def named(catalogue: Catalogue, name: str) -> str:
    """Name something of a catalogue for good: the same name gives the same URN (RFC 9562, 5.5)."""
    return uuid.uuid5(NAMESPACE, f"{catalogue.identity or catalogue.name}\n{name}").urn


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells of the books of one catalogue; ``shared`` are identifiers more than one has: a source folder was copied."""

    catalogue: Catalogue
    words: wording.Words
    shared: frozenset[str]

    @classmethod
    def of(cls, catalogue: Catalogue) -> Teller:
        """Make ready to tell of a catalogue's books in its language."""
        counted = Counter(offer.described.identifier for title in catalogue.titles for offer in title.offers)
        shared = frozenset(identifier for identifier, count in counted.items() if count > 1)
        return cls(catalogue, wording.words(catalogue.language), shared)

    def entry(self, title: Title, offer: Offer, subjects: tuple[Subject, ...]) -> Entry:
        """Tell of a book; ``subjects`` are what it stands under here."""
        described, facts = offer.described, title.facts
        identifier, language = said(described.identifier), said(described.language or facts.language)
        own = _URI.fullmatch(identifier) is not None and described.identifier not in self.shared
        publisher = said(described.publisher or facts.unit)
        return Entry(
            id=identifier if own else named(self.catalogue, f"entry {identifier} {title.slug}/{offer.reading}"),
            title=self._called(title, offer),
            updated=offer.updated,
            author=said(described.creator or facts.compiled) or publisher or said(self.catalogue.name),
            language=language if _LANGUAGE.fullmatch(language) else self.catalogue.language,
            page=f"{title.slug}/index.html",
            reading=(f"{title.slug}/{offer.reading}/index.html", self.words("title.read")),
            identifier="" if own else identifier,
            subtitle=said(described.subtitle),
            issued=said(described.date or facts.date),
            publisher=publisher,
            content=self._content(title, offer),
            rights=said(described.rights),
            accessibility=said(described.accessibility),
            subjects=(*subjects, *(Subject("", word, word) for word in map(said, described.subjects) if word)),
            series=(said(described.series[0]), said(described.series[1])),
            pages=self._pages(title, offer),
            files=tuple(self._file(title, file) for file in offer.files if file.kind in TYPES),
            pictures=tuple(_pictures(title)),
        )

    def _called(self, title: Title, offer: Offer) -> str:
        """Return the title of a book; where another of its publication has the same, with what its edition is."""
        plain = said(offer.described.title) or said(title.facts.title) or title.slug
        same = sum(said(other.described.title) == said(offer.described.title) for other in title.offers)
        if same == 1:
            return plain
        names = editions.names(title, self.words)
        name = names.get(offer.edition.name) or editions.named(offer.edition, self.words)
        return f"{plain} ({said(name)})"

    def _content(self, title: Title, offer: Offer) -> str:
        told = [offer.described.subtitle, offer.described.description, title.facts.notice]
        count, pages = self._pages(title, offer)
        if count and not offer.edition.on_screen:
            edition = editions.printed(offer.edition, self.words)
            told.append(self.words("feeds.printed", edition=edition, pages=pages))
        return "\n".join(dict.fromkeys(filter(None, map(said, told))))

    def _pages(self, title: Title, offer: Offer) -> tuple[int, str]:
        """Count the pages of the printed book; where it is not on the shelf, those whose numbers the e-book has."""
        book = {(file.edition.name, file.part) for file in offer.files}
        printed = (file.pages for file in title.pages if (file.edition.name, file.part) in book)
        marks = len(offer.described.pages)
        count = marks and (next(filter(None, printed), None) or marks)
        return count, self.words.counted("pages", count) if count else ""

    def _file(self, title: Title, file: Download) -> Acquisition:
        label = self.words(f"files.{file.kind}")
        return Acquisition(f"{title.slug}/{file.name}", TYPES[file.kind], file.bytes, label)


def _pictures(title: Title) -> Iterator[Picture]:
    for name, size, small in ((title.cover, title.cover_size, False), (title.thumb, (0, 0), True)):
        media = PICTURES.get(name[name.rfind(".") :].lower()) if name else None
        if media:
            yield Picture(f"{title.slug}/{name}", media, *size, small=small)
