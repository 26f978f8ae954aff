"""What a reader of Word files or web pages found becomes a source folder that builds, with every word accounted for."""

import re
import struct
import zlib
from collections import Counter
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from builder import intake, manuscript
from builder.intake import faces, rasters, structure
from builder.intake.draft import Draft, Piece
from builder.intake.original import Grid, Original, Paragraph, Picture, Remark, Run
from builder.intake.record import Record
from builder.problems import Problems, Severity
from builder.publication import Figure, Head, Level, Role, Sign, walk


def paragraph(*runs, **facts):
    return Paragraph(tuple(run if isinstance(run, Run) else Run(run) for run in runs), **facts)


def bold(text):
    return Run(text, bold=True)


def grid(*rows, **facts):
    """A table of cells, each a text or a tuple of texts."""
    cells = (tuple(cell if isinstance(cell, tuple) else (cell,) for cell in row) for row in rows)
    return Grid(tuple(tuple(tuple(map(paragraph, cell)) for cell in row) for row in cells), **facts)


def png(width=2, height=1):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x7f" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def take(*blocks, **parts):
    original = Original(tuple(blocks), **parts)
    record = Record("van-ban.docx")
    draft = structure.read(original, record)
    taken = intake.taken(draft, structure.said(original), record, addresses=False)
    assert (taken.account.missing, taken.account.added) == ((), ())
    return taken


def program(*blocks, **parts):
    """The paragraphs of the programme, after a first one that keeps the title out of the way."""
    written = take(paragraph("Tên văn bản", title=True), *blocks, **parts).files["program.md"]
    return written.strip().split("\n\n")


def build(taken, tmp_path):
    for name, content in taken.files.items():
        file = tmp_path / "nguon" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return manuscript.read(tmp_path / "nguon")[0]


def found(taken, code):
    return [each.place.line for each in taken.report if each.code == code]


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("runs", "written"),
    [
        ([bold("đậm"), " thường"], "**đậm** thường"),
        ([bold("đậm "), bold(" nữa"), "x"], "**đậm nữa**x"),
        ([Run("nghiêng", italic=True), ", ", Run("cả hai", bold=True, italic=True)], "*nghiêng*, ***cả hai***"),
        (["a ", bold(" "), " b"], "a b"),
        ([bold("“trích”"), "liền"], "“trích”liền"),
        (["2*3 _x_ <b> &amp; [a] {khoan:Điều 1} C:\\"], "2\\*3 \\_x\\_ \\<b> \\&amp; \\[a] \\{khoan:Điều 1} C:\\\\"),
        (["xem ", Run("trang", address="https://example.org/a_(b)")], "xem [trang](https://example.org/a_%28b%29)"),
        ([Run("tệp", address="file:///C:/x")], "tệp"),
        (["m", Run("2", raised=True), ", 10", Run("6", raised=True), ", H", Run("2", lowered=True)], "m², 10^6, H2"),
        (["một\nhai\n# ba"], "một\\\nhai\\\n\\# ba"),
        (["\\", bold("x")], "\\\\**x**"),
    ],
)
def test_faces_become_markdown(runs, written):
    assert program(paragraph("Trước."), paragraph(*runs)) == ["Trước.", written]


def test_what_stands_after_a_label_keeps_its_faces():
    runs = faces.settled((bold("Điều 1."), Run(" một "), bold("hai")))
    assert faces.markdown(faces.after(runs, len("Điều 1. "))) == "một **hai**"


# --- structure ------------------------------------------------------------------------------------


def test_automatic_labels_are_labels():
    written = program(
        paragraph("Phạm vi", label="Điều 1.", heading=2),
        paragraph("Trong thôn.", label="1.", depth=1),
        paragraph("Ngoài đồng;", label="a)", depth=2),
        paragraph("mục lạ", label="(iv)", depth=3),
    )
    assert written == ["Điều 1. Phạm vi", "1. Trong thôn.", "a) Ngoài đồng;", "(iv) mục lạ"]


