"""From the shelf to the site: what is for whom, what is whose, and what comes of it the second time."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tracemalloc
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pytest
from typer.testing import CliRunner

from builder import shelf
from builder.cli import app
from builder.cli import publish as publishing
from builder.ebook import archive
from builder.problems import Problems
from builder.site.nouns import Download
from builder.works import catalogue
from builder.works import publish as works
from builder.works.asked import Workshop
from builder.works.catalogue import Moment, Moments
from builder.works.publish import Internal, Order

NOW = "2026-11-27T08:00:00Z"
ADDRESS = "https://vidu.org/tu-sach/"
KIN, ONLY_KIN = "hop-kin", "Chỉ dành cho chi bộ"
COPY = "so-tay-nguoi-du-ban-001.epub"
NOTICES = works.notice.made


@pytest.fixture(scope="module")
def stock(shelved, tmp_path_factory):
    """A shelf: a publication for everybody, one for members alone, one without an e-book."""
    folder = tmp_path_factory.mktemp("gia") / "shelf"
    shelved.stand(folder)
    shelved.stand(folder, KIN, title=ONLY_KIN, date="1/4/2026", profile="noi-bo")
    shelved.stand(folder, "to-in", only=("pdf", "booklet"), title="Tờ <in> & “gấp”", date="1/2/2025", unit="")
    return folder


@pytest.fixture(scope="module", autouse=True)
def no_type():
    """Set no notices: that takes seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(works.notice, "made", lambda told, _: {"thong-bao-a4.pdf": b"%PDF"} if told.address else {})
        yield


@pytest.fixture
def there(stock, tmp_path):
    """A copy of the shelf that a test may change."""
    return shutil.copytree(stock, tmp_path / "shelf")


@pytest.fixture
def publish(stock, root):
    """Publish a shelf into a folder."""

    def publish(into, shelf=stock, **wishes):
        order = Order(shelf, into, wishes.pop("now", NOW), secret=b"s" * 32, **wishes)
        return works.publish(order, works.found(shelf), Workshop(root / "layouts", root / "fonts"))

    return publish


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def alter(folder, change):
    """Let somebody change the list of a publication."""
    told = json.loads((folder / "manifest.json").read_text("utf-8"))
    change(told)
    (folder / "manifest.json").write_text(json.dumps(told), "utf-8")


def add(folder, record):
    """Let a build make one file more."""
    alter(folder, lambda told: told["files"].append({name: getattr(record, name) for name in record.__slots__}))


def exchange(folder, name, data):
    """Let a build make a file anew."""
    (folder / name).write_bytes(data)

    def change(told):
        record = next(each for each in told["files"] if each["path"] == name)
        record.update(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())

    alter(folder, change)


def codes(publish, *given, **wishes):
    with pytest.raises(Problems) as stopped:
        publish(*given, **wishes)
    return [problem.code for problem in stopped.value.problems]


# --- the site -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(stock, root, tmp_path_factory):
    """The shelf's site, with all it may have, and what was said of it."""
    into = tmp_path_factory.mktemp("trang") / "site"
    order = Order(stock, into, NOW, ADDRESS, internal=Internal.SHOWN)
    done = works.publish(order, works.found(stock), Workshop(root / "layouts", root / "fonts"))
    return into, done


def test_everything_of_the_site_is_in_its_list(site):
    into, done = site
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=into, capture_output=True, text=True, check=True)
    files = contents(into)
    assert {line.removesuffix(": OK") for line in checked.stdout.splitlines()} == files.keys() - {"SHA256SUMS"}
    assert (done.files, done.bytes) == (len(files), sum(map(len, files.values())))


def test_finished_files_stand_there_as_they_are(site, stock):
    into, done = site
    for title in done.listed.titles:
        for record in shelf.stocked(stock / title.slug).records:
            assert (into / title.slug / record.path).read_bytes() == (stock / title.slug / record.path).read_bytes()
    assert not list(into.rglob("manifest.json"))


def test_the_newest_comes_first_and_names_the_shelf(site):
    _, done = site
    assert [title.slug for title in done.listed.titles] == [KIN, "so-tay", "to-in"]
    assert (done.listed.name, done.listed.address, done.listed.identity) == (
        "Tủ sách Chi bộ Thôn Đông",
        ADDRESS,
        ADDRESS,
    )
    assert (done.titles, done.internal, done.left_out) == (3, 1, ())


