"""Files for a print shop: pages and cover on their sheets, in their inks, and what they say of themselves."""

import io
import os
import re
import shutil
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import validators
from pikepdf import Array, Dictionary, Name
from PIL import Image
from profile_made import profile
from typer.testing import CliRunner

from builder import composition, fonts, layout, manuscript, press
from builder.cli import app, folders
from builder.composition import Metadata
from builder.paper import POINTS_PER_MM
from builder.pdf import profiles
from builder.pdf.process import Process, Unusable
from builder.pdf.recolour import recolour
from builder.press import shop
from builder.press.marks import Frame
from builder.press.nouns import PageFacts, Printing
from builder.press.resolution import blank, coarse
from builder.press.spread import Block
from builder.problems import Problems, Severity
from builder.publication import Binding, Edition, Trim
from builder.shelf import records
from builder.works.asked import Wish, Workshop
from builder.works.build import build

ROOT = Path(__file__).resolve().parent.parent
TRIM = Trim("100x140", 100, 140)
FOGRA39 = profiles.parsed("made", profile("Made coated FOGRA39"))
METADATA = Metadata("Sổ tay & luật", creator="Tổ biên soạn")
NUMBER = rb"-?\d+(?:\.\d+)?"


def mm(box):
    return [round(float(side) / POINTS_PER_MM, 2) for side in box]


# --- a printing made by hand --------------------------------------------------------------------


def printing(pages=12, drawn=None, first=shop.COVER, last=shop.BACK):
    """Pages as the press gathers them: each a ground that runs 5 mm over the edge, tagged, linked, in an outline.

    ``drawn`` is what stands on a page, from 0, instead.
    """
    pdf = pikepdf.new()
    width, height = TRIM.width * POINTS_PER_MM, TRIM.height * POINTS_PER_MM
    for number in range(pages):
        pdf.add_blank_page(page_size=(width, height))
        page = pdf.pages[number].obj
        page.TrimBox = page.BleedBox = page.MediaBox
        level = b"%.2f " % (0.1 + 0.05 * number) * 3
        ground = b"%srg -14.17 -14.17 %.2f %.2f re f" % (level, width + 28.34, height + 28.34)
        page.Contents = pdf.make_stream((drawn or {}).get(number, ground))
        page.StructParents = number
        page.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))])
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    kept = io.BytesIO()
    pdf.save(kept, static_id=True)
    facts = (PageFacts(name=first), *(PageFacts(name="program") for _ in range(pages - 2)), PageFacts(name=last))
    labels = tuple(str(number + 1) for number in range(pages))
    return Printing(kept.getvalue(), pages, {}, {}, labels, facts, ())


def edition(**binding):
    return Edition("nha-in", "text", TRIM, ("press",), binding=Binding(**binding))


def made(pages=12, drawn=None, spine=b"", profile=None, **binding):
    return shop.for_shop(printing(pages, drawn), edition(**binding), METADATA, profile=profile, spine=spine)


def grey(pdf, page, x, y, scale=2):
    """How light a sheet is at a point, in mm from its lower left corner."""
    with pypdfium2.PdfDocument(pdf) as document:
        seen = document[page].render(scale=scale, grayscale=True).to_pil()
        at = scale * POINTS_PER_MM
        return seen.getpixel((round(x * at), round(seen.height - y * at)))


def level(number):
    return round(255 * (0.1 + 0.05 * number))


# --- the pages ----------------------------------------------------------------------------------


def test_pages_lie_on_sheets_that_begin_at_nought_with_trim_and_bleed_told_in_millimetres():
    with pikepdf.open(io.BytesIO(made(bleed=3.0).interior)) as book:
        assert len(book.pages) == 8
        for page in book.pages:
            assert mm(page.obj.MediaBox) == mm(page.obj.CropBox) == [0, 0, 120, 160]
            assert mm(page.obj.TrimBox) == [10, 10, 110, 150]
            assert mm(page.obj.BleedBox) == [7, 7, 113, 153]


def test_what_runs_over_the_edge_is_there_to_the_end_of_the_bleed_and_not_beyond():
    files = made(bleed=3.0)
    for x, y in ((7.3, 80), (112.7, 80), (60, 7.3), (60, 152.7)):
        assert grey(files.interior, 0, x, y) == level(2)
    for x, y in ((6.5, 80), (113.5, 80), (60, 6.5), (60, 153.5)):
        assert grey(files.interior, 0, x, y) == 255


def lines(content):
    """The lines drawn after the page: x, y to x, y in mm."""
    found = re.findall(rb"(%s) (%s) m (%s) (%s) l S" % ((NUMBER,) * 4), content)
    return [tuple(round(float(part) / POINTS_PER_MM, 1) for part in line) for line in found]