def test_a_bold_title_under_a_chapter_is_its_title(tmp_path):
    blocks = paragraph(bold("Chương I"), centred=True), paragraph(bold("Quy định chung"), centred=True)
    taken = take(paragraph("Tên", title=True), *blocks, paragraph(bold("Điều 1. Tên gọi")), paragraph("Lời."))
    chapter = build(taken, tmp_path).program.clauses[0]
    assert [inline.text for inline in chapter.title] == ["Quy định chung"]
    assert "Điều 1. Tên gọi\n" in taken.files["program.md"]


def test_styles_make_headings_where_there_are_no_labels(tmp_path):
    blocks = (
        paragraph("Tên văn bản", title=True),
        paragraph("Phần mở", heading=2),
        paragraph("Lời."),
        paragraph("Nhỏ hơn", heading=4),
        paragraph("Lời nữa."),
    )
    taken = take(*blocks)
    assert taken.files["program.md"] == "# Phần mở\n\nLời.\n\n## Nhỏ hơn\n\nLời nữa.\n"
    assert build(taken, tmp_path).settings.title == "Tên văn bản"


def test_a_short_bold_line_in_the_middle_is_a_heading_and_told():
    taken = take(paragraph("Tên", title=True), paragraph(bold("Việc cần làm"), centred=True, line=2), paragraph("Lời."))
    assert taken.files["program.md"] == "# Việc cần làm\n\nLời.\n"
    assert found(taken, "INTAKE_HEADING") == [2]


def test_line_breaks_and_glued_labels_part_clauses():
    written = program(
        paragraph("CHƯƠNG I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nLời của điều một.Điều 2. Tên\nLời của điều hai.")
    )
    chapter = ["CHƯƠNG I", "QUY ĐỊNH CHUNG", "Điều 1. Phạm vi", "Lời của điều một."]
    assert written == [*chapter, "Điều 2. Tên", "Lời của điều hai."]


def test_lines_of_a_scan_are_joined_and_counted():
    line = "các hộ trong thôn cùng góp sách vào tủ chung của nhà văn hóa"
    lines = [paragraph(f"{start} {line}", line=at) for at, start in enumerate(["Hôm nay", "và", "cùng", "với"], 2)]
    taken = take(paragraph("Tên", title=True), *lines, paragraph("nhau đọc."))
    assert taken.files["program.md"].count("\n") == 1
    assert [dict(each.values)["count"] for each in taken.report if each.code == "INTAKE_LINES"] == ["4"]


def test_signs_of_nested_lists_nest_as_they_stood(tmp_path):
    items = [("một", 1, "•"), ("hai", 2, "o"), ("ba", 3, "▪"), ("bốn", 1, "•")]
    blocks = [paragraph(text, depth=depth, label=label) for text, depth, label in items]
    taken = take(paragraph("Tên", title=True), paragraph("Có:"), *blocks)
    assert taken.files["program.md"] == "Có:\n\n- một\n\n+ hai\n\n• ba\n\n- bốn\n"
    levels = [clause.level for clause in walk(build(taken, tmp_path).program.clauses)]
    assert levels == [Level.DASH, Level.PLUS, Level.BULLET, Level.DASH]


def test_tables_and_frames():
    table = grid(("TT", "Việc"), ("1", ("Quét | dọn", "sạch")), ("", ""))
    assert program(table)[0] == "| TT | Việc |\n| --- | --- |\n| 1 | Quét \\| dọn sạch |"
    assert program(paragraph("Trước."), grid(("trong khung",), ("nữa",)))[1:] == ["trong khung", "nữa"]


def test_the_head_of_a_table_is_in_no_face_but_its_own():
    rows = ((paragraph(bold("TT")),), (paragraph(bold("Việc"), " cần làm"),)), ((paragraph(bold("1")),), ())
    assert program(Grid(rows))[0] == "| TT | **Việc** cần làm |\n| --- | --- |\n| **1** |  |"


