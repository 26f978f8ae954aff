"""A leaf's markup comes in; its elements with their places in it go out, and edits are put in by place.

The markup stays what it was, byte for byte, except where an edit says otherwise: a real parser tells the places,
nothing is ever written out of a tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TAG = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""")
ATTRIBUTE = re.compile(rb"""\s([^\s=>"'/]+)\s*=\s*("[^"]*"|'[^']*')""")


@dataclass(frozen=True, slots=True)
class Element:
    """One element by its start tag.

    Attributes:
        name: as written, with its prefix.
        attributes: as written, entities resolved.
        start: byte offset of the ``<`` of its start tag.
        end: byte offset behind the ``>`` of its start tag.
        close: byte offset of the ``<`` of its end tag; that of its end where it has none.
        parent: index of the element it stands in, -1 for the root.
        first: nothing but white space stands between its parent's start tag and its own.
    """

    name: str
    attributes: Mapping[str, str] = field(repr=False)
    start: int
    end: int
    close: int
    parent: int
    first: bool


@dataclass(frozen=True, slots=True)
class Edit:
    """Bytes ``start`` to ``end`` of a markup give way to ``bytes``."""

    start: int
    end: int
    bytes: bytes


def read(markup: bytes) -> tuple[Element, ...]:
    """Return all elements in document order.

    Raises:
        ValueError: the markup is not well-formed.
    """
    reader = _Reader(markup)
    try:
        reader.parser.Parse(markup, True)  # noqa: FBT003 - pyexpat takes "this is the end" by position only
    except expat.ExpatError as error:
        raise ValueError(f"a leaf is not well-formed: {error}") from error
    return tuple(
        Element(name, attributes, start, end, max(end, reader.closes[index]), parent, first)
        for index, (name, attributes, start, end, parent, first) in enumerate(reader.elements)
    )


class _Reader:
    """Listens to the parser and notes each start tag."""

    def __init__(self, markup: bytes) -> None:
        self.markup = markup
        self.elements: list[tuple[str, dict[str, str], int, int, int, bool]] = []  # all but where they close
        self.closes: dict[int, int] = {}
        self.open: list[int] = [-1]
        self.bare: list[bool] = [True]
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        start = self.parser.CurrentByteIndex
        tag = TAG.match(self.markup, start)
        end = tag.end() if tag else start
        self.elements.append((name, attributes, start, end, self.open[-1], self.bare[-1]))
        self.bare[-1] = False
        self.open.append(len(self.elements) - 1)
        self.bare.append(True)

    def _end(self, _name: str) -> None:
        self.closes[self.open.pop()] = self.parser.CurrentByteIndex
        self.bare.pop()

    def _words(self, words: str) -> None:
        self.bare[-1] = self.bare[-1] and not words.strip()


def revalue(markup: bytes, element: Element, attribute: str, value: str) -> Edit:
    """Return the edit that gives an attribute of an element another value (an address: nothing to escape)."""
    for found in ATTRIBUTE.finditer(markup, element.start, element.end):
        if found[1].decode() == attribute:
            return Edit(*found.span(2), f'"{value}"'.encode())
    raise ValueError(f"<{element.name}> has no attribute {attribute}")


def spliced(markup: bytes, edits: Iterable[Edit]) -> bytes:
    """Put in the edits; those at one place in the order given."""
    pieces, done = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        pieces += [markup[done : edit.start], edit.bytes]
        done = edit.end
    return b"".join([*pieces, markup[done:]])
