"""Leaves with terms of EPUB's structural vocabulary come in; the book's divisions and its landmarks go out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.ebook.navigation import Landmark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.composition.nouns import Leaf
    from builder.ebook.volume import Document

FRONT, TEXT, BACK = "frontmatter", "bodymatter", "backmatter"
_FRONT = frozenset(
    {FRONT, "acknowledgments", "copyright-page", "cover", "dedication", "epigraph", "foreword", "halftitlepage"}
    | {"imprint", "loi", "lot", "preface", "titlepage", "toc"}
)
_BACK = frozenset({BACK, "appendix", "bibliography", "colophon", "errata", "glossary", "index"})
_LOOKED_FOR = ("lot", "loi", TEXT, "glossary", "index")  # one way each: what a reader turns to in the midst of reading


def of(leaf: Leaf) -> str:
    """Return the division a leaf belongs to; what a layout does not name is text."""
    return FRONT if leaf.term in _FRONT else BACK if leaf.term in _BACK else TEXT


def landmarks(documents: Sequence[Document], start: str) -> Iterator[Landmark]:
    """Yield, in reading order, where the text begins and the first of each list that is looked for in a book.

    Args:
        documents: all of the book.
        start: what the place where the text begins is called; lists are called by their titles.
    """
    waiting = set(_LOOKED_FOR)
    for document in documents:
        leaf = document.leaf
        division = of(leaf)
        term = TEXT if division == TEXT else leaf.term
        if term in waiting:
            waiting.remove(term)
            yield Landmark(term, start if term == TEXT else leaf.title, document.file)
