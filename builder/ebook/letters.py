"""A document and one of its blocks come in; the block's letters, each with its place in the markup, go out.

The letters of a block are those of its text, spaces left out, but not those below another id, nor what the e-book adds
to the words of print: the press counts the same way. A place is a byte of the markup where a mark may stand: between
letters, never in a tag or an entity.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING
from xml.parsers import expat

from builder.ebook.markup import TAG

if TYPE_CHECKING:
    from builder.ebook.markup import Element
    from builder.ebook.volume import Document

HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "hgroup"})
# A mark in a caption would be read out as part of the table's name, one in a heading as part of its words.
MARKED_BEFORE = HEADS | {"table"}
ROWS = frozenset({"dl", "ol", "table", "tbody", "tfoot", "thead", "tr", "ul"})  # hold nothing but what is theirs
VOID = frozenset({"hr", "img"})
# What may stand around the first letter of these, and in a table before its first letter.
INLINE = frozenset(
    {"a", "abbr", "b", "cite", "code", "em", "i", "q", "s", "small", "span", "strong", "sub", "sup", "u"}
)
AROUND = MARKED_BEFORE | {"caption", "tbody", "td", "tfoot", "th", "thead", "tr", "figcaption", "figure"}
ADDED = "added"  # the class of what print has not
ASIDES = frozenset({"footnote", "endnote", "rearnote"})  # reading programs hide them till they are called
WORDLESS = re.compile(rb"<!--.*?-->|" + TAG.pattern, re.DOTALL)


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a block, and the place of each."""

    text: str
    places: tuple[int, ...] = field(repr=False)


def of(document: Document, index: int) -> Letters:
    """Read the letters of an element of a document."""
    return _read(document, index, whole=False)


def first(document: Document, index: int) -> int:
    """Return the place of the first letter in an element, whatever id it stands below; else that of its inside."""
    found = _read(document, index, whole=True).places
    elements = document.elements
    while not found and elements[index].name in ROWS and elements[index + 1 : index + 2]:
        index += 1
    element = elements[index]
    outside = element.name in VOID or document.markup[element.end - 2 : element.end] == b"/>"
    return found[0] if found else element.start if outside else element.end


def _read(document: Document, index: int, *, whole: bool) -> Letters:
    element = document.elements[index]
    reader = _Reader(element.start, whole=whole)
    reader.parser.Parse(document.markup[element.start : element.close], False)  # noqa: FBT003 - by position only
    return Letters("".join(reader.letters), tuple(reader.places))


class _Reader:
    """Listens to the parser from the start tag of a block on, and notes each letter that is the block's own."""

    def __init__(self, start: int, *, whole: bool) -> None:
        self.start = start
        self.whole = whole
        self.letters: list[str] = []
        self.places: list[int] = []
        self.open = 0  # elements
        self.other = 0  # of these, from the outermost with another id on, or the outermost that is added
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words

    def _start(self, _name: str, attributes: dict[str, str]) -> None:
        self.open += 1
        named = self.open > 1 and "id" in attributes and not self.whole
        if self.other or named or ADDED in attributes.get("class", "").split():
            self.other += 1

    def _end(self, _name: str) -> None:
        self.open -= 1
        self.other = max(0, self.other - 1)

    def _words(self, words: str) -> None:
        if self.other:
            return
        place = self.start + self.parser.CurrentByteIndex
        for letter in words:  # one only where it is written as an entity
            if not letter.isspace():
                self.letters.append(letter)
                self.places.append(place)
            place += len(letter.encode())


def opened(document: Document, place: int) -> int:
    """Return where a mark stands best that is to stand before a letter: outside what that letter is the first of.

    That is before the tags around the letter alone, before a heading, before a table that begins with it, and at the
    head of the figure whose caption begins with it. It is before all of an aside that is hidden till it is called.
    """
    elements, markup = document.elements, document.markup
    best = place
    index = innermost = _around(elements, place)
    while index >= 0:
        element = elements[index]
        if element.name not in INLINE | AROUND or _has_letters(markup[element.end : place]):
            break
        if element.name in MARKED_BEFORE | INLINE:
            best = element.start
        elif element.name == "figure":
            best = element.end
        index = element.parent
    while innermost >= 0:
        element = elements[innermost]
        if element.name == "aside" and ASIDES & set(element.attributes.get("epub:type", "").split()):
            best = element.start
        innermost = element.parent
    return best


def _has_letters(markup: bytes) -> bool:
    return bool(unescape(WORDLESS.sub(b"", markup).decode()).strip())


def _around(elements: tuple[Element, ...], place: int) -> int:
    """Return the innermost element around a place in the text."""
    index = bisect_left(elements, place, key=lambda element: element.start) - 1
    while index >= 0 and elements[index].close < place:
        index = elements[index].parent
    return index
