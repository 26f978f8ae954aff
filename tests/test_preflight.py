"""Faults seeded into a good PDF, one at a time: each is found, on its page, at its place; the good file has none."""

import io
import zlib

import pikepdf
import pytest
from faulty import (
    BLEED,
    HEIGHT,
    MM,
    WIDTH,
    area,
    claim,
    codes,
    good,
    line,
    look,
    of,
    placed,
    raster,
    resource,
    saved,
    text,
    truetype,
    typed,
    write,
)
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from builder.pdf import sheets
from builder.pdf.resolution import is_coarse
from builder.preflight import Purpose, Size, Spot, outlines, run
from builder.problems import Severity

SHOP, OFFICE, READING = Purpose.SHOP, Purpose.OFFICE, Purpose.READING
E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741 - short in a table of many


# --- how a good file is spoilt --------------------------------------------------------------------


def on(number, what):
    """Write content onto a page."""
    return lambda pdf: write(pdf, pdf.pages[number - 1], what)


def helvetica(pdf):
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    resource(pdf.pages[1], "/Font", "F2", font)
    write(pdf, pdf.pages[1], f"0 0 0 1 k BT /F2 12 Tf {50 * MM} {(HEIGHT - 60) * MM} Td (Xin) Tj ET")


def drawn_font(pdf):
    glyph = pdf.make_stream(b"500 0 0 0 500 700 d1 0 0 500 700 re f")
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), FirstChar=65, LastChar=65,
        FontBBox=Array([0, 0, 500, 700]), Widths=Array([500]), CharProcs=Dictionary(A=glyph), Resources=Dictionary(),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([65, Name.A])),
    )  # fmt: skip
    resource(pdf.pages[2], "/Font", "F3", font)
    write(pdf, pdf.pages[2], f"0 0 0 1 k BT /F3 12 Tf {50 * MM} {(HEIGHT - 60) * MM} Td (A) Tj ET")


def other_font(**how):
    """Show a word in another font."""

    def spoil(pdf):
        resource(pdf.pages[1], "/Font", "F2", typed(pdf, **how))
        write(pdf, pdf.pages[1], text("abc", 50, 60, font="F2"))

    return spoil


def picture(mode, size, at, colour=0, **more):
    """Place a picture on page 3."""

    def spoil(pdf):
        resource(pdf.pages[2], "/XObject", "Im", raster(pdf, mode, size, colour, **more))
        write(pdf, pdf.pages[2], placed("Im", *at))

    return spoil


def graphics_state(content_, **state):
    def spoil(pdf):
        resource(pdf.pages[1], "/ExtGState", "G1", Dictionary(**state))
        write(pdf, pdf.pages[1], f"/G1 gs {content_}")

    return spoil


def ink(space, values, what):
    """Fill with a colour of a space of its own."""

    def spoil(pdf):
        function = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * 4), C1=Array([0, 1, 1, 0]), N=1)
        named = Array([Name.Separation, Name(f"/{space}"), Name.DeviceCMYK, function])
        resource(pdf.pages[1], "/ColorSpace", "S1", named)
        write(pdf, pdf.pages[1], f"/S1 cs {values} scn {what}")

    return spoil


def page_key(number, **keys):
    def spoil(pdf):
        for key, value in keys.items():
            pdf.pages[number - 1].obj[f"/{key}"] = value

    return spoil


def without(*keys, page=0):
    def spoil(pdf):
        holder = pdf.pages[page - 1].obj if page else pdf.Root
        for key in keys:
            del holder[f"/{key}"]

    return spoil


def box(left, bottom, right, top):
    return Array([left, bottom, right, top])


def shifted(pdf):
    page = pdf.pages[1].obj
    for key in ("/MediaBox", "/TrimBox", "/BleedBox"):
        left, bottom, right, top = (float(each) for each in page[key])
        page[key] = box(left - 8, bottom - 8, right - 8, top - 8)
    write(pdf, pdf.pages[1], "")


def unbled_with(content):
    """Cut the bleed of every page off, and write onto the second."""

    def spoil(pdf):
        beyond = BLEED * MM
        for page in pdf.pages:
            page.obj.MediaBox = page.obj.BleedBox = box(beyond, beyond, WIDTH * MM + beyond, HEIGHT * MM + beyond)
        write(pdf, pdf.pages[1], content)

    return spoil


unbled = unbled_with(area(0, 100, 50, 20))


def wordless(pdf):
    """Leave a picture on every page, and nothing else."""
    for page in pdf.pages:
        page.obj.Contents = pdf.make_stream(b"")
        resource(page, "/XObject", "I1", raster(pdf, "L", (600, 600)))
        write(pdf, page, placed("I1", 30, 50, 40, 40))


def another_size(pdf):
    page = pdf.pages[2].obj
    page.MediaBox = page.BleedBox = box(0, 0, 700, 700)
    page.TrimBox = box(10, 10, 690, 690)


def annotated(kind, **more):
    def spoil(pdf):
        rectangle = box(100, 100, 200, 120)
        annotation = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=rectangle, **more)
        pdf.pages[2].obj.Annots = Array([pdf.make_indirect(annotation)])

    return spoil


def scripted(pdf):
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def attached(pdf):
    pdf.attachments["so-lieu.txt"] = b"1"


def layered(pdf):
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Nháp")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))


def one_more(pdf):
    pdf.pages.append(pdf.pages[0])


def two_more(pdf):
    one_more(pdf)
    one_more(pdf)


def bare_in_the_middle(pdf):
    for _ in range(8):
        one_more(pdf)
    pdf.pages[4].obj.Contents = pdf.make_stream(b"1 g 0 0 9999 9999 re f")


def accessible(*lacking):
    def spoil(pdf):
        claim(pdf, 'pdfuaid:part="1"')
        without(*lacking)(pdf)

    return spoil


def archival_rgb(pdf):
    claim(pdf, 'pdfaid:part="2" pdfaid:conformance="B"')
    write(pdf, pdf.pages[1], area(30, 100, 20, 20, "1 0 0 rg"))


