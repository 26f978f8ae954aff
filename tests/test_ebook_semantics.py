"""Samples and made-up settings, composed and bound: what the package says of itself, what the markup means."""

import dataclasses
import datetime
import itertools
import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from composed import parts_of as unpacked

from builder import composition, fonts, layout, manuscript
from builder.composition import Medium, tables
from builder.composition.nouns import Leaf
from builder.ebook import Printed, bind, naming, volume
from builder.ebook import markup as markup_of
from builder.problems import Problems
from builder.publication import CHECKLIST, Accessibility, Align, Evaluation, Table, Text, plain

ROOT = Path(__file__).resolve().parent.parent
OPF, DC = "{http://www.idpf.org/2007/opf}", "{http://purl.org/dc/elements/1.1/}"
XHTML, EPUB = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/ops}"
SAMPLES = ("sources/chuong-trinh-hanh-dong-05", "sources/hoi-dap-quy-che-khu-pho", "sources/quy-uoc-thu-vien")
SPECIMEN, LIBRARY = "tests/specimen", "sources/quy-uoc-thu-vien"
RECORD = Evaluation("Hội Người mù xã", datetime.date(2026, 4, 20), "2.2", "AA", CHECKLIST)


@cache
def read(folder):
    return manuscript.read(ROOT / folder)[0]


@cache
def taken(name):
    return layout.load(name, ROOT / "layouts")


@cache
def roles():
    return fonts.roles(ROOT / "fonts")


def with_settings(publication, **changes):
    return dataclasses.replace(publication, settings=dataclasses.replace(publication.settings, **changes))


def composed(publication, name="interleaved", **changes):
    """Compose the e-book of a publication in a layout."""
    edition = dataclasses.replace(publication.settings.editions[0], layout=name, **changes)
    return composition.compose(publication, taken(name), edition, Medium.EBOOK, roles())[0]


@cache
def made(folder, name="interleaved", audience="participant"):
    """Return the parts of the e-book of a folder in a layout: path → bytes."""
    return parts_of(composed(read(folder), name, audience=audience))


def parts_of(whole, printed=None):
    return unpacked(bind(whole, printed or Printed()).epub)


def package(parts):
    return ElementTree.fromstring(parts["content.opf"])  # noqa: S314 - written by us a moment ago


def metas(parts, name):
    """Return the words of a property, each with what it refines."""
    return [
        (each.text, each.get("refines")) for each in package(parts).iter(f"{OPF}meta") if each.get("property") == name
    ]


def said(parts, name):
    return [words for words, _ in metas(parts, name)]


def core(parts, name):
    return [each.text for each in package(parts).iter(f"{DC}{name}")]


def evaluated(**changes):
    """Return the e-book of the library with a recorded evaluation."""
    record = dataclasses.replace(RECORD, **changes)
    publication = with_settings(read(LIBRARY), accessibility=Accessibility("", record))
    return parts_of(composed(publication))


# --- what the package says of itself --------------------------------------------------------------


def test_conformance_is_claimed_by_a_complete_record_alone():
    parts = evaluated()
    claim = [each for each in package(parts).iter(f"{OPF}meta") if each.get("property") == "dcterms:conformsTo"]
    assert [each.text for each in claim] == ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]
    assert metas(parts, "a11y:certifiedBy") == [("Hội Người mù xã", f"#{claim[0].get('id')}")]
    assert metas(parts, "dcterms:date") == [("2026-04-20", "#certifier")]


@pytest.mark.parametrize(
    "lack",
    [
        {"by": ""},
        {"date": None},
        {"wcag": ""},
        {"level": ""},
        *({"checklist": CHECKLIST[:n]} for n in range(len(CHECKLIST))),
    ],
    ids=str,
)
def test_a_record_that_lacks_anything_claims_nothing(lack):
    assert dataclasses.replace(RECORD, **lack).lacking
    assert not dataclasses.replace(RECORD, **lack).holds("nguoi-du")


def test_a_record_that_lacks_a_point_leaves_the_package_silent():
    parts = evaluated(checklist=CHECKLIST[1:])
    assert said(parts, "dcterms:conformsTo") == said(parts, "a11y:certifiedBy") == said(parts, "dcterms:date") == []


def test_a_record_is_of_the_editions_it_names():
    name = read(LIBRARY).settings.editions[0].name
    assert said(evaluated(editions=(name,)), "dcterms:conformsTo")
    assert not said(evaluated(editions=("ban-khac",)), "dcterms:conformsTo")


@pytest.mark.parametrize("folder", [*SAMPLES, SPECIMEN])
def test_no_sample_claims_conformance(folder):
    parts = made(folder)
    assert not said(parts, "dcterms:conformsTo")
    assert not said(parts, "a11y:certifiedBy")


