"""E-books on the shelf, opened: what they say of themselves, the ways into them; foreign files are refused."""

import io
import time
import zipfile

import pytest
from faulty import zipped
from test_ebook import COVER, PRINTED, WORDS, composition, faces  # noqa: F401 - fixtures

from builder.ebook import archive, bind
from builder.site.books import opened
from builder.site.nouns import Heading, PageMark

NAV, OPF = "EPUB/nav.xhtml", "EPUB/content.opf"


@pytest.fixture(scope="module")
def epub(composition):  # noqa: F811
    return bind(composition, PRINTED, cover=COVER).epub


@pytest.fixture(scope="module")
def book(epub):
    return opened(epub)


def test_a_book_says_what_it_is(book):
    told = book.described
    assert (told.title, told.subtitle) == ("Quy ước xây dựng thư viện cộng đồng", "Tài liệu học tập & thảo luận")
    assert told.identifier.startswith("urn:uuid:")
    assert (told.language, told.date, told.modified) == ("vi", "2026-03-05", "2026-03-05T00:00:00Z")
    assert (told.creator, told.publisher) == ("Tổ biên soạn", "Ban Chủ nhiệm Thư viện thôn Đông")
    assert (told.description, told.rights, told.subjects) == ("Bản mẫu", "Lưu hành nội bộ", ())
    assert told.accessibility.startswith(WORDS["accessibility"])
    assert told.series == ("", "")
    assert told.printed.endswith("bản in khổ A5")


def test_its_parts_and_documents_are_those_of_the_archive(book, epub):
    assert book.parts == archive.parts(epub)
    assert book.parts[book.described.cover] == COVER.picture
    assert book.documents == (
        "EPUB/cover.xhtml",
        "EPUB/text/title.xhtml",
        "EPUB/nav.xhtml",
        "EPUB/text/van-ban-1.xhtml",
        "EPUB/text/van-ban-2.xhtml",
    )


def test_the_ways_into_it(book):
    first, second = "EPUB/text/van-ban-1.xhtml", "EPUB/text/van-ban-2.xhtml"
    assert book.described.outline == (
        Heading(1, "Chương I. Mục đích", "chuong-1", first),
        Heading(2, "Điều 1. Vì sao", "chuong-1.dieu-1", first),
        Heading(1, "Chương II. Tổ chức & nhân sự", "chuong-2", second),
        Heading(2, "Điều 3. Ban", "chuong-2.dieu-3", second),
    )
    assert [mark.label for mark in book.described.pages] == ["3", "7", "8", "10", "11", "12", "13"]
    assert book.described.pages[2] == PageMark("8", "tr8", first)


def test_a_heading_that_is_a_whole_document_leads_to_what_it_begins_with(epub):
    parts = archive.parts(epub)
    whole = parts[NAV].replace(b'van-ban-2.xhtml#chuong-2"', b'van-ban-2.xhtml"')
    assert whole != parts[NAV]
    outline = opened(archive.sealed(parts | {NAV: whole})).described.outline
    assert [each.anchor for each in outline if each.level == 1] == ["chuong-1", "van-ban-2"]


def test_series_and_the_number_in_it(epub):
    parts = archive.parts(epub)
    said = (
        b'<meta property="belongs-to-collection" id="collection">T\xe1\xba\xadp &lt;1&gt;</meta>'
        b'<meta property="group-position" refines="#collection">4</meta></metadata>'
    )
    told = opened(archive.sealed(parts | {OPF: parts[OPF].replace(b"</metadata>", said)})).described
    assert told.series == ("Tập <1>", "4")


@pytest.mark.press
def test_a_sample_tells_its_printed_pages(library):
    (made,) = library.books("specimen", "nguoi-du")
    told = opened(made.epub).described
    assert len(told.outline) > 10
    labels = [mark.label for mark in told.pages]
    assert len(labels) > 15
    assert labels == [label for label in made.printed.labels if label in labels]


def without(name):
    return lambda parts: {key: data for key, data in parts.items() if key != name}


def changed(name, old, new):
    def made(parts):
        assert old in parts[name]
        return parts | {name: parts[name].replace(old, new)}

    return made


BROKEN = {
    "no package": without(OPF),
    "no navigation document": without(NAV),
    "a document is missing": without("EPUB/text/van-ban-2.xhtml"),
    "the navigation is none": changed(OPF, b'properties="nav"', b""),
    "the package is broken off": changed(OPF, b"</package>", b""),
    "a line leads out": changed(NAV, b"text/van-ban-2.xhtml", b"../../ngoai.xhtml"),
    "a line leads to a picture": changed(NAV, b'text/van-ban-2.xhtml#chuong-2"', b'cover.jpg"'),
    "no title": changed(OPF, b"dc:title", b"dc:format"),
    "no language": changed(OPF, b"dc:language", b"dc:format"),
    "never made": changed(OPF, b"dcterms:modified", b"dcterms:created"),
    "another identifier": changed(OPF, b'unique-identifier="identifier"', b'unique-identifier="x"'),
    "a picture is read": changed(OPF, b'idref="cover"', b'idref="cover-picture"'),
    "not in UTF-8": changed(OPF, b"<dc:rights>", b"<dc:rights>\xff"),
    "entities": lambda parts: parts | {OPF: b'<!DOCTYPE a [<!ENTITY a "b">]><package>&a;</package>'},
}


@pytest.mark.parametrize("how", BROKEN)
def test_what_a_bound_book_never_has_is_refused(how, epub):
    with pytest.raises(ValueError, match=r"\S"):
        opened(archive.sealed(BROKEN[how](archive.parts(epub))))


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\3\4", b"%PDF-1.7", b"\0" * 1000, zipped({"mimetype": b"application/epub+zip", OPF: b""})],
    ids=["nothing", "a beginning", "a PDF", "noughts", "an empty package"],
)
def test_a_foreign_file_is_refused(data):
    with pytest.raises(ValueError, match=r"\S"):
        opened(data)


def test_every_beginning_of_a_book_is_refused(epub):
    for size in range(0, len(epub) - 1, len(epub) // 40):
        with pytest.raises(ValueError, match=r"\S"):
            opened(epub[:size])


def test_a_book_made_to_fill_the_memory_is_refused_at_once():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("mimetype", "application/epub+zip")
        bomb.writestr(OPF, b"<package/>" + b" " * 50_000_000)
    started = time.perf_counter()
    with pytest.raises(ValueError, match="no e-book"):
        opened(packed.getvalue())
    assert time.perf_counter() - started < 1
