"""An order comes in; what was made of the very same things before goes out, if it was kept.

Everything that shapes the files of a publication is hashed as it lies on the disk, before anything is read, composed or
set: the source folder, the layouts, the fonts, the program and its engines.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from builder import fonts, press, problems, shelf
from builder.pdf import profiles
from builder.works.asked import Made
from builder.works.origin import origin

if TYPE_CHECKING:
    from pathlib import Path

    from builder.works.asked import Wish, Workshop

PASSING = ("KINDLE_FAILED", "KINDLE_SLOW")


def key(folder: Path, wish: Wish, workshop: Workshop) -> str:
    """Return the SHA-256 of everything that shapes what is made; empty when something cannot be read."""
    try:
        return origin(
            "made",
            press.engines(),
            str(folder),
            os.path.realpath(folder),
            shelf.fingerprint(folder),
            str(workshop.layouts),
            shelf.fingerprint(workshop.layouts),
            str(workshop.fonts),
            shelf.fingerprint(workshop.fonts),
            fonts.fingerprint(workshop.fonts),
            wish.editions,
            wish.kinds,
            workshop.printer,
            workshop.command,
            profiles.stamps(workshop.profiles, workshop.profile),
            workshop.calibre.stamp if workshop.calibre else "",
        )
    except (OSError, problems.Problems):
        return ""


def remembered(key: str, workshop: Workshop) -> Made | None:
    """Return what is kept under a key."""
    data = workshop.cache.get(key) if workshop.cache is not None and key else None
    try:
        made = None if data is None else msgspec.msgpack.decode(data, type=Made)
    except msgspec.MsgspecError:
        return None
    if made is None:
        return None
    outputs = tuple(replace(output, seconds=0.0) for output in made.outputs)
    return replace(made, outputs=outputs, settings=(), again=True)


def remember(key: str, made: Made, workshop: Workshop) -> None:
    """Keep what was made, unless something went wrong that may go well the next time."""
    passing = any(problem.code in PASSING for problem in made.problems)
    if workshop.cache is not None and key and not passing:
        workshop.cache.put(key, msgspec.msgpack.encode(made))
