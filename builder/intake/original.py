"""The noun between a file that is no plain text (Word, a web page) and the draft: what stands in it, in reading order.

A reader of such a file makes an ``Original`` and judges nothing; ``structure`` makes a draft of it. Words are in
Unicode and in normal form; nothing is escaped. ``line`` is the place told to people: in Word the number of the
paragraph (from 1, as they follow each other in the body, cells of tables among them), on a web page the line of its
text.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Run:
    r"""Words in one face; a line break is ``\n``.

    ``address`` is where a link leads; ``note`` the name of the note called at the end of these words, ``picture`` that
    of the picture that stands there: such a run usually has no words. ``raised`` and ``lowered`` are superscript and
    subscript.
    """

    text: str
    bold: bool = False
    italic: bool = False
    raised: bool = False
    lowered: bool = False
    address: str = ""
    note: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph.

    ``label`` is the automatic number or sign as shown on the page (``Điều 5.``, ``a)``, ``-``), which is not in the
    words. ``heading`` is the outline level (1 to 9), 0 for text; ``title`` tells that it is styled as the title of the
    whole. ``depth`` is how deep an item of a list stands (1 …), 0 outside lists. ``remarks`` names the comments whose
    words begin or stand in it. ``quoted`` is a quotation; ``kept`` stands letter by letter, as code. ``mark`` is the
    name of a bookmark that stands at its head, where the reader was asked to keep those.
    """

    runs: tuple[Run, ...]
    line: int = 0
    label: str = ""
    heading: int = 0
    title: bool = False
    depth: int = 0
    centred: bool = False
    quoted: bool = False
    kept: bool = False
    remarks: tuple[str, ...] = ()
    mark: str = ""

    @property
    def text(self) -> str:
        """Its bare words, without the label."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cells, each cell its paragraphs (a table inside a cell comes as paragraphs, a row a line).

    Every row is as wide as the table; a cell that spans several stands in the first, the others are empty. ``head`` is
    how many rows are marked as head, ``ruled`` whether lines are drawn: tables without them often only place words,
    as in the head of an official paper.
    """

    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]
    line: int = 0
    head: int = 0
    ruled: bool = True


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in the margin; ``about`` is the words it was hung on, ``day`` is ISO 8601 or empty."""

    name: str
    paragraphs: tuple[Paragraph, ...]
    author: str = ""
    day: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its bytes, its kind by their first bytes (``image/png`` …), what it shows, in words."""

    data: bytes = field(repr=False)
    media_type: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """A whole file: its blocks in reading order; notes, remarks and pictures by name; the title in its properties."""

    blocks: tuple[Paragraph | Grid, ...]
    notes: dict[str, tuple[Paragraph, ...]] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    pictures: dict[str, Picture] = field(default_factory=dict)
    title: str = ""
