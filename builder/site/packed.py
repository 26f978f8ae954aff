"""The name of a file that is packed with the site's code comes in; it goes out as bytes, or as the template it is."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import quote

from builder.composition import templates

if TYPE_CHECKING:
    import jinja2


@cache
def data(*path: str) -> bytes:
    """Return a file by the parts of its path."""
    return resources.files("builder").joinpath("site", *path).read_bytes()


def template(name: str) -> jinja2.Template:
    """Return a template; all may use one another's pieces."""
    return _environment().get_template(name)


@cache
def _environment() -> jinja2.Environment:
    names = [each.name for each in resources.files("builder").joinpath("site", "templates").iterdir()]
    taken = templates.strict({name: data("templates", name).decode() for name in names})
    taken.filters |= {"path": quote, "short": _short}
    return taken


def _short(words: str, most: int) -> str:
    """Cut words that would fill a card, between two of them where that is possible; their own page has them whole."""
    if len(words) <= most:
        return words
    whole = words[:most].rpartition(" ")[0]
    return (whole if len(whole) > most // 2 else words[:most]) + "…"
