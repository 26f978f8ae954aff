"""Sheets are folded back here, once as numbers and once as pictures, and must read 1 … n."""

import os
import subprocess
import sys
from io import BytesIO
from itertools import groupby, pairwise

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf

from builder import imposition
from builder import pdf as pdfs
from builder.imposition import DoesNotFit
from builder.paper import A3, A4, SRA3, SheetSize, UnknownSheet, sheet_size
from builder.pdf import Encrypted, NotAPdf
from builder.printer import Flip

A5 = (419.53, 595.28)
FOLD = 420.94  # the middle of an A4 sheet, in points

# --- the plan, folded with numbers ------------------------------------------------------------------


def fold(sheets):
    """Lay one signature's sheets open, insides up, outermost lowest; turn the left half over; leaf through."""
    left_pile, right_pile = [], []  # of (face up, face down), lowest first
    for sheet in sheets:
        left_pile.append((sheet.back.left, sheet.front.right))
        right_pile.append((sheet.back.right, sheet.front.left))
    turned_over = [(down, up) for up, down in reversed(left_pile)]
    closed_from_below = right_pile + turned_over
    return [face for leaf in reversed(closed_from_below) for face in leaf]


def fold_all(sheets):
    return [face for _, group in groupby(sheets, key=lambda sheet: sheet.signature) for face in fold(list(group))]


@given(
    pages=st.integers(1, 200),
    per_signature=st.none() | st.integers(1, 12),
    keep_last=st.integers(0, 6),
)
@settings(max_examples=400, deadline=None)
def test_the_folded_plan_reads_one_to_n_with_blanks_where_promised(pages, per_signature, keep_last):
    sheets = imposition.plan(pages, sheets_per_signature=per_signature, keep_last=keep_last)
    booklet = fold_all(sheets)
    kept = min(keep_last, pages - 1)
    assert len(booklet) == 4 * len(sheets)
    assert len(booklet) - pages in range(4)
    blanks = [None] * (len(booklet) - pages)
    assert booklet == [*range(pages - kept), *blanks, *range(pages - kept, pages)]
    assert list(imposition.reading(sheets)) == booklet


@given(pages=st.integers(1, 400), per_signature=st.integers(1, 12))
def test_signatures_are_few_and_even_with_the_larger_ones_first(pages, per_signature):
    sheets = imposition.plan(pages, sheets_per_signature=per_signature)
    sizes = [len(list(group)) for _, group in groupby(sheets, key=lambda sheet: sheet.signature)]
    assert max(sizes) <= per_signature
    assert max(sizes) - min(sizes) <= 1
    assert all(earlier >= later for earlier, later in pairwise(sizes))
    assert len(sizes) == -(-len(sheets) // per_signature)
    assert [sheet.depth for sheet in sheets] == [depth for size in sizes for depth in range(size)]


def test_sixty_four_pages_begin_as_every_bookbinder_knows():
    outermost, second, *_ = imposition.plan(64)
    assert (outermost.front, outermost.back) == (imposition.Side(63, 0), imposition.Side(1, 62))
    assert (second.front, second.back) == (imposition.Side(61, 2), imposition.Side(3, 60))


def test_a_single_page_is_the_front_cover():
    (sheet,) = imposition.plan(1)
    assert sheet.front == imposition.Side(None, 0)
    assert sheet.back == imposition.Side(None, None)


@pytest.mark.parametrize(
    "wrong", [{"pages": 0}, {"pages": 4, "keep_last": -1}, {"pages": 4, "sheets_per_signature": 0}]
)
def test_a_plan_of_nothing_is_refused(wrong):
    with pytest.raises(ValueError, match=r"\d"):
        imposition.plan(**wrong)


# --- paper ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("A4", A4),
        (" a3 ", A3),
        ("SRA3", SRA3),
        ("330x230mm", SheetSize(330, 230)),
        ("230 × 330", SheetSize(330, 230)),
        ("215.9x279.4MM", SheetSize(279.4, 215.9)),
    ],
)
def test_a_sheet_is_named_or_measured(text, size):
    assert sheet_size(text) == size


@pytest.mark.parametrize("text", ["", "A44", "A4 A3", "0x100", "100", "9999x10", "-1x5", "1e3x5"])
def test_what_is_no_sheet_is_refused(text):
    with pytest.raises(UnknownSheet) as refused:
        sheet_size(text)
    assert refused.value.text == text


def test_a_sheet_lies_with_its_long_side_across():
    with pytest.raises(ValueError, match="210"):
        SheetSize(210, 297)


# --- small PDFs that can be read as pictures --------------------------------------------------------

CELL = 24
BITS = 6


