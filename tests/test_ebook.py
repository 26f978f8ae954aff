"""A composition made by hand, bound: the archive, the package, the ways in, the printed pages, the cover."""

import dataclasses
import datetime
import io
import posixpath
import re
import zipfile
from xml.etree import ElementTree

import composed
import pytest
import validators
from PIL import Image

from builder import fonts
from builder.composition.nouns import Composition, Entry, Leaf, Medium, Metadata
from builder.ebook import Cover, Printed, bind, grounds, markup, navigation, pagelist, volume
from builder.publication import Edition, Figure, Trim

XHTML, EPUB = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/ops}"
OPF, DC = "{http://www.idpf.org/2007/opf}", "{http://purl.org/dc/elements/1.1/}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

WORDS = {
    "contents": "Mục lục",
    "cover": "Bìa",
    "pages": "Danh sách trang in",
    "landmarks": "Các phần chính",
    "start": "Bắt đầu đọc",
    "accessibility": "Chữ đổi cỡ được; có mục lục và các cấp tiêu đề; không có âm thanh, hình động.",
    "accessibility_pages": "Có đánh dấu trang của bản in.",
    "accessibility_pictures": "Mọi hình đều có lời mô tả.",
    "accessibility_undescribed": "Có hình chưa có lời mô tả.",
    "accessibility_no_pictures": "Không có hình.",
    "accessibility_tables": "Các bảng có ô tiêu đề.",
    "accessibility_notes": "Chú thích có liên kết hai chiều.",
    "accessibility_contact": "Hỏi: {address}.",
    "print_source": "bản in khổ {trim}",
    "table_named": "Bảng: {title}",
}
COVER_WORDS = "Ban Chủ nhiệm Thư viện. Quy ước xây dựng thư viện. Nội bộ"
STYLE = """\
body { font-family: "Noto Serif", serif; line-height: 1.5; margin: 0 0.5em; }
h1, h2 { font-family: "Be Vietnam Pro", sans-serif; line-height: 1.4; }
p + p { margin-top: 0.5em; }
.noteref { font-size: 0.75em; line-height: 0; vertical-align: super; }
"""
TITLE = """<section class="leaf title" id="title"><h1>Quy ước xây dựng thư viện cộng đồng</h1>
<p class="subtitle">Tài liệu học tập &amp; thảo luận</p></section>"""
CHAPTER_1 = """<section class="leaf program" id="van-ban-1">
<section class="clause chuong" id="chuong-1" data-section="Chương I">
<h1 class="head">Chương I. Mục đích</h1>
<section class="clause dieu" id="chuong-1.dieu-1" data-clause="Điều 1"><h2>Điều 1. Vì sao cần thư viện</h2>
<p id="chuong-1.dieu-1-p1">Thư viện là của cả thôn<a epub:type="noteref" role="doc-noteref" class="noteref"
 href="#fn-van-ban-1-1" id="fn-van-ban-1-1-call">1</a>; xem <a href="#chuong-2.dieu-3">Điều 3</a> và
 <a href="#chuong-1.dieu-2">Điều 2</a>.</p>
<p id="chuong-1.dieu-1-p2">Ai đọc cũng được: “Ỗ, ặ, Ữ, đ”.</p></section>
<section class="clause dieu" id="chuong-1.dieu-2" data-clause="Điều 2"><h2>Điều 2. Nguyên tắc</h2>
<ol><li><p id="chuong-1.dieu-2-p1">Tự nguyện.</p></li><li><p id="chuong-1.dieu-2-p2">Công khai.</p></li></ol>
<p id="chuong-1.dieu-2-p3">Nói thêm ở <a href="https://example.org/?a=1&amp;b=2">một trang khác</a>.</p></section>
</section>
<div class="footnotes"><aside epub:type="footnote" role="doc-footnote" id="fn-van-ban-1-1"><p
 id="fn-p"><a role="doc-backlink" href="#fn-van-ban-1-1-call" title="Trở lại">1.</a> Thôn Đông.</p></aside></div>
</section>"""
CHAPTER_2 = """<section class="leaf program" id="van-ban-2">
<section class="clause chuong" id="chuong-2"><h1>Chương II. Tổ chức</h1>
<section class="clause dieu" id="chuong-2.dieu-3"><h2>Điều 3. Ban Chủ nhiệm</h2>
<table id="chuong-2.dieu-3-p1"><caption>Phân công</caption><thead><tr><th scope="col">Việc</th><th
 scope="col">Người</th></tr></thead><tbody><tr><td>Mượn, trả</td><td>Thủ thư</td></tr></tbody></table>
<figure id="chuong-2.dieu-3-p2"><img src="figures/Sơ đồ.png" alt="Sơ đồ ba ô nối nhau"/><figcaption>Sơ
 đồ</figcaption></figure>
<figure id="chuong-2.dieu-3-p3"><img src="figures/ke-sach.svg" alt="Một kệ sách"/></figure></section></section>
</section>"""
SVG = (
    b'<?xml version="1.0" encoding="utf-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
    b'<rect x="2" y="2" width="36" height="16" fill="none" stroke="#000"/></svg>'
)
FOLIOS = {
    "cover": 1,
    "title": 3,
    "imprint": 4,
    "contents": 5,
    "van-ban-1": 7,
    "chuong-1": 7,
    "chuong-1.dieu-1": 7,
    "chuong-1.dieu-1-p1": 7,
    "fn-van-ban-1-1": 7,
    "fn-p": 7,
    "chuong-1.dieu-1-p2": 7,
    "chuong-1.dieu-2": 10,
    "chuong-1.dieu-2-p1": 10,
    "chuong-1.dieu-2-p2": 11,
    "chuong-1.dieu-2-p3": 11,
    "van-ban-2": 30,  # another leaf's in print
    "chuong-2": 12,
    "chuong-2.dieu-3": 12,
    "chuong-2.dieu-3-p1": 12,
    "chuong-2.dieu-3-p2": 13,
    "chuong-2.dieu-3-p3": 13,
    "notes": 14,
    "back-cover": 16,
}
BEGINS = {
    3: ("title", 0, "QuyướcxâydựngthưviệncộngđồngTàiliệuhọctập&thảoluận"),
    5: ("contents", 0, "Mụclục"),
    7: ("chuong-1", 0, "ChươngI.Mụcđích"),
    8: ("chuong-1.dieu-1-p1", 6, "ệnlàcủacảthôn;xemĐiều3vàĐiều2."),
    10: ("chuong-1.dieu-2", 0, "Điều2.Nguyêntắc"),
    11: ("chuong-1.dieu-2-p2", 0, "Côngkhai."),
    12: ("chuong-2", 0, "ChươngII.Tổchức"),
    13: ("chuong-2.dieu-3-p1", 17, "trảThủthư"),
    14: ("notes", 0, "Phầnghichép"),
}
NAME = "bản in khổ A5"