def test_each_file_is_for_somebody(site):
    title = site[1].listed.titles[1]
    kinds = {name: [(each.edition.name, each.kind) for each in getattr(title, name)] for name in ("pages", "printing")}
    assert [(each.kind, each.name) for offer in title.offers for each in offer.files] == [
        ("epub", "so-tay-nguoi-du.epub"),
        ("kepub", "so-tay-nguoi-du.kepub.epub"),
    ]
    assert kinds["pages"] == [("nguoi-du", "pdf"), ("chu-lon", "pdf"), ("dien-thoai", "pdf")]
    assert kinds["printing"] == [("nguoi-du", "booklet"), ("nguoi-du", "card"), ("nguoi-du", "press")]
    assert [each.name for each in title.leaders] == ["so-tay-chu-tri.pdf", "so-tay-chu-tri.epub"]
    assert title.copies == ()


def test_a_publication_has_a_page_a_web_edition_a_cover_and_codes(site):
    into, done = site
    title = done.listed.titles[1]
    (offer,) = title.offers
    assert (offer.reading, offer.described.title, offer.updated) == ("doc", "Sổ tay học tập", "2026-03-15T00:00:00Z")
    files = {path.name for path in (into / "so-tay").iterdir()}
    assert files >= {"index.html", "doc", "bia.jpg", "bia-nho.jpg", "qr.svg", "qr.png"}
    assert not any(name.startswith("doc-") for name in files), "the leader's e-book is no web edition"
    assert (title.cover, title.thumb, title.cover_size) == ("bia.jpg", "bia-nho.jpg", (800, 1200))
    small, large = (len((into / "so-tay" / name).read_bytes()) for name in (title.thumb, title.cover))
    assert small < large
    assert {path.name for path in (into / "qr").iterdir()} == {
        f"{name}.{kind}" for name in ("trang-chu", "opds") for kind in ("svg", "png")
    }


def test_the_front_page_leads_to_the_notices(site):
    into, done = site
    assert done.listed.notices == ("thong-bao-a4.pdf",)
    assert (into / "thong-bao-a4.pdf").read_bytes() == b"%PDF"
    assert 'href="thong-bao-a4.pdf"' in (into / "index.html").read_text("utf-8")


@pytest.mark.press
def test_notices_are_set_and_the_same_each_time(publish, tmp_path, monkeypatch):
    monkeypatch.setattr(works.notice, "made", NOTICES)
    for name in ("one", "two"):
        publish(tmp_path / name, address=ADDRESS)
    assert (tmp_path / "one" / "thong-bao-a5.pdf").read_bytes().startswith(b"%PDF")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_what_has_no_e_book_shows_its_first_page(site):
    into, done = site
    title = done.listed.titles[2]
    assert (title.offers, title.updated) == ((), "2025-02-01T00:00:00Z")
    assert (into / "to-in" / title.cover).read_bytes().startswith(b"\xff\xd8\xff")
    assert title.cover_size[0] == 1600


def test_nothing_is_linked_that_is_not_there(site):
    into, _ = site
    for page in into.rglob("*.html"):
        text = re.sub(r"<script.*?</script>", "", page.read_text("utf-8"), flags=re.DOTALL)
        for link in re.findall(r'\s(?:href|src)="([^"#?:]+)["#?]', text):
            target = page.parent / link
            assert (target / "index.html" if target.is_dir() else target).is_file(), f"{page}: {link}"


def test_without_an_address_there_are_no_codes(publish, tmp_path):
    done = publish(tmp_path / "site")
    assert not list((tmp_path / "site").rglob("*qr*"))
    assert (done.listed.address, done.listed.identity) == ("", "Tủ sách Chi bộ Thôn Đông")


def test_a_shelf_without_a_unit_is_called_after_its_folder(there, publish, tmp_path):
    for slug in (KIN, "so-tay"):
        shutil.rmtree(there / slug)
    assert publish(tmp_path / "site", there).listed.name == "shelf"
    assert publish(tmp_path / "site", there, name="Tủ sách").listed.name == "Tủ sách"


# --- twice ----------------------------------------------------------------------------------------


def test_publishing_twice_gives_the_same_bytes(publish, tmp_path):
    publish(tmp_path / "site", address=ADDRESS, internal=Internal.UNLISTED)
    first = contents(tmp_path / "site")
    publish(tmp_path / "site", address=ADDRESS, internal=Internal.UNLISTED, now="2027-01-01T00:00:00Z")
    assert contents(tmp_path / "site") == first


