"""Text and commentary on facing pages keep in step, whatever their lengths, and take no more pages than they must."""

import random
import re
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
import pytest
import readback
import told
from hypothesis import given, settings
from hypothesis import strategies as st

from builder import composition, fonts, layout, manuscript, press
from builder.composition import Medium, opposite
from builder.press import facing, flows
from builder.publication import Note

ROOT = Path(__file__).resolve().parent.parent
MM = 72 / 25.4


# --- in lines: no type, no paper -------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A line, or what stands together: its height, what its footnotes take, whether a page may end before it."""

    name: str
    unit: int
    height: int = 1
    notes: int = 0
    open: bool = True


class Column:
    """A flow that fills pages of ``height`` lines with rows, as WeasyPrint fills them: as full as can be."""

    def __init__(self, rows, height, units):
        self.rows, self.height, self.units = rows, height, units
        self.at = self.end = 0
        self.sets = 0

    @property
    def finished(self):
        return self.at == len(self.rows)

    def begun(self, end):
        return self.units if end == len(self.rows) else max((row.unit + 1 for row in self.rows[:end]), default=0)

    def set(self, stop):
        self.sets += 1
        last = next((n for n, row in enumerate(self.rows) if row.unit >= stop), len(self.rows))
        ends = [end for end in ends_of(self.rows, self.at, self.height) if end <= max(last, self.at)]
        self.end = max(ends)
        return self.begun(self.end)

    def keep(self):
        page, self.at = self.rows[self.at : self.end], self.end
        return page or None


def ends_of(rows, at, height):
    """Where a page that begins at a row may end: where it is not over-full and nothing is parted that must not be."""
    found, filled = [at], 0
    for end in range(at, len(rows)):
        filled += rows[end].height + rows[end].notes
        if filled > height:
            break
        if end + 1 == len(rows) or rows[end + 1].open:
            found.append(end + 1)
    return found


def set_in_lines(text, said, height):
    """Set two columns; return the spreads, after looking that nothing is lost, doubled, over-full or out of step."""
    units = max((row.unit + 1 for row in said), default=0)
    verso, recto = Column(text, height, units), Column(said, height, units)
    spreads = list(facing.spreads(verso, recto, units))
    for side, rows in ((0, text), (1, said)):
        pages = [spread[side] or [] for spread in spreads]
        assert [row for page in pages for row in page] == rows
        assert all(sum(row.height + row.notes for row in page) <= height for page in pages)
    starts = [{}, {}]
    for number, spread in enumerate(spreads):
        assert spread != (None, None)
        for start, page in zip(starts, spread, strict=True):
            for row in page or ():
                start.setdefault(row.unit, number)
    assert [starts[0][unit] for unit in range(units)] == [starts[1][unit] for unit in range(units)]
    return spreads, verso.sets + recto.sets


def fewest(text, said, height):
    """Count the spreads of the best of all arrangements: every way to end every page is tried."""

    def begun(rows, end):
        return max((row.unit + 1 for row in rows[:end]), default=0)

    seen, front, count = {(0, 0)}, {(0, 0)}, 0
    while (len(text), len(said)) not in front:
        following = set()
        for left, right in front:
            rights = [(end, begun(said, end)) for end in ends_of(said, right, height)]
            for end in ends_of(text, left, height):
                following |= {(end, other) for other, number in rights if number == begun(text, end)}
        front = following - seen
        seen |= front
        count += 1
    return count


