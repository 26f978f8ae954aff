"""What is set line by line: verse, quotations with whose words they are, heads and feet of official papers."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import manuscript
from builder.problems import Problems
from builder.publication import (
    Emphasis,
    Figure,
    Footnote,
    Head,
    Paragraph,
    Quote,
    Role,
    Sign,
    Table,
    Text,
    Turn,
    Verse,
    VerseLine,
    passages,
    plain,
)

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
TABLE = "| TT | Việc |\n|---|---|\n| 1 | Soạn |"


@pytest.fixture
def read(tmp_path):
    """Write a programme, its one clause with a body; the publication and the codes with their lines come back."""

    def reader(body):
        folder = tmp_path / "sach"
        (folder / "figures").mkdir(parents=True, exist_ok=True)
        (folder / "figures" / "a.svg").write_text(SVG.replace("/>", "><g/></svg>"), "utf-8")
        (folder / "program.md").write_text(f"Điều 1. Phạm vi\n\n{body}\n", "utf-8")
        try:
            publication, problems = manuscript.read(folder)
        except Problems as error:
            return None, [(problem.code, problem.place.line) for problem in error.problems]
        return publication, [(problem.code, problem.place.line) for problem in problems]

    return reader


@pytest.fixture
def body(read):
    def reader(text):
        publication, problems = read(text)
        assert problems == []
        assert len(publication.program.clauses) == 1
        assert publication.program.clauses[0].children == ()
        return publication.program.clauses[0].body

    return reader


@pytest.fixture
def piece(body):
    """The one block between the fences of a kind."""

    def reader(kind, text):
        (block,) = body(f"::: {kind}\n{text}\n:::")
        return block

    return reader


def told(parts):
    return [(part.role.name, plain(part.inlines)) for part in parts]


# --- verse and quotations -------------------------------------------------------------------------


def test_lines_of_verse_are_kept_and_blank_lines_part_stanzas(piece):
    assert piece("verse", "Một dòng\n  dòng *hai*\n\n\ndòng ba") == Verse(
        (
            (VerseLine((Text("Một dòng"),)), VerseLine((Text("dòng "), Emphasis((Text("hai"),))), indented=True)),
            (VerseLine((Text("dòng ba"),)),),
        )
    )


def test_a_line_of_verse_may_begin_like_a_label(piece):
    verse = piece("verse", "1. Một là\n- Hai là\na) Ba là\nĐiều 2. Bốn là")
    assert [plain(line.inlines) for line in verse.stanzas[0]] == ["1. Một là", "- Hai là", "a) Ba là", "Điều 2. Bốn là"]


@pytest.mark.parametrize("dash", ["—", "–", "--"])
def test_whose_verse_it_is_stands_in_its_last_line(piece, dash):
    verse = piece("verse", f"Một dòng\n\n{dash} *Ca dao*")
    assert verse.attribution == (Emphasis((Text("Ca dao"),)),)
    assert [len(stanza) for stanza in verse.stanzas] == [1]


def test_a_dash_within_verse_is_no_attribution(piece):
    assert piece("verse", "— Ai đó?\n— Tôi đây.\nmột người đáp").attribution == ()


def test_footnotes_may_be_called_in_verse(body):
    (block,) = body("::: verse\nMột dòng[^1]\n:::\n\n[^1]: Lời chú")
    ((line,),) = block.stanzas
    assert isinstance(line.inlines[1], Footnote)
    assert list(passages((block,))) == ["Một dòng", "Lời chú"]


@pytest.mark.parametrize(
    ("text", "said", "whose"),
    [
        ("> Một *câu*\n> — Thủ thư", ["Một câu"], "Thủ thư"),
        ("> Một câu\n>\n> – Thủ thư *thôn*", ["Một câu"], "Thủ thư thôn"),
        ("> Một câu  \n> hai câu\n> — Thủ thư", ["Một câu hai câu"], "Thủ thư"),
        ("> Một câu", ["Một câu"], ""),
        ("> — Một mình", ["— Một mình"], ""),
        ("> Một — hai\n> ba", ["Một — hai ba"], ""),
        ("> *a\n> — b*", ["a — b"], ""),
    ],
)
def test_whose_words_are_quoted(body, text, said, whose):
    (quote,) = body(text)
    assert isinstance(quote, Quote)
    assert [plain(block.inlines) for block in quote.blocks] == said
    assert plain(quote.attribution) == whose


def test_an_attribution_with_an_address_is_placed(read):
    assert read("> Một câu\n> hai\n> — [ai đó](tep.doc)")[1] == [("LINK_BAD", 5)]


# --- heads ----------------------------------------------------------------------------------------

STATE_RIGHT = [("NATION", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("MOTTO", "Độc lập - Tự do - Hạnh phúc")]
NATION, MOTTO = (words for _, words in STATE_RIGHT)
DATE = "Bắc Hà, ngày 01 tháng 02 năm 2026"


def test_the_head_of_a_state_paper_as_it_stands(piece):
    head = piece(
        "head",
        f"""SỞ VĂN HÓA
