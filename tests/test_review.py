"""What an import found is looked through row by row; what a person decides is written, or said to be impossible."""

import csv
import io
import re
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import intake, manuscript, problems
from builder.intake import decided, review, sheets, sheetwords
from builder.intake.draft import Piece
from builder.intake.record import Record
from builder.intake.review import CONFIDENCE, Entry, Review
from builder.intake.shapes import Shape
from builder.problems import Place, Problems, Severity

TEXT = """\
Quy ước thôn

Lời nói đầu của quy ước.

ĐỌC SÁCH Ở THÔN

Mỗi quý đọc chung một buổi ở nhà văn hóa, mỗi năm thêm một giá sách cho trẻ nhỏ.

Điều 1. Phạm vi

1. Trong thôn.

2. Ngoài đồng.

- Đọc ở bờ ruộng.

12

Điêu l. Cách mượn

mượn rồi trả."""

NOTED = """\
# Quy ước

Lời đầu[^1] của quy ước.

| Việc | Ai làm |
|---|---|
| quét | tổ một |

> Sách là bạn.

Lời cuối.

[^1]: Chú về lời đầu.
"""


@pytest.fixture
def desk(tmp_path):
    """A file, what is decided on its rows, and what becomes of it."""
    return Desk(tmp_path)


class Desk:
    def __init__(self, folder, text=TEXT, name="quy-uoc.txt"):
        self.folder = folder
        self.file = folder / name
        self.file.write_text(text, "utf-8")

    def holding(self, text, name):
        return Desk(self.folder, text, name)

    def taken(self):
        return intake.read(self.file)

    def row(self, words):
        return next(row for row in self.taken().rows if row.words.startswith(words))

    def decide(self, kind=".xlsx", **wishes):
        """Write the sheet, change the rows whose number is given (``r3=("điều", "Điều 3.")``), import by it."""
        taken = self.taken()
        sheet = self.folder / f"bang{kind}"
        sheet.write_bytes(sheets.write(taken.rows, taken.fingerprint, kind, "vi"))
        wanted = {int(key.removeprefix("r")): wish for key, wish in wishes.items()}
        (edit_workbook if kind == ".xlsx" else edit_values)(sheet, wanted)
        return intake.read(self.file, sheets.read(sheet))

    def refused(self, **wishes):
        with pytest.raises(Problems) as raised:
            self.decide(**wishes)
        assert all(each.line(language) for each in raised.value.problems for language in ("vi", "en"))
        return [(each.code, each.place.line) for each in raised.value.problems]


def edit_workbook(sheet, wanted):
    book = openpyxl.load_workbook(sheet)
    rows = book.worksheets[0]
    for number, (level, *label) in wanted.items():
        rows.cell(number + 1, 3).value = level
        if label:
            rows.cell(number + 1, 4).value = label[0]
    book.save(sheet)


def edit_values(sheet, wanted):
    cells = list(csv.reader(io.StringIO(sheet.read_text("utf-8-sig"), newline=""), delimiter=";"))
    for number, (level, *label) in wanted.items():
        cells[number][2] = level
        if label:
            cells[number][3] = label[0]
    made = io.StringIO()
    csv.writer(made, delimiter=";").writerows(cells)
    sheet.write_text(made.getvalue(), "utf-8-sig")


def program(taken):
    return taken.files["program.md"].strip().split("\n\n")


def codes(taken):
    return Counter(problem.code for problem in taken.report)


def read_back(folder, taken):
    source = Path(folder) / "nguon"
    for name, text in taken.files.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, "utf-8")
    return manuscript.read(source)[0]


# --- rows -----------------------------------------------------------------------------------------


def test_every_piece_is_a_row_that_says_what_it_is(desk):
    rows = desk.taken().rows
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert [(row.line, row.shape, row.label, row.words) for row in rows][:5] == [
        (3, Shape.TEXT, "", "Lời nói đầu của quy ước."),
        (5, Shape.HEADING_1, "", "ĐỌC SÁCH Ở THÔN"),
        (7, Shape.TEXT, "", "Mỗi quý đọc chung một buổi ở nhà văn hóa, mỗi năm thêm một giá sách cho trẻ nhỏ."),
        (9, Shape.ARTICLE, "Điều 1.", "Phạm vi"),
        (11, Shape.NUMBER, "1.", "Trong thôn."),
    ]


