"""A passage comes in; its letters alone, or its first words, go out."""

from __future__ import annotations

SHOWN = 40  # letters of a passage shown in a problem


def letters(text: str) -> str:
    """Return the letters of a text: all but spaces."""
    return "".join(text.split())


def shortened(text: str) -> str:
    """Return the first words of a passage, to name it by."""
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else text[:SHOWN].rsplit(" ", 1)[0] + " …"
