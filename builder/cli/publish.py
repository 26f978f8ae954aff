"""``anpham publish``: a shelf and wishes come in; its site is written, and told of."""

from __future__ import annotations

import gc
import io
import re
import sys
import time
import unicodedata
from contextlib import ExitStack, redirect_stdout
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from builder import shelf
from builder.cli import answers, folders, progress
from builder.cli.boundary import Status
from builder.cli.cache import amount
from builder.cli.frame import WrongLine, filled
from builder.cli.words import here
from builder.problems import Problems
from builder.publication import addresses
from builder.works import publish as works
from builder.works import workshop as workshops
from builder.works.asked import Workshop
from builder.works.publish import Internal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.cli.words import Words
    from builder.problems import Problem
    from builder.shelf import Stocked
    from builder.works.asked import Progress
    from builder.works.publish import Found, Published

COMMAND = "anpham publish"
_TURNING = re.compile(r"//|/(?:\.|%2e){1,2}(?:/|$)", re.IGNORECASE)  # what browsers make another path of
NAMED = 5  # publications in a row
NEW_OBJECTS = 10_000  # till Python looks for garbage: of a publication that is done nearly all is


@dataclass(frozen=True, slots=True)
class Order:
    """What was typed: the shelf, the site's folder, its address, its name; what is wanted besides."""

    shelf: str
    into: str
    address: str = ""
    name: str = ""
    yes: bool = False
    unlisted: bool = False
    copies: bool = False
    as_json: bool = False


def address(typed: str) -> str:
    """Read the address of a site: a slash at its end, in ASCII; empty when nothing was typed.

    The address of its front page, as it is copied from a browser, is that of the site.

    Raises:
        WrongLine: when it is no address of a place on the web.
    """
    bare = typed.strip()
    if not bare:
        return ""
    encoded = addresses.encoded(bare.removesuffix("/index.html"))
    if not encoded or "?" in encoded or _TURNING.search(encoded.partition("://")[2]):
        words = here()
        what = words("line.address", name="--base-url", value=typed)
        raise WrongLine(f"{what} {words('line.address_of_site', most=addresses.LONGEST)}", COMMAND)
    return encoded if encoded.endswith("/") else f"{encoded}/"


def name(typed: str, command: str = COMMAND) -> str:
    """Read what a shelf is to be called, for a command.

    Raises:
        WrongLine: when it has letters that cannot be seen.
    """
    bare = " ".join(typed.split())
    if not bare.isprintable():
        raise WrongLine(here()("line.unseen", name="--title"), command)
    return bare


