"""Markup of what is set line by line, of what its writer wants turned, of what pictures show."""

import re
from xml.etree import ElementTree as ET

import pytest

from builder.composition import Medium, planning
from builder.composition.markup import Compositor
from builder.composition.typography import typeset
from builder.problems import Place
from builder.publication import (
    Align,
    Figure,
    Head,
    Matter,
    Paragraph,
    Part,
    Program,
    Publication,
    Quote,
    Role,
    Session,
    Settings,
    Sign,
    Table,
    Text,
    Turn,
    Verse,
    VerseLine,
    plain,
)

HERE = Place("front/1.md", 1)


def words(text):
    return (Text(text),)


def parts(*pairs):
    return tuple(Part(role, words(text)) for role, text in pairs)


HEAD = Head(
    parts(
        (Role.PARENT, "SỞ VĂN HÓA"), (Role.ORGAN, "THƯ VIỆN"), (Role.NUMBER, "Số: 15/QĐ-TV"), (Role.ABOUT, "V/v sách")
    ),
    parts(
        (Role.NATION, "CỘNG HÒA"), (Role.MOTTO, "Độc lập - Tự do"), (Role.DATED, "Hà Nội, ngày 01 tháng 02 năm 2026")
    ),
    parts((Role.DOCUMENT, "QUYẾT ĐỊNH"), (Role.SUBJECT, "Về việc in sách")),
)
PARTY = Head(
    parts((Role.ORGAN, "ĐẢNG ỦY"), (Role.STAR, "*"), (Role.NUMBER, "Số 05-NQ/ĐU")), parts((Role.PARTY, "ĐẢNG CỘNG SẢN"))
)
SIGN = Sign(
    parts((Role.RECIPIENTS, "Nơi nhận:"), (Role.RECIPIENT, "- Lưu: VT.")),
    (parts((Role.AUTHORITY, "TM. ỦY BAN"), (Role.POST, "CHỦ TỊCH"), (Role.SIGNED, "(Đã ký)"), (Role.NAME, "Lê A")),),
)
VERSE = Verse(
    (
        (VerseLine(words("Một dòng"), indented=True), VerseLine(words("dòng thứ hai"))),
        (
            VerseLine(
                words("ba"),
            ),
        ),
    ),
    words("Ca dao"),
)


def set_in(medium, *blocks):
    """Set blocks; the element that holds them."""
    compositor = Compositor("la", medium, {"undescribed": "Hình chưa có lời mô tả"})
    markup = compositor.prose(blocks, "muc")
    return ET.fromstring(f"<div>{markup}</div>")  # noqa: S314 - composed here


def printed(*blocks):
    return set_in(Medium.PRINT, *blocks)


def said(element):
    return " ".join("".join(element.itertext()).replace("\u00a0", " ").split())


def classes(element):
    return [each.get("class") for each in element.iter() if each.get("class")]


def test_a_head_is_read_column_by_column():
    (head,) = printed(HEAD)
    columns = [(each.get("class"), said(each)) for each in head[0]]
    assert columns == [
        ("issuer", "SỞ VĂN HÓATHƯ VIỆN"),
        ("numbered", "Số: 15/QĐ-TVV/v sách"),
        ("state", "CỘNG HÒAĐộc lập - Tự do"),
        ("placed", "Hà Nội, ngày 01 tháng 02 năm 2026"),
    ]
    assert (head.get("class"), head[1].get("class"), said(head[1])) == (
        "paper-head",
        "titled",
        "QUYẾT ĐỊNHVề việc in sách",
    )
    assert [line.get("class") for line in head.iter("p")] == [
        *("parent", "organ", "number", "about", "nation", "motto", "dated", "document", "subject"),
    ]


def test_the_star_of_a_party_body_stands_with_its_name():
    (head,) = printed(PARTY)
    assert head.get("class") == "paper-head of-party"
    assert [(each.get("class"), said(each)) for each in head[0]] == [
        ("issuer", "ĐẢNG ỦY*"),
        ("numbered", "Số 05-NQ/ĐU"),
        ("state", "ĐẢNG CỘNG SẢN"),
    ]