def printed(begins, folios=(), labels=None, pages=16):
    """A printed edition: page → where it begins and how it goes on."""
    told = [begins.get(page, ("", 0, "")) for page in range(1, pages + 1)]
    labels = tuple(labels or map(str, range(1, pages + 1)))
    return Printed(dict(folios), labels, tuple(each[:2] for each in told), tuple(each[2] for each in told), NAME)


PRINTED = printed(BEGINS, FOLIOS)


def picture(kind):
    data = io.BytesIO()
    Image.new("L", (60, 30), 200).save(data, kind)
    return data.getvalue()


COVER = Cover(picture("JPEG"), COVER_WORDS)


@pytest.fixture(scope="module")
def faces(root):
    return fonts.cast(fonts.roles(root / "fonts").faces(ebook=True), frozenset())


@pytest.fixture(scope="module")
def composition(faces):
    figures = (
        Figure("figures/Sơ đồ.png", "image/png", picture("PNG"), "Sơ đồ ba ô nối nhau"),
        Figure("figures/ke-sach.svg", "image/svg+xml", SVG, "Một kệ sách"),
        Figure("figures/khong-dung.png", "image/png", picture("PNG"), "Không dùng"),
    )
    return Composition(
        slug="quy-uoc-thu-vien",
        edition=Edition("nguoi-du", "interleaved", Trim("A5", 148, 210), ("epub",)),
        medium=Medium.EBOOK,
        metadata=Metadata(
            title="Quy ước xây dựng thư viện cộng đồng",
            subtitle="Tài liệu học tập & thảo luận",
            creator="Tổ biên soạn",
            publisher="Ban Chủ nhiệm Thư viện thôn Đông",
            description="Bản mẫu",
            rights="Lưu hành nội bộ",
            date=datetime.date(2026, 3, 5),
        ),
        leaves=(
            Leaf("title", "title", "Trang tên", TITLE, term="titlepage"),
            Leaf("van-ban-1", "program", "Chương I. Mục đích", CHAPTER_1),
            Leaf("van-ban-2", "program", "Chương II. Tổ chức", CHAPTER_2),
        ),
        outline=(
            Entry("Chương I. Mục đích", "chuong-1", (Entry("Điều 1. Vì sao", "chuong-1.dieu-1"),)),
            Entry("Chương II. Tổ chức & nhân sự", "chuong-2", (Entry("Điều 3. Ban", "chuong-2.dieu-3"),)),
        ),
        stylesheet=STYLE,
        furniture="",
        faces=faces,
        figures={figure.path: figure for figure in figures},
        words=WORDS,
    )


