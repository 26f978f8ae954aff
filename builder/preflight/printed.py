"""The bytes of a PDF come in; a report goes out: what it is, what was looked at, what would be objected to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.pdf import Encrypted, NotAPdf, measured, objects, opened, sheets
from builder.preflight import boxes, catalogue, edges, inks, pictures, standards, writing
from builder.preflight.catalogue import LONG
from builder.preflight.content import drawn
from builder.preflight.document import Document
from builder.preflight.nouns import MILLIMETRE, Facts, Purpose, Report, Size
from builder.preflight.run import Library
from builder.preflight.seen import Seen, weighed
from builder.preflight.standards import ACCESSIBLE, EXCHANGE, claims
from builder.preflight.writing import Lettering
from builder.problems import Place, Problems, Severity, pdf_locked, pdf_unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.pdf import Box, Measures
    from builder.preflight.marks import Sheet
    from builder.preflight.nouns import Fact

LOOKED_AT = {
    Purpose.READING: ("file", "fonts", "reading", "standards"),
    Purpose.OFFICE: ("file", "boxes", "fonts", "pictures", "edges", "standards"),
    Purpose.SHOP: ("file", "boxes", "edges", "fonts", "inks", "pictures", "lines", "standards"),
}
_HALF = 0.5
_FIRST = 4
_SIDES = 4  # of a box
_HEADS = 0.6
_OF_PAGES = (
    *("PDF_TRIM_MISSING", "PDF_BLEED_MISSING", "PDF_BLEED_SHORT", "PDF_SAFETY", "PDF_SIZES_DIFFER"),
    *("PDF_PAGES_ODD", "PDF_PAGES_FOUR", "PDF_BLANK_PAGE"),
)
"""What is asked of single pages, and not of sheets they were laid on."""


def look(data: bytes, file: str, purpose: Purpose | None = None) -> Report:
    """Look at a PDF as the one it is made for would.

    Args:
        data: its bytes.
        file: its name, for the places of findings.
        purpose: what it is for; guessed when it is not said.

    Raises:
        Problems: ``PDF_UNREADABLE``, ``PDF_LOCKED``.
    """
    try:
        pdf = opened(data, flattened=False)
        measures = measured(pdf)
        pages: tuple[object, ...] = tuple(page.obj for page in pdf.pages)
    except Encrypted as error:
        raise Problems([pdf_locked(Place(file))]) from error
    except (NotAPdf, *objects.REFUSALS) as error:
        raise Problems([pdf_unreadable(Place(file))]) from error
    said = claims(pdf)
    meant = purpose or guessed(pdf.Root, pages, measures, {claim.family for claim in said})
    looked = Document(file, pdf, pages, measures, meant, said)
    seen, lettering, spots = _seen(looked, len(data))
    findings = tuple(weighed(seen, file, meant, measures))
    facts = Facts("pdf", tuple(_facts(looked, len(data), lettering, spots)), LOOKED_AT[meant])
    return Report(facts, meant, findings, tuple(map(str, said)))


def guessed(root: object, pages: tuple[object, ...], measures: tuple[Measures, ...], families: set[str]) -> Purpose:
    """Guess what a PDF is for: by what it claims, how it is to be printed, what lies around its trim."""
    if EXCHANGE in families:
        return Purpose.SHOP
    if ACCESSIBLE in families:
        return Purpose.READING
    if catalogue.is_duplex(root):
        return Purpose.OFFICE
    boxed = [page for page in pages if objects.get(page, "/TrimBox") is not None]
    trimmed = any(_has_room(page, measure) for page, measure in zip(pages, measures, strict=True) if page in boxed)
    if trimmed:
        return Purpose.SHOP
    return Purpose.OFFICE if all(map(_is_two_up, pages[:_FIRST], measures)) else Purpose.READING


def _has_room(page: object, measure: Measures) -> bool:
    media = objects.numbers(objects.get(page, "/MediaBox"))
    trim = measure.trim
    return len(media) == len(trim) and abs(media[2] - media[0]) > trim[2] - trim[0] + MILLIMETRE


def _is_two_up(page: object, measure: Measures) -> bool:
    """Tell whether two drawings, each half as wide as the page, are placed on it."""
    drawings = [value for _, value in objects.entries(objects.path(page, "/Resources", "/XObject"))]
    boxes_ = [objects.numbers(objects.get(each, "/BBox")) for each in drawings]
    halves = [box for box in boxes_ if len(box) == _SIDES and _is_half(box[2] - box[0], measure.width)]
    return measure.width > measure.height and len(halves) > 1


def _is_half(width: float, whole: float) -> bool:
    return whole * _HALF * _HEADS < width <= whole * _HALF * 1.1


def _seen(looked: Document, size: int) -> tuple[list[Seen], Lettering, set[str]]:
    """Let every check look: at the file, at each page, at what the pages have in common."""
    library, lettering = Library(), Lettering()
    spots: set[str] = set()
    kinds: set[str] = set()
    clear: set[str] = set()
    images: dict[tuple[int, int], float] = {}
    seen = [*catalogue.check(looked), *boxes.check(looked)]
    filled: list[bool] = []
    laid: list[tuple[tuple[Box, ...], float, float]] = []
    for at, (page, measure) in enumerate(zip(looked.pages, looked.measures, strict=True), 1):
        sheet = drawn(page, measure, library)
        lettering.take(at, sheet)
        spots |= inks.spots(sheet)
        kinds |= inks.device_kinds(sheet)
        seen += _page(looked, at, sheet, images)
        if sheet.transparent - clear:
            clear |= sheet.transparent
            seen.append(_transparent(looked, at, sheet))
        filled.append(catalogue.has_marks(sheet))
        if at <= sheets.PAGES:
            laid.append((tuple(sheet.placed), measure.width, measure.height))
    seen += writing.fonts(lettering)
    seen += writing.absent(lettering)
    seen += catalogue.blanks(filled)
    if spots:
        seen.append(Seen("PDF_SPOT", what=", ".join(sorted(spots)), values=(("count", len(spots)),)))
    seen += standards.check(looked, kinds)
    seen += standards.reading(looked, LONG)
    seen += catalogue.damage(looked, size, cut=any(each.code == "PDF_CONTENT_CUT" for each in seen))
    return (_of_sheets(looked, seen) if sheets.are_sheets(laid) else seen), lettering, spots


def _of_sheets(looked: Document, seen: list[Seen]) -> list[Seen]:
    """Tell a shop, which lays out sheets itself, of those it has; what else is asked of pages they cannot keep."""
    moot = _OF_PAGES if looked.purpose is Purpose.SHOP else ()
    return [Seen("PDF_IMPOSED"), *(each for each in seen if each.code not in moot)]


def _page(looked: Document, at: int, sheet: Sheet, images: dict[tuple[int, int], float]) -> Iterator[Seen]:
    yield from writing.page(at, sheet)
    yield from writing.hidden(at, sheet)
    yield from inks.page(looked, at, sheet)
    yield from pictures.page(at, sheet, looked.purpose, images)
    yield from edges.check(looked, at, sheet)
    if sheet.wrong:
        what = ", ".join(dict.fromkeys(sheet.wrong))
        yield Seen("PDF_CONTENT_WRONG", at, what=what[:80], values=(("count", len(sheet.wrong)),))
    if sheet.cut:
        yield Seen("PDF_CONTENT_CUT", at)


def _transparent(looked: Document, at: int, sheet: Sheet) -> Seen:
    """PDF/X-4 is made for live transparency; other shops' machines may not be."""
    modern = any(claim.level.startswith("4") for claim in looked.claims_of(EXCHANGE))
    mild = Severity.INFO if modern else None
    return Seen("PDF_TRANSPARENT", at, what=", ".join(sorted(sheet.transparent)), severity=mild)


def _facts(looked: Document, size: int, lettering: Lettering, spots: set[str]) -> Iterator[tuple[str, Fact]]:
    first = looked.measures[0]
    yield "pages", len(looked.pages)
    yield "trim", Size(round(first.width / MILLIMETRE, 1), round(first.height / MILLIMETRE, 1))
    yield "version", str(looked.pdf.pdf_version)
    yield "bytes", size
    info = objects.get(looked.pdf.trailer, "/Info")
    if producer := objects.text(objects.get(info, "/Producer")) or objects.text(objects.get(info, "/Creator")):
        yield "producer", producer[:60]
    if lettering.black_share is not None and looked.purpose is Purpose.SHOP:
        yield "black", lettering.black_share
    if spots:
        yield "spots", tuple(sorted(spots))
