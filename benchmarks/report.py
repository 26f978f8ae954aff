"""What was measured comes in; Markdown tables go out: the rows with their ratios, and the targets, met or not met.

Every verdict is worked out from the rows. Where one is missing the target is not measured, and the reason is given.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from measure import Figures

COLD = "anpham, cold"
ONE_JOB = "anpham, cold, --jobs 1"
CHANGED = "anpham, one word changed"
SAME = "anpham, nothing changed"
WEASYPRINT = "WeasyPrint, one document"
TYPST = "Typst, cold"
VIVLIOSTYLE = "Vivliostyle"
CHECK = "anpham check"
EPUB = "anpham, EPUB after the PDF"
PANDOC = "Pandoc, EPUB"
ARRANGE = "320 pages arranged on sheets"
IMPOSE = "anpham impose, 320 pages, read back, with its card"
HELP = "anpham --help"

SMALL, MIDDLE, LARGE = 40, 126, 380


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one kind of work on one book: figures and the pages made, or why there are none."""

    figures: Figures | None = None
    pages: int | None = None
    reason: str = ""


Rows = dict[tuple[str, int], Row]
"""Work and the pages the book was asked to have (0: no book) → what was measured."""


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to keep below a limit: what it is, the limit, the unit, what was measured (or nothing)."""

    what: str
    limit: float
    unit: str
    measured: float | None

    @property
    def verdict(self) -> str:
        """Say whether it is met."""
        if self.measured is None or math.isnan(self.measured):
            return "not measured"
        return "met" if self.measured <= self.limit else "not met"

    def line(self) -> str:
        """Write the row of the table."""
        known = self.measured is not None and not math.isnan(self.measured)
        found = f"{self.measured:.3f} {self.unit}" if known else "–"
        return f"| {self.what} | ≤ {self.limit:g} {self.unit} | {found} | {self.verdict} |"


# --- targets --------------------------------------------------------------------------------------


def targets(rows: Mapping[tuple[str, int], Row]) -> list[Target]:
    """Work out every target from the rows."""
    wall, memory = _Reader(rows, "wall"), _Reader(rows, "memory")
    pages = {size: row.pages if (row := rows.get((COLD, size))) else None for size in (SMALL, LARGE)}
    per_page = {size: _ratio(wall(COLD, size), pages[size]) for size in (SMALL, LARGE)}
    added = _ratio(
        _difference(memory(COLD, LARGE), memory(COLD, SMALL)),
        _difference(pages[LARGE], pages[SMALL]),
    )
    large, middle = f"{LARGE}-page book", f"{MIDDLE}-page book"
    cold, changed = wall(COLD, LARGE), wall(CHANGED, LARGE)
    heavy = _ratio(memory(COLD, LARGE), memory(WEASYPRINT, LARGE))
    return [
        Target(f"{large}, cold ÷ one WeasyPrint document", 0.60, "×", _ratio(cold, wall(WEASYPRINT, LARGE))),
        Target(f"{large}, cold: peak memory ÷ one WeasyPrint document's", 1.5, "×", heavy),
        Target(f"{middle}, cold ÷ Vivliostyle", 0.15, "×", _ratio(wall(COLD, MIDDLE), wall(VIVLIOSTYLE, MIDDLE))),
        Target(f"{large}, one word changed ÷ cold", 0.20, "×", _ratio(changed, cold)),
        Target(f"{large}, one word changed ÷ Typst cold (an aim)", 1.0, "×", _ratio(changed, wall(TYPST, LARGE))),
        Target(f"{large}, nothing changed", 0.5, "s", wall(SAME, LARGE)),
        Target(
            f"growth: cold time per page at {LARGE} pages ÷ at {SMALL}",
            1.1,
            "×",
            _ratio(per_page[LARGE], per_page[SMALL]),
        ),
        Target(f"growth: memory per page added, {SMALL} to {LARGE} pages", 0.5, "MB", added),
        Target(f"{middle}, EPUB after its PDF", 0.5, "s", wall(EPUB, MIDDLE)),
        Target(f"{middle}, EPUB after its PDF ÷ Pandoc's", 1.0, "×", _ratio(wall(EPUB, MIDDLE), wall(PANDOC, MIDDLE))),
        Target(f"{large}, proof-reading its source", 5.0, "s", wall(CHECK, LARGE)),
        Target("imposing 320 pages", 1.0, "s", wall(ARRANGE, 0)),
        Target("imposing 320 pages, the whole command", 1.0, "s", wall(IMPOSE, 0)),
        Target("`anpham --help`", 0.3, "s", wall(HELP, 0)),
    ]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one figure of a row; nothing where there is no such row."""

    rows: Mapping[tuple[str, int], Row]
    name: str

    def __call__(self, work: str, pages: int) -> float | None:
        row = self.rows.get((work, pages))
        return getattr(row.figures, self.name) if row and row.figures else None


