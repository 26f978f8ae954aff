"""A heading that WeasyPrint is about to break comes in; its lines, as even as they can be, go out.

WeasyPrint 70 fills line after line (it has no ``text-wrap: balance``), which leaves one word alone under a full line. A
layout asks for even lines with ``--wrap: balance`` on a block; what stands inside inherits it. The block is broken at
plain spaces only, into the fewest lines that fit, those as ``vietnamese.breaks.balance`` has them; breaks of the
author's stay. No letter is touched: each line is given as much room as it is to fill. One line costs nothing more; two
are broken three times instead of once. Where something comes out otherwise than planned, WeasyPrint's lines stand.

Of the same blocks, lines in capitals are set apart as far as their face asks for with ``--capitals``: a mark above a
capital must not meet the line above.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block as block_layout
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import strut

from builder.press import gaps
from builder.press.standing_in import in_place_of
from builder.press.words import letters
from builder.vietnamese import breaks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    Lines = Iterator[tuple[Any, Any]]  # a line, and where its block is broken after it
    Break = Callable[[], Lines]

WRAP, BALANCE = "__wrap", "balance"  # the names WeasyPrint keeps ``--wrap: balance`` under
CAPITALS = "__capitals"  # and ``--capitals``, the least height of lines in capitals (em)
ENDLESS = 2.0**20  # px; longer than any heading, and Pango can still count it
SPACE, NBSP = " ", "\u00a0"
SEVERAL = 2

ffi.cdef(
    "void pango_layout_line_index_to_x (PangoLayoutLine *line, int index_, int trailing, int *x_pos);", override=True
)


@dataclass(frozen=True, slots=True)
class Unit:
    """What no break may part: its letters, its edges when all stands on one line, the space behind it (px).

    ``inside`` counts the spaces in it.
    """

    letters: str
    left: float
    right: float
    space: float = 0.0
    inside: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """A line to be: its letters, and the room it is given (px)."""

    letters: str
    room: float


def balanced() -> AbstractContextManager[None]:
    """Let WeasyPrint balance the lines of the blocks that ask for it."""
    return in_place_of(block_layout, "iter_line_boxes", _Balancer(block_layout.iter_line_boxes))


class Breaker(ABC):
    """Stands in for WeasyPrint's ``iter_line_boxes`` while a leaf is laid out; what lines are planned is another's."""

    def __init__(self, own: Callable[..., Lines]) -> None:
        """Take WeasyPrint's own."""
        self.own = own
        # A block is laid out again and again: what is broken, and from where on → the measure, the plan (none:
        # WeasyPrint's lines).
        self.plans: dict[Any, tuple[float, tuple[Step, ...]]] = {}

    def __call__(self, context: Any, line: Any, *others: Any) -> Lines:  # noqa: ANN401 - WeasyPrint has no types
        """Break ``line``, which holds all the text of a block, into the lines of the block."""
        broken = partial(self.own, context, line, *others)
        _top, _bottom_space, resume_at, block, *_ = others
        if context.excluded_shapes or not self.asks(block, resume_at) or not _is_simple(line):
            return broken()
        return iter(self.broken(broken, block, (line, str(resume_at))))

    def broken(self, broken: Break, block: Any, key: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401
        """Break a block as planned, or as WeasyPrint does where it comes out otherwise."""
        lines: list[tuple[Any, Any]] = []
        measure, plan = self.plans.get(key, (None, ()))
        if measure != block.width:
            lines = list(broken())
            plan = self.plan(broken, block, lines)
        if plan:
            planned = list(self.in_rooms(plan, broken, block))
            plan = plan if follow(planned, plan) else ()
            lines = planned if plan else lines
        self.plans[key] = block.width, plan
        return lines or list(broken())

    @abstractmethod
    def asks(self, block: Any, resume_at: Any) -> bool:  # noqa: ANN401
        """Tell whether the lines of a block, from there on, are to be planned."""

    @abstractmethod
    def plan(self, broken: Break, block: Any, lines: Sequence[tuple[Any, Any]]) -> tuple[Step, ...]:  # noqa: ANN401
        """Plan the lines of a block; nothing where WeasyPrint's stand well."""

    @abstractmethod
    def in_rooms(self, plan: Sequence[Step], broken: Break, block: Any) -> Lines:  # noqa: ANN401
        """Break lines, each in its room."""


class _Balancer(Breaker):
    """Chooses lines that are as even as they can be."""

    def asks(self, block: Any, resume_at: Any) -> bool:  # noqa: ANN401
        return resume_at is None and _asks(block)

    def broken(self, broken: Break, block: Any, key: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401
        return _spread(super().broken(broken, block, key), block)

    def plan(self, broken: Break, block: Any, lines: Sequence[tuple[Any, Any]]) -> tuple[Step, ...]:  # noqa: ANN401
        return _plan(broken, block, lines)

    def in_rooms(self, plan: Sequence[Step], broken: Break, block: Any) -> Lines:  # noqa: ANN401
        return _in_rooms(plan, broken, block)


def _asks(block: Any) -> bool:  # noqa: ANN401
    """Tell whether a block asks for even lines; justified ones are even as they are."""
    return bool(_property(block, WRAP) == BALANCE and block.style["text_align_all"] != "justify")


def _property(block: Any, name: str) -> Any:  # noqa: ANN401
    """Return what a custom property says: a word or a number; nothing where it is not set."""
    return next((token.value for token in block.style[name] or () if token.type in ("ident", "number")), None)


def _is_simple(line: Any) -> bool:  # noqa: ANN401
    """Tell whether all stands in the line: then to break it more than once changes nothing elsewhere."""
    return all(box.is_in_normal_flow() and not box.is_leader for box in line.descendants())


def _letters(line: Any) -> str:  # noqa: ANN401
    return letters("".join(box.text for box in line.descendants() if isinstance(box, boxes.TextBox)))


def follow(lines: Sequence[tuple[Any, Any]], plan: Sequence[Step]) -> bool:
    """Tell whether lines are those planned."""
    return [_letters(line) for line, _ in lines] == [step.letters for step in plan]


# --- the plan -------------------------------------------------------------------------------------


def _plan(broken: Break, block: Any, lines: Sequence[tuple[Any, Any]]) -> tuple[Step, ...]:  # noqa: ANN401
    """Plan the lines of a block; nothing where they stand well, or something in it is wider than its measure."""
    if len(lines) < SEVERAL:
        return ()
    with as_wide(block, ENDLESS):
        parts = [units(line) for line, _ in broken()]
    plan = tuple(step for part in parts for step in steps(part, block.width))
    fits = all(step.room <= block.width for step in plan)
    return plan if fits and not follow(lines, plan) else ()


def steps(part: Sequence[Unit], measure: float) -> Iterator[Step]:
    """Plan the lines of what stands between two breaks of the author's.

    The first line is measured from the edge of the block, with its indent. Half a space is added to the room of each:
    no further word goes into that, and nothing hangs on the last digit of a measure.
    """
    numbers = SPACE.join(map(str, range(len(part))))
    for line in breaks.balance(numbers, lambda line: _width(part, *_ends(line)), measure):
        first, last = _ends(line)
        wide = _width(part, first, last)
        room = wide if wide > measure else min(wide + part[last].space / 2, measure)
        yield Step("".join(unit.letters for unit in part[first : last + 1]), room)


def _ends(line: str) -> tuple[int, int]:
    return int(line.partition(SPACE)[0]), int(line.rpartition(SPACE)[2])


def _width(part: Sequence[Unit], first: int, last: int) -> float:
    return part[last].right - (part[first].left if first else 0.0)


def units(line: Any) -> tuple[Unit, ...]:  # noqa: ANN401
    """Part a line that holds everything at its plain spaces.

    Those of text that must not wrap part nothing, nor do those in the indent: what hangs there is a label.
    """
    found: list[Unit] = []
    closed = True
    for text, left, right in _pieces(line):
        start, end = left - line.position_x, right - line.position_x
        if text == SPACE:
            if not closed:
                found[-1] = replace(found[-1], space=right - left)
                closed = found[-1].right > 0
        elif closed:
            found.append(Unit(letters(text), start, end, inside=_spaces(text)))
            closed = False
        else:
            last = found[-1]
            more = last.letters + letters(text)
            found[-1] = replace(last, letters=more, right=end, inside=last.inside + _spaces(text))
    return tuple(found)


def _spaces(text: str) -> int:
    return text.count(SPACE) + text.count(NBSP)


def _pieces(box: Any) -> Iterator[tuple[str, float, float]]:  # noqa: ANN401
    """Yield what stands in a line from left to right, each plain space by itself, with its edges (px)."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield from _words(child)
        elif isinstance(child, boxes.InlineBox):
            yield from _pieces(child)
        else:
            yield _letters(child), child.position_x, child.position_x + child.margin_width()


def _words(box: Any) -> Iterator[tuple[str, float, float]]:  # noqa: ANN401
    may_wrap = box.style["white_space"] == "normal"
    pieces = [piece for piece in re.split("( )", box.text) if piece] if may_wrap else [box.text]
    ends = list(accumulate(len(piece.encode()) for piece in pieces))
    edges = [box.position_x + edge for edge in _edges(box, [0, *ends])]
    yield from zip(pieces, edges, edges[1:], strict=False)


def _edges(box: Any, at: Sequence[int]) -> Iterator[float]:  # noqa: ANN401
    """Measure how far from the left edge of a text its bytes stand (px)."""
    layout, x = box.pango_layout, ffi.new("int *")
    layout.reactivate(box.style)
    line, _ = layout.get_first_line()
    for place in at:
        pango.pango_layout_line_index_to_x(line, place, 0, x)
        yield x[0] * FROM_UNITS
    layout.deactivate()


# --- lines in capitals ----------------------------------------------------------------------------


def _spread(lines: list[tuple[Any, Any]], block: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401
    """Move lines in capitals apart where their marks could touch; a single line keeps its place."""
    floor = _property(block, CAPITALS)
    if len(lines) < SEVERAL or not isinstance(floor, int | float) or not _in_capitals(lines):
        return lines
    height, _ = strut(block.style)
    lacking = max(0.0, floor * block.style["font_size"] - height)
    for number, (line, _) in enumerate(lines):
        line.translate(0, number * lacking)
    return lines


def _in_capitals(lines: Sequence[tuple[Any, Any]]) -> bool:
    """Tell whether most letters are capitals: ``Mục 1. QUY ĐỊNH CHUNG``."""
    text = "".join(_letters(line) for line, _ in lines)
    return sum(map(str.isupper, text)) > sum(map(str.islower, text))


# --- lines as planned -----------------------------------------------------------------------------


def _in_rooms(plan: Sequence[Step], broken: Break, block: Any) -> Lines:  # noqa: ANN401
    """Break lines, each in its room; one that is not flush left is put where it belongs in the block."""
    lines, measure = broken(), block.width
    for step in plan:
        with as_wide(block, step.room):
            line, resume_at = next(lines, (None, None))
        if line is None:
            return
        line.resume_at = resume_at
        line.translate(gaps.share(line) * (measure - step.room), 0)
        yield line, resume_at
    yield from lines


def as_wide(block: Any, width: float) -> AbstractContextManager[None]:  # noqa: ANN401
    """Let a block be as wide as that for a while."""
    return in_place_of(block, "width", width)
