"""A layout's styles come in; an edition's stylesheet goes out: scaled to its page, its lines apart, its spine free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import problems, stylesheets
from builder.composition import gutter, leading, scaling
from builder.composition.nouns import Medium

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder import fonts
    from builder.layout import Layout
    from builder.problems import Problem
    from builder.publication import Edition


def stylesheet(
    layout: Layout, edition: Edition, medium: Medium, heights: Mapping[str, fonts.Floors], *, marked: bool = False
) -> str:
    """Join the styles of a medium; print opens with the page size (mm) and closes with what one trim size asks for.

    An edition for a print shop is set with a bleed, so that what runs over the edge of the page is there to be cut.
    ``marked`` tells whether the pages of another edition are marked in the margins.
    """
    if medium is Medium.EBOOK:
        return leading.in_ebook(stylesheets.resolved(layout.stylesheets["ebook"]), heights)
    trim = edition.trim
    bleed = f"; bleed: {edition.binding.bleed:g}mm" if "press" in edition.outputs and edition.binding.bleed else ""
    size = (
        f"@page {{ size: {trim.width:g}mm {trim.height:g}mm{bleed} }}\n:root {{ --page-height: {trim.height:g}mm }}\n"
    )
    css = fitted("print", layout, edition)
    return size + leading.in_print(css + gutter.rules(css, edition, marked=marked), heights)


def fitted(kind: str, layout: Layout, edition: Edition) -> str:
    """Take the styles of a kind, scaled to the edition's page, and what the layout asks of its type and page alone."""
    css = scaling.scaled(layout.stylesheets[kind], scaling.Scale.of(edition))
    return css + "".join(layout.stylesheets.get(f"{kind}-{name}", "") for name in (edition.type, edition.trim.name))


def objections(layout: Layout, medium: Medium) -> Iterator[Problem]:
    """Report what a layout's e-book styles say that reading programs do not bear (``EBOOK_CSS``)."""
    whole = "".join(css for _, css in layout.ebook_files)
    for file, css in layout.ebook_files if medium is Medium.EBOOK else ():
        resolved = stylesheets.resolved(css, whole)
        for found in (*stylesheets.objections(resolved), *stylesheets.fonts_fetched(resolved)):
            yield problems.ebook_css(problems.Place(file, found.line), found.written, found.harm.value)
