"""Pages on sheets: where they lie, what the file says, and that sheets printed and folded read 1 … n."""

import os
import re
import subprocess
import sys
from io import BytesIO

import pikepdf
import pytest
import validators
from pikepdf import Array, Dictionary, Name, Pdf
from singles import A5, FOLD, dark, decode, halves, mark, marked, pdf_of, pictures, print_and_fold, turning, written

from builder import imposition
from builder import pdf as pdfs
from builder.imposition import DoesNotFit, Job
from builder.paper import A3, A4
from builder.printer import Flip


@pytest.mark.parametrize("flip", list(Flip))
@pytest.mark.parametrize("count", [1, 2, 4, 7, 8, 13])
def test_printed_and_folded_sheets_read_one_to_n_upright(count, flip):
    imposed = imposition.impose(marked(count), turning(flip))
    booklet = print_and_fold(imposed.files[0].pdf, turns_about=flip)
    assert [page for page in booklet if page is not None] == list(range(1, count + 1))
    assert [number for number, page in enumerate(booklet, 1) if page is None] == list(imposed.blanks)
    assert booklet[0] == 1
    assert count == 1 or booklet[-1] == count


@pytest.mark.parametrize("flip", list(Flip))
def test_a_printer_that_turns_the_other_way_is_seen(flip):
    imposed = imposition.impose(marked(8), turning(flip))
    other = Flip.LONG if flip is Flip.SHORT else Flip.SHORT
    booklet = print_and_fold(imposed.files[0].pdf, turns_about=other)
    assert booklet[0] == 1
    assert booklet.count("?") == 4


def test_keep_last_nought_puts_the_blanks_at_the_end():
    imposed = imposition.impose(marked(6), Job(keep_last=0))
    assert imposed.blanks == (7, 8)
    assert print_and_fold(imposed.files[0].pdf, turns_about=Flip.SHORT) == [1, 2, 3, 4, 5, 6, None, None]


def test_it_counts_sheets_and_sides():
    imposed = imposition.impose(marked(6), Job(scheme="signatures", sheets_per_signature=1))
    assert (imposed.sheets, imposed.files[0].pages, imposed.blanks) == (2, 4, (6, 7))
    assert [sheet.signature for sheet in imposed.plan] == [0, 1]
    with Pdf.open(BytesIO(imposed.files[0].pdf)) as pdf:
        assert len(pdf.pages) == 4


# --- size, boxes and turns --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "sheet"),
    [
        ((420, 595), A4),
        ((841.89 / 2, 595.28), A4),
        ((411, 581), A4),
        ((422, 595), A4),
        ((425, 595), A3),
        ((595, 842), A3),
    ],
)
def test_the_sheet_is_the_smaller_one_that_takes_the_pages(page, sheet):
    imposed = imposition.impose(marked(1, page))
    assert imposed.size == sheet
    with Pdf.open(BytesIO(imposed.files[0].pdf)) as pdf:
        assert [float(side) for side in pdf.pages[0].mediabox[2:]] == pytest.approx(sheet.points, abs=0.01)


def test_a_page_larger_than_half_the_sheet_is_refused():
    pdf = Pdf.open(BytesIO(marked(2)))
    pdf.pages[1].obj.MediaBox = Array([0, 0, 595, 842])
    with pytest.raises(DoesNotFit) as refused:
        imposition.impose(written(pdf), Job(sheet=A4))
    assert (refused.value.page, round(refused.value.width), round(refused.value.height)) == (2, 210, 297)
    assert refused.value.sheet == A4


def test_no_page_is_scaled():
    size = (300, 400)
    (front, *_) = pictures(imposition.impose(marked(4, size)).files[0].pdf)
    low = (595.28 - 400) / 2
    frame = [dark(front, x, low + 200) for x in (FOLD - 299.5, FOLD - 0.5, FOLD + 0.5, FOLD + 299.5)]
    assert all(frame)
    assert not dark(front, FOLD - 310, low + 200)
    assert decode(halves(front, size)[1], size[1]) == 1


