"""The operators of paths, colours and pictures come in; lines, areas and pictures go out onto the page.

ISO 32000-1, 8.4 (state), 8.5 (paths), 8.6 (colour), 8.9 (pictures), 11 (transparency).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING

from builder.pdf import objects
from builder.pdf.geometry import at, carried
from builder.preflight import colours
from builder.preflight.colours import DEVICE_CMYK, DEVICE_GRAY, DEVICE_RGB, UNKNOWN, Paint, Space, space
from builder.preflight.graphics import Path, State, stretch
from builder.preflight.marks import Area, Line, Picture
from builder.preflight.operators import Called

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.pdf import Box
    from builder.preflight.run import Run

THIN = 0.6
"""Points: an area no higher or wider than that is seen as a line."""

_POINTS = 72
_SAME = 0.001
_MOST_PIXELS = 1e9
_MOST_RECTANGLES = 1_000
_READ = ("LW", "Font", "ca", "CA", "SMask", "BM", "OP", "op")  # of an extended state, in the order they count


# --- state ----------------------------------------------------------------------------------------


def _line_width(run: Run, operands: list[object]) -> None:
    run.state.line_width = abs(objects.number(operands[-1]))


def _extended(run: Run, operands: list[object]) -> None:
    """Take over what an extended graphics state says."""
    called = operands[-1]
    if not isinstance(called, Called):
        return
    said = run.resource("/ExtGState", called.name)
    for key in _READ:
        value = objects.get(said, f"/{key}")
        if value is None:
            continue
        if key == "LW":
            run.state.line_width = abs(objects.number(value))
        elif key == "Font" and len(pair := objects.members(value)) > 1:
            run.state.face, run.state.size = run.library.font(pair[0]), objects.number(pair[1])
        elif _is_transparent(key, value):
            run.sheet.transparent.add(key)
        elif key == "OP":
            run.state.over_stroke = value is True
            run.state.over_fill = value is True
        elif key == "op" and isinstance(value, bool):  # for areas alone, and before "OP" (ISO 32000-1, 8.6.7)
            run.state.over_fill = value


def _is_transparent(key: str, value: object) -> bool:
    if key in ("ca", "CA"):
        return objects.number(value, 1) < 1
    return objects.is_dictionary(value) if key == "SMask" else key == "BM" and _blends(value)


def _blends(value: object) -> bool:
    names = [objects.name(each) for each in (objects.members(value) or (value,))]
    return not {"Normal", "Compatible"} & set(names) and any(names)


# --- colours --------------------------------------------------------------------------------------


def _values(operands: list[object]) -> tuple[float, ...]:
    return tuple(float(each) for each in operands if isinstance(each, float))


def _paint(found: Space, operands: list[object]) -> Paint:
    values = tuple(min(100.0, max(-100.0, each)) for each in _values(operands))
    return Paint(found, values) if found.count == len(values) else Paint(UNKNOWN, ())


def _device(found: Space, *, stroke: bool) -> Callable[[Run, list[object]], None]:
    """Make the operator that sets a device colour: ``g``, ``rg``, ``k`` and their like for lines."""

    def set_(run: Run, operands: list[object]) -> None:
        paint = _paint(found, operands[-found.count :])
        if stroke:
            run.state.stroke = paint
        else:
            run.state.fill = paint

    return set_


def _fill_space(run: Run, operands: list[object]) -> None:
    found = _named_space(run, operands)
    run.state.fill = Paint(found, found.first)


def _stroke_space(run: Run, operands: list[object]) -> None:
    found = _named_space(run, operands)
    run.state.stroke = Paint(found, found.first)


def _named_space(run: Run, operands: list[object]) -> Space:
    called = operands[-1]
    named = objects.get(run.resources, "/ColorSpace")
    if not isinstance(called, Called):
        return UNKNOWN
    own = objects.get(named, f"/{called.name}")
    return space(own, named) if own is not None else _device_space(called.name)


def _device_space(name: str) -> Space:
    by_name = {
        "DeviceGray": DEVICE_GRAY, "G": DEVICE_GRAY, "CalGray": DEVICE_GRAY,
        "DeviceRGB": DEVICE_RGB, "RGB": DEVICE_RGB, "DeviceCMYK": DEVICE_CMYK, "CMYK": DEVICE_CMYK,
    }  # fmt: skip
    return by_name.get(name, UNKNOWN)


def _fill_colour(run: Run, operands: list[object]) -> None:
    run.state.fill = _coloured(run.state.fill.space, operands)


def _stroke_colour(run: Run, operands: list[object]) -> None:
    run.state.stroke = _coloured(run.state.stroke.space, operands)


def _coloured(found: Space, operands: list[object]) -> Paint:
    last = operands[-1]
    if isinstance(last, Called):
        return Paint(Space(colours.PATTERN, 0, (last.name,)), ())
    return _paint(found, operands)


# --- paths ----------------------------------------------------------------------------------------


def _points(count: int) -> Callable[[Run, list[object]], None]:
    """Make an operator that adds so many points to the path: ``m``, ``l``, ``c``, ``v``, ``y``."""

    def add(run: Run, operands: list[object]) -> None:
        values = _values(operands)[-2 * count :]
        run.path.other = True
        for x, y in zip(values[::2], values[1::2], strict=False):
            run.path.add(at(run.state.matrix, x, y))

    return add


def _rectangle(run: Run, operands: list[object]) -> None:
    x, y, width, height = _values(operands)[-4:]
    box = carried(run.state.matrix, (x, y, x + width, y + height))
    run.path.add((box[0], box[1]))
    run.path.add((box[2], box[3]))
    if len(run.path.rectangles) < _MOST_RECTANGLES:
        run.path.rectangles.append(box)
    else:
        run.path.other = True


def _close(_: Run, __: list[object]) -> None:
    """Close a path: no point is added."""


def _clip(run: Run, _: list[object]) -> None:
    run.clipping = True


def _painted(*, fill: bool, stroke: bool) -> Callable[[Run, list[object]], None]:
    """Make an operator that paints the path and ends it."""

    def paint(run: Run, _: list[object]) -> None:
        if fill:
            _fill(run)
        if stroke:
            _stroke(run)
        _end(run)

    return paint


def _end(run: Run) -> None:
    if run.clipping:
        run.clip(run.path.box)
        run.clipping = False
    run.path = Path()


def _fill(run: Run) -> None:
    path = run.path
    if (frame := _frame(path)) and (seen := run.visible(frame[0])):
        _fill_box(run, seen, frame[1])
        return
    boxes = path.rectangles if path.rectangles and not path.other else [path.box]
    for box in boxes:
        if box and (seen := run.visible(box)):
            narrow = _narrow(box)
            if narrow == 0 or _narrow(seen) > 0:  # what the clip leaves nothing of makes no mark
                _fill_box(run, seen, THIN if path.other else narrow)


def _frame(path: Path) -> tuple[Box, float] | None:
    """Tell a frame, a rectangle cut out of another as borders are drawn: the box around it, its thinnest side."""
    if path.other or len(path.rectangles) != 2:  # noqa: PLR2004 - an outer and an inner one
        return None
    one, two = path.rectangles
    outer, inner = (one, two) if _extent(one) >= _extent(two) else (two, one)
    gaps = (inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3])
    sides = [each for each in gaps if each > _SAME]
    return (outer, min(sides)) if sides and min(gaps) > -_SAME else None


def _extent(box: Box) -> float:
    return box[2] - box[0] + box[3] - box[1]


def _narrow(box: Box) -> float:
    return min(box[2] - box[0], box[3] - box[1])


def _fill_box(run: Run, box: Box, narrow: float) -> None:
    paint, over = run.state.fill, run.state.over_fill
    if paint.space.kind == colours.PATTERN and paint.space.inks:
        run.sheet.marks.append(Area(box, paint))
        _pattern(run, paint.space.inks[0], box)
    elif narrow < THIN:
        run.sheet.marks.append(Line(box, paint, narrow, over))
    else:
        run.sheet.marks.append(Area(box, paint, over))


def _pattern(run: Run, name: str, box: Box) -> None:
    """Look once at what a tiling pattern repeats, within the area it fills."""
    value = objects.path(run.resources, "/Pattern", f"/{name}")
    if objects.number(objects.get(value, "/PatternType")) != 1:
        return
    marks = len(run.sheet.marks)
    kept, run.state = run.state, State(run.state.matrix)
    run.draw(run, value, ())
    run.state = kept
    paints = [mark.paint for mark in run.sheet.marks[marks:] if isinstance(mark, Area)]
    del run.sheet.marks[marks:]
    run.sheet.marks += [Area(box, paint) for paint in dict.fromkeys(paints)]


def _stroke(run: Run) -> None:
    state = run.state
    width = state.line_width * stretch(state.matrix)
    if (box := run.path.box) is None:
        return
    half = width / 2
    if seen := run.visible((box[0] - half, box[1] - half, box[2] + half, box[3] + half)):
        run.sheet.marks.append(Line(seen, state.stroke, width, state.over_stroke))


def _shade(run: Run, operands: list[object]) -> None:
    called = operands[-1]
    value = run.resource("/Shading", called.name) if isinstance(called, Called) else None
    found = space(objects.get(value, "/ColorSpace"), objects.get(run.resources, "/ColorSpace"))
    if box := run.visible(run.sheet.paper):  # without a clip it fills the whole page
        run.sheet.marks.append(Area(box, Paint(Space(found.kind, found.count, found.inks, found.profiled), ())))


# --- pictures -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pixels:
    """What the pixels of a picture are: bits of each, their space, the object they lie in, whether they are a mask."""

    bits: int
    space: Space
    source: object
    mask: bool


def picture(run: Run, value: object) -> None:
    """Place a picture that stands by itself in the file."""
    if objects.is_dictionary(objects.get(value, "/SMask")):
        run.sheet.transparent.add("SMask")
    mask = objects.get(value, "/ImageMask") is True
    across_, down = (int(objects.number(objects.get(value, key))) for key in ("/Width", "/Height"))
    bits = 1 if mask else int(objects.number(objects.get(value, "/BitsPerComponent"), 8))
    found = run.state.fill.space if mask else space(objects.get(value, "/ColorSpace"))
    _place(run, (across_, down), Pixels(bits, found, value, mask))


def _inline(run: Run, operands: list[object]) -> None:
    said = operands[0]
    if not isinstance(said, dict):
        return
    across_ = int(objects.number(said.get("W", said.get("Width", 0.0))))
    down = int(objects.number(said.get("H", said.get("Height", 0.0))))
    mask = said.get("IM", said.get("ImageMask")) is True
    called = said.get("CS", said.get("ColorSpace"))
    found = _named_space(run, [called]) if isinstance(called, Called) else run.state.fill.space
    bits = 1 if mask else int(objects.number(said.get("BPC", said.get("BitsPerComponent", 8.0))))
    _place(run, (across_, down), Pixels(bits, found, None, mask))


def _place(run: Run, size: tuple[int, int], pixels: Pixels) -> None:
    matrix = run.state.matrix
    seen = run.visible(carried(matrix, (0, 0, 1, 1)))
    width, height = hypot(matrix[0], matrix[1]), hypot(matrix[2], matrix[3])
    if seen is None or not all(0 < each < _MOST_PIXELS for each in size):
        return
    dpi = min(size[0] / max(width, 1e-6), size[1] / max(height, 1e-6)) * _POINTS
    run.sheet.marks.append(Picture(seen, *size, dpi, pixels.bits, pixels.space, pixels.source, pixels.mask))


ACTIONS: dict[bytes, Callable[[Run, list[object]], None]] = {
    b"w": _line_width,
    b"gs": _extended,
    b"g": _device(DEVICE_GRAY, stroke=False),
    b"G": _device(DEVICE_GRAY, stroke=True),
    b"rg": _device(DEVICE_RGB, stroke=False),
    b"RG": _device(DEVICE_RGB, stroke=True),
    b"k": _device(DEVICE_CMYK, stroke=False),
    b"K": _device(DEVICE_CMYK, stroke=True),
    b"cs": _fill_space,
    b"CS": _stroke_space,
    b"sc": _fill_colour,
    b"scn": _fill_colour,
    b"SC": _stroke_colour,
    b"SCN": _stroke_colour,
    b"m": _points(1),
    b"l": _points(1),
    b"c": _points(3),
    b"v": _points(2),
    b"y": _points(2),
    b"re": _rectangle,
    b"h": _close,
    b"W": _clip,
    b"W*": _clip,
    b"n": _painted(fill=False, stroke=False),
    b"f": _painted(fill=True, stroke=False),
    b"F": _painted(fill=True, stroke=False),
    b"f*": _painted(fill=True, stroke=False),
    b"S": _painted(fill=False, stroke=True),
    b"s": _painted(fill=False, stroke=True),
    b"B": _painted(fill=True, stroke=True),
    b"B*": _painted(fill=True, stroke=True),
    b"b": _painted(fill=True, stroke=True),
    b"b*": _painted(fill=True, stroke=True),
    b"sh": _shade,
    b"BI": _inline,
}
