"""A web page becomes what stands in its article: nothing fetched, nothing lost without a word about it."""

import base64
import contextlib
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.intake import web
from builder.intake.original import Grid, Paragraph
from builder.intake.record import Record
from builder.intake.web import archive, lists, styles
from builder.problems import Problems
from builder.vietnamese import legacy
from builder.vietnamese.legacy import Encoding

SENTENCE = "Nhân dân trong xã cùng nhau bàn bạc việc dựng nhà văn hóa, góp công, góp của và giữ gìn nếp sống đẹp."
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def read(text, name="trang.html"):
    record = Record(name)
    found = web.read(text if isinstance(text, bytes) else text.encode(), record)
    return found, record


def page(body, head=""):
    return f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"


def blocks(body, head=""):
    return read(page(body, head))[0].blocks


def texts(body, head=""):
    return [each.text for each in blocks(body, head)]


def codes(record):
    return Counter(problem.code for problem in record.found)


def dropped(record):
    return {dict(each.values)["why"]: dict(each.values) for each in record.found if each.code == "INTAKE_DROPPED"}


def refused(text):
    with pytest.raises(Problems) as caught:
        read(text)
    return [problem.code for problem in caught.value.problems]


# --- what is the article --------------------------------------------------------------------------

SITE = f"""
<header class="site-header"><h2>Cổng thông tin xã</h2></header>
<nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/gt">Giới thiệu</a></li></ul></nav>
<form id="aspnetForm"><div class="wrapper"><div class="noi-dung">
<p><a name="dieu_1"></a><b>Điều 1. Việc chung</b></p><p>{SENTENCE}</p>
<div class="share">Chia sẻ bài này</div>
<p><a name="dieu_2"></a><b>Điều 2. Việc riêng</b></p><p>{SENTENCE}</p></div>
<div class="tin-lien-quan"><h3>Tin liên quan</h3><a href="/1">Xã bên làm đường mới</a></div>
<div id="binh-luan">Bạn đọc Lan: hay quá</div></div></form>
<footer>Bản quyền của xã</footer><script>var x = "không phải lời";</script>
"""


def test_the_furniture_of_a_site_is_left_out_and_reported():
    found, record = read(page(SITE))
    assert [each.text for each in found.blocks] == [
        "Điều 1. Việc chung", SENTENCE, "Điều 2. Việc riêng", SENTENCE,
    ]  # fmt: skip
    assert dropped(record).keys() == {"head", "menu", "share", "related", "comments", "foot"}
    related = dropped(record)["related"]
    assert (related["words"], related["count"]) == ("Tin liên quan Xã bên làm đường mới", "8")
    assert all(each.place.line for each in record.found)
    assert "không phải lời" not in str(record.found)


def test_why_something_was_left_out_is_said_in_both_languages():
    _, record = read(page(SITE))
    menu = next(each for each in record.found if dict(each.values).get("why") == "menu")
    assert "thanh điều hướng" in menu.sentence("vi")
    assert "navigation" in menu.sentence("en")


def test_numbered_clauses_stay_whatever_their_box_is_called():
    body = f"<div class=content><p>{SENTENCE * 3}</p></div><div class=sidebar><p>Điều 9. Thi hành</p></div>"
    assert texts(body)[-1] == "Điều 9. Thi hành"


def test_head_and_foot_of_an_official_paper_are_not_those_of_a_site():
    head, foot = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Nơi nhận: Như trên"
    text = f"<div class=noidung>{f'<p>{SENTENCE}</p>' * 6}</div>"
    body = f"<div class=vbHeader>{head}</div>{text}<div class=footer>{foot}</div>"
    assert texts(body) == [head, *[SENTENCE] * 6, foot]


def test_clauses_in_two_boxes_keep_both():
    first, second = f"<p>Điều 1. Một</p><p>{SENTENCE * 9}</p>", f"<p>Điều 2. Hai</p><p>{SENTENCE}</p>"
    body = f"<div class=noidung>{first}</div><div>{second}</div>"
    assert [each for each in texts(body) if each.startswith("Điều")] == ["Điều 1. Một", "Điều 2. Hai"]


def test_the_marked_article_is_taken_and_what_stands_around_it_is_reported():
    around = "<div>Thời tiết hôm nay nắng đẹp</div>"
    found, record = read(page(f"{around}<div itemprop=articleBody><p>{SENTENCE}</p><p>{SENTENCE}</p></div>"))
    assert [each.text for each in found.blocks] == [SENTENCE, SENTENCE]
    assert codes(record) == {"INTAKE_ARTICLE": 1, "INTAKE_DROPPED": 1}
    assert dropped(record)["around"]["words"] == "Thời tiết hôm nay nắng đẹp"


