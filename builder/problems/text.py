"""A place in a text comes in; the ``Problem`` of its numbering or its markup goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.problems.nouns import error, nearest, warning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.problems.nouns import Place, Problem


# --- the programme text ---------------------------------------------------------------------------


def number_out_of_sequence(place: Place, found: str, expected: str, *, strict: bool) -> Problem:
    """Report a label out of sequence: an error, or a warning when numbers are kept as printed."""
    make = error if strict else warning
    return make("NUM_SEQ", place, found=found, expected=expected)


def clause_empty(place: Place, label: str) -> Problem:
    """Report a label with nothing under it."""
    return warning("CLAUSE_EMPTY", place, label=label)


def source_differs(place: Place, citation: str, count: int) -> Problem:
    """Report a clause whose words are not the locked ones; ``count`` is how many there are."""
    return error("SOURCE_DIFF", place, citation=citation or "—", count=count)


def source_shorter(place: Place, name: str, count: int) -> Problem:
    """Report locked clauses that are gone: the path id of the first, and how many."""
    return error("SOURCE_SHORT", place, name=name, count=count)


def lock_bad(place: Place) -> Problem:
    """Report a lock that cannot be read."""
    return error("LOCK_BAD", place)


# --- running text ---------------------------------------------------------------------------------


def html_raw(place: Place, markup: str) -> Problem:
    """Report raw HTML: it is never passed on."""
    return error("HTML_RAW", place, markup=markup)


def link_bad(place: Place, address: str) -> Problem:
    """Report a link to something other than the web, a mail address or a clause."""
    return error("LINK_BAD", place, address=address)


def figure_missing(place: Place, path: str, known: Iterable[str]) -> Problem:
    """Report a picture that is not in the source folder."""
    return error("FIGURE_MISSING", place, path=path, nearest=nearest(path, known))


def figure_kind(place: Place, path: str) -> Problem:
    """Report a picture that is neither SVG, PNG nor JPEG."""
    return error("FIGURE_KIND", place, path=path)


def figure_huge(place: Place, path: str, width: int, height: int) -> Problem:
    """Report a picture of more pixels than can be set (width and height in pixels)."""
    return error("FIGURE_HUGE", place, path=path, width=width, height=height)


def figure_alt(place: Place, path: str) -> Problem:
    """Report a picture without a description for those who cannot see it."""
    return warning("FIGURE_ALT", place, path=path)


def figure_inline(place: Place, path: str) -> Problem:
    """Report a picture amid a paragraph."""
    return error("FIGURE_INLINE", place, path=path)


def svg_unsafe(place: Place, path: str, what: str) -> Problem:
    """Report an SVG that holds more than a drawing: script, outside reference, entity."""
    return error("SVG_UNSAFE", place, path=path, what=what)


def footnote_unknown(place: Place, name: str) -> Problem:
    """Report a call to a footnote that is not in the file."""
    return error("FOOTNOTE_UNKNOWN", place, name=name)


def footnote_unused(place: Place, name: str) -> Problem:
    """Report a footnote nothing calls: it is not printed."""
    return warning("FOOTNOTE_UNUSED", place, name=name)


def footnote_twice(place: Place, name: str, line: int) -> Problem:
    """Report a footnote written twice; ``line`` is where it stood first."""
    return error("FOOTNOTE_TWICE", place, name=name, line=line)


def footnote_nested(place: Place, name: str) -> Problem:
    """Report a footnote called from within a footnote."""
    return error("FOOTNOTE_NESTED", place, name=name)


def table_cells(place: Place, found: int, expected: int) -> Problem:
    """Report a table row with more cells than the head: the rest would be lost."""
    return error("TABLE_CELLS", place, found=found, expected=expected)


def nested_deep(place: Place) -> Problem:
    """Report quotes or lists set into one another too deep to print."""
    return error("NESTED_DEEP", place)


def fence_open(place: Place, kind: str) -> Problem:
    """Report a box that is not closed."""
    return error("FENCE_OPEN", place, kind=kind)


def fence_close(place: Place) -> Problem:
    """Report a closing line where no box is open."""
    return error("FENCE_CLOSE", place)


def fence_kind(place: Place, kind: str, known: Iterable[str]) -> Problem:
    """Report a box of unknown kind."""
    return error("FENCE_KIND", place, kind=kind, known=", ".join(known))


def fence_attr(place: Place, attribute: str) -> Problem:
    """Report what stands in braces and is not ``lines=`` with a number from 1 to 60."""
    return error("FENCE_ATTR", place, attribute=attribute)


def fence_empty(place: Place, kind: str) -> Problem:
    """Report a fenced block with nothing in it."""
    return error("FENCE_EMPTY", place, kind=kind)


def head_line(place: Place, line: str) -> Problem:
    """Report a line of an official paper's head of which nobody can tell in which column it stands."""
    return error("HEAD_LINE", place, line=line)


def head_right(place: Place) -> Problem:
    """Report the head of an official paper without a right column."""
    return error("HEAD_RIGHT", place)


def sign_columns(place: Place, line: str, found: int, expected: int) -> Problem:
    """Report a line of an official paper's foot that has another number of columns than those above it."""
    return error("SIGN_COLUMNS", place, line=line, found=found, expected=expected)


def fence_place(place: Place, kind: str) -> Problem:
    """Report a box in the programme text."""
    return error("FENCE_PLACE", place, kind=kind)
