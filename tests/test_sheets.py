"""Leaves that every session has: handouts, forms filled in from the plan, whatever a layout adds; rules to write on."""

import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from test_composition import tree

from builder import composition, fonts, layout, manuscript, press, problems
from builder.composition import Medium, meeting
from builder.manuscript.settings import TRIMS
from builder.publication import Align, Item, Listing, Paragraph, SessionPart, Table, Text, plain

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [*sorted((ROOT / "sources").iterdir()), ROOT / "tests" / "specimen"]
FORMS = ("diem-danh", "bien-ban", "thu-hoach", "gop-y")


@pytest.fixture(scope="module")
def roles():
    return fonts.roles(ROOT / "fonts")


@pytest.fixture(scope="module")
def specimen():
    return manuscript.read(ROOT / "tests" / "specimen")[0]


@pytest.fixture(scope="module")
def made(specimen, roles):
    """Compose a publication in a layout."""

    def make(name, publication=specimen, medium=Medium.PRINT, folder=ROOT / "layouts", **changes):
        edition = replace(publication.settings.editions[0], layout=name, folios_of="", **changes)
        composed, found = composition.compose(publication, layout.load(name, folder), edition, medium, roles)
        assert found == ()
        return composed

    return make


def words(element):
    return " ".join(" ".join(element.itertext()).replace("\u00a0", " ").split())


def of(element, kind):
    return [each for each in element.iter() if kind in (each.get("class") or "").split()]


# --- a leaf of every session ----------------------------------------------------------------------


def layouts_with(folder, order, words_given="{}"):
    """Put a layout ``mine`` beside base: its order of leaves in print, a template ``loi-hua``."""
    for source in sorted((ROOT / "layouts" / "base").rglob("*.*")):
        target = folder / "base" / source.relative_to(ROOT / "layouts" / "base")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    mine = folder / "mine"
    (mine / "leaves").mkdir(parents=True)
    (mine / "leaves" / "loi-hua.html").write_text("<h1>{{ text(session.title) }}</h1>", "utf-8")
    (mine / "layout.yaml").write_text(
        f"summary: của tôi\nextends: base\nwords: {words_given}\nleaves: {{print: {order}, ebook: {order}}}\n", "utf-8"
    )
    return folder


def test_a_layout_sets_any_leaf_for_every_session(tmp_path, made):
    folder = layouts_with(tmp_path, "[{leaf: loi-hua, each: session}, program]", "{loi-hua: Lời hứa}")
    composed = made("mine", folder=folder)
    assert [leaf.id for leaf in composed.leaves][:2] == ["loi-hua-buoi-1", "loi-hua-buoi-2"]
    assert "Giữ sách và cho mượn" in words(tree(composed.leaves[1]))
    assert [entry.title for entry in composed.outline][:2] == ["Buổi 1. Lời hứa", "Buổi 2. Lời hứa"]


def test_leaves_that_stand_together_go_session_by_session(tmp_path, made):
    folder = layouts_with(tmp_path, "[{leaf: session, each: session}, {leaf: loi-hua, each: session}, program]")
    kinds = [leaf.id for leaf in made("mine", folder=folder).leaves][:4]
    assert kinds == ["buoi-1", "loi-hua-buoi-1", "buoi-2", "loi-hua-buoi-2"]


def test_lines_of_the_contents_stand_under_another_leafs(tmp_path, made):
    folder = layouts_with(tmp_path, "[glossary, {leaf: program, under: glossary}, {leaf: session, each: session}]")
    outline = made("mine", folder=folder).outline
    assert [entry.target for entry in outline] == ["glossary", "buoi-1", "buoi-2"]
    assert [entry.target for entry in outline[0].children] == ["phan-1", "phan-2", "td-1"]


@pytest.mark.parametrize(
    ("order", "what"),
    [
        ("[{leaf: loi-hua, each: chapter}]", "loi-hua: each: chapter"),
        ("[{leaf: loi-hua, each: }]", "loi-hua: each: None"),
        ("[{leaf: program, under: annex}]", "program: under: annex"),
        ("[{leaf: program, under: glossary}, glossary]", "program: under: glossary"),
        ("[{leaf: loi-hua, most: 0}]", "loi-hua: most: 0"),
        ("[{leaf: loi-hua, most: ít}]", "loi-hua: most: ít"),
    ],
)
def test_a_line_that_says_what_there_is_not_is_named(tmp_path, order, what):
    with pytest.raises(problems.Problems) as raised:
        layout.load("mine", layouts_with(tmp_path, order))
    (problem,) = raised.value.problems
    assert problem.code == "LAYOUT_BROKEN"
    assert what in problem.sentence()


