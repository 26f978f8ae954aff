"""In an e-book a clause calls what is said of it: each commentary once, and from each there is a way back.

What the facing layout shows in the text, right below the clause, nobody is led to or back from.

What a reading program makes of a call, and of what it leads to, is told in ``composition.commentary``.
"""

import itertools
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from library import SAMPLES
from readback import is_added

from builder import composition, fonts, layout, manuscript
from builder.composition import Medium, commentary, index, typography
from builder.composition.book import Book
from builder.publication import Box, BoxKind, Footnote, Paragraph, Text

EPUB = "http://www.idpf.org/2007/ops"
TYPE, NOTEREF, NOTE = f"{{{EPUB}}}type", "noteref", "footnote"
LONG = "Một câu dài vừa phải. "


@pytest.fixture(scope="module", params=sorted(SAMPLES))
def publication(request):
    return manuscript.read(SAMPLES[request.param])[0]


@pytest.fixture(scope="module")
def roles(root):
    return fonts.roles(root / "fonts")


@pytest.fixture(scope="module", params=["margin", "facing"])
def called(request, publication, roles, root):
    """An e-book whose clauses call: its layout's name, its leaves as trees, its book and words."""
    return request.param, *made(publication, request.param, roles, root)


def made(publication, name, roles, root, medium=Medium.EBOOK):
    edition = replace(publication.settings.editions[0], layout=name, audience="leader", type="normal", folios_of="")
    composed, found = composition.compose(publication, layout.load(name, root / "layouts"), edition, medium, roles)
    assert found == ()
    wrapped = "".join(leaf.markup for leaf in composed.leaves)
    tree = ElementTree.fromstring(f'<all xmlns:epub="{EPUB}">{wrapped}</all>')  # noqa: S314 - set a moment ago
    return tree, Book(index.marked(typography.typeset(publication))[0]), composed.words


def calls_of(tree):
    return [each for each in tree.iter("a") if "call" in each.get("class", "").split()]


def notes_of(tree, book):
    ids = {note.id: note for note in book.publication.notes}
    return {each.get("id"): (each, ids[each.get("id")]) for each in tree.iter() if each.get("id") in ids}


def led_to(name, book):
    """The commentary that has to be called: in the facing layout what stands at once below its clause has not."""
    return [note for note in book.publication.notes if name == "margin" or not book.stands_below(note)]


def test_each_commentary_is_called_once_from_the_clause_it_begins_with(called):
    name, tree, book, _ = called
    wanted = led_to(name, book)
    assert sorted(call.get("href") for call in calls_of(tree)) == sorted(f"#{note.id}" for note in wanted)
    within = {
        call.get("href")[1:]: section.get("id")
        for section in tree.iter("section")
        if section.get("id") in book.clauses
        for call in section.iter("a")
        if call in calls_of(tree)
    }  # the innermost comes last
    assert within == {note.id: book.begins(note) for note in wanted}


def test_what_is_not_called_is_the_next_thing_after_the_words_of_its_clause(called):
    name, tree, book, _ = called
    ids = {note.id: note for note in book.publication.notes}
    spared = set(ids) - {note.id for note in led_to(name, book)}
    assert bool(spared) == (name == "facing")
    before = {}
    for section in tree.iter("section"):
        said = [each for each in section if each.tag != "section"]
        for one, other in itertools.pairwise(said):
            before[other.get("id")] = (section.get("id"), one.get("id") or one.get("class"))
    for note in spared:
        clause, above = before[note]
        assert clause == book.begins(ids[note])
        assert above in {"head", "body", *ids}


def test_a_call_stands_before_what_it_calls_and_outside_it(called):
    _, tree, book, _ = called
    order = {id(each): number for number, each in enumerate(tree.iter())}
    notes = notes_of(tree, book)
    assert set(notes) == {note.id for note in book.publication.notes}
    for call in calls_of(tree):
        note = notes[call.get("href")[1:]][0]
        assert order[id(call)] < order[id(note)]
        assert call not in list(note.iter())
        assert not any(call in list(head.iter()) for level in range(1, 7) for head in tree.iter(f"h{level}"))