def test_what_was_reported_of_a_line_makes_its_row_doubtful(desk):
    heading, folio = desk.row("ĐỌC SÁCH"), desk.row("12")
    assert (heading.confidence, folio.confidence) == (CONFIDENCE["INTAKE_HEADING"], CONFIDENCE["INTAKE_FOLIO"])
    assert heading.doubtful
    assert "đề mục" in heading.note("vi")
    assert "heading" in heading.note("en")
    assert (desk.row("Phạm vi").confidence, desk.row("Phạm vi").note("vi")) == (review.SURE, "")


def test_the_lowest_confidence_holds(tmp_path):
    odd = Desk(tmp_path, "# Tên\n\nĐiều 1. Một\n\nĐiều 3. *B**a*\n", "a.md").row("*B**a*")
    assert {doubt.code for doubt in odd.doubts} == {"NUM_SEQ", "INTAKE_CHANGED"}
    assert odd.confidence == min(CONFIDENCE["NUM_SEQ"], CONFIDENCE["INTAKE_CHANGED"])


def test_a_warning_of_no_table_is_noted_and_makes_nothing_doubtful():
    strange = problems.clause_empty(Place("a.docx", 4, 1), "Điều 1.")
    told = [strange, problems.intake_lines(Place("a.docx", 4), 3), problems.intake_as_printed(Place("a.docx", 4), 1)]
    (row,) = review.rows([Piece(4, "Điều 1.", ("Điều 1.",))], told)
    assert (row.doubts, row.confidence, row.doubtful) == ((strange,), review.WARNED, False)


def test_of_two_pieces_on_one_line_the_one_that_is_quoted_is_doubtful(tmp_path):
    rows = Desk(tmp_path, "Tên bài\n\nLuật này nói về sách.Điều 2. Phạm vi\n", "a.txt").taken().rows
    assert [(row.line, row.confidence < review.SURE) for row in rows] == [(3, False), (3, True)]


def test_markdown_shows_its_tables_quotations_and_notes(desk):
    rows = desk.holding(NOTED, "a.md").taken().rows
    assert [row.shape for row in rows] == [Shape.TEXT, Shape.TABLE, Shape.QUOTE, Shape.TEXT, Shape.NOTE]
    assert rows[-1].label == "[^1]"
    assert rows[-1].words == "Chú về lời đầu."


def test_the_head_of_a_paper_and_pictures_are_told_apart():
    pieces = [
        Piece(1, "::: head\nCỘNG HÒA\n:::", ("CỘNG HÒA",)),
        Piece(2, "![Sơ đồ](figures/a.png)", ("Sơ đồ",)),
        Piece(3, "::: sign\nTM.\n:::", ("TM.",)),
        Piece(4, "::: verse\nMột\n:::", ("Một",)),
    ]
    shapes = [row.shape for row in review.rows(pieces, [])]
    assert shapes == [Shape.HEAD, Shape.FIGURE, Shape.SIGN, Shape.VERSE]


def test_the_fingerprint_is_of_the_words(desk):
    before = desk.taken().fingerprint
    assert before == desk.taken().fingerprint
    assert re.fullmatch(r"[0-9a-f]{64}", before)
    assert desk.holding(TEXT.replace("trả", "giữ"), "quy-uoc.txt").taken().fingerprint != before


def test_every_code_with_a_confidence_is_one():
    assert set(CONFIDENCE) <= set(problems.messages("vi"))
    assert all(0 <= value < review.SURE for value in CONFIDENCE.values())


# --- decisions ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [".xlsx", ".csv"])
@pytest.mark.parametrize(("text", "name"), [(TEXT, "a.txt"), (NOTED, "a.md")])
def test_a_sheet_that_nobody_changed_changes_nothing(desk, kind, text, name):
    desk = desk.holding(text, name)
    assert desk.decide(kind) == desk.taken()


