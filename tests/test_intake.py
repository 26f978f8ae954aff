"""Text and Markdown as people have it become a source folder that builds, with every word in it."""

import codecs
import dataclasses
import re
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from docx_made import docx, p, t
from hypothesis import example, given
from hypothesis import strategies as st

from builder import intake, manuscript
from builder.intake import decode, trial
from builder.problems import Problems, Severity
from builder.publication import Footnote, Level, Link, Table
from builder.vietnamese import normal


def take(folder, text, name="van-ban.md"):
    """What the program makes of a text in a file of that name."""
    file = Path(folder) / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    taken = intake.read(file)
    assert (taken.account.missing, taken.account.added) == ((), ())
    return taken


def build(folder, taken):
    """The folder it wrote, read back: no error may be in it."""
    source = Path(folder) / "nguon"
    for name, text in taken.files.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, "utf-8")
    return manuscript.read(source)[0]


def program(text, tmp_path, name="van-ban.md"):
    """A text → the paragraphs of the programme it becomes; it builds."""
    taken = take(tmp_path, text, name)
    build(tmp_path, taken)
    return taken.files["program.md"].strip().split("\n\n")


def codes(taken):
    return Counter(problem.code for problem in taken.report)


def said(noun, noted=None):
    """Every string that a noun would print; a footnote called twice is said once."""
    noted = set() if noted is None else noted
    if isinstance(noun, str):
        yield noun
    elif isinstance(noun, tuple):
        for each in noun:
            yield from said(each, noted)
    elif isinstance(noun, Footnote) and noun.place in noted:
        return
    elif dataclasses.is_dataclass(noun):
        hidden = {"id", "level", "number", "citation", "place", "clause"}
        apart = " " if isinstance(noun, Link) else ""  # its address and its words, and what stands around them
        noted |= {noun.place} if isinstance(noun, Footnote) else set()
        yield apart
        for field in dataclasses.fields(noun):
            if field.name not in hidden:
                yield from said(getattr(noun, field.name), noted)
                yield apart


def words(text):
    return Counter(re.findall(r"[^\W_]+", text))


def printed(*nouns):
    # Runs of one word stand side by side, blocks do not: only texts that are neighbours in a word are joined.
    return words("\n".join("".join(said(noun)) for noun in nouns))


def blocks(program):
    """The runs of a programme, block by block, so that no two words of it touch."""
    yield from program.preamble
    for clause in program.clauses:
        yield from _clause(clause)


def _clause(clause):
    yield from (clause.label, clause.title)
    yield from clause.body
    for child in clause.children:
        yield from _clause(child)


def parts(block):
    """A block → what in it stands apart: cells of a table, paragraphs of a quotation."""
    if isinstance(block, Table):
        for row in (block.head, *block.rows):
            yield from row
        yield block.caption
    elif hasattr(block, "blocks"):
        for each in block.blocks:
            yield from parts(each)
    else:
        yield block


def printed_program(publication):
    return printed(*(part for block in blocks(publication.program) for part in parts(block)))


# --- plain text -----------------------------------------------------------------------------------

REPORT = """\
Tăng cường công tác thư viện ở thôn

30/04/2021 - 07:12

 - Thực hiện nghị quyết của thôn, tổ thư viện vừa họp và bàn ba việc lớn của năm nay.

A A

Tiếp tục đổi mới, làm cho “tủ sách” gần dân

Theo đó, các hộ góp sách, góp công; mỗi quý đọc chung một buổi, mỗi năm thêm một giá sách.

THU THẢO"""


def test_the_first_line_is_the_title_and_stands_nowhere_else(tmp_path):
    taken = take(tmp_path, REPORT, "bai.txt")
    assert 'title: "Tăng cường công tác thư viện ở thôn"' in taken.files["publication.yaml"]
    assert "Tăng cường" not in taken.files["program.md"]
    assert build(tmp_path, taken).settings.title == "Tăng cường công tác thư viện ở thôn"


