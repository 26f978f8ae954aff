"""The list under ``## Bảng tra cứu`` of ``glossary.md`` → the entries the subject index asks for.

One item an entry: ``- dân vận``; after a colon other words that lead there, parted by semicolons, and where else to
look: ``- dân vận: công tác dân vận; xem thêm dân chủ``, ``- MTTQ: xem Mặt trận Tổ quốc``. An indented item stands under
the one above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder import problems
from builder.manuscript.sections import section
from builder.publication import IndexTerm, indexed_in, listed, runs_of, texts_of
from builder.vietnamese import slug
from builder.vietnamese.terms import Finder, bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.manuscript.folder import Lines, Sheet
    from builder.problems import Place, Problem
    from builder.publication import Publication

TITLE = "bang-tra-cuu"

_ITEM = re.compile(r"(\s*)[-*+]\s+(\S.*)")
_SEE = re.compile(r"xem\s+(?P<also>thêm\s+)?(?P<entry>\S.*)", re.IGNORECASE | re.DOTALL)
_SAID_WITH_COMMA = re.compile(r",\s+(?=xem\s)", re.IGNORECASE)
_DEEPEST = 2


@dataclass(slots=True)
class _Entry:
    """An item of the list as it is read."""

    words: str
    place: Place
    forms: list[str] = field(default_factory=list)
    see: str = ""
    also: list[str] = field(default_factory=list)
    below: list[_Entry] = field(default_factory=list)

    def take(self, said: str) -> None:
        """Take one of the things that stand after the colon."""
        match = _SEE.fullmatch(said)
        if match is None:
            self.forms.append(said)
        elif match["also"]:
            self.also.append(match["entry"])
        else:
            self.see = match["entry"]

    def done(self) -> IndexTerm:
        """The item as a noun."""
        below = tuple(each.done() for each in self.below)
        return IndexTerm(self.words, self.place, tuple(self.forms), self.see, tuple(self.also), below)


def parted(lines: Lines) -> tuple[Lines, Lines]:
    """The lines of a glossary → those of its terms, and those of the list for the index."""
    _, sections = section(lines, _DEEPEST)
    head = next((each for each in sections if slug.slug(each.title) == TITLE), None)
    if head is None:
        return lines, ()
    taken = {head.line, *(line.number for line in head.body)}
    return tuple(line for line in lines if line.number not in taken), head.body


def read(lines: Lines, sheet: Sheet, found: list[Problem]) -> tuple[IndexTerm, ...]:
    """The lines of the list → its entries; a line that is no item, and an entry listed twice, add a problem."""
    entries: list[_Entry] = []
    indent = 0
    for line in lines:
        item = _ITEM.fullmatch(line.text.rstrip())
        if item is None:
            if line.text.strip():
                found.append(problems.index_form(sheet.place(line)))
            continue
        deep = len(item[1].expandtabs(4))
        indent = deep if not entries else min(indent, deep)
        entry = _entry(item[2], sheet.place(line, item.start(2) + 1))
        (entries[-1].below if entries and deep > indent else entries).append(entry)
    terms = tuple(entry.done() for entry in entries)
    found.extend(_twice(terms))
    return terms


def _entry(text: str, place: Place) -> _Entry:
    words, _, said = _SAID_WITH_COMMA.sub(": ", text.strip().strip("*")).partition(":")
    entry = _Entry(" ".join(words.split()), place)
    for each in filter(None, (" ".join(part.split()) for part in said.split(";"))):
        entry.take(each.rstrip("."))
    return entry


def _twice(terms: Iterable[IndexTerm]) -> Iterator[Problem]:
    first: dict[str, IndexTerm] = {}
    for name, term in listed(terms):
        known = first.setdefault(name.casefold(), term)
        if known is not term:
            yield problems.index_twice(term.place, name, known.place.line)


def doubts(publication: Publication) -> Iterator[Problem]:
    """Yield what is wrong with the list once all the text is read: entries nowhere to be found."""
    if not publication.index:
        return
    terms = list(listed(publication.index))
    marked = {mark.entry.casefold() for run in runs_of(publication) for mark in indexed_in(run)}
    names = {name.casefold(): name for name, _ in terms} | {name: name for name in marked}
    for _, term in terms:
        for target in filter(None, (term.see, *term.also)):
            if target.casefold() not in names:
                yield problems.index_see(term.place, target, names.values())
    met = _met(publication, terms)
    for name, term in terms:
        sought = not (term.see or term.below or name.casefold() in marked)
        if sought and name.casefold() not in met:
            yield problems.index_unused(term.place, term.words)


def _met(publication: Publication, terms: list[tuple[str, IndexTerm]]) -> set[str]:
    """The entries whose words stand somewhere, by their names without capitals."""
    sought = ((words, name.casefold()) for name, term in terms for words in (term.words, *term.forms))
    find = Finder((words, name) for words, name in sought if bare(words))
    texts = ("".join(texts_of(run)) for run in runs_of(publication))
    named = (term.words for term in publication.terms)
    return {place.meant for text in (*texts, *named) for place in find(text)}
