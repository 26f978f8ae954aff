"""A PDF comes in; whether its pages are sheets already, with two or four pages laid side by side on each, goes out.

Whatever imposes pages lays each down as a form XObject (ISO 32000-1, 8.10), half as wide as the sheet.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Matrix, Name, Page, PikepdfError, Rectangle, Stream, parse_content_stream

from builder.pdf.source import Encrypted, NotAPdf, measured, opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.pdf.source import Box, Measures

PAGES = 8
"""How many pages are looked at; an imposed file is so from its first."""

COVER = 2
"""Pages that the file of a cover has: its outside and its inside."""

_LEAST, _MOST = 0.38, 0.54  # of the sheet's width: a page with its margins cut off, or with its bleed
_HIGH = 0.6  # of the sheet's height: less is a picture, or one of four
_BYTES = 20_000  # packed: a sheet's own content is short


def is_sheet(placed: Sequence[Box], width: float, height: float) -> bool:
    """Tell whether all that is placed on a page are halves, or quarters, of it (points, from its lower left corner)."""
    shapes = {_shape(box, width, height) for box in placed}
    if len(shapes) != 1 or not shapes <= {2, 4}:
        return False
    (parts,) = shapes
    return len(placed) <= parts and (parts > 2 or width > height)  # noqa: PLR2004 - halves


def are_sheets(pages: Sequence[tuple[Sequence[Box], float, float]]) -> bool:
    """Tell whether all pages are sheets, and half of them full: a blank page leaves no trace.

    A file of one or two may as well be a cover laid flat.
    """
    full = sum(len(placed) > 1 for placed, _, _ in pages)
    return len(pages) > COVER and 2 * full >= len(pages) and all(is_sheet(*page) for page in pages)


def imposed(content: bytes) -> bool:
    """Tell whether the pages of a PDF are sheets already; false for what is no PDF."""
    try:
        with opened(content, flattened=False) as pdf:
            pages = islice(zip(pdf.pages, measured(pdf), strict=True), PAGES)
            return are_sheets([(tuple(_placed(page, each)), each.width, each.height) for page, each in pages])
    except (NotAPdf, Encrypted, PikepdfError, ValueError, TypeError):
        return False


def _shape(box: Box, width: float, height: float) -> int:
    """Return of how many parts of a sheet a box is one: 2 or 4; 0 when it is none."""
    across, up = (box[2] - box[0]) / width, (box[3] - box[1]) / height
    crosses = box[0] < 0.4 * width and box[2] > 0.6 * width
    if not _LEAST <= across <= _MOST or crosses:
        return 0
    return 2 if up >= _HIGH else 4 if _LEAST <= up <= _MOST else 0


def _placed(page: Page, measures: Measures) -> Iterator[Box]:
    """Yield where a page's own content places forms."""
    contents = page.obj.get("/Contents")
    streams = [*contents] if isinstance(contents, Array) else [contents]
    if sum(len(each.read_raw_bytes()) for each in streams if isinstance(each, Stream)) > _BYTES:
        return
    matrix, kept = Matrix(*measures.matrix), []
    for each in parse_content_stream(page, "q Q cm Do"):
        match str(each.operator):
            case "q":
                kept.append(matrix)
            case "Q" if kept:
                matrix = kept.pop()
            case "cm":
                matrix = Matrix(*map(float, each.operands)) @ matrix
            case "Do" if (box := _box(page, each.operands[0], matrix)) is not None:
                yield box


def _box(page: Page, name: object, matrix: Matrix) -> Box | None:
    """Return the upright box around a form as it is placed; nothing for a picture."""
    drawings = page.obj.get("/Resources", Dictionary()).get("/XObject", Dictionary())
    form = drawings.get(str(name))
    if not isinstance(form, Stream) or form.get("/Subtype") != Name.Form:
        return None
    own = Matrix(*map(float, form.get("/Matrix", Array([1, 0, 0, 1, 0, 0]))))
    around = (own @ matrix).transform(Rectangle(*map(float, form.BBox)))
    return around.llx, around.lly, around.urx, around.ury
