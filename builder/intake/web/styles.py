"""The style sheets and ``style`` attributes of a page → the few properties that say what words are.

Only selectors of one element are understood (``p``, ``.a``, ``p.a``, ``#b``), and no rules for media: enough for pages
saved from Word. Everything has a limit, nothing takes more than one look.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.intake.web import tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

_LONGEST = 1_000_000
_LONGEST_ATTRIBUTE = 5_000
_MOST_RULES = 20_000
_SELECTOR = re.compile(r"[a-z][a-z0-9]*(?:\.[\w-]+)?|[.#][\w-]+")
_KNOWN = {
    "border",
    "border-bottom",
    "border-left",
    "border-right",
    "border-top",
    "border-style",
    "border-width",
    "display",
    "font",
    "font-family",
    "font-style",
    "font-weight",
    "list-style",
    "list-style-type",
    "mso-element",
    "mso-hide",
    "mso-list",
    "text-align",
    "vertical-align",
    "visibility",
    "white-space",
}
_CASED = {"font", "font-family"}  # .VnTimeH draws capitals, .VnTimeh is none
_BORDERS = ("border", "border-top", "border-bottom", "border-left", "border-right", "border-style", "border-width")
_NO_BORDER = re.compile(r"none|hidden|0(?:px|pt|em|cm|mm|in)?|initial|inherit|unset")

Properties = dict[str, str]


class Styles:
    """What the styles of one page say of an element."""

    def __init__(self, root: HtmlElement) -> None:
        """Read the style sheets inside the page."""
        self._rules: dict[str, Properties] = {}
        for element in root.iter("style"):
            for selector, properties in _rules((element.text or "")[:_LONGEST]):
                if len(self._rules) < _MOST_RULES or selector in self._rules:
                    self._rules.setdefault(selector, {}).update(properties)

    def of(self, element: HtmlElement) -> Mapping[str, str]:
        """The properties of an element, without what it inherits."""
        found: Properties = {}
        if self._rules:
            for selector in self._selectors(element):
                found |= self._rules.get(selector, {})
        style = element.get("style")
        return found | declared(style) if style else found

    def _selectors(self, element: HtmlElement) -> Iterator[str]:
        tag, classes = tree.name(element), tree.classes(element)
        yield tag
        yield from (f".{each}".lower() for each in classes)
        yield from (f"{tag}.{each}".lower() for each in classes)
        if identity := element.get("id"):
            yield f"#{identity}".lower()

    def hides(self, element: HtmlElement) -> bool:
        """Tell whether an element is not shown."""
        if element.get("hidden") is not None or element.get("aria-hidden", "").lower() == "true":
            return True
        said = self.of(element)
        return said.get("display") == "none" or said.get("visibility") == "hidden" or said.get("mso-hide") == "all"


def declared(style: str) -> Properties:
    """The text of a ``style`` attribute → the properties in it that are of use."""
    found: Properties = {}
    for each in style[:_LONGEST_ATTRIBUTE].split(";"):
        key, _, value = each.partition(":")
        if (key := key.strip().lower()) in _KNOWN:
            plain = value if key in _CASED else value.lower()
            found[key] = plain.replace("!important", "").strip()
    return found


def border(properties: Mapping[str, str]) -> bool | None:
    """Tell whether properties draw a line around a cell; nothing when they do not speak of it."""
    said = [properties[each] for each in _BORDERS if each in properties]
    if not said:
        return None
    return any(not _NO_BORDER.match(each) for each in said)


def _rules(css: str) -> Iterator[tuple[str, Properties]]:
    """A style sheet → its rules outside ``@media`` and the like."""
    text = "".join(_without_comments(css)).replace("<!--", "").replace("-->", "")
    depth = start = 0
    selector = ""
    for brace in re.finditer(r"[{}]", text):
        if brace[0] == "{":
            if depth == 0:
                selector = text[start : brace.start()].rpartition(";")[2]
            depth += 1
        else:
            if depth == 1 and "@" not in selector:
                body = declared(text[start : brace.start()])
                yield from ((each, body) for each in _plain(selector) if body)
            depth = max(0, depth - 1)
        start = brace.end()


def _plain(selector: str) -> Iterator[str]:
    for each in selector.lower().split(",")[:200]:
        if _SELECTOR.fullmatch(bare := each.strip()):
            yield bare


def _without_comments(css: str) -> Iterator[str]:
    first, *others = css.split("/*")
    yield first
    yield from (each.partition("*/")[2] for each in others)
