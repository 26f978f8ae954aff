"""What a command could not finish with comes in; sentences and an exit status go out: the one error boundary."""

from __future__ import annotations

import re
import sys
import traceback
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Self

from builder import problems
from builder.cli import answers, remedies
from builder.cli.words import here
from builder.problems import Place, Problems

if TYPE_CHECKING:
    from types import TracebackType

    from builder.cli.words import Words

LACKS = {"OFFICE_MISSING"}  # problems that this machine is at fault in, not the file
LIBRARY = re.compile(r"cannot load library '([^']+)'")


class Status(IntEnum):
    """What the program leaves with."""

    DONE = 0
    PROBLEMS = 1
    LINE = 2
    MACHINE = 3
    BUG = 70
    INTERRUPTED = 130


class Boundary:
    """Wraps a command: problems end with 1, a lacking library with 3, our own mistakes with 70 and their traceback."""

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Say what happened and leave; exits asked for and a clean end pass."""
        if isinstance(error, Exception):
            sys.exit(_told(error))


def _told(error: Exception) -> Status:
    words = here()
    if isinstance(error, Problems):
        answers.tell(error.problems, words)
        return Status.MACHINE if LACKS.intersection(each.code for each in error.problems) else Status.PROBLEMS
    if isinstance(error, ModuleNotFoundError) and not str(error.name).startswith("builder"):
        return _lacks(words("stop.module", module=error.name), words("doctor.reinstall"), words)
    if isinstance(error, OSError) and (library := LIBRARY.search(str(error))):
        return _lacks(words("stop.library", library=library[1]), remedies.library_remedy(library[1], words), words)
    if isinstance(error, OSError) and error.errno and isinstance(error.filename, str):
        return _told(Problems([_refused(error, error.filename)]))
    if isinstance(error, FileNotFoundError) and _is_nowhere():
        print(words("stop.nowhere"), file=sys.stderr)
        return Status.PROBLEMS
    traceback.print_exception(error)
    print(words("stop.bug"), file=sys.stderr)
    return Status.BUG


def _is_nowhere() -> bool:
    """Tell whether the folder in which the program was called is gone: no path but a whole one leads anywhere."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False


def _lacks(what: str, remedy: str, words: Words) -> Status:
    for said in (what, words("doctor.mend", command=remedy), words("stop.doctor")):
        print(said, file=sys.stderr)
    return Status.MACHINE


def _refused(error: OSError, name: str) -> problems.Problem:
    if isinstance(error, FileNotFoundError):
        return problems.file_missing(Place(name))
    return problems.file_unreadable(Place(name), error)
