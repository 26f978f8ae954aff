"""A Word file becomes what Word shows of it: every word once, with its numbers, notes, remarks and pictures."""

import shutil
import subprocess
import time
from collections import Counter
from io import BytesIO

import docx
import docx_made as made
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx_made import cell, field, font, item, level, lists, p, row, style, t, table
from hypothesis import given
from hypothesis import strategies as st

from builder.intake import recasting, word
from builder.intake.original import Grid, Paragraph, Picture, Run
from builder.intake.record import Record
from builder.intake.word import counting, signs
from builder.vietnamese import legacy, normal
from builder.vietnamese.legacy import Encoding

FILE = "tai-lieu.docx"


def read(data):
    """The bytes of a Word file → what stands in it, and the report."""
    record = Record(FILE)
    return word.read(data, record), record.found


def original(body, **around):
    return read(made.docx(body, **around))[0]


def report(body, **around):
    """Code, line and values of all that is reported of a file."""
    return [(each.code, each.place.line, dict(each.values)) for each in read(made.docx(body, **around))[1]]


def codes(body, **around):
    return [code for code, _, _ in report(body, **around)]


def texts(body, **around):
    return [block.text for block in original(body, **around).blocks]


def labelled(body, **around):
    return [(block.label, block.text) for block in original(body, **around).blocks]


def only(body, **around):
    (block,) = original(body, **around).blocks
    return block


def rows(grid):
    return [["/".join(each.text for each in cell) for cell in row] for row in grid.rows]


# --- paragraphs and runs --------------------------------------------------------------------------


def test_paragraphs_are_numbered_as_people_count_them_and_blank_ones_are_left_out():
    found = original(p("Một") + p() + p("  ") + p("Bốn"))
    assert [(each.text, each.line) for each in found.blocks] == [("Một", 1), ("Bốn", 4)]
    assert found.notes == {}
    assert found.remarks == ()


def test_words_of_one_face_are_one_run():
    found = only(p(t("Đại ") + t("hội ") + t("đảng", "<w:b/>") + t(" bộ", "<w:b/><w:i/>") + t(" xã", "<w:i/>")))
    assert found.runs == (
        Run("Đại hội "),
        Run("đảng", bold=True),
        Run(" bộ", bold=True, italic=True),
        Run(" xã", italic=True),
    )


def test_raised_and_lowered_words():
    raised, lowered = (f'<w:vertAlign w:val="{each}"/>' for each in ("superscript", "subscript"))
    found = only(p(t("m") + t("2", raised) + t(" CO") + t("2", lowered)))
    assert found.runs == (Run("m"), Run("2", raised=True), Run(" CO"), Run("2", lowered=True))


SWITCHES = style("Nen", "<w:rPr><w:b/></w:rPr>") + style("Manh", "<w:rPr><w:b/></w:rPr>", kind="character")


@pytest.mark.parametrize(
    ("paragraph", "run", "bold"),
    [
        ("Nen", "", True),
        ("Nen", '<w:b w:val="0"/>', False),
        ("Nen", '<w:b w:val="false"/>', False),
        ("Nen", '<w:rStyle w:val="Manh"/>', False),  # both turn it on: off again
        ("", '<w:rStyle w:val="Manh"/>', True),
        ("Nen", '<w:rStyle w:val="Manh"/><w:b/>', True),
        ("", '<w:b w:val="on"/>', True),
        ("", "", False),
    ],
)
def test_bold_is_a_switch(paragraph, run, bold):
    named = f'<w:pStyle w:val="{paragraph}"/>' if paragraph else ""
    assert only(p(t("chữ", run), named), styles=SWITCHES).runs == (Run("chữ", bold=bold),)


def test_a_style_takes_what_it_does_not_say_from_the_one_it_is_based_on():
    styles = (
        style("Goc", '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:i/></w:rPr>', default=True)
        + style("Con", "<w:rPr><w:b/></w:rPr>", based="Goc")
        + style("Vong", based="Tron")
        + style("Tron", "<w:rPr><w:i/></w:rPr>", based="Vong")
    )
    body = p("một") + p("hai", '<w:pStyle w:val="Con"/>') + p("ba", '<w:pStyle w:val="Vong"/>')
    body += p("bốn", '<w:jc w:val="left"/>')
    one, two, three, four = original(body, styles=styles).blocks
    assert (one.centred, one.runs) == (True, (Run("một", italic=True),))
    assert (two.centred, two.runs) == (True, (Run("hai", bold=True, italic=True),))
    assert (three.centred, three.runs) == (False, (Run("ba", italic=True),))
    assert four.centred is False


def test_bold_in_the_defaults_holds_everywhere_but_where_a_run_says_no():
    styles = "<w:docDefaults><w:rPrDefault><w:rPr><w:b/></w:rPr></w:rPrDefault></w:docDefaults>" + SWITCHES
    body = p(t("a") + t("b", '<w:rStyle w:val="Manh"/>') + t("c", '<w:b w:val="0"/>'))
    assert only(body, styles=styles).runs == (Run("ab", bold=True), Run("c"))


def test_signs_of_their_own_between_words():
    body = p(
        "<w:r><w:t>đ</w:t><w:noBreakHyphen/><w:t>c</w:t><w:tab/><w:t>A</w:t><w:br/><w:t>B</w:t><w:cr/><w:t>C</w:t>"
        "<w:softHyphen/><w:t>D</w:t><w:ptab/><w:lastRenderedPageBreak/><w:t>E</w:t></w:r>"
    )
    assert only(body).text == "đ-c\tA\nB\nCD\tE"


def test_code_keeps_its_indent():
    styles = style("Ma", name="HTML Preformatted")
    assert texts(p(t("  nếu có "), '<w:pStyle w:val="Ma"/>') + p(t("  nếu có ")), styles=styles) == [
        "  nếu có",
        "nếu có",
    ]


def test_white_space_counts_only_where_the_file_says_so():
    body = p("<w:r><w:t> a </w:t></w:r><w:r><w:t>b\n  c</w:t></w:r>" + t(" d"))
    assert only(body).text == "ab   c d"


def test_a_page_break_in_a_paragraph_ends_it():
    page, column = (f'<w:r><w:br w:type="{each}"/></w:r>' for each in ("page", "column"))
    body = item("Mục", more="").replace("</w:p>", f"{page}{t('sau')}</w:p>")
    found = original(body + p(page + t("đầu")) + p(t("cuối") + column), numbering=lists(level(0, "decimal", "%1.")))
    assert [(each.label, each.text) for each in found.blocks] == [
        ("1.", "Mục"),
        ("", "sau"),
        ("", "đầu"),
        ("", "cuối"),
    ]


def test_signs_of_symbol_fonts_become_letters_of_unicode():
    sign = '<w:r><w:sym w:font="{}" w:char="{}"/></w:r>'
    body = p(
        sign.format("Wingdings", "F0FC")
        + sign.format("Symbol", "F0B3")
        + sign.format("Wingdings", "00FE")
        + t("\uf0b0", font("Symbol"))
        + t("ü", font("Wingdings"))
        + sign.format("Arial", "2192")
        + sign.format("Arial", "KHONG")
        + sign.format("Arial", "D800")
        + sign.format("Arial", "FFFFFFFF")
    )
    assert only(body).text == "✓≥☑°✓→"
    unknown = p(t("a") + sign.format("Webdings", "F041"))
    assert report(unknown) == [("INTAKE_SYMBOL", 1, {"count": "1", "words": "Webdings F041"})]


def test_a_sign_whose_font_was_lost_is_still_a_sign():
    assert texts(p(t("\uf0b7 ý một \uf0fc"))) == ["• ý một ✓"]
    assert codes(p(t("a \uf041"))) == ["INTAKE_SYMBOL"]


