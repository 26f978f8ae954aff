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
from builder.manuscript.folder import Folder, Line, sheet_of
from builder.problems import Place, Problem, Severity
from builder.publication import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from builder.intake.draft import Piece
    from builder.intake.record import Record
    from builder.manuscript.anchors import Anchors
    from builder.manuscript.outline import Unit
    from builder.publication import Clause, Program

_FILE = "program.md"
_SEQUENCE = "NUM_SEQ"
_LOST = {"FOOTNOTE_UNUSED"}  # a warning to a writer, but here words would not be printed


@dataclass(frozen=True, slots=True)
class Settled:
    """The text of ``program.md``, its pieces, what it reads as; ``strict`` when its numbers are in sequence."""

    text: str
    pieces: tuple[Piece, ...]
    program: Program
    anchors: Anchors
    strict: bool

    def hooks(self) -> dict[str, tuple[int, Unit | None]]:
        """By the name of a remark: the line of the first piece that it hangs on, and the innermost clause there.

        Before the first clause there is none.
        """
        found: dict[str, tuple[int, Unit | None]] = {}
        for start, piece in zip(_starts(self.pieces), self.pieces, strict=True):
            if piece.remarks:
                last = start + piece.text.count("\n")
                before = bisect_right(self.anchors.units, last, key=lambda unit: unit.line)
                unit = self.anchors.units[before - 1] if before else None
                for name in piece.remarks:
                    found.setdefault(name, (piece.line, unit))
        return found


class Bench(Folder):
    """A source folder in memory: its pictures by path; problems are gathered as from any folder."""

    def __init__(self, figures: Mapping[str, bytes], found: list[Problem]) -> None:
        super().__init__(Path(), found)
        self.figures = figures

    def picture(self, name: str, place: Place) -> bytes | None:
        """A picture of the draft; one it does not have is reported as missing."""
        if name not in self.figures:
            self.found.append(problems.figure_missing(place, name, self.figures))
        return self.figures.get(name)


def settle(pieces: Sequence[Piece], record: Record, figures: Mapping[str, bytes] | None = None) -> Settled:
    """Pieces → a programme that reads without an error; what had to be escaped, and odd numbers, are reported.

    Raises:
        Problems: when a line is a secrecy mark.
    """
    tried = list(pieces)
    held = figures or {}
    while wrong := _wrong(tried, held):
        for at in sorted(wrong):
            tried[at] = _escaped(tried[at])
            record.add(problems.intake_escaped, tried[at].line, tried[at].plain[0])
    lines = tuple(Line(piece.line, text) for piece in tried for text in piece.text.split("\n"))
    decode.stop_at_secrets(lines, record.file)
    found, programme, anchors = _read(tried, held)
    odd = [problem for problem in found if problem.code == _SEQUENCE]
    _report(tried, odd, programme.clauses, record)
    return Settled(_text(tried), tuple(tried), programme, anchors, strict=not odd)


def _report(tried: list[Piece], odd: list[Problem], clauses: tuple[Clause, ...], record: Record) -> None:
    if counted := _counted(clauses):
        record.add(problems.intake_numbering, 0, counted)
    if not odd:
        return
    starts = _starts(tried)
    places = [Place(record.file, tried[_at(starts, problem)].line, 1) for problem in odd]
    record.add(problems.intake_as_printed, min(place.line for place in places), len(odd))
    for problem, place in zip(odd, places, strict=True):
        record.found.append(replace(problem, place=place, severity=Severity.WARNING))


def _wrong(tried: list[Piece], figures: Mapping[str, bytes]) -> set[int]:
    """The pieces the reader objects to.

    Raises:
        AssertionError: when one is already plain words; a bug of ours.
    """
    found, _, _ = _read(tried, figures)
    errors = [
        each for each in found if (each.severity is Severity.ERROR and each.code != _SEQUENCE) or each.code in _LOST
    ]
    starts = _starts(tried)
    wrong = {_at(starts, problem) for problem in errors}
    if any(tried[at] == _escaped(tried[at]) for at in wrong):
        raise AssertionError(f"plain words give an error: {errors}")
    return wrong


def _read(tried: list[Piece], figures: Mapping[str, bytes]) -> tuple[list[Problem], Program, Anchors]:
    found: list[Problem] = []
    sheet = sheet_of(_FILE, _FILE, _text(tried))
    return found, *program.read(sheet, Bench(figures, found), found)


def _text(tried: Iterable[Piece]) -> str:
    return "\n\n".join(piece.text for piece in tried) + "\n"


def _starts(pieces: Sequence[Piece]) -> list[int]:
    """The line of ``program.md`` on which each piece begins; a blank one parts them."""
    ends = accumulate(piece.text.count("\n") + len(("its last line", "a blank one")) for piece in pieces)
    return [1, *(end + 1 for end in ends)][: len(pieces)]


def _at(starts: list[int], problem: Problem) -> int:
    """The piece on whose lines a problem stands, by where each begins."""
    return max(bisect_right(starts, problem.place.line), 1) - 1


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
