"""An element of a page → why it is no part of the text (a key of the table ``reasons``); nothing when it may be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from builder.intake.web import tree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from builder.intake.web.styles import Styles
    from builder.intake.web.weights import Weight

_TAGS = {
    "nav": "menu",
    "aside": "aside",
    "footer": "foot",
    "header": "head",
    "form": "form",
    "button": "form",
    "select": "form",
    "textarea": "form",
    "input": "form",
    "option": "form",
    "iframe": "inserted",
    "object": "inserted",
    "video": "inserted",
    "audio": "inserted",
    "svg": "inserted",
    "noscript": "inserted",
    "dialog": "notice",
}
_ROLES = {
    "navigation": "menu",
    "banner": "head",
    "contentinfo": "foot",
    "complementary": "aside",
    "search": "form",
    "form": "form",
    "dialog": "notice",
    "alertdialog": "notice",
}
_NAMES = {
    "menu": "nav navbar navigation menu submenu breadcrumb breadcrumbs topnav mainnav toolbar pagination pager skip",
    "aside": "sidebar rightcol leftcol",
    "foot": "footer foot copyright",
    "head": "header masthead topbar banner",
    "form": "search login signin subscribe newsletter",
    "ads": "ad ads adv advert advertisement advertising adsbygoogle quangcao sponsor sponsored",
    "share": "share sharing social addthis sharethis like zalo rating",
    "related": "related recommend recommended popular trending lienquan docnhieu xemthem tinkhac tags tag",
    "comments": "comment comments binhluan disqus fbcomments",
    "notice": "cookie cookies consent gdpr popup modal toast overlay",
}
_JOINED = {
    "related": ("tinlienquan", "vanbanlienquan", "baivietlienquan", "lienquan", "tinkhac", "docnhieu", "tinmoi"),
    "comments": ("binhluan", "ykienbandoc", "phanhoi"),
    "ads": ("quangcao", "adsby"),
    "share": ("chiase", "mangxahoi"),
    "menu": ("thanhdieuhuong", "breadcrumb", "menuchinh"),
    "editing": ("mweditsection",),
}
_BY_NAME = {name: why for why, names in _NAMES.items() for name in names.split()}
_NAMED = {"div", "section", "ul", "ol", "nav", "aside", "header", "footer", "table", "td", "dl", "figure", "span", "a"}
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_OPENING = re.compile(
    r"(?i)(?:các )?(?:tin|bài|văn bản|bài viết|nội dung|tin tức)(?: bài| viết| tức)?"
    r" (?:liên quan|cùng chuyên mục|cùng chủ đề|khác|mới|đọc nhiều|nổi bật)|xem thêm|đọc thêm|đọc nhiều|"
    r"có thể bạn quan tâm|bình luận|ý kiến bạn đọc|chia sẻ|related|read more|share|comments"
)
_LINKS = 0.5
_MOST = 0.3
_LISTS = {"div", "ul", "section", "aside", "table", "ol", "p"}
_FEW_NUMBERS = 3


def reason(element: HtmlElement, weight: Weight, whole: Weight, styles: Styles) -> str:
    """Why an element is to be taken out; empty when it stays.

    What holds a footnote or a good part of the page stays whatever it is called, and so does what holds numbered
    clauses or the head or foot of an official paper, unless it is hidden.
    """
    if element.tag in ("html", "body") or element.getparent() is None or weight.notes:
        return ""
    hidden = styles.hides(element)
    if weight.own > _MOST * whole.own:
        return ""
    if hidden:
        return "hidden"
    if weight.articles or weight.numbers > _FEW_NUMBERS:
        return ""
    return _by_tag(element, weight) or _by_name(element, weight) or _by_links(element, weight)


def count(element: HtmlElement) -> int:
    """How many words stand in an element."""
    found = 0
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, each in walker:
        if event == "start":
            if tree.name(each) in tree.SILENT:
                walker.skip_subtree()
            elif each.text:
                found += len(each.text.split())
        elif each is not element and each.tail:
            found += len(each.tail.split())
    return found


def _by_tag(element: HtmlElement, weight: Weight) -> str:
    name = tree.name(element)
    why = _TAGS.get(name, "")
    role = element.get("role", "").lower()
    if name in ("header", "footer") and weight.within:
        return ""
    if name == "aside" and "note" in role:
        return ""
    return why or _ROLES.get(role, "")


def _by_name(element: HtmlElement, weight: Weight) -> str:
    called = f"{element.get('class', '')[:500]} {element.get('id', '')[:200]}"
    if not called.strip() or tree.name(element) not in _NAMED:
        return ""
    squashed = re.sub(r"[^a-z]", "", called.lower())
    for why, names in _JOINED.items():
        if any(each in squashed for each in names):
            return why
    words = [word.lower() for word in _WORDS.findall(called)]
    why = next((_BY_NAME[word] for word in words if word in _BY_NAME), "")
    if why == "head" and weight.within:
        return ""
    return "" if element.tag in ("span", "a") and why not in ("ads", "share", "comments") else why


def _by_links(element: HtmlElement, weight: Weight) -> str:
    """A list of links under words such as ``Tin liên quan``."""
    if tree.name(element) not in _LISTS or weight.linked < _LINKS * weight.words or not weight.linked:
        return ""
    return "related" if _OPENING.match(tree.words(element, 6)) else ""