def test_headings_by_style_name_by_outline_level_and_by_what_they_are_based_on():
    styles = (
        style("Heading1", name="heading 1")
        + style("H2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>', name="Mục lớn")
        + style("Con", based="H2")
        + style("Vi", name="Tiêu đề 3")
        + style("TOCHeading", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>', based="Heading1")
        + style("Title", name="Title")
        + style("Trich", name="Intense Quote")
        + style("Ma", name="HTML Preformatted")
    )
    named = ["Heading1", "H2", "Con", "Vi", "TOCHeading", "Title", "Trich", "Ma", "KhongCo", "Heading4"]
    body = "".join(p(each, f'<w:pStyle w:val="{each}"/>') for each in named) + p("T", '<w:outlineLvl w:val="4"/>')
    found = {each.text: each for each in original(body, styles=styles).blocks}
    assert {name: each.heading for name, each in found.items() if each.heading} == {
        "Heading1": 1,
        "H2": 2,
        "Con": 2,
        "Vi": 3,
        "Heading4": 4,
        "T": 5,
    }
    assert [name for name, each in found.items() if each.title] == ["Title"]
    assert [name for name, each in found.items() if each.quoted] == ["Trich"]
    assert [name for name, each in found.items() if each.kept] == ["Ma"]


def test_hidden_words_are_left_out_and_told_of():
    styles = style("An", "<w:rPr><w:vanish/></w:rPr>", kind="character")
    body = p("mở") + p(t("thấy ") + t("bí mật", "<w:vanish/>") + t(" ẩn", '<w:rStyle w:val="An"/>') + t("rõ"))
    body += p(t("cả đoạn", "<w:vanish/>"))
    assert texts(body, styles=styles) == ["mở", "thấy rõ"]
    assert report(body, styles=styles) == [("INTAKE_HIDDEN", 2, {"count": "3", "words": "bí mật"})]


def test_a_hidden_paragraph_does_not_count_in_a_list():
    hidden = p(t("ẩn", "<w:vanish/>"), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    body = item("một") + hidden + item("hai")
    assert labelled(body, numbering=lists(level(0, "decimal", "%1."))) == [("1.", "một"), ("2.", "hai")]


# --- numbering ------------------------------------------------------------------------------------


def test_the_labels_of_a_law():
    numbering = lists(
        level(0, "upperRoman", "Chương %1", '<w:suff w:val="space"/>'),
        level(1, "decimal", "Điều %2.", '<w:lvlRestart w:val="0"/>'),
        level(2, "decimal", "%3."),
        level(3, "lowerLetter", "%4)"),
    )
    body = "".join(item(str(at), at=at) for at in (0, 1, 2, 2, 3, 3, 3, 3, 3, 1, 2, 3, 0, 1, 2))
    assert [label for label, _ in labelled(body, numbering=numbering)] == [
        *("Chương I", "Điều 1.", "1.", "2.", "a)", "b)", "c)", "d)", "e)"),
        *("Điều 2.", "1.", "a)", "Chương II", "Điều 3.", "1."),
    ]
    assert [each.depth for each in original(body, numbering=numbering).blocks[:4]] == [1, 2, 3, 3]


def test_a_label_of_several_levels():
    legal = level(2, "lowerLetter", "%1.%2.%3", "<w:isLgl/>")
    numbering = lists(level(0, "upperRoman", "%1."), level(1, "upperLetter", "%1.%2"), legal)
    body = item("a") + item("b", at=1) + item("c", at=1) + item("d", at=2)
    assert [label for label, _ in labelled(body, numbering=numbering)] == ["I.", "I.A", "I.B", "1.2.a"]


def test_a_level_above_that_was_skipped_counts_as_begun():
    numbering = lists(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3"))
    body = item("a", at=2) + item("b", at=2) + item("c", at=1) + item("d") + item("e", at=2)
    assert [label for label, _ in labelled(body, numbering=numbering)] == ["1.1.1", "1.1.2", "1.2", "2.", "2.1.1"]


def test_a_level_without_a_number_of_its_own_says_nothing_in_others():
    numbering = lists(level(0, "bullet", "-"), level(1, "none", ""), level(2, "decimal", "%1%2%3."))
    assert labelled(item("a", at=2), numbering=numbering) == [("1.", "a")]


def test_text_boxes_notes_and_remarks_count_for_themselves():
    body = item("a") + p(t("b") + made.box(item("c") + item("d")) + CALL.format("foot", 1) + CALL.format("foot", 2))
    body += item("e")
    notes = "".join(f'<w:footnote w:id="{at}">{item("chú")}</w:footnote>' for at in (1, 2))
    found = original(body, numbering=lists(level(0, "decimal", "%1.")), footnotes=notes)
    assert [each.label for each in found.blocks] == ["1.", "", "1.", "2.", "2."]
    assert [note[0].label for note in found.notes.values()] == ["1.", "2."]


def test_the_level_that_belongs_to_a_style_comes_before_the_one_the_style_names():
    numbering = lists(level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)", '<w:pStyle w:val="Diem"/>'))
    named = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    body = p("x", '<w:pStyle w:val="Diem"/>') + p("y", '<w:pStyle w:val="Khac"/>')
    styles = style("Diem", named) + style("Khac", named)
    assert labelled(body, numbering=numbering, styles=styles) == [("a)", "x"), ("2.", "y")]


def test_lists_of_one_description_go_on_counting_and_an_override_starts_again():
    override = (
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num>"
    )
    numbering = lists(level(0, "decimal", "%1."), uses=("1", "2"), more=override)
    body = item("a") + item("b", "2") + p("giữa") + item("c") + item("d", "3") + item("e", "3") + item("f")
    assert [label for label, _ in labelled(body, numbering=numbering)] == ["1.", "2.", "", "3.", "5.", "6.", "7."]


def test_a_list_may_write_a_level_in_its_own_way():
    own = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        f"{level(0, 'upperLetter', '%1/', start='3')}</w:lvlOverride></w:num>"
    )
    body = item("a", "2") + item("b", "2")
    numbering = lists(level(0, "decimal", "%1."), more=own)
    assert [label for label, _ in labelled(body, numbering=numbering)] == ["C/", "D/"]


def test_numbers_that_come_of_a_style():
    numbering = lists(
        level(0, "upperRoman", "%1.", '<w:pStyle w:val="H1"/>'),
        level(1, "decimal", "%2.", '<w:pStyle w:val="H2"/>'),
    )
    on = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    off = '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'
    styles = style("H1", on, name="heading 1") + style("H2", on, name="heading 2") + style("Con", based="H2")
    styles += style("Khong", off, based="H2")
    named = ("H1", "H2", "Con", "Khong", "H1", "H2")
    body = "".join(p(each, f'<w:pStyle w:val="{each}"/>') for each in named)
    body += p("bỏ số", '<w:pStyle w:val="H2"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    found = original(body, numbering=numbering, styles=styles).blocks
    assert [each.label for each in found] == ["I.", "1.", "2.", "", "II.", "1.", ""]
    assert [(each.heading, each.depth) for each in found[:2]] == [(1, 0), (2, 0)]


def test_a_list_described_by_a_style():
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="Kieu"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="Kieu"/>'
        f"{level(0, 'lowerRoman', '(%1)')}</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )
    styles = style("Kieu", '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>', kind="numbering")
    assert labelled(item("a") + item("b"), numbering=numbering, styles=styles) == [("(i)", "a"), ("(ii)", "b")]


@pytest.mark.parametrize(
    ("text", "look", "shown"),
    [
        ("\uf0b7", font("Symbol"), "•"),
        ("\uf0a7", font("Wingdings"), "•"),
        ("o", font("Courier New"), "•"),
        ("-", "", "-"),
        ("–", "", "-"),
        ("+", "", "+"),
        ("*", "", "*"),
    ],
)
def test_bullets(text, look, shown):
    numbering = lists(level(0, "bullet", text, f"<w:rPr>{look}</w:rPr>"))
    assert labelled(item("ý"), numbering=numbering) == [(shown, "ý")]


def test_a_label_in_an_old_encoding():
    old = legacy.encode("Điều", Encoding.TCVN3)
    own = lists(level(0, "decimal", f"{old} %1.", f"<w:rPr>{font('.VnTime')}</w:rPr>"))
    assert labelled(item("a"), numbering=own) == [("Điều 1.", "a")]
    by_mark = lists(level(0, "decimal", f"{old} %1."))
    body = p(t("a"), f'<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr>{font(".VnTimeH")}</w:rPr>')
    assert labelled(body, numbering=by_mark) == [("ĐIỀU 1.", "a")]


@pytest.mark.parametrize(
    ("way", "value", "shown"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("lowerRoman", 4, "iv"),
        ("upperRoman", 0, "0"),
        ("lowerLetter", 5, "e"),
        ("lowerLetter", 28, "bb"),
        ("upperLetter", 26, "Z"),
        ("upperLetter", 100_000, "100000"),
        ("ordinal", 1, "1st"),
        ("ordinal", 12, "12th"),
        ("ordinal", 23, "23rd"),
        ("numberInDash", 3, "- 3 -"),
        ("decimalEnclosedCircle", 2, "②"),
        ("vietnameseCounting", 15, "mười lăm"),
        ("none", 4, ""),
        ("hebrew1", 4, None),
    ],
)
def test_ways_to_write_a_number(way, value, shown):
    assert counting.written(value, way) == shown


def test_a_way_of_a_newer_word_with_zeros_before():
    choice = (
        '<w:lvl w:ilvl="0"><w:start w:val="9"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1"/></w:lvl>'
    )
    assert labelled(item("a") + item("b"), numbering=lists(choice)) == [("009", "a"), ("010", "b")]


def test_a_label_is_never_longer_than_any_list_has():
    ways = [level(0, "decimal", "a" * 200_000 + "%1."), level(0, "bullet", "•" * 200_000)]
    padded = level(0, "decimal", "%1").replace(
        '<w:numFmt w:val="decimal"/>', f'<w:numFmt w:val="custom" w:format="{"0" * 200_000}1, {"0" * 200_000}2, ..."/>'
    )
    words = level(0, "vietnameseCounting", "%1 " * 33, start="7777")
    for way in (*ways, padded, words):
        (paragraph,) = original(item("x"), numbering=lists(way)).blocks
        assert 0 < len(paragraph.label) <= 100


def test_a_way_that_is_not_known_is_told_of():
    numbering = lists(level(0, "hindiVowels", "%1."))
    assert labelled(item("a"), numbering=numbering) == [("1.", "a")]
    assert report(item("a") + item("b"), numbering=numbering) == [
        ("INTAKE_COUNTING", 1, {"count": "2", "words": "hindiVowels"})
    ]


def test_a_list_that_is_not_described_has_no_labels():
    assert labelled(item("a", "7"), numbering=lists(level(0, "decimal", "%1."))) == [("", "a")]
    assert labelled(item("a")) == [("", "a")]


# --- tables ---------------------------------------------------------------------------------------


def test_every_row_is_as_wide_as_the_table():
    wide, down, on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        row(cell(p("a"), properties=wide), cell(p("b"))),
        row(cell(p("c"), properties=down), cell(p("d"), p("dd")), cell(p("e"))),
        row(cell(p(), properties=on), cell(p("g")), properties='<w:gridAfter w:val="1"/>'),
        row(cell(p("h")), properties='<w:gridBefore w:val="2"/>'),
    )
    found = only(p() + body)
    assert rows(found) == [["a", "", "b"], ["c", "d/dd", "e"], ["", "g", ""], ["", "", "h"]]
    assert (found.line, found.rows[1][1][1].line) == (2, 6)


BORDERS = '<w:tblBorders><w:top w:val="{0}"/><w:insideH w:val="{0}"/></w:tblBorders>'
CLEARED = "".join(f'<w:{edge} w:val="nil"/>' for edge in ("top", "left", "bottom", "right"))


@pytest.mark.parametrize(
    ("properties", "of_cell", "ruled"),
    [
        ("", "", False),
        (BORDERS.format("single"), "", True),
        (BORDERS.format("none"), "", False),
        (BORDERS.format("nil"), '<w:tcBorders><w:bottom w:val="single"/></w:tcBorders>', True),
        ('<w:tblStyle w:val="Luoi"/>', "", True),
        ('<w:tblStyle w:val="Con"/>', "", True),
        ('<w:tblStyle w:val="Luoi"/>' + BORDERS.format("nil"), "", False),
        ('<w:tblStyle w:val="Luoi"/>', f"<w:tcBorders>{CLEARED}</w:tcBorders>", False),
        ('<w:tblStyle w:val="Soc"/>', "", True),
    ],
)
def test_lines_drawn_in_a_table(properties, of_cell, ruled):
    grid = f"<w:tblPr>{BORDERS.format('single')}</w:tblPr>"
    striped = '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:top w:val="single"/></w:tcBorders></w:tcPr>'
    styles = style("Luoi", grid, kind="table") + style("Con", kind="table", based="Luoi")
    styles += style("Soc", f"{striped}</w:tblStylePr>", kind="table")
    assert only(table(row(cell(p("a"), properties=of_cell)), properties=properties), styles=styles).ruled is ruled


def test_lines_drawn_in_one_row_are_lines():
    own = BORDERS.format("single").join(("<w:tblPrEx>", "</w:tblPrEx>"))
    assert only(table(row(cell(p("a"))).replace("<w:trPr>", f"{own}<w:trPr>"))).ruled is True


def test_head_rows_are_the_first_that_say_so():
    head = "<w:tblHeader/>"
    body = table(row(cell(p("a")), properties=head), row(cell(p("b"))), row(cell(p("c")), properties=head))
    assert only(body).head == 1


def test_a_table_in_a_cell_becomes_lines_of_it():
    inner = table(row(cell(p("1")), cell(p("2"), p("3"))), row(cell(item("4"))))
    found = only(table(row(cell(p("trước"), inner, p("sau")))), numbering=lists(level(0, "decimal", "%1.")))
    assert [each.text for each in found.rows[0][0]] == ["trước", "1\t2 3", "1. 4", "sau"]


def test_rows_and_cells_in_content_controls_are_kept():
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = table(control.format(row(cell(p("a")), control.format(cell(p("b"))))))
    assert rows(only(body)) == [["a", "b"]]


def test_a_table_that_would_fill_the_memory_becomes_lines():
    body = table(row(*(cell(p(str(at)), properties='<w:gridSpan w:val="60"/>') for at in range(50))), *[row()] * 100)
    assert [each.text for each in original(body).blocks] == ["\t".join(map(str, range(50)))]


def test_a_table_without_words_is_none():
    assert texts(p("a") + table(row(cell(p()), cell(p())))) == ["a"]


# --- notes ----------------------------------------------------------------------------------------

CALL = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{0}noteReference w:id="{1}"/></w:r>'
NOTES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>' + t(" Xem ") + t("Điều 3", "<w:b/>") + "</w:p></w:footnote>"
    f'<w:footnote w:id="3">{p("Lời một.")}{p("Lời hai.")}</w:footnote>'
)


def test_notes_are_named_as_they_are_called():
    body = p(t("A") + CALL.format("foot", 3) + t("B") + CALL.format("end", 2)) + p(t("C") + CALL.format("foot", 2))
    found = original(body, footnotes=NOTES, endnotes=f'<w:endnote w:id="2">{p("Cuối bài.")}</w:endnote>')
    assert found.blocks[0].runs == (Run("A"), Run("", note="1"), Run("B"), Run("", note="2"))
    assert {name: [each.text for each in note] for name, note in found.notes.items()} == {
        "1": ["Lời một.", "Lời hai."],
        "2": ["Cuối bài."],
        "3": ["Xem Điều 3"],
    }
    assert found.notes["3"][0].runs == (Run("Xem "), Run("Điều 3", bold=True))
    assert [note[0].line for note in found.notes.values()] == [1, 1, 2]


def test_a_note_called_twice_is_one_note():
    body = p(t("A") + CALL.format("foot", 3) + t("B") + CALL.format("foot", 3))
    found = original(body, footnotes=NOTES)
    assert [run.note for run in found.blocks[0].runs] == ["", "1", "", "1"]
    assert list(found.notes) == ["1"]


def test_a_sign_that_someone_chose_for_a_note_is_no_word():
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="3"/><w:t>*</w:t></w:r>'
    found = original(p(t("A") + own + t(" B")), footnotes=NOTES)
    assert found.blocks[0].runs == (Run("A"), Run("", note="1"), Run(" B"))


def test_notes_that_are_lost_or_that_nothing_calls():
    body = p(t("A") + CALL.format("foot", 3) + CALL.format("foot", 9))
    assert report(body, footnotes=NOTES) == [
        ("INTAKE_NOTE_LOST", 1, {}),
        ("INTAKE_NOTE_LOOSE", 0, {"words": "Xem Điều 3"}),
    ]


# --- links and fields -----------------------------------------------------------------------------


def test_links_lead_out_to_the_web_and_by_mail_only():
    rels = [
        ("r1", "hyperlink", "https://example.org/a", "External"),
        ("r2", "hyperlink", "mailto:a@example.org", "External"),
        ("r3", "hyperlink", "javascript:alert(1)", "External"),
        ("r4", "hyperlink", "file:///C:/a.txt", "External"),
    ]
    link = '<w:hyperlink r:id="{}">{}</w:hyperlink>'
    body = p("".join(link.format(f"r{at}", t(str(at))) for at in (1, 2, 3, 4)))
    body += p(f'<w:hyperlink w:anchor="muc">{t("trong bài")}</w:hyperlink>')
    body += p('<w:hyperlink r:id="r1" w:anchor="x">' + t("cả hai") + "</w:hyperlink>")
    one, two, three = original(body, rels=rels).blocks
    assert [(run.text, run.address) for run in one.runs] == [
        ("1", "https://example.org/a"),
        ("2", "mailto:a@example.org"),
        ("34", ""),
    ]
    assert two.runs == (Run("trong bài"),)
    assert three.runs == (Run("cả hai", address="https://example.org/a#x"),)


@pytest.mark.parametrize(
    ("instruction", "address"),
    [
        (' HYPERLINK "https://example.org/a" \\o "Mách" ', "https://example.org/a"),
        (' hyperlink  https://example.org/a \\t "_blank"', "https://example.org/a"),
        (' HYPERLINK "https://example.org/" \\l "muc" ', "https://example.org/#muc"),
        (' HYPERLINK \\l "muc" ', ""),
        (' HYPERLINK "vbscript:x" ', ""),
        (" HYPERLINK", ""),
    ],
)
def test_links_by_field(instruction, address):
    assert only(p(t("xem ") + field(instruction, t("đây")))).runs[-1].address == address
    simple = f"<w:fldSimple w:instr='{instruction}'>{t('đây')}</w:fldSimple>"
    assert only(p(t("xem ") + simple)).runs[-1].address == address


def test_a_field_is_its_result():
    body = p(
        t("ngày ") + field(" DATE \\@ dd/MM ", t("02/09")) + f'<w:fldSimple w:instr=" SEQ ">{t("5")}</w:fldSimple>'
    )
    assert only(body).text == "ngày 02/095"
    inner = field(" IF " + "</w:instrText></w:r>" + field("PAGE", t("7")) + "<w:r><w:instrText> = 1", t("đúng"))
    assert only(p(inner + t(" rồi"))).text == "đúng rồi"


def test_numbers_of_pages_are_no_words():
    assert texts(p(t("Trang ") + field(" PAGE ", t("3")) + t("/") + field("NUMPAGES", t("9")))) == ["Trang /"]


def test_a_field_without_its_result_is_told_of():
    body = p(t("a") + field(" EQ \\f(1,2) ", separate=False))
    assert report(body) == [("INTAKE_FIELD", 1, {"count": "1", "words": "EQ \\f(1,2)"})]


def test_a_field_that_never_ends_swallows_nothing():
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    assert texts(p(begun + t("một")) + p("hai")) == ["một", "hai"]
    stray = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert texts(p(stray + t("một") + stray)) == ["một"]


def test_the_contents_that_word_made_are_left_out():
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    instruction = '<w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
    line = field(" PAGEREF _Toc1 ", t("3"))
    body = p("Trước") + p(mark.format("begin") + instruction + mark.format("separate") + t("Chương một") + line)
    body += p(t("Chương hai") + line) + p(mark.format("end")) + p("Sau")
    assert texts(body) == ["Trước", "Sau"]
    assert report(body) == [("INTAKE_CONTENTS", 2, {"count": "2"})]
    gallery = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('Mục lục')}{p('Chương một')}{p()}</w:sdtContent></w:sdt>"
    )
    found, problems = read(made.docx(gallery + p("Sau")))
    assert [(each.text, each.line) for each in found.blocks] == [("Sau", 4)]
    assert [each.code for each in problems] == ["INTAKE_CONTENTS"]