def mark(number, width, height):
    """Draw a row of cells at the top left: one always black, the number in binary, one always white."""
    cells = [1, *(number >> bit & 1 for bit in range(BITS)), 0]
    squares = [
        f"{CELL * (column + 1)} {height - 3 * CELL} {CELL} {CELL} re f" for column, cell in enumerate(cells) if cell
    ]
    frame = f"2 w 0 0 {width} {height} re S"
    words = f"BT /F 12 Tf 40 300 Td (Page {number} alpha-) Tj 0 -20 Td (beta gamma) Tj ET"
    return "\n".join([*squares, frame, words])


def pdf_of(contents, size=A5, **entries):
    """Make a PDF with one page for each content stream; ``entries`` are added to every page."""
    pdf = Pdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for content in contents:
        page = pdf.add_blank_page(page_size=size)
        page.obj.Resources = Dictionary(Font=Dictionary(F=font))
        page.obj.Contents = pdf.make_stream(content.encode())
        for key, value in entries.items():
            page.obj[f"/{key}"] = value
    return pdf


def written(pdf, **how):
    target = BytesIO()
    pdf.save(target, **how)
    return target.getvalue()


def marked(count, size=A5):
    return written(pdf_of([mark(number, *size) for number in range(1, count + 1)], size))


def pictures(content):
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.render(scale=1, grayscale=True).to_pil() for page in document]
    finally:
        document.close()


def dark(picture, x, y):
    """Tell whether there is ink at a point given in PDF points from the lower left corner."""
    return picture.getpixel((int(x), int(picture.height - y))) < 128


def decode(half, height):
    """Read the mark of a page that stands upright at the lower left of a picture, if there is one."""
    row = [dark(half, CELL * (column + 1.5), height - 2.5 * CELL) for column in range(BITS + 2)]
    if not row[0] or row[-1]:
        return None
    return sum(bit << place for place, bit in enumerate(row[1:-1]))


def halves(picture, size):
    """Cut a side at the fold into pictures of the two pages, as they stand."""
    middle, low = picture.width / 2, (picture.height - size[1]) / 2
    box = (0, round(low), round(size[0]), round(low + size[1]))
    return [
        picture.crop((round(left) + box[0], box[1], round(left) + box[2], box[3]))
        for left in (middle - size[0], middle)
    ]


def print_and_fold(content, turns_about, size=A5):
    """Print on both sides as a printer does, fold saddle-wise, and read the marks (``"?"``: not upright)."""
    faces = []
    sides = pictures(content)
    for front, printed_back in zip(sides[::2], sides[1::2], strict=True):
        # Whoever folds turns the sheet like the leaf of a book. A printer that turns it about its long edge has
        # printed the back the other way up.
        back = printed_back if turns_about is Flip.SHORT else printed_back.rotate(180)
        faces.append([read_half(half, size) for side in (front, back) for half in halves(side, size)])
    outer = [face for front_left, front_right, back_left, back_right in faces for face in (front_right, back_left)]
    inner = [face for front_left, _, _, back_right in reversed(faces) for face in (back_right, front_left)]
    return outer + inner


def read_half(half, size):
    number = decode(half, size[1])
    if number is None and decode(half.rotate(180), size[1]) is not None:
        return "?"
    return number


@pytest.mark.parametrize("flip", list(Flip))
@pytest.mark.parametrize("count", [1, 2, 4, 7, 8, 13])
def test_printed_and_folded_sheets_read_one_to_n_upright(count, flip):
    imposed = imposition.impose(marked(count), flip=flip)
    booklet = print_and_fold(imposed.pdf, turns_about=flip)
    assert [page for page in booklet if page is not None] == list(range(1, count + 1))
    assert [number for number, page in enumerate(booklet, 1) if page is None] == list(imposed.blanks)
    assert booklet[0] == 1
    assert count == 1 or booklet[-1] == count


@pytest.mark.parametrize("flip", list(Flip))
def test_a_printer_that_turns_the_other_way_is_seen(flip):
    imposed = imposition.impose(marked(8), flip=flip)
    other = Flip.LONG if flip is Flip.SHORT else Flip.SHORT
    booklet = print_and_fold(imposed.pdf, turns_about=other)
    assert booklet[0] == 1
    assert booklet.count("?") == 4


def test_keep_last_nought_puts_the_blanks_at_the_end():
    imposed = imposition.impose(marked(6), keep_last=0)
    assert imposed.blanks == (7, 8)
    assert print_and_fold(imposed.pdf, turns_about=Flip.SHORT) == [1, 2, 3, 4, 5, 6, None, None]


