"""Text and commentary that face one another, with tables turned on pages of their own, in large type, on a phone.

On every page size the rule of the spread holds: what is said of a clause begins across from it, both sides are read in
their order, every word is printed once. On a phone, which has no spreads, commentary follows its clause.
"""

import re
from dataclasses import replace
from functools import cache

import pypdfium2
import pytest
from test_facing import SENTENCES, composed, every_clause, published, words
from test_turning import turned_pages

from builder import press
from builder.manuscript.settings import TRIMS

pytestmark = pytest.mark.press

FORMATS = {
    "A5": ("A5", "normal"),
    "A5 large": ("A5", "large"),
    "A4 large": ("A4", "large"),
    "phone": ("phone", "normal"),
}
SPREADS = [name for name in FORMATS if name != "phone"]
COLUMNS = 8


class Marks:
    """Gives every paragraph and every cell words of its own, to be found again in print."""

    def __init__(self):
        self.given = []

    def __call__(self):
        self.given.append(f"M{len(self.given) + 1000}Q")
        return self.given[-1]

    def text(self, sentences):
        return " ".join([*(SENTENCES * 3)[:sentences], f"{self()}."])

    def table(self, columns, rows):
        lines = [[f"Cột {number}" for number in range(1, columns + 1)], ["---"] * columns]
        lines += [[f"Thống kê {self()}" for _ in range(columns)] for _ in range(rows)]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def program(marks):
    yield from ["Chương I", "VIỆC CHUNG", "Điều 1. Việc thứ nhất", f"1. {marks.text(3)}", marks.text(8), marks.text(2)]
    yield f"2. {marks.text(1)} Theo bảng sau:"
    yield from [marks.table(COLUMNS, 4), f"3. {marks.text(5)}", f"a) {marks.text(1)}", f"b) {marks.text(2)}"]
    yield from ["Điều 2. Việc thứ hai", f"1. {marks.text(2)}", marks.table(COLUMNS, 11), "Điều 3. Việc thứ ba"]
    yield from [f"1. {marks.text(2)}[^1]", f"[^1]: {marks.text(1)}", f"2. {marks.text(9)}"]


def commentary(marks):
    yield from ["## Điều 1: Nói chung", marks.text(2)]
    yield from ["## Điều 1 khoản 1: Nói kỹ", marks.text(10), marks.table(COLUMNS, 3), marks.text(4)]
    yield from ["## Điều 1 khoản 2: Về bảng", f"{marks.text(2)}[^1]", f"[^1]: {marks.text(1)}"]
    yield from ["## Điều 1 khoản 3 điểm b: Ngắn", marks.text(1), f"::: question {{lines=3}}\n{marks.text(1)}\n:::"]
    yield from ["## Điều 2 khoản 1: Bảng ngay đầu", marks.table(COLUMNS, 2), marks.text(1)]
    yield from ["## Điều 3 khoản 2: Hết", marks.text(6)]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    marks = Marks()
    folder = tmp_path_factory.mktemp("facing") / "so-tay"
    publication = published(folder, list(program(marks)), list(commentary(marks)))

    @cache
    def make(name):
        trim, kind = FORMATS[name]
        edition = replace(publication.settings.editions[0], trim=TRIMS[trim], type=kind)
        settings = replace(publication.settings, editions=(edition,))
        return press.print_pdf(composed(replace(publication, settings=settings)))

    return publication, marks.given, make


@pytest.mark.parametrize("name", FORMATS)
def test_every_word_is_printed_once_and_whole(made, name):
    _, marks, make = made
    text = re.sub(r"\s+", "", "".join(words(make(name).pdf)))
    assert [mark for mark in marks if text.count(mark) != 1] == []
    assert {problem.code for problem in make(name).problems} <= {"TABLE_SMALL"}


@pytest.mark.parametrize("name", SPREADS)
def test_commentary_begins_on_the_spread_of_its_clause(made, name):
    publication, _, make = made
    folios = make(name).folios
    begun = [(folios[note.clauses[0]], folios[note.id]) for note in publication.notes]
    assert len(begun) == 6
    assert [(text, said) for text, said in begun if text % 2 or said != text + 1] == []


@pytest.mark.parametrize("name", SPREADS)
def test_turned_tables_stand_on_the_side_of_what_they_belong_to(made, name):
    """Those of the text on left-hand pages, those of commentary on right-hand ones; words run up on no other page."""
    _, _, make = made
    book = make(name)
    pages = words(book.pdf)
    turned = turned_pages(book.pdf)
    assert turned == [number for number, page in enumerate(pages, 1) if f"Cột {COLUMNS}" in page]
    assert {number % 2 for number in turned} == {0, 1}
    first, last = book.folios["chuong-1.dieu-1"], book.ends["chuong-1.dieu-3"]
    assert all(first <= number <= last for number in turned)
    text = [number for number in turned if number % 2 == 0]
    assert text[0] >= book.folios["chuong-1.dieu-1.khoan-2"]
    assert text[0] < book.folios["chuong-1.dieu-1.khoan-3"]


@pytest.mark.parametrize("name", FORMATS)
def test_pages_are_read_in_the_order_of_the_programme_and_numbered_so(made, name):
    publication, _, make = made
    book = make(name)
    folios = [book.folios[clause.id] for clause in every_clause(publication)]
    assert folios == sorted(folios)
    said = [book.folios[note.id] for note in publication.notes]
    assert said == sorted(said) or name == "phone"  # where what is said of an article comes after its clauses
    assert book.labels == tuple(str(number) for number in range(1, book.pages + 1))
    for number, (page, fact) in enumerate(zip(words(book.pdf), book.facts, strict=True), 1):
        assert not fact.leaf.startswith("to-") or re.search(rf"(?<!\d){number}(?!\d)", page), number


@pytest.mark.parametrize("name", FORMATS)
def test_all_pages_are_of_one_size_and_upright(made, name):
    _, _, make = made
    trim = TRIMS[FORMATS[name][0]]
    document = pypdfium2.PdfDocument(make(name).pdf)
    sizes = {tuple(round(side * 25.4 / 72) for side in page.get_size()) for page in document}
    assert sizes == {(trim.width, trim.height)}
    assert {page.get_rotation() for page in document} == {0}


def test_on_a_phone_commentary_follows_its_clause(made):
    publication, _, make = made
    book = make("phone")
    assert not any(fact.blank for fact in book.facts)
    for note in publication.notes:
        clause = note.clauses[0]
        assert book.folios[clause] <= book.folios[note.id] <= book.ends[clause] + 1, note.citation
    assert "Phần ghi chép" not in "".join(words(book.pdf))
