"""The print card: one page for any job, with the numbers of the sheets as they are."""

import io
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder import fonts, imposition, layout, press
from builder.composition import jobbing
from builder.composition.jobbing import CardFacts
from builder.imposition import Job
from builder.paper import A3, A4, SRA3, SheetSize
from builder.printer import Flip, Printer
from builder.works import card as cards

SVG = "{http://www.w3.org/2000/svg}"
FILES = {
    "booklet": "so-tay-nguoi-du-booklet.pdf",
    "fronts": "so-tay-nguoi-du-fronts.pdf",
    "backs": "so-tay-nguoi-du-backs.pdf",
    "booklet-cover": "so-tay-nguoi-du-booklet-cover.pdf",
}
BY_HAND = Printer("Canon", by_hand=True, backs_reversed=True)
LONG_TITLE = "Chương trình hành động thực hiện nghị quyết về nghiêng ngả khuỷu tay " * 4


@pytest.fixture(scope="module")
def plain(root):
    return layout.load("text", root / "layouts")


@pytest.fixture(scope="module")
def roles(root):
    return fonts.roles(root / "fonts")


def facts(**changes):
    given = {
        "title": "Sổ tay",
        "pages": 64,
        "sheets": 16,
        "sheet": A4,
        "front": ("64", "1"),
        "back": ("2", "63"),
        "edition": "nguoi-du",
        "files": FILES,
        "signatures": (16,),
        "paper_gsm": 80,
    }
    return CardFacts(**(given | changes))


@pytest.fixture(scope="module")
def printed(plain, roles):
    return lambda card: cards.on_one_page(card, plain, roles)


@pytest.fixture(scope="module")
def said(printed):
    """The words of a card, as they are read."""

    def read(card):
        printing = printed(card)
        page = pypdfium2.PdfDocument(printing.pdf)[0]
        return " ".join(page.get_textpage().get_text_bounded().split())

    return read


def drawings(composition):
    """The drawings of a composition: what is written in each, from left to right as it is drawn."""
    trees = (ET.fromstring(figure.data) for figure in composition.figures.values())  # noqa: S314 - drawn here
    return [[text.text for text in tree.iter(f"{SVG}text")] for tree in trees]


# --- one page, whatever the job -------------------------------------------------------------------

pages_of = st.one_of(st.none(), st.integers(1, 400).map(str), st.sampled_from(["12a", "112b"]))
halves = st.tuples(pages_of, pages_of)
printers = st.builds(
    Printer,
    name=st.sampled_from(["", "Canon", "Máy in phòng họp tầng hai nhà khách A"]),
    flip=st.sampled_from(Flip),
    by_hand=st.booleans(),
    backs_reversed=st.booleans(),
    backs_turned=st.booleans(),
)
jobs = st.builds(
    facts,
    title=st.one_of(st.integers(1, 270).map(lambda length: LONG_TITLE[:length]), st.just("Sotay-2027_" * 20)),
    pages=st.integers(1, 400),
    sheets=st.integers(1, 100),
    sheet=st.sampled_from([A4, A3, SRA3]),
    front=halves,
    back=halves,
    edition=st.sampled_from(["", "nguoi-du", "chu-tri-to-dang-so-12"]),
    files=st.sampled_from(["so-tay", "nghi-quyet-dai-hoi-dai-bieu-lan-thu-hai-muoi-ba-ban-cho-to"]).map(
        lambda stem: {kind: f"{stem}-{name}" for kind, name in FILES.items()}
    ),
    scheme=st.sampled_from(["saddle", "signatures", "side"]),
    signatures=st.lists(st.integers(1, 6), min_size=1, max_size=25).map(lambda sizes: tuple(sorted(sizes)[::-1])),
    copies_per_sheet=st.sampled_from([1, 2]),
    abreast=st.booleans(),
    paper_gsm=st.sampled_from([0, 70, 120]),
    cover=st.integers(0, 2),
    cover_gsm=st.sampled_from([0, 250]),
    blanks=st.lists(st.integers(1, 400), max_size=3).map(tuple),
    after=st.sampled_from(["60", "112b"]),
    glued=st.booleans(),
    right_to_left=st.booleans(),
    lying=st.booleans(),
    trim=st.sampled_from([None, (148.0, 210.0), (145.0, 205.5)]),
    marked=st.booleans(),
    printer=printers,
)


