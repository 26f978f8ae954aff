"""Words come in; the page the browser shows goes out, and what belongs to it: its styles, its script."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from markupsafe import Markup

from builder import __version__
from builder.composition import templates

if TYPE_CHECKING:
    from builder.preview.words import Words

SCRIPTS = ("preview.js", "words.js", "place.js", "pages.js", "panels.js", "ebook.js")
STATIC = {"preview.css": "text/css; charset=utf-8", **dict.fromkeys(SCRIPTS, "text/javascript; charset=utf-8")}
"""What belongs to the page, and what it is."""


@cache
def page(words: Words, slug: str) -> bytes:
    """Return the page, empty still: its script fills it.

    Args:
        words: of the preview.
        slug: of the publication, till its title is known.
    """
    taken = templates.strict({"preview.html": _text("templates", "preview.html")})
    said = json.dumps(dict(words.pairs("script")), ensure_ascii=False).replace("<", "\\u003c")
    nouns = {"words": words, "slug": slug, "script": Markup(said), "version": __version__}  # noqa: S704 - no < is left
    return taken.get_template("preview.html").render(nouns).encode()


@cache
def static(name: str) -> bytes:
    """Return what belongs to the page.

    Raises:
        KeyError: nothing of that name does.
    """
    if name not in STATIC:
        raise KeyError(name)
    return _text("static", name).encode()


def _text(room: str, name: str) -> str:
    return resources.files("builder").joinpath("preview", room, name).read_text("utf-8")
