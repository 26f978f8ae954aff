"""The name of a file that is packed with the site's code comes in; it goes out as bytes, or as the template it is."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

from builder.composition import templates
from builder.vietnamese import breaks

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
    taken.filters |= {"path": quote, "short": _short, "joined": _joined}
    return taken


def _short(words: str, most: int) -> str:
    """Cut words that would fill a card, between two of them where that is possible; their own page has them whole."""
    if len(words) <= most:
        return words
    whole = words[:most].rpartition(" ")[0]
    return (whole if len(whole) > most // 2 else words[:most]) + "…"


def _joined(title: str, language: str = "vi") -> Markup:
    """Mark the words of more than one syllable in a heading, so that a line ends between words.

    The spaces stay what they are: who copies the title or looks for it gets the characters that it has.
    """
    glued = breaks.glue_heading(title) if language == "vi" else title
    joints = {at for at, (old, new) in enumerate(zip(title, glued, strict=True)) if old != new}
    parts, first = [], 0
    for at, char in enumerate(title):
        if char == " " and at not in joints:
            parts.append(title[first:at])
            first = at + 1
    whole = Markup('<span class="word">{}</span>')
    return Markup(" ").join(whole.format(each) if " " in each else each for each in [*parts, title[first:]])
