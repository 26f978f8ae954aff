"""The feeds over HTTP as reading programs take them: every book is found once, its file is the one that was made."""

import hashlib
import json
import os
import shutil
import subprocess
from dataclasses import replace
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest
import validators
from opds_read import CLEAN, HOSTILE, REL, catalogue, feeds, many, offer, read, title, walked
from test_serving import standing

from builder import serving
from builder.site import opds1, opds2
from builder.site.books import opened
from builder.works.asked import Workshop
from builder.works.publish import Order, found, publish

R2 = validators.ROOT / ".tools/r2-opds-js/node_modules"
FOLIATE = validators.ROOT / ".tools/foliate-js/node_modules/foliate-js"
TAKEN = f"{REL}acquisition/open-access"


def shelf(epub):
    """Books on three pages, one with names and words that have to be escaped, a real one; the files they offer."""
    odd = title(200, slug="tập 1 #2", offers=(offer("tập 1 #2", 200, title=HOSTILE, subtitle="a < b & c"),))
    bound = offer("mo-phong", 199, kinds=("epub",))
    bound = replace(bound, described=opened(epub).described)
    titles, files = [], {}
    for each in (odd, title(199, slug="mo-phong", cover="", offers=(bound,)), *many(101).titles):
        offers = []
        for told in each.offers:
            real = told is bound
            made = {file: epub if real else f"{each.slug} {file.name}".encode() * 9 for file in told.files}
            files |= {f"{each.slug}/{file.name}": data for file, data in made.items()}
            kept = (
                replace(file, bytes=len(data), sha256=hashlib.sha256(data).hexdigest()) for file, data in made.items()
            )
            offers.append(replace(told, files=tuple(kept)))
        titles.append(replace(each, offers=tuple(offers)))
    return catalogue(*titles), files


@pytest.fixture(scope="module")
def site(tmp_path_factory, shelved):
    """The catalogue, and the address at which its site stands, with the finished files and one reader's own."""
    made, files = shelf(shelved.epub())
    folder = tmp_path_factory.mktemp("site")
    for path, data in (*feeds(made).items(), *files.items()):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    if FOLIATE.exists():
        (folder / "opds.js").write_bytes((FOLIATE / "opds.js").read_bytes())
    (folder / "index.html").write_text("<!doctype html><title>Kệ sách</title>", "utf-8")
    with standing(serving.application(folder), serving.Limits()) as port:
        yield made, f"http://127.0.0.1:{port}/"


@pytest.fixture(scope="module")
def taken(site):
    """Both versions as the library Thorium reads with takes them: version → address → feed."""
    return {version: read_by_thorium(site[1] + version.ROOT) for version in (opds1, opds2)}


def read_by_thorium(root):
    """The address of a root → address → feed, of every feed one comes to from there."""
    if not (R2 / "r2-opds-js").exists() or not shutil.which("node"):
        pytest.skip("r2-opds-js (npm) is not on this machine")
    done = subprocess.run(
        ["node", validators.TOOLS / "opds-client.js", root],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=120,
        env=os.environ | {"NODE_PATH": str(R2)},
    )
    return {each["address"]: each["feed"] for each in map(json.loads, done.stdout.splitlines())}


def books(taken, name="moi"):
    """The books of a list, page after page, as they were taken: what is told of each, where its links lead."""
    for address, feed in taken.items():
        if address.rpartition("/")[2].partition(".")[0].partition("_trang")[0] == name:
            for book in feed.get("publications", []):
                yield (
                    book["metadata"]["identifier"],
                    book["metadata"]["title"],
                    book["metadata"]["modified"][:19],
                    book["metadata"]["description"],
                    tuple((link["rel"], urljoin(address, link["href"]), link["type"]) for link in book["links"]),
                    tuple(urljoin(address, link["href"]) for link in book.get("images", ())),
                )


def test_thoriums_library_finds_every_book_once_and_the_same_in_both_versions(site, taken):
    made, _ = site
    first, second = (list(books(taken[version])) for version in (opds1, opds2))
    assert [book[:2] for book in first] == [
        (told.described.identifier, CLEAN if told.described.title == HOSTILE else told.described.title)
        for each in made.titles
        for told in each.offers
    ]
    assert len({book[0] for book in first}) == len(first) == 103
    assert [sorted_links(book) for book in first] == [sorted_links(book) for book in second]


def sorted_links(book):
    return (*book[:4], sorted(book[4]), sorted(book[5]))


def test_thoriums_library_finds_ways_pages_and_facets(taken):
    for version, feeds_taken in taken.items():
        root, *rest = feeds_taken.values()
        assert [link["title"] for link in root["navigation"]] == ["Mới nhất", "Theo loại", "Theo kỳ"]
        assert sum("navigation" in feed for feed in rest) == 2
        newest = [feed for address, feed in feeds_taken.items() if "/moi" in address]
        assert [feed["metadata"]["numberOfItems"] for feed in newest] == [103] * 3
        facets = {group["metadata"]["title"]: len(group["links"]) for group in newest[0]["facets"]}
        assert facets == {"Loại": 4, "Kỳ": 5}, version


def test_a_file_taken_is_the_one_that_was_made(site, taken, shelved):
    made, address = site
    wanted = {file.sha256: file for each in made.titles for offer in each.offers for file in offer.files}
    for version in (opds1, opds2):
        odd, plain, *_ = books(taken[version])
        for book in (odd, plain):
            files = [link for link in book[4] if link[0] == TAKEN]
            assert files[0][2] == "application/epub+zip"
            for _, href, _ in files:
                assert href.startswith(address)
                data = taken_from(href)
                assert len(data) == wanted[hashlib.sha256(data).hexdigest()].bytes
        assert data == shelved.epub()
        assert opened(data).described.identifier == plain[0]


