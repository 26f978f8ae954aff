"""Small finished files made by hand: a PDF a print shop would take, an EPUB a store would take, and ways to spoil them.

Measures are millimetres from the upper left of the trimmed page, as findings are.
"""

import io
import zipfile
from functools import cache

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from builder import preflight
from builder.preflight import Purpose

MM = 72 / 25.4
WIDTH, HEIGHT, BLEED = 148, 210, 3
LETTERS = "ABCDEFGHabcdefghđê. "  # glyph 1 is A; glyph 0 is .notdef
PROFILE = b"a profile nobody reads here"

SPLINTERS = (
    *(b"/Type", b"/Length 3", b"/N 3", b"0 0 R", b"<<", b"[", b"]", b"(", b"null", b"-1", b"9999999999", b"endobj"),
    *(b"\xff\xfe", b""),
)
"""Pieces that do harm in the middle of a PDF."""


def _box(height):
    pen = TTGlyphPen(None)
    for step, point in enumerate([(50, 0), (50, height), (450, height), (450, 0)]):
        (pen.lineTo if step else pen.moveTo)(point)
    pen.closePath()
    return pen.glyph()


@cache
def truetype(*boxes):
    """A font of boxes, one as wide as the other: 500 of 1000; glyphs that are named are drawn as ``.notdef`` is."""
    names = [".notdef", *(f"g{number}" for number in range(1, len(LETTERS) + 1))]
    box, missing = _box(700), _box(720)
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({ord(letter): names[at] for at, letter in enumerate(LETTERS, 1)})
    font.setupGlyf(dict.fromkeys(names, box) | {".notdef": missing} | dict.fromkeys(boxes, missing))
    font.setupHorizontalMetrics(dict.fromkeys(names, (500, 50)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupPost()
    font.setupOS2()
    font.setupNameTable({"familyName": "Hop", "styleName": "Regular"})
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def typed(pdf, program=None, name="ABCDEF+Hop", *, mapped=True):
    """A composite font, as WeasyPrint and others embed them."""
    file = pdf.make_stream(truetype() if program is None else program)
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name(f"/{name}"), Flags=4, FontFile2=file, ItalicAngle=0, Ascent=800,
        Descent=-200, CapHeight=700, StemV=80, FontBBox=Array([0, -200, 1000, 800]),
    )  # fmt: skip
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name(f"/{name}"), FontDescriptor=descriptor, DW=500,
        CIDToGIDMap=Name.Identity,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
    )  # fmt: skip
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name(f"/{name}"), Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(inner)]),
    )  # fmt: skip
    if mapped:
        pairs = "".join(f"<{at:04X}><{ord(letter):04X}>\n" for at, letter in enumerate(LETTERS, 1))
        font.ToUnicode = pdf.make_stream(f"{len(LETTERS)} beginbfchar\n{pairs}endbfchar".encode())
    return pdf.make_indirect(font)


def codes(words):
    """Words → the string that shows them; a letter the font has not becomes glyph 0."""
    return "<" + "".join(f"{LETTERS.find(letter) + 1:04X}" for letter in words) + ">"


def text(words, x=30, y=40, size=10, colour="0 0 0 1 k", *, font="F1"):
    """Content that sets words with their line at y."""
    return f"{colour} BT /{font} {size} Tf {x * MM:.3f} {(HEIGHT - y) * MM:.3f} Td {codes(words)} Tj ET\n"


def area(x, y, width, height, colour="0 0 0 0.2 k", *, how="f"):
    return f"{colour} {x * MM:.3f} {(HEIGHT - y - height) * MM:.3f} {width * MM:.3f} {height * MM:.3f} re {how}\n"


def line(x, y, width, thick, colour="0 0 0 1 K"):
    up = (HEIGHT - y) * MM
    return f"{colour} {thick} w {x * MM:.3f} {up:.3f} m {(x + width) * MM:.3f} {up:.3f} l S\n"


def placed(name, x, y, width, height):
    return f"q {width * MM:.3f} 0 0 {height * MM:.3f} {x * MM:.3f} {(HEIGHT - y - height) * MM:.3f} cm /{name} Do Q\n"


def good(pages=4):
    """A file that shops, offices and readers take: four pages of black text with bleed, profile, title, tags."""
    pdf = pikepdf.new()
    wide, high, beyond = WIDTH * MM, HEIGHT * MM, BLEED * MM
    font = typed(pdf)
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(wide + 2 * beyond, high + 2 * beyond))
        page.obj.TrimBox = Array([beyond, beyond, wide + beyond, high + beyond])
        page.obj.BleedBox = page.obj.MediaBox
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        write(pdf, page, text("Bac ded"))
    profile = pdf.make_stream(PROFILE, N=4)
    intent = Dictionary(
        Type=Name.OutputIntent, S=Name("/GTS_PDFX"), OutputConditionIdentifier=String("FOGRA39"),
        DestOutputProfile=profile,
    )  # fmt: skip
    root = pdf.Root
    root.OutputIntents = Array([intent])
    root.Lang = String("vi")
    root.MarkInfo = Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    pdf.docinfo.Title = String("Quy ước")
    pdf.docinfo.Trapped = Name.False_ if hasattr(Name, "False_") else Name("/False")
    return pdf


