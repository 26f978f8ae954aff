"""A line and the characters meant come in; the line with a caret under them goes out, cut to fit a screen."""

from __future__ import annotations

ELLIPSIS = "…"
BEFORE = 36  # characters shown before those that are meant


def excerpt(line: str, number: int, column: int, extent: int, widest: int) -> str:
    """Show characters of a line.

    Args:
        line: the whole line.
        number: of the line, from 1.
        column: of the first character meant, from 1.
        extent: how many are meant; 0: not known.
        widest: how many characters a line of the screen takes.
    """
    gutter = f"  {number} │ "
    room = widest - len(gutter)
    start = max(0, column - 1 - BEFORE) if len(line) > room else 0
    cut = ELLIPSIS if start else ""
    shown = cut + "".join(map(_visible, line[start : start + room - 1]))
    if start + room - 1 < len(line):
        shown = shown[: room - 1] + ELLIPSIS
    at = len(cut) + column - 1 - start
    carets = "^" * max(1, min(extent, len(shown) - at))
    return f"{gutter}{shown}\n{' ' * (len(gutter) - 2)}│ {' ' * at}{carets}"


def _visible(character: str) -> str:
    return character if character.isprintable() else " "
