"""The nouns of the preview: who looks at which book, what is laid before them, how it stands with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.problems import Problem


@dataclass(frozen=True, slots=True)
class Look:
    """Which book somebody looks at: an edition's name (empty: the first), a session's id where each is a book."""

    edition: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a book.

    Attributes:
        mark: a digest of what it looks like.
        label: its number as it is printed.
        width: in points.
        height: in points.
        begins: the id of the block it begins in, and how many of the block's letters stand before it.
        head: what it is about, for whoever does not see it.
    """

    mark: str
    label: str
    width: float
    height: float
    begins: tuple[str, int]
    head: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be gone to: its depth from 0, its words, the id it has and the page, counted from 0.

    ``cited`` names a clause as it is cited (``điểm c khoản 2 Điều 7``); empty for other headings.
    """

    level: int
    words: str
    anchor: str
    page: int
    cited: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """An edition to choose: its name, its size, the sessions that are books of it, whether it has pages, an e-book."""

    name: str
    trim: str
    parts: tuple[tuple[str, str], ...]
    pages: bool
    ebook: bool


@dataclass(frozen=True, slots=True)
class Laying:
    """A book as it is laid before whoever looks.

    Attributes:
        number: counts what was laid since the preview began.
        look: which book it is; the edition is named.
        title: of the publication.
        choices: its editions.
        name: what its PDF is called.
        pages: in order; none when it has an e-book alone.
        contents: the headings of the text, in order.
        clauses: every clause of the programme that stands in the book.
        spots: every id → the page, counted from 0, on which it begins.
        pdf: its pages as one file.
    """

    number: int
    look: Look
    title: str
    choices: tuple[Choice, ...]
    name: str
    pages: tuple[Page, ...] = field(default=(), repr=False)
    contents: tuple[Entry, ...] = field(default=(), repr=False)
    clauses: tuple[Entry, ...] = field(default=(), repr=False)
    spots: Mapping[str, int] = field(default_factory=dict, repr=False)
    pdf: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Bound:
    """An e-book, ready to be read in the browser: its number, its files by their paths, the book itself."""

    number: int
    look: Look
    name: str
    files: Mapping[str, bytes] = field(repr=False)
    epub: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with a book.

    Attributes:
        laid: the number of what is laid; 0: nothing yet.
        bound: the number of the e-book; 0: none yet.
        failed: the source has errors, or its e-book; what is laid is from before.
        problems: all that was found the last time.
        at: when the pages laid were made (seconds since 1970).
        seconds: how long the last setting took.
    """

    laid: int = 0
    bound: int = 0
    failed: bool = False
    problems: tuple[Problem, ...] = ()
    at: float = 0.0
    seconds: float = 0.0
