"""What sheets, pages and a printer are like comes in; the ``Problem`` it is to print and fold them goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.problems.listing import runs
from builder.problems.nouns import error, info, measure, warning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.problems.nouns import Place, Problem

LISTED = 12  # numbers and ranges of them


def pdf_long(place: Place, pages: int, most: int) -> Problem:
    """Report a PDF with more pages than a book has."""
    return error("PDF_LONG", place, pages=pages, most=most)


def page_size(place: Place, page: int, width: float, height: float) -> Problem:
    """Report a page (counted from 1; measures in mm) of a size that no paper has."""
    return error("PAGE_SIZE", place, page=page, width=measure(width), height=measure(height))


def pdf_repaired(place: Place) -> Problem:
    """Report a damaged PDF that could be read all the same."""
    return warning("PDF_REPAIRED", place)


def field_letters(place: Place, values: Sequence[str]) -> Problem:
    """Report what was filled into fields of a form and shows question marks for some of its letters."""
    return warning("FIELD_LETTERS", place, values="; ".join(values[:LISTED]))


def sheets_already(place: Place) -> Problem:
    """Report a PDF whose pages seem to be sheets already, with several pages side by side."""
    return warning("SHEETS_ALREADY", place)


def pages_differ(place: Place, pages: Sequence[int]) -> Problem:
    """Tell which pages (counted from 1) are not as large as most."""
    return info("PAGES_DIFFER", place, count=len(pages), pages=runs(pages, LISTED))


def pages_shrunk(place: Place, scale: float) -> Problem:
    """Tell that pages were shrunk to fit the sheet."""
    return info("PAGES_SHRUNK", place, percent=f"{100 * scale:.0f}")


def blanks_added(place: Place, pages: Sequence[int]) -> Problem:
    """Tell which pages of the folded book (counted from 1) are blank, to make whole sheets."""
    return info("BLANKS_ADDED", place, count=len(pages), pages=runs(pages, LISTED))


def saddle_thick(place: Place, sheets: int, signatures: int, most: int) -> Problem:
    """Report more sheets in one another than fold well; so many signatures of so many sheets would."""
    return warning("SADDLE_THICK", place, sheets=sheets, pages=4 * sheets, signatures=signatures, most=most)


def saddle_too_thick(place: Place, sheets: int, signatures: int, most: int) -> Problem:
    """Report more sheets in one another than an office stapler goes through."""
    return warning("SADDLE_TOO_THICK", place, sheets=sheets, pages=4 * sheets, signatures=signatures, most=most)


def creep_cuts(place: Place, pages: Sequence[int], most: float) -> Problem:
    """Report pages (counted from 1) whose words the move towards the spine, ``most`` mm, brings over the fold."""
    return error("CREEP_CUTS", place, pages=runs(sorted(pages), LISTED), most=measure(most))


def creep_near(place: Place, pages: Sequence[int], most: float) -> Problem:
    """Report pages (counted from 1) whose words the move towards the spine, ``most`` mm, brings near to the fold."""
    return warning("CREEP_NEAR", place, pages=runs(sorted(pages), LISTED), most=measure(most))


def edge_cut(place: Place, sheets: Sequence[int], edge: float, nearest: float) -> Problem:
    """Report ink on sheets (0: the cover) nearer to the edge of the paper than the printer prints; measures in mm."""
    measures = {"edge": measure(edge), "nearest": measure(max(nearest, 0))}
    return warning("EDGE_CUT", place, sheets=runs(sheets, LISTED), **measures)
