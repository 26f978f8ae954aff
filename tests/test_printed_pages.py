"""Every page number printed anywhere is the folio of the page where its target's words stand.

The pages are read back by a program that had no part in making them; what the press says of its pages is not asked.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import generated
import pypdfium2
import pytest

from builder import manuscript
from builder.composition.typography import typeset
from builder.publication import (
    CrossReference,
    Publication,
    Reference,
    indexed_in,
    listed,
    passages,
    plain,
    runs_of,
    walk,
)
from builder.works.asked import Wish, Workshop
from builder.works.build import build

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = [*sorted((ROOT / "sources").iterdir()), ROOT / "tests" / "specimen"]
SEEDS = range(4)
RANGES = r"\d+(?:–\d+)?(?:, \d+(?:–\d+)?)*"

pytestmark = pytest.mark.press


class Pages:
    """The words of a PDF, page by page: of the text, and the folio at its foot."""

    def __init__(self, pdf):
        self.document = pypdfium2.PdfDocument(pdf)
        self.text = [one_line(self.within(number)) for number in range(len(self.document))]
        self.folios = [self.foot(number) for number in range(len(self.document))]

    def within(self, number, **bounds):
        """The words between running head and folio."""
        page = self.document[number]
        area = {"bottom": 54, "top": page.get_height() - 52} | bounds
        return page.get_textpage().get_text_bounded(**area).replace("\ufffe", "")

    def foot(self, number):
        found = re.findall(r"\d+", self.document[number].get_textpage().get_text_bounded(top=54))
        return int(found[-1]) if found else None

    def begins(self, title):
        """The first page whose text begins with a title, from 0; the number of pages when none does."""
        return next((number for number, text in enumerate(self.text) if text.startswith(title)), len(self.text))

    def having(self, word, pages):
        """The folios of the pages among these on which a word stands."""
        return {number + 1 for number in pages if re.search(rf"(?<!\w){word}(?!\w)", self.text[number])}


def one_line(text):
    return " ".join(text.replace("\u00a0", " ").split())


def bare(text):
    """Letters and figures alone; two numbers that stand side by side stay two."""
    return re.sub(r"[\W_]+", "", re.sub(r"(?<=\d)[\W_]+(?=\d)", "ø", text)).lower()


def merged(pages):
    """Write a set of pages as printers do: 3, 5–7."""
    runs = []
    for page in sorted(pages):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def spelled(printed):
    """``3, 5–7`` → 3, 5, 6, 7."""
    ends = [[int(end) for end in each.split("–")] for each in printed.split(", ")]
    return [page for first, *last in ends for page in range(first, (last or [first])[0] + 1)]


def made(source):
    """Print the first edition of a publication."""
    first = manuscript.read(source)[0].settings.editions[0].name
    found = build(source, Wish((first,), ("pdf",)), Workshop(ROOT / "layouts", ROOT / "fonts"))
    assert {problem.code for problem in found.problems} <= {"INDEX_UNUSED"}
    return Pages(found.outputs[0].data)


def rows_of(pages):
    """The page ranges of the schedule, row by row: each stands on a line by itself."""
    lines = pages.within(pages.begins("Lịch sinh hoạt")).replace("\r", "").split("\n")
    return [line.strip() for line in lines if re.fullmatch(RANGES, line.strip())]


# --- books made up: every place has a word of its own ---------------------------------------------


@pytest.fixture(scope="module", params=SEEDS)
def book(request, tmp_path_factory):
    """A book made up, the pages of its text, those of its lists, and what they have to say."""
    folder = tmp_path_factory.mktemp("sach") / "sach-thu"
    folder.mkdir()
    wanted = generated.write(folder, request.param)
    pages = made(folder)
    first, last = pages.begins("Lời nói đầu"), pages.begins("Bảng tra cứu")
    assert 0 < first < last < len(pages.text)
    return pages, range(first, last), [*range(first), *range(last, len(pages.text))], wanted


def page_of(book, word):
    """The one page of the text on which a word stands."""
    pages, text, _, _ = book
    (folio,) = pages.having(word, text)
    return folio


def test_a_folio_is_the_number_of_its_page(book):
    pages, text, _, _ = book
    assert [pages.folios[number] for number in text] == [number + 1 for number in text]


def printed_after(pages, numbers, word):
    """The number after a word and the leader that follows it."""
    text = " ".join(pages.text[number] for number in numbers)
    return [int(found) for found in re.findall(rf"(?<!\w){word}[ .]*\. ?(\d+)", text)]


def test_the_contents(book):
    pages, _, lists, wanted = book
    assert len(wanted.contents) > 8
    for word, target in wanted.contents.items():
        assert printed_after(pages, lists, word) == [page_of(book, target)], word


def test_the_lists_of_tables_and_figures(book):
    pages, _, lists, wanted = book
    assert len(wanted.captions) == 4
    for word, target in wanted.captions.items():
        assert printed_after(pages, lists, word) == [page_of(book, target)], word


def span(book, clause):
    """The pages from a clause's first word to its last."""
    folios = [page_of(book, word) for word in clause.words]
    return set(range(min(folios), max(folios) + 1))