@pytest.fixture(scope="module")
def bound(composition):
    return bind(composition, PRINTED, cover=COVER)


@pytest.fixture(scope="module")
def parts(bound):
    return opened(bound)


def opened(bound):
    return composed.parts_of(bound.epub)


def tree(parts, name):
    return ElementTree.fromstring(parts[name])  # noqa: S314 - written by us a moment ago


def documents(parts):
    return [name for name in parts if name.endswith(".xhtml")]


def nav_of(parts, kind):
    return next(nav for nav in tree(parts, "nav.xhtml").iter(f"{XHTML}nav") if nav.get(f"{EPUB}type") == kind)


def links_of(nav):
    return [(link.get("href"), "".join(link.itertext())) for link in nav.iter(f"{XHTML}a")]


def meta(parts, name):
    return [each.text for each in tree(parts, "content.opf").iter(f"{OPF}meta") if each.get("property") == name]


def rebound(composition, printed=PRINTED, **changes):
    return bind(dataclasses.replace(composition, **changes), printed, cover=COVER)


def one_leaf(inside):
    return (Leaf("a", "program", "A", f'<section class="leaf program" id="a">{inside}</section>'),)


# --- the archive ----------------------------------------------------------------------------------


def test_two_builds_are_the_same_bytes(composition, bound):
    assert bind(composition, PRINTED, cover=COVER).epub == bound.epub


def test_the_archive_opens_with_the_stored_media_type_and_carries_no_time(bound):
    assert bound.epub[30:58] == b"mimetypeapplication/epub+zip"
    with zipfile.ZipFile(io.BytesIO(bound.epub)) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries[1:]] == sorted(entry.filename for entry in entries[1:])
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.compress_type for entry in entries[1:]} == {zipfile.ZIP_DEFLATED}


def test_file_names_are_plain_ascii_and_each_is_in_the_manifest(parts):
    listed = {item.get("href") for item in tree(parts, "content.opf").iter(f"{OPF}item")}
    own = {name for name in parts if not name.startswith(("META-INF/", "mimetype", "content.opf"))}
    assert listed == own
    assert all(re.fullmatch(r"[a-z0-9./-]+", name) for name in own)


def test_apple_books_is_told_to_use_our_faces(parts):
    assert b'name="specified-fonts">true<' in parts["META-INF/com.apple.ibooks.display-options.xml"]


# --- the package ----------------------------------------------------------------------------------


def test_the_package_names_the_book(parts):
    package = tree(parts, "content.opf")
    assert [each.text for each in package.iter(f"{DC}title")] == [
        "Quy ước xây dựng thư viện cộng đồng",
        "Tài liệu học tập & thảo luận",
    ]
    assert [each.text for each in package.iter(f"{DC}creator")] == ["Tổ biên soạn"]
    assert package.get(XML_LANG) == package.findtext(f".//{DC}language") == "vi"
    assert meta(parts, "dcterms:modified") == ["2026-03-05T00:00:00Z"]
    assert "prefix" not in package.attrib


def test_the_identifier_is_of_the_publisher_and_edition_not_of_the_text(composition, parts):
    def identifier(bound):
        return tree(opened(bound), "content.opf").findtext(f".//{DC}identifier")

    mine = tree(parts, "content.opf").findtext(f".//{DC}identifier")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", mine)
    publisher = composition.metadata.publisher
    assert identifier(rebound(composition, metadata=Metadata("Tên khác", publisher=publisher))) == mine
    assert identifier(rebound(composition, metadata=Metadata("Tên khác", publisher="Chi bộ khác"))) != mine
    other = dataclasses.replace(composition.edition, name="chu-tri")
    assert identifier(rebound(composition, edition=other)) != mine


