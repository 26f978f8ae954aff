"""A review copy comes back from Word: what was changed in it changes its place in the source, and nothing else."""

import base64
import copy
import difflib
import hashlib
import io
import json
import re
import shutil
import subprocess
import zipfile
import zlib
from types import SimpleNamespace

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from builder import copydesk, manuscript, problems, shelf
from builder.copydesk import glyphs, strips
from builder.intake import word
from builder.intake.record import Record
from builder.manuscript import skim
from builder.problems import Severity
from builder.works.bringing import take_back
from builder.works.lock import lock

SAMPLES = (
    "tests/specimen",
    "sources/chuong-trinh-hanh-dong-05",
    "sources/hoi-dap-quy-che-khu-pho",
    "sources/quy-uoc-thu-vien",
)

PROGRAM = """Điều 1. Mượn sách

Ai cũng được mượn sách, **mỗi lần** hai cuốn[^1].

[^1]: Người ngoài thôn thì một cuốn.

1. Mượn tại nhà văn hóa;

2. Trả đúng hẹn, xem {khoan:Điều 2}.

Điều 2. Giữ sách

- Không viết vào sách;
- Không gấp trang.

Bảng: Giờ mở cửa

| Ngày | Giờ |
|---|--:|
| Thứ Bảy | 8 |
| Chủ nhật | 9 |

\\3. Câu này không phải là khoản.

Điều 3. Hiệu lực

Quy ước có hiệu lực từ ngày ký.
"""
COMMENTARY = """# Làm rõ

## Điều 1: Vì sao hai cuốn

Hai cuốn là vừa sức đọc trong nửa tháng[^a].

::: question {lines=3}
Nhà bạn đang giữ cuốn nào của tủ sách?
:::

[^a]: Số liệu sổ mượn năm trước.

## Điều 2: Giữ thế nào

Bọc bìa trước khi cho mượn.
"""
SESSION = """---
title: Buổi đọc
time: 19 giờ
minutes: 30
reads: [Điều 1, Điều 2]
---
## Gợi ý thảo luận

1. Vì sao nên bọc sách? {lines=3}
2. Ai giữ chìa khóa tủ?

::: leader
Kết luận ngắn gọn.
:::
"""
FRONT = """# Lời nói đầu

Tủ sách là của chung.

::: verse
  Sách hay mượn bạn cùng xem,
Đọc xong nhớ trả chớ quên bạn chờ.
— Vè tủ sách
:::
"""
GLOSSARY = """tủ sách
: nơi để sách của thôn.

## Bảng tra cứu

- sách
- tủ sách: kệ sách
"""
FILES = {
    "program.md": PROGRAM,
    "publication.yaml": "title: Quy ước tủ sách\n",
    "commentary/01-lam-ro.md": COMMENTARY,
    "sessions/1.md": SESSION,
    "front/1.md": FRONT,
    "glossary.md": GLOSSARY,
}


def encoded(files):
    return {name: text.encode() for name, text in files.items()}


def loaded(folder):
    publication, _ = manuscript.read(folder)
    return manuscript.everything(folder, publication)


def read_back(data):
    return copydesk.read_back(data, word.read(data, Record("duyet.docx", [])), "duyet.docx")


@pytest.fixture(scope="module")
def exported():
    """The bytes of a small copy."""
    return copydesk.write(encoded(FILES))


@pytest.fixture
def review(exported):
    """Open the small copy; ``back`` says which lines changed, file by file, and what was told."""
    document = docx.Document(io.BytesIO(exported))

    def back():
        buffer = io.BytesIO()
        document.save(buffer)
        found = read_back(buffer.getvalue())
        return SimpleNamespace(
            files=found.files,
            changed=changes(encoded(FILES), found.files),
            codes=[each.code for each in found.report],
            report=found.report,
        )

    return SimpleNamespace(document=document, back=back, paragraph=lambda start: paragraph(document, start))


def changes(before, after):
    """Two folders → ``{file: [lines taken out with -, lines put in with +]}``, blank lines aside."""
    found = {}
    for name in sorted(before.keys() | after.keys()):
        was, now = _lines(before, name), _lines(after, name)
        lines = [line for line in difflib.ndiff(was, now) if line[:2] in {"- ", "+ "} and line[2:].strip()]
        if lines or was != now:
            found[name] = [line[0] + line[2:] for line in lines]
    return found


def _lines(files, name):
    return files.get(name, b"").decode(errors="replace").split("\n")


def paragraph(document, start):
    every = [*document.paragraphs, *(p for t in document.tables for r in t.rows for c in r.cells for p in c.paragraphs)]
    return next(each for each in every if each.text.startswith(start))


def reworded(where, old, new):
    """Change words inside the one run that holds them."""
    run = next(run for run in where.runs if old in run.text)
    run.text = run.text.replace(old, new)


def new_paragraph(after, text):
    """Press Enter at the end of a paragraph and type."""
    made = copy.deepcopy(after._p)
    for each in list(made):
        if each.tag != qn("w:pPr"):
            made.remove(each)
    after._p.addnext(made)
    added = docx.text.paragraph.Paragraph(made, after._parent)
    added.add_run(text)
    return added


# --- nothing changed ------------------------------------------------------------------------------


