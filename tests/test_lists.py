"""What is gathered from the text: subject index, abbreviations, tables and figures, references to what is not there."""

import itertools
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import composition, fonts, layout, manuscript, press, problems
from builder.composition import Medium, captions, index, targets
from builder.composition.book import Book
from builder.composition.markup import Compositor
from builder.composition.nouns import Leaf
from builder.publication import (
    Align,
    Break,
    Code,
    CrossReference,
    Emphasis,
    Figure,
    Footnote,
    Indexed,
    IndexTerm,
    Matter,
    Paragraph,
    Program,
    Publication,
    Reading,
    Reference,
    Session,
    Settings,
    Table,
    Text,
    indexed_in,
    passages,
    plain,
    rewritten,
    runs_of,
)
from builder.vietnamese import abbreviations, order
from builder.vietnamese.terms import Finder

ROOT = Path(__file__).resolve().parent.parent
HERE = problems.Place("glossary.md", 1)
WORDS = {
    "session": "Buổi",
    "page_reference": "(tr. {page})",
    "page_named": "trang {page}",
    "back_to_text": "Trở lại",
    "note_named": "chú thích",
}


@pytest.fixture(scope="session")
def roles():
    return fonts.roles(ROOT / "fonts")


def paragraph(text):
    return Paragraph((Text(text),))


def publication(*texts, terms=(), **more):
    """A publication whose only text is one piece of front matter."""
    blocks = tuple(paragraph(text) if isinstance(text, str) else text for text in texts)
    matter = Matter("dau-1", (Text("Lời nói đầu"),), blocks, HERE)
    return Publication("thu", Settings("Thử"), Program((), ()), front=(matter,), index=tuple(terms), **more)


def term(words, *forms, **more):
    return IndexTerm(words, HERE, forms, **more)


def marked(*texts, terms=()):
    """The words marked in each run, each with its entry and id."""
    done, _ = index.marked(publication(*texts, terms=terms))
    return [[(plain(each.inlines), each.entry, each.anchor) for each in indexed_in(run)] for run in runs_of(done)]


# --- where terms stand ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("dân vận", "Dân vận là dân  vận, DÂN VẬN, dân\u00a0vận.", ["Dân vận", "dân  vận", "DÂN VẬN", "dân\u00a0vận"]),
        ("dân vận", "cư dân vận động, ai dân vậnx", ["dân vận"]),
        ("Mác", "Mác-Lênin, Các Mác.", ["Mác"]),
        ("Lênin", "Mác-Lênin", []),
        ("hòa giải", "hoà giải, Hòa giải", ["hoà giải", "Hòa giải"]),
        ("mặt trận Tổ quốc", "Mặt trận Tổ quốc, mặt trận tổ quốc", ["Mặt trận Tổ quốc"]),
        ("“tự diễn biến”", "chống “tự diễn biến”", ["tự diễn biến"]),
        ("sách", "sách, tủ sách; sáchx; 1sách", ["sách", "sách"]),
        ("C++", "C và C++", ["C", "C"]),  # no mark is part of a word
        ("“”", "“”", []),
    ],
)
def test_a_term_is_found_where_it_stands_whole(words, text, found):
    assert [text[place.start : place.end] for place in Finder([(words, 1)])(text)] == found


def test_the_longest_of_several_terms_stands_there():
    find = Finder([("dân vận", "a"), ("dân vận khéo", "b"), ("khéo", "c")])
    assert [place.meant for place in find("dân vận khéo, khéo dân vận")] == ["b", "c", "a"]


@given(st.text("dânvậ khéo,.-", max_size=60), st.lists(st.sampled_from(["dân", "dân vận", "khéo", "ân", "vận khéo"])))
def test_places_are_whole_words_in_order_and_never_overlap(text, words):
    places = list(Finder((each, each) for each in words)(text))
    assert all(one.end <= other.start for one, other in itertools.pairwise(places))
    for place in places:
        assert not text[place.start - 1 : place.start].isalnum()
        assert not text[place.end : place.end + 1].isalnum()
        assert " ".join(text[place.start : place.end].split()).lower() == place.meant


