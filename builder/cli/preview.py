"""``anpham preview``: a source folder comes in; its pages stand in the browser while it is written in."""

from __future__ import annotations

import threading
import time
import webbrowser
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from builder.cli import folders
from builder.cli.boundary import Status
from builder.cli.frame import WrongLine, filled
from builder.cli.words import Words, here
from builder.press.crew import interrupts_kept_off
from builder.works import workshop as workshops
from builder.works.asked import NotAsked

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from builder.serving import Standing
    from builder.works.asked import Progress, Workshop

COMMAND = "anpham preview"
PORTS = (8317, 8318, 8319, 0)
"""Those tried when none is asked for: a window that is still open finds the next preview at the same address."""


@dataclass(frozen=True, slots=True)
class Order:
    """What was typed: source, edition, port; how many processes work at once, whether the browser is opened."""

    source: str
    edition: str
    port: str
    jobs: int
    browser: bool


def run(order: Order) -> Status:
    """Preview a source till Ctrl-C.

    Raises:
        WrongLine: when there is no edition of that name, or the port is none.
        Problems: the source is not there; the port is taken.
    """
    words, source = here(), Path(order.source)
    with interrupts_kept_off():  # one that meets a native module being initialised aborts the process, or is lost
        from builder import preview  # noqa: PLC0415 - all stages: half a second that help does without
        from builder.cli import network  # noqa: PLC0415 - the same

    ports = network.ports(order.port, COMMAND, PORTS)
    print(words("preview.begins", folder=source), flush=True)
    try:
        preview.run(
            source,
            order.edition,
            partial(_workshop, jobs=order.jobs, command=words.program),
            others=(folders.own("layouts"), folders.own("fonts")),
            language=words.language,
            timer=time.monotonic,
            clock=time.time,
            ports=ports,
            started=partial(_tell, order=order, words=words),
        )
    except NotAsked as error:
        what = words("line.not_asked", slug=source.name, wanted=error.wanted, known=", ".join(error.known))
        raise WrongLine(what, COMMAND) from error
    print(words("preview.ended"))
    return Status.DONE


def _workshop(progress: Progress, *, jobs: int, command: str) -> AbstractContextManager[Workshop]:
    return workshops.opened(
        folders.own("layouts"),
        folders.own("fonts"),
        folders.cache(),
        jobs=jobs,
        progress=progress,
        timer=time.monotonic,
        command=command,
    )


def _tell(standing: Standing, *, order: Order, words: Words) -> None:
    """Say where the preview stands, and open the browser there."""
    address = f"http://127.0.0.1:{standing.port}/"
    print(words("preview.stands", address=address))
    print(filled(words("preview.how")), end="\n", flush=True)
    if order.browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()  # one in a terminal would stay