def test_what_lies_beside_the_texts_comes_back_too(tmp_path):
    folder = tmp_path / "tu-sach"
    shelf.write_source(folder, {"program.md": PROGRAM, "README.md": "Sổ tay.\n", "front/1.md": FRONT})
    lock(folder)
    files = loaded(folder)
    assert files.keys() == {"program.md", "program.lock", "README.md", "front/1.md"}
    document = docx.Document(io.BytesIO(copydesk.write(files)))
    buffer = io.BytesIO()
    document.save(buffer)
    assert read_back(buffer.getvalue()).files == files
    document.add_comment(paragraph(document, "Tủ sách là").runs[0], "Thêm tên thôn.", author="Lan")
    document.save(buffer)
    added = read_back(buffer.getvalue()).files["README.md"].decode()
    assert added.startswith("Sổ tay.\n\n# Lời góp ý")


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_copy_nobody_touched_gives_the_same_source(root, sample):
    files = loaded(root / sample)
    back = read_back(copydesk.write(files))
    assert back.files == files
    assert [each.code for each in back.report] == ["COPY_SAME"]


def test_the_small_source_comes_back_too(exported):
    assert read_back(exported).files == encoded(FILES)


def test_what_a_reader_of_word_files_has_to_tell_is_told_but_for_the_copys_own(exported, review):
    back = take_back(exported, "duyet.docx")
    assert (back.files, [each.code for each in back.report]) == (encoded(FILES), ["COPY_SAME"])
    where = review.paragraph("Quy ước có")
    change = OxmlElement("w:ins")
    change.set(qn("w:id"), "900")
    change.append(where.add_run(" Ký thay.")._r)
    where._p.append(change)
    buffer = io.BytesIO()
    review.document.save(buffer)
    assert {each.code for each in take_back(buffer.getvalue(), "duyet.docx").report} == {
        "COPY_CHANGED",
        "INTAKE_TRACKED",
    }
    other = io.BytesIO()
    docx.Document().save(other)
    assert take_back(other.getvalue(), "khac.docx") is None


def test_lines_ends_and_letters_come_back_as_they_were_on_the_disk():
    odd = {
        "program.md": "\ufeffĐiều 1. Mượn\r\n\r\nAi  cũng\u00a0được   mượn \r\ncả dòng này. \r\n\r\n\r\n"
        "## **Điều 2. Trả** ##\r\n\r\nTr\u0061\u0309 sách.",
        "front/a.md": "Không có đầu đề\n===\n* sao\n* sao nữa\n\n\tthụt\n",
    }
    assert read_back(copydesk.write(encoded(odd))).files == encoded(odd)


def test_python_docx_saving_it_changes_nothing(review):
    assert review.back().files == encoded(FILES)


LINES = (
    "", "", "# Đề mục", "## Mục hai ##", "Một câu **đậm** và *nghiêng*.", "Điều 1. Tên", "Điều 2. Câu có chấm.",
    "1. khoản một", "a) điểm a", "- gạch", "+ cộng", "• chấm", "  - thụt", "    sâu nữa", "> trích", "> — tác giả",
    "| a | b |", "|---|---|", "| 1 | 2 |", "| | x \\| y |", "Bảng 1. Tên bảng", "Bảng: tên {turn}",
    "::: question {lines=3}", ":::", "::: leader", "::: verse", "  thơ sáu", "thơ tám", "— Ca dao", "::: head",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "HỘI | Số: 1", "::: sign", "Nơi nhận:", "- Như trên;", "TM. BAN", "```",
    "mã  máy", "---", "\\1. thoát", "[[chữ|mục]] và {khoan:Điều 1} `x`", "[liên kết](https://a.vn/b)", "dòng cứng\\",
    "Phần I", "TÊN PHẦN", "Chương II. Tên", "**Điều 3. Đậm**", "**1.** đậm", "1. **Tên khoản**", "1.1. thập phân",
    "I. LA MÃ", ": định nghĩa", "từ ngữ", "## Bảng tra cứu", "- mục: a; b", "2) hai", "10. mười {lines=4}", "* sao",
    "&ndash; thực thể &amp;", "a_b_c <x", "\ttab đầu", "cuối  ",
)  # fmt: skip


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from(LINES), min_size=1, max_size=14),
    st.sampled_from(["program.md", "front/a.md", "sessions/1.md", "glossary.md", "commentary/a.md"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_lines_come_back_letter_by_letter(lines, name, end):
    files = encoded({"program.md": "Điều 1. A\n\nB.\n", name: end.join(lines)})
    back = read_back(copydesk.write(files))
    assert back.files == files
    assert [each.code for each in back.report] == ["COPY_SAME"]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_saving_it_changes_nothing(root, tmp_path):
    folder = tmp_path / "luu"
    sources = {sample.rpartition("/")[2]: loaded(root / sample) for sample in SAMPLES}
    for name, files in sources.items():
        (tmp_path / f"{name}.docx").write_bytes(copydesk.write(files))
    office = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'office').as_uri()}",
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder),
    ]
    copies = [str(tmp_path / f"{name}.docx") for name in sources]
    subprocess.run([*office, *copies], check=True, capture_output=True, timeout=300)
    for name, files in sources.items():
        back = read_back((folder / f"{name}.docx").read_bytes())
        assert back.files == files
        assert {each.code for each in back.report} <= {"COPY_SAME", "COPY_NOTES"}


# --- words changed --------------------------------------------------------------------------------


def test_a_word_that_is_changed_changes_its_line(review):
    reworded(review.paragraph("1. Mượn tại"), "nhà văn hóa", "trường làng")
    back = review.back()
    assert back.changed == {"program.md": ["-1. Mượn tại nhà văn hóa;", "+1. Mượn tại trường làng;"]}
    assert back.codes == ["COPY_CHANGED"]
    assert back.report[0].sentence() == (
        "khoản 1 Điều 1 (program.md): “1. Mượn tại nhà văn hóa;” sửa thành “1. Mượn tại trường làng;”."
    )


