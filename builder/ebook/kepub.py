"""The bytes of a bound e-book come in; those of its variant for Kobo's own reader (``.kepub.epub``) go out.

Kobo's reader marks, bookmarks and counts by spans it expects round every sentence (``kobo.<paragraph>.<sentence>``)
and sets pages inside two divisions of the body. It pops up what a link of the type ``endnote`` leads to, and does not
know ``noteref``. Tags are put between the words, nothing is rewritten: without them the documents are those of the
master, byte for byte, so that words, ids, links and page marks are the same.

The identifier stays that of the master: it is the same edition, and a Kobo tells its books apart by their files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.ebook import archive, markup
from builder.ebook.archive import FOLDER, PACKAGE
from builder.vietnamese.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

XHTML = "application/xhtml+xml"
OPENING, CLOSING = '<div id="book-columns"><div id="book-inner">', "</div></div>"
OWN_IDS = re.compile(r"""\sid=["'](?:kobo\.|book-columns["']|book-inner["'])""")
TOKEN = re.compile(
    r"""<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<![^>]*>|<(?P<end>/?)(?P<name>[^\s/>!?]+)(?:[^"'>]|"[^"]*"|'[^']*')*>""",
    re.DOTALL,
)
SPAN = re.compile(r'<span class="koboSpan" id="kobo\.\d+\.\d+">([^<]*|<img\b[^>]*>)</span>')
NOTE_LINK = re.compile(r"""(\sepub:type=["'](?:[^"']*\s)?)noteref(?=[\s"'])""")
INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "rb"}
    | {"rp", "rt", "rtc", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"},
)
CLOSED = frozenset({"audio", "math", "object", "script", "style", "svg", "video"})  # what is in them is no running text


def of(master: bytes) -> bytes:
    """Make the variant of a master.

    Raises:
        ValueError: an id of the text that is one of Kobo's.
    """
    parts = archive.parts(master)
    texts = set(documents(parts))
    return archive.sealed({name: dressed(data) if name in texts else data for name, data in parts.items()})


def documents(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the names of the documents that are read, in reading order."""
    elements = markup.read(parts[PACKAGE])
    items = {each.attributes.get("id"): each.attributes for each in elements if each.name == "item"}
    for each in elements:
        if each.name == "itemref":
            item = items[each.attributes["idref"]]
            if item["media-type"] == XHTML:
                yield f"{FOLDER}/{item['href']}"


def dressed(document: bytes) -> bytes:
    """Put into a document what Kobo's reader looks for.

    Raises:
        ValueError: an id of the document that is one of Kobo's.
    """
    text = document.decode()
    if taken := OWN_IDS.search(text):
        raise ValueError(f"an id that a Kobo needs: {taken[0].strip()}")
    return "".join(_Dressing(text).pieces()).encode()


def undressed(document: bytes) -> bytes:
    """Return a document that was dressed as it was before."""
    text = SPAN.sub(r"\1", document.decode())
    head, _, rest = text.partition(OPENING)
    body, _, tail = rest.rpartition(CLOSING)
    return f"{head}{body.replace('noteref endnote', 'noteref')}{tail}".encode()


def is_dressed(document: bytes) -> bool:
    """Tell whether a document has what Kobo's reader looks for."""
    return OPENING.encode() in document


@dataclass(slots=True)
class _Dressing:
    """Goes through a document; counts its paragraphs and, in each, its sentences."""

    text: str
    paragraph: int = 0
    sentence: int = 0
    opens: bool = True  # the next words are those of a new paragraph
    within: bool = False  # the body
    closed: list[str] = field(default_factory=list)

    def pieces(self) -> Iterator[str]:
        """Yield the document piece by piece."""
        done = 0
        for token in TOKEN.finditer(self.text):
            yield from self._words(self.text[done : token.start()])
            yield from self._tag(token)
            done = token.end()
        yield self.text[done:]

    def _words(self, words: str) -> Iterator[str]:
        if not self.within or self.closed or words.isspace():
            yield words
            return
        for sentence in sentences(words):
            yield f"{self._span()}{sentence}</span>"

    def _span(self) -> str:
        if self.opens:
            self.paragraph, self.sentence, self.opens = self.paragraph + 1, 0, False
        self.sentence += 1
        return f'<span class="koboSpan" id="kobo.{self.paragraph}.{self.sentence}">'

    def _tag(self, token: re.Match[str]) -> Iterator[str]:
        tag, name, ends = token[0], token["name"] or "", bool(token["end"])
        if name in CLOSED:
            self._close(name, ends=ends, empty=tag.endswith("/>"))
        if not self.within or self.closed or not name:
            self.within = self.within or name == "body"
            yield tag + OPENING if name == "body" and not ends else tag
        elif name == "img":
            self.opens = True
            yield f"{self._span()}{tag}</span>"
            self.opens = True
        elif name == "body":
            self.within = False
            yield CLOSING + tag
        else:
            self.opens = self.opens or name not in INLINE
            yield NOTE_LINK.sub(r"\1noteref endnote", tag) if name == "a" else tag

    def _close(self, name: str, *, ends: bool, empty: bool) -> None:
        if ends:
            self.closed.pop()
        elif not empty:
            self.closed.append(name)
