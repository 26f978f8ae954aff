"""A page → its footnotes: which links call one, and which elements hold their words.

The forms are those of Word (``_ftn1``), Markdown and LaTeX converters (``fn1``, ``fnref1``), MediaWiki
(``cite_note-1``) and sites that write ``<sup><a href="#chu-thich-1">1</a></sup>``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from builder.intake.web import tree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MARK = re.compile(
    r"[\[(]?\s*(?:[\divxlc]{1,5}|[a-z]|[*†‡§]{1,3}|(?:ghi )?chú(?: thích)?\s*\d{1,3})\s*[\])]?", re.IGNORECASE
)
_NOTE_NAME = re.compile(
    r"_?(?:fn|ftn|edn|footnote|endnote|note|cite[_-]note|easy-footnote|chu-?thich|cuoc-?chu)(?![a-z]*ref)[\w:.-]*",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"[\[(]?\s*(?:[\divxlc]{0,5}|[a-z]|[↩↑^⏎*†‡\ufe0e]{1,4}|trở lại|quay lại)\s*[\])]?[.:]?", re.IGNORECASE
)
_BACK_NAME = re.compile(r"_?(?:f(?:t|oot)?n|edn|(?:foot|end)?note|cite|easy-footnote)[-_:]?ref[\w:.-]*", re.IGNORECASE)
_BOX = re.compile(r"(?:sd)?(?:ftn|edn|footnote|endnote)\d+")
_PARAGRAPHS = ("p", "li", "dd", "aside", "td")
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_LONGEST_MARK = 20
_LONGEST_NAME = 200
_MOST = 5_000
_HIGHEST = 6
_FEW = 3


@dataclass(slots=True)
class Notes:
    """The footnotes of a page: element that calls → name of the note, name → element that holds it."""

    calls: dict[HtmlElement, str] = field(default_factory=dict)
    bodies: dict[str, HtmlElement] = field(default_factory=dict)
    held: set[HtmlElement] = field(default_factory=set)

    def empty(self) -> None:
        """Take the notes out of the page, once they are read."""
        for body in self.bodies.values():
            tree.empty(body)


def find(root: HtmlElement) -> Notes:
    """The footnotes of a page; links back to the text are taken out of them."""
    found = Notes()
    named, links, order = _named(root)
    names: dict[HtmlElement, str] = {}
    for link in links[:_MOST]:
        target = named.get(link.get("href", "")[1:])
        if target is None or target is link or not _calls(link, target) or _is_way_back(link, target, named, order):
            continue
        body = _body(target)
        if body is None or _holds(body, link):
            continue
        name = names.setdefault(body, str(len(names) + 1))
        found.calls[_whole(link)] = name
        found.bodies[name] = body
    found.held = set(found.bodies.values())
    for body in found.held:
        _without_way_back(body)
    return found


def _named(root: HtmlElement) -> tuple[dict[str, HtmlElement], list[HtmlElement], dict[HtmlElement, int]]:
    """Name → the element that bears it first; the links inside the page, in their order; the place of every target."""
    named: dict[str, HtmlElement] = {}
    links: list[HtmlElement] = []
    order: dict[HtmlElement, int] = {}
    for at, element in enumerate(root.iter(etree.Element)):
        for each in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if each and len(each) < _LONGEST_NAME:
                named.setdefault(each, element)
                order[element] = at
        if element.tag == "a" and element.get("href", "").startswith("#"):
            links.append(element)
            order[element] = at
    return named, links, order


def _is_way_back(
    link: HtmlElement, target: HtmlElement, named: dict[str, HtmlElement], order: dict[HtmlElement, int]
) -> bool:
    """Tell whether a link leads from a note to its call: by the name there, or to what stands before and led here."""
    if _BACK_NAME.fullmatch(link.get("href", "")[1:]):
        return True
    if order[target] > order[link]:
        return False
    mine = _body(link)
    for there in islice(target.iter("a"), _FEW):
        back = named.get(there.get("href", "")[1:]) if there.get("href", "").startswith("#") else None
        if back is not None and (back is link or _holds(back, link) or (mine is not None and _body(back) is mine)):
            return True
    return False


def _calls(link: HtmlElement, target: HtmlElement) -> bool:
    """Tell whether a link is the mark of a note: a number, raised or leading to what is named as a note."""
    mark = tree.words(link, 5)
    if len(mark) > _LONGEST_MARK or not _MARK.fullmatch(mark):
        return False
    if tree.name(target) in _HEADINGS:
        return False
    name = link.get("href", "")[1:]
    role = f"{link.get('role', '')} {link.get('class', '')} {link.get('{http://www.idpf.org/2007/ops}type', '')}"
    return _raised(link) or "noteref" in role or "footnote-ref" in role or _NOTE_NAME.fullmatch(name) is not None


def _raised(link: HtmlElement) -> bool:
    above = link.getparent()
    return (above is not None and above.tag == "sup") or any(child.tag == "sup" for child in link)


def _whole(link: HtmlElement) -> HtmlElement:
    """The link, or the raised element in which it stands alone but for brackets."""
    above = link.getparent()
    for _ in range(3):
        if above is None or above.tag not in ("sup", "span") or len(above) != 1:
            break
        around = f"{above.text or ''}{above[0].tail or ''}"
        if around.strip(" []()\xa0\n"):
            break
        link, above = above, above.getparent()
    return link


def _body(target: HtmlElement) -> HtmlElement | None:
    """The element that holds the whole note whose name stands at ``target``."""
    element: HtmlElement | None = target
    inline = tree.name(target) not in tree.BLOCKS
    for _ in range(_HIGHEST):
        if element is None or element.tag in ("body", "html"):
            return None
        if _is_paragraph(element) or (not inline and element is target):
            break
        element = element.getparent()
    if element is None:
        return None
    above = element.getparent()
    if above is not None and above.tag == "div" and _is_box(above):
        return above
    return element if _has_words(element) else None


def _is_paragraph(element: HtmlElement) -> bool:
    """A paragraph, or a ``div`` that serves as one: no other block stands in it."""
    if tree.name(element) != "div":
        return tree.name(element) in _PARAGRAPHS
    return all(tree.name(each) not in tree.BLOCKS for each in element.iterdescendants())


def _is_box(element: HtmlElement) -> bool:
    """Word and LibreOffice put the paragraphs of a note into a box of their own."""
    box = "mso-element:footnote" in element.get("style", "")[:500].replace(" ", "").lower().replace("-list", "_")
    return box or _BOX.fullmatch(element.get("id", "")) is not None


def _has_words(element: HtmlElement) -> bool:
    return any(character.isalnum() for character in tree.words(element, 10))


def _holds(body: HtmlElement, link: HtmlElement) -> bool:
    """Tell whether the link stands in the note itself: then it is the way back."""
    above: HtmlElement | None = link
    while above is not None:
        if above is body:
            return True
        above = above.getparent()
    return False


def _without_way_back(body: HtmlElement) -> None:
    for link in list(body.iter("a")):
        href = link.get("href", "")
        text = tree.words(link, 5)
        if (href.startswith("#") or not href) and len(text) <= _LONGEST_MARK and _BACK.fullmatch(text):
            whole = _whole(link)
            tree.empty(whole if whole is not body else link)
