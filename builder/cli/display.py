"""A shelf comes in; a folder with its site goes out, and is made again whenever the shelf changes."""

from __future__ import annotations

import hashlib
import sys
import threading
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder import problems, shelf
from builder.cli import answers, folders, progress
from builder.cli.frame import filled
from builder.cli.publish import agreed, moment, name, names
from builder.problems import Place, Problems
from builder.works import publish as works
from builder.works.asked import Workshop
from builder.works.publish import Internal

if TYPE_CHECKING:
    from builder.cli.words import Words
    from builder.works.asked import Progress
    from builder.works.publish import Found, Published

EVERY = 3.0  # seconds between two looks at the shelf: one that has changed is made a site of when it is at rest
PATIENCE = 20  # as many times longer is waited after a refusal


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be shown: of which shelf, under which name, with numbered copies or without.

    Attributes:
        shelf: where the publications stand.
        title: what it is called; empty: after the unit of its newest publication.
        copies: numbered copies are shown.
        network: not this machine alone will see it.
        agreed: what is for members alone may be shown all the same; nobody is asked.
        command: whose words these are.
    """

    shelf: Path
    title: str
    copies: bool
    network: bool
    agreed: bool
    command: str


@dataclass(frozen=True, slots=True)
class Display:
    """A shelf on show: what was ordered, what the shelf looked like, in whose words its changes are told of."""

    order: works.Order
    seen: object
    words: Words = field(repr=False)

    @property
    def site(self) -> Path:
        """The folder of the site."""
        return self.order.into

    def keep_up(self) -> None:
        """Make the site again whenever the shelf has changed, from now on, as long as the program runs.

        The one that stands is served till the new one takes its place; a refusal is told of and leaves it standing.
        """
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        seen, before = self.seen, self.seen
        while True:
            time.sleep(EVERY)
            now = _look(self.order.shelf)
            if now == before != seen:
                if self._renewed():
                    seen = now
                else:
                    time.sleep(EVERY * PATIENCE)
            before = now

    def _renewed(self) -> bool:
        words = self.words
        try:
            order = replace(self.order, now=moment())
            done = _published(order, works.found(order.shelf), lambda _: None)
        except Problems as stopped:
            answers.tell(stopped.problems, words)
            return False
        print(words("serve.renewed", count=done.titles), flush=True)
        return True


def on_show(wish: Wish, words: Words) -> Display:
    """Put a shelf on show, in a folder of the program's own; say what is not shown.

    What is for members alone is shown on this machine; to a network only when the person agrees.

    Raises:
        Problems: ``DISPLAY_EMPTY``, and what ``works.publish`` refuses.
        WrongLine: when the name is none.
    """
    title = name(wish.title, wish.command)
    seen = _look(wish.shelf)
    found = works.found(wish.shelf)
    internal = _internal(wish, found, words)
    order = works.Order(wish.shelf, Path(), moment(), "", title, words.language, internal, b"", wish.copies)
    order = replace(order, into=_folder(order))
    print(words("serve.opening"), file=sys.stderr)
    with progress.shown(words, time.monotonic, quiet=True, verbose=False) as listener:
        done = _published(order, found, listener)
    answers.tell(done.problems, words)
    if done.left_out:
        print(filled(words("serve.left_out", count=len(done.left_out), names=names(done.left_out))))
    if done.copies_left:
        print(filled(words("serve.copies_left", count=done.copies_left)))
    return Display(order, seen, words)


def _internal(wish: Wish, found: Found, words: Words) -> Internal:
    if not wish.network or wish.agreed:
        return Internal.SHOWN
    if found.internal and agreed(found, words("serve.means"), words):
        return Internal.SHOWN
    if len(found.internal) == len(found.stock):
        raise Problems([problems.display_empty(Place(str(wish.shelf)))])
    return Internal.LEFT_OUT


def _folder(order: works.Order) -> Path:
    """Name the folder of a site: what is shown to some never stands where others look."""
    told = (str(order.shelf.absolute()), order.name, order.language, order.internal.value, order.copies)
    digest = hashlib.sha256(repr(told).encode(errors="surrogateescape")).hexdigest()
    return shelf.showcase(folders.cache(), digest[:16])


def _published(order: works.Order, found: Found, listener: Progress) -> Published:
    return works.publish(order, found, Workshop(folders.own("layouts"), folders.own("fonts"), progress=listener))


def _look(folder: Path) -> object:
    """Look at the lists on a shelf: another look that finds the same has seen no change."""
    try:
        lists = [each / shelf.MANIFEST for each in shelf.publications(folder)]
        return [(each, found.st_mtime_ns, found.st_size) for each in lists for found in [each.stat()]]
    except (OSError, Problems):
        return None  # it is being changed: the next look will tell
