"""A function of a PDF comes in; what it gives for a number goes out, or the same function with other colours.

Functions are read whole before they are used, so that what is handed out cannot fail: a stranger's file may stitch a
function into itself, or raise nought to a power below nought.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Object, Stream

from builder.pdf import objects

if TYPE_CHECKING:
    from builder.pdf.inks import Colour

Sampler = Callable[[float], tuple[float, ...]]
SAMPLED, EXPONENTIAL, STITCHED = 0, 2, 3
WHOLE_BYTES = 8
DEEPEST = 8  # functions in functions
MOST = 4096  # functions that one is made of
STEEPEST, FARTHEST = 50.0, 1e6  # of powers: a number so large, to such a power, still is one
NARROWEST = 1e-9


class NotReadable(ValueError):  # noqa: N818 - named for what it is
    """Raised for a function that is not of one number, is a program, or is damaged."""


def function(value: object) -> Sampler:
    """Read a function of one number (ISO 32000-1, 7.10); what is returned takes any number and raises nothing.

    Raises:
        NotReadable: see there.
    """
    return _Reader().read(value, 0)


class _Reader:
    """Reads a function and those it is made of, and no more than anybody makes one of."""

    def __init__(self) -> None:
        self.left = MOST

    def read(self, value: object, depth: int) -> Sampler:
        """Read a function that stands so deep in others."""
        self.left -= 1
        if depth > DEEPEST or self.left < 0:
            raise NotReadable
        if isinstance(value, Array):
            each = [self.read(one, depth + 1) for one in objects.members(value)]
            return lambda at: tuple(part for one in each for part in one(at))
        if kind(value) == STITCHED:
            return self.stitched(value, depth)
        if kind(value) in READERS:
            return READERS[kind(value)](value)
        raise NotReadable

    def stitched(self, value: object, depth: int) -> Sampler:
        """Read a function made of pieces."""
        low, high = domain(value)
        pieces = [self.read(each, depth + 1) for each in objects.members(objects.get(value, "/Functions"))]
        bounds = (low, *_numbers(value, "/Bounds", ()), high)
        encode = _numbers(value, "/Encode", ())
        if len(bounds) != len(pieces) + 1 or len(encode) != 2 * len(pieces):
            raise NotReadable
        if len({len(piece(low)) for piece in pieces}) != 1:
            raise NotReadable

        def at_(at: float) -> tuple[float, ...]:
            at = min(high, max(low, at))
            number = max(0, min(sum(at >= bound for bound in bounds[1:-1]), len(pieces) - 1))
            start, end, to, until = bounds[number], bounds[number + 1], *encode[2 * number : 2 * number + 2]
            return pieces[number](to + (at - start) * (until - to) / (end - start) if end > start else to)

        return at_


def kind(value: object) -> int:
    """Return what kind of function it is; below nought for none."""
    found = objects.get(value, "/FunctionType")
    return found if isinstance(found, int) else -1


def domain(value: object) -> tuple[float, float]:
    """Return the least and the greatest number a function takes.

    Raises:
        NotReadable: when there are none between them.
    """
    found = _numbers(value, "/Domain", (0.0, 1.0))
    if len(found) != 2 or found[1] - found[0] < NARROWEST:  # noqa: PLR2004 - of one number
        raise NotReadable
    return found[0], found[1]


def _numbers(value: object, key: str, default: tuple[float, ...]) -> tuple[float, ...]:
    written = objects.get(value, key)
    found = objects.exactly(written) if isinstance(written, Array) else default
    if found is None:
        raise NotReadable
    return found


def _ends(value: object) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return what a function by powers begins and ends with."""
    first, last = _numbers(value, "/C0", (0.0,)), _numbers(value, "/C1", (1.0,))
    if len(first) != len(last):
        raise NotReadable
    return first, last


def _exponential(value: object) -> Sampler:
    low, high = domain(value)
    first, last = _ends(value)
    power = objects.number(objects.get(value, "/N"), 1)
    if not (0 <= power <= STEEPEST and low >= 0 and high <= FARTHEST):
        raise NotReadable
    return lambda at: tuple(p + min(high, max(low, at)) ** power * (q - p) for p, q in zip(first, last, strict=True))


def _sampled(value: object) -> Sampler:
    low, high = domain(value)
    count, parts, samples = _samples(value)
    span = _numbers(value, "/Decode", _numbers(value, "/Range", ()))
    if len(span) != 2 * parts:
        raise NotReadable

    def at_(at: float) -> tuple[float, ...]:
        place = (min(high, max(low, at)) - low) / (high - low) * (count - 1)
        left = min(int(place), count - 2) if count > 1 else 0
        right = min(left + 1, count - 1)
        mixed = [
            samples[left * parts + part] * (1 - place + left) + samples[right * parts + part] * (place - left)
            for part in range(parts)
        ]
        return tuple(
            span[2 * part] + each / 255 * (span[2 * part + 1] - span[2 * part]) for part, each in enumerate(mixed)
        )

    return at_


def _samples(value: object) -> tuple[int, int, bytes]:
    """Return how many samples, of how many parts, and the samples: those in whole bytes."""
    size = _numbers(value, "/Size", ())
    parts = len(_numbers(value, "/Range", ())) // 2
    samples = objects.data(value)
    if not isinstance(value, Stream) or len(size) != 1 or not parts or samples is None:
        raise NotReadable
    count = int(size[0])
    if objects.get(value, "/BitsPerSample") != WHOLE_BYTES or len(samples) < count * parts or count < 1:
        raise NotReadable
    return count, parts, samples


READERS = {SAMPLED: _sampled, EXPONENTIAL: _exponential}


def mapped(value: object, change: Callable[[Colour], Colour | None]) -> Dictionary | None:
    """Return the function that gives other colours; nothing when one of those it is made of stays.

    Args:
        value: a function that ``function`` read.
        change: a colour → another.

    Raises:
        NotReadable: see there.
    """
    if isinstance(value, Array):
        value = _together(value)
    if kind(value) == EXPONENTIAL:
        first, last = map(change, _ends(value))
        if first is None or last is None or len(first) != len(last):
            return None
        return _like(value, C0=_array(first), C1=_array(last))
    if kind(value) == STITCHED:
        pieces = [mapped(each, change) for each in objects.members(objects.get(value, "/Functions"))]
        if any(piece is None for piece in pieces):
            return None
        return _like(value, Functions=Array([piece for piece in pieces if piece is not None]))
    raise NotReadable


def _together(value: Array) -> object:
    """Return one function for several of one part each, where they run alike.

    Raises:
        NotReadable: when they do not.
    """
    each = objects.members(value)
    alike = {(kind(one), objects.number(objects.get(one, "/N"), 1)) for one in each}
    if len(alike) != 1 or next(iter(alike))[0] != EXPONENTIAL:
        raise NotReadable
    ends = [_ends(one) for one in each]
    first = [part for one, _ in ends for part in one]
    last = [part for _, one in ends for part in one]
    return _like(each[0], C0=_array(first), C1=_array(last))


def _like(value: object, **changed: Object) -> Dictionary:
    kept = {f"/{key}": part for key, part in objects.entries(value) if key != "Range"}
    return Dictionary({**kept, **{f"/{key}": part for key, part in changed.items()}})


def _array(parts: tuple[float, ...] | list[float]) -> Array:
    return Array([round(part, 5) for part in parts])
