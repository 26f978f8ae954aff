"""One finished e-book, spoilt in many ways, one at a time: for each way the gate stands that catches it.

The gates: ``own`` are the rules of the house (``invariants``) and what preflight sees, ``words`` compare with print
and with what was bound, ``pages`` with where the printed pages begin; they are asked on every run. EPUBCheck,
epubcheck-ts and Ace are asked in the slow set, many spoilt books at once. The book as it stands passes all of them.
"""

import ast
import io
import os
import pickle
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections import Counter

import composed
import invariants
import pytest
import test_editions
import validators
from composed import parts_of
from library import editions
from PIL import Image
from readback import bound

from builder.works import ebooks

NAME, EDITION = "specimen", "nguoi-du"  # it has notes, tables, figures, pages
TEXT, NAV, PACKAGE, OLD, STYLE = "text/to-phan-1.xhtml", "nav.xhtml", "content.opf", "toc.ncx", "style.css"
TABLE, PICTURED, NOTED = "text/schedule.xhtml", "text/to-phan-1.xhtml", "text/dau-1.xhtml"

pytestmark = pytest.mark.press


def zipped(parts, *, packed=(), first="mimetype"):
    """Write the files as the product does."""
    made = io.BytesIO()
    outside = ("mimetype", "META-INF/")
    names = {name if name.startswith(outside) else f"EPUB/{name}": data for name, data in parts.items()}
    with zipfile.ZipFile(made, "w") as archive:
        for name in sorted(names, key=lambda name: (name != first, name)):
            entry = zipfile.ZipInfo(name, invariants.DATE)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            stored = name == "mimetype" and name not in packed
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, names[name], compresslevel=9)
    return made.getvalue()


# --- ways to spoil it -----------------------------------------------------------------------------


def sub(name, pattern, new, count=1):
    """Change what a pattern finds in a file, the first time."""

    def spoil(parts):
        text, times = re.subn(pattern, new, parts[name].decode(), count=count, flags=re.DOTALL)
        assert times, f"{pattern} is not in {name}"
        return zipped(parts | {name: text.encode()})

    return spoil


def style(rule):
    return lambda parts: zipped(parts | {STYLE: parts[STYLE] + rule.encode()})


def package(line):
    return sub(PACKAGE, "</metadata>", f"{line}</metadata>")


def dropped(name):
    return lambda parts: zipped({key: data for key, data in parts.items() if key != name})


def added(name, data=b"x"):
    return lambda parts: zipped(parts | {name: data})


def together(*spoils):
    """Do several things."""

    def spoil(parts):
        for each in spoils:
            parts = parts_of(each(parts))
        return zipped(parts)

    return spoil


def renamed(old, new):
    def spoil(parts):
        swapped = {new if name == old else name: data for name, data in parts.items()}
        return zipped(swapped | {PACKAGE: parts[PACKAGE].replace(old.encode(), new.encode())})

    return spoil


def decomposed(parts):
    text = parts[TEXT].decode()
    word = re.search(r">([^<>]*ố[^<>]*)<", text)[1]
    return zipped(parts | {TEXT: text.replace(word, unicodedata.normalize("NFD", word), 1).encode()})


def moved_mark(parts):
    """Let a printed page begin one letter later."""
    text = parts[TEXT].decode()
    found = re.search(r'(<span epub:type="pagebreak"[^>]*></span>)([^<>\s])(?=[^<>\s])', text)
    assert found, "no mark stands before a letter"
    return zipped(parts | {TEXT: text.replace(found[0], found[2] + found[1], 1).encode()})


def swapped(parts):
    """Let two paragraphs change places."""
    blocks = re.findall(r'<p id="mo-dau-p[23]">.*?</p>', parts[TEXT].decode(), re.DOTALL)
    text = parts[TEXT].decode().replace(blocks[0], "@").replace(blocks[1], blocks[0]).replace("@", blocks[1])
    return zipped(parts | {TEXT: text.encode()})


def lower(entry):
    """Let the first line of the contents come after the second."""
    first, second = re.findall(r"<li><a [^>]*>[^<]*</a></li>\n", entry.partition("<ol>")[2])[:2]
    return entry.replace(first + second, second + first, 1)


def disordered(parts):
    return zipped(parts | {NAV: lower(parts[NAV].decode()).encode()})


def small(parts):
    made = io.BytesIO()
    Image.new("L", (300, 400)).save(made, "JPEG")
    return zipped(parts | {"cover.jpg": made.getvalue()})


