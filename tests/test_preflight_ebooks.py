"""Faults seeded into a good EPUB, one at a time: each is found, in its part; the good book has none."""

import hashlib

import pytest
from faulty import CSS, ONE, changed, look, of, parts, picture, zipped

from builder.problems import Problems, Severity

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741 - short in a table of many


def one(old, new):
    """Change the chapter."""
    return lambda: zipped(changed("OPS/one.xhtml", old, new))


def package(old, new):
    return lambda: zipped(changed("OPS/book.opf", old, new))


def added(name, data=b"x"):
    return lambda: zipped(parts() | {name: data})


def dropped(name):
    return lambda: zipped({key: data for key, data in parts().items() if key != name})


def late_mimetype():
    found = parts()
    return zipped({**{key: data for key, data in found.items() if key != "mimetype"}, "mimetype": found["mimetype"]})


def locked():
    scheme = "http://www.w3.org/2001/04/xmlenc#"
    data = f"""<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><e:EncryptedData xmlns:e="{scheme}">
    <e:EncryptionMethod Algorithm="{scheme}aes128-cbc"/><e:CipherData><e:CipherReference URI="OPS/one.xhtml"/>
    </e:CipherData></e:EncryptedData></encryption>"""
    return zipped(parts() | {"META-INF/encryption.xml": data.encode()})


def unpictured():
    return zipped(changed("OPS/book.opf", ' properties="cover-image"', ""))


