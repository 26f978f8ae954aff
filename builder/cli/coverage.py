"""A coverage comes in; a table for a person, an object for a machine, or a page for both goes out."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from builder import composition, shelf
from builder.cli import folders
from builder.cli.frame import columns, width
from builder.publication import digest
from builder.publication.coverage import Reach
from builder.works import check as works

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.cli.answers import Answer
    from builder.cli.words import Words
    from builder.problems import Problem
    from builder.publication import Clause
    from builder.publication.coverage import Coverage, Plan, Reached, Row, Share
    from builder.publication.digest import Line
    from builder.works.check import Checked

MOST_LINES = 40  # of the table, unless all is asked for
MARKS = {Reach.OWN: "●", Reach.ABOVE: "○"}


def draw(checked: Checked, file: str, words: Words) -> None:
    """Write the picture to a file; one that is no such picture is left alone.

    Raises:
        Problems: ``FILE_TAKEN``, ``SHELF_DENIED``, ``SHELF_FULL``, ``LAYOUT_BROKEN``.
    """
    page = works.picture(checked, folders.own("layouts"), dict(words.pairs("coverage.picture")))
    shelf.write_own(Path(file), page.encode(), composition.SIGN.encode())


def table(checked: Checked, words: Words, *, everything: bool) -> str:
    """Set sums, clauses, sessions and what is gone as tables that fit the terminal."""
    if checked.coverage is None:
        return f"{words('coverage.none')}\n"
    parts = _parts(checked.coverage, checked.gone, words, everything=everything)
    return "\n".join(part for part in parts if part)


def _parts(coverage: Coverage, gone: Sequence[Problem], words: Words, *, everything: bool) -> Iterator[str]:
    most = len(coverage.rows) if everything else MOST_LINES
    lines = digest.lines(coverage, most)
    yield "".join(f"{sentence}\n" for sentence in _sums(coverage, words))
    yield _fitted([_heads(words), *(_cells(line, coverage, words) for line in lines)])
    if len(lines) < len(coverage.rows):
        yield f"{words('coverage.all', count=len(lines))}\n"
    if coverage.plans:
        yield _fitted([_plan_heads(words), *(_plan_cells(plan, words) for plan in coverage.plans)])
        yield f"{textwrap.fill(words('coverage.picture.rate', rate=coverage.rate), width())}\n"
    if gone:
        yield "".join(f"{sentence}\n" for sentence in _gone(gone, words))


def _sums(coverage: Coverage, words: Words) -> Iterator[str]:
    said = "coverage.picture"
    size = {"clauses": _number(len(coverage.rows), words), "words": _number(coverage.words, words)}
    yield f"{words(f'{said}.title')}: {words(f'{said}.size', **size)}"
    for name, shown, found in (
        ("notes", coverage.commentary, coverage.notes),
        ("sessions", coverage.reading, coverage.plans),
    ):
        counts = {"covered": _number(shown.covered, words), "of": _number(shown.of, words), "percent": shown.percent}
        yield f"  {words(f'{said}.sum_{name}', **counts) if found else words(f'{said}.no_{name}')}"


def _heads(words: Words) -> list[str]:
    return [words(f"coverage.{name}") for name in ("notes", "session", "words", "clause")]


def _cells(line: Line, coverage: Coverage, words: Words) -> list[str]:
    gap = words("coverage.gap")
    noted = "" if not coverage.notes else gap if line.noted is Reach.NONE else _noted(line)
    read = "" if not coverage.plans else gap if line.read is Reach.NONE else _read(line)
    name = ". ".join(part for part in (line.label, " ".join(line.title.split())) if part)
    return [noted, read, _number(line.words, words), f"{'  ' * line.depth}{name}"]


def _noted(line: Line) -> str:
    if len(line.tops) == 1 and line.noted in MARKS:
        return MARKS[line.noted]
    return f"{line.commentary.covered}/{line.commentary.of}"


def _read(line: Line) -> str:
    some = f" ({line.reading.covered}/{line.reading.of})" if line.read is Reach.PARTLY else ""
    return f"{digest.runs(line.sessions)}{some}"


def _plan_heads(words: Words) -> list[str]:
    return [words(f"coverage.picture.{name}") for name in ("session", "words", "minutes", "length", "agenda", "name")]


def _plan_cells(plan: Plan, words: Words) -> list[str]:
    agenda = f"{plan.agenda}{'' if plan.adds_up else ' ≠'}" if plan.agenda else "–"
    known = _number(plan.words, words), str(plan.minutes), str(plan.session.minutes or "–"), agenda
    return [str(plan.session.number), *known, plan.session.title]


def _gone(gone: Sequence[Problem], words: Words) -> Iterator[str]:
    yield f"{words('coverage.picture.gone')}:"
    for problem in gone:
        values = dict(problem.values)
        near = values.get("candidates")
        more = f" – {words('coverage.picture.nearest', candidates=near)}" if near else ""
        yield f"  {problem.place.file}:{problem.place.line} “{values['citation']}”{more}"


def _fitted(rows: list[list[str]]) -> str:
    """Set a table whose figures stand at the right, its last column cut to the terminal's width."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]
    figures = [
        any(row[place][:1].isdigit() and row[place][-1:].isdigit() for row in rows[1:]) for place in range(len(widths))
    ]
    room = width() - sum(each + 2 for each in widths) - 2
    set_rows = []
    for row in rows:
        cells = [cell.rjust(each) if figure else cell for cell, each, figure in zip(row, widths, figures, strict=False)]
        indent = len(row[-1]) - len(row[-1].lstrip())
        name = " " * indent + textwrap.shorten(row[-1], max(8, room - indent), placeholder="…")
        set_rows.append([*cells, name])
    return columns(set_rows)


