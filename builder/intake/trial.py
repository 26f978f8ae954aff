"""A draft → the text of ``program.md``, tried in memory by the manuscript's own reader until it reads without an error.

A piece that gives an error is written again as plain words; numbers out of sequence are kept as printed.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from builder import problems
from builder.intake import decode, escape
from builder.manuscript import program
from builder.manuscript.folder import Folder, Line, Sheet
from builder.problems import Place, Problem, Severity
from builder.publication import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from builder.intake.draft import Piece
    from builder.intake.record import Record
    from builder.publication import Clause

_FILE = "program.md"
_SEQUENCE = "NUM_SEQ"
_LOST = {"FOOTNOTE_UNUSED"}  # a warning to a writer, but here words would not be printed


@dataclass(frozen=True, slots=True)
class Settled:
    """The text of ``program.md``, whether its numbers are in sequence, and the pieces it is made of."""

    text: str
    strict: bool
    pieces: tuple[Piece, ...] = ()


def settle(pieces: Sequence[Piece], record: Record) -> Settled:
    """Pieces → a programme that reads without an error; what had to be escaped, and odd numbers, are reported.

    Raises:
        Problems: when a line is a secrecy mark.
    """
    tried = list(pieces)
    while wrong := _wrong(tried):
        for at in sorted(wrong):
            tried[at] = _escaped(tried[at])
            record.add(problems.intake_escaped, tried[at].line, tried[at].plain[0])
    lines = tuple(Line(piece.line, text) for piece in tried for text in piece.text.split("\n"))
    decode.stop_at_secrets(lines, record.file)
    found, clauses = _read(tried)
    odd = [problem for problem in found if problem.code == _SEQUENCE]
    _report(tried, odd, clauses, record)
    return Settled(_text(tried), not odd, tuple(tried))


def _report(tried: list[Piece], odd: list[Problem], clauses: tuple[Clause, ...], record: Record) -> None:
    if counted := _counted(clauses):
        record.add(problems.intake_numbering, 0, counted)
    if not odd:
        return
    places = [Place(record.file, tried[_at(tried, problem)].line, 1) for problem in odd]
    record.add(problems.intake_as_printed, min(place.line for place in places), len(odd))
    for problem, place in zip(odd, places, strict=True):
        record.found.append(replace(problem, place=place, severity=Severity.WARNING))


def _wrong(tried: list[Piece]) -> set[int]:
    """The pieces the reader objects to.

    Raises:
        AssertionError: when one is already plain words; a bug of ours.
    """
    found, _ = _read(tried)
    errors = [
        each for each in found if (each.severity is Severity.ERROR and each.code != _SEQUENCE) or each.code in _LOST
    ]
    wrong = {_at(tried, problem) for problem in errors}
    if any(tried[at] == _escaped(tried[at]) for at in wrong):
        raise AssertionError(f"plain words give an error: {errors}")
    return wrong


def _read(tried: list[Piece]) -> tuple[list[Problem], tuple[Clause, ...]]:
    found: list[Problem] = []
    lines = tuple(Line(number, text) for number, text in enumerate(_text(tried).split("\n"), 1))
    programme, _ = program.read(Sheet(_FILE, _FILE, lines), Folder(Path(), found), found)
    return found, programme.clauses


def _text(tried: Iterable[Piece]) -> str:
    return "\n\n".join(piece.text for piece in tried) + "\n"


def _at(tried: list[Piece], problem: Problem) -> int:
    """The piece on whose lines a problem stands."""
    ends = accumulate(piece.text.count("\n") + len(("its last line", "a blank one")) for piece in tried)
    starts = [1, *(end + 1 for end in ends)]
    return min(bisect_right(starts, problem.place.line), len(tried)) - 1


def _escaped(piece: Piece) -> Piece:
    """A piece as plain words, a paragraph for each of its lines."""
    words = (escape.paragraph(escape.words(line)) for line in piece.plain)
    return replace(piece, text="\n\n".join(word for word in words if word))


def _counted(clauses: tuple[Clause, ...]) -> str:
    """Clauses → how many of each kind, by the label of the first: ``Chương I (5), Điều 1. (30)``."""
    firsts: dict[object, str] = {}
    counts: dict[object, int] = {}
    for clause in walk(clauses):
        firsts.setdefault(clause.level, clause.label or "#")
        counts[clause.level] = counts.get(clause.level, 0) + 1
    return ", ".join(f"{first} ({counts[level]})" for level, first in firsts.items())
