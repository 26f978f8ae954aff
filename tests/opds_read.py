"""How many publications, and of what kind, comes in; a ``Catalogue`` made by hand goes out, and its feeds read back.

What is read back is the same whichever version it was written in: so two versions can be held against each other.
"""

import json
import uuid
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote, urljoin

from lxml import etree

from builder.shelf import EditionFacts, TitleFacts
from builder.site import opds1, opds2
from builder.site.nouns import Catalogue, Described, Download, Offer, PageMark, Title

EDITION = EditionFacts("nguoi-du", "interleaved", "A5", 148, 210)
KINDS = ("Sổ tay bạn đọc", "Nghị quyết", "Ấn phẩm chuyên đề")
HERE = "http://here.example/"
REL = "http://opds-spec.org/"
NAMES = {"a": opds1.ATOM, **{prefix: uri for prefix, uri in opds1.NAMES.items() if prefix}}


def described(slug, number=1, **told):
    """What an e-book says of itself."""
    known = Described(
        uuid.uuid5(uuid.NAMESPACE_URL, slug).urn,
        f"Sổ tay số {number}",
        "vi",
        moment(number),
        subtitle="Tài liệu học tập",
        date=moment(number)[:10],
        creator="Tổ biên soạn",
        publisher="Chi bộ Thôn Đông",
        description="Văn bản với chú giải.",
        rights="Lưu hành nội bộ",
        subjects=("học tập",),
        series=("Sổ tay", str(number)),
        accessibility="Có mục lục và số trang bản in.",
        pages=tuple(PageMark(str(page), f"tr{page}", "EPUB/text/a.xhtml") for page in range(3, 40)),
    )
    return replace(known, **told)


def moment(number):
    """A day for each number, later for a higher one (RFC 3339)."""
    return (datetime(2020, 1, 1, 7, tzinfo=UTC) + timedelta(days=number)).isoformat().replace("+00:00", "Z")


def offer(slug, number=1, *, edition=EDITION, reading="doc", updated="", kinds=("epub", "kepub", "azw3"), **told):
    """An e-book on offer."""
    endings = {"epub": ".epub", "kepub": ".kepub.epub", "azw3": ".azw3"}
    files = [
        Download(f"{slug}-{edition.name}{endings[kind]}", kind, edition, 100_000 + number, "0" * 64) for kind in kinds
    ]
    return Offer(edition, described(slug, number, **told), tuple(files), reading, updated or moment(number))


def title(number=1, *, slug="", kind="", period="", offers=(), cover="bia.jpg", **facts):
    """A publication with one e-book, unless others are given."""
    slug = slug or f"so-tay-{number}"
    return Title(
        slug,
        TitleFacts(f"Sổ tay số {number}", kind=kind, period=period, unit="Chi bộ Thôn Đông", **facts),
        offers or (offer(slug, number),),
        cover=cover,
        thumb=cover and f"nho-{cover}",
        cover_size=(800, 1200) if cover else (0, 0),
        updated=moment(number),
    )


def catalogue(*titles, **told):
    """A catalogue of these publications."""
    return replace(Catalogue("Tủ sách chi bộ", "vi", titles, identity="tu-sach", updated=moment(0)), **told)


def many(count, kinds=KINDS, periods=4, **told):
    """A catalogue of so many publications, the newest first, over some kinds and periods."""
    made = (
        title(
            number,
            kind=kinds[number % len(kinds)] if kinds else "",
            period=f"Quý {1 + number % periods}/2026" if periods else "",
        )
        for number in range(count, 0, -1)
    )
    return catalogue(*made, **told)


HOSTILE = "  «Sổ <tay>»\n & \"b\"\x00\x0b\ud800'c' ]]> {{x}} %41 \ufffe𝕬 "
CLEAN = "«Sổ <tay>» & \"b\" 'c' ]]> {{x}} %41 𝕬"
LARGE = EditionFacts("chu-lon", "text", "A4", 210, 297, type="large")
SESSIONS = tuple(
    offer(f"buoi-{number}", number, reading=f"doc-nguoi-du-buoi-{number}", title=f"Buổi {number}. Thảo luận")
    for number in (1, 2, 3)
)
BARE = offer(
    "tran",
    kinds=("epub",),
    identifier="",
    subtitle="",
    date="",
    creator="",
    publisher="",
    description="",
    rights="",
    subjects=(),
    series=("", ""),
    accessibility="",
    pages=(),
)
CATALOGUES = {
    "none": many(0),
    "one": many(1),
    "under a page": many(49, kinds=(), periods=0),
    "a page": many(50, kinds=(), periods=0),
    "over a page": many(51, periods=0),
    "three pages": many(120),
    "own kinds and periods": many(30, kinds=[f"Loại {number}" for number in range(30)], periods=30),
    "hostile": catalogue(
        title(
            kind=HOSTILE,
            period=HOSTILE,
            slug="tập 1 #2?&%",
            cover="bìa 1.JPG",
            offers=(
                offer(
                    "tập 1: #2?&%",
                    title=HOSTILE,
                    subtitle=HOSTILE,
                    date=HOSTILE,
                    creator=HOSTILE,
                    description=HOSTILE,
                    identifier=HOSTILE,
                    language=HOSTILE,
                    subjects=(HOSTILE, " "),
                    series=(HOSTILE, HOSTILE),
                ),
            ),
        ),
        name=HOSTILE,
    ),
    "bare": catalogue(title(offers=(BARE,), cover="")),
    "two editions": catalogue(title(offers=(offer("a"), offer("b", edition=LARGE, reading="doc-chu-lon")))),
    "sessions": catalogue(title(offers=SESSIONS)),
    "English": many(12, language="en"),
    "an address": many(24, address="https://sach.example/chi-bo/"),
}


