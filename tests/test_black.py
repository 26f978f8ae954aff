"""Black ink: greys of any PDF become grey, in one ink, and nothing else changes."""

import io
import random
import time
import zlib

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image, ImageChops

from builder.pdf.black import black, neutral

SIDE = 100
PAINTING = {"f", "F", "f*", "S", "B", "Tj", "TJ", "sh", "Do", "INLINE IMAGE"}
FILLS = {"g": 1, "rg": 3, "k": 4}
SRGB_HEADER = b"\0" * 12 + b"mntrRGB XYZ " + b"\0" * 104  # enough of a profile to be told by


def document(content, **resources):
    """One page of a hundred points a side."""
    pdf = Pdf.new()
    pdf.add_blank_page(page_size=(SIDE, SIDE))
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(content)
    page.Resources = Dictionary({f"/{key}": value for key, value in resources.items()})
    return pdf


def rendered(pdf):
    kept = io.BytesIO()
    pdf.save(kept)
    with pypdfium2.PdfDocument(kept.getvalue()) as shown:
        return [page.render(scale=1).to_pil().convert("RGB") for page in shown]


def farthest(before, after):
    """The largest difference of any part of any pixel."""
    return max(
        most
        for one, other in zip(before, after, strict=True)
        for _, most in ImageChops.difference(one, other).getextrema()
    )


def content(pdf, number=0):
    contents = pdf.pages[number].obj.Contents
    return contents.read_bytes() if isinstance(contents, Stream) else b"\n".join(s.read_bytes() for s in contents)


# --- content ------------------------------------------------------------------------------------


def test_grey_by_three_parts_becomes_grey_by_one_and_colours_stay():
    pdf = document(b"0 0 0 rg 0.25 0.25 0.25 RG 1 0 0 rg .5 .5 .5 rg 0 0 0 1 k 0 0 0.1 rg 1. 1. 1. rg")
    neutral(pdf)
    assert content(pdf) == b"0 g 0.25 G 1 0 0 rg 0.5 g 0 0 0 1 k 0 0 0.1 rg 1 g"


@pytest.mark.parametrize(
    "written",
    [
        b"(0 0 0 rg) Tj",
        b"(a (0 0 0 rg ( 0 0 0 rg ) 0 0 0 rg ) b\\) 0 0 0 rg ) Tj",
        b"(\\( 0 0 0 rg) Tj",
        b"% 0 0 0 rg\n1 0 0 rg",
        b"/Span << /ActualText (0 0 0 rg) /x [0 0 0] >> BDC EMC",
        b"/rg 0 0 0 /rg gs",
        b"BI /W 3 /H 1 /CS /G /BPC 8 ID \n0 0 0 rg \nEI Q",
        b"0 0 0 rgx",
        b"/0 0 0 rg",
        b"(an end that never comes 0 0 0 rg",
    ],
)
def test_what_only_looks_like_a_colour_is_left_alone(written):
    pdf = document(written)
    neutral(pdf)
    assert content(pdf) == written


def test_a_colour_that_stands_across_two_streams_is_seen_and_shared_streams_stay_shared():
    pdf = document(b"")
    pdf.add_blank_page(page_size=(SIDE, SIDE))
    head, tail = pdf.make_stream(b"q 0 0"), pdf.make_stream(b"0 rg 0 0 50 50 re f Q")
    for page in pdf.pages:
        page.obj.Contents = Array([head, tail])
    neutral(pdf)
    assert content(pdf).split() == b"q 0 g 0 0 50 50 re f Q".split()
    assert pdf.pages[0].obj.Contents.objgen == pdf.pages[1].obj.Contents.objgen


def spaces(pdf):
    profile = pdf.make_stream(SRGB_HEADER, N=3)
    return Dictionary(
        Icc=Array([Name.ICCBased, profile]),
        Cal=Array([Name.CalRGB, Dictionary(WhitePoint=Array([0.95, 1, 1.09]))]),
        Lab=Array([Name.Lab, Dictionary(WhitePoint=Array([0.9643, 1, 0.8251]))]),
        Index=Array([Name.Indexed, Name.DeviceRGB, 1, String(b"\0\0\0\xff\0\0")]),
        Spot=Array([Name.Separation, Name("/Red#201"), Name.DeviceRGB, exponential([1, 1, 1], [1, 0, 0])]),
    )


