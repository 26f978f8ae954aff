"""The web edition as bytes: the words and page marks of the e-book, ways that lead somewhere, and nothing more."""

import io
import re
from hashlib import sha256
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from library import editions
from test_ebook import COVER, PRINTED, composition, faces  # noqa: F401 - fixtures

from builder.ebook import archive, bind
from builder.site import reading, woff
from builder.site.books import opened
from builder.site.words import words

XHTML, OPS = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/ops}"
ONE, STYLE, NAV, OPF = "EPUB/text/van-ban-1.xhtml", "EPUB/style.css", "EPUB/nav.xhtml", "EPUB/content.opf"
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}


class Seen(HTMLParser):
    """What a page says: the words of its main part with a mark for each printed page, its ids, its links, its tags."""

    def __init__(self, page):
        super().__init__()
        self.said, self.ids, self.links, self.tags, self.languages = [], [], [], [], {}
        self.open = []
        self.feed(page.decode())
        self.close()
        assert self.open == []  # every end tag has its start tag

    @property
    def words(self):
        return " ".join("".join(self.said).split())

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        self.tags.append((tag, told))
        if "id" in told:
            self.ids.append(told["id"])
        if "href" in told:
            self.links.append(told["href"])
        if "lang" in told:
            self.languages.setdefault(told["lang"], []).append(tag)
        marked = "web-page" in told.get("class", "").split()
        if marked:
            self.said.append(f"\0{told['data-page']}\0")
        if tag not in VOID:
            self.open.append((tag, marked))

    def handle_startendtag(self, tag, attributes):
        assert tag in VOID  # a browser takes no notice of the slash
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if ("main", False) in self.open and not any(marked for _, marked in self.open):
            self.said.append(data)


def said(book):
    """The words of an e-book as they are read, with a mark for each printed page."""
    pieces = []
    for name in book.documents:
        body = ElementTree.fromstring(book.parts[name]).find(f"{XHTML}body")  # noqa: S314 - made here
        pieces += ["\n", *_said(body)]
    return " ".join("".join(pieces).split())


def _said(element):
    if element.get("role") == "doc-pagebreak":
        yield f"\0{element.get('aria-label')}\0"
    elif "hidden" not in element.attrib:
        yield element.text or ""
        for child in element:
            yield from _said(child)
            yield child.tail or ""


def made(book, language="vi", **told):
    return reading.edition(book, words(language), **{"root": "../../", "back": "../index.html"} | told)


@pytest.fixture(scope="module")
def epub(composition):  # noqa: F811
    return bind(composition, PRINTED, cover=COVER).epub


@pytest.fixture(scope="module")
def book(epub):
    return opened(epub)


@pytest.fixture(scope="module")
def edition(book):
    return made(book)


@pytest.fixture(scope="module")
def page(edition):
    return edition.files["index.html"]


def changed(epub, name, old, new):
    """The e-book with something in it replaced."""
    parts = archive.parts(epub)
    assert old in parts[name]
    return opened(archive.sealed(parts | {name: parts[name].replace(old, new, 1)}))


def put(epub, inside):
    """The e-book with something at the head of its first chapter."""
    return changed(epub, ONE, b'<section class="leaf program" id="van-ban-1">', b'<section id="van-ban-1">' + inside)


def written(epub, inside):
    """What becomes of something at the head of the first chapter."""
    page = made(put(epub, inside)).files["index.html"]
    return page.partition(b'<section id="van-ban-1">')[2].partition(b'\n<section class="clause chuong"')[0]


# --- what it says ---------------------------------------------------------------------------------


def test_it_says_what_the_e_book_says_and_printed_pages_begin_at_the_same_letters(book, page):
    found = Seen(page).words
    assert found == said(book)
    assert "Thư viện\0" not in found
    assert "Thư vi\x008\0ện là của cả thôn1; xem Điều 3" in found
    assert re.findall("\0(.*?)\0", found) == [mark.label for mark in book.described.pages]


