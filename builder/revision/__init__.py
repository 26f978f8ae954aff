"""Two versions of a programme come in; what became of each clause goes out, and the texts that cite it, re-anchored."""

from builder.revision.changes import Change, Changes, Renumbered, changes, reading
from builder.revision.citing import Citer, Recited
from builder.revision.decisions import decided
from builder.revision.difference import Did, Piece, difference
from builder.revision.matching import match
from builder.revision.nouns import Kind, Match, Matching
from builder.revision.reanchoring import Aside, Reanchored, Rebound, reanchor

__all__ = [
    "Aside",
    "Change",
    "Changes",
    "Citer",
    "Did",
    "Kind",
    "Match",
    "Matching",
    "Piece",
    "Reanchored",
    "Rebound",
    "Recited",
    "Renumbered",
    "changes",
    "decided",
    "difference",
    "match",
    "reading",
    "reanchor",
]
