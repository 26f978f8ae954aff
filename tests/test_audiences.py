"""“Trang 12” is the same page in every hand: leaves put in for the leader, marks in the margin, sheets to hand out."""

import io
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from test_galleys import Drawer

from builder import composition, fonts, layout, manuscript, press
from builder.composition import Medium
from builder.manuscript.settings import TRIMS

pytestmark = pytest.mark.press

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "tests" / "specimen"
EVERYBODY = "nguoi-du"
ASKED = {
    EVERYBODY: {},
    "chu-tri": {"audience": "leader", "folios_of": EVERYBODY},
    "chu-lon": {"trim": TRIMS["A4"], "type": "large", "folios_of": EVERYBODY},
    "dien-thoai": {"trim": TRIMS["phone"], "folios_of": EVERYBODY},
    "ban-a4": {"trim": TRIMS["A4"], "audience": "leader", "folios_of": EVERYBODY},
}


@cache
def read():
    publication, _ = manuscript.read(SAMPLE)
    model = replace(publication.settings.editions[0], layout="interleaved", outputs=("pdf",), audience="participant")
    editions = tuple(replace(model, name=name, **keys) for name, keys in ASKED.items())
    return replace(publication, settings=replace(publication.settings, editions=editions))


@cache
def composed(name, medium=Medium.PRINT):
    edition = next(each for each in read().settings.editions if each.name == name)
    roles, sheet = fonts.roles(ROOT / "fonts"), layout.load(edition.layout, ROOT / "layouts")
    made, found = composition.compose(read(), sheet, edition, medium, roles)
    assert found == ()
    return made


@cache
def printed(name):
    other = printed(EVERYBODY) if name != EVERYBODY else None
    return press.print_pdf(composed(name), folios_of=other)


@cache
def pages(name):
    return [
        " ".join(page.get_textpage().get_text_bounded().replace("\ufffe", "").split())
        for page in pypdfium2.PdfDocument(printed(name).pdf)
    ]