def test_a_heading_is_a_short_line_before_a_longer_one(tmp_path):
    found = program(REPORT, tmp_path, "bai.txt")
    assert [line for line in found if line.startswith("#")] == ["# Tiếp tục đổi mới, làm cho “tủ sách” gần dân"]
    assert found[2] == "A A"
    assert found[-1] == "THU THẢO"


def test_a_lone_dash_is_no_list(tmp_path):
    taken = take(tmp_path, REPORT, "bai.txt")
    assert "\n\\- Thực hiện nghị quyết" in taken.files["program.md"]
    escaped = [problem for problem in taken.report if problem.code == "INTAKE_ESCAPED"]
    assert [problem.place.line for problem in escaped] == [5]


def test_dashes_side_by_side_are_a_list(tmp_path):
    text = "Việc phải làm\n\nCó hai việc lớn:\n\n- quét nhà;\n\n- đọc sách.\n\n– rồi nghỉ."
    taken = take(tmp_path, text, "bai.txt")
    root = build(tmp_path, taken).program
    assert [clause.level for clause in root.clauses] == [Level.DASH] * 3


def test_what_looks_like_markup_stays_as_words(tmp_path):
    text = "Quy ước\n\n# không là đề mục\n\n2 * 3 * 4 <b>đậm</b> [a](b) [^1] `mã` &amp; {khoan:Điều 1} C:\\*"
    publication = build(tmp_path, take(tmp_path, text, "bai.txt"))
    assert [paragraph.inlines[0].text for paragraph in publication.program.preamble] == text.split("\n\n")[1:]


@pytest.mark.parametrize("sign", ["–", "—", "•", "·", "-"])
def test_a_lone_sign_of_any_kind_is_kept_as_words(sign, tmp_path):
    publication = build(tmp_path, take(tmp_path, f"Tên bài viết\n\n{sign} Mở đầu.\n\nĐoạn sau.", "bai.txt"))
    assert publication.program.clauses == ()
    assert publication.program.preamble[0].inlines[0].text == f"{sign} Mở đầu."


def test_labels_are_recognised_with_their_titles_below(tmp_path):
    text = (
        "Quy ước thôn\n\nChương I\nNHỮNG QUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Trong thôn.\n2. Ngoài đồng.\nĐiều 2. Tên"
    )
    publication = build(tmp_path, take(tmp_path, text, "bai.txt"))
    chapter = publication.program.clauses[0]
    assert (chapter.label, chapter.title[0].text) == ("Chương I", "NHỮNG QUY ĐỊNH CHUNG")
    assert [child.citation for child in chapter.children] == ["Điều 1", "Điều 2"]


def test_wrapped_lines_are_joined_where_a_sentence_runs_on(tmp_path):
    text = "Tên\n\nCác hộ trong thôn cùng góp sách\nvào tủ chung.\nMỗi quý đọc một buổi."
    assert program(text, tmp_path, "bai.txt") == [
        "Các hộ trong thôn cùng góp sách vào tủ chung.",
        "Mỗi quý đọc một buổi.",
    ]


def test_a_spaced_hyphen_at_the_head_of_a_line_is_no_dash(tmp_path):
    assert program("Tên\n\nPhát triển kinh tế\n- xã hội của thôn.", tmp_path, "bai.txt") == [
        "Phát triển kinh tế - xã hội của thôn."
    ]


def test_a_text_of_one_line_keeps_it(tmp_path):
    taken = take(tmp_path, "Chỉ có một dòng", "bai.txt")
    assert taken.files["program.md"] == "Chỉ có một dòng\n"
    assert 'title: "Chỉ có một dòng"' in taken.files["publication.yaml"]


def test_an_official_paper_is_called_by_its_kind_and_what_it_is_about(tmp_path):
    text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nSố: 05/NQ-HĐ\n\nNGHỊ QUYẾT\n"
    taken = take(tmp_path, text + "Về việc đọc sách\n\nCăn cứ quy ước;\n\nĐiều 1. Đọc.", "bai.txt")
    settings = build(tmp_path, taken).settings
    assert (settings.title, settings.original.kind) == ("Nghị quyết về việc đọc sách", "Nghị quyết")
    assert settings.original.number == "05/NQ-HĐ"
    assert "CỘNG HÒA XÃ HỘI" in taken.files["program.md"]


