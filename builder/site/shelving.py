"""A ``Catalogue`` comes in; its feeds go out, one at a time: which ways lead on, which books stand where and in order.

Both versions of OPDS are written from these, so that they never say different things.

The way from the root: the newest first, by kind, by period; every list is told in pages and has facets that narrow it
to a kind, a period or both. One more feed, for programs, holds every book by when it last changed. There is no search:
it would need a server that answers (OPDS 1.2, 3; OPDS 2.0, 3), and these are files.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import quote

from builder.site.entries import Subject, Teller, named, said
from builder.vietnamese import order
from builder.vietnamese.slug import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.site.entries import Entry
    from builder.site.nouns import Catalogue
    from builder.site.words import Words

PER_PAGE = 50
AT_ONCE = 1000
"""The feed of everything is told in parts from here on: a document is held in memory while it is written."""

SHOWN = 24
"""A side of the matter has no more facets on a page: with all of them the feeds would grow with the square."""
NARROW = 10
"""A list of so few books is not parted again."""

ROOT = "index"
NEWEST = "moi"
EVERYTHING = "tat-ca"
KINDS = "loai"
PERIODS = "ky"
LISTS = {KINDS: "feeds.kinds", PERIODS: "feeds.periods"}
SIDES = {KINDS: "search.kind", PERIODS: "search.period"}
"""What the lists of lists and the facets are called."""

EPOCH = "1970-01-01T00:00:00Z"
_LONGEST = 60  # letters of a label in a file's name: systems take 255 bytes
_DIGEST = 8

Key = tuple[str, str]
"""The stems of a kind and a period; an empty one is any."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way on from a navigation feed.

    Attributes:
        told: what is found there, in words.
        deeper: it leads to another navigation feed.
        newest: it leads to what is new.
    """

    id: str
    stem: str
    title: str
    told: str
    count: int
    updated: str
    deeper: bool = False
    newest: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A narrower or a wider list than this one: where it is, what it is called, how many it has."""

    stem: str
    title: str
    count: int
    active: bool


@dataclass(frozen=True, slots=True)
class Facets:
    """The lists one may have instead, by one side of the matter."""

    title: str
    choices: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Which page of a list a feed is, counted from 1, and of how many; entries on a full page, and in all."""

    number: int
    of: int
    size: int
    total: int

    @property
    def first(self) -> int:
        """The number of its first entry in the list, counted from 1."""
        return (self.number - 1) * self.size + 1


@dataclass(frozen=True, slots=True)
class Feed:
    """One document of the catalogue.

    Attributes:
        id: of the list; all its pages have the same (RFC 5005, 1: a logical feed).
        stem: of the list's file names.
        updated: of the list: when any of its books last changed.
        up: the stem of the feed above; the root has none.
        ways: of a navigation feed.
        entries: of an acquisition feed.
        page: which page it is; none: a navigation feed.
        whole: all there is, for programs (OPDS 1.2, 2.5).
    """

    id: str
    stem: str
    title: str
    updated: str
    up: str = ""
    ways: tuple[Way, ...] = ()
    entries: tuple[Entry, ...] = field(default=(), repr=False)
    facets: tuple[Facets, ...] = ()
    page: Page | None = None
    whole: bool = False

    @property
    def pages(self) -> Iterator[tuple[str, str]]:
        """Relations to the other pages of the list (RFC 5005, 3), each with a file name's stem."""
        if self.page is None or self.page.of == 1:
            return
        here, last = self.page.number, self.page.of
        wanted = (("first", 1), ("previous", here - 1), ("next", here + 1), ("last", last))
        yield from ((rel, paged(self.stem, number)) for rel, number in wanted if 1 <= number <= last)

    @property
    def name(self) -> str:
        """The stem of its file name."""
        return paged(self.stem, self.page.number if self.page else 1)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where links lead from a folder of the site: relative, unless the site's address is known."""

    folder: str
    address: str = ""

    def to(self, path: str) -> str:
        """Return the link to a path of the site, its characters escaped (RFC 3986, 2.1)."""
        if self.address:
            return self.address + quote(path)
        return quote(path.removeprefix(self.folder)) if path.startswith(self.folder) else f"../{quote(path)}"


def paged(stem: str, number: int) -> str:
    """Return the file name's stem of a page of a list; a list's stem has no ``_trang``."""
    return stem if number == 1 else f"{stem}_trang-{number}"


