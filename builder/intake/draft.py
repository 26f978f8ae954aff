"""The noun between reading and trying: the pieces of a programme to be written, and what else the original said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from builder.intake.original import Remark


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of the programme: ``text`` is its Markdown, ``plain`` the words as found, line by line.

    ``line`` is where it begins in the original; ``remarks`` names the comments that hang on it.
    """

    line: int
    text: str
    plain: tuple[str, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One entry of the front matter, or of a table that says the same: as found, and its line."""

    key: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Draft:
    """What an original holds: its title, the pieces of its text, its front matter and the fields found in tables.

    ``titled`` tells that the title stands in no piece; ``figures`` are pictures by their path in the source folder.
    """

    title: str
    pieces: tuple[Piece, ...]
    front: tuple[Field, ...] = ()
    fields: tuple[Field, ...] = ()
    titled: bool = False
    remarks: tuple[Remark, ...] = ()
    figures: dict[str, bytes] = field(default_factory=dict)
