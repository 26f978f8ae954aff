"""Notes in the margin: none on another, none off the page, each on its clause's page or marked as carried."""

import itertools
import random
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import composition, fonts, layout, manuscript, press
from builder.composition import Medium
from builder.composition.nouns import Leaf
from builder.press import margin
from builder.press.margin import Candidate, Carried, Column, Note, Page

ROOT = Path(__file__).resolve().parent.parent
NEAR = 1e-3
MM = 72 / 25.4

lengths = st.integers(1, 120).map(float)
columns = st.builds(
    lambda top, height, apart: Column(top, top + height, apart),
    st.integers(0, 80).map(float),
    st.integers(1, 200).map(float),
    st.integers(0, 12).map(float),
)
pages_of_notes = st.lists(st.builds(Note, st.integers(-20, 320).map(float), lengths), max_size=9).map(
    lambda notes: sorted(notes, key=lambda note: note.wanted)
)


def stack(column, heights):
    """How long notes are one below the other."""
    return sum(heights) + column.apart * max(0, len(heights) - 1)


def fewest(column, heights):
    """How many notes have to be carried: the least number without which the others fit, all choices tried."""
    for count in range(len(heights) + 1):
        for left in itertools.combinations(heights, len(heights) - count):
            if stack(column, left) <= column.bottom - column.top + NEAR:
                return count
    return len(heights)


@given(columns, pages_of_notes)
def test_no_note_on_another_none_out_of_the_column_all_in_order(column, notes):
    tops = margin.placed(column, notes)
    assert len(tops) == len(notes)
    free = column.top
    for note, top in zip(notes, tops, strict=True):
        if top is not None:
            assert top >= free - NEAR
            assert top + note.height <= column.bottom + NEAR
            free = top + note.height + column.apart


@given(columns, pages_of_notes)
def test_as_few_as_can_be_are_carried(column, notes):
    carried = [note for note, top in zip(notes, margin.placed(column, notes), strict=True) if top is None]
    assert len(carried) == fewest(column, [note.height for note in notes])


@given(columns, pages_of_notes)
def test_no_note_is_carried_that_could_have_stayed(column, notes):
    tops = margin.placed(column, notes)
    kept = [note.height for note, top in zip(notes, tops, strict=True) if top is not None]
    for note, top in zip(notes, tops, strict=True):
        if top is None:
            assert stack(column, [*kept, note.height]) > column.bottom - column.top - NEAR


@given(columns, pages_of_notes)
def test_a_note_stands_at_its_clause_unless_others_push_it(column, notes):
    """It stands lower only right below another one, higher only when all below it is full to the foot."""
    pairs = [(note, top) for note, top in zip(notes, margin.placed(column, notes), strict=True) if top is not None]
    for number, (note, top) in enumerate(pairs):
        before, below = pairs[:number], pairs[number:]
        if top > note.wanted + NEAR:
            edge = before[-1][1] + before[-1][0].height + column.apart if before else column.top
            assert top == pytest.approx(edge)
        if top < note.wanted - NEAR:
            assert top + stack(column, [each.height for each, _ in below]) == pytest.approx(column.bottom)


def test_notes_that_crowd_a_line_stand_below_one_another():
    column = Column(100, 300, 10)
    assert margin.placed(column, [Note(150, 40), Note(160, 30), Note(161, 20)]) == (150, 200, 240)


def test_notes_at_the_foot_are_pushed_up_no_further_than_needed():
    column = Column(100, 300, 10)
    assert margin.placed(column, [Note(120, 20), Note(280, 40), Note(290, 50)]) == (120, 200, 250)


def test_the_one_that_is_too_long_is_carried():
    assert margin.placed(Column(0, 100, 5), [Note(0, 40), Note(10, 120), Note(20, 50)]) == (0, None, 45)


