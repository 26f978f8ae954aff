"""``anpham build``: source folders and wishes come in; the books are made, placed and told of."""

from __future__ import annotations

import io
import time
from contextlib import contextmanager, redirect_stdout
from dataclasses import asdict, dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from builder.cli import answers, calibre, folders, progress
from builder.cli import printer as printers
from builder.cli.boundary import Status
from builder.cli.frame import WrongLine, filled, table
from builder.cli.words import Words, here
from builder.problems import Problems
from builder.shelf import sha256
from builder.works import build as works
from builder.works import copies
from builder.works import workshop as workshops
from builder.works.asked import COPIES, KINDS, NotAsked, Stage, Step, Wish

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.press import Round
    from builder.printer import Printer
    from builder.problems import Problem
    from builder.works.asked import Made, Output, Workshop

COMMAND = "anpham build"
REGISTER = ("number", "code", "receiver", "date", "signature", "remark")
SIDES = {"booklet": 2, "booklet-cover": 2, "fronts": 1, "backs": 1}  # of a sheet, in the kinds of file made of sheets


@dataclass(frozen=True, slots=True)
class Order:
    """What was typed: sources, editions, outputs, the shelf, processes at once, colour profile, printer, copies."""

    sources: tuple[str, ...]
    editions: tuple[str, ...]
    only: tuple[str, ...]
    shelf: str
    jobs: int = 1
    profile: str = ""
    printer: str = ""
    copies: int = 0


def run(order: Order, *, as_json: bool, verbose: bool) -> Status:
    """Make everything, then place everything; after an error nothing is placed.

    Standard output is kept for the answer: when WeasyPrint misses a library, it prints there what is said here better.

    Raises:
        WrongLine: when an output, an edition or a printer asked for is not there.
        Problems: ``PRINTERS_BROKEN``.
    """
    words = here()
    _known_outputs(order, words)
    done = _Done(printers.chosen(order.printer, COMMAND))
    with (
        redirect_stdout(io.StringIO()),
        progress.shown(words, time.monotonic, quiet=as_json, verbose=verbose) as listener,
    ):
        own = folders.own("layouts"), folders.own("fonts"), folders.cache()
        with workshops.opened(
            *own,
            jobs=order.jobs,
            progress=listener,
            timer=time.monotonic,
            printer=done.printer,
            command=words.program,
            profiles=folders.profiles(),
            profile=Path(order.profile) if order.profile else None,
            calibre=calibre.converter(),
        ) as workshop:
            _work(order, workshop, words, done)
        done.found += workshops.refusals(workshop)
    answers.tell(done.found, words, failed=done.failed)
    if as_json:
        answers.put(_answer(done, order, words))
    elif not done.failed:
        _print_outputs(done, order, words, verbose=verbose)
        _print_printer(done, words)
        _print_registers(done, words)
    return Status.PROBLEMS if done.failed else Status.DONE


def jobs(typed: str, command: str = COMMAND) -> int:
    """Read how many processes may set type at once; one a core when nothing was typed.

    Raises:
        WrongLine: when it is no number from 1.
    """
    if not typed:
        return folders.cores()
    if not (typed.isascii() and typed.isdecimal() and int(typed)):
        raise WrongLine(here()("line.number", name="--jobs", value=typed), command)
    return int(typed)


def numbered(typed: str) -> int:
    """Read how many numbered copies are wanted; none when nothing was typed.

    Raises:
        WrongLine: when it is no number from 1 to 999.
    """
    if not typed:
        return 0
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= len(str(copies.MOST)) and int(typed)):
        raise WrongLine(here()("line.copies", value=typed, most=copies.MOST), COMMAND)
    return int(typed)


