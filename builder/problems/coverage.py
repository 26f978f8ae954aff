"""A place in the programme or the plan comes in; the ``Problem`` of a gap in what covers it goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.problems.nouns import info

if TYPE_CHECKING:
    from builder.problems.nouns import Place, Problem

COVERAGE = ("COVER_NOTE", "COVER_SESSION", "COVER_TWICE")
"""The codes of this module: what is only looked for when coverage is asked for."""


def clause_without_note(place: Place, clauses: str) -> Problem:
    """Report neighbouring clauses that no commentary speaks of."""
    return info("COVER_NOTE", place, found=clauses)


def clause_without_session(place: Place, clauses: str) -> Problem:
    """Report neighbouring clauses that no session reads."""
    return info("COVER_SESSION", place, found=clauses)


def clause_read_twice(place: Place, clauses: str, sessions: str) -> Problem:
    """Report neighbouring clauses that several sessions read; ``sessions`` are their numbers."""
    return info("COVER_TWICE", place, found=clauses, sessions=sessions)
