"""The pages of a site as they are written: what stands on them, where they lead, and that no words can break them."""

import itertools
import json
import posixpath
import re
from dataclasses import replace
from urllib.parse import unquote, urlsplit

import catalogues
import pytest
from lxml import html

from builder.shelf.manifest import EditionFacts, SessionFacts
from builder.site import devices, editions, packed, pages, search
from builder.site.nouns import Title
from builder.site.words import words

VI, EN = words("vi"), words("en")
INLINE = re.compile(rb"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=|javascript:|data:", re.IGNORECASE)


def page(title, **told):
    """The page of a publication, read."""
    return html.fromstring(pages.title_page(catalogues.catalogue(title, **told), title))


def said(tree, path="//main"):
    return [" ".join(" ".join(each.itertext()).split()) for each in tree.xpath(path)]


@pytest.fixture(scope="module", params=["", catalogues.ADDRESS], ids=["a disk", "the web"])
def shelf(request):
    return catalogues.catalogue(address=request.param)


@pytest.fixture(scope="module")
def site(shelf, tmp_path_factory):
    return catalogues.written(shelf, tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def trees(site):
    """Every page of the site by its path, read."""
    return {
        file.relative_to(site): html.parse(file).getroot()
        for file in site.glob("**/index.html")
        if "doc" not in str(file.parent.name)
    }


def test_every_link_leads_to_a_file_of_the_site(site, shelf, trees):
    links = {
        (path, link)
        for path, tree in trees.items()
        for _, _, link, _ in tree.iterlinks()
        if not shelf.address or not link.startswith(shelf.address)
    }
    for path, link in links:
        way = urlsplit(link)
        assert (way.scheme, way.netloc) == ("", ""), link
        target = posixpath.normpath(posixpath.join(path.parent, unquote(way.path))) if way.path else str(path)
        assert (site / target).is_file(), (path, link)
        if way.fragment and target.endswith(".html"):
            assert html.parse(site / target).xpath("//*[@id=$id]", id=unquote(way.fragment)), (path, link)


def test_a_page_has_no_script_and_no_style_of_its_own(site):
    assert [
        file for file in site.glob("**/index.html") if INLINE.search(re.sub(rb">[^<]*<", b"><", file.read_bytes()))
    ] == []


def test_every_page_has_one_heading_of_the_first_rank_and_ids_that_are_unique(trees):
    for path, tree in trees.items():
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        assert len(tree.xpath("//h1")) == 1, path
        ranks = [int(each.tag[1]) for each in tree.xpath("//h1|//h2|//h3")]
        assert [pair for pair in itertools.pairwise(ranks) if pair[1] > pair[0] + 1] == [], path


def test_hostile_words_stay_words():
    title = catalogues.trying()[0]
    shelf = catalogues.catalogue(title, name=catalogues.HOSTILE)
    written = (pages.front(shelf), pages.title_page(shelf, title))
    for tree in map(html.fromstring, written):
        assert [each.get("src") for each in tree.xpath("//script")] in (["site.js"], ["../site.js"])
        assert catalogues.HOSTILE in "".join(tree.xpath("//title")[0].itertext())
        # What turns the direction of letters ends where the words end.
        assert {
            each.getparent().tag if each.tag == "a" else each.tag for each in tree.xpath("//bdi[contains(., 'đảo')]")
        } == {"bdi"}
    assert f"\n{catalogues.HOSTILE}\n" not in written[0].decode()
    ((_, data),) = [each for each in search.files(shelf) if each[0] == search.DATA]
    assert b"<" not in data


def test_what_ends_a_line_of_a_script_ends_none_in_the_search():
    """Browsers before 2019 take U+2028 and U+2029 in a string for the end of the line."""
    shelf = catalogues.catalogue(catalogues.full(title="Một\u2028hai\u2029ba"))
    for name, data in search.files(shelf):
        assert not {"\u2028", "\u2029"} & {*data.decode()}, name


def test_a_very_long_title_is_whole_on_its_own_page_and_cut_on_the_front():
    title = catalogues.trying()[1]
    assert said(page(title), "//h1") == [catalogues.LONG.strip()]
    (cut,) = said(html.fromstring(pages.front(catalogues.catalogue(title))), "//h3")
    assert catalogues.LONG.startswith(cut.removesuffix("…"))
    assert 100 < len(cut) <= 160
    assert packed._short("dài" * 100, 60) == "dài" * 20 + "…"


def test_a_heading_is_broken_between_its_words_and_keeps_its_characters():
    told = "Quy ước thư viện  <thôn> Đông"
    (heading,) = page(catalogues.full(title=told)).xpath("//h1")
    assert [each.text for each in heading.find_class("word")] == ["Quy ước", "thư viện"]
    assert heading.text_content() == told
    assert not page(catalogues.full(title=told, language="en")).xpath("//h1//span")


def test_a_publication_says_all_that_is_known_of_it():
    (told,) = said(page(catalogues.full()))
    for words_ in (
        "Sổ tay bạn đọc Quy ước thư viện thôn Đông Tài liệu có giải thích Lưu hành nội bộ Đọc ngay trong trình duyệt",
        "Đơn vị Nhà văn hóa thôn Đông – Tổ quản lý thư viện Kỳ Năm 2026 Ngày phát hành 15/3/2026",
        "Văn bản gốc Quy ước số 05-QƯ/TĐ ngày 01/3/2026 của Hội nghị các hộ về thư viện thôn",
        "Ngôn ngữ Tiếng Việt",
        "Nguyên văn, bản in A4, chữ lớn Quy ước thư viện thôn Đông. Nguyên văn Sách điện tử, số trang theo bản in A4",
        "Nguyên văn, trang vừa màn hình điện thoại PDF 900 kB, 140 trang, bản của lần làm sách trước",
        "Tờ phát tay, bản in A4 Buổi 1. Đọc và bàn 96 kB, 2 trang Buổi 2. Ghi chép",
        "Dành cho chủ trì Có gợi ý",
        "Ruột sách cho nhà in 2,6 MB, 72 trang Thông số cho nhà in 1 kB",
        "quy-uoc-thu-vien-nguoi-du-002.epub 285 kB",
        "Cập nhật 16/3/2026",
    ):
        assert words_ in told


def test_what_a_publication_has_not_is_not_spoken_of():
    trying = catalogues.trying()
    bare, empty = page(trying[3]), page(trying[4])
    assert said(bare, "//h2") == ["Tải về", "Tất cả các bản", "Kiểm tra tệp tải về"]
    assert said(empty, "//h2") == []
    assert (bare.xpath("//img"), bare.xpath("/html/@data-doc"), said(bare, "//dl[@class='facts']")[0]) == (
        [],
        [],
        "Ngôn ngữ Tiếng Việt",
    )
    assert said(bare, "//*[@class='rights']") == []
    plain = page(replace(catalogues.full(), copies=(), leaders=(), printing=()))
    assert said(plain, "//h2") == ["Tải về", "Mục lục", "Tất cả các bản", "Kiểm tra tệp tải về"]


def test_a_long_list_of_numbered_copies_is_folded():
    copies = tuple(catalogues.download("a", catalogues.A5, "copy", f"-{number:03}.epub") for number in range(999))
    few, many = page(catalogues.full()), page(replace(catalogues.full(), copies=copies))
    assert said(few, "//details[@open]/summary") == ["3 bản"]
    assert (said(many, "//details[@open]"), said(many, "//details/summary")[0]) == ([], "999 bản")


def kinds(*wanted, pages_=True, phone=False):
    title = catalogues.full()
    first = title.offers[0]
    offers = (replace(first, files=tuple(each for each in first.files if each.kind in wanted)),) if wanted else ()
    chosen = [each for each in title.pages if each.edition.on_screen is phone] if pages_ else []
    return replace(title, offers=offers, pages=tuple(chosen), printing=())


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (kinds("epub", "kepub", "azw3"), ["screen epub", "kobo kepub", "kindle azw3", "paper pdf"]),
        (kinds("epub"), ["screen epub", "kobo epub", "kindle none", "paper pdf"]),
        (kinds("epub", pages_=False), ["screen epub", "kobo epub", "kindle none"]),
        (kinds(), ["screen pdf", "paper pdf"]),
        (kinds(phone=True), ["screen pdf"]),
        (kinds(pages_=False), []),
    ],
)
def test_which_file_is_for_which_device_is_told_in_four_lines_at_most(title, lines):
    assert [f"{each.device} {each.file.kind if each.file else 'none'}" for each in devices.lines(title)] == lines
    assert len(page(title).xpath("//dl[@class='devices']/div")) == len(lines)


