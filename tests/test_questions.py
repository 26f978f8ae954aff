"""Commentary as questions and answers: what is a question, how questions are numbered, grouped and grounded."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2
import pytest

from builder import composition, fonts, layout, manuscript, press
from builder.composition import Medium
from builder.composition.book import Book
from builder.composition.typography import typeset
from builder.publication import Box, BoxKind, Paragraph, Text, plain, walk

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "sources" / "hoi-dap-quy-che-khu-pho"
EPUB = "http://www.idpf.org/2007/ops"


@pytest.fixture(scope="module")
def specimen():
    return manuscript.read(ROOT / "tests" / "specimen")[0]


@pytest.fixture(scope="module")
def sample():
    return typeset(manuscript.read(SAMPLE)[0])


def questions_of(publication):
    return [question for group in Book(publication).questions.groups for question in group.questions]


def test_questions_are_numbered_through_all_groups_in_the_order_of_the_programme(specimen):
    found = questions_of(replace(specimen, notes=specimen.notes[::-1]))
    assert [question.number for question in found] == list(range(1, len(found) + 1))
    order = [clause.id for clause in walk(specimen.program.clauses)]
    places = [order.index(question.note.clauses[0]) for question in found]
    assert places == sorted(places)
    assert len(found) >= 5


def test_groups_are_the_heads_of_the_highest_level(specimen, sample):
    heads = [group.head.id for group in Book(specimen).questions.groups]
    assert heads == ["phan-1", "phan-2"]
    assert [group.head.id for group in Book(sample).questions.groups] == [f"chuong-{n}" for n in range(1, 6)]


def test_articles_without_heads_make_one_group(sample):
    articles = tuple(article for chapter in sample.program.clauses for article in chapter.children)
    notes = tuple(note for note in sample.notes if note.clauses[0].count("."))
    bare = replace(sample, program=replace(sample.program, clauses=articles), notes=notes)
    (group,) = Book(bare).questions.groups
    assert group.head is None
    assert len(group.questions) > 15


def note_like(note, title, *body):
    return replace(note, title=(Text(title),) if title else (), body=body)


def said(words):
    return Paragraph((Text(words),))


def test_a_note_without_a_title_asks_what_its_box_asks_or_is_a_remark(specimen):
    first, second, third = specimen.notes[:3]
    asked = Box(BoxKind.QUESTION, (said("Ai giữ sách?"), said("Vì sao?")), 3)
    notes = (
        note_like(first, "", said("Lời mở.")),
        note_like(second, "", asked, said("Thủ thư giữ.")),
        note_like(third, "", said("Nói thêm."), asked),
    )
    (group,) = Book(replace(specimen, notes=notes)).questions.groups
    (question,) = group.questions
    assert group.remarks == (notes[0],)
    assert (plain(question.title), question.body) == ("Ai giữ sách?", (said("Vì sao?"), said("Thủ thư giữ.")))
    assert question.remarks == (notes[2],)


def test_grounds_are_ranges_of_clauses_in_words(specimen):
    note = next(note for note in specimen.notes if len(note.clauses) > 1 and "Điều 3" in note.citation)
    assert Book(specimen).grounds(note) == ((note.clauses[0], "Điều 3–4"),)


# --- the pages ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def composed(sample):
    roles, sheet = fonts.roles(ROOT / "fonts"), layout.load("hoi-dap", ROOT / "layouts")
    edition = sample.settings.editions[0]
    made = [composition.compose(sample, sheet, edition, medium, roles) for medium in Medium]
    assert [found for _, found in made] == [(), ()]
    return {made_in.medium: made_in for made_in, _ in made}


def tree(leaf):
    return ET.fromstring(f'<html xmlns:epub="{EPUB}">{leaf.markup}</html>')  # noqa: S314 - composed here


def words(element):
    return " ".join("".join(element.itertext()).replace("\u00a0", " ").split())


def asked(made):
    """Id, heading and ground of each question of a composition."""
    sections = [
        section
        for leaf in made.leaves
        if leaf.kind == "answers"
        for section in tree(leaf).iter("section")
        if section.get("class") == "asked"
    ]
    return [(each.get("id"), words(each.find("h2")), each.find("p[@class='ground']")) for each in sections]


@pytest.mark.parametrize("medium", Medium)
def test_every_question_is_printed_with_its_number_and_its_ground(composed, sample, medium):
    found, wanted = asked(composed[medium]), questions_of(sample)
    heads = [f"Câu hỏi {question.number}: {plain(question.title)}" for question in wanted]
    assert [head for _, head, _ in found] == [" ".join(head.replace("\u00a0", " ").split()) for head in heads]
    assert len(found) == 22
    for (_, _, ground), question in zip(found, wanted, strict=True):
        links = [each.get("href")[1:] for each in ground.iter("a") if each.get("class") != "folio"]
        assert links == [target for target, _ in Book(sample).grounds(question.note)]
        assert words(ground).startswith("Căn cứ: ")


def test_numbers_are_the_same_in_print_and_ebook(composed):
    printed, bound = ([(each[0], each[1]) for each in asked(composed[medium])] for medium in Medium)
    assert printed == bound


def test_the_contents_list_the_questions_under_their_heads_and_the_document_under_its_own(composed):
    outline = composed[Medium.PRINT].outline
    groups = [entry for entry in outline if any(below.kind == "question" for below in entry.children)]
    assert [len(group.children) for group in groups] == [4, 4, 6, 5, 3]
    annex = next(entry for entry in outline if entry.kind == "annex")
    assert [below.target for below in annex.children] == [f"chuong-{n}" for n in range(1, 6)]


def test_what_is_no_question_is_a_remark_and_clauses_lead_to_their_questions(composed):
    answers = " ".join(words(tree(leaf)) for leaf in composed[Medium.PRINT].leaves if leaf.kind == "answers")
    program = " ".join(words(tree(leaf)) for leaf in composed[Medium.PRINT].leaves if leaf.kind == "program")
    assert re.search(r"Căn cứ: khoản 2 Điều 5 \(tr\. \)\. Làm rõ thêm Bảy ngày tính từ hôm dán", answers)
    assert "Hỏi – đáp: câu 13 (tr. )." in program


@pytest.mark.press
def test_a_ground_names_the_page_its_clause_is_on(composed):
    printing = press.print_pdf(composed[Medium.PRINT])
    assert printing.problems == ()
    document = pypdfium2.PdfDocument(printing.pdf)
    pages = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    number = printing.folios["chuong-4.dieu-10.khoan-1"]
    question = pages[printing.folios["lr-chuong-3.dieu-8.khoan-3-1"] - 1]
    ground = f"khoản 1 Điều 10 (tr. {number})"
    assert ground in question.replace("\u00a0", " ")
    assert "Đóng góp là tự nguyện." in pages[number - 1]
    first = " ".join(pages[fact - 1] for fact in {printing.folios["contents"], printing.ends["contents"]})
    assert re.search(rf"Câu hỏi 22: Muốn sửa một điều.*?{printing.folios['lr-chuong-5.dieu-14-1']}\b", first)
