"""The nouns of a programme text and of what stands around it: commentary, sessions, matter, terms; all frozen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator

    from builder.problems import Place
    from builder.publication.text import Blocks, Inlines


class Level(StrEnum):
    """The kinds of numbered unit in Vietnamese documents, by the word or the sign of their label."""

    PART = "phan"
    CHAPTER = "chuong"
    SECTION = "muc"
    SUBSECTION = "tieu-muc"
    ROMAN = "la-ma"
    ARTICLE = "dieu"
    NUMBER = "so"
    DECIMAL = "thap-phan"
    LETTER = "chu"
    DASH = "gach"
    PLUS = "cong"
    BULLET = "cham"
    FREE = "tu-do"


SIGNS = frozenset({Level.DASH, Level.PLUS, Level.BULLET})
"""The kinds whose label is a sign: items of a list."""
HEADED = frozenset({Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION})
"""The kinds that are named by their title: it may stand on the line below the label."""
TITLED = HEADED | {Level.ROMAN, Level.ARTICLE}
"""The kinds that make the structure of a paper and mostly have a title."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One unit of the programme.

    ``label`` is printed as it stands in the source (``Điều 5.``, ``đ)``, empty for unnumbered matter);
    ``number`` is the bare number (``5``, ``II``, ``đ``, ``1.12.LQ.1``); ``id`` is the path id, valid as an
    HTML and XML id; ``citation`` names it in words.
    """

    id: str
    level: Level
    number: str
    label: str
    title: Inlines
    body: Blocks
    children: tuple[Clause, ...]
    citation: str
    place: Place


@dataclass(frozen=True, slots=True)
class Program:
    """The programme text: what stands before the first clause, and the clauses."""

    preamble: Blocks
    clauses: tuple[Clause, ...]


def walk(clauses: Iterable[Clause]) -> Iterator[Clause]:
    """Yield the clauses and all below them, in reading order."""
    for clause in clauses:
        yield clause
        yield from walk(clause.children)


@dataclass(frozen=True, slots=True)
class Note:
    """An entry of commentary.

    ``clauses`` are the path ids it speaks of, in programme order; ``citation`` is how the writer named them; it is
    printed after the last clause of its first range (``after``).
    """

    id: str
    citation: str
    clauses: tuple[str, ...]
    after: str
    title: Inlines
    body: Blocks
    place: Place


@dataclass(frozen=True, slots=True)
class Reading:
    """What a session reads: the citation as written and the path ids of the clauses it covers."""

    citation: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SessionPart:
    """A headed part of a session (``## Gợi ý thảo luận``).

    ``kind`` is one of goals, sources, agenda, lead-in, discussion, practice, other; ``title`` is empty for text
    before the first head.
    """

    kind: str
    title: Inlines
    body: Blocks


@dataclass(frozen=True, slots=True)
class Session:
    """One study session of the plan. ``number`` counts from 1 in file-name order."""

    id: str
    number: int
    title: str
    date: datetime.date | None
    time: str
    minutes: int | None
    place_of_meeting: str
    chair: str
    secretary: str
    presenter: str
    send_before: str
    reads: tuple[Reading, ...]
    parts: tuple[SessionPart, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Matter:
    """Unnumbered front or back matter: one file, one title."""

    id: str
    title: Inlines
    body: Blocks
    place: Place


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry."""

    id: str
    words: str
    definition: Blocks
    place: Place