def test_check_boxes_of_a_form():
    box = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{}</w:checkBox></w:ffData></w:fldChar></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    asked = ["<w:checked/>", '<w:checked w:val="0"/><w:default/>', "<w:default/>", ""]
    body = p("".join(box.format(each) + end for each in asked))
    assert only(body).text == "☒☐☒☐"


# --- containers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ins", "moveTo", "smartTag", "customXml", "dir", "bdo"])
def test_words_in_containers_are_kept(name):
    assert texts(p(t("a ") + f"<w:{name}>{t('b')}</w:{name}>" + t(" c"))) == ["a b c"]


def test_content_controls_are_kept_but_for_what_is_to_be_filled_in():
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    shown = "<w:showingPlcHdr/>"
    body = p(t("a ") + control.format("", t("b")) + control.format(shown, t("Bấm vào đây")))
    body += control.format("", p("cả đoạn")) + control.format(shown, p("Điền tên"))
    body += control.format("", control.format("", p("sâu")))
    assert texts(body) == ["a b", "cả đoạn", "sâu"]


def test_of_two_forms_of_a_thing_one_is_taken():
    both = '<mc:Choice Requires="{}">{}</mc:Choice><mc:Fallback>{}</mc:Fallback>'
    both = f"<mc:AlternateContent>{both}</mc:AlternateContent>"
    assert texts(p("<w:r>" + both.format("wps", "<w:t>mới</w:t>", "<w:t>cũ</w:t>") + "</w:r>")) == ["mới"]
    assert texts(p("<w:r>" + both.format("zz", "<w:t>mới</w:t>", "<w:t>cũ</w:t>") + "</w:r>")) == ["cũ"]
    assert texts(p(both.format("zz", t("mới"), t("cũ")))) == ["cũ"]
    assert texts(both.format("wps", p("mới"), p("cũ"))) == ["mới"]
    alone = f'<mc:AlternateContent><mc:Choice Requires="zz">{t("chỉ có")}</mc:Choice></mc:AlternateContent>'
    assert texts(p(alone)) == ["chỉ có"]


