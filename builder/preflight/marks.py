"""Nothing comes in; the marks a page makes on paper go out as nouns: writing, lines, areas, pictures.

Boxes are left, bottom, right and top in points from the lower left corner of the trimmed page as it is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from builder.pdf import Box
    from builder.preflight.colours import Paint, Space
    from builder.preflight.typefaces import Typeface


@dataclass(frozen=True, slots=True)
class Writing:
    """A string: ``size`` in points as it is printed; 0 where it cannot be told. ``seen``: it is not invisible."""

    box: Box
    paint: Paint
    face: Typeface
    words: str
    size: float
    count: int
    missing: int
    seen: bool
    overprinted: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line, drawn or a very thin area: ``width`` in points as it is printed, 0 for "as thin as can be"."""

    box: Box
    paint: Paint
    width: float
    overprinted: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """An area filled with a colour, a pattern or a shading."""

    box: Box
    paint: Paint
    overprinted: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: pixels across and down, dots per inch as it is placed, bits of a pixel, the object it is."""

    box: Box
    across: int
    down: int
    dpi: float
    bits: int
    space: Space
    source: object = None
    mask: bool = False


Mark = Writing | Line | Area | Picture


@dataclass(slots=True)
class Sheet:
    """All marks of a page, and what else its content asks for.

    Attributes:
        paper: the box around all that can be shown of the page.
        marks: in the order they are made.
        transparent: what is transparent, by its name in the language of PDF: ``ca``, ``SMask``, ``BM``.
        wrong: operators that are none, and things called for that are not there.
        cut: the content was too long to read to its end.
        forms: how many drawings are placed on it.
        placed: where its own content places them, without those that stand in another.
    """

    paper: Box = (0.0, 0.0, 0.0, 0.0)
    marks: list[Mark] = field(default_factory=list)
    transparent: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    cut: bool = False
    forms: int = 0
    placed: list[Box] = field(default_factory=list)