def test_of_several_the_shortest_that_is_long_enough_is_carried():
    column = Column(0, 100, 0)
    assert margin.placed(column, [Note(0, 70), Note(0, 20), Note(0, 25), Note(0, 5)]) == (0, None, 70, 95)
    assert margin.placed(column, [Note(0, 50), Note(0, 50), Note(0, 50)]) == (0, 50, None)


# --- a whole leaf ---------------------------------------------------------------------------------


@st.composite
def leaves(draw):
    """Notes of a leaf: clauses one after the other, each note at its clause or after the clauses below it."""
    starts = draw(st.lists(st.integers(0, 900), max_size=14).map(sorted))
    notes = []
    for number, start in enumerate(starts):
        height = draw(st.integers(5, 260))
        foot = draw(st.one_of(st.none(), st.integers(4, 60)))
        notes.append(Candidate(start, height, height * 0.7, foot, 2 * number, 2 * number + draw(st.integers(1, 5))))
    return notes


def reckoned(page, notes, carried):
    """Where the clauses begin with so much carried, worked out the long way: note by note, page by page."""
    inset = {each for each, way in carried.items() if way is Carried.INSET}
    starts = [note.start + sum(notes[each].inset for each in inset if notes[each].ends < note.begins) for note in notes]
    for each, way in sorted(carried.items()):
        if way is Carried.FOOT:
            foot = (starts[each] // page.height + 1) * page.height
            for other in range(each + 1, len(notes)):
                if starts[other] >= foot - notes[each].foot:
                    starts[other] += notes[each].foot
    return starts


@given(leaves())
def test_after_the_plan_no_page_is_too_full(notes):
    page = Page(200.0, 6.0, 50.0)
    carried = margin.plan(page, notes)
    by_page = {}
    for number, start in enumerate(reckoned(page, notes, carried)):
        if number not in carried:
            by_page.setdefault(start // page.height, []).append(notes[number].height)
    assert all(stack(page.column, heights) <= page.height + NEAR for heights in by_page.values())


@given(leaves())
def test_nothing_is_carried_to_the_foot_that_may_not_and_nothing_where_all_fits(notes):
    page = Page(200.0, 6.0, 50.0)
    carried = margin.plan(page, notes)
    assert all(notes[each].foot <= page.foot for each, way in carried.items() if way is Carried.FOOT)
    pages = {}
    for note in notes:
        pages.setdefault(note.start // page.height, []).append(note.height)
    if all(stack(page.column, heights) <= page.height for heights in pages.values()):
        assert carried == {}


def test_the_plan_carries_what_lets_the_others_stay():
    """The first note fills the page; with the second in the text, the third is pushed to the next page's margin."""
    page = Page(600.0, 10.0, 0.0)
    notes = [
        Candidate(10, 450, 300, None, 0, 1),
        Candidate(150, 300, 250, None, 2, 3),
        Candidate(450, 300, 250, None, 4, 5),
    ]
    assert margin.plan(page, notes) == {1: Carried.INSET}


def test_the_plan_puts_a_short_note_at_the_foot():
    page = Page(600.0, 10.0, 120.0)
    notes = [Candidate(10, 450, 300, 200, 0, 1), Candidate(150, 200, 120, 80, 2, 3)]
    assert margin.plan(page, notes) == {1: Carried.FOOT}


# --- in print -------------------------------------------------------------------------------------

WIDTH, HEIGHT = 148 * MM, 210 * MM
INNER, OUTER, EDGE = 17 * MM, 51 * MM, 9 * MM  # the margins of the text, and what is left of the outer one
HEAD, FOOT = 20 * MM, 20.7 * MM
SLACK = 3.0  # pt; letters reach beyond their line
LONG, MIDDLING, SHORT, SHORTEST = (60, 190), (30, 80), (6, 45), (3, 9)  # words in a note
DIGITS, HUNDREDS = "abcdefghij", "klmnoprstu"


@dataclass(frozen=True)
class Word:
    """A word on a page, its edges in points from the upper left."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float


def token(kind, number, order):
    """A word that stands nowhere else: of which clause or note it is, and the how many-eth."""
    return f"{kind}{_letters(number)}q{_letters(order)}"


def _letters(number):
    return DIGITS[number // 10 % 10] + DIGITS[number % 10] + HUNDREDS[number // 100]


def passage(kind, number, words):
    return " ".join(token(kind, number, order) for order in range(words))


def source(folder, chance, clauses, lengths, text_lengths=(4, 60)):
    """Write a publication whose clauses all have commentary; return how many words each has."""
    folder.mkdir()
    (folder / "publication.yaml").write_text("format: 1\ntitle: Chú bên lề\nnotes: page\n", "utf-8")
    text, commentary, words = ["Phần I. Một phần"], [], []
    for number in range(clauses):
        titled = chance.random() < 0.4
        body = passage("v", number, chance.randint(*text_lengths))
        text.append(f"{number + 1}. {token('v', number, 99)}\n\n{body}" if titled else f"{number + 1}. {body}")
        words.append(chance.randint(*chance.choice(lengths)))
        about = passage("z", number, words[-1])
        note = "" if chance.random() < 0.7 else f"[^{number}]\n\n[^{number}]: {passage('y', number, 9)}"
        box = "" if chance.random() < 0.8 else "\n\n::: question {lines=3}\nHỏi?\n:::\n"
        commentary.append(f"## Phần I, mục {number + 1}\n\n{about}{note}{box}")
    (folder / "program.md").write_text("\n\n".join(text) + "\n", "utf-8")
    (folder / "commentary").mkdir()
    (folder / "commentary" / "mot.md").write_text("\n\n".join(commentary) + "\n", "utf-8")
    return words


def composed(folder, medium=Medium.PRINT, name="margin", **more):
    publication, found = manuscript.read(folder)
    assert found == ()
    edition = replace(publication.settings.editions[0], layout=name, **more)
    sheet = layout.load(name, ROOT / "layouts")
    made, found = composition.compose(publication, sheet, edition, medium, fonts.roles(ROOT / "fonts"))
    assert found == ()
    return made


@cache
def words_of(pdf):
    """All words of a PDF, in the order of its content."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf)):
        text = page.get_textpage()
        letters = [(text.get_text_range(each, 1), text.get_charbox(each)) for each in range(text.count_chars())]
        for blank, run in itertools.groupby(letters, key=lambda letter: not letter[0].strip()):
            if not blank:
                word, boxes = zip(*run, strict=True)
                lefts, lows, rights, highs = zip(*boxes, strict=True)
                found.append(
                    Word("".join(word), number, min(lefts), HEIGHT - max(highs), max(rights), HEIGHT - min(lows))
                )
    return found


def numbered(words, kind):
    """The words of clauses or notes, by number."""
    found = {}
    for word in words:
        for tens, ones, hundreds in re.findall(rf"{kind}([a-j])([a-j])([k-u])q[a-j]{{2}}[k-u]", word.text):
            number = HUNDREDS.index(hundreds) * 100 + DIGITS.index(tens) * 10 + DIGITS.index(ones)
            found.setdefault(number, []).append(word)
    return found


def in_margin(word):
    """Tell whether a word stands in the column of notes: right of the text on odd folios, left of it on even ones."""
    return word.left > WIDTH - OUTER if word.page % 2 == 0 else word.right < OUTER


BOOKS = (  # seed, clauses, words of a note, words of a clause
    (1, 24, (SHORT,), (4, 60)),
    (2, 20, (SHORT, LONG), (4, 60)),
    (3, 10, (LONG,), (4, 60)),
    (4, 26, (SHORT, MIDDLING, LONG), (4, 60)),
    (5, 30, (SHORTEST,), (4, 60)),
    (8, 24, (SHORT,), (10, 30)),
)


@pytest.fixture(scope="module", params=BOOKS, ids=lambda book: f"book-{book[0]}")
def made(request, tmp_path_factory):
    """How many words each note has, the printing, the words on the pages of the programme."""
    seed, clauses, lengths, text_lengths = request.param
    folder = tmp_path_factory.mktemp("sach") / "chu-ben-le"
    counted = source(folder, random.Random(seed), clauses, lengths, text_lengths)  # noqa: S311 - it keeps no secret
    printing = press.print_pdf(composed(folder))
    words = words_of(printing.pdf)
    return counted, printing, [word for word in words if printing.facts[word.page].name == "program"]


@pytest.mark.press
def test_nothing_is_wrong_with_the_book_and_no_word_is_lost(made):
    counted, printing, words = made
    assert [problem.code for problem in printing.problems] == []
    notes = numbered(words, "z")
    assert {number: len(found) for number, found in notes.items()} == dict(enumerate(counted))


@pytest.mark.press
def test_no_two_notes_overlap_and_none_leaves_its_column(made):
    _, _, words = made
    areas = {}
    for number, found in numbered(words, "z").items():
        if all(map(in_margin, found)):
            below = [word for word in numbered(words, "y").get(number, ()) if word.page == found[0].page]
            tops, bottoms = ([getattr(word, edge) for word in (*found, *below)] for edge in ("top", "bottom"))
            areas.setdefault(found[0].page, []).append((min(tops), max(bottoms), number))
            for word in (*found, *below):
                outer = WIDTH - word.right if word.page % 2 == 0 else word.left
                assert outer > EDGE - SLACK
                assert HEAD - SLACK < word.top < word.bottom < HEIGHT - FOOT + SLACK
    assert {page % 2 for page in areas} == {0, 1} or len(areas) < 4  # the book of long notes has few
    for notes in areas.values():
        assert [number for *_, number in sorted(notes)] == sorted(number for *_, number in notes)
        for (_, bottom, _), (top, *_) in itertools.pairwise(sorted(notes)):
            assert bottom < top


@pytest.mark.press
def test_no_note_stands_on_the_text(made):
    _, _, words = made
    for found in numbered(words, "v").values():
        for word in found:
            left, right = (INNER, OUTER) if word.page % 2 == 0 else (OUTER, INNER)
            assert left - SLACK < word.left < word.right < WIDTH - right + SLACK


@pytest.mark.press
def test_each_note_is_on_the_page_of_its_clause_or_marked_as_carried(made, request):
    """Beside it; or at the foot, with a mark there and in the clause; or behind it in the text, under its name."""
    _, _, words = made
    clauses, ways = numbered(words, "v"), set()
    for number, note in numbered(words, "z").items():
        clause, first = clauses[number], words.index(note[0])
        opening = [word.text for word in words[first - 3 : first + 1]]
        assert f"{number + 1}." in opening
        if all(map(in_margin, note)):
            ways.add("margin")
            assert {word.page for word in note} == {clause[0].page}
            last = words.index(clause[0])
            assert last < first
            continue
        assert not any(map(in_margin, note))
        if opening[-2].startswith("*") or opening[-3].startswith("*"):
            ways.add("foot")
            mark = next(word for word in opening if word.startswith("*"))
            called = [word for word in clause if word.text.endswith(mark)]
            assert [word.page for word in called] == [note[0].page]
            assert {word.page for word in note} == {note[0].page}
        else:
            ways.add("text")
            assert [word.text for word in words[first - 4 : first - 1]] == ["Làm", "rõ", "thêm"]
            assert words.index(clause[-1]) < first
    assert "margin" in ways
    assert "book-4" not in request.node.name or ways == {"margin", "foot", "text"}


@pytest.mark.press
def test_marks_are_in_order_on_each_page(made, request):
    _, _, words = made
    calls = {}
    for found in numbered(words, "v").values():
        for word in found:
            if mark := re.search(r"\*+$", word.text):
                calls.setdefault(word.page, []).append(mark[0])
    assert all(marks == ["*", "**", "***"][: len(marks)] for marks in calls.values())
    assert "book-8" not in request.node.name or max(map(len, calls.values())) > 1


@pytest.mark.press
def test_footnotes_of_a_note_stand_below_it_numbered_with_those_of_the_page(made):
    _, printing, words = made
    notes = numbered(words, "y")
    assert notes
    for number, found in notes.items():
        page = found[0].page
        identity = printing.facts[page].footnotes
        before = words[words.index(found[0]) - 1].text
        assert before in {f"{each}." for each in range(1, len(identity) + 1)}
        if in_margin(found[0]):
            above = numbered(words, "z")[number]
            assert above[-1].bottom <= found[0].top + SLACK
            assert {word.page for word in (*above, *found)} == {page}


@pytest.mark.press
def test_the_same_book_is_the_same_bytes(tmp_path):
    source(tmp_path / "chu-ben-le", random.Random(2), 10, (SHORT, LONG))  # noqa: S311
    assert len({press.print_pdf(composed(tmp_path / "chu-ben-le")).pdf for _ in range(2)}) == 1


@pytest.mark.press
def test_the_e_book_has_commentary_behind_its_clauses(tmp_path):
    source(tmp_path / "chu-ben-le", random.Random(1), 8, (SHORT,))  # noqa: S311
    ours, theirs = (composed(tmp_path / "chu-ben-le", Medium.EBOOK, name) for name in ("margin", "interleaved"))
    told, wanted = (["".join(unadded(leaf)).split() for leaf in made.leaves] for made in (ours, theirs))
    assert any("Làm" in words for words in wanted)
    assert told == wanted


def unadded(leaf):
    """The words of a leaf, without those that an e-book adds to make its commentary pop up."""

    def walk(element):
        if "added" not in element.get("class", "").split():
            yield element.text or ""
            for child in element:
                yield from walk(child)
                yield child.tail or ""

    declared = leaf.markup.replace("<section", '<section xmlns:epub="http://www.idpf.org/2007/ops"', 1)
    return walk(ElementTree.fromstring(declared))  # noqa: S314 - composed a moment ago


@pytest.mark.press
def test_blocks_have_the_same_ids_in_print_and_e_book(tmp_path):
    source(tmp_path / "chu-ben-le", random.Random(3), 30, (SHORT,))  # noqa: S311
    of_print, of_ebook = (
        {*re.findall(r'id="([^"]+-p[0-9]+)"', "".join(leaf.markup for leaf in made.leaves))}
        for made in (composed(tmp_path / "chu-ben-le", medium) for medium in Medium)
    )
    assert of_print == of_ebook


# --- what a layout can get wrong ------------------------------------------------------------------


def of_one_note(style, note="z ngắn."):
    """The codes of a page with one note, under a style."""
    body = (
        f'<section class="clause so" id="a"><div class="body"><p id="a-p1">{"chữ " * 40}</p></div>'
        f'<aside class="margin-note" id="b" data-beside="a"><p>{note}</p></aside></section>'
    )
    leaf = Leaf("mot", "program", "Một", f'<section class="leaf program" id="mot">{body}</section>')
    made = composed(ROOT / "tests" / "specimen")
    made = replace(made, leaves=(leaf,), outline=(), stylesheet=made.stylesheet + style)
    return [problem.code for problem in press.print_pdf(made).problems]


@pytest.mark.press
@pytest.mark.parametrize(
    ("style", "codes"),
    [
        ("", []),
        (".margin-note { margin-left: -30mm }", ["NOTES_COLLIDE"]),
        ("@page margin-note { size: 80mm 100mm; margin: 0 5mm }", ["TEXT_CUT"]),
    ],
)
def test_a_note_that_collides_or_leaves_the_page_is_found(style, codes):
    assert of_one_note(style, "z ngắn dài hơn một dòng " * 6) == codes