def test_a_text_box_follows_the_paragraph_it_hangs_on():
    body = p(t("đầu ") + made.box(p("Trong khung") + table(row(cell(p("ô"))))) + t("cuối")) + p("sau")
    found, problems = read(made.docx(body))
    assert [each.text if isinstance(each, Paragraph) else rows(each) for each in found.blocks] == [
        "đầu cuối",
        "Trong khung",
        [["ô"]],
        "sau",
    ]
    assert [(each.line) for each in found.blocks] == [1, 1, 1, 2]
    assert [(each.code, dict(each.values)) for each in problems] == [("INTAKE_TEXT_BOX", {"words": "Trong khung ô"})]


def test_a_text_box_of_an_older_word_and_an_empty_one():
    inside = f"<v:textbox><w:txbxContent>{p('cũ')}</w:txbxContent></v:textbox>"
    older = f"<w:r><w:pict><v:shape>{inside}</v:shape></w:pict></w:r>"
    assert texts(p(t("a") + older)) == ["a", "cũ"]
    assert codes(p(t("a") + made.box(p()))) == []


def test_ruby_keeps_its_base():
    ruby = f"<w:r><w:ruby><w:rt>{t('đọc')}</w:rt><w:rubyBase>{t('gốc')}</w:rubyBase></w:ruby></w:r>"
    assert texts(p(ruby)) == ["gốc"]


def test_a_formula_becomes_words():
    def part(name, text):
        return f"<m:{name}><m:r><m:t>{text}</m:t></m:r></m:{name}>"

    formula = (
        f"<m:oMath><m:r><m:t>x=</m:t></m:r><m:f>{part('num', 'a+b')}{part('den', '2')}</m:f>"
        f"<m:sSup>{part('e', 'c')}{part('sup', '2')}</m:sSup><m:rad>{part('deg', '')}{part('e', 'd')}</m:rad></m:oMath>"
    )
    body = p(t("Tính ") + formula) + p(f"<m:oMathPara>{formula}</m:oMathPara>")
    assert texts(body) == ["Tính x=(a+b)/2c^2√d", "x=(a+b)/2c^2√d"]
    assert report(body) == [("INTAKE_FORMULA", 1, {"count": "2", "words": "x=(a+b)/2c^2√d"})]


def _kept():
    """Runs in any containers that keep their words: XML, and the words that must come out of it."""
    word_of = st.integers(1, 999).map(lambda number: (t(f"tu{number}x "), [f"tu{number}x"]))
    left_out = st.sampled_from([t("ẩn", "<w:vanish/>"), f"<w:del>{t('bỏ')}</w:del>", field("PAGE", t("9"))])
    wraps = st.sampled_from(
        [
            *("<w:ins>{}</w:ins>", "<w:smartTag>{}</w:smartTag>", "<w:hyperlink>{}</w:hyperlink>"),
            "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
            '<w:commentRangeStart w:id="1"/>{}<w:commentRangeEnd w:id="1"/>',
            '<mc:AlternateContent><mc:Choice Requires="zz"/><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>',
            field("REF x", "{}"),
        ]
    )
    return st.recursive(
        word_of | left_out.map(lambda xml: (xml, [])),
        lambda inner: st.tuples(wraps, st.lists(inner, max_size=4)).map(
            lambda pair: (
                pair[0].replace("{}", "".join(xml for xml, _ in pair[1])),
                [word for _, words in pair[1] for word in words],
            )
        ),
        max_leaves=15,
    )


@given(st.lists(st.lists(_kept(), max_size=3), max_size=4))
def test_every_word_comes_out_once_and_in_order(made_of):
    body = "".join(p("".join(xml for xml, _ in runs) or t("")) for runs in made_of)
    words = [word for runs in made_of for _, of_it in runs for word in of_it]
    in_cells = table(row(*(cell(p("".join(xml for xml, _ in runs) or t(""))) for runs in made_of))) if made_of else ""
    found = original(body + in_cells, comments=comment(1, "lời"))
    said = [block.text for block in found.blocks if isinstance(block, Paragraph)]
    shown = [text for block in found.blocks if isinstance(block, Grid) for line in rows(block) for text in line]
    assert " ".join(said).split() == words
    assert " ".join(shown).split() == words


# --- tracked changes ------------------------------------------------------------------------------

DELETED = "<w:r><w:delText>{}</w:delText></w:r>"


def test_changes_are_taken_as_if_they_were_accepted():
    body = p("Giữ nguyên") + p(
        t("Đại hội ")
        + f'<w:del w:id="1">{DELETED.format("lần thứ nhất ")}</w:del>'
        + f'<w:ins w:id="2">{t("lần thứ hai ")}</w:ins>'
        + f'<w:moveFrom w:id="3">{t("chuyển đi")}</w:moveFrom>'
        + f'<w:moveTo w:id="4">{t("chuyển đến")}</w:moveTo>'
        + t(" chữ", '<w:b w:val="0"/><w:rPrChange w:id="5"><w:rPr><w:b/></w:rPr></w:rPrChange>')
    )
    found = original(body).blocks[1]
    assert found.runs == (Run("Đại hội lần thứ hai chuyển đến chữ"),)
    assert report(body) == [("INTAKE_TRACKED", 2, {"inserted": "2", "deleted": "2"})]


def test_what_was_deleted_within_an_insertion_is_gone():
    body = p(t("a ") + f"<w:ins><w:del>{DELETED.format('x')}</w:del>{t('b')}</w:ins>")
    assert texts(body) == ["a b"]