def test_a_book_without_a_date_carries_a_fixed_one(composition):
    bare = opened(rebound(composition, metadata=Metadata("Tên")))
    assert meta(bare, "dcterms:modified") == ["1980-01-01T00:00:00Z"]
    assert tree(bare, "content.opf").find(f".//{DC}date") is None


def test_accessibility_claims_hold(parts):
    assert meta(parts, "schema:accessMode") == ["textual", "visual"]
    assert meta(parts, "schema:accessModeSufficient") == ["textual", "textual,visual"]
    assert set(meta(parts, "schema:accessibilityFeature")) == {
        "alternativeText",
        "displayTransformability",
        "pageBreakMarkers",
        "pageNavigation",
        "readingOrder",
        "structuralNavigation",
        "tableOfContents",
        "unlocked",
    }
    assert meta(parts, "schema:accessibilityHazard") == ["none"]
    said = ("", "_pages", "_pictures", "_tables", "_notes")
    assert meta(parts, "schema:accessibilitySummary") == [" ".join(WORDS[f"accessibility{each}"] for each in said)]
    assert meta(parts, "pageBreakSource") == [
        "Ban Chủ nhiệm Thư viện thôn Đông, Quy ước xây dựng thư viện cộng đồng, 2026, bản in khổ A5"
    ]
    assert meta(parts, "dcterms:conformsTo") == []


def test_nothing_is_claimed_that_does_not_hold(composition):
    plain = opened(
        rebound(composition, Printed(), stylesheet="p { font-size: 12px; }", leaves=one_leaf("<p>A</p>"), outline=())
    )
    features = set(meta(plain, "schema:accessibilityFeature"))
    assert features == {"readingOrder", "structuralNavigation", "tableOfContents", "unlocked"}
    assert meta(plain, "schema:accessMode") == ["textual"]
    assert meta(plain, "pageBreakSource") == []
    said = [WORDS["accessibility"], WORDS["accessibility_no_pictures"]]
    assert meta(plain, "schema:accessibilitySummary") == [" ".join(said)]


def test_a_picture_without_words_is_not_called_described(composition):
    leaves = one_leaf('<p><img src="figures/ke-sach.svg" alt=""/></p>')
    parts = opened(rebound(composition, Printed(), leaves=leaves, outline=()))
    assert meta(parts, "schema:accessModeSufficient") == ["textual,visual"]
    assert "alternativeText" not in meta(parts, "schema:accessibilityFeature")


# --- the documents --------------------------------------------------------------------------------


def test_markup_is_bound_byte_for_byte_but_for_links_pictures_and_marks(parts):
    text = parts["text/van-ban-1.xhtml"].decode()
    text = re.sub(r'<span epub:type="pagebreak"[^>]*></span>', "", text)
    assert CHAPTER_1.replace('"#chuong-2.dieu-3"', '"van-ban-2.xhtml#chuong-2.dieu-3"') in text


def test_every_document_tells_its_language_and_title(parts):
    for name in documents(parts):
        root = tree(parts, name)
        assert (root.get("lang"), root.get(XML_LANG)) == ("vi", "vi"), name
        title = root.findtext(f".//{XHTML}title")
        assert title, name
        assert title not in {"cover", "title", "imprint", "notes", "back-cover"}, name


def test_every_link_inside_leads_somewhere(parts):
    ids = {(name, each.get("id")) for name in documents(parts) for each in tree(parts, name).iter() if each.get("id")}
    sources = [(name, each.get("href")) for name in documents(parts) for each in tree(parts, name).iter(f"{XHTML}a")]
    sources += [("toc.ncx", each.get("src")) for each in tree(parts, "toc.ncx").iter(f"{NCX}content")]
    inside = [(name, href) for name, href in sources if ":" not in href]
    assert len(inside) > 20
    for name, href in inside:
        file, _, fragment = href.partition("#")
        file = posixpath.normpath(posixpath.join(posixpath.dirname(name), file)) if file else name
        assert (file, fragment) in ids if fragment else file in parts, (name, href)


