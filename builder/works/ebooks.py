"""The composition of an e-book and the printing of its edition come in; the files of the e-book go out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import ebook
from builder.works.asked import Piece

if TYPE_CHECKING:
    from builder.composition import Composition
    from builder.press import Printing


def made(composition: Composition, printing: Printing) -> list[Piece]:
    """Bind an e-book."""
    bound = ebook.bind(composition, printed(printing))
    return [Piece("epub", len(bound.pages) or None, bound.epub)]


def printed(printing: Printing) -> ebook.Printed:
    """Return what an e-book has to know of the printed edition whose pages it shows."""
    return ebook.Printed(printing.folios, printing.labels, tuple(page.begins for page in printing.facts))
