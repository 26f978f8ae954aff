"""The nouns of running text and its blocks, all frozen, and what words stand in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.problems import Place
    from builder.publication.roles import Role


@dataclass(frozen=True, slots=True)
class Text:
    """Plain characters in normal form C."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words set in the other style of the face (italic in upright text)."""

    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Strong:
    """Words set in the heavier weight."""

    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Code:
    """Characters quoted from a machine; never touched by the typographic pass."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a web or mail address (``https:``, ``http:``, ``mailto:``)."""

    address: str
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Break:
    """A line break asked for by the writer."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote, standing where it is called."""

    blocks: Blocks
    place: Place


class Reference(Enum):
    """What a cross-reference leads to and prints, by the word it is written with."""

    CLAUSE = "khoan"
    """A clause: its citation, with its page after it in print."""
    PAGE = "trang"
    """The page of a clause or session; where there are no pages, what stands there."""
    SESSION = "buoi"
    """A session: its number, with its page after it in print."""


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A reference in running text: ``{khoan:Điều 5}``. ``clause`` is the id of the clause or session it leads to."""

    clause: str
    words: str
    kind: Reference = Reference.CLAUSE


@dataclass(frozen=True, slots=True)
class Indexed:
    """Words that the subject index leads to: ``[[chữ|mục]]``.

    ``entry`` is the words of the entry they stand under; ``anchor`` their id, once the places are numbered.
    """

    inlines: Inlines
    entry: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in another language: ``[open data]{lang=en}``; ``language`` is its tag (BCP 47)."""

    inlines: Inlines
    language: str


Inline = Text | Emphasis | Strong | Code | Link | Break | Footnote | CrossReference | Indexed | Foreign
Inlines = tuple[Inline, ...]
Wrapping = Emphasis | Strong | Link | Indexed | Foreign
"""What has running text in it."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside matter, a session or a note: ``level`` 1 is the highest within that text."""

    level: int
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list; ``lines`` is the number of writing lines asked for after it."""

    blocks: Blocks
    lines: int | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; ``start`` is the first number of an ordered one, ``None`` when it is unordered."""

    items: tuple[Item, ...]
    start: int | None = None


class Align(Enum):
    """How a table column is set."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


class Turn(Enum):
    """What the writer of a wide table or figure wants: that it is turned on a page of its own, or fits upright."""

    AUTO = ""
    TURN = "turn"
    FIT = "fit"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: one head row, body rows of as many cells, one alignment a column, an optional caption."""

    head: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    aligns: tuple[Align, ...]
    caption: Inlines = ()
    turn: Turn = Turn.AUTO


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: its path inside the source folder, its bytes, what it shows (alt), its caption.

    One that is there for decoration alone shows nothing.
    """

    path: str
    media_type: str
    data: bytes = field(repr=False)
    alt: str = ""
    caption: Inlines = ()
    turn: Turn = Turn.AUTO
    decoration: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage quoted as a block; ``attribution`` says whose words they are."""

    blocks: Blocks
    attribution: Inlines = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""


class BoxKind(Enum):
    """The fenced kinds of block a commentary or a session may hold."""

    QUESTION = "question"
    LEADER = "leader"
    EXAMPLE = "example"
    SOURCE = "source"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Box:
    """A block of one kind; ``lines`` is the writing space asked for (questions only)."""

    kind: BoxKind
    blocks: Blocks
    lines: int | None = None


@dataclass(frozen=True, slots=True)
class VerseLine:
    """One line of verse; ``indented`` as the lines of six syllables are in lục bát."""

    inlines: Inlines
    indented: bool = False


@dataclass(frozen=True, slots=True)
class Verse:
    """Lines of verse, stanza by stanza; ``attribution`` says whose they are."""

    stanzas: tuple[tuple[VerseLine, ...], ...]
    attribution: Inlines = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a head or a foot, as it stands in the paper."""

    role: Role
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an official paper: its left column, its right column, what is centred below both."""

    left: tuple[Part, ...]
    right: tuple[Part, ...]
    below: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Sign:
    """The foot of an official paper: to whom it goes, and a column for each who signs."""

    recipients: tuple[Part, ...]
    signers: tuple[tuple[Part, ...], ...]


Block = Paragraph | Heading | Listing | Table | Figure | Quote | Rule | Box | Verse | Head | Sign
Blocks = tuple[Block, ...]


def plain(inlines: Inlines) -> str:
    """Return the bare words of running text: no footnotes, no emphasis, breaks as spaces."""
    return "".join(_plain(inline) for inline in inlines)


def _plain(inline: Inline) -> str:
    match inline:
        case Text(text) | Code(text):
            return text
        case Emphasis(inlines) | Strong(inlines) | Link(_, inlines) | Indexed(inlines) | Foreign(inlines):
            return plain(inlines)
        case CrossReference(_, words):
            return words
        case Break():
            return " "
        case _:
            return ""


def passages(blocks: Blocks) -> Iterator[str]:
    """Yield the bare words of every paragraph, heading, cell and caption, footnotes among them."""
    for block in blocks:
        match block:
            case Paragraph(inlines) | Heading(_, inlines):
                yield from _passage(inlines)
            case Verse() | Head() | Sign():
                yield from (words for inlines in piece_lines(block) for words in _passage(inlines))
            case Table(head, rows, _, caption):
                yield from map(plain, (*head, *(cell for row in rows for cell in row), caption))
            case Figure(caption=caption):
                yield plain(caption)
            case Listing(items):
                yield from (words for item in items for words in passages(item.blocks))
            case Box(_, inner):
                yield from passages(inner)
            case Quote(inner, attribution):
                yield from passages(inner)
                yield plain(attribution)


def piece_lines(piece: Verse | Head | Sign) -> tuple[Inlines, ...]:
    """Return the lines of a piece in reading order."""
    match piece:
        case Verse(stanzas, attribution):
            verse = tuple(line.inlines for stanza in stanzas for line in stanza)
            return (*verse, attribution) if attribution else verse
        case Head(left, right, below):
            return tuple(part.inlines for part in (*left, *right, *below))
        case Sign(recipients, signers):
            return tuple(part.inlines for part in (*recipients, *(part for signer in signers for part in signer)))


def _passage(inlines: Inlines) -> Iterator[str]:
    yield plain(inlines)
    yield from (words for note in _footnotes(inlines) for words in passages(note.blocks))


def _footnotes(inlines: Inlines) -> Iterator[Footnote]:
    for inline in inlines:
        if isinstance(inline, Footnote):
            yield inline
        elif isinstance(inline, Wrapping):
            yield from _footnotes(inline.inlines)