@pytest.mark.parametrize("medium", Medium)
@pytest.mark.parametrize("piece", [HEAD, PARTY, SIGN, VERSE])
def test_nothing_of_it_claims_to_be_a_table_and_the_block_has_an_id(medium, piece):
    (block,) = set_in(medium, piece)
    assert {each.tag for each in block.iter()} <= {"div", "p", "span"}
    assert block.get("id") == "muc-p1"


def test_a_foot_has_who_it_goes_to_and_who_signs():
    (foot,) = printed(SIGN)
    assert foot.get("class") == "paper-foot signers-1 sent-out"
    assert [each.get("class") for each in foot] == ["sent", "signer"]
    assert [line.get("class") for line in foot[1]] == ["authority", "post", "signed", "name"]


@pytest.mark.parametrize(
    ("sign", "kind"),
    [
        (Sign((), SIGN.signers * 2), "paper-foot signers-2"),
        (Sign((), (parts((Role.AUTHORITY, "T/M ĐẢNG ỦY")),)), "paper-foot signers-1 of-party"),
    ],
)
def test_a_foot_says_how_many_sign_and_whose_custom_it_follows(sign, kind):
    (foot,) = printed(sign)
    assert foot.get("class") == kind
    assert len(foot) == len(sign.signers)


def test_verse_has_a_line_each_and_stanzas_with_ids():
    (verse,) = printed(VERSE)
    assert verse.get("style") == "--longest: 12"
    assert [(each.tag, each.get("class"), each.get("id")) for each in verse] == [
        ("p", "stanza", "muc-p2"),
        ("p", "stanza", "muc-p3"),
        ("p", "credit", None),
    ]
    lines = [(each.get("class"), said(each)) for each in verse[0]]
    assert lines == [("verse-line indented", "Một dòng"), ("verse-line", "dòng thứ hai")]
    assert said(verse[0]) == "Một dòng dòng thứ hai"  # with a space where no style is known


def test_an_ebook_has_no_measure_to_stand_in_the_middle_of():
    markup = ET.tostring(set_in(Medium.EBOOK, VERSE), encoding="unicode")
    assert "style" not in markup


def test_whose_words_are_quoted_stands_below_them():
    (quote,) = printed(Quote((Paragraph(words("Một câu")),), words("Thủ thư")))
    assert [(each.get("class"), said(each)) for each in quote] == [(None, "Một câu"), ("credit", "Thủ thư")]
    (bare,) = printed(Quote((Paragraph(words("Một câu")),)))
    assert [said(each) for each in bare] == ["Một câu"]


@pytest.mark.parametrize(("turn", "kind"), [(Turn.AUTO, None), (Turn.TURN, "turn"), (Turn.FIT, "upright")])
def test_what_a_writer_wants_of_a_table_or_figure_is_a_class(turn, kind):
    table = Table((words("x" * 30),), ((words("một"),),), (Align.LEFT,), turn=turn)
    figure = Figure("figures/a.svg", "image/svg+xml", b"", "một", turn=turn)
    assert [each.get("class") for each in printed(table, figure)] == [kind, kind]


def test_a_table_of_many_columns_says_so():
    def table(count):
        cells = (words("một"),) * count
        return Table(cells, (cells,), (Align.LEFT,) * count)

    for large in (table(5), Table((words("nghiêng"),) * 3, ((words("một"),) * 3,), (Align.LEFT,) * 3)):
        narrow, wide = set_in(Medium.EBOOK, table(4), large)
        assert "wide" not in narrow.get("class").split()
        assert "wide" in (wide.get("class") or "").split()
        assert "wide" not in printed(large)[0].get("class", "").split()
    (one,) = set_in(Medium.EBOOK, Table((words("x" * 30),), ((words("một"),),), (Align.LEFT,)))
    assert one.get("class") is None


def test_where_a_table_is_read_row_by_row_each_cell_says_what_it_is():
    heads = tuple(map(words, ("Ngày", "Việc", "", "Thu < chi", "Còn")))
    row = tuple(map(words, ("01", "Mua", "x", "", "2")))
    (table,) = set_in(Medium.EBOOK, Table(heads, (row,), (Align.LEFT,) * 4 + (Align.RIGHT,)))
    cells = table.findall("tbody/tr/td")
    assert [said(cell) for cell in cells] == ["Ngày: 01", "Việc: Mua", "x", "Thu < chi:", "Còn: 2"]
    assert [cell.get("class") for cell in cells] == [None, None, None, "blank", "right"]
    assert [each.get("class") for cell in cells for each in cell] == ["added column"] * 4
    (table,) = printed(Table(heads, (row,), (Align.LEFT,) * 5))
    assert [said(cell) for cell in table.findall("tbody/tr/td")] == ["01", "Mua", "x", "", "2"]