NOISE = b"".join(hashlib.sha512(bytes([at % 256, at // 256 % 256, at // 65536])).digest() for at in range(80_000))
CHAPTER = "a.epub/OPS/one.xhtml"
BOOK = "a.epub/OPS/book.opf"
FAULTS = {
    "mimetype is compressed": (lambda: zipped(parts(), packed=True), "EPUB_MIMETYPE", E, "a.epub", 0, ""),
    "mimetype is not the first": (late_mimetype, "EPUB_MIMETYPE", E, "a.epub", 0, ""),
    "no container": (dropped("META-INF/container.xml"), "EPUB_CONTAINER", E, "a.epub/META-INF/container.xml", 0, ""),
    "no package": (dropped("OPS/book.opf"), "EPUB_PACKAGE", E, BOOK, 0, ""),
    "a package that is no XML": (package("</manifest>", "<manifest>"), "EPUB_PACKAGE", E, BOOK, 0, ""),
    "no title": (package("<dc:title>Quy ước</dc:title>", ""), "EPUB_METADATA", E, BOOK, 0, "dc:title"),
    "no date of change": (package("dcterms:modified", "x:modified"), "EPUB_METADATA", E, BOOK, 0, "dcterms:modified"),
    "no word on accessibility": (
        package("schema:accessibilityHazard", "x:y"), "EPUB_ACCESS", W, BOOK, 0, "accessibilityHazard",
    ),
    "a file that is not there": (dropped("OPS/hop.ttf"), "EPUB_FILE_MISSING", E, BOOK, 0, "OPS/hop.ttf"),
    "a chapter that is not listed": (package('idref="one"', 'idref="two"'), "EPUB_FILE_MISSING", E, BOOK, 0, "two"),
    "a file nobody listed": (added("OPS/thua.txt"), "EPUB_FILE_EXTRA", W, BOOK, 0, "OPS/thua.txt"),
    "a name with marks": (added("OPS/chương.txt"), "EPUB_NAME", W, "a.epub", 0, "OPS/chương.txt"),
    "no contents": (
        lambda: zipped(changed("OPS/nav.xhtml", 'epub:type="toc"', 'epub:type="lot"')), "EPUB_NAV", E,
        "a.epub/OPS/nav.xhtml", 0, "",
    ),
    "no old contents": (
        package('<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>', ""), "EPUB_NCX", I, BOOK, 0,
        "",
    ),
    "a page that is not there": (
        lambda: zipped(changed("OPS/nav.xhtml", "#p1", "#p2")), "EPUB_PAGE_LOST", E, "a.epub/OPS/nav.xhtml", 6,
        "OPS/one.xhtml#p2",
    ),
    "a line of the contents that leads nowhere": (
        lambda: zipped(changed("OPS/nav.xhtml", "#dau", "#cuoi")), "EPUB_LINK_LOST", E, "a.epub/OPS/nav.xhtml", 5,
        "OPS/one.xhtml#cuoi",
    ),
    "a line of the old contents that leads nowhere": (
        lambda: zipped(changed("OPS/toc.ncx", "#dau", "#cuoi")), "EPUB_LINK_LOST", E, "a.epub/OPS/toc.ncx", 0,
        "OPS/one.xhtml#cuoi",
    ),
    "a link to no file": (
        one('href="nav.xhtml"', 'href="hai.xhtml"'), "EPUB_LINK_LOST", E, CHAPTER, 8, "OPS/hai.xhtml",
    ),
    "a chapter that is no XML": (one("</h1>", "<h1>"), "EPUB_MARKUP", E, CHAPTER, 0, ""),
    "an id twice": (one('<span id="p1"/>', '<span id="p1"/><span id="p1"/>'), "EPUB_ID_TWICE", E, CHAPTER, 5, "p1"),
    "a picture without words": (one(' alt="hgf"', ""), "EPUB_ALT", W, CHAPTER, 6, "cover.png"),
    "a table without heads": (
        one('<th scope="col">a</th>', "<td>a</td>"), "EPUB_TABLE_HEAD", W, CHAPTER, 7, "ab",
    ),
    "a chapter without a language": (one(' lang="vi" xml:lang="vi"', ""), "EPUB_LANGUAGE", W, CHAPTER, 0, ""),
    "a letter no font has": (one("<p>đê ", "<p>đê Zab "), "EPUB_GLYPH_MISSING", E, CHAPTER, 0, "Z"),
    "letters written apart": (one("<p>đê ", "<p>đe\u0302 "), "EPUB_NFD", W, CHAPTER, 0, "đê"),
    "a locked chapter": (locked, "EPUB_ENCRYPTED", W, "a.epub", 0, "OPS/one.xhtml"),
    "a heavy part": (
        added("OPS/hop.ttf", NOISE), "EPUB_LARGE", W,
        "a.epub/OPS/hop.ttf", 0, "OPS/hop.ttf",
    ),
    "a picture from the net": (
        one('src="cover.png"', 'src="https://x.org/a.png"'), "EPUB_REMOTE", E, CHAPTER, 6, "https://x.org/a.png",
    ),
    "a font from the net": (
        lambda: zipped(changed("OPS/style.css", "url(hop.ttf)", "url('//x.org/a.ttf')")), "EPUB_REMOTE", E,
        "a.epub/OPS/style.css", 0, "//x.org/a.ttf",
    ),
    "a script": (one("</head>", "<script>1</script></head>"), "EPUB_SCRIPT", W, CHAPTER, 4, ""),
    "a script in an attribute": (one("<h1 ", '<h1 onclick="1" '), "EPUB_SCRIPT", W, CHAPTER, 5, ""),
    "no cover": (unpictured, "EPUB_COVER", W, BOOK, 0, ""),
    "a small cover": (
        lambda: zipped(parts() | {"OPS/cover.png": picture(300, 400)}), "EPUB_COVER_SMALL", W,
        "a.epub/OPS/cover.png", 0, "300 × 400 px",
    ),
    "styles devices do not bear": (
        lambda: zipped(changed("OPS/style.css", "margin: 0", "float: left; font-size: 12px; margin: var(--m)")),
        "EPUB_CSS", W, "a.epub/OPS/style.css", 0, "float; px, pt; var(), calc()",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def clean():
    return look(zipped(parts()), None, "a.epub")


@pytest.mark.parametrize("name", FAULTS)
def test_a_seeded_fault_is_found_in_its_part(name, clean):
    spoilt, code, severity, file, line, what = FAULTS[name]
    assert of(clean, code) == []  # the control
    found = of(look(spoilt(), None, "a.epub"), code)
    assert found, code
    first = found[0]
    place = first.problem.place
    assert (first.problem.severity, place.file, place.page, first.what) == (severity, file, 0, what)
    if line:
        assert place.line == line
    for language in ("vi", "en"):
        said = (first.problem.sentence(language), first.problem.matters(language), first.problem.way_out(language))
        assert all(said)
        assert not any("{" in each for each in said)


def test_the_good_book_has_nothing_to_mend(clean):
    assert clean.findings == ()
    assert clean.claims == ("EPUB 3.0",)
    assert dict(clean.facts.told)["title"] == "Quy ước"


def test_there_are_enough_seeded_faults():
    assert len({code for _, code, *_ in FAULTS.values()}) >= 26


def test_a_book_of_the_second_version_has_an_old_contents_and_entities():
    found = changed("OPS/book.opf", 'version="3.0"', 'version="2.0"')
    doctype = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
    found["OPS/one.xhtml"] = ONE.replace("<!DOCTYPE html>", doctype).replace("<p>đê ", "<p>a&nbsp;b ").encode()
    report = look(zipped(found), None, "a.epub")
    assert of(report, "EPUB_MARKUP") == []
    assert of(report, "EPUB_NAV") == []


def test_an_entity_of_html_is_no_xml_in_the_third_version():
    (found,) = of(look(one("<p>đê ", "<p>a&nbsp;b ")(), None, "a.epub"), "EPUB_MARKUP")
    assert found.problem.place.file == CHAPTER


def test_a_comment_in_a_stylesheet_says_nothing():
    book = zipped(parts() | {"OPS/style.css": f"/* float: left; !important */ {CSS}".encode()})
    assert of(look(book, None, "a.epub"), "EPUB_CSS") == []


@pytest.mark.parametrize("data", [b"PK\x03\x04 but no more", b"no zip"], ids=["damaged", "none"])
def test_what_is_no_book_is_told(data):
    with pytest.raises(Problems) as caught:
        look(data, None, "a.epub")
    assert [each.code for each in caught.value.problems] == ["EPUB_UNREADABLE"]


def test_a_book_that_fills_the_memory_is_refused():
    book = parts() | {"OPS/a.txt": bytes(70_000_000)}
    with pytest.raises(Problems) as caught:
        look(zipped(book), None, "a.epub")
    assert [each.code for each in caught.value.problems] == ["EPUB_UNREADABLE"]


def test_entities_that_grow_are_not_read():
    laughs = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    (found,) = of(look(one("<!DOCTYPE html>", laughs)(), None, "a.epub"), "EPUB_MARKUP")
    assert found.problem.place.file == CHAPTER


def test_a_name_that_leads_out_of_the_book_is_not_followed():
    report = look(one('href="nav.xhtml"', 'href="../../../etc/passwd"')(), None, "a.epub")
    (found,) = of(report, "EPUB_LINK_LOST")
    assert found.what == "../../etc/passwd"