def taken_from(address):
    with urlopen(address) as answer:  # noqa: S310 - the address of this test
        return answer.read()


def test_sizes_are_those_of_the_files(site):
    made, _ = site
    sizes = {f"{each.slug}/{file.name}": file.bytes for each in made.titles for o in each.offers for file in o.files}
    for version in (opds1, opds2):
        told = [book for path, feed in version.feeds(made) for book in read(path, feed).books]
        assert {link.to: link.size for book in told for link in book.links if link.rel == TAKEN} == sizes


@pytest.fixture(scope="module")
def published(shelved, root, tmp_path_factory):
    """A shelf of two publications as builds leave it, and its site as it is published."""
    folder = tmp_path_factory.mktemp("published")
    for slug, told in (("so-tay", "Sổ tay học tập"), ("quy-uoc", "Quy ước <thôn> & xóm")):
        shelved.stand(folder / "shelf", slug, title=told)
    order = Order(folder / "shelf", folder / "site", "2026-11-27T08:00:00Z")
    publish(order, found(folder / "shelf"), Workshop(root / "layouts", root / "fonts"))
    return folder


def test_feeds_of_a_published_shelf_are_valid_and_lead_to_what_is_there(published):
    site = published / "site"
    assert not validators.opds1(list(site.glob("opds/*")))
    assert not validators.opds2(list(site.glob("opds2/*")))
    for version in ("opds", "opds2"):
        documents = {f"{version}/{path.name}": path.read_bytes() for path in site.glob(f"{version}/*")}
        assert not walked(documents)
        links = {
            link.to
            for path, data in documents.items()
            for told in (read(path, data),)
            for link in (*told.links, *(each for book in told.books for each in book.links))
            if link.type != "feed"
        }
        assert len(links) == 1 + 2 * 6
        assert all((site / to).is_file() for to in links)


def test_an_e_book_taken_from_a_published_shelf_is_the_one_its_list_names(published):
    listed = {
        record["sha256"]: (record["kind"], record["bytes"])
        for path in published.glob("shelf/*/manifest.json")
        for record in json.loads(path.read_text("utf-8"))["files"]
    }
    with standing(serving.application(published / "site"), serving.Limits()) as port:
        for version in (opds1, opds2):
            address = f"http://127.0.0.1:{port}/{version.ROOT}"
            told = list(books(read_by_thorium(address)))
            assert sorted(book[1] for book in told) == ["Quy ước <thôn> & xóm", "Sổ tay học tập"]
            files = [link for book in told for link in book[4] if link[0] == TAKEN]
            took = [taken_from(href) for _, href, _ in files]
            kinds = [(*listed[hashlib.sha256(data).hexdigest()], len(data)) for data in took]
            assert [kind for kind, *_ in kinds] == ["epub", "kepub"] * 2
            assert all(size == length for _, size, length in kinds)


FOLIATE_READS = """async ([path]) => {
    const { getFeed, isOPDSCatalog } = await import('/opds.js')
    const told = [], waiting = [path], known = new Set(waiting)
    while (waiting.length) {
        const address = new URL(waiting.shift(), location).href
        const text = await (await fetch(address)).text()
        const json = text.startsWith('{')
        const feed = json ? JSON.parse(text) : getFeed(new DOMParser().parseFromString(text, 'application/xml'))
        for (const book of feed.publications ?? [])
            told.push([book.metadata.title, [book.metadata.author].flat()[0].name, book.images?.length ?? 0,
                ...book.links.filter(link => `${link.rel}`.includes('acquisition'))
                    .map(link => new URL(link.href, address).pathname)])
        const ways = (feed.navigation ?? []).filter(link => isOPDSCatalog(link.type))
        const next = feed.links.filter(link => [link.rel].flat().includes('next'))
        for (const link of ways.concat(next)) {
            const on = new URL(link.href, address).href
            if (!known.has(on)) { known.add(on); waiting.push(on) }
        }
    }
    return told
}"""


@pytest.mark.slow
def test_foliate_finds_the_same_in_both_versions(site):
    validators.need_browser()
    if not FOLIATE.exists():
        pytest.skip("foliate-js (npm) is not on this machine")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - a machine may have none

    made, address = site
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=validators.browser(), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{address}index.html")
        first, second = (page.evaluate(FOLIATE_READS, [f"/{version.ROOT}"]) for version in (opds1, opds2))
        browser.close()
    assert first == second
    assert len(first) == 3 * len(made.titles) - 4  # newest, by kind, by period; two of them have neither
    assert len(first[0]) == 3 + 3
    assert first[1][2] == 0


def test_what_koreader_goes_by(site):
    """Rules of its reader of feeds, which knows no XML namespaces and takes whatever it can open for a download."""
    made, _ = site
    for path, document in opds1.feeds(made):
        text = document.decode()
        assert not [mark for mark in ("<!--", "<![CDATA[", "<?xml-stylesheet") if mark in text]
        assert f'<feed xmlns="{opds1.ATOM}"' in text
        assert text.count(" opds:facetGroup=") == text.count(f'rel="{REL}facet"')
        feed = read(path, document)
        assert {way[0] for way in feed.ways} <= {"subsection", f"{REL}sort/new"}
        for book in feed.books:
            files = [link for link in book.links if link.rel == TAKEN]
            assert {link.rel for link in book.links if link.type == "text/html"} == {"alternate"}
            assert len({link.title for link in files}) == len(files)
            assert all(link.title.lower() != "pdf" and link.to.endswith((".epub", ".azw3")) for link in files)