@pytest.mark.press
@pytest.mark.parametrize(("name", "edition"), list(editions()))
def test_so_does_that_of_every_book_of_the_house(library, name, edition):
    for each in library.books(name, edition):
        if each.epub:
            book = opened(each.epub)
            seen = Seen(made(book).files["index.html"])
            assert seen.words == said(book)
            assert len(seen.ids) == len(set(seen.ids))
            assert {link[1:] for link in seen.links if link.startswith("#")} <= set(seen.ids)


def test_a_place_is_found_by_the_same_id_as_in_the_e_book(book, page):
    ids = Seen(page).ids
    assert len(ids) == len(set(ids))
    for name in book.documents:
        if "cover" not in name and name != NAV:
            assert set(re.findall(r' id="([^"]*)"', book.parts[name].decode())) <= set(ids)
    assert {heading.anchor for heading in book.described.outline} <= set(ids)
    assert {mark.anchor for mark in book.described.pages} <= set(ids)


def test_every_way_leads_somewhere(page):
    seen = Seen(page)
    outside = {"https://example.org/?a=1&b=2", "../index.html", "book.css", "../../doc.css", "../../icon.svg"}
    assert {link for link in seen.links if not link.startswith("#")} == outside
    assert {link[1:] for link in seen.links if link.startswith("#")} <= set(seen.ids)
    assert "#chuong-2.dieu-3" in seen.links  # in another document of the e-book
    assert "#fn-van-ban-1-1-call" in seen.links


def test_there_are_ways_to_the_contents_the_pages_and_back(book, page):
    seen = Seen(page)
    assert seen.links.count("../index.html") == 2
    assert {"#_doc", "#toc", "#_trang"} <= set(seen.links)
    for mark in book.described.pages:
        assert seen.links.count(f"#{mark.anchor}") == 2  # the mark itself and the list of pages


def test_without_pages_or_contents_there_are_no_ways_to_them(epub):
    none = re.sub(rb"<nav epub:type=\"page-list\".*?</nav>", b"", archive.parts(epub)[NAV], flags=re.DOTALL)
    package = archive.parts(epub)[OPF].replace(b'<itemref idref="nav"/>', b"")
    seen = Seen(made(opened(archive.sealed(archive.parts(epub) | {NAV: none, OPF: package}))).files["index.html"])
    assert not {"#_trang", "#toc"} & set(seen.links)
    assert "_den" not in seen.ids


def test_what_epub_alone_knows_is_gone(page):
    for gone in (b"epub:", b"xml:lang", b"xmlns", b"data-section", b"doc-pagebreak", b"cover.jpg", b"<?xml"):
        assert gone not in page
    assert b'role="doc-noteref"' in page
    assert b'role="doc-footnote"' in page


def test_the_page_has_no_script_and_no_style_of_its_own(page):
    seen = Seen(page)
    assert [told for tag, told in seen.tags if tag == "script"] == [{"src": "../../doc.js"}]
    assert not [tag for tag, told in seen.tags if tag == "style" or any(k == "style" or k[:2] == "on" for k in told)]


def test_pictures_come_with_it_and_faces_are_those_of_all_books(edition, book):
    assert set(edition.files) == {"index.html", "book.css", "figures/figure-1.png", "figures/ke-sach.svg"}
    assert edition.files["figures/ke-sach.svg"] == book.parts["EPUB/figures/ke-sach.svg"]
    faces = [data for name, data in book.parts.items() if name.startswith("EPUB/fonts/")]  # noqa: F811
    assert set(edition.fonts) == {f"{sha256(data).hexdigest()[:16]}.woff" for data in faces}
    sheet = edition.files["book.css"].decode()
    assert set(re.findall(r'url\("\.\./\.\./fonts/([^"]*)"\) format\("woff"\)', sheet)) == set(edition.fonts)
    assert sheet.count("font-display: swap") == sheet.count("@font-face") == len(faces)


