"""The finished PDF and the lines that were set come in; the lines a reader would not find on their page go out.

The PDF is read by another engine than the one that wrote it, so what is lost on the way (a page, a glyph, what a glyph
stands for) is seen here, before anything is put on the shelf.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pypdfium2

from builder.press.words import letters, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# PDFium reads a hyphen at the end of a line as U+FFFE, and it joins what stands before a soft one.
HYPHENS = re.compile("[-\u00ad\u2010\u2011\ufffe]")


def lost(pdf: bytes, lines: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines, given page by page as letters without spaces, that are not in the text of their page."""
    with pypdfium2.PdfDocument(pdf) as document:
        if len(document) != len(lines):
            message = f"{len(document)} pages gathered of {len(lines)}"
            raise AssertionError(message)
        for page, wanted in zip(document, lines, strict=True):
            read = _plain(page.get_textpage().get_text_bounded())
            yield from (shortened(line) for line in wanted if _plain(line) not in read)


def _plain(text: str) -> str:
    return HYPHENS.sub("", letters(text))
