"""``anpham check``: a source folder comes in; its problems are shown where they stand, and mended when asked."""

from __future__ import annotations

import difflib
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder.cli import answers, folders, sarif
from builder.cli import coverage as covering
from builder.cli.boundary import Status
from builder.cli.excerpt import excerpt
from builder.cli.frame import WrongLine, columns, width
from builder.cli.words import Words, here
from builder.problems import Severity
from builder.works import check as works

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.problems import Problem
    from builder.works.check import Checked, Mended

COMMAND = "anpham check"
SHOWN = 20  # of one code; the others are counted
STYLES = ("old", "new")


@dataclass(frozen=True, slots=True)
class Order:
    """What was typed: a source folder, what to mend, what to show."""

    source: str
    fix: bool = False
    diff: bool = False
    fix_source: bool = False
    fix_tones: str = ""
    everything: bool = False
    as_json: bool = False
    as_sarif: bool = False
    coverage: bool = False
    html: str = ""

    @property
    def mends(self) -> bool:
        """Tell whether something is to be written."""
        return not self.diff and (self.fix or self.fix_source or bool(self.fix_tones))

    @property
    def for_machines(self) -> bool:
        """Tell whether standard output is kept for one object."""
        return self.as_json or self.as_sarif


def run(order: Order) -> Status:
    """Check a source; problems go to standard error, a machine's answer or a difference to standard output.

    With ``--diff`` nothing is written; after ``--fix`` what is told is what is left.

    Raises:
        WrongLine: for a tone style there is not.
        Problems: when a file cannot be written.
    """
    words = here()
    if order.html and not order.coverage:
        raise WrongLine(words("line.without", name="--html", other="--coverage"), COMMAND)
    if order.fix_tones and order.fix_tones not in STYLES:
        raise WrongLine(words("line.tones", found=order.fix_tones), COMMAND)
    checked = _check(order)
    done = works.mended(checked, programme=order.fix_source, tones=order.fix_tones)
    if order.diff and not order.for_machines:
        print("".join(_difference(done)), end="")
    if order.mends and done:
        works.write(Path(order.source), done, checked)
        checked = _check(order)
    _show(checked, order, words)
    if order.coverage:
        _survey(checked, order, words)
    if order.as_json:
        answers.put(_answer(checked, done if order.mends else (), words, coverage=order.coverage))
    elif order.as_sarif:
        answers.put(sarif.log(checked, words.language))
    else:
        _say_what_was_mended(done, order, words)
    failed = any(problem.severity is Severity.ERROR for problem in checked.problems)
    return Status.PROBLEMS if failed else Status.DONE


def _check(order: Order) -> Checked:
    own = folders.own("layouts"), folders.own("fonts")
    return works.check(Path(order.source), *own, coverage=order.coverage)


def _survey(checked: Checked, order: Order, words: Words) -> None:
    """Show what commentary and sessions cover, and draw it; a machine and ``patch`` are left their stream."""
    if not order.for_machines:
        table = covering.table(checked, words, everything=order.everything)
        print(table, end="", file=sys.stderr if order.diff else sys.stdout)
    if order.html and checked.coverage:
        covering.draw(checked, order.html, words)
        if not order.for_machines:
            print(words("coverage.written", file=order.html), file=sys.stderr)


def _show(checked: Checked, order: Order, words: Words) -> None:
    """Show each problem with the line it stands on, then all of them in one table."""
    if not checked.problems:
        if not order.for_machines and not order.diff:
            print(words("count.none"))
        return
    shown: Counter[str] = Counter()
    for problem in checked.problems:
        shown[problem.code] += 1
        if shown[problem.code] <= SHOWN or order.everything or problem.severity is Severity.ERROR:
            print(_shown(problem, checked, words), file=sys.stderr)
    print(f"\n{_summary(checked, words)}", file=sys.stderr)
    if any(count > SHOWN for count in shown.values()) and not order.everything:
        print(words("check.more", count=SHOWN), file=sys.stderr)
    print(answers.counted(checked.problems, words), file=sys.stderr)


def _shown(problem: Problem, checked: Checked, words: Words) -> str:
    line, place = checked.line(problem), problem.place
    told = problem.line(words.language)
    if not line.strip() or not place.column:
        return told
    return f"{told}\n{excerpt(line, place.line, place.column, problem.extent, width())}"


def _summary(checked: Checked, words: Words) -> str:
    """Set the table: code, how much it matters, how often, how many of them can be mended, what it is."""
    rows = [tuple(words(f"check.table.{name}") for name in ("code", "severity", "count", "mends", "what"))]
    kinds: dict[tuple[int, str], list[Problem]] = {}
    for problem in checked.problems:
        kinds.setdefault((list(Severity).index(problem.severity), problem.code), []).append(problem)
    for (_, code), found in sorted(kinds.items()):
        mends = sum(problem in checked.mends for problem in found)
        severity = words(f"check.severity.{found[0].severity.value}")
        rows.append((code, severity, str(len(found)), str(mends or "–"), found[0].title(words.language)))
    return columns(rows)


def _say_what_was_mended(done: Iterable[Mended], order: Order, words: Words) -> None:
    files = [each.file for each in done]
    if order.mends:
        print(words("check.mended", files=", ".join(files)) if files else words("check.nothing"))
    elif order.diff and not files:
        print(words("check.nothing"), file=sys.stderr)


def _difference(done: Iterable[Mended]) -> Iterator[str]:
    """Write what would change as a unified diff that ``patch -p0`` takes."""
    for each in done:
        before, after = each.before.splitlines(keepends=True), each.after.splitlines(keepends=True)
        for line in difflib.unified_diff(before, after, each.file, each.file):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _answer(checked: Checked, done: Iterable[Mended], words: Words, *, coverage: bool) -> answers.Answer:
    answered = answers.answer((), words, slug=checked.slug, mended=[each.file for each in done])
    answered |= {"problems": [_told(problem, checked, words) for problem in checked.problems]}
    return answered | {"coverage": covering.answer(checked)} if coverage else answered


def _told(problem: Problem, checked: Checked, words: Words) -> answers.Answer:
    """Write a problem for a machine, with where it ends on its line, that line, and what mends it."""
    end = problem.place.column + max(1, problem.extent) if problem.place.column else 0
    mend = checked.mends.get(problem)
    more = {"end_column": end, "excerpt": checked.line(problem), "mend": mend.became if mend else None}
    return answers.plain(problem, words) | more
