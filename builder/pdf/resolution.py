"""Dots an inch of a picture as it is placed come in; whether they are too few for paper goes out.

What is asked when a book is made and when a finished file is looked at is the same.
"""

from __future__ import annotations

FINE = 300
"""Dots an inch: what print shops ask of photographs."""

_SLACK = 0.98  # a picture of 299 dots an inch is not worth a word


def is_coarse(dpi: float, wanted: float = FINE) -> bool:
    """Tell whether a picture has fewer dots an inch than are wanted, by more than nobody sees."""
    return dpi < wanted * _SLACK