@dataclass(slots=True)
class _Done:
    """What the work has come to so far."""

    printer: Printer
    made: list[Made] = field(default_factory=list)
    found: list[Problem] = field(default_factory=list)
    registers: list[str] = field(default_factory=list)
    gone: int = 0
    failed: bool = False

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Take problems down and go on."""
        try:
            yield
        except Problems as stopped:
            self.found += stopped.problems
            self.failed = True


def _known_outputs(order: Order, words: Words) -> None:
    for kind in order.only:
        if kind not in KINDS:
            what = words("line.choice", name="--only", value=kind, known=", ".join(KINDS))
            raise WrongLine(what, COMMAND)
    if order.copies and order.only and not set(order.only) & set(COPIES):
        raise WrongLine(words("line.no_ebook"), COMMAND)


def _work(order: Order, workshop: Workshop, words: Words, done: _Done) -> None:
    wish, shelf = Wish(order.editions, order.only), Path(order.shelf)
    with done.gathering():
        works.tidy(shelf)
    for source in dict.fromkeys(map(Path, order.sources)):
        with done.gathering():
            done.made.append(_made(source, wish, workshop, words))
            done.found += done.made[-1].problems
    if order.copies and not done.failed:
        _number(order, workshop, words, done)
    if not done.failed:
        with done.gathering():
            done.gone = works.put_away(done.made, shelf, wish, workshop)


def _number(order: Order, workshop: Workshop, words: Words, done: _Done) -> None:
    """Make the numbered copies; they are made of what stands there anew or from before, and never kept."""
    if not copies.copied(done.made):
        raise WrongLine(words("line.no_ebook"), COMMAND)
    heads = [words(f"copy.register.{name}") for name in REGISTER]
    for index, each in enumerate(done.made):
        workshop.progress(Step(each.slug, "", Stage.NUMBER))
        with done.gathering():
            made, registers = copies.numbered(each, order.copies, folders.settings(), heads, workshop.timer)
            done.found += [problem for problem in made.problems if problem not in each.problems]
            done.made[index] = made
            done.registers += map(str, registers)


def _made(source: Path, wish: Wish, workshop: Workshop, words: Words) -> Made:
    try:
        return works.build(source, wish, workshop)
    except NotAsked as error:
        what = words("line.not_asked", slug=source.name, wanted=error.wanted, known=", ".join(error.known))
        raise WrongLine(what, COMMAND) from error


# --- telling --------------------------------------------------------------------------------------


def _answer(done: _Done, order: Order, words: Words) -> answers.Answer:
    placed = [] if done.failed else done.made
    outputs = [_plain(each, output, order) for each in placed for output in each.outputs]
    return answers.answer(
        done.found,
        words,
        publications=[each.slug for each in placed],
        printer=_remembered(done.printer),
        registers=[] if done.failed else done.registers,
        outputs=outputs,
    )


def _remembered(printer: Printer) -> answers.Answer | None:
    """Write the printer that was worked for; nothing when nobody has told of one."""
    return asdict(printer) | {"flip": printer.flip.value} if printer.name else None


def _plain(made: Made, output: Output, order: Order) -> answers.Answer:
    return {
        "slug": made.slug,
        "edition": output.edition,
        "kind": output.kind,
        "path": str(Path(order.shelf, made.slug, output.name)),
        "pages": output.pages,
        "bytes": len(output.data),
        "sha256": sha256(output.data),
        "seconds": round(output.seconds, 3),
    }


def _print_outputs(done: _Done, order: Order, words: Words, *, verbose: bool) -> None:
    for each in done.made:
        print(table([*_rows(each.outputs, words, verbose=verbose)]), end="")
        for setting in each.settings if verbose else ():
            print(words("build.setting", edition=setting.edition), end="")
            print("; ".join(_round(number, told, words) for number, told in enumerate(setting.rounds, 1)) + ".")
        if each.again and not order.copies:
            print(words("build.again"))
        print(words("build.done", count=len(each.outputs), folder=Path(order.shelf, each.slug)))
    if done.gone:
        print(filled(words("build.copies_gone", count=done.gone)))


def _rows(outputs: Sequence[Output], words: Words, *, verbose: bool) -> Iterator[tuple[str, str]]:
    """Yield a line for each file, and one for all copies of one."""
    copied = COPIES.values()
    for book, together in groupby(outputs, lambda each: copies.master_of(each) if each.kind in copied else each.name):
        files = list(together)
        if book == files[0].name:
            yield files[0].name, _facts(files[0], words, verbose=verbose)
        else:
            facts = [words(f"kind.{files[0].kind}"), words("build.copies", count=len(files))]
            facts += [progress.seconds(sum(each.seconds for each in files), words)] if verbose else []
            yield f"{files[0].name} …", ", ".join(facts)


def _print_registers(done: _Done, words: Words) -> None:
    """Say what copies carry and what they do not, and where to write down who has which."""
    if done.registers:
        print(filled(words("copy.told")))
        for path in done.registers:
            print(words("copy.register_in", file=path))


def _print_printer(done: _Done, words: Words) -> None:
    """Say which printer the booklets are for, and what was made good for it."""
    kinds = {output.kind for each in done.made for output in each.outputs}
    if done.printer.name and "card" in kinds:
        print(words("build.printer", name=done.printer.name, what=printers.summary(done.printer, words)))


def _round(number: int, told: Round, words: Words) -> str:
    """Say of a round of setting what was set why, and how much of it had been kept."""
    reasons = ", ".join(words(f"build.reason.{reason.value}", count=count) for reason, count in told.wanted)
    kept = sum(count for _, count in told.wanted) - told.fresh
    return words("build.round", number=number, reasons=reasons, kept=kept)


def _facts(output: Output, words: Words, *, verbose: bool) -> str:
    facts = [words(f"kind.{output.kind}")]
    if output.pages and output.kind in SIDES:
        facts.append(words("build.sheets", sheets=output.pages // SIDES[output.kind]))
    elif output.pages:
        facts.append(words("build.pages", pages=output.pages))
    if verbose:
        facts.append(progress.seconds(output.seconds, words))
    return ", ".join(facts)
