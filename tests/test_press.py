"""A small book is set by hand-made leaves; its pages, facts, furniture and file are what they should be."""

import datetime
import hashlib
import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import validators

from builder import fonts, press, problems
from builder.composition.markup import Compositor
from builder.composition.nouns import Composition, Leaf, Medium, Metadata, Start
from builder.press import makeup, setting, slots
from builder.press.galley import Case
from builder.publication import Edition, Figure, Text, Trim

pytestmark = pytest.mark.press

ROOT = Path(__file__).resolve().parent.parent
SENTENCE = "Chi bộ học tập nghị quyết, liên hệ với việc làm hằng ngày của từng đồng chí. "
DOT = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="4"/></svg>'
STYLE = """
@page { size: 105mm 148mm; margin: 15mm 12mm; }
@page :left { margin-left: 20mm; }
html { font: 10pt/15pt "Noto Serif", "Be Vietnam Pro"; }
h1, h2 { font: 700 13pt/18pt "Be Vietnam Pro"; }
.footnote { float: footnote; font-size: 8pt; line-height: 11pt; }
.footnote::footnote-call { content: attr(data-n); font-size: 6pt; }
.footnote::footnote-marker { content: attr(data-n) ". "; }
.line { height: 8mm; border-bottom: 0.5pt solid black; }
th, td { border-bottom: 0.5pt solid black; }
"""
FURNITURE = """
@page { @top-left { content: "Đầu: " string(title) " / " string(section); font: 7pt "Be Vietnam Pro"; }
        @top-right { content: string(clause-first) "–" string(clause-last); font: 7pt "Be Vietnam Pro"; }
        @bottom-center { content: "Trang " string(folio); font: 7pt "Be Vietnam Pro"; } }
@page cover { @top-left { content: none } @top-right { content: none } @bottom-center { content: none } }
@page back-cover { @top-left { content: none } @top-right { content: none } @bottom-center { content: none } }
@page :blank { @top-left { content: none } @top-right { content: none }
               @bottom-center { content: "Trắng " string(folio) } }
@page program:nth(1 of program) { @top-left { content: none } }
"""


def leaf(kind, body, identity="", **more):
    identity = identity or kind
    title = more.pop("title", kind)
    return Leaf(identity, kind, title, f'<section class="leaf {kind}" id="{identity}">{body}</section>', **more)


def article(part, number):
    here = f"phan-{part}-dieu-{number}"
    note = f'<span class="footnote" id="fn-{part}-{number}" data-n="{number}">Chú thích {part}.{number}.</span>'
    return (
        f'<section id="{here}" data-clause="Điều {number}"><h2>Điều {number}. Tên điều {number}</h2>'
        f'<p id="{here}-p1">{SENTENCE * 5}{note}</p><p id="{here}-p2">{SENTENCE * 4}</p></section>'
    )


def part(number, articles):
    here = f"phan-{number}"
    head = (
        f'<section id="{here}" data-part="Phần {number}" data-section="Phần {number}"><h1>Phần {number}. Tên phần</h1>'
    )
    body = head + "".join(article(number, each) for each in range(1, articles + 1)) + "</section>"
    return leaf("program", body, f"van-ban-{number}", title=f"Phần {number}")


COVER = leaf("cover", '<p>Sổ tay</p><p><img src="figures/dot.svg" alt="Một dấu chấm"/></p>')
CONTENTS = leaf(
    "contents",
    '<h1>Mục lục</h1><ul><li><p><a href="#phan-1"><span style="display: inline-block">Phần</span> 1</a> '
    '<a class="folio" href="#phan-1"></a></p><ul><li><p>Một</p><p>Hai</p></li></ul></li>'
    '<li>Phần 2 <a class="folio" href="#phan-2"></a></li></ul>'
    '<p id="read">Đọc trang <span class="folios" data-of="phan-1-dieu-1 phan-2"></span>.</p>'
    '<table id="plan"><thead><tr><th scope="col">Buổi</th></tr></thead><tbody><tr><td>Một</td></tr></tbody></table>',
    start=Start.RECTO,
)
NOTES = leaf("notes", "<p>Ghi chép</p>" + '<div class="line"></div>' * 5, filler=True)
BACK = leaf("back-cover", "<p>Lưu hành nội bộ</p>", start=Start.VERSO)
LEAVES = (COVER, CONTENTS, part(1, 4), part(2, 3), NOTES, BACK)


