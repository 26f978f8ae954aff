"""The composition of an e-book and the printing whose pages it shows come in; the files of the e-book go out.

An e-book shows the pages that everybody has in hand: those of the edition whose page numbers its own edition goes by.
One with another text (a handout, forms) shows its own. Pages that are never printed on paper are shown by none.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from builder import ebook
from builder.works.asked import Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from builder.composition import Composition
    from builder.press import Printing
    from builder.publication import Edition

PRINTED = frozenset({"pdf", "booklet", "press"})
"""The outputs that are pages."""


def paged_by(edition: Edition, editions: Iterable[Edition]) -> list[Edition]:
    """Return the editions on paper whose pages the e-book of an edition may show, the one in everybody's hand first."""
    other = next((each for each in editions if each.name == edition.folios_of), None)
    return [each for each in (other, edition) if each and _is_on_paper(each)]


def _is_on_paper(edition: Edition) -> bool:
    return not edition.trim.on_screen and not PRINTED.isdisjoint(edition.outputs)


def made(composition: Composition, printed: Iterable[ebook.Printed]) -> list[Piece]:
    """Bind an e-book, with the pages of the first edition that has some of its text on them."""
    for each in chain(printed, [ebook.Printed()]):
        bound = ebook.bind(composition, each)
        if bound.pages:
            break
    return [Piece("epub", len(bound.pages) or None, bound.epub)]


def printed(
    printing: Printing, edition: Edition, editions: Iterable[Edition], words: Mapping[str, str]
) -> ebook.Printed:
    """Return what an e-book has to know of the printed edition whose pages it shows.

    Args:
        printing: of that edition.
        edition: that edition.
        editions: all of the publication; one of several in one size on paper is called by its name besides.
        words: the layout's word list.
    """
    like = [each for each in editions if _is_on_paper(each) and each.trim == edition.trim]
    named = words["print_source" if len(like) == 1 else "print_source_named"]
    return ebook.Printed(
        printing.folios,
        printing.labels,
        tuple(page.begins for page in printing.facts),
        tuple(page.head for page in printing.facts),
        named.format(trim=edition.trim.name, edition=edition.name),
    )
