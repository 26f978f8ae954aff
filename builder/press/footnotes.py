"""A paragraph that does not fit on its page comes in; the footnotes called before it stay on that page.

To find room for the first lines of a paragraph WeasyPrint 70 sends the footnotes of the page to the next one, away from
their calls; it does so even when that does not help and the paragraph goes to the next page after all. In columns it
does not: so the function that lays out lines is told that it is in one.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from weasyprint.layout import block as block_layout

from builder.press.standing_in import in_place_of

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Held:
    """A layout context that seems to be in a column to who holds it, and to nothing in it."""

    in_column = True

    def __init__(self, context: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
        self.context = context

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self.context, name)


@contextmanager
def kept() -> Iterator[None]:
    """Let no footnote leave its page to make room for text that comes after it."""
    lay_out, broken = block_layout._linebox_layout, block_layout.iter_line_boxes  # noqa: SLF001 - there is no other way in
    with (
        in_place_of(block_layout, "_linebox_layout", lambda context, *others: lay_out(_Held(context), *others)),
        in_place_of(block_layout, "iter_line_boxes", lambda held, *others: broken(held.context, *others)),
    ):
        yield
