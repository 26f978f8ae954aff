"""A function of an engine's and one of ours come in; for a while the engine calls ours."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def in_place_of(holder: Any, name: str, ours: object) -> Iterator[None]:  # noqa: ANN401 - WeasyPrint has no types
    """Let what a module or a class holds under a name be ours for a while."""
    own = getattr(holder, name)
    setattr(holder, name, ours)
    try:
        yield
    finally:
        setattr(holder, name, own)
