"""An e-book comes in; its web edition goes out: one page that a browser shows with no script, its styles, its pictures.

The page is the e-book's own documents one after another, so it says what the e-book says; ids stay, so a link to a
clause or to a printed page (``#tr12``) that leads into the e-book leads into the page. The script that all pages share
adds what needs one: ``?trang=12``, sizes of type, grounds, the place where reading stopped.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from markupsafe import Markup

from builder import stylesheets
from builder.ebook.archive import FOLDER
from builder.site import hypertext, packed, woff
from builder.site.hypertext import Rewriting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from builder.site.hypertext import Document
    from builder.site.nouns import Book
    from builder.site.words import Words

PAGE, STYLES = "index.html", "book.css"
SHARED = ("doc.css", "doc.js")
SHEETS = ("style.css", "bound.css")  # of an e-book, in the order they are laid on
FONTS = "fonts/"
COVER, NAVIGATION, CONTENTS = "cover", "nav", "contents"
PICTURES = ("svg", "png", "jpg", "jpeg", "gif", "webp")
FACE = re.compile(r"@font-face\s*\{")
USED = re.compile(r"""url\(\s*["']?([^"')]*)["']?\s*\)(\s*format\([^)]*\))?""")
TOP = "_doc"
OWN = frozenset({TOP, "_trang", "_trang-ten", "_cong-cu", "_den", "_bao"})
"""Ids of the page around the book; none of a book begins with a low line."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A web edition.

    Attributes:
        files: by their paths inside its folder; ``index.html`` is the page.
        fonts: by their paths inside the folder ``fonts`` at the site's root, which all web editions share.
    """

    files: Mapping[str, bytes] = field(repr=False)
    fonts: Mapping[str, bytes] = field(repr=False)


def edition(book: Book, words: Words, *, root: str, back: str, source: str = "", unlisted: bool = False) -> Reading:
    """Make the web edition of an e-book.

    Args:
        book: the e-book.
        words: those of the site.
        root: the way from the page's folder up to the site's root (``../../``).
        back: the address of the publication's page, from there.
        source: what the printed pages are of, in words (``bản in khổ A5``); empty: as the e-book says it.
        unlisted: search engines are asked to keep off.

    Raises:
        ValueError: what a bound book never has: markup that is not well-formed, an id that stands twice, a link or a
            picture that leads nowhere, an element that does more than hold words.
    """
    return _Making(book, words, root, back, source, unlisted).reading()


def shared() -> Mapping[str, bytes]:
    """Return the files that all web editions share, by their paths from the site's root."""
    return {name: packed.data("shared", name) for name in SHARED}


@dataclass(frozen=True, slots=True)
class _Making:
    """One web edition in the making; what the page needs besides is laid by as it turns up."""

    book: Book
    words: Words
    root: str
    back: str
    source: str
    unlisted: bool
    pictures: dict[str, bytes] = field(default_factory=dict)
    fonts: dict[str, bytes] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=dict)

    def reading(self) -> Reading:
        """Return it."""
        page = self._page().encode()
        return Reading({PAGE: page, STYLES: self._sheet().encode(), **self.pictures}, self.fonts)

    def _page(self) -> str:
        documents = tuple(self._documents())
        anchors = {each.name: next(each.ids(), TOP) for each in documents}
        counted = Counter(each for document in documents for each in document.ids())
        counted.update(OWN)
        if twice := [name for name, times in counted.items() if times > 1]:
            raise ValueError(f"ids that stand more than once: {', '.join(twice)}")
        rewriting = Rewriting(anchors, frozenset(counted), self._place, self._said_of_page, self._class_of)
        told = self.book.described
        return packed.template("reading.html").render(
            told=told,
            words=self.words,
            root=self.root,
            back=self.back,
            source=self.source,
            unlisted=self.unlisted,
            contents=self._contents(documents, anchors),
            leaves=[self._leaf(document, rewriting) for document in documents],
        )

    def _documents(self) -> Iterator[Document]:
        """Yield the documents that are shown; the cover says in a picture what the title says."""
        for name in self.book.documents:
            document = hypertext.read(name, self.book.parts[name])
            if COVER not in _kinds(document):
                yield document

    def _leaf(self, document: Document, rewriting: Rewriting) -> tuple[str, str, Markup]:
        """Return what a document is in the words of its styles, its language if it is another, its words."""
        own = document.language
        language = own if own and own != self.book.described.language else ""
        return " ".join(("web-sheet", *_kinds(document))), language, Markup(rewriting.words(document).decode())  # noqa: S704 - every element and attribute of it was looked at

    @staticmethod
    def _contents(documents: Sequence[Document], anchors: Mapping[str, str]) -> str:
        """Return the id of the contents; empty where there are none."""
        for document in documents:
            first = document.elements[document.body + 1 : document.body + 2]
            kinds = {kind for each in first for kind in each.attributes.get("class", "").split()}
            if CONTENTS in kinds or NAVIGATION in _kinds(document):
                return anchors[document.name]
        return ""

    def _said_of_page(self, label: str) -> str:
        said = self.words("reading.page", page=label)
        apart = self.words.language != self.book.described.language
        language = f' lang="{self.words.language}"' if apart else ""
        return f"<span{language}>{escape(said, quote=False)}</span>"

    def _class_of(self, style: str) -> str:
        """Return the class that says what a ``style`` would: a site's pages allow none of these."""
        return self.styles.setdefault(style, f"style-{len(self.styles) + 1}")

    def _place(self, name: str) -> str:
        """Lay by a picture; return its address from the page.

        Raises:
            ValueError: there is none of that name.
        """
        path = name.removeprefix(f"{FOLDER}/")
        if name not in self.book.parts or path == name or path.rpartition(".")[2].lower() not in PICTURES:
            raise ValueError(f"{name} is no picture of the book")
        self.pictures[path] = self.book.parts[name]
        return path

    def _sheet(self) -> str:
        """Return the book's own styles, its faces fetched from where all books have theirs.

        Raises:
            ValueError: it fetches what is no part of the book.
        """
        sheets = (self.book.parts.get(f"{FOLDER}/{name}", b"").decode() for name in SHEETS)
        rules = (f".{name} {{ {style} }}" for style, name in self.styles.items())
        css = "\n".join((*sheets, *rules))
        if not set(stylesheets.fetched(css)) <= {found[1] for found in USED.finditer(css)}:
            raise ValueError("the styles of a bound book fetch its own parts, and say so plainly")
        css = FACE.sub("@font-face { font-display: swap;", css)
        return USED.sub(lambda found: self._fetched(found[1]), css)

    def _fetched(self, address: str) -> str:
        """Return what styles fetch instead of a part of the book; lay it by.

        Raises:
            ValueError: there is no such part, or it is neither a picture nor a face.
        """
        name = f"{FOLDER}/{address}"
        data = self.book.parts.get(name)
        if data is None:
            raise ValueError(f"{address} is no part of the book")
        if not address.startswith(FONTS):
            return f'url("{self._place(name)}")'
        path = woff.named(data)
        self.fonts[path] = woff.packed(data)
        return f'url("{self.root}{FONTS}{path}") format("{woff.FORMAT}")'


def _kinds(document: Document) -> tuple[str, ...]:
    """Return what the body of a document is, in the words of its styles."""
    return tuple(document.elements[document.body].attributes.get("class", "").split())