def exponential(first, last):
    return Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array(first), C1=Array(last), N=1)


@pytest.mark.parametrize(
    ("written", "left"),
    [
        (b"/Icc cs 0 0 0 scn", b"0 g 0 g"),
        (b"/Icc CS 0.2 0.2 0.2 SCN 1 0 0 SCN", b"0 G 0.2 G /Icc CS 1 0 0 SCN"),
        (b"/Cal cs 0.5 0.5 0.5 sc", b"0 g 0.5 g"),
        (b"/Lab cs 100 0 0 scn", b"0 g 1 g"),
        (b"/DeviceRGB cs .5 .5 .5 sc", b"0 g 0.5 g"),
        (b"/Index cs 0 sc 1 sc", b"0 g 0 g /Index cs 1 sc"),
        (b"/Spot cs 0 scn", b"/Spot cs 0 scn"),
        (b"q /Icc cs Q 0.5 sc", b"q 0 g Q 0.5 g"),
        (b"1 0 0 rg 0 0 0 sc 0 1 0 sc", b"1 0 0 rg 0 g 0 1 0 rg"),
        (b"/Pattern cs /P scn", b"/Pattern cs /P scn"),
        (b"/I#63c cs 0 0 0 scn", b"0 g 0 g"),
    ],
)
def test_colours_of_a_space_that_was_chosen_are_read_in_it(written, left):
    pdf = document(b"")
    pdf.pages[0].obj.Resources.ColorSpace = spaces(pdf)
    pdf.pages[0].obj.Contents = pdf.make_stream(written)
    neutral(pdf)
    assert content(pdf) == left


# --- against a slow reference -------------------------------------------------------------------


def painted(pdf):
    """What every painting operator of the page paints with: the colours in force, walked through one by one."""
    grey = ("/DeviceGray", (0.0,))
    now, kept, seen = {"fill": grey, "stroke": grey}, [], []
    devices = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
    for instruction in pikepdf.parse_content_stream(pdf.pages[0]):
        operands, operator = list(instruction.operands), str(instruction.operator)
        side = "stroke" if operator.isupper() else "fill"
        if operator == "q":
            kept.append(dict(now))
        elif operator == "Q" and kept:
            now = kept.pop()
        elif operator.lower() in FILLS:
            now[side] = (devices[FILLS[operator.lower()]], tuple(float(part) for part in operands))
        elif operator in ("cs", "CS"):
            name = str(operands[0])
            now[side] = (name, (0.0,) if name == "/DeviceGray" else (0.0, 0.0, 0.0))
        elif operator in ("sc", "scn", "SC", "SCN"):
            now[side] = (now[side][0], tuple(float(part) for part in operands))
        elif operator in PAINTING:
            seen.append((operator, now["fill"], now["stroke"]))
    return seen


def expected(seen):
    def one(colour):
        name, parts = colour
        if name in ("/DeviceRGB", "/Icc") and len(set(parts)) == 1:
            return ("/DeviceGray", parts[:1])
        return colour

    return [(operator, one(fill), one(stroke)) for operator, fill, stroke in seen]


level = st.sampled_from(["0", "1", "0.5", ".25", "1.0", "0.750"])
plain = st.one_of(
    st.builds(lambda a, op: f"{a} {a} {a} {op}", level, st.sampled_from(["rg", "RG"])),
    st.builds(lambda a, b, c, op: f"{a} {b} {c} {op}", level, level, level, st.sampled_from(["rg", "RG"])),
    st.builds(lambda a, op: f"{a} {op}", level, st.sampled_from(["g", "G"])),
    st.builds(lambda a, b, op: f"{a} {b} {a} {b} {op}", level, level, st.sampled_from(["k", "K"])),
)
chosen = st.builds(
    lambda name, parts, small: (
        f"/{name} {'cs' if small else 'CS'} "
        + " ".join(f"{' '.join(each)} {'sc' if small else 'SC'}" for each in parts)
    ),
    st.sampled_from(["DeviceRGB", "Icc"]),
    st.lists(st.tuples(level, level, level) | level.map(lambda each: (each,) * 3), max_size=3),
    st.booleans(),
)
painting = st.sampled_from(["0 0 9 9 re f", "0 0 m 9 9 l S", "0 0 9 9 re B"])
decoys = st.sampled_from(
    [
        "BT (0 0 0 rg) Tj ET",
        "BT [(0 0 0 rg) -20 (\\) 0 0 0 rg (x) )] TJ ET",
        "% 0 0 0 rg (\n",
        "/Span << /A (0 0 0 rg) /B [0 0 0] >> BDC EMC",
        "BI /W 9 /H 1 /CS /G /BPC 8 ID 0 0 0 rg  EI",
        "<30203020302072>\nTj",
    ]
)
nested = st.recursive(
    st.lists(plain | chosen | painting | decoys, max_size=8).map("\n".join),
    lambda inner: st.lists(inner, max_size=3).map(lambda each: "q\n" + "\n".join(each) + "\nQ"),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(nested, max_size=4).map(" ".join))
