"""Items, statements and a reading order come in; the bytes of an EPUB go out, the same bytes every time.

EbookLib writes the package document and the archive through its public functions only; what it leaves out or
dates with today (its issues 76, 221, 294; ``xml:lang`` of the package, times and order in the archive) is mended
on the finished bytes.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ebooklib import epub

from builder.ebook import archive
from builder.ebook.archive import FOLDER, PACKAGE

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from builder.ebook.claims import Claim

DISPLAY_OPTIONS = "META-INF/com.apple.ibooks.display-options.xml"
NCX_ID = "ncx"  # the spine names the NCX by this
# Without it Apple Books sets its own faces.
SHOW_OUR_FACES = (
    b'<?xml version="1.0" encoding="utf-8"?>\n<display_options>\n<platform name="*">\n'
    b'<option name="specified-fonts">true</option>\n</platform>\n</display_options>\n'
)


@dataclass(frozen=True, slots=True)
class Item:
    """One file of the package, its id and properties in the manifest; ``read`` when it has a place in the spine."""

    id: str
    file: str
    media_type: str
    data: bytes = field(repr=False)
    properties: tuple[str, ...] = ()
    read: bool = False


def pack(items: Sequence[Item], claims: Sequence[Claim], language: str, modified: datetime.datetime) -> bytes:
    """Write the EPUB; items with ``read`` are the spine, in their order.

    Raises:
        OSError: the archive cannot be written.
    """
    book = epub.EpubBook()
    book.FOLDER_NAME, book.IDENTIFIER_ID = FOLDER, "identifier"
    book.metadata.clear()
    for claim in claims:
        book.add_metadata(claim.namespace, claim.name, claim.words or None, dict(claim.attributes))
    for item in items:
        written = book.add_item(_written(item))
        if item.read:
            book.spine.append(written)
    book.add_item(epub.EpubItem(file_name=DISPLAY_OPTIONS, content=SHOW_OUR_FACES, manifest=False))
    written = io.BytesIO()
    epub.write_epub(written, book, {"mtime": modified, "raise_exceptions": True})
    return sealed(written.getvalue(), language)


def _written(item: Item) -> epub.EpubItem:
    """Hand an item to EbookLib as one it passes on unread: its own kind for XHTML writes another text."""
    written = epub.EpubItem(item.id, item.file, item.media_type, item.data)
    written.properties = list(item.properties)
    return written


def sealed(written: bytes, language: str) -> bytes:
    """Pack an EPUB anew, the package in its language."""
    parts = archive.parts(written)
    return archive.sealed(parts | {PACKAGE: _in_language(parts[PACKAGE], language)})


def _in_language(package: bytes, language: str) -> bytes:
    """Give the package document its language and direction; drop the prefix that EPUB 3 reserves anyway."""
    opening = f'<package xml:lang="{language}" dir="ltr"'.encode()
    without = re.sub(rb'(<package\b[^>]*?)\s+prefix="rendition: [^"]*"', rb"\1", package, count=1)
    return re.sub(rb"<package\b", opening, without, count=1)
