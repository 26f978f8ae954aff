"""Numbers come in; how a sentence names them goes out."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def runs(numbers: Iterable[int], most: int = 0) -> str:
    """Write numbers in their order, neighbours as a range: ``1–3, 5``.

    Args:
        numbers: what is written.
        most: how many numbers and ranges at most, then ``…``; 0: all.
    """
    ordered = list(numbers)
    breaks = [place for place, (one, other) in enumerate(pairwise(ordered), 1) if other != one + 1]
    parts = [ordered[start:end] for start, end in pairwise([0, *breaks, len(ordered)])] if ordered else []
    shown = [str(part[0]) if len(part) == 1 else f"{part[0]}–{part[-1]}" for part in parts[: most or None]]
    return ", ".join(shown) + (" …" if len(shown) < len(parts) else "")