def test_pictures_get_plain_names_and_only_those_shown_are_bound(parts):
    text = parts["text/van-ban-2.xhtml"].decode()
    assert 'src="../figures/figure-1.png"' in text
    assert 'src="../figures/ke-sach.svg"' in text
    assert parts["figures/ke-sach.svg"] == grounds.on_white(Figure("figures/ke-sach.svg", "image/svg+xml", SVG, ""))
    assert sorted(name for name in parts if name.startswith("figures/")) == [
        "figures/figure-1.png",
        "figures/ke-sach.svg",
    ]


def test_a_document_with_a_drawing_of_its_own_says_so(composition):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><linearGradient id="g"/></svg>'
    parts = opened(rebound(composition, Printed(), leaves=one_leaf(f"<p>{drawing}</p>"), outline=()))
    item = next(each for each in tree(parts, "content.opf").iter(f"{OPF}item") if each.get("href") == "text/a.xhtml")
    assert item.get("properties") == "svg"
    assert drawing.encode() in parts["text/a.xhtml"]


def test_every_face_is_bound_and_named_in_the_styles(parts, faces):
    style = parts["style.css"].decode()
    for face in faces:
        assert parts[f"fonts/{face.file_name}"] == face.data
        assert f'url("fonts/{face.file_name}")' in style
    assert style.endswith(STYLE)


@pytest.mark.parametrize(
    ("inside", "objection"),
    [
        ('<p><a href="#khong-co">x</a></p>', "#khong-co"),
        ('<p><img src="figures/khong-co.png" alt="x"/></p>', "khong-co.png"),
        ('<p><img src="https://example.org/x.png" alt="x"/></p>', "example.org"),
        ('<p id="a">x</p>', "more than once: a"),
        ("<p>x", "not well-formed"),
        ("<p>&nbsp;</p>", "not well-formed"),
    ],
)
def test_a_composition_that_does_not_hold_is_refused(composition, inside, objection):
    with pytest.raises(ValueError, match=re.escape(objection)):
        rebound(composition, Printed(), leaves=one_leaf(inside), outline=())


def test_an_outline_that_leads_nowhere_is_refused(composition):
    with pytest.raises(ValueError, match="#khong-co"):
        rebound(composition, outline=(Entry("Không có", "khong-co"),))


def test_a_leaf_that_cannot_name_a_file_is_refused(composition):
    with pytest.raises(ValueError, match="cannot name a file"):
        rebound(composition, leaves=(Leaf("Điều", "program", "x", '<section id="Điều"/>'),), outline=())


# --- ways in --------------------------------------------------------------------------------------


def test_the_contents_are_nested_and_stand_before_what_they_list(parts):
    assert links_of(nav_of(parts, "toc")) == [
        ("text/van-ban-1.xhtml#chuong-1", "Chương I. Mục đích"),
        ("text/van-ban-1.xhtml#chuong-1.dieu-1", "Điều 1. Vì sao"),
        ("text/van-ban-2.xhtml#chuong-2", "Chương II. Tổ chức & nhân sự"),
        ("text/van-ban-2.xhtml#chuong-2.dieu-3", "Điều 3. Ban"),
    ]
    spine = [each.get("idref") for each in tree(parts, "content.opf").iter(f"{OPF}itemref")]
    assert spine == ["cover", "text-title", "nav", "text-van-ban-1", "text-van-ban-2"]


def test_contents_that_the_layout_shows_are_not_shown_twice(composition):
    leaf = Leaf("contents", "contents", "Mục lục", '<section id="contents"><h1>Mục lục</h1></section>')
    parts = opened(rebound(composition, leaves=(*composition.leaves, leaf)))
    spine = [each.get("idref") for each in tree(parts, "content.opf").iter(f"{OPF}itemref")]
    assert "nav" not in spine
    assert ("text/contents.xhtml", "Mục lục") in links_of(nav_of(parts, "landmarks"))


def test_landmarks_are_cover_contents_and_text(parts):
    assert links_of(nav_of(parts, "landmarks")) == [
        ("cover.xhtml", "Bìa"),
        ("nav.xhtml#toc", "Mục lục"),
        ("text/van-ban-1.xhtml", "Bắt đầu đọc"),
    ]