def moment() -> str:
    """Return the moment (RFC 3339, UTC)."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def run(order: Order) -> Status:
    """Publish a shelf, and say where its site is and what it lacks; after an error the old site stays as it was.

    Raises:
        WrongLine: when the address or the name is none.
    """
    gc.set_threshold(NEW_OBJECTS)
    words, site = here(), address(order.address)
    order = replace(order, name=name(order.name))
    said: list[Problem] = []
    published = None
    try:
        found = works.found(Path(order.shelf))
        published = _published(order, site, found, words)
        said += published.problems
    except Problems as stopped:
        said += stopped.problems
    answers.tell(said, words, failed=published is None)
    if order.as_json:
        answers.put(_answer(order, site, published, said, words))
    elif published:
        print("\n".join(filter(None, _told(order, published, words))))
    return Status.DONE if published else Status.PROBLEMS


def _published(order: Order, site: str, found: Found, words: Words) -> Published:
    internal = _consented(order, found, words)
    wanted = works.Order(
        Path(order.shelf),
        Path(order.into),
        moment(),
        site,
        order.name,
        words.language,
        internal,
        shelf.copies_secret(folders.settings()) if internal is Internal.UNLISTED else b"",
        order.copies,
    )
    # Standard output is kept for the answer: a library that WeasyPrint misses is named there.
    with (
        redirect_stdout(io.StringIO()),
        progress.shown(words, time.monotonic, quiet=order.as_json, verbose=False) as listener,
        ExitStack() as stack,
    ):
        return works.publish(wanted, found, _workshop(stack, listener, set_type=bool(site)))


def _workshop(stack: ExitStack, listener: Progress, *, set_type: bool) -> Workshop:
    """Open a workshop; only where type is set, for notices, does it need a crew and what was set before."""
    own = folders.own("layouts"), folders.own("fonts")
    if not set_type:
        return Workshop(*own, progress=listener)
    return stack.enter_context(workshops.opened(*own, folders.cache(), jobs=1, progress=listener))


# --- consent --------------------------------------------------------------------------------------


def _consented(order: Order, found: Found, words: Words) -> Internal:
    """Ask whether what is for members alone may stand on the site; where nobody can be asked, it may not."""
    wish = Internal.UNLISTED if order.unlisted else Internal.SHOWN
    if not found.internal:
        return Internal.LEFT_OUT
    means = words(f"publish.means.{wish.value}")
    return wish if order.yes or (not order.as_json and agreed(found, means, words)) else Internal.LEFT_OUT


def agreed(found: Found, means: str, words: Words) -> bool:
    """Ask whether what is for members alone may be shown, and say what that means; where nobody can be asked, no."""
    if not sys.stdin.isatty():
        return False
    print(filled(words("publish.internal", count=len(found.internal), names=names(found.internal))))
    print(filled(means))
    said = unicodedata.normalize("NFC", input(words("publish.ask"))).strip().lower()
    return said in words("publish.yes").split()  # a whole word: “chưa” begins like “có”


def names(stock: Sequence[Stocked]) -> str:
    """Name publications in a row, if they are not too many."""
    shown = ", ".join(f"“{' '.join(each.facts.title.split())}”" for each in stock[:NAMED])
    return shown + (", …" if len(stock) > NAMED else "")


# --- telling --------------------------------------------------------------------------------------


def _told(order: Order, done: Published, words: Words) -> Iterator[str]:
    """Say in a few lines where the site is, how much it is, what to do next, what is not on it."""
    index = Path(order.into, "index.html")
    size = amount(done.bytes, words)
    yield filled(words("publish.done", count=done.titles, files=done.files, size=size, folder=order.into))
    yield words("publish.look", file=index)
    yield filled(words("publish.carry", folder=order.into))
    site = done.listed.address
    yield words("publish.address", address=site) if site else filled(words("publish.no_address"))
    yield from (words("publish.feed", address=feed) for feed in _feeds(done))
    yield from _told_of_internal(order, done, words)
    if done.copies_left:
        yield filled(words("publish.copies_left", count=done.copies_left))


def _told_of_internal(order: Order, done: Published, words: Words) -> Iterator[str]:
    if done.left_out:
        yield filled(words("publish.left_out", count=len(done.left_out), names=names(done.left_out)))
    elif done.unlisted:
        index = Path(order.into, done.path, "index.html")
        yield words("publish.unlisted", count=len(done.unlisted.titles))
        yield f"  {done.unlisted.address or index}"
        yield filled(words("publish.means.unlisted"))
    elif done.internal:
        yield filled(words("publish.shown", count=done.internal))


def _feeds(done: Published) -> list[str]:
    """Name the feeds of the site, where it has an address: reading programs take nothing else."""
    return [done.listed.address + feed for feed in works.FEEDS if done.listed.address]


def _answer(order: Order, site: str, done: Published | None, said: Sequence[Problem], words: Words) -> answers.Answer:
    """Put the answer for a machine together; after an error nothing was published."""
    trees = [("", done.listed), (done.path, done.unlisted)] if done else []
    titles = [
        {"slug": title.slug, "path": f"{path}{title.slug}/index.html", "updated": title.updated}
        for path, each in trees
        if each
        for title in each.titles
    ]
    return answers.answer(
        said,
        words,
        folder=order.into,
        address=site,
        publications=titles,
        unlisted=done.path if done else "",
        left_out=[each.slug for each in done.left_out] if done else [],
        copies_left=done.copies_left if done else 0,
        feeds=_feeds(done) if done else [],
        files=done.files if done else 0,
        bytes=done.bytes if done else 0,
    )
