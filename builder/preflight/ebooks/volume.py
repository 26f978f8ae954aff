"""The bytes of an EPUB come in; its parts, its package and its documents go out, each bounded; what is broken is seen.

EPUB 3.3, 4 (container) and 5 (package); a stranger's zip and XML are opened as those of Word files are.
"""

from __future__ import annotations

import html.entities
import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from builder.intake import archive, markup
from builder.preflight.seen import Seen
from builder.problems import Problems

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from builder.intake.archive import Archive

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
MIMETYPE = b"application/epub+zip"
XHTML = "application/xhtml+xml"
NCX = "application/x-dtbncx+xml"
NAMES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "d": "http://purl.org/dc/elements/1.1/",
    "h": "http://www.w3.org/1999/xhtml",
    "n": "http://www.daisy.org/z3986/2005/ncx/",
    "e": "http://www.idpf.org/2007/ops",
}
_DOCTYPE = re.compile(rb"<!DOCTYPE\s[^\[>]*>", re.IGNORECASE)
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_OWN = {b"amp", b"lt", b"gt", b"quot", b"apos"}
_HEAD = 4_000


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the manifest: its id, path in the container, kind, properties."""

    id: str
    path: str
    kind: str
    properties: frozenset[str]


@dataclass(slots=True)
class Volume:
    """An EPUB: its parts, its package, what is broken in it."""

    file: str
    parts: Archive
    package: str = ""
    root: Element | None = None
    items: tuple[Item, ...] = ()
    documents: dict[str, Element] = field(default_factory=dict)
    broken: list[Seen] = field(default_factory=list)

    def bytes_of(self, name: str) -> bytes | None:
        """Return a part; nothing when it is not there or damaged."""
        try:
            return self.parts.read(name)
        except (KeyError, Problems):
            return None

    def has(self, name: str) -> bool:
        """Tell whether there is a part of exactly that name."""
        return name in self.parts.names

    def xml(self, name: str, code: str) -> Element | None:
        """Read a part as XML; nothing when it is not there; what is broken is put down under a code."""
        data = self.bytes_of(name)
        if data is None:
            return None
        try:
            return markup.parse(_bare(data), name, self.file, long=True)
        except Problems:
            self.broken.append(Seen(code, part=name))
            return None


def _bare(data: bytes) -> bytes:
    """Take away a document type that declares nothing, and write the entities of XHTML 1 as letters."""
    head, rest = data[:_HEAD], data[_HEAD:]
    kind = _DOCTYPE.search(head)
    if kind is None:
        return data
    whole = _DOCTYPE.sub(b"", head, count=1) + rest
    return _ENTITY.sub(_letter, whole) if b"XHTML 1" in kind[0] else whole


def _letter(found: re.Match[bytes]) -> bytes:
    code = html.entities.name2codepoint.get(found[1].decode("ascii"))
    return found[0] if found[1] in _XML_OWN or code is None else f"&#{code};".encode()


def opened(data: bytes, file: str) -> Volume:
    """Open an EPUB and read its package and its documents.

    Raises:
        Problems: when it is no zip, is locked, or was made to fill the memory.
    """
    volume = Volume(file, archive.open_(data, file))
    _find_package(volume)
    if volume.root is not None:
        volume.items = _items(volume)
        for item in volume.items:
            if item.kind == XHTML and (root := volume.xml(item.path, "EPUB_MARKUP")) is not None:
                volume.documents[item.path] = root
    return volume


def _find_package(volume: Volume) -> None:
    container = volume.xml(CONTAINER, "EPUB_CONTAINER")
    named = container.find(".//c:rootfile", NAMES) if container is not None else None
    volume.package = str(named.get("full-path", "")) if named is not None else ""
    if not volume.package:
        if not volume.broken:
            volume.broken.append(Seen("EPUB_CONTAINER", part=CONTAINER))
        return
    volume.root = volume.xml(volume.package, "EPUB_PACKAGE")
    if volume.root is None and not volume.broken:
        volume.broken.append(Seen("EPUB_PACKAGE", part=volume.package))


def _items(volume: Volume) -> tuple[Item, ...]:
    if volume.root is None:
        return ()
    found = []
    for each in volume.root.iterfind("o:manifest/o:item", NAMES):
        path = resolved(volume.package, each.get("href", ""))[0]
        properties = frozenset(each.get("properties", "").split())
        found.append(Item(each.get("id", ""), path, each.get("media-type", ""), properties))
    return tuple(found)


def is_remote(reference: str) -> bool:
    """Tell whether a reference leads out of the book."""
    try:
        return bool(urlsplit(reference.strip()).scheme) or reference.strip().startswith("//")
    except ValueError:
        return True


def resolved(base: str, reference: str) -> tuple[str, str]:
    """Return the part a reference leads to from another part, and the anchor in it."""
    path, _, anchor = reference.strip().partition("#")
    target = unquote(path.partition("?")[0])
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(base), target)) if target else base
    return joined, unquote(anchor)