@pytest.mark.parametrize("bleed", [0.0, 3.0, 5.0])
def test_marks_stand_outside_the_bleed_and_point_at_the_trim(bleed):
    frame = Frame(100, 140, bleed, folds=(48.0, 52.0))
    drawn, room = lines(frame.marks()), frame.room
    assert len(drawn) == 8 + 4
    for x, y, to_x, to_y in drawn:
        across = x in (room, room + 48, room + 52, room + 100)
        up = y in (room, room + 140)
        assert across or up, "a mark lies in line with an edge or a fold"
        for at_x, at_y in ((x, y), (to_x, to_y)):
            outside_x = not room - bleed < at_x < room + 100 + bleed
            outside_y = not room - bleed < at_y < room + 140 + bleed
            assert outside_x or outside_y
        assert abs(to_x - x) + abs(to_y - y) == pytest.approx(5, abs=0.11)
    nearest = min(abs(x - room) for x, y, _, _ in drawn if y == room)
    assert nearest == pytest.approx(max(bleed, 1))
    assert b"0.25 w 0 G" in frame.marks()
    assert b"[4.252 2.835] 0 d" in frame.marks()
    sheet = frame.sheet
    assert all(0 < x < sheet[0] and 0 < y < sheet[1] for line in drawn for x, y in (line[:2], line[2:]))


def test_nothing_is_in_the_files_that_does_not_print():
    files = made(profile=FOGRA39)
    for pdf in (files.interior, files.cover):
        with pikepdf.open(io.BytesIO(pdf)) as book:
            assert set(book.Root.keys()) <= {"/Type", "/Pages", "/Metadata", "/OutputIntents", "/PageLabels"}
            for page in book.pages:
                assert set(page.obj.keys()) <= {
                    *("/Type", "/Parent", "/Contents", "/Resources"),
                    *("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox"),
                }


def test_pages_keep_their_folios_as_labels_and_lacking_ones_are_added_at_the_end():
    files = made(pages=11)
    assert (files.facts.block.pages, files.facts.block.blanks, files.facts.block.leaves) == (7, 1, 4)
    with pikepdf.open(io.BytesIO(files.interior)) as book:
        assert [page.label for page in book.pages] == [*map(str, range(3, 10)), ""]
        assert b" re W n" not in book.pages[7].obj.Contents.read_bytes()
        assert len(lines(book.pages[7].obj.Contents.read_bytes())) == 8
    assert grey(files.interior, 7, 60, 80) == 255


@pytest.mark.parametrize("chosen", [b"/d0 cs 0 sc", b"/d0\ncs 0 sc", b"/d0\tCS 0 SC", b"0 g/d0 cs\n0 sc"])
def test_a_space_that_is_chosen_is_kept_whatever_blank_stands_around_it(chosen):
    for content, kept in ((chosen, True), (b"0 g (a cs b) Tj /cs0 gs", False)):
        book = pikepdf.new()
        page = book.add_blank_page().obj
        page.Resources = pikepdf.Dictionary(ColorSpace=pikepdf.Dictionary(d0=Name.DeviceGray))
        page.Contents = book.make_stream(content)
        shop._let_go_of_spaces(book)
        assert (Name.ColorSpace in page.Resources) == kept


def test_the_cover_takes_its_own_pages_out_of_the_book_and_no_others(monkeypatch):
    opened = []

    def black(book):
        opened.append(len(book.pages))
        return frozenset()

    monkeypatch.setattr(shop, "black", black)
    made(pages=12)
    assert opened == [8, 4]


def test_a_book_without_a_back_cover_has_a_white_one():
    files = shop.for_shop(printing(12, last="program"), edition(scheme="perfect", caliper=2.0), METADATA)
    assert files.facts.block.pages == 10
    assert grey(files.interior, 9, 60, 80) == level(11)
    spine = files.facts.block.spine
    assert [grey(files.cover, 0, x, 80) for x in (60, 160 + spine)] == [255, level(0)]
    assert [grey(files.cover, 1, x, 80) for x in (60, 160 + spine)] == [level(1), 255]


def test_a_cover_around_nothing_is_all_pages():
    files = shop.for_shop(printing(4), edition(), METADATA)
    assert (files.cover, files.facts.block.pages) == (None, 4)


def test_a_book_without_a_cover_is_all_pages():
    files = shop.for_shop(printing(8, first="program"), edition(), METADATA)
    assert (files.cover, files.facts.spread, files.facts.block.pages) == (None, None, 8)
    assert grey(files.interior, 0, 60, 80) == level(0)


# --- inks ---------------------------------------------------------------------------------------

COLOURED = {4: b"1 0 0 rg 0 0 200 200 re f 0 0 0 rg 200 200 9 9 re f"}


def operators(pdf, number):
    with pikepdf.open(io.BytesIO(pdf)) as book:
        return [str(each.operator) for each in pikepdf.parse_content_stream(book.pages[number])]


