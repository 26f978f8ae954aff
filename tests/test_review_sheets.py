"""The sheet of a review is pleasant to edit, harmless to open, and read with care whoever sends it back."""

import io
import re
import unicodedata
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import problems
from builder.intake import archive, sheets, sheetwords, workbook
from builder.intake.review import Row
from builder.intake.shapes import Shape
from builder.messages import LANGUAGES
from builder.problems import Place, Problems

MARK = "0123456789abcdef" * 4
DOUBT = problems.intake_folio(Place("a.txt", 5, 1), "12")
ROWS = (
    Row(1, 3, Shape.ARTICLE, "Điều 1.", "Phạm vi", 100),
    Row(2, 5, Shape.TEXT, "", "12", 40, (DOUBT,)),
    Row(3, 7, Shape.NUMBER, "1.", "Trong thôn.", 100),
)


def said(review):
    return [(entry.number, entry.shape, entry.label, entry.words) for entry in review.entries]


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def refused(data, file="bang.xlsx"):
    with pytest.raises(Problems) as raised:
        sheets.parse(data, file)
    assert all(each.line(language) for each in raised.value.problems for language in ("vi", "en"))
    return [each.code for each in raised.value.problems]


# --- there and back -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", sheets.KINDS)
def test_a_sheet_says_what_was_put_into_it(kind, language):
    review = sheets.parse(sheets.write(ROWS, MARK, kind, language), f"bang{kind}")
    assert review.fingerprint == MARK
    assert said(review) == [(row.number, row.shape, row.label, row.words) for row in ROWS]
    assert [entry.place for entry in review.entries] == [Place(f"bang{kind}", number) for number in (2, 3, 4)]


@pytest.mark.parametrize("kind", sheets.KINDS)
@given(st.text(max_size=40), st.text(max_size=12))
def test_any_words_come_back(kind, words, label):
    row = Row(1, 1, Shape.TEXT, label, words, 100)
    (entry,) = sheets.parse(sheets.write([row], MARK, kind, "vi"), f"bang{kind}").entries
    assert (squeezed(entry.words), squeezed(entry.label)) == (squeezed(words), squeezed(label))


