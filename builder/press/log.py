"""What WeasyPrint writes to its log comes in, is kept with the galley, and goes out as problems.

It only logs a missing picture, a missing letter or an unknown property and prints on; here nothing of that is lost.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from builder import problems
from builder.press.galley import Heard

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from builder.problems import Place, Problem

NAME = "weasyprint"
BASE = "https://press.invalid/"  # WeasyPrint wants an address to look things up from; nothing is there


class Listener(logging.Handler):
    """Keeps each distinct warning and error once, in the order they came."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: dict[Heard, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record: its level, its form, what it names, its words."""
        named = record.args if isinstance(record.args, tuple) else (record.args,)
        heard = Heard(record.levelno, str(record.msg), tuple(map(str, named)), record.getMessage())
        self.heard.setdefault(heard)


def told(heard: Iterable[Heard], place: Place, families: Iterable[str], refused: Container[str]) -> Iterator[Problem]:
    """Yield what was heard as problems, letters no family has gathered into one; refused addresses are known."""
    letters = []
    for each in dict.fromkeys(heard):
        if each.form.startswith(".notdef"):
            letters.append(each.named[0])
        elif not each.named or _path(each.named[0]) not in refused:
            yield _problem(place, each)
    if letters:
        yield problems.font_missing(place, "".join(letters), tuple(families))


@contextmanager
def listening() -> Iterator[Listener]:
    """Listen to WeasyPrint; what it says goes nowhere else."""
    logger = logging.getLogger(NAME)
    listener, propagate = Listener(), logger.propagate
    logger.addHandler(listener)
    logger.propagate = False
    try:
        yield listener
    finally:
        logger.propagate = propagate
        logger.removeHandler(listener)


def _problem(place: Place, heard: Heard) -> Problem:
    if heard.form.startswith("Anchor defined twice"):
        return problems.anchor_twice(place, heard.named[0])
    if heard.form.startswith(("Failed to load image", "Failed to render SVG")):
        return problems.figure_broken(place, _path(heard.named[0]))
    words = " ".join(heard.words.split()).rstrip(".")
    return problems.press_log(place, words) if heard.level < logging.ERROR else problems.press_error(place, words)


def _path(address: str) -> str:
    """Return the part of an address that the composition knows a figure by."""
    return address.removeprefix(BASE)
