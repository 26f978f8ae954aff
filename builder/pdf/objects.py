"""An object of a PDF that may be anything comes in; a number, a name, a list or a dictionary goes out, or none.

A damaged file may hold any object in the place of any other: nothing here raises.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, Object, PikepdfError, Stream, String

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 100_000
"""How many members of an array or a dictionary are read."""

REFUSALS = (PikepdfError, RuntimeError, ValueError, TypeError, OverflowError, UnicodeError)
"""What pikepdf says of an object it cannot read."""

_NONE = float("inf")


def get(holder: object, key: str) -> object:
    """Return what a dictionary or a stream has under a key."""
    if not isinstance(holder, Dictionary | Stream):
        return None
    try:
        found: object = holder.get(key)
    except REFUSALS:
        return None
    return found


def path(holder: object, *keys: str) -> object:
    """Follow keys from dictionary to dictionary."""
    for key in keys:
        holder = get(holder, key)
    return holder


def number(value: object, default: float = 0.0) -> float:
    """Read a number; numbers no page can hold are none."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return default
    read = float(value)
    return read if abs(read) < 1e9 else default  # noqa: PLR2004 - far beyond ISO 32000-1, annex C.2


def name(value: object) -> str:
    """Read a name without its slash."""
    try:
        return str(value)[1:] if isinstance(value, Name) else ""
    except REFUSALS:  # one that is no UTF-8
        return ""


def text(value: object) -> str:
    """Read a text string."""
    try:
        return str(value) if isinstance(value, String) else ""
    except REFUSALS:
        return ""


def members(value: object) -> tuple[object, ...]:
    """Return the members of an array."""
    if not isinstance(value, Array):
        return ()
    try:
        return tuple(value[index] for index in range(min(len(value), LONGEST)))
    except REFUSALS:
        return ()


def numbers(value: object) -> tuple[float, ...]:
    """Return the numbers of an array."""
    return tuple(number(each) for each in members(value))


def exactly(value: object) -> tuple[float, ...] | None:
    """Return the numbers of an array; nothing when it is none, or anything else is among them."""
    if not isinstance(value, Array):
        return None
    found = tuple(number(each, _NONE) for each in members(value))
    return None if _NONE in found or len(found) != len(value) else found


def data(value: object) -> bytes | None:
    """Return the bytes of a stream, unpacked; nothing when it is none or damaged."""
    if not isinstance(value, Stream):
        return None
    try:
        return value.read_bytes()
    except REFUSALS:
        return None


def entries(value: object) -> Iterator[tuple[str, object]]:
    """Yield the entries of a dictionary, keys without their slash."""
    if not isinstance(value, Dictionary | Stream):
        return
    try:
        keys = sorted(value.keys())[:LONGEST]
    except REFUSALS:
        return
    for key in keys:
        yield key[1:], get(value, key)


def identity(value: object) -> tuple[int, int]:
    """Return the number of an indirect object; (0, 0) for one that stands in another."""
    if not isinstance(value, Object):
        return (0, 0)
    return value.objgen


def is_dictionary(value: object) -> bool:
    """Tell whether it has entries."""
    return isinstance(value, Dictionary | Stream)