def _ratio(above: float | None, below: float | None) -> float | None:
    return above / below if above is not None and below else None


def _difference(more: float | None, less: float | None) -> float | None:
    return more - less if more is not None and less is not None else None


# --- tables ---------------------------------------------------------------------------------------


def markdown(
    rows: Mapping[tuple[str, int], Row],
    versions: Mapping[str, str],
    runs: int,
    books: Mapping[str, Mapping[str, str]] | None = None,
) -> str:
    """Write everything: what ran, the rows, the e-books side by side (who made it → what it is worth), the targets."""
    ran = ", ".join(f"{name} {version}" for name, version in versions.items())
    return "\n".join(
        [
            "# Speed and memory",
            "",
            f"Medians of {runs} run{'s' if runs > 1 else ''}, in brackets the quickest and the slowest. {ran}.",
            "",
            "Peak memory is that of all processes together; pages are those of the PDF that was made. The books are",
            "generated (`benchmarks/books.py`); what the others are given is written by `benchmarks/peers.py`.",
            "",
            *_table(rows),
            "",
            *_ebooks(books or {}),
            "## Targets",
            "",
            "| figure | target | measured | |",
            "|---|---|---|---|",
            *(target.line() for target in targets(rows)),
            "",
        ]
    )


def _table(rows: Mapping[tuple[str, int], Row]) -> Iterator[str]:
    yield "| book | work | pages | wall, s | CPU, s | peak, MB | ÷ cold |"
    yield "|--:|---|--:|--:|--:|--:|--:|"
    for (work, size), row in rows.items():
        cold = rows.get((COLD, size), Row()).figures
        yield f"| {' | '.join([str(size) if size else '', work, *_cells(row, cold)])} |"


def _ebooks(books: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Write what each e-book gives its readers, side by side; nothing when there is none."""
    if not books:
        return
    yield from (
        "## E-book",
        "",
        f"The {MIDDLE}-page book as an e-book; `benchmarks/ebooks.py` says what is counted.",
        "",
    )
    yield f"| | {' | '.join(books)} |"
    yield f"|---|{'--:|' * len(books)}"
    for name in next(iter(books.values())):
        yield f"| {name} | {' | '.join(told.get(name, '') for told in books.values())} |"
    yield ""


def _cells(row: Row, cold: Figures | None) -> Sequence[str]:
    figures = row.figures
    if figures is None:
        return ["", f"skipped: {row.reason}", "", "", ""]
    spread = f" ({figures.quickest:.2f}–{figures.slowest:.2f})" if figures.runs > 1 else ""
    share = f"{figures.wall / cold.wall:.2f}" if cold else ""
    wall = f"{figures.wall:.2f}{spread}"
    return [str(row.pages or ""), wall, _number(figures.cpu, ".2f"), _number(figures.memory, ".0f"), share]


def _number(value: float, form: str) -> str:
    return "" if math.isnan(value) else format(value, form)
