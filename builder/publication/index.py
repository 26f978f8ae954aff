"""The nouns of the subject index, frozen: the entries its list in ``glossary.md`` asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.problems import Place


@dataclass(frozen=True, slots=True)
class IndexTerm:
    """An entry of the list.

    Attributes:
        words: as the index prints them.
        place: where the list has it.
        forms: other words that lead to the same places.
        see: the entry under which its places are listed instead (``xem …``).
        also: entries to be looked at too (``xem thêm …``).
        below: the entries listed under it.
    """

    words: str
    place: Place
    forms: tuple[str, ...] = ()
    see: str = ""
    also: tuple[str, ...] = ()
    below: tuple[IndexTerm, ...] = ()


def listed(terms: Iterable[IndexTerm], above: str = "") -> Iterator[tuple[str, IndexTerm]]:
    """Yield every entry of the list, those below others too, with its full name: ``cán bộ, luân chuyển``."""
    for term in terms:
        name = f"{above}, {term.words}" if above else term.words
        yield name, term
        yield from listed(term.below, name)
