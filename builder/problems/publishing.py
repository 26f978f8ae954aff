"""A place on a shelf or in a site comes in; the ``Problem`` of publishing it goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.problems.nouns import error, warning

if TYPE_CHECKING:
    from builder.problems.nouns import Place, Problem


def shelf_empty(place: Place) -> Problem:
    """Report a shelf on which no publication stands, or one that is not there."""
    return error("SHELF_EMPTY", place)


def shelf_old(place: Place) -> Problem:
    """Report a publication that an earlier version has put on the shelf: its list does not say what it is."""
    return error("SHELF_OLD", place)


def shelf_list(place: Place) -> Problem:
    """Report a list of a publication that cannot be understood, or that is of another one."""
    return error("SHELF_LIST", place)


def shelf_lost(place: Place) -> Problem:
    """Report a file that is listed and is not there, or is no file any more."""
    return error("SHELF_LOST", place)


def shelf_changed(place: Place) -> Problem:
    """Report a file that is another than the one that was listed."""
    return error("SHELF_CHANGED", place)


def shelf_link(place: Place) -> Problem:
    """Report a link in the place of a publication: it is not followed."""
    return warning("SHELF_LINK", place)


def shelf_stale(place: Place) -> Problem:
    """Report a file that the last build did not make again."""
    return warning("SHELF_STALE", place)


def shelf_edition(place: Place, edition: str) -> Problem:
    """Report a file of an edition that its publication does not have any more: nobody knows for whom it is."""
    return warning("SHELF_EDITION", place, edition=edition)


def shelf_book(place: Place) -> Problem:
    """Report an e-book that is none of those bound here, or too large."""
    return error("SHELF_BOOK", place)


def web_edition(place: Place, refused: str) -> Problem:
    """Report an e-book that holds what no page for a browser may: markup or styles of a layout of one's own."""
    return error("WEB_EDITION", place, refused=refused)


def site_taken(place: Place) -> Problem:
    """Report a folder that is not empty, and is no site made here."""
    return error("SITE_TAKEN", place)


def site_file(place: Place) -> Problem:
    """Report a file, or a link that leads nowhere, where the folder of a site is to be."""
    return error("SITE_FILE", place)


def site_drive(place: Place) -> Problem:
    """Report a site that would be a whole disk: it cannot change places with another."""
    return error("SITE_DRIVE", place)


def site_here(place: Place) -> Problem:
    """Report a site in which whoever publishes it stands: they would be left in the folder that is thrown away."""
    return error("SITE_HERE", place)


def site_owners(place: Place) -> Problem:
    """Report something that its owner has put where a file of the site belongs."""
    return error("SITE_OWNERS", place)


def site_shelf(place: Place) -> Problem:
    """Report a site that would stand on the shelf, or the shelf in it."""
    return error("SITE_SHELF", place)


def site_source(place: Place) -> Problem:
    """Report a site that would stand in a source folder."""
    return error("SITE_SOURCE", place)


def site_nothing(place: Place) -> Problem:
    """Report a site on which nothing would stand: all publications of the shelf are for members alone."""
    return error("SITE_NOTHING", place)