def test_the_contents_lead_into_the_web_edition_by_the_ids_of_printed_codes():
    tree = page(catalogues.full())
    items = tree.xpath("//nav[@class='contents']//li")
    assert [each.get("id") for each in items] == [anchor for _, _, anchor in catalogues.CONTENTS]
    assert [each.xpath("a/@href")[0] for each in items] == [f"doc/index.html#{each.get('id')}" for each in items]
    assert [len(each.xpath("ancestor::li")) for each in items] == [0, 0, 1, 1, 0, 1, 0]
    own = {each for each in tree.xpath("//@id") if each.startswith("_")}
    assert own == {*tree.xpath("//@id")} - {each.get("id") for each in items}
    assert tree.get("data-doc") == "doc/index.html"


def test_two_headings_that_lead_to_one_place_have_one_id():
    title = catalogues.full()
    twice = catalogues.offer("a", title="A", contents=((1, "Một", "mot"), (1, "Lại một", "mot"), (3, "Sâu", "sau")))
    tree = page(replace(title, offers=(twice,)))
    assert tree.xpath("//nav[@class='contents']//li/@id") == ["mot", "sau"]


def test_the_front_page_is_parted_by_years_and_what_is_undated_comes_last():
    undated, old, new = catalogues.trying()[3], catalogues.trying()[4], catalogues.full()
    tree = html.fromstring(pages.front(catalogues.catalogue(new, undated, old)))
    assert said(tree, "//main//section/h2")[1:4] == ["2026", "2025", "Chưa ghi ngày"]
    assert tree.xpath("//nav[@class='years']//a/@href") == ["#_2026", "#_2025", "#_khac"]
    one = html.fromstring(pages.front(catalogues.catalogue(new)))
    assert (one.xpath("//nav"), said(one, "//*[@id='_danh-sach']/h2")) == ([], ["Các ấn phẩm, mới nhất trước"])


