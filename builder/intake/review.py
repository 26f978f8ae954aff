"""The pieces of a programme and what was reported of them → rows for a person to look through, and how sure each is.

Rows that a person has decided on come back as a ``Review``.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder import problems
from builder.intake import shapes
from builder.manuscript import labels
from builder.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from builder.intake.draft import Piece
    from builder.intake.shapes import Shape
    from builder.problems import Place, Problem

SURE = 100
DOUBTFUL = 80
"""A row below it is one to look at."""

CONFIDENCE = {
    "INTAKE_LOST": 20,  # letters are gone: somebody must type them
    "INTAKE_DOUBTED": 30,  # perhaps an old encoding
    "INTAKE_FOLIO": 40,  # perhaps a page number, perhaps not
    "INTAKE_ESCAPED": 50,  # looks like a label or markup, and was kept as words
    "INTAKE_HEADING": 60,  # looks like a heading, and nothing says so
    "INTAKE_JOINED": 60,  # joined over a blank line
    "NUM_SEQ": 70,  # a number out of sequence: a label may be missing above, or misread
    "INTAKE_SPLIT": 85,  # a label that was glued to a sentence: hardly ever wrong
    "INTAKE_CONTROL": 75,  # characters were left out
    "INTAKE_COMMENT": 90,
    "INTAKE_CHANGED": 95,
}
"""How sure a piece is (0 to 100) when this was reported at its line; the lowest holds, and 100 when nothing was."""

WARNED = 85
"""How sure it is after a warning that stands in no table: its note is shown, it is not called doubtful."""

_OF_NO_ROW = {
    "INTAKE_AS_PRINTED",  # of all numbers; each has its own NUM_SEQ
    "INTAKE_LEFT_OUT",  # of a piece that is no more
    "REVIEW_WORDS",  # its place is in the sheet
}

_FIRST_WORDS = 160
_RULE = re.compile(r"[\s|:-]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One piece as a person sees it: its ``number`` from 1, the ``line`` of the original, what it is, its words.

    ``label`` is as printed; ``words`` are the first, without it; ``confidence`` is from 0 to 100, ``doubts`` say why.
    """

    number: int
    line: int
    shape: Shape
    label: str
    words: str
    confidence: int
    doubts: tuple[Problem, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Tell whether somebody should look at it."""
        return self.confidence < DOUBTFUL

    def note(self, language: str) -> str:
        """Say why it is not sure, in ``vi`` or ``en``; nothing when it is."""
        return " ".join(dict.fromkeys(doubt.sentence(language) for doubt in self.doubts))


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as it came back: what it is to be, and the place in the sheet where that is said."""

    number: int
    shape: Shape
    label: str
    words: str
    place: Place


@dataclass(frozen=True, slots=True)
class Review:
    """A sheet as it came back: its file, the fingerprint of what it was made of, its rows."""

    file: str
    fingerprint: str
    entries: tuple[Entry, ...]


def rows(pieces: Sequence[Piece], found: Iterable[Problem]) -> tuple[Row, ...]:
    """Pieces, and what was reported of their original → a row each, in order."""
    doubts = _doubts(pieces, found)
    return tuple(_row(number, piece, doubts.get(number, ())) for number, piece in enumerate(pieces, 1))


def fingerprint(pieces: Iterable[Piece]) -> str:
    """The words of pieces, and where they part → a SHA-256 of them, in hexadecimal digits."""
    said = "\0".join("\n".join(piece.plain) for piece in pieces)
    return hashlib.sha256(said.encode()).hexdigest()


def first_words(piece: Piece, label: str) -> str:
    """The words of a piece on one line, without its label, cut when they are long; rules of a table are no words."""
    rules = len(piece.plain) > 1
    words = " ".join(" ".join(line for line in piece.plain if not (rules and _RULE.fullmatch(line))).split())
    if label:
        seen = labels.recognise(words)
        words = seen.rest if seen and seen.printed == label else words.removeprefix(f"{label}:").removeprefix(label)
        words = words.strip()
    return words if len(words) <= _FIRST_WORDS else f"{words[: _FIRST_WORDS - 1].rstrip()}…"


def _row(number: int, piece: Piece, doubts: tuple[Problem, ...]) -> Row:
    seen = shapes.look(piece)
    confidence = min(map(_sure_after, doubts), default=SURE)
    return Row(number, piece.line, seen.shape, seen.label, first_words(piece, seen.label), confidence, doubts)


def _sure_after(problem: Problem) -> int:
    if problem.code in _OF_NO_ROW:
        return SURE
    return CONFIDENCE.get(problem.code, WARNED if problem.severity is Severity.WARNING else SURE)


def _doubts(pieces: Sequence[Piece], found: Iterable[Problem]) -> dict[int, tuple[Problem, ...]]:
    """Row number → what was reported of it: of the piece that begins on the line, or is the last to begin before."""
    order = sorted(range(len(pieces)), key=lambda at: pieces[at].line)
    starts = [pieces[at].line for at in order]
    gathered: dict[int, tuple[Problem, ...]] = {}
    for problem in problems.in_order(found):
        last = bisect_right(starts, problem.place.line)
        if _sure_after(problem) == SURE or not problem.place.line or not last:
            continue
        same = order[bisect_left(starts, starts[last - 1], hi=last) : last]
        at = next((at for at in same if _speaks_of(problem, pieces[at])), same[0])
        gathered[at + 1] = (*gathered.get(at + 1, ()), problem)
    return gathered


def _speaks_of(problem: Problem, piece: Piece) -> bool:
    """Tell whether a problem quotes the words that a piece opens with: several can begin on one line."""
    words = " ".join(" ".join(piece.plain).split())
    return any(value and words.startswith(value.rstrip("…")) for _, value in problem.values)