def written(tmp_path, settings):
    """Write a source folder of one article."""
    source = tmp_path / "so-tay"
    source.mkdir(exist_ok=True)
    (source / "program.md").write_text("Điều 1. Phạm vi\n\nQuy chế này nói về sách.\n", "utf-8")
    (source / "publication.yaml").write_text(settings, "utf-8")
    return source


def test_settings_record_an_evaluation(tmp_path):
    source = written(
        tmp_path,
        "title: Sổ tay\naccessibility:\n  contact: tiepcan@example.org\n  evaluated:\n    by: Hội Người mù xã\n"
        f'    date: 20/4/2026\n    wcag: "2.2"\n    level: AA\n    checklist: [{", ".join(CHECKLIST)}]\n'
        "    editions: [nguoi-du]\n",
    )
    publication, found = manuscript.read(source)
    assert not found
    record = dataclasses.replace(RECORD, editions=("nguoi-du",))
    assert publication.settings.accessibility == Accessibility("tiepcan@example.org", record)


def test_an_edition_without_an_e_book_was_not_evaluated(tmp_path):
    source = written(
        tmp_path,
        "title: Sổ tay\naccessibility: {evaluated: {editions: [chu-lon, kobo]}}\n"
        "editions:\n  chu-lon: {outputs: [pdf]}\n  kobo: {outputs: [kepub]}\n",
    )
    with pytest.raises(Problems) as stopped:
        manuscript.read(source)
    assert {problem.code for problem in stopped.value.problems} == {"VALUE_CHOICE", "EVALUATION_PART"}
    for_kobo = "editions: {chu-lon: {outputs: [kepub]}}\n"
    written(tmp_path, f"title: Sổ tay\n{for_kobo}accessibility: {{evaluated: {{editions: [chu-lon]}}}}\n")
    assert {problem.code for problem in manuscript.read(source)[1]} == {"EVALUATION_PART"}


def test_whom_to_ask_is_told_in_the_summary():
    publication = with_settings(read(LIBRARY), accessibility=Accessibility("tiepcan@example.org"))
    assert "tiepcan@example.org" in said(parts_of(composed(publication)), "schema:accessibilitySummary")[0]
    assert "@" not in said(made(LIBRARY), "schema:accessibilitySummary")[0]


def test_the_book_is_named_with_its_people_its_source_and_its_series():
    parts = made(SPECIMEN)
    assert core(parts, "creator") == ["Tổ làm sách"]
    assert core(parts, "contributor") == ["Ban Chủ nhiệm", "Hội đọc sách xã"]
    assert metas(parts, "role") == [("com", "#creator"), ("ant", "#contributor-2")]
    assert said(parts, "file-as") == [*core(parts, "creator"), *core(parts, "contributor")]
    assert core(parts, "source") == [
        "Quy chế số 05-QC/ĐS ngày 01 tháng 02 năm 2026 của Hội đọc sách xã về việc in và giữ sách"
    ]
    assert core(parts, "subject") == ["Việc in và giữ sách"]
    assert core(parts, "type") == ["Tài liệu sinh hoạt chuyên đề"]
    assert core(parts, "coverage") == ["Quý I/2026"]
    assert metas(parts, "belongs-to-collection") == [("Tài liệu sinh hoạt chuyên đề – Tổ làm sách thôn Đoài", None)]
    assert metas(parts, "collection-type") == [("series", "#collection")]


def test_a_book_without_people_is_by_its_unit_as_the_issuing_body():
    settings = read(SPECIMEN).settings
    people = dataclasses.replace(settings.people, compiled="", approved="")
    parts = parts_of(composed(with_settings(read(SPECIMEN), people=people)))
    assert core(parts, "creator") == ["Tổ làm sách thôn Đoài"]
    assert metas(parts, "role")[0] == ("isb", "#creator")


def test_every_session_s_book_has_an_identifier_of_its_own_and_keeps_it():
    publication = read(SPECIMEN)

    def names(publication):
        each = (dataclasses.replace(publication, sessions=(session,)) for session in publication.sessions)
        return [core(parts_of(composed(book, "handout", per="session")), "identifier")[0] for book in each]

    first = names(publication)
    assert len(set(first)) == len(publication.sessions) > 1
    assert names(with_settings(publication, title="Tên khác")) == first
    one = dataclasses.replace(publication, sessions=publication.sessions[1:2])
    parts = parts_of(composed(one, "handout", per="session"))
    assert metas(parts, "belongs-to-collection") == [(publication.settings.title, None)]
    assert metas(parts, "collection-type") == [("set", "#collection")]
    assert metas(parts, "group-position") == [("2", "#collection")]