def test_a_call_is_a_word_and_its_name_tells_of_what(called):
    _, tree, book, words = called
    notes = notes_of(tree, book)
    for call in calls_of(tree):
        shown = "".join(call.itertext()).replace("\u00a0", " ")
        assert shown.startswith(words["commentary"])
        name = call.get("aria-label").replace("\u00a0", " ")
        assert name.startswith(shown)  # WCAG 2.5.3: who speaks to his telephone says what he sees
        assert name.endswith(book.named(notes[call.get("href")[1:]][1].clauses))


def test_from_each_commentary_one_way_leads_back_to_its_call(called):
    layout_name, tree, book, words = called
    for name, (note, entry) in notes_of(tree, book).items():
        own = [each for each in note.iter("a") if each.get("role") == "doc-backlink"]
        if entry not in led_to(layout_name, book):
            assert own == []
            continue
        assert [each.get("href") for each in own] == [f"#{name}-call"]
        citation = book.clauses[book.begins(entry)].citation
        assert "".join(own[0].itertext()).replace("\u00a0", " ") == words["back_to"].format(where=citation)


def test_a_reading_program_is_told_what_to_show_over_the_text(called):
    name, tree, book, _ = called
    asides = 0
    for identity, (note, entry) in notes_of(tree, book).items():
        hidden = name == "margin" and commentary.is_brief(entry)
        asides += hidden
        assert note.tag == ("aside" if hidden else "div")
        is_called = entry in led_to(name, book)
        pops = is_called and commentary.pops_up(entry)
        assert (note.get(TYPE), note.get("role")) == ((NOTE, "doc-footnote") if pops else (None, None))
        leading = [each for each in tree.iter("a") if each.get("href") == f"#{identity}" and is_leading(each)]
        assert leading or not is_called
        told = (NOTEREF, "doc-noteref") if pops else (None, None)
        assert {(each.get(TYPE), each.get("role")) for each in leading} <= {told}
    assert bool(asides) == (name == "margin")


def is_leading(link):
    """Tell calls and pointers from places in the index."""
    return link.get(TYPE) in {None, NOTEREF}


def test_nothing_leads_into_what_apple_books_hides(called):
    _, tree, book, _ = called
    for note, _ in notes_of(tree, book).values():
        if note.tag == "aside":
            inside = {each.get("id") for each in note.iter() if each.get("id")} - {note.get("id")}
            assert not inside & {link.get("href", "#")[1:] for link in tree.iter("a")}
            assert not [each for each in note.iter() if each.tag in {"table", "figure", "aside"} and each is not note]


def test_what_is_added_to_the_words_of_print_says_so_and_is_only_ways_there_and_back(called):
    name, tree, book, _ = called
    others = {"column", "stop"}
    added = [each for each in tree.iter() if is_added(each) and others.isdisjoint(each.get("class").split())]
    links = {id(link) for each in added for link in each.iter("a")}
    assert len(links) == 2 * len(led_to(name, book))
    for each in added:
        said = "".join(each.itertext()).split()
        assert said == " ".join("".join(link.itertext()) for link in each.iter("a")).split()


@pytest.mark.parametrize("name", ["interleaved", "text"])
def test_other_layouts_call_nothing(publication, name, roles, root):
    tree, _, _ = made(publication, name, roles, root)
    assert not calls_of(tree)
    assert {each.get("class") for each in tree.iter() if is_added(each)} <= {"added column", "added stop"}


@pytest.mark.parametrize("name", ["margin", "facing"])
def test_print_calls_nothing(publication, name, roles, root):
    tree, _, _ = made(publication, name, roles, root, Medium.PRINT)
    assert not [each for each in tree.iter() if is_added(each)]


def test_only_what_fits_a_small_window_is_shown_there_alone(publication):
    note = replace(publication.notes[0], title=(), body=(Paragraph((Text("Ngắn."),)),))
    assert commentary.is_brief(note)
    assert not commentary.is_brief(replace(note, body=(Paragraph((Text(LONG * 50),)),)))
    assert not commentary.is_brief(replace(note, body=(Box(BoxKind.QUESTION, note.body),)))
    assert not commentary.is_brief(replace(note, body=(Paragraph((Footnote(note.body, note.place),)),)))
    assert commentary.pops_up(note)
    assert not commentary.pops_up(replace(note, body=(Paragraph((Text(LONG * 250),)),)))