@pytest.mark.parametrize("kind", [".xlsx", ".csv"])
def test_a_heading_becomes_text(desk, kind):
    done = desk.decide(kind, r2=("lời văn",))
    assert program(done)[1] == "ĐỌC SÁCH Ở THÔN"
    assert codes(done)["INTAKE_HEADING"] == 0
    assert codes(done)["INTAKE_DECIDED"] == 1
    assert not done.rows[1].doubtful


@pytest.mark.parametrize(
    ("number", "wish", "written"),
    [
        (3, ("đề mục cấp 2 (##)",), "## Mỗi quý"),
        (1, ("text",), "Lời nói đầu"),
        (1, ("điều", "Điều 9."), "Điều 9. Lời nói đầu"),
        (1, ("Chuong", "Chương I"), "Chương I\n\nLời nói đầu"),
        (1, ("trích dẫn",), "> Lời nói đầu"),
        (5, ("lời văn",), "\\1. Trong thôn."),
        (5, ("điểm", "a)"), "a) Trong thôn."),
        (5, ("khoản", "1a."), "1a. Trong thôn."),
        (5, ("article", "Điều 2."), "Điều 2. Trong thôn."),
        (5, ("đề mục cấp 3",), "### 1. Trong thôn."),
        (5, ("gạch đầu dòng", ""), "- Trong thôn."),
        (7, ("dấu cộng (+)",), "+ Đọc ở bờ ruộng."),
        (7, ("lời văn",), "\\- Đọc ở bờ ruộng."),
        (9, ("điều", "Điều 1."), "Điều 1. Cách mượn"),
    ],
)
def test_a_row_becomes_what_is_wanted(desk, number, wish, written):
    done = desk.decide(**{f"r{number}": wish})
    assert f"\n\n{written}" in f"\n\n{done.files['program.md']}"


def test_a_label_that_was_misread_is_replaced_and_reported(desk):
    done = desk.decide(r9=("điều", "Điều 1."))
    assert "Điêu" not in done.files["program.md"]
    relabelled = [each for each in done.report if each.code == "INTAKE_RELABELLED"]
    assert [(each.place.line, dict(each.values)) for each in relabelled] == [
        (19, {"found": "Điêu l.", "became": "Điều 1."})
    ]


def test_a_label_is_corrected(desk):
    done = desk.decide(r6=("khoản (1.)", "3."))
    assert "\n\n3. Ngoài đồng." in done.files["program.md"]
    assert codes(done)["INTAKE_AS_PRINTED"] == 1


def test_an_escaped_label_becomes_a_clause(tmp_path):
    desk = Desk(tmp_path, "Tên bài\n\n- Thực hiện nghị quyết.\n\nĐoạn sau.", "a.txt")
    assert program(desk.taken())[0] == "\\- Thực hiện nghị quyết."
    done = desk.decide(r1=("gạch đầu dòng",))
    assert program(done)[0] == "- Thực hiện nghị quyết."
    assert codes(done)["INTAKE_ESCAPED"] == 0


@pytest.mark.parametrize("kind", [".xlsx", ".csv"])
def test_a_piece_is_joined_with_the_one_above(desk, kind):
    done = desk.decide(kind, r10=("nối với đoạn trên",), r9=("điều", "Điều 2."), r8=("bỏ đi",))
    assert program(done)[-1] == "Điều 2. Cách mượn mượn rồi trả."
    left = [each for each in done.report if each.code == "INTAKE_LEFT_OUT"]
    assert [(each.place.line, dict(each.values)["words"]) for each in left] == [(17, "12")]
    assert "12" not in done.files["program.md"]


def test_three_pieces_are_joined_in_their_order(desk):
    done = desk.decide(r4=("nối với đoạn trên",), r5=("nối với đoạn trên",))
    assert program(done)[2].endswith("trẻ nhỏ. Điều 1. Phạm vi 1. Trong thôn.")


