"""PDFs of any origin: locked, damaged, odd and hostile ones give a clear problem or the right booklet."""

import re
import time
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String
from singles import A5, FOLD, dark, decode, halves, marked, pdf_of, pictures, written

from builder import imposition
from builder import pdf as pdfs
from builder.imposition import Creep, Job
from builder.imposition.edges import cut_off
from builder.paper import A4, SheetSize, sheet_size
from builder.paper import POINTS_PER_MM as MM
from builder.pdf import Encrypted, NotAPdf
from builder.printer import Flip, Printer
from builder.problems import Place, Problems
from builder.works.booklet import fold

FOLD_ONTO_A4 = Job(sheet=A4)

# --- what cannot be imposed -------------------------------------------------------------------------


def test_reading_takes_pdfs_only(tmp_path):
    (tmp_path / "a.pdf").write_bytes(marked(1))
    assert pdfs.read(tmp_path / "a.pdf") == marked(1)
    (tmp_path / "b.pdf").write_bytes(b"PK\x03\x04")
    with pytest.raises(NotAPdf):
        pdfs.read(tmp_path / "b.pdf")
    with pytest.raises(FileNotFoundError):
        pdfs.read(tmp_path / "c.pdf")


def test_a_file_larger_than_memory_is_not_read_whole(tmp_path, monkeypatch):
    monkeypatch.setattr("builder.pdf.source.LARGEST", 100)
    (tmp_path / "a.pdf").write_bytes(marked(1))
    with pytest.raises(pdfs.TooBig) as told:
        pdfs.read(tmp_path / "a.pdf")
    assert (told.value.size, told.value.most) == (len(marked(1)), 100)


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
    with Pdf.open(BytesIO(imposed.files[0].pdf)) as sheets:
        assert not sheets.is_encrypted


# --- what is said of it -----------------------------------------------------------------------------


def codes(content, job=imposition.FOLDED):
    """Fold and say which problems there are, worst first those that stop."""
    try:
        _, found = fold(content, Place("a.pdf"), job)
    except Problems as stopped:
        found = stopped.problems
    return [problem.code for problem in found]


def edited(change, count=4):
    pdf = Pdf.open(BytesIO(marked(count)))
    change(pdf)
    return written(pdf, fix_metadata_version=False)


def of_page(page, **entries):
    def change(pdf):
        for key, value in entries.items():
            pdf.pages[page].obj[f"/{key}"] = value

    return change


def empty(count, size=(100, 100)):
    pdf = Pdf.new()
    kids = [
        pdf.make_indirect(Dictionary(Type=Name.Page, MediaBox=Array([0, 0, *size]), Parent=pdf.Root.Pages))
        for _ in range(count)
    ]
    pdf.Root.Pages.Kids, pdf.Root.Pages.Count = Array(kids), count
    return written(pdf)


def test_no_book_has_a_hundred_thousand_pages():
    assert codes(empty(4001)) == ["PDF_LONG"]


@pytest.mark.parametrize(
    "change",
    [
        of_page(1, MediaBox=Array([0, 0, 10**9, 10**9])),
        of_page(1, MediaBox=Array([0, 0, Decimal("0.001"), Decimal("0.001")])),
        of_page(0, UserUnit=10**8),
        of_page(0, UserUnit=Decimal("0.00001")),
    ],
)
@pytest.mark.parametrize("fit", [False, True])
def test_a_page_of_a_size_that_no_paper_has_is_refused(change, fit):
    assert codes(edited(change), Job(fit=fit)) == ["PAGE_SIZE"]


@pytest.mark.parametrize("number", [b"9" * 400 + b".5", b"nan", b"1e999"])
def test_a_measure_that_is_no_number_is_passed_over(number):
    raw = written(pdf_of(["q Q"] * 2), object_stream_mode=ObjectStreamMode.disable, compress_streams=False)
    assert codes(raw.replace(b"419.53", number)) == ["PAGE_TOO_LARGE"]  # as large as a page that does not say


