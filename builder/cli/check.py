"""``anpham check``: a source folder comes in; its problems are printed."""

from __future__ import annotations

from pathlib import Path

from builder.cli import answers, folders
from builder.cli.boundary import Status
from builder.cli.words import here
from builder.problems import Severity
from builder.works.check import check


def run(source: str, *, as_json: bool) -> Status:
    """Check a source; problems go to standard error, the JSON answer to standard output."""
    words = here()
    checked = check(Path(source), folders.own("layouts"))
    answers.tell(checked.problems, words)
    if as_json:
        answers.put(answers.answer(checked.problems, words, slug=checked.slug))
    elif not checked.problems:
        print(words("count.none"))
    failed = any(problem.severity is Severity.ERROR for problem in checked.problems)
    return Status.PROBLEMS if failed else Status.DONE