def compose(*leaves, style=STYLE, furniture=FURNITURE, date=datetime.date(2026, 5, 1)):
    return Composition(
        slug="so-tay",
        edition=Edition("a6", "text", Trim("a6", 105, 148), ("pdf",)),
        medium=Medium.PRINT,
        metadata=Metadata("Sổ tay “học & tập”", creator="Chi bộ 5", description="Để học", date=date),
        leaves=leaves,
        outline=(),
        stylesheet=style,
        furniture=furniture,
        faces=fonts.cast(fonts.roles(ROOT / "fonts").faces(ebook=False), frozenset()),
        figures={"figures/dot.svg": Figure("figures/dot.svg", "image/svg+xml", DOT, "Một dấu chấm")},
        words={},
    )


@cache
def small_book():
    return press.print_pdf(compose(*LEAVES))


def digest():
    return hashlib.sha256(small_book().pdf).hexdigest()


def words(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def codes(composition):
    return [problem.code for problem in press.print_pdf(composition).problems]


def opened(pdf):
    return pikepdf.open(io.BytesIO(pdf))


# --- order and folios -----------------------------------------------------------------------------


def test_nothing_is_wrong_with_the_small_book():
    assert small_book().problems == ()


def test_leaves_open_on_their_sides_and_fillers_make_a_multiple_of_four():
    book = small_book()
    assert book.pages == len(book.facts) == len(book.labels) == len(words(book.pdf)) == 16
    assert (book.folios["cover"], book.folios["contents"], book.folios["back-cover"]) == (1, 3, 16)
    assert [page.leaf for page in book.facts].count("notes") == 3
    assert {"notes", "notes-2", "notes-3"} <= set(book.folios)
    assert [number for number, page in enumerate(book.facts, 1) if page.blank] == [2]


def test_fillers_are_dropped_when_the_pages_are_right_without():
    book = press.print_pdf(compose(COVER, leaf("back", "<p>Hai</p>"), leaf("back", "<p>Ba</p>", "ba"), NOTES, BACK))
    assert book.pages == 4
    assert "notes" not in book.folios


def test_slots_say_the_folios():
    book = small_book()
    contents = words(book.pdf)[2]
    first, last = book.folios["phan-1-dieu-1"], book.ends["phan-1-dieu-1"]
    assert f"Phần 1 {book.folios['phan-1']}" in contents
    assert f"Phần 2 {book.folios['phan-2']}" in contents
    assert (first, last, book.folios["phan-2"], book.ends["phan-2"]) == (4, 5, 9, 12)
    assert "Đọc trang 4–5, 9–12." in contents


@pytest.mark.parametrize(
    ("spans", "said"),
    [
        ([(5, 5)], "5"),
        ([(5, 6), (7, 7)], "5–7"),
        ([(11, 11), (5, 8), (6, 7)], "5–8, 11"),
        ([(3, 3), (5, 5)], "3, 5"),
    ],
)
def test_page_ranges_are_merged(spans, said):
    assert slots.merged(spans) == said


def test_folios_are_true_when_they_push_the_text_on():
    # Filled, each slot takes lines of its own, so the contents grow and everything after them moves.
    targets = " ".join(f"phan-1-dieu-{number}-p2" for number in range(1, 30, 3))
    listed = f'<p><span class="folios" data-of="{targets}"></span></p>' * 40
    book = press.print_pdf(compose(leaf("contents", listed), part(1, 29)))
    assert book.problems == ()
    assert book.folios["van-ban-1"] > 2
    told = slots.merged((book.folios[target], book.ends[target]) for target in targets.split())
    assert told in words(book.pdf)[0]


# --- facts ----------------------------------------------------------------------------------------


def test_folios_that_never_settle_are_said(monkeypatch):
    monkeypatch.setattr(makeup, "ROUNDS", 1)  # the first round cannot know a folio that comes later
    assert codes(compose(*LEAVES)) == ["FOLIOS_UNSTABLE"]


def test_a_page_knows_what_begins_on_it():
    page = small_book().facts[3]
    assert [(heading.level, heading.words, heading.anchor) for heading in page.headings] == [
        (1, "Phần 1. Tên phần", "phan-1"),
        (2, "Điều 1. Tên điều 1", "phan-1-dieu-1"),
    ]
    assert (page.leaf, page.name, page.clauses, page.footnotes) == ("van-ban-1", "program", ("Điều 1",), ("fn-1-1",))


def test_the_strings_of_a_page_are_those_in_force_at_its_head():
    opener, running = small_book().facts[3:5]
    assert (opener.part, opener.section, opener.clause_first) == ("Phần 1", "Phần 1", "Điều 1")
    assert (running.clause_first, running.clause_last) == ("Điều 1", "Điều 2")
    contents = small_book().facts[2]
    assert (contents.part, contents.clause_first) == ("contents", "")


def test_a_page_knows_where_in_the_text_it_begins():
    book = small_book()
    anchor, letters = book.facts[4].begins
    text = "".join(f"{SENTENCE * 4}".split())
    assert anchor == "phan-1-dieu-1-p2"
    assert words(book.pdf)[4].replace(" ", "").partition("Điều2.")[0].endswith(text[letters:])
    assert 0 < letters < len(text)


def test_every_block_is_on_a_page():
    book = small_book()
    assert {f"phan-1-dieu-{n}-p{p}" for n in range(1, 5) for p in (1, 2)} <= set(book.folios)


# --- furniture ------------------------------------------------------------------------------------


def test_furniture_follows_the_page_rules():
    pages = words(small_book().pdf)
    assert "Trang" not in pages[0]
    assert "Trắng 2" in pages[1]
    assert "Đầu: Sổ tay “học & tập” / contents" in pages[2]
    assert "Trang 4" in pages[3]
    assert "Đầu" not in pages[3]
    assert "/ Phần 1" in pages[4]
    assert "Điều 1–Điều 2" in pages[4]
    assert "Đầu" not in pages[8]
    assert "/ Phần 2" in pages[9]


def test_furniture_is_an_artifact_over_the_page():
    with opened(small_book().pdf) as pdf:
        page = pdf.pages[4]
        last = page.Contents[-1].read_bytes().strip()
        assert last == b"Q\n/Artifact <</Type /Pagination>> BDC q /Furniture Do Q EMC"
        assert list(page.Resources.XObject.Furniture.BBox) == list(page.mediabox)
        assert b"MCID" not in page.Resources.XObject.Furniture.read_bytes()
        assert "/Furniture" not in pdf.pages[0].Resources.XObject


def test_a_rule_beside_the_text_ends_with_the_text_when_the_page_breaks_early(monkeypatch):
    """Lines moved on to keep a box company must not leave the rule behind them on the page."""
    style = (
        STYLE + ".voice { border-left: 1pt solid black; padding-left: 5mm } .box { break-before: avoid; height: 30mm }"
    )
    found = []
    for paragraphs in range(3, 12):
        filling = "".join(f"<p>{number}. {SENTENCE}</p>" for number in range(paragraphs))
        body = f'{filling}<div class="voice"><p>{SENTENCE * 5}</p></div><div class="box">Hỏi</div>'
        composition = compose(leaf("program", body), style=style)
        case = Case("vi", composition.stylesheet, composition.furniture, composition.faces)
        (_, copy, _), *_ = makeup._Maker(composition, problems.Place("x"), {}).wanted()
        pages = []
        laid_out = setting.Setter._laid_out

        def caught(setter, *leaf, laid_out=laid_out, pages=pages):
            pages[:], facts = laid_out(setter, *leaf)
            return pages, facts

        monkeypatch.setattr(setting.Setter, "_laid_out", caught)
        setting.Setter(case).set(copy, lambda _: None)
        monkeypatch.setattr(setting.Setter, "_laid_out", laid_out)
        found += [box for page in pages for box in boxes_of(page._page_box, "voice")]
    assert len(found) > 9
    for box in found:
        last = box.children[-1].children[-1]
        assert box.content_box_y() + box.height == pytest.approx(last.position_y + last.height, abs=1.5)


def boxes_of(box, kind):
    if box.element is not None and box.element.get("class") == kind:
        yield box
    for child in getattr(box, "children", ()):
        yield from boxes_of(child, kind)


def test_a_page_background_does_not_hide_the_text():
    book = press.print_pdf(compose(leaf("program", "<p>Chữ</p>"), style=STYLE + "@page { background: #ccc }"))
    bitmap = pypdfium2.PdfDocument(book.pdf)[0].render(scale=2).to_pil().convert("L")
    assert bitmap.getpixel((2, 2)) == 0xCC
    assert bitmap.getextrema()[0] < 60


def test_a_page_of_footnotes_alone_has_its_furniture():
    note = f'<span class="footnote" id="dai" data-n="1">{SENTENCE * 6}</span>'
    body = f"<p>{SENTENCE * 16}</p><p>Hết.{note}</p>"
    book = press.print_pdf(compose(leaf("program", body), BACK))
    assert "dai" in book.facts[1].footnotes
    assert "Trang 2" in words(book.pdf)[1]


# --- the file -------------------------------------------------------------------------------------


def test_the_file_says_what_it_is():
    with opened(small_book().pdf) as pdf:
        assert str(pdf.Root.Lang) == "vi"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(pdf.Root.MarkInfo.Marked)
        assert pdf.Root.PageLabels.Nums[1].S == "/D"
        assert str(pdf.docinfo.Title) == "Sổ tay “học & tập”"
        assert str(pdf.docinfo.CreationDate) == str(pdf.docinfo.ModDate) == "D:20260501000000Z"
        with pdf.open_metadata() as xmp:
            assert xmp["dc:title"] == "Sổ tay “học & tập”"
            assert xmp["pdfuaid:part"] == "1"
            assert xmp["pdfaid:conformance"] == "A"
        with pdf.open_outline() as outline:
            assert [each.title for each in outline.root] == ["Mục lục", "Phần 1. Tên phần", "Phần 2. Tên phần"]
            assert outline.root[1].children[0].title == "Điều 1. Tên điều 1"


def test_without_a_date_the_file_has_none():
    with opened(press.print_pdf(compose(COVER, date=None)).pdf) as pdf:
        assert "/CreationDate" not in pdf.docinfo
        assert b"Date" not in pdf.Root.Metadata.read_bytes()


def test_links_are_described_by_their_words():
    with opened(small_book().pdf) as pdf:
        told = [str(link.Contents) for link in pdf.pages[2].Annots]
    assert told == ["Phần 1", "4", "9"]


def elements(pdf, kind):
    return [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == kind]


def test_a_footnote_is_a_note_with_an_id_and_a_label():
    with opened(small_book().pdf) as pdf:
        notes = elements(pdf, "/Note")
        assert len(notes) == sum(len(page.footnotes) for page in small_book().facts) > 0
        assert len({str(note.ID) for note in notes}) == len(notes)
        assert all(note.K[0].S == "/Lbl" for note in notes)


def test_a_block_inside_a_heading_is_no_heading():
    body = '<h1 id="a"><span style="display: block">Phần I</span>Tên phần</h1><p>Chữ</p>'
    with opened(press.print_pdf(compose(leaf("program", body))).pdf) as pdf:
        (heading,) = elements(pdf, "/H1")
        assert len(heading.K) > 1
        assert all(isinstance(part, int) for part in heading.K)


def test_a_list_item_is_a_label_and_a_body():
    with opened(small_book().pdf) as pdf:
        elements = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]
        items = [each for each in elements if each.S == "/LI"]
        assert len(items) == 3
        assert {kid.S for item in items for kid in item.K} == {"/Lbl", "/LBody"}
        assert all(kid.P.objgen == each.objgen for each in items for kid in each.K)