def test_what_only_the_source_can_say_stays_around_a_change(review):
    reworded(review.paragraph("2. Trả đúng hẹn"), "đúng hẹn", "đúng ngày hẹn")
    reworded(review.paragraph("Ai cũng được"), "Ai cũng", "Mọi người đều")
    assert review.back().changed["program.md"] == [
        "-Ai cũng được mượn sách, **mỗi lần** hai cuốn[^1].",
        "+Mọi người đều được mượn sách, **mỗi lần** hai cuốn[^1].",
        "-2. Trả đúng hẹn, xem {khoan:Điều 2}.",
        "+2. Trả đúng ngày hẹn, xem {khoan:Điều 2}.",
    ]


def test_a_reference_whose_words_are_changed_becomes_words(review):
    where = review.paragraph("2. Trả đúng hẹn")
    next(run for run in where.runs if run.text == "Điều 2").text = "Điều 3"
    assert review.back().changed["program.md"][1] == "+2. Trả đúng hẹn, xem Điều 3."


def test_bold_and_italics_that_are_added_or_taken_away(review):
    where = review.paragraph("Quy ước có hiệu lực")
    where.runs[0].text = "Quy ước có "
    where.add_run("hiệu lực").bold = True
    where.add_run(" từ ")
    where.add_run("ngày ký").italic = True
    where.add_run(".")
    next(run for run in review.paragraph("Ai cũng").runs if run.bold).bold = False
    back = review.back()
    assert back.changed["program.md"] == [
        "-Ai cũng được mượn sách, **mỗi lần** hai cuốn[^1].",
        "+Ai cũng được mượn sách, mỗi lần hai cuốn[^1].",
        "-Quy ước có hiệu lực từ ngày ký.",
        "+Quy ước có **hiệu lực** từ *ngày ký*.",
    ]
    assert back.codes == ["COPY_FACES", "COPY_FACES"]


def test_words_that_look_like_markup_stay_words(review):
    reworded(review.paragraph("Quy ước có"), "từ ngày ký", "*từ* [ngày] `ký` <b>")
    reworded(review.paragraph("Tủ sách là"), "Tủ sách là của chung.", "# của | chung_ và _riêng_")
    reworded(review.paragraph("Thứ Bảy"), "Thứ Bảy", "Thứ Bảy | Chủ nhật")
    back = review.back()
    assert "COPY_DOUBT" not in back.codes
    assert back.changed["front/1.md"][1] == r"+\# của | chung\_ và \_riêng\_"
    assert r"+| Thứ Bảy \| Chủ nhật | 8 |" in back.changed["program.md"]
    assert r"+Quy ước có hiệu lực \*từ\* \[ngày] \`ký\` \<b>." in back.changed["program.md"]


def test_a_text_that_looks_like_a_label_stays_text_and_a_clause_a_clause(review):
    reworded(review.paragraph("3. Câu này"), "không phải", "chẳng phải")
    reworded(review.paragraph("Quy ước có"), "Quy ước có", "1. Quy ước có")
    reworded(review.paragraph("Điều 2. Giữ"), "Giữ sách", "Giữ gìn sách")
    assert review.back().changed["program.md"] == [
        "-Điều 2. Giữ sách",
        "+Điều 2. Giữ gìn sách",
        "-\\3. Câu này không phải là khoản.",
        "+\\3. Câu này chẳng phải là khoản.",
        "-Quy ước có hiệu lực từ ngày ký.",
        "+1. Quy ước có hiệu lực từ ngày ký.",
    ]


def test_the_words_of_every_kind_of_place(review):
    for start, old, new in (
        ("Sách hay mượn", "bạn cùng xem", "bạn đọc xem"),
        ("— Vè", "Vè tủ sách", "Vè thôn"),
        ("1.\tVì sao", "bọc sách", "bọc bìa sách"),
        ("Kết luận", "ngắn gọn", "thật ngắn"),
        ("nơi để sách", "nơi để", "chỗ để"),
        ("-\ttủ sách", "kệ sách", "giá sách"),
        ("tủ sách", "tủ sách", "tủ sách thôn"),
        ("19 giờ", "19 giờ", "19 giờ: đúng"),
        ("Điều 1; Điều 2", "Điều 1; Điều 2", "Điều 1; Điều 3"),
        ("Bảng: Giờ", "Giờ mở", "Các giờ mở"),
        ("Lời nói đầu", "Lời nói đầu", "Lời mở đầu"),
    ):
        reworded(review.paragraph(start), old, new)
    back = review.back()
    assert set(back.codes) == {"COPY_CHANGED"}
    assert {name: [line for line in lines if line[0] == "+"] for name, lines in back.changed.items()} == {
        "front/1.md": ["+# Lời mở đầu", "+  Sách hay mượn bạn đọc xem,", "+— Vè thôn"],
        "glossary.md": ["+tủ sách thôn", "+: chỗ để sách của thôn.", "+- tủ sách: giá sách"],
        "program.md": ["+Bảng: Các giờ mở cửa"],
        "sessions/1.md": [
            '+time: "19 giờ: đúng"',
            '+reads: ["Điều 1", "Điều 3"]',
            "+1. Vì sao nên bọc bìa sách? {lines=3}",
            "+Kết luận thật ngắn.",
        ],
    }


def test_a_line_of_the_programs_own_is_not_taken_and_told(review):
    reworded(review.paragraph("QUY ƯỚC TỦ SÁCH"), "QUY ƯỚC", "NỘI QUY")
    reworded(review.paragraph("Dành cho"), "chủ trì", "dẫn dắt")
    back = review.back()
    assert back.changed == {}
    assert back.codes == ["COPY_FIXED", "COPY_FIXED"]


# --- paragraphs and rows --------------------------------------------------------------------------