def fluid(lengths, height):
    """Count the spreads of lines that may break anywhere, chunk by chunk: each begins as early as both sides allow."""
    text = said = 0
    for clause, commentary in lengths:
        if commentary:
            spread = max(text // height, said // height)
            text, said = max(text, spread * height), max(said, spread * height)
        text, said = text + clause, said + commentary
    return max(-(-text // height), -(-said // height))


@st.composite
def chunks(draw, height, most):
    """Rows of both sides: paragraphs that keep two lines together, heads, what does not break, footnotes."""
    text, said = [], []
    unit = -1
    for number in range(draw(st.integers(1, most))):
        commented = draw(st.booleans()) or draw(st.booleans())
        unit += commented
        text += draw(passage(f"điều {number}", unit, height, least=1))
        if commented:
            said += draw(passage(f"lời {number}", unit, height, least=1))
    return text, said


@st.composite
def passage(draw, name, unit, height, least=0):
    """A head of one row, if there is any, and blocks of 0 to 3 pages in all."""
    room = draw(st.integers(least, 3 * height))
    rows = [Row(f"{name}: tên", unit)] if draw(st.booleans()) else []
    while room > 0:
        lines = min(room, draw(st.integers(1, height)))
        room -= lines
        whole = draw(st.integers(0, 4)) == 0 and lines + 2 < height
        parted = [1, *[1] * (lines - 1)] if not whole else [lines]
        for place, high in enumerate(parted):
            free = 1 < place < len(parted) - 1 or place == 0
            notes = draw(st.sampled_from([0, 0, 0, 0, 0, 0, 1])) if high + 2 < height else 0
            kept = place == 0 and bool(rows) and rows[-1].name.endswith("tên")
            rows.append(Row(f"{name}.{len(rows)}", unit, high, notes, free and not kept))
    return rows or [Row(f"{name}.0", unit)]


@settings(max_examples=80, deadline=None)
@given(chunks(height=7, most=4))
def test_no_arrangement_takes_fewer_spreads(both):
    text, said = both
    spreads, _ = set_in_lines(text, said, 7)
    assert len(spreads) <= fewest(text, said, 7) * 1.05


@settings(max_examples=150, deadline=None)
@given(chunks(height=32, most=25))
def test_every_commentary_begins_on_the_spread_of_its_clause(both):
    text, said = both
    spreads, sets = set_in_lines(text, said, 32)
    assert sets <= 6 * len(spreads)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 96), st.just(0) | st.integers(0, 96)), min_size=1, max_size=60))
def test_chunks_of_up_to_three_pages_take_as_many_pages_as_if_they_were_poured(lengths):
    text, said, unit = [], [], -1
    for number, (clause, commentary) in enumerate(lengths):
        unit += commentary > 0
        text += [Row(f"điều {number}.{line}", unit) for line in range(clause)]
        said += [Row(f"lời {number}.{line}", unit) for line in range(commentary)]
    spreads, _ = set_in_lines(text, said, 32)
    assert len(spreads) <= fluid(lengths, 32) * 1.05


def test_one_long_commentary_leaves_left_pages_empty_and_one_long_clause_right_ones():
    long, short = [Row(f"dài {n}", 0) for n in range(25)], [Row("ngắn", 0)]
    then = [Row("sau", 1)]
    for text, said, empty in ((short, long, 0), (long, short, 1)):
        spreads, _ = set_in_lines([*text, *then], [*said, *then], 10)
        assert [spread[empty] is None for spread in spreads] == [False, True, False]
        assert then[0] in spreads[-1][0]
        assert then[0] in spreads[-1][1]


def test_a_flow_that_goes_no_further_is_a_fault_of_ours():
    class Stuck(Column):
        def set(self, _):
            return 0

    with pytest.raises(AssertionError, match="goes on"):
        list(facing.spreads(Stuck([Row("a", 0)], 5, 1), Stuck([Row("b", 0)], 5, 1), 1))


class Held(Column):
    """A text in which a clause stays with the one it leads in to, when the two can begin on one spread."""

    def __init__(self, rows, height, units, heads):
        super().__init__(rows, height, units)
        self.heads = heads

    def set(self, stop):
        reached = super().set(stop)
        for head in sorted(self.heads):
            if reached == stop == head + 1 and self.rows[self.at].unit < head:
                reached = super().set(head)
        return reached


def test_a_flow_may_end_sooner_than_asked():
    text = [Row(f"t{unit}.{line}", unit) for unit in range(8) for line in range(4)]
    said = [Row(f"c{unit}.{line}", unit) for unit in range(8) for line in range(5)]
    verso, recto = Held(text, 14, 8, {1, 2, 4}), Column(said, 14, 8)
    spreads = list(facing.spreads(verso, recto, 8))
    assert [row for left, _ in spreads for row in left or ()] == text
    assert [row for _, right in spreads for row in right or ()] == said
    for left, right in spreads:
        ours, theirs = ({row.unit for row in page or () if row.name.endswith(".0")} for page in (left, right))
        assert ours == theirs


def test_a_page_is_never_set_more_often_than_its_side_needs():
    """A text far longer than its commentary costs one setting of each of its pages, and the other way round."""
    many = [Row(f"t{unit}.{line}", unit) for unit in range(60) for line in range(40)]
    few = [Row(f"c{unit}", unit) for unit in range(60)]
    for text, said in ((many, few), (few, many)):
        spreads, sets = set_in_lines(text, said, 32)
        assert sets <= 3.1 * len(spreads)  # both sides together


