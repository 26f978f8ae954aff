"""Nouns come in; the SHA-256 of all they say goes out, so that a file on the shelf can tell what it was made from.

Places are left out: where a line stands, and what the folder was called that day, is not printed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from itertools import chain

from builder.problems import Place


def origin(*nouns: object) -> str:
    """Return the SHA-256 of nouns: frozen dataclasses, tuples, mappings, enums, bytes and plain values."""
    parts: list[bytes] = []
    for noun in nouns:
        _take_down(noun, parts)
    return hashlib.sha256(b"".join(chain.from_iterable((len(part).to_bytes(8), part) for part in parts))).hexdigest()


def _take_down(noun: object, parts: list[bytes]) -> None:
    """Walk a noun; every value is preceded by its type, every group by its size."""
    match noun:
        case str():
            parts += (b"str", noun.encode())
        case Place():
            return
        case bytes():
            parts += (b"bytes", noun)
        case Enum():
            parts += (type(noun).__name__.encode(), noun.name.encode())
        case tuple() | list():
            _take_down_all("tuple", noun, parts)
        case Mapping():
            _take_down_all("mapping", sorted(noun.items()), parts)
        case _ if is_dataclass(noun):
            _take_down_all(type(noun).__name__, [getattr(noun, field.name) for field in fields(noun)], parts)
        case _:
            parts += (type(noun).__name__.encode(), str(noun).encode())


def _take_down_all(name: str, members: Sequence[object], parts: list[bytes]) -> None:
    parts.append(f"{name} {len(members)}".encode())
    for member in members:
        _take_down(member, parts)
