"""What binding an e-book takes besides its composition, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Printed:
    """The printed edition whose pages an e-book shows.

    Attributes:
        folios: id → folio of the page on which it begins.
        labels: page by page, the folio as it is printed.
        begins: page by page, where it begins in the text: the id of the block, and how many of the block's letters
            (spaces not counted, nor what print alone says around page numbers) stand on the pages before; ``("", 0)``
            on a page without text.
        heads: page by page, letters of that block from there on.
        name: what this edition is called; empty where there is none.
    """

    folios: Mapping[str, int] = field(default_factory=dict, repr=False)
    labels: tuple[str, ...] = field(default=(), repr=False)
    begins: tuple[tuple[str, int], ...] = field(default=(), repr=False)
    heads: tuple[str, ...] = field(default=(), repr=False)
    name: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover of an e-book: a picture (JPEG), and the words to be read on it."""

    picture: bytes = field(repr=False)
    words: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound e-book.

    Attributes:
        epub: the file.
        documents: how many documents of text it has.
        pages: the printed pages its page list leads to, by the folios printed on them.
    """

    epub: bytes = field(repr=False)
    documents: int
    pages: tuple[str, ...]
