"""A ``Composition`` comes in; a ``Printing`` goes out: the pages as one PDF, and what stands on which page."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from builder.press.nouns import Heading, PageFacts, Printing

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.composition.nouns import Composition

__all__ = ["Heading", "PageFacts", "Printing", "print_pdf"]


def print_pdf(composition: Composition, *, progress: Callable[[str, int, int], None] | None = None) -> Printing:
    """Set a composition in type; the same composition gives the same bytes, in any process.

    Args:
        composition: for print.
        progress: told the stage (``leaves``, ``furniture``, ``gather``), steps done, steps in all.

    Raises:
        Problems: ``LEAF_BROKEN``; everything else the press notices is in the printing's ``problems``.
    """
    with warnings.catch_warnings():
        # No font of the machine is used, so whether Fontconfig finds any does not matter.
        warnings.filterwarnings("ignore", "FontConfig cannot load|No fonts configured", UserWarning)
        from builder.press import makeup  # noqa: PLC0415 - it imports WeasyPrint, which takes a second

    return makeup.make_up(composition, progress or (lambda _stage, _done, _total: None))