def test_notes_follow_the_paragraph_that_calls_them(tmp_path):
    call = Run("", note="1")
    blocks = paragraph("Lời", call, " tiếp."), grid(("a", "b"), ("c", "d")), paragraph("Lại", call, ".")
    taken = take(paragraph("Tên", title=True), *blocks, notes={"1": (paragraph("1. chú "), paragraph("thêm"))})
    assert taken.files["program.md"].startswith("Lời[^1] tiếp.\n\n[^1]: ")
    assert taken.files["program.md"].count("[^1]:") == 1
    build(taken, tmp_path)


def test_pictures_stand_after_their_paragraph(tmp_path):
    pictures = {
        "a": Picture(png(), "image/png", "Sơ đồ tủ sách"),
        "b": Picture(png(), "image/png"),
        "c": Picture(b"EMF", "image/x-emf", "bản vẽ cũ"),
    }
    runs = [Run("Xem hình"), *(Run("", picture=name) for name in pictures)]
    taken = take(paragraph("Tên", title=True), paragraph(*runs, line=2), pictures=pictures)
    shown = ["Xem hình", "![Sơ đồ tủ sách](figures/hinh-1.png)", "![Hình 2](figures/hinh-2.png)"]
    assert taken.files["program.md"].strip().split("\n\n") == shown
    assert (found(taken, "INTAKE_PICTURE_LEFT"), found(taken, "INTAKE_ALT")) == ([2], [2])
    figures = [block for block in build(taken, tmp_path).program.preamble if isinstance(block, Figure)]
    assert [figure.data for figure in figures] == [png(), png()]


@pytest.mark.parametrize(("kind", "mode"), [("GIF", "P"), ("BMP", "RGB"), ("TIFF", "CMYK"), ("WEBP", "RGBA")])
def test_pictures_of_other_kinds_become_png(kind, mode, tmp_path):
    out = BytesIO()
    Image.new(mode, (3, 2)).save(out, kind)
    pictures = {"a": Picture(out.getvalue(), f"image/{kind.lower()}", "Ảnh cũ")}
    taken = take(paragraph("Tên", title=True), paragraph("Xem.", Run("", picture="a")), pictures=pictures)
    build(taken, tmp_path)
    with Image.open(BytesIO(taken.files["figures/hinh-1.png"])) as picture:
        assert (picture.format, picture.size) == ("PNG", (3, 2))


@pytest.mark.parametrize(
    ("mode", "greys", "shown"),
    [
        ("I;16", (0, 16_000, 32_000, 65_535), (0, 62, 125, 255)),
        ("I", (-100, 0, 100, 155), (0, 100, 200, 255)),
        ("F", (0.0, 0.25, 0.5, 1.0), (0, 64, 127, 255)),
    ],
)
def test_greys_of_a_scanner_keep_their_shades(mode, greys, shown):
    out, scan = BytesIO(), Image.new(mode, (4, 1))
    for column, grey in enumerate(greys):
        scan.putpixel((column, 0), grey)
    scan.save(out, "TIFF")
    with Image.open(BytesIO(rasters.png(out.getvalue(), "image/tiff"))) as picture:
        assert picture.mode == "L"
        assert all(abs(grey - wanted) <= 1 for grey, wanted in zip(picture.tobytes(), shown, strict=True))


@pytest.mark.parametrize("data", [b"", b"GIF89a" + b"\0" * 30, b"GIF89a\xff\xff\xff\xff" + b"\0" * 30])
def test_a_broken_picture_of_another_kind_is_left_out(data):
    pictures = {"a": Picture(data, "image/gif", "Ảnh cũ")}
    taken = take(paragraph("Tên", title=True), paragraph("Xem.", Run("", picture="a"), line=2), pictures=pictures)
    assert found(taken, "INTAKE_PICTURE_LEFT") == [2]


# --- comments -------------------------------------------------------------------------------------


