"""Feeds of a catalogue in both versions: what stands where, in what order and under what name; a stranger's words."""

import json
from dataclasses import replace

import pytest
from lxml import etree
from opds_read import (
    CATALOGUES,
    CLEAN,
    LARGE,
    NAMES,
    REL,
    Link,
    catalogue,
    feeds,
    many,
    moment,
    offer,
    read,
    title,
)

from builder.site import opds1, opds2
from builder.site.shelving import NARROW, PER_PAGE, SHOWN

BOTH = pytest.mark.parametrize("version", [opds1, opds2])


def told(shelf, version=opds1):
    """The feeds of one version by name: what stands in them."""
    documents = version.feeds(shelf)
    return {each.path: each for each in (read(path, document, shelf.address) for path, document in documents)}


@pytest.mark.parametrize("name", CATALOGUES)
def test_both_versions_say_the_same(name):
    first, second = told(CATALOGUES[name]), told(CATALOGUES[name], opds2)
    assert list(first) == list(second)
    for path, feed in first.items():
        if name == "hostile":  # JSON has no place for a date that is none
            assert {book.said.pop("issued") for book in feed.books} <= {CLEAN}
            assert {book.said.pop("issued") for book in second[path].books} <= {None}
        assert feed == second[path]


@BOTH
def test_the_same_catalogue_gives_the_same_bytes_one_document_at_a_time(version):
    assert list(version.feeds(many(51))) == list(version.feeds(many(51)))
    begun = version.feeds(many(51))
    assert next(begun)[0] == version.ROOT
    assert len(list(begun)) == len(dict(version.feeds(many(51)))) - 1


def test_names_of_files_tell_any_server_what_they_are_and_fit_any_disk():
    kind = "Tài liệu " * 40
    paths = feeds(catalogue(title(1, kind=kind), title(2, kind="言葉"), title(3, kind="CON")))
    assert all(path.endswith((".xml", ".json")) and path.isascii() and path == path.lower() for path in paths)
    assert max(map(len, paths)) < 100


@BOTH
@pytest.mark.parametrize(
    ("books", "pages"), [(0, [0]), (1, [1]), (49, [49]), (50, [50]), (51, [50, 1]), (120, [50, 50, 20])]
)
def test_lists_are_told_in_pages(version, books, pages):
    found = told(many(books), version)
    lists = [found[name] for name in ("moi", "moi_trang-2", "moi_trang-3") if name in found]
    assert [len(each.books) for each in lists] == pages
    assert [each.counts for each in lists] == [(books, PER_PAGE, number) for number in range(1, len(pages) + 1)]
    assert len({each.id for each in lists}) == len({each.updated for each in lists}) == 1
    last = lists[-1].path if len(lists) > 1 else ""
    assert [each.to("last") for each in lists] == [last] * len(lists)
    assert [each.to("first") for each in lists] == ["moi" if last else ""] * len(lists)
    assert [each.to("next") for each in lists] == [each.path for each in lists[1:]] + [""]
    assert [each.to("previous") for each in lists] == [""] + [each.path for each in lists[:-1]]


@BOTH
def test_the_newest_stand_first_and_the_list_for_programs_goes_by_change(version):
    changed = ("2026-03-01T06:00:00+07:00", "2026-02-28T23:30:00Z", "2020-01-01T00:00:00Z")
    shelf = catalogue(*(title(3 - n, offers=(offer(f"s-{n}", 3 - n, updated=day),)) for n, day in enumerate(changed)))
    found = told(shelf, version)
    assert [book.title for book in found["moi"].books] == ["Sổ tay số 3", "Sổ tay số 2", "Sổ tay số 1"]
    assert [book.title for book in found["tat-ca"].books] == ["Sổ tay số 2", "Sổ tay số 3", "Sổ tay số 1"]
    assert found["moi"].updated == found["index"].updated == changed[1]
    assert {feed.to(f"{REL}crawlable") for feed in found.values()} == {"tat-ca"}


def test_the_list_for_programs_is_whole_unless_it_is_very_long(monkeypatch):
    assert told(many(120))["tat-ca"].complete
    monkeypatch.setattr("builder.site.shelving.AT_ONCE", 100)
    assert not told(many(120))["tat-ca"].complete


