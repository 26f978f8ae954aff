"""A source folder comes in; its preview stands in the browser till somebody ends it."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from builder import manuscript, problems, serving
from builder.preview import answering, watching
from builder.preview.compositor import Compositor
from builder.preview.desk import Desk
from builder.preview.nouns import Look
from builder.preview.words import words
from builder.problems import Place, Problems
from builder.works.asked import NotAsked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from builder.preview.compositor import Opening
    from builder.works.asked import Timer

HOST = "127.0.0.1"
LIMITS = serving.Limits(goodbye=0.2)
"""What goes on answering are the news, and those who listen to them know that it may end."""


def run(
    source: Path,
    edition: str,
    opening: Opening,
    *,
    others: Iterable[Path],
    language: str,
    timer: Timer,
    clock: Timer,
    ports: Iterable[int],
    started: Callable[[serving.Standing], None],
) -> None:
    """Preview a source folder till Ctrl-C.

    Nothing is written but what ``opening``'s workshop keeps of what was set. Errors in the source are shown in the
    browser; a bug ends the preview with its traceback.

    Args:
        source: the source folder.
        edition: the name of the edition to begin with; empty: the first.
        opening: opens the workshop; it is given who is told of its steps.
        others: folders whose files shape the pages, too: layouts, fonts.
        language: of the preview's words.
        timer: seconds since some moment.
        clock: seconds since 1970.
        ports: to try, in order.
        started: called once the preview stands.

    Raises:
        Problems: the source is not there, or has no programme; ``PORT_TAKEN``, ``PORT_REFUSED``.
        NotAsked: the source has no edition of that name.
    """
    _look_at(source, edition)
    desk, stop = Desk(Look(edition)), threading.Event()
    compositor = Compositor(source, desk, opening, timer=timer, clock=clock, language=language)
    app = serving.guarded(answering.application(desk, words(language), manuscript.slug_of(source)))

    def begun(standing: serving.Standing) -> None:
        for each in work:
            each.add_done_callback(lambda _: standing.stop())
        started(standing)

    with ThreadPoolExecutor(2, "preview") as threads:
        work: list[Future[None]] = [
            threads.submit(watching.watch, source, tuple(others), desk.changed, stop),
            threads.submit(compositor.work),
        ]
        try:
            serving.run(app, host=HOST, ports=ports, started=begun, limits=LIMITS)
        finally:
            desk.close()
            stop.set()
    for each in work:
        each.result()


def _look_at(source: Path, edition: str) -> None:
    """Find out what makes a preview pointless before it begins; everything else can be mended while it stands.

    A folder without a programme is none of ours: it may be a whole disk, and that is not to be watched.

    Raises:
        Problems: the source is not there, or it has no programme.
        NotAsked: it has no edition of that name.
    """
    if not source.is_dir():
        raise Problems([problems.source_missing(Place(source.as_posix()))])
    publication, found = manuscript.skim(source)
    if pointless := [each for each in found if each.code == "PROGRAM_MISSING"]:
        raise Problems(pointless)
    known = [each.name for each in publication.settings.editions] if publication else []
    if edition and known and edition not in known:
        raise NotAsked(edition, tuple(known))