def exchanged(pdf):
    claim(pdf, 'pdfxid:GTS_PDFXVersion="PDF/X-4"')
    del pdf.docinfo["/Trapped"]


def untitled(pdf):
    del pdf.docinfo["/Title"]


def long_(pdf):
    for _ in range(20):
        one_more(pdf)


def figure_without_words(pdf):
    figure = Dictionary(Type=Name.StructElem, S=Name.Figure)
    section = Dictionary(Type=Name.StructElem, S=Name.Sect, K=Array([figure]))
    pdf.Root.StructTreeRoot.K = pdf.make_indirect(section)


def redrawn(*glyphs):
    """Set ABC in a font that has other glyphs drawn as its ``.notdef``."""

    def spoil(pdf):
        resource(pdf.pages[1], "/Font", "F2", typed(pdf, truetype(*glyphs)))
        write(pdf, pdf.pages[1], text("ABC", 50, 60, font="F2"))

    return spoil


def sent_to_nothing(pdf):
    """Let a CMap send a code to CID 0, as WeasyPrint does with letters no font has."""
    font = typed(pdf)
    sent = b"<0001> 1 <0002> 0 <0003> 3"
    said = b"1 begincodespacerange <0000> <ffff> endcodespacerange 3 begincidchar " + sent + b" endcidchar"
    font.Encoding = pdf.make_stream(said, Type=Name.CMap, CMapName=Name("/WP"))
    resource(pdf.pages[1], "/Font", "F2", font)
    write(pdf, pdf.pages[1], text("ABC", 50, 60, font="F2"))


def in_a_form_of_a_form(pdf):
    """Missing letters two drawings deep, moved and turned on the way: the place is still theirs."""
    font = pdf.pages[1].obj.Resources.Font
    words = f"0 0 0 1 k BT /F1 10 Tf {codes('abXcd')} Tj ET"
    inner = pdf.make_stream(
        words.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=box(-9, -9, 99, 99),
        Resources=Dictionary(Font=font), Matrix=Array([2, 0, 0, 2, 0, 0]),
    )  # fmt: skip
    outer = pdf.make_stream(
        f"q 1 0 0 1 {20 * MM} {30 * MM} cm /In Do Q".encode(), Type=Name.XObject, Subtype=Name.Form,
        BBox=box(0, 0, 999, 999), Resources=Dictionary(XObject=Dictionary(In=inner)),
    )  # fmt: skip
    resource(pdf.pages[1], "/XObject", "Out", outer)
    write(pdf, pdf.pages[1], "/Out Do")


def tiled(pdf):
    tile = pdf.make_stream(
        b"1 0 0 rg 0 0 5 5 re f", Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, BBox=box(0, 0, 10, 10),
        XStep=10, YStep=10, Resources=Dictionary(),
    )  # fmt: skip
    resource(pdf.pages[1], "/Pattern", "P1", tile)
    write(pdf, pdf.pages[1], f"/Pattern cs /P1 scn {area(40, 50, 30, 20, '')}")


def drawing(content_, after):
    """Place a drawing and go on writing, in the state it was placed in."""

    def spoil(pdf):
        form = pdf.make_stream(
            content_.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=box(-999, -999, 999, 999),
            Resources=Dictionary(), Matrix=Array([2, 0, 0, 2, 0, 0]),
        )  # fmt: skip
        resource(pdf.pages[1], "/XObject", "Fm", form)
        write(pdf, pdf.pages[1], f"/Fm Do {after}")

    return spoil


def shaded(before=""):
    """Fill with a shading in RGB: without a clip, the whole page."""

    def spoil(pdf):
        shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 1, 1]))
        resource(pdf.pages[1], "/Shading", "Sh", shading)
        write(pdf, pdf.pages[1], f"{before} /Sh sh")

    return spoil


def photograph(inks, *, adobe, decode):
    """A JPEG of four inks, as Adobe's programs write it (turned over) or not; the file may say that it is."""

    def spoil(pdf):
        written = io.BytesIO()
        Image.new("CMYK", (600, 600), inks).save(written, "JPEG", quality=95)
        data = written.getvalue()
        at_ = data.index(b"Adobe") - 4  # Pillow writes Adobe's mark, and its channels turned over
        data = data if adobe else data[:at_] + data[at_ + 16 :]
        stream = pdf.make_stream(
            data, Type=Name.XObject, Subtype=Name.Image, Width=600, Height=600, ColorSpace=Name.DeviceCMYK,
            BitsPerComponent=8, Filter=Name.DCTDecode,
        )  # fmt: skip
        if decode:
            stream.Decode = Array([1, 0] * 4)
        resource(pdf.pages[2], "/XObject", "Im", stream)
        write(pdf, pdf.pages[2], placed("Im", 30, 50, 40, 40))

    return spoil


def bled_short_on_one_side(side):
    """Three millimetres of bleed on every side but one, under a ground that covers the page."""

    def spoil(pdf):
        page = pdf.pages[1].obj
        sides = [float(each) for each in page.BleedBox]
        sides[side] += (2 if side < 2 else -2) * MM
        page.BleedBox = Array(sides)
        write(pdf, pdf.pages[1], area(-3, -3, WIDTH + 6, HEIGHT + 6))

    return spoil


