"""The operators of text come in, with the page they stand on; writing goes out onto the page (ISO 32000-1, 9)."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from builder.pdf import objects
from builder.pdf.geometry import UPRIGHT, Matrix, after, carried
from builder.preflight.graphics import is_sound
from builder.preflight.marks import Writing
from builder.preflight.operators import Called

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.preflight.run import Run

_INVISIBLE, _CLIP_ONLY = 3, 7
_STROKED = 1
_GAP = -200  # thousandths of the size: what is moved further is a space between words
_UP, _DOWN = 0.7, 0.2  # how far letters reach from their line, in their size
_DRAWN = "Type3"


def _begin(run: Run, _: list[object]) -> None:
    run.text = run.line = UPRIGHT


def _font(run: Run, operands: list[object]) -> None:
    called, size = operands[-2:]
    value = run.resource("/Font", called.name) if isinstance(called, Called) else None
    run.state.face = run.library.font(value) if objects.is_dictionary(value) else None
    run.state.size = objects.number(size)


def _leading(run: Run, operands: list[object]) -> None:
    run.state.leading = objects.number(operands[-1])


def _spacing(run: Run, operands: list[object]) -> None:
    run.state.spacing = objects.number(operands[-1])


def _word_spacing(run: Run, operands: list[object]) -> None:
    run.state.word_spacing = objects.number(operands[-1])


def _scale(run: Run, operands: list[object]) -> None:
    run.state.scale = objects.number(operands[-1], 100) / 100


def _rise(run: Run, operands: list[object]) -> None:
    run.state.rise = objects.number(operands[-1])


def _mode(run: Run, operands: list[object]) -> None:
    run.state.mode = int(objects.number(operands[-1]))


def _next(run: Run, operands: list[object]) -> None:
    x, y = (objects.number(each) for each in operands[-2:])
    moved = after(run.line, (1, 0, 0, 1, x, y))
    if is_sound(moved):
        run.text = run.line = moved


def _next_leading(run: Run, operands: list[object]) -> None:
    run.state.leading = -objects.number(operands[-1])
    _next(run, operands)


def _place(run: Run, operands: list[object]) -> None:
    a, b, c, d, e, f = (objects.number(each) for each in operands[-6:])
    placed: Matrix = (a, b, c, d, e, f)
    if is_sound(placed):
        run.text = run.line = placed


def _new_line(run: Run, _: list[object]) -> None:
    _next(run, [0.0, -run.state.leading])


def _show(run: Run, operands: list[object]) -> None:
    show(run, [operands[-1]])


def _show_parts(run: Run, operands: list[object]) -> None:
    parts = operands[-1]
    if isinstance(parts, list):
        show(run, parts)


def _line_show(run: Run, operands: list[object]) -> None:
    _new_line(run, [])
    show(run, [operands[-1]])


def _spaced_show(run: Run, operands: list[object]) -> None:
    run.state.word_spacing, run.state.spacing = (objects.number(each) for each in operands[-3:-1])
    _line_show(run, operands)


def show(run: Run, parts: list[object]) -> None:
    """Write strings and the gaps between them, as one piece of writing."""
    state = run.state
    face, size = state.face, state.size
    if face is None:
        return
    words, advance, count, missing = [], 0.0, 0, 0
    for part in parts:
        if isinstance(part, bytes):
            read = face.read(part)
            words.append(read.words)
            count += read.count
            missing += read.missing
            advance += read.width * face.unit * size + read.count * state.spacing + read.spaces * state.word_spacing
        elif isinstance(part, float):
            advance -= part / 1000 * size
            if part < _GAP:
                words.append(" ")
    advance *= state.scale
    if count:
        _write(run, "".join(words), advance, count, missing)
    moved = after(run.text, (1, 0, 0, 1, advance, 0))
    if is_sound(moved):
        run.text = moved


def _write(run: Run, words: str, advance: float, count: int, missing: int) -> None:
    state = run.state
    face, size = state.face, state.size
    if face is None:
        return
    matrix = after(state.matrix, run.text)
    low, high = sorted((state.rise - _DOWN * size, state.rise + _UP * size))
    box = run.visible(carried(matrix, (min(0, advance), low, max(0, advance), high)))
    if box is None:
        return
    stroked = state.mode % 4 == _STROKED
    printed = 0.0 if face.kind == _DRAWN else abs(size) * hypot(matrix[2], matrix[3])
    seen = state.mode not in (_INVISIBLE, _CLIP_ONLY)
    paint, over = (state.stroke, state.over_stroke) if stroked else (state.fill, state.over_fill)
    run.sheet.marks.append(Writing(box, paint, face, words, printed, count, missing, seen, over))


ACTIONS: dict[bytes, Callable[[Run, list[object]], None]] = {
    b"BT": _begin,
    b"ET": _begin,
    b"Tf": _font,
    b"TL": _leading,
    b"Tc": _spacing,
    b"Tw": _word_spacing,
    b"Tz": _scale,
    b"Ts": _rise,
    b"Tr": _mode,
    b"Td": _next,
    b"TD": _next_leading,
    b"Tm": _place,
    b"T*": _new_line,
    b"Tj": _show,
    b"TJ": _show_parts,
    b"'": _line_show,
    b'"': _spaced_show,
}