def test_only_the_faces_of_the_composition_are_embedded():
    book = press.print_pdf(compose(leaf("program", '<p>Chữ <span style="font-family: serif">lạ</span></p>')))
    with opened(book.pdf) as pdf:
        names = {str(font.BaseFont).partition("+")[2] for font in pdf.pages[0].Resources.Font.values()}
    assert names <= {"Noto-Serif", "Be-Vietnam-Pro"}


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_gives_the_same_bytes(seed):
    command = "import sys; sys.path.insert(0, 'tests'); import test_press; print(test_press.digest())"
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONDONTWRITEBYTECODE": "1", "TZ": "Asia/Saigon"}
    done = subprocess.run(
        [sys.executable, "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == digest()


def test_the_press_is_ready_before_weasyprint_is_needed():
    command = "import sys, builder.press; print('weasyprint' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_progress_is_told():
    told = []
    press.print_pdf(compose(COVER), progress=lambda *step: told.append(step))
    assert told[0] == ("leaves", 0, 1)
    assert ("leaves", 1, 1) in told
    assert list(dict.fromkeys(stage for stage, _, _ in told)) == ["leaves", "furniture", "gather"]
    assert all(0 <= done <= total for _, done, total in told)


def test_qpdf_finds_no_damage(tmp_path):
    (tmp_path / "book.pdf").write_bytes(small_book().pdf)
    assert validators.qpdf(tmp_path / "book.pdf") == ()


@pytest.mark.slow
def test_the_file_is_pdf_a_and_pdf_ua(tmp_path):
    (tmp_path / "book.pdf").write_bytes(small_book().pdf)
    assert validators.verapdf(tmp_path / "book.pdf", "2a", "ua1") == ()


# --- what the press notices -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>中</p>", "FONT_MISSING"),
        ('<p style="colour: red">Chữ</p>', "PRESS_LOG"),
        ('<p><img src="https://example.com/x.png" alt="x"/></p>', "FETCH_REFUSED"),
        ('<p><img src="figures/khac.svg" alt="x"/></p>', "FETCH_REFUSED"),
        ('<p><img src="figures/dot.svg"/></p>', "PRESS_ERROR"),
        ('<p id="a">Một</p><p id="a">Hai</p>', "ANCHOR_TWICE"),
        ('<p><a href="#khong-co">Xem</a></p>', "ANCHOR_LOST"),
        ('<p><a class="folio" href="#khong-co"></a></p>', "ANCHOR_LOST"),
        ('<p><span class="folios" data-of="khong-co"></span></p>', "ANCHOR_LOST"),
        ('<p id="a" style="display: none">Ẩn</p>', "TEXT_LOST"),
        ('<h2 style="display: none">Ẩn</h2>', "TEXT_LOST"),
        ('<p style="width: 20mm; white-space: nowrap">Một dòng dài hơn chỗ của nó</p>', "OVERFLOW"),
        (f'<p style="white-space: nowrap">{SENTENCE * 3}</p>', "TEXT_CUT"),
        (f'<p style="margin-right: -11mm">{SENTENCE * 3}</p>', "TEXT_OUTSIDE"),
        (
            f'<p>{SENTENCE * 15}</p><h2 style="break-after: auto">Đầu đề</h2><p style="break-before: page">Bài</p>',
            "HEADING_ALONE",
        ),
        (f'<div style="height: 104mm"></div><p style="orphans: 1; widows: 1">{SENTENCE * 3}</p>', "ORPHAN"),
        (f'<div style="height: 81mm"></div><p style="orphans: 1; widows: 1">{SENTENCE * 3}</p>', "WIDOW"),
    ],
)
def test_what_goes_wrong_is_said(body, expected):
    assert codes(compose(leaf("program", body))) == [expected]