HEAVY, LIGHT = (255, 255, 200, 128), (0, 0, 55, 127)  # the inks of a heavy picture; the same turned over
INLINE = "q 72 0 0 72 100 300 cm BI /W 10 /H 10 /CS /G /BPC 8 ID " + "\x80" * 100 + " EI Q\n"
ZERO = "0 0 0 1 K 0 w 100 300 m 200 300 l S\n"
SCALED = "q 0.1 0 0 0.1 0 0 cm 0 0 0 1 K 1 w 1000 3000 m 2000 3000 l S Q\n"
LOW_TEXT = "0 0 0 1 k BT /F1 1 Tf 5 0 0 5 100 300 Tm <0001> Tj ET\n"
FAULTS = {
    "a font of the viewer's": (helvetica, SHOP, "PDF_FONT_OUTSIDE", E, 2, None, "Helvetica"),
    "a font of the viewer's, to read": (helvetica, READING, "PDF_FONT_OUTSIDE", W, 2, None, "Helvetica"),
    "a drawn font": (drawn_font, SHOP, "PDF_FONT_DRAWN", W, 3, None, "Type3"),
    "a damaged font": (other_font(program=truetype()[:-90]), SHOP, "PDF_FONT_DAMAGED", E, 2, None, "Hop"),
    "a font that is none": (other_font(program=b"\0" * 99), READING, "PDF_FONT_DAMAGED", E, 2, None, "Hop"),
    "a font embedded whole": (
        other_font(program=truetype() + bytes(1_100_000), name="Hop"), SHOP, "PDF_FONT_WHOLE", I, 2, None, "Hop",
    ),
    "letters that cannot be copied": (other_font(mapped=False), READING, "PDF_FONT_UNMAPPED", W, 2, None, "Hop"),
    "a letter that is missing": (
        on(3, text("Bac XX ded", 50, 80)), SHOP, "PDF_GLYPH_MISSING", E, 3, Spot(50, 77.5, 17.6, 3.2), "Bac □□ ded",
    ),
    "a glyph beyond the font": (
        on(2, "0 0 0 1 k BT /F1 10 Tf 100 300 Td <00010999> Tj ET"), READING, "PDF_GLYPH_MISSING", E, 2,
        Spot(35.3, 101.7, 3.5, 3.2), "A□",
    ),
    "a glyph that is drawn as the missing one": (
        redrawn("g2"), READING, "PDF_GLYPH_MISSING", E, 2, Spot(50, 57.5, 5.3, 3.2), "A□C",
    ),
    "a letter that a map sends to the missing one": (
        sent_to_nothing, READING, "PDF_GLYPH_MISSING", E, 2, Spot(50, 57.5, 5.3, 3.2), "A□C",
    ),
    "a letter missing two drawings deep": (
        in_a_form_of_a_form, SHOP, "PDF_GLYPH_MISSING", E, 2, Spot(20, 175.1, 17.6, 6.4), "ab□cd",
    ),
    "small text": (on(2, text("abc", 50, 60, 5)), SHOP, "PDF_TEXT_SMALL", W, 2, Spot(50, 58.8, 2.6, 1.6), "abc"),
    "text made small by a matrix": (on(2, LOW_TEXT), OFFICE, "PDF_TEXT_SMALL", W, 2, Spot(35.3, 102.9, 0.9, 1.6), "A"),
    "light text": (
        on(2, text("abc", 50, 60, 6.5, "0 0 0 0.3 k")), SHOP, "PDF_TEXT_LIGHT", W, 2, Spot(50, 58.4, 3.4, 2.1), "abc",
    ),
    "black of four inks": (
        on(4, text("abc", 50, 60, 10, "0.6 0.5 0.5 1 k")), SHOP, "PDF_TEXT_RICH", E, 4, Spot(50, 57.5, 5.3, 3.2), "abc",
    ),
    "black in RGB": (
        on(4, text("abc", 50, 60, 10, "0 0 0 rg")), SHOP, "PDF_BLACK_RGB", E, 4, Spot(50, 57.5, 5.3, 3.2), "abc",
    ),
    "a colour in RGB": (on(2, area(50, 60, 20, 10, "1 0 0 rg")), SHOP, "PDF_RGB", W, 2, Spot(50, 60, 20, 10), ""),
    "a picture in RGB": (
        picture("RGB", (600, 600), (30, 50, 40, 40)), SHOP, "PDF_RGB", W, 3, Spot(30, 50, 40, 40), "600 × 600 px",
    ),
    "grey lines in RGB": (
        on(2, area(30, 90, 50, 1, "0.5 0.5 0.5 rg")), SHOP, "PDF_GREY_RGB", W, 2, Spot(30, 90, 50, 1), "",
    ),
    "white writing on bare paper": (
        on(2, text("abc", 50, 60, 10, "1 g")), OFFICE, "PDF_TEXT_HIDDEN", W, 2, Spot(50, 57.5, 5.3, 3.2), "abc",
    ),
    "no letter at all, to read": (wordless, READING, "PDF_NO_TEXT", E, 0, None, ""),
    "no letter at all, for a shop": (wordless, SHOP, "PDF_NO_TEXT", I, 0, None, ""),
    "ink less than half a millimetre from the trim, without bleed": (
        unbled_with(area(0.4, 100, 50, 20)), SHOP, "PDF_BLEED_MISSING", E, 2, Spot(0.4, 100, 50, 20), "",
    ),
    "a pattern in RGB": (tiled, SHOP, "PDF_RGB", W, 2, Spot(40, 50, 30, 20), ""),
    "registration colour": (
        ink("All", 1, area(50, 60, 20, 10, "")), SHOP, "PDF_REGISTRATION", E, 2, Spot(50, 60, 20, 10), "",
    ),
    "a spot ink": (ink("PANTONE 485", 1, area(50, 60, 20, 10, "")), SHOP, "PDF_SPOT", I, 0, None, "PANTONE 485"),
    "too much ink": (
        on(2, area(50, 60, 20, 10, "1 1 0.9 0.5 k")), SHOP, "PDF_INK", W, 2, Spot(50, 60, 20, 10), "340 %",
    ),
    "a picture of too much ink": (
        picture("CMYK", (600, 600), (30, 50, 40, 40), (255, 255, 200, 128)), SHOP, "PDF_IMAGE_INK", W, 3,
        Spot(30, 50, 40, 40), "600 × 600 px, 328 %",
    ),
    "white that overprints": (
        graphics_state(area(50, 60, 20, 10, "0 0 0 0 k"), OP=True), SHOP, "PDF_OVERPRINT_WHITE", E, 2,
        Spot(50, 60, 20, 10), "",
    ),
    "transparency": (graphics_state("", ca=0.5), SHOP, "PDF_TRANSPARENT", W, 2, None, "ca"),
    "a blend": (graphics_state("", BM=Name.Multiply), SHOP, "PDF_TRANSPARENT", W, 2, None, "BM"),
    "writing after a drawing that set another colour": (
        drawing("1 0 0 rg 0 0 0 0 k 9 w", area(50, 60, 20, 10, "0 0 0 1 k", how="S") + text("abc", 50, 60, 5, "")),
        SHOP, "PDF_TEXT_SMALL", W, 2, Spot(50, 58.8, 2.6, 1.6), "abc",
    ),
    "white areas that overprint": (
        graphics_state(area(50, 60, 20, 10, "0 0 0 0 k"), op=True), SHOP, "PDF_OVERPRINT_WHITE", E, 2,
        Spot(50, 60, 20, 10), "",
    ),
    "a shading over the page": (shaded(), SHOP, "PDF_RGB", W, 2, Spot(-3, -3, 154, 216), ""),
    "a shading in a clip": (
        shaded(area(50, 60, 20, 10, "", how="W n")), SHOP, "PDF_RGB", W, 2, Spot(50, 60, 20, 10), "",
    ),
    "a heavy photograph of Adobe's": (
        photograph(HEAVY, adobe=True, decode=True), SHOP, "PDF_IMAGE_INK", W, 3, Spot(30, 50, 40, 40),
        "600 × 600 px, 328 %",
    ),
    "a frame that is a hairline on one side": (
        on(2, area(30, 90, 50, 20, "0 0 0 1 k", how="") + area(30.05, 91, 48.95, 18, "", how="f*")), SHOP,
        "PDF_LINE_THIN", W, 2, Spot(30, 90, 50, 20), "0.14 pt",
    ),
    "no bleed on the left": (bled_short_on_one_side(0), SHOP, "PDF_BLEED_MISSING", E, 2, None, ""),
    "no bleed below": (bled_short_on_one_side(1), SHOP, "PDF_BLEED_MISSING", E, 2, None, ""),
    "no bleed on the right": (bled_short_on_one_side(2), SHOP, "PDF_BLEED_MISSING", E, 2, None, ""),
    "no bleed above": (bled_short_on_one_side(3), SHOP, "PDF_BLEED_MISSING", E, 2, None, ""),
    "no output intent": (without("OutputIntents"), SHOP, "PDF_INTENT_MISSING", W, 0, None, ""),
    "RGB where CMYK is declared": (archival_rgb, SHOP, "PDF_INTENT_OTHER", E, 0, None, ""),
    "a coarse picture": (
        picture("L", (240, 240), (30, 50, 40, 40)), SHOP, "PDF_IMAGE_COARSE", W, 3, Spot(30, 50, 40, 40),
        "240 × 240 px",
    ),
    "a very coarse picture": (
        picture("L", (160, 240), (30, 50, 40, 40)), SHOP, "PDF_IMAGE_COARSE", E, 3, Spot(30, 50, 40, 40),
        "160 × 240 px",
    ),
    "a coarse picture in an office": (
        picture("L", (160, 160), (30, 50, 40, 40)), OFFICE, "PDF_IMAGE_COARSE", W, 3, Spot(30, 50, 40, 40),
        "160 × 160 px",
    ),
    "a coarse inline picture": (
        on(1, INLINE), SHOP, "PDF_IMAGE_COARSE", E, 1, Spot(35.3, 78.8, 25.4, 25.4), "10 × 10 px",
    ),
    "a coarse bitmap": (
        picture("1", (480, 480), (30, 50, 40, 40)), SHOP, "PDF_BITMAP_COARSE", W, 3, Spot(30, 50, 40, 40),
        "480 × 480 px",
    ),
    "a hairline": (on(2, line(30, 90, 50, 0.1)), SHOP, "PDF_LINE_THIN", W, 2, Spot(30, 90, 50, 0), "0.10 pt"),
    "a line of no width": (on(2, ZERO), SHOP, "PDF_LINE_THIN", W, 2, Spot(35.3, 104.2, 35.3, 0), "0.00 pt"),
    "a line made thin by a matrix": (on(2, SCALED), SHOP, "PDF_LINE_THIN", W, 2, Spot(35.3, 104.1, 35.3, 0), "0.10 pt"),
    "a frame as thin as a hairline": (
        on(2, area(30, 90, 50, 20, "0 0 0 1 k", how="") + area(30.05, 90.05, 49.9, 19.9, "", how="f*")), SHOP,
        "PDF_LINE_THIN", W, 2, Spot(30, 90, 50, 20), "0.14 pt",
    ),
    "an area as thin as a hairline": (
        on(2, area(30, 90, 50, 0.05, "0 0 0 1 k")), SHOP, "PDF_LINE_THIN", W, 2, Spot(30, 90, 50, 0.1), "0.14 pt",
    ),
    "a thin white line": (
        on(2, area(20, 80, 90, 30, "0 0 0 1 k") + line(30, 90, 50, 0.3, "0 0 0 0 K")), SHOP, "PDF_LINE_LIGHT", W, 2,
        Spot(30, 89.9, 50, 0.1), "0.30 pt",
    ),
    "no trim": (without("TrimBox", page=2), SHOP, "PDF_TRIM_MISSING", W, 2, None, ""),
    "a trim beyond the bleed": (
        page_key(2, BleedBox=box(20, 20, 400, 500)), SHOP, "PDF_BOX_NESTED", E, 2, None, "",
    ),
    "a box that is none": (page_key(2, BleedBox=box(9, 9, 9, 500)), SHOP, "PDF_BOX_NESTED", E, 2, None, "BleedBox"),
    "an origin that is not zero": (shifted, SHOP, "PDF_BOX_ORIGIN", W, 2, None, ""),
    "a page of another size": (another_size, SHOP, "PDF_SIZES_DIFFER", E, 3, None, "240 × 240 mm"),
    "a turned page": (page_key(2, Rotate=90), SHOP, "PDF_PAGE_TURNED", W, 2, None, ""),
    "a unit of its own": (page_key(2, UserUnit=2), SHOP, "PDF_USER_UNIT", E, 2, None, ""),
    "no bleed under colour": (unbled, SHOP, "PDF_BLEED_MISSING", E, 2, Spot(0, 100, 50, 20), ""),
    "colour that ends at the trim": (
        on(2, area(0, 100, 50, 20)), SHOP, "PDF_BLEED_SHORT", E, 2, Spot(0, 100, 50, 20), "",
    ),
    "colour that ends in the bleed": (
        on(2, area(-1, 100, 50, 20)), SHOP, "PDF_BLEED_SHORT", E, 2, Spot(-1, 100, 50, 20), "",
    ),
    "text near the knife": (on(3, text("abc", 1, 60)), SHOP, "PDF_SAFETY", W, 3, Spot(1, 57.5, 5.3, 3.2), "abc"),
    "text an office printer does not reach": (
        on(3, text("abc", 50, 208)), OFFICE, "PDF_SAFETY", W, 3, Spot(50, 205.5, 5.3, 3.2), "abc",
    ),
    "a link in a press file": (annotated("Link"), SHOP, "PDF_ANNOTATION", W, 3, None, "Link × 1"),
    "a remark in an office file": (annotated("Text"), OFFICE, "PDF_ANNOTATION", I, 3, None, "Text × 1"),
    "a script": (scripted, SHOP, "PDF_SCRIPT", E, 0, None, ""),
    "a script on a page": (
        annotated("Link", A=Dictionary(S=Name.JavaScript)), READING, "PDF_SCRIPT", W, 3, None, "",
    ),
    "a program that is started": (
        annotated("Link", A=Dictionary(S=Name.Launch)), READING, "PDF_ACTION", W, 3, None, "Launch",
    ),
    "an attachment": (attached, SHOP, "PDF_ATTACHMENT", W, 0, None, "so-lieu.txt"),
    "a hidden layer": (layered, SHOP, "PDF_LAYER_HIDDEN", E, 0, None, "Nháp"),
    "layers": (layered, SHOP, "PDF_LAYERS", I, 0, None, "Nháp"),
    "an odd number of pages": (one_more, SHOP, "PDF_PAGES_ODD", W, 0, None, ""),
    "pages that do not fill a sheet": (two_more, SHOP, "PDF_PAGES_FOUR", I, 0, None, ""),
    "a blank page": (bare_in_the_middle, SHOP, "PDF_BLANK_PAGE", W, 5, None, ""),
    "a word that is no operator": (on(2, "hello 1 2 3\n"), READING, "PDF_CONTENT_WRONG", W, 2, None, "hello"),
    "a picture that is not there": (on(2, "/Nope Do\n"), READING, "PDF_CONTENT_WRONG", W, 2, None, "/Nope"),
    "accessible without a language": (accessible("Lang"), READING, "PDF_CLAIM_BARE", E, 0, None, "PDF/UA-1"),
    "accessible without tags": (accessible("StructTreeRoot"), SHOP, "PDF_CLAIM_BARE", E, 0, None, "PDF/UA-1"),
    "PDF/X that does not say it is trapped": (exchanged, SHOP, "PDF_CLAIM_BARE", E, 0, None, "PDF/X-4"),
    "no title": (untitled, READING, "PDF_TITLE_MISSING", W, 0, None, ""),
    "a title nobody sees": (without("ViewerPreferences"), READING, "PDF_TITLE_HIDDEN", I, 0, None, ""),
    "no language": (without("Lang"), READING, "PDF_LANGUAGE_MISSING", W, 0, None, ""),
    "no tags": (without("StructTreeRoot"), READING, "PDF_TAGS_MISSING", W, 0, None, ""),
    "a figure without words": (figure_without_words, READING, "PDF_ALT_MISSING", W, 0, None, ""),
    "a long file without bookmarks": (long_, READING, "PDF_BOOKMARKS_MISSING", W, 0, None, ""),
    "a long file without labels": (long_, READING, "PDF_LABELS_MISSING", I, 0, None, ""),
}  # fmt: skip


