"""A face and where its pages lie come in; the drawing of a page of the file goes out, in PDF's operators.

Operators: ISO 32000-1, annex A. Marks are drawn in DeviceGray: black ink, nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.imposition import marks
from builder.imposition.marks import Bar, Line, Words
from builder.paper import POINTS_PER_MM
from builder.pdf import writing
from builder.pdf.geometry import UPRIGHT, after

if TYPE_CHECKING:
    from builder.imposition.job import Slug
    from builder.imposition.laying import Cell
    from builder.imposition.nouns import Draft, Face


@dataclass(frozen=True, slots=True)
class Lettered:
    """Words as outlines, one em high: operators that leave a path, and how wide they are (em)."""

    path: str
    width: float


Lettering = Callable[[str], Lettered]


def name(page: int) -> str:
    """Name the form of a page."""
    return f"/P{page + 1}"


def content(face: Face, draft: Draft, lettering: Lettering | None) -> bytes:
    """Draw a side: its pages, each cut off at the fold, and the marks around them."""
    lines: list[str] = []
    for cell, pages in draft.lay.halves(face.sheet, back=face.back):
        matrix = draft.lay.matrix(cell, back=face.back)
        lines += ["q", _operation("cm", *matrix)] if matrix != UPRIGHT else ["q"]
        for place, page in enumerate(pages):
            if page is not None:
                lines += _page(page, place, cell, face, draft)
        for mark in _marks(cell, face, draft, lettering):
            lines += _mark(mark, lettering)
        lines.append("Q")
    return "\n".join(lines).encode("ascii")


def _page(page: int, place: int, cell: Cell, face: Face, draft: Draft) -> list[str]:
    measures, lay = draft.measures[page], draft.lay
    left = lay.is_left(place, back=face.back)
    spot = lay.spot(cell, page, measures, face.shift * POINTS_PER_MM, left=left)
    x0, y0, x1, y1 = spot.clip
    return [
        "q",
        _operation("re W n", x0, y0, x1 - x0, y1 - y0),
        _operation("cm", *after(lay.drawn(spot), measures.matrix)),
        f"{name(page)} Do",
        "Q",
    ]


# --- marks ----------------------------------------------------------------------------------------


def _marks(cell: Cell, face: Face, draft: Draft, lettering: Lettering | None) -> list[Line | Bar | Words]:
    job = draft.job
    if not job.marks:
        return []
    room = draft.room(cell, back=face.back)
    count = 1 + max(sheet.signature for sheet in draft.plan)
    words = _said(job.slug, face, draft) if job.slug and lettering else ""
    return list(marks.marks(face.sheet, count, room, words, job, back=face.back))


def _said(slug: Slug, face: Face, draft: Draft) -> str:
    form = slug.cover_back if face.back else slug.cover_front
    if not face.sheet.cover:
        form = slug.back if face.back else slug.front
    inner = sum(not sheet.cover for sheet in draft.plan)
    return form.format(title=slug.title, sheet=face.number, sheets=inner, signature=face.sheet.signature + 1)


def _mark(mark: Line | Bar | Words, lettering: Lettering | None) -> list[str]:
    """Draw one mark."""
    match mark:
        case Line(start, end, dashed):
            dash = f"[{marks.DASH}] 0 d" if dashed else "[] 0 d"
            return [
                f"{marks.HAIRLINE} w 0 G {dash}",
                _operation("m", *start) + " " + _operation("l S", *end),
            ]
        case Bar((x0, y0, x1, y1)):
            return ["0 g", _operation("re f", x0, y0, x1 - x0, y1 - y0)]
        case Words(text, at, width) if lettering:
            drawn = lettering(text)
            size = min(marks.TYPE_SIZE, width / drawn.width)
            return ["q 0 g", _operation("cm", size, 0, 0, size, *at), drawn.path, "f", "Q"]
    return []


def _operation(operator: str, *numbers: float) -> str:
    return " ".join([*map(writing.number, numbers), operator])