@pytest.mark.press
@settings(max_examples=40)
@given(card=jobs)
def test_any_job_is_told_on_one_page_without_a_fault(printed, card):
    printing = printed(card)
    assert (printing.pages, printing.problems) == (1, ())


# --- the numbers are those of the sheets ------------------------------------------------------------


def blank_pages(count, size=(420, 595)):
    pdf = pikepdf.new()
    for _ in range(count):
        pdf.add_blank_page(page_size=size)
    written = io.BytesIO()
    pdf.save(written)
    return written.getvalue()


def found(pages, **job):
    return cards.facts(imposition.impose(blank_pages(pages), Job(**job)), "Sổ tay", FILES, weights=(70, 160))


@pytest.mark.parametrize(
    ("pages", "job", "expected"),
    [
        (
            64,
            {},
            {"front": ("64", "1"), "back": ("2", "63"), "sheets": 16, "pages": 64, "blanks": (), "signatures": (16,)},
        ),
        (7, {}, {"front": ("7", "1"), "back": ("2", None), "sheets": 2, "pages": 8, "blanks": (7,), "after": "6"}),
        (
            1,
            {},
            {"front": (None, "1"), "back": (None, None), "sheets": 1, "pages": 4, "blanks": (2, 3, 4), "after": "1"},
        ),
        (72, {"scheme": "signatures"}, {"front": ("16", "1"), "back": ("2", "15"), "signatures": (4, 4, 4, 3, 3)}),
        (64, {"scheme": "side"}, {"front": ("1", "33"), "back": ("34", "2"), "sheets": 16}),
        (8, {"scheme": "side", "copies_per_sheet": 2}, {"front": ("1", "1"), "back": ("2", "2"), "sheets": 4}),
        (64, {"own_cover": True}, {"front": ("62", "3"), "back": ("4", "61"), "sheets": 15, "cover": 1, "pages": 64}),
        (4, {"own_cover": True}, {"front": ("4", "1"), "sheets": 1, "cover": 0}),
        (
            64,
            {"copies_per_sheet": 2},
            {"front": ("64", "1"), "sheets": 16, "sheet": A3, "abreast": False, "lying": True},
        ),
        (8, {"copies_per_sheet": 2, "sheet": SheetSize(600, 210)}, {"abreast": True, "lying": False}),
        (8, {"copies_per_sheet": 2, "sheet": SheetSize(430, 425)}, {"abreast": False, "lying": True}),
        (8, {"scheme": "side", "right_to_left": True}, {"right_to_left": True, "front": ("1", "5")}),
        (5, {"right_to_left": True}, {"front": ("1", "5"), "back": (None, "2"), "right_to_left": True, "after": "4"}),
        (8, {"keep_last": 2}, {"blanks": (), "after": "", "trim": None, "marked": False}),
        (8, {"printer": BY_HAND}, {"printer": BY_HAND, "front": ("8", "1")}),
    ],
)
def test_the_facts_are_those_of_the_sheets(pages, job, expected):
    card = found(pages, **job)
    assert {name: getattr(card, name) for name in expected} == expected
    assert (card.paper_gsm, card.cover_gsm, card.scheme) == (70, 160, job.get("scheme", "saddle"))


def test_pages_are_called_by_the_numbers_printed_on_them():
    labels = ["1", "2", "3", "4", "4a", "4b", "5", "6", "7", "8"]
    card = cards.facts(imposition.impose(blank_pages(10)), "Sổ tay", FILES, labels=labels)
    assert (card.front, card.back, card.pages, card.blanks, card.after) == (("8", "1"), ("2", None), 12, (10, 11), "7")


