"""Text comes in, and what is to be done with each run of it; the text with that done goes out.

A run is what is set in one go: a paragraph, a heading, a cell, a caption, a title. What holds runs is looked through
by its fields, so that a new kind of block is found without a word here.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, TypeGuard, TypeVar, get_args

from builder.publication.text import Break, Footnote, Indexed, Inline, Text, Wrapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from builder.publication.text import Inlines

INLINES = get_args(Inline)

Textual = TypeVar("Textual")
Noun = TypeVar("Noun")


def rewritten(textual: Textual, change: Callable[[Inlines], Inlines]) -> Textual:
    """Return a noun, or a tuple of them, with every run in it changed; footnotes come before what calls them."""
    return _rewritten(textual, change)  # type: ignore[no-any-return]


def runs_of(textual: object) -> Iterator[Inlines]:
    """Yield every run of a noun, or of a tuple of them, in reading order; footnotes come before what calls them."""
    if _is_run(textual):
        for inline in textual:
            yield from _runs_within(inline)
        yield textual
    elif isinstance(textual, tuple):
        for each in textual:
            yield from runs_of(each)
    elif _is_noun(textual):
        for name in _fields(textual):
            yield from runs_of(getattr(textual, name))


def _runs_within(inline: object) -> Iterator[Inlines]:
    if isinstance(inline, Footnote):
        yield from runs_of(inline.blocks)
    elif isinstance(inline, Wrapping):
        for each in inline.inlines:
            yield from _runs_within(each)


def nouns_in(textual: object, *kinds: type[Noun]) -> Iterator[Noun]:
    """Yield every noun of some kinds, inlines too, wherever it stands in another; in no order, and quickly."""
    waiting = [textual]
    while waiting:
        each = waiting.pop()
        if type(each) is tuple:
            waiting.extend(each)
        elif names := _fields(each):
            if isinstance(each, kinds):
                yield each
            waiting.extend([getattr(each, name) for name in names])


def _fields(value: object) -> Iterable[str]:
    """Name the fields of a noun; what is none has none."""
    return getattr(value, "__dataclass_fields__", ())


def texts_of(inlines: Inlines) -> Iterator[str]:
    """Yield the text of every piece of a run, in order; what is no running text is one U+FFFC."""
    for inline in inlines:
        if isinstance(inline, Text):
            yield inline.text
        elif isinstance(inline, Wrapping):
            yield from texts_of(inline.inlines)
        elif not isinstance(inline, Footnote):
            yield "\n" if isinstance(inline, Break) else "\ufffc"


def indexed_in(inlines: Inlines) -> Iterator[Indexed]:
    """Yield the words of a run that its writer wants in the index."""
    for inline in inlines:
        if isinstance(inline, Indexed):
            yield inline
        if isinstance(inline, Wrapping):
            yield from indexed_in(inline.inlines)


def _rewritten(value: Any, change: Callable[[Inlines], Inlines]) -> Any:  # noqa: ANN401 - whatever a field may hold
    if _is_run(value):
        return change(_same(value, tuple(_with_notes(inline, change) for inline in value)))
    if isinstance(value, tuple):
        return _same(value, tuple(_rewritten(each, change) for each in value))
    if not _is_noun(value):
        return value
    return _replaced(value, {name: _rewritten(getattr(value, name), change) for name in _fields(value)})


def _with_notes(inline: Any, change: Callable[[Inlines], Inlines]) -> Any:  # noqa: ANN401
    """Return an inline with the runs of the footnotes in it changed."""
    if isinstance(inline, Footnote):
        return _replaced(inline, {"blocks": _rewritten(inline.blocks, change)})
    if isinstance(inline, Wrapping):
        return _replaced(
            inline, {"inlines": _same(inline.inlines, tuple(_with_notes(each, change) for each in inline.inlines))}
        )
    return inline


def _same(before: tuple[Any, ...], after: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the tuple there was when it still holds the same."""
    return before if all(was is now for was, now in zip(before, after, strict=True)) else after


def _replaced(noun: Any, values: dict[str, Any]) -> Any:  # noqa: ANN401
    """Return the noun itself when nothing is changed."""
    changed = {name: value for name, value in values.items() if value is not getattr(noun, name)}
    return dataclasses.replace(noun, **changed) if changed else noun


def _is_run(value: object) -> TypeGuard[Inlines]:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], INLINES)


def _is_noun(value: object) -> TypeGuard[Any]:
    return dataclasses.is_dataclass(value) and not isinstance(value, (type, *INLINES))
