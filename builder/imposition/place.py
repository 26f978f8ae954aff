"""A PDF of single pages comes in; a PDF of sheets goes out, at full size, both sides ready to print.

Each page becomes one form XObject, placed once. Links, bookmarks and structure stay behind: a sheet of
paper has none, so the file claims neither PDF/A nor PDF/UA.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, PikepdfError, String

from builder.imposition.plan import Sheet, Side, plan, reading
from builder.paper import A3, A4, POINTS_PER_MM, SheetSize
from builder.pdf import Measures, NotAPdf, measured, opened
from builder.printer import Flip


class DoesNotFit(ValueError):  # noqa: N818 - named for what it is
    """Raised for a page (counted from 1; measures in mm) that is larger than half the sheet."""

    def __init__(self, page: int, measures: Measures, sheet: SheetSize) -> None:
        """Keep what a sentence about it needs."""
        self.page = page
        self.width = measures.width / POINTS_PER_MM
        self.height = measures.height / POINTS_PER_MM
        self.sheet = sheet
        super().__init__(f"page {page} ({self.width:.1f} x {self.height:.1f} mm) is larger than half of {sheet}")


@dataclass(frozen=True, slots=True)
class Imposed:
    """Sheets ready to print: the file, and how it came to be."""

    pdf: bytes
    plan: tuple[Sheet, ...]
    size: SheetSize
    flip: Flip

    @property
    def sheets(self) -> int:
        """How many sheets of paper one copy takes."""
        return len(self.plan)

    @property
    def sides(self) -> int:
        """How many pages the file has: front and back of every sheet."""
        return 2 * self.sheets

    @property
    def blanks(self) -> tuple[int, ...]:
        """The blank pages of the folded booklet, counted from 1 at its front cover."""
        return tuple(number for number, page in enumerate(reading(self.plan), 1) if page is None)


def impose(
    pdf: bytes,
    *,
    sheet: SheetSize | None = None,
    flip: Flip = Flip.SHORT,
    keep_last: int = 1,
    sheets_per_signature: int | None = None,
) -> Imposed:
    """Arrange the pages of a PDF on sheets that fold into a booklet.

    Without ``sheet`` the smaller of A4 and A3 that takes every page is used. ``flip`` must be what the
    printer does. The same pages give the same bytes.

    Raises:
        NotAPdf: when the bytes are no PDF, it has no pages, or one is damaged beyond reading.
        Encrypted: when it asks for a password.
        DoesNotFit: when a page is larger than half the sheet; nothing is ever scaled.
        ValueError: when ``keep_last`` or ``sheets_per_signature`` make no sense.
    """
    with opened(pdf) as source:
        pages = measured(source)
        size = sheet or _smallest(pages)
        _fit(pages, size)
        sheets = plan(len(pages), sheets_per_signature=sheets_per_signature, keep_last=keep_last)
        try:
            return Imposed(_placed(source, pages, sheets, size, flip), sheets, size, flip)
        except PikepdfError as error:
            raise NotAPdf(str(error)) from error


def corner(size: SheetSize, width: float, height: float, *, left: bool) -> tuple[float, float]:
    """Return the lower left corner of a page that touches the fold, centred in height; in points."""
    across, up = size.points
    return across / 2 - (width if left else 0), (up - height) / 2


def _smallest(pages: tuple[Measures, ...]) -> SheetSize:
    """Choose A4 when every page fits on half of it, otherwise A3."""
    return A4 if all(A4.holds(page.width, page.height) for page in pages) else A3


def _fit(pages: tuple[Measures, ...], size: SheetSize) -> None:
    for number, page in enumerate(pages, 1):
        if not size.holds(page.width, page.height):
            raise DoesNotFit(number, page, size)


def _placed(source: Pdf, pages: tuple[Measures, ...], sheets: tuple[Sheet, ...], size: SheetSize, flip: Flip) -> bytes:
    """Draw the plan and write it down, two pages of the file to a sheet."""
    target = Pdf.new()
    _take_over(source, target)
    target.Root.ViewerPreferences = _viewer_preferences(flip, titled="/Title" in target.docinfo)
    forms = [_form(source, target, index, page) for index, page in enumerate(pages)]
    for sheet in sheets:
        for side, turned in ((sheet.front, False), (sheet.back, flip is Flip.LONG)):
            paper = target.add_blank_page(page_size=size.points)
            drawn = [page for page in (side.left, side.right) if page is not None]
            paper.obj.Resources = Dictionary(XObject=Dictionary({_name(page): forms[page] for page in drawn}))
            paper.obj.Contents = target.make_stream(_content(side, pages, size, turned=turned))
    written = BytesIO()
    target.save(
        written,
        min_version="1.7",
        deterministic_id=True,
        object_stream_mode=ObjectStreamMode.generate,
    )
    return written.getvalue()


def _name(page: int) -> str:
    return f"/P{page + 1}"


def _form(source: Pdf, target: Pdf, index: int, page: Measures) -> Object:
    """Copy a page as a form that shows what its bleed box holds; fonts and images stay shared."""
    form = target.copy_foreign(source.pages[index].as_form_xobject(handle_transformations=False))
    # qpdf sets the trim box, which would cut the bleed away.
    form.BBox = Array([_decimal(number) for number in page.shown])
    return form


def _content(side: Side, pages: tuple[Measures, ...], size: SheetSize, *, turned: bool) -> bytes:
    """Draw a side: two pages, each cut off at the fold; a turned side stands on its head."""
    across, up = size.points
    lines = [_operation("cm", -1, 0, 0, -1, across, up)] if turned else []
    for page, left in ((side.left, True), (side.right, False)):
        if page is not None:
            measures = pages[page]
            lower_left = corner(size, measures.width, measures.height, left=left)
            lines += [
                "q",
                _operation("re W n", 0 if left else across / 2, 0, across / 2, up),
                _operation("cm", *measures.matrix(*lower_left)),
                f"{_name(page)} Do",
                "Q",
            ]
    return "\n".join(lines).encode("ascii")


def _operation(operator: str, *numbers: float) -> str:
    return " ".join([*(str(_decimal(number)) for number in numbers), operator])


def _decimal(number: float) -> Decimal:
    """Round to a ten-thousandth of a point, without exponent, trailing zeros or minus nought."""
    return Decimal(f"{round(number, 4) + 0.0:.4f}".rstrip("0").rstrip("."))


def _take_over(source: Pdf, target: Pdf) -> None:
    """Carry over what the sheets still need: title, author, language, colour intent, layers, trapping."""
    for key in ("/Lang", "/OutputIntents", "/OCProperties"):
        if key in source.Root:
            target.Root[key] = target.copy_foreign(source.make_indirect(source.Root[key]))
    words = {
        name: str(source.docinfo[key])
        for name, key in (("dc:title", "/Title"), ("dc:creator", "/Author"))
        if isinstance(source.docinfo.get(key), String)
    }
    with target.open_metadata(set_pikepdf_as_editor=False) as metadata:
        for name, text in words.items():
            metadata[name] = [text] if name == "dc:creator" else text
    trapped = source.docinfo.get("/Trapped")
    if isinstance(trapped, Name):
        target.docinfo.Trapped = trapped


def _viewer_preferences(flip: Flip, *, titled: bool) -> Dictionary:
    """Ask for both sides, full size and the tray of the sheet (ISO 32000-1, 12.2)."""
    edge = Name.DuplexFlipShortEdge if flip is Flip.SHORT else Name.DuplexFlipLongEdge
    return Dictionary(Duplex=edge, PrintScaling=Name("/None"), PickTrayByPDFSize=True, DisplayDocTitle=titled)