def test_a_footnote_that_finds_no_room_is_said():
    notes = "".join(f'<span class="footnote" id="n{n}" data-n="{n}">{SENTENCE * 14}</span>' for n in (1, 2))
    assert codes(compose(leaf("program", f"<p>Hai chú thích dài.{notes}</p>"))) == ["NOTE_CARRIED"]


def test_a_running_head_over_the_edge_of_the_paper_is_said_with_its_page():
    furniture = FURNITURE + "@page back { @top-left { vertical-align: bottom; padding-bottom: 20mm } }"
    leaves = leaf("program", "<p>Một</p>"), leaf("back", "<h1>Hai</h1><p>Ba</p>", start=Start.RECTO)
    (problem,) = press.print_pdf(compose(*leaves, furniture=furniture)).problems
    assert (problem.code, dict(problem.values)["folio"]) == ("FURNITURE_CUT", "3")
    assert "“Đầu: Sổ tay" in problem.sentence()


def test_a_mark_in_the_margin_over_the_edge_of_the_paper_is_said():
    marks = ".marked { position: relative } .folio-mark { position: absolute; margin: 0; line-height: 0; left: -14mm }"
    text = leaf("program", f'<h1>Một</h1><p id="a">{SENTENCE}</p>')
    other, book = press.print_pdf(compose(COVER, text)), compose(text, furniture=FURNITURE + marks)
    (problem,) = press.print_pdf(book, folios_of=other).problems
    assert (problem.code, dict(problem.values)["folio"]) == ("FURNITURE_CUT", "1")
    held = replace(book, furniture=book.furniture.replace("-14mm", "-11mm"))
    assert press.print_pdf(held, folios_of=other).problems == ()