def test_comments_become_commentary_on_their_clause(tmp_path):
    remarks = (
        Remark("x", (paragraph("1. Nói rõ *hơn*"), paragraph("và thêm.")), "Lan", "2026-03-01T08:00:00Z", "Điều 2"),
        Remark("y", (paragraph("Ai ký?"),), "", "", "Căn cứ"),
    )
    blocks = (
        paragraph("Căn cứ quy ước;", remarks=("y",), line=2),
        paragraph("Điều 1. Một"),
        paragraph("Điều 2. Hai"),
        paragraph("Lời của điều hai.", remarks=("x",), line=5),
    )
    taken = take(paragraph("Tên", title=True), *blocks, remarks=remarks)
    publication = build(taken, tmp_path)
    assert [(note.citation, note.clauses) for note in publication.notes] == [("Điều 2", ("dieu-2",))]
    assert taken.files["commentary/01-loi-ghi-ben-le.md"] == "## Điều 2\n\n\\1. Nói rõ \\*hơn\\*\n\nvà thêm.\n"
    assert (found(taken, "INTAKE_REMARK"), found(taken, "INTAKE_REMARK_LOOSE")) == ([5], [2])
    assert [matter.title[0].text for matter in publication.back] == ["Lời ghi bên lề"]


def test_a_comment_on_a_clause_that_words_cannot_name_uses_its_id(tmp_path):
    twice = [paragraph("Điều 1. Một"), paragraph("Điều 1. Lại một", remarks=("x",))]
    taken = take(paragraph("Tên", title=True), *twice, remarks=(Remark("x", (paragraph("Trùng số."),)),))
    assert build(taken, tmp_path).notes[0].clauses == ("dieu-1-2",)


# --- official papers ------------------------------------------------------------------------------

LEFT = ("ỦY BAN NHÂN DÂN", "XÃ AN BÌNH", "Số: 12/NQ-UBND")
RIGHT = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "An Bình, ngày 02 tháng 3 năm 2026")
RECIPIENTS = ("Nơi nhận:", "- Như Điều 1;", "- Lưu: VT.")
SIGNER = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "Nguyễn Văn An")


@pytest.fixture
def paper():
    return (
        grid((LEFT, RIGHT), ruled=False, line=1),
        paragraph(bold("NGHỊ QUYẾT"), centred=True),
        paragraph(bold("Về việc đọc sách"), centred=True),
        paragraph("Căn cứ Luật Thư viện;"),
        paragraph(bold("QUYẾT NGHỊ:"), centred=True),
        paragraph("Điều 1. Đọc sách"),
        paragraph("Mọi người cùng đọc."),
        grid((RECIPIENTS, SIGNER), ruled=False, line=8),
    )


def test_head_and_foot_of_a_paper_are_kept_as_such(paper, tmp_path):
    taken = take(*paper)
    publication = build(taken, tmp_path)
    assert publication.settings.title == "Nghị quyết về việc đọc sách"
    assert publication.settings.original.number == "12/NQ-UBND"
    head = publication.program.preamble[0]
    assert isinstance(head, Head)
    assert [part.inlines[0].text for part in head.below] == ["NGHỊ QUYẾT", "Về việc đọc sách"]
    assert len(head.left) == len(head.right) == 3
    sign = publication.program.clauses[0].body[-1]
    assert isinstance(sign, Sign)
    assert (found(taken, "INTAKE_HEAD"), found(taken, "INTAKE_SIGN")) == ([1], [8])
    assert [part.inlines[0].text for part in sign.recipients] == list(RECIPIENTS)
    assert [part.inlines[0].text for part in sign.signers[0]] == [line for line in SIGNER if line]
    assert not found(taken, "INTAKE_HEADING")