def test_the_schedule(book):
    pages, _, _, wanted = book
    cells = rows_of(pages)
    wanted_cells = [merged(set().union(*(span(book, clause) for clause in read))) for _, _, read in wanted.sessions]
    assert cells == wanted_cells


def test_the_contents_of_each_session(book):
    pages, text, _, wanted = book
    openers = [page_of(book, place) - 1 for _, place, _ in wanted.sessions]
    for (_, _, read), opener, following in zip(wanted.sessions, openers, [*openers[1:], text.stop], strict=True):
        own = range(opener, min(opener + 2, following))
        for clause in read:
            assert printed_after(pages, own, clause.title) == [page_of(book, clause.first)]
        for below in (each for clause in read for each in clause.children if each.title):
            assert printed_after(pages, own, below.title) in ([], [page_of(book, below.first)])
        (said,) = re.findall(rf"Đọc trước .*?\(tr\. ({RANGES})\)", pages.text[opener])
        assert said == merged(set().union(*(span(book, clause) for clause in read)))


def test_the_index(book):
    pages, text, lists, wanted = book
    printed = " ".join(pages.text[number] for number in lists if number >= text.stop)
    told = 0
    for term, head in wanted.terms.items():
        found = re.findall(rf"(?<!\w){head}, ({RANGES})", printed)
        first, *second = term.split()
        whole, parted = (
            pages.having(term, text),
            {
                number + 1
                for number in text
                if second
                and re.search(rf"{first}$", pages.text[number])
                and pages.text[number + 1].startswith(second[0])
            },
        )
        expected = whole | parted | {page + 1 for page in parted}
        assert found == ([merged(expected)] if expected else []), term
        told += len(expected)
    assert told > 8


def test_the_references(book):
    pages, text, _, wanted = book
    assert len(wanted.references) > 6
    inside = " ".join(pages.text[number] for number in text)
    for before, target in wanted.references.items():
        found = re.findall(rf"{before} (?:trang (\d+)|[^.(]*\(tr\. (\d+)\))", inside)
        assert [int(one or other) for one, other in found] == [page_of(book, target)], before


# --- the publications the project holds -----------------------------------------------------------