def test_a_title_joined_to_a_lone_label_stays_its_title(tmp_path):
    desk = Desk(tmp_path, "Quy ước thôn\n\nChương I\n\nNhững quy định chung\n\nĐiều 1. Một\n\nĐọc.", "a.txt")
    done = desk.decide(r2=("nối với đoạn trên",))
    chapter = read_back(tmp_path, done).program.clauses[0]
    assert (chapter.label, chapter.title[0].text) == ("Chương I.", "Những quy định chung")
    assert codes(done)["INTAKE_RELABELLED"] == 1


def test_a_table_becomes_words(desk):
    done = desk.holding(NOTED, "a.md").decide(r2=("lời văn",))
    assert program(done)[1:3] == ["| Việc | Ai làm |", "| quét | tổ một |"]


def test_a_note_that_is_left_out_takes_its_call_with_it(desk):
    done = desk.holding(NOTED, "a.md").decide(r5=("bỏ đi",))
    assert program(done)[0] == "Lời đầu của quy ước."
    assert "Chú về" not in done.files["program.md"]


def test_nothing_is_left_where_only_a_call_stood(desk):
    desk = desk.holding("[^1]\n\n[^1]: Chú.\n", "a.md")
    assert [row.shape for row in desk.taken().rows] == [Shape.TEXT, Shape.NOTE]
    assert desk.refused(r2=("bỏ đi",)) == [("REVIEW_EMPTY", 0)]


def test_a_number_that_stays_in_the_words_bears_no_backslash(tmp_path):
    desk = Desk(tmp_path, "# Tên\n\nLời.\n\n```\n7. Việc\n```\n", "a.md")
    assert program(desk.taken())[1] == "\\7. Việc"
    assert program(desk.decide(r2=("điều", "Điều 2.")))[1] == "Điều 2. 7. Việc"
    assert program(desk.decide(r2=("nối với đoạn trên",))) == ["Lời. 7. Việc"]


def test_the_decided_text_is_read(desk, tmp_path):
    publication = read_back(tmp_path, desk.decide(r9=("điều", "Điều 2."), r8=("bỏ đi",), r2=("lời văn",)))
    assert [clause.label for clause in publication.program.clauses] == ["Điều 1.", "Điều 2."]


def test_rows_may_be_sorted_and_titles_put_above(desk):
    taken = desk.taken()
    sheet = desk.folder / "bang.xlsx"
    sheet.write_bytes(sheets.write(taken.rows, taken.fingerprint, ".xlsx", "en"))
    book = openpyxl.load_workbook(sheet)
    rows = book.worksheets[0]
    cells = [[cell.value for cell in row] for row in rows.iter_rows()]
    rows.delete_rows(1, rows.max_row)
    for row in [["Bảng của tổ thư viện"], [], cells[0], *reversed(cells[1:])]:
        rows.append(row)
    book.save(sheet)
    assert intake.read(desk.file, sheets.read(sheet)) == taken


# --- what cannot be done --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wishes", "found"),
    [
        ({"r1": ("điềuu khoản",)}, [("REVIEW_LEVEL", 2)]),
        ({"r1": ("",)}, [("REVIEW_LEVEL", 2)]),
        ({"r1": ("điều",)}, [("REVIEW_LABEL", 2)]),
        ({"r1": ("điều", "Điều 5 của Luật")}, [("REVIEW_LABEL", 2)]),
        ({"r5": ("điều",)}, [("REVIEW_LABEL", 6)]),
        ({"r1": ("lời văn", "Điều 5.")}, [("REVIEW_NEEDLESS", 2)]),
        ({"r3": ("đề mục cấp 1", "1.")}, [("REVIEW_NEEDLESS", 4)]),
        ({"r1": ("bảng biểu",)}, [("REVIEW_CHANGE", 2)]),
        ({"r1": ("nối với đoạn trên",)}, [("REVIEW_JOIN", 2)]),
        ({"r1": ("bỏ đi",), "r2": ("nối với đoạn trên",)}, [("REVIEW_JOIN", 3)]),
        ({f"r{number}": ("bỏ đi",) for number in range(1, 11)}, [("REVIEW_EMPTY", 0)]),
    ],
)
def test_what_cannot_be_done_is_a_problem_of_its_row(desk, wishes, found):
    assert desk.refused(**wishes) == found