def test_it_counts_sheets_and_sides():
    imposed = imposition.impose(marked(6), sheets_per_signature=1)
    assert (imposed.sheets, imposed.sides, imposed.blanks) == (2, 4, (6, 7))
    assert [sheet.signature for sheet in imposed.plan] == [0, 1]
    with Pdf.open(BytesIO(imposed.pdf)) as pdf:
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
    with Pdf.open(BytesIO(imposed.pdf)) as pdf:
        assert [float(side) for side in pdf.pages[0].mediabox[2:]] == pytest.approx(sheet.points, abs=0.01)


def test_a_page_larger_than_half_the_sheet_is_refused():
    pdf = Pdf.open(BytesIO(marked(2)))
    pdf.pages[1].obj.MediaBox = Array([0, 0, 595, 842])
    with pytest.raises(DoesNotFit) as refused:
        imposition.impose(written(pdf), sheet=A4)
    assert (refused.value.page, round(refused.value.width), round(refused.value.height)) == (2, 210, 297)
    assert refused.value.sheet == A4


def test_no_page_is_scaled():
    size = (300, 400)
    (front, *_) = pictures(imposition.impose(marked(4, size)).pdf)
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
    assert print_and_fold(imposed.pdf, turns_about=Flip.SHORT) == [1, 2, 3, 4]
    assert imposition.check(content, imposed) == ()


def test_a_turn_and_a_box_named_above_the_page_hold():
    pdf = Pdf.open(BytesIO(marked(4, (595.28, 419.53))))
    pdf.Root.Pages.Rotate = 90
    pdf.Root.Pages.CropBox = Array([0, 0, 500, 400])
    imposed = imposition.impose(written(pdf), sheet=A4)
    measures = pdfs.measured(pdfs.opened(written(pdf)))
    assert [(page.width, page.height) for page in measures] == [(400, 500)] * 4
    assert imposed.sheets == 1


def test_user_units_count():
    pdf = pdf_of([f"0.5 0 0 0.5 0 0 cm\n{mark(number, *A5)}" for number in (1, 2)], (A5[0] / 2, A5[1] / 2), UserUnit=2)
    imposed = imposition.impose(written(pdf, min_version="1.7"))
    assert print_and_fold(imposed.pdf, turns_about=Flip.SHORT) == [1, None, None, 2]


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
    (front, *_) = pictures(imposition.impose(with_boxes(0)).pdf)
    low, high = (595.28 - 400) / 2, (595.28 + 400) / 2
    # The black square in the top left corner of each page.
    assert dark(front, FOLD - 300 + 10, high - 10)
    assert dark(front, FOLD + 10, high - 10)
    assert not dark(front, FOLD - 10, high - 10)
    assert not dark(front, FOLD + 10, low + 10)
    assert not dark(front, FOLD + 305, low + 200)


def test_the_bleed_is_kept_and_what_lies_beyond_is_not():
    (front, *_) = pictures(imposition.impose(with_boxes(10)).pdf)
    middle, high = 595.28 / 2, (595.28 + 400) / 2
    assert dark(front, FOLD + 305, middle)
    assert dark(front, FOLD - 305, middle)
    assert dark(front, FOLD + 150, high + 5)
    assert not dark(front, FOLD + 315, middle)
    assert not dark(front, FOLD + 150, high + 15)


def test_bleed_does_not_cross_the_fold():
    (front, *_) = pictures(imposition.impose(with_boxes(10)).pdf)
    middle = 595.28 / 2
    assert not dark(front, FOLD - 5, middle)
    assert not dark(front, FOLD + 5, middle)


def test_a_page_without_a_named_bleed_shows_its_trim_only():
    (front, *_) = pictures(imposition.impose(with_boxes(0, named=False)).pdf)
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
    with Pdf.open(BytesIO(imposition.impose(source).pdf)) as pdf:
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
    with Pdf.open(BytesIO(imposition.impose(marked(4), flip=flip).pdf)) as pdf:
        wishes = pdf.Root.ViewerPreferences
        assert wishes.Duplex == Name(edge)
        assert wishes.PrintScaling == Name("/None")
        assert wishes.PickTrayByPDFSize is True
        assert pdf.pdf_version >= "1.7"


def test_the_file_is_sound_and_holds_every_page_once_and_the_font_once():
    imposed = imposition.impose(marked(12))
    with Pdf.open(BytesIO(imposed.pdf)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.get_warnings() == []
        kinds = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)]
        assert sum(thing.get("/Subtype") == Name.Form for thing in kinds) == 12
        assert sum(thing.get("/Type") == Name.Font for thing in kinds) == 1