def _number(count: int, words: Words) -> str:
    return f"{count:,}".replace(",", words("coverage.picture.thousands"))


# --- for a machine --------------------------------------------------------------------------------


def answer(checked: Checked) -> Answer | None:
    """Write a coverage for a machine; nothing when the programme could not be read."""
    coverage = checked.coverage
    if coverage is None:
        return None
    return {
        "clauses": [_clause(row, coverage) for row in coverage.rows],
        "words": coverage.words,
        "words_per_minute": coverage.rate,
        "commentary": _share(coverage.commentary),
        "reading": _share(coverage.reading),
        "sessions": [_plan(plan) for plan in coverage.plans],
        "without_commentary": [_range(each, coverage) for each in coverage.without_notes],
        "without_session": [_range(each, coverage) for each in coverage.without_session],
        "overlaps": [_range(each.clauses, coverage) | {"sessions": list(each.sessions)} for each in coverage.overlaps],
        "gone": [_lost(problem) for problem in checked.gone],
    }


def _clause(row: Row, coverage: Coverage) -> Answer:
    clause = row.clause
    notes = _reached(row.notes) | {"notes": [_place(coverage, number) for number in row.notes.own]}
    return {
        "id": clause.id,
        "citation": clause.citation,
        "depth": row.depth,
        "words": row.words,
        "file": clause.place.file,
        "line": clause.place.line,
        "commentary": notes,
        "reading": _reached(row.sessions) | {"sessions": list(row.sessions.by)},
    }


def _reached(reached: Reached) -> Answer:
    return {"reach": reached.how.value, "covered": reached.covered}


def _place(coverage: Coverage, number: int) -> Answer:
    note = coverage.notes[number - 1]
    return {"citation": note.citation, "file": note.place.file, "line": note.place.line}


def _share(share: Share) -> Answer:
    return {
        "covered": share.covered,
        "of": share.of,
        "percent": share.percent,
        "percent_of_words": share.percent_of_words,
    }


def _plan(plan: Plan) -> Answer:
    session = plan.session
    return {
        "number": session.number,
        "title": session.title,
        "file": session.place.file,
        "clauses": plan.clauses,
        "words": plan.words,
        "reading_minutes": plan.minutes,
        "minutes": session.minutes,
        "agenda_minutes": plan.agenda or None,
    }


def _range(clauses: Sequence[Clause], coverage: Coverage) -> Answer:
    place = clauses[0].place
    ids = [clause.id for clause in clauses]
    return {"citation": coverage.named(clauses), "clauses": ids, "file": place.file, "line": place.line}


def _lost(problem: Problem) -> Answer:
    values = dict(problem.values)
    near = [each for each in values.get("candidates", "").split("; ") if each and each != "—"]
    place = problem.place
    return {"citation": values["citation"], "file": place.file, "line": place.line, "nearest": near}