def test_text_that_can_be_transformed_is_called_so_whatever_comments_say():
    assert "displayTransformability" in said(made(SPECIMEN), "schema:accessibilityFeature")
    whole = composed(read(SPECIMEN))
    for fixed in ("p { font-size: 9pt }", "p { line-height: 12px }", "p { color: #000 !important }"):
        changed = dataclasses.replace(whole, stylesheet=f"{whole.stylesheet}{fixed}")
        assert "displayTransformability" not in said(parts_of(changed), "schema:accessibilityFeature"), fixed


def test_every_layout_can_be_transformed():
    for name in layout.names(ROOT / "layouts"):
        assert "displayTransformability" in said(made(SPECIMEN, name), "schema:accessibilityFeature"), name


def test_a_caption_is_no_description():
    """The specimen's first picture is decoration; its other one is described, or has its caption alone."""
    assert "alternativeText" in said(made(SPECIMEN), "schema:accessibilityFeature")
    bare = dict(composed(read(SPECIMEN)).figures)
    for path, figure in bare.items():
        if not figure.decoration:
            bare[path] = dataclasses.replace(figure, alt="")
    parts = parts_of(dataclasses.replace(composed(read(SPECIMEN)), figures=bare))
    assert "alternativeText" not in said(parts, "schema:accessibilityFeature")
    assert said(parts, "schema:accessModeSufficient") == ["textual,visual"]
    assert taken("interleaved").words["accessibility_undescribed"] in said(parts, "schema:accessibilitySummary")[0]


def test_a_book_in_english_says_so_in_english():
    parts = parts_of(composed(with_settings(read(LIBRARY), language="en")))
    assert core(parts, "language") == ["en"]
    for name in parts:
        if name.endswith(".xhtml"):
            assert re.search(rb'<html [^>]*lang="en" xml:lang="en"', parts[name]), name
    nav = ElementTree.fromstring(parts["nav.xhtml"])  # noqa: S314 - ours
    assert [words_of(each) for each in nav.iter(f"{XHTML}h1")] == ["Contents"]
    assert said(parts, "schema:accessibilitySummary")[0].startswith("Size, typeface")
    assert core(parts, "rights") == ["For internal use"]


def test_words_in_english_fill_the_same_slots():
    for name in layout.names(ROOT / "layouts"):
        own, english = taken(name).words, taken(name).words_elsewhere["en"]
        assert english.keys() <= own.keys(), name
        for key, words in english.items():
            assert set(re.findall(r"\{\w+\}", words)) == set(re.findall(r"\{\w+\}", own[key])), (name, key)


def test_a_child_s_own_words_are_not_replaced_by_its_parent_s_in_another_language():
    assert taken("hoi-dap").words["question"] != taken("interleaved").words["question"]
    assert taken("hoi-dap").speaking("en").words["question"] == taken("hoi-dap").words["question"]
    assert taken("interleaved").speaking("en").words["question"] == "Question"
    assert taken("interleaved").speaking("vi") is taken("interleaved")


# --- what the markup means ------------------------------------------------------------------------

LAYOUTS = layout.names(ROOT / "layouts")
HEADINGS = {f"{XHTML}h{level}": level for level in range(1, 7)}
LANDMARK_ORDER = ["cover", "toc", "lot", "loi", "bodymatter", "glossary", "index"]


def documents(parts):
    """Yield the documents of text: name, root."""
    for name, data in parts.items():
        if name.startswith("text/"):
            yield name, ElementTree.fromstring(data)  # noqa: S314 - written by us a moment ago


def words_of(element):
    return " ".join("".join(element.itertext()).split())


def faults(root):
    """Yield what is wrong with a document's headings, tables and notes."""
    yield from faults_of_headings([HEADINGS[each.tag] for each in root.iter() if each.tag in HEADINGS])
    yield from faults_of_tables(root)
    yield from faults_of_notes(root)


def faults_of_tables(root):
    for each in root.iter(f"{XHTML}table"):
        if each.find(f"{XHTML}caption") is None and not each.get("aria-label"):
            yield "a table without a name"
        if not list(each.iter(f"{XHTML}th")):
            yield "a table without headers"
    for header in root.iter(f"{XHTML}th"):
        if header.get("scope") not in {"col", "row"}:
            yield "a header of nothing"
        if not words_of(header):
            yield "a header without words"