def test_every_stroke_is_painted_with_what_a_walk_through_all_operators_says(written):
    pdf = document(b"")
    pdf.pages[0].obj.Resources.ColorSpace = Dictionary(Icc=Array([Name.ICCBased, pdf.make_stream(SRGB_HEADER, N=3)]))
    pdf.pages[0].obj.Contents = pdf.make_stream(written.encode() + b"\n0 0 9 9 re f")
    before = painted(pdf)
    neutral(pdf)
    assert painted(pdf) == expected(before)


# --- pictures -----------------------------------------------------------------------------------


def picture(pdf, image, **more):
    data, space_ = image.tobytes(), {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}[image.mode]
    head = {"Width": image.width, "Height": image.height, "ColorSpace": space_, "BitsPerComponent": 8} | more
    return pdf.make_stream(zlib.compress(data), Type=Name.XObject, Subtype=Name.Image, Filter=Name.FlateDecode, **head)


def noise(mode, side=24, seed=5):
    return Image.frombytes(mode, (side, side), random.Random(seed).randbytes(side * side * len(mode)))  # noqa: S311 - noise


def shown(image, **more):
    """A page with a picture that fills it."""
    pdf = document(b"100 0 0 100 0 0 cm /Im Do")
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im=picture(pdf, image, **more))
    return pdf


def image_of(pdf):
    return pdf.pages[0].obj.Resources.XObject.Im


def test_a_picture_of_greys_becomes_grey_pixel_for_pixel():
    grey = noise("L")
    pdf = shown(grey.convert("RGB"))
    before = rendered(pdf)
    neutral(pdf)
    assert image_of(pdf).ColorSpace == Name.DeviceGray
    assert pikepdf.PdfImage(image_of(pdf)).as_pil_image().tobytes() == grey.tobytes()
    assert farthest(before, rendered(pdf)) <= 1


def test_one_coloured_pixel_keeps_a_picture_as_it_is():
    image = noise("L").convert("RGB")
    image.putpixel((3, 3), (90, 90, 94))
    pdf = shown(image)
    neutral(pdf)
    assert image_of(pdf).ColorSpace == Name.DeviceRGB
    black(pdf)
    assert image_of(pdf).ColorSpace == Name.DeviceGray


def test_a_table_of_greys_is_rewritten_and_the_pixels_are_not():
    pdf = shown(noise("L").point(lambda level: level % 2))
    table = Array([Name.Indexed, Name.DeviceRGB, 1, String(b"\x20\x20\x20\xe0\xe0\xe0")])
    image_of(pdf).ColorSpace = table
    before, data = rendered(pdf), image_of(pdf).read_raw_bytes()
    neutral(pdf)
    assert list(image_of(pdf).ColorSpace)[:3] == [Name.Indexed, Name.DeviceGray, 1]
    assert bytes(image_of(pdf).ColorSpace[3]) == b"\x20\xe0"
    assert image_of(pdf).read_raw_bytes() == data
    assert farthest(before, rendered(pdf)) <= 1


def test_a_picture_with_hidden_colours_hides_them_still():
    image = Image.new("RGB", (2, 1), (255, 255, 255))
    image.putpixel((0, 0), (0, 0, 0))
    pdf = shown(image, Mask=Array([0, 0] * 3))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"1 0 0 rg 0 0 100 100 re f 100 0 0 100 0 0 cm /Im Do")
    before = rendered(pdf)
    neutral(pdf)
    assert image_of(pdf).ColorSpace == Name.DeviceGray
    assert farthest(before, rendered(pdf)) <= 1