def test_a_paragraph_whose_mark_was_deleted_is_joined_with_the_next():
    numbering = lists(level(0, "decimal", "%1."))
    numbered = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    gone = "<w:rPr><w:del/></w:rPr>"
    body = p("một", numbered) + p("hai ", numbered + gone) + p("ba ", gone) + p("bốn", numbered) + p("năm", numbered)
    found = original(body, numbering=numbering).blocks
    assert [(each.label, each.text, each.line) for each in found] == [
        ("1.", "một", 1),
        ("2.", "hai ba bốn", 2),
        ("3.", "năm", 5),
    ]
    assert texts(p("a ", gone) + p("b ", gone)) == ["a b"]
    held = original(p("a ", gone) + table(row(cell(p("ô")))) + p("b")).blocks
    assert [getattr(each, "text", "ô") for each in held] == ["a", "ô", "b"]


def test_a_deleted_heading_before_a_table_has_no_number():
    styles = style("H", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', name="heading 1")
    gone = p(f"<w:del>{DELETED.format('bỏ')}</w:del>", '<w:pStyle w:val="H"/><w:rPr><w:del/></w:rPr>')
    found = original(
        gone + table(row(cell(p("ô")))) + p("còn", '<w:pStyle w:val="H"/>'),
        styles=styles,
        numbering=lists(level(0, "decimal", "Điều %1.")),
    )
    assert [getattr(each, "label", "ô") for each in found.blocks] == ["ô", "Điều 1."]


def test_a_dropped_initial_is_the_first_letter_of_what_follows():
    body = p("Đ", '<w:framePr w:dropCap="drop" w:lines="3"/>') + p("ại hội")
    assert (texts(body), codes(body)) == (["Đại hội"], [])


def test_deleted_rows_and_cells_are_left_out():
    body = table(
        row(cell(p("a")), cell(p("b"), properties="<w:cellDel/>")),
        row(cell(p("c")), cell(p("d")), properties="<w:del/>"),
        row(cell(p("e")), cell(p("g")), properties="<w:ins/>"),
    )
    found = original(body + p("sau"))
    assert rows(found.blocks[0]) == [["a", ""], ["e", "g"]]
    assert "INTAKE_TRACKED" in codes(body)


# --- remarks --------------------------------------------------------------------------------------


def comment(key, *paragraphs, author="Bùi Thị Lan", date="2026-02-03T08:00:00Z", ids=()):
    inside = "".join(
        f'<w:p w14:paraId="{ids[at]}">{t(text)}</w:p>' if ids else p(t(text)) for at, text in enumerate(paragraphs)
    )
    return f'<w:comment w:id="{key}" w:author="{author}" w:date="{date}">{inside}</w:comment>'


def ranged(key, inside):
    reference = f'<w:r><w:commentReference w:id="{key}"/></w:r>'
    return f'<w:commentRangeStart w:id="{key}"/>{inside}<w:commentRangeEnd w:id="{key}"/>{reference}'


def test_a_remark_hangs_on_the_words_it_is_about():
    body = p(t("Đại hội ") + ranged(4, t("nhiệm ") + t("kỳ", "<w:b/>")) + t(" mới")) + p("sau")
    found = original(body, comments=comment(4, "Nhiệm kỳ nào?", "Hỏi lại."))
    (remark,) = found.remarks
    assert (remark.name, remark.author, remark.day, remark.about) == ("4", "Bùi Thị Lan", "2026-02-03", "nhiệm kỳ")
    assert [each.text for each in remark.paragraphs] == ["Nhiệm kỳ nào?", "Hỏi lại."]
    assert [each.remarks for each in found.blocks] == [("4",), ()]


def test_a_remark_over_several_paragraphs_is_named_in_each():
    body = p(t("a ") + '<w:commentRangeStart w:id="1"/>' + t("b")) + p("c") + p()
    body += p(t("d") + '<w:commentRangeEnd w:id="1"/>' + t(" e")) + p("g")
    found = original(body, comments=comment(1, "Lời"))
    assert [each.remarks for each in found.blocks] == [("1",), ("1",), ("1",), ()]
    assert found.remarks[0].about == "b\nc\n\nd"


def test_a_remark_that_begins_between_paragraphs_or_in_a_cell():
    body = p("a") + '<w:commentRangeStart w:id="1"/>' + p("b") + '<w:commentRangeEnd w:id="1"/>'
    body += table(row(cell(p("c")), cell(p(ranged(2, t("d"))))))
    found = original(body, comments=comment(1, "Lời") + comment(2, "Ý"))
    assert [each.remarks for each in found.blocks[:2]] == [(), ("1",)]
    assert found.blocks[2].rows[0][1][0].remarks == ("2",)
    assert [each.about for each in found.remarks] == ["b", "d"]


def test_a_remark_on_a_place_without_words_goes_to_the_next_paragraph():
    body = p("a") + p(ranged(1, "")) + p("b") + p('<w:r><w:commentReference w:id="2"/></w:r>')
    found = original(body, comments=comment(1, "Lời") + comment(2, "Ý"))
    assert [each.remarks for each in found.blocks] == [(), ("1", "2")]
    assert [each.about for each in found.remarks] == ["", ""]


def test_a_remark_behind_all_words_goes_to_the_last_paragraph():
    body = p("a") + table(row(cell(p("b")))) + p('<w:r><w:commentReference w:id="1"/></w:r>')
    found = original(body, comments=comment(1, "Lời"))
    assert found.blocks[0].remarks == ("1",)


def test_a_range_that_never_ends_is_a_place():
    body = p(t("a") + '<w:commentRangeStart w:id="1"/>' + t("b")) + p("c")
    found = original(body, comments=comment(1, "Lời"))
    assert [each.remarks for each in found.blocks] == [("1",), ()]


def test_a_remark_on_deleted_words_stays():
    body = p(t("a ") + ranged(1, f"<w:del>{DELETED.format('b')}</w:del>") + t("c"))
    found = original(body, comments=comment(1, "Lời"))
    assert (found.blocks[0].remarks, found.remarks[0].about) == (("1",), "")


def test_a_remark_without_a_place_is_kept():
    found = original(p("a"), comments=comment(3, "Lạc chỗ"))
    assert [each.paragraphs[0].text for each in found.remarks] == ["Lạc chỗ"]
    assert found.blocks[0].remarks == ()


def test_replies_follow_and_what_was_settled_is_left_out():
    comments = comment(1, "Hỏi", "thêm", ids=("A1", "A2")) + comment(2, "Đáp", ids=("B1",))
    comments += comment(3, "Xong rồi", ids=("C1",)) + comment(4, "Đáp nữa", ids=("D1",))
    extended = (
        '<w15:commentEx w15:paraId="A2" w15:done="0"/><w15:commentEx w15:paraId="B1" w15:paraIdParent="A2"/>'
        '<w15:commentEx w15:paraId="C1" w15:done="1"/><w15:commentEx w15:paraId="D1" w15:paraIdParent="B1"/>'
    )
    body = p(ranged(1, ranged(2, ranged(4, t("a"))))) + p(ranged(3, t("b")))
    found, problems = read(made.docx(body, comments=comments, commentsExtended=extended))
    (remark,) = found.remarks
    assert [each.text for each in remark.paragraphs] == ["Hỏi", "thêm", "Đáp", "Đáp nữa"]
    assert [each.remarks for each in found.blocks] == [("1",), ()]
    assert [(each.code, each.place.line, dict(each.values)) for each in problems] == [
        ("INTAKE_REMARK_SETTLED", 2, {"count": "1", "words": "Xong rồi"})
    ]


def test_replies_in_a_circle_are_remarks_of_their_own():
    comments = comment(1, "Một", ids=("A1",)) + comment(2, "Hai", ids=("B1",)) + comment(3, "Ba", ids=("C1",))
    extended = (
        '<w15:commentEx w15:paraId="A1" w15:paraIdParent="B1"/><w15:commentEx w15:paraId="B1" w15:paraIdParent="A1"/>'
        '<w15:commentEx w15:paraId="C1" w15:paraIdParent="B1"/>'
    )
    body = p(ranged(1, ranged(2, ranged(3, t("a")))))
    found, _ = read(made.docx(body, comments=comments, commentsExtended=extended))
    words = [each.text for remark in found.remarks for each in remark.paragraphs]
    assert sorted(words) == ["Ba", "Hai", "Một"]


def test_a_bookmark_of_our_own_at_the_head_of_a_paragraph_is_its_mark():
    mark = '<w:bookmarkStart w:id="{0}" w:name="{1}"/><w:bookmarkEnd w:id="{0}"/>'
    body = p(mark.format(1, "_ap_dieu-1") + t("a")) + p(t("b") + mark.format(2, "_ap_dieu-2"))
    body += p(mark.format(3, "_Toc1") + mark.format(4, "_ap_x") + mark.format(5, "_ap_y") + t("c"))
    body += mark.format(6, "_ap_giua") + p("d")
    assert [each.mark for each in original(body).blocks] == ["_ap_dieu-1", "", "_ap_x", "_ap_giua"]


# --- pictures -------------------------------------------------------------------------------------


def test_pictures_stand_where_they_are_shown():
    rels = [("r1", "image", "media/a.png"), ("r2", "image", "/word/media/b.jpeg")]
    jpeg = b"\xff\xd8\xff\xc0\x00\x0b\x08\x00\x10\x00\x20\x01\x01\x11\x00\xff\xd9"
    old = '<w:r><w:pict><v:shape alt="Sơ đồ"><v:imagedata r:id="r2"/></v:shape></w:pict></w:r>'
    body = p(t("xem ") + made.picture("r1", alt="Bản  đồ\nxã")) + p(old) + p(made.picture("r1", alt="Bản đồ xã"))
    found = original(body, rels=rels, extra={"word/media/a.png": made.png(), "word/media/b.jpeg": jpeg})
    assert found.pictures == {
        "hinh-1.png": Picture(made.png(), "image/png", "Bản đồ xã"),
        "hinh-2.jpg": Picture(jpeg, "image/jpeg", "Sơ đồ"),
    }
    assert [[run.picture for run in each.runs] for each in found.blocks] == [
        ["", "hinh-1.png"],
        ["hinh-2.jpg"],
        ["hinh-1.png"],
    ]


def test_pictures_that_cannot_be_taken_are_told_of():
    data = {
        "a.emf": b"\x01\0\0\0" + b"\0" * 60,
        "b.wmf": b"\xd7\xcd\xc6\x9a" + b"\0" * 20,
        "c.png": made.png()[:-20],
        "d.emf": b"\x01\0\0\0" + b"\0" * 60,
    }
    rels = [(f"r{at}", "image", f"media/{name}") for at, name in enumerate(data)]
    rels += [("r8", "image", "https://example.org/x.png", "External"), ("r9", "image", "media/khong-co.png")]
    body = p("chữ") + p("".join(made.picture(f"r{at}") for at in range(4)))
    body += p(made.picture(link="r8")) + p(made.picture("r9") + made.picture("r77"))
    extra = {f"word/media/{name}": each for name, each in data.items()}
    found, problems = read(made.docx(body, rels=rels, extra=extra))
    assert (found.pictures, [each.text for each in found.blocks]) == ({}, ["chữ"])
    assert [(each.code, each.place.line, *dict(each.values).values()) for each in problems] == [
        ("INTAKE_PICTURE_DAMAGED", 2, "word/media/c.png"),
        ("INTAKE_LINKED", 3, "https://example.org/x.png"),
        ("INTAKE_PICTURE_DAMAGED", 4, "word/media/khong-co.png"),
        ("INTAKE_PICTURE", 2, "2", "EMF"),
        ("INTAKE_PICTURE", 2, "1", "WMF"),
    ]


def test_drawings_in_vectors_are_taken_when_they_are_only_drawing():
    sound = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'
    rels = [("r1", "image", "media/a.svg"), ("r2", "image", "media/b.svg")]
    harmful = sound.replace(b"<path", b"<script>x</script><path")
    body = p(made.picture("r1") + made.picture("r2"))
    found, problems = read(made.docx(body, rels=rels, extra={"word/media/a.svg": sound, "word/media/b.svg": harmful}))
    assert [each.media_type for each in found.pictures.values()] == ["image/svg+xml"]
    assert [(each.code, dict(each.values)["words"]) for each in problems] == [("INTAKE_PICTURE", "SVG")]


def test_charts_and_objects_are_told_of():
    chart = "<w:r><w:drawing><wp:inline><a:graphic><c:chart/></a:graphic></wp:inline></w:drawing></w:r>"
    thing = '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'
    body = p(t("a") + chart + thing + chart) + '<w:altChunk r:id="r1"/>'
    assert [(code, values["words"], values["count"]) for code, _, values in report(body)] == [
        ("INTAKE_OBJECT", "Chart", "2"),
        ("INTAKE_OBJECT", "Excel.Sheet.12", "1"),
        ("INTAKE_OBJECT", "altChunk", "1"),
    ]


# --- heads of pages -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "is_told"),
    [("Trang 3/9", False), ("- 3 -", False), ("Page 2 of 7", False), ("", False), ("." * 50_000 + "x", True)],
)
def test_a_page_number_is_no_word_of_a_head(words, is_told):
    section = '<w:sectPr><w:headerReference w:type="default" r:id="r1"/></w:sectPr>'
    found = codes(
        p("a") + section,
        rels=[("r1", "header", "header1.xml")],
        extra={"word/header1.xml": made.root("hdr", p(t(words)))},
    )
    assert found == (["INTAKE_HEADER"] if is_told else [])


