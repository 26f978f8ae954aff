"""Two ``Program``s come in; the clauses of each in reading order go out, with the words that are their own."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from builder.problems import Place
from builder.publication import Clause, Level, passages, plain

if TYPE_CHECKING:
    from builder.publication import Program

SYLLABLE = re.compile(r"[^\W_]+(?:[./][^\W_]+)*")
_CITED = {"điều", "khoản", "điểm", "chương", "mục", "phần"}
_NUMBER = re.compile(r"\d+(?:\.\d+)*[a-zđ]?|[ivxlc]+|[a-zđ]")


@dataclass(frozen=True, slots=True)
class Wording:
    """One clause: its own words, by several measures; ``parent`` and ``children`` are places in the list.

    ``exact`` are the words as they stand, ``loose`` the syllables without marks and capitals and without the numbers of
    other clauses, which a renumbering changes; ``deep`` is a number shared by clauses whose loose words, and those of
    all that stands in them, are the same.
    """

    clause: Clause
    parent: int
    children: tuple[int, ...]
    exact: str
    loose: tuple[str, ...]
    deep: int


@dataclass(frozen=True)
class Text:
    """The clauses of a programme in reading order; place 0 is the whole."""

    clauses: tuple[Wording, ...]

    @cached_property
    def place(self) -> dict[str, int]:
        """Path id → place."""
        return {each.clause.id: place for place, each in enumerate(self.clauses)}

    @cached_property
    def position(self) -> dict[int, int]:
        """Places → how many clauses stand before each in the same clause."""
        return {child: at for each in self.clauses for at, child in enumerate(each.children)}

    @cached_property
    def deeps(self) -> Counter[int]:
        """How often each ``deep`` occurs."""
        return Counter(each.deep for each in self.clauses)

    @cached_property
    def looses(self) -> Counter[tuple[str, ...]]:
        """How often the same loose words occur."""
        return Counter(each.loose for each in self.clauses)

    @cached_property
    def above(self) -> list[list[int]]:
        """For each clause the places of what it stands in, from the inside out, the whole last."""
        found: list[list[int]] = []
        for each in self.clauses:
            found.append([each.parent, *found[each.parent]] if each.parent >= 0 else [])
        return found

    def below(self, place: int) -> range:
        """The places of all that stands in a clause, in reading order."""
        end = place + 1
        while end < len(self.clauses) and self.clauses[end].parent >= place:
            end += 1
        return range(place + 1, end)


def texts(old: Program, new: Program) -> tuple[Text, Text]:
    """Lay two programmes out clause by clause, so that what is the same has the same ``deep``."""
    numbers: dict[object, int] = {}
    return _text(old, numbers), _text(new, numbers)


def own_words(clause: Clause) -> str:
    """The title and the text of a clause without what stands in it, spaces made alike."""
    return " ".join(" ".join((plain(clause.title), *passages(clause.body))).split())


def syllables(words: str) -> list[str]:
    """Words → their syllables in small letters; the number of a clause that is cited becomes ``#``."""
    found: list[str] = []
    for syllable in SYLLABLE.findall(words.casefold()):
        cited = found and found[-1] in _CITED and _NUMBER.fullmatch(syllable)
        found.append("#" if cited else syllable)
    return found


def _text(program: Program, numbers: dict[object, int]) -> Text:
    whole = Clause("", Level.FREE, "", "", (), (), program.clauses, "", Place())
    found: list[Wording | None] = []
    _take(whole, -1, found, numbers)
    return Text(tuple(each for each in found if each))


def _take(clause: Clause, parent: int, found: list[Wording | None], numbers: dict[object, int]) -> int:
    place = len(found)
    found.append(None)
    children = tuple(_take(child, place, found, numbers) for child in clause.children)
    exact = own_words(clause)
    loose = tuple(syllables(exact))
    inner = tuple(each.deep for child in children if (each := found[child]))
    found[place] = Wording(clause, parent, children, exact, loose, numbers.setdefault((loose, inner), len(numbers)))
    return place