# --- marks ----------------------------------------------------------------------------------------


def test_each_run_has_one_place_of_an_entry_and_an_id_that_names_it():
    found = marked("sách và sách", "Sách", "báo", terms=[term("sách")])
    assert found == [[], [("sách", "sách", "tc-sach.dau-1")], [("Sách", "sách", "tc-sach.dau-1.2")], []]


def test_what_a_writer_marks_comes_before_what_is_found():
    written = Paragraph((Text("sách, "), Indexed((Text("Cuốn ấy"),), "sách")))
    assert marked(written, terms=[term("sách")])[1] == [("Cuốn ấy", "sách", "tc-sach.dau-1")]


def test_a_mark_for_a_name_that_is_not_listed_makes_an_entry():
    written = Paragraph((Indexed((Text("chữ"),), "Mục mới"), Text(" và "), Indexed((Text("chữ nữa"),), "mục mới")))
    done, found = index.marked(publication(written))
    assert [(each.words, list(each.places)) for each in found.top] == [("Mục mới", ["tc-muc-moi.dau-1"])]
    assert plain(done.front[0].body[0].inlines) == "chữ và chữ nữa"


def test_other_forms_and_what_sends_its_reader_on_lead_to_the_entry():
    terms = [term("Mặt trận Tổ quốc", "Mặt trận"), term("MTTQ", see="mặt trận Tổ quốc")]
    done, found = index.marked(publication("MTTQ xã", "Mặt trận xã", terms=terms))
    assert [list(each.places) for each in found.top] == [
        ["tc-mat-tran-to-quoc.dau-1", "tc-mat-tran-to-quoc.dau-1.2"],
        [],
    ]
    assert done.front[0].body[0].inlines[0].anchor == "tc-mat-tran-to-quoc.dau-1"


def test_entries_of_one_spelling_without_tones_have_ids_of_their_own():
    _, found = index.marked(publication("đảng và dạng", terms=[term("đảng"), term("dạng"), term("“”")]))
    assert [each.id for each in found.top] == ["dang", "dang-2", "khac"]
    assert all(re.fullmatch(r"[a-z0-9.-]+", anchor) for each in found.top for anchor in each.places)


def test_terms_are_found_across_emphasis_and_in_footnotes():
    note = Footnote((paragraph("sách hay"),), HERE)
    mixed = Paragraph((Emphasis((Text("tủ"),)), Text(" sách"), note, Code("sách"), Break()))
    found = marked(mixed, terms=[term("tủ sách"), term("sách")])
    assert found == [[], [("sách", "sách", "tc-sach.dau-1")], [("tủ", "tủ sách", "tc-tu-sach.dau-1")]]