def test_another_process_gives_the_same_bytes(stock, publish, tmp_path, root):
    publish(tmp_path / "here" / "site")
    script = "import sys; from builder.cli import app; app(sys.argv[1:])"
    command = [sys.executable, "-c", script, "publish", "--shelf", str(stock), "--into", str(tmp_path / "site")]
    environment = os.environ | {"PYTHONHASHSEED": "77", "TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C"}
    subprocess.run(command, cwd=root, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=True)
    assert contents(tmp_path / "site") == contents(tmp_path / "here" / "site")


def test_an_e_book_of_other_words_moves_on_though_its_date_is_the_same(there, shelved, publish, tmp_path):
    publish(tmp_path / "site", there)
    exchange(there / "so-tay", "so-tay-nguoi-du.epub", shelved.epub(more="notice: Đã sửa"))
    done = publish(tmp_path / "site", there)
    title = next(each for each in done.listed.titles if each.slug == "so-tay")
    assert (title.offers[0].updated, title.updated, done.listed.updated) == (NOW, NOW, NOW)
    assert done.listed.titles[1].updated == "2025-02-01T00:00:00Z"
    again = publish(tmp_path / "site", there, now="2027-01-01T00:00:00Z")
    assert again.listed == done.listed


def test_a_site_moves_on_when_a_publication_goes(there, publish, tmp_path):
    publish(tmp_path / "site", there)
    shutil.rmtree(there / "to-in")
    assert publish(tmp_path / "site", there).listed.updated == NOW
    assert not (tmp_path / "site" / "to-in").exists()


@pytest.mark.parametrize(
    ("digest", "made", "now", "expected"),
    [
        ("same", "2026-01-01T00:00:00Z", NOW, "2026-05-05T00:00:00Z"),
        ("same", "2026-06-06T00:00:00Z", NOW, "2026-05-05T00:00:00Z"),
        ("other", "2026-06-06T00:00:00Z", NOW, "2026-06-06T00:00:00Z"),
        ("other", "2026-05-05T00:00:00Z", NOW, NOW),
        ("other", "2026-01-01T00:00:00Z", NOW, NOW),
        ("other", "2026-01-01T00:00:00Z", "2020-01-01T00:00:00Z", "2026-05-05T00:00:01Z"),
        ("other", "tomorrow", NOW, NOW),
    ],
)
def test_what_becomes_another_moves_on_and_never_back(digest, made, now, expected):
    moments = Moments(now, {"a": Moment("same", "2026-05-05T00:00:00Z")})
    assert moments.of("a", digest, made) == expected
    assert catalogue.remembered(catalogue.memory(moments)) == {"a": Moment(digest, expected)}


def test_what_is_new_was_made_when_it_says(publish, tmp_path):
    assert Moments(NOW).of("a", "x", "2026-01-01T00:00:00Z") == "2026-01-01T00:00:00Z"
    assert Moments(NOW).of("a", "x", "T00:00:00Z") == catalogue.UNDATED
    for bad in (b"", b"[]", b'{"format": 1}', b'{"format": 1, "entries": {"a": {"sha256": "x", "updated": "now"}}}'):
        assert catalogue.remembered(bad) == {}
    publish(tmp_path / "site")
    (tmp_path / "site" / shelf.SITE_STATE).write_bytes(b"spoilt")
    assert publish(tmp_path / "site").listed.updated == "2026-03-15T00:00:00Z"


# --- for whom -------------------------------------------------------------------------------------

PLAIN, LEADER, HANDOUT = (
    shelf.EditionFacts("nguoi-du", "text", "A5", 148, 210),
    shelf.EditionFacts("chu-tri", "text", "A5", 148, 210, audience="leader"),
    shelf.EditionFacts("to-roi", "handout", "A4", 210, 297, per="session"),
)


def lots(*files, copies=False):
    """Sort files: name, kind, edition, session."""
    records = tuple(
        shelf.Record(name, kind, edition, 1, 4, "0" * 64, "s", part=part) for name, kind, edition, part in files
    )
    sessions = tuple(shelf.SessionFacts(f"buoi-{number}", str(number), "Buổi") for number in (1, 2))
    facts = shelf.TitleFacts("x", editions=(PLAIN, LEADER, HANDOUT), sessions=sessions)
    return catalogue.lots(shelf.Stocked("x", Path("x"), facts, records), copies=copies)


