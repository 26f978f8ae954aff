"""``anpham cache``: nothing comes in; what was set before and is kept on this machine is told of, or thrown away."""

from __future__ import annotations

from builder import shelf
from builder.cli import folders
from builder.cli.boundary import Status
from builder.cli.words import Words, here

KILO, MEGA = 1_000, 1_000_000


def run(*, clear: bool) -> Status:
    """Say where the cache is and how full; when asked, empty it and say what that freed.

    Raises:
        Problems: ``SHELF_DENIED`` when it cannot be emptied.
        OSError: when the folder cannot be read.
    """
    words = here()
    cache = shelf.Cache(folders.cache())
    if clear:
        shown = shelf.take_down(cache.folder)
        count, size = cache.clear()
        print(words("cache.cleared", count=count, size=amount(size, words)))
    else:
        shown = shelf.on_show(cache.folder)
        count, size = cache.size()
        print(words("cache.folder", folder=cache.folder))
        print(words("cache.held", count=count, size=amount(size, words), limit=amount(cache.limit, words)))
    if shown:
        print(words("cache.sites_cleared" if clear else "cache.sites", size=amount(shown, words)))
    return Status.DONE


def amount(size: int, words: Words) -> str:
    """Write a number of bytes for a person: ``12 kB``, ``3,4 MB``; what is not nothing is not written as nothing."""
    if size < MEGA:
        return f"{-(-size // KILO)} kB"
    return f"{words.number(round(size / MEGA, 1))} MB"