def test_the_ncx_says_the_same_with_places_in_reading_order(parts):
    ncx = tree(parts, "toc.ncx")
    facts = {each.get("name"): each.get("content") for each in ncx.iter(f"{NCX}meta")}
    assert facts["dtb:uid"] == tree(parts, "content.opf").findtext(f".//{DC}identifier")
    assert (facts["dtb:depth"], facts["dtb:totalPageCount"], facts["dtb:maxPageNumber"]) == ("2", "7", "13")
    points = [each for each in ncx.iter() if each.get("playOrder")]
    placed = sorted(points, key=lambda each: int(each.get("playOrder")))
    assert [int(each.get("playOrder")) for each in placed] == list(range(1, len(points) + 1))
    labels = [each.findtext(f"{NCX}navLabel/{NCX}text") for each in placed]
    assert labels[:5] == ["3", "Chương I. Mục đích", "7", "Điều 1. Vì sao", "8"]


def test_a_long_outline_is_cut_at_the_level_that_can_be_taken_in():
    leaves = tuple(
        Entry(f"{n}", f"n{n}", (Entry("x", f"x{n}", (Entry("y", f"y{n}", (Entry("z", "z"),)),)),)) for n in range(60)
    )
    assert navigation._depth(navigation.limited(leaves[:10])) == 3
    assert navigation._depth(navigation.limited(leaves)) == 2
    assert navigation._depth(navigation.limited(leaves * 3)) == 1


# --- printed pages --------------------------------------------------------------------------------


def marked(inside, edition):
    """Markup and a printed edition → the markup with its marks, each written ``[label]``."""
    gathered = volume.gather(one_leaf(inside))
    (document,) = gathered.documents
    text = markup.spliced(document.markup, pagelist.edits(pagelist.marks(gathered, edition))).decode()
    text = text.removeprefix('<section class="leaf program" id="a">').removesuffix("</section>")
    return re.sub(r'<span epub:type="pagebreak"[^>]*aria-label="([^"]*)"></span>', r"[\1]", text)


@pytest.mark.parametrize(
    ("before", "head", "expected"),
    [
        (3, "hai", '<p id="b">một [4]hai</p>'),
        (5, "i", '<p id="b">một ha[4]i</p>'),
        (1, "&b", '<p id="b">a [4]&amp; b</p>'),
        (2, "b", '<p id="b">a &lt;[4]b</p>'),
        (2, "b", '<p id="b">a&#160;&#x1EB7;[4]b</p>'),
        (1, "bc", '<p id="b">a [4]<em><span class="nb">b c</span></em></p>'),
        (2, "cd", '<p id="b">a <em>b [4]<span class="nb">c d</span></em></p>'),
        (1, "b", '<p id="b">a<a id="n" epub:type="noteref">1</a> [4]b</p>'),
        (1, "c", '<p id="b">a <span id="x">b</span> [4]c</p>'),
        (1, "c", '<p id="b">a <span id="x"><em>b</em> c</span> [4]c</p>'),
        (0, "a", '<p id="b">[4]<strong>a</strong></p>'),
        (0, "ab", '<section id="b">[4]<h2><span>a</span> b</h2></section>'),
        (1, "b", '<section id="b"><h2>a [4]b</h2></section>'),
        (0, "ab", '[4]<table id="b"><caption>a</caption><tr><td>b</td></tr></table>'),
        (1, "b", '<table id="b"><tr><td>a</td><td>[4]b</td></tr></table>'),
        (1, "b", '<table id="b"><tr><td>a</td></tr><tr><td title=">">[4]<em>b</em></td></tr></table>'),
        (0, "a", '<figure id="b">[4]<img alt=">"/><figcaption>a</figcaption></figure>'),
        (0, "a", '<ul><li id="b"><p>[4]a</p></li></ul>'),
        (1, "b", '<p id="b"><span class="verse-line">a</span> [4]<span class="verse-line">b</span></p>'),
    ],
)
def test_a_page_begins_at_its_first_letter(before, head, expected):
    assert marked(expected.replace("[4]", ""), printed({4: ("b", before, head)})) == expected


LONG = "Việc nào chưa làm được thì nói thẳng vì sao và cần ai giúp"


