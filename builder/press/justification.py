"""A justified paragraph that WeasyPrint is about to break comes in; its lines, with no hole that can be helped, go out.

WeasyPrint 70 fills line after line and widens the spaces of each until it is full. A syllable that just does not fit,
or two that must stay together, leave a line whose words stand far apart. Here the lines of such a paragraph are chosen
together, and spaces may be made a little narrower too, so that one more word goes in. Only paragraphs with a loose line
are broken again, into no more lines than before. Where something comes out otherwise than planned, WeasyPrint's lines
stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block as block_layout
from weasyprint.layout import inline

from builder.press import heads
from builder.press.heads import ENDLESS, Breaker, Step
from builder.press.standing_in import in_place_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

    from builder.press.heads import Break, Lines, Unit

LOOSE = 0.16  # em; a line whose spaces are wider by more has its paragraph broken again
NARROWEST = 0.85  # of a space
WIDE = 1.5  # spaces; one made so wide disturbs as much as the narrowest
EMPTY = 100  # how many times as much a line disturbs that has no space to be filled with


def holes_filled() -> AbstractContextManager[None]:
    """Let WeasyPrint choose the lines of a justified paragraph together where one of them would be loose."""
    return in_place_of(block_layout, "iter_line_boxes", _Justifier(block_layout.iter_line_boxes))


class _Justifier(Breaker):
    """Chooses lines whose spaces disturb least."""

    def asks(self, block: Any, resume_at: Any) -> bool:  # noqa: ANN401, ARG002 - WeasyPrint has no types
        return bool(block.style["text_align_all"] == "justify")

    def plan(self, broken: Break, block: Any, lines: Sequence[tuple[Any, Any]]) -> tuple[Step, ...]:  # noqa: ANN401
        plan = _plan(broken, block) if any(map(_is_loose, lines)) else ()
        return plan if len(plan) <= len(lines) else ()

    def in_rooms(self, plan: Sequence[Step], broken: Break, block: Any) -> Lines:  # noqa: ANN401
        return _in_rooms(plan, broken, block)


def _is_loose(broken: tuple[Any, Any]) -> bool:
    line, _ = broken
    texts = (box for box in line.descendants() if isinstance(box, boxes.TextBox))
    return any(box.justification_spacing > LOOSE * box.style["font_size"] for box in texts)


# --- the plan -------------------------------------------------------------------------------------


def _plan(broken: Break, block: Any) -> tuple[Step, ...]:  # noqa: ANN401
    """Plan the lines of a block; nothing where they stand as well as they can."""
    with heads.as_wide(block, ENDLESS):
        parts = [heads.units(line) for line, _ in broken()]
    return tuple(step for part in parts for step in steps(part, block.width))


def steps(part: Sequence[Unit], measure: float) -> Iterator[Step]:
    """Plan the lines of what stands between two breaks of the author's: those with the least disturbing spaces."""
    for first, last in lines(part, measure):
        width = _width(part, first, last)
        yield Step("".join(unit.letters for unit in part[first : last + 1]), width + part[last].space / 2)


def lines(part: Sequence[Unit], measure: float) -> list[tuple[int, int]]:
    """Choose lines, each by the numbers of its first and last unit: no more than filling one after the other makes.

    None where a unit is wider than the measure.
    """
    most = len(_filled(part, measure))
    # best[end][count]: (disturbance, where the last of so many lines starts)
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for end in range(len(part)):
        found: dict[int, tuple[float, int]] = {}
        for start in range(end, -1, -1):
            cost = disturbance(part, start, end, measure)
            if cost is None:
                break
            for count, (before, _) in best[start].items():
                if count < most and (count + 1 not in found or before + cost < found[count + 1][0]):
                    found[count + 1] = before + cost, start
        best.append(found)
    chosen: list[tuple[int, int]] = []
    end, count = len(part), min(best[-1], key=lambda count: best[-1][count][0], default=0)
    while count:
        start = best[end][count][1]
        chosen.append((start, end - 1))
        end, count = start, count - 1
    return chosen[::-1]


def _filled(part: Sequence[Unit], measure: float) -> list[tuple[int, int]]:
    """Fill line after line."""
    filled: list[tuple[int, int]] = []
    start = 0
    for end in range(1, len(part) + 1):
        if end == len(part) or _width(part, start, end) > measure:
            filled.append((start, end - 1))
            start = end
    return filled


def disturbance(part: Sequence[Unit], first: int, last: int, measure: float) -> float | None:
    """Say how much a line disturbs: 0 with natural spaces, 1 with wide ones; nothing when it is too full.

    A last line of one unit disturbs too.
    """
    lacking = measure - _width(part, first, last)
    spaces = max(unit.space for unit in part) * (last - first + sum(unit.inside for unit in part[first : last + 1]))
    if last == len(part) - 1 and lacking >= 0:
        return float(first == last > 0)
    if not spaces:
        return (lacking / measure * EMPTY) ** 4 if lacking >= 0 else None
    stretch = lacking / spaces
    if stretch < NARROWEST - 1:
        return None
    return (stretch / (WIDE - 1 if stretch > 0 else NARROWEST - 1)) ** 4


def _width(part: Sequence[Unit], first: int, last: int) -> float:
    return part[last].right - (part[first].left if first else 0.0)


# --- lines as planned -----------------------------------------------------------------------------


def _in_rooms(plan: Sequence[Step], broken: Break, block: Any) -> Lines:  # noqa: ANN401
    """Break lines, each in its room, and make their spaces as wide as the measure asks for."""
    found, measure = broken(), block.width
    for step in plan:
        with heads.as_wide(block, step.room), _filling(measure):
            line, resume_at = next(found, (None, None))
        if line is None:
            return
        yield line, resume_at
    yield from found


def _filling(measure: float) -> AbstractContextManager[None]:
    """Let WeasyPrint fill a line up to ``measure`` (px), by narrower spaces if it is longer."""
    own = inline.text_align

    def aligned(context: Any, line: Any, _room: float, last: bool) -> float:  # noqa: ANN401, FBT001 - WeasyPrint's
        if line.width > measure:
            inline.justify_line(context, line, measure - line.width)
            return 0.0
        return float(own(context, line, measure, last))

    return in_place_of(inline, "text_align", aligned)