def test_paragraphs_that_are_added_stand_where_they_were_put(review):
    new_paragraph(review.paragraph("1. Mượn tại"), "1a. Mượn qua điện thoại;")
    new_paragraph(review.paragraph("- Không viết"), "- Không tẩy xóa;")
    new_paragraph(review.paragraph("Tủ sách là"), "Ai cũng có phần.")
    new_paragraph(review.paragraph("Quy ước có"), "Điều 4. Thi hành")
    new_paragraph(review.paragraph("Kết luận"), "Cảm ơn mọi người.")
    back = review.back()
    assert set(back.codes) == {"COPY_ADDED"}
    text = back.files["program.md"].decode()
    assert "nhà văn hóa;\n\n1a. Mượn qua điện thoại;\n\n2. Trả" in text
    assert "- Không viết vào sách;\n- Không tẩy xóa;\n- Không gấp trang.\n" in text
    assert text.endswith("Quy ước có hiệu lực từ ngày ký.\n\nĐiều 4. Thi hành\n")
    assert "của chung.\n\nAi cũng có phần.\n\n::: verse" in back.files["front/1.md"].decode()
    assert "Kết luận ngắn gọn.\n\nCảm ơn mọi người.\n:::\n" in back.files["sessions/1.md"].decode().replace(
        "\n\n:::", "\n:::"
    )
    assert all(line[0] == "+" for lines in back.changed.values() for line in lines)


def test_terms_definitions_and_entries_of_the_index_that_are_added(review):
    new_paragraph(review.paragraph("- sách".replace(" ", "\t")), "-\tbạn đọc")
    new_paragraph(review.paragraph("nơi để sách"), "Do thôn lập.")
    new_paragraph(review.paragraph("Do thôn lập"), "bạn đọc").runs[0].bold = True
    new_paragraph(review.paragraph("bạn đọc"), "người mượn sách.")
    text = review.back().files["glossary.md"].decode()
    assert text == (
        "tủ sách\n: nơi để sách của thôn.\n: Do thôn lập.\n\nbạn đọc\n: người mượn sách.\n\n"
        "## Bảng tra cứu\n\n- sách\n- bạn đọc\n- tủ sách: kệ sách\n"
    )


def test_a_heading_that_is_none_any_more_does_not_swallow_its_title():
    files = encoded({"program.md": "Chương I\nPHẠM VI\n\nĐiều 1. A\n\nB.\n"})
    document = docx.Document(io.BytesIO(copydesk.write(files)))
    reworded(paragraph(document, "Chương I"), "Chương I", "Nhóm I")
    buffer = io.BytesIO()
    document.save(buffer)
    back = read_back(buffer.getvalue())
    assert back.files["program.md"].decode() == "Nhóm I\n\nPHẠM VI\n\nĐiều 1. A\n\nB.\n"
    assert [each.code for each in back.report] == ["COPY_CHANGED"]


def test_paragraphs_that_are_taken_out_are_gone(review):
    for start in ("1. Mượn tại", "Tủ sách là", "2.\tAi giữ", "- Không gấp"):
        where = review.paragraph(start)._p
        where.getparent().remove(where)
    back = review.back()
    assert back.changed == {
        "front/1.md": ["-Tủ sách là của chung."],
        "program.md": ["-1. Mượn tại nhà văn hóa;", "-- Không gấp trang."],
        "sessions/1.md": ["-2. Ai giữ chìa khóa tủ?"],
    }
    assert set(back.codes) == {"COPY_REMOVED"}


def test_what_is_put_before_the_settings_of_a_session_stands_below_them(review):
    new_paragraph(review.paragraph("Buổi sinh hoạt 1"), "Mời đọc trước.")
    text = review.back().files["sessions/1.md"].decode()
    assert text == SESSION.replace("---\n## Gợi ý", "---\n\nMời đọc trước.\n\n## Gợi ý")


def test_a_file_all_of_which_is_taken_out_is_gone(review):
    body = review.document.element.body
    inside = False
    for each in list(body):
        text = "".join(each.itertext())
        inside = text.startswith("Buổi sinh hoạt 1") or (inside and not text.startswith("Giải thích từ ngữ"))
        if inside:
            body.remove(each)
    back = review.back()
    assert back.files == {name: data for name, data in encoded(FILES).items() if name != "sessions/1.md"}
    assert "COPY_REMOVED" in back.codes


def test_a_box_goes_with_its_last_paragraph(review):
    for start in ("Dành cho", "Kết luận"):
        where = review.paragraph(start)._p
        where.getparent().remove(where)
    assert review.back().changed == {"sessions/1.md": ["-::: leader", "-Kết luận ngắn gọn.", "-:::"]}


def test_a_paragraph_that_is_moved_takes_its_lines_along(review):
    first, last = review.paragraph("- Không viết"), review.paragraph("- Không gấp")
    last._p.addnext(first._p)
    back = review.back()
    assert back.codes == ["COPY_MOVED"]
    assert "- Không gấp trang.\n\n- Không viết vào sách;\n\nBảng" in back.files["program.md"].decode()
    assert sorted(back.files["program.md"].split()) == sorted(PROGRAM.encode().split())


def test_a_paragraph_parted_in_two_and_two_joined(review):
    where = review.paragraph("Quy ước có")
    where.runs[0].text = "Quy ước có hiệu lực"
    new_paragraph(where, "từ ngày ký.")
    first, second = review.paragraph("- Không viết"), review.paragraph("- Không gấp")
    first.add_run(" Không gấp trang.")
    second._p.getparent().remove(second._p)
    text = review.back().files["program.md"].decode()
    assert text.endswith("Quy ước có hiệu lực\n\ntừ ngày ký.\n")
    assert "- Không viết vào sách; Không gấp trang.\n\nBảng" in text


