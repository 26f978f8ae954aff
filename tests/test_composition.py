"""What a composition says of a publication, leaf by leaf; the specimen is the publication that has everything."""

import itertools
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from builder import composition, fonts, layout, manuscript, problems
from builder.composition import Medium, book
from builder.composition.commentary import runs
from builder.composition.markup import Compositor
from builder.publication import (
    Align,
    Box,
    BoxKind,
    Break,
    CrossReference,
    Emphasis,
    Figure,
    Footnote,
    Heading,
    Item,
    Link,
    Listing,
    Paragraph,
    Quote,
    Table,
    Text,
    plain,
    walk,
)
from builder.stylesheets import resolved

ROOT = Path(__file__).resolve().parent.parent
HERE = problems.Place("program.md", 1)
EPUB = "http://www.idpf.org/2007/ops"


@pytest.fixture(scope="session")
def specimen():
    publication, _ = manuscript.read(ROOT / "tests" / "specimen")
    return publication


@pytest.fixture(scope="session")
def roles():
    return fonts.roles(ROOT / "fonts")


@pytest.fixture(scope="session")
def made(specimen, roles):
    """Compose the specimen; every call with the same wish gives the same composition."""

    def make(medium=Medium.PRINT, name="interleaved", publication=specimen, **changes):
        edition = replace(publication.settings.editions[0], layout=name, **changes)
        composed, found = composition.compose(publication, layout.load(name, ROOT / "layouts"), edition, medium, roles)
        assert found == ()
        return composed

    return make


def tree(leaf):
    return ET.fromstring(f'<html xmlns:epub="{EPUB}">{leaf.markup}</html>')  # noqa: S314 - composed here


def words(element):
    return " ".join("".join(element.itertext()).replace("\u00a0", " ").split())


def leaves(composed, kind):
    return [leaf for leaf in composed.leaves if leaf.kind == kind]


# --- running text ---------------------------------------------------------------------------------


def compositor(medium=Medium.PRINT, *, leader=False):
    keys = {
        "page_reference": "(tr. {page})",
        "back_to_text": "Trở lại",
        "note_named": "chú thích",
        "question": "Câu hỏi",
        "leader": "Chủ trì",
    }
    return Compositor("la", medium, keys, leader=leader)


def test_text_is_escaped_and_pairs_are_kept_together():
    assert compositor().inline((Text("a < b & Điều 5"),)) == "a &lt; b &amp; Điều\u00a05"


def test_words_of_two_syllables_are_kept_together_in_a_heading_on_a_screen_if_a_large_line_holds_them():
    title = (Text("Phương hướng kiểm soát quyền lực"),)
    assert compositor().heading(title) == "Phương\u00a0hướng kiểm\u00a0soát quyền\u00a0lực"
    assert compositor(Medium.EBOOK).heading(title) == "Phương hướng kiểm\u00a0soát quyền\u00a0lực"
    assert compositor(Medium.EBOOK).inline(title) == title[0].text


def test_an_identifier_stays_on_one_line_with_its_characters():
    assert '<span class="nb">36-HD/VPTW</span>' in compositor().inline((Text("văn bản 36-HD/VPTW mới"),))


def test_an_address_cannot_leave_its_attribute():
    assert (
        compositor()
        .inline((Link('https://a/?"><b>', (Text("x"),)),))
        .startswith('<a href="https://a/?&quot;&gt;&lt;b&gt;">')
    )


def test_a_cross_reference_prints_its_page_and_links_in_an_ebook():
    reference = (CrossReference("dieu-5", "Điều 5"),)
    assert (
        compositor()
        .inline(reference)
        .endswith('</a><span class="paged"> (tr. <a class="folio" href="#dieu-5"></a>)</span>')
    )
    assert "folio" not in compositor(Medium.EBOOK).inline(reference)


def test_footnotes_are_numbered_through_the_leaf():
    note = Footnote((Paragraph((Text("lời chú"),)),), HERE)
    setter = compositor()
    first, second = setter.inline((Text("một"), note)), setter.inline((Text("hai"), note))
    assert ('data-n="1"' in first, 'data-n="2"' in second) == (True, True)
    assert "lời chú" in second
    assert setter.footnotes() == ""


