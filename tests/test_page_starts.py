"""Every page of every edition: the text behind the e-book's mark is the text at the head of the printed page.

Pages and e-books are read back by programs that had no part in making them (``page_starts``). A page whose text stands
elsewhere in the e-book than its neighbours' (a list at the end of print and at the head of the e-book, commentary on
facing pages) begins where the next one does; that is looked at too. The last tests falsify what was made.
"""

import importlib
import itertools
from collections import Counter
from dataclasses import replace

import pytest
from library import MADE_UP, ROOT, editions
from page_starts import Marked, Page, begins, holds
from readback import Printed, bare

from builder.layout import load
from builder.works.asked import Wish, Workshop
from builder.works.build import build

LOOSE = frozenset({"handout", "bieu-mau"})  # their text is not that of the edition whose pages they tell

pytestmark = pytest.mark.press


@pytest.fixture(scope="module", params=editions(), ids="/".join)
def books(request, library):
    """The books of one edition that have an e-book."""
    return request.param[0], [book for book in library.books(*request.param) if book.epub]


def paged_by(book):
    """The edition whose pages an e-book shows: that in everybody's hand; nothing if its pages are a phone's."""
    follows = book.other is not None and book.shown.edition.layout not in LOOSE
    edition = book.other if follows else book
    return None if edition.shown.edition.trim.on_screen else edition


def is_whole(book):
    """Tell whether an e-book has the text of the pages it shows, notes and all: made-up notes say the like of it."""
    return book.shown.edition.layout != "text" or paged_by(book) is book


def read(book):
    """An e-book and the printed pages it shows."""
    return compared(book.epub, paged_by(book).printed, book.words)


def compared(epub, printed, words):
    """An e-book, the pages of a print, the layout's words."""
    return Marked.read(epub), [Page.read(printed, number, words) for number in range(len(printed.labels))], words


def strange(marked, pages, words):
    """Yield the pages that do not begin where they are said to begin."""
    by_label = {page.label: page for page in pages}
    for head in marked.heads:
        if not is_begun(marked.letters[head.place :], by_label[head.label].blocks, words):
            yield head.label


def is_begun(text, blocks, words):
    """Tell whether a text begins as a page does; commentary on a facing page begins with what clause it is about."""
    if begins(text, blocks):
        return True
    title = bare(words["commentary"]).casefold()
    return text.startswith(title) and begins(text.removeprefix(title), blocks[1:])


def lost(marked, pages):
    """Yield the pages that are not told of and have text of the e-book: lists of pages are no text."""
    told = {head.label for head in marked.heads}
    yield from (page.label for page in pages if page.label not in told and holds(marked.letters, page.own))


def out_of_order(marked, pages, label):
    """Tell whether a page's text stands behind that of the next page, or before that of the one before."""
    places = {page.label: place(marked, page) for page in pages}
    order = [head.label for head in marked.heads]
    number = order.index(label)
    before = [places[each] for each in order[:number] if places[each] is not None]
    after = [places[each] for each in order[number + 1 :] if places[each] is not None]
    here = places[label]
    return here is not None and (here < max(before, default=here) or here > min(after, default=here))


def place(marked, page):
    """Where the text at the head of a page stands in an e-book."""
    starts = [marked.letters.find("".join(page.blocks[first:])[:30]) for first in (0, 1)]
    return next((start for start in starts if start >= 0), None)


# --- what was made --------------------------------------------------------------------------------


def test_every_page_begins_at_its_first_letter(books):
    name, found = books
    for book in found:
        if paged_by(book) is None or not is_whole(book):
            continue
        marked, pages, words = read(book)
        moved = [label for label in strange(marked, pages, words) if out_of_order(marked, pages, label)]
        assert list(strange(marked, pages, words)) == moved
        assert len(moved) * 5 <= len(marked.heads)
        assert name in MADE_UP or not moved
        heads = {head.label: number for number, head in enumerate(marked.heads)}
        following = (*(head.place for head in marked.heads), len(marked.letters))
        for label in moved:  # no letter of the book is said to stand on it
            assert following[heads[label]] == following[heads[label] + 1]


def test_no_page_with_text_of_the_book_is_missing(books):
    for book in books[1]:
        if paged_by(book) is not None and is_whole(book):
            marked, pages, _ = read(book)
            if book.shown.edition.layout != "bieu-mau":  # forms for paper alone have the letterhead of the others
                assert list(lost(marked, pages)) == []
                assert len(marked.heads) > len(pages) / 2


def test_the_page_list_is_that_of_the_marks_in_the_order_of_the_pages(books):
    for book in books[1]:
        marked = Marked.read(book.epub)
        assert [(head.label, f"{head.file}#{head.id}") for head in marked.heads] == list(marked.listed)
        assert max(Counter(head.id for head in marked.heads).values(), default=1) == 1
        edition = paged_by(book)
        labels = edition.printed.labels if edition else ()
        assert [head.label for head in marked.heads] == [
            label for label in labels if label in {head.label for head in marked.heads}
        ]
        assert [head.place for head in marked.heads] == sorted(head.place for head in marked.heads)


def test_the_source_of_the_pages_is_the_edition_they_are_of(books):
    for book in books[1]:
        marked, edition = Marked.read(book.epub), paged_by(book)
        assert len(marked.source) == (edition is not None) == bool(marked.heads)
        if edition:
            made = edition.shown.edition
            assert f"bản in khổ {made.trim.name}" in marked.source[0]
            like = [each for each in book.publication.settings.editions if each.trim == made.trim]
            assert (f"({made.name})" in marked.source[0]) == (len(like) > 1)


@pytest.mark.slow
def test_every_page_of_a_book_of_126_pages(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    importlib.import_module("books").write(tmp_path / "sach-126", 126)
    wish = Wish(kinds=("pdf", "epub"))
    pdf, epub = build(tmp_path / "sach-126", wish, Workshop(ROOT / "layouts", ROOT / "fonts")).outputs
    marked, pages, words = compared(epub.data, Printed.read(pdf.data), load("interleaved", ROOT / "layouts").words)
    assert list(strange(marked, pages, words)) == []
    assert list(lost(marked, pages)) == []
    assert len(pages) > 125
    assert len(marked.heads) > 115


# --- what is falsified ----------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["specimen", "chuong-trinh-hanh-dong-05"])
def sample(request, library):
    (book,) = library.books(request.param, "nguoi-du")
    return read(book)


def test_a_page_that_begins_a_letter_too_late_or_too_early_is_found(sample):
    marked, pages, words = sample
    assert list(strange(*sample)) == []
    for by, head in itertools.product((1, -1), marked.heads):
        if head.place + by >= 0:
            false = replace(marked, heads=(replace(head, place=head.place + by),))
            assert list(strange(false, pages, words)) == [head.label]


def test_a_page_that_begins_with_its_block_is_found(sample):
    marked, pages, words = sample
    inside = [head for head in marked.heads if head.block < head.place]
    assert len(inside) > 2
    false = replace(marked, heads=tuple(replace(head, place=head.block) for head in inside))
    assert list(strange(false, pages, words)) == [head.label for head in inside]


def test_a_page_that_is_left_out_is_found(sample):
    marked, pages, _ = sample
    assert list(lost(marked, pages)) == []
    found = 0
    for head in marked.heads:
        others = tuple(each for each in marked.heads if each is not head)
        found += list(lost(replace(marked, heads=others), pages)) == [head.label]
    assert found > len(marked.heads) * 0.7  # the others are lists, or have no more than a line or two
