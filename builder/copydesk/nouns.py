"""The nouns of a review copy, frozen: its leaves (a paragraph of Word each), boards (tables), chapters (files).

A leaf knows which characters of which file it shows, so that what is changed in Word changes just those.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.copydesk.looks import Look


class How(Enum):
    """How new words are written into the place of the old ones."""

    MARKDOWN = "markdown"
    RAW = "raw"  # as they are: the words are the source
    LINES = "lines"  # as they are, line by line: quoted from a machine
    CELL = "cell"  # Markdown between bars
    EMPTY = "empty"  # the same, where there was nothing
    CAPTION = "caption"  # in quotation marks after the address of a picture
    YAML = "yaml"
    LIST = "list"  # a YAML list
    FIXED = "fixed"  # not at all: what is shown is the program's


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one face, as the source has it.

    ``note`` names the footnote called here; ``source`` is the Markdown of what the shown words alone cannot say
    (a cross-reference, words for the index, code).
    """

    text: str = ""
    bold: bool = False
    italic: bool = False
    address: str = ""
    note: str = ""
    source: str = ""


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One paragraph of the copy.

    ``start`` to ``end`` are the characters of the file that hold its words, ``first`` to ``last`` the lines it stands
    on (0: none). ``label`` is the number at its head, among those characters; ``lead`` the sign of a list before them.
    ``close`` is, for the head of a box and the last line of a piece, the line of its closing fence. ``clause`` is the
    id of the clause it opens.
    """

    look: Look
    pieces: Pieces
    start: int = 0
    end: int = 0
    first: int = 0
    last: int = 0
    how: How = How.MARKDOWN
    label: str = ""
    lead: str = ""
    depth: int = 0
    box: str = ""
    close: int = 0
    picture: str = ""
    alt: str = ""
    clause: str = ""

    @property
    def opens_box(self) -> bool:
        """Tell whether it is the head of a box."""
        return self.how is How.FIXED and self.close > 0

    @property
    def text(self) -> str:
        """All words it shows."""
        label = f"{self.label} " if self.label and self.pieces else self.label
        return self.lead + label + "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a board: its cells, each some leaves; the line of the file it stands on, 0 where it stands on none."""

    cells: tuple[tuple[Leaf, ...], ...]
    line: int = 0


class Kind(Enum):
    """What a board is."""

    TABLE = "table"
    SETTINGS = "settings"
    HEAD = "head"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Board:
    """A table of the copy; ``first`` to ``last`` are its lines; ``ruler`` is the line that parts head from rows."""

    kind: Kind
    rows: tuple[Row, ...]
    first: int = 0
    last: int = 0
    aligns: tuple[str, ...] = ()
    box: str = ""

    def leaves(self) -> Iterator[Leaf]:
        """Yield its leaves, row by row."""
        for row in self.rows:
            for cell in row.cells:
                yield from cell


Block = Leaf | Board


@dataclass(frozen=True, slots=True)
class Definition:
    """A footnote: its name, its lines, where its words stand, and those words, a paragraph each."""

    name: str
    first: int
    last: int
    start: int
    end: int
    paragraphs: tuple[Pieces, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the source: its name, its text as it is on the disk, what the copy shows of it."""

    name: str
    raw: str
    blocks: tuple[Block, ...]
    notes: tuple[Definition, ...] = ()

    def leaves(self) -> Iterator[Leaf]:
        """Yield its leaves in reading order."""
        for block in self.blocks:
            if isinstance(block, Board):
                yield from block.leaves()
            else:
                yield block


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of commentary: its file, its lines, the paragraphs of its comment, from which clause to which."""

    file: str
    first: int
    last: int
    leaves: tuple[Leaf, ...]
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole copy: its title, chapters in reading order, entries of commentary, the files of commentary.

    ``clauses`` gives the citation of every clause by its id, in programme order.
    """

    title: str
    chapters: tuple[Chapter, ...]
    entries: tuple[Entry, ...]
    commentary: tuple[Chapter, ...]
    clauses: dict[str, str]

    def leaves(self) -> Iterator[tuple[Chapter, Leaf]]:
        """Yield every leaf of the body with its chapter: the first has mark 1."""
        for chapter in self.chapters:
            for leaf in chapter.leaves():
                yield chapter, leaf


@dataclass(frozen=True, slots=True)
class Shown:
    """A block of the copy: its file, the number of its first bookmark, and where it is, in words."""

    name: str
    block: Block
    mark: int
    where: str
    clause: str = ""
