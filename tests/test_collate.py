"""Leaves put in between pages: their tags and bookmarks stand where the pages lie, and nothing of the book moves."""

import pikepdf
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from builder.press import collate
from builder.press.galley import Bookmark, Spot

PAGES = 8
AFTER = st.lists(st.integers(0, PAGES - 2), max_size=5).map(sorted)  # no leaf is put in after the last page


def ordered(after):
    """How pages lie: those of the book, each followed by what is put in after it."""
    put_in = list(enumerate(after, PAGES))
    return [each for page in range(PAGES) for each in (page, *(number for number, at in put_in if at == page))]


@given(AFTER)
def test_a_page_put_in_is_known_by_the_page_before_it(after):
    assert collate.followed(ordered(after)) == dict(enumerate(after, PAGES))


# --- the outline ----------------------------------------------------------------------------------


def parents(marked):
    """The bookmark above each one, as a reader's outline shows them."""
    above, found = [], []
    for bookmark, _ in marked:
        while above and above[-1].level >= bookmark.level:
            above.pop()
        found.append(above[-1].words if above else "")
        above.append(bookmark)
    return found


@given(AFTER, st.lists(st.tuples(st.integers(0, PAGES - 1), st.integers(1, 3)), min_size=1, max_size=12).map(sorted))
def test_bookmarks_put_in_stand_behind_their_page_and_part_nothing(after, heads):
    own = [(Bookmark(level, f"a{n}", Spot(0, 0, 0)), (page, 0.0, 0.0)) for n, (page, level) in enumerate(heads)]
    put_in = [
        (Bookmark(1, f"b{n}", Spot(0, 0, 0)), (page, 0.0, 0.0))
        for n, page in enumerate(range(PAGES, PAGES + len(after)))
    ]
    followed = dict(enumerate(after, PAGES))
    found = collate.outlined([*own, *put_in], followed)
    lie = {page: place for place, page in enumerate(ordered(after))}
    places = [lie[spot[0]] for _, spot in found]
    assert places == sorted(places)
    assert [each for each in found if each in own] == own
    named = dict(zip([bookmark.words for bookmark, _ in found], parents(found), strict=True))
    assert [named[bookmark.words] for bookmark, _ in own] == parents(own)


# --- the tags -------------------------------------------------------------------------------------

LENGTHS = st.lists(st.tuples(st.booleans(), st.integers(0, 2)), min_size=1, max_size=14)


def book(lengths, after):
    """A book of sections and paragraphs: of each, whether it opens a section and over how many pages it runs."""
    pdf = pikepdf.new()
    for _ in range(PAGES + len(after)):
        pdf.add_blank_page()
    document = pdf.make_indirect(Dictionary(S=Name.Document, K=Array()))
    page, around = 0, document
    for opens, more in lengths:
        if opens:
            section = pdf.make_indirect(Dictionary(S=Name.Sect, K=Array(), P=document))
            document.K.append(section)
            around = section
        last = min(page + more, PAGES - 1)
        marks = [Dictionary(Type=Name.MCR, Pg=pdf.pages[each].obj, MCID=0) for each in range(page, last + 1)]
        around.K.append(pdf.make_indirect(Dictionary(S=Name.P, K=Array(marks), P=around)))
        page = last
    for number in range(PAGES, PAGES + len(after)):
        kid = pdf.make_indirect(Dictionary(S=Name.P, Pg=pdf.pages[number].obj, K=Array([0])))
        document.K.append(pdf.make_indirect(Dictionary(S=Name.Sect, P=document, K=Array([kid]))))
    return pdf, document


def paragraphs(element, pages):
    """Yield the pages of every paragraph, in the order of the tree."""
    for kid in element.K:
        if not isinstance(kid, Dictionary):
            continue
        if kid.S != Name.P:
            assert kid.P.objgen == element.objgen
            yield from paragraphs(kid, pages)
        elif "/Pg" in kid:
            yield [pages[kid.Pg.objgen]]
        else:
            yield [pages[mark.Pg.objgen] for mark in kid.K]


@given(LENGTHS, AFTER)
def test_a_leaf_put_in_is_read_between_its_pages_and_no_paragraph_is_broken_off(lengths, after):
    pdf, document = book(lengths, after)
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    before = [each for each in paragraphs(document, pages) if each[0] < PAGES]
    collate.put_in(document, pages, dict(enumerate(after, PAGES)))
    found = list(paragraphs(document, pages))
    assert [each for each in found if each[0] < PAGES] == before
    assert [each[0] for each in found if each[0] >= PAGES] == list(range(PAGES, PAGES + len(after)))
    for place, each in enumerate(found):
        if each[0] >= PAGES:
            at = after[each[0] - PAGES]
            assert all(own[0] <= at for own in found[:place] if own[0] < PAGES)
            assert all(own[-1] > at for own in found[place:] if own[0] < PAGES)