def test_each_session_of_an_edition_is_a_book_of_its_own():
    found = lots(
        ("x-to-roi-buoi-2.epub", "epub", "to-roi", "buoi-2"),
        ("x-to-roi-buoi-1.kepub.epub", "kepub", "to-roi", "buoi-1"),
        ("x-to-roi-buoi-1.epub", "epub", "to-roi", "buoi-1"),
        ("x-nguoi-du.epub", "epub", "nguoi-du", ""),
    )
    assert [[each.name for each in book] for book in found.books] == [
        ["x-nguoi-du.epub"],
        ["x-to-roi-buoi-1.epub", "x-to-roi-buoi-1.kepub.epub"],
        ["x-to-roi-buoi-2.epub"],
    ]
    folders = [catalogue.reading_of(book[0], first=not number) for number, book in enumerate(found.books)]
    assert folders == ["doc", "doc-to-roi-buoi-1", "doc-to-roi-buoi-2"]


def test_a_book_for_a_kindle_alone_is_a_file_to_read():
    found = lots(("x-nguoi-du.azw3", "azw3", "nguoi-du", ""), ("x-nguoi-du.pdf", "pdf", "nguoi-du", ""))
    assert found.books == ()
    assert [each.kind for each in found.pages] == ["pdf", "azw3"]


def test_what_nobody_has_said_is_open_is_for_members_alone():
    facts = shelf.TitleFacts("x")
    open_ = [
        name
        for name in ("", "noi-bo", "khong-kinh-doanh", "xuat-ban", "x")
        if not replace(facts, profile=name).is_internal
    ]
    assert open_ == ["khong-kinh-doanh", "xuat-ban"]


# --- copies ---------------------------------------------------------------------------------------


def copied(folder):
    """Let a build number a copy."""
    data = (folder / "so-tay-nguoi-du.epub").read_bytes()
    (folder / COPY).write_bytes(data)
    record = shelf.Record(COPY, "copy", "nguoi-du", 9, len(data), hashlib.sha256(data).hexdigest(), "s")
    add(folder, record)


def test_numbered_copies_are_published_when_asked_and_stand_in_no_feed(there, publish, tmp_path):
    copied(there / "so-tay")
    (there / "so-tay" / "so-ban.csv").write_text("who has which")
    left = publish(tmp_path / "site", there)
    assert left.copies_left == 1
    assert COPY not in {path.name for path in (tmp_path / "site").rglob("*")}
    done = publish(tmp_path / "site", there, copies=True)
    title = next(each for each in done.listed.titles if each.slug == "so-tay")
    assert (done.copies_left, [each.name for each in title.copies]) == (0, [COPY])
    assert isinstance(title.copies[0], Download)
    naming = {
        path.relative_to(tmp_path / "site").as_posix()
        for path in (tmp_path / "site").rglob("*")
        if path.is_file() and COPY.encode() in path.read_bytes()
    }
    assert naming == {"SHA256SUMS", "so-tay/index.html"}
    assert not list((tmp_path / "site").rglob("*.csv"))


# --- for members alone ----------------------------------------------------------------------------


def test_what_is_for_members_alone_is_left_out(publish, tmp_path):
    done = publish(tmp_path / "site")
    assert [each.slug for each in done.left_out] == [KIN]
    assert not any(ONLY_KIN.encode() in data or KIN.encode() in data for data in contents(tmp_path / "site").values())


def test_a_site_of_nothing_is_not_made(there, publish, tmp_path):
    for slug in ("so-tay", "to-in"):
        shutil.rmtree(there / slug)
    assert codes(publish, tmp_path / "site", there) == ["SITE_NOTHING"]
    assert not (tmp_path / "site").exists()


def test_where_nothing_is_listed_not_even_whose_it_is_can_be_read(there, publish, tmp_path):
    for slug in ("so-tay", "to-in"):
        shutil.rmtree(there / slug)
    done = publish(tmp_path / "site", there, internal=Internal.UNLISTED)
    assert (done.listed.name, done.unlisted.name) == ("Tủ sách", "Tủ sách Chi bộ Thôn Đông")
    outside = {path: data for path, data in contents(tmp_path / "site").items() if not path.startswith(done.path)}
    assert "index.html" in outside
    assert not any("Thôn Đông".encode() in data or done.path[:-1].encode() in data for data in outside.values())


