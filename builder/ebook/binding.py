"""An e-book's composition and the folios of the printed edition come in; the bound EPUB 3 goes out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from builder import fonts
from builder.ebook import claims, divisions, grounds, naming, navigation, package, pagelist
from builder.ebook import volume as volumes
from builder.ebook.markup import spliced
from builder.ebook.navigation import Landmark, Ways
from builder.ebook.nouns import Bound
from builder.ebook.package import Item

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.composition.nouns import Composition
    from builder.ebook.nouns import Cover, Printed
    from builder.ebook.pagelist import Mark
    from builder.ebook.volume import Document, Volume

XHTML = "application/xhtml+xml"
PLAIN_PATH = re.compile(r"[a-z0-9][a-z0-9._/-]*")
CONTENTS = "contents"  # the kind of leaf that shows the contents itself
# What the documents added here need besides the layout's styles: contents without a reader's own numbers, lines
# that a finger can tell apart (WCAG 2.2, 2.5.8), a cover that fills the screen.
BOUND_CSS = """\
.nav ol { list-style: none; margin: 0; padding: 0; }
.nav ol ol { padding-left: 1.2em; }
.nav li { margin: 0.6em 0; }
.nav a { text-decoration: none; }
.cover { margin: 0; padding: 0; text-align: center; }
.cover img { max-width: 100%; height: auto; }
"""


def bind(composition: Composition, printed: Printed, cover: Cover | None) -> Bound:
    """Bind an e-book (``builder.ebook.bind`` says what is taken and given)."""
    volume = volumes.gather(composition.leaves)
    marks = pagelist.marks(volume, printed)
    ways = Ways(volume, navigation.limited(composition.outline), marks)
    items = tuple(_Gathering(composition, ways, cover, _pictures(composition, volume)).items())
    told = claims.claims(composition, volume, pages_of=printed.name if marks else None, covered=cover is not None)
    language = composition.metadata.language
    epub = package.pack(items, told, language, claims.modified(composition.metadata))
    return Bound(epub, len(volume.documents), tuple(mark.label for mark in marks))


@dataclass(frozen=True, slots=True)
class _Gathering:
    """Puts together the files of one e-book."""

    composition: Composition
    ways: Ways
    cover: Cover | None
    pictures: Mapping[str, str]  # path → file, of the pictures that are shown

    def items(self) -> Iterator[Item]:
        """Yield all files; those to be read in reading order."""
        yield from self._cover()
        yield from self._texts()
        yield Item(package.NCX_ID, "toc.ncx", "application/x-dtbncx+xml", self._ncx())
        yield Item("style", "style.css", "text/css", self._style().encode())
        yield Item("bound", "bound.css", "text/css", BOUND_CSS.encode())
        for face in self.composition.faces:
            kind = face.file_name.rpartition(".")[2]
            yield Item(f"face-{face.file_name}", f"fonts/{face.file_name}", f"font/{kind}", face.data)
        for number, (path, file) in enumerate(self.pictures.items(), 1):
            figure = self.composition.figures[path]
            yield Item(f"figure-{number}", file, figure.media_type, grounds.on_white(figure))

    def _cover(self) -> Iterator[Item]:
        if self.cover is None:
            return
        words = self.composition.words["cover"]
        shown = f"{words}: {self.cover.words}"
        body = (
            '<body class="cover" epub:type="cover">\n'
            f'<div><img src="cover.jpg" alt="{escape(shown)}" role="doc-cover"/></div>\n</body>'
        )
        document = volumes.xhtml(words, body.encode(), self.composition.metadata.language, ("style.css", "bound.css"))
        yield Item("cover", "cover.xhtml", XHTML, document, read=True)
        yield Item("cover-picture", "cover.jpg", "image/jpeg", self.cover.picture, ("cover-image",))

    def _texts(self) -> Iterator[Item]:
        """Yield the documents; the contents before the first one they lead to, or last if nothing shows them."""
        before = self._first_listed() if self._contents() is None else None
        for number, document in enumerate(self.ways.volume.documents):
            if number == before:
                yield self._nav(read=True)
            yield self._text(document, [mark for mark in self.ways.marks if mark.place[0] == number])
        if before is None:
            yield self._nav(read=False)

    def _text(self, document: Document, marks: list[Mark]) -> Item:
        edits = volumes.links(self.ways.volume, document, self.pictures) + pagelist.edits(marks)
        edits += naming.edits(document, self.composition.words["table_named"])
        division = divisions.of(document.leaf)
        body = f'<body epub:type="{division}">\n'.encode() + spliced(document.markup, edits) + b"\n</body>"
        told = self.composition.metadata
        data = volumes.xhtml(document.leaf.title or told.title, body, told.language, ("../style.css",))
        return Item(f"text-{document.leaf.id}", document.file, XHTML, data, document.properties, read=True)

    def _nav(self, *, read: bool) -> Item:
        told = self.composition
        data = navigation.nav(self.ways, self._landmarks(), told.words, told.metadata.language)
        return Item("nav", navigation.FILE, XHTML, data, ("nav",), read=read)

    def _ncx(self) -> bytes:
        told = self.composition.metadata
        return navigation.ncx(self.ways, claims.identifier(self.composition), told.title, told.language)

    def _style(self) -> str:
        faces = fonts.stylesheet(self.composition.faces, lambda face: f"fonts/{face.file_name}")
        return faces + self.composition.stylesheet

    def _landmarks(self) -> Iterator[Landmark]:
        words, contents = self.composition.words, self._contents()
        if self.cover is not None:
            yield Landmark("cover", words["cover"], "cover.xhtml")
        yield Landmark("toc", words["contents"], contents.file if contents else f"{navigation.FILE}#toc")
        yield from divisions.landmarks(self.ways.volume.documents, words["start"])

    def _contents(self) -> Document | None:
        return next((each for each in self.ways.volume.documents if each.leaf.kind == CONTENTS), None)

    def _first_listed(self) -> int | None:
        entries = self.ways.outline
        return self.ways.volume.spot(entries[0].target).document if entries else None


def _pictures(composition: Composition, volume: Volume) -> Mapping[str, str]:
    """Return path → file of the pictures that are shown; a file's name is plain ASCII, whatever the path."""
    sources = {each.attributes.get("src") for text in volume.documents for each in text.elements}
    shown = sorted(composition.figures.keys() & sources)
    return {path: _plain(path, number) for number, path in enumerate(shown, 1)}


def _plain(path: str, number: int) -> str:
    if path.startswith("figures/") and PLAIN_PATH.fullmatch(path):
        return path
    return f"figures/figure-{number}.{path.rpartition('.')[2].lower()}"