@dataclass(frozen=True)
class Sample:
    """A publication, its pages, and all that is printed between running heads and folios."""

    publication: Publication
    pages: Pages

    @cached_property
    def clauses(self):
        return {clause.id: clause for clause in walk(self.publication.program.clauses)}

    @cached_property
    def inside(self):
        return bare(" ".join(self.pages.text))

    def stands(self, words, folio):
        """Tell whether words stand on a page, or go over its edge."""
        before, here, after = (bare(text) for text in (" ", *self.pages.text, " ")[folio - 1 : folio + 2])
        letters = bare(words)
        room = len(letters) - 1
        return bool(letters) and letters in before[len(before) - room :] + here + after[:room]

    def head(self, target):
        """The first words of a clause or session."""
        for session in self.publication.sessions:
            if session.id == target:
                return re.sub(r"^Buổi \d+\. ?", "", session.title)
        clause = self.clauses[target]
        return plain(clause.title) or next(passages(clause.body))[:40]


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda folder: folder.name)
def sample(request):
    return Sample(typeset(manuscript.read(request.param)[0]), made(request.param))


def test_every_line_with_a_leader_names_its_page(sample):
    """Contents, contents of sessions, lists of tables and figures."""
    lines = [
        (one_line(found[1]), int(found[2]))
        for text in map(sample.pages.within, range(len(sample.pages.text)))
        for found in re.finditer(r"^(.+?)[ .]*(?:\. ?){4,}(\d+)\s*$", text.replace("\r", ""), re.MULTILINE)
    ]
    assert len(lines) > 12
    assert [(words, folio) for words, folio in lines if not sample.stands(words, folio)] == []


def test_the_schedule_of_a_sample_begins_and_ends_with_its_clauses(sample):
    rows = rows_of(sample.pages)
    order = list(sample.clauses)
    assert len(rows) == len(sample.publication.sessions)
    for row, session in zip(rows, sample.publication.sessions, strict=True):
        read = [clause for reading in session.reads for clause in reading.clauses]
        following = [
            next((each for each in order[order.index(clause) :] if not f"{each}.".startswith(f"{clause}.")), None)
            for clause in read
        ]
        for first, *last in (each.split("–") for each in row.split(", ")):
            assert any(sample.stands(sample.head(clause), int(first)) for clause in read), row
            end = int((last or [first])[0])
            assert None in following or any(
                sample.stands(sample.head(clause), page) for clause in following for page in (end, end + 1)
            ), row


def references(inlines):
    """Each reference of a run, with the words before it."""
    before = ""
    for inline in inlines:
        if isinstance(inline, CrossReference):
            yield before, inline
            before = ""
        else:
            before += plain((inline,))


def test_every_reference_names_the_page_of_its_target(sample):
    told = [each for run in runs_of(sample.publication) for each in references(run)]
    for before, reference in told:
        named = "trang" if reference.kind is Reference.PAGE else f"{bare(reference.words)}tr"
        found = re.findall(rf"{re.escape(bare(before)[-18:])}{named}(\d+)", sample.inside)
        assert found, (before, reference)
        assert all(sample.stands(sample.head(reference.clause), int(folio)) for folio in found), (before, found)
    assert told or sample.publication.slug == "hoi-dap-quy-che-khu-pho"


def test_every_number_of_the_index_names_a_page_with_the_words(sample):
    begins = sample.pages.begins("Bảng tra cứu")
    printed = " ".join(sample.pages.text[begins : begins + 3])
    marks = {mark.entry: (plain(mark.inlines),) for run in runs_of(sample.publication) for mark in indexed_in(run)}
    sent = {(term.see.lower()): (term.words, *term.forms) for _, term in listed(sample.publication.index) if term.see}
    own = {term.words: (term.words, *term.forms) for _, term in listed(sample.publication.index) if not term.see}
    told = 0
    for words, forms in sorted((marks | own).items(), key=lambda entry: -len(entry[0])):
        line = re.compile(rf"(?<!\w){re.escape(words)}, ({RANGES})")
        rows = line.findall(printed)
        printed = line.sub("·", printed)  # what is left has the shorter ones
        sought = [bare(form) for form in (*forms, *sent.get(words.lower(), ()))]
        for folio in (each for row in rows for each in spelled(row)):
            assert any(sample.stands(form, folio) for form in sought), (words, folio)
            told += 1
    assert told > 15 or not (marks or own)
