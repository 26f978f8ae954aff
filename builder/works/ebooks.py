"""The composition of an e-book, its cover and the printing whose pages it shows come in; the files go out.

An e-book shows the pages that everybody has in hand: those of the edition whose page numbers its own edition goes by.
One with another text (a handout, forms) shows its own. Pages that are never printed on paper are shown by none.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from builder import composition, ebook, press, problems
from builder.problems import Problems
from builder.works.asked import Piece

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from builder.composition import Composition
    from builder.fonts import Roles
    from builder.layout import Layout
    from builder.press import Printing
    from builder.problems import Place, Problem
    from builder.publication import Edition, Publication
    from builder.shelf import Calibre
    from builder.works.asked import Workshop

    Covered = tuple[ebook.Cover, tuple[Problem, ...]]

ID = re.compile(r'(?<=\sid=")[^"]*')
PRINTED = frozenset({"pdf", "booklet", "press"})
"""The outputs that are pages."""


def paged_by(edition: Edition, editions: Iterable[Edition]) -> list[Edition]:
    """Return the editions on paper whose pages the e-book of an edition may show, the one in everybody's hand first."""
    other = next((each for each in editions if each.name == edition.folios_of), None)
    return [each for each in (other, edition) if each and _is_on_paper(each)]


def _is_on_paper(edition: Edition) -> bool:
    return not edition.trim.on_screen and not PRINTED.isdisjoint(edition.outputs)


def cover(
    publication: Publication, layout: Layout, edition: Edition, roles: Roles, workshop: Workshop
) -> Callable[[], Covered]:
    """Begin the cover; return what waits for it and gives it, with what is wrong with it.

    Raises:
        Problems: ``LAYOUT_BROKEN``.
    """
    jackets = composition.jacket(publication, layout, edition, roles)
    drawn = press.plate(jackets, crew=workshop.crew, cache=workshop.cache)

    def finished() -> Covered:
        picture, found = drawn()
        return ebook.Cover(picture, composition.said(jackets[0]) or publication.settings.title), found

    return finished


def made(composed: Composition, cover: ebook.Cover, printed: Iterable[ebook.Printed]) -> Piece:
    """Bind an e-book, the master of its variants, with the pages of the first edition that has its text.

    A numbered copy of what is for members only says that, too.
    """
    shown = ebook.Printed()
    for shown in printed:  # its own comes last
        if _has_text_of(shown, composed):
            break
    bound = ebook.bind(composed, shown, cover=cover)
    line = " · ".join(filter(None, (composed.metadata.rights, composed.words["copy"])))
    return Piece("epub", len(bound.pages) or None, bound.epub, line=line)


def _has_text_of(printed: ebook.Printed, composed: Composition) -> bool:
    """Tell whether an edition has most of the blocks of an e-book: a handout shares no more than its title page."""
    names = [name for leaf in composed.leaves for name in ID.findall(leaf.markup)]
    return sum(name in printed.folios for name in names) * 2 > len(names)


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