def test_the_same_paper_as_plain_text_keeps_them_too(tmp_path):
    lines = [*LEFT, *RIGHT, "NGHỊ QUYẾT", "Về việc đọc sách", "Căn cứ Luật Thư viện;", "Điều 1. Đọc sách"]
    foot = [*RECIPIENTS, *(line for line in SIGNER if line)]
    file = tmp_path / "van-ban.txt"
    file.write_text(
        "\n\n".join([*lines, "Mọi người cùng đọc.", *foot, "PHỤ LỤC", "Danh sách dài ở trang sau."]), "utf-8"
    )
    taken = intake.read(file)
    publication = build(taken, tmp_path)
    assert isinstance(publication.program.preamble[0], Head)
    kinds = [type(block).__name__ for clause in publication.program.clauses for block in clause.body]
    assert kinds.count("Sign") == 1
    assert (taken.account.missing, taken.account.added) == ((), ())


def paper_of(*lines):
    """The text of a paper, from its lines."""
    return take(*(paragraph(line, line=at) for at, line in enumerate(lines, 1)))


PARTY = ("ĐẢNG BỘ XÃ AN BÌNH\tĐẢNG CỘNG SẢN VIỆT NAM", "CHI BỘ THÔN ĐÔNG\tAn Bình, ngày 03 tháng 5 năm 2026", "*")


def test_a_star_and_tabs_part_the_head_of_a_party_paper(tmp_path):
    taken = paper_of(*PARTY, "Số 09-NQ/CB", "NGHỊ QUYẾT", "sinh hoạt tháng 5", "1. Đọc sách.", "2. Góp sách.")
    publication = build(taken, tmp_path)
    head = publication.program.preamble[0]
    assert [part.role for part in head.left] == [Role.PARENT, Role.ORGAN, Role.STAR, Role.NUMBER]
    assert [part.role for part in head.right] == [Role.PARTY, Role.DATED]
    assert (publication.settings.title, publication.settings.original.number) == (
        "Nghị quyết sinh hoạt tháng 5",
        "09-NQ/CB",
    )


@pytest.mark.parametrize(
    ("below", "title"),
    [
        (["V/v đọc sách"], "Kế hoạch v/v đọc sách"),
        (["Phòng, chống mối mọt", "ở các tủ sách"], "Kế hoạch phòng, chống mối mọt ở các tủ sách"),
        (["ĐỌC SÁCH", "Ở THÔN"], "KẾ HOẠCH ĐỌC SÁCH Ở THÔN"),
        (["Căn cứ quy ước;"], "Kế hoạch"),
        (["Thực hiện quy ước, thôn lập kế hoạch như sau:"], "Kế hoạch"),
        (["HỘI ĐỒNG NHÂN DÂN XÃ"], "Kế hoạch"),
    ],
)
def test_what_a_paper_is_about_follows_its_kind(below, title):
    taken = paper_of(RIGHT[0], RIGHT[1], "KẾ HOẠCH", *below, "1. Một.")
    assert f'title: "{title}"' in taken.files["publication.yaml"]


def test_a_letter_is_called_by_what_it_is_about():
    taken = paper_of(*LEFT[:2], "Số: 88/UBND-VP", "V/v giữ sách", *RIGHT, "Kính gửi: Các thôn.", "1. Giữ sách.")
    assert 'title: "Công văn về việc giữ sách"' in taken.files["publication.yaml"]
    assert 'number: "88/UBND-VP"' in taken.files["publication.yaml"]


def test_several_papers_in_one_text_have_a_head_and_a_foot_each():
    first = (*LEFT, *RIGHT, "NGHỊ QUYẾT", "Về việc đọc sách", "1. Đọc sách.", *RECIPIENTS, *filter(None, SIGNER))
    second = (*LEFT[:2], *RIGHT[:2], "DANH SÁCH NGƯỜI ĐỌC", "1. Ông An.")
    written = paper_of(*first, *second).files["program.md"]
    assert re.findall(r"^::: \w+", written, re.MULTILINE) == ["::: head", "::: sign", "::: head"]
    assert "Nguyễn Văn An\n:::\n\n::: head\nỦY BAN NHÂN DÂN\n" in written


