"""The outline, the page marks and a few landmarks come in; the navigation document and the older NCX go out.

The navigation document is what EPUB 3 readers use (its lists: contents, printed pages, landmarks); the NCX says
the same to readers that know only EPUB 2, with two levels of contents, which is all that some of them show.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

from builder.ebook.volume import xhtml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.composition.nouns import Entry
    from builder.ebook.pagelist import Mark
    from builder.ebook.volume import Volume

FILE = "nav.xhtml"
DEEPEST = 3  # levels of contents at most
MOST = 150  # entries of contents at most, unless the first level alone has more
NCX_DEEPEST = 2
ROMAN = re.compile("[ivxlcdm]+")


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place every book has: its kind in EPUB's vocabulary, its words, its address."""

    kind: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Ways:
    """Everything that leads into the volume."""

    volume: Volume
    outline: tuple[Entry, ...]
    marks: tuple[Mark, ...]

    def page(self, mark: Mark) -> str:
        """Return the address of a printed page."""
        return f"{self.volume.documents[mark.place[0]].file}#{mark.id}"

    def order(self) -> Mapping[str, int]:
        """Return address → place in reading order, from 1, of all entries and pages (the NCX's ``playOrder``)."""
        places = {self.page(mark): (*mark.place, number) for number, mark in enumerate(self.marks)}
        for entry in _walk(self.outline):
            spot = self.volume.spot(entry.target)
            # A mark before a heading stands where the heading's own tag does.
            place = (spot.document, self.volume.element(spot).start, len(self.marks))
            places[self.volume.address(entry.target)] = place
        return {address: place for place, address in enumerate(sorted(places, key=places.__getitem__), 1)}


def limited(outline: tuple[Entry, ...], deepest: int = DEEPEST) -> tuple[Entry, ...]:
    """Cut the outline at the level, three at most, where it still can be taken in."""
    depth = next((depth for depth in range(deepest, 1, -1) if len(list(_walk(_cut(outline, depth)))) <= MOST), 1)
    return _cut(outline, depth)


def _cut(outline: Iterable[Entry], depth: int) -> tuple[Entry, ...]:
    return tuple(replace(entry, children=_cut(entry.children, depth - 1) if depth > 1 else ()) for entry in outline)


def _walk(outline: Iterable[Entry]) -> Iterator[Entry]:
    for entry in outline:
        yield entry
        yield from _walk(entry.children)


def _depth(outline: Iterable[Entry]) -> int:
    return max((1 + _depth(entry.children) for entry in outline), default=0)


# --- EPUB 3 ---------------------------------------------------------------------------------------


def nav(ways: Ways, landmarks: Iterable[Landmark], words: Mapping[str, str], language: str) -> bytes:
    """Write the navigation document: contents to be read, pages and landmarks for the reading program alone."""
    contents = escape(words["contents"])
    body = (
        '<body class="nav">\n<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc-title">\n'
        f'<h1 id="toc-title">{contents}</h1>\n{_list(ways, ways.outline)}</nav>\n'
        f"{_page_list(ways, words)}{_landmarks(landmarks, words)}</body>"
    )
    return xhtml(words["contents"], body.encode(), language, ("style.css", "bound.css"))


def _list(ways: Ways, entries: Iterable[Entry]) -> str:
    return f"<ol>\n{''.join(_line(ways, entry) for entry in entries)}</ol>\n"


def _line(ways: Ways, entry: Entry) -> str:
    below = _list(ways, entry.children) if entry.children else ""
    return f"<li>{_link(ways.volume.address(entry.target), entry.title)}{below}</li>\n"


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{escape(words, quote=False)}</a>'


def _page_list(ways: Ways, words: Mapping[str, str]) -> str:
    if not ways.marks:
        return ""
    lines = "".join(f"<li>{_link(ways.page(mark), mark.label)}</li>\n" for mark in ways.marks)
    return _hidden("page-list", ' role="doc-pagelist"', "pages", words["pages"], lines)


def _landmarks(landmarks: Iterable[Landmark], words: Mapping[str, str]) -> str:
    lines = "".join(
        f'<li><a epub:type="{mark.kind}" href="{mark.address}">{escape(mark.words, quote=False)}</a></li>\n'
        for mark in landmarks
    )
    return _hidden("landmarks", "", "landmarks", words["landmarks"], lines)


def _hidden(kind: str, role: str, name: str, title: str, lines: str) -> str:
    return (
        f'<nav epub:type="{kind}"{role} id="{name}" aria-labelledby="{name}-title" hidden="hidden">\n'
        f'<h2 id="{name}-title">{escape(title)}</h2>\n<ol>\n{lines}</ol>\n</nav>\n'
    )


# --- EPUB 2 ---------------------------------------------------------------------------------------


def ncx(ways: Ways, identifier: str, title: str, language: str) -> bytes:
    """Write the NCX with its page list (DAISY Z39.86-2005, as OPF 2.0.1 §2.4.1 takes it over)."""
    shallow = Ways(ways.volume, _cut(ways.outline, NCX_DEEPEST), ways.marks)
    order = shallow.order()
    facts = {
        "dtb:uid": identifier,
        "dtb:depth": _depth(shallow.outline),
        "dtb:totalPageCount": len(ways.marks),
        "dtb:maxPageNumber": max((int(mark.label) for mark in ways.marks if _is_number(mark.label)), default=0),
    }
    head = "".join(f'<meta name="{name}" content="{escape(str(value))}"/>\n' for name, value in facts.items())
    points = "".join(_point(shallow, order, entry) for entry in shallow.outline)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="{language}">\n'
        f"<head>\n{head}</head>\n<docTitle>{_text(title)}</docTitle>\n<navMap>\n{points}</navMap>\n"
        f"{_page_targets(shallow, order)}</ncx>\n"
    ).encode()


def _point(ways: Ways, order: Mapping[str, int], entry: Entry) -> str:
    address = ways.volume.address(entry.target)
    below = "".join(_point(ways, order, child) for child in entry.children)
    return (
        f'<navPoint id="point-{entry.target}" playOrder="{order[address]}"><navLabel>{_text(entry.title)}</navLabel>'
        f'<content src="{address}"/>{below}</navPoint>\n'
    )


def _page_targets(ways: Ways, order: Mapping[str, int]) -> str:
    if not ways.marks:
        return ""
    targets = "".join(_page_target(ways.page(mark), mark, order) for mark in ways.marks)
    return f"<pageList>\n{targets}</pageList>\n"


def _page_target(address: str, mark: Mark, order: Mapping[str, int]) -> str:
    value = f' value="{mark.label}"' if _is_number(mark.label) else ""
    return (
        f'<pageTarget id="page-{mark.id}" type="{_page_type(mark.label)}"{value} playOrder="{order[address]}">'
        f'<navLabel>{_text(mark.label)}</navLabel><content src="{address}"/></pageTarget>\n'
    )


def _page_type(label: str) -> str:
    """Tell pages with a number from those with a small Roman one, and from others (Z39.86-2005, 8.4.5)."""
    if _is_number(label):
        return "normal"
    return "front" if ROMAN.fullmatch(label) else "special"


def _is_number(label: str) -> bool:
    return label.isascii() and label.isdigit()


def _text(words: str) -> str:
    return f"<text>{escape(words, quote=False)}</text>"