@pytest.fixture(scope="module")
def clean():
    """What is found in the good file, for each purpose."""
    return {purpose: look(good(), purpose) for purpose in Purpose}


@pytest.mark.parametrize("name", FAULTS)
def test_a_seeded_fault_is_found_at_its_place(name, clean):
    spoil, purpose, code, severity, page, spot, what = FAULTS[name]
    assert of(clean[purpose], code) == []  # the control
    pdf = good()
    spoil(pdf)
    found = of(look(pdf, purpose), code)
    first = next((each for each in found if each.problem.place.page == page), None)
    assert first is not None, (code, [each.problem.place for each in found])
    assert (first.problem.severity, first.what) == (severity, what)
    if spot is not None:
        assert first.spot is not None
        for key in ("x", "y", "width", "height"):
            assert getattr(first.spot, key) == pytest.approx(getattr(spot, key), abs=0.11), key
    for language in ("vi", "en"):
        said = (first.problem.sentence(language), first.problem.matters(language), first.problem.way_out(language))
        assert all(said)
        assert not any("{" in each for each in said)


@pytest.mark.parametrize("purpose", Purpose)
def test_the_good_file_has_nothing_to_mend(clean, purpose):
    assert clean[purpose].findings == ()


def test_there_are_enough_seeded_faults():
    assert len({code for _, _, code, *_ in FAULTS.values()}) >= 45


