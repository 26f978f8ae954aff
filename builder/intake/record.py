"""What an intake recognised, converted, repaired or is unsure of, on its way to the report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder import problems
from builder.problems import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.problems import Problem

GUESSED = {"INTAKE_HEADING", "INTAKE_ESCAPED", "INTAKE_FOLIO"}
"""The doubts that end when it is known what a piece is."""


@dataclass(slots=True)
class Record:
    """The report on one original ``file``, in the order things were met.

    ``closed`` counts ends of line joined. ``left`` are words that were left out and reported, ``put`` words that stand
    in the source folder and not in the original (``Hình 1``): what the account of words takes into account.
    """

    file: str
    found: list[Problem] = field(default_factory=list)
    closed: int = 0
    left: list[str] = field(default_factory=list)
    put: list[str] = field(default_factory=list)

    def drawn(self, line: int, text: str) -> None:
        """Leave out an ornament; one made of letters (``---o0o---``) is reported."""
        if any(map(str.isalnum, text)):
            self.add(problems.intake_ornament, line, text)
            self.left.append(text)

    def add(self, make: Callable[..., Problem], line: int, *values: object) -> None:
        """Add the problem that ``make`` makes of a line of the original."""
        self.found.append(make(self.place(line), *values))

    def place(self, line: int) -> Place:
        """Where a line of the original stands; 0 is the whole file."""
        return Place(self.file, line, 1 if line else 0)
