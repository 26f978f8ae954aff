"""A number comes in; it goes out as it is written into the content of a page (ISO 32000-1, 7.3.3)."""

from __future__ import annotations


def number(value: float, places: int = 4) -> str:
    """Write a number with so many decimals at most, without exponent, trailing zeros or minus nought."""
    return f"{round(value, places) + 0.0:.{places}f}".rstrip("0").rstrip(".")