# --- beside which clause ---------------------------------------------------------------------------


def note(name, clauses, after):
    return Note(name, name, clauses, after, (), (), None)


def test_commentary_on_several_clauses_begins_beside_the_first_of_them_in_its_leaf():
    ranges = [["1.3", "1.4", "2.5"], ["3.1"]]
    notes = [note("a", ("1.3", "1.4", "2.5", "3.1"), "2.5"), note("b", ("1.1",), "1.1")]
    parted = {notes[0].clauses: ranges, notes[1].clauses: [["1.1"]]}.__getitem__
    one_leaf = opposite.place(notes, parted, dict.fromkeys(("1.1", "1.3", "1.4", "2.5", "3.1"), 0))
    assert [one_leaf.clause(each) for each in notes] == ["1.3", "1.1"]
    assert {clause: [each.id for each in found] for clause, found in one_leaf.elsewhere.items()} == {
        "2.5": ["a"],
        "3.1": ["a"],
    }
    two = opposite.place(notes, parted, {"1.1": 0, "1.3": 0, "1.4": 0, "2.5": 1, "3.1": 1})
    assert two.clause(notes[0]) == "2.5"
    assert sorted(two.elsewhere) == ["1.3", "1.4", "3.1"]


# --- in type ---------------------------------------------------------------------------------------

SENTENCES = (
    "Chi bộ học tập nghị quyết, liên hệ với việc làm hằng ngày của từng đồng chí.",
    "Việc nào giao cho ai thì ghi rõ tên người và ngày xong.",
    "Bà con hỏi điều gì, ban cán sự trả lời điều ấy, không để sang tháng sau.",
    "Sổ sách được công khai tại nhà văn hóa vào ngày mồng năm hằng tháng.",
)


class Writer:
    """Writes a programme and its commentary of given lengths; every paragraph carries a mark of its own."""

    def __init__(self, seed, text, said):
        self.chance, self.text, self.said = random.Random(seed), text, said  # noqa: S311 - it keeps no secret
        self.marks, self.notes = [], 0

    def paragraph(self):
        self.marks.append(f"M{len(self.marks) + 1000}Q")
        sentences = self.chance.choices(SENTENCES, k=self.chance.randint(1, 5))
        return " ".join([*sentences, self.marks[-1] + "."])

    def footnote(self):
        self.notes += 1
        self.marks.append(f"M{len(self.marks) + 1000}Q")
        return f"[^{self.notes}]", f"[^{self.notes}]: {self.chance.choice(SENTENCES)} {self.marks[-1]}."

    def passage(self, length):
        paragraphs = [self.paragraph() for _ in range(self.chance.randint(*length))]
        if paragraphs and self.chance.random() < 0.3:
            call, foot = self.footnote()
            paragraphs[-1] += call
            paragraphs.append(foot)
        return paragraphs

    def program(self):
        for chapter in (1, 2):
            yield f"Chương {'I' * chapter}\n\nVIỆC CHUNG THỨ {chapter}"
            for article in range(chapter * 3 - 2, chapter * 3 + 1):
                yield f"Điều {article}. Việc thứ {article}"
                for clause in range(1, self.chance.randint(2, 4)):
                    yield f"{clause}. {self.paragraph()}"
                    yield from self.passage(self.text)
                    for point in "ab" if self.chance.random() < 0.4 else "":
                        yield f"{point}) {self.paragraph()}"

    def commentary(self, clauses):
        for clause in clauses:
            if self.chance.random() < 0.7:
                yield f"## {clause.citation}: Nói thêm về {clause.citation}"
                yield self.paragraph()
                yield from self.passage(self.said)
                if self.chance.random() < 0.3:
                    yield f"::: question {{lines=4}}\n{self.paragraph()}\n:::"
                if self.chance.random() < 0.3:
                    yield f"::: leader\n{self.paragraph()}\n:::"


def published(folder, program, commentary):
    (folder / "commentary").mkdir(parents=True)
    (folder / "publication.yaml").write_text("format: 1\ntitle: Sổ tay\ntoc: end\n", "utf-8")
    (folder / "program.md").write_text("\n\n".join(program) + "\n", "utf-8")
    publication, found = manuscript.read(folder)
    text = "\n\n".join(commentary(publication) if callable(commentary) else commentary) + "\n"
    (folder / "commentary" / "a.md").write_text(text, "utf-8")
    publication, found = manuscript.read(folder)
    assert [each for each in found if each.severity.value == "error"] == []
    return publication