@pytest.mark.parametrize("medium", Medium)
def test_a_layout_that_finds_nothing_to_print_says_so(specimen, made, medium):
    with pytest.raises(problems.Problems) as raised:
        made("handout", replace(specimen, sessions=()), medium)
    assert [problem.code for problem in raised.value.problems] == ["LAYOUT_EMPTY"]


def test_paper_to_write_on_is_not_set_for_a_phone(made):
    with pytest.raises(problems.Problems) as raised:
        made("bieu-mau", trim=TRIMS["phone"])
    (problem,) = raised.value.problems
    assert problem.code == "LAYOUT_PAPER"
    assert "“bieu-mau”" in problem.sentence()
    assert "trim: A4" in problem.way_out()


@pytest.mark.press
def test_a_handout_of_more_than_four_pages_is_told_of_by_its_session(specimen, made):
    asked = Listing(tuple(Item((Paragraph((Text("Hỏi điều gì?"),)),), lines=30) for _ in range(4)), 1)
    first = specimen.sessions[0]
    long = replace(first, parts=(*first.parts, SessionPart("discussion", (Text("Gợi ý thảo luận"),), (asked,))))
    several = replace(specimen, sessions=(long, *specimen.sessions[1:]))
    told = [each for each in press.print_pdf(made("handout", several)).problems if each.code == "LEAF_LONG"]
    assert [(each.place, each.severity) for each in told] == [(first.place, problems.Severity.WARNING)]
    assert re.fullmatch(r"“Buổi 1\. .*” dài [5-9] trang; .* nhiều nhất 4 trang\.", told[0].sentence())
    assert [leaf.most for leaf in made("handout", several, trim=TRIMS["phone"]).leaves] == [0, 0]


@pytest.mark.parametrize("name", ["handout", "bieu-mau"])
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_ids_are_unique_and_no_link_leads_out(made, name, source):
    composed = made(name, manuscript.read(source)[0])
    ids = [each.get("id") for leaf in composed.leaves for each in tree(leaf).iter() if each.get("id")]
    links = {
        each.get("href")[1:] for leaf in composed.leaves for each in tree(leaf).iter("a") if each.get("href")[0] == "#"
    }
    assert len(ids) == len(set(ids))
    assert links <= set(ids)


# --- what a session says of itself ----------------------------------------------------------------


def session_with(specimen, *parts):
    return replace(specimen.sessions[0], parts=parts)


def row(*cells):
    return tuple((Text(cell),) if cell else () for cell in cells)


def test_an_agenda_is_read_by_the_heads_of_its_columns(specimen):
    aligns = (Align.LEFT,) * 3
    table = Table(row("Phút", "Người phụ trách", "Nội dung"), (row("5", "Ai", "Việc"), row("", "", "")), aligns)
    (step,) = meeting.steps(session_with(specimen, SessionPart("agenda", (), (table,))))
    assert (plain(step.what), plain(step.who), plain(step.time)) == ("Việc", "Ai", "5")


def test_an_agenda_of_unknown_heads_gives_its_first_words(specimen):
    table = Table(row("TT", "Bước"), (row("1", "Mở đầu"), row("2", "Kết")), (Align.LEFT,) * 2)
    session = session_with(specimen, SessionPart("agenda", (), (table,)))
    assert [plain(step.what) for step in meeting.steps(session)] == ["Mở đầu", "Kết"]
    listed = Listing(meeting.discussion(specimen.sessions[0]), 1)
    session = session_with(specimen, SessionPart("agenda", (), (listed,)))
    assert [plain(step.what) for step in meeting.steps(session)] == [
        "Ai trong tổ hợp với việc sửa bản in? Vì sao?",
        "Lỗi nào ta hay gặp nhất khi in?",
    ]


# --- handouts -------------------------------------------------------------------------------------


def test_a_question_of_a_handout_has_the_lines_asked_for(made):
    first, second = (tree(leaf) for leaf in made("handout").leaves)
    assert [len(of(item, "line")) for item in of(first, "questions")[0]] == [3, 4]
    assert [len(of(item, "line")) for item in of(second, "questions")[0]] == [4]


def test_a_handout_tells_what_to_read_and_keeps_what_is_the_leaders(made):
    first = words(tree(made("handout").leaves[0]))
    for part in (
        "19 giờ 30, thứ Năm, ngày 05 tháng 3 năm 2026 (90 phút)",
        "Điều 3: Người soạn",
        "Nhà văn hóa thôn Đoài",
    ):
        assert part in first
    assert first.startswith("Tổ làm sách thôn Đoài Tờ phát tay Buổi 1 Sách trong làng: soạn, sửa và in")
    assert "Dự kiến kết luận" not in first
    assert "Một cuốn sách nhỏ cũng qua tay nhiều người" not in first
    leaders = words(tree(made("handout", audience="leader").leaves[0]))
    assert "Dự kiến kết luận" in leaders
    assert "Một cuốn sách nhỏ cũng qua tay nhiều người" in leaders


