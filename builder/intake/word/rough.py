"""The nouns between the walk over a Word file and the ``Original``: words as they stand, with the script they are in.

Only when all words are gathered can those in an old encoding be read, since its letters may be split over runs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from builder.intake.original import Paragraph
    from builder.vietnamese.legacy import Encoding


@dataclass(frozen=True, slots=True)
class Face:
    """How words look, and where they lead."""

    bold: bool = False
    italic: bool = False
    raised: bool = False
    lowered: bool = False
    address: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """What the font of words says of them: their old encoding (None: nothing), and whether it draws capitals only."""

    encoding: Encoding | None = None
    capitals: bool = False


PLAIN, UNKNOWN = Face(), Script()


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one face and script; or a call of a note, a picture, the place where a remark begins or ends."""

    text: str = ""
    face: Face = PLAIN
    script: Script = UNKNOWN
    note: str = ""
    picture: str = ""
    opens: str = ""
    closes: str = ""


@dataclass(frozen=True, slots=True)
class Rough:
    """A paragraph whose words are still in pieces; ``paragraph`` says everything else of it."""

    paragraph: Paragraph
    pieces: tuple[Piece, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing of it would be seen."""
        return not self.paragraph.label and not any(piece.text.strip() or piece.picture for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class RoughGrid:
    """A table of such paragraphs."""

    rows: tuple[tuple[tuple[Rough, ...], ...], ...]
    line: int = 0
    head: int = 0
    ruled: bool = True


Block: TypeAlias = Rough | RoughGrid


@dataclass(slots=True)
class Sheet:
    """The paragraph at hand: its style, the pieces so far, the text boxes that hang on it.

    ``begun`` tells that it has words; ``address`` is where the link at hand leads; ``was_hidden`` and ``in_contents``
    tell that words were left out, ``skips_mark`` that the next ones are the sign of a note.
    """

    style: str = ""
    pieces: list[Piece] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)
    line: int = 0
    mark: str = ""
    begun: bool = False
    address: str = ""
    was_hidden: bool = False
    in_contents: bool = False
    skips_mark: bool = False


def every(blocks: Sequence[Block]) -> Iterator[Rough]:
    """Return all paragraphs in reading order, those of tables among them."""
    for block in blocks:
        if isinstance(block, Rough):
            yield block
        else:
            yield from (rough for row in block.rows for cell in row for rough in cell)