def feeds(shelf):
    """All feeds of a catalogue in both versions, by path."""
    return {**dict(opds1.feeds(shelf)), **dict(opds2.feeds(shelf))}


@dataclass(frozen=True)
class Link:
    """A link: from whom to what, and what else it says."""

    rel: str
    to: str
    type: str
    title: str = ""
    size: int = 0
    language: str = ""


@dataclass(frozen=True)
class Told:
    """A book as a feed tells it."""

    id: str
    title: str
    updated: str
    said: dict
    subjects: list
    links: list


@dataclass(frozen=True)
class Read:
    """A feed as it was read: what leads to another feed is told by that one's name, in both versions the same."""

    path: str
    id: str
    title: str
    updated: str
    navigates: bool
    links: list
    ways: list
    facets: dict
    books: list
    counts: tuple
    complete: bool = field(default=False, compare=False)

    def to(self, rel):
        """Where the only link of a relation leads; nothing where there is none."""
        (found,) = [link.to for link in self.links if link.rel == rel and "html" not in link.type] or [""]
        return found


def read(path, document, address=""):
    """A document of either version, of a site with an address or without → what it says."""
    return (_Atom if path.endswith(".xml") else _Json)(path, document, address or HERE).read()


class _Version:
    def __init__(self, path, document, address):
        self.path = path
        self.document = document
        self.address = address
        self.name = self.stem(path)

    @staticmethod
    def stem(path):
        return path.removesuffix(".xml").removesuffix(".json").partition("/")[2]

    def told_to(self, href, media):
        """Where a link leads: a feed's name, or a path of the site."""
        to = urljoin(self.address + self.path, href)
        path = to.removeprefix(self.address)
        return self.stem(path) if "opds" in media else unquote(path)

    @staticmethod
    def media(written):
        return "feed" if "opds" in written else written


