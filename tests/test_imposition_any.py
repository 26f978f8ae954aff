"""Whatever is done to a PDF's objects or bytes: sheets, or a clear word why not; never a traceback, never for long."""

import random
import time
import zlib
from decimal import Decimal
from io import BytesIO

import pikepdf
import pytest
from faulty import SPLINTERS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String
from singles import pdf_of, written

from builder.imposition import Job
from builder.pdf.black import black
from builder.problems import Place, Problems
from builder.works.booklet import fold

HURRIED = settings(max_examples=200, suppress_health_check=list(HealthCheck), deadline=None)
LONGEST = 10  # seconds; a fiftieth of one is usual
STOPPED = {"PDF_UNREADABLE", "PDF_LOCKED", "PDF_LONG", "PAGE_SIZE", "PAGE_TOO_LARGE", "SHEET_DIFFERS"}

CONTENT = """q 0 0 0 rg /Icc cs .2 .2 .2 sc 9 9 50 50 re f /Lab cs 40 1 1 sc 9 9 9 9 re f /Index cs 1 sc 9 9 9 9 re f
/Spot cs .5 scn 9 9 9 9 re f /Tiles cs 0 0 0 /Tile scn 9 9 9 9 re f /Pattern cs /Shaded scn 9 9 9 9 re f
/A sh /B sh /C sh /See gs BT /Drawn 9 Tf (a) Tj /F 9 Tf (Chu) Tj ET /Form Do /Flat Do /Table Do /Soft Do
BI /W 1 /H 1 /CS /RGB /BPC 8 ID 777 EI Q"""


def exponential():
    return Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0]), C1=Array([1, 1, 1]), N=1)


def image(pdf, space, data, **more):
    head = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 2, "Height": 2, "BitsPerComponent": 8}
    return pdf.make_stream(data, ColorSpace=space, **(head | more))


def shading(function, **more):
    return Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 9, 0]), Function=function, **more)