@pytest.mark.parametrize(
    ("title", "cut"),
    [
        ("Sổ tay", "Sổ tay"),
        ("a" * 110, "a" * 110),
        ("a" * 200, "a" * 109 + "…"),
        ("b " + "a" * 200, "b " + "a" * 107 + "…"),
        ("chữ " * 40, ("chữ " * 27).rstrip() + "…"),
    ],
)
def test_a_long_title_is_cut_and_never_cut_away(plain, roles, title, cut):
    markup = jobbing.card(facts(title=title), plain, roles).leaves[0].markup
    assert re.search("<h1>(.*?)</h1>", markup)[1] == cut


@pytest.mark.parametrize(
    ("job", "kinds"),
    [
        ({}, {"booklet"}),
        ({"own_cover": True}, {"booklet", "booklet-cover"}),
        ({"printer": BY_HAND}, {"fronts", "backs"}),
        ({"printer": BY_HAND, "own_cover": True}, {"fronts", "backs", "booklet-cover"}),
    ],
)
def test_the_files_are_those_that_were_made(job, kinds):
    assert found(16, **job).files == {kind: FILES[kind] for kind in kinds}


@pytest.mark.press
@settings(max_examples=25)
@given(
    pages=st.integers(1, 90),
    job=st.builds(
        Job,
        scheme=st.sampled_from(["saddle", "signatures", "side"]),
        copies_per_sheet=st.sampled_from([1, 2]),
        own_cover=st.booleans(),
        sheet=st.sampled_from([None, SheetSize(640, 450)]),
        marks=st.sampled_from([(), ("crop",)]),
        right_to_left=st.booleans(),
        printer=printers,
    ),
)
def test_sheets_of_any_kind_have_their_card(printed, pages, job):
    printing = printed(cards.facts(imposition.impose(blank_pages(pages), job), "Sổ tay", FILES))
    assert (printing.pages, printing.problems) == (1, ())


def test_a_title_from_elsewhere_may_hold_anything():
    card = cards.facts(imposition.impose(blank_pages(4)), "a\x00b\ud800<&", FILES)
    assert card.title == "a b <&"


def test_the_drawings_show_the_first_sheet(plain, roles):
    card = facts(front=("62", "1"), back=("2", None), pages=64, blanks=(63,), after="61")
    flip, first, fold = drawings(jobbing.card(card, plain, roles))
    assert flip == ["mặt trước", "mặt sau"]
    assert first == ["62", "1", "2", "trắng", "Mặt trước", "Mặt sau"]
    assert fold[:3] == ["tờ 1 ngoài cùng", "62", "1"]


def test_nobody_cuts_off_the_millimetre_by_which_a4_is_wider_than_a5_twice():
    points = 72 / 25.4
    imposed = imposition.impose(blank_pages(16, (148 * points, 210 * points)))
    assert (imposed.size, imposed.trim) == (A4, None)


@pytest.mark.parametrize(
    ("job", "trim", "marked"),
    [
        ({"sheet": A4}, False, False),
        ({"sheet": A4, "marks": ("crop",)}, False, False),
        ({"sheet": A3}, True, False),
        ({"sheet": A3, "marks": ("fold",)}, True, False),
        ({"sheet": SRA3, "marks": ("crop",)}, True, True),
        ({"sheet": SRA3, "marks": ("crop",), "scheme": "side"}, True, True),
        ({"sheet": SRA3, "marks": ("crop",), "copies_per_sheet": 2}, True, True),
        ({"sheet": SheetSize(300, 214), "marks": ("crop",)}, True, False),  # room to cut, none for marks
        ({"sheet": SRA3, "marks": ("crop",), "printer": Printer("Canon", edge=80)}, True, False),
    ],
)
def test_what_is_to_be_trimmed_is_told(job, trim, marked):
    card = found(16, **job)
    assert card.trim == (pytest.approx((148.17, 209.9), abs=0.01) if trim else None)
    assert card.marked is marked
    # The sheets do carry marks then, and no others do.
    job = Job(**job)
    imposed = imposition.impose(blank_pages(16), job)
    strokes = [
        instruction
        for made in imposed.files
        for page in pikepdf.open(io.BytesIO(made.pdf)).pages
        for instruction in pikepdf.parse_content_stream(page, "l")
    ]
    if "fold" not in job.marks:
        assert bool(strokes) is marked