def test_pages_to_read_are_those_of_the_edition_in_everybodys_hand(specimen, roles):
    edition = replace(specimen.settings.editions[0], layout="handout", folios_of="nguoi-du")
    sheet = layout.load("handout", ROOT / "layouts")
    there = {"phan-2.muc-1", "phan-2.muc-2"}
    composed, _ = composition.compose(specimen, sheet, edition, Medium.PRINT, roles, elsewhere=there)
    second = tree(composed.leaves[1])
    assert [slot.get("data-of") for slot in of(second, "folios")] == ["phan-2.muc-1", "phan-2.muc-2"]
    assert "Số trang là của cuốn “Mẫu chữ của nhà in làng”." in words(second)


def test_a_handout_without_another_edition_tells_no_pages(made):
    markup = "".join(leaf.markup for leaf in made("handout").leaves)
    assert "data-of" not in markup
    assert "tr.\u00a0" not in markup


def test_an_ebook_has_room_to_think_and_no_lines(made):
    composed = made("handout", medium=Medium.EBOOK)
    assert [leaf.id for leaf in composed.leaves] == ["title", "handout-buoi-1", "handout-buoi-2"]
    assert not [each for leaf in composed.leaves for each in of(tree(leaf), "line")]
    assert re.search(r"\n\.questions > li \{[^}]*padding-bottom: 0\.9em; border-bottom: ", composed.stylesheet)


@pytest.mark.press
@pytest.mark.parametrize("trim", ["A5", "A4"])
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_a_handout_has_one_to_four_pages_and_opens_on_a_sheet_of_its_own(made, source, trim):
    publication = manuscript.read(source)[0]
    printing = press.print_pdf(made("handout", publication, trim=TRIMS[trim]))
    assert printing.problems == ()
    for session in publication.sessions:
        first, last = (spans[f"handout-{session.id}"] for spans in (printing.folios, printing.ends))
        assert 0 <= last - first < 4
        assert first % 2 == 1


# --- forms ----------------------------------------------------------------------------------------


def form(composed, name):
    return next(tree(leaf) for leaf in composed.leaves if leaf.id == name)


def test_each_session_has_its_forms_and_the_publication_one_register(made):
    leaves = [leaf.id for leaf in made("bieu-mau").leaves]
    assert leaves == [f"{kind}-buoi-{number}" for number in (1, 2) for kind in FORMS] + ["so-ky-nhan"]


def test_forms_are_filled_in_from_the_plan(made):
    composed = made("bieu-mau")
    roll, minutes, essay, register = (
        words(form(composed, name))
        for name in ("diem-danh-buoi-1", "bien-ban-buoi-1", "thu-hoach-buoi-1", "so-ky-nhan")
    )
    for text in (roll, minutes):
        assert "Thời gian: 19 giờ 30, thứ Năm, ngày 05 tháng 3 năm 2026" in text
        assert "Địa điểm: Nhà văn hóa thôn Đoài" in text
        assert "Chủ trì: Tổ trưởng" in text
    assert "Thư ký: Thư ký tổ" in minutes
    assert "1. Đọc văn bản (Người trình bày)" in minutes
    assert "3. Kết luận (Chủ trì)" in minutes
    assert "1. " not in minutes.partition("III.")[2]
    assert "Buổi 1: Sách trong làng: soạn, sửa và in" in essay
    assert "Lỗi nào ta hay gặp nhất khi in?" in essay
    assert "Mẫu chữ của nhà in làng TT Họ và tên Chức vụ, đơn vị Số bản Ngày nhận Ký nhận" in register


def test_what_the_plan_does_not_say_is_left_to_be_written(made):
    roll = form(made("bieu-mau"), "diem-danh-buoi-2")
    known = {words(each).partition(":")[0]: "known" in each.get("class") for each in of(roll, "field")}
    assert known == {"Thời gian": True, "Địa điểm": False, "Chủ trì": False}


def test_a_post_in_brackets_wants_a_name(made):
    publication = manuscript.read(ROOT / "sources" / "chuong-trinh-hanh-dong-05")[0]
    fields = of(form(made("bieu-mau", publication), "bien-ban-buoi-1"), "field")
    chair = next(each for each in fields if words(each).startswith("Chủ trì"))
    assert (words(chair), chair.get("class")) == ("Chủ trì (bí thư chi bộ):", "field")