def test_heads_of_pages_are_told_of_where_they_hold_words():
    section = (
        '<w:sectPr><w:headerReference w:type="{0}" r:id="{1}"/><w:footerReference w:type="{0}" r:id="r2"/></w:sectPr>'
    )
    head = made.root("hdr", p("Đảng bộ xã Mẫu") + p(t("Dự thảo lần 2")))
    extra = {
        "word/header1.xml": head,
        "word/header2.xml": head,
        "word/footer1.xml": made.root(
            "ftr", p(t("Trang ") + field("PAGE", t("5")) + t(" / ") + field("NUMPAGES", t("9")))
        ),
    }
    rels = [("r1", "header", "header1.xml"), ("r2", "footer", "footer1.xml"), ("r3", "header", "header2.xml")]
    body = p("Nội dung") + p("", section.format("first", "r3")) + section.format("default", "r1")
    found, problems = read(made.docx(body, rels=rels, extra=extra))
    assert [each.text for each in found.blocks] == ["Nội dung"]
    assert [(each.code, dict(each.values)) for each in problems] == [
        ("INTAKE_HEADER", {"words": "Đảng bộ xã Mẫu / Dự thảo lần 2"})
    ]


# --- old encodings --------------------------------------------------------------------------------

SENTENCE = "Đại hội đại biểu đảng bộ xã quyết định những nhiệm vụ trọng tâm của nhiệm kỳ mới"


def old(text, encoding):
    return legacy.encode(text, encoding)


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        (".VnTime", Encoding.TCVN3),
        ("VNI-Times", Encoding.VNI),
        ("ABCDEF+VNI-Helve", Encoding.VNI),
        (".VnArial", Encoding.TCVN3),
    ],
)
def test_words_are_read_as_their_font_says(name, encoding):
    body = p(t(old(SENTENCE, encoding), font(name)))
    assert texts(body) == [SENTENCE]
    ((code, line, values),) = report(body)
    assert (code, line, values["encoding"], values["lines"]) == ("INTAKE_CONVERTED", 1, str(encoding), "1")


def test_the_font_may_come_of_the_run_its_style_that_of_its_paragraph_the_defaults_or_the_theme():
    fonts = f"<w:rPr>{font('.VnTime')}</w:rPr>"
    styles = style("Doan", fonts) + style("Chu", fonts, kind="character")
    written = old("Nghị quyết", Encoding.TCVN3)
    body = p(t(written), '<w:pStyle w:val="Doan"/>') + p(t(written, '<w:rStyle w:val="Chu"/>'))
    body += p(t(written, '<w:rFonts w:hAnsi=".VnTime"/>'))
    assert texts(body, styles=styles) == ["Nghị quyết"] * 3
    defaults = "<w:docDefaults><w:rPrDefault><w:rPr>{}</w:rPr></w:rPrDefault></w:docDefaults>"
    assert texts(p(written), styles=defaults.format(font(".VnTime"))) == ["Nghị quyết"]
    theme = (
        '<?xml version="1.0"?><a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:fontScheme>'
        '<a:minorFont><a:latin typeface=".VnTime"/></a:minorFont></a:fontScheme></a:theme>'
    )
    themed = defaults.format('<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>')
    assert texts(p(written), styles=themed, theme=theme) == ["Nghị quyết"]


def test_a_letter_split_over_runs_is_one_letter():
    written = old("quyết định", Encoding.VNI)
    cut = written.index("á")  # the mark that belongs to the letter before it
    body = p(t(written[:cut], font("VNI-Times")) + t(written[cut:], font("VNI-Times") + "<w:b/>"))
    assert only(body).runs == (Run("quyế"), Run("t định", bold=True))


def test_a_note_called_within_a_word_does_not_part_it():
    written = old("Nghị quyết", Encoding.VNI)
    cut = written.index("á")
    body = p(t(written[:cut], font("VNI-Times")) + CALL.format("foot", 3) + t(written[cut:], font("VNI-Times")))
    found = original(body, footnotes=NOTES).blocks[0]
    assert (found.text, [run.note for run in found.runs]) == ("Nghị quyết", ["", "1", ""])


def test_fonts_that_draw_capitals_give_capitals():
    body = p(
        t(old("nghị quyết", Encoding.TCVN3), font(".VnTimeH")) + t(old(" đại hội", Encoding.TCVN3), font(".VnTime"))
    )
    assert texts(body) == ["NGHỊ QUYẾT đại hội"]


