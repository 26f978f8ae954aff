"""Runs of Markdown come in; the pieces a paragraph of the copy shows go out, and what two of them have in common."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.copydesk.nouns import Piece
from builder.manuscript import markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from builder.copydesk.nouns import Pieces
    from builder.manuscript.markdown import Node

_ASKED = re.compile(r"\s*\{\s*(?:turn|fit|lines\s*=[^{}]*)\s*\}\s*$")


def read(text: str) -> Pieces:
    """Inline Markdown → its pieces."""
    return pieces(markdown.inlines(text))


def pieces(nodes: Sequence[Node]) -> Pieces:
    """Runs → pieces, neighbours in one face joined."""
    return tuple(_joined(_all(nodes, Piece())))


def asked(found: Pieces) -> tuple[Pieces, str]:
    """Part what a writer asks for at the end of a paragraph (``{lines=4}``, ``{turn}``) from its words."""
    match = _ASKED.search(found[-1].text) if found else None
    if match is None:
        return found, ""
    words = found[-1].text[: match.start()]
    return (*found[:-1], replace(found[-1], text=words)) if words else found[:-1], match[0]


def _all(nodes: Sequence[Node], face: Piece) -> Iterator[Piece]:
    for node in nodes:
        match node.type:
            case "em":
                yield from _all(node.nodes, replace(face, italic=True))
            case "strong":
                yield from _all(node.nodes, replace(face, bold=True))
            case "link":
                yield from _link(node, face)
            case _:
                yield _one(node, face)


def _link(node: Node, face: Piece) -> Iterator[Piece]:
    address = str(node.token.attrs.get("href", ""))
    if not address.startswith("#"):
        yield from _all(node.nodes, replace(face, address=address))
        return
    words = "".join(piece.text for piece in _all(node.nodes, face))
    yield replace(face, text=words, source=f"[{words}]({address})")


def _one(node: Node, face: Piece) -> Piece:
    token = node.token
    match node.type:
        case "softbreak":
            return replace(face, text=" ")
        case "hardbreak":
            return replace(face, text="\n")
        case "code_inline":
            return replace(face, text=token.content, source=f"{token.markup}{token.content}{token.markup}")
        case "footnote_call":
            return Piece(note=token.content)
        case "index_mark" | "foreign":
            words = "".join(piece.text for piece in _all(node.nodes, face))
            return replace(face, text=words, source=token.markup)
        case "clause_reference":
            words = token.content.strip()
            session = token.markup.startswith("{buoi:") and words.isdecimal()
            return replace(face, text=f"Buổi {words}" if session else words, source=token.markup)
    return replace(face, text=token.content or token.markup)


def _joined(found: Iterable[Piece]) -> Iterator[Piece]:
    """Join what follows one another in one face."""
    last: Piece | None = None
    for piece in found:
        if not (piece.text or piece.note):
            continue
        if last and not (last.note or piece.note or last.source or piece.source) and same_face(last, piece):
            last = replace(last, text=last.text + piece.text)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last


def same_face(one: Piece, other: Piece) -> bool:
    """Tell whether two pieces are set alike."""
    return (one.bold, one.italic, one.address) == (other.bold, other.italic, other.address)


def bare(text: str) -> str:
    """Words as they are compared: in normal form, blanks of any kind as single spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())
