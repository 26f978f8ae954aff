"""What comes out of the press: a ``Printing``, and for every page what stands on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from builder.problems import Problem

    Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that begins on a page: level 1 to 6, its words, the id of it or of what it opens."""

    level: int
    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is on one page.

    Attributes:
        leaf: id of the leaf the page belongs to; empty when the press put a blank page in.
        name: the page's name in CSS (the leaf's kind, unless the layout names another).
        blank: the page was left empty so that the next one falls on its side.
        begins: where the page begins in the text: the id of the block, and how many of the block's letters (spaces
            not counted, nor those of slots and what stands around them) stand on the pages before; ``("", 0)`` on a
            page without text.
        exact: whether the letters counted were found to be those of the source text; else ``begins`` names the first
            block that begins on the page.
        head: letters of that block, from there on: as many as tell the place from its like.
        headings: those that begin here.
        clauses: labels of the clauses that begin here.
        footnotes: ids of the footnotes at the foot.
        part: the part in force at the head of the page, for running heads.
        section: the section in force at the head of the page.
        clause_first: the first clause with text on the page.
        clause_last: the last one.
    """

    leaf: str = ""
    name: str = ""
    blank: bool = False
    begins: tuple[str, int] = ("", 0)
    exact: bool = True
    head: str = ""
    headings: tuple[Heading, ...] = ()
    clauses: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()
    part: str = ""
    section: str = ""
    clause_first: str = ""
    clause_last: str = ""


class Reason(Enum):
    """Why a leaf is set, or set again."""

    NEW = "new"
    """It had not been set."""
    FOLIOS = "folios"
    """The folios it prints are other ones."""
    SIDE = "side"
    """It cannot be moved sideways and falls on the other side."""


@dataclass(frozen=True, slots=True)
class Round:
    """One round of setting: how many leaves were wanted for which reason, and how many of them had not been kept."""

    wanted: tuple[tuple[Reason, int], ...]
    fresh: int


class Keeper(Protocol):
    """Keeps what was set under the hash of everything that shaped it."""

    def get(self, key: str, /) -> bytes | None:
        """Return what is kept, or nothing."""

    def put(self, key: str, data: bytes, /) -> None:
        """Keep something."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: what it looks like, as a digest (two pages with the same look the same); its width and height (pt)."""

    mark: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Printing:
    """A book in type.

    Attributes:
        pdf: PDF 1.7, both PDF/A-2a and PDF/UA-1; single pages in reading order, folio 1 is the front cover.
        pages: how many.
        folios: every id → folio (from 1) of its first box.
        ends: every id → folio of its last box.
        labels: page labels in order, as a reader sees them.
        facts: page by page.
        problems: what the press noticed.
        rounds: how the setting went.
    """

    pdf: bytes = field(repr=False)
    pages: int
    folios: Mapping[str, int] = field(repr=False)
    ends: Mapping[str, int] = field(repr=False)
    labels: tuple[str, ...] = field(repr=False)
    facts: tuple[PageFacts, ...] = field(repr=False)
    problems: tuple[Problem, ...]
    rounds: tuple[Round, ...] = field(default=(), compare=False)
