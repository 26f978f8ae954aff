"""What binding an e-book gives."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound e-book.

    Attributes:
        epub: the file.
        documents: how many documents of text it has.
        pages: the printed pages its page list leads to, rising.
    """

    epub: bytes = field(repr=False)
    documents: int
    pages: tuple[int, ...]
