"""A page comes in; the marks it makes on paper go out: its content is carried out, operator by operator.

Content may come from a stranger: streams, operators, depth and drawings are counted, and what goes beyond a measure
is left out and said. The fonts and the operators of a drawing are read once a document.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from builder.pdf import objects
from builder.pdf.geometry import Matrix, after, carried
from builder.preflight import lettering, painting
from builder.preflight.graphics import Path, State, is_sound
from builder.preflight.marks import Sheet
from builder.preflight.operators import Called, operations
from builder.preflight.run import Library, Run
from builder.preflight.streams import TooLarge, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from builder.pdf import Box, Measures
    from builder.preflight.operators import Operation

DEEPEST = 16
MOST_STATES = 500
MOST_KEPT = 200_000
MOST_FORMS = 5_000


def drawn(page: object, measures: Measures, library: Library) -> Sheet:
    """Carry out the content of a page."""
    matrix = measures.matrix
    run = Run(library, Sheet(_paper(page, measures, matrix)), State(matrix), objects.get(page, "/Resources"), _form)
    try:
        data = _content(run, objects.get(page, "/Contents"))
    except TooLarge:
        run.sheet.cut = True
        return run.sheet
    _carry_out(run, operations(data))
    return run.sheet


def _paper(page: object, measures: Measures, matrix: Matrix) -> Box:
    media = objects.numbers(objects.get(page, "/MediaBox"))
    left, foot, right, head = media if len(media) == len(measures.trim) else measures.shown
    return carried(matrix, (left, foot, right, head))


def _content(run: Run, value: object) -> bytes:
    """Return the content of a page, its streams put together."""
    found = []
    for each in objects.members(value) or (value,):
        try:
            found.append(run.unpacked(each))
        except Unreadable:
            continue
    return b"\n".join(found)


def _carry_out(run: Run, operators: Iterable[Operation]) -> None:
    depth = len(run.states)
    for operator, operands in operators:
        if run.left <= 0 or run.library.left <= 0:
            run.sheet.cut = True
            return
        run.left -= 1
        run.library.left -= 1
        action = ACTIONS.get(operator)
        if action is None:
            if operator not in SILENT:
                run.object_to(operator[:20].decode("latin-1"))
            continue
        try:
            action(run, operands)
        except (IndexError, ValueError, OverflowError):
            # Operands that are too few or too large: viewers skip the operator, and so do we.
            run.object_to(operator[:20].decode("latin-1"))
    del run.states[depth:]


def _save(run: Run, _: list[object]) -> None:
    if len(run.states) < MOST_STATES:
        run.states.append(run.state.copied())


def _restore(run: Run, _: list[object]) -> None:
    if run.states:
        run.state = run.states.pop()


def _move(run: Run, operands: list[object]) -> None:
    a, b, c, d, e, f = (objects.number(each) for each in operands[-6:])
    moved = after(run.state.matrix, (a, b, c, d, e, f))
    if is_sound(moved):
        run.state.matrix = moved


def _do(run: Run, operands: list[object]) -> None:
    """Place a picture or a drawing."""
    value = run.resource("/XObject", _name(operands))
    kind = objects.name(objects.get(value, "/Subtype"))
    if kind == "Image":
        painting.picture(run, value)
    elif kind == "Form":
        _form(run, value, objects.numbers(objects.get(value, "/Matrix")))


def _form(run: Run, value: object, matrix: tuple[float, ...]) -> None:
    """Carry out a drawing in a state of its own (ISO 32000-1, 8.10)."""
    known = objects.identity(value)
    run.sheet.forms += 1
    if known in run.inside:
        return
    if len(run.inside) >= DEEPEST or run.sheet.forms > MOST_FORMS:
        run.sheet.cut = True
        run.left = 0 if run.sheet.forms > MOST_FORMS else run.left
        return
    operators = _operators(run, value, known)
    if operators is None:
        run.sheet.cut = True
        return
    before = (run.state.copied(), run.resources, run.text, run.line, run.inside, run.path)
    if len(matrix) == 6:  # noqa: PLR2004 - a matrix has six
        _move(run, list(matrix))
    box = objects.numbers(objects.get(value, "/BBox"))
    if len(box) == 4:  # noqa: PLR2004 - a rectangle has four
        around = carried(run.state.matrix, box)
        if not run.inside:
            run.sheet.placed.append(around)
        run.clip(around)
    own = objects.get(value, "/Resources")
    run.resources = own if own is not None else run.resources
    run.inside, run.path = (*run.inside, known), Path()
    states, run.states = run.states, []
    _carry_out(run, operators)
    run.states = states
    run.state, run.resources, run.text, run.line, run.inside, run.path = before


def _operators(run: Run, value: object, known: tuple[int, int]) -> Iterable[Operation] | None:
    """Return the operators of a drawing, kept for the next time where they are few; nothing when they are too many."""
    library = run.library
    if known in library.drawings:
        return library.drawings[known]
    try:
        data = run.unpacked(value)
    except TooLarge:
        return None
    except Unreadable:
        return ()
    room = MOST_KEPT - library.kept
    if known == (0, 0) or len(data) > 20 * max(0, room):
        return operations(data)
    kept = tuple(islice(operations(data), room + 1))
    if len(kept) > room:
        return operations(data)
    library.kept += len(kept)
    library.drawings[known] = kept
    return kept


def _name(operands: list[object]) -> str:
    return operands[-1].name if operands and isinstance(operands[-1], Called) else ""


SILENT = frozenset(
    b"BMC BDC EMC MP DP BX EX i j J M d ri d0 d1".split(),
)
"""Operators that make no mark by themselves."""

ACTIONS: dict[bytes, Callable[[Run, list[object]], None]] = {
    b"q": _save,
    b"Q": _restore,
    b"cm": _move,
    b"Do": _do,
    **painting.ACTIONS,
    **lettering.ACTIONS,
}