OLD_SITE = """<table width="100%"><tr><td colspan=2><a href="/">Trang chủ</a> | <a href="/vb">Văn bản</a></td></tr>
<tr><td><table><tr><td><a href="/1">Luật</a></td></tr><tr><td><a href="/2">Nghị định</a></td></tr></table></td>
<td><table border=0><tr><td align=center><b>ỦY BAN NHÂN DÂN</b></td>
<td align=center><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b></td></tr></table>
<p align=center><a name="loai_1"></a><b>QUYẾT ĐỊNH</b></p>
<p>Căn cứ <a href="https://example.org/luat">Luật Tổ chức chính quyền địa phương</a>;</p>
<p><a name="dieu_1"></a><b>Điều 1. Phạm vi</b></p><p>Quyết định này nói về việc chung của xã.</p>
<p><a name="dieu_2"></a><b>Điều 2. Thi hành</b></p><p>Quyết định có hiệu lực từ ngày ký.</p>
<table border=1><tr><td><b>STT</b></td><td><b>Việc</b></td></tr><tr><td>1</td><td>Quét dọn</td></tr></table>
<table border=0><tr><td><p>Nơi nhận:<br>- Như trên;</p></td>
<td align=center>CHỦ TỊCH<br><br>Nguyễn Văn An</td></tr></table>
</td></tr><tr><td colspan=2><a href="/">Trang chủ</a> của xã</td></tr></table>"""


