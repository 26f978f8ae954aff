"""The bytes of a PDF → for each page its words where they stand, straightened when the page was turned."""

from __future__ import annotations

import ctypes
import math
import sys
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

from builder import problems
from builder.problems import Place, Problems
from builder.vietnamese import detection, legacy
from builder.vietnamese.syllable import is_valid

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.intake.record import Record

_MOST_PAGES = 2_000
_MOST_ON_A_PAGE = 100_000
_MOST = 3_000_000
_APART = 0.5  # letter sizes between two words that no blank parts
_SHIFT = 0.1  # letter sizes a baseline may move within a word
_BACK = 0.5
_HYPHEN = "\x02"
_UNKNOWN = {0, 0xFFFE, 0xFFFF, 0xFFFD}
_BREAKS = "\r\n"
_SHOWN = 30
_LARGEST = 500.0
_AROUND = " .,;:!?()[]\"'“”‘’"


@dataclass(frozen=True, slots=True)
class Word:
    """A word on its baseline, in points from the lower left corner of the upright page; ``blank``: one follows it."""

    text: str
    left: float
    right: float
    base: float
    size: float
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number from 1, its height in points, its words; letters counted, those unknown, pictures."""

    number: int
    height: float
    words: tuple[Word, ...]
    letters: int
    unknown: int
    pictures: int


@dataclass(slots=True)
class _Glyph:
    """One character as the engine gives it."""

    text: str
    left: float
    right: float
    base: float
    size: float
    turn: int
    font: str
    blank: bool = False


@dataclass(slots=True)
class _Settings:
    """Name and size of the font of each text object of a page, by where the object lies."""

    known: dict[int, tuple[str, float]] = field(default_factory=dict)

    def of(self, text_page: object, at: int) -> tuple[str, float]:
        thing = raw.FPDFText_GetTextObject(text_page, at)
        key = ctypes.addressof(thing.contents) if thing else -1
        if key not in self.known:
            self.known[key] = _font_name(thing) if thing else "", _size(text_page, at)
        return self.known[key]


def _size(text_page: object, at: int) -> float:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text_page, at, matrix)
    scale = math.hypot(matrix.c, matrix.d)
    size = raw.FPDFText_GetFontSize(text_page, at) * (scale if math.isfinite(scale) else 1.0)
    return min(_LARGEST, size) if size > 0 else 1.0


def _font_name(thing: object) -> str:
    font = raw.FPDFTextObj_GetFont(thing)
    if not font:
        return ""
    buffer = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(font, buffer, 256)
    return buffer.value.decode("utf-8", "replace")


def read(data: bytes, record: Record) -> tuple[Page, ...]:
    """A PDF → its pages; turned words (watermarks) are left out and reported.

    Raises:
        Problems: ``INTAKE_DAMAGED``, ``INTAKE_LOCKED``, ``INTAKE_PAGES``, ``INTAKE_CROWDED``.
    """
    place = Place(record.file)
    try:
        with pypdfium2.PdfDocument(data) as document:
            if len(document) > _MOST_PAGES:
                raise Problems([problems.intake_pages(place, len(document), _MOST_PAGES)])
            pages = tuple(_pages(document, record))
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        raise Problems([(problems.intake_locked if locked else problems.intake_damaged)(place, "PDF")]) from error
    if not pages:
        raise Problems([problems.intake_damaged(place, "PDF")])
    return pages


def _pages(document: pypdfium2.PdfDocument, record: Record) -> Iterator[Page]:
    total = 0
    for number, page in enumerate(document, 1):
        text_page = page.get_textpage()
        count = text_page.count_chars()
        total += count
        if count > _MOST_ON_A_PAGE or total > _MOST:
            raise Problems([problems.intake_crowded(Place(record.file), number)])
        glyphs = list(_glyphs(text_page.raw, count))
        text_page.close()
        pictures = sum(1 for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)) if not glyphs else 0
        size = page.get_size() if page.get_rotation() in (0, 180) else page.get_size()[::-1]
        page.close()
        yield _page(number, size, glyphs, pictures, record)


def _glyphs(text_page: object, count: int) -> Iterator[_Glyph]:
    settings = _Settings()
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    last: _Glyph | None = None
    for at in range(count):
        code = raw.FPDFText_GetUnicode(text_page, at)
        text = chr(code) if code <= sys.maxunicode else "\ufffd"
        if raw.FPDFText_IsGenerated(text_page, at) == 1 and text != _HYPHEN:
            if last and text not in _BREAKS:
                last.blank = True
            continue
        raw.FPDFText_GetLooseCharBox(text_page, at, box)
        raw.FPDFText_GetCharOrigin(text_page, at, x, y)
        turn = round(math.degrees(raw.FPDFText_GetCharAngle(text_page, at))) % 360
        edges = _edges(box, x.value, y.value, turn)
        font, size = settings.of(text_page, at)
        last = _Glyph("\ufffd" if code in _UNKNOWN else text, *edges, size, turn, font)
        yield last


def _edges(box: raw.FS_RECTF, x: float, y: float, turn: int) -> tuple[float, float, float]:
    """Left, right and baseline as they are when the letter stands upright."""
    if turn == 270:  # noqa: PLR2004 - degrees: it runs up the page
        return box.bottom, box.top, -x
    if turn == 180:  # noqa: PLR2004
        return -box.right, -box.left, -y
    if turn == 90:  # noqa: PLR2004
        return -box.top, -box.bottom, x
    return box.left, box.right, y


def _page(number: int, size: tuple[float, float], glyphs: list[_Glyph], pictures: int, record: Record) -> Page:
    turns = Counter(glyph.turn for glyph in glyphs if glyph.text.strip())
    turn = turns.most_common(1)[0][0] if turns else 0
    if turned := "".join(glyph.text + " " * glyph.blank for glyph in glyphs if glyph.turn != turn).split():
        record.add(problems.intake_dropped, 0, "turned", " ".join(turned[:_SHOWN]), len(turned))
    lowest = {270: size[0], 180: size[1]}.get(turn, 0.0)
    words = tuple(_words([glyph for glyph in glyphs if glyph.turn == turn], lowest))
    letters = sum(character.isalnum() for word in words for character in word.text)
    unknown = sum(word.text.count("\ufffd") for word in words)
    return Page(number, size[turn in (0, 180)], words, letters, unknown, pictures)


def _words(glyphs: Sequence[_Glyph], lowest: float) -> Iterator[Word]:
    """Glyphs in the order they were set in → words, read as their fonts write them."""
    runs = list(_runs(glyphs))
    for font, group in groupby(runs, key=lambda run: run[0].font):
        each = list(group)
        for run, text in zip(each, _read(["".join(glyph.text for glyph in run) for run in each], font), strict=True):
            sizes = Counter(glyph.size for glyph in run)
            right = max(glyph.right for glyph in run)
            size = sizes.most_common(1)[0][0]
            yield Word(text, run[0].left, right, run[0].base + lowest, size, run[-1].blank)


def _runs(glyphs: Sequence[_Glyph]) -> Iterator[list[_Glyph]]:
    """Glyphs → those of one word; a change of face within a word does not part it, a change of alphabet does."""
    run: list[_Glyph] = []
    for glyph in glyphs:
        if not glyph.text.strip():
            if run:
                run[-1].blank = True
                yield run
            run = []
            continue
        if run and (run[-1].blank or not _follows(run[-1], glyph)):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _follows(last: _Glyph, glyph: _Glyph) -> bool:
    size = max(last.size, glyph.size)
    if abs(last.base - glyph.base) > _SHIFT * size:
        return False
    if last.font != glyph.font and legacy.font_encoding(last.font) is not legacy.font_encoding(glyph.font):
        return False
    return -_BACK * size < glyph.left - last.right < _APART * size


def _read(texts: list[str], font: str) -> list[str]:
    """Words set in one font → in Unicode."""
    encoding = legacy.font_encoding(font)
    whole = " ".join(texts)
    if encoding is None or detection.is_unicode(whole):
        return texts
    if encoding is legacy.Encoding.TCVN3:
        whole = legacy.from_pdf(" ".join(map(_without_hyphen, texts)))
    found = legacy.decode(legacy.unprivate(whole), encoding)
    found = found.upper() if legacy.font_is_capitals(font) else found
    words = found.split(" ")
    return words if len(words) == len(texts) else [legacy.decode(text, encoding) for text in texts]


def _without_hyphen(text: str) -> str:
    """Give a word of TCVN3 the ư back that its PDF calls a hyphen, where that makes a syllable."""
    if "-" not in text and _HYPHEN not in text:
        return text
    found = text.replace("-", "\xad").replace(_HYPHEN, "\xad")
    return found if is_valid(legacy.decode(found, legacy.Encoding.TCVN3).strip(_AROUND).lower()) else text
