"""The leaves of a composition come in; the documents of an e-book and the address of every id in them go out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from builder.ebook import markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from builder.composition.nouns import Leaf
    from builder.ebook.markup import Edit, Element

FOLDER = "text/"
DRAWN = "cover"  # this kind of leaf gives way to the picture of it
FILE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
VOCABULARIES = {"svg": "svg", "math": "mathml"}  # element → manifest property (EPUB 3.3 §5.6.2)


@dataclass(frozen=True, slots=True)
class Document:
    """One leaf as a document: its file inside the package, its markup read."""

    leaf: Leaf
    markup: bytes = field(repr=False)
    elements: tuple[Element, ...] = field(repr=False)

    @property
    def file(self) -> str:
        """Name the file by the leaf's id, so that it keeps its name when leaves come and go."""
        return f"{FOLDER}{self.leaf.id}.xhtml"

    @property
    def properties(self) -> tuple[str, ...]:
        """Say what the manifest must tell of the document."""
        return tuple(sorted({VOCABULARIES[element.name] for element in self.elements if element.name in VOCABULARIES}))


@dataclass(frozen=True, slots=True)
class Spot:
    """An element of the volume by its numbers; spots sort in reading order."""

    document: int
    element: int


@dataclass(frozen=True, slots=True)
class Volume:
    """All documents in reading order, and where each id stands."""

    documents: tuple[Document, ...]
    spots: Mapping[str, Spot] = field(repr=False)

    def element(self, spot: Spot) -> Element:
        """Return the element at a spot."""
        return self.documents[spot.document].elements[spot.element]

    def address(self, target: str) -> str:
        """Return the address of an id, seen from the package's own folder.

        Raises:
            ValueError: no document has this id.
        """
        spot = self.spot(target)
        file = self.documents[spot.document].file
        return file if spot.element == 0 else f"{file}#{target}"

    def spot(self, target: str) -> Spot:
        """Return where an id stands.

        Raises:
            ValueError: no document has this id.
        """
        if target not in self.spots:
            raise ValueError(f"#{target} is nowhere in the e-book")
        return self.spots[target]


def gather(leaves: Iterable[Leaf]) -> Volume:
    """Read the leaves into documents.

    Raises:
        ValueError: markup that is not well-formed, an id that stands twice or cannot name a file.
    """
    documents = tuple(map(_document, (leaf for leaf in leaves if leaf.kind != DRAWN)))
    named = [
        (element.attributes["id"], Spot(number, index))
        for number, document in enumerate(documents)
        for index, element in enumerate(document.elements)
        if "id" in element.attributes
    ]
    twice = [name for name, times in Counter(name for name, _ in named).items() if times > 1]
    if twice:
        raise ValueError(f"ids that stand more than once: {', '.join(twice)}")
    return Volume(documents, dict(named))


def _document(leaf: Leaf) -> Document:
    if not FILE_NAME.fullmatch(leaf.id):
        raise ValueError(f"the leaf id {leaf.id!r} cannot name a file")
    data = leaf.markup.encode()
    return Document(leaf, data, markup.read(data))


def links(volume: Volume, document: Document, pictures: Mapping[str, str]) -> tuple[Edit, ...]:
    """Return the edits that lead ``#id`` links into other documents and ``src`` to the pictures' files.

    Raises:
        ValueError: a link or a picture that leads nowhere.
    """
    edits = []
    for element in document.elements:
        target = element.attributes.get("href", "")
        if target.startswith("#") and volume.documents[volume.spot(target[1:]).document] is not document:
            address = volume.address(target[1:]).removeprefix(FOLDER)
            edits.append(markup.revalue(document.markup, element, "href", address))
        if "src" in element.attributes:
            file = _picture(element.attributes["src"], pictures)
            edits.append(markup.revalue(document.markup, element, "src", f"../{file}"))
    return tuple(edits)


def _picture(path: str, pictures: Mapping[str, str]) -> str:
    if path not in pictures:
        raise ValueError(f"the picture {path!r} is not among the figures")
    return pictures[path]


def xhtml(title: str, body: bytes, language: str, sheets: Sequence[str]) -> bytes:
    """Wrap a body in a document of its own, in its language, with its style sheets."""
    styles = "".join(f'<link rel="stylesheet" type="text/css" href="{sheet}"/>\n' for sheet in sheets)
    opening = (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        f' lang="{language}" xml:lang="{language}">\n'
        f'<head>\n<meta charset="utf-8"/>\n<title>{escape(title)}</title>\n{styles}</head>\n'
    )
    return opening.encode() + body + b"\n</html>\n"