def _page_tree_in_a_circle(pdf):
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)


def _no_page_tree(pdf):
    del pdf.Root.Pages


@pytest.mark.parametrize("change", [_page_tree_in_a_circle, _no_page_tree])
def test_a_page_tree_that_is_none_is_refused(change):
    assert codes(edited(change)) == ["PDF_UNREADABLE"]


def _form_in_itself(pdf):
    form = pdf.make_stream(b"/F Do")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    form.Resources = Dictionary(XObject=Dictionary(F=form))
    pdf.pages[0].obj.Resources.XObject = Dictionary(F=form)
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/F Do")


def _content_that_is_none(pdf):
    pdf.pages[0].obj.Contents = pdf.make_stream(b"\xff(((( BT Q Q Q q q ] >> << 1 2 3 cm")


@pytest.mark.parametrize(
    "change",
    [
        of_page(1, MediaBox=Array([420, 595, 0, 0])),
        of_page(0, UserUnit=-2),
        of_page(0, UserUnit=Name.Foo),
        of_page(0, Rotate=45),
        of_page(0, Rotate=String("x")),
        of_page(0, Contents=Array([1, Name.X])),
        _form_in_itself,
        _content_that_is_none,
        lambda pdf: setattr(pdf.Root, "AcroForm", Array([1])),
        lambda pdf: setattr(pdf.Root, "OCProperties", Array([1])),
        lambda pdf: setattr(pdf.Root, "Metadata", pdf.make_stream(b"<<<no xml")),
        lambda pdf: setattr(pdf.Root.Pages, "Count", 10**9),
    ],
)
def test_odd_pages_become_a_booklet_all_the_same(change):
    assert codes(edited(change)) == []


@pytest.mark.parametrize(
    "content",
    [
        marked(8)[:-300],
        marked(8).replace(b"startxref", b"startxxxx"),
        edited(of_page(0, Annots=Array([1, Name.X, Dictionary()]))),
        edited(of_page(0, Resources=String("x"))),
    ],
)
def test_a_damaged_file_that_could_be_mended_is_told_of(content):
    assert codes(content) == ["PDF_REPAIRED"]


def test_a_booklet_that_is_imposed_once_more_is_told_of():
    booklet, _ = fold(marked(8), Place("a.pdf"), FOLD_ONTO_A4)
    sheets = booklet.files[0].pdf
    with pytest.raises(Problems) as refused:
        fold(sheets, Place("a.pdf"), FOLD_ONTO_A4)
    assert {each.code for each in refused.value.problems} == {"PAGE_TOO_LARGE", "SHEETS_ALREADY"}
    _, found = fold(sheets, Place("a.pdf"), replace(FOLD_ONTO_A4, fit=True))
    assert "SHEETS_ALREADY" in [each.code for each in found]
    _, found = fold(marked(8), Place("a.pdf"), FOLD_ONTO_A4)
    assert found == ()


def test_filled_fields_are_printed():
    pdf = Pdf.open(BytesIO(marked(4)))
    drawn = pdf.make_stream(b"0 0 100 20 re f")
    drawn.Type, drawn.Subtype, drawn.BBox = Name.XObject, Name.Form, Array([0, 0, 100, 20])
    entries = {"Type": Name.Annot, "Subtype": Name.Widget, "Rect": Array([50, 50, 150, 70]), "F": 4}
    field = pdf.make_indirect(Dictionary(FT=Name.Tx, T="name", V="An", AP=Dictionary(N=drawn), **entries))
    pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    content = written(pdf)
    imposed = imposition.impose(content)
    assert dark(pictures(imposed.files[0].pdf)[0], FOLD + 100, 60)
    assert imposition.check(content, imposed) == ()