def test_nothing_in_a_footnote_is_left_out():
    def words(text):
        return (Text(text),)

    table = Table((words("một"), words("hai")), ((words("ba"), ()),), (Align.LEFT, Align.LEFT), words("Bảng"))
    item = Item((Paragraph(words("mục")), Paragraph(words("tiếp"))))
    figure = Figure("figures/a.svg", "image/svg+xml", b"", "hình")
    quote = Quote((Paragraph(words("trích")),))
    note = Footnote((Paragraph(words("Lời")), Listing((item,)), Listing((item,), 3), table, figure, quote), HERE)
    lines = re.sub(r"<span[^>]*>|</span>", "", compositor().inline((note,))).replace("\u00a0", " ").split("<br/>")
    assert lines == ["Lời", "- mục", "tiếp", "3. mục", "tiếp", "Bảng", "một; hai", "ba", "hình", "trích"]


def test_an_ebook_gathers_footnotes_with_ways_there_and_back():
    note = Footnote((Paragraph((Text("lời chú"),)),), HERE)
    setter = compositor(Medium.EBOOK)
    call = setter.inline((note,))
    assert 'href="#fn-la-1"' in call
    assert 'id="fn-la-1-call"' in call
    assert 'href="#fn-la-1-call"' in setter.footnotes()
    assert "lời chú" not in call


def test_bare_words_leave_footnotes_out():
    note = Footnote((Paragraph((Text("lời chú"),)),), HERE)
    assert plain((Text("một"), note, Break(), Emphasis((Text("hai"),)))) == "một hai"


def test_only_leaders_see_what_is_for_them():
    box = (Box(BoxKind.LEADER, (Paragraph((Text("gợi ý"),)),)),)
    assert "gợi ý" not in compositor().prose(box, "a")
    assert "gợi ý" in compositor(leader=True).prose(box, "a")


def test_a_question_gets_the_lines_it_asks_for_in_print_only():
    asked = (Box(BoxKind.QUESTION, (Paragraph((Text("Vì sao?"),)),), 4),)
    unasked = (Box(BoxKind.QUESTION, (Paragraph((Text("Vì sao?"),)),)),)
    assert compositor().prose(asked, "a").count('class="line"') == 4
    assert compositor().prose(unasked, "a").count('class="line"') == 6
    assert 'class="line"' not in compositor(Medium.EBOOK).prose(asked, "a")


def test_runs_part_the_voice_from_its_boxes():
    text, box = Paragraph((Text("a"),)), Box(BoxKind.NOTE, ())
    assert [(run.box is None, len(run.blocks)) for run in runs((text, text, box, box, text))] == [
        (True, 2),
        (False, 0),
        (False, 0),
        (True, 1),
    ]


# --- what the templates ask -----------------------------------------------------------------------


def test_clauses_are_named_as_ranges_where_they_are_neighbours(specimen):
    found = book.Book(specimen)
    ids = {clause.citation: clause.id for clause in walk(specimen.program.clauses)}
    points = [ids[f"điểm {letter} khoản 2 Điều 1"] for letter in "abc"]
    assert found.named(points) == "điểm a–c khoản 2 Điều 1"
    assert found.named([ids["Điều 3"], ids["Điều 4"]]) == "Điều 3–4"
    assert found.named([ids["Điều 1"], ids["khoản 1 Điều 3"]]) == "Điều 1; khoản 1 Điều 3"
    assert found.named(points[::2]) == "điểm a khoản 2 Điều 1; điểm c khoản 2 Điều 1"


@pytest.mark.parametrize("written", ["Điều 5–6", "Điều 5-6"])
def test_a_range_points_to_itself_however_its_dash_is_written(specimen, written):
    ids = {clause.citation: clause.id for clause in walk(specimen.program.clauses)}
    clauses = (ids["Điều 5"], ids["Điều 6"], ids["khoản 1 Điều 1"])
    note = replace(specimen.notes[0], citation=f"{written}; khoản 1 Điều 1", clauses=clauses, after=ids["Điều 6"])
    found = book.Book(replace(specimen, notes=(note,)))
    told = [clause.citation for clause in found.clauses.values() if found.notes_elsewhere(clause)]
    assert told == ["khoản 1 Điều 1"]