def test_a_first_letter_set_otherwise_is_not_lost():
    initial = STYLE + "p::first-letter { font-size: 20pt; text-transform: uppercase }"
    book = press.print_pdf(compose(leaf("program", f'<h1>Một</h1><p id="a">{SENTENCE * 9}</p>'), style=initial))
    assert book.problems == ()
    assert all(page.exact for page in book.facts)


def test_an_id_in_two_leaves_is_said():
    leaves = leaf("program", '<p id="a">Một</p>'), leaf("back", '<p id="a">Hai</p>')
    assert codes(compose(*leaves)) == ["ANCHOR_TWICE"]


def test_a_broken_figure_is_said():
    broken = compose(COVER)
    figure = replace(broken.figures["figures/dot.svg"], data=b"<svg")
    broken = replace(broken, figures={"figures/dot.svg": figure})
    assert codes(broken) == ["FIGURE_BROKEN"]


def test_a_figure_inside_a_figure_may_be_spelt_out():
    inner = (
        "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSIxIiBoZWlnaHQ9IjEiLz4="
    )
    assert codes(compose(leaf("program", f'<p><img src="{inner}" alt="x"/></p>'))) == []


def test_markup_that_is_not_well_formed_stops_the_press():
    with pytest.raises(problems.Problems) as caught:
        press.print_pdf(compose(leaf("program", "<p>Chữ")))
    assert [problem.code for problem in caught.value.problems] == ["LEAF_BROKEN"]