def test_a_page_placed_with_tables_gives_its_text_and_its_own_tables():
    found, record = read(page(OLD_SITE))
    shape = [cells(each) if isinstance(each, Grid) else each.text for each in found.blocks]
    assert shape == [
        [["ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]],
        "QUYẾT ĐỊNH",
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        "Điều 1. Phạm vi",
        "Quyết định này nói về việc chung của xã.",
        "Điều 2. Thi hành",
        "Quyết định có hiệu lực từ ngày ký.",
        [["STT", "Việc"], ["1", "Quét dọn"]],
        [["Nơi nhận:|- Như trên;", "CHỦ TỊCH|Nguyễn Văn An"]],
    ]
    assert [each.ruled for each in found.blocks if isinstance(each, Grid)] == [False, True, False]
    assert sum(int(each["count"]) for each in _left(record)) == 12


def _left(record):
    return [dict(each.values) for each in record.found if each.code == "INTAKE_DROPPED"]


def test_headline_and_lead_of_a_newspaper_stay_with_the_article():
    lead = "Sáng nay bà con trong xã đã họp bàn việc dựng nhà văn hóa ngay tại sân đình làng."
    text = f"<article><p>{SENTENCE}</p><p>{SENTENCE}</p></article>"
    story = f"<h1>Họp bàn ở sân đình</h1><p class=description>{lead}</p>{text}"
    links = "".join(f'<li><a href="/{number}">Chuyện khác số {number} ở xã bên</a>' for number in range(9))
    head = "<title>Họp bàn ở sân đình - Báo Xã</title>"
    found, record = read(page(f"<div><div>{story}</div><ul>{links}</ul></div>", head))
    assert [(each.text, each.title) for each in found.blocks] == [
        ("Họp bàn ở sân đình", True), (lead, False), (SENTENCE, False), (SENTENCE, False),
    ]  # fmt: skip
    assert [each["words"][:14] for each in dropped(record).values()] == ["Chuyện khác số"]


NAMELESS = f"""<div id=w><div id=t>Hotline: 0210 333 444 | <a href="/rss">RSS</a> | <a href="/en">English</a></div>
<div><a href="/">Trang chủ</a> | <a href="/a">Chuyện xã</a> | <a href="/b">Hỏi đáp</a></div>
<div id=c><div>Họp bàn ở sân đình</div><div>Bà con trong xã đã họp.</div><div>{SENTENCE}</div>
<div>{SENTENCE} Theo <a href="/x">Ủy ban xã</a>.</div><div><b>Lê Văn An</b></div>
<div>Gửi cho bạn bè | Bản in | Cỡ chữ A- A+</div></div>
<div>Tổng Biên tập: Lê Văn Ba. Tòa soạn: số 2, đường Đình. Giấy phép số 7.</div></div>"""


def test_a_page_of_boxes_without_names_gives_its_headline_and_text():
    found, record = read(page(NAMELESS, "<title>Họp bàn ở sân đình | Tạp chí Chuyện xã</title>"))
    assert [(each.text, each.title) for each in found.blocks] == [
        ("Họp bàn ở sân đình", True), ("Bà con trong xã đã họp.", False), (SENTENCE, False),
        (f"{SENTENCE} Theo Ủy ban xã.", False), ("Lê Văn An", False),
    ]  # fmt: skip
    assert {why: each["words"][:8] for why, each in dropped(record).items()} == {
        "menu": "Trang ch", "head": "Hotline:", "share": "Gửi cho ", "foot": "Tổng Biê",
    }  # fmt: skip
    assert sum(int(each["count"]) for each in _left(record)) == 8 + 8 + 12 + 16


OLD_BASE = f"""<table><tr><td colspan=2>CỔNG THÔNG TIN ĐIỆN TỬ XÃ HÒA BÌNH</td></tr>
<tr><td><table><tr><td><a href=1>Trang chủ</a></td></tr><tr><td><a href=2>Chuyện xã</a></td></tr></table></td>
<td><table><tr><td><b>Số ký hiệu</b></td><td>5/QĐ-UBND</td></tr><tr><td>Người ký</td><td><p>Lê Văn An</p></td></tr>
</table><div><table><tr><td><p>ỦY BAN NHÂN DÂN</p></td><td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p></td></tr></table>
</div><p>QUYẾT ĐỊNH</p><p>Điều 1. {SENTENCE}</p><p>Điều 2. {SENTENCE}</p></td></tr>
<tr><td colspan=2>Thiết kế bởi Tổ tin học - Điện thoại: 0210 333 444</td></tr></table>"""


def test_what_a_database_puts_around_a_paper_is_left_out_and_reported():
    found, record = read(page(OLD_BASE, "<title>.: Chi tiết :.</title>"))
    assert [cells(each) if isinstance(each, Grid) else each.text for each in found.blocks] == [
        [["ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]], "QUYẾT ĐỊNH",
        f"Điều 1. {SENTENCE}", f"Điều 2. {SENTENCE}",
    ]  # fmt: skip
    assert {why: each["words"] for why, each in dropped(record).items()} == {
        "head": "CỔNG THÔNG TIN ĐIỆN TỬ XÃ HÒA BÌNH", "menu": "Trang chủ Chuyện xã",
        "around": "Số ký hiệu 5/QĐ-UBND Người ký Lê Văn An",
        "foot": "Thiết kế bởi Tổ tin học - Điện thoại: 0210 333 444",
    }  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        f"<p>Địa chỉ: nhà văn hóa xã. Điện thoại: 0210 333 444.</p><p>{SENTENCE}</p><p>Bản quyền là của chung.</p>",
        f"<p><a href=/1>Quy ước của xã</a></p><p>{SENTENCE}</p><p>Xem <a href=/2>bản đồ</a>.</p>",
        f"<p>Cổng thông tin điện tử là việc chung.</p><p>{SENTENCE}</p><p>In</p>",
        "<p><a href=/1>Quy ước một</a></p><p><a href=/2>Quy ước hai</a></p><p>Hết.</p>",
        f"<table><tr><td>Người ký<td>Lê Văn An</table><p>{SENTENCE}</p>",
    ],
)
def test_words_of_a_text_that_look_like_furniture_stay(body):
    found, record = read(page(body))
    assert _left(record) == []
    said = "".join(each.text for each in web.recoding.paragraphs(found))
    assert said.replace(" ", "") == "".join(web.tree.words(web.tree.parse(body, record), 1000).split())


def test_a_page_whose_text_is_called_a_menu_is_not_emptied():
    body = "".join(f"<div class=sidebar><p>{SENTENCE}</p></div>" for _ in range(6))
    assert texts(body) == [SENTENCE] * 6


@pytest.mark.parametrize(
    "hiding", ["hidden", 'style="display:none"', 'style="visibility: hidden"', 'aria-hidden="true"', "class=an"]
)
def test_what_is_hidden_is_left_out_and_reported(hiding):
    found, record = read(page(f"<p>{SENTENCE} <span {hiding}>lời ẩn</span></p>", "<style>p{}.an{display:none}</style>"))
    assert found.blocks[0].text == SENTENCE
    assert dropped(record)["hidden"]["words"] == "lời ẩn"


@pytest.mark.parametrize(
    ("title", "headline", "expected"),
    [
        ("Nghị quyết về nhà văn hóa | Báo Xã", "", "Nghị quyết về nhà văn hóa"),
        ("Nghị quyết về nhà văn hóa - Cổng thông tin xã Hòa Bình", "", "Nghị quyết về nhà văn hóa"),
        ("Nghị quyết về nhà văn hóa - xahoabinh.example.vn", "", "Nghị quyết về nhà văn hóa"),
        ("Kế hoạch 5 - năm 2026", "", "Kế hoạch 5 - năm 2026"),
        ("Kế hoạch 5 - năm 2026 - Xã ta", "<h1>Kế hoạch 5 - năm 2026</h1>", "Kế hoạch 5 - năm 2026"),
        ("", "", ""),
    ],
)
def test_the_title_goes_without_the_name_of_the_site(title, headline, expected):
    assert read(page(f"{headline}<p>{SENTENCE}</p>", f"<title>{title}</title>"))[0].title == expected


# --- words ----------------------------------------------------------------------------------------


def test_faces_and_links():
    (one,) = blocks(
        '<p><b>Đậm</b> <i>nghiêng</i> <span style="font-weight:700">nặng</span> m<sup>2</sup> H<sub>2</sub>O '
        '<a href="https://example.org/a">ngoài</a> <a href="/trong">trong</a> <a href="javascript:x()">mã</a></p>'
    )
    faces = {run.text.strip(): (run.bold, run.italic, run.raised, run.lowered, run.address) for run in one.runs}
    assert faces["Đậm"] == faces["nặng"] == (True, False, False, False, "")
    assert faces["nghiêng"] == (False, True, False, False, "")
    assert [(run.text, run.raised, run.lowered) for run in one.runs if run.text == "2"] == [
        ("2", True, False), ("2", False, True),
    ]  # fmt: skip
    assert faces["ngoài"][-1] == "https://example.org/a"
    assert {run.address for run in one.runs} == {"", "https://example.org/a"}
    assert one.text == "Đậm nghiêng nặng m2 H2O ngoài trong mã"


def test_blanks_are_closed_up_and_breaks_kept():
    assert texts("<p>&nbsp;&nbsp; Một\n  hai&nbsp;ba <br> bốn </p><p> &nbsp; </p>") == ["Một hai ba\nbốn"]


def test_two_breaks_or_a_label_after_one_part_paragraphs():
    assert texts("<div>Mở đầu<br><br>Đoạn hai<br>dòng tiếp<br>1. Khoản một<br>2. Khoản hai</div>") == [
        "Mở đầu", "Đoạn hai\ndòng tiếp", "1. Khoản một", "2. Khoản hai",
    ]  # fmt: skip


def test_headings_quotations_and_alignment():
    found = blocks(
        "<h1>Một</h1><p role=heading aria-level=3>Ba</p><p align=center>Giữa</p>"
        '<div style="text-align:center"><p>Cũng giữa</p><p style="text-align:left">Trái</p></div>'
        "<blockquote><p>Lời <q>trích</q></p></blockquote><pre>a\n  b</pre><p class=MsoTitle>Tên</p>"
    )
    assert [(each.text, each.heading, each.centred, each.quoted, each.kept, each.title) for each in found] == [
        ("Một", 1, False, False, False, False),
        ("Ba", 3, False, False, False, False),
        ("Giữa", 0, True, False, False, False),
        ("Cũng giữa", 0, True, False, False, False),
        ("Trái", 0, False, False, False, False),
        ("Lời “trích”", 0, False, True, False, False),
        ("a\n  b", 0, False, False, True, False),
        ("Tên", 0, False, False, False, True),
    ]


def test_a_law_typed_into_pre_is_no_code():
    assert texts("<pre>Điều 1. Một\nlời của điều một\n\nĐiều 2. Hai</pre>") == [
        "Điều 1. Một", "lời của điều một", "Điều 2. Hai",
    ]  # fmt: skip


def test_the_line_is_that_of_the_page():
    found = blocks("\n<p>Một</p>\n\n<p>Hai</p>")
    assert [each.line for each in found] == [2, 4]


# --- lists ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("list_", "labels"),
    [
        ("<ol><li>x<li>y</ol>", ["1.", "2."]),
        ("<ol start=9><li>x<li value=20>y<li>z</ol>", ["9.", "20.", "21."]),
        ("<ol reversed><li>x<li>y<li>z</ol>", ["3.", "2.", "1."]),
        ("<ol type=a start=26><li>x<li>y</ol>", ["z.", "aa."]),
        ("<ol type=I start=4><li>x<li>y</ol>", ["IV.", "V."]),
        ('<ol style="list-style-type:lower-roman"><li>x<li>y</ol>', ["i.", "ii."]),
        ('<ol style="list-style:none"><li>1) x<li>2) y</ol>', ["", ""]),
        ("<ul><li>x<li>y</ul>", ["-", "-"]),
        ("<ol start=99999999999999999999><li>x</ol>", ["1."]),
    ],
)
def test_labels_of_lists_are_those_a_browser_shows(list_, labels):
    assert [each.label for each in blocks(list_)] == labels


def test_nested_lists_keep_their_depth_and_a_second_paragraph_has_no_label():
    found = blocks("<ol><li>a<ul><li>b<li>c</ul><li><p>d</p><p>e</p></ol><p>f</p>")
    assert [(each.text, each.label, each.depth) for each in found] == [
        ("a", "1.", 1), ("b", "-", 2), ("c", "-", 2), ("d", "2.", 1), ("e", "", 1), ("f", "", 0),
    ]  # fmt: skip


@given(st.integers(1, 3999))
def test_roman_numbers_count(number):
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    digits = [values[letter] for letter in lists.shown(number, "lower-roman").rstrip(".")]
    follow = [*digits[1:], 0]
    assert sum(-one if one < other else one for one, other in zip(digits, follow, strict=True)) == number


def test_word_writes_its_labels_into_the_page():
    found = blocks(
        "<p class=MsoListParagraph style='margin-left:36pt;mso-list:l0 level2 lfo1'><![if !supportLists]>"
        "<span lang=VI><span style='mso-list:Ignore'>1.2.<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;"
        "</span></span></span><![endif]>Nội dung</p>"
        "<p class=MsoNormal style='mso-list:l1 level1 lfo2'><span style='font-family:Symbol'>"
        "<span style='mso-list:Ignore'>·<span>&nbsp;</span></span></span>Gạch</p><p>Thường</p>"
    )
    assert [(each.text, each.label, each.depth) for each in found] == [
        ("Nội dung", "1.2.", 2), ("Gạch", "-", 1), ("Thường", "", 0),
    ]  # fmt: skip


# --- tables ---------------------------------------------------------------------------------------


def cells(grid):
    return [["|".join(each.text for each in cell) for cell in row] for row in grid.rows]


def test_a_table_with_spans_has_rows_of_one_width():
    caption, grid = blocks(
        "<table border=1><caption>Kinh phí</caption><thead><tr><th colspan=2>Khoản<th>Tiền</thead>"
        "<tr><td rowspan=2>A<td>b<td>1<tr><td>c<td>2</table>"
    )
    assert caption.text == "Kinh phí"
    assert cells(grid) == [["Khoản", "", "Tiền"], ["A", "b", "1"], ["", "c", "2"]]
    assert (grid.head, grid.ruled) == (1, True)


def test_the_head_of_an_official_paper_is_a_table_without_lines():
    (grid, _) = blocks(
        "<table><tr><td align=center>ỦY BAN NHÂN DÂN<br>XÃ HÒA BÌNH<td align=center>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        f"</table><p>{SENTENCE}</p>"
    )
    assert isinstance(grid, Grid)
    assert not grid.ruled
    assert cells(grid) == [["ỦY BAN NHÂN DÂN\nXÃ HÒA BÌNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]]


def test_a_table_that_only_places_the_text_is_none():
    body = "<table><tr><td><table><tr><td><p>Điều 1. Một</p><p>Lời một</p></table><tr><td><p>Điều 2. Hai</p></table>"
    assert texts(body) == ["Điều 1. Một", "Lời một", "Điều 2. Hai"]


def test_a_table_in_a_cell_becomes_paragraphs():
    (grid,) = blocks("<table border=1><tr><td>a<table border=1><tr><td>b<td>c<tr><td>d<td>e</table><td>f</table>")
    assert cells(grid) == [["a|b c|d e", "f"]]


def test_absurd_spans_stay_small():
    (grid,) = blocks("<table border=1><tr><td colspan=1000000000 rowspan=1000000000>a<td>b<tr><td>c</table>")
    assert cells(grid) == [["a", "b"], ["", "c"]]


def test_a_table_too_large_becomes_paragraphs():
    rows = "<tr>" + "<td>a" * 3000 + "<tr><td>cuối<td>cùng" * 100
    found, record = read(page(f"<table border=1>{rows}</table>"))
    assert found.blocks[-1].text == "cuối cùng"
    assert "INTAKE_TABLE_LARGE" in codes(record)


# --- notes and pictures ---------------------------------------------------------------------------

NOTES = {
    "converters": (
        '<p>Lời một<sup><a href="#fn1" id="fnref1">1</a></sup> tiếp.</p>',
        '<section class="footnotes"><ol><li id="fn1"><p>Lời chú. <a href="#fnref1">↩</a></p></li></ol></section>',
    ),
    "Word": (
        '<p>Lời một<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a> tiếp.</p>',
        (
            "<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1>"
            '<p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1">[1]</a> Lời chú.</p></div></div>'
        ),
    ),
    "Word, raised": (
        '<p>Lời một<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a> tiếp.</p>',
        '<div><hr><div id=ftn1><p><a href="#_ftnref1" name="_ftn1"><sup>[1]</sup></a> Lời chú.</p></div></div>',
    ),
    "raised, with names of no kind": (
        '<p>Lời một<a href="#duoi1" name="tren1"><sup>1</sup></a> tiếp.</p>',
        '<p><a href="#tren1" name="duoi1"><sup>1</sup></a> Lời chú.</p>',
    ),
    "raised, names beside the links": (
        '<p>Lời một<sup id="x1"><a href="#y1">1</a></sup> tiếp.</p>',
        '<p><a name="y1"></a><sup><a href="#x1">1</a></sup> Lời chú.</p>',
    ),
    "without paragraphs": (
        '<div>Lời một<sup><a href="#_ftn1" name="_ftnref1">(1)</a></sup> tiếp.</div>',
        '<div><a href="#_ftnref1" name="_ftn1">(1)</a> Lời chú.</div>',
    ),
    "MediaWiki": (
        '<p>Lời một<sup id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup> tiếp.</p>',
        '<ol><li id="cite_note-1"><span><b><a href="#cite_ref-1">^</a></b></span> Lời chú.</li></ol>',
    ),
    "LibreOffice": (
        '<p>Lời một<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a> tiếp.</p>',
        ('<div id="sdfootnote1"><p><a name="sdfootnote1sym" href="#sdfootnote1anc">1</a>Lời chú.</p></div>'),
    ),
    "by hand": (
        '<p>Lời một<sup>[<a href="#chu-thich-1">1</a>]</sup> tiếp.</p>',
        '<p><a name="chu-thich-1"></a>Lời chú.</p>',
    ),
}


@pytest.mark.parametrize("form", NOTES)
def test_footnotes_are_told_from_the_text(form):
    found, _ = read(page("".join(NOTES[form]) + f"<p>{SENTENCE}</p>"))
    first = found.blocks[0]
    assert first.text == "Lời một tiếp."
    assert [run.note for run in first.runs if run.note] == ["1"]
    assert [each.text for each in found.notes["1"]] == ["Lời chú."]
    assert "Lời chú." not in "".join(each.text for each in found.blocks)


def test_a_table_of_contents_calls_no_notes():
    found, _ = read(page(f'<p><a href="#muc1">1</a> Mục một</p><h2 id="muc1">Mục một</h2><p>{SENTENCE}</p>'))
    assert found.notes == {}
    assert found.blocks[0].text == "1 Mục một"


def test_pictures_come_from_the_page_and_nothing_is_fetched():
    data = base64.b64encode(PNG).decode()
    found, record = read(
        page(
            f'<p>{SENTENCE}</p><figure><img src="data:image/png;base64,{data}" alt="Sân đình"><figcaption>Hình 1'
            '</figcaption></figure><img src="https://example.org/a.png" alt="Ảnh xa">'
            '<img src="data:image/png;base64,AA">'
        )
    )
    (name, picture), *others = found.pictures.items()
    assert not others
    assert (picture.data, picture.media_type, picture.alt) == (PNG, "image/png", "Sân đình")
    assert [run.picture for each in found.blocks for run in each.runs if run.picture] == [name]
    assert found.blocks[-1].text == "Hình 1"
    assert [dict(each.values)["why"] for each in record.found if each.code == "INTAKE_PICTURE_LEFT"] == [
        "away",
        "broken",
    ]


# --- how a page is written ------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI])
def test_words_in_an_old_font_are_converted(encoding):
    font = {Encoding.TCVN3: ".VnTime", Encoding.VNI: "VNI-Times"}[encoding]
    old = legacy.encode("Nghị quyết này nói về nước sạch", encoding)
    (one, two, three) = blocks(
        f'<p><font face="{font}">{old}</font></p><p style="font-family:{font}, serif">{old}</p><p>Cà phê</p>'
    )
    assert one.text == two.text == "Nghị quyết này nói về nước sạch"
    assert three.text == "Cà phê"


def test_a_font_of_capitals_raises_its_words():
    old = legacy.encode("nghị quyết", Encoding.TCVN3)
    assert texts(f'<p><font face=".VnTimeH">{old}</font></p>') == ["NGHỊ QUYẾT"]


def test_a_font_named_for_unicode_words_changes_nothing():
    assert texts(f'<p><font face=".VnTime">{SENTENCE}</font></p>') == [SENTENCE]


def test_bytes_of_an_old_encoding_are_judged_by_their_words():
    data = f"<html><title>Trang cũ</title><p>{SENTENCE}</p><p>Cám ơn</p>".encode()
    old = legacy.encode(data.decode(), Encoding.TCVN3).encode("latin-1")
    found, record = read(old)
    assert [each.text for each in found.blocks] == [SENTENCE, "Cám ơn"]
    assert found.title == "Trang cũ"
    assert "INTAKE_CONVERTED" in codes(record)


@pytest.mark.parametrize(
    "data",
    [
        page(f"<p>{SENTENCE}</p>").replace("utf-8", "windows-1252").encode(),  # says what it is not
        b"\xef\xbb\xbf" + page(f"<p>{SENTENCE}</p>").encode(),
        b"\xff\xfe" + page(f"<p>{SENTENCE}</p>").encode("utf-16-le"),
        page(f"<p>{SENTENCE}</p>").encode("utf-16-be"),
        legacy.encode(f"<meta charset=windows-1258><p>{SENTENCE}</p>", Encoding.CP1258).encode("latin-1"),
        b'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>'
        + SENTENCE.encode()
        + b"</p></body></html>",
    ],
    ids=["wrong name", "mark", "utf-16", "utf-16 without mark", "1258", "xhtml"],
)
def test_the_encoding_is_found(data):
    assert [each.text for each in read(data)[0].blocks] == [SENTENCE]


def test_a_western_page_is_read_as_one():
    data = "<p>Le café “français” – dit-il</p>".encode("cp1252")
    assert [each.text for each in read(data)[0].blocks] == ["Le café “français” – dit-il"]


def test_a_few_broken_bytes_are_marked_and_counted():
    data = page(f"<p>{SENTENCE * 20}</p><p>ch\xff</p>").encode().replace("ÿ".encode(), b"\xff")
    found, record = read(data)
    assert found.blocks[-1].text == "ch\ufffd"
    assert codes(record)["INTAKE_REPLACED"] == 1


def test_words_go_into_normal_form():
    assert texts("<p>Nghị quye\u0302\u0301t\u200b</p>") == ["Nghị quyết"]


# --- saved pages ----------------------------------------------------------------------------------


def saved(picture_head, source):
    return (
        "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="==x"\r\n\r\n'
        "--==x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: file:///C:/a/trang.htm\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
        + base64.b64encode(page(f'<p>{SENTENCE}</p><img src="{source}" alt="Hình">').encode()).decode()
        + f"\r\n--==x\r\nContent-Type: image/png\r\n{picture_head}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.b64encode(PNG).decode()
        + "\r\n--==x--\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("head", "source"),
    [
        ("Content-Location: https://example.org/a.png", "https://example.org/a.png"),
        ("Content-ID: <a@b>", "cid:a@b"),
        ("Content-Location: file:///C:/a/trang_files/image001.png", "trang_files/image001.png"),
    ],
)
def test_a_saved_page_brings_its_pictures(head, source):
    found, _ = read(saved(head, source), "trang.mht")
    assert found.blocks[0].text == SENTENCE
    assert [each.data for each in found.pictures.values()] == [PNG]


def test_a_saved_page_without_a_page_is_damaged():
    head = (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/plain\n\na\n--x--"
    )
    assert archive.is_archive(head)
    assert refused(head) == ["INTAKE_DAMAGED"]


def test_a_page_is_no_archive():
    assert not archive.is_archive(page("<p>a: b</p>").encode())
    assert not archive.is_archive(b"Ghi chu: x\n\nContent-Type: text/html")


# --- what a stranger may send ---------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"<p>", b"\0\0\0", b"<script>a</script>", b"<!-- l\xc3\xa1 -->"])
def test_a_page_without_words_is_empty(data):
    assert refused(data) == ["INTAKE_EMPTY"]


def test_a_page_too_deep_to_be_read_whole_is_refused():
    assert refused("<div>" * 100_000 + SENTENCE) == ["INTAKE_DEEP"]


def test_a_page_of_too_many_elements_is_refused():
    assert refused("<p>" + "<b>a</b>" * 400_000) == ["INTAKE_ELEMENTS"]


def test_fonts_nobody_closed_are_no_depth():
    body = "".join(f"<p><font size=3><b>Đoạn {number}" for number in range(1500))
    assert len(blocks(body)) == 1500


def test_what_stands_deep_is_read():
    assert texts("<div>" * 1500 + f"<p>{SENTENCE}") == [SENTENCE]


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td>a<td>" * 300 + SENTENCE,
        "<ol><li>a" * 500,
        f"<p>{SENTENCE}" + "<b>a</b><i>b</i>" * 20_000,
        f"<p>{SENTENCE}" + "x<span hidden>y</span>" * 10_000,
        f"<p class='{'x ' * 200_000}' style='{'a:b;' * 200_000}'>{SENTENCE}",
        f"<style>{'/*' * 100_000}{'{' * 10_000}</style><p>{SENTENCE}",
        "<sup><a href='#fn1'>1</a></sup>" * 10_000 + f"<p id=fn1>{SENTENCE}",
        f"<p>{SENTENCE}<br>" + "a<br>" * 20_000,
        f"<p>{SENTENCE}<img src='data:image/png;base64,{'A' * 500_000}'>",
        f"<p>{SENTENCE}" + "\0" * 100_000,
    ],
    ids=["tables", "lists", "faces", "hidden", "attributes", "styles", "notes", "breaks", "data", "nul"],
)
def test_bombs_end(body):
    found, _ = read(page(body))
    assert found.blocks


def test_entities_stand_for_letters_and_open_nothing():
    opening = '<!DOCTYPE x [<!ENTITY a "bí mật"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
    found, _ = read(f"{opening}<p>&lt;b&gt; &agrave; &#7879; &a; &b;")
    (one,) = [each.text for each in found.blocks if "à" in each.text]
    assert one == "<b> à ệ &a; &b;"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    try:
        found, _ = read(data)
    except Problems:
        return
    assert all(isinstance(each, Paragraph | Grid) for each in found.blocks)


PARTS = """<p>|</p>|<table border=1>|</table>|<tr>|<td colspan=3>|<td rowspan=2>|<ol>|<li>|</ol>|<br>| lời |Điều 1. A
|<b>|</b>|<pre>|</pre>|<h2>|</h2>|<a href='#fn1'>1</a>|<li id=fn1>|<div class=menu>|</div>|<q>|&nbsp;|<sup>|<blockquote>
|<dd>|<thead>|<th>|<img src=x>"""


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PARTS.replace("\n", "").split("|")), max_size=40))
def test_no_word_is_lost_however_tags_stand(parts):
    body = "".join(parts)
    record = Record("a.html")
    try:
        found = web.read(page(f"<p>{SENTENCE * 3}</p>{body}").encode(), record)
    except Problems as refused_:
        pytest.fail(str(refused_))
    said = " ".join(each.text for each in web.recoding.paragraphs(found))
    left = sum(int(dict(each.values)["count"]) for each in record.found if each.code == "INTAKE_DROPPED")
    assert said.count("lời") + left >= parts.count(" lời ")
    for block in found.blocks:
        if isinstance(block, Grid):
            assert len({len(row) for row in block.rows}) == 1