def colourful():
    """A PDF of two pages with every kind of thing that has a colour."""
    pdf = pdf_of([CONTENT, "q 0 0 0 rg 9 9 9 9 re f Q"], (300, 400))
    page = pdf.pages[0].obj
    profile = pdf.make_stream(b"\0" * 12 + b"mntrRGB XYZ " + b"\0" * 104, N=3)
    stitched = Dictionary(FunctionType=3, Domain=Array([0, 1]), Bounds=Array([0.5]), Encode=Array([0, 1, 0, 1]))
    stitched.Functions = Array([exponential(), exponential()])
    sampled = pdf.make_stream(bytes(12), FunctionType=0, Domain=Array([0, 1]), Range=Array([0, 1] * 3), BitsPerSample=8)
    sampled.Size = Array([4])
    page.Resources.ColorSpace = Dictionary(
        Icc=Array([Name.ICCBased, profile]),
        Lab=Array([Name.Lab, Dictionary(WhitePoint=Array([0.9643, 1, 0.8251]), Range=Array([-100, 100, -100, 100]))]),
        Index=Array([Name.Indexed, Name.DeviceRGB, 1, pdf.make_stream(b"\0\0\0\xff\xff\xff")]),
        Spot=Array([Name.Separation, Name.Red, Name.DeviceRGB, exponential()]),
        Tiles=Array([Name.Pattern, Name.DeviceRGB]),
    )
    tile = pdf.make_stream(b"0 0 4 4 re f", PatternType=1, PaintType=2, TilingType=1, XStep=8, YStep=8)
    tile.BBox, tile.Resources = Array([0, 0, 8, 8]), Dictionary()
    page.Resources.Pattern = Dictionary(Tile=tile, Shaded=Dictionary(PatternType=2, Shading=shading(stitched)))
    page.Resources.Shading = Dictionary(
        A=shading(stitched, Background=Array([0, 0, 0])), B=shading(sampled), C=shading(Array([exponential()] * 3))
    )
    glyph = pdf.make_stream(b"9 0 d0 0 0 0 rg 0 0 4 4 re f")
    page.Resources.Font.Drawn = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, CharProcs=Dictionary(a=glyph), FontBBox=Array([0, 0, 9, 9]),
        FontMatrix=Array([0.1, 0, 0, 0.1, 0, 0]), FirstChar=97, LastChar=97, Widths=Array([9]),
        Encoding=Dictionary(Differences=Array([97, Name.a])), Resources=Dictionary(),
    )  # fmt: skip
    group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceRGB)
    form = pdf.make_stream(b"0 0 0 rg 0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    form.Resources, form.Group = Dictionary(), group
    mask = Dictionary(S=Name.Luminosity, G=form, BC=Array([0.2, 0.2, 0.2]))
    page.Resources.ExtGState = Dictionary(See=Dictionary(SMask=mask))
    table = Array([Name.Indexed, Name.DeviceRGB, 1, String(b"\0\0\0\xff\xff\xff")])
    soft = image(pdf, Name.DeviceRGB, bytes(12), SMask=image(pdf, Name.DeviceGray, bytes(4), Matte=Array([0, 0, 0])))
    flat = image(pdf, Name.DeviceRGB, zlib.compress(bytes(12)), Filter=Name.FlateDecode, Mask=Array([0, 0] * 3))
    page.Resources.XObject = Dictionary(Form=form, Flat=flat, Table=image(pdf, table, bytes(4)), Soft=soft)
    page.Group = group
    pdf.Root.OutputIntents = Array([Dictionary(S=Name.GTS_PDFX, DestOutputProfile=profile)])
    pdf.docinfo.Title, pdf.docinfo.Trapped = "A", Name("/True")
    return pdf


def ends(content, job):
    """Make sheets of it, and look how that ends."""
    began = time.process_time()
    files, refused = (), ()
    try:
        imposed, found = fold(content, Place("a.pdf"), job)
        files = imposed.files
    except Problems as stopped:
        found = refused = stopped.problems
    assert files or {each.code for each in refused} & STOPPED
    assert all(file.pdf.startswith(b"%PDF-") for file in files)
    assert all(each.line("vi") and each.line("en") for each in found)
    assert time.process_time() - began < LONGEST


def holders(pdf):
    """Every dictionary, stream and array there is, with the keys or places of what it holds."""
    todo, seen = [pdf.trailer], set()
    while todo:
        one = todo.pop()
        if one.objgen != (0, 0) and one.objgen in seen:
            continue
        seen.add(one.objgen)
        keys = range(len(one)) if isinstance(one, Array) else sorted(one.keys())
        for key in keys:
            yield one, key
            held = one[key]
            if isinstance(held, Array | Dictionary | pikepdf.Stream) and key not in ("/Parent", "/P"):
                todo.append(held)


def anything(pdf, chance):
    """Make up an object: a plain one, or one that stands elsewhere in the file."""
    others = [one for one in pdf.objects if isinstance(one, Array | Dictionary | pikepdf.Stream)]
    makers = (
        lambda: chance.choice(others),
        lambda: chance.choice(others),
        lambda: chance.choice([0, -1, 1, 2, 3, 255, 10**9, 2**31, True, False]),
        lambda: chance.choice([Decimal("0.5"), Decimal("-3.7"), Decimal("99999999999.9")]),
        lambda: Name(chance.choice(["/DeviceRGB", "/X", "/Pattern", "/Luminosity", "/FlateDecode", "/DCTDecode"])),
        lambda: String(chance.choice(["", "x", "\u1ea1"])),
        lambda: Array([chance.choice([0, 1, Name.X, Array([]), Dictionary()]) for _ in range(chance.randint(0, 4))]),
        Dictionary,
        lambda: pdf.make_stream(chance.choice([b"", b"0 0 0 rg BI ID 1 0 0 sc", b"\xff" * 9])),
        lambda: pdf.make_stream(b"damaged", Filter=Name.FlateDecode),
    )
    return chance.choice(makers)()


def spoilt(seed, times):
    """The PDF with some of its objects replaced by others."""
    chance = random.Random(seed)  # noqa: S311 - a trial that can be repeated
    pdf = Pdf.open(BytesIO(PLAIN))
    for _ in range(times):
        holder, key = chance.choice(list(holders(pdf)))
        if key in ("/Root", "/Size", "/ID", "/Length"):  # of which the library writes its own
            continue
        if chance.random() < 0.15 and not isinstance(holder, Array):
            del holder[key]
        else:
            holder[key] = anything(pdf, chance)
    return pdf


PLAIN = written(colourful(), object_stream_mode=ObjectStreamMode.disable, compress_streams=False, static_id=True)


jobs = st.builds(
    Job, scheme=st.sampled_from(["saddle", "side"]), keep_colours=st.booleans(), marks=st.sampled_from([(), ("crop",)])
)


def test_the_whole_one_becomes_sheets_without_colours():
    imposed, found = fold(PLAIN, Place("a.pdf"))
    assert found == ()
    with Pdf.open(BytesIO(imposed.files[0].pdf)) as sheets:
        contents = [
            each.read_bytes() for each in sheets.objects if isinstance(each, pikepdf.Stream) and "/BBox" in each
        ]
    assert not any(b"0 0 0 rg" in content for content in contents)


@HURRIED
@given(st.integers(0, 2**32), st.integers(1, 4), jobs)
def test_any_object_may_stand_in_the_place_of_any_other(seed, times, job):
    try:
        content = written(spoilt(seed, times), fix_metadata_version=False)
    except (pikepdf.PikepdfError, RuntimeError, ValueError, TypeError):
        return  # no file can be like that
    ends(content, job)


@HURRIED
@given(st.integers(0, 2**32), st.integers(1, 4))
def test_whatever_is_in_it_a_pdf_is_turned_black_or_is_damaged(seed, times):
    pdf = spoilt(seed, times)
    try:
        black(pdf)
    except pikepdf.PikepdfError:
        return


@st.composite
def damaged(draw, whole):
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        data[at : at + draw(st.integers(0, 12))] = draw(st.sampled_from(SPLINTERS) | st.binary(max_size=12))
    return bytes(data[: draw(st.integers(0, len(data)) | st.just(len(data)))])


@HURRIED
@given(damaged(PLAIN), jobs)
def test_any_bytes_may_be_damaged(content, job):
    ends(content, job)


def put(*path, to):
    """Change what stands there in the first page's resources, or in the catalogue."""

    def change(pdf):
        *above, last = path
        here = pdf.Root if path[0] == "/OutputIntents" else pdf.pages[0].obj.Resources
        for key in above:
            here = here[key]
        here[last] = to

    return change


def with_itself(pdf):
    function = pdf.pages[0].obj.Resources.Shading.A.Function
    stitched = pdf.make_indirect(Dictionary(dict(function.items())))
    stitched.Functions = Array([stitched, stitched])
    pdf.pages[0].obj.Resources.Shading.A.Function = stitched


FOUND = {
    "a power below nought": put("/ColorSpace", "/Spot", 3, "/N", to=-1),
    "a function of nowhere": put("/Shading", "/B", "/Function", "/Domain", to=Array([0, 0])),
    "a function of no pieces": put("/Shading", "/A", "/Function", "/Functions", to=3),
    "a function in itself": with_itself,
    "glyphs in a list": put("/Font", "/Drawn", "/CharProcs", to=Array([])),
    "a group that is a number": put("/XObject", "/Form", "/Group", to=3),
    "a ground of words": put("/ExtGState", "/See", "/SMask", "/BC", to=Array([Name.X] * 3)),
    "a background of words": put("/Shading", "/A", "/Background", to=Array([Name.X] * 3)),
    "Lab without its white": put("/ColorSpace", "/Lab", to=Array([Name.Lab])),
    "a table that is a number": put("/ColorSpace", "/Index", 3, to=7),
    "a blend with words": put("/XObject", "/Soft", "/SMask", "/Matte", to=Array([Name.X] * 3)),
    "intents that are a number": put("/OutputIntents", to=3),
}


@pytest.mark.parametrize("keep", [False, True])
@pytest.mark.parametrize("name", FOUND)
def test_what_made_it_stumble_does_so_no_more(name, keep):
    pdf = Pdf.open(BytesIO(PLAIN))
    FOUND[name](pdf)
    _, found = fold(written(pdf), Place("a.pdf"), Job(keep_colours=keep))
    assert [each.code for each in found] in ([], ["PDF_REPAIRED"])
