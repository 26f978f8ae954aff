"""A ``Catalogue`` comes in; its feeds as OPDS Catalog 1.2 go out: Atom documents (RFC 4287) by their paths on the site.

What reading programs make of such feeds decides a few things the specification leaves open:

* entries of a navigation feed have no author of their own: Thorium takes those that have for books;
* their links are ``subsection`` or ``…/sort/new``: KOReader follows few others;
* the web edition is an ``alternate`` in the book's language, beside the page in the site's (RFC 4287, 4.1.1: no two in
  one): by any other relation KOReader offers it as a download, by any other type Librera does;
* prefixes are the ones the specification writes: some programs look for ``opds:facetGroup`` by these letters;
* every file says which it is: two of them end in ``.epub``.

Atom has no place for a checksum: ``SHA256SUMS`` has them all; nor for a series: it is told in schema.org's words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from builder.site import shelving
from builder.site.entries import said
from builder.site.shelving import Addresses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.site.entries import Entry
    from builder.site.nouns import Catalogue
    from builder.site.shelving import Facet, Feed, Way

FOLDER = "opds/"
ROOT = f"{FOLDER}{shelving.ROOT}.xml"

ATOM = "http://www.w3.org/2005/Atom"
NAMES = {
    None: ATOM,
    "dc": "http://purl.org/dc/terms/",
    "opds": "http://opds-spec.org/2010/catalog",
    "thr": "http://purl.org/syndication/thread/1.0",
    "opensearch": "http://a9.com/-/spec/opensearch/1.1/",
    "fh": "http://purl.org/syndication/history/1.0",
    "schema": "http://schema.org",
}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
NAVIGATION = "application/atom+xml;profile=opds-catalog;kind=navigation"
ACQUISITION = "application/atom+xml;profile=opds-catalog;kind=acquisition"
OPDS2 = "application/opds+json"
HTML = "text/html"
REL = "http://opds-spec.org/"


def feeds(catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    """Write the feeds of a catalogue, one document at a time, the root first: path → Atom."""
    addresses = Addresses(FOLDER, catalogue.address)
    for feed in shelving.feeds(catalogue):
        yield f"{FOLDER}{feed.name}.xml", _Document(catalogue, addresses, feed).written()


class _Document:
    """A feed on its way to become a document."""

    def __init__(self, catalogue: Catalogue, addresses: Addresses, feed: Feed) -> None:
        self.catalogue = catalogue
        self.addresses = addresses
        self.feed = feed
        self.top = etree.Element(f"{{{ATOM}}}feed", {LANGUAGE: catalogue.language}, nsmap=NAMES)

    def written(self) -> bytes:
        self._head()
        self._links()
        self._counted()
        for way in self.feed.ways:
            self._way(way)
        for entry in self.feed.entries:
            self._entry(entry)
        document: bytes = etree.tostring(self.top, encoding="UTF-8", xml_declaration=True, pretty_print=True)
        return document

    def _head(self) -> None:
        _add(self.top, "id", self.feed.id)
        _add(self.top, "title", self.feed.title)
        _add(self.top, "updated", self.feed.updated)
        author = _add(self.top, "author")
        _add(author, "name", said(self.catalogue.name) or self.feed.title)
        if self.catalogue.address:
            _add(author, "uri", self.catalogue.address)
        if self.feed.whole and self.feed.page and self.feed.page.of == 1:
            _add(self.top, "fh:complete")

    def _links(self) -> None:
        kind = NAVIGATION if self.feed.ways else ACQUISITION
        self._link(self.top, "self", self._feed(self.feed.name), kind)
        self._link(self.top, "start", self._feed(shelving.ROOT), NAVIGATION)
        if self.feed.up:
            self._link(self.top, "up", self._feed(self.feed.up), NAVIGATION)
        for rel, stem in self.feed.pages:
            self._link(self.top, rel, self._feed(stem), kind)
        self._link(self.top, f"{REL}crawlable", self._feed(shelving.EVERYTHING), ACQUISITION)
        self._link(self.top, "alternate", f"opds2/{self.feed.name}.json", OPDS2)
        if not self.feed.up:
            self._link(self.top, "alternate", "index.html", HTML)
        for group in self.feed.facets:
            for facet in group.choices:
                self._facet(group.title, facet)

    def _facet(self, group: str, facet: Facet) -> None:
        link = self._link(self.top, f"{REL}facet", self._feed(facet.stem), ACQUISITION, facet.title)
        link.set(_name("opds:facetGroup"), group)
        if facet.active:
            link.set(_name("opds:activeFacet"), "true")
        link.set(_name("thr:count"), str(facet.count))

    def _counted(self) -> None:
        if self.feed.page:
            _add(self.top, "opensearch:totalResults", str(self.feed.page.total))
            _add(self.top, "opensearch:itemsPerPage", str(self.feed.page.size))
            _add(self.top, "opensearch:startIndex", str(self.feed.page.first))

    def _way(self, way: Way) -> None:
        entry = _add(self.top, "entry")
        _add(entry, "id", way.id)
        _add(entry, "title", way.title)
        _add(entry, "updated", way.updated)
        _add(entry, "content", way.told, type="text")
        rel = f"{REL}sort/new" if way.newest else "subsection"
        link = self._link(entry, rel, self._feed(way.stem), NAVIGATION if way.deeper else ACQUISITION)
        link.set(_name("thr:count"), str(way.count))

    def _entry(self, told: Entry) -> None:
        entry = _add(self.top, "entry")
        if told.language and told.language != self.catalogue.language:
            entry.set(LANGUAGE, told.language)
        _add(entry, "id", told.id)
        _add(entry, "title", told.title)
        _add(entry, "updated", told.updated)
        _add(_add(entry, "author"), "name", told.author)
        for name, text in (
            ("dc:identifier", told.identifier),
            ("dc:language", told.language),
            ("dc:publisher", told.publisher),
            ("dc:issued", told.issued),
            ("dc:extent", told.pages[1]),
            ("rights", told.rights),
        ):
            if text:
                _add(entry, name, text)
        self._about(entry, told)
        self._taken(entry, told)

    @staticmethod
    def _about(entry: etree._Element, told: Entry) -> None:
        for subject in told.subjects:
            scheme = {"scheme": subject.scheme} if subject.scheme else {}
            _add(entry, "category", **scheme, term=subject.term, label=subject.label)
        name, position = told.series
        if name:
            series = _add(entry, "schema:Series")
            series.set(_name("schema:name"), name)
            if position:
                series.set(_name("schema:position"), position)
        _add(entry, "content", told.content, type="text")

    def _taken(self, entry: etree._Element, told: Entry) -> None:
        for picture in told.pictures:
            rel = f"{REL}image/thumbnail" if picture.small else f"{REL}image"
            self._link(entry, rel, picture.path, picture.type)
        for file in told.files:
            link = self._link(entry, f"{REL}acquisition/open-access", file.path, file.type, file.label)
            link.set("length", str(file.bytes))
        self._link(entry, "alternate", told.page, HTML)
        path, label = told.reading
        self._link(entry, "alternate", path, HTML, label).set("hreflang", told.language)

    @staticmethod
    def _feed(stem: str) -> str:
        return f"{FOLDER}{stem}.xml"

    def _link(self, parent: etree._Element, rel: str, path: str, media: str, title: str = "") -> etree._Element:
        link = _add(parent, "link", rel=rel, href=self.addresses.to(path), type=media)
        if title:
            link.set("title", title)
        return link


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    added = etree.SubElement(parent, _name(name), attributes)
    if text:
        added.text = text
    return added


def _name(written: str) -> str:
    prefix, colon, local = written.rpartition(":")
    return f"{{{NAMES[prefix if colon else None]}}}{local}"