def test_what_one_chooses_from_is_in_the_order_of_the_alphabet_and_of_time():
    titles = [catalogues.ordinary(number) for number in range(9)]
    tree = html.fromstring(pages.front(catalogues.catalogue(*titles)))
    assert said(tree, "//select[@name='loai']/option")[1:] == [
        "Chương trình hành động",
        "Hỏi – đáp",
        "Nghị quyết",
        "Sổ tay bạn đọc",
        "Tài liệu sinh hoạt chi bộ",
    ]
    assert said(tree, "//select[@name='ky']/option")[1:] == [f"Quý {each}/2026" for each in ("I", "II", "III", "IV")]
    assert html.fromstring(pages.front(catalogues.catalogue(titles[0]))).xpath("//select") == []


def test_a_shelf_with_nothing_on_it_says_so():
    (told,) = said(html.fromstring(pages.front(replace(catalogues.catalogue(), titles=()))))
    assert told.startswith("Tủ sách thôn Đông 0 ấn phẩm Chưa có ấn phẩm nào.")


def test_codes_and_whole_addresses_are_there_when_the_address_is_known():
    title = catalogues.full()
    far, near = page(title, address=catalogues.ADDRESS), page(title)
    assert far.xpath("//link[@rel='canonical']/@href") == ["https://sach.example.org/quy-uoc-thu-vien/"]
    assert far.xpath("//img[@class='code']/@alt") == ["Mã QR của trang này: https://sach.example.org/quy-uoc-thu-vien/"]
    assert (near.xpath("//link[@rel='canonical']"), near.xpath("//img[@class='code']")) == ([], [])
    front = html.fromstring(pages.front(catalogues.catalogue(title, address=catalogues.ADDRESS)))
    assert said(front, "//code") == [
        f"https://sach.example.org/{each}" for each in ("opds/index.xml", "opds2/index.json")
    ]
    assert front.xpath("//footer//a/@href") == ["SHA256SUMS", "thong-bao-a4.pdf", "thong-bao-a5.pdf"]


def test_pages_that_nobody_is_to_find_ask_search_engines_to_keep_off():
    tree = page(catalogues.full(), address=catalogues.ADDRESS, unlisted=True)
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex, nofollow"]
    assert tree.xpath("//meta[@name='referrer']/@content") == ["no-referrer"]
    assert tree.xpath("//link[@rel='canonical']") == []
    assert page(catalogues.full()).xpath("//meta[@name='robots']") == []


def test_an_english_shelf_speaks_english_and_marks_what_does_not():
    tree = page(catalogues.full(), language="en")
    assert (tree.get("lang"), tree.xpath("//h1/@lang")) == ("en", ["vi"])
    assert said(tree, "//h2")[:3] == ["Download", "Contents", "All editions"]
    assert "Published 15 March 2026" in said(tree)[0]
    vietnamese = page(catalogues.trying()[2])
    assert (vietnamese.get("lang"), vietnamese.xpath("//h1/@lang")) == ("vi", ["en"])


@pytest.mark.parametrize(
    ("edition", "vi", "en"),
    [
        (catalogues.A5, "Văn bản và phần làm rõ, bản in A5", "Text and commentary, printed A5"),
        (catalogues.LARGE, "Nguyên văn, bản in A4, chữ lớn", "Text only, printed A4, large type"),
        (catalogues.PHONE, "Nguyên văn, trang vừa màn hình điện thoại", "Text only, pages for a phone's screen"),
        (
            catalogues.SHOP,
            "Văn bản và phần làm rõ, bản in 14,5 × 20,5 cm",
            "Text and commentary, printed 14.5 × 20.5 cm",
        ),
        (EditionFacts("a", "cua-ta", "vn-13x19", 130, 190), "cua-ta, bản in 13 × 19 cm", "cua-ta, printed 13 × 19 cm"),
    ],
)
def test_an_edition_is_called_what_it_is_printed_as(edition, vi, en):
    assert (editions.named(edition, VI), editions.named(edition, EN)) == (vi, en)


