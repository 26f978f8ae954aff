"""A page → what it is called, without the name of the site."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from builder.intake.web import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_LONGEST = 500
_SURE = re.compile(r"\s+[|»›•·]\s+|\s+::\s+")
_DASH = re.compile(r"\s+[-–—]\s+")
_SITE = re.compile(
    r"(?i)\w+(?:\.\w+)+|.*\b(?:báo|cổng|trang|cơ sở dữ liệu|thư viện|tạp chí|website|wikipedia|online|tin tức|news)\b.*"
)
_HEADLINES = 20


def title(root: HtmlElement) -> str:
    """The title of a page, as its own headline says it where that is the same."""
    said = next((_plain(each) for each in root.iter("title")), "")
    if not said:
        return ""
    for headline in _headlines(root):
        if headline and said.startswith(headline) and _is_break(said[len(headline) :]):
            return headline
    return _without_site(said, _site(root))


def _plain(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext())[:_LONGEST].split())


def _headlines(root: HtmlElement) -> Iterator[str]:
    for element in islice(root.iter("h1", "h2"), _HEADLINES):
        yield tree.words(element, 100)
    yield _meta(root, "og:title")


def _site(root: HtmlElement) -> str:
    return _meta(root, "og:site_name") or _meta(root, "application-name")


def _meta(root: HtmlElement, wanted: str) -> str:
    for element in islice(root.iter("meta"), 300):
        if wanted in (element.get("property"), element.get("name")):
            return " ".join(element.get("content", "")[:_LONGEST].split())
    return ""


def _is_break(rest: str) -> bool:
    return not rest or rest[0].isspace()


def _without_site(said: str, site: str) -> str:
    head = _SURE.split(said)[0].strip() or said
    parts = _DASH.split(head)
    if len(parts) > 1 and (parts[-1] == site or _SITE.fullmatch(parts[-1])):
        return head[: head.rindex(parts[-1])].rstrip(" -–—")
    return head