# --- Markdown -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "written"),
    [
        ("*C**ảnh vệ* là", "*Cảnh vệ* là"),
        ("*Bi**ện ph**áp c**ảnh vệ* là", "*Biện pháp cảnh vệ* là"),
        ("**Ví****dụ** là", "**Vídụ** là"),
        ("*nghiêng **đậm** nghiêng*", "*nghiêng **đậm** nghiêng*"),
        ("một<br>hai<br/> ba", "một hai ba"),
        ("<b>đậm</b> và <em>nghiêng</em> và <STRONG>nữa </STRONG>", "**đậm** và *nghiêng* và **nữa**"),
        ("m<sup>2</sup>, 10<sup>6</sup>, H<sub>2</sub>O", "m², 10^6, H2O"),
        ("một <div class=x>khối</div>", "một \\<div class=x>khối\\</div>"),
        ("xem [trang này](/van-ban/a.html) nhé", "xem trang này (/van-ban/a.html) nhé"),
        ("xem [trang này](https://example.org/a) nhé", "xem [trang này](https://example.org/a) nhé"),
        ('xem [trang](https://example.org "Tên trang")', "xem [trang](https://example.org) (Tên trang)"),
        ('<a href="https://example.org">trang</a>', "[trang](https://example.org)"),
        ("![Sơ đồ](img/so-do.png)", "\\[Hình: Sơ đồ\\] (img/so-do.png)"),
        ("[![Sơ đồ](a.png)](https://example.org)", "[\\[Hình: Sơ đồ\\] (a.png)](https://example.org)"),
        ("gọi [^9] mà không có", "gọi \\[^9] mà không có"),
        ("::: note", "\\::: note"),
        ("tập {a, b}", "tập \\{a, b}"),
        ("xem {khoan:Điều 99} nhé", "xem \\{khoan:Điều 99} nhé"),
        ("    mã thụt vào", "mã thụt vào"),
        ("```python\nx = [1]\n1. y\n```", "python\n\nx = \\[1]\n\n\\1. y"),
        ("dòng `mã` giữa câu", "dòng `mã` giữa câu"),
        ("trước\n\n---\n\nsau", "trước\n\nsau"),
        ("> một\n> hai\n>\n> ba", "> một\n>\n> hai\n>\n> ba"),
        ("> - hai\n> ::: ba", "> - hai\n>\n> \\::: ba"),
        ("| a | b |\n|:-|-:|\n| 1 | 2 | 3 |", "| a | b |  |\n| :--- | ---: | --- |\n| 1 | 2 | 3 |"),
        ("gọi[^1]\n\n[^1]: lời chú", "gọi[^1]\n\n[^1]: lời chú"),
        ("[^1]: lời chú mồ côi", "\\[^1]: lời chú mồ côi"),
        ("[tên]: https://example.org\n\nxem [chỗ kia][tên]", "xem [chỗ kia](https://example.org)"),
    ],
)
def test_markdown_is_rewritten(found, written, tmp_path):
    body = "Lời đầu.\n\n"
    assert program(body + found, tmp_path) == [body.strip(), *written.split("\n\n")]


def test_nested_lists_take_the_signs_of_official_papers(tmp_path):
    text = "Mở đầu:\n\n* một\n  * hai\n    * ba\n      * bốn\n* năm\n1. sáu\n   1. bảy\n   - tám"
    assert program(text, tmp_path)[1:] == ["- một", "+ hai", "• ba", "• bốn", "- năm", "1. sáu", "- 1. bảy", "- tám"]


def test_a_label_glued_to_a_sentence_gets_its_own_line(tmp_path):
    text = "Điều 1. Tên\n\nLuật này nói về sách.Điều 2. Phạm vi"
    text += "\n\nTheo Điều 3. của luật kia (Điều 4. Gì đó).Chương II\n\nTÊN"
    taken = take(tmp_path, text)
    publication = build(tmp_path, taken)
    assert [clause.label for clause in publication.program.clauses] == ["Điều 1.", "Điều 2.", "Chương II"]
    assert codes(taken)["INTAKE_SPLIT"] == 2


