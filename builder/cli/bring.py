"""``anpham import``: a file comes in, and a review of it; a source folder, or a sheet to review it in, is written."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder import problems, shelf
from builder.cli import afresh, answers, office, report
from builder.cli.boundary import Status
from builder.cli.words import Words, here
from builder.intake import sheets
from builder.problems import Place, Problems
from builder.works import bringing, reimport, start

if TYPE_CHECKING:
    from builder.intake import Intake
    from builder.problems import Problem
    from builder.works.reimport import Differences


@dataclass(frozen=True, slots=True)
class Order:
    """What was typed: a file, the folder to be, a review sheet, and how to answer."""

    file: str
    folder: str
    sheet: str = ""
    yes: bool = False
    everything: bool = False
    as_json: bool = False

    @property
    def asks(self) -> bool:
        """Tell whether there is somebody to ask."""
        return not (self.yes or self.as_json) and sys.stdin.isatty()


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of it: a word for machines, what was read, where the folder that is there differs."""

    status: str
    taken: Intake
    differences: Differences | None = None


def run(order: Order) -> Status:
    """Read a file, show what was found, ask on a terminal, write a source folder; or write the sheet to review it in.

    Raises:
        Problems: what the file, the sheet or the folder is at fault in.
    """
    words = here()
    try:
        outcome = _bring(order, words)
    except Problems as error:
        if order.as_json:
            answers.put(_answer(order, words, "refused", error.problems))
        raise
    refused = [problems.import_exists(Place(order.folder))] if outcome.status == "differs" else []
    if order.as_json:
        answers.put(_answer(order, words, outcome.status, (*outcome.taken.report, *refused), outcome))
    problems.stop_on_errors(refused)
    return Status.DONE


def _bring(order: Order, words: Words) -> _Outcome:
    target, sheet = Path(order.folder), Path(order.sheet)
    start.fit_name(target)
    wanted = None
    if order.sheet:
        sheets.fit_name(sheet)
        wanted = sheets.read(sheet) if sheet.exists() else None
    taken = bringing.bring(Path(order.file), wanted, office.converter(), in_rows=bool(order.sheet))
    if order.sheet and wanted is None:
        return _write_sheet(order, taken, sheet, words)
    there = shelf.standing(target, taken.files)
    if there:
        return _compare(order, taken, reimport.differences(there, taken.files), words)
    if not order.as_json:
        told = report.told(order.file, taken, words, everything=order.everything, reviewed=wanted is not None)
        print("\n".join(told))
    said = _asked(order, words, in_rows=bool(taken.fingerprint)) if order.asks else "yes"
    if said == "sheet":
        return _write_sheet(order, taken, _free_name(order.file), words)
    if said != "yes":
        print(words("import.cancelled"))
        return _Outcome("cancelled", taken)
    shelf.write_source(target, taken.files)
    _say(order, words("import.done", folder=target), words("import.next", folder=target))
    return _Outcome("written", taken)


def _asked(order: Order, words: Words, *, in_rows: bool) -> str:
    """Ask whether to write: ``yes``, ``sheet``, or anything else for no; a sheet of rows is offered once."""
    offered = in_rows and not order.sheet
    question = "import.ask" if offered else "import.ask_again"
    said = input(words(question, folder=order.folder)).strip().lower()
    if offered and said.startswith((words("import.sheet"), "b", "s")):
        return "sheet"
    return "yes" if said.startswith((words("import.yes"), "y")) else "no"


def _write_sheet(order: Order, taken: Intake, sheet: Path, words: Words) -> _Outcome:
    shelf.write_file(sheet, sheets.write(taken.rows, taken.fingerprint, sheet.suffix.lower(), words.language))
    doubtful = sum(row.doubtful for row in taken.rows)
    command = shlex.join([words.program, "import", order.file, "--into", order.folder, "--review", str(sheet)])
    _say(
        order,
        words("import.review.written", sheet=sheet, count=len(taken.rows), doubtful=doubtful),
        words("import.review.next", command=command),
    )
    return _Outcome("sheet", taken)


def _free_name(file: str) -> Path:
    """A name in this folder that no file has, for the sheet of a file."""
    stem = Path(file).stem
    names = (f"{stem}-xem-lai{f'-{count}' if count > 1 else ''}.xlsx" for count in range(1, sys.maxsize))
    return next(Path(name) for name in names if not Path(name).exists())


def _compare(order: Order, taken: Intake, found: Differences, words: Words) -> _Outcome:
    """Tell in what a folder that is there differs; it stays as it is."""
    if not order.as_json:
        print("\n".join(afresh.told(order.folder, found, words, everything=order.everything)))
    return _Outcome("same" if found.same else "differs", taken, found)


def _say(order: Order, *said: str) -> None:
    if not order.as_json:
        print("\n".join(said))


def _answer(
    order: Order, words: Words, status: str, found: tuple[Problem, ...], outcome: _Outcome | None = None
) -> answers.Answer:
    """Put the answer for a machine together; after a refusal there are no files and no rows."""
    taken = outcome.taken if outcome else None
    listed = [
        {"path": name, "bytes": len(content.encode() if isinstance(content, str) else content)}
        for name, content in (taken.files.items() if taken else ())
    ]
    answered = answers.answer(
        found,
        words,
        kind="import",
        status=status,
        source=order.file,
        folder=order.folder,
        sheet=order.sheet,
        files=listed,
        rows=report.plain(taken.rows, words.language) if taken else [],
        differences=afresh.plain(outcome.differences) if outcome and outcome.differences else None,
    )
    return {("report" if key == "problems" else key): value for key, value in answered.items()}
