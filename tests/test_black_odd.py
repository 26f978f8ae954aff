"""Black ink in files nobody makes, and in those made to harm: they end soon, and what is turned is turned rightly."""

import io
import time
import warnings
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from test_black import content, document, exponential, farthest, form, group, image_of, picture, rendered, shade, shown

from builder.pdf import pictures
from builder.pdf.black import black, neutral
from builder.pdf.content import _NEAR, Rewriter, takes_over
from builder.pdf.functions import NotReadable, function
from builder.pdf.inks import RGB, Black, Neutral
from builder.pdf.spaces import space

# --- content made to hang -----------------------------------------------------------------------

ENDLESS = {
    "pictures that never begin": b"BI ",
    "pictures without end": b"BI ID ",
    "pictures without end among colours": b"0 0 0 rg BI /W 1 ID ",
    "ends of pictures": b"BI ID EI EI ",
    "opened strings": b"(",
    "strings in strings": b"(a(b)",
    "strings and numbers": b"(a) 1 1 1 ",
    "comments": b"%",
    "numbers": b"1 ",
    "one long number": b"1",
    "gaps": b"1          ",
    "slashes": b"/",
    "one long name": b"a",
    "brackets": b"]1",
    "numbers for a space": b"1 1 1 1 1 /a ",
    "states": b"q ",
    "escapes": b"(\\",
}


def took(content, rewriter):
    began = time.process_time()
    rewriter.rewrite(content, lambda _: None, lambda written: written, None)
    takes_over(content)
    return time.process_time() - began


@pytest.mark.parametrize("tail", [b"", b" /A cs 1 sc"], ids=["no space is chosen", "a space is chosen"])
@pytest.mark.parametrize("name", ENDLESS)
def test_content_twice_as_long_takes_about_twice_as_long(name, tail):
    word = ENDLESS[name]
    times = 12_000 // len(word)
    for inks in (Neutral(), Black()):
        once, twice = (
            min(took(b"/a " + word * count + tail, Rewriter(inks)) for _ in range(3)) for count in (times, 2 * times)
        )
        assert twice < 3 * once + 0.05  # five hundredths: what a clock and a busy machine may add


def test_where_a_picture_has_no_end_what_follows_is_content_still():
    pdf = document(b"BI /W 1 ID 0 0 0 rg 0 0 9 9 re f")
    neutral(pdf)
    assert content(pdf) == b"BI /W 1 ID 0 g 0 0 9 9 re f"


def test_every_picture_in_content_is_found_and_colours_between_them_are_too():
    one = b"BI /W 1 /H 1 /CS /RGB /BPC 8 ID 777\nEI "
    pdf = document((one + b"0 0 0 rg ") * 3 + b"0 0 9 9 re f")
    neutral(pdf)
    assert content(pdf).count(b"/CS /G ") == 3
    assert content(pdf).count(b"EI 0 g") == 3


@pytest.mark.parametrize("zeros", [_NEAR - 20, _NEAR, _NEAR + 20, 400])
def test_numbers_longer_than_the_quick_way_looks_back_are_read_whole(zeros):
    pdf = document(b"0." + b"0" * zeros + b" 0 0 rg 1 0 0 rg")
    neutral(pdf)
    assert content(pdf) == b"0 g 1 0 0 rg"


@pytest.mark.parametrize("colour", [b"9" * 400 + b" 0 0", b"0 " + b"9" * 330 + b" 0", b"-" + b"9" * 400 + b" 1 1"])
@pytest.mark.parametrize("named", ["Lab", "Index", "Rgb"])
def test_numbers_that_no_machine_holds_are_the_most_there_is(named, colour):
    pdf = document(b"")
    pdf.pages[0].obj.Resources.ColorSpace = Dictionary(
        Lab=Array([Name.Lab, Dictionary(WhitePoint=Array([0.9643, 1, 0.8251]))]),
        Index=Array([Name.Indexed, Name.DeviceRGB, 1, String(b"\0\0\0\xff\0\0")]),
        Rgb=Array([Name.ICCBased, pdf.make_stream(b"", N=3)]),
    )
    written = colour.split()[0] if named == "Index" else colour
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/" + named.encode() + b" cs " + written + b" sc")
    black(pdf)
    assert b"inf" not in content(pdf)
    assert b"nan" not in content(pdf)
    assert content(pdf).endswith(b" g")


