"""A place in a layout, a font or a composition comes in; the ``Problem`` met while a book is made goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.problems.nouns import Measure, error, nearest, warning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.problems.nouns import Place, Problem


# --- layouts --------------------------------------------------------------------------------------


def layout_unknown(place: Place, name: str, known: Iterable[str]) -> Problem:
    """Report a layout that is in no folder."""
    return error("LAYOUT_UNKNOWN", place, name=name, nearest=nearest(name, known))


def layout_broken(place: Place, what: str) -> Problem:
    """Report a layout folder with an entry or a template that does not hold."""
    return error("LAYOUT_BROKEN", place, what=what)


def layout_empty(place: Place, name: str) -> Problem:
    """Report a layout that finds nothing to print in a publication: sheets of sessions where there is none."""
    return error("LAYOUT_EMPTY", place, name=name)


def layout_paper(place: Place, name: str) -> Problem:
    """Report a layout of sheets to write on, asked for on a page for a phone."""
    return error("LAYOUT_PAPER", place, name=name)


def ebook_css(place: Place, written: str, why: str) -> Problem:
    """Report what a layout's styles say that an e-book's reader does not bear; ``why`` is what comes of it."""
    return warning("EBOOK_CSS", place, written=written, why=why)


# --- fonts ----------------------------------------------------------------------------------------


def roles_broken(place: Place, what: str) -> Problem:
    """Report a ``roles.toml`` that cannot be read as roles; ``what`` is the entry or the parser's words."""
    return error("ROLES_BROKEN", place, what=what)


def font_unknown(place: Place, family: str, package: str) -> Problem:
    """Report a family no installed package brings."""
    return error("FONT_UNKNOWN", place, family=family, package=package)


def font_cut(place: Place, family: str, cut: str) -> Problem:
    """Report a weight, a style or a file that a family does not have."""
    return error("FONT_CUT", place, family=family, cut=cut)


def font_unreadable(place: Place) -> Problem:
    """Report a file that is no font."""
    return error("FONT_UNREADABLE", place)


def font_locked(place: Place, family: str) -> Problem:
    """Report a font whose maker does not let it go into a file that others get."""
    return error("FONT_LOCKED", place, family=family)


def font_missing(place: Place, letters: str, families: Iterable[str]) -> Problem:
    """Report letters that the families cannot print, with their numbers in Unicode."""
    listed = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters)
    return error("FONT_MISSING", place, letters=listed, families=", ".join(families))


# --- the press ------------------------------------------------------------------------------------


def press_log(place: Place, message: str) -> Problem:
    """Report what the typesetter passed over in a layout's styles, in its own words."""
    return warning("PRESS_LOG", place, message=message)


def press_error(place: Place, message: str) -> Problem:
    """Report what the typesetter could not do, in its own words."""
    return error("PRESS_ERROR", place, message=message)


def fetch_refused(place: Place, address: str) -> Problem:
    """Report something a leaf or a style asked for that the composition does not hold; nothing is ever fetched."""
    return error("FETCH_REFUSED", place, address=address)


def figure_broken(place: Place, path: str) -> Problem:
    """Report a figure whose bytes are no picture."""
    return error("FIGURE_BROKEN", place, path=path)


def leaf_broken(place: Place, reason: str) -> Problem:
    """Report a leaf whose markup is not well formed."""
    return error("LEAF_BROKEN", place, reason=reason)


def leaf_long(place: Place, title: str, pages: int, most: int) -> Problem:
    """Report a leaf with more pages than its layout wants it to have."""
    return warning("LEAF_LONG", place, title=title, pages=pages, most=most)


def table_small(place: Place, folio: int | str, words: str, points: float) -> Problem:
    """Report a table so wide that its letters had to be shrunk, to so many points."""
    return warning("TABLE_SMALL", place, folio=folio, words=words, points=_length(points))


def furniture_cut(place: Place, folio: int | str, words: str, millimetres: float) -> Problem:
    """Report a running head or a folio that the edge of the paper cuts, by so many millimetres."""
    return error("FURNITURE_CUT", place, folio=folio, words=words, millimetres=_length(millimetres))


def anchor_twice(place: Place, anchor: str) -> Problem:
    """Report an id that stands twice in a composition."""
    return error("ANCHOR_TWICE", place, anchor=anchor)


def anchor_lost(place: Place, anchor: str) -> Problem:
    """Report a reference to an id that is nowhere in a composition."""
    return error("ANCHOR_LOST", place, anchor=anchor)


def text_lost(place: Place, words: str) -> Problem:
    """Report a passage that is in a leaf and on no page."""
    return error("TEXT_LOST", place, words=words)


def overflow(place: Place, folio: int | str, words: str, millimetres: float) -> Problem:
    """Report text that stands out of the room it was given, by so many millimetres."""
    return warning("OVERFLOW", place, folio=folio, words=words, millimetres=_length(millimetres))


def text_outside(place: Place, folio: int | str, words: str, millimetres: float) -> Problem:
    """Report running text that stands outside the text area of its page, by so many millimetres."""
    return error("TEXT_OUTSIDE", place, folio=folio, words=words, millimetres=_length(millimetres))


def text_cut(place: Place, folio: int | str, words: str, millimetres: float) -> Problem:
    """Report text that the edge of the paper cuts, by so many millimetres."""
    return error("TEXT_CUT", place, folio=folio, words=words, millimetres=_length(millimetres))


def notes_collide(place: Place, folio: int | str, words: str) -> Problem:
    """Report a note in the margin that stands on another one or on the text."""
    return error("NOTES_COLLIDE", place, folio=folio, words=words)


def note_carried(place: Place, folio: int | str, words: str) -> Problem:
    """Report a footnote that does not stand at the foot of the page of its call."""
    return warning("NOTE_CARRIED", place, folio=folio, words=words)


def heading_alone(place: Place, folio: int | str, words: str) -> Problem:
    """Report a heading at the foot of a page, parted from what it heads."""
    return warning("HEADING_ALONE", place, folio=folio, words=words)


def orphan(place: Place, folio: int | str, words: str) -> Problem:
    """Report a paragraph whose first line alone stands at the foot of a page."""
    return warning("ORPHAN", place, folio=folio, words=words)


def widow(place: Place, folio: int | str, words: str) -> Problem:
    """Report a paragraph whose last line alone stands at the head of a page."""
    return warning("WIDOW", place, folio=folio, words=words)


def _length(millimetres: float) -> Measure:
    return Measure(f"{millimetres:.1f}")


def folios_unstable(place: Place, rounds: int) -> Problem:
    """Report printed page references that still moved the text after the last round of setting."""
    return error("FOLIOS_UNSTABLE", place, rounds=rounds)
