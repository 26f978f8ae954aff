"""Nothing comes in; a page while its content is carried out goes out as a noun, with what is read once a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.pdf import objects
from builder.pdf.geometry import UPRIGHT, Matrix
from builder.preflight.graphics import Path, State, common
from builder.preflight.streams import TooLarge, unpacked
from builder.preflight.typefaces import Typeface, typeface

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.pdf import Box
    from builder.preflight.marks import Sheet
    from builder.preflight.operators import Operation

MOST_OPERATIONS = 3_000_000  # of a document: half a minute
MOST_OF_PAGE = 1_000_000
MOST_WRONG = 20
MOST_BYTES = 200_000_000  # of the content of a document, unpacked; a book of four hundred pages has twenty
MOST_BYTES_OF_PAGE = 64_000_000
FONT_BYTES = 100  # of a font's program that take as long to read as an operator takes


@dataclass(slots=True)
class Library:
    """What is read once a document: fonts, operators of drawings; and how much may still be read.

    Attributes:
        left: operators that may still be carried out; a font that is read counts as many as take that long.
        room: bytes of content that may still be unpacked.
    """

    fonts: dict[tuple[int, int], Typeface] = field(default_factory=dict)
    drawings: dict[tuple[int, int], tuple[Operation, ...]] = field(default_factory=dict)
    kept: int = 0
    left: int = MOST_OPERATIONS
    room: int = MOST_BYTES

    def font(self, value: object) -> Typeface:
        """Return the typeface of a font dictionary."""
        known = objects.identity(value)
        if known != (0, 0) and known in self.fonts:
            return self.fonts[known]
        face = typeface(value)
        self.left -= face.length // FONT_BYTES + face.codes
        if known != (0, 0):
            self.fonts[known] = face
        return face


@dataclass(slots=True)
class Run:
    """A page while its content is carried out.

    Attributes:
        draw: carries out a drawing that lies in the file by itself, moved by a matrix.
        left: operators of the page that may still be carried out.
        room: bytes of its content that may still be unpacked.
    """

    library: Library
    sheet: Sheet
    state: State
    resources: object
    draw: Callable[[Run, object, tuple[float, ...]], None]
    states: list[State] = field(default_factory=list)
    path: Path = field(default_factory=Path)
    clipping: bool = False
    text: Matrix = UPRIGHT
    line: Matrix = UPRIGHT
    inside: tuple[tuple[int, int], ...] = ()
    left: int = field(default_factory=lambda: MOST_OF_PAGE)
    room: int = field(default_factory=lambda: MOST_BYTES_OF_PAGE)

    def unpacked(self, stream: object) -> bytes:
        """Return the bytes of content; every byte counts, however often a page names the same stream.

        Raises:
            TooLarge: when they are more than the page or the document may still have.
            Unreadable: when they cannot be unpacked.
        """
        most = min(self.room, self.library.room)
        try:
            data = unpacked(stream, most)
        except TooLarge:
            self._spend(most // 2)  # it was work all the same, and another may follow
            raise
        self._spend(len(data))
        return data

    def _spend(self, size: int) -> None:
        self.room -= size
        self.library.room -= size

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