def write(pdf, page, content):
    """Add content whose origin is the lower left corner of the trim."""
    moved = f"q 1 0 0 1 {BLEED * MM:.4f} {BLEED * MM:.4f} cm\n{content}\nQ\n"
    page.contents_add(pdf.make_stream(moved.encode("latin-1")))


def resource(page, kind, name, value):
    """Put a resource into a page."""
    resources = page.obj.Resources
    if kind not in resources:
        resources[kind] = Dictionary()
    resources[kind][f"/{name}"] = value


def raster(pdf, mode, size, colour=0, **more):
    """A picture of one colour."""
    image = Image.new(mode, size, colour)
    spaces = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK, "1": Name.DeviceGray}
    return pdf.make_stream(
        image.tobytes(),
        Type=Name.XObject, Subtype=Name.Image, Width=size[0], Height=size[1], ColorSpace=spaces[mode],
        BitsPerComponent=1 if mode == "1" else 8, **more,
    )  # fmt: skip


def claim(pdf, *marks):
    """Let a file claim standards: ``pdfaid:part="2"``."""
    packet = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description {" ".join(marks)}/></rdf:RDF></x:xmpmeta>'
    pdf.Root.Metadata = pdf.make_stream(packet.encode(), Type=Name.Metadata, Subtype=Name.XML)


def saved(pdf, **options):
    out = io.BytesIO()
    pdf.save(out, static_id=True, **options)
    return out.getvalue()


def look(data, purpose=Purpose.SHOP, name="a.pdf"):
    """A file → its report; a pikepdf document is saved first."""
    return preflight.look(data if isinstance(data, bytes) else saved(data), name, purpose)


def of(report, code):
    """The findings of one code."""
    return [each for each in report.findings if each.problem.code == code]


# --- EPUB -----------------------------------------------------------------------------------------

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="vi">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:9b2c6f5e-53a7-4c5c-9a53-0d9a2c1f7e10</dc:identifier>
<dc:title>Quy ước</dc:title><dc:language>vi</dc:language>
<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta>
<meta property="schema:accessMode">textual</meta><meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta><meta property="schema:accessibilitySummary">Đọc được.</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>
<item id="css" href="style.css" media-type="text/css"/>
<item id="cover" href="cover.png" media-type="image/png" properties="cover-image"/>
<item id="font" href="hop.ttf" media-type="font/ttf"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
</manifest>
<spine toc="ncx"><itemref idref="nav"/><itemref idref="one"/></spine></package>"""
NAV = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="vi" xml:lang="vi">
<head><title>a</title></head><body>
<nav epub:type="toc"><ol><li><a href="one.xhtml#dau">abc</a></li></ol></nav>
<nav epub:type="page-list" hidden=""><ol><li><a href="one.xhtml#p1">a</a></li></ol></nav>
</body></html>"""
ONE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="vi" xml:lang="vi">
<head><title>abc</title><link rel="stylesheet" href="style.css"/></head>
<body><h1 id="dau">abc</h1><p>đê <span id="p1"/>ab</p>
<img src="cover.png" alt="hgf"/>
<table><tr><th scope="col">a</th></tr><tr><td>b</td></tr></table>
<p><a href="nav.xhtml">bcd</a></p>
</body></html>"""
CSS = "@font-face { font-family: Hop; src: url(hop.ttf) } p { margin: 0; text-indent: 1em; line-height: 1.5 }"
TOC = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><head><meta name="dtb:uid"
content="urn:uuid:9b2c6f5e-53a7-4c5c-9a53-0d9a2c1f7e10"/></head><docTitle><text>a</text></docTitle>
<navMap><navPoint id="n1"><navLabel><text>abc</text></navLabel>
<content src="one.xhtml#dau"/></navPoint></navMap></ncx>"""


def picture(width=1000, height=1400):
    out = io.BytesIO()
    Image.new("L", (width, height), 255).save(out, "PNG")
    return out.getvalue()


def parts():
    """The parts of a good EPUB, in order."""
    return {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": CONTAINER.encode(),
        "OPS/book.opf": PACKAGE.encode(),
        "OPS/nav.xhtml": NAV.encode(),
        "OPS/one.xhtml": ONE.encode(),
        "OPS/style.css": CSS.encode(),
        "OPS/cover.png": picture(),
        "OPS/hop.ttf": truetype(),
        "OPS/toc.ncx": TOC.encode(),
    }


def zipped(found, *, packed=False):
    """Parts → the bytes of an EPUB; ``packed``: mimetype is compressed too."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in found.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" and not packed else zipfile.ZIP_DEFLATED
            book.writestr(name, data, kind)
    return out.getvalue()


def changed(name, old, new):
    """The good EPUB with a word of a part replaced."""
    found = parts()
    before = found[name].decode()
    assert old in before, old
    found[name] = before.replace(old, new).encode()
    return found
