"""What a screen reader is told of every edition of every publication: all of it, once, in order, each as what it is.

The tags are read by programs that had no part in making them: pikepdf walks the tree, PDFium says which letters each
piece of marked content draws. The last tests falsify a file; each time a check has to find it.
"""

import io
import itertools
import re
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from xml.etree import ElementTree as ET

import pikepdf
import pypdfium2
import pytest
import readback
import validators
from fontTools.ttLib import TTFont
from library import MADE_UP, editions
from test_press import compose, leaf
from told import differs, letters

from builder import press

EDITIONS = [each for each in editions() if each[0] not in MADE_UP]
OF_EACH = [list(book) for _, book in groupby(EDITIONS, itemgetter(0))]
OTHER_WAY_ROUND = [each for book in reversed(OF_EACH) for each in book]
"""Beginning with the last publication: ``test_editions`` begins with the first, and neither has to wait."""
FIRST = [book[0] for book in OF_EACH]
PRINTED = 4  # flag of annotations (ISO 32000-1, Table 165)
STRUCTURE = {
    "Document",
    "Part",
    "Art",
    "Sect",
    "Div",
    "BlockQuote",
    "Index",
    "TOC",
    "TOCI",
    "Reference",
    "Link",
    "Note",
}
STRUCTURE |= {"P", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Span", "Figure", "Caption"}
STRUCTURE |= {"Table", "THead", "TBody", "TFoot", "TR", "TH", "TD"}
INSIDE = {  # what may stand in what (ISO 32000-1, 14.8.4.3)
    "L": {"LI"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"TOCI"},
    "Table": {"Caption", "THead", "TBody", "TFoot", "TR"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TR": {"TH", "TD"},
}
HEAD = re.compile(r"H([1-6])")

pytestmark = pytest.mark.press


@pytest.fixture(scope="module", params=OTHER_WAY_ROUND, ids="/".join)
def books(request, library):
    """One edition: a book, or one a session."""
    return library.books(*request.param)


def opened(pdf):
    return pikepdf.open(io.BytesIO(pdf))


def kind(element):
    return str(element.S)[1:]


def kids(element):
    """What is in an element."""
    return list(readback.all_of(element.get("/K", ())))


def elements(element):
    """The elements in one."""
    return [kid for kid in kids(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def walk(element, around=()):
    """Yield every element, with those around it, in the order of the tree."""
    yield element, around
    for kid in elements(element):
        yield from walk(kid, (*around, element))


def tree(pdf):
    (document,) = readback.all_of(pdf.Root.StructTreeRoot.K)
    return document


# --- the words ------------------------------------------------------------------------------------


def test_all_is_told_once_in_the_order_of_the_text(books):
    for book in books:
        assert differs(book.composition, said(book.pdf)) == ""


def said(pdf):
    """The letters that the tags name, in their order; those of the calls of notes are figures."""
    return "".join(letters(words) for _, words in readback.order(pdf))


def test_a_leaf_put_in_is_told_between_the_pages_it_lies_between(library):
    (book,) = library.books("ban-khac", "chu-tri")
    labels = book.printed.labels
    order = [page for page, words in readback.order(book.pdf) if letters(words)]
    runs = [page for page, _ in itertools.groupby(order)]
    put_in = [page for page, label in enumerate(labels) if not label.isdecimal()]
    assert put_in
    for place, page in enumerate(runs):
        if page in put_in and place + 1 < len(runs) and runs[place + 1] not in put_in:
            assert runs[place + 1] > page, labels[page]  # what turns the page was read to its end before


# --- what each thing is ---------------------------------------------------------------------------


def test_every_element_is_of_a_known_kind_in_its_place_and_not_empty(books):
    for book in books:
        with opened(book.pdf) as pdf:
            assert list(misplaced(pdf)) == []


def misplaced(pdf):
    document = tree(pdf)
    for element, around in walk(document):
        if kind(element) not in STRUCTURE:
            yield "unknown", kind(element)
        if wrong := {kind(each) for each in elements(element)} - INSIDE.get(kind(element), STRUCTURE):
            yield "misplaced", kind(element), wrong
        if not kids(element) and kind(element) not in ("TD", "TH"):
            yield "empty", kind(element)
        if around and element.P.objgen != around[-1].objgen:
            yield "parent", kind(element)
        heads = [each for each in around if HEAD.fullmatch(kind(each)) or kind(each) == "P"]
        if heads and (HEAD.fullmatch(kind(element)) or kind(element) in ("P", "Note", "Sect", "Div")):
            yield "in a line", kind(element)


def test_no_level_of_headings_is_skipped(books):
    for book in books:
        with opened(book.pdf) as pdf:
            levels = [int(found[1]) for each, _ in walk(tree(pdf)) if (found := HEAD.fullmatch(kind(each)))]
        assert all(after <= before + 1 for before, after in itertools.pairwise([0, *levels])), levels


def test_tables_lists_pictures_and_notes_say_what_they_are(books):
    for book in books:
        with opened(book.pdf) as pdf:
            assert list(unsaid(pdf)) == []


def unsaid(pdf):
    pages = {page.obj.objgen: page for page in pdf.pages}
    found = list(walk(tree(pdf)))
    for element, around in found:
        match kind(element):
            case "TH" if str(element.get("/A", {}).get("/Scope")) not in ("/Column", "/Row"):
                yield "head without scope"
            case "L" if "/ListNumbering" not in element.get("/A", {}):
                yield "list without numbering"
            case "Figure":
                yield from unseen(element, pages[element.Pg.objgen])
            case "TOCI" if "TOC" not in map(kind, around):
                yield "line of no contents"
    notes = [element for element, _ in found if kind(element) == "Note"]
    if any(kind(elements(note)[0]) != "Lbl" for note in notes):
        yield "note without number"
    if len({str(note.get("/ID", "")) for note in notes} - {""}) < len(notes):
        yield "notes without an ID of their own"


def unseen(figure, page):
    """Yield what a picture does not say of itself."""
    left, low, right, high = (float(edge) for edge in figure.A.BBox)
    least, lowest, most, highest = (float(edge) for edge in page.MediaBox)
    if not str(figure.get("/Alt", "")):
        yield "picture without words"
    if not (least <= left < right <= most and lowest <= low < high <= highest):
        yield "picture off its page", left, low, right, high


def test_notes_are_told_behind_their_call_and_lead_back(books):
    for book in books:
        with opened(book.pdf) as pdf:
            assert list(unanswered(pdf)) == []


def unanswered(pdf):
    """Every call leads to a note, which is the next one in the tree, and the note's number leads back to the call."""
    order = [element for element, _ in walk(tree(pdf))]
    led = {}
    for place, element in enumerate(order):
        for name, annotation in links(element):
            led.setdefault(name, []).append((place, kind(element.P), str(annotation.Contents)))
    notes = [place for place, element in enumerate(order) if kind(element) == "Note"]
    for name, calls in led.items():
        if not name.endswith("-call"):
            continue
        (back,) = calls
        call = next((each for each in led.get(name.removesuffix("-call"), ()) if each[1] == "Reference"), None)
        if call is None or back[1] != "Lbl":
            yield "no call", name
        elif not call[0] < back[0]:
            yield "note before its call", name
        elif not re.search(r"[^\W\d]+ \S+$", call[2]) or not back[2]:
            yield "call without words", call[2]
    calls = [place for name, each in led.items() for place, around, _ in each if around == "Lbl" and name]
    if len(calls) != len(notes):
        yield "notes without a way back", len(calls), len(notes)


def links(element):
    """Yield the annotations of an element with the name each leads to."""
    for kid in kids(element):
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
            yield str(kid.Obj.get("/Dest", "")), kid.Obj


# --- the file -------------------------------------------------------------------------------------


def test_links_are_tagged_described_printed_and_lead_to_their_places(books):
    for book in books:
        with opened(book.pdf) as pdf:
            assert list(unlinked(pdf)) == []
        assert list(astray(book)) == []


def unlinked(pdf):
    tagged = {kid.objgen for element, _ in walk(tree(pdf)) if kind(element) == "Link" for _, kid in links(element)}
    for page in pdf.pages:
        if "/Annots" in page.obj and str(page.obj.get("/Tabs")) != "/S":
            yield "no order of tabs"
        for annotation in page.obj.get("/Annots", ()):
            if annotation.objgen not in tagged:
                yield "untagged link", str(annotation.get("/Contents"))
            if not str(annotation.get("/Contents", "")).strip() or "{" in str(annotation.Contents):
                yield "undescribed link", str(annotation.get("/Contents"))
            if not int(annotation.get("/F", 0)) & PRINTED:
                yield "link that is not printed"


def astray(book):
    """Yield the links that PDFium finds to lead to another page than what they name, or show the number of another."""
    document = pypdfium2.PdfDocument(book.pdf)
    raw = pypdfium2.raw
    with opened(book.pdf) as pdf:
        stands = places(book, pdf)
        found = [
            [(str(each.get("/Dest", "")), str(each.Contents)) for each in page.obj.get("/Annots", ())]
            for page in pdf.pages
        ]
    for number, page in enumerate(document):
        for place, (name, words) in enumerate(found[number]):
            if not name:
                continue
            link = raw.FPDFAnnot_GetLink(raw.FPDFPage_GetAnnot(page.raw, place))
            target = raw.FPDFDest_GetDestPageIndex(document.raw, raw.FPDFLink_GetDest(document.raw, link))
            if target != stands.get(name, -1):
                yield number, words, name, target, stands.get(name)
            if words.isdecimal() and words != document.get_page_label(target):
                yield number, words, target


def places(book, pdf):
    """Return name → the page, from 0, of what it names: as the press counts, or where the number of a note stands."""
    labels = {label: page for page, label in enumerate(book.printed.labels)}
    pages = {each.objgen: number for number, page in enumerate(pdf.pages) for each in page.obj.get("/Annots", ())}
    found = {name: labels[str(folio)] for name, folio in book.folios.items()}
    for element, around in walk(tree(pdf)):
        for name, annotation in links(element):
            if kind(around[-1]) == "Reference":  # a call, whose note leads back to it
                found.setdefault(f"{name}-call", pages[annotation.objgen])
    return found


def test_the_file_says_what_it_is_in_which_language_and_how_it_is_shown(books):
    for book in books:
        with opened(book.pdf) as pdf:
            assert str(pdf.Root.Lang) == book.composition.metadata.language
            assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
            assert bool(pdf.Root.MarkInfo.Marked)
            assert str(pdf.docinfo.Title) == book.composition.metadata.title
            with pdf.open_metadata() as xmp:
                assert xmp["dc:title"] == book.composition.metadata.title
                assert (xmp["pdfuaid:part"], xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("1", "2", "A")
            assert len(book.printed.labels) == len(pdf.pages)
            assert all(book.printed.labels)


def test_the_outline_has_every_heading_on_its_level_and_page(books):
    for book in books:
        with opened(book.pdf) as pdf:
            assert list(unheaded(book, pdf)) == []


def unheaded(book, pdf):
    """Yield what is wrong with the outline of a book: its order, the headings of the text, those of leaves put in."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    with pdf.open_outline() as outline:
        found = [(words, above, pages[item.destination[0].objgen]) for words, above, item in flat(outline.root)]
    led = [page for *_, page in found]
    yield from () if led == sorted(led) else (led,)
    own = [(words, above) for words, above, page in found if book.printed.labels[page].isdecimal()]
    yield from () if own == list(headed(book.composition)) else (own,)
    put_in = Counter(words for words, _, page in found if not book.printed.labels[page].isdecimal())
    markup = (each.markup for each in (*book.composition.inserts, *book.composition.put_in))
    wanted = Counter(words for each in markup for _, words in headings(each))
    yield from () if put_in == wanted else (put_in, wanted)


def flat(items, above=""):
    """Yield the lines of an outline: its words, those of the one above it, the line."""
    for item in items:
        words = " ".join(item.title.split())
        yield words, above, item
        yield from flat(item.children, words)


def headed(composition):
    """Yield what an outline has to say: the name of every heading, and of the one it is below."""
    above = []
    for each in composition.leaves:
        for level, words in headings(each.markup):
            above = [head for head in above if head[0] < level]
            yield words, above[-1][1] if above else ""
            above.append((level, words))


def headings(markup):
    """Yield the headings of a leaf but for the letters of an index: their level, what they are called from afar."""
    for element in ET.fromstring(markup).iter():  # noqa: S314 - composed here
        if (found := re.fullmatch("h([1-6])", element.tag)) and element.get("class") != "letter":
            named = element.get("data-outline") or element.get("data-section") or "".join(element.itertext())
            yield int(found[1]), " ".join(named.split())


@pytest.mark.parametrize(("name", "edition"), FIRST, ids=map("/".join, FIRST))
def test_each_face_is_embedded_once_with_the_glyphs_that_are_drawn_and_no_others(library, name, edition):
    for book in library.books(name, edition):
        with opened(book.pdf) as pdf:
            assert list(miscast(pdf)) == []


def miscast(pdf):
    """Yield faces that are embedded twice, and the glyphs of each that are drawn and not embedded, or not drawn."""
    drawn, fonts = shown(pdf)
    named = [str(font.BaseFont).partition("+")[2] for font in fonts.values()]
    if len(named) != len(set(named)) or not named:
        yield "embedded twice", named
    for key, font in fonts.items():
        kept, needed = cut(font, drawn[key])
        if kept - needed or needed - kept:
            yield str(font.BaseFont), kept - needed, needed - kept


def shown(pdf):
    """Return font → the glyphs that pages and their furniture draw in it; and the fonts, by the same key."""
    drawn, fonts, done = defaultdict(set), {}, set()
    waiting = [page.obj for page in pdf.pages]
    while waiting:
        content = waiting.pop()
        resources = content.get("/Resources", {})
        here = {name: font.objgen for name, font in resources.get("/Font", {}).items()}
        fonts |= {font.objgen: font for font in resources.get("/Font", {}).values()}
        for form in resources.get("/XObject", {}).values():
            if form.Subtype == pikepdf.Name.Form and form.objgen not in done:
                done.add(form.objgen)
                waiting.append(form)
        font = None
        for operands, operator in pikepdf.parse_content_stream(content):
            if str(operator) == "Tf":
                font = here[str(operands[0])]
            elif str(operator) in ("Tj", "TJ"):
                for piece in readback.all_of(operands[0]):
                    glyphs = bytes(piece) if isinstance(piece, pikepdf.String) else b""
                    drawn[font] |= {int.from_bytes(glyphs[at : at + 2]) for at in range(0, len(glyphs), 2)}
    return drawn, fonts


def cut(font, drawn):
    """Return the glyphs with an outline that a font has, and those it needs: what is drawn and what that is made of."""
    file = font.DescendantFonts[0].FontDescriptor.FontFile2
    with TTFont(io.BytesIO(file.read_bytes())) as cast:
        names, outlines = cast.getGlyphOrder(), cast["glyf"]
        wanted, needed = drawn | figures_of(font), set()
        lacking = {glyph for glyph in wanted if glyph >= len(names)}
        waiting = [names[glyph] for glyph in wanted - lacking]
        while waiting:
            name = waiting.pop()
            if name not in needed:
                needed.add(name)
                waiting += outlines[name].getComponentNames(outlines)
        seen = {name for name in names if outlines[name].numberOfContours}
        return seen, needed & seen | lacking


def figures_of(font):
    """The glyphs a face has always: .notdef, and 0 to 9, as the numbers of pages are put in when all is set."""
    told = re.findall(r"<(\w{4})> <(003[0-9])>", font.ToUnicode.read_bytes().decode())
    return {int(glyph, 16) for glyph, _ in told} | {0}


@pytest.mark.slow
def test_the_judge_finds_every_edition_to_be_pdf_a_and_pdf_ua(library, tmp_path):
    paths = []
    for name, edition in EDITIONS:
        for number, book in enumerate(library.books(name, edition)):
            paths.append(tmp_path / f"{name}-{edition}-{number}.pdf")
            paths[-1].write_bytes(book.pdf)
    assert validators.verapdf_all(paths, "2a", "ua1") == {}


# --- what would be found --------------------------------------------------------------------------

FALSIFIED = [
    ("chuong-trinh-hanh-dong-05", "chu-tri"),
    ("chuong-trinh-hanh-dong-05", "ghi-chu"),
    ("specimen", "nguoi-du"),
]


def blocks(pdf):
    """The elements that have words of their own, and nothing else."""
    return [
        each
        for each, _ in walk(tree(pdf))
        if kind(each) in ("P", "TD", "H2") and all(isinstance(kid, int) for kid in kids(each))
    ]


def worded(book, pdf):
    """The same, with the letters of each."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    drawn = readback.drawn(book.pdf)
    for element in blocks(pdf):
        pieces = (drawn[pages[element.Pg.objgen]].get(int(kid), "") for kid in kids(element))
        if said := letters("".join(pieces)):
            yield element, said


def saved(pdf):
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("name", "edition"), FALSIFIED, ids=map("/".join, FALSIFIED))
@pytest.mark.parametrize("seed", range(4))
def test_two_blocks_that_change_places_are_found(library, name, edition, seed):
    (book,) = library.books(name, edition)
    with opened(book.pdf) as pdf:
        found = list(worded(book, pdf))
        place = (seed + 1) * len(found) // 5
        one, words = found[place]
        other = next(each for each, others in found[place + 1 :] if others != words)
        for key in ("/K", "/Pg"):
            one[key], other[key] = other[key], one[key]
        wrong = saved(pdf)
    assert said(wrong) != said(book.pdf)
    assert differs(book.composition, said(wrong))


@pytest.mark.parametrize(("name", "edition"), FALSIFIED, ids=map("/".join, FALSIFIED))
@pytest.mark.parametrize("seed", range(4))
def test_words_that_no_tag_names_are_found(library, name, edition, seed):
    (book,) = library.books(name, edition)
    with opened(book.pdf) as pdf:
        found = list(worded(book, pdf))
        found[(seed + 1) * len(found) // 5][0].K = pikepdf.Array()
        wrong = saved(pdf)
    with pytest.raises(ValueError, match="drawn and not tagged"):
        readback.Printed.read(wrong)
    assert differs(book.composition, said(wrong))


@pytest.mark.parametrize(("name", "edition"), FALSIFIED, ids=map("/".join, FALSIFIED))
def test_words_that_are_told_twice_and_furniture_that_is_told_are_found(library, name, edition):
    (book,) = library.books(name, edition)
    with opened(book.pdf) as pdf:
        one = blocks(pdf)[10]
        one.K.extend([kid for kid in one.K if isinstance(kid, int)])
        wrong = saved(pdf)
    assert differs(book.composition, said(wrong))
    assert differs(book.composition, said(book.pdf) + letters(book.printed.furniture[10][0].words))
    with opened(book.pdf) as pdf:
        head = next(each for each, _ in walk(tree(pdf)) if kind(each) == "H2")
        head.S = pikepdf.Name.H4
        table = next(each for each, _ in walk(tree(pdf)) if kind(each) == "TH")
        del table.A
        link = next(each for each, _ in walk(tree(pdf)) if kind(each) == "Link")
        next(iter(links(link)))[1].Contents = pikepdf.String("")
        empty = blocks(pdf)[3]
        empty.K = pikepdf.Array()
        assert "head without scope" in list(unsaid(pdf))
        assert ("undescribed link", "") in list(unlinked(pdf))
        assert "empty" in {each[0] for each in misplaced(pdf)}


@pytest.mark.parametrize(("name", "edition"), FALSIFIED, ids=map("/".join, FALSIFIED))
def test_a_bookmark_lost_or_on_another_level_a_link_that_goes_astray_and_a_glyph_too_few_are_found(
    library, name, edition
):
    (book,) = library.books(name, edition)
    with opened(book.pdf) as pdf:
        with pdf.open_outline() as outline:
            lost = outline.root.pop(3)
        assert list(unheaded(book, pdf))
        with pdf.open_outline() as outline:
            outline.root[2].children.append(lost)
        assert list(unheaded(book, pdf))
    with opened(book.pdf) as pdf:
        led = next(name for element, _ in walk(tree(pdf)) for name, _ in links(element) if name)
        names = list(pdf.Root.Names.Dests.Names)
        target = next(to for name, to in zip(names[::2], names[1::2], strict=True) if str(name) == led)
        (target.D if isinstance(target, pikepdf.Dictionary) else target)[0] = pdf.pages[-1].obj
        assert list(astray(replace(book, pdf=saved(pdf))))
    with opened(book.pdf) as pdf:
        assert not list(miscast(pdf))
        _, fonts = shown(pdf)
        one, other = list(fonts.values())[:2]
        one.DescendantFonts[0].FontDescriptor.FontFile2 = other.DescendantFonts[0].FontDescriptor.FontFile2
        assert list(miscast(pdf))


# --- small books ----------------------------------------------------------------------------------


@pytest.mark.parametrize("pages", [2, 3])
def test_a_paragraph_that_turns_pages_is_one_element(pages):
    words = " ".join(["Một câu có tám chữ để đọc cho trôi."] * 60 * pages)
    body = f'<h1 id="a">Tên phần</h1><p>{words}</p><p>Hết.</p>'
    with opened(press.print_pdf(compose(leaf("program", body))).pdf) as pdf:
        paragraph, last = (each for each, _ in walk(tree(pdf)) if kind(each) == "P")
        others = {kid.Pg.objgen for kid in kids(paragraph) if not isinstance(kid, int)}
    assert len(others) >= pages - 1
    assert len(kids(last)) == 1


def test_a_link_over_two_lines_is_one_element_with_two_places_to_click():
    body = f'<h1 id="a">Tên</h1><p>{"Một câu dài. " * 4}<a href="#a">{"những chữ dẫn về tên phần " * 4}</a></p>'
    with opened(press.print_pdf(compose(leaf("program", body))).pdf) as pdf:
        (link,) = (each for each, _ in walk(tree(pdf)) if kind(each) == "Link")
        assert len(list(links(link))) > 1
        assert len(kids(link)) == 2 * len(list(links(link)))


def test_the_head_of_a_table_that_comes_again_is_told_once():
    rows = "".join(f"<tr><td>Dòng {number}</td><td>Chữ</td></tr>" for number in range(60))
    head = '<thead><tr><th scope="col">Đầu</th><th scope="col">Bảng</th></tr></thead>'
    pdf = press.print_pdf(
        compose(leaf("program", f'<h1 id="a">Tên</h1><table>{head}<tbody>{rows}</tbody></table>'))
    ).pdf
    assert said(pdf).count("đầubảng") == 1
    document = pypdfium2.PdfDocument(pdf)
    assert sum("Đầu" in page.get_textpage().get_text_bounded() for page in document) > 1
