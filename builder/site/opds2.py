"""A ``Catalogue`` comes in; its feeds as OPDS Catalog 2.0 go out: JSON documents by their paths on the site.

What reading programs make of such feeds decides a few things the specification leaves open: a link has one relation,
and files have the long one of OPDS 1.2 (KOReader looks at the first and knows no other; the JSON Schema has no
``download`` either), a title is a string, pictures say which is the small one. Nothing has a blank value (5.2).

A list without books has a way back instead: a feed must hold something (1.1). There is no place for a checksum.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from builder.site import shelving
from builder.site.entries import said
from builder.site.shelving import Addresses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.site.entries import Acquisition, Entry, Picture
    from builder.site.nouns import Catalogue
    from builder.site.shelving import Facets, Feed, Way

FOLDER = "opds2/"
ROOT = f"{FOLDER}{shelving.ROOT}.json"

OPDS2 = "application/opds+json"
OPDS1 = "application/atom+xml;profile=opds-catalog"
HTML = "text/html"
BOOK = "http://schema.org/Book"
REL = "http://opds-spec.org/"

Object = dict[str, Any]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")  # the schema has no place for a year alone


def feeds(catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    """Write the feeds of a catalogue, one document at a time, the root first: path → JSON."""
    addresses = Addresses(FOLDER, catalogue.address)
    for feed in shelving.feeds(catalogue):
        told = _Document(catalogue, addresses, feed).told()
        yield f"{FOLDER}{feed.name}.json", f"{json.dumps(told, ensure_ascii=False, separators=(',', ':'))}\n".encode()


class _Document:
    """A feed on its way to become a document."""

    def __init__(self, catalogue: Catalogue, addresses: Addresses, feed: Feed) -> None:
        self.catalogue = catalogue
        self.addresses = addresses
        self.feed = feed

    def told(self) -> Object:
        return _full(
            metadata=self._metadata(),
            links=list(self._links()),
            facets=list(map(self._facets, self.feed.facets)),
            navigation=list(self._navigation()),
            publications=list(map(self._publication, self.feed.entries)),
        )

    def _metadata(self) -> Object:
        told: Object = {"identifier": self.feed.id, "title": self.feed.title, "modified": self.feed.updated}
        if page := self.feed.page:
            told |= {"numberOfItems": page.total, "itemsPerPage": page.size, "currentPage": page.number}
        return told

    def _links(self) -> Iterator[Object]:
        yield self._link(self._feed(self.feed.name), OPDS2, "self")
        yield self._link(self._feed(shelving.ROOT), OPDS2, "start")
        if self.feed.up:
            yield self._link(self._feed(self.feed.up), OPDS2, "up")
        for rel, stem in self.feed.pages:
            yield self._link(self._feed(stem), OPDS2, rel)
        yield self._link(self._feed(shelving.EVERYTHING), OPDS2, f"{REL}crawlable")
        kind = "navigation" if self.feed.ways else "acquisition"
        yield self._link(f"opds/{self.feed.name}.xml", f"{OPDS1};kind={kind}", "alternate")
        if not self.feed.up:
            yield self._link("index.html", HTML, "alternate")

    def _facets(self, group: Facets) -> Object:
        links = [
            self._link(self._feed(facet.stem), OPDS2, "self" if facet.active else "", facet.title)
            | {"properties": {"numberOfItems": facet.count}}
            for facet in group.choices
        ]
        return {"metadata": {"title": group.title}, "links": links}

    def _navigation(self) -> Iterator[Object]:
        yield from map(self._way, self.feed.ways)
        if not self.feed.ways and not self.feed.entries:
            yield self._link(self._feed(shelving.ROOT), OPDS2, "start", said(self.catalogue.name))

    def _way(self, way: Way) -> Object:
        rel = f"{REL}sort/new" if way.newest else "subsection"
        link = self._link(self._feed(way.stem), OPDS2, rel, way.title)
        return link | {"properties": {"numberOfItems": way.count}}

    def _publication(self, entry: Entry) -> Object:
        path, label = entry.reading
        links = [
            *map(self._file, entry.files),
            self._link(entry.page, HTML, "alternate"),
            self._link(path, HTML, "alternate", label) | {"language": entry.language},
        ]
        return _full(metadata=_described(entry), links=links, images=list(map(self._picture, entry.pictures)))

    def _file(self, file: Acquisition) -> Object:
        return self._link(file.path, file.type, f"{REL}acquisition/open-access", file.label) | {"size": file.bytes}

    def _picture(self, picture: Picture) -> Object:
        link = self._link(picture.path, picture.type, f"{REL}image/thumbnail" if picture.small else f"{REL}image")
        return link | _full(width=picture.width or None, height=picture.height or None)

    @staticmethod
    def _feed(stem: str) -> str:
        return f"{FOLDER}{stem}.json"

    def _link(self, path: str, media: str, rel: str, title: str = "") -> Object:
        return _full(rel=rel, href=self.addresses.to(path), type=media, title=title)


def _described(entry: Entry) -> Object:
    """Say what a book is (Readium Web Publication Manifest, its default context)."""
    name, position = entry.series
    return {"@type": BOOK} | _full(
        identifier=entry.id,
        altIdentifier=[{"value": entry.identifier}] if entry.identifier else [],
        title=entry.title,
        subtitle=entry.subtitle,
        modified=entry.updated,
        published=entry.issued if _DAY.fullmatch(entry.issued) else "",
        language=entry.language,
        author={"name": entry.author},
        publisher={"name": entry.publisher} if entry.publisher else {},
        description=entry.content,
        numberOfPages=entry.pages[0] or None,
        subject=[_full(name=each.label, code=each.term, scheme=each.scheme) for each in entry.subjects],
        belongsTo={"series": _full(name=name, position=_number(position))} if name else {},
        accessibility=_full(summary=entry.accessibility),
    )


def _full(**told: object) -> Object:
    """Return what is told without blank values."""
    return {key: value for key, value in told.items() if value not in ("", [], {}, None)}


def _number(position: str) -> int | None:
    return int(position) if position.isascii() and position.isdigit() else None