def test_cells_and_rows_of_a_table(review):
    table = next(table for table in review.document.tables if table.cell(0, 0).text == "Ngày")
    reworded(table.cell(1, 1).paragraphs[0], "8", "10")
    added = copy.deepcopy(table.rows[2]._tr)
    for mark in [*added.iter(qn("w:bookmarkStart")), *added.iter(qn("w:bookmarkEnd"))]:
        mark.getparent().remove(mark)
    table.rows[1]._tr.addnext(added)
    table.cell(2, 0).paragraphs[0].runs[0].text = "Thứ Sáu"
    back = review.back()
    assert back.changed == {"program.md": ["-| Thứ Bảy | 8 |", "+| Thứ Bảy | 10 |", "+| Thứ Sáu | 9 |"]}
    table._tbl.remove(table.rows[3]._tr)
    assert "| Chủ nhật | 9 |" not in review.back().files["program.md"].decode()


def test_a_column_more_makes_the_table_anew(review):
    table = next(table for table in review.document.tables if table.cell(0, 0).text == "Ngày")
    for row in table.rows:
        cell = copy.deepcopy(row._tr.tc_lst[-1])
        for mark in [*cell.iter(qn("w:bookmarkStart")), *cell.iter(qn("w:bookmarkEnd"))]:
            mark.getparent().remove(mark)
        row._tr.append(cell)
    text = review.back().files["program.md"].decode()
    assert "| Ngày | Giờ | Giờ |\n|---|---|---|\n| Thứ Bảy | 8 | 8 |\n| Chủ nhật | 9 | 9 |\n" in text


def test_a_table_that_is_new(review):
    table = review.document.add_table(2, 2)
    for cell, words in zip(table._cells, ("Tháng", "Việc", "Ba", "Kiểm kê"), strict=True):
        cell.text = words
    review.paragraph("Quy ước có")._p.addnext(table._tbl)
    text = review.back().files["program.md"].decode()
    assert text.endswith("từ ngày ký.\n\n| Tháng | Việc |\n|---|---|\n| Ba | Kiểm kê |\n")


# --- footnotes and pictures -----------------------------------------------------------------------


def footnotes(document):
    return next(part for part in document.part.package.iter_parts() if str(part.partname) == "/word/footnotes.xml")


def note_runs(document):
    """The text elements of the notes."""
    root = docx.oxml.parse_xml(footnotes(document).blob)
    return root, [each for each in root.iter(qn("w:t")) if each.text.strip()]


def keep_notes(document, root):
    part = footnotes(document)
    part._blob = docx.oxml.xmlchemy.serialize_for_reading(root).encode()


def test_the_words_of_a_footnote(review):
    root, texts = note_runs(review.document)
    texts[0].text = "Người ngoài xã thì một cuốn."
    keep_notes(review.document, root)
    back = review.back()
    assert back.changed == {
        "program.md": ["-[^1]: Người ngoài thôn thì một cuốn.", "+[^1]: Người ngoài xã thì một cuốn."]
    }


def test_a_call_that_is_taken_out_takes_its_footnote_along(review):
    where = review.paragraph("Ai cũng")
    call = next(run for run in where.runs if run._r.find(qn("w:footnoteReference")) is not None)
    call._r.getparent().remove(call._r)
    assert review.back().changed == {
        "program.md": [
            "-Ai cũng được mượn sách, **mỗi lần** hai cuốn[^1].",
            "+Ai cũng được mượn sách, **mỗi lần** hai cuốn.",
            "-[^1]: Người ngoài thôn thì một cuốn.",
        ]
    }


def test_a_footnote_that_is_new(review):
    root, _ = note_runs(review.document)
    note = copy.deepcopy(root[-1])
    note.set(qn("w:id"), "9")
    next(each for each in note.iter(qn("w:t")) if each.text.strip()).text = "Ngày ký ghi ở cuối."
    root.append(note)
    keep_notes(review.document, root)
    run = review.paragraph("Quy ước có").add_run()
    call = OxmlElement("w:footnoteReference")
    call.set(qn("w:id"), "9")
    run._r.append(call)
    assert review.back().changed == {
        "program.md": [
            "-Quy ước có hiệu lực từ ngày ký.",
            "+Quy ước có hiệu lực từ ngày ký.[^2]",
            "+[^2]: Ngày ký ghi ở cuối.",
        ]
    }


def test_footnotes_another_program_mixed_up_stay_as_they_were():
    files = encoded({"program.md": "Điều 1. A\n\nMột[^1] và hai[^2].\n\n[^1]: Chú một.\n\n[^2]: Chú hai.\n"})
    document = docx.Document(io.BytesIO(copydesk.write(files)))
    root, texts = note_runs(document)
    texts[1].text = "Chú một."
    keep_notes(document, root)
    buffer = io.BytesIO()
    document.save(buffer)
    back = read_back(buffer.getvalue())
    assert back.files == files
    assert [each.code for each in back.report] == ["COPY_NOTES"]


def test_a_picture_that_is_new_comes_along(review, root):
    png = next((root / "docs").glob("*.png")).read_bytes()
    new_paragraph(review.paragraph("Quy ước có"), "").add_run().add_picture(io.BytesIO(png))
    back = review.back()
    (name,) = [name for name in back.files if name.startswith("figures/")]
    assert back.files[name] == png
    assert back.files["program.md"].decode().endswith(f"từ ngày ký.\n\n![Hình]({name})\n")


def drawn(kind="PNG", shade=90, size=(30, 20), mode="L"):
    buffer = io.BytesIO()
    Image.new(mode, size, shade).save(buffer, kind)
    return buffer.getvalue()


