"""A code, a place and the words a sentence names come in; a ``Problem`` goes out and can say itself."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from builder.messages import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


_LONGEST = 240


class Severity(Enum):
    """How much a problem matters: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: file as the user named it, line and column, or page, counted from 1 (0: not known)."""

    file: str = ""
    line: int = 0
    column: int = 0
    page: int = 0

    def __str__(self) -> str:
        """Write ``file:line:column``, or ``file#page=12`` (RFC 8118, 3), leaving out what is not known."""
        file = f"{self.file}#page={self.page}" if self.page else self.file
        return ":".join([file, *(str(number) for number in (self.line, self.column) if number)])


class Measure(str):
    """A number that was measured, as it is written with a point; whoever is told of it reads it in his own way."""

    __slots__ = ()


def measure(value: float) -> Measure:
    """Write a measure with one decimal, or none."""
    return Measure(f"{value:.1f}".removesuffix(".0"))


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: ``values`` fill the sentence and the way out of its code in the catalogues.

    ``extent`` is how many characters of its line it takes; 0: not known. ``measures`` names the values that are
    ``Measure``s: they are said with the comma or the point of the reader's language.
    """

    code: str
    severity: Severity
    place: Place
    values: tuple[tuple[str, str], ...] = ()
    extent: int = 0
    measures: tuple[str, ...] = ()

    def sentence(self, language: str = "vi") -> str:
        """Say what is wrong, in ``vi`` or ``en``."""
        return messages(language)[self.code]["sentence"].format(**self._said(language))

    def title(self, language: str = "vi") -> str:
        """Say what kind of mistake it is: the title of its code, or its sentence where the code has none."""
        return messages(language)[self.code].get("title") or self.sentence(language)

    def way_out(self, language: str = "vi") -> str:
        """Say what mends it, in ``vi`` or ``en``."""
        return messages(language)[self.code]["way_out"].format(**self._said(language))

    def matters(self, language: str = "vi") -> str:
        """Say why it matters; nothing where its code has no such sentence."""
        return messages(language)[self.code].get("matters", "").format(**self._said(language))

    def _said(self, language: str) -> dict[str, str]:
        """Return the values; reasons, the system's or our own, and decimals are said as the reader's language does."""
        values = dict(self.values)
        for key in self.measures if language == "vi" else ():
            values[key] = values[key].replace(".", ",")
        if "refusal" in values:
            refusals = messages(language)["refusals"]
            values["refusal"] = refusals.get(values["refusal"], refusals["other"].format(**values))
        if "why" in values:
            values["why"] = messages(language)["reasons"][values["why"]]
        return values

    def line(self, language: str = "vi") -> str:
        """Say all of it on one line: ``program.md:3:1: lỗi NUM_SEQ: … Cách sửa: …``."""
        words = messages(language)["line"]
        return words["form"].format(
            place=f"{self.place}: " if self.place.file else "",
            severity=words[self.severity.value],
            code=self.code,
            sentence=self.sentence(language),
            way_out=self.way_out(language),
        )


class Problems(Exception):  # noqa: N818 - the trade's word; it is caught in one place
    """Raised when what was given holds an error; carries every problem found, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order a person works through them."""
        self.problems = in_order(problems)
        super().__init__("; ".join(f"{problem.place}: {problem.code}" for problem in self.problems))


def messages(language: str) -> dict[str, dict[str, str]]:
    """Return the catalogue of one language: code → ``sentence``, ``way_out``, some ``matters``, with ``{slots}``.

    Tables in small letters are no codes: ``line`` holds the form of a whole line and the severities, ``refusals`` the
    system's own words for why it refuses a file, ``reasons`` ours for why a part of a file is left out.
    """
    return table(language)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort by place, then code; say each thing once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: (problem.place, problem.code, problem.values)))


def stop_on_errors(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems in order when none is an error.

    Raises:
        Problems: with all of them, when at least one is.
    """
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise Problems(problems)
    return in_order(problems)


def nearest(word: str, known: Iterable[str]) -> str:
    """Name the known words most like ``word``, at most three, for a way out."""
    candidates = list(known)
    close = difflib.get_close_matches(word, candidates, n=3, cutoff=0.5) or candidates[:5]
    return ", ".join(close) if close else "—"


def _problem(code: str, severity: Severity, place: Place, **values: object) -> Problem:
    said = tuple((key, _short(value)) for key, value in values.items())
    measures = tuple(key for key, value in values.items() if isinstance(value, Measure))
    return Problem(code, severity, place, said, measures=measures)


def _short(value: object) -> str:
    """What is quoted fits on the screen: one line, cut when it is long."""
    words = " ".join(str(value).split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def quoted(words: str) -> str:
    """Put words in quotation marks."""
    return f"“{words}”"


def error(code: str, place: Place, **values: object) -> Problem:
    """Make a problem that stops the build."""
    return _problem(code, Severity.ERROR, place, **values)


def warning(code: str, place: Place, **values: object) -> Problem:
    """Make a problem that is worth a second look."""
    return _problem(code, Severity.WARNING, place, **values)


def info(code: str, place: Place, **values: object) -> Problem:
    """Make a problem that only tells what was done."""
    return _problem(code, Severity.INFO, place, **values)