INLINES = st.recursive(
    st.builds(Text, st.text("dânvậsách ,.", min_size=1, max_size=12))
    | st.just(Break())
    | st.builds(Code, st.just("x")),
    lambda inner: st.builds(Emphasis, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    max_leaves=6,
)


@given(st.lists(INLINES, min_size=1, max_size=5).map(tuple))
def test_marking_never_changes_a_word(inlines):
    given_ = publication(Paragraph(inlines), terms=[term("dân"), term("vận"), term("sách"), term("dân vận")])
    done, _ = index.marked(given_)
    assert list(passages(done.front[0].body)) == list(passages(given_.front[0].body))
    again = rewritten(done, lambda run: tuple(flat(run)))
    assert list(passages(again.front[0].body)) == list(passages(given_.front[0].body))


def flat(run):
    for inline in run:
        if isinstance(inline, Indexed):
            yield from inline.inlines
        else:
            yield inline


# --- set in type ----------------------------------------------------------------------------------


def bare_markup(inlines, *, heading=False):
    compositor = Compositor("la", Medium.PRINT, WORDS)
    markup = compositor.heading(inlines) if heading else compositor.prose((Paragraph(inlines),), "a")
    return re.sub(r'<span id="[^"]*">(.*?)</span>', r"\1", markup)


@pytest.mark.parametrize("heading", [False, True])
@pytest.mark.parametrize(
    "text",
    ["Theo Điều 5 khoản 2 của dân vận khéo và 12-NQ/TW, xem thêm ở trang 12 của tập này nhé.", "Dân vận khéo là khéo"],
)
def test_marks_change_nothing_about_the_setting(text, heading):
    for start, end in itertools.combinations(range(0, len(text), 3), 2):
        cut = (Text(text[:start]), Indexed((Text(text[start:end]),), "x", "tc-x"), Text(text[end:]))
        markup = Compositor("la", Medium.PRINT, WORDS).inline(cut)
        assert markup.count('id="tc-x"') == 1
        assert bare_markup(cut, heading=heading) == bare_markup((Text(text),), heading=heading)


def test_an_id_is_given_once_in_a_composition():
    compositor = Compositor("la", Medium.PRINT, WORDS)
    twice = (Indexed((Text("sách"),), "x", "tc-x"),)
    assert (compositor.inline(twice), compositor.inline(twice)) == ('<span id="tc-x">sách</span>', "sách")


def test_references_to_pages_and_sessions_are_set_as_the_medium_wants():
    page, session = CrossReference("dieu-5", "Điều 5", Reference.PAGE), CrossReference("buoi-2", "", Reference.SESSION)
    on_paper, on_screen = (Compositor("la", medium, WORDS) for medium in Medium)
    slot = '<a class="folio" href="#{}"></a>'
    assert on_paper.inline((page,)) == f'<span class="paged" data-else="Điều 5">trang {slot.format("dieu-5")}</span>'
    assert on_screen.inline((page,)) == '<a class="reference" href="#dieu-5">Điều\u00a05</a>'
    assert on_paper.inline((session,)).endswith(f'Buổi 2</a><span class="paged"> (tr. {slot.format("buoi-2")})</span>')
    assert on_screen.inline((session,)) == '<a class="reference" href="#buoi-2">Buổi 2</a>'


# --- references to what is not there --------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "loose"),
    [
        ('<a href="#co">chữ</a>', '<a href="#co">chữ</a>'),
        ('<a class="reference" href="#khong">chữ <em>x</em></a>', '<span class="reference">chữ <em>x</em></span>'),
        ('a <span class="paged">(tr. <a class="folio" href="#khong"></a>)</span> b', "a <span /> b"),
        (
            '<span class="paged" data-else="Điều 5">trang <a class="folio" href="#khong"></a></span>.',
            "<span>Điều 5</span>.",
        ),
        ('<span class="paged">(tr. <a class="folio" href="#co"></a>)</span>', None),
        ('<span class="folios" data-of="co khong co2"></span>', '<span class="folios" data-of="co co2" />'),
        ('<span class="paged">(<span class="folios" data-of="khong"></span>)</span>', "<span />"),
        ('<a class="folio" href="#noi-khac"></a>', '<span class="folio" data-of="noi-khac" />'),
        ('<a href="#noi-khac">chữ</a>', "<span>chữ</span>"),
        ('<a href="https://a.vn">chữ</a>', None),
        (
            '<aside epub:type="footnote"><a href="#khong">x</a></aside>',
            '<aside epub:type="footnote"><span>x</span></aside>',
        ),
    ],
)
def test_a_reference_to_what_is_not_there_is_plain_words(markup, loose):
    leaf = Leaf("la", "program", "", f'<section class="leaf" id="la">{markup}</section>')
    (done,) = targets.loosened([leaf], {"la", "co", "co2"}, {"noi-khac"})
    assert done.markup == f'<section class="leaf" id="la">{loose or markup}</section>'


@pytest.fixture(scope="module")
def specimen():
    return manuscript.read(ROOT / "tests" / "specimen")[0]


def composed(of, roles, medium, name="interleaved", **changes):
    edition = replace(of.settings.editions[0], layout=name, **changes)
    return composition.compose(of, layout.load(name, ROOT / "layouts"), edition, medium, roles)[0]


