"""The writing of a page and the fonts of a file come in; letters that are missing, small or badly inked go out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.preflight.edges import what_of
from builder.preflight.graphics import common
from builder.preflight.marks import Picture, Writing
from builder.preflight.seen import Seen
from builder.preflight.typefaces import HUGE, MISSING
from builder.problems import measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.pdf import Box
    from builder.preflight.marks import Sheet
    from builder.preflight.typefaces import Typeface

SMALLEST = 6.0
SMALLEST_LIGHT = 7.0
"""Points; what is lighter than the middle is screened, so its edges break up."""

_LIGHT = 0.5
_SLACK = 0.05
_MOST = 12
_MOST_WHITE = 100  # pieces of white writing of a page that are held against what lies under them
_AROUND = 30


@dataclass(slots=True)
class Lettering:
    """What is gathered over all pages: the first page of each font, letters by the ink they are printed in."""

    first: dict[int, tuple[int, Typeface]] = field(default_factory=dict)
    letters: int = 0
    black: int = 0
    filled: int = 0
    cut: bool = False

    def take(self, at: int, sheet: Sheet) -> None:
        """Take a page in."""
        self.filled += bool(sheet.marks)
        self.cut = self.cut or sheet.cut
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


def hidden(at: int, sheet: Sheet) -> Iterator[Seen]:
    """Find writing as white as the paper, with nothing darker under it: the first few of a page are looked at."""
    dark: list[Box] = []
    looked = told = 0
    for mark in sheet.marks:
        if isinstance(mark, Writing):
            if not (mark.seen and mark.paint.is_white and mark.words.strip()) or looked >= _MOST_WHITE:
                continue
            looked += 1
            if told < _MOST and not any(common(mark.box, box) for box in dark):
                told += 1
                yield Seen("PDF_TEXT_HIDDEN", at, mark.box, what_of(mark), (("words", what_of(mark)),))
        elif isinstance(mark, Picture) or not mark.paint.is_white:
            dark.append(mark.box)


def _writing(at: int, mark: Writing) -> Iterator[Seen]:
    if mark.missing:
        yield Seen("PDF_GLYPH_MISSING", at, mark.box, _around(mark.words), _named(mark))
    if not mark.seen or not mark.words.strip():
        return
    size, what = measure(mark.size), what_of(mark)
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


def _named(mark: Writing) -> tuple[tuple[str, object], ...]:
    return (("words", _around(mark.words) or "?"), ("font", mark.face.name), ("count", mark.missing))


def _around(words: str) -> str:
    """Return what stands around the first missing letter."""
    line = " ".join(words.split())
    at = max(0, line.find(MISSING))
    return line[max(0, at - _AROUND) : at + _AROUND]


def absent(lettering: Lettering) -> Iterator[Seen]:
    """Tell a file whose pages show something, but hold no letter: a scan, pictures of a screen, letters as drawings."""
    if lettering.filled and not lettering.first and not lettering.cut:
        yield Seen("PDF_NO_TEXT", values=(("count", lettering.filled),))


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
            size = measure(face.length / 1_000_000)
            yield Seen("PDF_FONT_WHOLE", at, what=face.name, values=(*named, ("size", size)))
        if not face.mapped:
            yield Seen("PDF_FONT_UNMAPPED", at, what=face.name, values=named)
