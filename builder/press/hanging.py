"""A piece of text that WeasyPrint is about to break comes in; it goes out whole where only its last space does not fit.

The space at the end of a line hangs over its edge (CSS Text 3, 4.1.3). WeasyPrint 70 knows that, but where a piece of
text ends with a space and what follows it begins the next line, it takes the whole piece for too wide, and one that
cannot be broken at all: its first word then stands on a line alone.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

from weasyprint.layout import inline

from builder.press.standing_in import in_place_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

COLLAPSED = ("normal", "pre-line")  # the kinds of white space that hang
NEXT = 2  # where WeasyPrint's answer says at which byte the next line begins; nothing when all of the text fits


def spaces_hung() -> AbstractContextManager[None]:
    """Let a space at the end of a line hang over its edge, whatever follows it."""
    return in_place_of(inline, "split_first_line", _hung(inline.split_first_line))


def _hung(own: Callable[..., Any]) -> Callable[..., Any]:
    def split(text: str, style: Any, context: Any, width: Any, *others: Any, **named: Any) -> Any:  # noqa: ANN401
        found = own(text, style, context, width, *others, **named)
        if not _first_word_alone(text, style, found):
            return found
        bare = own(text.rstrip(" "), style, context, width, *others, **named)
        return own(text, style, context, inf, *others, **named) if bare[NEXT] is None else found

    return split


def _first_word_alone(text: str, style: Any, found: Any) -> bool:  # noqa: ANN401 - WeasyPrint has no types
    """Tell whether of several words that end with a space only the first is on the line."""
    layout, _, following, *_ = found
    if following is None or not text.endswith(" ") or style["white_space"] not in COLLAPSED:
        return False
    return " " in text.strip(" ") and " " not in layout.text.strip(" ")
