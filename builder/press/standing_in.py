"""What stands in: ours for a function of the engine's, for a while; the engine's placeholder for a box."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from weasyprint.layout.absolute import AbsolutePlaceholder

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


def stood_for(box: Any) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """Return the box that a placeholder of WeasyPrint's stands for; any other box is itself."""
    return box._box if isinstance(box, AbsolutePlaceholder) else box  # noqa: SLF001 - there is no other way in
