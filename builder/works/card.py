"""Sheets as they were laid out come in; the print card, one page that tells how to print and fold them, goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import fonts, press, problems
from builder import layout as layouts
from builder.composition import jobbing
from builder.composition.jobbing import CardFacts
from builder.works.asked import Piece

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from builder.fonts import Roles
    from builder.imposition import Imposed, Side
    from builder.layout import Layout
    from builder.press import Crew, Keeper
    from builder.printer import Printer

KIND = "card"
PLAIN = "text"
"""The layout whose card goes with a PDF from elsewhere."""


def facts(
    imposed: Imposed, title: str, files: Mapping[str, str], printer: Printer, *, edition: str = "", paper_gsm: int = 0
) -> CardFacts:
    """Tell what whoever prints sheets has to know.

    Args:
        imposed: the sheets.
        title: of the booklet.
        files: kind of file → its name.
        printer: what they are arranged for.
        edition: its name; empty for a PDF from elsewhere.
        paper_gsm: weight of the paper (g/m²); 0: not known.
    """
    first = imposed.plan[0]
    return CardFacts(
        title=title,
        edition=edition,
        files=files,
        pages=4 * len(imposed.plan),
        sheets=imposed.sheets,
        sheet=imposed.size,
        front=_counted(first.front),
        back=_counted(first.back),
        signatures=(len(imposed.plan),),
        paper_gsm=paper_gsm,
        blanks=imposed.blanks,
        printer=printer,
    )


def _counted(side: Side) -> tuple[int | None, int | None]:
    """Return the pages of a side, counted from 1."""
    left, right = (None if page is None else page + 1 for page in (side.left, side.right))
    return left, right


def made(card: CardFacts, layout: Layout, roles: Roles, crew: Crew, cache: Keeper | None) -> Piece:
    """Set a print card.

    Raises:
        Problems: what the layout or the press object to.
    """
    printing = press.print_pdf(jobbing.card(card, layout, roles), crew=crew, cache=cache)
    problems.stop_on_errors(printing.problems)
    return Piece(KIND, printing.pages, printing.pdf)


def alone(card: CardFacts, layout_folder: Path, font_folder: Path) -> bytes:
    """Set the print card of a PDF from elsewhere.

    Raises:
        Problems: what the layout, the fonts or the press object to.
    """
    layout = layouts.load(PLAIN, layout_folder)
    with press.Crew(1) as crew:
        return made(card, layout, fonts.roles(font_folder), crew, None).data
