"""A publication comes in; it goes out with its tables and figures numbered where their writer has not done it.

Numbers go through the whole book, in the order it is read, so that a table has the same one in every edition. Where one
caption of a kind has a number of its own, all are left as written; those of the programme always are.
"""

from __future__ import annotations

import itertools
import operator
import re
from collections import defaultdict
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from builder.composition.book import OPENERS
from builder.publication import Figure, Table, Text, nouns_in, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.publication import Clause, Note, Publication

_NUMBERED = {
    Table: re.compile(r"(?:bảng|biểu|phụ lục)\s+(?:số\s+)?[\dIVX]", re.IGNORECASE),
    Figure: re.compile(r"(?:hình|ảnh|sơ đồ|biểu đồ)\s+(?:số\s+)?[\dIVX]", re.IGNORECASE),
}
_WORDS = {Table: "table_numbered", Figure: "figure_numbered"}


def numbered(publication: Publication, words: Mapping[str, str]) -> Publication:
    """Number the captions of a publication; ``words`` is the layout's word list."""
    pieces: Iterator[Table | Figure] = nouns_in(publication, Table, Figure)
    named = [each for each in pieces if each.caption]
    kinds = tuple(kind for kind in _NUMBERED if _is_left(kind, named))
    return _Numbers(kinds, words).publication(publication) if kinds else publication


def _is_left(kind: type[Table | Figure], named: Iterable[Table | Figure]) -> bool:
    """Tell whether there are captions of tables, or figures, and none has a number."""
    captions = [plain(each.caption) for each in named if isinstance(each, kind)]
    return bool(captions) and not any(map(_NUMBERED[kind].match, captions))


class _Numbers:
    """Gives out numbers in reading order."""

    def __init__(self, kinds: tuple[type, ...], words: Mapping[str, str]) -> None:
        self.kinds = kinds
        self.words = words
        self.next = {kind: itertools.count(1) for kind in kinds}
        self.notes: defaultdict[str, list[Note]] = defaultdict(list)

    def publication(self, publication: Publication) -> Publication:
        for note in publication.notes:
            self.notes[note.after].append(note)
        front = self._each(publication.front)
        notes = {note.id: done for clause in publication.program.clauses for note, done in self._notes(clause)}
        return replace(
            publication,
            front=front,
            notes=tuple(notes.get(note.id, note) for note in publication.notes),
            sessions=self._each(publication.sessions),
            back=self._each(publication.back),
            terms=self._each(publication.terms),
        )

    def _notes(self, clause: Clause) -> Iterator[tuple[Note, Note]]:
        """Yield the commentary of a clause and of those below it, as it was and numbered."""
        own = [(note, self._in(note)) for note in self.notes[clause.id]] if clause.level in OPENERS else []
        yield from own
        for child in clause.children:
            yield from self._notes(child)
        yield from () if own else ((note, self._in(note)) for note in self.notes[clause.id])

    def _each(self, nouns: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(self._in(noun) for noun in nouns)

    def _in(self, value: Any) -> Any:  # noqa: ANN401 - whatever a noun may hold
        if isinstance(value, tuple):
            done = tuple(self._in(each) for each in value)
            return value if all(map(operator.is_, done, value)) else done
        if not is_dataclass(value) or isinstance(value, type):
            return value
        after = {each.name: self._in(getattr(value, each.name)) for each in fields(value)}
        changed = {name: part for name, part in after.items() if part is not getattr(value, name)}
        if isinstance(value, self.kinds) and after["caption"]:
            number = next(self.next[type(value)])
            changed["caption"] = (Text(self.words[_WORDS[type(value)]].format(number=number)), *after["caption"])
        return replace(value, **changed) if changed else value