def test_a_face_packed_for_browsers_is_the_same_face(faces):  # noqa: F811
    for face in faces:
        packed = woff.packed(face.data)
        assert len(packed) < 0.55 * len(face.data)
        with TTFont(io.BytesIO(packed)) as found, TTFont(io.BytesIO(face.data)) as wanted:
            assert found.flavor == "woff"
            assert found.reader.keys() == wanted.reader.keys()
            for tag in wanted.reader.tables:
                assert found.reader[tag] == wanted.reader[tag]
            assert found.reader.totalSfntSize == len(face.data)


@pytest.mark.parametrize("size", [0, 3, 12, 40, 5000])
def test_a_face_that_is_broken_off_is_refused(size, faces):  # noqa: F811
    with pytest.raises(ValueError, match="face"):
        woff.packed(faces[0].data[:size])
    with pytest.raises(ValueError, match="face"):
        woff.packed(b"wOFF" + faces[0].data[4:])


def test_what_stands_around_a_book_says_in_which_language_it_is(book):
    seen = Seen(made(book, "en").files["index.html"])
    assert seen.languages["vi"] == ["html", "p", "cite"]
    assert seen.languages["en"] == ["header", *["span"] * len(book.described.pages), "footer", "div"]
    assert Seen(made(book).files["index.html"]).languages == {"vi": ["html"]}


def test_the_list_of_pages_says_what_was_printed(book, page):
    assert f"<p>{book.described.printed}</p>".encode() in page
    said = made(book, source="Bản A5").files["index.html"]
    assert b"<p>B\xe1\xba\xa3n A5</p>" in said
    assert book.described.printed.encode() not in said


def test_search_engines_are_asked_to_keep_off_where_it_is_wanted(book, page):
    assert b"noindex" not in page
    assert b'<meta name="robots" content="noindex, nofollow">' in made(book, unlisted=True).files["index.html"]


def test_the_same_book_gives_the_same_bytes(book, edition):
    again = made(book)
    assert (again.files, again.fonts) == (edition.files, edition.fonts)


