"""A PDF with text in it becomes lines in reading order; what runs along on every page is left out and reported."""

from contextlib import suppress
from io import BytesIO

import pikepdf
import pytest
import weasyprint
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.intake import pages
from builder.intake.pages import glyphs
from builder.intake.record import Record
from builder.problems import Problems
from builder.vietnamese import legacy
from builder.vietnamese.legacy import Encoding

SENTENCE = "Nhân dân trong xã cùng nhau bàn bạc việc dựng nhà văn hóa, góp công, góp của và giữ gìn nếp sống đẹp."
PLAIN = (
    "@page { size: A5; margin: 2cm } body { font: 12pt serif } p { margin: 0; text-indent: 1cm; text-align: justify }"
)


def written(body, css=""):
    """HTML → a PDF of it."""
    return weasyprint.HTML(string=f"<html lang=vi><style>{PLAIN}{css}</style>{body}").write_pdf()


def drawn(*contents, font="Helvetica", size=(595, 842), extra=b""):
    """The drawing of each page → a PDF, with one font that is not embedded."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(len(contents)))
    objects.append(b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents)))
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>" % font.encode())
    for at, content in enumerate(contents):
        box = b"%d %d" % size
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]/Contents %d 0 R%s/Resources<</Font<</F 3 0 R>>>>>>"
            % (box, 5 + 2 * at, extra)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    out = b"%PDF-1.4\n"
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table, len(objects) + 1, start,
    )  # fmt: skip


def shown(text, x, y, size=12):
    """Words at a place, as a page draws them."""
    data = text if isinstance(text, bytes) else text.encode("latin-1")
    return b"BT /F %d Tf 1 0 0 1 %d %d Tm <%s> Tj ET\n" % (size, x, y, data.hex().encode())


def read(data, name="van-ban.pdf"):
    record = Record(name)
    return [line.text for line in pages.read(data, record) if line.text], record


def found(record, code):
    return [dict(problem.values) for problem in record.found if problem.code == code]


def refused(data):
    with pytest.raises(Problems) as caught:
        read(data)
    return [problem.code for problem in caught.value.problems]


# --- paragraphs -----------------------------------------------------------------------------------


def test_lines_of_a_paragraph_are_joined_and_paragraphs_parted():
    texts, record = read(written(f"<p>{SENTENCE}</p><p>{SENTENCE} {SENTENCE}</p><p>Ngắn.</p><p>{SENTENCE}</p>"))
    assert texts == [SENTENCE, f"{SENTENCE} {SENTENCE}", "Ngắn.", SENTENCE]
    assert record.closed > 3


def test_lines_are_counted_through_and_blank_ones_part_paragraphs():
    lines = pages.read(written(f"<p>{SENTENCE}</p><p>{SENTENCE}</p>"), Record("a.pdf"))
    assert [(line.number, line.text) for line in lines] == [(1, SENTENCE), (2, ""), (3, SENTENCE)]


def test_space_between_paragraphs_parts_them_without_an_indent():
    css = "p { text-indent: 0; margin-bottom: 9pt }"
    first = "Lời văn đầu " + "dài thêm nữa " * 9
    body = "".join(f"<p>{first}{number}</p>" for number in range(4))
    assert read(written(body, css))[0] == [f"{first}{number}" for number in range(4)]


def test_a_label_opens_a_paragraph_and_a_raised_figure_does_not():
    body = f"<p>1. {SENTENCE}</p><p>2. {SENTENCE}<sup>3</sup> {SENTENCE}</p><p>a) {SENTENCE}</p>"
    texts, _ = read(written(body, "p { text-indent: 0 }"))
    assert texts == [f"1. {SENTENCE}", f"2. {SENTENCE}3 {SENTENCE}", f"a) {SENTENCE}"]


def test_each_ground_of_a_decision_is_a_paragraph_even_when_the_one_above_fills_its_line():
    ground = "Căn cứ quy ước của xã về việc giữ gìn đường làng ngõ xóm sạch đẹp, văn minh, do bà con họp bàn;"
    css = "@page { size: 30cm 20cm } p { text-indent: 0; width: max-content }"
    texts, _ = read(written(f"<p>{ground}</p><p>Xét đề nghị của xóm.</p>", css))
    assert texts == [ground, "Xét đề nghị của xóm."]


def test_lines_of_a_centred_title_stay_lines():
    body = f"<h1 style='text-align:center'>NGHỊ QUYẾT<br>về việc chung</h1><p>{SENTENCE}</p>"
    lines = [line.text for line in pages.read(written(body), Record("a.pdf"))]
    assert lines == ["NGHỊ QUYẾT", "về việc chung", "", SENTENCE]


def test_a_hyphen_that_parts_a_word_goes():
    css = "@page { size: 7cm 20cm; margin: 1cm } p { hyphens: manual; text-indent: 0; text-align: left }"
    body = "<p>Bản in có từ internationali\u00adzation rất dài trong dòng hẹp.</p>"
    assert read(written(body, css))[0] == ["Bản in có từ internationalization rất dài trong dòng hẹp."]


def test_a_paragraph_goes_on_over_the_end_of_a_page():
    texts, _ = read(written("".join(f"<p>{number}. {' '.join([SENTENCE] * 6)}</p>" for number in range(1, 6))))
    assert [text[:3] for text in texts] == ["1. ", "2. ", "3. ", "4. ", "5. "]
    assert all(text.endswith("đẹp.") for text in texts)


def test_a_note_at_the_foot_does_not_part_the_paragraph_above_it():
    css = ".chu { float: footnote; font-size: 8pt } .chu::footnote-marker { content: '1 ' }"
    css += ".chu::footnote-call { content: '1'; font-size: 8pt; vertical-align: super }"
    body = f"<p>{' '.join([SENTENCE] * 11)}<span class=chu>Lời chú cuối trang.</span> {' '.join([SENTENCE] * 12)}</p>"
    texts, _ = read(written(body, css))
    assert len(texts) == 2
    assert texts[0].count(SENTENCE[:-1]) == 23
    assert "Lời chú cuối trang." in texts[1]


@pytest.mark.parametrize("size", ["12pt", "8pt"])
@pytest.mark.parametrize("raised", ["vertical-align: super; font-size: 7pt", ""])
def test_notes_of_any_size_at_the_foot_follow_the_paragraph_they_part(size, raised):
    css = (
        f".chu {{ float: footnote; font-size: {size} }} .chu::footnote-call {{ font-size: 7pt; vertical-align: super }}"
    )
    css += f".chu::footnote-marker {{ content: counter(footnote) ' '; {raised} }}"
    notes = [f"<span class=chu>Lời chú thứ {word} cuối trang.</span>" for word in ("nhất", "hai")]
    body = (
        f"<p>{' '.join([SENTENCE] * 6)}{notes[0]} {' '.join([SENTENCE] * 3)}{notes[1]} {' '.join([SENTENCE] * 14)}</p>"
    )
    texts, _ = read(written(body, css))
    assert texts[0].count(SENTENCE[:-1]) == 23
    assert [text.split(" ", 1)[1] for text in texts[1:]] == [
        "Lời chú thứ nhất cuối trang.", "Lời chú thứ hai cuối trang.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "above", ["Vườn rộng 20 m<sup>2</sup> đất.", "Lời chú<sup>2</sup> này và lời chú<sup>3</sup> kia ở cuối sách."]
)
def test_a_row_that_begins_with_a_number_is_a_note_only_with_all_notes_of_its_page(above):
    css = "p { text-indent: 0 } sup { font-size: 7pt; vertical-align: super }"
    long = f"2 nhà {' '.join([SENTENCE] * 9)}"
    fill = "".join("<p>Nhóm bàn việc.</p>" for _ in range(16))
    texts, _ = read(written(f"<p>{above}</p>{fill}<p>{long}</p>", css))
    assert texts[-1] == long


# --- what runs along ------------------------------------------------------------------------------

RUNNING = "@page { @top-center { content: 'Tài liệu học tập' } @bottom-center { content: 'Trang ' counter(page) } }"


def test_running_heads_and_page_numbers_are_left_out_and_reported_once():
    articles = [f"<p>Điều {number}. {' '.join([SENTENCE] * 7)}</p>" for number in range(1, 9)]
    texts, record = read(written("".join(articles), RUNNING))
    assert [text.split(".")[0] for text in texts] == [f"Điều {number}" for number in range(1, 9)]
    assert not any("Tài liệu" in text or "Trang" in text for text in texts)
    heads = found(record, "INTAKE_RUNNING")
    assert sorted(each["words"] for each in heads) == ["Trang 1 … Trang 4", "Tài liệu học tập"]
    assert len({each["pages"] for each in heads}) == 1


def test_numbers_of_two_pages_are_page_numbers():
    css = "@page { @bottom-right { content: counter(page) } }"
    texts, record = read(written(f"<p>{SENTENCE}</p><p style='break-before:page'>{SENTENCE}</p>", css))
    assert texts == [SENTENCE, SENTENCE]
    assert [each["pages"] for each in found(record, "INTAKE_RUNNING")] == ["2"]


def test_articles_that_count_with_the_pages_are_text():
    each = "<h2>Điều {0}. Việc thứ {0}</h2><p>" + SENTENCE + "</p>"
    body = "".join(f"<div style='break-before:page'>{each.format(number)}</div>" for number in range(1, 7))
    texts, record = read(written(body, "h2 { font-size: 12pt }"))
    assert [text for text in texts if text.startswith("Điều")] == [f"Điều {n}. Việc thứ {n}" for n in range(1, 7)]
    assert found(record, "INTAKE_RUNNING") == []


def on_pages(each, count=5):
    """The same page so many times over, its number put in."""
    parts = [f"<div style='break-before:page'>{each.format(number)}</div>" for number in range(1, count + 1)]
    return read(
        written("".join(parts), RUNNING + "p { text-indent: 0; margin-bottom: 9pt } p.t { text-align: center }")
    )


@pytest.mark.parametrize(
    "head",
    [
        "Bài {0}",
        "BUỔI {0}",
        "Phụ lục {0}",
        "Câu hỏi số {0}",
        "Họ và tên: Hội viên số {0}",
        "PHIẾU GHI Ý KIẾN",
        "Xóm Đông và xóm Tây",
        "2. Ông bà trong xóm",
    ],
)
def test_what_opens_every_page_of_the_text_is_no_running_head(head):
    texts, record = on_pages(f"<p class=t>{head}</p><p>{SENTENCE}</p><p>Nhóm bàn việc này.</p><p>{SENTENCE}</p>")
    heads = [head.format(number) for number in range(1, 6)]
    assert [text for text in texts if text in heads] == heads
    assert sorted(each["words"] for each in found(record, "INTAKE_RUNNING")) == [
        "Trang 1 … Trang 5", "Tài liệu học tập",
    ]  # fmt: skip


@pytest.mark.parametrize("head", ["Bài {0}", "1. Việc của xóm", "Việc chung của cả xóm,", "Họ tên: Hội viên số {0}"])
def test_words_that_are_text_stay_however_far_from_it_they_stand(head):
    texts, _ = on_pages(f"<p style='margin-bottom: 60pt'>{head}</p><p>{SENTENCE}</p><p>{SENTENCE}</p>")
    heads = [head.format(number) for number in range(1, 6)]
    assert [text for text in texts if text in heads] == heads


def test_a_head_of_two_lines_goes_with_the_number_of_the_page_in_it():
    words = "'Tài liệu học tập\\A Xã Hòa Bình ' counter(page)"
    css = f"@page {{ margin-top: 4cm; @top-center {{ white-space: pre; content: {words} }} }}"
    texts, record = read(written("".join(f"<p>{SENTENCE}</p>" for _ in range(60)), css))
    assert texts == [SENTENCE] * 60
    words = sorted(each["words"] for each in found(record, "INTAKE_RUNNING"))
    assert words[0] == "Tài liệu học tập"
    assert words[1].startswith("Xã Hòa Bình 1 … Xã Hòa Bình ")


def test_what_parts_sentences_is_a_running_head_however_near_the_text_it_stands():
    css = "@page { margin-top: 34pt; @top-center { content: 'Tài liệu học tập'; vertical-align: bottom } }"
    css += "body { line-height: 2.4 }"
    long = " ".join([SENTENCE] * 8)
    texts, record = read(written(f"<p>{long}</p>" * 9, css))
    assert texts == [long] * 9
    assert [each["words"] for each in found(record, "INTAKE_RUNNING")] == ["Tài liệu học tập"]


def test_a_line_that_happens_to_open_some_pages_is_text():
    sentences = [f"Việc thứ {number} là của xóm nhà ai người nấy lo cho xong trước mùa mưa." for number in range(400)]
    rest = "Nhân dân cùng làm, cùng giữ, cùng hưởng như lời hẹn của"
    pages_ = []
    for number in range(12):
        first = (
            "Xóm Đông lo phần đường từ đầu xóm đến cuối xóm cho đến" if number % 4 == 1 else f"Nhà ông {number} lo phần"
        )
        lines_ = [first, "chỗ giáp ranh với xóm bên;", *sentences[number * 5 : number * 5 + 5], rest]
        pages_.append("".join(f"<div>{line}</div>" for line in lines_))
    css = "@page { margin: 1cm } div { white-space: nowrap }"
    body = "".join(f"<section style='break-before:page'>{each}</section>" for each in pages_)
    texts, record = read(written(body, css))
    assert " ".join(texts).count("Xóm Đông lo phần đường") == 3
    assert found(record, "INTAKE_RUNNING") == []


def test_a_page_alone_keeps_its_number_and_head():
    texts, _ = read(written(f"<p>{SENTENCE}</p>", RUNNING))
    assert texts == ["Tài liệu học tập", SENTENCE, "Trang 1"]


# --- columns --------------------------------------------------------------------------------------


def test_two_columns_are_read_one_after_the_other():
    paragraphs = [f"<p>{number}. {SENTENCE} {SENTENCE}</p>" for number in range(1, 10)]
    texts, record = read(written(f"<div style='columns:2'>{''.join(paragraphs)}</div>", "@page { size: A4 }"))
    assert [text.split(".")[0] for text in texts] == [str(number) for number in range(1, 10)]
    assert all(text.endswith(f"{SENTENCE} {SENTENCE}") for text in texts)
    assert [each["pages"] for each in found(record, "INTAKE_COLUMNS")] == ["1"]


def test_head_and_signature_of_an_official_paper_are_read_side_by_side():
    head = "<tr><td>HỘI ĐỒNG NHÂN DÂN<br>XÃ HÒA BÌNH<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do"
    foot = "<tr><td>Nơi nhận:<br>- Như trên;<br>- Lưu.<td>TM. HỘI ĐỒNG<br>CHỦ TỊCH<br>Nguyễn Văn An"
    css = "@page { size: A4 } table { width: 100%; font-size: 9pt } td { width: 50%; vertical-align: top }"
    texts, record = read(written(f"<table>{head}</table><p>{SENTENCE} Hết.</p><table>{foot}</table>", css))
    assert texts == [
        "HỘI ĐỒNG NHÂN DÂN", "XÃ HÒA BÌNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do",
        f"{SENTENCE} Hết.", "Nơi nhận:", "- Như trên;", "- Lưu.", "TM. HỘI ĐỒNG", "CHỦ TỊCH", "Nguyễn Văn An",
    ]  # fmt: skip
    assert found(record, "INTAKE_COLUMNS") == []


def test_what_had_no_room_in_the_narrow_head_of_a_paper_is_joined_to_its_line():
    head = (
        "<tr><td>ỦY BAN NHÂN DÂN XÃ HÒA<br>BÌNH<br>Số: 5/QĐ-UBND<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA<br>VIỆT NAM<br>"
        "Độc lập - Tự do<br>Hòa Bình, ngày 12 tháng 3 năm<br>2025"
    )
    css = "@page { size: A4 } table { width: 100%; font-size: 9pt; text-align: center } td { width: 50% }"
    css += "td { vertical-align: top }"
    texts, _ = read(written(f"<table>{head}</table><p style='margin-top: 1cm'>{SENTENCE}</p>", css))
    assert texts == [
        "ỦY BAN NHÂN DÂN XÃ HÒA BÌNH", "Số: 5/QĐ-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do",
        "Hòa Bình, ngày 12 tháng 3 năm 2025", SENTENCE,
    ]  # fmt: skip


@pytest.mark.parametrize("lines", ["CHỦ TỊCH<br>KÝ THAY", "BÁO CÁO<br>NĂM 2025", "TỔNG KẾT BA NĂM<br>LÀM ĐƯỜNG"])
def test_short_lines_of_a_title_stay_lines(lines):
    texts, _ = read(written(f"<div style='text-align:center'>{lines}</div><p>{SENTENCE}</p>"))
    assert texts == [*lines.split("<br>"), SENTENCE]


def test_a_table_is_kept_row_by_row_and_reported():
    rows = "".join(f"<tr><td>Việc {number}<td>Ông An<td>{number} triệu" for number in range(1, 6))
    texts, record = read(written(f"<p>{SENTENCE}</p><table style='width:100%'>{rows}</table>"))
    assert texts[1:] == [f"Việc {number} Ông An {number} triệu" for number in range(1, 6)]
    assert [each["page"] for each in found(record, "INTAKE_TABULAR")] == ["1"]


# --- letters --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("font", "expected"), [(".VnTime", "Nghị quyết về nước"), (".VnTimeH", "NGHỊ QUYẾT VỀ NƯỚC")])
def test_words_in_a_font_of_tcvn3_are_converted(font, expected):
    old = legacy.encode("Nghị quyết về nước", Encoding.TCVN3)
    texts, _ = read(drawn(shown(old, 72, 700), font=font))
    assert texts == [expected]


def test_a_ligature_is_its_letters():
    texts, _ = read(written("<p>Văn phòng \ufb01le và \ufb02y.</p>"))
    assert texts == ["Văn phòng file và fly."]


def test_a_turned_page_is_straightened():
    turned = b"BT /F 12 Tf 0 1 -1 0 200 100 Tm (mot dong) Tj ET BT /F 12 Tf 0 1 -1 0 240 100 Tm (hai dong duoi) Tj ET\n"
    assert read(drawn(turned, extra=b"/Rotate 90"))[0] == ["mot dong", "hai dong duoi"]


def test_a_watermark_is_left_out_and_reported():
    mark = b"BT /F 60 Tf 0.7 0.7 -0.7 0.7 150 200 Tm (BAN NHAP) Tj ET\n"
    texts, record = read(drawn(shown("Loi van o day", 72, 700) + mark))
    assert texts == ["Loi van o day"]
    assert [(each["why"], each["words"]) for each in found(record, "INTAKE_DROPPED")] == [("turned", "BAN NHAP")]


def test_words_in_any_order_are_read_from_the_top():
    rest = "va cu the cho den het dong"
    data = drawn(*[shown(f"hai {rest}", 72, 685) + shown("ba", 72, 670) + shown(f"mot {rest}", 72, 700)])
    assert read(data)[0] == [f"mot {rest} hai {rest} ba"]


# --- what cannot be read --------------------------------------------------------------------------

DOT = b"q 400 0 0 400 100 100 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q\n"


def test_scanned_pages_are_refused_with_what_to_do():
    with pytest.raises(Problems) as caught:
        read(drawn(DOT, DOT))
    (problem,) = caught.value.problems
    assert problem.code == "INTAKE_SCAN"
    assert "OCR" in problem.way_out()


def test_a_scanned_page_among_others_is_named():
    _, record = read(drawn(shown("Loi van o trang dau", 72, 700), DOT))
    assert [each["pages"] for each in found(record, "INTAKE_SCAN_PAGES")] == ["2"]


def test_a_locked_file_is_refused():
    locked = BytesIO()
    with pikepdf.open(BytesIO(drawn(shown("Loi", 72, 700)))) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(user="a", owner="b"))
    assert refused(locked.getvalue()) == ["INTAKE_LOCKED"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.7\n" + bytes(5000)])
def test_a_damaged_file_is_refused(data):
    assert refused(data) == ["INTAKE_DAMAGED"]


def test_too_many_pages_are_refused(monkeypatch):
    monkeypatch.setattr(glyphs, "_MOST_PAGES", 2)
    assert refused(drawn(*[shown("Loi van o day", 72, 700)] * 3)) == ["INTAKE_PAGES"]


def test_a_page_with_too_many_letters_is_refused(monkeypatch):
    monkeypatch.setattr(glyphs, "_MOST_ON_A_PAGE", 10)
    assert refused(drawn(shown("Loi van o day", 72, 700))) == ["INTAKE_CROWDED"]


def test_a_crowded_page_ends():
    content = b"".join(shown("a b c", 10 + at % 500, 10 + at // 9, 4) for at in range(6000))
    assert read(drawn(content))[0]


def test_a_secret_paper_is_refused():
    assert refused(written(f"<p>TUYỆT MẬT</p><p>{SENTENCE}</p>")) == ["SECRET_MARK"]


PLACES = st.lists(st.tuples(st.integers(3, 50), st.integers(3, 80)), min_size=3, max_size=40, unique_by=lambda at: at)


@settings(max_examples=80, deadline=None)
@given(PLACES, st.integers(1, 3))
def test_no_word_is_lost_wherever_it_stands(places, count):
    """Words of four letters on a grid, one to three pages alike: each is read or reported."""
    words = [f"w{at:03}"[::-1] for at in range(len(places))]
    drawing = b"".join(shown(word, 10 * x, 10 * y, 8) for word, (x, y) in zip(words, places, strict=True))
    texts, record = read(drawn(*[drawing] * count))
    said = " ".join(texts)
    running = {word for each in found(record, "INTAKE_RUNNING") for word in words if word in each["words"]}
    for word in words:
        assert said.count(word) == (0 if word in running else count) or word in running


WHOLE = drawn(shown("Loi van o day", 72, 700), shown("Trang hai", 72, 700))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=8))
def test_a_file_with_any_bytes_wrong_is_read_or_refused(at, wrong):
    with suppress(Problems):
        texts, _ = read(WHOLE[:at] + wrong + WHOLE[at + len(wrong) :])
        assert texts
