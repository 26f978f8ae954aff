"""A publication comes in; what a print shop gets besides its pages goes out: words for the spine, what it is told."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from builder import fonts
from builder.composition import book as books
from builder.composition import leading, styles, templates
from builder.composition.compose import environment, metadata_of, shared
from builder.composition.nouns import Composition, Leaf, Medium

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.layout import Layout
    from builder.publication import Edition, Publication

KIND = "spine"


def spine(publication: Publication, layout: Layout, edition: Edition, roles: fonts.Roles, width: float) -> Composition:
    """Compose the words on a book's spine, a page as wide as the book is high and as high as its back is wide (mm).

    Raises:
        Problems: ``LAYOUT_BROKEN``.
    """
    markup = (
        f'<section class="leaf {KIND}" id="{KIND}">{_rendered(publication, layout, edition, f"{KIND}.html")}</section>'
    )
    leaf = Leaf(KIND, KIND, publication.settings.title, markup)
    faces = fonts.cast(roles.faces(ebook=False), frozenset(unescape(markup)))
    page = f"@page {KIND} {{ size: {edition.trim.height:g}mm {width:g}mm }}\n:root {{ --spine: {width:g}mm }}\n"
    return Composition(
        slug=publication.slug,
        edition=edition,
        medium=Medium.PRINT,
        metadata=metadata_of(publication, layout, edition),
        leaves=(leaf,),
        outline=(),
        stylesheet=styles.stylesheet(layout, edition, Medium.PRINT, leading.heights(faces)) + page,
        furniture="",
        faces=faces,
        figures={},
        words=layout.words,
    )


def spec(publication: Publication, layout: Layout, edition: Edition, facts: Mapping[str, object]) -> str:
    """Write what a print shop is told of its files; ``facts`` are what the template names.

    Raises:
        Problems: ``LAYOUT_BROKEN``.
    """
    return _rendered(publication, layout, edition, "spec.txt", facts).strip() + "\n"


def _rendered(
    publication: Publication, layout: Layout, edition: Edition, name: str, nouns: Mapping[str, object] | None = None
) -> str:
    taken = environment(layout, shared(books.Book(publication), layout, edition, Medium.PRINT))
    # Millimetres as they are written in Vietnamese; a column of plain text as wide as its longest line wants.
    taken.filters |= {
        "mm": lambda value: f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ","),
        "column": lambda words, width: str(words).ljust(width),
    }
    return templates.rendered(taken, layout, name, nouns or {})