def test_a_picture_that_is_new_leaves_those_of_the_source_alone():
    files = encoded({**FILES, "program.md": PROGRAM + "\n![Bản đồ thôn](figures/hinh-1.png)\n"})
    mine, hers = drawn(shade=10), drawn(shade=200)
    document = docx.Document(io.BytesIO(copydesk.write({**files, "figures/hinh-1.png": mine})))
    new_paragraph(paragraph(document, "Ai cũng"), "").add_run().add_picture(io.BytesIO(hers))
    buffer = io.BytesIO()
    document.save(buffer)
    back = read_back(buffer.getvalue()).files
    assert back["figures/hinh-1.png"] == mine
    (new,) = [name for name in back if name.startswith("figures/") and name != "figures/hinh-1.png"]
    assert back[new] == hers
    text = back["program.md"].decode()
    assert f"![Hình]({new})" in text
    assert "![Bản đồ thôn](figures/hinh-1.png)" in text


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF"])
def test_a_picture_of_a_kind_that_is_not_printed_becomes_one_that_is(review, kind):
    new_paragraph(review.paragraph("Quy ước có"), "").add_run().add_picture(io.BytesIO(drawn(kind)))
    back = review.back()
    (name,) = [name for name in back.files if name.startswith("figures/")]
    with Image.open(io.BytesIO(back.files[name])) as picture:
        assert (picture.format, picture.size) == ("PNG", (30, 20))


def test_a_picture_that_cannot_be_printed_is_told_and_left_out(review):
    broken = drawn("GIF")[:20]
    run = new_paragraph(review.paragraph("Quy ước có"), "Sơ đồ kho sách").add_run()
    run.add_picture(io.BytesIO(drawn("GIF")))
    (part,) = [each for each in review.document.part.package.iter_parts() if each.partname.endswith(".gif")]
    part._blob = broken
    back = review.back()
    assert back.codes == ["COPY_ADDED", "INTAKE_PICTURE_LEFT"]
    assert not [name for name in back.files if name.startswith("figures/")]
    assert "![" not in back.files["program.md"].decode()


# --- comments -------------------------------------------------------------------------------------


def comment(document, start):
    return next(each for each in document.comments if each.text.startswith(start))


def test_a_comment_that_is_changed_changes_its_entry(review):
    where = comment(review.document, "Điều 1")
    reworded(where.paragraphs[1], "nửa tháng", "mười lăm ngày")
    reworded(where.paragraphs[0], "hai cuốn", "chỉ hai cuốn")
    assert review.back().changed == {
        "commentary/01-lam-ro.md": [
            "-## Điều 1: Vì sao hai cuốn",
            "+## Điều 1: Vì sao chỉ hai cuốn",
            "-Hai cuốn là vừa sức đọc trong nửa tháng[^a].",
            "+Hai cuốn là vừa sức đọc trong mười lăm ngày[^a].",
        ]
    }


def test_a_paragraph_more_or_less_in_a_comment(review):
    new_paragraph(comment(review.document, "Điều 2").paragraphs[1], "Nhớ ghi sổ.")
    gone = comment(review.document, "Điều 1").paragraphs[3]._p
    gone.getparent().remove(gone)
    back = review.back()
    assert back.changed == {
        "commentary/01-lam-ro.md": [
            "-::: question {lines=3}",
            "-Nhà bạn đang giữ cuốn nào của tủ sách?",
            "-:::",
            "+Nhớ ghi sổ.",
        ]
    }


def test_a_comment_that_is_taken_out_takes_its_entry_along(review):
    key = comment(review.document, "Điều 2")._comment_elm.get(qn("w:id"))
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for each in list(review.document.element.body.iter(qn(f"w:{name}"))):
            if each.get(qn("w:id")) == key:
                each.getparent().remove(each)
    whole = comment(review.document, "Điều 2")._comment_elm
    whole.getparent().remove(whole)
    back = review.back()
    assert back.changed == {"commentary/01-lam-ro.md": ["-## Điều 2: Giữ thế nào", "-Bọc bìa trước khi cho mượn."]}
    assert back.codes == ["COPY_REMOVED"]


def test_a_new_comment_becomes_commentary_on_its_clause(review, tmp_path):
    document = review.document
    document.add_comment(review.paragraph("2. Trả đúng").runs[0], "Nên ghi rõ mấy ngày.", author="Chị Lan")
    document.add_comment(review.paragraph("Ai cũng").runs[0], "Kể cả trẻ em.", author="Anh Ba")
    back = review.back()
    assert back.changed == {
        "commentary/gop-y.md": ["+## Điều 1", "+Kể cả trẻ em.", "+## khoản 2 Điều 1", "+Nên ghi rõ mấy ngày."]
    }
    assert back.codes == ["COPY_COMMENT", "COPY_COMMENT"]
    shelf.write_source(tmp_path / "tu-sach", back.files)
    publication, found = skim(tmp_path / "tu-sach")
    assert [each.citation for each in publication.notes][-2:] == ["Điều 1", "khoản 2 Điều 1"]
    assert not [each for each in found if each.severity is Severity.ERROR]


def test_a_new_comment_outside_the_programme_is_told_and_kept(review):
    review.document.add_comment(review.paragraph("Tủ sách là").runs[0], "Thêm tên thôn.", author="Chị Lan")
    back = review.back()
    assert back.changed == {
        "README.md": ["+# Lời góp ý trên bản đọc duyệt", "+- Chị Lan, tại “Tủ sách là của chung.”: Thêm tên thôn."]
    }
    (told,) = back.report
    assert told.code == "COPY_COMMENT_LOOSE"
    assert "Thêm tên thôn." in told.sentence()