@BOTH
def test_the_root_leads_to_lists_by_kind_and_period(version):
    found = told(many(12), version)
    assert found["index"].ways == [
        (f"{REL}sort/new", "Mới nhất", "moi", 12),
        ("subsection", "Theo loại", "loai", 3),
        ("subsection", "Theo kỳ", "ky", 4),
    ]
    assert [way[1:] for way in found["loai"].ways] == [
        ("Ấn phẩm chuyên đề", "loai-an-pham-chuyen-de", 4),
        ("Nghị quyết", "loai-nghi-quyet", 4),
        ("Sổ tay bạn đọc", "loai-so-tay-ban-doc", 4),
    ]
    assert [way[1] for way in found["ky"].ways] == ["Quý 1/2026", "Quý 4/2026", "Quý 3/2026", "Quý 2/2026"]
    assert {link.to for link in found["index"].links if link.rel == "alternate"} == {"index", "index.html"}


@BOTH
def test_a_kind_that_all_have_parts_nothing(version):
    found = told(catalogue(*(title(number, kind="Sổ tay") for number in (2, 1))), version)
    assert list(found) == ["index", "moi", "tat-ca"]
    assert not found["moi"].facets
    assert found["moi"].books[0].subjects[0][1:] == ("so-tay", "Sổ tay")
    some = told(catalogue(title(2, kind="Sổ tay"), title(1)), version)
    assert some["moi"].facets == {"Loại": [("moi", 2, "Tất cả", True), ("loai-so-tay", 1, "Sổ tay", False)]}


@BOTH
def test_facets_narrow_by_one_side_and_by_both(version):
    found = told(many(120), version)
    assert found["moi"].facets["Loại"] == [
        ("moi", 120, "Tất cả", True),
        ("loai-an-pham-chuyen-de", 40, "Ấn phẩm chuyên đề", False),
        ("loai-nghi-quyet", 40, "Nghị quyết", False),
        ("loai-so-tay-ban-doc", 40, "Sổ tay bạn đọc", False),
    ]
    both = found["loai-nghi-quyet_ky-quy-2-2026"]
    assert both.title == "Nghị quyết · Quý 2/2026"
    assert [book.subjects[:2] for book in both.books] == [both.books[0].subjects[:2]] * 10
    assert both.facets["Kỳ"][0] == ("loai-nghi-quyet", 40, "Tất cả", False)
    assert [(to, is_active) for to, _, _, is_active in both.facets["Loại"] if is_active] == [(both.path, True)]


def test_a_short_list_is_not_parted_again_nor_are_there_more_facets_than_one_can_read():
    kinds = [f"Loại {number}" for number in range(40)]
    found = told(many(40 * NARROW, kinds, periods=1))
    assert len(found["moi"].facets["Loại"]) == 1 + SHOWN
    last = found["loai-loai-39"]
    assert last.facets["Loại"][-1] == ("loai-loai-39", NARROW, "Loại 39", True)
    assert len(found["loai"].ways) == 40
    assert not [path for path in told(many(4 * NARROW, periods=4)) if "_ky" in path]


@BOTH
def test_feeds_grow_as_the_catalogue_does(version):
    def size(count):
        shelf = many(count, [f"Loại {number}" for number in range(count)], periods=count)
        return sum(len(document) for _, document in version.feeds(shelf))

    assert size(200) < size(100) * 2.2


def test_a_book_is_told_whole():
    shelf = catalogue(title(7, kind="Sổ tay", period="Quý II/2026", notice="Dùng trong sinh hoạt."), title(1))
    (book, _) = told(shelf)["moi"].books
    assert (book.title, book.updated) == ("Sổ tay số 7", moment(7))
    assert book.id.startswith("urn:uuid:")
    assert book.said == {
        "author": "Tổ biên soạn",
        "publisher": "Chi bộ Thôn Đông",
        "language": "vi",
        "issued": moment(7)[:10],
        "other id": None,
        "about": "Tài liệu học tập\nVăn bản với chú giải.\nDùng trong sinh hoạt.\n"
        "Số trang ghi theo bản in A5 (37 trang).",
        "pages": 37,
        "series": "Sổ tay",
    }
    assert [subject[1:] for subject in book.subjects] == [
        ("so-tay", "Sổ tay"),
        ("quy-ii-2026", "Quý II/2026"),
        ("học tập", "học tập"),
    ]
    taken, file = f"{REL}acquisition/open-access", "so-tay-7/so-tay-7-nguoi-du"
    assert set(book.links) == {
        Link(taken, f"{file}.epub", "application/epub+zip", "EPUB", 100_007),
        Link(taken, f"{file}.kepub.epub", "application/kepub+zip", "EPUB cho Kobo", 100_007),
        Link(taken, f"{file}.azw3", "application/vnd.amazon.mobi8-ebook", "AZW3 cho Kindle", 100_007),
        Link(f"{REL}image", "so-tay-7/bia.jpg", "image/jpeg"),
        Link(f"{REL}image/thumbnail", "so-tay-7/nho-bia.jpg", "image/jpeg"),
        Link("alternate", "so-tay-7/index.html", "text/html"),
        Link("alternate", "so-tay-7/doc/index.html", "text/html", "Đọc ngay trong trình duyệt", language="vi"),
    }


