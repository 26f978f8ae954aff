"""A book made up, and a printing of its text for other readers, come in; where that one's pages begin in it goes out.

Whoever holds the other edition says “trang 12”; whoever holds this one finds it by the mark in the margin. The marks
are furniture: the text is not set again when the other edition's pages move.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from builder.press.makeup import Book
    from builder.press.nouns import PageFacts, Printing

    Row = tuple[int, int, float]
    Spot = tuple[int, float]
    Marks = Mapping[int, Sequence[tuple[float, str]]]

SAME_LINE = 6.0  # pt


def marks(book: Book, other: Printing) -> Marks:
    """Return index of a page → the marks on it: baseline (pt below the head of the text area), folio.

    Where both books have the same page, its own folio says it.
    A page that begins with text this book does not have is marked where the first of it stands that the book has.
    """
    rows = _rows(book)
    first: dict[int, Spot] = {}
    for anchor, folio in other.folios.items():
        if anchor in rows:
            spot = _spot(rows[anchor][0])
            first[folio - 1] = min(first.get(folio - 1, spot), spot)
    found: defaultdict[int, list[tuple[float, str]]] = defaultdict(list)
    for number, page in enumerate(other.facts):
        begun = _begun(page, rows) or first.get(number)
        if begun and other.labels[number] != str(begun[0] + 1):
            found[begun[0]].append((begun[1], other.labels[number]))
    return {page: tuple(_joined(sorted(each, key=lambda mark: mark[0]))) for page, each in found.items()}


def _rows(book: Book) -> dict[str, list[Row]]:
    """Gather the lines of every id of the book: page, letters before, baseline."""
    return {
        owner: [(placed.first + page, before, baseline) for page, before, baseline in rows]
        for placed in book.placed
        for owner, rows in placed.galley.rows.items()
    }


def _begun(page: PageFacts, rows: Mapping[str, Sequence[Row]]) -> Spot | None:
    """Find the line with the letter a page begins at."""
    owner, before = page.begins
    known = rows.get(owner)
    if not known:
        return None
    return _spot(known[max(bisect_right(known, before, key=lambda row: row[1]) - 1, 0)])


def _spot(row: Row) -> Spot:
    return row[0], row[2]


def _joined(found: Sequence[tuple[float, str]]) -> Iterator[tuple[float, str]]:
    """Set marks of one line as one."""
    height, folios = found[0][0], [found[0][1]]
    for baseline, folio in found[1:]:
        if baseline - height < SAME_LINE:
            folios.append(folio)
        else:
            yield height, ", ".join(folios)
            height, folios = baseline, [folio]
    yield height, ", ".join(folios)