def composed(publication, medium=Medium.PRINT, name="facing"):
    edition = replace(publication.settings.editions[0], layout=name, audience="leader")
    sheet = layout.load(name, ROOT / "layouts")
    return composition.compose(publication, sheet, edition, medium, fonts.roles(ROOT / "fonts"))[0]


def words(pdf):
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


def every_clause(publication):
    return [*books_walk(publication.program.clauses)]


def books_walk(clauses):
    for clause in clauses:
        yield clause
        yield from books_walk(clause.children)


BOOKS = {  # seed, paragraphs of a clause, of its commentary
    "much text": (1, (0, 14), (0, 2)),
    "much commentary": (2, (0, 1), (0, 14)),
    "even": (3, (0, 6), (0, 6)),
}


@pytest.fixture(scope="module", params=BOOKS)
def book(request, tmp_path_factory):
    writer = Writer(*BOOKS[request.param])
    folder = tmp_path_factory.mktemp("facing") / "so-tay"
    publication = published(folder, writer.program(), lambda publication: writer.commentary(every_clause(publication)))
    return publication, press.print_pdf(composed(publication)), writer.marks


@pytest.mark.press
def test_nothing_overflows_or_stands_alone(book):
    assert book[1].problems == ()


@pytest.mark.press
def test_each_commentary_begins_across_from_its_clause(book):
    publication, printing, _ = book
    assert len(publication.notes) > 5
    for note in publication.notes:
        folio = printing.folios[note.clauses[0]]
        assert folio % 2 == 0
        assert printing.folios[note.id] == folio + 1, note.citation


@pytest.mark.press
def test_every_word_is_printed_once(book):
    pages = zip(words(book[1].pdf), book[1].facts, strict=True)
    text = re.sub(r"\s+", "", "".join(page for page, fact in pages if fact.leaf.startswith("to-")))
    assert [mark for mark in book[2] if text.count(mark) != 1] == []


@pytest.mark.press
def test_both_sides_are_read_in_the_order_of_the_programme(book):
    publication, printing, _ = book
    inner = [fact for fact in printing.facts if fact.leaf.startswith("to-")]
    begun = every_clause(publication)
    folios = [printing.folios[clause.id] for clause in begun]
    assert folios == sorted(folios)
    order = {clause.id: number for number, clause in enumerate(begun)}
    notes = sorted(publication.notes, key=lambda each: order[each.clauses[0]])
    assert [printing.folios[each.id] for each in notes] == sorted(printing.folios[each.id] for each in notes)
    assert len(inner) % 2 == 0


@pytest.mark.press
def test_margins_heads_and_notes_are_those_of_left_and_right_pages(book):
    """Margins: 16 mm at the fore-edge and 18 mm at the spine; a footnote stands at home on either side."""
    _, printing, _ = book
    document = pypdfium2.PdfDocument(printing.pdf)
    for number, fact in enumerate(printing.facts, 1):
        if not fact.leaf.startswith("to-"):
            continue
        page = document[number - 1].get_textpage()
        boxes = [page.get_charbox(n) for n in range(page.count_chars()) if page.get_text_range(n, 1).strip()]
        body = [box for box in boxes if 70 < box[1] < 530]
        left = min(box[0] for box in body) / MM
        assert left == pytest.approx(18 if number % 2 else 16, abs=0.5) or left > 20, number
        assert max(box[2] for box in body) / MM < (148 - 16 if number % 2 else 148 - 18) + 0.5, number
    assert any(fact.footnotes for fact in printing.facts[1::2])
    assert any(fact.footnotes for fact in printing.facts[::2])


@pytest.mark.press
def test_right_hand_pages_name_the_section_of_the_left_hand_ones(book):
    pairs = [
        pair for pair in zip(book[1].facts[1::2], book[1].facts[2::2], strict=False) if pair[0].leaf == pair[1].leaf
    ]
    assert pairs
    assert [(right.section, right.clause_first) for _, right in pairs] == [
        (left.section, left.clause_first) for left, _ in pairs
    ]