def test_feeds_say_their_language_and_a_book_its_own_where_that_is_another():
    english = title(2, offers=(offer("so-tay-2", 2, language="en"),))
    atom = etree.fromstring(dict(opds1.feeds(catalogue(english, title(1))))["opds/moi.xml"])
    assert atom.get(opds1.LANGUAGE) == "vi"
    assert [each.get(opds1.LANGUAGE) for each in atom.iterfind("a:entry", NAMES)] == ["en", None]


def test_what_each_version_alone_has_a_place_for():
    atom = etree.fromstring(dict(opds1.feeds(many(1)))["opds/moi.xml"])
    assert atom.findtext("a:entry/a:rights", None, NAMES) == "Lưu hành nội bộ"
    assert atom.findtext("a:entry/dc:extent", None, NAMES) == "37 trang"
    (book,) = json.loads(dict(opds2.feeds(many(1)))["opds2/moi.json"])["publications"]
    assert book["metadata"]["belongsTo"] == {"series": {"name": "Sổ tay", "position": 1}}
    assert book["metadata"]["accessibility"] == {"summary": "Có mục lục và số trang bản in."}
    assert book["metadata"]["subtitle"] == "Tài liệu học tập"
    assert (book["images"][0]["width"], book["images"][0]["height"]) == (800, 1200)


@BOTH
def test_what_nobody_has_said_is_left_out(version):
    (book,) = told(CATALOGUES["bare"], version)["moi"].books
    assert {name for name, said in book.said.items() if said} == {"author", "publisher", "language"}
    assert book.said["author"] == "Chi bộ Thôn Đông"
    assert {link.rel for link in book.links} == {f"{REL}acquisition/open-access", "alternate"}


@BOTH
def test_two_editions_are_told_apart_and_each_session_is_a_book(version):
    editions = told(CATALOGUES["two editions"], version)["moi"].books
    assert [book.title for book in editions] == [
        "Sổ tay số 1 (Văn bản và phần làm rõ, bản in A5)",
        "Sổ tay số 1 (Nguyên văn, bản in A4, chữ lớn)",
    ]
    sessions = told(CATALOGUES["sessions"], version)["moi"].books
    assert [book.title for book in sessions] == [f"Buổi {number}. Thảo luận" for number in (1, 2, 3)]


@BOTH
def test_english_has_its_own_words(version):
    found = told(CATALOGUES["English"], version)
    assert [way[1] for way in found["index"].ways] == ["Newest", "By kind", "By period"]
    assert "37 pages" in found["moi"].books[0].said["about"]


def test_names_stay_when_the_catalogue_grows_or_moves():
    small, grown = told(many(20)), told(many(120))
    moved = told(many(20, address="https://sach.example/"))
    assert (
        {path: feed.id for path, feed in small.items()}
        == {path: grown[path].id for path in small}
        == {path: feed.id for path, feed in moved.items()}
    )
    known = {book.id for book in grown["tat-ca"].books}
    assert len(known) == 120
    assert known >= {book.id for book in small["tat-ca"].books}
    other = told(many(20, identity="tu-sach-khac"))
    assert not {feed.id for feed in small.values()} & {feed.id for feed in other.values()}
    assert [book.id for book in small["moi"].books] == [book.id for book in other["moi"].books]