@pytest.mark.parametrize(("tays", "drawn"), [(2, ["tay 1", "tay 2"]), (3, ["tay 1", "tay 2", "tay 3"])])
def test_as_many_signatures_are_drawn_as_there_are(plain, roles, tays, drawn):
    _, _, fold = drawings(jobbing.card(facts(scheme="signatures", signatures=(4,) * tays), plain, roles))
    assert [words for words in fold if words.startswith(("tay", "…"))] == drawn


def test_many_signatures_are_drawn_as_the_first_and_the_last(plain, roles):
    _, _, fold = drawings(jobbing.card(facts(scheme="signatures", signatures=(4,) * 7), plain, roles))
    assert fold[:4] == ["tay 1", "tay 2", "tay 7", "…"]


def test_copies_that_lie_in_the_file_are_drawn_lying(plain, roles):
    card = facts(copies_per_sheet=2, sheet=A3, lying=True)
    composition = jobbing.card(card, plain, roles)
    _, first, _ = drawings(composition)
    assert first[:8] == ["64", "1", "2", "63", "64", "1", "2", "63"]
    drawing = list(composition.figures.values())[1].data.decode()
    assert (drawing.count("rotate(-90)"), drawing.count("rotate(90)")) == (2, 2)
    assert "đầu trang ở mặt trước quay sang trái" in composition.leaves[0].markup


def test_two_copies_on_a_sheet_are_drawn_twice(plain, roles):
    card = facts(copies_per_sheet=2, sheet=A3)
    _, first, _ = drawings(jobbing.card(card, plain, roles))
    assert first[:8] == ["64", "1", "64", "1", "2", "63", "2", "63"]
    _, first, _ = drawings(jobbing.card(replace(card, abreast=True), plain, roles))
    assert first[:8] == ["64", "1", "64", "1", "2", "63", "2", "63"]


def test_every_drawing_has_words_for_those_who_do_not_see_it(plain, roles):
    for card in (facts(), facts(scheme="side"), facts(printer=BY_HAND), facts(scheme="signatures", signatures=(4, 4))):
        composition = jobbing.card(card, plain, roles)
        alts = re.findall(r'<img class="[^"]+" src="([^"]+)" alt="([^"]{20,})"/>', composition.leaves[0].markup)
        assert [path for path, _ in alts] == list(composition.figures)
        assert len(alts) == 3
    assert "bên trái là trang 64, bên phải là trang 1; mặt sau bên trái là trang 2" in alts[1][1]


# --- what it says ---------------------------------------------------------------------------------