def test_the_same_pages_give_the_same_bytes():
    source = rich_source()
    first = imposition.impose(source).pdf
    assert imposition.impose(source).pdf == first
    assert imposition.impose(source, flip=Flip.LONG).pdf != first
    assert b"/CreationDate" not in first


def test_the_same_pages_give_the_same_bytes_in_another_process(tmp_path):
    (tmp_path / "pages.pdf").write_bytes(rich_source())
    program = (
        "import sys, pathlib, hashlib; from builder import imposition, pdf;"
        "print(hashlib.sha256(imposition.impose(pdf.read(pathlib.Path(sys.argv[1]))).pdf).hexdigest())"
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
    (front, *_) = pictures(imposed.pdf)
    assert dark(front, FOLD + 100, 60)
    assert not dark(front, FOLD + 250, 60)
    assert imposition.check(content, imposed) == ()


# --- what cannot be imposed -------------------------------------------------------------------------


def test_reading_takes_pdfs_only(tmp_path):
    (tmp_path / "a.pdf").write_bytes(marked(1))
    assert pdfs.read(tmp_path / "a.pdf") == marked(1)
    (tmp_path / "b.pdf").write_bytes(b"PK\x03\x04")
    with pytest.raises(NotAPdf):
        pdfs.read(tmp_path / "b.pdf")
    with pytest.raises(FileNotFoundError):
        pdfs.read(tmp_path / "c.pdf")


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7\n%%EOF\n", written(Pdf.new())])
def test_what_is_no_pdf_or_has_no_pages_is_refused(content):
    with pytest.raises(NotAPdf):
        imposition.impose(content)


def test_a_page_damaged_beyond_reading_is_refused():
    pdf = pdf_of(["q Q"] * 2)
    broken = pdf.make_stream(b"not compressed", Filter=Name.FlateDecode)
    pdf.pages[1].obj.Contents = Array([pdf.make_stream(b"q Q"), broken])
    with pytest.raises(NotAPdf):
        imposition.impose(written(pdf, compress_streams=False))


def test_a_locked_pdf_is_refused_and_one_that_merely_forbids_is_not():
    pdf = Pdf.open(BytesIO(marked(4)))
    with pytest.raises(Encrypted):
        imposition.impose(written(pdf, encryption=pikepdf.Encryption(owner="owner", user="reader")))
    imposed = imposition.impose(written(pdf, encryption=pikepdf.Encryption(owner="owner", user="")))
    with Pdf.open(BytesIO(imposed.pdf)) as sheets:
        assert not sheets.is_encrypted


# --- the check of the finished sheets ---------------------------------------------------------------


@pytest.mark.parametrize("flip", list(Flip))
@pytest.mark.parametrize("count", [1, 5, 8])
def test_good_sheets_pass_the_check(count, flip):
    content = marked(count)
    assert imposition.check(content, imposition.impose(content, flip=flip)) == ()


def test_the_check_finds_pages_in_the_wrong_place():
    content = marked(4)
    exchanged = Pdf.open(BytesIO(content))
    exchanged.pages.reverse()
    wrong = imposition.check(content, imposition.impose(written(exchanged)))
    assert [mismatch.half.page for mismatch in wrong] == [3, 0, 1, 2]
    assert wrong[0].half == imposition.Half(sheet=1, back=False, left=True, page=3)
    assert (wrong[0].expected, wrong[0].found) == ("Page4alphabetagamma", "Page1alphabetagamma")


def test_the_check_finds_words_on_a_page_that_should_be_blank():
    full = imposition.impose(marked(4), keep_last=0)
    called_blank = imposition.Imposed(full.pdf, imposition.plan(3, keep_last=0), full.size, full.flip)
    (mismatch,) = imposition.check(marked(3), called_blank)
    assert mismatch.half.page is None
    assert mismatch.found == "Page4alphabetagamma"


def test_the_check_finds_a_back_printed_the_wrong_way_up():
    content = marked(4)
    short = imposition.impose(content, flip=Flip.SHORT)
    called_long = imposition.Imposed(short.pdf, short.plan, short.size, Flip.LONG)
    assert {mismatch.half.back for mismatch in imposition.check(content, called_long)} == {True}


def test_words_hidden_beyond_the_fold_do_not_count_and_those_that_share_a_line_do_not_confuse():
    lines = "30 500 Td (page {}) Tj 0 -30 Td (a hyph-) Tj 0 -30 Td (enated word) Tj 300 0 Td (far over the edge) Tj"
    content = written(pdf_of([f"BT /F 20 Tf {lines.format(number)} ET" for number in range(4)]))
    for flip in Flip:
        assert imposition.check(content, imposition.impose(content, flip=flip)) == ()