PAGEBREAK = r'<span epub:type="pagebreak"[^>]*></span>'
CONFORMS = "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"
SPOILT = {
    # the archive
    "mimetype is packed": (lambda parts: zipped(parts, packed=("mimetype",)), {"own", "ts"}),
    "mimetype is not the first": (
        lambda parts: zipped(parts, first="META-INF/container.xml"), {"own", "epubcheck", "ts"},
    ),
    "a file that is not listed": (added("text/thua.txt"), {"own"}),
    "a listed file that is not there": (dropped("fonts/noto-serif-400.ttf"), {"own", "epubcheck", "ts"}),
    "a Vietnamese file name": (renamed("cover.jpg", "bìa.jpg"), {"own", "epubcheck", "ts"}),
    "a file of a wrong kind": (sub(PACKAGE, "font/ttf", "font/woff"), {"own"}),
    # the package
    "the title is empty": (sub(PACKAGE, '(<dc:title id="title">)[^<]*', r"\1"), {"own", "epubcheck", "ts"}),
    "no language": (sub(PACKAGE, "<dc:language>vi</dc:language>", ""), {"own", "epubcheck", "ts"}),
    "the package has no language": (sub(PACKAGE, 'xml:lang="vi" ', ""), {"own", "ace"}),
    "no date of change": (
        sub(PACKAGE, 'property="dcterms:modified"', 'property="dcterms:issued"'), {"own", "epubcheck", "ts"},
    ),
    "no statement on accessibility": (sub(PACKAGE, "schema:access", "schema:about", 20), {"own", "ace"}),
    "no summary": (sub(PACKAGE, r'<meta property="schema:accessibilitySummary">[^<]*</meta>', ""), {"own", "ace"}),
    "it is told to flash": (sub(PACKAGE, '(accessibilityHazard">)none', r"\1flashing"), {"own"}),
    "conformance without who certified it": (
        package(f'<meta property="dcterms:conformsTo">{CONFORMS}</meta>'), {"own"},
    ),
    "conformance in other words": (
        package('<meta property="dcterms:conformsTo">WCAG 2.1 AA</meta><meta property="a11y:certifiedBy">Tổ</meta>'),
        {"own"},
    ),
    "certified, and nothing claimed": (package('<meta property="a11y:certifiedBy">Tổ</meta>'), {"own"}),
    "a statement about nothing": (sub(PACKAGE, 'refines="#title"', 'refines="#tieu-de"'), {"own", "epubcheck", "ts"}),
    "no cover picture": (sub(PACKAGE, ' properties="cover-image"', ""), {"own"}),
    "a small cover": (small, {"own"}),
    "a document that is not read": (sub(PACKAGE, '<itemref idref="text-index"/>', ""), {"own", "epubcheck", "ts"}),
    "a document out of line": (sub(PACKAGE, 'idref="text-buoi-1"', 'idref="text-buoi-1" linear="no"'), {"own"}),
    "two documents of the spine change places": (
        sub(PACKAGE, r'(<itemref idref="text-buoi-1"/>)(\s*)(<itemref idref="text-buoi-2"/>)', r"\3\2\1"),
        {"own", "epubcheck", "ts"},
    ),
    "a drawing that is not told": (
        sub(TEXT, "</body>", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/></body>'),
        {"own", "epubcheck", "ts"},
    ),
    # pages
    "a printed page begins a letter later": (moved_mark, {"pages"}),
    "a mark has another label": (sub(TEXT, 'aria-label="10"', 'aria-label="11"'), {"own", "pages"}),
    "a mark without label": (sub(TEXT, '(id="tr10") aria-label="10"', r"\1"), {"own", "pages", "ace"}),
    "a page is not listed": (sub(NAV, '<li><a href="[^"]*#tr10">10</a></li>', ""), {"own", "ace"}),
    "a page is not marked": (
        sub(TEXT, '<span epub:type="pagebreak"[^>]*id="tr10"[^>]*></span>', ""),
        {"own", "pages", "epubcheck", "ts", "ace"},
    ),
    "pages of no print": (sub(PACKAGE, r'<meta property="pageBreakSource">[^<]*</meta>', ""), {"own", "ace"}),
    # contents
    "contents not in reading order": (disordered, {"own", "epubcheck", "ts"}),
    "a line of the contents leads nowhere": (sub(NAV, r"xhtml#phan-1\"", 'xhtml#phan-9"'), {"own", "epubcheck", "ts"}),
    "a landmark is missing": (sub(NAV, r'<li><a epub:type="bodymatter"[^>]*>[^<]*</a></li>', ""), {"own"}),
    "the old contents have no pages": (sub(OLD, "<pageList>.*</pageList>", ""), {"own", "epubcheck"}),
    "a wrong place in the old contents": (sub(OLD, 'playOrder="1"', 'playOrder="99"'), {"own", "epubcheck"}),
    "the old contents are of another book": (sub(OLD, "urn:uuid:", "urn:uuid:0"), {"own", "epubcheck", "ts"}),
    # notes
    "a note does not lead back": (sub(NOTED, ' role="doc-backlink"', ""), {"own", "words"}),
    "a note leads back to another place": (sub(NOTED, 'href="#fn-dau-1-1-call"', 'href="#dau-1"'), {"own"}),
    "a note that cannot pop up": (
        together(sub(NOTED, "<aside ", "<div "), sub(NOTED, "</aside>", "</div>")), {"own"},
    ),
    "a call leads nowhere": (sub(NOTED, 'href="#fn-dau-1-1"', 'href="#fn-9"'), {"own", "epubcheck", "ts"}),
    "a call that says so to the eye alone": (sub(NOTED, ' role="doc-noteref"', ""), {"own", "ace"}),
    # meaning
    "a picture without words": (sub(PICTURED, r'(<img src="[^"]*to-gap.svg") alt="[^"]*"', r"\1"), {"own", "ace"}),
    "a picture with empty words": (sub(PICTURED, r'(<img src="[^"]*to-gap.svg") alt="[^"]*"', r'\1 alt=""'), {"own"}),
    "the cover has no words": (sub("cover.xhtml", 'alt="[^"]*"', 'alt=""'), {"own"}),
    "a document without language": (sub(TEXT, ' lang="vi" xml:lang="vi"', ""), {"own", "ace"}),
    "a document without title": (
        sub(TEXT, "<title>[^<]*</title>", "<title></title>"), {"own", "epubcheck", "ts", "ace"},
    ),
    "a head of a table without scope": (sub(TABLE, ' scope="[a-z]+"', ""), {"own"}),
    "a table without name": (
        sub(TABLE, r"<caption.*?</caption>|(<table[^>]*) aria-label(?:ledby)?=\"[^\"]*\"", r"\g<1>"), {"own"},
    ),
    "a heading is skipped": (together(sub(TEXT, "<h2 ", "<h5 ", 99), sub(TEXT, "</h2>", "</h5>", 99)), {"own", "ace"}),
    "an id twice": (sub(TEXT, 'id="mo-dau-p2"', 'id="mo-dau-p3"'), {"own", "epubcheck", "ts"}),
    "a script": (sub(TEXT, "</head>", "<script>1</script></head>"), {"own", "epubcheck", "ts"}),
    "a picture from the net": (
        sub(PICTURED, 'src="[^"]*to-gap.svg"', 'src="https://x.org/a.png"'), {"own", "epubcheck", "ts"},
    ),
    "no XML": (sub(TEXT, "</h1>", ""), {"own", "epubcheck", "ts"}),
    # looks
    "text of letters and marks apart": (decomposed, {"own"}),
    "a title of letters and marks apart": (sub(OLD, "làng", "la\u0300ng"), {"own"}),
    "a letter that no face has": (sub(TEXT, "</body>", "<p>字</p></body>"), {"own", "words"}),
    "a face that nothing uses": (
        style('@font-face { font-family: "Thừa"; src: url("fonts/noto-serif-400.ttf"); }'), {"own"},
    ),
    "float": (style("p { float: left }"), {"own"}),
    "letters of a fixed size": (style("p { font-size: 12px }"), {"own"}),
    "a variable": (style("p { margin: var(--m) }"), {"own"}),
    "a rule that overrules the reader": (style("p { text-align: left !important }"), {"own"}),
    "pale letters": (style("p { color: #bbb }"), {"own", "ace"}),
    "lines of a height in another unit": (style("p { line-height: 1.5em }"), {"own"}),
    "rules in print's units": (style("td { border: 0.5pt solid }"), {"own"}),
    "a ground that is white at night": (style(".box { background: #fff }"), {"own"}),
    "lines spread to both margins": (style("p { text-align: justify }"), {"own"}),
    "lines too close for Vietnamese": (style("p { line-height: 1.1 }"), {"own"}),
    "a style of its own": (sub(TEXT, "<h1 ", '<h1 style="margin: 0" '), {"own"}),
    # words
    "another word": (sub(TEXT, "Căn cứ nhu cầu", "Căn cứ yêu cầu"), {"words"}),
    "a paragraph is lost": (sub(TEXT, '<p id="mo-dau-p3">.*?</p>', ""), {"words"}),
    "a paragraph too many": (sub(TEXT, '(<p id="mo-dau-p3">)', r"<p>Theo đó.</p>\1"), {"words"}),
    "two paragraphs change places": (swapped, {"words"}),
}  # fmt: skip
FAST = {"own", "words", "pages"}
ACE = {
    "the package has no language": "epub-lang",
    "no statement on accessibility": "metadata-accessmode",
    "no summary": "metadata-accessibilitysummary",
    "a mark without label": "pagebreak-label",
    "a page is not listed": "epub-pagelist-missing-pagebreak",
    "a page is not marked": "epub-pagelist-broken",
    "pages of no print": "epub-pagesource",
    "a call that says so to the eye alone": "epub-type-has-matching-role",
    "a picture without words": "image-alt",
    "a document without language": "html-has-lang",
    "a document without title": "document-title",
    "a heading is skipped": "heading-order",
    "pale letters": "color-contrast",
}
"""What Ace catches, and by which of its rules."""
OF_ONE_PAGE = frozenset({"a mark without label", "a page is not listed", "a page is not marked"})
"""Ways that spoil the same page: together they take it away, and nothing is wrong."""


@pytest.fixture(scope="module")
def book(library):
    (book,) = library.books(NAME, EDITION)
    return book


@pytest.fixture(scope="module")
def parts(book):
    return parts_of(book.epub)


@pytest.fixture(scope="module")
def spoilt(parts):
    """Way to spoil it → the book spoilt so."""
    return {name: spoil(parts) for name, (spoil, _) in SPOILT.items()}


def objecting(epub, book):
    """Return the gates, of those asked on every run, that object to an e-book."""
    found = set()
    if invariants.broken(epub):
        found.add("own")
    try:
        files = parts_of(epub)
        blocks = bound(epub)
    except SyntaxError:  # it is no XML: its words cannot be told
        return found
    if any(composed.strange(files, book.bound_from[0])) or any(test_editions.words_of_ebook(with_blocks(book, blocks))):
        found.add("words")
    if any(composed.astray(files, book.printed)):
        found.add("pages")
    return found


def with_blocks(book, blocks):
    return test_editions.replace(book, bound=tuple(blocks))


# --- on every run ---------------------------------------------------------------------------------


def test_the_book_as_it_stands_passes(book, parts):
    assert zipped(parts) == book.epub
    assert objecting(book.epub, book) == set()


def test_there_are_enough_ways_and_each_changes_the_book(book, spoilt):
    assert len(set(spoilt.values()) - {book.epub}) == len(SPOILT) >= 50
    assert all(gates for _, gates in SPOILT.values())
    caught = Counter(gate for _, gates in SPOILT.values() for gate in gates)
    assert min(caught[gate] for gate in (*FAST, "epubcheck", "ts", "ace")) >= 2


@pytest.mark.parametrize("name", SPOILT)
def test_what_is_spoilt_is_caught_by_the_gate_that_is_told(name, spoilt, book):
    assert objecting(spoilt[name], book) == SPOILT[name][1] & FAST


@pytest.mark.parametrize(("name", "edition"), [pytest.param(*each, id="/".join(each)) for each in editions()])
def test_every_ebook_of_every_publication_keeps_the_rules(name, edition, library):
    for book in library.books(name, edition):
        if book.epub:
            assert invariants.broken(book.epub) == ()
            assert list(composed.strange(parts_of(book.epub), book.bound_from[0])) == []


def test_a_test_that_makes_an_ebook_against_the_rules_fails(book, monkeypatch):
    composition, printed, options = book.bound_from
    assert ebooks.made(composition, options["cover"], [printed]).data == book.epub
    monkeypatch.setattr(invariants, "broken", lambda _: ("rule: place: what",))
    with pytest.raises(AssertionError, match="breaks rules"):
        ebooks.made(composition, options["cover"], [printed])


# Another day, another zone, another seed, another folder: what must not be seen in the bytes.
ELSEWHERE = """
import datetime, pickle, sys, time
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2031, 12, 24, 18, 30, tzinfo=tz)
    @classmethod
    def utcnow(cls):
        return cls(2031, 12, 24, 18, 30)
datetime.datetime = Later
time.time = lambda: 1956000000.0
time.localtime = lambda *_: time.struct_time((2031, 12, 24, 18, 30, 0, 2, 358, 0))
composition, printed, options = pickle.load(open(sys.argv[1], "rb"))
from builder import ebook
sys.stdout.buffer.write(ebook.bind(composition, printed, **options).epub)
"""


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Ho_Chi_Minh"},
        {"PYTHONHASHSEED": "77", "TZ": "UTC+9", "LC_ALL": "vi_VN.UTF-8"},
    ],
    ids=["seed and zone", "others, and a locale"],
)
def test_another_process_on_another_day_binds_the_same_bytes(surroundings, book, tmp_path):
    (tmp_path / "from").write_bytes(pickle.dumps(book.bound_from))
    command = [sys.executable, "-c", ELSEWHERE, tmp_path / "from"]
    environment = {**os.environ, "PYTHONPATH": str(validators.ROOT), **surroundings}
    done = subprocess.run(command, capture_output=True, check=False, env=environment, cwd=tmp_path)
    assert done.stderr == b""
    assert done.stdout == book.epub