def threaded(data, settled=(), replies=()):
    """Mark comments as settled, and as replies to the first one, the way a newer Word does."""
    office = "http://schemas.microsoft.com/office/word"
    names = {"w14": f"{office}/2010/wordml", "w15": f"{office}/2012/wordml"}

    def marked(name, part):
        if name == "word/comments.xml":
            root = docx.oxml.parse_xml(part)
            for comment in root:
                for place, paragraph in enumerate(comment.iter(qn("w:p"))):
                    paragraph.set(f"{{{names['w14']}}}paraId", f"{comment.get(qn('w:id'))}{place:07}")
            ends = {each.get(qn("w:id")): len(list(each.iter(qn("w:p")))) - 1 for each in root}
            lines = [
                f'<w15:commentEx w15:paraId="{key}{last:07}" w15:done="{int(key in settled)}"'
                + (f' w15:paraIdParent="0{ends["0"]:07}"' if key in replies else "")
                + "/>"
                for key, last in ends.items()
            ]
            extended.append(f'<w15:commentsEx xmlns:w15="{names["w15"]}">{"".join(lines)}</w15:commentsEx>')
            return docx.oxml.xmlchemy.serialize_for_reading(root).encode()
        if name == "word/_rels/document.xml.rels":
            kind = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
            line = f'<Relationship Id="rId900" Type="{kind}" Target="commentsExtended.xml"/></Relationships>'
            return part.replace(b"</Relationships>", line.encode())
        if name == "[Content_Types].xml":
            kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"
            line = f'<Override PartName="/word/commentsExtended.xml" ContentType="{kind}"/></Types>'
            return part.replace(b"</Types>", line.encode())
        return part

    extended = []
    buffer = io.BytesIO(repacked(data, marked))
    with zipfile.ZipFile(buffer, "a") as package:
        package.writestr("word/commentsExtended.xml", extended[0])
    return buffer.getvalue()


def test_commentary_that_someone_settled_is_commentary_all_the_same(exported):
    data = threaded(exported, settled={"0"})
    assert len(word.read(data, Record("a.docx", [])).remarks) == 1
    assert read_back(data).files == encoded(FILES)


def test_a_reply_is_no_part_of_the_commentary_it_replies_to(review):
    review.document.add_comment(review.paragraph("Điều 1. Mượn").runs[0], "Nên viết gọn.", author="Chị Lan")
    buffer = io.BytesIO()
    review.document.save(buffer)
    last = len(list(review.document.comments)) - 1
    back = read_back(threaded(buffer.getvalue(), replies={str(last)}))
    assert changes(encoded(FILES), back.files) == {"commentary/gop-y.md": ["+## Điều 1", "+Nên viết gọn."]}
    (told,) = back.report
    assert dict(told.values)["author"] == "Chị Lan"


def test_tracked_changes_count_as_made(review):
    where = review.paragraph("Quy ước có")
    run = where.runs[0]._r
    run.find(qn("w:t")).text = "Quy ước có hiệu lực từ ngày "
    for tag, text_tag, words in (("w:del", "w:delText", "ký."), ("w:ins", "w:t", "01/01/2027.")):
        change = OxmlElement(tag)
        change.set(qn("w:id"), "900")
        change.set(qn("w:author"), "Lan")
        inner, text = OxmlElement("w:r"), OxmlElement(text_tag)
        text.text = words
        inner.append(text)
        change.append(inner)
        where._p.append(change)
    assert review.back().changed == {
        "program.md": ["-Quy ước có hiệu lực từ ngày ký.", "+Quy ước có hiệu lực từ ngày 01/01/2027."]
    }


# --- what cannot be written exactly ---------------------------------------------------------------


def test_emphasis_that_markdown_cannot_say_is_told(review):
    where = review.paragraph("Quy ước có")
    where.runs[0].text = "Quy ước có hiệu lực từ ngày k"
    for text, bold, italic in (("ý", True, True), ("k", True, False), ("ý", True, True)):
        run = where.add_run(text)
        run.bold, run.italic = bold, italic
    back = review.back()
    assert "COPY_FACE_LOST" in back.codes
    assert back.changed["program.md"][1] == "+Quy ước có hiệu lực từ ngày kýký"