@pytest.mark.parametrize(
    ("figure", "attributes"),
    [
        (Figure("a.svg", "", b"", "một tờ"), {"alt": "một tờ"}),
        (Figure("a.svg", "", b"", "", words("Hình 1")), {"alt": "Hình 1"}),
        (Figure("a.svg", "", b""), {"alt": "Hình chưa có lời mô tả"}),
        (Figure("a.svg", "", b"", decoration=True), {"alt": "", "role": "presentation"}),
    ],
)
def test_what_a_picture_shows_is_never_left_unsaid(figure, attributes):
    ((image, *_),) = printed(figure)
    assert image.attrib == {"src": "a.svg", **attributes}


# --- the typographic pass -------------------------------------------------------------------------


def test_a_table_that_is_not_shown_as_one_says_what_it_is():
    rows = tuple((words(day), *(words("x"),) * 4) for day in ("01", "Thứ Hai"))
    wide, narrow = set_in(
        Medium.EBOOK,
        Table((words("Ngày"), (), *(words("Thu"),) * 3), rows, (Align.LEFT,) * 5),
        Table((words("Ngày"), words("Thu")), tuple(row[:2] for row in rows), (Align.LEFT,) * 2),
    )
    roles = [each.get("role") for each in wide.iter()]
    header, below = ["columnheader", "cell", *["columnheader"] * 3], ["row", "rowheader", *["cell"] * 4]
    assert list(filter(None, roles)) == ["table", "rowgroup", "row", *header, "rowgroup", *below, *below]
    assert not [each for each in narrow.iter() if each.get("role")]


def settled(*blocks):
    matter = Matter("dau-1", words("Mở đầu"), blocks, HERE)
    publication = Publication("so-tay", Settings("Sổ tay", dash="en"), Program((), ()), front=(matter,))
    return typeset(publication).front[0].body


def test_the_words_of_a_paper_are_never_changed():
    (head, sign) = settled(HEAD, SIGN)
    assert head == HEAD
    assert sign == SIGN


def test_verse_and_credits_are_set_as_a_careful_compositor_would():
    verse, quote = settled(
        Verse(((VerseLine(words('"Một" - hai...')),),), words('"Ca dao"')),
        Quote((Paragraph(words('"Một"')),), words("ai  đó")),
    )
    assert plain(verse.stanzas[0][0].inlines) == "“Một” – hai…"
    assert plain(verse.attribution) == "“Ca dao”"
    assert plain(quote.blocks[0].inlines) == "“Một”"
    assert plain(quote.attribution) == "ai đó"


def test_an_identifier_in_a_head_stays_on_one_line():
    markup = ET.tostring(printed(HEAD), encoding="unicode")
    assert re.search(r'<span class="nb">15/QĐ-TV</span>', markup)


@pytest.mark.parametrize(
    ("written", "bare", "listed"),
    [
        ("Mở đầu", "Mở đầu", "Buổi 1. Mở đầu"),
        ("Buổi 1. Mở đầu", "Mở đầu", "Buổi 1. Mở đầu"),
        ("Buổi 1 – Mở đầu", "Mở đầu", "Buổi 1. Mở đầu"),
        ("Buổi 1", "Buổi 1", "Buổi 1"),
        ("Buổi 1.", "Buổi 1.", "Buổi 1"),
        ("Buổi 10 năm trước", "Buổi 10 năm trước", "Buổi 1. Buổi 10 năm trước"),
        ("“Mở đầu”", "“Mở đầu”", "Buổi 1. “Mở đầu”"),
    ],
)
def test_a_session_is_called_by_its_title_without_its_number_unless_it_has_no_other(written, bare, listed):
    session = Session("buoi-1", 1, written, None, "", None, "", "", "", "", "", (), (), HERE)
    named = {"session": "Buổi"}
    assert planning.bare_session_title(session, named) == bare
    assert planning._session_title(session, named) == listed
