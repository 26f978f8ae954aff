"""The markup of a leaf and all ids of a composition come in; the leaf goes out, no reference to what is not there left.

A layout may leave out what the text refers to (a handout has no programme, the plain text no sessions). Then a link is
its words, and what only tells a page is nothing:

* ``<a href="#id">words</a>`` becomes ``<span>words</span>``;
* ``<span class="folios" data-of="id id">`` keeps the ids there are;
* ``<span class="paged" data-else="words">…</span>`` around a slot (``class="folio"`` or ``"folios"``) that has no page
  to tell becomes what ``data-else`` says, or nothing; without ``paged`` the slot alone goes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar
from xml.etree import ElementTree as ET

from builder.composition.nouns import Insert, Leaf

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from xml.etree.ElementTree import Element

Part = TypeVar("Part", Leaf, Insert)

_ID = re.compile(r'\sid="([^"]+)"')
_REFERENCE = re.compile(r'\s(?:href="#([^"]+)"|data-of="([^"]*)")')
_EPUB = "http://www.idpf.org/2007/ops"
_HEAD, _TAIL = f'<leaf xmlns:epub="{_EPUB}">', "</leaf>"


def ids(markup: str) -> list[str]:
    """Return the ids of a leaf in their order."""
    return _ID.findall(markup)


def loosened(
    parts: Iterable[Part], known: Collection[str], elsewhere: Collection[str] = (), apart: Collection[str] = ()
) -> tuple[Part, ...]:
    """Return leaves with every reference to an id that is not there made plain words.

    Args:
        parts: the leaves.
        known: the ids there are, whose pages are counted.
        elsewhere: those whose pages are known from another edition: what tells a page of theirs stays.
        apart: those on leaves between the pages counted: links lead there, but no page of theirs is told.
    """
    there = {*known, *apart} if apart else known
    told = {*known, *elsewhere} if elsewhere else known
    return tuple(
        part
        if all(target in known for target in _wanted(part.markup))
        else replace(part, markup=_loosened(part.markup, there, told))
        for part in parts
    )


def _loosened(markup: str, known: Collection[str], told: Collection[str]) -> str:
    ET.register_namespace("epub", _EPUB)
    root = ET.fromstring(_HEAD + markup + _TAIL)  # noqa: S314 - composed here, with entities resolved
    empty = {element for element in root.iter() if _tells_nothing(element, told)}
    for element in list(root.iter()):
        if "paged" in _kinds(element) and any(slot in empty for slot in element.iter()):
            _replace(element, element.get("data-else", ""))
        elif element in empty:
            _replace(element, "")
        elif (target := element.get("href", "")).startswith("#") and target[1:] not in known:
            _unlink(element, target[1:])
    written = ET.tostring(root[0], encoding="unicode")
    return written.replace(f' xmlns:epub="{_EPUB}"', "", 1)


def _wanted(markup: str) -> list[str]:
    return [target for link, several in _REFERENCE.findall(markup) for target in (link, *several.split()) if target]


def _kinds(element: Element) -> list[str]:
    return element.get("class", "").split()


def _tells_nothing(element: Element, told: Collection[str]) -> bool:
    """Tell whether an element is a slot with no page to tell; one for several ids keeps those there are."""
    kinds, target = _kinds(element), element.get("href", "")
    if "folio" in kinds:
        return target.startswith("#") and target[1:] not in told
    if "folios" not in kinds:
        return False
    there = [each for each in element.get("data-of", "").split() if each in told]
    element.set("data-of", " ".join(there))
    return not there


def _unlink(element: Element, target: str) -> None:
    """Make a link its words; a slot goes on telling its page, which is in another edition."""
    del element.attrib["href"]
    element.tag = "span"
    if "folio" in _kinds(element):
        element.set("data-of", target)


def _replace(element: Element, words: str) -> None:
    """Leave nothing of an element but words."""
    for child in list(element):
        element.remove(child)
    element.tag, element.text = "span", words
    element.attrib.clear()