def test_all_that_cannot_be_done_is_told_at_once(desk):
    assert len(desk.refused(r1=("điều",), r3=("bảng biểu",), r5=("phần",))) == 3


@pytest.mark.parametrize(
    ("number", "level", "code"),
    [
        (2, "điều", "REVIEW_CHANGE"),
        (2, "nối với đoạn trên", "REVIEW_JOIN"),
        (3, "nối với đoạn trên", "REVIEW_JOIN"),
        (5, "nối với đoạn trên", "REVIEW_JOIN"),
    ],
)
def test_tables_and_notes_are_no_running_text(desk, number, level, code):
    desk = desk.holding(NOTED, "a.md")
    assert desk.refused(**{f"r{number}": (level, "Điều 1.") if level == "điều" else (level,)}) == [(code, number + 1)]


def test_a_change_that_leaves_a_piece_unreadable_is_told(desk):
    desk = desk.holding(NOTED, "a.md")
    assert desk.refused(r1=("đề mục cấp 1",), r5=("lời văn",)) == [("REVIEW_UNREAD", 2)]


@pytest.mark.parametrize(
    ("wish", "code"), [(wish, "REVIEW_CHANGE") for wish in (Shape.TEXT, Shape.ARTICLE, Shape.QUOTE)]
)
def test_a_figure_stays_or_goes(wish, code):
    pieces = [Piece(1, "Lời.", ("Lời.",)), Piece(2, "![Sơ đồ](figures/a.png)", ("Sơ đồ",))]
    rows, record = review.rows(pieces, []), Record("a.docx")
    with pytest.raises(Problems) as raised:
        decided.decided(pieces, rows, wanted(rows, r2=wish), record)
    assert [each.code for each in raised.value.problems] == [code]
    assert decided.decided(pieces, rows, wanted(rows, r2=Shape.OUT), record).pieces == (pieces[0],)


def test_the_head_of_a_paper_becomes_words():
    pieces = [Piece(1, "::: head\nCỘNG HÒA\nSố: 5\n:::", ("CỘNG HÒA", "Số: 5"))]
    rows = review.rows(pieces, [])
    done = decided.decided(pieces, rows, wanted(rows, r1=Shape.TEXT), Record("a.docx"))
    assert done.pieces[0].text == "CỘNG HÒA\n\nSố: 5"


def wanted(rows, **wishes):
    """A review that leaves every row as it is but those named."""
    entries = [
        Entry(
            row.number, wishes.get(f"r{row.number}", row.shape), row.label, row.words, Place("b.xlsx", row.number + 1)
        )
        for row in rows
    ]
    return Review("b.xlsx", "", tuple(entries))


def changed_sheet(desk, change):
    taken = desk.taken()
    sheet = desk.folder / "bang.xlsx"
    sheet.write_bytes(sheets.write(taken.rows, taken.fingerprint, ".xlsx", "vi"))
    book = openpyxl.load_workbook(sheet)
    change(book.worksheets[0])
    book.save(sheet)
    return sheet


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda rows: rows.delete_rows(3, 2), [("REVIEW_GONE", 0)]),
        (lambda rows: rows.__setitem__("A3", 77), [("REVIEW_GONE", 0), ("REVIEW_ROW", 3)]),
        (lambda rows: rows.__setitem__("A3", "hai"), [("REVIEW_ROW", 3)]),
        (lambda rows: rows.append([2, 5, "lời văn", "", "ĐỌC SÁCH Ở THÔN"]), [("REVIEW_ROW", 12)]),
    ],
)
def test_rows_that_are_not_those_of_the_review(desk, change, found):
    sheet = changed_sheet(desk, change)
    with pytest.raises(Problems) as raised:
        intake.read(desk.file, sheets.read(sheet))
    assert [(each.code, each.place.line) for each in raised.value.problems] == found


def test_words_that_were_changed_are_reported_and_not_taken(desk):
    sheet = changed_sheet(desk, lambda rows: rows.__setitem__("E2", "Lời khác hẳn."))
    done = intake.read(desk.file, sheets.read(sheet))
    assert done.files == desk.taken().files
    found = [each for each in done.report if each.code == "REVIEW_WORDS"]
    assert [(each.place.line, each.severity) for each in found] == [(2, Severity.WARNING)]