def leaf_of(composition_, kind):
    return next((leaf.markup for leaf in composition_.leaves if leaf.kind == kind), "")


def said(markup):
    return " ".join(re.sub(r"<[^>]*>", "", markup.replace("</t", " </t")).replace("\u00a0", " ").split())


@pytest.mark.parametrize("medium", Medium)
def test_a_layout_without_sessions_refers_to_them_in_plain_words(specimen, roles, medium):
    note = Paragraph((Text("Xem "), CrossReference("buoi-2", "Buổi 2", Reference.SESSION), Text(".")))
    changed = replace(specimen, front=(replace(specimen.front[0], body=(note,)),))
    markup = leaf_of(composed(changed, roles, medium, "text"), "front")
    assert "Xem Buổi 2." in said(markup)
    assert "buoi-2" not in markup


@pytest.mark.press
def test_no_anchor_is_lost_where_the_programme_refers_to_a_session(specimen, roles):
    note = Paragraph((Text("Xem "), CrossReference("buoi-1", "Buổi 1", Reference.PAGE), Text(".")))
    changed = replace(specimen, program=replace(specimen.program, preamble=(note,)))
    assert press.print_pdf(composed(changed, roles, Medium.PRINT, "text")).problems == ()


# --- the leaves -----------------------------------------------------------------------------------


def test_ids_of_the_index_are_the_same_in_print_and_ebook_and_for_the_leader(specimen, roles):
    def ids(composition_):
        return {each for leaf in composition_.leaves for each in targets.ids(leaf.markup) if each.startswith("tc-")}

    printed = ids(composed(specimen, roles, Medium.PRINT))
    assert len(printed) > 12
    assert printed == ids(composed(specimen, roles, Medium.EBOOK))
    assert printed <= ids(composed(specimen, roles, Medium.PRINT, audience="leader"))


def test_the_index_is_in_vietnamese_order_under_its_letters(specimen, roles):
    markup = leaf_of(composed(specimen, roles, Medium.PRINT), "index")
    heads = re.findall(r'<h2 class="letter">(.)</h2>', markup)
    assert heads == sorted(heads, key=order.key)
    assert heads[:3] == ["Â", "B", "Đ"]
    top = re.findall(r'<li id="muc-[^"]*"><p><span class="words">(.*?)</span>', markup)
    assert [said(each) for each in top][:4] == ["ấn phẩm", "bản in", "người sửa bản in", "đề dẫn"]


def test_an_entry_prints_ranges_and_leads_on(specimen, roles):
    text = said(leaf_of(composed(specimen, roles, Medium.PRINT), "index"))
    assert "ấn phẩm, xem sách" in text
    assert "; xem thêm tủ sách" in text


def test_an_ebook_names_each_place_of_an_entry_once(specimen, roles):
    markup = leaf_of(composed(specimen, roles, Medium.EBOOK), "index")
    assert "folio" not in markup
    for line in re.findall(r'epub:type="index-entry">(.*?)</p>', markup, re.DOTALL):
        names = re.findall(r'index-locator" href="#tc[^"]*">(.*?)</a>', line)
        assert len(names) == len(set(names))
        assert not [name for name in names if name.isdecimal() or len(name) > 60]


def test_an_index_without_places_in_the_edition_has_no_leaf(specimen, roles):
    assert (
        leaf_of(composed(replace(specimen, index=(term("không đâu có"),)), roles, Medium.PRINT, "text"), "index") == ""
    )


def test_what_an_edition_leaves_out_is_not_in_its_index(specimen, roles):
    whole = leaf_of(composed(specimen, roles, Medium.PRINT), "index")
    alone = leaf_of(composed(specimen, roles, Medium.PRINT, "text"), "index")
    assert "sách chữ to" in said(whole)
    assert "văn bản dẫn" in said(whole)
    assert "văn bản dẫn" not in said(alone)


# --- abbreviations --------------------------------------------------------------------------------


