"""Tags and bookmarks of leaves that are put in between pages come in; they go out where a reader meets them.

The leaves of a book come first, then those put in (``inserts``). A leaf put in after page 12 is read before the first
passage that begins on page 13: what turns the page is read to its end first. In the outline it stands behind the last
heading before it, on a level that parts none from what it belongs to.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pikepdf

    from builder.press.galley import Bookmark

    Marked = tuple[Bookmark, tuple[int, float, float]]
    Number = tuple[int, int]  # of an object

GROUPS = frozenset({"/Document", "/Part", "/Art", "/Sect", "/Div"})  # what a leaf may be put into


def followed(order: Sequence[int]) -> dict[int, int]:
    """Return page put in → page of the book it is put in after; both as they were gathered, from 0."""
    own = order[-1] + 1  # no leaf is put in after the last page
    found: dict[int, int] = {}
    before = -1
    for page in order:
        if page < own:
            before = page
        else:
            found[page] = before
    return found


def put_in(document: pikepdf.Object, pages: Mapping[Number, int], after: Mapping[int, int]) -> None:
    """Move the elements of leaves put in to their places in the tree.

    Args:
        document: the root element; its last elements are those of the leaves put in.
        pages: page → its number as it was gathered.
        after: page put in → page of the book it is put in after.
    """
    span = _Spans(pages)
    own = [each for each in document.K if span.of(each)[0] not in after]
    moved = [each for each in document.K if span.of(each)[0] in after]
    document.K = Array(own)
    for each in reversed(moved):  # of those after one page the last is put in first
        _put(each, document, after[span.of(each)[0]], span)


def _put(element: pikepdf.Object, around: pikepdf.Object, page: int, span: _Spans) -> None:
    """Put an element in before the first one that begins behind a page."""
    for place, kid in enumerate(around.K):
        first, last = span.of(kid)
        if last <= page:
            continue
        if first <= page and isinstance(kid, Dictionary) and str(kid.get("/S", "")) in GROUPS:
            _put(element, kid, page, span)
            return
        _insert(element, around, place + (first <= page))
        return
    _insert(element, around, len(around.K))


def _insert(element: pikepdf.Object, around: pikepdf.Object, place: int) -> None:
    kids = list(around.K)
    around.K = Array([*kids[:place], element, *kids[place:]])
    element.P = around


class _Spans:
    """On which pages elements begin and end; -1 for what has no content."""

    def __init__(self, pages: Mapping[Number, int]) -> None:
        self.pages = pages
        self.known: dict[Number, tuple[int, int]] = {}

    def of(self, element: pikepdf.Object) -> tuple[int, int]:
        """Return the first and the last page of an element."""
        if not isinstance(element, Dictionary):
            return -1, -1
        if element.objgen not in self.known:
            found = list(self._pages(element))
            self.known[element.objgen] = (min(found), max(found)) if found else (-1, -1)
        return self.known[element.objgen]

    def _pages(self, element: pikepdf.Object) -> Iterator[int]:
        if "/Pg" in element:
            yield self.pages[element.Pg.objgen]
        for kid in element.get("/K", ()):
            if isinstance(kid, Dictionary):
                if "/S" in kid:
                    yield from (page for page in self.of(kid) if page >= 0)
                elif "/Pg" in kid:
                    yield self.pages[kid.Pg.objgen]


def outlined(bookmarks: Sequence[Marked], after: Mapping[int, int]) -> list[Marked]:
    """Put the bookmarks of leaves put in behind the last one of the book before them."""
    own = [each for each in bookmarks if each[1][0] not in after]
    found: list[Marked] = []
    waiting = [each for each in bookmarks if each[1][0] in after]
    level = 1
    for each in own:
        while waiting and after[waiting[0][1][0]] < each[1][0]:
            found.append(_on_level(waiting.pop(0), max(level, each[0].level)))
        level = each[0].level
        found.append(each)
    return found + [_on_level(each, level) for each in waiting]


def _on_level(marked: Marked, level: int) -> Marked:
    bookmark, spot = marked
    return replace(bookmark, level=bookmark.level + level - 1), spot