def test_unicode_words_in_an_old_font_are_left_alone():
    body = p(t("Nghị quyết Đại hội", font(".VnTime")))
    assert (texts(body), codes(body)) == (["Nghị quyết Đại hội"], [])


def test_old_words_beside_unicode_ones_in_one_font_are_read_where_that_makes_words_of_them():
    written = old("nghị quyết ", Encoding.TCVN3)
    body = p(t(written, font(".VnTimeH")) + t("Đại hội", font(".VnTime")) + t(" các bá", font(".VnTime")))
    assert (texts(body), codes(body)) == (["NGHỊ QUYẾT Đại hội các bá"], ["INTAKE_CONVERTED"])


def test_words_that_read_worse_as_their_font_says_are_left_and_doubted():
    body = p(t("các bác cán bé tá lá", font(".VnTime")))
    assert texts(body) == ["các bác cán bé tá lá"]
    assert codes(body) == ["INTAKE_DOUBTED"]


def test_the_soft_hyphen_of_an_old_font_is_a_letter():
    head, tail = old("nước", Encoding.TCVN3).split("\xad")
    body = f"<w:p><w:r><w:rPr>{font('.VnTime')}</w:rPr><w:t>{head}</w:t><w:softHyphen/><w:t>{tail}</w:t></w:r></w:p>"
    assert texts(body) == ["nước"]
    plain = "<w:p><w:r><w:t>nư</w:t><w:softHyphen/><w:t>ớc</w:t></w:r></w:p>"
    assert texts(plain) == ["nước"]


def test_private_letters_of_an_old_font_are_its_bytes():
    written = "".join(chr(0xF000 + ord(each)) for each in old("quyết", Encoding.TCVN3))
    sign = f'<w:r><w:sym w:font=".VnTime" w:char="F0{ord(old("ế", Encoding.TCVN3)):02X}"/></w:r>'
    assert texts(p(t(written, font(".VnTime")))) == ["quyết"]
    assert texts(p(t("quy", font(".VnTime")) + sign + t("t", font(".VnTime")))) == ["quyết"]


def test_words_in_an_unknown_font_are_judged_by_how_they_read():
    body = p(t(old(SENTENCE, Encoding.TCVN3), font("Times New Roman"))) + p("Chữ không tên phông")
    assert texts(body) == [SENTENCE, "Chữ không tên phông"]
    assert codes(body) == ["INTAKE_CONVERTED"]


def test_private_letters_whose_font_was_lost_are_judged_by_how_they_read():
    written = "".join(chr(0xF000 + ord(each)) if each != " " else each for each in old(SENTENCE, Encoding.TCVN3))
    assert texts(p(t(written))) == [SENTENCE]


def test_words_that_a_font_told_are_not_judged_again():
    told, untold = (old(text, Encoding.TCVN3) for text in ("Thành tích", SENTENCE))
    body = p(t(untold)) + p(t(told, font(".VnTime"))) + p(t(untold))
    assert texts(body) == [SENTENCE, "Thành tích", SENTENCE]


def test_words_judged_by_how_they_read_keep_their_faces():
    written = old(SENTENCE, Encoding.VNI)
    cut = written.index(old("quyết", Encoding.VNI))
    body = p(t(written[:cut]) + t(written[cut:], "<w:b/>"))
    head, tail = SENTENCE.split("quyết")
    assert only(body).runs == (Run(head), Run(f"quyết{tail}", bold=True))


def test_foreign_words_are_left_alone():
    text = "Le président de la République française a été élu à Orléans"
    assert (texts(p(text)), codes(p(text))) == ([text], [])


def test_old_words_in_notes_tables_and_remarks_are_read_too():
    written = t(old("Nghị quyết", Encoding.TCVN3), font(".VnTime"))
    body = p(t("a") + CALL.format("foot", 1) + ranged(1, written)) + table(row(cell(p(written))))
    found = original(
        body,
        footnotes=f'<w:footnote w:id="1">{p(written)}</w:footnote>',
        comments=f'<w:comment w:id="1" w:author="A">{p(written)}</w:comment>',
    )
    assert found.notes["1"][0].text == "Nghị quyết"
    assert found.remarks[0].paragraphs[0].text == found.remarks[0].about == "Nghị quyết"
    assert rows(found.blocks[1]) == [["Nghị quyết"]]


@given(st.text("aáàeêéoôơiịuưyđgnht .", max_size=20).map(str.strip), st.data())
def test_however_an_old_text_is_cut_into_runs_it_reads_the_same(text, data):
    for encoding in (Encoding.TCVN3, Encoding.VNI):
        written = legacy.encode(text, encoding)
        cuts = sorted(data.draw(st.lists(st.integers(0, len(written)), max_size=4)))
        parts = [written[a:b] for a, b in zip([0, *cuts], [*cuts, len(written)], strict=True)]
        whole = legacy.decode(written, encoding)
        found = recasting.recast(parts, lambda each, encoding=encoding: legacy.decode(each, encoding))
        assert "".join(found) == whole
        assert len(found) == len(parts)


# --- normal form ----------------------------------------------------------------------------------


def test_words_are_brought_into_normal_form():
    body = p("sạch") + p(t("ngu\u031bo\u031b\u0300i") + t("e\u0302", "<w:b/>") + t("\u0301 \u200bvà\u00a0\u202fsau"))
    found, problems = read(made.docx(body))
    assert found.blocks[1].runs == (Run("người"), Run("ế", bold=True), Run(" và\u00a0\u00a0sau"))
    assert [each.code for each in problems] == ["INTAKE_NORMALISED"]
    assert problems[0].place.line == 2


def test_control_characters_are_left_out():
    found, problems = read(made.docx(p("a\u0081b\u009fc")))
    assert found.blocks[0].text == "abc"
    assert [(each.code, dict(each.values)) for each in problems] == [("INTAKE_CONTROL", {"count": "2"})]


@given(st.lists(st.text("aêơ\u0302\u0301\u031b\u0323\u200b\u00ad đĐ\n", max_size=6), min_size=1, max_size=5))
def test_normal_form_does_not_depend_on_where_runs_end(parts):
    found = recasting.recast(parts, lambda text: normal.normalise(text).text)
    assert len(found) == len(parts)
    assert "".join(found) == normal.normalise("".join(parts)).text


# --- kinds of files -------------------------------------------------------------------------------


def test_a_file_of_the_strict_kind():
    strict = {
        made.W: "http://purl.oclc.org/ooxml/wordprocessingml/main",
        made.OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
        "http://schemas.openxmlformats.org/drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
    }
    link = f'<w:hyperlink r:id="r1">{t("nối")}</w:hyperlink>'
    found = made.parts(
        p(t("đậm", "<w:b/>") + link, '<w:pStyle w:val="H"/>') + p(made.picture("r2")),
        styles=style("H", name="heading 2"),
        rels=[("r1", "hyperlink", "https://example.org/", "External"), ("r2", "image", "media/a.png")],
    )
    for usual, other in strict.items():
        found = {name: text.replace(usual, other) for name, text in found.items()}
    whole = read(made.packed(found | {"word/media/a.png": made.png()}))[0]
    block = whole.blocks[0]
    assert (block.heading, block.runs) == (2, (Run("đậm", bold=True), Run("nối", address="https://example.org/")))
    assert list(whole.pictures) == ["hinh-1.png"]


def test_a_main_part_of_another_name():
    found = made.parts(p("a"))
    found["word/document2.xml"] = found.pop("word/document.xml")
    found["_rels/.rels"] = made.relations(("r", "officeDocument", "/word/document2.xml"))
    assert read(made.packed(found))[0].blocks[0].text == "a"


def test_the_title_in_the_properties():
    core = (
        '<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Nghị quyết  số 5</dc:title>'
        "</cp:coreProperties>"
    )
    found = made.parts(p("a"))
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    found["_rels/.rels"] = found["_rels/.rels"].replace(
        "</Relationships>", f'<Relationship Id="c" Type="{kind}" Target="docProps/core.xml"/></Relationships>'
    )
    assert read(made.packed(found | {"docProps/core.xml": core}))[0].title == "Nghị quyết số 5"
    assert read(made.packed(found | {"docProps/core.xml": core[:-30]}))[0].title == ""