def test_ebooklib_is_asked_by_its_public_names_alone():
    """Its versions differ in what is private: then what is in its range does not matter to the bytes."""
    tree = ast.parse((validators.ROOT / "builder/ebook/package.py").read_text("utf-8"))
    asked = {each.attr for each in ast.walk(tree) if isinstance(each, ast.Attribute)}
    assert {"EpubBook", "write_epub", "add_item", "add_metadata"} <= asked
    assert [name for name in asked if name.startswith("_")] == []
    assert not [each for each in ast.walk(tree) if isinstance(each, ast.ClassDef) and "Epub" in ast.dump(each)]


# --- the judges -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def files(spoilt, book, tmp_path_factory):
    """Way to spoil it → the file; the good one under “”."""
    folder = tmp_path_factory.mktemp("spoilt")
    made = {}
    for number, (name, epub) in enumerate({"": book.epub, **spoilt}.items()):
        made[name] = folder / f"{number}.epub"
        made[name].write_bytes(epub)
    return made


def objected(judge, files, names):
    found = judge([files[name] for name in names])
    return {name for name in names if files[name] in found}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("gate", "judge"),
    [("epubcheck", validators.epubcheck_all), ("ts", validators.epubcheck_ts_all)],
    ids=["epubcheck", "ts"],
)
def test_the_judges_of_form_object_to_what_is_told(gate, judge, files):
    wanted = {name for name, (_, gates) in SPOILT.items() if gate in gates}
    assert objected(judge, files, list(files)) == wanted


