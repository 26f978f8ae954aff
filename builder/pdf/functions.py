"""A function of a PDF comes in; what it gives for a number goes out, or the same function with other colours."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, Object, Stream

if TYPE_CHECKING:
    from builder.pdf.inks import Colour

Sampler = Callable[[float], tuple[float, ...]]
SAMPLED, EXPONENTIAL, STITCHED = 0, 2, 3
WHOLE_BYTES = 8


class NotReadable(ValueError):  # noqa: N818 - named for what it is
    """Raised for a function that is not of one number, is a program, or is damaged."""


def _numbers(value: Object | None, default: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(float(part) for part in value) if isinstance(value, Array) else default


def function(value: Object) -> Sampler:
    """Read a function of one number (ISO 32000-1, 7.10).

    Raises:
        NotReadable: see there.
    """
    if isinstance(value, Array):
        each = [function(one) for one in value]
        return lambda at: tuple(part for one in each for part in one(at))
    if not isinstance(value, Dictionary | Stream):
        raise NotReadable
    kind = value.get(Name.FunctionType)
    low, high = _numbers(value.get(Name.Domain), (0.0, 1.0))[:2]
    if kind == EXPONENTIAL:
        first, last = _numbers(value.get(Name.C0), (0.0,)), _numbers(value.get(Name.C1), (1.0,))
        power = float(value.get(Name.N, 1))
        return lambda at: tuple(
            p + min(high, max(low, at)) ** power * (q - p) for p, q in zip(first, last, strict=True)
        )
    if kind == STITCHED:
        return _stitched(value, low, high)
    if kind == SAMPLED:
        return _sampled(value, low, high)
    raise NotReadable


def _stitched(value: Object, low: float, high: float) -> Sampler:
    pieces = [function(each) for each in value.Functions]
    bounds = (low, *_numbers(value.get(Name.Bounds), ()), high)
    encode = _numbers(value.get(Name.Encode), ())
    if len(bounds) != len(pieces) + 1 or len(encode) != 2 * len(pieces):
        raise NotReadable

    def at_(at: float) -> tuple[float, ...]:
        at = min(high, max(low, at))
        number = max(0, min(sum(at >= bound for bound in bounds[1:-1]), len(pieces) - 1))
        start, end, to, until = bounds[number], bounds[number + 1], *encode[2 * number : 2 * number + 2]
        return pieces[number](to + (at - start) * (until - to) / (end - start) if end > start else to)

    return at_


def _sampled(value: Object, low: float, high: float) -> Sampler:
    count, parts, samples = _samples(value)
    span = _numbers(value.get(Name.Decode), _numbers(value.get(Name.Range), ()))

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


def _samples(value: Object) -> tuple[int, int, bytes]:
    """Return how many samples, of how many parts, and the samples: those in whole bytes."""
    size = value.get(Name.Size)
    span = _numbers(value.get(Name.Range), ())
    if not isinstance(value, Stream) or not isinstance(size, Array) or len(size) != 1 or not span:
        raise NotReadable
    count, parts, samples = int(size[0]), len(span) // 2, value.read_bytes()
    if value.get(Name.BitsPerSample) != WHOLE_BYTES or len(samples) < count * parts or count < 1:
        raise NotReadable
    return count, parts, samples


def mapped(value: Object, change: Callable[[Colour], Colour | None]) -> Dictionary | None:
    """Return the function that gives other colours; nothing when one of those it is made of stays.

    Raises:
        NotReadable: see there.
    """
    if isinstance(value, Array):
        value = _together(value)
    kind = value.get(Name.FunctionType)
    if kind == EXPONENTIAL:
        first = change(_numbers(value.get(Name.C0), (0.0,)))
        last = change(_numbers(value.get(Name.C1), (1.0,)))
        if first is None or last is None or len(first) != len(last):
            return None
        return _like(value, C0=_array(first), C1=_array(last))
    if kind == STITCHED:
        pieces = [mapped(each, change) for each in value.Functions]
        if any(piece is None for piece in pieces):
            return None
        return _like(value, Functions=Array([piece for piece in pieces if piece is not None]))
    raise NotReadable


def _together(value: Array) -> Object:
    """Return one function for several of one part each, where they run alike.

    Raises:
        NotReadable: when they do not.
    """
    each = list(value)
    alike = {(one.get(Name.FunctionType), float(one.get(Name.N, 1))) for one in each if isinstance(one, Dictionary)}
    if len(alike) != 1 or not all(isinstance(one, Dictionary) for one in each):
        raise NotReadable
    if next(iter(alike))[0] != EXPONENTIAL:
        raise NotReadable
    first = [part for one in each for part in _numbers(one.get(Name.C0), (0.0,))]
    last = [part for one in each for part in _numbers(one.get(Name.C1), (1.0,))]
    return _like(each[0], C0=_array(first), C1=_array(last))


def _like(value: Object, **changed: Object) -> Dictionary:
    kept = {key: part for key, part in value.items() if key != "/Range"}
    return Dictionary({**kept, **{f"/{key}": part for key, part in changed.items()}})


def _array(parts: tuple[float, ...] | list[float]) -> Array:
    return Array([round(part, 5) for part in parts])