def test_a_file_that_a_library_writes():
    document = docx.Document()
    document.core_properties.title = "Chương trình"
    document.add_heading("CHƯƠNG TRÌNH", 0)
    document.add_heading("Mục tiêu", 1)
    line = document.add_paragraph("Quán triệt ")
    line.add_run("sâu sắc").bold = True
    line.add_run().add_break(WD_BREAK.LINE)
    line.add_run("nghị quyết").italic = True
    document.add_paragraph("việc một", style="List Number")
    document.add_paragraph("việc hai", style="List Number")
    document.add_paragraph("ý", style="List Bullet")
    document.add_paragraph("lời dẫn", style="Intense Quote")
    document.add_paragraph("giữa").alignment = WD_ALIGN_PARAGRAPH.CENTER
    grid = document.add_table(2, 2, style="Table Grid")
    grid.cell(0, 0).merge(grid.cell(0, 1)).text = "đầu"
    grid.cell(1, 0).text, grid.cell(1, 1).text = "a", "b"
    document.add_picture(BytesIO(made.png(40, 20)))
    document.add_comment(line.runs[1], "Rõ hơn", author="Nguyễn Văn An", initials="A")
    file = BytesIO()
    document.save(file)
    found, problems = read(file.getvalue())
    title, head, text, one, two, bullet, quote, middle, lines, shown = found.blocks
    assert (found.title, title.title, title.text, head.heading) == ("Chương trình", True, "CHƯƠNG TRÌNH", 1)
    assert text.text == "Quán triệt sâu sắc\nnghị quyết"
    assert [(run.bold, run.italic) for run in text.runs if run.text.strip()] == [
        (False, False),
        (True, False),
        (False, True),
    ]
    assert [(each.label, each.depth) for each in (one, two, bullet)] == [("1.", 1), ("2.", 1), ("•", 1)]
    assert (quote.quoted, middle.centred) == (True, True)
    assert (rows(lines), lines.ruled) == ([["đầu", ""], ["a", "b"]], True)
    assert shown.runs == (Run("", picture="hinh-1.png"),)
    (remark,) = found.remarks
    assert (remark.author, remark.about, text.remarks) == ("Nguyễn Văn An", "sâu sắc", (remark.name,))
    assert problems == []


def test_a_long_document_is_read_in_seconds():
    numbering = lists(level(0, "decimal", "Điều %1."), level(1, "lowerLetter", "%2)"))
    sentence = t(f"{SENTENCE}, ") + t(f"{SENTENCE}; ", "<w:b/>") + t(SENTENCE)
    inside = "".join(
        p(sentence, f'<w:numPr><w:ilvl w:val="{at % 2}"/><w:numId w:val="1"/></w:numPr>') for at in range(3000)
    )
    data = made.docx(
        inside + table(*(row(*(cell(p(sentence)) for _ in range(4))) for _ in range(200))), numbering=numbering
    )
    start = time.perf_counter()
    found = read(data)[0]
    assert time.perf_counter() - start < 10
    assert len(found.blocks) == 3001
    assert [each.label for each in found.blocks[2998:3000]] == ["Điều 1500.", "a)"]


# --- files that another program wrote -------------------------------------------------------------

PAGE = """<html><head><meta charset="utf-8"><title>Kế hoạch</title></head><body><h1>Phần thứ nhất</h1>
<p>Câu <b>đậm</b> và <i>nghiêng</i>,
H<sub>2</sub>O, <a href="https://example.org/vi">liên kết</a>.</p><ol><li>Điểm một</li><li>Điểm hai<ol type="a">
<li>ý a</li><li>ý b</li></ol></li></ol><ul><li>gạch</li></ul><table border="1"><tr><th>Tên</th><th>Số</th></tr>
<tr><td colspan="2">gộp</td></tr></table><p>Hết.</p></body></html>"""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """LibreOffice, with a home of its own: brings a file into a Word file and returns its bytes."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    home = tmp_path_factory.mktemp("office")

    def written(file, *how):
        asked = ["--headless", f"-env:UserInstallation={home.as_uri()}", *how, "--convert-to", "docx:MS Word 2007 XML"]
        subprocess.run(
            [program, *asked, "--outdir", str(file.parent), str(file)], check=True, capture_output=True, timeout=180
        )
        return file.with_suffix(".docx").read_bytes()

    return written


@pytest.mark.slow
def test_a_file_that_libreoffice_writes(office, tmp_path):
    (tmp_path / "trang.html").write_text(PAGE, "utf-8")
    found, problems = read(office(tmp_path / "trang.html", "--infilter=HTML (StarWriter)"))
    texts_of = [each for each in found.blocks if isinstance(each, Paragraph)]
    assert [each.text for each in texts_of] == [
        "Phần thứ nhất",
        "Câu đậm và nghiêng, H2O, liên kết.",
        "Điểm một",
        "Điểm hai",
        "ý a",
        "ý b",
        "gạch",
        "Hết.",
    ]
    assert texts_of[0].heading == 1
    assert [run.text for run in texts_of[1].runs if run.bold] == ["đậm"]
    assert [run.text for run in texts_of[1].runs if run.italic] == ["nghiêng"]
    assert [run.text for run in texts_of[1].runs if run.lowered] == ["2"]
    assert [run.address for run in texts_of[1].runs if run.address] == ["https://example.org/vi"]
    assert [each.label for each in texts_of[2:7]] == ["1.", "2.", "a.", "b.", "•"]
    (grid,) = (each for each in found.blocks if isinstance(each, Grid))
    assert (rows(grid), grid.ruled) == ([["Tên", "Số"], ["gộp", ""]], True)
    assert Counter(each.code for each in problems) == {}


TEXT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:mimetype="application/vnd.oasis.opendocument.text" office:version="1.3"><office:automatic-styles>
<style:style style:name="An" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="K" style:family="graphic"/><style:page-layout style:name="T"/>
<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"
 style:num-prefix="Điều " style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a"
 style:num-suffix=")"/></text:list-style></office:automatic-styles><office:master-styles>
<style:master-page style:name="Standard" style:page-layout-name="T"><style:header><text:p>Đảng bộ xã Mẫu</text:p>
</style:header><style:footer><text:p>Trang <text:page-number>1</text:page-number></text:p></style:footer>
</style:master-page></office:master-styles><office:body><office:text><text:tracked-changes>
<text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>A</dc:creator>
<dc:date>2026-01-01T00:00:00</dc:date></office:change-info><text:p>đã bỏ </text:p></text:deletion></text:changed-region>
<text:changed-region text:id="c2"><text:insertion><office:change-info><dc:creator>A</dc:creator>
<dc:date>2026-01-01T00:00:00</dc:date></office:change-info></text:insertion></text:changed-region>
</text:tracked-changes><text:p>Câu<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>
<text:note-body><text:p>Chú chân trang.</text:p></text:note-body></text:note> <text:span
 text:style-name="An">ẩn</text:span>hết<text:note text:note-class="endnote"><text:note-citation>i</text:note-citation>
<text:note-body><text:p>Chú cuối.</text:p></text:note-body></text:note>.</text:p><text:p>Có <office:annotation
 office:name="b"><dc:creator>Trần Bình</dc:creator><dc:date>2026-02-02T10:00:00</dc:date><text:p>Lời bàn.</text:p>
</office:annotation>nhiệm kỳ<office:annotation-end office:name="b"/> mới.</text:p><text:p>Sửa: <text:change
 text:change-id="c1"/><text:change-start text:change-id="c2"/>thêm<text:change-end text:change-id="c2"/> xong.</text:p>
<text:list text:style-name="L"><text:list-item><text:p>một</text:p><text:list><text:list-item><text:p>ý</text:p>
</text:list-item></text:list></text:list-item><text:list-item><text:p>hai</text:p></text:list-item></text:list>
<text:p>Khung: <draw:frame draw:style-name="K" svg:width="5cm" svg:height="2cm" text:anchor-type="paragraph">
<draw:text-box><text:p>Trong khung</text:p></draw:text-box></draw:frame>sau.</text:p><text:table-of-content
 text:name="m"><text:table-of-content-source text:outline-level="3"/><text:index-body><text:p>Mục lục</text:p>
</text:index-body></text:table-of-content><text:p>Cuối.</text:p></office:text></office:body></office:document>"""


@pytest.mark.slow
def test_notes_remarks_changes_and_frames_that_libreoffice_writes(office, tmp_path):
    (tmp_path / "van-ban.fodt").write_text(TEXT, "utf-8")
    found, problems = read(office(tmp_path / "van-ban.fodt"))
    assert [(each.label, " ".join(each.text.split())) for each in found.blocks] == [
        ("", "Câu hết."),
        ("", "Có nhiệm kỳ mới."),
        ("", "Sửa: thêm xong."),
        ("Điều 1.", "một"),
        ("a)", "ý"),
        ("Điều 2.", "hai"),
        ("", "Khung: sau."),
        ("", "Trong khung"),
        ("", "Cuối."),
    ]
    assert [note[0].text for note in found.notes.values()] == ["Chú chân trang.", "Chú cuối."]
    (remark,) = found.remarks
    assert (remark.author, remark.day, remark.about) == ("Trần Bình", "2026-02-02", "nhiệm kỳ")
    assert found.blocks[1].remarks == (remark.name,)
    assert {each.code for each in problems} == {
        *("INTAKE_TEXT_BOX", "INTAKE_HEADER", "INTAKE_HIDDEN", "INTAKE_CONTENTS", "INTAKE_TRACKED"),
    }


def test_every_sign_that_is_known_is_one_character():
    for name in ("Symbol", "Wingdings", "Wingdings 2"):
        known = [signs.sign(code, name) for code in range(0x20, 0x100)]
        assert {len(each) for each in known} <= {0, 1}
        assert sum(map(bool, known)) > 5
