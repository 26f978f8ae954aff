"""A piece of a line that does not fit comes in; it goes out broken at a place where a reader expects a break.

What stands behind an inline box without a space, such as a comma, must stand on the line of its last word. Where it
does not fit, WeasyPrint 70 takes the box apart again, but only when a single piece of text in it can be broken: one
whose spaces all stand at the ends of its pieces, ``149–150, `` and ``191–192``, it takes for unbreakable, and lets the
comma stand out of the line. And behind a stop it sees a place for a break where the number of a footnote follows: that
would begin the next line (UAX #14, LB13 and LB25: a number is not parted from a stop before it).
"""

from __future__ import annotations

from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import can_break_text

from builder.press.standing_in import in_place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WRAPPING = ("normal", "pre-wrap", "pre-line")


STOPS = frozenset(".,:;…?!")
PAIR = 2  # letters: the last of a piece, the first of the next


@contextmanager
def opened() -> Iterator[None]:
    """Let a line be broken between the pieces of an inline box too, and not between a stop and a number."""
    with (
        in_place_of(inline, "can_break_inside", _looked_between(inline.can_break_inside)),
        in_place_of(inline, "can_break_text", _kept_together(can_break_text)),
    ):
        yield


def _kept_together(own: Callable[[str, str], bool]) -> Callable[[str, str], bool]:
    def can_break(text: str, language: str) -> bool:
        return own(text, language) and not (len(text) == PAIR and text[0] in STOPS and text[1].isdecimal())

    return can_break


def _looked_between(own: Callable[[Any], bool]) -> Callable[[Any], bool]:
    def can_break(box: Any) -> bool:  # noqa: ANN401 - WeasyPrint has no types
        return own(box) or _breaks_between(box)

    return can_break


def _breaks_between(box: Any) -> bool:  # noqa: ANN401
    """Tell whether two pieces of an inline box can be parted."""
    if not isinstance(box, boxes.InlineBox) or box.style["white_space"] not in WRAPPING:
        return False
    inside = [child for child in box.children if child.is_in_normal_flow()]
    return any(map(_breaks_between, inside)) or any(_part(*pair) for pair in pairwise(inside))


def _part(former: Any, latter: Any) -> bool:  # noqa: ANN401
    before, behind = _text(former), _text(latter)
    return bool(before and behind and inline.can_break_text(before[-1] + behind[0], latter.style["lang"]))


def _text(box: Any) -> str:  # noqa: ANN401
    pieces = box.descendants() if isinstance(box, boxes.ParentBox) else (box,)
    return "".join(each.text for each in pieces if isinstance(each, boxes.TextBox))
