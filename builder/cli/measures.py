"""Lengths as they were typed come in, millimetres go out, or a line that says what is wrong; and lengths in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.cli.frame import WrongLine
from builder.printer import FARTHEST, WIDEST_EDGE

if TYPE_CHECKING:
    from builder.cli.words import Words

NUMBER = re.compile(r"[-+−]?[0-9]{1,5}(?:[.,][0-9]{1,9})?")
PAIRS = (  # with points; with commas in the numbers and something else between them; with commas everywhere
    re.compile(r"\s*([-+−]?[0-9]+(?:\.[0-9]+)?)\s*[,;\s]\s*([-+−]?[0-9]+(?:\.[0-9]+)?)\s*"),
    re.compile(r"\s*([-+−]?[0-9]+(?:,[0-9]+)?)\s*[;\s]\s*([-+−]?[0-9]+(?:,[0-9]+)?)\s*"),
    re.compile(r"\s*([-+−]?[0-9]+,[0-9]+)\s*,\s*([-+−]?[0-9]+,[0-9]+)\s*"),
)


def length(millimetres: float, words: Words) -> str:
    """Write a length for a person: ``0,5 mm``."""
    return f"{words.number(millimetres)}\u00a0mm"


def number(typed: str) -> float | None:
    """Read a number with a point or a comma; nothing when it is none."""
    found = NUMBER.fullmatch(typed)
    return _read(typed) if found else None


def offset(typed: str, words: Words, command: str) -> tuple[float, float]:
    """Read how far (mm) backs lie off: to the right and up, two numbers with a comma, ``;`` or a space between.

    Raises:
        WrongLine: when they cannot be meant.
    """
    found = next(filter(None, (pair.fullmatch(typed) for pair in PAIRS)), None)
    numbers = [_read(each) for each in found.groups()] if found else []
    if not numbers or max(map(abs, numbers)) > FARTHEST:
        raise WrongLine(words("line.offset", value=typed, most=words.number(FARTHEST)), command)
    return numbers[0], numbers[1]


def edge(typed: str, words: Words, command: str) -> float:
    """Read how wide (mm) the edge is that stays white.

    Raises:
        WrongLine: when it cannot be meant.
    """
    read = number(typed)
    if read is None or not 0 <= read <= WIDEST_EDGE:
        raise WrongLine(words("line.edge", value=typed, most=words.number(WIDEST_EDGE)), command)
    return read


def _read(typed: str) -> float:
    return float(typed.replace(",", ".").replace("−", "-")) + 0.0