@BOTH
def test_an_identifier_of_two_books_names_neither(version):
    copied = [title(number, slug=slug, offers=(offer("a", number),)) for number, slug in ((2, "a"), (1, "b"))]
    found = told(catalogue(*copied), version)["moi"].books
    assert len({book.id for book in found}) == 2
    assert len({book.said["other id"] for book in found}) == 1
    assert told(catalogue(copied[1]), version)["moi"].books[0].id == found[0].said["other id"]
    isbn = told(catalogue(title(offers=(offer("a", identifier="978-604-1-2345 6"),))), version)["moi"].books[0]
    assert (isbn.id[:9], isbn.said["other id"]) == ("urn:uuid:", "978-604-1-2345 6")


@BOTH
def test_labels_that_look_alike_in_ascii_are_two(version):
    found = told(catalogue(*(title(n, kind=kind) for n, kind in enumerate(("Sổ tay", "Số tay", "SỔ  TAY")))), version)
    assert [(way[1], way[3]) for way in found["loai"].ways] == [("Sổ tay", 2), ("Số tay", 1)]
    assert len({way[2] for way in found["loai"].ways}) == 2


@BOTH
def test_links_are_relative_or_the_address_is_known(version):
    for path, document in version.feeds(many(51)):
        hrefs = list(links(path, document))
        assert not [href for href in hrefs if "://" in href or href.startswith("/")]
    for path, document in version.feeds(CATALOGUES["an address"]):
        assert all(href.startswith("https://sach.example/chi-bo/") for href in links(path, document))


def links(path, document):
    if path.endswith(".xml"):
        yield from (link.get("href") for link in etree.fromstring(document).iter(f"{{{opds1.ATOM}}}link"))
        return
    waiting = [json.loads(document)]
    while waiting:
        here = waiting.pop()
        yield from [here["href"]] if isinstance(here, dict) and "href" in here else []
        waiting += here.values() if isinstance(here, dict) else here if isinstance(here, list) else []


@BOTH
def test_a_strangers_words_are_words(version):
    feed = told(CATALOGUES["hostile"], version)["moi"]
    (book,) = feed.books
    assert (book.title, book.said["author"], book.said["series"]) == (CLEAN, CLEAN, CLEAN)
    assert book.said["language"] == "vi"
    assert book.said["about"].splitlines()[0] == CLEAN
    assert [label for *_, label in book.subjects] == [CLEAN] * 3
    assert "tập 1 #2?&%/tập 1: #2?&%-nguoi-du.epub" in {link.to for link in book.links}


def test_every_character_there_is_can_be_told():
    points = [*range(0x300), *range(0xD7F0, 0xE010), *range(0xFDC0, 0xFE00), *range(0xFFF0, 0x10010), 0x10FFFF]
    every = "".join(map(chr, points))
    (atom, plain) = (told(catalogue(title(offers=(offer("a", title=every),))), each)["moi"] for each in (opds1, opds2))
    assert atom == plain
    (kept,) = {book.title for book in atom.books}
    assert not {*kept} & {*"\x00\x1f\ud800\udfff\ufffe\uffff"}
    assert {"!", "\x7f", "\ufffd", "\U00010000", "\U0010ffff"} <= {*kept}


def test_what_kobo_and_kindle_take_is_offered_and_nothing_else():
    drawn = offer("a")
    paper = replace(drawn.files[0], kind="pdf", name="a.pdf")
    shelf = catalogue(replace(title(offers=(replace(drawn, files=(*drawn.files, paper)),)), pages=(paper,)))
    taken = [link.to for link in told(shelf)["moi"].books[0].links if "acquisition" in link.rel]
    assert sorted(taken) == [f"so-tay-1/a-nguoi-du{ending}" for ending in (".azw3", ".epub", ".kepub.epub")]


def test_pages_are_those_of_the_printed_book():
    drawn = offer("a")
    paper = replace(drawn.files[0], kind="pdf", name="a.pdf", pages=72)
    shelf = catalogue(replace(title(offers=(drawn,)), pages=(replace(paper, edition=LARGE, pages=96), paper)))
    assert told(shelf)["moi"].books[0].said["pages"] == 72
    unnumbered = replace(title(offers=(offer("a", pages=()),)), pages=(paper,))
    assert told(catalogue(unnumbered))["moi"].books[0].said["pages"] == 0


def test_a_publication_without_an_e_book_is_not_in_the_feeds():
    assert feeds(catalogue(replace(title(kind="Sổ tay"), offers=()))) == feeds(catalogue())