@pytest.mark.press
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ["16 tờ A4", "100 %", "Không chọn Booklet", "hai mặt, lật cạnh ngắn", "64 | 1", "2 | 63", "đếm đủ 16 tờ"]),
        ({}, ["xong 7 tờ thì in tiếp từ trang 15", "Giở đủ 64 trang", "hai ghim đúng nếp", "anpham printer test"]),
        ({"sheets": 1, "pages": 4}, ["Gấp đôi", "không cần ghim"]),
        ({"printer": Printer("Brother", Flip.LONG)}, ["lật cạnh dài (Flip on long edge)", "cho máy Brother"]),
        ({"printer": BY_HAND}, ["lật cả chồng như lật trang sách", "trang 16 của tệp mặt sau"]),
        ({"printer": BY_HAND}, ["so-tay-nguoi-du-fronts.pdf", "so-tay-nguoi-du-backs.pdf"]),
        (
            {"scheme": "signatures", "signatures": (4, 4, 4, 3, 3)},
            ["5 tay: 4 + 4 + 4 + 3 + 3 tờ", "Gấp riêng từng tay"],
        ),
        ({"scheme": "signatures", "signatures": (4,) * 9}, ["9 tay: 9 tay 4 tờ"]),
        ({"scheme": "side", "copies_per_sheet": 2}, ["mỗi xấp là một cuốn, không chồng lên nhau"]),
        ({"printer": Printer("", Flip.LONG, by_hand=True)}, ["lật cả chồng như lật lịch treo tường"]),
        ({"scheme": "side"}, ["bên trái lên trên xấp bên phải", "bấm 2–3 ghim", "8–10 mm"]),
        ({"copies_per_sheet": 2, "sheet": A3}, ["mỗi 2 cuốn 16 tờ A3", "Cắt đôi", "Tờ A3 80 160 240 400"]),
        ({"cover": 1, "cover_gsm": 160}, ["1 tờ bìa, giấy 160 g/m²", "Bọc tờ bìa ra ngoài", "Tờ bìa 10 20 30 50"]),
        (
            {"printer": BY_HAND},
            [
                "xong 7 tờ: từ trang 8",
                "xong 7 tờ, tờ thứ 8 hỏng thì in tiếp chồng còn lại từ trang 9 của tệp mặt sau",
                "trang 9 của tệp mặt trước, nạp lại, trang 8 của tệp mặt sau",
                "Trang tệp mặt trước 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16",
                "Trang tệp mặt sau 16 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1",
            ],
        ),
        (
            {"printer": BY_HAND, "sheets": 30},
            [
                "trang 23 của tệp mặt trước, nạp lại, trang 8 của tệp mặt sau",
                "Trang tệp mặt trước 1 2 3 … 15 16 … 28 29 30",
                "Trang tệp mặt sau 30 29 28 … 16 15 … 3 2 1",
            ],
        ),
        ({"printer": BY_HAND, "sheets": 2}, ["tờ đầu hỏng", "từ trang 2 của tệp mặt sau", "trang 2 của tệp mặt trước"]),
        (
            {"printer": replace(BY_HAND, backs_reversed=False)},
            ["trang 8 của tệp mặt trước, nạp lại, trang 8 của tệp mặt sau"],
        ),
        ({"right_to_left": True, "front": ("1", "5")}, ["trang 1 quay ra"]),
        (
            {"trim": (148.0, 210.0), "marked": True},
            ["Xén theo dấu cắt đầu, chân và mép mở", "còn 148 × 210 mm; không xén gáy"],
        ),
        ({"trim": (145.0, 205.5)}, ["Xén cho đều đầu, chân và mép mở", "còn 145 × 205,5 mm"]),
        (
            {"trim": (148.0, 210.0), "marked": True, "scheme": "side"},
            ["Xén theo dấu cắt cả bốn mép, còn 148 × 210 mm. Xén xong, dóng đều gáy, bấm 2–3 ghim"],
        ),
        ({"command": "./run"}, ["./run printer set TÊN", "./run printer test"]),
        ({"blanks": (61, 62), "after": "60"}, ["2 trang trắng sau trang 60 là đúng"]),
        ({"scheme": "side", "right_to_left": True}, ["cách mép phải 8–10 mm"]),
        ({"scheme": "side", "glued": True}, ["quét keo dán gáy", "ở mép trái"]),
    ],
)
def test_the_card_says_what_this_job_is(said, changes, words):
    read = said(facts(**changes))
    assert [each for each in words if each not in read] == []


@pytest.mark.press
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ["Gấp riêng", "Cắt", "bìa in riêng", "trắng", "-fronts", "Xén"]),
        ({"printer": BY_HAND}, ["lật cạnh ngắn", "-booklet.pdf", "−k"]),
        ({"printer": replace(BY_HAND, backs_reversed=False)}, ["Trang tệp mặt sau"]),
        ({"command": "./run"}, ["anpham"]),
        ({"scheme": "side"}, ["nếp", "keo"]),
        ({"scheme": "side", "glued": True}, ["ghim", "8–10 mm"]),
        ({"scheme": "side", "right_to_left": True}, ["mép trái"]),
        ({"sheets": 1}, ["Kẹt giấy", "hai ghim"]),
    ],
)
def test_the_card_says_nothing_of_other_jobs(said, changes, words):
    read = said(facts(**changes))
    assert [each for each in words if each in read] == []


def test_paper_is_counted_for_whole_reams():
    card = facts(sheets=16, copies_per_sheet=2)
    assert [card.needed(copies) for copies in (1, 2, 3, 30)] == [16, 16, 32, 240]