def test_in_black_colours_are_grey_and_in_colour_they_are_four_inks_and_greys_are_black():
    assert {"g", "G"} >= set(operators(made(drawn=COLOURED).interior, 2)) & {"g", "G", "rg", "RG", "k", "K"}
    coloured = operators(made(drawn=COLOURED, ink="colour", profile=FOGRA39).interior, 2)
    assert [each for each in coloured if each in {"g", "rg", "k"}] == ["k", "g"]


def test_red_is_reckoned_through_the_profile_and_grey_is_not():
    process = Process(FOGRA39.data)
    cyan, magenta, yellow, black = process.colour((1.0, 0.0, 0.0))
    assert min(magenta, yellow) > 0.8
    assert max(cyan, black) < 0.2
    assert process.colour((0.5, 0.5, 0.5)) == (0.5,)
    assert process.colour((0.0, 0.0, 0.0)) == (0.0,)
    assert process.colour((0.1, 0.2, 0.3, 0.4)) is None
    picture = process.picture(Image.new("RGB", (2, 2), (255, 0, 0)))
    assert picture.mode == "CMYK"
    assert [part / 255 for part in picture.getpixel((0, 0))] == pytest.approx([cyan, magenta, yellow, black], abs=0.01)
    assert process.picture(Image.new("RGB", (2, 2), (7, 7, 7))).mode == "L"


def test_a_coloured_photograph_is_printed_in_four_inks_and_still_looks_red(tmp_path):
    pdf, kept = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page(page_size=(100, 100))
    Image.new("RGB", (64, 64), (200, 20, 20)).save(kept, "JPEG", quality=95)
    head = {"Type": Name.XObject, "Subtype": Name.Image, "ColorSpace": Name.DeviceRGB, "BitsPerComponent": 8}
    image = pdf.make_stream(kept.getvalue(), Width=64, Height=64, Filter=Name.DCTDecode, **head)
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im=image))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"100 0 0 100 0 0 cm /Im Do")
    recolour(pdf, Process(FOGRA39.data))
    assert (image.ColorSpace, image.Filter) == (Name.DeviceCMYK, Name.DCTDecode)
    pdf.save(tmp_path / "red.pdf")
    with pypdfium2.PdfDocument(tmp_path / "red.pdf") as document:
        red, green, blue = document[0].render(scale=1).to_pil().convert("RGB").getpixel((50, 50))
    assert red > 130
    assert max(green, blue) < 110


def test_a_profile_without_tables_cannot_be_reckoned_with():
    with pytest.raises(Unusable):
        Process(profile("Empty", usable=False))


@pytest.mark.slow
@pytest.mark.parametrize("ink", ["black", "colour"])
def test_ghostscript_finds_black_alone_where_there_is_no_colour(ink, tmp_path):
    files = made(ink=ink, scheme="perfect", caliper=2.0, profile=FOGRA39, drawn=COLOURED if ink == "black" else None)
    for name, data in (("interior", files.interior), ("cover", files.cover)):
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(data)
        covered = validators.inkcov(file)
        assert all(page[:3] == (0, 0, 0) for page in covered)
        assert any(page[3] > 0.1 for page in covered)
        assert validators.qpdf(file) == ()


# --- what they say of themselves ----------------------------------------------------------------


