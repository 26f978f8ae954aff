"""The bytes of a finished file come in; the report of those who know its kind goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.pdf import TooBig, bounded
from builder.preflight import ebooks, printed
from builder.problems import Place, Problems, file_big

if TYPE_CHECKING:
    from pathlib import Path

    from builder.preflight.nouns import Purpose, Report

_ZIP = b"PK"
_HEAD = 1024


def read(path: Path) -> bytes:
    """Read a file.

    Raises:
        Problems: ``FILE_BIG``.
        OSError: when it cannot be read.
    """
    try:
        return bounded(path)
    except TooBig as error:
        raise Problems([file_big(Place(str(path)), error.size, error.most)]) from error


def is_epub(data: bytes, name: str) -> bool:
    """Tell whether bytes are those of an EPUB: by what they are, or are called where they are damaged."""
    return data[:2] == _ZIP or (b"%PDF-" not in data[:_HEAD] and name.lower().endswith(".epub"))


def look(data: bytes, name: str, purpose: Purpose | None = None) -> Report:
    """Look at a file as the one it is made for would; a PDF's purpose is guessed when it is not said.

    Raises:
        Problems: ``PDF_UNREADABLE``, ``PDF_LOCKED``, ``EPUB_UNREADABLE``.
    """
    return ebooks.look(data, name) if is_epub(data, name) else printed.look(data, name, purpose)