IDENTIFIERS = [
    "30/2020/NĐ-CP",
    "36-HD/VPTW",
    "15/QĐ-BNV",
    "351/2017/UBTVQH14",
    "399-QĐ/TW",
    "12-CTr/TU",
    "đ/c",
    "T/M",
    "K/T",
    "A/B",
    "km/giờ",
    "Sê-kông",
    "I-ta-li-a",
    "Mát-xcơ-va",
    "Lê-nin",
    "2021–2025",
    "tr.12",
    "13/11/2025",
    "1.500.000",
    "12,5%",
    "v.v…",
    "2.3.1",
    "XI–XIII",
]


def test_identifiers_hold_on_one_line_in_a_column_of_11_mm():
    """The control: without the mark that holds them, some of them break."""
    marked = [str(Compositor("x", Medium.PRINT, {}).inline((Text(word),))) for word in IDENTIFIERS]
    assert broken(marked) == []
    assert len(broken([escape(word) for word in IDENTIFIERS])) >= 8


def broken(markup):
    """Set words, each a paragraph in a narrow column; return those of more than one line."""
    column = "".join(f'<p id="w{number}">{word}</p>' for number, word in enumerate(markup))
    held = re.search(r"^\.nb \{.*\}$", (ROOT / "layouts/base/print.css").read_text("utf-8"), re.MULTILINE)[0]
    style = (
        f"{STYLE} {held} @page {{ size: 105mm 297mm; }} .narrow {{ width: 11mm; font-size: 8pt; line-height: 9pt; }}"
    )
    pdf = press.print_pdf(compose(leaf("program", f'<div class="narrow">{column}</div>'), style=style)).pdf
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()
    lines = [line.strip() for line in page.replace("\ufffe", "-\n").splitlines()]
    return [word for word in IDENTIFIERS if word not in lines]