THƯ VIỆN
TỈNH BẮC HÀ
-------
Số: 15/QĐ-TV
{NATION}
{MOTTO}
---------------
{DATE}

QUYẾT ĐỊNH
Về việc in sách
GIÁM ĐỐC THƯ VIỆN""",
    )
    assert isinstance(head, Head)
    assert told(head.left) == [
        ("PARENT", "SỞ VĂN HÓA"),
        ("ORGAN", "THƯ VIỆN"),
        ("ORGAN", "TỈNH BẮC HÀ"),
        ("NUMBER", "Số: 15/QĐ-TV"),
    ]
    assert told(head.right) == [*STATE_RIGHT, ("DATED", DATE)]
    assert told(head.below) == [
        ("DOCUMENT", "QUYẾT ĐỊNH"),
        ("SUBJECT", "Về việc in sách"),
        ("AUTHORITY", "GIÁM ĐỐC THƯ VIỆN"),
    ]


SHUFFLED = [
    f"{NATION}\n{MOTTO}\n{DATE}\nTHƯ VIỆN\nSố: 15/QĐ-TV\nQUYẾT ĐỊNH",
    f"THƯ VIỆN | {NATION}\nSố: 15/QĐ-TV | {MOTTO}\n| {DATE}\nQUYẾT ĐỊNH",
    f"THƯ VIỆN\t{NATION}\n \t{MOTTO}\nSố: 15/QĐ-TV\t{DATE}\n\t\tQUYẾT ĐỊNH",
    f"THƯ VIỆN          {NATION}\n                  {MOTTO}\nSố: 15/QĐ-TV      {DATE}\n     QUYẾT ĐỊNH",
]


@pytest.mark.parametrize("text", SHUFFLED)
def test_in_what_order_the_columns_were_copied_does_not_matter(piece, text):
    head = piece("head", text)
    assert told(head.left) == [("ORGAN", "THƯ VIỆN"), ("NUMBER", "Số: 15/QĐ-TV")]
    assert told(head.right) == [*STATE_RIGHT, ("DATED", DATE)]
    assert told(head.below) == [("DOCUMENT", "QUYẾT ĐỊNH")]


def test_the_head_of_a_party_paper(piece):
    head = piece(
        "head",
        f"ĐẢNG BỘ TỈNH\nHUYỆN ỦY BẮC HÀ\n*\nSố 05-NQ/HU\nĐẢNG CỘNG SẢN VIỆT NAM\n{DATE}\nNGHỊ QUYẾT\nvề sách\n-----",
    )
    assert told(head.left) == [
        ("PARENT", "ĐẢNG BỘ TỈNH"),
        ("ORGAN", "HUYỆN ỦY BẮC HÀ"),
        ("STAR", "*"),
        ("NUMBER", "Số 05-NQ/HU"),
    ]
    assert told(head.right) == [("PARTY", "ĐẢNG CỘNG SẢN VIỆT NAM"), ("DATED", DATE)]
    assert told(head.below) == [("DOCUMENT", "NGHỊ QUYẾT"), ("SUBJECT", "về sách")]


@pytest.mark.parametrize(
    ("organs", "roles"),
    [
        (["ỦY BAN NHÂN DÂN", "XÃ ĐOÀI"], ["ORGAN", "ORGAN"]),
        (["ỦY BAN NHÂN DÂN", "HUYỆN BẮC HÀ", "PHÒNG NỘI VỤ"], ["PARENT", "PARENT", "ORGAN"]),
        (["TỈNH ỦY", "THÀNH ỦY BẮC HÀ"], ["PARENT", "ORGAN"]),
        (["**BAN A**", "BAN B"], ["ORGAN", "PARENT"]),
        (["QUỐC HỘI"], ["ORGAN"]),
    ],
)
def test_the_body_that_issues_is_told_from_the_one_above(piece, organs, roles):
    head = piece("head", "\n".join([*organs, NATION]))
    assert told(head.left) == [(role, organ.strip("*")) for role, organ in zip(roles, organs, strict=True)]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Số:        /QĐ-UBND", "NUMBER"),
        ("Luật số: 45/2019/QH14", "NUMBER"),
        ("Số 05-NQ/TW", "NUMBER"),
        ("V/v cho mượn sách", "ABOUT"),
    ],
)
def test_numbers_and_what_letters_are_about_stand_at_the_left(piece, line, role):
    assert [part.role.name for part in piece("head", f"BAN A\n{line}\n{NATION}").left] == ["ORGAN", role]


@pytest.mark.parametrize(
    "line", [DATE, "Hà Nội, ngày      tháng      năm 2026", "TP. Hồ Chí Minh, ngày … tháng … năm 2026"]
)
def test_place_and_date_stand_at_the_right(piece, line):
    assert piece("head", f"BAN A\n{NATION}\n{line}").right[-1].role is Role.DATED


def test_below_the_kind_of_paper_stands_its_subject_whatever_it_looks_like(piece):
    head = piece("head", f"QUỐC HỘI\n{NATION}\nLUẬT\nTHƯ VIỆN\n(Sửa đổi)")
    assert told(head.below) == [("DOCUMENT", "LUẬT"), ("SUBJECT", "THƯ VIỆN"), ("REMARK", "(Sửa đổi)")]


def test_a_line_nobody_knows_is_put_where_its_writer_says(piece):
    head = piece("head", f"BAN A\nkhóa hai |\n| {NATION}\n| bản thứ ba")
    assert told(head.left)[-1] == ("OTHER", "khóa hai")
    assert told(head.right)[-1] == ("OTHER", "bản thứ ba")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (f"BAN A\nkhóa hai\n{NATION}", [("HEAD_LINE", 5)]),
        (f"BAN A | b | {NATION}", [("HEAD_LINE", 4)]),
        ("BAN A\nQUY CHẾ", [("HEAD_RIGHT", 3)]),
        ("", [("FENCE_EMPTY", 3)]),
        ("-----", [("FENCE_EMPTY", 3)]),
    ],
)
def test_a_head_that_cannot_be_understood_says_so(read, text, codes):
    assert sorted(read(f"::: head\n{text}\n:::")[1]) == codes


# --- feet -----------------------------------------------------------------------------------------

FOOT = "Nơi nhận:\n- Như Điều 3;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nNguyễn Văn A"
BESIDE = """**Nơi nhận:** | TM. ỦY BAN NHÂN DÂN
- Như Điều 3; | KT. CHỦ TỊCH
- Lưu: VT. | PHÓ CHỦ TỊCH
| (Đã ký)
| Nguyễn Văn A"""
GAPPED = """TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