def test_the_outline_names_parts_chapters_and_articles(specimen):
    entries = book.outline(specimen.program.clauses)
    assert [entry.title for entry in entries] == [
        "Phần thứ nhất. NHỮNG ĐIỀU CHUNG VỀ SÁCH, CHỮ VÀ NGƯỜI LÀM SÁCH TRONG LÀNG",
        "Phần thứ hai. GIỮ SÁCH VÀ CHO MƯỢN",
        "Điều khoản cuối",
    ]
    assert [entry.title for entry in entries[0].children[0].children] == ["Điều 1. Phạm vi", "Điều 2. Từ ngữ"]


def test_a_part_opens_a_leaf_in_print_and_every_head_of_the_highest_level_in_an_ebook(specimen):
    articles = replace(specimen.program, clauses=specimen.program.clauses[0].children)
    assert len(book.leaves_of(specimen.program, fine=False)) == 3
    assert len(book.leaves_of(articles, fine=False)) == 1
    assert len(book.leaves_of(articles, fine=True)) == 2


# --- the leaves -----------------------------------------------------------------------------------


def test_the_leaves_stand_in_the_order_of_the_layout(made):
    kinds = [leaf.kind for leaf in made().leaves]
    assert kinds == [
        *("cover", "title", "imprint", "contents", "schedule", "front", "program", "program", "program"),
        *("session", "session", "back", "glossary", "abbreviations", "index", "notes", "back-cover"),
    ]


def test_the_contents_go_to_the_end_when_asked(made, specimen):
    publication = replace(specimen, settings=replace(specimen.settings, toc="end"))
    kinds = [leaf.kind for leaf in made(publication=publication).leaves]
    assert kinds[kinds.index("index") :][:2] == ["index", "contents"]


def test_what_a_publication_does_not_have_gets_no_leaf(made, specimen):
    bare = replace(specimen, sessions=(), terms=(), front=(), back=(), notes=())
    kinds = {leaf.kind for leaf in made(publication=bare).leaves}
    assert not kinds & {"schedule", "session", "glossary", "front", "back"}


