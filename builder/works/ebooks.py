"""The composition of an e-book and the printing of its edition come in; the files of the e-book go out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder import ebook, problems
from builder.problems import Problems
from builder.works.asked import Piece

if TYPE_CHECKING:
    from builder.composition import Composition
    from builder.press import Printing
    from builder.problems import Place, Problem
    from builder.shelf import Calibre


def made(composition: Composition, printing: Printing) -> Piece:
    """Bind an e-book: the master that its variants are made of.

    A numbered copy of what is for members only says that, too.
    """
    bound = ebook.bind(composition, printed(printing))
    line = " · ".join(filter(None, (composition.metadata.rights, composition.words["copy"])))
    return Piece("epub", len(bound.pages) or None, bound.epub, line=line)


def printed(printing: Printing) -> ebook.Printed:
    """Return what an e-book has to know of the printed edition whose pages it shows."""
    return ebook.Printed(printing.folios, printing.labels, tuple(page.begins for page in printing.facts))


def variant(kind: str, master: Piece, place: Place, calibre: Calibre | None) -> tuple[list[Piece], tuple[Problem, ...]]:
    """Make a variant of a master, or say why this machine cannot: a book for a Kindle is an extra, the rest goes on.

    Args:
        kind: ``epub``, ``kepub`` or ``azw3``.
        master: the bound e-book.
        place: what the file is called.
        calibre: what makes books for a Kindle.
    """
    if kind == "kepub":
        return [replace(master, kind=kind, data=ebook.for_kobo(master.data))], ()
    if kind == "azw3":
        return _for_kindle(master, place, calibre)
    return [master], ()


def _for_kindle(master: Piece, place: Place, calibre: Calibre | None) -> tuple[list[Piece], tuple[Problem, ...]]:
    if calibre is None:
        return [], (problems.kindle_missing(place),)
    try:
        data = calibre.convert(master.data, place)
    except Problems as stopped:
        return [], stopped.problems
    return [Piece("azw3", None, data)], ()  # its format knows no pages of print
