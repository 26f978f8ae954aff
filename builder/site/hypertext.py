"""A document of an e-book comes in; the same words as HTML for a browser go out, changed by place and never rewritten.

What XHTML and HTML write differently (HTML Living Standard, 13.1: elements closed by a slash, ``xml:lang``) or what
browsers do not know (``epub:type``) is changed; links from document to document become links within one page, marks
of printed pages are seen. What could carry more than words and pictures is a ``ValueError``: no bound book has it.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from builder.ebook import markup
from builder.ebook.markup import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from builder.ebook.markup import Element

DOUBTFUL = re.compile(rb"<!\[CDATA\[|<\?(?!xml\s)|<!ENTITY")
COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
VOID = frozenset({"br", "col", "hr", "img", "wbr"})
TEXT = frozenset(
    {"a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code"}
    | {"col", "colgroup", "data", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure"}
    | {"footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "i", "img", "ins", "kbd", "li", "mark"}
    | {"nav", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strong", "sub"}
    | {"summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr"},
)
DRAWN = {
    "svg": frozenset(
        {"circle", "clipPath", "defs", "desc", "ellipse", "g", "line", "linearGradient", "path", "polygon", "polyline"}
        | {"radialGradient", "rect", "stop", "svg", "symbol", "text", "title", "tspan", "use"},
    ),
    "math": frozenset(
        {"math", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mphantom", "mroot", "mrow", "mspace", "msqrt"}
        | {"mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover"},
    ),
}
"""The elements of drawings and formulas, by the element that one begins with."""
UNCHANGED = frozenset(
    {"alt", "aria-describedby", "aria-hidden", "aria-label", "aria-labelledby", "aria-level", "cite", "class"}
    | {"colspan", "datetime", "dir", "headers", "height", "hidden", "id", "lang", "reversed", "role", "rowspan"}
    | {"scope", "start", "title", "type", "value", "width"},
)
"""Attributes that say the same in a browser; what print goes by (``data-section``) says nothing there."""
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
SPACED = frozenset(
    {"article", "aside", "blockquote", "body", "dd", "div", "dl", "figure", "footer", "header", "li", "nav", "ol"}
    | {"section", "table", "tbody", "tr", "ul"},
)
"""What holds blocks rather than words: a page mark in it stands between two of them."""
TABULAR = frozenset({"table", "tbody", "td", "tfoot", "th", "thead", "tr"})
"""A browser knows what these are however they are shown; to say so once more is against HTML (ARIA in HTML, 4)."""
PLAIN_STYLE = re.compile(r"[\w\s#%.,:;-]*")
PAGE_MARK = "doc-pagebreak"


@dataclass(frozen=True, slots=True)
class Document:
    """A document of an e-book, read.

    Attributes:
        name: of its part.
        markup: its bytes, comments taken out.
        elements: all, in order.
        body: the number of its ``body``.
    """

    name: str
    markup: bytes = field(repr=False)
    elements: Sequence[Element] = field(repr=False)
    body: int

    @property
    def within(self) -> range:
        """The numbers of the elements in its body."""
        return range(self.body + 1, len(self.elements))

    @property
    def language(self) -> str:
        """The language it says it is in."""
        return self.elements[0].attributes.get("lang", "")

    def ids(self) -> Iterator[str]:
        """Yield the ids in its body, in order."""
        for number in self.within:
            if identity := self.elements[number].attributes.get("id"):
                yield identity

    def around(self, number: int) -> Iterator[Element]:
        """Yield the elements that one stands in, from the inmost."""
        while (number := self.elements[number].parent) >= 0:
            yield self.elements[number]


def read(name: str, data: bytes) -> Document:
    """Read a document.

    Raises:
        ValueError: it is not well-formed, has no body, or says something that means another thing in a browser.
    """
    if found := DOUBTFUL.search(data):
        raise ValueError(f"{name} has {found[0].decode()}")
    bare = COMMENT.sub(b"", data)
    elements = markup.read(bare)
    body = next((number for number, each in enumerate(elements) if each.name == "body"), None)
    if body is None:
        raise ValueError(f"{name} has no body")
    return Document(name, bare, elements, body)


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What the documents of one book are changed by.

    Attributes:
        anchors: every document → the id that a link to the whole of it leads to.
        ids: all ids that links may lead to.
        place: a part's name → its address from the page.
        page: a printed page's label → the markup that says it.
        style: what stands in a ``style`` → the class that says so.
    """

    anchors: Mapping[str, str]
    ids: frozenset[str]
    place: Callable[[str], str]
    page: Callable[[str], str]
    style: Callable[[str], str]

    def words(self, document: Document) -> bytes:
        """Return what stands in a document's body; lists in it that are not shown are left out.

        Raises:
            ValueError: an element that is none of a text, a way that leads nowhere.
        """
        body = document.elements[document.body]
        edits = [Edit(0, body.end, b""), Edit(body.close, len(document.markup), b"")]
        drawn = {document.body: ""}
        cut = 0
        for number in document.within:
            element = document.elements[number]
            drawn[number] = element.name if element.name in DRAWN else drawn.get(element.parent, "")
            if element.name not in (DRAWN[drawn[number]] if drawn[number] else TEXT):
                raise ValueError(f"{document.name} has <{element.name}>")
            if element.start < cut:
                continue
            if element.name == "nav" and "hidden" in element.attributes:
                cut = _end(document.markup, element)
                edits.append(Edit(element.start, cut, b""))
            elif element.attributes.get("role") == PAGE_MARK:
                cut = _end(document.markup, element)
                edits.append(Edit(element.start, cut, self._mark(document, number).encode()))
            else:
                edits += self._edits(document, element, drawn=bool(drawn[number]))
        return markup.spliced(document.markup, edits)

    def _edits(self, document: Document, element: Element, *, drawn: bool) -> Iterator[Edit]:
        """Yield what is changed at one element: nothing at most."""
        empty = document.markup.endswith(b"/>", element.start, element.end)
        void = element.name in VOID
        needless = element.name in TABULAR or element.attributes.get("alt") == ""
        if drawn or (empty and not void) or needless or not element.attributes.keys() <= UNCHANGED:
            told = "".join(
                f' {name}="{escape(value)}"' for name, value in self._attributes(document, element, drawn=drawn)
            )
            slash, close = ("/", "") if empty and (void or drawn) else ("", f"</{element.name}>" if empty else "")
            yield Edit(element.start, element.end, f"<{element.name}{told}{slash}>{close}".encode())
        if void and not empty:
            yield Edit(element.close, _end(document.markup, element), b"")

    def _attributes(self, document: Document, element: Element, *, drawn: bool) -> Iterator[tuple[str, str]]:
        """Yield what an element says in a browser."""
        told = dict(element.attributes)
        if element.name in TABULAR or told.get("alt") == "":
            told.pop("role", None)
        if language := told.get("xml:lang"):
            told["lang"] = language
        if (style := told.pop("style", None)) and PLAIN_STYLE.fullmatch(style):
            told["class"] = f"{told.get('class', '')} {self.style(style)}".strip()
        for name, value in told.items():
            if name == "href":
                yield name, self._link(document, value)
            elif name == "src":
                yield name, self.place(_resolved(document.name, value))
            elif name in UNCHANGED or (drawn and ":" not in name and not name.lower().startswith("on")):
                yield name, value

    def _link(self, document: Document, address: str) -> str:
        """Lead a link to its place on the page, or out of the book.

        Raises:
            ValueError: it leads to nothing in the book, or does something other than to lead.
        """
        try:
            scheme = urlsplit(address).scheme
        except ValueError as error:
            raise ValueError(f"{document.name} has a link to {address!r}") from error
        if scheme in SCHEMES:
            return address
        path, _, anchor = address.partition("#")
        name = _resolved(document.name, path) if path else document.name
        target = unquote(anchor) or self.anchors.get(name, "")
        if scheme or target not in self.ids:
            raise ValueError(f"{document.name} has a link to {address!r}")
        return f"#{target}"

    def _mark(self, document: Document, number: int) -> str:
        """Write where a printed page begins; a mark within a link is no link."""
        element = document.elements[number]
        label, identity = element.attributes.get("aria-label", ""), escape(element.attributes.get("id", ""))
        between = document.elements[element.parent].name not in SPACED and not element.first
        told = f'class="web-page{" web-within" * between}" id="{identity}" data-page="{escape(label)}"'
        words = self.page(label)
        if any(each.name == "a" for each in document.around(number)):
            return f'<span {told} tabindex="-1">{words}</span>'
        return f'<a {told} href="#{identity}">{words}</a>'


def _end(data: bytes, element: Element) -> int:
    """Return where an element has come to its end, its end tag and all."""
    if data.endswith(b"/>", element.start, element.end):
        return element.end
    return data.index(b">", element.close) + 1


def _resolved(base: str, address: str) -> str:
    """Return the name of the part that an address leads to from another part."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(address)))
