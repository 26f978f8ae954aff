"""Wide tables and figures: set smaller, turned on pages of their own, left as they are; nothing of them is lost."""

import io
import re

import pikepdf
import pypdfium2
import pytest
import validators
from test_press import DOT, SENTENCE, STYLE, compose, leaf, opened, words

from builder import press
from builder.press import fitting, turning
from builder.publication import Figure

pytestmark = pytest.mark.press

# The page is 105 × 148 mm with margins 15 and 12 (20 at the left of a left page): 81 (73) mm by 118 mm of text.
MM = 72 / 25.4
FURNITURE = 7.0  # pt
TABLES = """
body { margin: 0 }
table { width: 100%; border-collapse: collapse; font: 8.5pt/12pt "Be Vietnam Pro" }
table { break-inside: avoid } tr { break-inside: avoid }
th, td { padding: 2pt 2mm 2pt 0; text-align: left; vertical-align: top }
.fit { font-size: 7.5pt; line-height: 10.5pt }
figure { margin: 0 } figure img { max-width: 100%; max-height: 60mm }
"""
ORNAMENT = 'alt="" role="presentation"'
CELL = "Rà soát, thống kê toàn bộ tủ sách"


def table(columns, rows=2, kind="", caption="", cell=CELL):
    head = "".join(f'<th scope="col">Cột {number}</th>' for number in range(1, columns + 1))
    body = "".join(
        f"<tr>{''.join(f'<td>{cell} {row}.{number}</td>' for number in range(1, columns + 1))}</tr>"
        for row in range(1, rows + 1)
    )
    title = f"<caption>{caption}</caption>" if caption else ""
    return f'<table class="{kind}" id="bang">{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def figure(kind="", caption="<figcaption>Hình 1</figcaption>", shown='alt="Hình"'):
    return f'<figure class="{kind}" id="hinh"><img src="figures/dot.svg" {shown}/>{caption}</figure>'


def book(body, style="", picture=None, **more):
    composition = compose(leaf("program", body, **more), style=STYLE + TABLES + style)
    if picture:
        composition.figures["figures/dot.svg"] = Figure("figures/dot.svg", "image/svg+xml", picture, "Hình")
    return press.print_pdf(composition)


def drawing(wide, high):
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}mm" height="{high}mm">'
    return f'{head}<rect width="99%" height="99%"/></svg>'.encode()