def test_a_line_that_would_not_be_read_as_it_stands_is_told():
    head = "::: head\nTỔ LÀM SÁCH\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n:::\n\nĐiều 1. A\n\nB.\n"
    document = docx.Document(io.BytesIO(copydesk.write(encoded({"program.md": head}))))
    reworded(paragraph(document, "CỘNG HÒA"), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Cộng hòa")
    buffer = io.BytesIO()
    document.save(buffer)
    back = read_back(buffer.getvalue())
    assert [each.code for each in back.report] == ["COPY_CHANGED", "COPY_DOUBT"]
    assert "Cộng hòa" in back.files["program.md"].decode()


SIGNS = "aăb1  ,.;:()[]*_`\\<>&{}|!#-~“”/'\"\n"
FACED = st.tuples(
    st.text(SIGNS, min_size=1, max_size=6), st.booleans(), st.booleans(), st.sampled_from(["", "", "https://a.vn/x"])
)


@given(st.lists(FACED, max_size=6))
def test_words_in_any_faces_are_written_so_that_they_read_back(parts):
    letters = [glyphs.Glyph(sign, bold, italic, address) for text, bold, italic, address in parts for sign in text]
    wanted = glyphs._settled(letters)
    text, whole = glyphs.written(wanted, called=str)
    read = glyphs.of_pieces(strips.read(text))
    assert glyphs.words(read) == glyphs.words(wanted)
    assert not whole or glyphs.same(wanted, read, letters=True)


# --- bookmarks lost, copies harmed ----------------------------------------------------------------


def test_words_find_their_place_where_bookmarks_are_lost(review):
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        for mark in list(review.document.element.body.iter(qn(tag))):
            mark.getparent().remove(mark)
    reworded(review.paragraph("1. Mượn tại"), "nhà văn hóa", "trường làng")
    new_paragraph(review.paragraph("Tủ sách là"), "Ai cũng có phần.")
    assert review.back().changed == {
        "front/1.md": ["+Ai cũng có phần."],
        "program.md": ["-1. Mượn tại nhà văn hóa;", "+1. Mượn tại trường làng;"],
    }


def repacked(data, change):
    """The same package with ``change(name, bytes)`` in place of each part; nothing: the part is left out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return buffer.getvalue()


def with_content(data, change):
    """The same package, what it carries changed and its digest made to fit."""

    def part(name, found):
        if name != "customXml/item1.xml":
            return found
        text = found.decode()
        packed = base64.b64decode(re.search(r">([^<>]+)</copy>", text)[1])
        content = json.loads(zlib.decompress(packed))
        change(content)
        packed = zlib.compress(json.dumps(content).encode())
        text = re.sub(r">[^<>]+</copy>", f">{base64.b64encode(packed).decode()}</copy>", text)
        return re.sub(r'digest="\w+"', f'digest="{hashlib.sha256(packed).hexdigest()}"', text).encode()

    return repacked(data, part)


def test_a_copy_stripped_of_its_source_is_told_apart_from_any_other_file(exported):
    stripped = repacked(exported, lambda name, part: None if name.startswith("customXml/") else part)
    stripped = repacked(
        stripped,
        lambda name, part: (
            re.sub(rb"<Relationship [^>]*customXml[^>]*>", b"", part) if name.endswith(".rels") else part
        ),
    )
    back = read_back(stripped)
    assert (back.files, [each.code for each in back.report]) == ({}, ["COPY_STRIPPED"])
    assert not copydesk.is_copy(stripped)
    buffer = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Điều 1. Tệp của người khác")
    document.save(buffer)
    assert read_back(buffer.getvalue()) is None


def outside(content):
    content["files"]["../ngoai.md"] = ""


def absolute(content):
    content["files"]["/etc/x.png"] = ""


def drive(content):
    content["files"]["C:x.png"] = ""


def hidden(content):
    content["files"]["figures/../.git/x.png"] = ""


def other_words(content):
    content["words"][9] = "0" * 12


def no_files(content):
    del content["files"]


def no_text(content):
    content["files"]["program.md"] = base64.b64encode(b"\xff\xfe\x00").decode()


@pytest.mark.parametrize("harm", [outside, absolute, drive, hidden, other_words, no_files, no_text])
def test_a_copy_that_was_tampered_with_gives_no_files(exported, harm):
    back = read_back(with_content(exported, harm))
    assert (back.files, [each.code for each in back.report]) == ({}, ["COPY_HARMED"])


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("digest=", 'was="1" digest="0" old='),
        lambda text: text.replace(">", ">!", 2),
        lambda text: re.sub(r'form="1"', 'form="2"', text),
        lambda text: re.sub(r">[^<>]{9,}<", "><", text),
    ],
)
def test_a_part_that_was_harmed_is_told(exported, change):
    harmed = repacked(
        exported, lambda name, part: change(part.decode()).encode() if name == "customXml/item1.xml" else part
    )
    back = read_back(harmed)
    assert back is not None
    assert back.files == {}
    assert back.report[0].code in {"COPY_HARMED", "COPY_STRIPPED"}


def test_a_part_that_would_unpack_to_anything_is_not_unpacked(exported, monkeypatch):
    monkeypatch.setattr(copydesk.back.carried, "MOST", 10_000)
    bomb = with_content(exported, lambda content: content["files"].update({"front/b.md": "A" * 400_000}))
    assert [each.code for each in read_back(bomb).report] == ["COPY_HARMED"]


def test_names_and_parts_that_are_damaged_make_no_copy(exported):
    named = exported.replace(b"docProps/core.xml", b"docProps/\xff\xfe\xff\xfe.xml")
    spoilt = bytearray(exported)
    at = spoilt.index(b"customXml/item1.xml") + len("customXml/item1.xml")
    spoilt[at : at + 8] = b"\xff" * 8
    named = bytearray(named)
    for at in [found.start() for found in re.finditer(rb"PK\x01\x02", bytes(named))]:
        named[at + 9] |= 0x08  # its name is in UTF-8
    assert not copydesk.is_copy(bytes(named))
    assert not copydesk.is_untouched(bytes(named))
    assert not copydesk.is_copy(bytes(spoilt))


def test_parts_that_are_not_ours_are_not_taken_apart(exported, monkeypatch):
    def parse(data, name, *rest, **others):
        assert name == "customXml/item1.xml"
        return markup_parse(data, name, *rest, **others)

    markup_parse = copydesk.back.carried.markup.parse
    monkeypatch.setattr(copydesk.back.carried.markup, "parse", parse)
    buffer = io.BytesIO(exported)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("customXml/item0.xml", b"<a>" + b"x" * 1_000_000 + b"</a>")
        package.writestr("customXml/item2.xml", f"<a y='{copydesk.back.carried.SPACE}'>{'<b/>' * 99}</a>")
    assert copydesk.is_copy(buffer.getvalue())
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("customXml/item9.xml", b"<a>" + b"x" * 70_000_000 + b"</a>")
    assert not copydesk.is_copy(buffer.getvalue())


def test_every_code_says_itself_in_both_languages():
    for language in ("vi", "en"):
        words = problems.messages(language)
        assert {code for code in words if code.startswith("COPY_")} == {
            code.upper() for code in dir(problems) if code.startswith("copy_")
        }