@pytest.mark.parametrize(
    ("before", "head", "expected"),
    [
        pytest.param(9, "Việcnàochưalàmđược", f'<p id="b">(a) [4]{LONG}</p>', id="print says more before it"),
        pytest.param(0, "Việcnàochưalàmđược", f'<p id="b">(a) [4]{LONG}</p>', id="print says less"),
        pytest.param(8, "Việcnàochưalàmđược", f'<p id="b">[4]{LONG} {LONG}</p>', id="the nearest"),
        pytest.param(90, "aigiúp", '<p id="b">Việc nào ai giúp cần [4]ai giúp</p>', id="to the end of the block"),
        pytest.param(0, "Điều5Làmviệc", '<div id="b"><p>[4]Làm rõ thêm</p><p>Làm</p></div>', id="another head"),
        pytest.param(5, "khôngcóởđây", '<p id="b">[4]một hai ba</p>', id="nowhere"),
        pytest.param(
            3, "chú", '<div>[4]<aside epub:type="footnote" id="b"><p>ghi chú</p></aside></div>', id="an aside"
        ),
        pytest.param(3, "chú", '<div epub:type="footnote" id="b"><p>ghi [4]chú</p></div>', id="a note in its place"),
        pytest.param(2, "hai", '<p id="b">mộ<i class="added">x</i> [4]hai</p>', id="what print has not is added"),
    ],
)
def test_where_print_says_other_words_the_letters_tell_the_place(before, head, expected):
    assert marked(expected.replace("[4]", ""), printed({4: ("b", before, head)}, {"b": 4})) == expected


@pytest.mark.parametrize(
    "expected",
    [
        '<p id="b">[4]x</p>',
        '[4]<h2 id="b">x</h2>',
        '<section id="b">[4]<h2>x</h2></section>',
        '<ul id="b"><li><p>[4]x</p></li></ul>',
        '<ul><li id="b">[4]x <p>y</p></li></ul>',
        '[4]<table id="b"><tr><td>x</td></tr></table>',
        '[4]<table><tr id="b"><td></td></tr></table>',
        '<table><tr><td>x</td></tr><tr id="b"><td>[4]</td><td/></tr></table>',
        '<div id="b">[4]<hr/></div>',
        '[4]<hr id="b"/>',
        '<figure id="b">[4]<img alt=""/></figure>',
        '<div id="b">  <p title="a > b">[4]x</p></div>',
        '<p>x <a id="b">y</a></p>',
        '<div><aside epub:type="footnote" id="b"><p>x</p></aside></div>',
        '<div>[4]<aside epub:type="footnote"><p id="b">x</p></aside></div>',
    ],
)
def test_a_page_whose_letters_are_not_told_begins_at_its_first_block(expected):
    assert marked(expected.replace("[4]", ""), printed({}, {"b": 4})) == expected


@pytest.mark.parametrize(
    ("begins", "expected"),
    [
        pytest.param("1·2·3·", "[1]a b [2]c d [3]e f", id="in order"),
        pytest.param("2·3·", "a b [2]c d [3]e f", id="none before"),
        pytest.param("1··3·", "[1]a b c d [3]e f", id="a page that the e-book has not is left out"),
    ],
)
def test_pages_are_marked_in_order(begins, expected):
    letters = {"1": ("p0", 0, "ab"), "2": ("p1", 0, "cd"), "3": ("p2", 0, "ef")}
    told = {int(page): letters[page] for page in begins.replace("·", "")}
    inside = '<p id="p0">a b</p> <p id="p1">c d</p> <p id="p2">e f</p>'
    assert re.sub(r"<[^>]*>", "", marked(inside, printed(told))) == expected


@pytest.mark.parametrize(
    ("pages", "folios", "expected"),
    [
        pytest.param("9123", {}, "· [1]· [2]· [3]·[9]", id="a list that print has at the end"),
        pytest.param("9123", {"p3": 9}, "· [1]· [2]· [3][9]·", id="a block of its own behind the others"),
        pytest.param("1324", {}, "[1]· [2][3]· · [4]·", id="facing pages: where the next page begins"),
        pytest.param("10324", {"p1": 2}, "[1]· [2]· [3]· · [4]·", id="facing pages: a block of it stands in its order"),
    ],
)
def test_a_page_out_of_order_begins_where_its_neighbours_let_it(pages, folios, expected):
    told = {int(page): (f"p{number}", 0, "·") for number, page in enumerate(pages) if page != "0"}
    inside = " ".join(f'<p id="p{number}">·</p>' for number, _ in enumerate(pages))
    assert re.sub(r"<[^>]*>", "", marked(inside, printed(told, folios))) == expected


def test_a_leaf_that_print_fills_with_other_words_is_no_beginning():
    edition = printed({1: ("b", 0, "x"), 2: ("a", 0, "Phầnghichép"), 3: ("c", 0, "y")})
    assert re.sub(r"<[^>]*>", "", marked('<p id="b">x</p> <p id="c">y</p>', edition)) == "[1]x [3]y"


