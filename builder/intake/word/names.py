"""An element of WordprocessingML and the name of a child or an attribute → what it says; the namespaces, spelled once.

A file of the ISO "strict" kind has other namespaces with the same names in them: it is brought to the usual ones once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_OPEN = "http://schemas.openxmlformats.org/"
W = "{" + _OPEN + "wordprocessingml/2006/main}"
R = "{" + _OPEN + "officeDocument/2006/relationships}"
A = "{" + _OPEN + "drawingml/2006/main}"
WP = "{" + _OPEN + "drawingml/2006/wordprocessingDrawing}"
M = "{" + _OPEN + "officeDocument/2006/math}"
C = "{" + _OPEN + "drawingml/2006/chart}"
DGM = "{" + _OPEN + "drawingml/2006/diagram}"
MC = "{" + _OPEN + "markup-compatibility/2006}"
RELATIONS = "{" + _OPEN + "package/2006/relationships}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - the prefix that Word gives it
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_STRICT = "http://purl.oclc.org/ooxml/"
_USUAL = {
    "wordprocessingml/main": W,
    "officeDocument/relationships": R,
    "officeDocument/math": M,
    "drawingml/main": A,
    "drawingml/wordprocessingDrawing": WP,
    "drawingml/chart": C,
    "drawingml/diagram": DGM,
}
_NUMBER = re.compile(r"[+-]?\d{1,9}")
_OFF = {"0", "false", "off"}


def w(name: str) -> str:
    """Return the full name of an element or attribute of Word's own."""
    return W + name


def loosen(root: _Element) -> None:
    """Give the elements and attributes of a strict document the names that they have in others."""
    if _STRICT not in "".join(filter(None, root.nsmap.values())):
        return
    for element in root.iter("*"):
        element.tag = _loose(str(element.tag))
        for name, said in element.attrib.items():
            if name.startswith("{" + _STRICT):
                del element.attrib[name]
                element.attrib[_loose(str(name))] = said


def _loose(name: str) -> str:
    space, _, local = name.removeprefix("{" + _STRICT).partition("}")
    return _USUAL.get(space, "{}") + local if name.startswith("{" + _STRICT) and space in _USUAL else name


def said(element: _Element | None, name: str) -> str:
    """Return what ``w:val`` of a child of that name says; empty when there is none."""
    child = None if element is None else element.find(W + name)
    return "" if child is None else child.get(W + "val", "")


def number(text: str | None, otherwise: int = 0) -> int:
    """Read a whole number of at most nine digits."""
    return int(text) if text and _NUMBER.fullmatch(text) else otherwise


def is_on(element: _Element | None) -> bool | None:
    """Read a property that is on by being there; None when it is not there."""
    if element is None:
        return None
    return element.get(W + "val", "1").lower() not in _OFF


def has(element: _Element | None, name: str) -> bool:
    """Tell whether a property that is a child of that name is there, and on."""
    return element is not None and is_on(element.find(W + name)) is True
