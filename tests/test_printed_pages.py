"""Every page number printed in books made up is the folio of the page where its target's words stand.

The pages are read back by a program that had no part in making them; what the press says of its pages is not asked.
Every place has a word of its own: whoever made the numbers cannot have taken one place for another. The editions of
the publications the project holds are in ``test_editions``.
"""

import re
from pathlib import Path

import generated
import pypdfium2
import pytest

from builder import manuscript
from builder.works.asked import Wish, Workshop
from builder.works.build import build

ROOT = Path(__file__).resolve().parent.parent
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


def merged(pages):
    """Write a set of pages as printers do: 3, 5–7."""
    runs = []
    for page in sorted(pages):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


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
    assert len(wanted.captions) == 6
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