# --- what is no fault -----------------------------------------------------------------------------

INNOCENT = {
    "invisible text over a scan": (f"3 Tr {text('abc', 50, 60, 4)}", "PDF_TEXT_SMALL"),
    "text that a clip hides": (
        f"q {area(90, 90, 5, 5, '', how='W n')} {text('XXX', 50, 60)} Q", "PDF_GLYPH_MISSING",
    ),
    "colour that reaches the bleed": (area(-3, 100, 50, 20), "PDF_BLEED_SHORT"),
    "a line upon colour that reaches the bleed": (
        area(-3, 100, 50, 20) + line(0, 110, 30, 1), "PDF_BLEED_SHORT",
    ),
    "crop marks": (line(-3, 0, 2, 0.1) + line(-3, 210, 2, 0.1), "PDF_LINE_THIN"),
    "white under everything": ("1 g 0 0 400 590 re f", "PDF_BLEED_SHORT"),
    "black of one ink in CMYK": (text("abc", 50, 60), "PDF_TEXT_RICH"),
    "a border below, as a rectangle of no height cut out of one that has some": (
        area(30, 90, 50, 0, "0 0 0 1 k", how="") + area(30, 90, 50, 0.3, "", how="f*"), "PDF_LINE_THIN",
    ),
    "a fine line": (line(30, 90, 50, 0.25), "PDF_LINE_THIN"),
    "text of six points": (text("abc", 50, 60, 6), "PDF_TEXT_SMALL"),
    "300 % of ink": (area(50, 60, 20, 10, "1 1 1 0 k"), "PDF_INK"),
    "a tiny ornament": (INLINE.replace("72", "8"), "PDF_IMAGE_COARSE"),
    "white and grey in RGB beside black writing in RGB": (
        area(50, 60, 20, 10, "1 1 1 rg") + line(30, 90, 50, 1, "0.5 0.5 0.5 RG") + text("abc", 50, 60, 10, "0 0 0 rg"),
        "PDF_GREY_RGB",
    ),
    "black writing in RGB": (text("abc", 50, 60, 10, "0 0 0 rg"), "PDF_RGB"),
    "white in RGB": (area(50, 60, 20, 10, "1 1 1 rg"), "PDF_GREY_RGB"),
    "white writing on a dark ground": (
        area(40, 50, 60, 20, "0 0 0 1 k") + text("abc", 50, 60, 10, "0 0 0 0 k"), "PDF_TEXT_HIDDEN",
    ),
    "a colour of a form that ended": ("q 1 0 0 rg Q " + area(50, 60, 20, 10, ""), "PDF_RGB"),
}  # fmt: skip