def labels(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return [document.get_page_label(number) for number in range(len(document))]


# --- the leader's leaves ---------------------------------------------------------------------------


def test_the_participants_pages_are_the_same_in_the_leaders_hand():
    shown = dict(zip(labels(printed("chu-tri").pdf), pages("chu-tri"), strict=True))
    assert len(shown) > len(pages(EVERYBODY))
    for folio, words in enumerate(pages(EVERYBODY), 1):
        assert shown[str(folio)] == words


def test_leaves_are_put_in_where_a_sheet_ends_and_have_two_pages():
    names = labels(printed("chu-tri").pdf)
    assert names == list(printed("chu-tri").labels)
    put_in = [(number, name) for number, name in enumerate(names) if not name.isdecimal()]
    assert put_in
    for number, name in put_in:
        assert name[-1] in ("aceg", "bdfh")[number % 2], "the front of a leaf is a right-hand page"
        assert int(name[:-1]) % 2 == 0
    assert len(names) % 4 == 0
    assert [name for name in names if name.isdecimal()] == labels(printed(EVERYBODY).pdf)


def test_what_the_leader_alone_has_stands_on_these_leaves_with_its_page():
    leaders = pages("chu-tri")
    names = labels(printed("chu-tri").pdf)
    found = 0
    for insert in composed("chu-tri").inserts:
        folio = printed(EVERYBODY).ends[insert.anchor]
        words = "".join(re.sub(r"<[^>]+>", "", insert.markup).split())[-24:]
        (page,) = [number for number, text in enumerate(leaders) if words in "".join(text.split())]
        assert names[page] in {f"{folio - folio % 2}{letter}" for letter in "abcd"}
        assert re.search(rf"Trang {folio}\b", leaders[page])
        found += 1
    assert found >= 2


def test_a_screen_reader_meets_these_leaves_between_the_pages_they_lie_between():
    names, aloud = printed("chu-tri").labels, {}
    for words, page in read_aloud(printed("chu-tri").pdf):
        aloud[names[page]] = aloud.get(names[page], "") + "".join(words.split())
    assert list(aloud) == [name for name in names if name in aloud]
    for insert in composed("chu-tri").inserts:
        words = "".join(re.sub(r"<[^>]+>", "", insert.markup).split())[-24:]
        (name,) = [name for name, said in aloud.items() if words in said]
        assert not name.isdecimal()


def read_aloud(pdf):
    """Yield what the tags of a PDF name, in their order: the words of each piece of text, its page from 0."""
    raw, shown = pypdfium2.raw, {}
    for number, page in enumerate(pypdfium2.PdfDocument(pdf)):
        text = page.get_textpage()
        for place in range(text.count_chars()):
            drawn = raw.FPDFText_GetTextObject(text.raw, place)
            key = number, raw.FPDFPageObj_GetMarkedContentID(drawn) if drawn else -1
            shown[key] = shown.get(key, "") + chr(raw.FPDFText_GetUnicode(text.raw, place))
    with pikepdf.open(io.BytesIO(pdf)) as tagged:
        numbers = {page.obj.objgen: number for number, page in enumerate(tagged.pages)}
        yield from _below(tagged.Root.StructTreeRoot, None, numbers, shown)


def _below(element, page, numbers, shown):
    page = numbers[element.Pg.objgen] if "/Pg" in element else page
    kids = element.get("/K", ())
    for kid in kids if isinstance(kids, pikepdf.Array | tuple) else (kids,):
        if not isinstance(kid, pikepdf.Dictionary):
            yield shown.get((page, int(kid)), ""), page
        elif "/S" in kid:
            yield from _below(kid, page, numbers, shown)


def test_the_facts_lie_as_the_pages_do():
    book = printed("chu-tri")
    assert len(book.facts) == len(book.labels) == book.pages
    assert [fact.leaf for fact, name in zip(book.facts, book.labels, strict=True) if name.isdecimal()] == [
        fact.leaf for fact in printed(EVERYBODY).facts
    ]
    assert {fact.name for fact, name in zip(book.facts, book.labels, strict=True) if name.endswith("a")} <= {
        "leader",
        "coverage",
        "notes",
    }


def test_the_leaders_file_holds_together():
    with pikepdf.open(io.BytesIO(printed("chu-tri").pdf)) as pdf:
        objects = [page.objgen for page in pdf.pages]
        assert len(set(objects)) == len(objects)
        held = {page.objgen for page in pdf.pages}
        for name in pdf.Root.Names.Dests.Names[1::2]:
            assert name[0].objgen in held
    assert printed("chu-tri").problems == ()


def test_nothing_is_put_in_on_other_pages_or_in_an_e_book():
    assert composed("ban-a4").inserts == ()
    assert composed("chu-tri", Medium.EBOOK).inserts == ()
    assert any("Chủ trì" in words for words in pages("ban-a4"))


# --- marks in the margin ---------------------------------------------------------------------------


def lines(page):
    """Return the marks of a page and its other words, each with its height and its left edge in points."""
    text = page.get_textpage()
    marks, words = [], []
    for number in range(text.count_rects()):
        left, low, right, high = text.get_rect(number)
        said = text.get_text_bounded(left - 0.5, low - 0.5, right + 0.5, high + 0.5).replace("\ufffe", "").strip()
        (marks if re.fullmatch(r"tr\. [\d, ]+", said) else words).append(((low + high) / 2, left, said))
    return marks, words


def opening(folio):
    """Return the first letters of the text of a page in everybody's hand."""
    page = pypdfium2.PdfDocument(printed(EVERYBODY).pdf)[folio - 1]
    text = page.get_textpage().get_text_bounded(bottom=60, top=page.get_height() - 52)
    return "".join(text.replace("\ufffe", "").split())[:4]


@pytest.mark.parametrize("name", ["chu-lon", "ban-a4"])
def test_a_mark_stands_at_the_line_where_the_page_begins(name):
    document = pypdfium2.PdfDocument(printed(name).pdf)
    marked = []
    for page in document:
        marks, words = lines(page)
        for height, _, mark in marks:
            line = sorted((left, said) for at, left, said in words if abs(at - height) < 8)
            folios = [int(folio) for folio in re.findall(r"\d+", mark)]
            read = "".join("".join(said.split()) for _, said in line or [(0, said) for _, _, said in words])
            assert opening(folios[0]) in read, (name, mark)
            marked += folios
    begun = {
        number
        for number, fact in enumerate(printed(EVERYBODY).facts, 1)
        if fact.name in {"front", "program", "session", "back", "glossary"} and fact.begins[0]
    }
    assert set(marked) >= begun - {number for number in begun if printed(name).labels[number - 1] == str(number)}
    assert marked == sorted(marked)


def test_the_text_is_not_set_again_when_the_other_editions_pages_move():
    drawer, everybody = Drawer(), printed(EVERYBODY)
    press.print_pdf(composed("chu-lon"), cache=drawer, folios_of=everybody)
    moved = replace(everybody, labels=tuple(str(int(label) + 1) for label in everybody.labels))
    again = press.print_pdf(composed("chu-lon"), cache=drawer, folios_of=moved)
    assert [each.fresh for each in again.rounds] == [0] * len(again.rounds)
    assert again.pdf != printed("chu-lon").pdf


@pytest.mark.parametrize("name", ["chu-lon", "dien-thoai"])
def test_every_word_of_the_text_is_in_every_size(name):
    def words(edition):
        leaves = (leaf.markup for leaf in composed(edition).leaves if leaf.kind == "program")
        return re.sub(r"<[^>]+>", " ", " ".join(leaves)).split()

    assert words(name) == words(EVERYBODY)
    assert printed(name).problems == ()


def test_the_page_of_a_phone_has_no_blank_page_and_no_lines_to_write_on():
    book = printed("dien-thoai")
    assert not any(fact.blank for fact in book.facts)
    assert {fact.leaf for fact in book.facts}.isdisjoint({"title", "notes", "back-cover"})
