"""The tree of a page → how many words each of its blocks holds, how many of them are links, how many clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import sub
from typing import TYPE_CHECKING

from lxml import etree

from builder.intake.web import tree

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.html import HtmlElement

_ARTICLE = re.compile(
    r"\s*(?:(?:Điều|ĐIỀU|Mục|MỤC)\s+[\dIVXLC]|(?:Chương|CHƯƠNG)\s+[\dIVXLC]|(?:Phần|PHẦN)\s+(?:[\dIVXLC]|thứ|THỨ))"
)
_OFFICIAL = re.compile(
    r"\s*(?:(?:CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA|ĐẢNG\s+CỘNG\s+SẢN)\s+VIỆT\s+NAM\s*$|Nơi\s+nhận\s*:)"
)
_NUMBER = re.compile(r"\s*(?:\d{1,3}|[a-zđ]|[IVXLC]{1,5})[.)]\s")

_NAMES = """
html body div article main section td form nav aside header footer ul ol li table tbody tr center blockquote
noscript iframe dialog details p span a button select textarea h1 h2 h3 h4 h5 h6 fieldset svg object video
audio figure dl label small input option
"""
WEIGHED = frozenset(_NAMES.split())


@dataclass(frozen=True, slots=True)
class Weight:
    """What stands in an element; ``within`` tells that it is part of an ``article`` or ``main``.

    Head and foot of an official paper count as its articles do: they must not be lost either.
    ``order`` is its place among all elements, ``last`` that of the last one inside it.
    """

    words: int
    linked: int
    articles: int
    numbers: int
    notes: int
    order: int
    last: int
    within: bool

    @property
    def own(self) -> int:
        """Words that are no links to other pages."""
        return self.words - self.linked


class _Scale:
    """Counts while a tree is walked through."""

    def __init__(self) -> None:
        self.words = self.linked = self.articles = self.numbers = self.notes = 0
        self.links = self.inside = 0

    def take(self, text: str | None) -> None:
        if not text or text.isspace():
            return
        count = len(text.split())
        self.words += count
        if self.links:
            self.linked += count
            return
        self.articles += (_ARTICLE.match(text) or _OFFICIAL.match(text)) is not None
        self.numbers += _NUMBER.match(text) is not None

    def now(self) -> tuple[int, int, int, int, int]:
        return self.words, self.linked, self.articles, self.numbers, self.notes


def weigh(root: HtmlElement, notes: Collection[HtmlElement]) -> dict[HtmlElement, Weight]:
    """A tree → the weight of each of its elements that may be taken or left as a whole; in one walk."""
    scale = _Scale()
    found: dict[HtmlElement, Weight] = {}
    open_: list[tuple[tuple[int, int, int, int, int], int, bool]] = []
    walker = etree.iterwalk(root, events=("start", "end"))
    order = 0
    for event, element in walker:
        name = tree.name(element)
        if event == "start":
            order += 1
            scale.links += _leads_away(element)
            scale.notes += element in notes
            open_.append((scale.now(), order, scale.inside > 0))
            scale.inside += name in ("article", "main")
            if name in tree.SILENT:
                walker.skip_subtree()
            else:
                scale.take(element.text)
            continue
        before, at, within = open_.pop()
        scale.links -= _leads_away(element)
        scale.inside -= name in ("article", "main")
        if name in WEIGHED:
            words, linked, articles, numbers, noted = map(sub, scale.now(), before)
            found[element] = Weight(words, linked, articles, numbers, noted, at, order, within)
        if element is not root:
            scale.take(element.tail)
    return found


def _leads_away(element: HtmlElement) -> bool:
    """A link to another page; links inside the page are tables of contents."""
    return element.tag == "a" and not (element.get("href") or "#").startswith("#")
