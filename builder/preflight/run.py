"""Nothing comes in; a page while its content is carried out goes out as a noun, with what is read once a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.pdf import objects
from builder.preflight.graphics import IDENTITY, Matrix, Path, State, common
from builder.preflight.typefaces import Typeface, typeface

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.pdf import Box
    from builder.preflight.marks import Sheet
    from builder.preflight.operators import Operation

MOST_OPERATIONS = 3_000_000  # of a document: half a minute
MOST_OF_PAGE = 1_000_000
MOST_WRONG = 20


@dataclass(slots=True)
class Library:
    """What is read once a document: fonts, operators of drawings; and how many operators may still be carried out."""

    fonts: dict[tuple[int, int], Typeface] = field(default_factory=dict)
    drawings: dict[tuple[int, int], tuple[Operation, ...]] = field(default_factory=dict)
    kept: int = 0
    left: int = MOST_OPERATIONS

    def font(self, value: object) -> Typeface:
        """Return the typeface of a font dictionary."""
        known = objects.identity(value)
        if known == (0, 0):
            return typeface(value)
        if known not in self.fonts:
            self.fonts[known] = typeface(value)
        return self.fonts[known]


@dataclass(slots=True)
class Run:
    """A page while its content is carried out.

    Attributes:
        draw: carries out a drawing that lies in the file by itself, moved by a matrix.
    """

    library: Library
    sheet: Sheet
    state: State
    resources: object
    draw: Callable[[Run, object, tuple[float, ...]], None]
    states: list[State] = field(default_factory=list)
    path: Path = field(default_factory=Path)
    clipping: bool = False
    text: Matrix = IDENTITY
    line: Matrix = IDENTITY
    inside: tuple[tuple[int, int], ...] = ()
    left: int = field(default_factory=lambda: MOST_OF_PAGE)

    def resource(self, kind: str, name: str) -> object:
        """Find a resource by its kind and name; what is not there is put down as wrong."""
        found = objects.path(self.resources, kind, f"/{name}")
        if found is None:
            self.object_to(f"/{name}")
        return found

    def object_to(self, what: str) -> None:
        """Put down what is wrong, as long as anybody would read it."""
        if len(self.sheet.wrong) < MOST_WRONG:
            self.sheet.wrong.append(what)

    def visible(self, box: Box) -> Box | None:
        """Return what of a box may be painted here."""
        return None if self.state.gone else common(box, self.state.clip)

    def clip(self, box: Box | None) -> None:
        """Let nothing be painted outside of a box from here on."""
        shared = common(box, self.state.clip) if box else None
        self.state.clip = shared
        self.state.gone = self.state.gone or shared is None