def told(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as book:
        return book.Root.Metadata.read_bytes().decode(), dict(book.docinfo.items()), book.pdf_version


def test_with_a_profile_the_files_are_pdf_x_4_and_say_by_which_condition():
    files = made(profile=FOGRA39)
    assert (files.facts.standard, files.facts.profile, files.facts.condition) == (
        "PDF/X-4",
        "Made coated FOGRA39",
        "FOGRA39",
    )
    for pdf in (files.interior, files.cover):
        packet, info, version = told(pdf)
        assert version == "1.6"
        assert "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>" in packet
        assert "<pdf:Trapped>False</pdf:Trapped>" in packet
        assert "Sổ tay &amp; luật" in packet
        assert re.search(r"<xmpMM:DocumentID>uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}</xmpMM:DocumentID>", packet)
        assert info["/Trapped"] == Name("/False")
        assert str(info["/CreationDate"]) == str(info["/ModDate"]) == "D:19800101000000Z"
        with pikepdf.open(io.BytesIO(pdf)) as book:
            (intent,) = book.Root.OutputIntents
            assert (intent.S, str(intent.OutputConditionIdentifier)) == (Name.GTS_PDFX, "FOGRA39")
            assert str(intent.RegistryName) == "http://www.color.org"
            assert intent.DestOutputProfile.read_bytes() == FOGRA39.data
            assert intent.DestOutputProfile.N == 4
            assert len(book.trailer.ID) == 2


def test_a_condition_nobody_registered_is_described():
    own = profiles.parsed("rieng", profile("Nha in rieng"))
    with pikepdf.open(io.BytesIO(made(profile=own).interior)) as book:
        (intent,) = book.Root.OutputIntents
        assert (str(intent.OutputConditionIdentifier), str(intent.Info)) == ("Custom", "Nha in rieng")
        assert "/RegistryName" not in intent


def test_without_a_profile_nothing_is_claimed():
    files = made()
    packet, _, version = told(files.interior)
    assert (version, files.facts.standard) == ("1.6", "PDF 1.6")
    assert "GTS_PDFX" not in packet
    with pikepdf.open(io.BytesIO(files.interior)) as book:
        assert "/OutputIntents" not in book.Root


def test_the_same_pages_give_the_same_bytes_and_others_another_identity():
    one, other = made(profile=FOGRA39, scheme="perfect"), made(profile=FOGRA39, scheme="perfect")
    assert (one.interior, one.cover) == (other.interior, other.cover)
    different = made(profile=FOGRA39, drawn={5: b"0 0 0 rg 0 0 9 9 re f"})

    def identity(files):
        return re.search(r"DocumentID>(.*?)<", told(files.interior)[0])[1]

    assert identity(one) == identity(other) != identity(different)


# --- the cover ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("binding", "pages", "spine"),
    [
        ({"scheme": "saddle"}, 64, 0.0),
        ({"scheme": "perfect"}, 128, 6.5),  # 64 leaves × 0.100 + 2 × 0.100 = 6.6
        ({"scheme": "perfect", "cover_gsm": 250}, 128, 7.0),  # … + 2 × 0.280 = 6.96
        ({"scheme": "perfect", "caliper": 0.12, "cover_caliper": 0.3}, 127, 8.5),  # a leaf more: 64 × 0.12 + 0.6 = 8.28
        ({"scheme": "signatures", "paper_gsm": 70}, 66, 3.0),  # 68 pages: 34 × 0.09 + 0.18 = 3.24
        ({"scheme": "side"}, 20, 1.0),  # 10 × 0.1 + 0.2 = 1.2
    ],
)
def test_the_spine_is_as_wide_as_leaves_and_cover_are_thick_to_half_a_millimetre(binding, pages, spine):
    block = Block.of(pages, Binding(**binding))
    assert block.spine == spine
    assert block.named == (spine >= 5)


def test_the_cover_lies_flat_back_spine_front_and_its_inside_the_other_way_round():
    files = made(scheme="perfect", caliper=2.0)  # 4 leaves × 2 mm + 2 × 2 mm
    spread = files.facts.spread
    assert (files.facts.block.spine, spread.width, spread.folds) == (12.0, 212.0, (100, 112.0))
    with pikepdf.open(io.BytesIO(files.cover)) as book:
        assert len(book.pages) == 2
        assert mm(book.pages[0].obj.TrimBox) == [10, 10, 222, 150]
        assert mm(book.pages[0].obj.MediaBox) == [0, 0, 232, 160]
    across = {"left": 60, "right": 172, "spine": 116}
    outside = {side: grey(files.cover, 0, x, 80) for side, x in across.items()}
    assert outside == {"left": level(11), "spine": 255, "right": level(0)}
    inside = {side: grey(files.cover, 1, x, 80) for side, x in across.items()}
    assert inside == {"left": level(1), "spine": 255, "right": level(10)}
    assert grey(files.cover, 0, 7.3, 80) == level(11)
    assert grey(files.cover, 0, 224.7, 80) == level(0)
    assert grey(files.cover, 0, 6.5, 80) == grey(files.cover, 0, 225.5, 80) == 255


def test_the_ground_of_the_covers_meets_on_a_narrow_spine():
    files = made(scheme="perfect", caliper=0.5, cover_caliper=0.75)  # 4 × 0.5 + 2 × 0.75
    assert files.facts.block.spine == 3.5
    seen = {x: grey(files.cover, 0, x, 80, scale=4) for x in (109, 111, 112.5, 114)}
    assert seen == {109: level(11), 111: level(11), 112.5: level(0), 114: level(0)}


def test_the_inside_stays_white_where_glue_has_to_hold():
    files = made(scheme="perfect", caliper=2.0)
    glued = {x: grey(files.cover, 1, x, 80) for x in (101.5, 102.5, 109, 123, 129.5, 130.5)}
    assert glued == {101.5: level(1), 102.5: 255, 109: 255, 123: 255, 129.5: 255, 130.5: level(10)}
    assert grey(made(scheme="signatures", caliper=2.0).cover, 1, 109, 80) == level(1)


def test_an_inside_with_nothing_on_it_is_left_out():
    files = made(drawn={1: b"", 10: b"1 g 0 0 50 50 re f"})
    assert not files.facts.inside
    with pikepdf.open(io.BytesIO(files.cover)) as book:
        assert len(book.pages) == 1
    assert made(drawn={1: b""}).facts.inside