def turned_pages(pdf):
    """The numbers of the pages whose text runs upwards."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), 1):
        text = page.get_textpage()
        if any(is_upward(text, at) for at in range(text.count_chars())):
            found.append(number)
    return found


def is_upward(text, at):
    matrix = pypdfium2.raw.FS_MATRIX()
    pypdfium2.raw.FPDFText_GetMatrix(text.raw, at, matrix)
    return abs(matrix.a) < 1e-6 < matrix.b


def places(pdf, number, wanted):
    """Left, bottom, right, top (mm) of words on a page, the largest box first."""
    text = pypdfium2.PdfDocument(pdf)[number - 1].get_textpage()
    searcher = text.search(wanted)
    index, count = searcher.get_next()
    rects = [text.get_charbox(at) for at in range(index, index + count)]
    return tuple(
        each / MM
        for each in (
            min(r[0] for r in rects),
            min(r[1] for r in rects),
            max(r[2] for r in rects),
            max(r[3] for r in rects),
        )
    )


# --- which step a table takes ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "turned", "size"),
    [(3, [], 8.5), (4, [], 7.5), (5, [1], 8.5), (6, [1], 7.5)],
)
def test_a_table_is_set_smaller_then_turned_then_both(columns, turned, size):
    printing = book(table(columns), "table { --column: 7 }")
    assert printing.problems == ()
    assert turned_pages(printing.pdf) == turned
    assert sizes(printing.pdf) == {size}


def sizes(pdf):
    """The sizes of type (pt) on the first page, its furniture left out."""
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    found = {round(pypdfium2.raw.FPDFText_GetFontSize(text.raw, at) * 0.75, 1) for at in range(text.count_chars())}
    return {size for size in found if size > FURNITURE}


@pytest.mark.parametrize(
    ("columns", "kind", "style", "turned"),
    [
        (5, "upright", "", []),
        (2, "turn", "", [1]),
        (5, "", "table { --turn: none }", []),
        (2, "turn", "table { --turn: none }", [1]),
        (3, "", "table { --column: 14 }", [1]),
        (5, "", "@page { size: 148mm 105mm }", []),
    ],
)
def test_writers_and_layouts_have_their_say(columns, kind, style, turned):
    printing = book(table(columns, kind=kind), style)
    assert [problem.code for problem in printing.problems if problem.code != "OVERFLOW"] == []
    assert turned_pages(printing.pdf) == turned


def test_text_goes_on_upright_after_what_is_turned():
    printing = book(f"<p>{SENTENCE}</p>{table(5)}<p>{SENTENCE}</p>")
    assert printing.problems == ()
    assert turned_pages(printing.pdf) == [2]
    assert printing.pages == 3
    assert {page.name for page in printing.facts} == {"program"}


# --- how it stands on the page --------------------------------------------------------------------


def test_the_head_of_a_turned_table_is_at_the_left_edge_and_it_reads_upwards():
    printing = book(f"<p>Một</p><p style='break-before: page'>Hai</p>{table(5, caption='Bảng nhiệm vụ')}")
    (number,) = turned_pages(printing.pdf)
    caption, last = places(printing.pdf, number, "Bảng nhiệm vụ"), places(printing.pdf, number, "2.1")
    first, end = places(printing.pdf, number, "Cột 1"), places(printing.pdf, number, "Cột 5")
    assert caption[2] < first[0] < last[0]
    assert first[1] == pytest.approx(15, abs=1)  # the foot of the page's text area
    assert first[1] < end[1] < 148 - 15
    assert all(right - left < top - bottom for left, bottom, right, top in (caption, first))


@pytest.mark.parametrize(("before", "left"), [(0, 12), (1, 20)])
def test_its_margins_are_those_of_the_side_it_falls_on(before, left):
    filling = "<p style='break-after: page'>Một</p>" * before
    printing = book(filling + table(5, caption="Bảng"))
    (number,) = turned_pages(printing.pdf)
    assert number == before + 1
    assert places(printing.pdf, number, "Bảng")[0] == pytest.approx(left + 0.7, abs=0.5)


def test_a_leaf_moved_to_the_other_side_takes_its_turned_page_along():
    style = (
        "@page :left { margin-left: 20mm; margin-right: 12mm } @page :right { margin-left: 12mm; margin-right: 20mm }"
    )
    bodies = [leaf("front", f"<p>{SENTENCE}</p>", "dau"), leaf("program", table(5, caption="Bảng"), "van-ban")]
    printing = press.print_pdf(compose(*bodies, style=STYLE + TABLES + style))
    assert printing.problems == ()
    assert turned_pages(printing.pdf) == [2]
    assert places(printing.pdf, 2, "Bảng")[0] == pytest.approx(20.7, abs=0.5)


def test_running_heads_and_folios_stay_upright():
    printing = book(f"<p>{SENTENCE}</p>{table(5)}")
    left, bottom, right, top = places(printing.pdf, 2, "Trang 2")
    assert right - left > top - bottom
    assert top < 15


def test_a_table_longer_than_a_page_repeats_its_head_and_breaks_between_rows():
    printing = book(table(5, rows=12))
    assert printing.problems == ()
    numbers = turned_pages(printing.pdf)
    assert len(numbers) > 1
    pages = words(printing.pdf)
    for number in numbers:
        assert "Cột 1" in pages[number - 1]
    for row in range(1, 13):
        holding = {
            number for number in numbers for column in range(1, 6) if f"sách {row}.{column}" in pages[number - 1]
        }
        assert len(holding) == 1


def test_a_table_longer_than_a_page_begins_below_its_heading():
    printing = book(f"<p>{SENTENCE * 9}</p><h2>Chương trình</h2>{table(3, rows=24)}")
    assert printing.problems == ()
    first, *others = words(printing.pdf)
    assert re.search(r"Chương trình Cột 1 .* tủ sách 1\.3", first)
    assert re.search(r"tủ sách 24\.3 Đầu", others[-1])


def test_a_table_that_would_leave_its_heading_alone_is_broken():
    """It has room on a page, but not below its heading."""
    tall = "<h1 style='padding-top: 20mm'>Buổi 1</h1><h2>Chương trình</h2>"
    printing = book(f"{tall}{table(3, rows=5)}")
    assert printing.problems == ()
    first, second = words(printing.pdf)
    assert re.search(r"Chương trình Cột 1 .* tủ sách 1\.3", first)
    assert "tủ sách 5.3" in second


def test_a_table_that_would_leave_its_caption_alone_is_broken():
    """It fills a page without its caption."""
    printings = [
        book(f"<p>{SENTENCE * 6}</p>{table(3, rows=rows, caption='Bảng kê')}", "caption { font-size: 10pt }")
        for rows in range(5, 13)
    ]
    for printing in printings:
        assert printing.problems == ()
        assert re.search(r"Bảng kê Cột 1", " ".join(words(printing.pdf)))
        assert not any(page.rstrip("0123456789 ").endswith("Bảng kê") for page in words(printing.pdf))


@pytest.mark.parametrize(
    ("columns", "style", "told"),
    [(8, "", []), (16, "", ["TABLE_SMALL"]), (16, "table { --legible: 4 }", []), (40, "", ["TABLE_SMALL", "TEXT_CUT"])],
)
def test_a_table_that_fits_nowhere_is_shrunk_till_it_does(columns, style, told):
    printing = book(table(columns), style)
    assert sorted({problem.code for problem in printing.problems}) == told
    if "TEXT_CUT" not in told:
        text = " ".join(words(printing.pdf))
        assert [number for number in range(1, columns + 1) if f"2.{number}" not in text] == []


def test_what_is_turned_begins_at_the_edge_of_the_page_unless_a_rule_stands_beside_it():
    indented = f'<div style="margin-left: 9mm">{table(5, caption="Bảng")}</div>'
    ruled = f'<div style="border-left: 1pt solid; padding-left: 9mm">{table(5, caption="Bảng")}</div>'
    assert [places(book(body).pdf, 1, "Bảng")[1] for body in (indented, ruled)] == [
        pytest.approx(15, abs=1),
        pytest.approx(24, abs=1.5),
    ]


# --- what goes along ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "along"),
    [
        ("<h2>Phụ lục</h2>", True),
        ("<h1>Phụ lục</h1><h2>Nhiệm vụ</h2>", True),
        ("<h2>Phụ lục</h2><p>(Kèm theo Quyết định)</p>", True),
        (f"<h2>Phụ lục</h2><p>{SENTENCE * 3}</p>", False),
        ("<h2>Phụ lục</h2><p class='labelled'>1. Một</p>", False),
        ("<h2>Phụ lục</h2><ul><li>Một</li></ul>", False),
        ("<p>Như bảng dưới đây:</p>", False),
    ],
)
def test_a_heading_is_not_left_alone(before, along):
    printing = book(f"<p>{SENTENCE}</p>{before}{table(5)}")
    assert [problem.code for problem in printing.problems] == []
    (number,) = turned_pages(printing.pdf)
    heading = re.findall(r">([^<]+)<", before)[0]
    assert (heading in words(printing.pdf)[number - 1]) == along


def test_words_that_would_be_turned_alone_stand_upright():
    """What is turned does not begin on the page of what leads it in: a row is as tall as the page."""
    printing = book(f"<h2>Phụ lục</h2><p>(Kèm theo Quyết định)</p>{table(5, rows=1, cell=CELL * 5)}")
    assert printing.problems == ()
    assert turned_pages(printing.pdf) == [2]
    assert "Phụ lục (Kèm theo Quyết định)" in words(printing.pdf)[0]


def test_footnotes_of_a_turned_table_stand_at_its_foot():
    note = '<span class="footnote" id="n1" data-n="1">Lời chú</span>'
    printing = book(table(5).replace("1.1</td>", f"1.1{note}</td>"))
    assert printing.problems == ()
    note_place, last = places(printing.pdf, 1, "Lời chú"), places(printing.pdf, 1, "2.1")
    assert note_place[0] > last[0]


# --- figures --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "kind", "turned"),
    [
        ((160, 60), "", True),  # 81 mm upright, 118 mm turned
        ((90, 40), "", False),  # it is no larger of itself
        ((160, 140), "", False),
        ((60, 160), "", False),
        ((160, 60), "upright", False),
        ((90, 40), "turn", True),
    ],
)
def test_a_wide_figure_is_turned_when_that_is_worth_it(size, kind, turned):
    printing = book(f"<p>{SENTENCE}</p>{figure(kind)}", picture=drawing(*size))
    assert printing.problems == ()
    assert bool(turned_pages_with_figures(printing.pdf)) == turned


def turned_pages_with_figures(pdf):
    """The pages on which the caption reads upwards."""
    return [number for number in turned_pages(pdf) if "Hình 1" in words(pdf)[number - 1]]


def test_a_turned_figure_with_its_heading_and_caption_keeps_to_its_page():
    printing = book(f"<p>{SENTENCE}</p><h2>Sơ đồ</h2>{figure()}", picture=drawing(300, 110))
    assert printing.problems == ()
    (number,) = turned_pages(printing.pdf)
    assert "Sơ đồ" in words(printing.pdf)[number - 1]
    assert "Hình 1" in words(printing.pdf)[number - 1]


def test_a_tall_figure_fits_its_page_with_its_caption():
    style = "figure img { max-height: none }"
    printing = book(f"<p>{SENTENCE}</p>{figure()}", style, picture=drawing(60, 400))
    assert printing.problems == ()
    assert places(printing.pdf, 2, "Hình 1")[1] > 15


# --- the file -------------------------------------------------------------------------------------


def test_links_and_places_are_turned_too():
    linked = table(5).replace("Cột 1<", '<a href="#cuoi">Cột 1</a><')
    printing = book(f'{linked}<p id="cuoi">Hết, xem <a href="#bang">bảng</a>.</p>')
    assert printing.problems == ()
    with opened(printing.pdf) as pdf:
        (link,) = pdf.pages[0].Annots
        rect = [float(side) / MM for side in link.Rect]
        rect = [rect[0], min(rect[1::2]), rect[2], max(rect[1::2])]
        wanted = places(printing.pdf, 1, "Cột 1")
        assert all(abs(ours - theirs) < 2 for ours, theirs in zip(rect, wanted, strict=True))
        target = pdf.Root.Names.Dests.Names
        names = {str(name): place for name, place in zip(target[::2], target[1::2], strict=True)}
        assert names["bang"][0].objgen == pdf.pages[0].obj.objgen
        assert float(names["bang"][3]) == pytest.approx(148 * MM, abs=0.1)
    assert printing.folios["bang"] == 1


def test_every_page_is_upright_and_of_one_size():
    with opened(book(f"<p>{SENTENCE}</p>{table(5)}").pdf) as pdf:
        boxes = {tuple(round(float(side) / MM) for side in page.mediabox) for page in pdf.pages}
        assert boxes == {(0, 0, 105, 148)}
        assert all(int(page.get("/Rotate", 0)) == 0 for page in pdf.pages)


def test_a_table_is_a_table_however_it_stands():
    with opened(book(table(5)).pdf) as pdf:
        kinds = [str(each.S) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]
    assert (kinds.count("/Table"), kinds.count("/TH"), kinds.count("/TD")) == (1, 5, 10)


def test_an_ornament_is_drawn_and_not_told():
    ornament = figure(caption="", shown=ORNAMENT)
    printing = book(f"<p>Chữ</p>{ornament}", picture=DOT)
    assert printing.problems == ()
    with opened(printing.pdf) as pdf:
        kinds = {str(each.S) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each}
        content = pdf.pages[0].Contents[1].read_bytes()
    assert "/Figure" not in kinds
    assert b"/Figure" not in content
    assert b"/Artifact" in content
    image = pypdfium2.PdfDocument(printing.pdf)[0].render(scale=4).to_pil().convert("L")
    bare = pypdfium2.PdfDocument(book("<p>Chữ</p>").pdf)[0].render(scale=4).to_pil().convert("L")
    assert image.tobytes() != bare.tobytes()


# --- what the press still notices -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (
            '<span style="white-space: nowrap">' + "Rà soát thống kê tủ sách trong các thôn của xã " * 2 + "</span>",
            "TEXT_CUT",
        ),
        ('<span style="display: none">ẩn</span>', "TEXT_LOST"),
    ],
)
def test_text_off_a_turned_page_is_found(cell, code):
    printing = book(table(5, cell=cell))
    assert code in {problem.code for problem in printing.problems}


@pytest.mark.slow
def test_turned_pages_and_ornaments_are_pdf_a_and_pdf_ua(tmp_path):
    ornament = figure(caption="", shown=ORNAMENT)
    body = f"<h1>Một</h1><p>{SENTENCE}</p>{ornament}<h2>Phụ lục</h2>{table(5, rows=12, caption='Bảng')}"
    (tmp_path / "book.pdf").write_bytes(book(body).pdf)
    assert validators.verapdf(tmp_path / "book.pdf", "2a", "ua1") == ()


# --- columns --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("widths", "wanted", "most", "shared"),
    [
        ((10, 90), (30, 30), (40, 200), [32, 68]),  # the narrow one gets what it wants, of the rest as it can use it
        ((40, 60), (30, 30), (60, 200), (40, 60)),  # each has it: nothing changes
        ((10, 20), (30, 30), (40, 200), (10, 20)),  # there is not enough to share
        ((10, 50), (20, 20), (20, 20), (10, 50)),  # none could use more
    ],
)
def test_columns_get_what_they_can_be_read_at(widths, wanted, most, shared):
    found = fitting.shared(widths, wanted, most)
    assert [round(width) for width in found] == list(shared)
    assert sum(found) == pytest.approx(sum(widths))


def test_a_page_is_turned_to_the_left():
    assert turning.SIDES == {"top": "left", "right": "top", "bottom": "right", "left": "bottom"}
    assert turning._rectangle((10, 20, 30, 25), 100) == (20, 70, 25, 90)


def test_the_same_book_gives_the_same_bytes():
    body = f"<p>{SENTENCE}</p>{table(6)}{figure()}"
    assert book(body).pdf == book(body).pdf
    assert pikepdf.open(io.BytesIO(book(body).pdf)).is_linearized is False