@pytest.mark.parametrize(
    "columns",
    [
        (("Nơi nhận:", "- Lưu VP."), ("T/M ĐOÀN CHỦ TỊCH", "Nguyễn Văn Tám", "Bí thư Đoàn xã")),
        (("ĐẠI DIỆN BÊN A", "Lê Văn Bốn"), ("ĐẠI DIỆN BÊN B", "(Ký, ghi rõ họ tên)", "Ma Văn Tư")),
        (("NGƯỜI LẬP", "Lò Thị Mai"), ("KẾ TOÁN", "Cao Văn Sáu"), ("TRƯỞNG BAN", "Hà Văn Ba")),
    ],
)
def test_tables_of_those_who_sign_are_feet(columns, tmp_path):
    taken = take(paragraph("Tên", title=True), paragraph("1. Một."), grid(columns, ruled=False))
    assert isinstance(build(taken, tmp_path).program.clauses[0].body[-1], Sign)


def test_bold_signatures_are_no_headings(tmp_path):
    lines = [paragraph(bold(line), centred=True) for line in SIGNER if line]
    taken = take(paragraph("Tên", title=True), paragraph("1. Một."), *lines)
    assert isinstance(build(taken, tmp_path).program.clauses[0].body[-1], Sign)


def test_rules_go_and_one_of_letters_is_told():
    taken = paper_of(*RIGHT[:2], "-----o0o-----", "BIÊN BẢN", "Họp thôn", "_______", "1. Bàn việc.")
    assert taken.files["program.md"].startswith("::: head\nCỘNG HÒA")
    assert "_" not in taken.files["program.md"]
    assert found(taken, "INTAKE_ORNAMENT") == [3]


def test_bodies_on_a_cover_are_no_title_and_a_lesson_is_called_by_its_number_and_name():
    cover = ["ĐẢNG ỦY XÃ AN BÌNH", "Ban Tuyên giáo", "TÀI LIỆU SINH HOẠT", "Lời đầu sách."]
    assert 'title: "TÀI LIỆU SINH HOẠT"' in paper_of(*cover).files["publication.yaml"]
    assert "ĐẢNG ỦY XÃ AN BÌNH" in paper_of(*cover).files["program.md"]
    assert 'title: "BÀI 3. ĐỌC SÁCH"' in paper_of("BÀI 3", "ĐỌC SÁCH", "Lời giảng.").files["publication.yaml"]


def test_an_annex_is_a_heading():
    written = program(paragraph("Lời."), paragraph(bold("Phụ lục II")), paragraph("Phụ lục này kèm theo."))
    assert written == ["Lời.", "# Phụ lục II", "Phụ lục này kèm theo."]


def test_a_list_of_names_is_no_foot():
    written = program(paragraph("Danh sách:"), paragraph("Nguyễn Văn An"), paragraph("CHỦ TỊCH là người ký."))
    assert written == ["Danh sách:", "Nguyễn Văn An", "CHỦ TỊCH là người ký."]


# --- the account of words -------------------------------------------------------------------------


def counted(said, made, **record):
    """What differs between words and the text of one paragraph, as the report says it."""
    taken = intake.taken(Draft("Tên", (Piece(1, made, (made,)),)), [said], Record("a.docx", **record), addresses=False)
    values = {each.code: dict(each.values) for each in taken.report}
    assert values["INTAKE_ACCOUNT"]["words"] == str(len(said.split()))
    missing, added = (values.get(code, {}).get("words", "") for code in ("INTAKE_MISSING", "INTAKE_ADDED"))
    assert (missing, added) == (" ".join(taken.account.missing), " ".join(taken.account.added))
    return missing, added


def test_a_word_lost_or_added_is_told():
    assert counted("một hai ba hai", "một hai ba hai") == ("", "")
    assert counted("một hai ba hai", "một hai ba") == ("hai", "")
    assert counted("một hai ba", "một **hai** bốn") == ("ba", "bốn")
    assert counted("một Hai", "một hai") == ("Hai", "hai")