def test_a_stapled_cover_is_folded_in_its_middle():
    files = made()
    assert files.facts.spread.folds == (100,)
    with pikepdf.open(io.BytesIO(files.cover)) as book:
        drawn = book.pages[0].obj.Contents.read_bytes()
    assert sum(x == to_x == 110 for x, _, to_x, _ in lines(drawn)) == 2
    assert b"] 0 d" in drawn
    assert grey(files.cover, 0, 109.5, 80) == level(11)
    assert grey(files.cover, 0, 110.5, 80) == level(0)


def test_words_on_the_spine_run_from_head_to_foot():
    pdf = pikepdf.new()
    long, wide = 140 * POINTS_PER_MM, 12 * POINTS_PER_MM
    pdf.add_blank_page(page_size=(long, wide))
    page = pdf.pages[0].obj
    page.TrimBox = page.MediaBox
    page.Contents = pdf.make_stream(b"0 g 0 %.2f 100 %.2f re f" % (wide / 2, wide / 2))  # the first letters, their tops
    kept = io.BytesIO()
    pdf.save(kept)
    files = made(scheme="perfect", caliper=2.0, spine=kept.getvalue())
    # The line's beginning is at the head; the tops of its letters point to the front cover.
    assert grey(files.cover, 0, 118, 145) == 0
    assert grey(files.cover, 0, 114.5, 145) == 255
    assert grey(files.cover, 0, 118, 20) == 255


# --- pictures -----------------------------------------------------------------------------------


def pictured(dots, millimetres):
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(300, 300))
    image = pdf.make_stream(
        bytes(dots * dots), Type=Name.XObject, Subtype=Name.Image, Width=dots, Height=dots,
        ColorSpace=Name.DeviceGray, BitsPerComponent=8,
    )  # fmt: skip
    inner = pdf.make_stream(b"/Im Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]))
    inner.Resources = Dictionary(XObject=Dictionary(Im=image))
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(F=inner))
    side = millimetres * POINTS_PER_MM
    pdf.pages[0].obj.Contents = pdf.make_stream(b"q %.3f 0 0 %.3f 10 10 cm /F Do Q" % (side, side))
    kept = io.BytesIO()
    pdf.save(kept)
    return kept.getvalue()


def test_a_picture_is_measured_as_it_is_placed():
    (found,) = coarse(pictured(200, 50.8))
    assert (found.page, found.dpi, found.dots, found.size) == (1, 100, (200, 200), (51, 51))
    assert coarse(pictured(600, 50.8)) == ()
    assert coarse(pictured(598, 50.8)) == ()
    assert not blank(pictured(200, 50.8), 0)


# --- profiles -----------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    """A machine's profiles: printers of four inks, and what is none."""
    for name, data in {
        "deep/a.icc": profile("Coated FOGRA39"),
        "b.ICM": profile("PSO Uncoated ISO12647 (FOGRA47)"),
        "c.icc": profile("A press nobody knows"),
        "screen.icc": profile("sRGB", kind=b"mntr", space=b"RGB "),
        "scanner.icc": profile("CMYK in", kind=b"scnr"),
        "broken.icc": b"acsp",
        "readme.txt": b"none",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        ("", "b"),  # paper that is not coated comes first
        ("FOGRA39", "a"),
        ("fogra 39 coated", "a"),
        ("nobody press", "c"),
        ("c", "c"),
        ("FOGRA51", None),
        ("sRGB", None),
    ],
)
def test_a_profile_is_found_by_words_of_what_it_says_of_itself(folder, wish, name):
    found = profiles.found((folder / "not-there", folder), wish)
    assert (found.name if found else None) == (name if wish != "c" else found.name)


def test_a_screens_profile_is_none_of_a_printer(folder):
    for name in ("screen.icc", "scanner.icc", "broken.icc"):
        with pytest.raises(profiles.NotAProfile):
            profiles.read(folder / name)


def test_a_profile_that_changes_is_seen(folder):
    before = profiles.stamps((folder,), None)
    assert len(before) == 6
    (folder / "c.icc").write_bytes(profile("Another press"))
    assert profiles.stamps((folder,), None) != before


def test_where_a_machine_keeps_its_profiles_is_known_and_one_can_say_where_else(monkeypatch, tmp_path):
    monkeypatch.setenv("ANPHAM_PROFILES", os.pathsep.join([str(tmp_path), "/nha/in"]))
    home = tmp_path.as_posix()
    monkeypatch.setenv("HOME", home)
    kept = {}
    for system in ("linux", "darwin", "win32"):
        monkeypatch.setattr(folders.sys, "platform", system)
        kept[system] = [path.as_posix() for path in folders.profiles()]
        assert kept[system][:2] == [tmp_path.as_posix(), "/nha/in"]
    assert {f"{home}/.local/share/icc", f"{home}/.color/icc", "/usr/share/color/icc"} == set(kept["linux"][2:])
    assert "/Library/ColorSync/Profiles" in kept["darwin"]
    assert kept["win32"][2].endswith("spool/drivers/color")