def test_words_that_look_like_markup_are_words(epub):
    title = b"&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;b&quot;"
    seen = changed(epub, OPF, "Quy ước xây dựng thư viện cộng đồng".encode(), title)
    page = made(seen, source='<img src="x">').files["index.html"]
    assert b"<title>&lt;script&gt;alert(1)" in page
    assert [told for tag, told in Seen(page).tags if tag == "script"] == [{"src": "../../doc.js"}]
    assert (
        written(epub, b"<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")
        == b"<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    )


# --- what HTML writes differently -----------------------------------------------------------------

REWRITTEN = {
    "an element closed by a slash": (b'<p id="x"/><i class="a"/>', b'<p id="x"></p><i class="a"></i>'),
    "a void element": (b"<p>a<br/>b<br></br>c</p><hr/>", b"<p>a<br/>b<br>c</p><hr/>"),
    "a language": (b'<p xml:lang="en">a</p>', b'<p lang="en">a</p>'),
    "both languages": (b'<p lang="en" xml:lang="en">a</p>', b'<p lang="en">a</p>'),
    "a comment": (b"<p>a<!-- <b> -->b<!-->--></p>", b"<p>ab</p>"),
    "a style": (
        b'<p class="a" style="width: 3em">a</p><p style="width: 3em">b</p>',
        b'<p class="a style-1">a</p><p class="style-1">b</p>',
    ),
    "a style that fetches": (b'<p style="background: url(//example.org/a)">a</p>', b"<p>a</p>"),
    "what a browser would do": (b'<p onclick="alert(1)" contenteditable="true" class="a">a</p>', b'<p class="a">a</p>'),
    "a link to a document": (b'<p><a href="van-ban-2.xhtml">a</a></p>', b'<p><a href="#van-ban-2">a</a></p>'),
    "a table's own words": (
        b'<table role="table"><tbody role="rowgroup"><tr role="row"><td role="cell">a</td></tr></tbody></table>',
        b"<table><tbody><tr><td>a</td></tr></tbody></table>",
    ),
    "a decoration": (
        b'<p><img src="../figures/ke-sach.svg" alt="" role="presentation"/></p>',
        b'<p><img src="figures/ke-sach.svg" alt=""/></p>',
    ),
    "a drawing": (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0" onload="x"/><title>a</title></svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0"/><title>a</title></svg>',
    ),
    "a list that is not shown": (b'<p>a</p><nav hidden="hidden"><p>b</p></nav>', b"<p>a</p>"),
    "a page within a link": (
        b'<p><a href="#chuong-1">a<span role="doc-pagebreak" id="tr99" aria-label="99"/>b</a></p>',
        b'<p><a href="#chuong-1">a<span class="web-page%s</span>b</a></p>'
        % b' web-within" id="tr99" data-page="99" tabindex="-1"><span>tr. 99</span>',
    ),
    "a page between blocks": (
        b'<p>a</p><span role="doc-pagebreak" id="tr99" aria-label="99"></span>',
        b'<p>a</p><a class="web-page" id="tr99" data-page="99" href="#tr99"><span>tr. 99</span></a>',
    ),
}


@pytest.mark.parametrize("case", REWRITTEN)
def test_html_is_written(case, epub):
    before, after = REWRITTEN[case]
    assert written(epub, before) == after


def test_a_style_becomes_a_rule(epub):
    sheet = made(put(epub, b'<p style="width: 3em">a</p>')).files["book.css"]
    assert sheet.endswith(b".style-1 { width: 3em }")


# --- what no bound book has -----------------------------------------------------------------------

HOSTILE = [
    b"<script>alert(1)</script>",
    b"<SCRIPT>alert(1)</SCRIPT>",
    b'<iframe src="a"></iframe>',
    b'<object data="a"></object>',
    b"<style>p {}</style>",
    b'<base href="a"/>',
    b'<form action="a"></form>',
    b"<p><title>a</title></p>",
    b"<svg><script>alert(1)</script></svg>",
    b"<svg><foreignObject><p>a</p></foreignObject></svg>",
    b"<svg><p>a</p></svg>",
    b'<svg><use href="https://example.org/a#b"/></svg>'.replace(b"https:", b"data:"),
    b'<p><a href="javascript:alert(1)">a</a></p>',
    b'<p><a href="java&#10;script:alert(1)">a</a></p>',
    b'<p><a href="data:text/html,a">a</a></p>',
    b'<p><a href="//example.org/">a</a></p>',
    b'<p><a href="http://[">a</a></p>',
    b'<p><a href="#nirgends">a</a></p>',
    b'<p><a href="../../../etc/passwd">a</a></p>',
    b'<p><img src="https://example.org/a.png" alt="a"/></p>',
    b'<p><img src="../nav.xhtml" alt="a"/></p>',
    b'<p><img src="../../mimetype" alt="a"/></p>',
    b"<p><![CDATA[<b>]]></p>",
    b'<?php echo "a" ?>',
    b"<p>a",
    b'<p id="chuong-1">a</p>',
    b'<p id="_doc">a</p>',
]


@pytest.mark.parametrize("inside", HOSTILE, ids=lambda inside: inside.decode())
def test_what_could_do_more_than_be_read_is_refused(inside, epub):
    with pytest.raises(ValueError, match=r"\S"):
        made(put(epub, inside))


@pytest.mark.parametrize(
    "styles",
    [
        b'@import "https://example.org/a.css";',
        b'@\\69mport/**/ "https://example.org/a.css";',
        b"p { background: url(https://example.org/a) }",
        b"p { background: \\75 rl(https://example.org/a) }",
        b'p { background: image-set("https://example.org/a" 1x) }',
        b"p { src: url(../a) }",
    ],
)
def test_styles_that_fetch_what_is_not_in_the_book_are_refused(styles, epub):
    with pytest.raises(ValueError, match=r"\S"):
        made(changed(epub, STYLE, b"body {", styles + b" body {"))


def test_what_all_editions_share_asks_for_nothing_else():
    for data in reading.shared().values():
        assert b"http" not in data
        assert b"url(" not in data
        assert b"@import" not in data