@pytest.mark.parametrize("turn", [90, 180, 270, -90, 450])
def test_turned_pages_stand_as_they_are_shown(turn):
    width, height = A5
    # The content is drawn so that the viewer's turn sets it right.
    upright = {
        90: f"0 1 -1 0 {height} 0 cm",
        180: f"-1 0 0 -1 {width} {height} cm",
        270: f"0 -1 1 0 0 {width} cm",
    }[turn % 360]
    lying = (height, width) if turn % 180 else A5
    pdf = pdf_of([f"{upright}\n{mark(number, *A5)}" for number in range(1, 5)], lying, Rotate=turn)
    content = written(pdf)
    assert decode(pictures(content)[0], A5[1]) == 1
    imposed = imposition.impose(content)
    assert print_and_fold(imposed.files[0].pdf, turns_about=Flip.SHORT) == [1, 2, 3, 4]
    assert imposition.check(content, imposed) == ()


def test_a_turn_and_a_box_named_above_the_page_hold():
    pdf = Pdf.open(BytesIO(marked(4, (595.28, 419.53))))
    pdf.Root.Pages.Rotate = 90
    pdf.Root.Pages.CropBox = Array([0, 0, 500, 400])
    imposed = imposition.impose(written(pdf), Job(sheet=A4))
    measures = pdfs.measured(pdfs.opened(written(pdf)))
    assert [(page.width, page.height) for page in measures] == [(400, 500)] * 4
    assert imposed.sheets == 1


def test_user_units_count():
    pdf = pdf_of([f"0.5 0 0 0.5 0 0 cm\n{mark(number, *A5)}" for number in (1, 2)], (A5[0] / 2, A5[1] / 2), UserUnit=2)
    imposed = imposition.impose(written(pdf, min_version="1.7"))
    assert print_and_fold(imposed.files[0].pdf, turns_about=Flip.SHORT) == [1, None, None, 2]


def with_boxes(bleed, *, named=True):
    """Four pages of 300 by 400 at (-50, -60), their edges and all around them black as far as the media box."""
    pdf = pdf_of(["-200 -200 900 1000 re f 1 g -50 -60 300 400 re f 0 g -50 340 20 -20 re f"] * 4)
    for page in pdf.pages:
        page.obj.MediaBox = Array([-100, -110, 300, 390])
        page.obj.TrimBox = Array([-50, -60, 250, 340])
        if named:
            page.obj.BleedBox = Array([-50 - bleed, -60 - bleed, 250 + bleed, 340 + bleed])
    return written(pdf)


def test_the_trim_is_laid_at_the_fold_whatever_the_origin():
    (front, *_) = pictures(imposition.impose(with_boxes(0)).files[0].pdf)
    low, high = (595.28 - 400) / 2, (595.28 + 400) / 2
    # The black square in the top left corner of each page.
    assert dark(front, FOLD - 300 + 10, high - 10)
    assert dark(front, FOLD + 10, high - 10)
    assert not dark(front, FOLD - 10, high - 10)
    assert not dark(front, FOLD + 10, low + 10)
    assert not dark(front, FOLD + 305, low + 200)


def test_the_bleed_is_kept_and_what_lies_beyond_is_not():
    (front, *_) = pictures(imposition.impose(with_boxes(10)).files[0].pdf)
    middle, high = 595.28 / 2, (595.28 + 400) / 2
    assert dark(front, FOLD + 305, middle)
    assert dark(front, FOLD - 305, middle)
    assert dark(front, FOLD + 150, high + 5)
    assert not dark(front, FOLD + 315, middle)
    assert not dark(front, FOLD + 150, high + 15)