def test_the_table_is_long_and_each_line_of_it_is_an_abbreviation():
    assert len(abbreviations.USUAL) >= 100
    assert [short for short in abbreviations.USUAL if not re.fullmatch("[A-ZĐƯ&]{2,12}", short)] == []
    assert list(abbreviations.USUAL) == sorted(abbreviations.USUAL, key=order.whole_key)
    assert [words for words in abbreviations.USUAL.values() if words != words.strip() or not words] == []


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("UBND xã và HĐND", {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân"}),
        ("Nghị quyết số 12-NQ/TW", {"NQ/TW": "nghị quyết của Trung ương"}),
        ("Nghị định 30/2020/NĐ-CP", {"NĐ-CP": "nghị định của Chính phủ"}),
        (
            "Chỉ thị 16/CT-TTg, QĐ-TTg",
            {"CT-TTg": "chỉ thị của Thủ tướng Chính phủ", "QĐ-TTg": "quyết định của Thủ tướng Chính phủ"},
        ),
        ("Tổ tự quản khu dân cư (TTQKDC) họp", {"TTQKDC": "Tổ tự quản khu dân cư"}),
        ("TTQKDC (tổ tự quản khu dân cư)", {"TTQKDC": "tổ tự quản khu dân cư"}),
        ("phòng, chống tham nhũng (PCTN)", {"PCTN": "phòng, chống tham nhũng"}),
        ("đ/c Nam", {"đ/c": "đồng chí"}),
        ("Phần II, mục IV, khóa XIII, CD, MC", {}),
        ("BAN CHỈ ĐẠO BCĐ XÃ", {}),
        ("PHÒNG UBND HỌP", {}),
        ("TT | Nội dung; CT; UBND-VP; aUBND", {}),
        ("Hội làng. Họp xong (HLHX) thì về", {}),
    ],
)
def test_abbreviations_are_found_and_expanded(text, used):
    assert abbreviations.used(text, {"đ/c": "đồng chí"}) == used


def test_what_the_writer_says_comes_first():
    assert abbreviations.used("UBND làng", {"UBND": "ủy ban của làng"}) == {"UBND": "ủy ban của làng"}


def test_only_abbreviations_of_the_edition_are_listed(specimen, roles):
    whole, alone = (
        said(leaf_of(composed(specimen, roles, Medium.PRINT, each), "abbreviations"))
        for each in ("interleaved", "text")
    )
    assert "TT-BTTTT thông tư của Bộ Thông tin và Truyền thông" in whole
    assert "TT-BTTTT" not in alone


# --- tables and figures ---------------------------------------------------------------------------


def table(caption):
    return Table(((Text("a"),),), (((Text("b"),),),), (Align.LEFT,), (Text(caption),) if caption else ())


def captions_of(*blocks):
    done = captions.numbered(
        publication(*blocks), {"table_numbered": "Bảng {number}. ", "figure_numbered": "Hình {number}. "}
    )
    return [plain(block.caption) for block in done.front[0].body]


def test_captions_without_numbers_are_numbered_through():
    figure = Figure("figures/a.svg", "image/svg+xml", b"", "a", (Text("Cây"),))
    assert captions_of(table("Một"), table(""), figure, table("Hai")) == [
        "Bảng 1. Một",
        "",
        "Hình 1. Cây",
        "Bảng 2. Hai",
    ]


@pytest.mark.parametrize("written", ["Bảng 3. Ba", "Bảng số 3: Ba", "Biểu 1. Ba"])
def test_a_caption_with_a_number_leaves_all_as_written(written):
    assert captions_of(table(written), table("Hai")) == [written, "Hai"]


def test_captions_of_the_programme_are_never_numbered():
    given_ = replace(publication(table("Hai"), table("Ba")), program=Program((table("Một"),), ()))
    done = captions.numbered(given_, {"table_numbered": "Bảng {number}. "})
    assert [plain(block.caption) for block in (*done.program.preamble, *done.front[0].body)] == [
        *("Một", "Bảng 1. Hai", "Bảng 2. Ba"),
    ]