# --- the whole way ------------------------------------------------------------------------------

SOURCE = """format: 1
title: Quy ước
kind: tài liệu học tập
organisation: {{unit: Chi bộ Mẫu}}
editions:
  nha-in: {{layout: {layout}, trim: A5, outputs: [pdf, press], binding: {{{binding}}}}}
"""
EDGE = """
@page cover { background: #999 }
@page spine { background: #777 }
.program { position: relative }
.program::before { content: ""; position: absolute; left: -25mm; top: -25mm; width: 60mm; height: 15mm }
.program::before { background: #555 }
"""


@pytest.fixture
def layouts(tmp_path):
    """The layouts, and one whose cover and pages run over the edge."""
    shutil.copytree(ROOT / "layouts", tmp_path / "layouts")
    (tmp_path / "layouts/tran-le").mkdir()
    (tmp_path / "layouts/tran-le/layout.yaml").write_text("summary: Tràn lề\nextends: text\n", "utf-8")
    (tmp_path / "layouts/tran-le/print.css").write_text(EDGE, "utf-8")
    return tmp_path / "layouts"


def built(tmp_path, layouts, binding="", layout="tran-le", text="", **workshop):
    folder = tmp_path / "quy-uoc"
    folder.mkdir(exist_ok=True)
    (folder / "publication.yaml").write_text(SOURCE.format(layout=layout, binding=binding), "utf-8")
    (folder / "program.md").write_text(text or "Điều 1. Đọc sách\n\nMỗi người một cuốn.\n", "utf-8")
    done = build(folder, Wish(), Workshop(layouts, ROOT / "fonts", **workshop))
    return {output.kind: output.data for output in done.outputs}, done


@pytest.mark.press
def test_a_layout_that_runs_over_the_edge_is_printed_to_the_end_of_the_bleed(tmp_path, layouts):
    files, done = built(tmp_path, layouts)
    assert [output.name for output in done.outputs] == [
        "quy-uoc-nha-in.pdf",
        "quy-uoc-nha-in-press.pdf",
        "quy-uoc-nha-in-cover.pdf",
        "quy-uoc-nha-in-spec.txt",
    ]
    assert [found.code for found in done.problems] == ["PROFILE_NONE"]
    assert done.problems[0].severity is Severity.INFO
    ground, band = 0x99, 0x55
    # The cover's front is at the right; its ground ends with the bleed on three sides, and at the fold.
    right = 10 + 2 * 148
    for x, y in ((right - 1, 110), (right + 2.7, 110), (right - 74, 7.3), (right - 74, 222.7), (right - 147.5, 110)):
        assert abs(grey(files["cover"], 0, x, y) - ground) <= 1
    assert grey(files["cover"], 0, right + 3.4, 110) == grey(files["cover"], 0, right - 148.5, 110) == 255
    with pypdfium2.PdfDocument(files["press"]) as book:
        texts = [page.get_textpage().get_text_bounded() for page in book]
    page = next(number for number, words in enumerate(texts) if "Mỗi người một cuốn" in words)
    assert abs(grey(files["press"], page, 7.3, 222.7) - band) <= 1
    assert grey(files["press"], page, 6.5, 222.7) == 255


COMMENTARY = "## Điều 1: Vì sao\n\nĐọc để biết, biết rồi làm.\n"
ROW = "| " + " | ".join(["Cột rất dài"] * 14) + " |\n"
MATTER = f"Điều 1. Đọc sách\n\nMỗi người một cuốn.\n\n{ROW}{'|---' * 14}|\n{ROW}"  # a table that is turned


@pytest.mark.press
@pytest.mark.parametrize("layout", ["tran-le", "facing", "margin"])
def test_the_reading_copy_of_such_an_edition_ends_at_the_trim_and_says_the_same(tmp_path, layouts, layout):
    (tmp_path / "quy-uoc/commentary").mkdir(parents=True)
    (tmp_path / "quy-uoc/commentary/1.md").write_text(COMMENTARY, "utf-8")
    files, _ = built(tmp_path, layouts, layout=layout, text=MATTER)
    without, _ = built(tmp_path, layouts, "bleed_mm: 0", layout=layout, text=MATTER)
    with pikepdf.open(io.BytesIO(files["pdf"])) as book, pikepdf.open(io.BytesIO(without["pdf"])) as plain:
        for page, other in zip(book.pages, plain.pages, strict=True):
            for box in ("/MediaBox", "/TrimBox", "/BleedBox"):
                assert mm(page.obj[box]) == mm(other.obj[box]) == [0, 0, 148, 210]
        contents = [bytes(part.get_stream_buffer()) for page in book.pages for part in page.obj.Contents]
        assert any(b"0 -1 1 0 0" in content for content in contents), "a page is turned"
        assert str(book.Root.Names.Dests.Names) == str(plain.Root.Names.Dests.Names)
    with pypdfium2.PdfDocument(files["pdf"]) as one, pypdfium2.PdfDocument(without["pdf"]) as two:
        for number in range(len(one)):
            seen = [each[number].render(scale=1).to_pil().tobytes() for each in (one, two)]
            assert seen[0] == seen[1]