def test_the_sheet_of_another_text_is_refused(desk):
    taken = desk.taken()
    sheet = desk.folder / "bang.csv"
    sheet.write_bytes(sheets.write(taken.rows, taken.fingerprint, ".csv", "vi"))
    desk.file.write_text(TEXT.replace("ruộng", "sông"), "utf-8")
    with pytest.raises(Problems) as raised:
        intake.read(desk.file, sheets.read(sheet))
    assert [(each.code, each.place.file) for each in raised.value.problems] == [("REVIEW_OTHER", sheet.as_posix())]


# --- whatever is decided --------------------------------------------------------------------------

WORDS = ["sách", "tủ", "giá", "đọc", "Thôn", "HỘI", "mượn."]
HEADS = ["", "", "Điều 1. ", "Chương I\n\n", "1. ", "a) ", "- ", "+ ", "# ", "## Điều 2. ", "> ", "**", "[^1]", "12"]
LABELS = ["", "Điều 1.", "1.", "a)", "-", "Chương I", "I.", "x", "“"]


@st.composite
def texts(draw):
    paragraphs = draw(
        st.lists(
            st.tuples(st.sampled_from(HEADS), st.lists(st.sampled_from(WORDS), max_size=4)), min_size=1, max_size=8
        )
    )
    text = "\n\n".join(head + " ".join(words) for head, words in paragraphs)
    return text + draw(st.sampled_from(["", "\n\n[^1]: đọc sách", "\n\n| tủ | giá |\n|---|---|\n| Thôn | đọc |"]))


@given(texts(), st.sampled_from(["a.txt", "a.md"]), st.data())
def test_any_decisions_give_a_text_that_reads_or_a_problem(text, name, data):
    with TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_text(text, "utf-8")
        taken = attempted(file, None)
        entries = data.draw(st.tuples(*(wishes(row) for row in taken.rows))) if taken else ()
        done = attempted(file, Review("bang.xlsx", taken.fingerprint, entries)) if taken else None
        if not done:
            return
        read_back(folder, done)
    gone = sum((known(dict(each.values)["words"]) for each in done.report if each.code == "INTAKE_LEFT_OUT"), Counter())
    assert known(done.files["program.md"]) + gone == known(taken.files["program.md"])


def attempted(file, wanted):
    """What is read; nothing when it is refused with problems that a person can mend."""
    try:
        return intake.read(file, wanted)
    except Problems:
        return None


SENSIBLE = [
    (Shape.TEXT, ""),
    (Shape.QUOTE, ""),
    (Shape.HEADING_1, ""),
    (Shape.HEADING_3, ""),
    (Shape.CHAPTER, "Chương I"),
    (Shape.ARTICLE, "Điều 1."),
    (Shape.NUMBER, "1."),
    (Shape.LETTER, "a)"),
    (Shape.DASH, ""),
    (Shape.JOINED, ""),
    (Shape.OUT, ""),
]


def wishes(row):
    """A row as it is; or with a wish that can mostly be met; seldom with any at all."""
    place = st.just(Place("bang.xlsx", row.number + 1))
    anything = st.tuples(st.sampled_from(Shape), st.sampled_from([*LABELS, row.label]))
    chances = [st.just((row.shape, row.label))] * 5 + [st.sampled_from(SENSIBLE)] * 4
    wish = st.one_of(*chances, anything) if row.number == 1 else st.one_of(*chances)
    return st.builds(lambda said, where: Entry(row.number, *said, row.words, where), wish, place)


def known(text):
    """How often each word of the vocabulary stands in a text."""
    return Counter(word for word in re.findall(r"[^\W\d_]+", text) if word in {each.strip(".") for each in WORDS})


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("shape", Shape)
def test_every_shape_is_understood_by_its_name(shape, language):
    name = sheetwords.shape(shape, language)
    assert sheetwords.meant(name) is shape
    assert sheetwords.meant(name.upper()) is shape
    assert sheetwords.meant(f"  {name.partition('(')[0]} ") is shape
