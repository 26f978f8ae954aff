"""The writing of a page and the fonts of a file come in; letters that are missing, small or badly inked go out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.preflight.edges import what_of
from builder.preflight.marks import Writing
from builder.preflight.seen import Seen, number
from builder.preflight.typefaces import HUGE, MISSING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.preflight.marks import Sheet
    from builder.preflight.typefaces import Typeface

SMALLEST = 6.0
SMALLEST_LIGHT = 7.0
"""Points; what is lighter than the middle is screened, so its edges break up."""

_LIGHT = 0.5
_SLACK = 0.05
_MOST = 12
_AROUND = 30


@dataclass(slots=True)
class Lettering:
    """What is gathered over all pages: the first page of each font, letters by the ink they are printed in."""

    first: dict[int, tuple[int, Typeface]] = field(default_factory=dict)
    letters: int = 0
    black: int = 0

    def take(self, at: int, sheet: Sheet) -> None:
        """Take a page in."""
        for mark in sheet.marks:
            if isinstance(mark, Writing):
                self.first.setdefault(id(mark.face), (at, mark.face))
                if mark.seen:
                    self.letters += mark.count
                    self.black += mark.count if mark.paint.is_pure_black else 0

    @property
    def black_share(self) -> int | None:
        """How many letters of a hundred black ink alone prints."""
        return round(100 * self.black / self.letters) if self.letters else None


def page(at: int, sheet: Sheet) -> Iterator[Seen]:
    """Look at the writing of a page; of one kind a dozen places are told."""
    told: dict[str, int] = {}
    for mark in sheet.marks:
        for seen in _writing(at, mark) if isinstance(mark, Writing) else ():
            told[seen.code] = told.get(seen.code, 0) + 1
            if told[seen.code] <= _MOST:
                yield seen


def _writing(at: int, mark: Writing) -> Iterator[Seen]:
    if mark.missing:
        yield Seen("PDF_GLYPH_MISSING", at, mark.box, _around(mark.words), _named(mark))
    if not mark.seen or not mark.words.strip():
        return
    size, what = number(mark.size), what_of(mark)
    values = (("words", what), ("size", size))
    light = mark.paint.light > _LIGHT
    if 0 < mark.size < SMALLEST - _SLACK:
        yield Seen("PDF_TEXT_SMALL", at, mark.box, what, values)
    elif light and 0 < mark.size < SMALLEST_LIGHT - _SLACK:
        yield Seen("PDF_TEXT_LIGHT", at, mark.box, what, values)
    if mark.paint.is_rich:
        inks = " ".join(
            f"{letter}{100 * share:.0f}" for letter, share in zip("CMYK", mark.paint.process or (), strict=False)
        )
        yield Seen("PDF_TEXT_RICH", at, mark.box, what, (("words", what), ("inks", inks)))
    elif mark.paint.is_rgb_black:
        yield Seen("PDF_BLACK_RGB", at, mark.box, what, (("words", what),))


def _named(mark: Writing) -> tuple[tuple[str, object], ...]:
    return (("words", _around(mark.words) or "?"), ("font", mark.face.name), ("count", mark.missing))


def _around(words: str) -> str:
    """Return what stands around the first missing letter."""
    line = " ".join(words.split())
    at = max(0, line.find(MISSING))
    return line[max(0, at - _AROUND) : at + _AROUND]


def fonts(lettering: Lettering) -> Iterator[Seen]:
    """Look at every font that letters are shown in, at the first page it is on."""
    faces: Iterable[tuple[int, Typeface]] = lettering.first.values()
    for at, face in faces:
        named = (("font", face.name),)
        if face.kind == "Type3":
            yield Seen("PDF_FONT_DRAWN", at, what=face.name, values=named)
        elif not face.embedded:
            yield Seen("PDF_FONT_OUTSIDE", at, what=face.name, values=named)
        elif not face.whole:
            yield Seen("PDF_FONT_DAMAGED", at, what=face.name, values=named)
        elif not face.subset and face.length > HUGE:
            size = number(face.length / 1_000_000)
            yield Seen("PDF_FONT_WHOLE", at, what=face.name, values=(*named, ("size", size)))
        if not face.mapped:
            yield Seen("PDF_FONT_UNMAPPED", at, what=face.name, values=named)