def test_a_picture_in_content_becomes_grey():
    head = b"q 100 0 0 100 0 0 cm BI /W 2 /H 1 /CS /RGB /BPC 8 ID "
    pdf = document(head + bytes([40, 40, 40, 200, 200, 200]) + b"\nEI Q 0 0 0 rg")
    before = rendered(pdf)
    neutral(pdf)
    assert b"/CS /G" in content(pdf)
    assert content(pdf).endswith(b"EI Q 0 g")
    assert farthest(before, rendered(pdf)) <= 1


@pytest.mark.parametrize("turned", [True, False])
def test_a_jpeg_of_four_inks_is_told_apart_from_its_negative(turned):
    image = Image.new("CMYK", (16, 16), (0, 0, 0, 200))
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=95)  # Pillow writes what Adobe's programs do: turned round
    pdf = shown(image)
    image_of(pdf).write(kept.getvalue(), filter=Name.DCTDecode)
    if turned:
        image_of(pdf).Decode = Array([1, 0] * 4)
    before = rendered(pdf)
    black(pdf)
    assert farthest(before, rendered(pdf)) <= 60  # inks of paper and of grey are shown a little apart
    assert abs(pikepdf.PdfImage(image_of(pdf)).as_pil_image().getpixel((8, 8)) - 55) <= 3


def test_a_grey_photograph_loses_nothing_and_a_coloured_one_stays_a_photograph():
    grey, red = noise("L", 64), Image.new("RGB", (64, 64), (200, 30, 30))
    for image, change in ((grey.convert("RGB"), neutral), (red, black)):
        pdf, kept = shown(image), io.BytesIO()
        image.save(kept, "JPEG", quality=90, subsampling=0)
        image_of(pdf).write(kept.getvalue(), filter=Name.DCTDecode)
        before = pikepdf.PdfImage(image_of(pdf)).as_pil_image().convert("L")
        change(pdf)
        after = image_of(pdf)
        assert Name.DeviceGray == after.ColorSpace
        assert after.Filter == (Name.FlateDecode if change is neutral else Name.DCTDecode)
        assert farthest([before.convert("RGB")], [pikepdf.PdfImage(after).as_pil_image().convert("RGB")]) <= 1


def test_the_pixels_of_a_soft_edge_are_put_right_with_what_they_were_blended_with():
    pdf = shown(noise("L").convert("RGB"))
    image_of(pdf).SMask = picture(pdf, noise("L", seed=6), Matte=Array([1, 1, 1]))
    neutral(pdf)
    assert Name.DeviceGray == image_of(pdf).ColorSpace
    assert [float(part) for part in image_of(pdf).SMask.Matte] == [1.0]


def test_what_cannot_be_read_stays_as_it_is():
    pdf = shown(noise("RGB"))
    image_of(pdf).write(b"no JPEG", filter=Name.DCTDecode)
    black(pdf)
    assert Name.DeviceRGB == image_of(pdf).ColorSpace
    assert image_of(pdf).read_raw_bytes() == b"no JPEG"


# --- shades, groups, masks ----------------------------------------------------------------------


def shade(first, last):
    return Dictionary(
        ShadingType=2,
        ColorSpace=Name.DeviceRGB,
        Coords=Array([0, 0, SIDE, 0]),
        Function=Dictionary(
            FunctionType=3,
            Domain=Array([0, 1]),
            Bounds=Array([0.5]),
            Encode=Array([0, 1, 0, 1]),
            Functions=Array([exponential(first, last), exponential(last, first)]),
        ),
    )


def test_a_shade_between_greys_becomes_one_and_between_colours_stays():
    pdf = document(b"/A sh /B sh", Shading=Dictionary(A=shade([0] * 3, [0.8] * 3), B=shade([1, 0, 0], [0, 0, 0])))
    before = rendered(pdf)
    neutral(pdf)
    shades = pdf.pages[0].obj.Resources.Shading
    assert (shades.A.ColorSpace, shades.B.ColorSpace) == (Name.DeviceGray, Name.DeviceRGB)
    assert farthest(before, rendered(pdf)) <= 1
    black(pdf)
    assert shades.B.ColorSpace == Name.DeviceGray
    assert [float(part) for part in shades.B.Function.Functions[0].C0] == [0.3]