def test_bleed_does_not_cross_the_fold():
    (front, *_) = pictures(imposition.impose(with_boxes(10)).files[0].pdf)
    middle = 595.28 / 2
    assert not dark(front, FOLD - 5, middle)
    assert not dark(front, FOLD + 5, middle)


def test_a_page_without_a_named_bleed_shows_its_trim_only():
    (front, *_) = pictures(imposition.impose(with_boxes(0, named=False)).files[0].pdf)
    assert not dark(front, FOLD + 305, 595.28 / 2)


# --- what the file says -----------------------------------------------------------------------------


def rich_source():
    """Make a source with a title, a language, an output intent, structure, a bookmark, a link and a PDF/A claim."""
    pdf = Pdf.open(BytesIO(marked(4)))
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = "Tài liệu học tập"
        metadata["dc:creator"] = ["Chi bộ"]
        metadata["pdfaid:part"] = "2"
        metadata["pdfaid:conformance"] = "A"
    pdf.Root.Lang = "vi"
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    pdf.Root.OutputIntents = Array(
        [Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier="sRGB")]
    )
    pdf.pages[0].obj.StructParents = 0
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Chương I", 0))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), Border=Array([0, 0, 0]))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])
    return written(pdf)


def test_the_sheets_keep_title_language_and_colour_intent_and_claim_no_standard():
    source = rich_source()
    with Pdf.open(BytesIO(imposition.impose(source).files[0].pdf)) as pdf:
        assert str(pdf.docinfo.Title) == "Tài liệu học tập"
        assert str(pdf.docinfo.Author) == "Chi bộ"
        assert set(pdf.docinfo.keys()) == {"/Title", "/Author"}
        assert str(pdf.Root.Lang) == "vi"
        assert str(pdf.Root.OutputIntents[0].OutputConditionIdentifier) == "sRGB"
        assert pdf.open_metadata()["dc:title"] == "Tài liệu học tập"
        claims = pdf.Root.Metadata.read_bytes()
        assert b"pdfaid" not in claims
        assert b"pdfuaid" not in claims
        assert not {"/MarkInfo", "/StructTreeRoot", "/Outlines"} & set(pdf.Root.keys())
        assert not any("/Annots" in page.obj or "/StructParents" in page.obj for page in pdf.pages)


@pytest.mark.parametrize(("flip", "edge"), [(Flip.SHORT, "/DuplexFlipShortEdge"), (Flip.LONG, "/DuplexFlipLongEdge")])
def test_the_viewer_is_asked_to_print_as_the_sheets_were_made(flip, edge):
    with Pdf.open(BytesIO(imposition.impose(marked(4), turning(flip)).files[0].pdf)) as pdf:
        wishes = pdf.Root.ViewerPreferences
        assert wishes.Duplex == Name(edge)
        assert wishes.PrintScaling == Name("/None")
        assert wishes.PickTrayByPDFSize is True
        assert pdf.pdf_version >= "1.7"


def test_the_file_is_sound_and_holds_every_page_once_and_the_font_once():
    imposed = imposition.impose(marked(12))
    with Pdf.open(BytesIO(imposed.files[0].pdf)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.get_warnings() == []
        kinds = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)]
        assert sum(thing.get("/Subtype") == Name.Form for thing in kinds) == 12
        assert sum(thing.get("/Type") == Name.Font for thing in kinds) == 1


def test_the_same_pages_give_the_same_bytes():
    source = rich_source()
    first = imposition.impose(source).files[0].pdf
    assert imposition.impose(source).files[0].pdf == first
    assert imposition.impose(source, turning(Flip.LONG)).files[0].pdf != first
    assert b"/CreationDate" not in first


def test_the_same_pages_give_the_same_bytes_in_another_process(tmp_path):
    (tmp_path / "pages.pdf").write_bytes(rich_source())
    program = (
        "import sys, pathlib, hashlib; from builder import imposition, pdf;"
        "print(hashlib.sha256(imposition.impose(pdf.read(pathlib.Path(sys.argv[1]))).files[0].pdf).hexdigest())"
    )
    sums = {
        subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / "pages.pdf")],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(sums) == 1


