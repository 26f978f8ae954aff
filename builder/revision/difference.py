"""Two wordings of a clause come in; what was left out, put in and kept goes out, syllable by syllable.

A syllable is the least a Vietnamese reader sees: no change is shown within one. A single syllable that happens to be
kept between two changes is taken into them, so that the sentence is not cut to shreds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TOKEN = re.compile(r"\s*(?:\w+(?:[./]\w+)*|[^\w\s])")
_MOST = 3000  # syllables that are compared one by one
_ISLAND = 2  # tokens kept between two changes that are too few to be shown as kept
_ALIKE = 0.3  # with less in common one wording simply takes the place of the other


class Did(StrEnum):
    """What was done to some words."""

    KEPT = "kept"
    GONE = "gone"
    COME = "come"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words, and what was done to them; spaces stand at the beginning of what follows."""

    did: Did
    words: str


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """Compare two wordings; what is gone stands before what has come in its place."""
    ours, theirs = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(ours) + len(theirs) > 2 * _MOST:
        return tuple(_replaced(ours, theirs))
    compared = SequenceMatcher(None, [each.strip() for each in ours], [each.strip() for each in theirs], autojunk=False)
    if compared.ratio() < _ALIKE:
        return tuple(_replaced(ours, theirs))
    return tuple(_joined(_steps(compared, ours, theirs)))


def _replaced(ours: list[str], theirs: list[str]) -> Iterator[Piece]:
    yield from (Piece(Did.GONE, "".join(ours)),) if ours else ()
    yield from (Piece(Did.COME, "".join(theirs)),) if theirs else ()


def _steps(compared: SequenceMatcher[str], ours: list[str], theirs: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield what is gone and what has come, in turn with what is kept (the same on both sides)."""
    gone: list[str] = []
    come: list[str] = []
    codes = compared.get_opcodes()
    for at, (what, a, b, c, d) in enumerate(codes):
        between = 0 < at < len(codes) - 1
        if what != "equal" or (between and b - a < _ISLAND):
            gone += ours[a:b]
            come += theirs[c:d]
            continue
        yield gone, come
        kept = theirs[c:d]
        yield kept, kept
        gone, come = [], []
    yield gone, come


def _joined(steps: Iterable[tuple[list[str], list[str]]]) -> Iterator[Piece]:
    pieces = (piece for gone, come in steps for piece in _pieces(gone, come))
    for did, some in groupby(pieces, key=lambda piece: piece.did):
        yield Piece(did, "".join(piece.words for piece in some))


def _pieces(gone: list[str], come: list[str]) -> Iterator[Piece]:
    if gone is come:
        yield Piece(Did.KEPT, "".join(come))
        return
    yield from _replaced(gone, come)
