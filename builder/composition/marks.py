"""A stretch of running text with words marked for the index comes in; it goes out set as one, the marks in place.

Marks change nothing about the setting: pairs are kept together across them, and a heading is broken where it would be
without them.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from builder.publication import Indexed, Text, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from builder.publication import Inline, Inlines
    from builder.vietnamese.breaks import Piece


class Mark(NamedTuple):
    """Characters of a stretch that carry an id."""

    start: int
    end: int
    anchor: str


def is_bare(inline: Inline) -> bool:
    """Tell whether an inline is text alone, marked or not."""
    return isinstance(inline, Text) or (isinstance(inline, Indexed) and all(map(is_bare, inline.inlines)))


def stretches(inlines: Inlines) -> Iterator[tuple[bool, Inlines]]:
    """Part a run into stretches of bare text and all the rest."""
    for bare, group in itertools.groupby(inlines, key=is_bare):
        yield bare, tuple(group)


def marks(stretch: Inlines, start: int = 0) -> Iterator[Mark]:
    """Yield the marks of a stretch of bare text."""
    for inline in stretch:
        end = start + len(plain((inline,)))
        if isinstance(inline, Indexed):
            yield Mark(start, end, inline.anchor)
            yield from marks(inline.inlines, start)
        start = end


def reworded(stretch: Inlines, text: str) -> Inlines:
    """Put other words, of the same length, into a stretch of bare text."""
    return tuple(_reworded(stretch, iter(text)))


def _reworded(stretch: Inlines, letters: Iterator[str]) -> Iterator[Inline]:
    for inline in stretch:
        if isinstance(inline, Indexed):
            yield replace(inline, inlines=tuple(_reworded(inline.inlines, letters)))
        elif isinstance(inline, Text):
            yield Text("".join(itertools.islice(letters, len(inline.text))))


def ending(inlines: Inlines, change: Callable[[str], str]) -> Inlines:
    """Change the last stretch of a run, if it is bare text, by what keeps its length."""
    parted = list(stretches(inlines))
    if not parted or not parted[-1][0]:
        return inlines
    last = parted[-1][1]
    before = tuple(itertools.chain.from_iterable(group for _, group in parted[:-1]))
    return (*before, *reworded(last, change(plain(last))))


def markup(pieces: Iterable[Piece], marked: Sequence[Mark], taken: Collection[str]) -> str:
    """Set pieces, each mark in the piece where it begins; an id that is taken is not given again."""
    begins, parts = 0, []
    for piece in pieces:
        ends = begins + len(piece.text)
        here = [
            Mark(mark.start - begins, min(mark.end, ends) - begins, mark.anchor)
            for mark in marked
            if begins <= mark.start < ends and mark.anchor and mark.anchor not in taken
        ]
        words = _with_ids(piece.text, here)
        parts.append(f'<span class="nb">{words}</span>' if piece.nb else words)
        begins = ends
    return "".join(parts)


def _with_ids(text: str, marked: Sequence[Mark]) -> str:
    """Escape a text, its marks as elements with ids; one that reaches out of another ends with it."""
    if not marked:
        return escape(text, quote=False)
    first, *others = marked
    within = [each for each in others if each.start < first.end]
    after = others[len(within) :]
    inner = _with_ids(
        text[first.start : first.end],
        [Mark(each.start - first.start, min(each.end, first.end) - first.start, each.anchor) for each in within],
    )
    rest = [Mark(each.start - first.end, each.end - first.end, each.anchor) for each in after]
    before = escape(text[: first.start], quote=False)
    return f'{before}<span id="{first.anchor}">{inner}</span>{_with_ids(text[first.end :], rest)}'
