"""A finished PDF comes in; it goes out asking the reader's print dialogue for the way it has to be printed."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pikepdf import Dictionary, Name, ObjectStreamMode

from builder.pdf.source import opened
from builder.printer import Flip

if TYPE_CHECKING:
    from builder.printer import Printer

EDGES = {Flip.SHORT: Name.DuplexFlipShortEdge, Flip.LONG: Name.DuplexFlipLongEdge}


def preferences(printer: Printer, *, titled: bool = True) -> Dictionary:
    """Ask for full size, the tray of the paper and a printer's way of turning it (ISO 32000-1, 12.2)."""
    sides = Name.Simplex if printer.by_hand else EDGES[printer.flip]
    return Dictionary(Duplex=sides, PrintScaling=Name("/None"), PickTrayByPDFSize=True, DisplayDocTitle=titled)


def asking(pdf: bytes, printer: Printer) -> bytes:
    """Have a finished PDF ask for them.

    Raises:
        NotAPdf, Encrypted: when the bytes cannot be read.
    """
    with opened(pdf) as document:
        document.Root.ViewerPreferences = preferences(printer)
        written = BytesIO()
        document.save(written, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return written.getvalue()