def test_four_hundred_forms_in_one_another_are_all_changed():
    pdf = document(b"0 0 0 rg /F Do")
    inner = form(pdf, b"0 0 0 rg 0 0 9 9 re f")
    for _ in range(1500):
        inner = form(pdf, b"0 0 0 rg /F Do", Resources=Dictionary(XObject=Dictionary(F=inner)))
    pdf.pages[0].obj.Resources.XObject = Dictionary(F=inner)
    neutral(pdf)
    while inner is not None:
        assert inner.read_bytes().startswith(b"0 g ")
        inner = inner.get("/Resources", {}).get("/XObject", {}).get("/F")


def test_masks_in_masks_and_glyphs_that_show_themselves_end():
    pdf = document(b"0 0 0 rg /G gs /F 9 Tf (a) Tj")
    state = Dictionary()
    for _ in range(600):
        drawing = form(pdf, b"1 0 0 rg /G gs 0 0 9 9 re f", Resources=Dictionary(ExtGState=Dictionary(G=state)))
        state = pdf.make_indirect(Dictionary(SMask=Dictionary(S=Name.Luminosity, G=drawing)))
    fonts = pdf.make_indirect(Dictionary())
    glyph = pdf.make_stream(b"9 0 d0 0 0 0 rg 0 0 4 4 re f")
    fonts.F = Dictionary(Subtype=Name.Type3, CharProcs=Dictionary(a=glyph), Resources=Dictionary(Font=fonts))
    pdf.pages[0].obj.Resources = Dictionary(ExtGState=Dictionary(G=state), Font=fonts)
    neutral(pdf)
    assert drawing.read_bytes().startswith(b"0.3 g")
    assert glyph.read_bytes().startswith(b"9 0 d0 0 g")


# --- objects in the place of others -------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        Dictionary(FunctionType=2, N=-1),
        Dictionary(FunctionType=2, N=10**6, C1=Array([9])),
        Dictionary(FunctionType=2, N=1, Domain=Array([0, 0])),
        Dictionary(FunctionType=2, N=1, Domain=Array([-1, 1])),
        Dictionary(FunctionType=2, N=1, Domain=Array([0])),
        Dictionary(FunctionType=2, N=1, C0=Array([0, 1])),
        Dictionary(FunctionType=2, N=1, C0=Array([Name.X])),
        Dictionary(FunctionType=3),
        Dictionary(FunctionType=3, Functions=3, Bounds=Array([]), Encode=Array([])),
        Dictionary(FunctionType=String("2")),
        Dictionary(FunctionType=7),
        Name.Identity,
        3,
        None,
    ],
)
def test_a_function_that_is_none_is_not_read(wrong):
    with pytest.raises(NotReadable):
        function(wrong)


def test_a_function_stitched_into_itself_or_of_thousands_is_not_read():
    pdf = pikepdf.new()
    itself = pdf.make_indirect(Dictionary(FunctionType=3, Bounds=Array([]), Encode=Array([0, 1])))
    itself.Functions = Array([itself])
    many = pdf.make_indirect(exponential([0], [1]))
    for _ in range(5):
        many = pdf.make_indirect(Dictionary(FunctionType=3, Functions=Array([many] * 9), Bounds=Array([0.5] * 8)))
        many.Encode = Array([0, 1] * 9)
    for one in (itself, many, Array([itself])):
        with pytest.raises(NotReadable):
            function(one)


def test_what_is_sampled_begins_at_the_bound_of_a_piece_with_the_next():
    pieces = Array([exponential([0], [0]), exponential([1], [1])])
    read = function(
        Dictionary(FunctionType=3, Functions=pieces, Bounds=Array([0.5]), Encode=Array([0, 1, 0, 1]), Domain=[0, 1])
    )
    assert [read(at) for at in (0.0, 0.49, 0.5, 1.0)] == [(0.0,), (0.0,), (1.0,), (1.0,)]


ODD = [3, Name.X, String("x"), Array([]), Array([Name.X, 3]), Dictionary(), None]


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_whatever_stands_in_the_place_of_a_space_is_no_space(odd):
    for family in (Name.Lab, Name.ICCBased, Name.Indexed, Name.Separation, Name.DeviceN, Name.Pattern):
        for more in ([], [odd], [odd] * 3, [Name.DeviceRGB, 1, odd], [Name.X, Name.DeviceRGB, odd]):
            found = space(Array([family, *(each if each is not None else 0 for each in more)]), {})
            assert found is None or len(found.read(found.first)) == found.model


def test_a_damaged_profile_is_gone_by_how_many_parts_it_says_it_has():
    pdf = document(b"/A cs 0 0 0 sc /B cs 0 0 0 sc")
    broken = pdf.make_stream(b"not packed", Filter=Name.FlateDecode, N=3)
    lab = pdf.make_stream(b"\0" * 12 + b"prtrLab XYZ " + b"\0" * 12 + b"acsp", N=3)
    pdf.pages[0].obj.Resources.ColorSpace = Dictionary(A=Array([Name.ICCBased, broken]), B=Array([Name.ICCBased, lab]))
    neutral(pdf)
    assert content(pdf) == b"0 g 0 g /B cs 0 0 0 sc"