def test_two_editions_that_would_be_called_the_same_are_told_apart():
    alike = (
        catalogues.A5,
        catalogues.LARGE,
        replace(catalogues.A5, name="dong-ghim", scheme="side"),
        replace(catalogues.A5, name="tung-buoi", scheme="side", per="session"),
        replace(catalogues.A5, name="ghim-nua", scheme="side"),
        replace(catalogues.A5, name="chu-tri", audience="leader"),
    )
    title = replace(catalogues.full(), facts=replace(catalogues.full().facts, editions=alike))
    assert list(editions.names(title, VI).items()) == [
        ("nguoi-du", "Văn bản và phần làm rõ, bản in A5"),
        ("chu-lon", "Nguyên văn, bản in A4, chữ lớn"),
        ("dong-ghim", "Văn bản và phần làm rõ, bản in A5, ghim cạnh"),
        ("tung-buoi", "Văn bản và phần làm rõ, bản in A5, mỗi buổi một tệp"),
        ("ghim-nua", "Văn bản và phần làm rõ, bản in A5 (ghim-nua)"),
        ("chu-tri", "Văn bản và phần làm rõ, bản in A5"),
    ]


@pytest.mark.parametrize(
    ("number", "called", "said_"),
    [
        ("1", "Đọc và bàn", "Buổi 1. Đọc và bàn"),
        ("1", "Buổi 1. Đọc và bàn", "Buổi 1. Đọc và bàn"),
        ("1", "Buổi 10 năm trước", "Buổi 1. Buổi 10 năm trước"),
        ("2a", "Kỳ 2a: Bàn", "Kỳ 2a: Bàn"),
    ],
)
def test_a_session_is_numbered_once(number, called, said_):
    facts = replace(catalogues.full().facts, sessions=(SessionFacts("buoi-1", number, called),))
    title = replace(catalogues.full(), facts=facts)
    handout = next(each for each in title.pages if each.name.endswith("-buoi-1.pdf"))
    assert editions.session(title, handout, VI) == said_
    assert editions.session(title, title.pages[0], VI) == ""


def test_every_layout_has_a_name_that_members_understand(root):
    layouts = {path.parent.name for path in (root / "layouts").glob("*/layout.yaml")} - {"base"}
    assert layouts == {name for name, _ in VI.pairs("layouts")} == {name for name, _ in EN.pairs("layouts")}


def test_every_kind_of_file_has_a_name():
    from builder.works.asked import COPIES, FILES  # noqa: PLC0415 - the site may not know it

    assert {*FILES, *COPIES.values()} == {name for name, _ in VI.pairs("files")}


def _read(data, before, after):
    return json.loads(data.decode().removeprefix(before).removesuffix(after))


def test_what_the_search_goes_by_names_every_publication_and_every_heading():
    titles = [catalogues.ordinary(number, headings=40) for number in range(120)]
    titles[7] = replace(titles[7], offers=())
    files = dict(search.files(catalogues.catalogue(*titles)))
    assert list(files)[-1] == search.DATA
    data = files.pop(search.DATA).decode()
    told = json.loads(re.search(r"titles:(\[.*\]),parts", data, re.DOTALL)[1])
    assert [each[:2] for each in told] == [[each.slug, each.facts.title] for each in titles]
    assert json.loads(re.search(r"parts:(\[.*?\])", data)[1]) == list(files)
    assert f"size:{sum(map(len, files.values()))}" in data
    found = []
    for part in files.values():
        assert len(part) < 1.1 * search.PART
        first, lines = _read(part.replace(b"SHELF.found.push([", b"[").replace(b"]);\n", b"]"), "", "")
        assert first == len(found)
        found += lines
    assert [len(each) for each in found] == [0 if number == 7 else 80 for number in range(120)]
    assert found[3][:2] == ["Điều 1. Việc thứ 3 của xây dựng nông thôn mới", "chuong-1.dieu-1"]


def test_headings_are_bounded():
    contents = tuple((1, "Một đề mục " * 50, f"a-{number}") for number in range(1000))
    title = replace(catalogues.full(), offers=(catalogues.offer("a", title="A", contents=contents, reading="doc-a"),))
    parts = dict(search.files(catalogues.catalogue(title)))
    assert b',"doc-a"]' in parts[search.DATA]
    assert max(map(len, parts.values())) < 100_000
    assert b"search-1.js" not in dict(search.files(catalogues.catalogue(Title("a", title.facts))))[search.DATA]