def test_pages_of_several_sizes_touch_the_spine_centred_in_height_and_are_named():
    content = edited(of_page(1, MediaBox=Array([0, 0, 300, 400])))
    imposed, found = fold(content, Place("a.pdf"))
    (told,) = found
    assert (told.code, dict(told.values)) == ("PAGES_DIFFER", {"count": "1", "pages": "2"})
    _, back = pictures(imposed.files[0].pdf)
    low, high = (595.28 - 400) / 2, (595.28 + 400) / 2
    assert dark(back, FOLD - 30, high - 2.5 * 24) is False
    assert not dark(back, FOLD - 310, (low + high) / 2)


def test_pages_too_large_are_shrunk_alike_when_asked_and_that_is_told():
    content = marked(8, (595.28, 841.89))
    assert codes(content, Job(sheet=A4)) == ["PAGE_TOO_LARGE"]
    imposed, found = fold(content, Place("a.pdf"), Job(fit=True))
    assert [problem.code for problem in found] == ["PAGES_SHRUNK"]
    assert "71 %" in found[0].sentence()
    assert imposed.size == A4
    picture, *_ = pictures(imposed.files[0].pdf)
    scale = 595.28 / 841.89
    assert decode(halves(picture, A5)[1].resize((595, 842)), 841.89) == 1
    assert imposed.scale == pytest.approx(scale, abs=1e-3)


def test_what_fits_is_not_shrunk():
    assert codes(marked(4), Job(fit=True)) == []


# --- thick books, and printers that leave an edge white ---------------------------------------------


@pytest.mark.parametrize(
    ("pages", "creep", "code"),
    [
        (64, Creep(), []),
        (68, Creep(), ["SADDLE_THICK"]),
        (80, Creep(), ["SADDLE_THICK"]),
        (84, Creep(), ["SADDLE_TOO_THICK"]),
        (64, Creep(thickness=0.15), ["SADDLE_TOO_THICK"]),
        (84, Creep(thickness=0.07), []),
    ],
)
def test_a_saddle_too_thick_to_fold_is_told_of_with_a_way_out(pages, creep, code):
    assert codes(empty(pages), Job(creep=creep)) == code


def test_the_signatures_that_are_proposed_hold_the_book():
    (told,) = fold(empty(84), Place("a.pdf"))[1]
    assert dict(told.values) == {"sheets": "21", "pages": "84", "signatures": "5", "most": "5"}
    assert "sheets_per_signature: 5}" in told.way_out()
    assert codes(empty(84), Job("signatures", sheets_per_signature=5)) == []
    assert codes(empty(84), Job("side")) == []


def test_a_thick_cover_counts():
    assert codes(empty(64), Job(own_cover=True, creep=Creep(cover=0.3))) == ["SADDLE_THICK"]


def form(value):
    """A form with a filled field that leaves its looks to whoever shows it."""
    pdf = pdf_of([""])
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    look = {"DA": String("/Helv 12 Tf 0 g"), "F": 4, "Rect": Array([50, 300, 250, 320])}
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("ten"), V=String(value), **look)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(field)])
    resources = Dictionary(Font=Dictionary(Helv=pdf.make_indirect(font)))
    pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].obj.Annots, NeedAppearances=True, DR=resources)
    return written(pdf)


@pytest.mark.parametrize(
    ("value", "shown", "told"), [("Tam Á", "Tam Á", []), ("Nguyễn Á", "Nguy?n Á", ["FIELD_LETTERS"])]
)
def test_a_filled_field_is_on_the_sheet_and_letters_it_loses_are_told_of(value, shown, told):
    imposed, found = fold(form(value), Place("a.pdf"))
    assert [problem.code for problem in found] == told
    with pypdfium2.PdfDocument(imposed.files[0].pdf) as sheets:
        assert sheets[0].get_textpage().get_text_range() == shown


def lettered(left, pages=40):
    """Pages whose words begin so far (mm) from their left edge."""
    return written(pdf_of([f"BT /F 12 Tf {left * 72 / 25.4} 500 Td (x) Tj ET"] * pages))


