"""A publication as ``books`` writes it comes in; the walk through it that all peers' markup has in common goes out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.publication import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.publication import Block, Inline, Note, Publication

SIGNS = re.compile(r"[!-/:-@\[-`{-~]")
HEADED = {Level.PART: 1, Level.CHAPTER: 2, Level.ARTICLE: 3}


def escaped(text: str) -> str:
    """Put a backslash before every sign that a markup may take for its own."""
    return SIGNS.sub(lambda match: f"\\{match[0]}", text)


class Writer:
    """Writes a publication piece by piece; a peer's own writer says what its pieces look like."""

    def __init__(self, publication: Publication, words: Mapping[str, str]) -> None:
        """Take the publication and the layout's word list."""
        self.publication = publication
        self.words = words
        self.notes: dict[str, list[Note]] = {}
        for note in publication.notes:
            self.notes.setdefault(note.after, []).append(note)

    def document(self) -> str:
        """Write the whole book."""
        return "\n\n".join(self.book()) + "\n"

    def all(self, blocks: Iterable[Block]) -> str:
        """Write blocks, parted by empty lines."""
        return "\n\n".join(self.blocks(blocks))

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        """Write blocks one by one."""
        return map(self.block, blocks)

    def run(self, inlines: Iterable[Inline]) -> str:
        """Write running text."""
        return "".join(map(self.inline, inlines))

    def book(self) -> Iterator[str]:
        """Yield the pieces of the book."""
        raise NotImplementedError

    def block(self, block: Block) -> str:
        """Write one block."""
        raise NotImplementedError

    def inline(self, inline: Inline) -> str:
        """Write one stretch of running text."""
        raise NotImplementedError


def unknown(piece: Block | Inline) -> TypeError:
    """Say that the generated books hold nothing of a kind."""
    return TypeError(f"the generated books have no {type(piece).__name__}")