def test_a_shade_made_of_samples_is_sampled_anew():
    pdf = document(b"/A sh")
    samples = bytes(level for step in range(4) for level in [step * 80] * 3)
    sampled = pdf.make_stream(
        samples, FunctionType=0, Domain=Array([0, 1]), Range=Array([0, 1] * 3), Size=Array([4]), BitsPerSample=8
    )
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, SIDE, 0]), Function=sampled)
    pdf.pages[0].obj.Resources.Shading = Dictionary(A=shading)
    before = rendered(pdf)
    neutral(pdf)
    assert Name.DeviceGray == pdf.pages[0].obj.Resources.Shading.A.ColorSpace
    assert farthest(before, rendered(pdf)) <= 2


def form(pdf, written, **more):
    head = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, SIDE, SIDE])}
    return pdf.make_stream(written, **(head | more))


def group(space_):
    return Dictionary(Type=Name.Group, S=Name.Transparency, I=True, CS=space_)


def test_see_through_things_are_not_blended_in_red_green_and_blue_any_more():
    pdf = document(b"/F Do")
    pdf.pages[0].obj.Group = group(Name.DeviceRGB)
    drawing = form(pdf, b"0 0 0 rg 9 9 50 50 re f 0 1 0 rg 40 40 50 50 re f", Group=group(Name.DeviceRGB))
    pdf.pages[0].obj.Resources.XObject = Dictionary(F=drawing)
    before = rendered(pdf)
    neutral(pdf)
    assert Name.CS not in pdf.pages[0].obj.Group
    assert Name.CS not in drawing.Group
    assert drawing.read_bytes().startswith(b"0 g 9 9")
    assert farthest(before, rendered(pdf)) <= 1


def test_a_mask_by_luminosity_lets_through_as_much_as_before():
    pdf = document(b"/G gs 0 0 0 rg 0 0 100 100 re f")
    drawing = form(pdf, b"1 1 0 rg 0 0 50 100 re f", Group=group(Name.DeviceRGB))
    mask = Dictionary(S=Name.Luminosity, G=drawing, BC=Array([0.2, 0.2, 0.2]))
    pdf.pages[0].obj.Resources.ExtGState = Dictionary(G=Dictionary(SMask=mask))
    before = rendered(pdf)
    neutral(pdf)
    assert Name.DeviceGray == drawing.Group.CS
    assert [float(part) for part in mask.BC] == [0.2]
    assert farthest(before, rendered(pdf)) <= 2


def test_tiles_glyphs_that_are_drawings_and_stamps_are_changed_too():
    pdf = document(b"/Pattern cs /P scn 0 0 100 100 re f")
    tile = pdf.make_stream(b"0 0 0 rg 0 0 4 4 re f", PatternType=1, PaintType=1, TilingType=1)
    glyph = pdf.make_stream(b"9 0 d0 0 0 0 rg 0 0 4 4 re f")
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type3, CharProcs=Dictionary(a=glyph)))
    stamp = form(pdf, b"0 0 0 RG 0 0 m 9 9 l S")
    page = pdf.pages[0].obj
    page.Resources.Pattern, page.Resources.Font = Dictionary(P=tile), Dictionary(F=font)
    page.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Stamp, AP=Dictionary(N=stamp))])
    neutral(pdf)
    assert [each.read_bytes().count(b"0 0 0 ") for each in (tile, glyph, stamp)] == [0, 0, 0]
    assert stamp.read_bytes().startswith(b"0 G")


def test_in_black_every_colour_is_as_light_as_it_was_and_black_inks_stay():
    pdf = document(b"1 0 0 rg 0 0 1 RG 0 1 0 0 k 0 0 0 1 K")
    pdf.pages[0].obj.Group = group(Name.DeviceRGB)
    black(pdf)
    assert content(pdf) == b"0.3 g 0.11 G 0.41 g 0 G"
    assert Name.CS not in pdf.pages[0].obj.Group


def test_a_long_book_takes_less_than_a_few_seconds_and_each_stream_is_read_once():
    line = b"BT /F 9 Tf 0 0 0 rg [(Ng\\(h)-20(quy)14<0012003400>-3(nh)] TJ ET\n"
    pdf = document(line * 200)
    for _ in range(319):
        pdf.add_blank_page(page_size=(SIDE, SIDE))
        pdf.pages[-1].obj.Contents = pdf.make_stream(line * 200)
    since = time.process_time()
    neutral(pdf)
    assert time.process_time() - since < 5  # a second and a half, where it was measured
    assert all(b"rg" not in content(pdf, number) for number in (0, 319))