def test_two_tables_make_no_list(specimen, roles):
    assert "Danh mục bảng" in said(leaf_of(composed(specimen, roles, Medium.EBOOK), "tables"))
    body = specimen.back[0].body
    captioned = [block for block in body if isinstance(block, Table) and block.caption]
    fewer = replace(specimen.back[0], body=tuple(block for block in body if block is not captioned[0]))
    assert leaf_of(composed(replace(specimen, back=(fewer,)), roles, Medium.EBOOK), "tables") == ""


def test_the_list_follows_the_contents_in_print(specimen, roles):
    leaf = leaf_of(composed(specimen, roles, Medium.PRINT), "contents")
    assert re.findall(r'<section class="([^"]*)"', leaf) == ["leaf contents", "leaf tables"]
    assert re.search(r"</h1>.*<h1[^>]*>Danh mục bảng</h1>.*</section></section>$", leaf, re.DOTALL)
    assert leaf_of(composed(specimen, roles, Medium.PRINT), "tables") == ""


def test_a_leaf_with_none_before_it_to_follow_is_one_of_its_own(specimen, roles):
    sheet = layout.load("interleaved", ROOT / "layouts")
    lines = [layout.LeafOrder(leaf, start="follow") for leaf in ("back", "tables", "glossary", "program")]
    sheet = replace(sheet, order={**sheet.order, "print": (*lines, layout.LeafOrder("abbreviations"))})
    found, _ = composition.compose(specimen, sheet, specimen.settings.editions[0], Medium.PRINT, roles)
    kinds = [re.findall(r'<section class="leaf ([^"]*)"', leaf.markup) for leaf in found.leaves]
    assert kinds == [["back", "tables", "glossary", "program", "program", "program"], ["abbreviations"]]


# --- the short contents of a session --------------------------------------------------------------


def session(*reads):
    readings = tuple(Reading(name, clauses) for name, clauses in reads)
    return Session("buoi-1", 1, "", None, "", None, "", "", "", "", "", readings, (), HERE)


def lines(book, *reads):
    entries = book.contents_of(session(*reads))
    return [(entry.label, entry.words, entry.target, [child.words for child in entry.children]) for entry in entries]


def test_a_part_is_listed_with_what_stands_below_it(specimen):
    assert [(label, below) for label, _, _, below in lines(Book(specimen), ("Phần I", ("phan-1",)))] == [
        ("Phần thứ nhất", ["PHẠM VI VÀ TỪ NGỮ", "LÀM SÁCH"]),
    ]


def test_clauses_numbered_anew_in_every_part_stand_below_its_name(specimen):
    ids = [each for each in Book(specimen).clauses if each in ("phan-2.muc-1", "phan-2.muc-2")]
    (part,) = lines(Book(specimen), ("II.I–II.II", tuple(ids)))
    assert part == ("Phần thứ hai", "GIỮ SÁCH VÀ CHO MƯỢN", "", ["GIỮ SÁCH", "CHO MƯỢN"])


def test_a_clause_without_a_title_is_cited(specimen):
    ((label, words, _, _),) = lines(
        Book(specimen), ("x", ("phan-1.chuong-1.dieu-1",)), ("y", ("phan-1.chuong-1.dieu-1.khoan-2",))
    )
    assert (label, words) == ("Điều 1", "Phạm vi")
    book = Book(specimen)
    (around,) = book.contents_of(session(("y", ("phan-1.chuong-1.dieu-1.khoan-2",))))
    assert [child.words for child in around.children] == ["Khoản 2 Điều 1"]


def test_long_contents_keep_their_first_level_then_their_readings(specimen):
    book = Book(specimen)
    every = tuple(book.clauses)
    assert [words for _, words, _, _ in lines(book, ("Điều 1–9", every[:1]))] != []
    articles = tuple(each for each in every if book.clauses[each].level.value == "dieu")
    many = lines(book, ("tất cả", articles * 1), ("nữa", tuple(each for each in every if ".khoan-" in each)))
    assert sum(1 + len(below) for _, _, _, below in many) <= 14