def test_what_is_not_listed_is_named_nowhere_else(publish, tmp_path):
    done = publish(tmp_path / "site", address=ADDRESS, internal=Internal.UNLISTED)
    assert re.fullmatch(r"[a-z2-7]{32}/", done.path)
    assert done.unlisted.address == ADDRESS + done.path
    files = contents(tmp_path / "site")
    outside = {path: data for path, data in files.items() if not path.startswith(done.path)}
    inside = {path.removeprefix(done.path): data for path, data in files.items() if path not in outside}
    told = (done.path[:-1].encode(), KIN.encode(), ONLY_KIN.encode())
    assert [path for path, data in outside.items() if any(words in data for words in told)] == []
    assert inside.keys() >= {
        "index.html",
        "SHA256SUMS",
        "thong-bao-a4.pdf",
        "opds/index.xml",
        "opds2/index.json",
        f"{KIN}/doc/index.html",
    }
    pages = [data for path, data in inside.items() if path.endswith(".html")]
    assert len(pages) == 3
    assert all(b'<meta name="robots" content="noindex' in data for data in pages)
    assert all(b'<meta name="referrer" content="no-referrer">' in data for data in pages)
    listed = [data for path, data in outside.items() if path.endswith(".html")]
    assert not any(b"noindex" in data for data in listed)


def test_its_path_stays_and_is_another_for_every_secret_and_site(tmp_path):
    order = Order(tmp_path / "shelf", tmp_path / "site", NOW, secret=b"s" * 32)
    others = [replace(order, secret=b"t" * 32), replace(order, address=ADDRESS), replace(order, into=tmp_path / "x")]
    assert len({works.unlisted_name(each) for each in (order, *others)}) == 4
    for short in (b"", b"s" * 19):
        with pytest.raises(ValueError, match="guess"):
            works.unlisted_name(replace(order, secret=short))
    assert works.unlisted_name(replace(order, now="2030-01-01T00:00:00Z", name="Tủ sách")) == works.unlisted_name(order)


def test_what_is_not_listed_any_more_goes(publish, tmp_path):
    done = publish(tmp_path / "site", internal=Internal.UNLISTED)
    assert (tmp_path / "site" / done.path).is_dir()
    publish(tmp_path / "site")
    assert not (tmp_path / "site" / done.path).exists()


# --- what is not as it should be ------------------------------------------------------------------


def test_a_shelf_that_is_none_is_a_problem(publish, tmp_path):
    (tmp_path / "shelf" / "scans").mkdir(parents=True)
    assert codes(publish, tmp_path / "site", tmp_path / "shelf") == ["SHELF_EMPTY"]
    assert codes(publish, tmp_path / "site", tmp_path / "nowhere") == ["SHELF_EMPTY"]


def test_everything_that_is_wrong_is_said_at_once(there, publish, tmp_path):
    (there / "lien-ket").symlink_to("so-tay")
    alter(there / "so-tay", lambda told: told.update(format=1))
    (there / "to-in" / "to-in-nguoi-du.pdf").unlink()
    assert sorted(codes(publish, tmp_path / "site", there)) == ["SHELF_LINK", "SHELF_LOST", "SHELF_OLD"]


@pytest.mark.parametrize(("kind", "ending"), [("pdf", ".html"), ("epub", ".kepub"), ("page", ".pdf"), ("copy", ".pdf")])
def test_a_file_that_is_not_what_it_is_called_is_not_handed_on(there, publish, tmp_path, kind, ending):
    data = b"<script>alert(1)</script>"
    (there / "so-tay" / f"so-tay-x{ending}").write_bytes(data)
    record = shelf.Record(f"so-tay-x{ending}", kind, "nguoi-du", 1, len(data), hashlib.sha256(data).hexdigest(), "s")
    add(there / "so-tay", record)
    assert codes(publish, tmp_path / "site", there) == ["SHELF_LIST"]


def test_what_is_stale_is_said_and_what_belongs_to_no_edition_left_out(there, publish, tmp_path):
    def change(told):
        for each in told["files"]:
            each["stale"] = each["path"] in ("so-tay-chu-lon.pdf", "so-tay-nguoi-du.epub")
            if each["path"] == "so-tay-dien-thoai.pdf":
                each["edition"] = "da-bo"

    alter(there / "so-tay", change)
    done = publish(tmp_path / "site", there)
    assert [(each.code, Path(each.place.file).name) for each in done.problems] == [
        ("SHELF_STALE", "so-tay-chu-lon.pdf"),
        ("SHELF_EDITION", "so-tay-dien-thoai.pdf"),
        ("SHELF_STALE", "so-tay-nguoi-du.epub"),
    ]
    assert (tmp_path / "site/so-tay/so-tay-chu-lon.pdf").exists()
    assert not (tmp_path / "site/so-tay/so-tay-dien-thoai.pdf").exists()


