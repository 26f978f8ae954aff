"""Compositions of one page come in, in smaller and smaller type; a picture of the first that fits goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.press import likeness, printing
from builder.press.crew import Crew
from builder.press.galley import Case, digest
from builder.press.keys import engines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from builder.composition.nouns import Composition
    from builder.press.nouns import Keeper
    from builder.problems import Problem

    Plate = tuple[bytes, tuple[Problem, ...]]


def plate(compositions: Sequence[Composition], crew: Crew, cache: Keeper | None) -> Callable[[], Plate]:
    """Begin a picture (see ``press.plate``)."""
    key = _key(compositions)
    kept = cache.get(key) if cache is not None else None
    if kept is not None:
        return lambda: (kept, ())
    away = crew.away(drawn, tuple(compositions))

    def finished() -> Plate:
        picture, found = away.result()
        if cache is not None and not found:
            cache.put(key, picture)
        return picture, found

    return finished


def drawn(compositions: Sequence[Composition]) -> Plate:
    """Set pages till one has room for everything; draw it, and tell what is wrong with it."""
    printed = printing.on_one_page(compositions, Crew(), None)
    return likeness.of_page(printed.pdf), printed.problems


def _key(compositions: Sequence[Composition]) -> str:
    """Return the SHA-256 of everything that shapes the picture."""
    cases = [Case(each.metadata.language, each.stylesheet, each.furniture, each.faces) for each in compositions]
    leaves = [leaf.markup for each in compositions for leaf in each.leaves]
    return digest(engines(), "plate", *(case.digest for case in cases[:1]), *leaves)