@pytest.mark.slow
def test_ace_objects_to_what_is_told(parts, tmp_path):
    """It takes its time: books are spoilt in as many ways at once as go together."""
    assert set(ACE) == {name for name, (_, gates) in SPOILT.items() if "ace" in gates}
    wanted = {}
    rest = list(ACE)
    while rest:
        spoilt, left = parts, [name for name in rest if name in OF_ONE_PAGE][1:]
        file = tmp_path / f"{len(rest)}.epub"
        for name in [name for name in rest if name not in left]:
            try:
                spoilt = parts_of(SPOILT[name][0](spoilt))
            except AssertionError:  # another way has taken away what this one is to spoil
                left.append(name)
        assert len(left) < len(rest)
        wanted[file] = {ACE[name] for name in rest if name not in left}
        file.write_bytes(zipped(spoilt))
        rest = left
    found = validators.ace_all(list(wanted))
    assert {file: rules - {remark.code for remark in found[file]} for file, rules in wanted.items()} == {
        file: set() for file in wanted
    }


@pytest.fixture(scope="module")
def shelf(library, tmp_path_factory):
    """Publication, edition, number of the book → the file, of every e-book of every publication."""
    folder = tmp_path_factory.mktemp("shelf")
    made = {}
    for name, edition in editions():
        for number, book in enumerate(library.books(name, edition)):
            if book.epub:
                made[name, edition, number] = folder / f"{name}-{edition}-{number}.epub"
                made[name, edition, number].write_bytes(book.epub)
    return made


@pytest.mark.slow
def test_the_judges_of_form_find_nothing_in_any_ebook(shelf):
    files = list(shelf.values())
    assert len(files) > 12
    assert validators.epubcheck_ts_all(files) == {}
    found = validators.epubcheck_all(files, usage=True)
    codes = {(remark.severity, remark.code) for remarks in found.values() for remark in remarks}
    assert codes == {("usage", "CSS-028")}  # that faces are bound


@pytest.mark.slow
def test_ace_finds_nothing_in_any_publication_or_layout(shelf, library):
    """The first book of each layout a publication has e-books in."""
    chosen = {}
    for (name, edition, number), file in shelf.items():
        chosen.setdefault((name, library.books(name, edition)[number].bound_from[0].edition.layout), file)
    assert validators.ace_all(list(chosen.values())) == {}