class _Atom(_Version):
    def read(self):
        top = etree.fromstring(self.document)
        links = top.findall("a:link", NAMES)
        entries = top.findall("a:entry", NAMES)
        counts = tuple(int(top.findtext(f"opensearch:{name}", "0", NAMES)) for name in ("totalResults", "itemsPerPage"))
        start = int(top.findtext("opensearch:startIndex", "0", NAMES))
        facets = {}
        for link in links:
            if link.get("rel") == f"{REL}facet":
                group = link.get(f"{{{NAMES['opds']}}}facetGroup")
                active = link.get(f"{{{NAMES['opds']}}}activeFacet") == "true"
                facets.setdefault(group, []).append((*self._counted(link), link.get("title"), active))
        books = [self._book(entry) for entry in entries if entry.find("a:author", NAMES) is not None]
        ways = [self._way(entry) for entry in entries if entry.find("a:author", NAMES) is None]
        return Read(
            self.name,
            top.findtext("a:id", None, NAMES),
            top.findtext("a:title", None, NAMES),
            top.findtext("a:updated", None, NAMES),
            "kind=navigation" in links[0].get("type"),
            [self._link(link) for link in links if link.get("rel") != f"{REL}facet"],
            ways,
            facets,
            books,
            (*counts, -(-start // (counts[1] or 1))),
            top.find("fh:complete", NAMES) is not None,
        )

    def _counted(self, link):
        return self.told_to(link.get("href"), link.get("type")), int(link.get(f"{{{NAMES['thr']}}}count"))

    def _link(self, link):
        media = link.get("type")
        return Link(
            link.get("rel"),
            self.told_to(link.get("href"), media),
            self.media(media),
            link.get("title", ""),
            int(link.get("length", 0)),
            link.get("hreflang", ""),
        )

    def _way(self, entry):
        link = entry.find("a:link", NAMES)
        return (link.get("rel"), entry.findtext("a:title", None, NAMES), *self._counted(link))

    def _book(self, entry):
        series = entry.find("schema:Series", NAMES)
        said = {
            "author": entry.findtext("a:author/a:name", None, NAMES),
            "publisher": entry.findtext("dc:publisher", None, NAMES),
            "language": entry.findtext("dc:language", None, NAMES),
            "issued": entry.findtext("dc:issued", None, NAMES),
            "other id": entry.findtext("dc:identifier", None, NAMES),
            "about": entry.findtext("a:content", None, NAMES) or None,
            "pages": int((entry.findtext("dc:extent", None, NAMES) or "0").split()[0]),
            "series": None if series is None else series.get(f"{{{NAMES['schema']}}}name"),
        }
        subjects = [
            (each.get("scheme"), each.get("term"), each.get("label")) for each in entry.findall("a:category", NAMES)
        ]
        links = [self._link(link) for link in entry.findall("a:link", NAMES)]
        told = (entry.findtext(f"a:{name}", None, NAMES) for name in ("id", "title", "updated"))
        return Told(*told, said, subjects, sorted(links, key=repr))


class _Json(_Version):
    def read(self):
        top = json.loads(self.document)
        head = top["metadata"]
        facets = {
            group["metadata"]["title"]: [
                (*self._counted(link), link["title"], link.get("rel") == "self") for link in group["links"]
            ]
            for group in top.get("facets", [])
        }
        counts = tuple(head.get(name, 0) for name in ("numberOfItems", "itemsPerPage", "currentPage"))
        ways = [
            (link["rel"], link["title"], *self._counted(link))
            for link in top.get("navigation", [])
            if link["rel"] != "start"
        ]
        return Read(
            self.name,
            head["identifier"],
            head["title"],
            head["modified"],
            not counts[1],
            [self._link(link) for link in top["links"]],
            ways,
            facets,
            [self._book(each) for each in top.get("publications", [])],
            counts,
        )

    def _counted(self, link):
        return self.told_to(link["href"], link["type"]), link["properties"]["numberOfItems"]

    def _link(self, link):
        to = self.told_to(link["href"], link["type"])
        said = (link.get(name, nothing) for name, nothing in (("title", ""), ("size", 0), ("language", "")))
        return Link(link["rel"], to, self.media(link["type"]), *said)

    def _book(self, each):
        head = each["metadata"]
        said = {
            "author": head["author"]["name"],
            "publisher": head.get("publisher", {}).get("name"),
            "language": head["language"],
            "issued": head.get("published"),
            "other id": head.get("altIdentifier", [{"value": None}])[0]["value"],
            "about": head.get("description"),
            "pages": head.get("numberOfPages", 0),
            "series": head.get("belongsTo", {}).get("series", {}).get("name"),
        }
        subjects = [(one.get("scheme"), one["code"], one["name"]) for one in head.get("subject", [])]
        links = [self._link(link) for link in (*each["links"], *each.get("images", []))]
        return Told(head["identifier"], head["title"], head["modified"], said, subjects, sorted(links, key=repr))


def walked(documents, address=""):
    """Feeds of one version by path → what is wrong with them as a whole: ways that lead nowhere, counts that lie."""
    feeds = {one.path: one for one in (read(path, document, address) for path, document in documents.items())}
    top, found = feeds["index"], []
    for feed in feeds.values():
        found += [f"{feed.path}: {fault}" for fault in (*_links(feed, feeds, top), *_counts(feed, feeds))]
    reached = _reached(top, feeds)
    return [*found, *(f"{name}: no way leads here" for name in feeds if name not in reached)]


def _links(feed, feeds, top):
    to = [link.to for link in feed.links if link.type == "feed"]
    to += [way[2] for way in feed.ways] + [facet[0] for group in feed.facets.values() for facet in group]
    yield from (f"{name} is not there" for name in to if name not in feeds)
    if feed.to("self") != feed.path:
        yield "self is another"
    if feed.to("start") != top.path or (feed is not top and not feeds.get(feed.to("up"), feed).navigates):
        yield "does not lead up"
    for there, back in (("next", "previous"), ("previous", "next")):
        name = feed.to(there)
        if name in feeds and (feeds[name].to(back) != feed.path or feeds[name].id != feed.id):
            yield f"{there} does not lead back"
    active = {group: [to for to, *_, is_active in facets if is_active] for group, facets in feed.facets.items()}
    yield from (f"{group}: not this one is active" for group, to in active.items() if to != [first_page(feed)])


def first_page(feed):
    """The name of a list's first page."""
    return feed.path.partition("_trang-")[0]


def _counts(feed, feeds):
    for name, count in [way[2:] for way in feed.ways] + [one[:2] for group in feed.facets.values() for one in group]:
        there = feeds.get(name)
        if there and count != (len(there.ways) if there.navigates else there.counts[0]):
            yield f"{name} has not {count}"
    if len({book.id for book in feed.books}) < len(feed.books):
        yield "a book twice"
    if not feed.navigates and feed.counts[2] == 1:
        pages = list(_pages(feed, feeds))
        books = [book for page in pages for book in page.books]
        if len(books) != feed.counts[0]:
            yield f"{len(books)} books, not {feed.counts[0]}"
        if books and any(page.updated != max(book.updated for book in books) for page in pages):
            yield "updated is not that of the latest book"


def _pages(feed, feeds):
    seen = set()
    while feed and feed.path not in seen:
        seen.add(feed.path)
        yield feed
        feed = feeds.get(feed.to("next"))


def _reached(top, feeds):
    waiting, reached = [top.path], set()
    while waiting:
        name = waiting.pop()
        if name in feeds and name not in reached:
            reached.add(name)
            feed = feeds[name]
            waiting += [link.to for link in feed.links if link.type == "feed"] + [way[2] for way in feed.ways]
            waiting += [facet[0] for group in feed.facets.values() for facet in group]
    return reached
