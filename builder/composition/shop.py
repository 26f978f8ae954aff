"""A publication comes in; what a print shop gets besides its pages goes out: words for the spine, what it is told."""

from __future__ import annotations

import textwrap
from html import unescape
from typing import TYPE_CHECKING

from builder import fonts
from builder.composition import book as books
from builder.composition import leading, styles, templates
from builder.composition.compose import environment, shared
from builder.composition.metadata import metadata_of
from builder.composition.nouns import Composition, Leaf, Medium
from builder.paper import POINTS_PER_MM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.layout import Layout
    from builder.publication import Edition, Publication

KIND = "spine"
ENDS = 18.0  # mm of the back that stay empty at its head and its foot
SHARE = 0.55  # of its width, for the letters' size
LARGEST, SMALLEST = 14.0, 7.0  # pt
# Em's share of a letter in bold type, on the safe side: what is not a capital, what is.
LOWER, UPPER = 0.58, 0.76
BETWEEN = 2.0  # em between the title and who publishes


def spine(
    publication: Publication, layout: Layout, edition: Edition, roles: fonts.Roles, width: float, *, named: bool = True
) -> Composition:
    """Compose the words on a book's spine, a page as wide as the book is high and as high as its back is wide (mm).

    A back that is not ``named`` has its ground alone, where the layout gives it one.

    Raises:
        Problems: ``LAYOUT_BROKEN``.
    """
    title, unit = publication.settings.title, publication.settings.organisation.unit
    words = _words(title if named else "", unit if named else "", edition.trim.height, width)
    inside = _rendered(publication, layout, edition, f"{KIND}.html", words)
    markup = f'<section class="leaf {KIND}" id="{KIND}">{inside}</section>'
    leaf = Leaf(KIND, KIND, publication.settings.title, markup)
    faces = fonts.cast(roles.faces(ebook=False), frozenset(unescape(markup)))
    page = f"@page {KIND} {{ size: {edition.trim.height:g}mm {width:g}mm }}\n"
    page += f":root {{ --spine: {width:g}mm; --spine-size: {words['points']:.2f}pt }}\n"
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


def _words(title: str, unit: str, height: float, width: float) -> dict[str, object]:
    """Say what stands on a back of that height and width (mm), and how large (pt): the unit goes first, then words."""
    room = (height - 2 * ENDS) * POINTS_PER_MM
    best = min(LARGEST, SHARE * width * POINTS_PER_MM)
    for below in dict.fromkeys((unit, "")):
        points = min(best, room / max(1.0, ems(title) + (ems(below) + BETWEEN if below else 0)))
        if points >= min(best, SMALLEST):
            return {"title": title, "unit": below, "points": points}
    points = min(best, SMALLEST)
    letters = len(title)
    while letters > 1 and ems(textwrap.shorten(title, letters, placeholder="…")) * points > room:
        letters -= 1
    return {"title": textwrap.shorten(title, letters, placeholder="…"), "unit": "", "points": points}


def ems(words: str) -> float:
    """Return about how wide words in bold type are on one line (em), on the safe side."""
    return sum(UPPER if letter.isupper() else LOWER for letter in words)


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
