"""What WeasyPrint writes to its log comes in; problems go out.

It only logs a missing picture, a missing letter or an unknown property and prints on; here nothing of that is lost.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from builder import problems

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from builder.problems import Place, Problem

NAME = "weasyprint"
BASE = "https://press.invalid/"  # WeasyPrint wants an address to look things up from; nothing is there


class Listener(logging.Handler):
    """Keeps each distinct warning and error once, in the order they came."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: dict[tuple[int, str, tuple[object, ...]], str] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record: its level, its form, what it names, its words."""
        named = record.args if isinstance(record.args, tuple) else (record.args,)
        self.heard.setdefault((record.levelno, str(record.msg), tuple(map(str, named))), record.getMessage())

    def problems(self, place: Place, families: Iterable[str], refused: Container[str]) -> Iterator[Problem]:
        """Yield what was heard as problems, letters no family has gathered into one; refused addresses are known."""
        letters = []
        for (level, form, named), words in self.heard.items():
            if form.startswith(".notdef"):
                letters.append(str(named[0]))
            elif not named or _path(named[0]) not in refused:
                yield _problem(place, level, form, named, words)
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


def _problem(place: Place, level: int, form: str, named: tuple[object, ...], words: str) -> Problem:
    if form.startswith("No anchor"):
        return problems.anchor_lost(place, str(named[0]))
    if form.startswith("Anchor defined twice"):
        return problems.anchor_twice(place, str(named[0]))
    if form.startswith(("Failed to load image", "Failed to render SVG")):
        return problems.figure_broken(place, _path(named[0]))
    words = " ".join(words.split()).rstrip(".")
    return problems.press_log(place, words) if level < logging.ERROR else problems.press_error(place, words)


def _path(address: object) -> str:
    """Return the part of an address that the composition knows a figure by."""
    return str(address).removeprefix(BASE)
