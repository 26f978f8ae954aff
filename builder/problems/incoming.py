"""A place in a web page, a PDF or an office file comes in; what was met while it was read goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.problems.nouns import error, info, warning

if TYPE_CHECKING:
    from builder.problems.nouns import Place, Problem


# --- what a file is -------------------------------------------------------------------------------


def intake_extension(place: Place, suffix: object, kind: object) -> Problem:
    """Report a file whose name says another kind than its bytes."""
    return info("INTAKE_EXTENSION", place, suffix=suffix, kind=kind)


def intake_locked(place: Place, kind: object) -> Problem:
    """Report a file that opens only with a password."""
    return error("INTAKE_LOCKED", place, kind=kind)


def intake_damaged(place: Place, kind: object) -> Problem:
    """Report a file that is cut off or broken."""
    return error("INTAKE_DAMAGED", place, kind=kind)


def intake_zip(place: Place, kind: object) -> Problem:
    """Report an archive of files, of which none is taken."""
    return error("INTAKE_ZIP", place, kind=kind)


def intake_image(place: Place, kind: object) -> Problem:
    """Report a picture, in which there are no letters to read."""
    return error("INTAKE_IMAGE", place, kind=kind)


# --- web pages ------------------------------------------------------------------------------------


def intake_article(place: Place, words: object, count: object, total: object) -> Problem:
    """Report which part of a page was taken as its text: its first words, how many words of how many."""
    return info("INTAKE_ARTICLE", place, words=words, count=count, total=total)


def intake_dropped(place: Place, why: object, words: object, count: object) -> Problem:
    """Report a part that was left out: why (a key of the table ``reasons``), its first words, how many words."""
    return warning("INTAKE_DROPPED", place, why=why, words=words, count=count)


def intake_picture_left(place: Place, words: object, why: object) -> Problem:
    """Report a picture that could not be taken: what it shows or is called, why (a key of ``reasons``)."""
    return warning("INTAKE_PICTURE_LEFT", place, words=words, why=why)


def intake_table_large(place: Place, rows: object, columns: object) -> Problem:
    """Report a table too large to stay one, whose rows became paragraphs."""
    return warning("INTAKE_TABLE_LARGE", place, rows=rows, columns=columns)


def intake_deep(place: Place, most: object) -> Problem:
    """Report a page whose elements stand inside each other too deep to be read whole."""
    return error("INTAKE_DEEP", place, most=most)


def intake_elements(place: Place, count: object, most: object) -> Problem:
    """Report a page of more elements than are read."""
    return error("INTAKE_ELEMENTS", place, count=count, most=most)


def intake_replaced(place: Place, count: object) -> Problem:
    """Report bytes that are no letters in the encoding of the page; the place is the first line of them."""
    return warning("INTAKE_REPLACED", place, count=count)


# --- PDF ------------------------------------------------------------------------------------------


def intake_scan(place: Place, pages: object) -> Problem:
    """Report a PDF of pictures, without letters."""
    return error("INTAKE_SCAN", place, pages=pages)


def intake_scan_pages(place: Place, pages: object) -> Problem:
    """Report the pages of a PDF on which there are pictures and no letters."""
    return warning("INTAKE_SCAN_PAGES", place, pages=pages)


def intake_pages(place: Place, pages: object, most: object) -> Problem:
    """Report a PDF with more pages than are read."""
    return error("INTAKE_PAGES", place, pages=pages, most=most)


def intake_crowded(place: Place, page: object) -> Problem:
    """Report a PDF with a page that holds more letters than any real one."""
    return error("INTAKE_CROWDED", place, page=page)


def intake_running(place: Place, words: object, pages: object, page: object) -> Problem:
    """Report a running head, a running foot or page numbers that were left out: on how many pages, from which on."""
    return warning("INTAKE_RUNNING", place, words=words, pages=pages, page=page)


def intake_columns(place: Place, pages: object) -> Problem:
    """Report the pages that were read in two columns."""
    return info("INTAKE_COLUMNS", place, pages=pages)


def intake_tabular(place: Place, page: object) -> Problem:
    """Report rows that look like a table, whose words were kept row by row."""
    return warning("INTAKE_TABULAR", place, page=page)


# --- what another program converts ----------------------------------------------------------------


def office_missing(place: Place, kind: object) -> Problem:
    """Report that this machine has no LibreOffice, which such a file needs."""
    return error("OFFICE_MISSING", place, kind=kind)


def office_failed(place: Place, kind: object) -> Problem:
    """Report a file that LibreOffice could not convert."""
    return error("OFFICE_FAILED", place, kind=kind)


def office_slow(place: Place, kind: object, seconds: object) -> Problem:
    """Report a file that LibreOffice had not converted after so many seconds."""
    return error("OFFICE_SLOW", place, kind=kind, seconds=seconds)
