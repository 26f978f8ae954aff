"""A book made up and what only the leader has come in; the leaves to put between its pages go out.

The participants' pages keep their folios: “trang 12” is the same page in every hand. A leaf has two pages, so it can
only go in where a sheet ends, between a left-hand page and the right-hand page across from it: after page 12 come 12a
and 12b. What belongs to 12 or 13 stands there.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.composition.nouns import Leaf
from builder.press import makeup
from builder.press.nouns import PageFacts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.composition.nouns import Composition
    from builder.press.makeup import Book, Piece, SetAll
    from builder.problems import Place

KIND = "leader"  # the name of its pages in CSS, and of its title in the layout's words
LETTERS = "abcdefghijklmnopqrstuvwxyz"
EMPTY = PageFacts(name=KIND)  # the back of a leaf that is printed on one side


@dataclass(frozen=True, slots=True)
class Inserted:
    """Leaves put in after a page: the folio of that page, and what is printed on them, in order."""

    after: int
    pieces: tuple[Piece, ...]

    @property
    def facts(self) -> tuple[PageFacts, ...]:
        """What is on each of their pages; a leaf has two."""
        pages = [page for piece in self.pieces for page in piece.set_type.pages]
        return (*pages, *[EMPTY] * (len(pages) % 2))

    @property
    def labels(self) -> tuple[str, ...]:
        """Name their pages: ``12a``, ``12b`` …."""
        return tuple(f"{self.after}{_letters(number)}" for number in range(len(self.facts)))

    @property
    def labelled(self) -> Iterator[tuple[Piece, tuple[str, ...]]]:
        """Yield the pieces, each with the names of its pages."""
        page = 0
        for piece in self.pieces:
            end = page + len(piece.set_type.pages)
            yield piece, self.labels[page:end]
            page = end


def insert(composition: Composition, book: Book, set_all: SetAll, place: Place) -> tuple[Inserted, ...]:
    """Set what goes between the pages of a book, in the order of its pages.

    Where the pages would no longer make whole sheets, one leaf of the filler goes in before the last two pages.

    Raises:
        Problems: ``LEAF_BROKEN``.
    """
    pieces = [(after, makeup.piece(leaf, composition.figures, place)) for after, leaf in _leaves(composition, book)]
    _set(pieces, book, set_all)
    inserted = _joined(pieces)
    filler = next((leaf for leaf in composition.leaves if leaf.filler), None)
    if filler and (book.pages + sum(len(each.facts) for each in inserted)) % makeup.SHEET:
        after = book.pages - 2
        more = [(after, makeup.piece(filler, composition.figures, place, f"-chu-tri-{side}")) for side in "ab"]
        _set(more, book, set_all)
        inserted = _joined([*pieces, *more])
    return inserted


def order(book: Book, inserted: Sequence[Inserted]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Say how the pages lie: the book's own come first as they were gathered, then those put in; with their labels."""
    behind = book.pages
    places: dict[int, list[tuple[int, str]]] = {}
    for each in inserted:
        places[each.after] = [(behind + number, label) for number, label in enumerate(each.labels)]
        behind += len(each.labels)
    pages = [page for folio in range(1, book.pages + 1) for page in ((folio - 1, str(folio)), *places.get(folio, ()))]
    return tuple(number for number, _ in pages), tuple(label for _, label in pages)


def _leaves(composition: Composition, book: Book) -> Iterator[tuple[int, Leaf]]:
    """Yield the leaves to set, each with the folio it goes in after."""
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for each in composition.inserts:
        _, last = book.spans.get(each.anchor, (0, 0))
        groups[min(max(last - last % 2, 2), book.pages - 2)].append(each.markup)
    title = composition.words.get(f"{KIND}_leaf", "")
    for after, markups in sorted(groups.items()):
        identity = f"to-chu-tri-{after}"
        markup = f'<section class="leaf {KIND}" id="{identity}">{"".join(markups)}</section>'
        yield after, Leaf(identity, KIND, title, markup)
    yield from ((book.pages - 2, leaf) for leaf in composition.put_in)


def _set(pieces: Sequence[tuple[int, Piece]], book: Book, set_all: SetAll) -> None:
    copies = [piece.wanted(book.known, "right") for _, piece in pieces]
    for (_, piece), copy, galley in zip(pieces, copies, set_all(copies)[0], strict=True):
        piece.take(copy, galley)


def _joined(pieces: Sequence[tuple[int, Piece]]) -> tuple[Inserted, ...]:
    groups: defaultdict[int, list[Piece]] = defaultdict(list)
    for after, piece in pieces:
        groups[after].append(piece)
    return tuple(Inserted(after, tuple(group)) for after, group in sorted(groups.items()))


def _letters(number: int) -> str:
    """Count in letters: ``a`` to ``z``, then ``aa`` …."""
    before, last = divmod(number, len(LETTERS))
    return (_letters(before - 1) if before else "") + LETTERS[last]