def test_labels_are_the_folios_as_printed_and_ids_are_plain_and_free():
    labels = ["iv", "12", "12a", "12a", "Bìa 1", "Đ"]
    inside = "".join(f'<p id="p{number}">x</p>' for number, _ in enumerate(labels))
    leaves = one_leaf(inside + '<p id="tr12">y</p>')
    told = {number + 1: (f"p{number}", 0, "x") for number, _ in enumerate(labels)}
    found = pagelist.marks(volume.gather(leaves), printed(told, {}, labels, len(labels)))
    assert [(mark.label, mark.id) for mark in found] == list(
        zip(labels, ["triv", "tr12-2", "tr12a", "tr12a-2", "trbia-1", "tr"], strict=True)
    )


def test_the_ncx_tells_roman_folios_and_others_from_numbers(composition):
    labels = ["iv", "12", "12a"]
    inside = "".join(f'<p id="p{number}">x</p>' for number, _ in enumerate(labels))
    told = {number + 1: (f"p{number}", 0, "x") for number, _ in enumerate(labels)}
    bound = rebound(composition, printed(told, {}, labels, 3), leaves=one_leaf(inside), outline=())
    targets = list(tree(opened(bound), "toc.ncx").iter(f"{NCX}pageTarget"))
    assert [(each.get("type"), each.get("value")) for each in targets] == [
        ("front", None),
        ("normal", "12"),
        ("special", None),
    ]
    assert bound.pages == ("iv", "12", "12a")


def test_the_page_list_is_that_of_the_marks(bound, parts):
    assert bound.pages == ("3", "7", "8", "10", "11", "12", "13")
    listed = links_of(nav_of(parts, "page-list"))
    assert [label for _, label in listed] == list(bound.pages)
    marks = [
        (f"{name}#{each.get('id')}", each.get("aria-label"))
        for name in ("text/title.xhtml", "text/van-ban-1.xhtml", "text/van-ban-2.xhtml")
        for each in tree(parts, name).iter(f"{XHTML}span")
        if each.get(f"{EPUB}type") == "pagebreak" and each.get("role") == "doc-pagebreak" and not each.text
    ]
    assert marks == listed


def test_notes_are_never_marked(parts):
    aside = next(tree(parts, "text/van-ban-1.xhtml").iter(f"{XHTML}aside"))
    assert not list(aside.iter(f"{XHTML}span"))


def test_without_a_printed_edition_there_is_no_page_list(composition):
    bare = bind(composition, Printed())
    assert bare.pages == ()
    assert b"page-list" not in opened(bare)["nav.xhtml"]
    assert b"pageList" not in opened(bare)["toc.ncx"]


# --- the cover ------------------------------------------------------------------------------------


def test_the_cover_is_a_picture_that_says_what_it_shows(parts):
    assert parts["cover.jpg"] == COVER.picture
    image = next(tree(parts, "cover.xhtml").iter(f"{XHTML}img"))
    assert image.get("alt") == f"Bìa: {COVER.words}"
    items = {each.get("id"): each.get("properties") for each in tree(parts, "content.opf").iter(f"{OPF}item")}
    assert items["cover-picture"] == "cover-image"


def test_without_a_cover_there_is_no_page_for_it(composition):
    parts = opened(bind(composition, PRINTED))
    assert not [name for name in parts if name.startswith("cover")]
    assert b"cover" not in parts["content.opf"]
    assert links_of(nav_of(parts, "landmarks"))[0][0] == "nav.xhtml#toc"


def test_a_cover_made_for_print_gives_way_to_the_picture(composition):
    leaf = Leaf("cover", "cover", "Bìa", '<section class="leaf cover" id="cover"><p>Bìa</p></section>')
    assert "text/cover.xhtml" not in opened(rebound(composition, leaves=(leaf, *composition.leaves)))


# --- the judges -----------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("printed", [PRINTED, Printed()], ids=["with pages", "without"])
def test_epubcheck_has_no_remark(composition, printed, tmp_path):
    path = tmp_path / "book.epub"
    path.write_bytes(bind(composition, printed, cover=COVER).epub)
    assert validators.epubcheck(path) == ()


@pytest.mark.slow
def test_ace_has_no_remark(bound, tmp_path):
    path = tmp_path / "book.epub"
    path.write_bytes(bound.epub)
    assert validators.ace(path) == ()
