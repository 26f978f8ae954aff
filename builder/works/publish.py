"""A shelf comes in; its site goes out, whole or not at all: pages, web editions, feeds, codes, the finished files.

Publications go through one after another: of one that is done only what is told of it is kept, so that a shelf of a
thousand needs little more memory than one of ten.
"""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import chain
from typing import TYPE_CHECKING

from builder import codes, fonts, problems, shelf
from builder.problems import Place, Problems
from builder.site import opds1, opds2, pages, reading, search
from builder.site.nouns import Catalogue
from builder.site.words import words
from builder.works import catalogue, notice, titles
from builder.works.asked import Stage, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from builder.fonts import Face
    from builder.problems import Problem
    from builder.shelf import Stocked, Tree
    from builder.site.nouns import Title
    from builder.works.asked import Workshop

_LABEL = b"anpham: the path of a tree that is not listed, 1\0"
_BYTES = 20  # 32 letters, and more than anybody can try
FEEDS = (opds1.ROOT, opds2.ROOT)
"""Where the feeds begin, from the site's root."""


class Internal(Enum):
    """What becomes of the publications for members alone: left out, shown like all others, or put where none looks."""

    LEFT_OUT = "left-out"
    SHOWN = "shown"
    UNLISTED = "unlisted"


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted.

    Attributes:
        shelf: where the publications stand.
        into: where the site stands, or will.
        now: the moment (``2026-03-15T08:00:00Z``).
        address: where the site will be reached (``https://…/``, a slash at the end); empty: not known.
        name: what the shelf is called; empty: the shelf of the unit of its newest publication that is listed, else
            after its folder.
        language: of the site's own words.
        internal: what becomes of the publications for members alone; whoever orders has asked the person.
        secret: what the path of those that are not listed is made of.
        copies: numbered copies are wanted, too.
    """

    shelf: Path
    into: Path
    now: str
    address: str = ""
    name: str = ""
    language: str = "vi"
    internal: Internal = Internal.LEFT_OUT
    secret: bytes = field(default=b"", repr=False)
    copies: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What stands on a shelf, newest first, and what is worth a second look."""

    stock: tuple[Stocked, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def internal(self) -> tuple[Stocked, ...]:
        """The publications for members alone."""
        return tuple(each for each in self.stock if each.facts.is_internal)


@dataclass(frozen=True, slots=True)
class Published:
    """What was published.

    Attributes:
        listed: the site's catalogue.
        unlisted: the catalogue of what stands under ``path``, where that was wanted.
        path: of what is not listed, with a slash at its end; empty: there is none.
        internal: how many publications for members alone stand on the site like all others.
        left_out: those that are not on the site.
        copies_left: how many numbered copies of the others are not.
        files: how many files the site has.
        bytes: their size.
        problems: what is worth a second look.
    """

    listed: Catalogue
    unlisted: Catalogue | None = None
    path: str = ""
    internal: int = 0
    left_out: tuple[Stocked, ...] = ()
    copies_left: int = 0
    files: int = 0
    bytes: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def titles(self) -> int:
        """How many publications it has, listed or not."""
        return len(self.listed.titles) + (len(self.unlisted.titles) if self.unlisted else 0)


def found(folder: Path) -> Found:
    """Look what stands on a shelf; no file of a publication is opened.

    Raises:
        Problems: ``SHELF_EMPTY``, ``SHELF_OLD``, ``SHELF_LIST``, ``SHELF_LOST``, ``SHELF_CHANGED``,
            ``FILE_UNREADABLE``, ``SHELF_DENIED``, ``SHELF_FULL``; of all publications at once.
    """
    shelf.recover(folder)
    stock: list[Stocked] = []
    said: list[Problem] = []
    for each in shelf.publications(folder):
        try:
            stocked = _known(shelf.stocked(each))
        except Problems as stopped:
            said += stopped.problems
        else:
            stock += [stocked] if stocked else []
    said = list(problems.stop_on_errors(said))
    if not stock:
        raise Problems([*said, problems.shelf_empty(Place(str(folder)))])
    return Found(tuple(catalogue.newest_first(stock)), tuple(said))


def _known(stocked: Stocked | None) -> Stocked | None:
    """Return a publication all of whose files are of kinds that are made here, and called so."""
    if stocked and not all(map(catalogue.is_made_here, stocked.records)):
        raise Problems([problems.shelf_list(Place(str(stocked.folder / shelf.MANIFEST)))])
    return stocked


def publish(order: Order, found: Found, workshop: Workshop) -> Published:
    """Put what was found on a site, in the place of the one before it; the same gives the same bytes.

    Args:
        order: what is wanted.
        found: what stands on the shelf.
        workshop: where notices are set, and who is told how far the work is.

    Raises:
        Problems: ``SITE_NOTHING``, ``SITE_SHELF``, ``SITE_SOURCE``, ``SITE_DRIVE``, ``SITE_HERE``, ``SITE_FILE``,
            ``SITE_TAKEN``, ``SITE_OWNERS``, ``SHELF_BOOK``, ``SHELF_LOST``, ``SHELF_CHANGED``, ``FILE_UNREADABLE``,
            ``SHELF_DENIED``, ``SHELF_FULL``; the site is then as it was.
    """
    listed, unlisted, left_out = _divided(order, found)
    if not (listed or unlisted):
        raise Problems([*found.problems, problems.site_nothing(Place(str(order.shelf)))])
    apart = replace(order, name=order.name or _name(order, listed or unlisted))
    order = replace(order, name=order.name or _name(order, listed))
    said = list(found.problems)
    hidden, trees, second = "", [], None
    with shelf.renewed(order.into, order.shelf) as site:
        trees.append(site)
        first = _Press(order, site, workshop, said).filled(listed)
        if unlisted:
            hidden = f"{unlisted_name(order)}/"
            apart = replace(apart, address=order.address and order.address + hidden)
            trees.append(site.under(hidden.removesuffix("/")))
            second = _Press(apart, trees[-1], workshop, said, unlisted=True).filled(unlisted)
    files, size = sum(tree.files for tree in trees), sum(tree.bytes for tree in trees)
    copies = 0 if order.copies else _copies([*listed, *unlisted])
    internal = sum(each.facts.is_internal for each in listed)
    return Published(first, second, hidden, internal, left_out, copies, files, size, problems.in_order(said))


def unlisted_name(order: Order) -> str:
    """Name the folder of what is not listed: the same for the same site, and nobody without the secret can say it.

    Raises:
        ValueError: when the secret is none.
    """
    if len(order.secret) < _BYTES:
        raise ValueError("a path that anybody can reckon is one that anybody can guess")
    site = order.address or order.into.absolute().name
    digest = hmac.digest(order.secret, _LABEL + site.encode(errors="surrogateescape"), "sha256")
    return base64.b32encode(digest[:_BYTES]).decode().lower()


def _divided(order: Order, found: Found) -> tuple[tuple[Stocked, ...], ...]:
    """Part the publications: those that are listed, those that are not, those left out."""
    inside = found.internal
    outside = tuple(each for each in found.stock if not each.facts.is_internal)
    match order.internal:
        case Internal.SHOWN:
            return found.stock, (), ()
        case Internal.UNLISTED:
            return outside, inside, ()
    return outside, (), inside


def _name(order: Order, stock: Sequence[Stocked]) -> str:
    """Name a shelf; where nothing is listed, not even whose it is may be read."""
    if not stock:
        return words(order.language)("back")
    unit = catalogue.newest_first(stock)[0].facts.unit
    return words(order.language)("front.name", unit=unit) if unit else order.shelf.absolute().name


def _copies(stock: Iterable[Stocked]) -> int:
    return sum(catalogue.is_copy(record) for each in stock for record in each.records)


@dataclass(frozen=True, slots=True)
class _Press:
    """Fills a site, or a tree in it."""

    order: Order
    tree: Tree
    workshop: Workshop
    said: list[Problem]
    unlisted: bool = False

    def filled(self, stock: Sequence[Stocked]) -> Catalogue:
        """Put publications on it, then all that leads to them; return what it has to offer."""
        order = self.order
        moments = catalogue.Moments(order.now, catalogue.remembered(self.tree.former(shelf.SITE_STATE)))
        desk = titles.Desk(
            self.tree,
            words(order.language),
            moments,
            order.address,
            copies=order.copies,
            unlisted=self.unlisted,
            found=self.said,
        )
        made = tuple(self._placed(stock, desk))
        made_at = max((each.updated for each in made), default=catalogue.UNDATED)
        told = Catalogue(
            order.name,
            order.language,
            made,
            order.address,
            order.address or order.name,
            moments.of("", catalogue.digest((order.name, [(each.slug, each.updated) for each in made]), ()), made_at),
            self.unlisted,
        )
        notices = notice.made(told, self.workshop)
        told = replace(told, notices=tuple(notices))
        for path, data in chain(notices.items(), self._pages(told)):
            self.tree.put(path, data)
        self.tree.put(shelf.SITE_STATE, catalogue.memory(moments))
        return told

    def _placed(self, stock: Sequence[Stocked], desk: titles.Desk) -> Iterator[Title]:
        for number, each in enumerate(stock):
            self.workshop.progress(Step(self.order.shelf.absolute().name, "", Stage.PUBLISH, number, len(stock)))
            yield titles.placed(each, desk)

    def _pages(self, told: Catalogue) -> Iterator[tuple[str, bytes]]:
        """Yield the pages of a site, what search goes by, the feeds, the codes."""
        yield from reading.shared().items()
        for path, data in pages.shared(_faces(self.workshop)).items():
            if path not in self.tree:  # web editions are set in the same type
                yield path, data
        yield "index.html", pages.front(told)
        for title in told.titles:
            yield f"{title.slug}/index.html", pages.title_page(told, title)
        yield from search.files(told)
        yield from opds1.feeds(told)
        yield from opds2.feeds(told)
        if told.address:
            for name, path in (("trang-chu", ""), ("opds", opds1.ROOT)):
                yield f"qr/{name}.svg", codes.code(told.address + path).drawing(titles.MODULE)
                yield f"qr/{name}.png", codes.picture(told.address + path)


def _faces(workshop: Workshop) -> tuple[Face, ...]:
    """Cast the type that pages are set in: that of heads, as e-books have it."""
    roles = fonts.roles(workshop.fonts)
    heads = roles.family.get("heads")
    return fonts.cast([cut for cut in roles.ebook_cuts if cut.family == heads], frozenset())