@pytest.mark.parametrize("medium", Medium)
def test_every_leaf_is_one_section_and_every_link_has_its_end(made, medium):
    composed = made(medium)
    trees = [tree(leaf) for leaf in composed.leaves]
    assert all(len(root) == 1 and root[0].tag == "section" for root in trees)
    ids = [element.get("id") for root in trees for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    targets = {
        element.get("href")[1:]
        for root in trees
        for element in root.iter("a")
        if element.get("href", "").startswith("#")
    }
    wanted = {target for root in trees for span in root.iter("span") for target in span.get("data-of", "").split()}
    assert targets | wanted <= set(ids)
    assert {entry.target for entry in composed.outline} <= set(ids)


def test_blocks_carry_the_same_ids_and_words_in_print_and_ebook(made):
    def blocks(composed):
        elements = [element for leaf in composed.leaves for element in tree(leaf).iter()]
        own = [element for element in elements if re.search(r"-p\d+$", element.get("id") or "")]
        return {
            element.get("id"): words(element)
            for element in own
            if not ({child.tag for child in element.iter()} & {"a", "span", "div"})
        }

    def identities(composed):
        return re.findall(r'id="([^"]+-p\d+)"', "".join(leaf.markup for leaf in composed.leaves))

    assert blocks(made()) == blocks(made(Medium.EBOOK))
    assert identities(made()) == identities(made(Medium.EBOOK))
    assert len(identities(made())) > 60


def test_labels_are_printed_as_they_stand(made):
    text = " ".join(words(tree(leaf)) for leaf in leaves(made(), "program"))
    for label in (
        "đ) Sách chữ to",
        "e) Sách điện tử",
        "1.2.1. Lần đầu",
        "+ giấy tờ nhà đất",
        "• của hộ",
        "I. GIỮ SÁCH",
    ):
        assert label in text
    assert "1. Dòng này bắt đầu như một nhãn" in text


def test_commentary_follows_its_clause_and_points_from_the_others(made):
    text = " ".join(words(tree(leaf)) for leaf in leaves(made(), "program"))
    assert text.index("đ) Sách chữ to") < text.index("Chữ to không chỉ là phóng lớn") < text.index("e) Sách điện tử")
    assert text.index("Vì sao làng cần quy chế") < text.index("PHẠM VI VÀ TỪ NGỮ")
    assert "Làm rõ thêm về Điều 3–4" in text
    assert "Xem thêm phần làm rõ ở điểm e khoản 2 Điều 1" in text
    assert "Gợi ý trả lời" not in text


def test_the_leaders_copy_holds_the_leaders_words(made):
    text = " ".join(words(tree(leaf)) for leaf in made(audience="leader").leaves)
    assert "Gợi ý trả lời: thống kê theo xóm" in text
    assert "Dự kiến kết luận" in text


def test_the_text_layout_leaves_commentary_and_sessions_out(made):
    text = " ".join(words(tree(leaf)) for leaf in made(name="text").leaves)
    assert "Sách chữ to cho người cao tuổi" in text
    assert "Làm rõ thêm" not in text
    assert "Buổi 1" not in text


def test_a_session_says_when_where_who_and_what_to_read(made):
    text = words(tree(leaves(made(), "session")[0]))
    for part in ("19 giờ 30, thứ Năm, ngày 05 tháng 3 năm 2026 (90 phút)", "Nhà văn hóa thôn Đoài", "Điều 3–4 (tr."):
        assert part in text
    assert text.startswith("Buổi 1 Sách trong làng")


def test_no_page_counter_and_no_word_of_english_in_the_books_own_words(made):
    composed = made()
    assert "counter(page" not in composed.stylesheet + composed.furniture
    assert "var(" not in made(Medium.EBOOK).stylesheet
    printed = re.sub(r"\{\w+\}", "", " ".join(composed.words.values()))
    assert not re.search(r"\b(page|chapter|contents|note|session)\b", printed, re.IGNORECASE)


def test_a_letter_that_no_face_has_is_named(specimen, roles):
    term = replace(specimen.terms[0], words="𓀀 chữ lạ")
    publication = replace(specimen, terms=(term,))
    sheet = layout.load("text", ROOT / "layouts")
    _, found = composition.compose(publication, sheet, publication.settings.editions[0], Medium.PRINT, roles)
    assert [(problem.code, "𓀀" in problem.sentence()) for problem in found] == [("FONT_MISSING", True)]


# --- layouts --------------------------------------------------------------------------------------


def layouts_of(folder, **files):
    """Copy base and add a layout ``mine`` made of the given files (``/`` written ``__``)."""
    for source in sorted((ROOT / "layouts" / "base").rglob("*.*")):
        target = folder / "base" / source.relative_to(ROOT / "layouts" / "base")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    for name, text in {"layout.yaml": "summary: của tôi\nextends: base\n", **files}.items():
        target = folder / "mine" / name.replace("__", "/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    return folder


def test_a_child_replaces_leaves_adds_styles_and_changes_words(tmp_path):
    files = {
        "layout.yaml": "summary: của tôi\nextends: base\nwriting_lines: 3\nwords:\n  contents: Trong sách có gì\n",
        "leaves__cover.html": "<p>bìa của tôi</p>",
        "print.css": "/* của tôi */",
    }
    mine = layout.load("mine", layouts_of(tmp_path, **files))
    assert mine.templates["cover.html"] == "<p>bìa của tôi</p>"
    assert mine.stylesheets["print"].endswith("/* của tôi */")
    assert mine.stylesheets["print"].startswith((ROOT / "layouts" / "base" / "print.css").read_text("utf-8")[:40])
    assert (mine.words["contents"], mine.words["glossary"]) == ("Trong sách có gì", "Giải thích từ ngữ")
    assert mine.writing_lines == 3


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"layout.yaml": "summary: x\nextends: none\n"}, "LAYOUT_BROKEN"),
        ({"layout.yaml": "summary: x\nextends: mine\n"}, "LAYOUT_BROKEN"),
        ({"layout.yaml": "summary: x\nextends: base\nleaves: {print: [nowhere]}\n"}, "LAYOUT_BROKEN"),
        ({"layout.yaml": "summary: x\nextends: base\nleaves: {paper: [cover]}\n"}, "LAYOUT_BROKEN"),
        (
            {"layout.yaml": "summary: x\nextends: base\nleaves: {print: [{leaf: cover, start: left}]}\n"},
            "LAYOUT_BROKEN",
        ),
        ({"layout.yaml": "summary: x\nextends: base\nwords: 5\n"}, "LAYOUT_BROKEN"),
        ({"layout.yaml": "summary: x\nsummary: y\n"}, "KEY_TWICE"),
    ],
)
def test_a_broken_layout_is_a_problem(tmp_path, files, code):
    with pytest.raises(problems.Problems) as raised:
        layout.load("mine", layouts_of(tmp_path, **files))
    assert [problem.code for problem in raised.value.problems] == [code]