@pytest.mark.parametrize(
    ("address", "head"),
    [
        ("dong-chi", "ĐẢNG CỘNG SẢN VIỆT NAM"),
        ("hoi-vien", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"),
        ("ong-ba", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"),
    ],
)
def test_the_head_of_a_form_is_that_of_the_organisation(made, specimen, address, head):
    organisation = replace(specimen.settings.organisation, address=address)
    publication = replace(specimen, settings=replace(specimen.settings, organisation=organisation))
    letterhead = of(form(made("bieu-mau", publication), "gop-y-buoi-1"), "letterhead")[0]
    assert words(letterhead) == f"HỘI ĐỌC SÁCH XÃ TỔ LÀM SÁCH THÔN ĐOÀI {head}"


def test_the_questions_of_the_survey_are_the_layouts_words(made, tmp_path):
    boxes = of(form(made("bieu-mau"), "gop-y-buoi-1"), "tick")
    assert len(boxes) == 14
    folder = layouts_with(tmp_path, "[program]")
    for source in sorted((ROOT / "layouts" / "bieu-mau").rglob("*.*")):
        target = folder / "bieu-mau" / source.relative_to(ROOT / "layouts" / "bieu-mau")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    yaml = folder / "bieu-mau" / "layout.yaml"
    yaml.write_text(
        yaml.read_text("utf-8").replace("  write_1:", "  survey_6: Nước uống | đủ | thiếu\n  write_1:"), "utf-8"
    )
    survey = form(made("bieu-mau", folder=folder), "gop-y-buoi-1")
    assert len(of(survey, "tick")) == 16
    assert "6. Nước uống đủ thiếu" in words(survey)


@pytest.mark.press
@pytest.mark.parametrize(
    ("source", "trim"),
    [*((source, "A4") for source in SOURCES), (ROOT / "tests" / "specimen", "A5")],
    ids=lambda each: getattr(each, "name", each),
)
def test_forms_fill_their_sheets(made, source, trim):
    """One sheet each: the roll on one side with enough rows, minutes and essay on two at most, rules to the foot."""
    publication = manuscript.read(source)[0]
    printing = press.print_pdf(made("bieu-mau", publication, trim=TRIMS[trim]))
    assert printing.problems == ()
    pages = pypdfium2.PdfDocument(printing.pdf)
    for session in publication.sessions:
        lengths = {
            kind: printing.ends[f"{kind}-{session.id}"] - printing.folios[f"{kind}-{session.id}"] + 1 for kind in FORMS
        }
        assert lengths["diem-danh"] == lengths["gop-y"] == 1
        assert lengths["thu-hoach"] == 2
        assert lengths["bien-ban"] <= (2 if trim == "A4" else 3)
        roll = pages[printing.folios[f"diem-danh-{session.id}"] - 1].get_textpage().get_text_bounded()
        rows = [int(line) for line in roll.splitlines() if line.strip().isdecimal()]
        assert rows == list(range(1, len(rows) + 1))
        assert len(rows) >= 15


# --- what is filled to the foot of the page --------------------------------------------------------


def rules(page):
    """How far from the foot of the page (pt) the lines to write on stand, the lowest first."""
    boxes = (each.get_bounds() for each in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH]))
    return sorted(bottom for left, bottom, right, top in boxes if right - left > 150 and 15 < top - bottom < 30)


@pytest.mark.press
def test_lines_are_ruled_to_the_foot_and_no_further(made):
    printing = press.print_pdf(made("handout"))
    pages = pypdfium2.PdfDocument(printing.pdf)
    margin, step = 17 * 72 / 25.4, 22.5
    for number in (printing.ends["handout-buoi-1"], printing.ends["handout-buoi-2"]):
        lowest, *others = rules(pages[number - 1])
        assert margin <= lowest < margin + step
        assert others[0] - lowest == pytest.approx(step, abs=0.1)
    assert len(rules(pages[printing.ends["handout-buoi-2"] - 1])) > 12


@pytest.mark.press
def test_what_follows_stands_at_the_foot_and_several_share_the_room(made):
    printing = press.print_pdf(made("bieu-mau"))
    page = pypdfium2.PdfDocument(printing.pdf)[printing.folios["gop-y-buoi-1"] - 1]
    found = page.get_textpage()
    places = []
    for words_sought in ("Điều bổ ích nhất", "Điều tôi còn chưa rõ", "Góp ý cho buổi sau"):
        finder = found.search(words_sought)
        index, _ = finder.get_next()
        places.append(found.get_charbox(index)[1])
    lines = [sum(low < each < high for each in rules(page)) for high, low in zip(places, [*places[1:], 0], strict=True)]
    assert max(lines) - min(lines) <= 1
    assert min(lines) >= 3
