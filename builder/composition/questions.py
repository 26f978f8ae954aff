"""A publication's commentary comes in; a book of questions and answers goes out: groups of numbered questions.

A note with a title is a question: its title asks, its body answers. One without that opens with a question box asks
what stands in the box. Any other is no question: it is set as a remark under the question before it. Questions stand in
the order of the clauses they speak of, grouped under the heads of the programme's highest level, and are numbered
through the book, the same in print and e-book.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING

from builder.composition.nouns import Entry
from builder.publication import Box, BoxKind, Level, Paragraph, plain, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from builder.publication import Blocks, Clause, Inlines, Note, Program, Publication

HEADS = frozenset({Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION, Level.ROMAN, Level.FREE})
GENERAL = "hoi-chung"


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its number in the book, the note it comes of, what is asked, what answers it, remarks on it."""

    number: int
    note: Note
    title: Inlines
    body: Blocks
    remarks: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The questions on what stands under one head; ``remarks`` come before the first of them."""

    id: str
    head: Clause | None
    questions: tuple[Question, ...] = ()
    remarks: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Questions:
    """All questions of a publication, and by clause."""

    groups: tuple[Group, ...]
    _about: Mapping[str, tuple[Question, ...]] = field(repr=False)

    def about(self, clause: Clause) -> tuple[Question, ...]:
        """Return the questions whose ground ends with a clause."""
        return self._about.get(clause.id, ())


def gather(publication: Publication, ranges: Callable[[tuple[str, ...]], list[list[str]]]) -> Questions:
    """Gather the questions of a publication; ``ranges`` parts clauses into ranges of neighbours."""
    groups = tuple(_numbered(_sorted(publication)))
    about: defaultdict[str, list[Question]] = defaultdict(list)
    for group in groups:
        for question in group.questions:
            for together in ranges(question.note.clauses):
                about[together[-1]].append(question)
    return Questions(groups, {clause: tuple(found) for clause, found in about.items()})


def leaves_of(groups: tuple[Group, ...], *, fine: bool) -> Iterator[tuple[Group, ...]]:
    """Part the groups into leaves: in print at every Phần, in an e-book (``fine``) at every head."""
    together: list[Group] = []
    for group in groups:
        if together and (fine or (group.head and group.head.level is Level.PART)):
            yield tuple(together)
            together = []
        together.append(group)
    if together:
        yield tuple(together)


def outline(group: Group, words: Mapping[str, str], title: Callable[[Clause], str]) -> tuple[Entry, ...]:
    """List a group's questions for the contents, under its head if it has one; ``title`` names a clause."""
    listed = tuple(_entry(question, words["question_number"]) for question in group.questions)
    if group.head is None:
        return listed
    name = title(group.head)
    label, _, bare = name.partition(". ")
    halves = (label, bare) if bare and group.head.label else ("", name)
    return (Entry(name, group.id, listed, *halves, group.head.level.value),)


def _entry(question: Question, form: str) -> Entry:
    label, words = form.format(number=question.number), plain(question.title)
    return Entry(f"{label} {words}", question.note.id, (), label, words, "question")


def _sorted(publication: Publication) -> Iterator[tuple[Clause | None, list[Note]]]:
    """Yield the heads and the notes under each, in the order of the first clause a note speaks of."""
    order = {clause.id: place for place, clause in enumerate(walk(publication.program.clauses))}
    top = _heads(publication.program)
    notes = sorted(publication.notes, key=lambda note: order[note.clauses[0]])
    under: dict[str, tuple[Clause | None, list[Note]]] = {}
    for note in notes:
        head = top[note.clauses[0]]
        under.setdefault(head.id if head else "", (head, []))[1].append(note)
    yield from under.values()


def _heads(program: Program) -> Mapping[str, Clause | None]:
    """Map every clause to the head of the highest level it stands under; an article without one stands by itself."""
    return {
        below.id: clause if clause.level in HEADS else None for clause in program.clauses for below in walk((clause,))
    }


def _numbered(sorted_notes: Iterator[tuple[Clause | None, list[Note]]]) -> Iterator[Group]:
    numbers = count(1)
    for head, notes in sorted_notes:
        group = Group(f"hoi-{head.id}" if head else GENERAL, head)
        for note in notes:
            group = _with(group, note, numbers)
        yield group


def _with(group: Group, note: Note, numbers: Iterator[int]) -> Group:
    """Add a note to a group: as a question, or as a remark on the one before."""
    if asked := _asked(note):
        return replace(group, questions=(*group.questions, Question(next(numbers), note, *asked)))
    if not group.questions:
        return replace(group, remarks=(*group.remarks, note))
    *before, last = group.questions
    return replace(group, questions=(*before, replace(last, remarks=(*last.remarks, note))))


def _asked(note: Note) -> tuple[Inlines, Blocks] | None:
    """Part a note into what is asked and what answers it; nothing when it asks nothing."""
    if note.title:
        return note.title, note.body
    match note.body:
        case (Box(BoxKind.QUESTION, (Paragraph(inlines), *more)), *rest):
            return inlines, (*more, *rest)
    return None