# --- spaces -------------------------------------------------------------------------------------


D50, D65 = [0.9642, 1, 0.8249], [0.9505, 1, 1.089]


@pytest.mark.parametrize(
    ("white", "colour", "shown_as"),
    [
        (D50, (29.57, 68.30, -112.03), (0, 0, 1)),
        (D50, (87.82, -79.27, 80.99), (0, 1, 0)),
        (D65, (32.30, 79.20, -107.86), (0, 0, 1)),
        (D65, (87.73, -86.18, 83.18), (0, 1, 0)),
    ],
)
def test_a_colour_of_lab_is_shown_from_its_white(white, colour, shown_as):
    """Blue and green of a screen, as tables have them for either white (IEC 61966-2-1, Bradford for D50)."""
    found = space(Array([Name.Lab, Dictionary(WhitePoint=Array(white))]), {})
    assert found.read(colour) == pytest.approx(shown_as, abs=0.05)


def test_tiles_without_colours_of_their_own_are_given_grey_ones():
    pdf = document(b"/T cs 1 0 0 /P scn 0 0 50 100 re f 0 0 0 /P scn 50 0 50 100 re f /T CS .5 .5 .5 /P SCN")
    tile = pdf.make_stream(
        b"0 0 4 4 re f", Type=Name.Pattern, PatternType=1, PaintType=2, TilingType=1, XStep=8, YStep=8
    )
    tile.BBox, tile.Resources = Array([0, 0, 8, 8]), Dictionary()
    resources = pdf.pages[0].obj.Resources
    resources.Pattern = Dictionary(P=tile)
    resources.ColorSpace = Dictionary(T=Array([Name.Pattern, Name.DeviceRGB]))
    before = rendered(pdf)
    neutral(pdf)
    assert content(pdf) == (
        b"/T cs /T cs 1 0 0 /P scn 0 0 50 100 re f /Shared1 cs 0 /P scn 50 0 50 100 re f /T CS /Shared1 CS 0.5 /P SCN"
    )
    assert farthest(before, rendered(pdf)) <= 1
    assert black(pdf) == frozenset()
    assert b"/Shared1 cs 0.3 /P scn" in content(pdf)
    (shown_,) = rendered(pdf)
    assert abs(shown_.getpixel((1, 98))[0] - 76) <= 1


def of_bits(bits, rows, width):
    """A page with a picture in red, green and blue of so many bits a part."""
    pdf = shown(Image.new("RGB", (width, len(rows))))
    image_of(pdf).write(zlib.compress(b"".join(rows)), filter=Name.FlateDecode)
    image_of(pdf).BitsPerComponent = bits
    return pdf


@pytest.mark.parametrize(
    ("bits", "rows"),
    [
        (1, [b"\x80", b"\x1c"]),  # red, black; white in the second place
        (2, [b"\xc0\x00", b"\x03\xf0"]),
        (4, [b"\xf0\x00\x00", b"\x00\x0f\xff"]),
        (16, [b"\xff\xff" + b"\0" * 10, b"\0" * 6 + b"\xff" * 6]),
    ],
)
def test_pictures_of_any_number_of_bits_become_grey(bits, rows):
    pdf = of_bits(bits, rows, 2)
    assert black(pdf) == frozenset()
    assert Name.DeviceGray == image_of(pdf).ColorSpace
    assert pikepdf.PdfImage(image_of(pdf)).as_pil_image().tobytes() == bytes([76, 0, 0, 255])


def test_a_picture_in_lab_becomes_grey_as_light_as_it_is():
    pdf = shown(Image.new("RGB", (3, 1)))
    image_of(pdf).ColorSpace = Array([Name.Lab, Dictionary(WhitePoint=Array([0.9643, 1, 0.8251]))])
    # The middle of -100 … 100 is half a level beside a byte's: the nearest there is.
    image_of(pdf).write(zlib.compress(bytes([0, 128, 128, 255, 128, 128, 128, 128, 128])), filter=Name.FlateDecode)
    assert black(pdf) == frozenset()
    levels = pikepdf.PdfImage(image_of(pdf)).as_pil_image().tobytes()
    assert [abs(one - other) <= 2 for one, other in zip(levels, (0, 255, 120), strict=True)] == [True] * 3


