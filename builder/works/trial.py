"""A sheet of paper and a way of printing come in; the test sheets that a printer is told of by go out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import fonts, pdf, press, problems
from builder import layout as layouts
from builder.composition import jobbing
from builder.printer import Printer
from builder.works.asked import PLAIN, Piece

if TYPE_CHECKING:
    from pathlib import Path

    from builder.composition.jobbing import TestFacts

SMALLEST = 280, 200
"""Width and height (mm) of the least paper on which the scales have room."""


def test_sheets(facts: TestFacts, layout_folder: Path, font_folder: Path) -> tuple[Piece, ...]:
    """Set test sheets: a ``booklet`` of one sheet; by hand: ``fronts``, then ``backs``.

    Raises:
        Problems: what the layout, the fonts or the press object to.
    """
    layout, roles = layouts.load(PLAIN, layout_folder), fonts.roles(font_folder)
    kinds = ("fronts", "backs") if facts.by_hand else ("booklet",)
    pieces = []
    with press.Crew(1) as crew:
        for kind, composed in zip(kinds, jobbing.test_sheets(facts, layout, roles), strict=True):
            printing = press.print_pdf(composed, crew=crew)
            problems.stop_on_errors(printing.problems)
            data = pdf.asking(printing.pdf, Printer(by_hand=facts.by_hand))
            pieces.append(Piece(kind, printing.pages, data))
    return tuple(pieces)
