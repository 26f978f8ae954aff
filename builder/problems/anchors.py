"""A place in what stands around the programme comes in; the ``Problem`` of a citation or an entry goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.problems.nouns import error, nearest, warning

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from builder.problems.nouns import Place, Problem


# --- citations ------------------------------------------------------------------------------------


def citation_unreadable(place: Place, citation: str) -> Problem:
    """Report words that are no citation."""
    return error("REF_SYNTAX", place, citation=citation)


def citation_unknown(place: Place, citation: str, candidates: Sequence[str]) -> Problem:
    """Report a citation that matches no clause, with the nearest ones."""
    return error("REF_UNKNOWN", place, citation=citation, candidates="; ".join(candidates) or "—")


def citation_ambiguous(place: Place, citation: str, candidates: Sequence[str]) -> Problem:
    """Report a citation that matches several clauses."""
    return error("REF_AMBIGUOUS", place, citation=citation, candidates="; ".join(candidates) or "—")


def citation_range(place: Place, citation: str) -> Problem:
    """Report a range whose ends are of two kinds or in the wrong order."""
    return error("REF_RANGE", place, citation=citation)


# --- commentary, sessions, glossary ---------------------------------------------------------------


def note_stray(place: Place) -> Problem:
    """Report commentary that stands before the first citation heading."""
    return error("NOTE_STRAY", place)


def note_empty(place: Place, citation: str) -> Problem:
    """Report an entry of commentary without text."""
    return warning("NOTE_EMPTY", place, citation=citation)


def session_minutes(place: Place, total: int, minutes: int) -> Problem:
    """Report an agenda whose minutes do not add up to the session's."""
    return warning("SESSION_MINUTES", place, total=total, minutes=minutes)


def term_form(place: Place) -> Problem:
    """Report a line of the glossary that is neither a term nor its definition."""
    return error("TERM_FORM", place)


def term_twice(place: Place, words: str, line: int) -> Problem:
    """Report a term explained twice; ``line`` is where it stood first."""
    return error("TERM_TWICE", place, words=words, line=line)


# --- sessions and the index -----------------------------------------------------------------------


def session_unknown(place: Place, named: str, count: int) -> Problem:
    """Report a reference to a session the plan does not have; ``count`` is how many it has."""
    known = "1" if count == 1 else f"1–{count}" if count else "—"
    return error("REF_SESSION", place, named=named, known=known)


def index_empty(place: Place, markup: str) -> Problem:
    """Report a mark for the index with no words, or with no entry after its bar."""
    return error("INDEX_EMPTY", place, markup=markup)


def language_unknown(place: Place, tag: str) -> Problem:
    """Report words marked as in another language by a tag that names none."""
    return error("LANGUAGE_UNKNOWN", place, tag=tag)


def language_mark(place: Place, mark: str) -> Problem:
    """Report a mark of another language that marks no words, and so would be printed."""
    return warning("LANGUAGE_MARK", place, mark=mark)


def index_open(place: Place, markup: str) -> Problem:
    """Report a mark for the index that is not closed."""
    return error("INDEX_OPEN", place, markup=markup)


def index_form(place: Place) -> Problem:
    """Report a line of the list for the index that is no item."""
    return error("INDEX_FORM", place)


def index_twice(place: Place, words: str, line: int) -> Problem:
    """Report an entry listed twice; ``line`` is where it stood first."""
    return warning("INDEX_TWICE", place, words=words, line=line)


def index_see(place: Place, entry: str, known: Iterable[str]) -> Problem:
    """Report an entry that sends its reader to one there is not."""
    return error("INDEX_SEE", place, entry=entry, nearest=nearest(entry, known))


def index_unused(place: Place, words: str) -> Problem:
    """Report an entry whose words stand nowhere: it is not printed."""
    return warning("INDEX_UNUSED", place, words=words)