def squeezed(text):
    """What of a text must not be lost in a spreadsheet: no spaces, nothing that commands a terminal."""
    kept = re.sub(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", "", text)
    return "".join(unicodedata.normalize("NFC", kept).split())


@pytest.mark.parametrize("words", ["=1+1", "+84", "-5", "@SUM(A1)", '=HYPERLINK("http://x.vn")', "\t=1", "'=1"])
def test_no_words_are_a_formula(words):
    row = Row(1, 1, Shape.TEXT, words, words, 100)
    cells = opened(sheets.write([row], MARK, ".xlsx", "vi")).worksheets[0]
    assert {cells[name].data_type for name in ("C2", "D2", "E2")} == {"s"}
    assert cells["E2"].value == words
    assert cells["E2"].quotePrefix
    values = sheets.write([row], MARK, ".csv", "vi").decode("utf-8-sig").splitlines()[1]
    assert not any(cell.strip('"').startswith(("=", "+", "-", "@", "\t")) for cell in values.split(";"))


def test_a_number_is_no_date():
    row = Row(1, 1, Shape.DECIMAL, "1.1.", "30/04/2021", 100)
    cells = opened(sheets.write([row], MARK, ".xlsx", "vi")).worksheets[0]
    assert (cells["D2"].number_format, cells["D2"].data_type) == ("@", "s")
    assert "'1.1.;'30/04/2021" in sheets.write([row], MARK, ".csv", "vi").decode("utf-8-sig")


def test_a_workbook_is_pleasant_to_edit():
    book = opened(sheets.write(ROWS, MARK, ".xlsx", "vi"))
    rows, guide = book.worksheets
    assert (rows.title, guide.title) == ("Xem lại", "Hướng dẫn")
    assert rows.freeze_panes == "A2"
    assert rows.auto_filter.ref == "A1:G4"
    assert [rows.cell(number, 1).fill.start_color.rgb for number in (2, 3, 4)] == ["00000000", "FFFFF2CC", "00000000"]
    assert rows.column_dimensions["E"].width > 60
    assert rows.column_dimensions["H"].hidden
    assert rows["E3"].alignment.wrap_text
    assert rows["G3"].value == DOUBT.sentence("vi")
    (choosing,) = rows.data_validations.dataValidation
    assert (str(choosing.sqref), choosing.formula1) == ("C2:C4", f"'Hướng dẫn'!$B$2:$B${len(Shape) + 1}")
    choices = [guide.cell(number, 2).value for number in range(2, len(Shape) + 2)]
    assert [sheetwords.meant(choice) for choice in choices] == list(Shape)
    assert "Sửa được hai cột" in guide["A2"].value


def test_values_open_in_a_vietnamese_spreadsheet():
    data = sheets.write(ROWS, MARK, ".csv", "vi")
    assert data.startswith("\ufeffSố;Dòng;Loại;Số mục;".encode())
    assert data.endswith(b"\r\n")


@pytest.mark.parametrize("delimiter", [",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_values_come_back_however_they_were_saved(delimiter, encoding):
    text = sheets.write(ROWS, MARK, ".csv", "vi").decode("utf-8-sig").replace(";", delimiter)
    assert len(sheets.parse(text.encode(encoding), "bang.csv").entries) == len(ROWS)


def test_a_spreadsheet_may_make_numbers_of_numbers():
    book = opened(sheets.write(ROWS, MARK, ".xlsx", "vi"))
    rows = book.worksheets[0]
    rows["A2"].value, rows["A3"].value, rows["B2"].value = 1.0, "2", None
    assert [entry.number for entry in sheets.parse(saved(book), "bang.xlsx").entries] == [1, 2, 3]


def test_columns_may_change_places_and_rows_be_empty():
    book = opened(sheets.write(ROWS, MARK, ".xlsx", "en"))
    rows = book.worksheets[0]
    rows.insert_cols(1, 2)
    rows.insert_rows(3, 4)
    assert len(sheets.parse(saved(book), "bang.xlsx").entries) == len(ROWS)


def saved(book):
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


# --- from anybody ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bang.ods", "bang.xls", "bang", "bang.xlsm"])
def test_a_sheet_of_another_kind_is_refused(tmp_path, name):
    with pytest.raises(Problems) as raised:
        sheets.read(tmp_path / name)
    assert [each.code for each in raised.value.problems] == ["REVIEW_KIND"]


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"no workbook at all", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100], ids=range(4)
)
def test_what_is_no_workbook_is_refused(data):
    assert refused(data) == ["REVIEW_BROKEN"]


def test_a_workbook_cut_short_is_refused():
    data = sheets.write(ROWS, MARK, ".xlsx", "vi")
    for end in range(0, len(data), 97):
        assert refused(data[:end]) == ["REVIEW_BROKEN"]


@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_damaged_workbook_is_read_or_refused(at, byte):
    data = bytearray(sheets.write(ROWS, MARK, ".xlsx", "vi"))
    data[at % len(data)] = byte
    try:
        found = {entry.number for entry in sheets.parse(bytes(data), "bang.xlsx").entries}
    except Problems as refusal:
        found = {each.code for each in refusal.problems}
        assert found <= {"REVIEW_BROKEN", "REVIEW_BIG", "REVIEW_COLUMNS", "REVIEW_LEVEL", "REVIEW_ROW"}
    assert found


def repacked(**members):
    """Our own workbook with members replaced or added."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sheets.write(ROWS, MARK, ".xlsx", "vi"))) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            key = name.rpartition("/")[2].partition(".")[0]
            new.writestr(name, members.pop(key, None) or old.read(name))
        for key, data in members.items():
            new.writestr(f"xl/{key}.xml", data)
    return made.getvalue()


def test_a_bomb_is_not_opened():
    assert refused(repacked(bomb=b"\0" * 61_000_000)) == ["REVIEW_BIG"]


def test_a_bomb_that_lies_about_its_size_is_not_opened():
    data = repacked(bomb=b"\0" * 61_000_000)
    assert refused(data.replace((61_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))) in (
        ["REVIEW_BIG"],
        ["REVIEW_BROKEN"],
    )


@pytest.mark.parametrize(
    "part",
    [
        {"sheet1": "<worksheet><sheetData><row>" + "<c><v>1</v></c>" * 300_000 + "</row></sheetData></worksheet>"},
        {"sharedStrings": "<sst><si>" + "<r><t>x</t></r>" * 300_000 + "</si></sst>"},
        {"styles": "<styleSheet>" + "<xf></xf>" * 400_000 + "</styleSheet>"},
    ],
    ids=["row", "text", "styles"],
)
def test_one_part_of_millions_is_not_taken_apart(part):
    assert refused(repacked(**part)) == ["REVIEW_BIG"]


def test_a_thousand_members_are_too_many():
    assert refused(repacked(**{f"m{number}": b"x" for number in range(600)})) == ["REVIEW_BIG"]


def test_a_list_of_members_without_end_is_not_made(monkeypatch):
    monkeypatch.setattr(archive, "_MOST_ENTRIES", 100)
    crowd = repacked(**{f"m{number}": b"" for number in range(200)})
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert refused(crowd) == ["REVIEW_BIG"]


def test_a_member_that_is_oddly_packed_and_damaged_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as packed:
        packed.writestr("[Content_Types].xml", "<Types>" + "x" * 500 + "</Types>")
    data = bytearray(buffer.getvalue())
    at = data.index(b"[Content_Types].xml") + len("[Content_Types].xml") + 9
    data[at : at + 21] = b"\xff" * 21
    assert refused(bytes(data)) == ["REVIEW_BROKEN"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_not_unfolded(encoding):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet>&a;</worksheet>'
    assert refused(repacked(sheet1=bomb.encode(encoding))) == ["REVIEW_BROKEN"]


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


@pytest.mark.parametrize(
    "rows",
    [
        "",
        '<row r="10000000"><c r="A10000000"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1"><v>1</v></c></row>',
        '<row r="x"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>999999</v></c></row>',
        '<row r="1"><c r="A1" t="d"><v>no date</v></c></row>',
        "<row><c><is><t>",
    ],
    ids=range(7),
)
def test_odd_rows_are_refused(rows):
    assert refused(repacked(sheet1=SHEET.format(rows).encode()))[0] in ("REVIEW_COLUMNS", "REVIEW_BROKEN")


def test_more_rows_than_a_review_has_are_refused(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    for kind in sheets.KINDS:
        assert refused(sheets.write(ROWS, MARK, kind, "vi"), f"bang{kind}") == ["REVIEW_LONG"]


def test_a_formula_is_not_calculated():
    book = opened(sheets.write(ROWS, MARK, ".xlsx", "vi"))
    book.worksheets[0]["C2"].value = '=CONCATENATE("điều","")'
    assert refused(saved(book)) == ["REVIEW_LEVEL"]


def test_merged_cells_leave_rows_without_a_level():
    book = opened(sheets.write(ROWS, MARK, ".xlsx", "vi"))
    book.worksheets[0].merge_cells("A2:E4")
    assert refused(saved(book)) == ["REVIEW_LEVEL"]


@pytest.mark.parametrize("column", ["A1", "C1", "D1", "E1", "H1"])
def test_a_column_that_is_gone_is_named(column):
    book = opened(sheets.write(ROWS, MARK, ".xlsx", "vi"))
    gone = book.worksheets[0][column].value
    book.worksheets[0][column].value = "Ghi thêm"
    with pytest.raises(Problems) as raised:
        sheets.parse(saved(book), "bang.xlsx")
    (problem,) = raised.value.problems
    assert problem.code == "REVIEW_COLUMNS"
    assert gone.partition(":")[0].partition(" (")[0] in problem.sentence("vi")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "REVIEW_COLUMNS"),
        ("Số;Loại\n1;điều".encode(), "REVIEW_COLUMNS"),
        ("Số;Loại".encode("cp1258", "replace") + b"\xff", "ENC_UTF8"),
        (f'Số;Loại;Số mục;Lời văn;{MARK}\n1;điều;;"{"x" * 200_000}"'.encode(), "REVIEW_BROKEN"),
        (f"Số;Loại;Số mục;Lời văn;{MARK}\n1".encode(), "REVIEW_LEVEL"),
        (f"Số;Loại;Số mục;Lời văn;{MARK}\n;điều;;x".encode(), "REVIEW_ROW"),
    ],
    ids=range(6),
)
def test_odd_values_are_refused(data, code):
    assert refused(data, "bang.csv") == [code]


def test_a_file_too_large_is_not_read(tmp_path):
    with (tmp_path / "bang.csv").open("wb") as file:
        file.truncate(20_000_001)
    with pytest.raises(Problems) as raised:
        sheets.read(tmp_path / "bang.csv")
    assert [each.code for each in raised.value.problems] == ["REVIEW_BIG"]


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    (tmp_path / "bang.xlsx").mkdir()
    with pytest.raises(Problems) as raised:
        sheets.read(tmp_path / "bang.xlsx")
    assert [each.code for each in raised.value.problems] == ["FILE_UNREADABLE"]


# --- words ----------------------------------------------------------------------------------------


def test_both_languages_have_the_same_words():
    vi, en = (sheetwords.words(language) for language in LANGUAGES)
    assert {table: list(vi[table]) for table in vi} == {table: list(en[table]) for table in en}
    assert list(vi["shape"]) == [shape.value for shape in Shape]
    assert set(vi["column"]) == set(sheets.COLUMNS)


def test_no_two_shapes_have_one_name():
    for language in LANGUAGES:
        names = [sheetwords.shape(shape, language) for shape in Shape]
        assert len(set(names)) == len(names)