def faults_of_notes(root):
    """Notes and what pops up like one: each is called, each leads back to a call of it, and all say where they lead."""
    ids = {each.get("id"): each for each in root.iter() if each.get("id")}
    calls = [each for each in root.iter(f"{XHTML}a") if each.get("role") == "doc-noteref"]
    notes = [each for each in root.iter() if each.get("role") == "doc-footnote"]
    if {call.get("href")[1:] for call in calls} != {note.get("id") for note in notes}:
        yield "calls and notes are not of each other"
    for note in notes:
        back = [
            each for each in note.iter(f"{XHTML}a") if each.get("role") == "doc-backlink" and not within(note, each)
        ]
        if len(back) != 1 or ids.get(back[0].get("href")[1:]) not in [call for call in calls if calls_for(call, note)]:
            yield "a note without its way back"
        elif not re.fullmatch(r"(\d+\. )?\w+ .+", back[0].get("aria-label") or words_of(back[0])):
            yield "a way back that does not say where it leads"
    for call in calls:
        named = call.get("aria-label") or words_of(call)
        if words_of(call) not in named.replace("\u00a0", " ") or not re.search(r"[^\W\d]{2,}", named):
            yield "a call that does not say what it calls"


def calls_for(call, note):
    return call.get("href") == f"#{note.get('id')}"


def within(note, link):
    """Whether a link is of another note that stands in this one."""
    inner = [each for each in note.iter() if each is not note and each.get("role") == "doc-footnote"]
    return any(link in list(each.iter()) for each in inner)


def faults_of_headings(levels):
    if levels and (levels[0] != 1 or levels.count(1) != 1):
        yield f"headings {levels}"
    if any(after > before + 1 for before, after in itertools.pairwise(levels)):
        yield f"a level is left out: {levels}"


@pytest.mark.parametrize("audience", ["participant", "leader"])
@pytest.mark.parametrize("name", LAYOUTS)
def test_headings_tables_and_notes_of_every_layout_can_be_heard(name, audience):
    for folder in (SPECIMEN, LIBRARY):
        parts = made(folder, name, audience)
        found = [(path, fault) for path, root in documents(parts) for fault in faults(root)]
        assert not found


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<h2>A</h2>", "headings [2]"),
        ("<h1>A</h1><h1>B</h1>", "headings [1, 1]"),
        ("<h1>A</h1><h3>B</h3>", "a level is left out: [1, 3]"),
        ("<table><tr><th scope='row'>A</th></tr></table>", "a table without a name"),
        ("<table aria-label='A'><tr><td>A</td></tr></table>", "a table without headers"),
        ("<table aria-label='A'><tr><th>A</th></tr></table>", "a header of nothing"),
        ("<table aria-label='A'><tr><th scope='col'> </th></tr></table>", "a header without words"),
        ("<a role='doc-noteref' href='#n' aria-label='Chú thích 1'>1</a>", "calls and notes are not of each other"),
        ("<aside id='n' role='doc-footnote'/>", "a note without its way back"),
    ],
)
def test_what_cannot_be_heard_is_seen(body, fault):
    assert fault in list(faults(ElementTree.fromstring(f'<body xmlns="{XHTML[1:-1]}">{body}</body>')))  # noqa: S314


def test_landmarks_lead_to_what_is_looked_for():
    nav = ElementTree.fromstring(made(SPECIMEN, audience="leader")["nav.xhtml"])  # noqa: S314 - ours
    links = [each for each in nav.iter(f"{XHTML}a") if each.get(f"{EPUB}type")]
    kinds = [each.get(f"{EPUB}type") for each in links]
    # Its one captioned picture makes no list; it is bound here without a cover.
    assert kinds == [kind for kind in LANDMARK_ORDER if kind not in {"cover", "loi"}]
    leads = {each.get(f"{EPUB}type"): each.get("href") for each in links}
    assert leads["bodymatter"] == "text/to-phan-1.xhtml"
    assert leads["glossary"] == "text/glossary.xhtml"


def test_every_document_tells_its_division_and_the_divisions_stand_in_order():
    for name in LAYOUTS:
        told = [root.find(f"{XHTML}body").get(f"{EPUB}type") for _, root in documents(made(SPECIMEN, name))]
        assert set(told) <= {"frontmatter", "bodymatter", "backmatter"}, name
        assert "bodymatter" in told, name
        if name != "hoi-dap":  # its document stands behind, as an annex
            spine = [item.get("idref") for item in package(made(SPECIMEN, name)).iter(f"{OPF}itemref")]
            by_name = {Path(path).stem: root for path, root in documents(made(SPECIMEN, name))}
            read_in_order = [by_name[each.removeprefix("text-")] for each in spine if each.startswith("text-")]
            divisions = [root.find(f"{XHTML}body").get(f"{EPUB}type") for root in read_in_order]
            assert divisions == sorted(divisions, key=["frontmatter", "bodymatter", "backmatter"].index), name