def test_stamps_are_printed_and_hidden_layers_stay_hidden():
    pdf = Pdf.open(BytesIO(marked(4)))
    stamp = pdf.make_stream(b"0 0 100 20 re f")
    stamp.Type, stamp.Subtype, stamp.BBox = Name.XObject, Name.Form, Array([0, 0, 100, 20])
    annotation = Dictionary(
        Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([50, 50, 150, 70]), F=4, AP=Dictionary(N=stamp)
    )
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="draft"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([layer])))
    page = pdf.pages[0].obj
    page.Annots = Array([pdf.make_indirect(annotation)])
    page.Resources.Properties = Dictionary(L=layer)
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n/OC /L BDC 200 50 100 20 re f EMC")
    content = written(pdf)
    imposed = imposition.impose(content)
    (front, *_) = pictures(imposed.files[0].pdf)
    assert dark(front, FOLD + 100, 60)
    assert not dark(front, FOLD + 250, 60)
    assert imposition.check(content, imposed) == ()


# --- ink --------------------------------------------------------------------------------------------

MIXED = "0 0 0 rg 50 300 100 100 re f 0.4 0.4 0.4 rg 50 100 100 100 re f"


def inks(content):
    """The operators that set a colour in three parts, in all that the sheets show."""
    with Pdf.open(BytesIO(content)) as pdf:
        streams = [thing.read_bytes() for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
    return {line for stream in streams for line in re.findall(rb"[\d.]+ [\d.]+ [\d.]+ rg", stream)}


def test_greys_are_printed_with_black_ink_and_colours_stay():
    source = written(pdf_of([MIXED, f"{MIXED} 1 0 0 rg 250 100 50 50 re f"]))
    assert inks(imposition.impose(source).files[0].pdf) == {b"1 0 0 rg"}
    kept = imposition.impose(source, Job(keep_colours=True)).files[0].pdf
    assert inks(kept) == {b"1 0 0 rg", b"0 0 0 rg", b"0.4 0.4 0.4 rg"}


@pytest.mark.slow
@pytest.mark.parametrize("scheme", imposition.SCHEMES)
def test_black_ink_alone_comes_out_of_a_printer_that_parts_its_colours(tmp_path, scheme):
    job = Job(scheme, sheet=A3, marks=imposition.MARKS, own_cover=True)
    imposed = imposition.impose(written(pdf_of([MIXED] * 12)), job)
    for made in imposed.files:
        (tmp_path / "sheets.pdf").write_bytes(made.pdf)
        pages = validators.inkcov(tmp_path / "sheets.pdf")
        assert len(pages) == made.pages
        assert all(page[:3] == (0, 0, 0) and page[3] > 0 for page in pages)


# --- marks ------------------------------------------------------------------------------------------


def test_marks_keep_off_the_bleed_of_the_pages_on_the_sheet():
    source = with_boxes(10)
    made = imposition.impose(source, Job(sheet=A3, marks=("crop",))).files[0].pdf
    with Pdf.open(BytesIO(made)) as pdf:
        drawn = pdf.pages[0].Contents.read_bytes().decode()
    across, up = A3.points
    edge = across / 2 - 300  # the trim of the left page, which goes ten points beyond it
    lines = re.findall(r"([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l S", drawn)
    lying = [tuple(map(float, line)) for line in lines if line[1] == line[3] and float(line[0]) < across / 2]
    assert len(lying) == 2
    assert all(start == pytest.approx(edge - 10, abs=0.01) for start, *_ in lying)
    assert all(end == pytest.approx(edge - 10 - 5 * 72 / 25.4, abs=0.01) for _, _, end, _ in lying)
    assert {round(height - up / 2) for _, height, *_ in lying} == {-200, 200}
    assert "0.25 w 0 G" in drawn
