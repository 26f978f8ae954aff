"""The nouns of a revision, all frozen: which old clause became which new one, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kind(StrEnum):
    """What became of a clause; where several are true the one named first here."""

    REMOVED = "removed"
    SPLIT = "split"
    MERGED = "merged"
    MOVED = "moved"
    REWORDED = "reworded"
    RENUMBERED = "renumbered"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Match:
    """What became of one clause.

    Attributes:
        old: path id of the clause in the old text.
        new: path ids of what it became in the new text, the first above all; none when it is gone.
        kind: the greatest of the things that happened to it.
        confidence: 0 to 1.
        sure: nobody need be asked.
        heir: for a clause that is gone, the path id of what the nearest clause around it became; else ``""``.
    """

    old: str
    new: tuple[str, ...]
    kind: Kind
    confidence: float
    sure: bool
    heir: str = ""


@dataclass(frozen=True)
class Matching:
    """All matches, in the order of the old text, and the path ids of the clauses that are new."""

    matches: tuple[Match, ...]
    added: tuple[str, ...] = ()

    @cached_property
    def by_old(self) -> Mapping[str, Match]:
        """Old path id → its match."""
        return {match.old: match for match in self.matches}

    @property
    def unsure(self) -> tuple[Match, ...]:
        """The matches somebody has to look at."""
        return tuple(match for match in self.matches if not match.sure)
