"""A book and the lines of a layout's order of leaves come in; the leaves there are to set go out, each with its nouns.

Only here is it known which leaves a publication has something for.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from builder.composition import book as books
from builder.composition import questions
from builder.composition.nouns import Entry, Medium
from builder.publication import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.composition.book import Book
    from builder.layout import Layout, LeafOrder
    from builder.publication import Publication, Session


UNLISTED = frozenset({"cover", "title", "imprint", "contents", "notes", "back-cover"})  # not in the contents


@dataclass(frozen=True, slots=True)
class Sheet:
    """A leaf about to be set: its kind, which names its template, id, title, outline entries, the nouns it shows.

    Footnotes are numbered through all sheets of one ``part``.
    """

    kind: str
    id: str
    title: str
    entries: tuple[Entry, ...] = ()
    nouns: Mapping[str, object] = field(default_factory=dict)
    filler: bool = False
    part: str = ""


def planned(
    lines: Iterable[LeafOrder], book: Book, layout: Layout, medium: Medium
) -> Iterator[tuple[LeafOrder, Sheet]]:
    """Pair the lines of the order with their leaves; neighbours that each session has go session by session."""
    for each, together in groupby(lines, key=lambda line: line.each):
        group = tuple(together)
        if each:
            for session in book.publication.sessions:
                yield from ((line, _session_sheet(line.leaf, session, layout.words)) for line in group)
        else:
            yield from ((line, sheet) for line in group for sheet in _sheets(line.leaf, book, layout, medium))


def outline(sheets: Iterable[tuple[LeafOrder, Sheet]]) -> tuple[Entry, ...]:
    """Gather the lines of the contents; those that stand under another leaf's go below the last line of it."""
    entries: list[Entry] = []
    for line, sheet in sheets:
        if line.under and entries and entries[-1].kind == line.under:
            entries[-1] = replace(entries[-1], children=(*entries[-1].children, *sheet.entries))
        else:
            entries.extend(sheet.entries)
    return tuple(entries)


def _session_sheet(kind: str, session: Session, words: Mapping[str, str]) -> Sheet:
    """Make a session's leaf of one kind; all but its own are named by the layout's word for their kind."""
    title, identity = _session_title(session, words), session.id
    if kind != "session":
        identity = f"{kind}-{session.id}"
        title = f"{words['session']} {session.number}. {words[kind]}" if kind in words else title
    return Sheet(kind, identity, title, (_line(title, identity, kind),), {"session": session})


def _sheets(kind: str, book: Book, layout: Layout, medium: Medium) -> Iterator[Sheet]:
    """Yield the leaves of one kind that the publication has something for."""
    publication, words = book.publication, layout.words
    match kind:
        case "program":
            yield from _program_sheets(book, words, medium)
        case "front" | "back":
            yield from _matter_sheets(publication, kind)
        case "session":
            yield from (_session_sheet(kind, session, words) for session in publication.sessions)
        case "answers":
            yield from _answer_sheets(book, words, medium)
        case "schedule" if not publication.sessions:
            return
        case "coverage" if not (publication.notes or publication.sessions):
            return
        case "glossary" if not publication.terms:
            return
        case "glossary" | "schedule":
            yield Sheet(kind, kind, words[kind], (_line(words[kind], kind, kind),))
        case _:
            title = words.get(kind, "")
            entries = (_line(title, kind, kind),) if title and kind not in UNLISTED else ()
            yield Sheet(kind, kind, title, entries, filler=kind == "notes")


def _line(title: str, target: str, kind: str) -> Entry:
    return Entry(title, target, words=title, kind=kind)


def _program_sheets(book: Book, words: Mapping[str, str], medium: Medium) -> Iterator[Sheet]:
    """Yield the leaves of the programme; those of an e-book that are one in print number their footnotes as one."""
    program = book.publication.program
    preamble = program.preamble
    openers = {clauses[0].id for clauses in books.leaves_of(program, fine=False) if clauses}
    part = ""
    for clauses in books.leaves_of(program, fine=medium is Medium.EBOOK):
        identity = f"to-{clauses[0].id}" if clauses else "to-mo-dau"
        part = identity if not part or clauses[0].id in openers else part
        title = books.running_title(clauses[0]) if clauses else ""
        nouns = {"clauses": clauses, "preamble": preamble}
        yield Sheet("program", identity, title or words["program"], books.outline(clauses), nouns, part=part)
        preamble = ()


def _answer_sheets(book: Book, words: Mapping[str, str], medium: Medium) -> Iterator[Sheet]:
    """Yield the leaves of questions and answers; footnotes are numbered as one through all of them."""
    for groups in questions.leaves_of(book.questions.groups, fine=medium is Medium.EBOOK):
        entries = [entry for group in groups for entry in questions.outline(group, words, books.running_title)]
        title = books.running_title(groups[0].head) if groups[0].head else words["answers"]
        yield Sheet("answers", f"to-{groups[0].id}", title, tuple(entries), {"groups": groups}, part="answers")


def _matter_sheets(publication: Publication, kind: str) -> Iterator[Sheet]:
    for matter in publication.front if kind == "front" else publication.back:
        title = plain(matter.title)
        yield Sheet(kind, matter.id, title, (_line(title, matter.id, kind),), {"matter": matter})


def _session_title(session: Session, words: Mapping[str, str]) -> str:
    number, title = f"{words['session']} {session.number}", bare_session_title(session, words)
    return number if title.rstrip(books.CLOSERS) == number else f"{number}. {title}"


def bare_session_title(session: Session, words: Mapping[str, str]) -> str:
    """Return a session's title without the number its writer put before it (``Buổi 1. …``), unless that is all."""
    title = session.title
    rest = title.removeprefix(f"{words['session']} {session.number}")
    if rest == title or rest[:1].isalnum():  # "Buổi 10 năm trước" of session 1
        return title
    return rest.lstrip(books.CLOSERS) or title
