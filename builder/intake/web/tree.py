"""The text of a page → its tree of elements, without comments; or a problem."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree, html

from builder import problems
from builder.problems import Place, Problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from builder.intake.record import Record

_DEEPEST = 2048  # libxml2 reads no further
_MOST = 400_000  # elements: the longest code of laws has a tenth of that
_INLINE = re.compile(r"</?(?:font|b|i|u|span|strong|em|small|big|tt|center)\b[^<>]*>", re.IGNORECASE)

SILENT = frozenset({"script", "style", "template", "head", "meta", "link", "noembed", "noframes", "colgroup", "col"})
"""Elements that hold no words of the page."""

_BLOCK_NAMES = """
address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption
figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noscript ol option p pre
search section select summary table tbody td textarea tfoot th thead tr ul
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
"""Elements before and after which a paragraph ends."""


def parse(text: str, record: Record) -> HtmlElement:
    """A page → its root element.

    A page of unclosed fonts may nest too deep; it is read again without them.

    Raises:
        Problems: ``INTAKE_EMPTY``; ``INTAKE_DEEP`` when some of its words would be lost; ``INTAKE_ELEMENTS``.
    """
    root, whole = _parsed(text, record)
    if not whole:
        root, whole = _parsed(_INLINE.sub("", text), record)
    if not whole:
        raise Problems([problems.intake_deep(Place(record.file), _DEEPEST)])
    if (count := sum(1 for _ in root.iter())) > _MOST:
        raise Problems([problems.intake_elements(Place(record.file), count, _MOST)])
    return root


def _parsed(text: str, record: Record) -> tuple[HtmlElement, bool]:
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True, recover=True
    )
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser)
    except etree.ParserError as error:
        raise Problems([problems.intake_empty(Place(record.file))]) from error
    return root, not any(each.level_name == "FATAL" for each in parser.error_log)


def name(element: HtmlElement) -> str:
    """The tag of an element; the parser writes it in small letters."""
    return element.tag if isinstance(element.tag, str) else ""


def classes(element: HtmlElement) -> tuple[str, ...]:
    """The classes of an element; absurdly long lists are cut."""
    return tuple(element.get("class", "")[:2000].split())


def words(element: HtmlElement, most: int = 30) -> str:
    """The first words in an element."""
    found: list[str] = []
    for text in _texts(element):
        found.extend(text[:2000].split())
        if len(found) >= most:
            break
    return " ".join(found[:most])


def _texts(element: HtmlElement) -> Iterator[str]:
    for event, each in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and name(each) not in SILENT and each.text:
            yield each.text
        elif event == "end" and each is not element and each.tail:
            yield each.tail


def empty(element: HtmlElement) -> None:
    """Take all out of an element; what follows it stays."""
    element.clear(keep_tail=True)
