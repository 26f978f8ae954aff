"""A printed PDF comes in; proofs are pulled from it: pictures of its pages, their words, what tells them apart."""

from __future__ import annotations

import hashlib
import io
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pikepdf
from PIL import ImageChops

from builder.press import readback
from builder.press.nouns import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2
    from PIL.Image import Image

LEAST, MOST = 16, 4000
"""How many pixels across a proof may have."""
FINE = 1  # zlib's quickest: a page travels within one machine
UNSEEN = frozenset({"/Parent", "/StructParents", "/StructParent", "/Annots", "/Tabs", "/Metadata"})
"""What of a page leaves no trace on its picture: its place in the book, its tags, its links."""
JOINED = "\ufffe"  # what PDFium reads for the hyphen of a word that is divided


def sheets(pdf: bytes, faces: str) -> tuple[Sheet, ...]:
    """Return the pages of a PDF in order (see ``press.sheets``)."""
    with pikepdf.open(io.BytesIO(pdf)) as book:
        looks = _Looks()
        return tuple(_sheet(page, looks, faces) for page in book.pages)


def _sheet(page: pikepdf.Page, looks: _Looks, faces: str) -> Sheet:
    left, low, right, high = map(float, page.mediabox)
    mark = hashlib.sha256(faces.encode() + looks.of(page.obj)).hexdigest()
    return Sheet(mark, right - left, high - low)


class _Looks:
    """Digests what a page is drawn from; what several pages share is looked at once."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, int], bytes] = {}

    def of(self, thing: pikepdf.Object | object) -> bytes:
        """Return the digest of an object with all it leads to."""
        number = thing.objgen if isinstance(thing, pikepdf.Object) else (0, 0)
        if number == (0, 0):
            return self._of(thing)
        if number not in self.known:
            self.known[number] = b""  # a ring ends where it began
            self.known[number] = self._of(thing)
        return self.known[number]

    def _of(self, thing: pikepdf.Object | object) -> bytes:
        digest = hashlib.sha256(type(thing).__name__.encode())
        if isinstance(thing, pikepdf.Array):
            for each in thing:
                digest.update(self.of(each))
        elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            self._entries(thing, digest)
        else:
            digest.update(repr(thing).encode())
        return digest.digest()

    def _entries(self, thing: pikepdf.Dictionary | pikepdf.Stream, digest: hashlib._Hash) -> None:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font":
            digest.update(str(thing.get("/BaseFont", "")).rpartition("+")[2].encode())
            return
        if isinstance(thing, pikepdf.Stream):
            digest.update(thing.read_raw_bytes())
        for key in sorted(thing.keys()):
            if key not in UNSEEN:
                digest.update(key.encode() + self.of(thing[key]))


def picture(pdf: bytes, number: int, width: int) -> bytes:
    """Draw a page, counted from 0, as a PNG of so many pixels across: grey where all of it is.

    Raises:
        IndexError: there is no such page.
    """
    with _page(pdf, number) as page:
        pixels = min(max(width, LEAST), MOST)
        # A hair less than the width: PDFium takes what is left of a pixel for a whole one.
        drawn = page.render(scale=(pixels - 0.01) / page.get_width(), rev_byteorder=True).to_pil().convert("RGB")
    file = io.BytesIO()
    _plainest(drawn).save(file, "PNG", compress_level=FINE)
    return file.getvalue()


@contextmanager
def _page(pdf: bytes, number: int) -> Iterator[pypdfium2.PdfPage]:
    with readback.opened(pdf) as document:
        if not 0 <= number < len(document):
            raise IndexError(number)
        yield document[number]


def _plainest(drawn: Image) -> Image:
    """Let go of colours there are none of: a third of the work of writing it down."""
    red, green, blue = drawn.split()
    grey = not any(ImageChops.difference(red, each).getbbox() for each in (green, blue))
    return red if grey else drawn


def words(pdf: bytes, number: int) -> str:
    """Return the words of a page, counted from 0, as a reader finds them.

    Raises:
        IndexError: there is no such page.
    """
    with _page(pdf, number) as page:
        found = str(page.get_textpage().get_text_bounded())
    return found.replace(f"{JOINED}\r\n", "").replace(JOINED, "").replace("\r\n", "\n")
