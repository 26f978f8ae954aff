"""What an element and its styles say of the words in it → the face they are set in, and of what kind a block is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from builder.intake.web import tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.html import HtmlElement

_BOLD, _ITALIC = {"b", "strong"}, {"i", "em", "cite", "dfn", "var"}
_HEAVY = 600
_FIGURES = re.compile(r"\d{1,4}")
_LONGEST_ADDRESS = 2_000
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_AFTER_SIZE = re.compile(r"\d(?:pt|px|em|rem|%|cm|mm)(?:/\S+)?\s+(\S.*)")
_HEADING = re.compile(r"h([1-6])")
_LEVELS = set("123456789")
_TITLES = {"msotitle"}
_MONOSPACED = {"pre", "listing", "xmp", "plaintext"}


@dataclass(frozen=True, slots=True)
class Face:
    """How words stand; ``font`` is the first font named for them."""

    bold: bool = False
    italic: bool = False
    raised: bool = False
    lowered: bool = False
    address: str = ""
    font: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """What block words stand in."""

    heading: int = 0
    title: bool = False
    centred: bool = False
    quoted: bool = False
    kept: bool = False
    depth: int = 0


def face(element: HtmlElement, above: Face, said: Mapping[str, str]) -> Face:
    """The face inside an element."""
    name = tree.name(element)
    found = above
    if name in _BOLD:
        found = replace(found, bold=True)
    elif name in _ITALIC:
        found = replace(found, italic=True)
    elif name in ("sup", "sub"):
        found = replace(found, raised=name == "sup", lowered=name == "sub")
    elif name == "a":
        found = replace(found, address=_address(element.get("href", "")) or found.address)
    elif name == "font" and (font := element.get("face", "")):
        found = replace(found, font=_first_font(font))
    return _styled(found, said) if said else found


def _styled(found: Face, said: Mapping[str, str]) -> Face:
    if weight := said.get("font-weight"):
        figures = _FIGURES.match(weight)
        bold = int(figures[0]) >= _HEAVY if figures else weight in ("bold", "bolder")
        found = replace(found, bold=bold)
    if style := said.get("font-style"):
        found = replace(found, italic=style in ("italic", "oblique"))
    if font := said.get("font-family") or _family(said.get("font", "")):
        found = replace(found, font=_first_font(font))
    place = said.get("vertical-align")
    if place in ("super", "sub"):
        found = replace(found, raised=place == "super", lowered=place == "sub")
    return found


def _first_font(names: str) -> str:
    return names[:200].partition(",")[0].strip(" '\"")


def _family(shorthand: str) -> str:
    """``italic 13pt/1.5 .VnTime, serif`` → ``.VnTime, serif``."""
    found = _AFTER_SIZE.search(shorthand[:200])
    return found[1] if found else ""


def _address(href: str) -> str:
    bare = href[: _LONGEST_ADDRESS + 1].strip()
    return bare if len(bare) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(bare) else ""


def kind(element: HtmlElement, above: Kind, said: Mapping[str, str]) -> Kind:
    """The kind of block an element makes."""
    name, centred = tree.name(element), _centred(element, above, said)
    if name in ("td", "th"):
        return Kind(centred=centred if _aligned(element, said) else False, quoted=above.quoted)
    found = above if centred is above.centred else replace(above, centred=centred)
    if heading := _heading(element, name):
        return replace(found, heading=heading)
    if name == "blockquote":
        return replace(found, quoted=True)
    if name in _MONOSPACED:
        return replace(found, kept=True)
    if name == "p" and _TITLES & {each.lower() for each in tree.classes(element)}:
        return replace(found, title=True)
    return found


def _heading(element: HtmlElement, name: str) -> int:
    if found := _HEADING.fullmatch(name):
        return int(found[1])
    if element.get("role", "").lower() == "heading":
        level = element.get("aria-level", "").strip()
        return int(level) if level in _LEVELS else 2
    return 0


def _aligned(element: HtmlElement, said: Mapping[str, str]) -> str:
    align = said.get("text-align") or element.get("align", "")
    return align.strip().lower()


def _centred(element: HtmlElement, above: Kind, said: Mapping[str, str]) -> bool:
    if tree.name(element) == "table":
        return False
    align = _aligned(element, said)
    if align in ("left", "right", "justify", "start", "end"):
        return False
    return above.centred or tree.name(element) == "center" or align in ("center", "middle", "-webkit-center")