@pytest.mark.press
def test_a_narrow_spine_has_a_ground_and_no_words(tmp_path, layouts):
    files, _ = built(tmp_path, layouts, "scheme: perfect, caliper_mm: 1, cover_caliper_mm: 1")
    with pikepdf.open(io.BytesIO(files["cover"])) as book:
        width = mm(book.pages[0].obj.TrimBox)[2] - 10 - 2 * 148
    assert 2 <= width < 5
    with pypdfium2.PdfDocument(files["cover"]) as book:
        edges = [(10 + 148 + across) * POINTS_PER_MM for across in (0, width)]
        assert book[0].get_textpage().get_text_bounded(edges[0], 0, edges[1], 650).strip() == ""
    for y in (7.5, 110, 222.5):
        assert abs(grey(files["cover"], 0, 158 + width / 2, y) - 0x77) <= 1


@pytest.mark.press
def test_words_are_set_on_a_spine_that_is_wide_enough(tmp_path, layouts):
    files, _ = built(tmp_path, layouts, "scheme: perfect, caliper_mm: 1.2", layout="text")
    with pypdfium2.PdfDocument(files["cover"]) as book:
        words = book[0].get_textpage()
        spec = files["spec"].decode("utf-8-sig")
        spine = float(re.search(r"Gáy\s+([\d,]+) mm", spec)[1].replace(",", "."))
        assert spine >= 5
        left = (10 + 148) * POINTS_PER_MM
        said = words.get_text_bounded(left, 0, left + spine * POINTS_PER_MM, 230 * POINTS_PER_MM)
    assert "Quy ước" in said
    assert "Chi bộ Mẫu" in said


LONG = (
    "Chương trình hành động thực hiện Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVI về xây dựng Đảng, hệ thống chính trị "
    "và công tác dân vận trong tình hình mới, giai đoạn 2026 – 2030"
)


@pytest.mark.press
@pytest.mark.parametrize(
    ("title", "width", "said"),
    [
        ("Sổ tay", 5.0, "Sổ tay Chi bộ Mẫu"),
        ("Hỏi & đáp <về> quy chế", 30.0, "Hỏi & đáp <về> quy chế Chi bộ Mẫu"),
        (LONG.partition(" về")[0], 9.0, LONG.partition(" về")[0] + " Chi bộ Mẫu"),
        (LONG.partition(" và công")[0], 9.0, LONG.partition(" và công")[0]),  # not the unit too
        (LONG, 9.0, "Chương trình hành động thực hiện Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVI về xây dựng Đảng"),
    ],
    ids=["short", "signs", "smaller", "alone", "cut"],
)
def test_a_spine_takes_as_many_words_as_can_be_read_on_it(title, width, said, tmp_path):
    folder = tmp_path / "quy-uoc"
    folder.mkdir()
    (folder / "publication.yaml").write_text(
        SOURCE.format(layout="text", binding="").replace("title: Quy ước", f'title: "{title}"'), "utf-8"
    )
    (folder / "program.md").write_text("Điều 1. Đọc sách\n", "utf-8")
    publication, _ = manuscript.read(folder)
    edition = publication.settings.editions[0]
    look = layout.load(edition.layout, ROOT / "layouts")
    composed = composition.shop.spine(publication, look, edition, fonts.roles(ROOT / "fonts"), width)
    printed = press.print_pdf(composed)
    assert (printed.pages, printed.problems) == (1, ())
    with pypdfium2.PdfDocument(printed.pdf) as book:
        assert mm((0, 0, *book[0].get_size())) == [0, 0, 210, width]
        words = " ".join(book[0].get_textpage().get_text_bounded().split())
        seen = book[0].render(scale=4, grayscale=True).to_pil()
    assert words == said or (title == LONG and words.startswith(said) and words.endswith("…"))
    left, high, right, low = seen.point(lambda level: 255 * (level < 128)).getbbox()
    assert 17.5 * 4 * POINTS_PER_MM < left < right < 192.5 * 4 * POINTS_PER_MM
    assert abs((high + low) / 2 - seen.height / 2) < 0.12 * seen.height, "the words stand in the middle of the back"