def test_an_unknown_layout_is_named_with_its_neighbours():
    with pytest.raises(problems.Problems) as raised:
        layout.load("interleave", ROOT / "layouts")
    (problem,) = raised.value.problems
    assert (problem.code, "interleaved" in problem.way_out()) == ("LAYOUT_UNKNOWN", True)


@pytest.mark.parametrize("template", ["{{ nothing }}", "{% if %}", "{{ settings.nowhere }}"])
def test_a_broken_template_is_a_problem_not_a_traceback(tmp_path, specimen, roles, template):
    mine = layout.load("mine", layouts_of(tmp_path, **{"leaves__cover.html": template}))
    with pytest.raises(problems.Problems) as raised:
        composition.compose(specimen, mine, specimen.settings.editions[0], Medium.PRINT, roles)
    assert [problem.code for problem in raised.value.problems] == ["LAYOUT_BROKEN"]


def test_variables_are_resolved_for_readers_that_do_not_know_them():
    css = ":root { --a: 1em; --b: var(--a) solid; }\np { margin: var(--a); border: var(--b) }"
    assert resolved(css).strip() == "p { margin: 1em; border: 1em solid }"


# --- headings -------------------------------------------------------------------------------------


@pytest.mark.parametrize("medium", Medium)
def test_headings_go_down_one_level_at_a_time(made, medium):
    for leaf in made(medium).leaves:
        levels = [int(element.tag[1]) for element in tree(leaf).iter() if re.fullmatch(r"h[1-6]", element.tag)]
        steps = [below - above for above, below in itertools.pairwise([0, *levels])]
        assert max(steps, default=1) <= 1, (leaf.id, levels)


def test_a_level_that_a_writer_skips_is_not_skipped_in_the_book():
    blocks = (
        Heading(1, (Text("Một"),)),
        Heading(3, (Text("Ba"),)),
        Heading(3, (Text("Ba nữa"),)),
        Heading(2, (Text("Hai"),)),
    )
    assert re.findall(r"<h(\d)", compositor().prose(blocks, "a", level=2)) == ["2", "3", "4", "3"]


def test_a_letter_that_no_face_has_is_found_where_it_stands(specimen, roles):
    note = replace(specimen.notes[0], body=(Paragraph((Text("chữ 馬 lạ"),)),))
    settings = replace(specimen.settings, subtitle="chữ ⓐ lạ")
    publication = replace(specimen, notes=(note, *specimen.notes[1:]), settings=settings)
    sheet = layout.load("interleaved", ROOT / "layouts")
    _, found = composition.compose(publication, sheet, settings.editions[0], Medium.PRINT, roles)
    assert {(problem.place, dict(problem.values)["letters"][0]) for problem in found} == {
        (note.place, "馬"),
        (problems.Place("specimen/publication.yaml"), "ⓐ"),
    }