def test_a_chapter_and_its_title_run_into_one_line_are_parted(tmp_path):
    text = "Lời.\n\nChương I NHỮNG QUY ĐỊNH CHUNG\n\nĐiều 1. Tên\n\nChương II này nói về ba việc."
    text += "\n\nMục 2 TP. HỒ CHÍ MINH."
    taken = take(tmp_path, text)
    chapter, *_ = build(tmp_path, taken).program.clauses
    assert (chapter.label, [inline.text for inline in chapter.title]) == ("Chương I", ["NHỮNG QUY ĐỊNH CHUNG"])
    assert codes(taken)["INTAKE_SPLIT"] == 1
    assert taken.files["program.md"].endswith("Chương II này nói về ba việc.\n\nMục 2 TP. HỒ CHÍ MINH.\n")


def test_a_title_broken_over_lines_is_joined(tmp_path):
    text = "### Điều 1. Tiền lương và phụ cấp của người\nđược điều động\n\n1. Một."
    text += "\n\n## Chương II: TRÁCH NHIỆM,\nNGHĨA VỤ\n"
    assert program(text, tmp_path)[0] == "### Điều 1. Tiền lương và phụ cấp của người được điều động"
    assert program(text, tmp_path)[-1] == "## Chương II: TRÁCH NHIỆM, NGHĨA VỤ"


def test_the_first_heading_names_the_book_and_the_others_rise(tmp_path):
    taken = take(tmp_path, "# Quy ước thôn\n\nLời đầu.\n\n## Chương I\n\nCHUNG\n\n### Điều 1. Tên")
    assert taken.files["program.md"] == "Lời đầu.\n\n# Chương I\n\nCHUNG\n\n## Điều 1. Tên\n"
    assert build(tmp_path, taken).settings.title == "Quy ước thôn"


def test_a_first_heading_that_is_not_the_title_is_kept(tmp_path):
    taken = take(tmp_path, "---\ntitle: Tên khác\n---\n# Quy ước “thôn”\n\n## Điều 1. Tên")
    assert taken.files["program.md"] == "**Quy ước “thôn”**\n\n# Điều 1. Tên\n"


FRONT = """\
---
layout: page
title: "Nghị quyết về sách — việc đọc sách ở thôn trong năm nay, năm sau và những năm sau nữa | đợt một"
date: 2026-06-07 00:00:00 +0700
so_hieu: "05/NQ"
ngay_ban_hanh: 07/06/2026
trich_yeu: Về *sách*
tags: [đọc, 5.10, {nhóm: hai}]
nested: {a: {b: c}}
---

Lời đầu.

| Loại văn bản | Nghị quyết |
|---|---|
| **Nơi ban hành** | Hội nghị thôn |
"""


def test_front_matter_sets_what_it_gives_and_is_kept_whole(tmp_path):
    publication = build(tmp_path, take(tmp_path, FRONT))
    assert publication.settings.title == "Nghị quyết về sách"
    assert publication.settings.subtitle.endswith("năm sau nữa | đợt một")
    assert str(publication.settings.date) == "2026-06-07"
    original = publication.settings.original
    assert (original.kind, original.number, original.issuer) == ("Nghị quyết", "05/NQ", "Hội nghị thôn")
    table = publication.back[0].body[0]
    assert ["".join(said(row)) for row in table.rows][-2:] == ["tagsđọc; 5.10; nhóm: hai", "nested.a.bc"]
    assert "".join(said(table.rows[2])) == "date2026-06-07 00:00:00 +0700"


@pytest.mark.parametrize("front", ["title: a\ntitle: b", "title: &x a", 'title: "a', "title: a\n\tb: c"])
def test_front_matter_that_is_no_plain_yaml_is_kept_line_by_line(front, tmp_path):
    publication = build(tmp_path, take(tmp_path, f"---\n{front}\n---\nLời đầu."))
    assert words(front) == words(" ".join(said(publication.back[0].body[0].rows)))


