"""A matching and what a person decided about some of its clauses come in; the matching goes out as decided."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder.revision.nouns import Kind, Matching

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.revision.nouns import Match


def decided(matching: Matching, answers: Mapping[str, str]) -> Matching:
    """Bind clauses as told: old path id → new path id, ``""`` for one that is gone. They are sure then.

    A clause that is bound to where another one was stays bound besides it: both were merged.
    """
    matches = tuple(_decided(match, answers) for match in matching.matches)
    bound = {new for match in matches for new in match.new}
    freed = {new for match in matching.matches for new in match.new} - bound
    added = tuple(new for new in matching.added if new not in bound)
    return Matching(matches, (*added, *sorted(freed)))


def _decided(match: Match, answers: Mapping[str, str]) -> Match:
    if match.old not in answers:
        return match
    new = answers[match.old]
    if match.new and new == match.new[0]:
        return replace(match, sure=True)
    if not new:
        return replace(match, new=(), kind=Kind.REMOVED, sure=True)
    return replace(match, new=(new,), kind=Kind.MOVED, confidence=1.0, sure=True)