def feeds(catalogue: Catalogue) -> Iterator[Feed]:
    """Arrange a catalogue: its feeds, the root first, each made when it is asked for."""
    return _Shelves.of(catalogue).feeds()


@dataclass(frozen=True, slots=True)
class _Label:
    """A kind or a period as a feed is called by it."""

    stem: str
    words: str


@dataclass(frozen=True, slots=True)
class _Shelves:
    """The books by kind and period: every list there can be, as it is asked for over and over."""

    catalogue: Catalogue
    words: Words
    kinds: tuple[_Label, ...]
    periods: tuple[_Label, ...]
    titles: Mapping[str, str]
    lists: Mapping[Key, list[Entry]]

    @classmethod
    def of(cls, catalogue: Catalogue) -> _Shelves:
        """Put every book on all the shelves it belongs to."""
        teller, offered = Teller.of(catalogue), [title for title in catalogue.titles if title.offers]
        kinds = _labels(KINDS, (title.facts.kind for title in offered))
        periods = _labels(PERIODS, (title.facts.period for title in offered))
        lists: dict[Key, list[Entry]] = {("", ""): []}
        for title in offered:
            kind, period = kinds.get(_folded(title.facts.kind)), periods.get(_folded(title.facts.period))
            subjects = tuple(_subjects(catalogue, kind, period))
            entries = [teller.entry(title, offer, subjects) for offer in title.offers]
            stems = (kind.stem if kind else "", period.stem if period else "")
            for key in {("", ""), (stems[0], ""), ("", stems[1]), stems}:
                lists.setdefault(key, []).extend(entries)
        lists = {key: entries for key, entries in lists.items() if "" in key or _is_parted(lists, key)}
        by_name = sorted(kinds.values(), key=lambda label: order.whole_key(label.words))
        titles = {label.stem: label.words for label in (*by_name, *periods.values())}
        return cls(catalogue, teller.words, tuple(by_name), tuple(periods.values()), titles, lists)

    def feeds(self) -> Iterator[Feed]:
        """Yield the root, the lists of lists, then every list page by page."""
        yield self._root()
        for stem, labels in self._groups():
            ways = tuple(self._way(label, _key(label)) for label in labels)
            yield self._feed(stem, ROOT, self.words(LISTS[stem]), ways)
        for key in self._keys():
            yield from self._list(key)
        yield from self._everything()

    def _root(self) -> Feed:
        newest = self._way(_Label(NEWEST, self.words("feeds.newest")), ("", ""))
        groups = (self._group(*group) for group in self._groups())
        return self._feed(ROOT, "", said(self.catalogue.name), (newest, *groups))

    def _group(self, stem: str, labels: tuple[_Label, ...]) -> Way:
        title, told = self.words(LISTS[stem]), " · ".join(label.words for label in labels[:SHOWN])
        updated = self._updated(self.lists["", ""])
        return Way(named(self.catalogue, f"way {stem}"), stem, title, told, len(labels), updated, deeper=True)

    def _groups(self) -> Iterator[tuple[str, tuple[_Label, ...]]]:
        """Yield the sides that part the books at all, with their labels."""
        everything = len(self.lists["", ""])
        for stem, labels in ((KINDS, self.kinds), (PERIODS, self.periods)):
            if len(labels) > 1 or any(len(self.lists[_key(label)]) < everything for label in labels):
                yield stem, labels

    def _keys(self) -> Iterator[Key]:
        stems = {group: [label.stem for label in labels] for group, labels in self._groups()}
        for kind in ("", *stems.get(KINDS, ())):
            yield from ((kind, period) for period in ("", *stems.get(PERIODS, ())) if (kind, period) in self.lists)

    def _list(self, key: Key) -> Iterator[Feed]:
        kind, period = key
        names = [self.titles[stem] for stem in key if stem]
        up = KINDS if kind else PERIODS if period else ROOT
        title = " · ".join(names) or self.words("feeds.newest")
        yield from self._pages(_stem(key), up, title, self.lists[key], facets=self._facets(key))

    def _everything(self) -> Iterator[Feed]:
        latest = sorted(self.lists["", ""], key=lambda entry: _moment(entry.updated), reverse=True)
        yield from self._pages(EVERYTHING, ROOT, self.words("feeds.everything"), latest, size=AT_ONCE)

    def _pages(
        self,
        stem: str,
        up: str,
        title: str,
        entries: list[Entry],
        *,
        size: int = PER_PAGE,
        facets: tuple[Facets, ...] = (),
    ) -> Iterator[Feed]:
        of, updated = -(-len(entries) // size) or 1, self._updated(entries)
        for number in range(1, of + 1):
            page = Page(number, of, size, len(entries))
            shown = tuple(entries[page.first - 1 : page.first - 1 + size])
            yield Feed(
                named(self.catalogue, stem),
                stem,
                title,
                updated,
                up,
                entries=shown,
                facets=facets,
                page=page,
                whole=stem == EVERYTHING,
            )

    def _facets(self, key: Key) -> tuple[Facets, ...]:
        offered = ((group, self._choices(key, group, labels)) for group, labels in self._groups())
        return tuple(Facets(self.words(SIDES[group]), choices) for group, choices in offered if len(choices) > 1)

    def _choices(self, key: Key, group: str, labels: tuple[_Label, ...]) -> tuple[Facet, ...]:
        """Return the lists to have instead of one: without its label of this side, and with each other one."""
        kind, period = key
        wider = ("", period) if group == KINDS else (kind, "")
        if any(wider) and len(self.lists[wider]) <= NARROW:
            return ()
        others = (_beside(wider, group, label) for label in labels)
        shown = list(islice((other for other in others if other in self.lists), SHOWN))
        here = [] if key in {wider, *shown} else [key]
        return tuple(self._facet(other, group, active=other == key) for other in (wider, *shown, *here))

    def _facet(self, key: Key, group: str, *, active: bool) -> Facet:
        stem = key[0] if group == KINDS else key[1]
        return Facet(_stem(key), self.titles.get(stem) or self.words("search.all"), len(self.lists[key]), active)

    def _way(self, label: _Label, key: Key) -> Way:
        entries = self.lists[key]
        return Way(
            named(self.catalogue, f"way {label.stem}"),
            label.stem,
            label.words,
            self.words.counted("feeds.books", len(entries)),
            len(entries),
            self._updated(entries),
            newest=label.stem == NEWEST,
        )

    def _feed(self, stem: str, up: str, title: str, ways: tuple[Way, ...]) -> Feed:
        return Feed(named(self.catalogue, stem), stem, title, self._updated(self.lists["", ""]), up, ways)

    def _updated(self, entries: Iterable[Entry]) -> str:
        return max((entry.updated for entry in entries), key=_moment, default=self.catalogue.updated or EPOCH)


def _key(label: _Label) -> Key:
    return (label.stem, "") if label.stem.startswith(f"{KINDS}-") else ("", label.stem)


def _beside(wider: Key, group: str, label: _Label) -> Key:
    return (label.stem, wider[1]) if group == KINDS else (wider[0], label.stem)


def _is_parted(lists: Mapping[Key, list[Entry]], key: Key) -> bool:
    """Tell whether the list of a kind and that of a period are both long enough to be parted by the other."""
    kind, period = key
    return min(len(lists[kind, ""]), len(lists["", period])) > NARROW


def _stem(key: Key) -> str:
    return "_".join(filter(None, key)) or NEWEST


def _subjects(catalogue: Catalogue, kind: _Label | None, period: _Label | None) -> Iterator[Subject]:
    for group, label in ((KINDS, kind), (PERIODS, period)):
        if label:
            yield Subject(named(catalogue, f"scheme {group}"), label.stem.removeprefix(f"{group}-"), label.words)


def _folded(label: str) -> str:
    return said(label).casefold()


def _labels(group: str, labels: Iterable[str]) -> dict[str, _Label]:
    """Labels → each once, as it was written first, with a stem that no other has."""
    once: dict[str, str] = {}
    for label in map(said, labels):
        if label:
            once.setdefault(label.casefold(), label)
    taken = Counter(map(slug, once.values()))
    return {folded: _Label(f"{group}-{_short(words, taken)}", words) for folded, words in once.items()}


def _short(label: str, taken: Counter[str]) -> str:
    """Return the slug of a label; with a few digits of its own where that is not enough, or too much."""
    plain = slug(label)
    if 0 < len(plain) <= _LONGEST and taken[plain] == 1:
        return plain
    return "-".join(filter(None, (plain[:_LONGEST], hashlib.sha256(label.casefold().encode()).hexdigest()[:_DIGEST])))


def _moment(updated: str) -> datetime.datetime:
    """Return the moment an RFC 3339 date names; one without an offset is taken for UTC."""
    moment = datetime.datetime.fromisoformat(updated)
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