def test_a_comment_is_left_out_and_reported(tmp_path):
    taken = take(tmp_path, "Một.\n\n<!-- hai\nba -->Bốn.\n\n```\n<!-- năm -->\n```")
    assert taken.files["program.md"] == "Một.\n\nBốn.\n\n\\<!-- năm -->\n"
    comment = [problem for problem in taken.report if problem.code == "INTAKE_COMMENT"]
    assert [(problem.place.line, dict(problem.values)["words"]) for problem in comment] == [(3, "hai ba")]


def test_odd_numbers_are_kept_as_printed_and_reported_where_they_stood(tmp_path):
    taken = take(tmp_path, "# Tên\n\nĐiều 1. Một\n\nĐiều 3. Ba\n")
    assert "numbering: as-printed" in taken.files["publication.yaml"]
    assert [str(each.place.line) for each in taken.report if each.code == "NUM_SEQ"] == ["5"]
    assert build(tmp_path, taken).settings.numbering == "as-printed"


def test_numbers_in_order_stay_strict(tmp_path):
    assert "numbering: strict" in take(tmp_path, "Điều 1. Một\n\nĐiều 2. Hai\n").files["publication.yaml"]


def test_a_number_alone_on_its_line_is_pointed_at(tmp_path):
    taken = take(tmp_path, "Một câu dài của thôn.\n12\n\nCâu sau.")
    assert [each.place.line for each in taken.report if each.code == "INTAKE_FOLIO"] == [2]


def scanned(*folios, head=""):
    """Pages of a scan, each with its number at the foot, maybe a running head below it."""
    sentence = "Mỗi quý các hộ trong thôn cùng đọc chung một buổi và cùng góp thêm sách vào tủ"
    pages = (f"Trang đầu số {number}.\n" + f"{sentence}.\n" * 8 + f"{number}\n{head}" for number in folios)
    return "\n".join(pages)


def test_page_numbers_and_running_heads_of_a_scan_are_left_out(tmp_path):
    taken = take(tmp_path, scanned(4, 5, 7, 8, head="CÔNG BÁO/Số 12"), "bai.txt")
    assert re.findall(r"^\W*\d+\W*$|CÔNG BÁO.*", taken.files["program.md"], re.MULTILINE) == []
    assert found(taken, "INTAKE_FOLIOS") == [(10, "4")]
    assert [dict(each.values)["words"] for each in taken.report if each.code == "INTAKE_RUNNING"] == ["CÔNG BÁO/Số 12"]


@pytest.mark.parametrize("folios", [(4, 5), (4, 5, 5), (4, 9, 14), (5, 4, 3)])
def test_numbers_that_make_no_series_stay(folios, tmp_path):
    taken = take(tmp_path, scanned(*folios), "bai.txt")
    assert found(taken, "INTAKE_FOLIOS") == []
    assert len(found(taken, "INTAKE_FOLIO")) == len(folios)


def test_a_column_of_numbers_is_no_series_of_pages(tmp_path):
    taken = take(tmp_path, "Bảng\n\n" + "".join(f"{number}\n\nViệc {number} của thôn\n\n" for number in range(1, 9)))
    assert found(taken, "INTAKE_FOLIOS") == []


def found(taken, code):
    """Where the report says something, and with what first word."""
    return [(each.place.line, each.values[0][1]) for each in taken.report if each.code == code]


def test_what_was_recognised_is_reported_where_it_stood(tmp_path):
    plain = take(tmp_path, REPORT, "bai.txt")
    assert found(plain, "INTAKE_TITLE") == [(1, "Tăng cường công tác thư viện ở thôn")]
    assert found(plain, "INTAKE_HEADING") == [(9, "Tiếp tục đổi mới, làm cho “tủ sách” gần dân")]
    marked = take(tmp_path, FRONT + "\nĐiều 2. Hai\n\n*C**ả*\n")
    assert found(marked, "INTAKE_TITLE")[0][0] == 3
    assert found(marked, "INTAKE_FRONT_MATTER") == [(2, "back/99-thong-tin-tep-goc.md")]
    assert found(marked, "INTAKE_NUMBERING") == [(0, "Điều 2. (1)")]
    assert found(marked, "INTAKE_AS_PRINTED") == [(18, "1")]
    assert found(marked, "INTAKE_CHANGED") == [(20, "*C**ả*")]


