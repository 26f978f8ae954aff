"""``anpham new`` and ``anpham import``: a name, or a file, comes in; a source folder is written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from builder import shelf
from builder.cli.boundary import Status
from builder.cli.frame import table
from builder.cli.words import Words, here
from builder.works import start

if TYPE_CHECKING:
    from builder.intake import Intake
    from builder.problems import Problem


def new(folder: str) -> Status:
    """Write a source folder to start from.

    Raises:
        Problems: ``SLUG_BAD``, ``IMPORT_EXISTS``, ``SHELF_DENIED``, ``SHELF_FULL``.
    """
    words = here()
    target = Path(folder)
    shelf.write_source(target, start.starter(target))
    print(words("new.done", folder=target))
    print(words("new.next", folder=target))
    return Status.DONE


def take_in(file: str, folder: str, *, yes: bool) -> Status:
    """Read a file, show what was found, ask on a terminal, write a source folder.

    Raises:
        Problems: what the file or the folder is at fault in.
    """
    from builder import intake  # noqa: PLC0415 - not needed for ``new``

    words = here()
    target = Path(folder)
    start.fit_name(target)
    taken = intake.read(Path(file))
    _show(file, taken, words)
    if not yes and sys.stdin.isatty() and not _agreed(target, words):
        print(words("import.cancelled"))
        return Status.DONE
    shelf.write_source(target, taken.files)
    print(words("import.done", folder=target))
    print(words("import.next", folder=target))
    return Status.DONE


def _show(file: str, taken: Intake, words: Words) -> None:
    """Print what was read and, line by line of the original, what was made of it."""
    print(words("import.found", file=file))
    rows = [(name, words("import.lines", lines=len(text.splitlines()))) for name, text in taken.files.items()]
    print(table(rows))
    if taken.report:
        print(words("import.review"))
        print(table([_row(each, words) for each in taken.report]))


def _row(each: Problem, words: Words) -> tuple[str, str]:
    where = words("import.at", line=each.place.line) if each.place.line else ""
    way_out = f"{words('import.fix')}: {each.way_out(words.language)}"
    return where, f"{each.sentence(words.language)} {way_out}"


def _agreed(target: Path, words: Words) -> bool:
    said = input(words("import.ask", folder=target)).strip().lower()
    return said.startswith((words("import.yes"), "y"))
