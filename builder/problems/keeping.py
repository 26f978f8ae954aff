"""A place in a finished file or a folder comes in; the ``Problem`` of folding or keeping it goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.problems.nouns import error, warning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.problems.nouns import Place, Problem


def pdf_unreadable(place: Place) -> Problem:
    """Report a file that is no PDF, or one too damaged to read."""
    return error("PDF_UNREADABLE", place)


def pdf_locked(place: Place) -> Problem:
    """Report a PDF that asks for a password."""
    return error("PDF_LOCKED", place)


def page_too_large(place: Place, page: int, width: float, height: float, sheet: str) -> Problem:
    """Report a page (counted from 1; measures in mm) for which the sheet has no room; one that has is named."""
    return error("PAGE_TOO_LARGE", place, page=page, width=f"{width:.0f}", height=f"{height:.0f}", sheet=sheet)


def sheet_differs(place: Place, sheets: Iterable[int], pages: Iterable[str]) -> Problem:
    """Report sheets that, read back, do not carry the words of the pages (``—``: blank) that belong on them."""
    sheet, page = (", ".join(dict.fromkeys(map(str, each))) for each in (sheets, pages))
    return error("SHEET_DIFFERS", place, sheet=sheet, page=page)


def output_unknown(place: Place, edition: str, output: str, known: Iterable[str]) -> Problem:
    """Report an output that an edition asks for and this version does not make yet."""
    return warning("OUTPUT_UNKNOWN", place, edition=edition, output=output, known=", ".join(known))


def nothing_made(place: Place) -> Problem:
    """Report a publication none of whose outputs this version makes: the shelf must not be emptied for it."""
    return error("NOTHING_MADE", place)


def kindle_missing(place: Place) -> Problem:
    """Report a book for a Kindle that this machine cannot make: calibre is not there."""
    return warning("KINDLE_MISSING", place)


def kindle_failed(place: Place) -> Problem:
    """Report a book for a Kindle that calibre did not make, or made of nothing a Kindle reads."""
    return warning("KINDLE_FAILED", place)


def kindle_slow(place: Place, seconds: str) -> Problem:
    """Report a book for a Kindle that was not done in time."""
    return warning("KINDLE_SLOW", place, seconds=seconds)


def shelf_denied(place: Place) -> Problem:
    """Report a folder or a file that cannot be written."""
    return error("SHELF_DENIED", place)


def shelf_source(place: Place) -> Problem:
    """Report a shelf on which the folder of a publication is a source folder."""
    return error("SHELF_SOURCE", place)


def shelf_full(place: Place) -> Problem:
    """Report a disk that is full."""
    return error("SHELF_FULL", place)


def cache_refused(place: Place, refused: OSError) -> Problem:
    """Report that nothing can be kept in the folder of what was set before; its reason is the system's, in English."""
    return warning("CACHE_REFUSED", place, refusal=refused.strerror or type(refused).__name__)


def printers_broken(place: Place) -> Problem:
    """Report a file of printers that cannot be understood."""
    return error("PRINTERS_BROKEN", place)


def import_exists(place: Place) -> Problem:
    """Report a folder that is not empty where a source folder was to be made."""
    return error("IMPORT_EXISTS", place)


def file_missing(place: Place) -> Problem:
    """Report a file that is not there."""
    return error("FILE_MISSING", place)


def file_taken(place: Place) -> Problem:
    """Report a file that was to be written and is there already, made by somebody else."""
    return error("FILE_TAKEN", place)


def slug_twice(place: Place, slug: str) -> Problem:
    """Report two source folders of one build that would share a folder on the shelf."""
    return error("SLUG_TWICE", place, slug=slug)