@pytest.mark.press
def test_commentary_is_told_behind_the_clause_it_faces(book):
    set_, printing = composed(book[0]), book[1]
    said = "".join(told.letters(words) for _, words in readback.order(printing.pdf))
    assert told.differs(set_, said) == ""
    assert len(told.told(set_).asides) > 1


@pytest.mark.press
def test_a_page_that_neither_side_fills_is_for_notes(tmp_path):
    program = ["Điều 1. Một", "1. Ngắn.", "Điều 2. Hai", "1. Ngắn."]
    said = ["## Điều 1: Dài", *SENTENCES * 20, "## Điều 2: Ngắn", "Hết."]
    publication = published(tmp_path / "so-tay", program, said)
    printing = press.print_pdf(composed(publication))
    assert printing.problems == ()
    pages = words(printing.pdf)
    folio = printing.folios["dieu-1"]
    empty = range(folio + 2, printing.folios["dieu-2"], 2)
    assert len(empty) >= 1
    for number in empty:
        assert "Phần ghi chép" in pages[number - 1]
        assert str(number) in pages[number - 1].split()
        assert "Sổ tay" in pages[number - 1]
        assert "Phần ghi chép" not in pages[number]
    assert printing.ends["dieu-1"] == printing.ends[publication.notes[0].id]  # a session reads the commentary too


@pytest.mark.press
def test_heads_stay_with_what_they_open_while_one_spread_can_hold_both(tmp_path):
    """A chapter and its first article both have commentary; that of the chapter takes most of a page, or more."""
    text = [SENTENCES[0]] * 6
    for length, together in ((3, True), (9, True), (60, False)):
        program = ["Điều 1. Một", *text * 2, "Chương I\n\nMỘT CHƯƠNG", "Điều 2. Hai", *text]
        program = ["Chương I\n\nĐẦU", *program[:1], *text * 2, "Chương II\n\nMỘT CHƯƠNG", "Điều 2. Hai", *text]
        said = [
            "## Điều 1: Lời",
            *SENTENCES * 4,
            "## Chương II: Lời",
            *SENTENCES[:1] * length,
            "## Điều 2: Lời",
            "Hết.",
        ]
        printing = press.print_pdf(composed(published(tmp_path / f"so-{length}", program, said)))
        assert printing.problems == (), length
        chapter, article = (printing.folios[name] for name in ("chuong-2", "chuong-2.dieu-2"))
        assert (chapter == article) == together, length


@pytest.mark.press
def test_a_programme_without_commentary_fills_both_sides(tmp_path):
    (tmp_path / "so-tay").mkdir()
    (tmp_path / "so-tay" / "publication.yaml").write_text("format: 1\ntitle: Sổ tay\n", "utf-8")
    articles = "\n\n".join(f"Điều {n}. Việc\n\n" + "\n\n".join(SENTENCES * 3) for n in range(1, 6))
    (tmp_path / "so-tay" / "program.md").write_text(articles + "\n", "utf-8")
    publication, _ = manuscript.read(tmp_path / "so-tay")
    printing = press.print_pdf(composed(publication))
    assert printing.problems == ()
    assert {printing.folios[f"dieu-{n}"] % 2 for n in range(1, 6)} == {0, 1}


@pytest.mark.press
def test_the_same_book_is_the_same_bytes_and_is_set_about_once(book, monkeypatch):
    """A page is laid out once or twice; all are again, at most twice, for a footnote not on the page of its call."""
    publication, printing, _ = book
    laid, own = [], flows.Flow._lay
    monkeypatch.setattr(flows.Flow, "_lay", lambda flow, before: laid.append(flow) or own(flow, before))
    again = press.print_pdf(composed(publication))
    assert again.pdf == printing.pdf
    assert len(laid) <= 3.2 * sum(fact.leaf.startswith("to-") for fact in printing.facts)
    assert press.Reason.SIDE not in {reason for each in again.rounds for reason, _ in each.wanted}


@pytest.mark.press
def test_the_ebook_has_the_commentary_after_its_clause(book):
    publication, _, marks = book
    leaves = composed(publication, Medium.EBOOK).leaves
    markup = "".join(leaf.markup for leaf in leaves if leaf.kind == "program")
    assert [mark for mark in marks if markup.count(mark) != 1] == []
    assert "facing" not in markup
    for note in publication.notes:
        assert markup.index(f'id="{note.clauses[0]}"') < markup.index(f'id="{note.id}"')
