"""The leaves set so far come in; what the lists made from them show goes out: tables, figures, abbreviations, index.

What a list names must stand in the edition at hand, so lists are set last. An abbreviation is looked for in the words
of the leaves; tables and figures are those that were set; an entry of the index keeps the places whose ids are there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from itertools import groupby
from typing import TYPE_CHECKING

from builder.composition import targets
from builder.publication import Level, plain
from builder.vietnamese import abbreviations, order
from builder.vietnamese.terms import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from builder.composition.book import Book
    from builder.composition.index import Index, Subject
    from builder.composition.nouns import Captioned, Leaf
    from builder.publication import Clause

LATE = frozenset({"contents", "tables", "figures", "abbreviations", "index"})
"""Kinds of leaves that are made from the others."""

FEWEST = 3  # tables or figures that make a list: two are found without one
WORDLESS = frozenset({"cover", "title", "imprint", "back-cover", "notes"})  # no running text
POINTS = frozenset({Level.LETTER, Level.DASH, Level.PLUS, Level.BULLET})
NUMBERS = frozenset({Level.NUMBER, Level.DECIMAL})
LONGEST_LABEL = 40  # characters of a title that names a place

_BLOCK_END = re.compile(r"</(?:p|li|td|th|dt|dd|h[1-6]|caption|figcaption|div|aside)>|<br/>")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the index.

    Attributes:
        id: of the line.
        words: as printed.
        places: ids of its places, in reading order.
        links: for an e-book: what names a place, its id; places with one name once.
        see: words and id of the line to look at instead; words are empty when there is none.
        also: words and ids of lines to look at too.
        below: lines under it.
    """

    id: str
    words: str
    places: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    see: tuple[str, str]
    also: tuple[tuple[str, str], ...]
    below: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of the index under one letter."""

    head: str
    lines: tuple[Line, ...]


class Standing:
    """What stands in the edition at hand."""

    def __init__(
        self,
        book: Book,
        index: Index,
        leaves: Iterable[Leaf],
        captioned: Sequence[Captioned],
        words: Mapping[str, str],
    ) -> None:
        """Take the book, its index, the leaves set, the tables and figures in them, the layout's word list."""
        self.leaves = tuple(leaves)
        self.captioned = captioned
        self.index = index
        self.names = _Names(book, words)
        ids = (each for leaf in self.leaves for each in targets.ids(leaf.markup))
        self.ids = {each: number for number, each in enumerate(ids)}
        self.known = dict(book.publication.settings.abbreviations) | _glossed(book)

    def nouns(self, kind: str) -> Mapping[str, object] | None:
        """Return what a leaf of a late kind shows; nothing when there is nothing to show."""
        match kind:
            case "tables" | "figures":
                here = [each for each in self.captioned if each.kind == kind and each.id in self.ids]
                return {"captions": here} if len(here) >= FEWEST else None
            case "abbreviations":
                used = abbreviations.used(self._text(), self.known)
                lines = sorted(used.items(), key=lambda line: order.whole_key(line[0]))
                return {"abbreviations": lines} if lines else None
            case "index":
                groups = tuple(self._groups())
                return {"groups": groups} if groups else None
        return {}

    def _text(self) -> str:
        """Return the words of the leaves, one block a line."""
        return "\n".join(_words(leaf.markup) for leaf in self.leaves if leaf.kind not in WORDLESS)

    def _groups(self) -> Iterator[Group]:
        lines = self._sorted(line for subject in self.index.top if (line := self._line(subject)))
        for head, together in groupby(lines, key=lambda line: order.index_head(line.words)):
            yield Group(head, tuple(together))

    def _line(self, subject: Subject) -> Line | None:
        """Make the line of an entry; nothing when there is nothing to lead to."""
        places = tuple(sorted((each for each in subject.places if each in self.ids), key=self.ids.__getitem__))
        links: dict[str, str] = {}
        for place in places:
            links.setdefault(self.names.name(subject.places[place]), place)
        see = self._led(subject.see)
        also = tuple(target for name in subject.also if (target := self._led(name))[0])
        below = tuple(self._sorted(line for each in subject.below if (line := self._line(each))))
        if not (places or see[0] or below):
            return None
        return Line(subject.anchor, subject.words, places, tuple(links.items()), see, also, below)

    def _led(self, name: str) -> tuple[str, str]:
        """Return the words and the line of the entry of a name, when it has places here."""
        target = self.index.find(name) if name else None
        there = target is not None and any(
            place in self.ids for each in (target, *target.below) for place in each.places
        )
        return (target.words, target.anchor) if target and there else ("", "")

    @staticmethod
    def _sorted(lines: Iterable[Line]) -> list[Line]:
        return sorted(lines, key=lambda line: order.key(bare(line.words) or line.words))


class _Names:
    """Names the places of the index in an e-book, briefly: a clause, a session, a title."""

    def __init__(self, book: Book, words: Mapping[str, str]) -> None:
        publication = book.publication
        clauses = {clause.id: _clause_name(clause, book.clauses) for clause in book.clauses.values()}
        titled = (*publication.front, *publication.back)
        self.names = (
            clauses
            | {note.id: clauses[note.after] for note in publication.notes}
            | {session.id: f"{words['session']} {session.number}" for session in publication.sessions}
            | {matter.id: _shortened(plain(matter.title)) for matter in titled}
            | {term.id: words["glossary"] for term in publication.terms}
        )
        self.other = words["program"]

    def name(self, owner: str) -> str:
        """Name a place by what it stands in; what stands before the first clause is in the programme."""
        return self.names.get(owner, self.other)


def _clause_name(clause: Clause, clauses: Mapping[str, Clause]) -> str:
    """Cite a clause, or the one around it that readers look for: no points, and no clauses of an article."""
    around = [clauses[each] for each in _around(clause.id) if each in clauses]
    article = any(each.level is Level.ARTICLE for each in around)
    kept = [each for each in around if each.level not in POINTS and not (article and each.level in NUMBERS)]
    named = kept[-1] if kept else clause
    return _shortened(plain(named.title)) if named.level is Level.FREE and named.title else named.citation


def _around(identity: str) -> Iterator[str]:
    """Yield the ids of the clauses around one, outermost first, and its own."""
    parts = identity.split(".")
    yield from (".".join(parts[:count]) for count in range(1, len(parts) + 1))


def _shortened(title: str) -> str:
    if len(title) <= LONGEST_LABEL:
        return title
    return title[:LONGEST_LABEL].rpartition(" ")[0] + "…"


def _words(markup: str) -> str:
    return unescape(_TAG.sub("", _BLOCK_END.sub("\n", markup.replace("\n", " "))))


def _glossed(book: Book) -> dict[str, str]:
    """Return the abbreviations that the glossary explains."""
    terms = book.publication.terms
    return {
        term.words: plain(first.inlines).rstrip(".")
        for term in terms
        if term.words.isupper() and term.definition and (first := term.definition[0]) and hasattr(first, "inlines")
    }
