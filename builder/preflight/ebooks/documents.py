"""The documents of an EPUB come in; links that lead nowhere, pictures without words, scripts and their like go out."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from builder.preflight.ebooks.package import nav_of
from builder.preflight.ebooks.volume import NAMES, NCX, Volume, is_remote, resolved
from builder.preflight.seen import Seen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

_XLINK = "{http://www.w3.org/1999/xlink}href"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XHTML = f"{{{NAMES['h']}}}"
_SOURCES = {"img": "src", "script": "src", "iframe": "src", "embed": "src", "object": "data", "link": "href"}
_DATA_SCRIPTS = {"application/ld+json", "application/json", "text/template"}
_MOST = 40


def check(volume: Volume) -> Iterator[Seen]:
    """Look at every document, and at where everything leads."""
    anchors = {path: _ids(root) for path, root in volume.documents.items()}
    for path, root in volume.documents.items():
        yield from _once(path, root)
        yield from _elements(volume, path, root, anchors)
    yield from _old_contents(volume, anchors)


def _ids(root: Element) -> frozenset[str]:
    return frozenset(str(each.get("id")) for each in root.iter() if each.get("id"))


def _once(path: str, root: Element) -> Iterator[Seen]:
    """Tell what concerns a document as a whole."""
    if not (root.get("lang") or root.get(_XML_LANG)):
        yield Seen("EPUB_LANGUAGE", part=path)
    ids: dict[str, int] = {}
    for each in root.iter():
        if mark := each.get("id"):
            ids[mark] = ids.get(mark, 0) + 1
            if ids[mark] == 2:  # noqa: PLR2004 - the second of a name
                yield Seen("EPUB_ID_TWICE", what=mark, values=(("name", mark),), part=path, line=_line(each))
    for words in root.itertext():
        if not unicodedata.is_normalized("NFC", words):
            decomposed = next(each for each in words.split() if not unicodedata.is_normalized("NFC", each))
            yield Seen("EPUB_NFD", what=unicodedata.normalize("NFC", decomposed), part=path)
            return


def _line(element: Element) -> int:
    return element.sourceline or 0


def _elements(volume: Volume, path: str, root: Element, anchors: Mapping[str, frozenset[str]]) -> Iterator[Seen]:
    told = 0
    nav = nav_of(volume)
    paged = _page_list(root) if nav and nav.path == path else frozenset()
    for each in root.iter():
        for seen in _element(volume, path, each, anchors, in_pages=each in paged):
            told += 1
            if told <= _MOST:
                yield seen


def _page_list(root: Element) -> frozenset[Element]:
    """Return the links of the page list."""
    kind = f"{{{NAMES['e']}}}type"
    lists = [each for each in root.iter(f"{_XHTML}nav") if "page-list" in each.get(kind, "").split()]
    return frozenset(link for each in lists for link in each.iter(f"{_XHTML}a"))


def _element(
    volume: Volume, path: str, element: Element, anchors: Mapping[str, frozenset[str]], *, in_pages: bool
) -> Iterator[Seen]:
    name = str(element.tag).rpartition("}")[2]
    line = _line(element)
    if name == "img" and element.get("alt") is None:
        yield Seen("EPUB_ALT", what=element.get("src", ""), part=path, line=line)
    if name == "table" and element.find(".//h:th", NAMES) is None:
        yield Seen("EPUB_TABLE_HEAD", what=_words(element), part=path, line=line)
    if _is_script(name, element):
        yield Seen("EPUB_SCRIPT", part=path, line=line)
    source = _source(name, element)
    if source and is_remote(source) and not source.startswith("data:"):
        yield Seen("EPUB_REMOTE", what=source[:80], values=(("address", source),), part=path, line=line)
    reference = source or (element.get("href") if name == "a" else None) or ""
    if reference and not is_remote(reference) and (lost := _leads_nowhere(volume, path, reference, anchors)):
        code = "EPUB_PAGE_LOST" if in_pages else "EPUB_LINK_LOST"
        values = (("words", _words(element) or reference), ("target", lost))
        yield Seen(code, what=lost, values=values, part=path, line=line)


def _source(name: str, element: Element) -> str:
    """Return what an element takes into the page from elsewhere; sound and films may lie on the net."""
    if name == "image":
        return element.get(_XLINK) or element.get("href") or ""
    if name == "link" and "stylesheet" not in element.get("rel", ""):
        return ""
    return element.get(_SOURCES[name], "") if name in _SOURCES else ""


def _is_script(name: str, element: Element) -> bool:
    if name == "script":
        return element.get("type", "") not in _DATA_SCRIPTS
    return any(str(key).startswith("on") for key in element.keys())  # noqa: SIM118 - an element is no dictionary


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())[:60]


def _leads_nowhere(volume: Volume, path: str, reference: str, anchors: Mapping[str, frozenset[str]]) -> str:
    """Return what a reference names that is not there; nothing when all is well."""
    target, anchor = resolved(path, reference)
    if target != path and not volume.has(target):
        return target
    if anchor and target in anchors and anchor not in anchors[target] and "(" not in anchor:
        return f"{target}#{anchor}"
    return ""


def _old_contents(volume: Volume, anchors: Mapping[str, frozenset[str]]) -> Iterator[Seen]:
    """Follow the lines of the old table of contents."""
    for item in volume.items:
        root = volume.xml(item.path, "EPUB_NAV") if item.kind == NCX else None
        for each in root.iterfind(".//n:content", NAMES) if root is not None else ():
            reference = each.get("src", "")
            if lost := _leads_nowhere(volume, item.path, reference, anchors):
                holder = each.getparent()
                words = _words(holder) if holder is not None else reference
                code = "EPUB_PAGE_LOST" if holder is not None and "pageTarget" in str(holder.tag) else "EPUB_LINK_LOST"
                yield Seen(code, what=lost, values=(("words", words), ("target", lost)), part=item.path)