def test_what_stays_in_colours_is_told():
    pdf = shown(Image.new("RGB", (4, 4), (200, 0, 0)))
    image_of(pdf).write(b"no JPEG", filter=Name.DCTDecode)
    mesh = pdf.make_stream(b"\0" * 30, ShadingType=4, ColorSpace=Name.DeviceRGB, BitsPerCoordinate=8)
    pdf.pages[0].obj.Resources.Shading = Dictionary(A=mesh, B=shade([1, 0, 0], [0, 0, 0]))
    assert black(pdf) == {"picture", "shade"}


# --- forms that go on in the space around them --------------------------------------------------


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (b"1 0 0 sc", True),
        (b"q /DeviceRGB cs 1 0 0 sc Q 1 0 0 sc", True),
        (b"/DeviceRGB cs 1 0 0 sc", False),
        (b"/DeviceRGB cs 1 0 0 SC", True),
        (b"0 0 0 rg 1 0 0 sc", False),
        (b"(1 0 0 sc) Tj", False),
        (b"0 0 9 9 re f", False),
    ],
)
def test_a_form_that_begins_in_the_space_around_it_keeps_what_is_around_it(written, found):
    assert takes_over(written) is found
    pdf = document(b"0 0 0 rg /F Do")
    inner = form(pdf, written + b" 0 0 50 50 re B")
    outer = form(pdf, b"/G Do", Resources=Dictionary(XObject=Dictionary(G=inner)))
    pdf.pages[0].obj.Resources.XObject = Dictionary(F=outer)
    before = rendered(pdf)
    neutral(pdf)
    assert content(pdf) == (b"0 0 0 rg /F Do" if found else b"0 g /F Do")
    assert farthest(before, rendered(pdf)) <= 1


def test_a_form_is_read_in_no_space_before_it_chooses_one_and_a_tile_in_grey():
    pdf = document(b"/F Do")
    drawing = form(pdf, b".5 sc 0 0 0 sc")
    tile = pdf.make_stream(b".5 sc", PatternType=1)
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(F=drawing), Pattern=Dictionary(P=tile))
    neutral(pdf)
    assert drawing.read_bytes() == b".5 sc 0 0 0 sc"
    assert tile.read_bytes() == b"0.5 g"


# --- pictures -----------------------------------------------------------------------------------


def test_a_picture_larger_than_memory_is_not_unpacked(monkeypatch):
    pdf = shown(Image.new("RGB", (8, 8), (9, 9, 9)))
    image_of(pdf).Width = image_of(pdf).Height = 20_000
    monkeypatch.setattr(pictures, "PdfImage", lambda *_: pytest.fail("unpacked"))
    assert pictures.repaint(pdf, image_of(pdf), Black(), {}) is False
    large = Image.new("RGB", (20, 20))
    kept = io.BytesIO()
    large.save(kept, "JPEG")
    monkeypatch.undo()
    monkeypatch.setattr(pictures, "MOST_PIXELS", 100)
    pdf = shown(Image.new("RGB", (8, 8)))
    image_of(pdf).write(kept.getvalue(), filter=Name.DCTDecode)  # larger than the dictionary says
    assert pictures.repaint(pdf, image_of(pdf), Black(), {}) is False


def test_the_library_warns_nobody(recwarn):
    pdf = shown(Image.new("RGB", (8, 8), (9, 9, 9)))
    image_of(pdf).write(zlib.compress(b"\1\2\3" * 9), filter=Name.FlateDecode)  # fewer pixels than it says
    warnings.simplefilter("always")
    black(pdf)
    assert not recwarn.list


@pytest.mark.parametrize(
    ("matte", "after"), [([1, 0, 0], None), ([0.5, 0.5, 0.5], [0.5]), ([Name.X, 0, 0], None), ([], None)]
)
def test_a_picture_blended_with_a_colour_stays_where_that_stays(matte, after):
    pdf = shown(Image.new("RGB", (4, 4), (9, 9, 9)))
    image_of(pdf).SMask = picture(pdf, Image.new("L", (4, 4), 128), Matte=Array(matte))
    neutral(pdf)
    assert image_of(pdf).ColorSpace == (Name.DeviceGray if after else Name.DeviceRGB)
    if after:
        assert [float(part) for part in image_of(pdf).SMask.Matte] == after


def test_a_mask_whose_ground_is_no_colour_keeps_it():
    pdf = document(b"/G gs")
    drawing = form(pdf, b"1 1 0 rg", Group=group(Name.DeviceRGB))
    mask = Dictionary(S=Name.Luminosity, G=drawing, BC=Array([Name.X, 0, 0]))
    pdf.pages[0].obj.Resources.ExtGState = Dictionary(G=Dictionary(SMask=mask))
    neutral(pdf)
    assert mask.BC[0] == Name.X
    assert drawing.read_bytes() == b"0.89 g"
    assert RGB == 3