def test_style_sheets_speak_of_one_element_only():
    record = Record("a.html")
    css = ".a,.b p{display:none}@media print{.c{display:none}}.d{display:none}"
    sheet = styles.Styles(web.tree.parse(f"<style>{css}</style><p>x", record))
    hidden = [web.tree.parse(f"<p class={name}>x", record).find(".//p") for name in "abcd"]
    assert [sheet.hides(each) for each in hidden] == [True, False, False, True]


# --- what a review found ---------------------------------------------------------------------------


def test_letters_and_their_marks_in_several_faces_are_one_word():
    found, _ = read(page("<p>Ti<b>e</b>\u0302\u0301ng Việt ở thôn ta rất hay.</p>"))
    assert "".join(run.text for run in found.blocks[0].runs) == "Tiếng Việt ở thôn ta rất hay."


@pytest.mark.parametrize("weight", ["1000px", "9" * 4_400, "600", "bolder"])
def test_odd_weights_of_letters_are_no_mistake(weight):
    found, _ = read(page(f'<p>chữ <span style="font-weight:{weight}">đậm</span></p>'))
    assert found.blocks[0].runs[-1].bold


def test_a_page_with_two_bodies_keeps_the_words_of_both():
    found, _ = read("<html><body></body><body><p>Lời của thân thứ hai.</p></body></html>")
    assert [each.text for each in found.blocks] == ["Lời của thân thứ hai."]


def test_one_picture_with_two_descriptions_keeps_both():
    source = "data:image/png;base64," + base64.b64encode(PNG).decode()
    found, _ = read(page(f'<p>a <img src="{source}" alt="Sơ đồ"></p><p>b <img src="{source}" alt="Bản đồ"></p>'))
    assert sorted(each.alt for each in found.pictures.values()) == ["Bản đồ", "Sơ đồ"]


@pytest.mark.parametrize("charset", ['"x\0y"', "*=us-ascii'en'utf-8", "idna", "undefined"])
def test_odd_charsets_of_saved_pages_are_no_traceback(charset):
    joined = "" if charset.startswith("*") else "="
    head = f"MIME-Version: 1.0\nContent-Type: text/html; charset{joined}{charset}\n\n<p>Lời trong trang.</p>"
    with contextlib.suppress(Problems):
        web.read(head.encode(), Record("a.mht"))
