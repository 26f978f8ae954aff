"""Folders and a number of hands come in; a workshop, open for work, goes out, and is closed after it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from builder import PROGRAM, press, problems, shelf
from builder.printer import UNTRIED
from builder.works.asked import Workshop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from builder.printer import Printer
    from builder.problems import Problem
    from builder.works.asked import Progress, Timer


@contextmanager
def opened(
    layouts: Path,
    fonts: Path,
    cache: Path,
    *,
    jobs: int,
    progress: Progress = lambda _: None,
    timer: Timer = lambda: 0.0,
    printer: Printer = UNTRIED,
    command: str = PROGRAM,
    profiles: tuple[Path, ...] = (),
    profile: Path | None = None,
    calibre: shelf.Calibre | None = None,
) -> Iterator[Workshop]:
    """Open a workshop.

    Args:
        layouts: ``layouts/``.
        fonts: ``fonts/``.
        cache: the folder of what was set before; it is kept within its bounds.
        jobs: how many processes set type at once.
        progress: told of every step.
        timer: seconds since some moment.
        printer: the machine that booklets are printed on.
        command: what the program is called by whoever types.
        profiles: folders in which profiles of printing conditions are looked for.
        profile: the one to take.
        calibre: what makes books for a Kindle.
    """
    kept = shelf.Cache(cache)
    with press.Crew(jobs) as crew:
        yield Workshop(layouts, fonts, progress, timer, crew, kept, printer, profiles, profile, calibre, command)
    kept.trim()


def refusals(workshop: Workshop) -> tuple[Problem, ...]:
    """Say when what was set could not be kept: ``CACHE_REFUSED``."""
    kept = workshop.cache
    if isinstance(kept, shelf.Cache) and kept.refused:
        return (problems.cache_refused(problems.Place(str(kept.folder)), kept.refused),)
    return ()