@pytest.mark.press
def test_the_sheet_of_facts_names_files_sizes_paper_and_what_to_look_at(tmp_path, layouts, folder):
    files, done = built(tmp_path, layouts, "scheme: perfect, cover_gsm: 250, profile: FOGRA39", profiles=(folder,))
    spec = files["spec"].decode("utf-8-sig")
    assert spec.count("\r\n") == spec.count("\n") > 20
    for words in (
        "quy-uoc-nha-in-press.pdf",
        "quy-uoc-nha-in-cover.pdf",
        "PDF/X-4, hồ sơ màu Coated FOGRA39 (FOGRA39)",
        "148 × 210 mm",
        "3 mm cả bốn phía",
        "168 × 230 mm",
        "một màu đen (K)",
        "keo gáy vuông",
        "250 g/m²",
        "2 × 0,28",
        "Be Vietnam Pro",
        "Chi bộ Mẫu",
    ):
        assert words in spec
    assert [(found.code, dict(found.values)["name"]) for found in done.problems] == [("PROFILE_USED", "Coated FOGRA39")]


@pytest.mark.press
def test_colour_needs_a_profile_and_a_bad_one_is_told(tmp_path, layouts, folder):
    with pytest.raises(Problems) as stopped:
        built(tmp_path, layouts, "ink: colour")
    assert [each.code for each in stopped.value.problems] == ["PROFILE_NEEDED"]
    for bad in (folder / "screen.icc", tmp_path / "not-there.icc"):
        with pytest.raises(Problems) as stopped:
            built(tmp_path, layouts, profile=bad)
        assert [each.code for each in stopped.value.problems] == ["PROFILE_BAD"]
    (folder / "empty.icc").write_bytes(profile("Empty", usable=False))
    with pytest.raises(Problems) as stopped:
        built(tmp_path, layouts, "ink: colour", profile=folder / "empty.icc")
    assert [each.code for each in stopped.value.problems] == ["PROFILE_BAD"]
    files, done = built(tmp_path, layouts, "ink: colour", profile=folder / "c.icc")
    assert [dict(found.values)["name"] for found in done.problems] == ["A press nobody knows"]
    with pikepdf.open(io.BytesIO(files["press"])) as book:
        assert book.Root.OutputIntents[0].DestOutputProfile.read_bytes() == (folder / "c.icc").read_bytes()


@pytest.mark.press
def test_a_profile_is_named_on_the_command_line(tmp_path, folder, monkeypatch):
    (tmp_path / "quy-uoc").mkdir()
    (tmp_path / "quy-uoc/publication.yaml").write_text(SOURCE.format(layout="text", binding="ink: colour"), "utf-8")
    (tmp_path / "quy-uoc/program.md").write_text("Điều 1. Đọc sách\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANPHAM_PROFILES", str(folder / "deep"))

    def typed(*words):
        return CliRunner().invoke(app, ["build", "quy-uoc", "--only", "press", "--jobs", "1", *words])

    bad = typed("--profile", str(folder / "screen.icc"))
    assert bad.exit_code == 1
    assert "lỗi PROFILE_BAD" in bad.stderr
    assert not (tmp_path / "shelf").exists()
    good = typed("--profile", str(folder / "c.icc"))
    assert good.exit_code == 0, good.stderr
    assert "“A press nobody knows”" in good.stderr
    assert "quy-uoc-nha-in-cover.pdf" in good.stdout
    assert "phiếu kỹ thuật cho nhà in" in good.stdout
    before = {each.source for each in records(tmp_path / "shelf/quy-uoc")}
    found = typed()
    after = {each.source for each in records(tmp_path / "shelf/quy-uoc")}
    assert (len(before), len(after), before & after) == (1, 1, set()), "what a file was made with is told in the list"
    assert "“Coated FOGRA39”" in found.stderr, "another profile makes other files, whatever was kept"
    assert "FOGRA39" in (tmp_path / "shelf/quy-uoc/quy-uoc-nha-in-spec.txt").read_text("utf-8-sig")


@pytest.mark.press
def test_a_picture_that_keeps_its_colours_is_told_of(tmp_path, layouts, monkeypatch):
    monkeypatch.setattr("builder.press.shop.black", lambda _: frozenset({"picture"}))
    _, done = built(tmp_path, layouts, layout="text")
    (told,) = [found for found in done.problems if found.code == "INK_LEFT"]
    assert (told.severity, told.sentence()) == (
        Severity.WARNING,
        "Tệp gửi nhà in còn một hình giữ màu cũ: chương trình không đổi được sang mực in.",
    )


@pytest.mark.press
def test_a_picture_too_coarse_for_print_is_told_with_its_page(tmp_path, layouts):
    figures = tmp_path / "quy-uoc/figures"
    figures.mkdir(parents=True)
    Image.effect_noise((120, 60), 60).save(figures / "so-do.png")
    _, done = built(tmp_path, layouts, text="Điều 1. Đọc sách\n\n![Sơ đồ](figures/so-do.png)\n", layout="text")
    (told,) = [found for found in done.problems if found.code == "IMAGE_COARSE"]
    values = dict(told.values)
    assert told.severity is Severity.WARNING
    assert values["dots"] == "120 × 60"
    assert int(values["dpi"]) < 150
    assert int(values["dpi"]) == pytest.approx(120 / int(values["width"]) * 25.4, rel=0.05)