def test_what_was_joined_is_reported(tmp_path):
    line = "các hộ trong thôn cùng góp sách vào tủ chung của nhà văn hóa"
    taken = take(tmp_path, f"# Tên\n\nHôm nay {line}\n{line}\n{line}\n{line}\n\n{line}.\n")
    assert found(taken, "INTAKE_LINES") == [(0, "3")]
    assert found(taken, "INTAKE_JOINED") == [(8, f"{line}.")]
    assert taken.files["program.md"].count("\n") == 1


# --- what is refused, what is decoded -------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.docx", b"PK\x03\x04", "INTAKE_DAMAGED"),
        ("a.exe", b"MZ\x90\0", "INTAKE_KIND"),
        ("a.rtf", b"{\\rtf1 x}", "OFFICE_MISSING"),
        ("a.txt", b"", "INTAKE_EMPTY"),
        ("a.md", b"---\n\n***\n", "INTAKE_EMPTY"),
        ("a.txt", "Tiếng Việt".encode("cp1258", "replace") + b"\xff", "ENC_UTF8"),
        ("a.txt", "Một.\n\nMẬT\n".encode(), "SECRET_MARK"),
        ("a.md", "Một.\n\n<b>TỐI MẬT</b>\n".encode(), "SECRET_MARK"),
        ("a.md", "Một.\n\n## **TUYỆT MẬT**\n".encode(), "SECRET_MARK"),
    ],
)
def test_what_cannot_be_taken_in_is_said_plainly(name, data, code, tmp_path):
    with pytest.raises(Problems) as raised:
        take(tmp_path, data, name)
    assert [problem.code for problem in raised.value.problems] == [code]
    assert all(problem.line(language) for problem in raised.value.problems for language in ("vi", "en"))


def test_a_file_that_is_not_there_is_a_problem(tmp_path):
    with pytest.raises(Problems) as raised:
        intake.read(tmp_path / "khong-co.txt")
    assert raised.value.problems[0].code == "FILE_UNREADABLE"


@pytest.mark.parametrize(
    "data",
    [
        "Tiếng Việt ở thôn".encode(),
        codecs.BOM_UTF8 + "Tiếng Việt ở thôn".encode(),
        "Tiếng Việt ở thôn".encode("utf-16"),
        "Tiếng Việt ở thôn".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "Tiếng Việt ở thôn".encode("utf-16-be"),
    ],
)
def test_unicode_in_its_several_dresses_is_read(data):
    assert [line.text for line in decode.lines(data, "a.txt")[0]] == ["Tiếng Việt ở thôn"]


def test_repairs_are_counted_where_they_began():
    found, report = decode.lines("một\nti\u00ea\u0301ng\u200b\x01".encode(), "a.txt")
    assert found[1].text == "tiếng"
    assert [(problem.code, problem.place.line) for problem in report] == [
        ("INTAKE_NORMALISED", 2),
        ("INTAKE_CONTROL", 2),
    ]


def test_a_report_holds_no_error_and_speaks_both_languages(tmp_path):
    taken = take(tmp_path, FRONT + "\n- một\n\n[^x]: chú\n\n![a](b.png)\n\n5. năm\n")
    assert all(problem.severity is not Severity.ERROR for problem in taken.report)
    assert all("{" not in problem.line(language) for problem in taken.report for language in ("vi", "en"))
    assert all(problem.place.file.endswith("van-ban.md") for problem in taken.report)


# --- nothing is lost ------------------------------------------------------------------------------