def test_what_the_report_says_was_left_out_or_put_in_is_no_difference():
    assert counted("một hai ba", "một bốn ba", left=["hai"], put=["bốn"]) == ("", "")
    assert counted("một hai ba", "một hai ba", left=["hai"]) == ("", "hai")


# --- anything at all ------------------------------------------------------------------------------

MARKS = [*"*_`[]<>&|#\\-+\n ", "::: head", "https://x.vn", "[^1]", "{khoan:Điều 1}", "—", "•", "~~"]
LABELS = ["Điều 1.", "Điều 2", "Chương I", "1.", "a)", "đ)", "2", "Nơi nhận:", "TM. TỔ"]
WORDS = st.sampled_from([*MARKS, *LABELS, "“sách”", "tủ sách của thôn", "CHUNG", "MỞ ĐẦU", "Về việc"])
TEXTS = st.lists(WORDS, min_size=1, max_size=5).map("".join)
RUNS = st.builds(
    Run,
    TEXTS,
    bold=st.booleans(),
    italic=st.booleans(),
    raised=st.booleans(),
    address=st.sampled_from(["", "", "https://x.vn/a_b*", "mailto:a@x.vn", "ftp://x"]),
    note=st.sampled_from(["", "", "", "1", "2", "9"]),
    picture=st.sampled_from(["", "", "", "p", "q"]),
)
PARAGRAPHS = st.builds(
    Paragraph,
    st.lists(RUNS, max_size=4).map(tuple),
    line=st.integers(1, 9),
    label=st.sampled_from(["", "", "", "1.", "a)", "•", "o", "-", "Điều 3.", "(i)", "§"]),
    heading=st.sampled_from([0, 0, 0, 1, 2, 5]),
    title=st.sampled_from([False, False, False, True]),
    depth=st.integers(0, 3),
    centred=st.booleans(),
    quoted=st.booleans(),
    kept=st.booleans(),
    remarks=st.sampled_from([(), (), ("r",), ("r", "s")]),
)
CELLS = st.lists(PARAGRAPHS, max_size=2).map(tuple)
GRIDS = st.integers(1, 3).flatmap(
    lambda width: st.builds(
        Grid, st.lists(st.tuples(*[CELLS] * width), min_size=1, max_size=3).map(tuple), ruled=st.booleans()
    )
)
ORIGINALS = st.builds(
    Original,
    st.lists(st.one_of(PARAGRAPHS, PARAGRAPHS, GRIDS), max_size=6).map(tuple),
    notes=st.fixed_dictionaries({}, optional={"1": CELLS, "2": CELLS}),
    remarks=st.lists(PARAGRAPHS, max_size=2).map(lambda found: (Remark("r", tuple(found)), Remark("s", tuple(found)))),
    pictures=st.just({"p": Picture(png(), "image/png"), "q": Picture(b"?", "image/gif", "ảnh động")}),
    title=st.sampled_from(["", "Tên trong tệp"]),
)


@given(ORIGINALS)
@settings(deadline=None)
def test_anything_found_builds_with_every_word_accounted_for(original):
    record = Record("a.docx")
    draft = structure.read(original, record)
    if not any(character.isalnum() for text in structure.said(original) for character in text):
        with pytest.raises(Problems, match="INTAKE_EMPTY"):
            intake.taken(draft, structure.said(original), record, addresses=False)
        return
    taken = intake.taken(draft, structure.said(original), record, addresses=False)
    assert (taken.account.missing, taken.account.added) == ((), ())
    assert not [each for each in taken.report if each.severity is Severity.ERROR]
    assert Counter(name.partition("/")[0] for name in taken.files)["program.md"] == 1


def test_a_secrecy_mark_stops_it():
    with pytest.raises(Problems) as raised:
        take(paragraph("Tên", title=True), paragraph(bold("MẬT"), line=2))
    assert [(each.code, each.place.line) for each in raised.value.problems] == [("SECRET_MARK", 2)]