def test_words_that_the_fold_would_cut_off_stop_a_booklet_and_those_near_to_it_are_told_of():
    with pytest.raises(Problems) as stopped:
        fold(lettered(3), Place("a.pdf"), Job(creep=Creep(total=9)))
    cut, near = stopped.value.problems
    assert (cut.code, dict(cut.values)) == (
        "CREEP_CUTS",
        {"pages": "9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31", "most": "9"},
    )
    assert "nhiều nhất 9 mm" in cut.sentence()
    assert near.code == "CREEP_NEAR"
    assert codes(lettered(16), Job(creep=Creep(total=9))) == ["CREEP_NEAR"]
    assert codes(lettered(18), Job(creep=Creep(total=9))) == []


def edge_of(left, **printer):
    """Say what is told of four pages with a dot so far (mm) from their left edge, printed on A5 two up on A4."""
    dot = f"{left * 72 / 25.4} 300 10 10 re f"
    return fold(written(pdf_of([dot] * 4)), Place("a.pdf"), Job(printer=Printer(**printer)))[1]


def test_ink_in_the_edge_that_a_printer_leaves_white_is_told_of():
    (told,) = edge_of(3, edge=5)
    # The page begins half a millimetre into the sheet: A5 twice is a millimetre less than A4.
    assert (told.code, dict(told.values)) == ("EDGE_CUT", {"sheets": "1", "edge": "5", "nearest": "3.4"})
    assert edge_of(5, edge=5) == ()
    assert edge_of(3) == ()


def test_white_paper_in_the_edge_is_no_ink():
    content = written(pdf_of(["1 g 0 0 420 596 re f 0 g 60 300 10 10 re f"] * 4))
    assert codes(content, Job(printer=Printer(edge=5))) == []


def test_a_printer_that_puts_backs_askew_prints_them_where_they_should_be():
    assert edge_of(5, edge=5, across=-2, up=1) == ()
    (told,) = edge_of(4, edge=5, across=-2)
    assert float(dict(told.values)["nearest"]) == pytest.approx(4.4, abs=0.2)


@pytest.mark.parametrize("flip", list(Flip))
@pytest.mark.parametrize("up", [0, 2, -2])
@pytest.mark.parametrize("foot", [4, 206 - 10 / MM])
def test_a_back_put_too_high_or_too_low_is_measured_where_it_is_printed(foot, up, flip):
    """A dot on a back, 4 mm from the foot or the head of a sheet 210 mm high."""
    dot = f"100 {foot * MM} 10 10 re f"
    content = written(pdf_of(["", dot, "", ""]))
    (told,) = fold(content, Place("a.pdf"), Job(printer=Printer(edge=5, up=up, flip=flip)))[1]
    assert float(dict(told.values)["nearest"]) == pytest.approx(4, abs=0.2)
    assert fold(content, Place("a.pdf"), Job(printer=Printer(edge=3.7, up=up, flip=flip)))[1] == ()


def test_a_sheet_as_large_as_a_wall_is_looked_at_in_a_moment():
    dot = "9 300 10 10 re f"
    job = Job(sheet=SheetSize(2000, 2000), printer=Printer(edge=5))
    imposed = imposition.impose(written(pdf_of([dot] * 4, (1000 * MM, 2000 * MM))), job)
    began = time.process_time()
    assert [round(cut.nearest) for cut in cut_off(imposed)] == [3, 3]
    assert time.process_time() - began < 5


@pytest.mark.parametrize("job", [Job(sheet=A4), Job("side", sheet=A4), Job(sheet=A4, copies_per_sheet=2)])
@pytest.mark.parametrize("size", [(595.28, 841.89), (700, 300)])
def test_the_sheet_that_is_advised_takes_the_page(job, size):
    content = marked(4, size)
    with pytest.raises(Problems) as stopped:
        fold(content, Place("a.pdf"), job)
    advised = re.search(r"--sheet (\w+),", stopped.value.problems[0].way_out())[1]
    assert fold(content, Place("a.pdf"), replace(job, sheet=sheet_size(advised)))[0].sheets
