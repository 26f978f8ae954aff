"""Whoever wants to read a PDF back comes in; they go through one at a time.

PDFium, which reads what another engine wrote, is not made for several threads of a process (its public headers say so),
and the preview draws pages while the next ones are being made.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pypdfium2

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOOR = threading.Lock()


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF; nobody else of this process reads one meanwhile."""
    with _DOOR, pypdfium2.PdfDocument(pdf) as document:
        yield document
