"""Every edition of every publication: the words are the source's, the numbers are those of the pages they name.

What an edition has to show follows from its layout and its readers (``shown``); where it stands is read off the
finished files (``readback``, ``standing``). A check yields what is wrong (those of the numbers are in ``paging``); the
last tests falsify a page, number by number and word by word, and each time a check has to find it.
"""

import itertools
import re
from collections import defaultdict
from dataclasses import replace

import pytest
from library import editions
from paging import MARK, NUMBERS, RANGES, entry
from readback import WORD, bare
from standing import Standing

FEW = 2  # words, which may be a name of something else
EACH = 5  # block of a book is falsified, to save time

pytestmark = pytest.mark.press


@pytest.fixture(scope="module", params=editions(), ids="/".join)
def books(request, library):
    """One edition: a book, or one a session."""
    return library.books(*request.param)


# --- words ----------------------------------------------------------------------------------------


def words_of_print(book):
    """Every passage stands in print, once; what stands there besides is names and the layout's words."""
    yield from strange(book.shown, book.standing)
    heads = list(heads_of_tables(book))
    for page, lines in enumerate(book.printed.furniture):
        again = {letters for first, letters in heads if first < page}
        yield from (
            (book.label(page), line.words)
            for line in lines
            if not (book.shown.names.cover(line.words) or book.shown.drawn(bare(line.words)))
            and bare(line.words) not in again
        )


def heads_of_tables(book):
    """Yield the lines of the heads of tables, which come again where a table turns the page: page, letters."""
    found = defaultdict(str)
    for block in book.printed.blocks:
        for height, words in block.lines if block.kind == "TH" else ():
            found[block.page, round(height, 1)] += bare(words)
    yield from ((page, letters) for (page, _), letters in found.items())


def words_of_ebook(book):
    """The like of the e-book."""
    if book.bound is not None:
        shown = replace(book.shown, medium="ebook", other=None)
        yield from strange(shown, Standing(shown, book.bound))


def strange(shown, standing):
    """Yield the passages that are lost, and what is neither a passage nor made of names; a page may turn within it."""
    yield from standing.lost
    odd = [block for block in standing.besides if not shown.names.cover(block.words)]
    whole = {
        id(block)
        for one, other in itertools.pairwise(odd)
        if one.page is not None and one.page + 1 == other.page and shown.names.cover(f"{one.words} {other.words}")
        for block in (one, other)
    }
    yield from (block for block in odd if id(block) not in whole)


# --- every edition --------------------------------------------------------------------------------

WORDS = (words_of_print, words_of_ebook)


@pytest.mark.parametrize("check", [*WORDS, *NUMBERS], ids=lambda check: check.__name__)
def test_an_edition(books, check):
    assert [fault for book in books for fault in check(book)] == []


# --- the checks themselves ------------------------------------------------------------------------

FALSIFIED = [
    ("specimen", "nguoi-du"),
    ("specimen", "dien-thoai"),
    ("ban-khac", "chu-tri"),
    ("ban-khac", "doi-chieu"),
    ("ban-khac", "hoi-dap"),
    ("ban-khac", "to-chu-tri"),
]


@pytest.mark.parametrize(("name", "edition"), FALSIFIED)
def test_no_number_of_a_page_can_be_wrong_unnoticed(library, name, edition):
    book = library.books(name, edition)[0]
    falsified = list(misnumbered(book))
    assert len(falsified) > len(book.printed.labels)
    assert [what for what, wrong in falsified if not any(fault for check in NUMBERS for fault in check(wrong))] == []


@pytest.mark.parametrize(("name", "edition"), FALSIFIED)
def test_no_word_can_be_missing_or_too_many_unnoticed(library, name, edition):
    book = library.books(name, edition)[0]
    of_the_source = {id(block) for blocks in book.standing.blocks.values() for block in blocks}
    for place, block in list(enumerate(book.printed.blocks))[::EACH]:
        words = [word for word in block.words.split() if re.search(r"[^\W\d]", word)]
        fewer = [words[1:]] if id(block) in of_the_source and len(words) > FEW else []
        for changed in ([*words, "zzz"], *fewer):
            wrong = with_block(book, place, replace(block, words=" ".join(changed)))
            assert any(words_of_print(wrong)), (block.words, changed)


def with_block(book, place, block):
    """The book with one block in another's place."""
    blocks = (*book.printed.blocks[:place], block, *book.printed.blocks[place + 1 :])
    return replace(book, printed=replace(book.printed, blocks=blocks))


def misnumbered(book):
    """Yield the book with one number of a page wrong by one, for each number that is printed."""
    indexed = [*book.under(book.words["index"]), *book.under(book.words["schedule"])]
    lists = {id(block) for block in indexed if re.search(rf"(?:^|, ){RANGES}(?:$|;)", block.words)}
    for place, block in enumerate(book.printed.blocks):
        words, number = entry(block)
        if number:
            wrong = replace(block, words=f"{words} {int(number) + 1}", links=(*block.links[:-1], str(int(number) + 1)))
            yield block.words, with_block(book, place, wrong)
            continue
        told = re.finditer(r"(?<![\d/])\d+\b", block.words) if id(block) in lists else numbers_told(block.words)
        for found in told:
            wrong = f"{block.words[: found.start()]}{int(found[0]) + 1}{block.words[found.end() :]}"
            yield (block.words, wrong), with_block(book, place, replace(block, words=wrong))
    for page, lines in enumerate(book.printed.furniture):
        for line in lines:
            if line.is_folio or MARK.fullmatch(line.words):
                wrong = replace(line, words=re.sub(r"\d+", lambda told: str(int(told[0]) + 1), line.words))
                changed = tuple(wrong if each is line else each for each in lines)
                furniture = (*book.printed.furniture[:page], changed, *book.printed.furniture[page + 1 :])
                yield line, replace(book, printed=replace(book.printed, furniture=furniture))


def numbers_told(words):
    """The numbers after “trang” and “tr.”."""
    for told in re.finditer(rf"\b(?:trang|{re.escape(WORD)}) ({RANGES})", words):
        for number in re.finditer(r"\d+", told[1]):
            yield re.compile(r"\d+").match(words, told.start(1) + number.start())
