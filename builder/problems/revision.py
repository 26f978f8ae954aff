"""A place around a programme that is being revised comes in; the ``Problem`` of following its clauses goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.problems.nouns import error, warning

if TYPE_CHECKING:
    from builder.problems.nouns import Place, Problem


def revision_unsure(place: Place, count: int) -> Problem:
    """Report clauses of which nobody has said what became of them."""
    return error("REVISION_UNSURE", place, count=count)


def revision_locked(place: Place) -> Problem:
    """Report a programme that is locked and would be replaced."""
    return error("REVISION_LOCKED", place)


def revision_answer(place: Place, answer: str, clause: str) -> Problem:
    """Report an answer in a table of questions that names no clause of the new text, or several."""
    return error("REVISION_ANSWER", place, answer=answer, clause=clause)


def revision_missing(place: Place, clause: str) -> Problem:
    """Report a question that a table does not answer: it was made for another version."""
    return error("REVISION_MISSING", place, clause=clause)


def revision_aside(place: Place, citation: str, file: str) -> Problem:
    """Report an entry of commentary that has no clause left, and the file it is kept in."""
    return warning("REVISION_ASIDE", place, citation=citation, file=file)


def revision_lifted(place: Place, citation: str, became: str) -> Problem:
    """Report an entry of commentary whose clause is gone, and the clause around it that it stands at now."""
    return warning("REVISION_LIFTED", place, citation=citation, became=became)


def revision_mention(place: Place, citation: str, became: str) -> Problem:
    """Report mere words that cite a clause by a number that it has no more; they are left as they are."""
    return warning("REVISION_MENTION", place, citation=citation, became=became or "—")


def revision_unread(place: Place, citation: str) -> Problem:
    """Report a reading of a session whose clause is gone."""
    return warning("REVISION_UNREAD", place, citation=citation)


def revision_unlinked(place: Place, citation: str) -> Problem:
    """Report a reference to a clause that is gone: its words stay, and lead nowhere."""
    return warning("REVISION_UNLINKED", place, citation=citation)