LABELS = ["Điều 1. ", "Chương I\n", "PHẦN II - ", "1. ", "2) ", "1.1. ", "a) ", "đ) ", "- ", "+ ", "• ", "I. "]
MARKUP = ["# ", "## ", "> ", "| ", " |\n|---|\n| ", "```", "\n```\n", "~~~\n", "**", "*", "_", "`", "[", "](", ")", "]"]
MARKUP += ["http://x.vn", "<b>", "</b>", "<div>", "<br>", "[^1]", "\n\n[^1]: ", "\n---\n", "\n===\n", "\n::: ", "{"]
MARKUP += ["{khoan:Điều 1}", "\\", "&amp;", "![", "  ", "    ", "\n  ", "[x]: ", "![a](b)", "<http://x.vn>", "x:", "\t"]
MARKUP += [".Điều 2. ", "---\n", "k: ", "<!", "<?", "]]>", "\n  - ", "\n   1. ", "\n12\n", "Bảng: ", "\n\nCHUNG\n\n"]
VOCABULARY = ["sách", "tủ", "giá", "đọc", "Thôn", "HỘI", "mượn."]  # none of them part of another, or of markup
texts = st.lists(
    st.one_of(
        st.sampled_from(VOCABULARY), st.sampled_from(LABELS + MARKUP), st.sampled_from([" ", "\n", "\n\n", ", ", ".\n"])
    ),
    max_size=40,
).map("".join)
SIGNS = st.text(st.sampled_from("a1. \n-*_#>|[]()`<&;:\\{}^!~Iđ"), max_size=60)
anything = st.one_of(texts, st.text(max_size=80), SIGNS)


def taken_and_built(text, name):
    with TemporaryDirectory() as folder:
        try:
            taken = take(folder, text, name)
        except Problems as refused:
            if {problem.code for problem in refused.problems} <= {"INTAKE_EMPTY", "INTAKE_KIND", "SECRET_MARK"}:
                return None
            raise
        return build(folder, taken)


@given(anything)
@example("Tên\n\n\\Điều 1. x")
def test_any_text_builds_and_keeps_its_words(text):
    publication = taken_and_built(text.encode("utf-8", "replace"), "a.txt")
    if publication is None:
        return
    found = decode.lines(text.encode("utf-8", "replace"), "a.txt")[0]
    wanted = words(normal.normalise("\n".join(line.text for line in found)).text)
    kept = printed_program(publication)
    title = words(f"{publication.settings.title} {publication.settings.subtitle}")
    assert wanted in (kept, kept + title)


def test_where_pieces_begin_is_counted_once_however_much_there_is_to_tell(tmp_path, monkeypatch):
    counted = []
    starts = trial._starts
    monkeypatch.setattr(trial, "_starts", lambda pieces: counted.append(len(pieces)) or starts(pieces))
    articles = (f"Điều {5 * (at % 7) + at}. Nội dung của điều này có vài chữ." for at in range(1, 200))
    taken = take(tmp_path, "Văn bản\n\n" + "\n\n".join(articles))
    assert codes(taken)["NUM_SEQ"] > 100
    assert len(counted) < 10
    body = "".join(p(t(f"Điều {at}. ") + t(f"lời {at}") + reference(at)) for at in range(1, 200))
    comments = "".join(f'<w:comment w:id="{at}" w:author="A">{p(f"góp {at}")}</w:comment>' for at in range(1, 200))
    counted.clear()
    taken = take(tmp_path, docx(p("Văn bản về việc học") + body, comments=comments), "a.docx")
    assert [dict(each.values)["citation"] for each in taken.report if each.code == "INTAKE_REMARK"][:2] == [
        "Điều 1",
        "Điều 2",
    ]
    assert codes(taken)["INTAKE_REMARK"] == 199
    assert len(counted) < 10


def reference(key):
    return f'<w:r><w:commentReference w:id="{key}"/></w:r>'


@given(texts)
def test_any_markdown_builds_and_keeps_its_words(text):
    publication = taken_and_built(text, "a.md")
    if publication is None:
        return
    back = tuple(matter.body for matter in publication.back)
    kept = vocabulary("".join(said((*back, *blocks(publication.program)))))
    title = vocabulary(f"{publication.settings.title} {publication.settings.subtitle}")
    assert vocabulary(text) in (kept, kept + title)


def vocabulary(text):
    """How often each known word stands in a text, be it glued to another."""
    return Counter({word: text.count(word.strip(".")) for word in VOCABULARY})


@given(st.text(max_size=120))
def test_any_characters_at_all_build_as_markdown(text):
    taken_and_built(text.encode("utf-8", "replace"), "a.md")
