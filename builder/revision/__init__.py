"""Two versions of a programme come in; what became of each clause goes out, and the texts that cite them, re-anchored."""

from builder.revision.matching import match
from builder.revision.nouns import Kind, Match, Matching

__all__ = ["Kind", "Match", "Matching", "match"]