@pytest.mark.parametrize("name", INNOCENT)
def test_what_is_no_fault_is_let_pass(name):
    content_, code = INNOCENT[name]
    pdf = good()
    on(2, content_)(pdf)
    assert of(look(pdf), code) == []


def only_paper_around(*content_):
    """Leave room for crop marks around the pages, and name no bleed."""

    def spoil(pdf):
        for page in pdf.pages:
            del page.obj["/BleedBox"]
        for each in content_:
            write(pdf, pdf.pages[1], each)

    return spoil


@pytest.mark.parametrize(("content_", "expected"), [
    ("", []),
    (area(-3, 100, 50, 20), []),
    (area(-1, 100, 50, 20), [("PDF_BLEED_SHORT", E, "1")]),
    (area(0.4, 100, 50, 20), [("PDF_BLEED_MISSING", E, "0")]),
    (area(0.6, 100, 50, 20), []),
    (line(-3, -1, 2, 0.5), []),
])  # fmt: skip
def test_room_around_the_trim_is_bleed_only_where_artwork_reaches_into_it(content_, expected):
    pdf = good()
    only_paper_around(content_)(pdf)
    found = [each.problem for code in ("PDF_BLEED_MISSING", "PDF_BLEED_SHORT") for each in of(look(pdf), code)]
    assert [(each.code, each.severity, each.values[0][1]) for each in found] == expected


@pytest.mark.parametrize(("pixels", "coarse"), [(464, False), (462, True)])
def test_a_picture_is_coarse_from_where_the_press_says_so(pixels, coarse):
    """294 dots an inch and more are not worth a word, here as when a book is made."""
    pdf = good()
    picture("L", (pixels, pixels), (30, 50, 40, 40))(pdf)
    assert is_coarse(pixels / (40 / 25.4)) is coarse
    assert bool(of(look(pdf), "PDF_IMAGE_COARSE")) is coarse


