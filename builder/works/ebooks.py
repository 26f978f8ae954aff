"""The composition of an e-book, its cover and the printing of its edition come in; the files of the e-book go out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import composition, ebook, press
from builder.works.asked import Piece

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.composition import Composition
    from builder.fonts import Roles
    from builder.layout import Layout
    from builder.press import Printing
    from builder.problems import Problem
    from builder.publication import Edition, Publication
    from builder.works.asked import Workshop

    Covered = tuple[ebook.Cover, tuple[Problem, ...]]


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
        return ebook.Cover(picture, composition.said(jackets[0])), found

    return finished


def made(composed: Composition, cover: ebook.Cover, printing: Printing) -> list[Piece]:
    """Bind an e-book."""
    bound = ebook.bind(composed, printed(printing), cover=cover)
    return [Piece("epub", len(bound.pages) or None, bound.epub)]


def printed(printing: Printing) -> ebook.Printed:
    """Return what an e-book has to know of the printed edition whose pages it shows."""
    return ebook.Printed(printing.folios, printing.labels, tuple(page.begins for page in printing.facts))