def test_what_no_page_for_a_browser_may_hold_is_said_and_leaves_the_old_site(there, publish, tmp_path):
    publish(tmp_path / "site", there)
    before = contents(tmp_path / "site")
    parts = dict(archive.parts((there / "so-tay/so-tay-nguoi-du.epub").read_bytes()))
    name = next(name for name in parts if name.startswith("EPUB/text/"))
    parts[name] = parts[name].replace(b"</body>", b'<form action="a"></form></body>')
    exchange(there / "so-tay", "so-tay-nguoi-du.epub", archive.sealed(parts))
    assert codes(publish, tmp_path / "site", there) == ["WEB_EDITION"]
    assert contents(tmp_path / "site") == before


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\3\4" + b"\0" * 100])
def test_an_e_book_that_is_none_leaves_the_old_site(there, publish, tmp_path, data):
    publish(tmp_path / "site", there)
    before = contents(tmp_path / "site")
    exchange(there / "so-tay", "so-tay-nguoi-du.epub", data)
    assert codes(publish, tmp_path / "site", there) == ["SHELF_BOOK"]
    assert contents(tmp_path / "site") == before


def test_a_file_exchanged_on_the_shelf_leaves_the_old_site(there, publish, tmp_path):
    publish(tmp_path / "site", there)
    before = contents(tmp_path / "site")
    large = there / "so-tay" / "so-tay-chu-lon.pdf"
    large.write_bytes(large.read_bytes()[::-1])
    assert codes(publish, tmp_path / "site", there) == ["SHELF_CHANGED"]
    assert contents(tmp_path / "site") == before


def test_a_pdf_that_cannot_be_drawn_has_no_cover(there, publish, tmp_path):
    exchange(there / "to-in", "to-in-nguoi-du.pdf", b"%PDF-1.7 no more")
    title = publish(tmp_path / "site", there).listed.titles[1]
    assert (title.slug, title.cover, title.thumb, title.cover_size) == ("to-in", "", "", (0, 0))