GOOD_AFTER_ALL = {
    "the state is that before the drawing": (
        drawing("1 0 0 rg 1 0 0 RG 0.01 w 9 Tz", area(50, 60, 20, 10, "") + "100 100 m 200 200 l S"),
        ("PDF_RGB", "PDF_LINE_THIN"),
    ),
    "a light photograph of Adobe's": (photograph(LIGHT, adobe=True, decode=True), ("PDF_IMAGE_INK",)),
    "areas that do not overprint where lines do": (
        graphics_state(area(50, 60, 20, 10, "0 0 0 0 k"), OP=True, op=False), ("PDF_OVERPRINT_WHITE",),
    ),
    "a frame of enough on every side": (
        on(2, area(30, 90, 50, 20, "0 0 0 1 k", how="") + area(31, 90.1, 48, 19.8, "", how="f*")), ("PDF_LINE_THIN",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD_AFTER_ALL)
def test_what_only_looks_like_a_fault_is_let_pass(name):
    spoil, codes_ = GOOD_AFTER_ALL[name]
    pdf = good()
    spoil(pdf)
    assert [code for code in codes_ if of(look(pdf), code)] == []


@pytest.mark.parametrize(("decode", "heavy"), [(True, True), (False, False)])
def test_an_adobe_photograph_is_read_as_the_file_means_it(decode, heavy):
    """Its bytes are turned over; only a file that says so (Decode) prints as the picture was made."""
    pdf = good()
    photograph(HEAVY, adobe=True, decode=decode)(pdf)
    assert bool(of(look(pdf), "PDF_IMAGE_INK")) is heavy


@pytest.mark.parametrize(("decode", "heavy"), [(False, True), (True, False)])
def test_a_photograph_of_other_programs_is_read_as_the_file_means_it(decode, heavy):
    """Without Adobe's mark the bytes are the inks: turned over beforehand, heavy is what was light."""
    pdf = good()
    photograph(LIGHT, adobe=False, decode=decode)(pdf)
    assert bool(of(look(pdf), "PDF_IMAGE_INK")) is heavy


def test_a_space_that_has_no_glyph_is_not_missed():
    pdf = good()
    font = typed(pdf)
    font.ToUnicode = pdf.make_stream(b"1 beginbfchar <0000> <0020> endbfchar")
    resource(pdf.pages[1], "/Font", "F2", font)
    write(pdf, pdf.pages[1], "0 0 0 1 k BT /F2 10 Tf 100 300 Td <0000> Tj ET")
    assert of(look(pdf), "PDF_GLYPH_MISSING") == []


def test_a_letter_that_is_a_square_may_look_like_the_missing_one():
    pdf = good()
    redrawn("g2")(pdf)
    font = pdf.pages[1].obj.Resources.Font.F2
    font.ToUnicode = pdf.make_stream(b"2 beginbfchar <0001> <0041> <0002> <25A1> endbfchar")
    assert of(look(pdf), "PDF_GLYPH_MISSING") == []


def test_glyphs_drawn_as_the_missing_one_are_found_in_a_font_of_postscript_outlines():
    program = postscript(box=(0, 3))
    assert outlines.of_cff(program) == {3}
    assert outlines.of_cff(program[:40]) == frozenset()
    assert outlines.of_cff(postscript(box=())) == frozenset()  # a .notdef that draws nothing tells nothing


def postscript(box):
    """A bare CFF of five glyphs; those whose numbers are given are drawn as a box."""
    names = [".notdef", "A", "B", "C", "D"]
    font = FontBuilder(1000, isTTF=False)
    font.setupGlyphOrder(names)
    drawn = {}
    for at, name in enumerate(names):
        pen = T2CharStringPen(500, None)
        for step, point in enumerate([(50, 0), (50, 700), (450, 700 if at in box else 300 + at), (450, 0)]):
            if at or box:
                (pen.lineTo if step else pen.moveTo)(point)
        drawn[name] = pen.getCharString()
    font.setupCFF("Hop", {"FullName": "Hop"}, drawn, {})
    out = io.BytesIO()
    font.font["CFF "].cff.compile(out, font.font)
    return out.getvalue()


@pytest.mark.press
def test_a_letter_no_font_has_is_told_of_what_weasyprint_makes():
    from weasyprint import HTML  # noqa: PLC0415 - only here

    data = HTML(string="<html lang=vi><title>a</title><p>Xin \U00012000 hết").write_pdf()
    (found,) = of(look(data, READING), "PDF_GLYPH_MISSING")
    assert found.what.startswith("Xin □ h")


def test_a_letter_is_looked_up_in_a_simple_truetype_font():
    pdf = good()
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontFile2=pdf.make_stream(truetype()), FontName=Name("/AAAAAA+Hop")
    )
    font = Dictionary(
        Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/AAAAAA+Hop"), FirstChar=65, LastChar=90,
        Widths=Array([500] * 26), Encoding=Name.WinAnsiEncoding, FontDescriptor=descriptor,
    )  # fmt: skip
    resource(pdf.pages[1], "/Font", "F2", font)
    write(pdf, pdf.pages[1], "0 0 0 1 k BT /F2 10 Tf 100 300 Td (ABZ) Tj ET")
    found = of(look(pdf), "PDF_GLYPH_MISSING")
    assert [each.what for each in found] == ["AB□"]


def test_a_turned_page_is_measured_as_it_is_read():
    """A page turned by 90° clockwise: what stood near its left edge is read near the top."""
    pdf = good()
    on(2, text("abc", 1, 60))(pdf)
    pdf.pages[1].obj.Rotate = 90
    (found,) = of(look(pdf), "PDF_SAFETY")
    assert (found.spot.x, found.spot.y) == (pytest.approx(HEIGHT - 60 - 0.7, abs=0.2), pytest.approx(1, abs=0.2))


def test_findings_of_one_kind_are_told_a_dozen_times_a_page():
    pdf = good()
    on(2, "".join(text("abc", 30, 30 + step, 5) for step in range(40)))(pdf)
    assert len(of(look(pdf), "PDF_TEXT_SMALL")) == 12


@pytest.mark.parametrize("pages", [1, 2])
def test_a_cover_need_not_fill_a_sheet(pages):
    assert look(good(pages)).findings == ()


# --- what a file is for ---------------------------------------------------------------------------


def guess(spoil):
    pdf = good()
    for page in pdf.pages:
        page.obj.MediaBox = page.obj.BleedBox = page.obj.TrimBox
    spoil(pdf)
    return look(pdf, None).purpose


def with_room(pdf):
    for page in pdf.pages:
        page.obj.MediaBox = box(0, 0, 500, 700)


GUESSES = {
    "nothing said": (lambda _: None, READING),
    "PDF/UA": (lambda pdf: claim(pdf, 'pdfuaid:part="1"'), READING),
    "PDF/X": (lambda pdf: claim(pdf, 'pdfxid:GTS_PDFXVersion="PDF/X-4"'), SHOP),
    "printed on both sides": (
        lambda pdf: pdf.Root.ViewerPreferences.__setitem__("/Duplex", Name.DuplexFlipShortEdge), OFFICE,
    ),
    "a trim with room around it": (with_room, SHOP),
}  # fmt: skip


@pytest.mark.parametrize("name", GUESSES)
def test_what_a_file_is_for_is_guessed(name):
    spoil, expected = GUESSES[name]
    assert guess(spoil) is expected


def test_a_file_of_gray_alone_needs_no_output_intent():
    pdf = good()
    del pdf.Root["/OutputIntents"]
    for page in pdf.pages:
        page.obj.Contents = pdf.make_stream(b"")
        write(pdf, page, text("abc", colour="0 g"))
    assert look(pdf).findings == ()


def test_without_bleed_a_page_whose_ink_keeps_off_the_edges_lacks_nothing():
    pdf = good()
    unbled_with(text("abc", 50, 60))(pdf)
    assert of(look(pdf), "PDF_BLEED_MISSING") == []


def test_black_writing_in_rgb_is_told_once_a_page():
    pdf = good()
    on(2, "".join(text("abc", 50, y, 10, "0 0 0 rg") for y in (60, 70, 80)))(pdf)
    assert [each.problem.code for each in look(pdf).findings] == ["PDF_BLACK_RGB"]


def test_a_scan_whose_words_were_read_has_text():
    pdf = good()
    wordless(pdf)
    write(pdf, pdf.pages[1], f"3 Tr {text('abc', 50, 60)}")
    assert of(look(pdf, READING), "PDF_NO_TEXT") == []


def sheet_of(content, size=(2 * WIDTH * MM, HEIGHT * MM), pages=4):
    """Two pages as drawings A and B, placed by some content on each side of a sheet."""
    pdf, sheets_ = good(2), pikepdf.new()
    drawings = [sheets_.copy_foreign(each.as_form_xobject()) for each in pdf.pages]
    for _ in range(pages):
        page = sheets_.add_blank_page(page_size=size)
        page.obj.Resources = Dictionary(XObject=Dictionary(A=drawings[0], B=drawings[1]))
        page.contents_add(sheets_.make_stream(content))
    return sheets_


SIDE_BY_SIDE = b"/A Do q 1 0 0 1 420 0 cm /B Do Q"


def test_two_pages_on_each_side_are_for_an_office():
    assert look(sheet_of(SIDE_BY_SIDE), None).purpose is OFFICE


SHEETS = {
    "two side by side": (SIDE_BY_SIDE, (2 * WIDTH * MM, HEIGHT * MM), True),
    "one beside a blank one": (b"q 1 0 0 1 420 0 cm /B Do Q", (2 * WIDTH * MM, HEIGHT * MM), False),
    "A5 made smaller": (
        b"q .5 0 0 .5 0 0 cm /A Do Q q .5 0 0 .5 210 0 cm /B Do Q", (WIDTH * MM, HEIGHT * MM / 2), True,
    ),
    "four of them": (
        b"/A Do q 1 0 0 1 420 0 cm /B Do Q q 1 0 0 1 0 595 cm /A Do Q q 1 0 0 1 420 595 cm /B Do Q",
        (2 * WIDTH * MM, 2 * HEIGHT * MM), True,
    ),
    "one as large as the page": (b"/A Do", (WIDTH * MM, HEIGHT * MM), False),
    "two small drawings": (
        b"q .2 0 0 .2 0 0 cm /A Do Q q .2 0 0 .2 420 0 cm /B Do Q", (2 * WIDTH * MM, HEIGHT * MM), False,
    ),
    "one in the middle": (
        b"/A Do q 1 0 0 1 210 0 cm /B Do Q", (2 * WIDTH * MM, HEIGHT * MM), False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SHEETS)
def test_pages_that_are_sheets_already_are_told_to_a_shop(name):
    content, size, expected = SHEETS[name]
    data = saved(sheet_of(content, size))
    found = [each.problem.code for each in look(data, SHOP).findings]
    assert ("PDF_IMPOSED" in found, "PDF_TRIM_MISSING" in found) == (expected, not expected)
    assert sheets.imposed(data) is expected


def test_a_cover_laid_flat_is_no_booklet():
    assert sheets.imposed(saved(sheet_of(SIDE_BY_SIDE, pages=2))) is False


def test_what_is_no_pdf_is_no_sheet():
    assert sheets.imposed(b"nothing") is False
    assert sheets.imposed(saved(good())) is False


def test_the_head_tells_what_a_file_is():
    pdf = good()
    on(2, text("abcd", 50, 60, 10, "0.2 0 0 0.5 k"))(pdf)
    told = dict(look(pdf).facts.told)
    assert told["pages"] == 4
    assert told["trim"] == Size(148, 210)
    assert told["black"] == 88  # of 32 letters, four are not of black alone
    assert told["bytes"] == len(saved(pdf))


# --- files that are damaged or made to do harm ----------------------------------------------------


def test_a_locked_file_that_opens_is_told():
    data = saved(good(), encryption=pikepdf.Encryption(owner="x", user="", R=6))
    (found,) = of(look(data), "PDF_ENCRYPTED")
    assert found.problem.severity is E
    assert of(look(good()), "PDF_ENCRYPTED") == []


def test_what_qpdf_had_to_mend_is_told():
    whole = saved(good())
    (found,) = of(look(whole[:-30]), "PDF_DAMAGED")
    assert int(dict(found.problem.values)["count"]) >= 1
    assert of(look(whole), "PDF_DAMAGED") == []


def test_content_beyond_all_measure_is_left_and_told(monkeypatch):
    pdf = good()
    on(2, "0 0 0 1 k\n" * 600)(pdf)
    monkeypatch.setattr(run, "MOST_OF_PAGE", 500)
    (found,) = of(look(pdf), "PDF_CONTENT_CUT")
    assert found.problem.place.page == 2


def test_a_stream_that_swells_is_not_unpacked():
    pdf = good()
    pdf.pages[1].obj.Contents = pdf.make_stream(zlib.compress(bytes(65_000_000)), Filter=Name.FlateDecode)
    (found,) = of(look(pdf), "PDF_CONTENT_CUT")
    assert found.problem.place.page == 2


def test_a_drawing_that_holds_itself_ends():
    pdf = good()
    form = pdf.make_stream(b"/Me Do /Me Do", Type=Name.XObject, Subtype=Name.Form, BBox=box(0, 0, 99, 99))
    form.Resources = Dictionary(XObject=Dictionary(Me=form))
    resource(pdf.pages[1], "/XObject", "Me", form)
    write(pdf, pdf.pages[1], "/Me Do")
    assert of(look(pdf), "PDF_CONTENT_CUT") == []


def test_drawings_that_multiply_are_counted():
    """Fifteen drawings, each placing the next ten times: ten to the fifteenth if nobody counted."""
    pdf = good()
    inner = pdf.make_stream(b"0 g 0 0 1 1 re f", Type=Name.XObject, Subtype=Name.Form, BBox=box(0, 0, 9, 9))
    for _ in range(15):
        inner = pdf.make_stream(
            b"/In Do " * 10, Type=Name.XObject, Subtype=Name.Form, BBox=box(0, 0, 9, 9),
            Resources=Dictionary(XObject=Dictionary(In=inner)),
        )  # fmt: skip
    resource(pdf.pages[1], "/XObject", "In", inner)
    write(pdf, pdf.pages[1], "/In Do")
    (found,) = of(look(pdf), "PDF_CONTENT_CUT")
    assert found.problem.place.page == 2