@pytest.mark.press
def test_a_letter_that_no_face_has_does_not_stop_the_card(said):
    assert "Sổ tay ??" in said(facts(title="Sổ tay 日本"))


# --- as a file ------------------------------------------------------------------------------------


@pytest.mark.press
def test_a_card_is_tagged_and_told_in_the_order_it_is_read(printed):
    pdf = pikepdf.open(io.BytesIO(printed(facts()).pdf))
    kinds = []

    def walk(element):
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            kinds.append((str(element.S), str(element.get("/Alt", ""))))
        for kid in element.get("/K", []) if isinstance(element, pikepdf.Dictionary) else element:
            if isinstance(kid, pikepdf.Dictionary | pikepdf.Array):
                walk(kid)

    walk(pdf.Root.StructTreeRoot.K)
    figures = [alt for kind, alt in kinds if kind == "/Figure"]
    assert [alt.split()[0] for alt in figures] == ["Tờ", "Tờ", "Các"]
    order = [kind for kind, _ in kinds if kind in ("/H1", "/L", "/Table")]
    assert order == ["/H1", "/L", "/Table"]
    assert sum(kind == "/LI" for kind, _ in kinds) == 10


@pytest.mark.press
def test_the_same_card_has_the_same_bytes_and_is_not_set_again(plain, roles):
    kept = {}

    class Shelf:
        get = staticmethod(kept.get)
        put = staticmethod(kept.__setitem__)

    first = cards.made(facts(), plain, roles, press.Crew(), Shelf())
    put = len(kept)
    second = cards.made(facts(), plain, roles, press.Crew(), Shelf())
    assert (first.kind, first.pages, first.data) == ("card", 1, second.data)
    assert len(kept) == put > 0
    assert press.print_pdf(jobbing.card(facts(), plain, roles), cache=Shelf()).rounds[0].fresh == 0


@pytest.mark.press
def test_a_layout_may_say_it_otherwise(root, tmp_path, roles):
    folder = tmp_path / "layouts"
    folder.mkdir()
    for name in ("base", "text"):
        (folder / name).symlink_to(root / "layouts" / name)
    own = folder / "cua-ta"
    (own / "leaves").mkdir(parents=True)
    (own / "layout.yaml").write_text("extends: text\nwords:\n  print_card: Phiếu của ta\n", "utf-8")
    (own / "leaves" / "print-card.html").write_text("<h1>{{ words.print_card }}: {{ card.sheets }} tờ</h1>", "utf-8")
    (own / "card.css").write_text("h1 { font-size: 30pt }", "utf-8")
    printing = press.print_pdf(jobbing.card(facts(), layout.load("cua-ta", folder), roles))
    text = pypdfium2.PdfDocument(printing.pdf)[0].get_textpage().get_text_bounded()
    assert (" ".join(text.split()), printing.problems) == ("Phiếu của ta: 16 tờ", ())


def test_what_its_template_sees_is_in_the_manual(root, plain, roles):
    manual = (root / "layouts" / "README.md").read_text("utf-8")
    section = manual.partition("### Phiếu hướng dẫn in")[2].partition("\n#")[0]
    told = {name for name in re.findall(r"`([\w.]+)[`(]", section) if "." not in name or name.startswith("card.")}
    spy = "{{ self._TemplateReference__context.get_all() | list | join(' ') }}"
    spied = replace(plain, templates={"print-card.html": spy, "test-sheet.html": spy})
    (sheet,) = jobbing.test_sheets(jobbing.TestFacts(A4), spied, roles)
    leaves = [jobbing.card(facts(), spied, roles).leaves[0], sheet.leaves[0]]
    seen = {name for leaf in leaves for name in re.sub(r"<[^>]+>", "", leaf.markup).split()}
    jinja = {"range", "dict", "lipsum", "cycler", "joiner", "namespace"}
    assert seen - jinja == {name for name in told if "." not in name}
    own = {name for name in dir(CardFacts) if not name.startswith("_")}
    assert {name.removeprefix("card.") for name in told if name.startswith("card.")} - {"css"} == own