(Đã ký)

Nguyễn Văn A
Nơi nhận:
- Như Điều 3;
- Lưu: VT."""


@pytest.mark.parametrize("text", [FOOT, BESIDE, GAPPED])
def test_the_foot_of_a_state_paper(piece, text):
    foot = piece("sign", text)
    assert isinstance(foot, Sign)
    assert told(foot.recipients) == [
        ("RECIPIENTS", "Nơi nhận:"),
        ("RECIPIENT", "- Như Điều 3;"),
        ("RECIPIENT", "- Lưu: VT."),
    ]
    (signer,) = foot.signers
    assert told(signer) == [
        ("AUTHORITY", "TM. ỦY BAN NHÂN DÂN"),
        ("AUTHORITY", "KT. CHỦ TỊCH"),
        ("POST", "PHÓ CHỦ TỊCH"),
        ("SIGNED", "(Đã ký)"),
        ("NAME", "Nguyễn Văn A"),
    ]


def test_two_who_sign_side_by_side(piece):
    foot = piece("sign", f"THƯ KÝ | CHỦ TỌA\n(Đã ký) | \nLê Văn B | TRẦN THỊ C\n | {DATE}")
    assert [told(signer) for signer in foot.signers] == [
        [("POST", "THƯ KÝ"), ("SIGNED", "(Đã ký)"), ("NAME", "Lê Văn B")],
        [("POST", "CHỦ TỌA"), ("POST", "TRẦN THỊ C"), ("DATED", DATE)],
    ]
    assert foot.recipients == ()


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("T/M ĐẢNG ỦY\nBÍ THƯ", ["AUTHORITY", "POST"]),
        ("CHỦ TỊCH\nNGUYỄN VĂN A", ["POST", "NAME"]),
        ("CHỦ TỊCH\nNguyễn Văn A", ["POST", "NAME"]),
        ("TUQ. GIÁM ĐỐC\nTRƯỞNG PHÒNG\n(đã ký)", ["AUTHORITY", "POST", "SIGNED"]),
        (f"{DATE}\nHIỆU TRƯỞNG\n(Ký, ghi rõ họ tên)", ["DATED", "POST", "REMARK"]),
    ],
)
def test_what_the_lines_of_one_who_signs_are(piece, text, roles):
    assert [part.role.name for part in piece("sign", text).signers[0]] == roles


@pytest.mark.parametrize(
    ("text", "codes"),
    [("", [("FENCE_EMPTY", 3)]), ("THƯ KÝ | CHỦ TỌA\n(Đã ký)", [("SIGN_COLUMNS", 5)])],
)
def test_a_foot_that_cannot_be_understood_says_so(read, text, codes):
    assert read(f"::: sign\n{text}\n:::")[1] == codes


def test_every_line_of_a_paper_is_a_passage(body):
    blocks = body(f"::: head\nBAN A\n{NATION}\nQUY CHẾ\nvề sách\n:::\n\n::: sign\n{FOOT}\n:::")
    written = {"BAN A", NATION, "QUY CHẾ", "về sách", *FOOT.split("\n")}
    assert set(passages(blocks)) == written


@given(
    kind=st.sampled_from(["head", "sign"]),
    lines=st.lists(
        st.sampled_from([*SHUFFLED[1].split("\n"), *BESIDE.split("\n"), "khóa hai", "*", "---", "", "a | b | c"])
    ),
)
def test_no_letter_of_a_paper_is_lost_without_a_word(kind, lines):
    with TemporaryDirectory() as given_folder:
        folder = Path(given_folder) / "sach"
        folder.mkdir()
        text = "\n".join(lines)
        (folder / "program.md").write_text(f"Điều 1. Phạm vi\n\n::: {kind}\n{text}\n:::\n", "utf-8")
        try:
            publication, _ = manuscript.read(folder)
        except Problems:
            return
    kept = "".join(passages(publication.program.clauses[0].body))
    assert sorted(filter(str.isalnum, kept)) == sorted(filter(str.isalnum, text))


# --- where they stand -----------------------------------------------------------------------------


def test_labels_go_on_after_a_piece(read):
    publication, problems = read("1. Một\n\n::: verse\n1. Thơ\n- thơ\n:::\n\n2. Hai")
    assert problems == []
    assert [clause.label for clause in publication.program.clauses[0].children] == ["1.", "2."]
    assert isinstance(publication.program.clauses[0].children[0].body[-1], Verse)


def test_a_piece_left_open_hides_no_labels(read):
    assert read("::: verse\nMột dòng\n\nĐiều 2. Hai\n\nHết.")[1][0] == ("FENCE_OPEN", 3)


@pytest.mark.parametrize("kind", ["verse", "head", "sign"])
def test_footnotes_have_no_room_for_pieces(read, kind):
    assert ("FENCE_PLACE", 7) in read(f"Một[^1]\n\n[^1]: a\n\n    ::: {kind}\n    {NATION}\n    :::")[1]


@pytest.mark.parametrize("kind", ["verse", "head", "sign"])
def test_pieces_take_no_attributes(read, kind):
    assert ("FENCE_ATTR", 3) in read(f"::: {kind} {{lines=3}}\n{NATION}\n:::")[1]


# --- tables and figures ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("caption", "words", "turn"),
    [
        ("Bảng: Các việc {turn}", "Các việc", Turn.TURN),
        ("Bảng 1. Các việc { fit }", "Bảng 1. Các việc", Turn.FIT),
        ("Bảng 1. Các *việc* {turn}", "Bảng 1. Các việc", Turn.TURN),
        ("Bảng: {turn}", "", Turn.TURN),
        ("Bảng: Các việc {xoay}", "Các việc {xoay}", Turn.AUTO),
        ("Bảng: Các việc", "Các việc", Turn.AUTO),
    ],
)
def test_a_caption_says_whether_its_table_is_turned(body, caption, words, turn):
    for text in (f"{TABLE}\n\n{caption}", f"{caption}\n\n{TABLE}", f"{TABLE}\n{caption}"):
        (table,) = body(text)
        assert isinstance(table, Table)
        assert (plain(table.caption), table.turn) == (words, turn)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('![Sơ đồ](figures/a.svg "Hình 1. Bước {turn}")', ("Sơ đồ", "Hình 1. Bước", Turn.TURN, False)),
        ('![Sơ đồ](figures/a.svg "{fit}")', ("Sơ đồ", "", Turn.FIT, False)),
        ('![""](figures/a.svg)', ("", "", Turn.AUTO, True)),
        ("![“”](figures/a.svg)", ("", "", Turn.AUTO, True)),
    ],
)
def test_a_figure_says_what_it_shows_and_whether_it_is_turned(body, text, said):
    (figure,) = body(text)
    assert isinstance(figure, Figure)
    assert (figure.alt, plain(figure.caption), figure.turn, figure.decoration) == said


def test_a_figure_without_a_word_is_a_problem_and_an_ornament_is_none(read):
    assert read("![](figures/a.svg)")[1] == [("FIGURE_ALT", 3)]
    assert read('![""](figures/a.svg)')[1] == []


def test_pieces_are_blocks_beside_paragraphs(body):
    blocks = body("Một\n\n::: verse\nhai\n:::\n\nba")
    assert [type(block) for block in blocks] == [Paragraph, Verse, Paragraph]
