"""Steps of the work come in; a bar on a terminal, or plain lines elsewhere, goes out on standard error."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.cli.words import Words
    from builder.works.asked import Progress, Step, Timer


@contextmanager
def shown(words: Words, timer: Timer, *, quiet: bool, verbose: bool) -> Iterator[Progress]:
    """Hand out a listener: a bar on a terminal, nothing when ``quiet``, else a line a step (``verbose``: with time)."""
    if sys.stderr.isatty() and not verbose:
        with _bar(words) as listener:
            yield listener
    elif quiet:
        yield lambda _: None
    else:
        yield _Lines(words, timer if verbose else None)


def title(step: Step, words: Words) -> str:
    """Name a step: publication, edition, stage."""
    where = f"{step.slug} · {step.edition}" if step.edition else step.slug
    return f"{where} · {words(f'stage.{step.stage.value}')}"


def seconds(number: float, words: Words) -> str:
    """Write a span of time the way the language does: ``1,25 giây``."""
    return words("build.seconds", seconds=words.number(number, ".2f"))


class _Lines:
    """Prints every new step once."""

    def __init__(self, words: Words, timer: Timer | None) -> None:
        self.words = words
        self.timer = timer
        self.began = timer() if timer else 0.0
        self.last = ""

    def __call__(self, step: Step) -> None:
        said = title(step, self.words)
        if said != self.last:
            self.last = said
            time = f"  {seconds(self.timer() - self.began, self.words)}" if self.timer else ""
            print(f"{said}{time}", file=sys.stderr)


@contextmanager
def _bar(words: Words) -> Iterator[Progress]:
    """Draw one bar for the step at hand; it is gone when the work is done."""
    from rich import console, progress  # noqa: PLC0415 - a tenth of a second that help and plain lines do without

    columns = (
        progress.TextColumn("{task.description}", markup=False),
        progress.BarColumn(),
        progress.TextColumn("{task.fields[count]}"),
    )
    with progress.Progress(*columns, console=console.Console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=None, count="")

        def listen(step: Step) -> None:
            count = f"{step.done}/{step.total}" if step.total else ""
            bars.update(
                task, description=title(step, words), completed=step.done, total=step.total or None, count=count
            )

        yield listen
