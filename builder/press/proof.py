"""The finished PDF and the lines that were set come in; the lines a reader would not find on their page go out.

The PDF is read by another engine than the one that wrote it, so what is lost on the way (a page, a glyph, what a glyph
stands for) is seen here, before anything is put on the shelf.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.press import readback
from builder.press.words import letters, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pypdfium2

    from builder.press.crew import Crew

FEW = 64  # pages that are read sooner than a second compositor has them before him
# PDFium reads a hyphen at the end of a line as U+FFFE, and it joins what stands before a soft one.
HYPHENS = re.compile("[-\u00ad\u2010\u2011\ufffe]")


def lost(pdf: bytes, lines: Sequence[Sequence[str]], crew: Crew) -> list[str]:
    """Return the lines, given page by page as letters without spaces, that are not in the text of their page."""
    pages = len(lines)
    if pages <= FEW:
        return _lost(pdf, 0, lines, pages)
    before, after = crew.share(
        _lost, (pdf, 0, lines[: pages // 2], pages), (pdf, pages // 2, lines[pages // 2 :], pages)
    )
    return before + after


def _lost(pdf: bytes, first: int, lines: Sequence[Sequence[str]], pages: int) -> list[str]:
    """Look through the pages from one on, as many as there are lines for."""
    with readback.opened(pdf) as document:
        if len(document) != pages:
            message = f"{len(document)} pages gathered of {pages}"
            raise AssertionError(message)
        return [
            shortened(line)
            for number, wanted in enumerate(lines, first)
            for line in _not_read(document[number], wanted)
        ]


def _not_read(page: pypdfium2.PdfPage, wanted: Sequence[str]) -> Iterator[str]:
    read = _plain(page.get_textpage().get_text_bounded())
    return (line for line in wanted if _plain(line) not in read)


def _plain(text: str) -> str:
    return HYPHENS.sub("", letters(text))
