"""Nouns come in; the SHA-256 of all they say goes out, so that a file on the shelf can tell what it was made from.

Places are left out: where a line stands, and what the folder was called that day, is not printed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum

from builder.problems import Place


def origin(*nouns: object) -> str:
    """Return the SHA-256 of nouns: frozen dataclasses, tuples, mappings, enums, bytes and plain values."""
    digest = hashlib.sha256()
    for noun in nouns:
        for part in _parts(noun):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _parts(noun: object) -> Iterator[bytes]:
    """Walk a noun; every value is preceded by its type, every group by its size."""
    match noun:
        case Place():
            return
        case bytes():
            yield noun
        case Enum():
            yield from (type(noun).__name__.encode(), noun.name.encode())
        case tuple() | list():
            yield from _group("tuple", noun)
        case Mapping():
            yield from _group("mapping", sorted(noun.items()))
        case _ if is_dataclass(noun):
            yield from _group(type(noun).__name__, [getattr(noun, field.name) for field in fields(noun)])
        case _:
            yield from (type(noun).__name__.encode(), str(noun).encode())


def _group(name: str, members: Sequence[object]) -> Iterator[bytes]:
    yield f"{name} {len(members)}".encode()
    for member in members:
        yield from _parts(member)