def test_parts_of_a_book_are_told_with_the_role_of_their_term():
    told = {}
    for _, root in documents(made(SPECIMEN, audience="leader")):
        for each in root.iter():
            if each.get(f"{EPUB}type"):
                told.setdefault(each.get(f"{EPUB}type"), set()).add(each.get("role"))
    roles_of = {
        "titlepage": {None},
        "copyright-page": {None},
        "lot": {None},
        "preface": {"doc-preface"},
        "part": {"doc-part"},
        "chapter": {"doc-chapter"},
        "appendix": {"doc-appendix"},
        "glossary": {"doc-glossary"},
        "glossterm": {None},
        "glossdef": {None},
        "index": {"doc-index"},
        "noteref": {"doc-noteref"},
        "footnote": {"doc-footnote"},
        "backlink": {"doc-backlink"},
    }
    assert {term: told[term] for term in roles_of} == roles_of


def test_print_says_nothing_in_the_words_of_e_books():
    edition = read(SPECIMEN).settings.editions[0]
    whole, _ = composition.compose(read(SPECIMEN), taken("interleaved"), edition, Medium.PRINT, roles())
    assert not [leaf.id for leaf in whole.leaves if "epub:type" in leaf.markup]


def test_a_layout_says_what_its_own_leaves_are():
    publication = read(SPECIMEN)
    edition = publication.settings.editions[0]

    def bound(**changed):
        own = dataclasses.replace(taken("interleaved"), semantics=taken("interleaved").semantics | changed)
        return parts_of(composition.compose(publication, own, edition, Medium.EBOOK, roles())[0])

    front = dict(documents(bound(front="foreword")))["text/dau-1.xhtml"].find(f"{XHTML}body/{XHTML}section")
    assert (front.get(f"{EPUB}type"), front.get("role")) == ("foreword", "doc-foreword")
    with pytest.raises(Problems) as stopped:
        bound(front="loi-noi-dau")
    assert [problem.code for problem in stopped.value.problems] == ["LAYOUT_BROKEN"]


def table(rows, head=("Việc", "Người", "Hạn")):
    return Table(
        tuple((Text(each),) if each else () for each in head),
        tuple(tuple((Text(cell),) if cell else () for cell in row) for row in rows),
        (Align.LEFT,) * len(head),
    )


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        ([("Đọc", "An", "5/3"), ("Ghi", "An", "6/3")], 0),
        ([("1", "Đọc", "5/3"), ("2", "Ghi", "6/3")], 1),
        ([("1.", "Đọc", "5/3"), ("2.", "Ghi", "6/3")], 1),
        ([("1", "", "5/3"), ("2", "", "6/3")], None),  # to be filled in
        ([("Đọc", "An", "5/3"), ("Đọc", "Bình", "6/3")], 1),
        ([("1", "2", "3"), ("4", "5", "6")], None),
        ([("Đọc", "An", "5/3")], None),
        ([("Đọc " * 20, "An", "5/3"), ("Ghi", "Bình", "6/3")], None),
    ],
)
def test_the_cells_that_name_their_rows_are_headers(rows, column):
    markup = ElementTree.fromstring(f"<t>{tables.rows(table(rows), plain, on_screen=True)}</t>")  # noqa: S314 - ours
    for row in markup.iterfind("tbody/tr"):
        assert [index for index, cell in enumerate(row) if cell.tag == "th"] == ([] if column is None else [column])
        assert all(cell.get("scope") == "row" for cell in row.iter("th"))


def test_a_head_without_words_is_no_header():
    markup = ElementTree.fromstring(  # noqa: S314 - ours
        f"<t>{tables.rows(table([('Đọc', 'An', '5/3')], ('', 'Người', 'Hạn')), plain, on_screen=True)}</t>"
    )
    assert [cell.tag for cell in markup.find("thead/tr")] == ["td", "th", "th"]


def test_tables_under_one_heading_are_told_apart():
    leaf = Leaf(
        "a",
        "program",
        "A",
        "<section id='a'><h1>Việc &amp; người</h1><table><tr><td/></tr></table>"
        "<table><caption>B</caption></table><table aria-label='C'/><table><tr><td/></tr></table></section>",
    )
    document = volume.gather([leaf]).documents[0]
    named = markup_of.spliced(document.markup, naming.edits(document, "Bảng: {title}")).decode()
    assert re.findall(r'aria-label=["\'](.*?)["\']', named) == [
        "Bảng: Việc &amp; người",
        "C",
        "Bảng: Việc &amp; người (2)",
    ]
