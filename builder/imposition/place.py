"""A PDF of single pages and a job come in; PDFs of sheets go out, ready to print.

Each page becomes one form XObject, placed on the side it belongs to (twice when a sheet carries two copies). Links,
bookmarks and structure stay behind: a sheet of paper has none, so the files claim neither PDF/A nor PDF/UA.
"""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, PikepdfError, String

from builder.imposition import content
from builder.imposition.creep import shifts
from builder.imposition.job import FOLDED, Job
from builder.imposition.laying import Lay, lay, pages_of
from builder.imposition.nouns import DoesNotFit, Draft, Face, Imposed, NoPaper, SheetFile, TooLong, faces
from builder.imposition.plan import plan
from builder.paper import A3, A4, LONGEST_MM, POINTS_PER_MM, SheetSize
from builder.pdf import Measures, NotAPdf, measured, objects, opened, writing
from builder.pdf.asking import preferences
from builder.pdf.black import neutral

MOST_PAGES = 4000
"""A thousand sheets: two reams for one copy are a mistake, or a file made to hold the machine up."""

LEAST, MOST = 3 * POINTS_PER_MM, LONGEST_MM * POINTS_PER_MM


LOOKS = "appearance"
"""A field or a stamp without looks of its own shows nothing; the file is none the worse for it."""


def impose(pdf: bytes, job: Job = FOLDED, lettering: content.Lettering | None = None) -> Imposed:
    """Arrange the pages of a PDF on sheets. The same pages give the same bytes.

    A page is laid against the spine, centred in height; smaller pages than others keep their size.

    Args:
        pdf: the single pages.
        job: what is to be made.
        lettering: draws the small line beside the marks; without it there is none.

    Raises:
        NotAPdf: when the bytes are no PDF, it has no pages, or one is damaged beyond reading.
        Encrypted: when it asks for a password.
        DoesNotFit: when a page is too large, and pages may not be shrunk.
        NoPaper: when a page has the size of no paper.
        TooLong: when it has more than ``MOST_PAGES`` pages.
    """
    with opened(pdf) as source:
        return placed(source, draw_up(source, job), lettering)


def draw_up(source: Pdf, job: Job) -> Draft:
    """Decide what goes where.

    Raises:
        NotAPdf, DoesNotFit, NoPaper, TooLong: see ``impose``.
    """
    count = len(source.pages)
    if count > MOST_PAGES:
        raise TooLong(count, MOST_PAGES)
    try:
        pages = measured(source)
        repaired = any(LOOKS not in str(told) for told in source.get_warnings())
    except PikepdfError as error:
        raise NotAPdf(str(error)) from error
    for number, page in enumerate(pages, 1):
        if not LEAST <= min(page.width, page.height) <= max(page.width, page.height) <= MOST:
            raise NoPaper(number, page)
    sheets, laid = plan(count, job), _laid(pages, job)
    bleed = max(map(_bleed, pages)) * laid.scale
    return Draft(job, sheets, laid, shifts(sheets, job), pages, bleed, repaired)


def placed(source: Pdf, draft: Draft, lettering: content.Lettering | None) -> Imposed:
    """Write the files down.

    Raises:
        NotAPdf: when a page is damaged beyond reading.
    """
    try:
        files = tuple(SheetFile(kind, _file(source, draft, on, lettering), on) for kind, on in faces(draft).items())
    except PikepdfError as error:
        raise NotAPdf(str(error)) from error
    return Imposed(files, draft)


def _bleed(page: Measures) -> float:
    """Return how far (pt) a page goes beyond its trim."""
    return max(abs(trim - shown) for trim, shown in zip(page.trim, page.shown, strict=True)) * page.unit


def _laid(pages: tuple[Measures, ...], job: Job) -> Lay:
    """Lay the pages out on the sheet that was named, or on the smaller one that takes them.

    Pages that may be shrunk go on A4 when no sheet is named: it is the paper at hand.
    """
    sizes = [job.sheet] if job.sheet else [A4] if job.fit else [A4, A3]
    for size in sizes:
        if laid := lay(pages, job, size):
            return laid
    raise _too_large(pages, job, sizes[-1])


def _too_large(pages: tuple[Measures, ...], job: Job, size: SheetSize) -> DoesNotFit:
    """Name the first page that does not fit by itself; when each does, the widest: the highest is too much for it."""
    for number, page in enumerate(pages, 1):
        if lay([page], job, size) is None:
            return DoesNotFit(number, page, size)
    widest = max(range(len(pages)), key=lambda index: pages[index].width)
    return DoesNotFit(widest + 1, pages[widest], size)


# --- files ----------------------------------------------------------------------------------------


def _file(source: Pdf, draft: Draft, on: tuple[Face, ...], lettering: content.Lettering | None) -> bytes:
    """Draw the faces and write them down, a page of the file to a face."""
    target = Pdf.new()
    _take_over(source, target)
    target.Root.ViewerPreferences = preferences(draft.job.printer, titled="/Title" in target.docinfo)
    forms: dict[int, Object] = {}
    for face in on:
        paper = target.add_blank_page(page_size=draft.lay.size.points)
        drawn = dict.fromkeys(pages_of(face.sheet.back if face.back else face.sheet.front))
        for page in drawn:
            if page not in forms:
                forms[page] = _form(source, target, page, draft.measures[page])
        paper.obj.Resources = Dictionary(XObject=Dictionary({content.name(page): forms[page] for page in drawn}))
        paper.obj.Contents = target.make_stream(content.content(face, draft, lettering))
    if not draft.job.keep_colours:
        neutral(target)
    written = BytesIO()
    target.save(
        written,
        min_version="1.7",
        deterministic_id=True,
        object_stream_mode=ObjectStreamMode.generate,
    )
    return written.getvalue()


def _form(source: Pdf, target: Pdf, index: int, page: Measures) -> Object:
    """Copy a page as a form that shows what its bleed box holds; fonts and images stay shared."""
    form = target.copy_foreign(source.pages[index].as_form_xobject(handle_transformations=False))
    # qpdf sets the trim box, which would cut the bleed away.
    form.BBox = Array([Decimal(writing.number(edge)) for edge in page.shown])
    return form


def _take_over(source: Pdf, target: Pdf) -> None:
    """Carry over what the sheets still need: title, author, language, colour intent, layers, trapping."""
    for key, kind in (("/Lang", String), ("/OutputIntents", Array), ("/OCProperties", Dictionary)):
        found = objects.get(source.Root, key)
        if isinstance(found, kind):
            target.Root[key] = target.copy_foreign(source.make_indirect(found))
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
