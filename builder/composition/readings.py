"""A session comes in; the short contents at its head go out: what it reads, in two levels at most."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from builder.composition.nouns import Entry
from builder.publication import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from builder.publication import Clause, Session

    Outline = Callable[[tuple[Clause, ...]], tuple[Entry, ...]]
    Named = Callable[[Iterable[str]], str]

MOST = 12  # lines that still can be taken in at a glance


def contents(session: Session, clauses: Mapping[str, Clause], outline: Outline, named: Named) -> tuple[Entry, ...]:
    """Return what a session reads as lines of contents.

    Clauses that are numbered anew in every part stand below a line that names the part and has no target. With more
    than ``MOST`` lines the lower level goes; if that is not enough, each reading is one line that names its clauses.

    Args:
        session: whose readings.
        clauses: path id → clause.
        outline: makes lines of clauses.
        named: names clauses in words, neighbours as ranges.
    """
    entries = tuple(_grouped(tuple(_read(session, clauses)), clauses, outline))
    if _count(entries) <= MOST:
        return entries
    short = tuple(entry if not entry.target else replace(entry, children=()) for entry in entries)
    return short if _count(short) <= MOST else tuple(_readings(session, named))


def _read(session: Session, clauses: Mapping[str, Clause]) -> Iterator[Clause]:
    """Yield the clauses that are read, those that stand within one that is read left out."""
    told: list[str] = []
    for clause in (clauses[each] for reading in session.reads for each in reading.clauses):
        if not any(clause.id == each or clause.id.startswith(f"{each}.") for each in told):
            told.append(clause.id)
            yield clause


def _grouped(read: tuple[Clause, ...], clauses: Mapping[str, Clause], outline: Outline) -> Iterator[Entry]:
    for around, group in groupby(read, key=lambda clause: _around(clause, clauses)):
        together = tuple(group)
        if around is None:
            yield from (replace(_entry(each, outline), children=_below(each, outline)) for each in together)
        else:
            yield replace(
                _entry(around, outline), target="", children=tuple(_entry(each, outline) for each in together)
            )


def _around(clause: Clause, clauses: Mapping[str, Clause]) -> Clause | None:
    """Return the clause without which a number says nothing: none for an article, whose number is the only one."""
    parent = clause.id.rpartition(".")[0]
    return clauses[parent] if parent and clause.level is not Level.ARTICLE else None


def _below(clause: Clause, outline: Outline) -> tuple[Entry, ...]:
    return tuple(replace(entry, children=()) for entry in outline(clause.children))


def _entry(clause: Clause, outline: Outline) -> Entry:
    if clause.title:
        return replace(outline((clause,))[0], children=())
    words = capital_first(clause.citation)
    return Entry(words, clause.id, (), "", words, clause.level.value)


def _readings(session: Session, named: Named) -> Iterator[Entry]:
    for reading in session.reads:
        if reading.clauses:
            words = capital_first(named(reading.clauses))
            yield Entry(words, reading.clauses[0], (), "", words, "")


def capital_first(words: str) -> str:
    """Begin with a capital."""
    return words[:1].upper() + words[1:]


def _count(entries: tuple[Entry, ...]) -> int:
    return sum(1 + len(entry.children) for entry in entries)
