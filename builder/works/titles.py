"""A publication on the shelf comes in; it stands on the site with all its files; what is told of it goes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder import codes, problems, shelf
from builder.manuscript import pictures
from builder.press import likeness
from builder.problems import Place, Problems
from builder.site import books, reading
from builder.site.nouns import Offer, Title
from builder.works import catalogue

if TYPE_CHECKING:
    from builder.problems import Problem
    from builder.shelf import Record, Stocked, Tree
    from builder.site.nouns import Book, Download
    from builder.site.words import Words
    from builder.works.catalogue import Lots, Moments

COVER, THUMB = "bia.jpg", "bia-nho.jpg"
THUMB_WIDTH = 400  # pixels; on a telephone of two to a point, half its width
MODULE = 1.0  # mm of a code
LARGEST = 300_000_000  # bytes of an e-book, or of a file whose first page is drawn
BOOKS = ("epub", "kepub")
"""The kinds of e-book that say what they are; an EPUB before its variant."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where publications are made ready.

    Attributes:
        tree: where they stand.
        words: the site's.
        moments: when things last became others.
        address: of the site or the tree in it; empty: not known, then there are no codes.
        copies: numbered copies are wanted.
        unlisted: search engines are asked to keep off.
        found: what is worth a second look, by and by.
    """

    tree: Tree
    words: Words
    moments: Moments
    address: str = ""
    copies: bool = False
    unlisted: bool = False
    found: list[Problem] = field(default_factory=list)


def placed(stocked: Stocked, desk: Desk) -> Title:
    """Put a publication on the site; its page is written when all are known.

    Raises:
        Problems: ``SHELF_BOOK``, ``SHELF_LOST``, ``SHELF_CHANGED``, ``FILE_UNREADABLE``, ``SHELF_DENIED``,
            ``SHELF_FULL``.
    """
    lots = catalogue.lots(stocked, copies=desk.copies)
    work = _Work(stocked, lots, desk, {each.path: each for each in stocked.records})
    desk.found.extend(work.worth_a_look())
    return work.title()


@dataclass(slots=True)
class _Work:
    """One publication at work."""

    stocked: Stocked
    lots: Lots
    desk: Desk
    records: dict[str, Record]
    cover: bytes = b""

    def worth_a_look(self) -> list[Problem]:
        """Say which files are of earlier builds, and which were left out because nobody knows for whom they are."""
        stale = [problems.shelf_stale(self._place(each.name)) for each in self.lots.all if each.stale]
        strays = [problems.shelf_edition(self._place(each.path), each.edition) for each in self.lots.strays]
        return [*stale, *strays]

    def title(self) -> Title:
        """Lay down all files, and tell of them."""
        slug, facts, lots = self.stocked.slug, self.stocked.facts, self.lots
        offers = tuple(self._offer(book, first=not number) for number, book in enumerate(lots.books))
        for download in (*lots.pages, *lots.printing, *lots.leaders, *lots.copies):
            self._lay(download)
        thumb, size = self._covered()
        self._coded()
        made = max((each.updated for each in offers), default=f"{facts.date}T00:00:00Z")
        updated = self.desk.moments.of(slug, catalogue.digest(facts, lots.all), made)
        return Title(
            slug,
            facts,
            offers,
            lots.pages,
            lots.printing,
            lots.leaders,
            lots.copies,
            cover=COVER if thumb else "",
            thumb=THUMB if thumb else "",
            cover_size=size,
            updated=updated,
        )

    def _offer(self, files: tuple[Download, ...], *, first: bool) -> Offer:
        """Lay down an e-book in all its variants, and its web edition."""
        master = next(each for kind in BOOKS for each in files if each.kind == kind)
        for each in files:
            if each != master:
                self._lay(each)
        data = self._whole(master)
        self._put(master.name, data)
        folder = catalogue.reading_of(master, first=first)
        book = self._read(master, data, folder)
        if first:
            self.cover = book.parts.get(book.described.cover, b"")
        name = f"{self.stocked.slug}/{folder}"
        updated = self.desk.moments.of(name, catalogue.digest("", files), book.described.modified)
        return Offer(master.edition, book.described, files, folder, updated)

    def _read(self, file: Download, data: bytes, folder: str) -> Book:
        """Open an e-book and lay down its web edition."""
        place = self._place(file.name)
        try:
            book = books.opened(data)
        except ValueError as error:
            raise Problems([problems.shelf_book(place)]) from error
        try:
            made = reading.edition(
                book, self.desk.words, root="../../", back="../index.html", unlisted=self.desk.unlisted
            )
        except ValueError as error:
            raise Problems([problems.web_edition(place, str(error))]) from error
        for path, part in made.files.items():
            self._put(f"{folder}/{path}", part)
        for path, face in made.fonts.items():
            if f"fonts/{path}" not in self.desk.tree:
                self.desk.tree.put(f"fonts/{path}", face)
        return book

    def _covered(self) -> tuple[bytes, tuple[int, int]]:
        """Lay down the cover and a small one; return that, and how large the cover is: nothing, where there is none."""
        try:
            cover = self.cover or self._first_page()
            thumb, size = likeness.reduced(cover, THUMB_WIDTH)
            if not cover.startswith(pictures.JPEG):
                cover, _ = likeness.reduced(cover, size[0])
        except ValueError:
            return b"", (0, 0)
        self._put(COVER, cover)
        self._put(THUMB, thumb)
        return thumb, size

    def _first_page(self) -> bytes:
        """Draw the first page of what members read."""
        pages = [
            each for each in (*self.lots.pages, *self.lots.leaders) if each.kind == "pdf" and each.bytes <= LARGEST
        ]
        return likeness.of_page(self._whole(pages[0]) if pages else b"")

    def _coded(self) -> None:
        """Lay down the code of its page."""
        if self.desk.address:
            address = f"{self.desk.address}{self.stocked.slug}/"
            self._put("qr.svg", codes.code(address).drawing(MODULE))
            self._put("qr.png", codes.picture(address))

    def _lay(self, file: Download) -> None:
        pieces = shelf.pieces(self.stocked.folder, self.records[file.name])
        self.desk.tree.lay(f"{self.stocked.slug}/{file.name}", pieces)

    def _put(self, path: str, data: bytes) -> None:
        self.desk.tree.put(f"{self.stocked.slug}/{path}", data)

    def _whole(self, file: Download) -> bytes:
        if file.bytes > LARGEST:
            raise Problems([problems.shelf_book(self._place(file.name))])
        return b"".join(shelf.pieces(self.stocked.folder, self.records[file.name]))

    def _place(self, name: str) -> Place:
        return Place(str(self.stocked.folder / name))