def test_many_large_files_take_little_memory(shelved, publish, tmp_path):
    facts, data = shelved.facts("to-in"), os.urandom(4_000_000)
    for number in range(8):
        folder = tmp_path / "shelf" / f"so-{number}"
        files = (shelf.File(f"so-{number}-nguoi-du-booklet.pdf", "booklet", "nguoi-du", 4, "s", data),)
        shelf.place_all({folder: files}, facts={folder: facts})
    del data
    tracemalloc.start()
    assert publish(tmp_path / "site", tmp_path / "shelf").bytes > 32_000_000
    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def run(there, tmp_path, monkeypatch):
    """Type a command line beside the shelf."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    assert there.name == "shelf"
    return lambda *words, **given: CliRunner().invoke(app, ["publish", *words], **given)


def said(done):
    return " ".join(done.stdout.split())


def answered(done, root):
    schema = json.loads((root / "builder/schemas/publish.schema.json").read_text("utf-8"))
    jsonschema.validate(answer := json.loads(done.stdout), schema)
    return answer


def test_the_command_says_where_how_much_and_what_next(run):
    done = run()
    assert done.exit_code == 0
    assert re.search(r"Xong: 2 ấn phẩm, \d+ tệp, \d+ kB trong site\n", done.stdout)
    assert "mở site/index.html bằng trình duyệt" in done.stdout
    assert f"Không đưa lên 1 ấn phẩm lưu hành nội bộ: “{ONLY_KIN}”." in said(done)
    assert "--yes" in done.stdout
    assert "Chưa ghi --base-url nên chưa có mã QR" in said(done)


def test_with_an_address_it_names_the_feeds(run):
    done = run("--base-url", "https://vidu.org/sách")
    assert "https://vidu.org/s%C3%A1ch/opds/index.xml" in done.stdout
    assert "https://vidu.org/s%C3%A1ch/opds2/index.json" in done.stdout


def test_who_consents_is_told_what_that_means(run):
    done = run("--yes")
    assert "Xong: 3 ấn phẩm" in done.stdout
    assert "Trên trang có 1 ấn phẩm lưu hành nội bộ: ai có địa chỉ trang cũng đọc được, trừ khi" in said(done)


def test_a_path_that_is_hard_to_guess_is_told_once(run, tmp_path):
    done = run("--yes", "--unlisted")
    (path,) = re.findall(r"site/([a-z2-7]{32})/index\.html", done.stdout)
    assert (tmp_path / "site" / path / "index.html").is_file()
    assert "ai có nó đều mở được và chuyển tiếp được" in said(done)
    assert "bảo mật" not in done.stdout
    assert re.findall(r"[a-z2-7]{32}", run("--yes", "--unlisted").stdout) == [path]
    assert "Không đưa lên 1 ấn phẩm" in said(run("--unlisted"))


@pytest.mark.parametrize("typed", [ADDRESS, f" {ADDRESS} ", f"{ADDRESS}index.html", ADDRESS.rstrip("/")])
def test_an_address_as_a_browser_shows_it_is_that_of_the_site(typed):
    assert publishing.address(typed) == ADDRESS


@pytest.mark.parametrize(
    ("typed", "count"),
    [("c\n", 3), ("Có\n", 3), ("co\u0301\n", 3), ("k\n", 2), ("\n", 2), ("chưa\n", 2), ("cancel\n", 2)],
)
def test_on_a_terminal_it_asks(run, monkeypatch, typed, count):
    terminal = SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(publishing, "sys", terminal)
    asked = []
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or typed)
    done = run()
    assert f"Xong: {count} ấn phẩm" in done.stdout
    assert len(asked) == 1


def test_the_answer_for_machines_is_one_object_and_nothing_else(run, root):
    answer = answered(run("--json", "--base-url", ADDRESS), root)
    assert [each["path"] for each in answer["publications"]] == ["so-tay/index.html", "to-in/index.html"]
    assert (answer["left_out"], answer["unlisted"], answer["problems"]) == ([KIN], "", [])
    assert answer["feeds"] == [f"{ADDRESS}opds/index.xml", f"{ADDRESS}opds2/index.json"]
    apart = answered(run("--json", "--yes", "--unlisted"), root)
    assert [each["path"] for each in apart["publications"]][2] == f"{apart['unlisted']}{KIN}/index.html"


@pytest.mark.parametrize("extra", [(), ("--json",)])
def test_a_publishing_that_fails_changes_nothing_and_says_so(run, tmp_path, root, extra):
    run()
    before = contents(tmp_path / "site")
    (tmp_path / "shelf/so-tay/manifest.json").write_text("{")
    done = run(*extra)
    assert done.exit_code == 1
    assert "SHELF_LIST" in done.stderr
    assert done.stderr.endswith("1 lỗi\nChưa xong; bản cũ còn nguyên.\n")
    assert contents(tmp_path / "site") == before
    if extra:
        answer = answered(done, root)
        assert (answer["publications"], [each["code"] for each in answer["problems"]]) == ([], ["SHELF_LIST"])


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("--base-url", "vidu.org"), "“--base-url” cần một địa chỉ web đầy đủ"),
        (("--base-url", "ftp://vidu.org/"), "“--base-url” cần một địa chỉ web đầy đủ"),
        (("--base-url", "https://vidu.org/?a=1"), "“--base-url” cần một địa chỉ web đầy đủ"),
        (("--base-url", "https://vidu.org/sach/../"), "“--base-url” cần một địa chỉ web đầy đủ"),
        (("--base-url", "https://vidu.org//sach"), "“--base-url” cần một địa chỉ web đầy đủ"),
        (("--base-url", "https://vidu.org/" + "a" * 200), "dài nhất 190 ký tự"),
        (("--title", "a\x07b"), "giá trị của “--title” có ký tự không nhìn thấy được"),
    ],
)
def test_a_line_that_cannot_be_meant_is_corrected(run, tmp_path, words, what):
    done = run(*words)
    assert done.exit_code == 2
    assert what in done.stderr
    assert not (tmp_path / "site").exists()


def test_it_speaks_english_when_asked(run, monkeypatch, tmp_path):
    monkeypatch.setenv("ANPHAM_LANG", "en")
    done = run("--title", "Our shelf")
    assert "Done; publications: 2, files: " in done.stdout
    assert '<html lang="en"' in (tmp_path / "site/index.html").read_text("utf-8")
