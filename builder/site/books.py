"""The bytes of an e-book as it lies on the shelf come in; what it says of itself and its parts go out.

A shelf is a folder, and anybody may have laid a file into it: a zip is opened within the bounds that hold for a
stranger's, and whatever a bound e-book never has is a ``ValueError``.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from builder.ebook import markup
from builder.ebook.archive import FOLDER, PACKAGE
from builder.intake import archive
from builder.problems import Problems
from builder.site.nouns import Book, Described, Heading, PageMark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from builder.ebook.markup import Element

XHTML = "application/xhtml+xml"
DOUBTFUL = b"<!ENTITY"  # a bound book declares none: XML that does may be made to fill the memory
ID = re.compile(rb'\sid="([^"]*)"')


def opened(epub: bytes) -> Book:
    """Open an e-book that we bound (EPUB 3.3, 4 and 5).

    Raises:
        ValueError: for what a bound book never has: no zip or one made to fill the memory, a package, a document or a
            navigation that is missing or not well-formed, a way that leads to no part of it.
    """
    parts = _unpacked(epub)
    package = _Package(parts, *_read(parts, PACKAGE))
    documents = tuple(package.spine())
    navigation = package.navigation()
    marks = tuple(
        PageMark(words, anchor, document)
        for _, words, document, anchor in _ways(parts, navigation, "page-list")
        if anchor
    )
    outline = tuple(
        Heading(level, words, anchor or _first_id(parts[document]), document)
        for level, words, document, anchor in _ways(parts, navigation, "toc")
    )
    if not {mark.document for mark in marks} | {heading.document for heading in outline} <= {*documents}:
        raise ValueError("a way leads to a document that is not read")
    return Book(package.described(outline, marks), parts, documents)


def _unpacked(epub: bytes) -> dict[str, bytes]:
    try:
        container = archive.open_(epub, "")
        return {name: container.read(name) for name in container.names}
    except Problems as error:
        raise ValueError(f"no e-book: {error}") from error


def _read(parts: Mapping[str, bytes], name: str) -> tuple[bytes, tuple[Element, ...]]:
    """Return a part and the elements it has.

    Raises:
        ValueError: it is not there, declares entities or is not well-formed.
    """
    data = parts.get(name)
    if data is None:
        raise ValueError(f"the e-book has no {name}")
    if DOUBTFUL in data:
        raise ValueError(f"{name} declares entities")
    return data, markup.read(data)


def _words(data: bytes, element: Element) -> str:
    """Return what an element says, white space made one."""
    bare = markup.TAG.sub(b"", data[element.end : element.close]).decode("utf-8", "strict")
    return " ".join(html.unescape(bare).split())


def _first_id(document: bytes) -> str:
    found = ID.search(document, max(0, document.find(b"<body")))
    return found[1].decode() if found else ""


# --- the package ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Package:
    """The package document, read."""

    parts: Mapping[str, bytes] = field(repr=False)
    data: bytes = field(repr=False)
    elements: Sequence[Element] = field(repr=False)

    def spine(self) -> Iterator[str]:
        """Yield the documents that are read, in reading order.

        Raises:
            ValueError: a document that is not in the manifest or no part of the book.
        """
        items = {each.attributes.get("id"): each.attributes for each in self.items()}
        for each in self.elements:
            if each.name == "itemref":
                item = items.get(each.attributes.get("idref"), {})
                name = self.part(item.get("href", ""))
                if item.get("media-type") != XHTML:
                    raise ValueError(f"{name} is read and is no XHTML")
                yield name

    def items(self) -> Iterator[Element]:
        """Yield the manifest's items."""
        return (each for each in self.elements if each.name == "item")

    def part(self, href: str) -> str:
        """Return the name of a part by its address.

        Raises:
            ValueError: there is none.
        """
        name = posixpath.normpath(posixpath.join(FOLDER, unquote(href)))
        if name not in self.parts:
            raise ValueError(f"the e-book has no {name}")
        return name

    def special(self, held: str) -> str:
        """Return the part whose item holds a property; nothing where none does."""
        found = (each.attributes for each in self.items() if held in each.attributes.get("properties", "").split())
        item = next(found, None)
        return self.part(item.get("href", "")) if item else ""

    def navigation(self) -> str:
        """Return the navigation document.

        Raises:
            ValueError: there is none.
        """
        if found := self.special("nav"):
            return found
        raise ValueError("the e-book has no navigation document")

    def described(self, outline: tuple[Heading, ...], pages: tuple[PageMark, ...]) -> Described:
        """Return what the package says of the book.

        Raises:
            ValueError: it has no identifier, title, language or date of its making.
        """
        told = self._statements()
        refined = self._refinements()
        titles = [element for element in self.elements if element.name == "dc:title"]
        kinds = {refined.get((f"#{each.attributes.get('id')}", "title-type")): each for each in reversed(titles)}
        main = kinds.get("main") or kinds.get(None)
        subtitle = kinds.get("subtitle")
        unique = self.elements[0].attributes.get("unique-identifier") if self.elements else None
        names = [each for each in self.elements if each.name == "dc:identifier"]
        identifier = next((each for each in names if each.attributes.get("id") == unique), None)
        if not (identifier and main and told["dc:language"] and told["dcterms:modified"]):
            raise ValueError("the package does not say what book it is of")
        return Described(
            _words(self.data, identifier),
            _words(self.data, main),
            told["dc:language"][0],
            told["dcterms:modified"][0],
            subtitle=_words(self.data, subtitle) if subtitle else "",
            date=_first(told["dc:date"]),
            creator=_first(told["dc:creator"]),
            publisher=_first(told["dc:publisher"]),
            description=_first(told["dc:description"]),
            rights=_first(told["dc:rights"]),
            subjects=tuple(told["dc:subject"]),
            series=(_first(told["belongs-to-collection"]), refined.get(("#collection", "group-position"), "")),
            accessibility=_first(told["schema:accessibilitySummary"]),
            printed=_first(told["pageBreakSource"]),
            outline=outline,
            pages=pages,
            cover=self.special("cover-image"),
        )

    def _statements(self) -> Mapping[str, list[str]]:
        """Return what is said of the whole: Dublin Core's element or the property → its words."""
        told: defaultdict[str, list[str]] = defaultdict(list)
        for each in self.elements:
            name = each.attributes.get("property", "") if each.name == "meta" else each.name
            if name and "refines" not in each.attributes:
                told[name].append(_words(self.data, each))
        return told

    def _refinements(self) -> Mapping[tuple[str, str], str]:
        """Return what is said of a statement: its address and the property → the words."""
        metas = [each for each in self.elements if each.name == "meta" and "refines" in each.attributes]
        return {
            (each.attributes["refines"], each.attributes.get("property", "")): _words(self.data, each) for each in metas
        }


def _first(words: Iterable[str]) -> str:
    return next(iter(words), "")


# --- the ways into it -----------------------------------------------------------------------------


def _ways(parts: Mapping[str, bytes], navigation: str, kind: str) -> Iterator[tuple[int, str, str, str]]:
    """Yield the lines of one of the navigation's lists: level, words, the part and the id they lead to.

    Raises:
        ValueError: the navigation document is not well-formed, or a line leads out of the book.
    """
    data, elements = _read(parts, navigation)
    within: list[bool] = []
    levels: list[int] = []
    for each in elements:
        above, level = (within[each.parent], levels[each.parent]) if each.parent >= 0 else (False, 0)
        within.append(above or (each.name == "nav" and kind in each.attributes.get("epub:type", "").split()))
        levels.append(level + (each.name == "ol"))
        if within[-1] and each.name == "a":
            path, _, anchor = each.attributes.get("href", "").partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(navigation), unquote(path)))
            if target not in parts:
                raise ValueError(f"the e-book has no {target}")
            yield levels[-1], _words(data, each), target, unquote(anchor)
