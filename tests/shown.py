"""A publication, one of its editions and that edition's layout come in; what the edition has to show goes out.

By rule alone: a layout shows what its order of leaves names, the leader's copy has what is for the leader, print tells
pages where an e-book has links. Besides, there are names in it, and the layout's own words.
"""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from names import TOKEN, bare_title, in_figures, names_in, parts

from builder.composition import meeting
from builder.composition.book import OPENERS, leaves_of
from builder.layout import Layout
from builder.publication import (
    Box,
    BoxKind,
    Break,
    CrossReference,
    Edition,
    Figure,
    Footnote,
    Head,
    Heading,
    Listing,
    Paragraph,
    Publication,
    Quote,
    Reference,
    Sign,
    Table,
    Verse,
    plain,
    walk,
)

PAGE = re.compile(r"(?:\btr\.|\btrang)\s(\d+[a-z]*|⟦.*?⟧)")


@dataclass(frozen=True)
class Passage:
    """What stands in a block of its own.

    Attributes:
        owner: the id of what it belongs to.
        words: its words; where a page is told, ``⟦…⟧`` holds the id of what stands there.
        named: whether names may come before them.
        leader: whether it is for the leader alone.
        head: whether it is a heading.
    """

    owner: str
    words: str
    named: bool = False
    leader: bool = False
    head: bool = False


@dataclass(frozen=True)
class Shown:
    """One edition in one medium, ``print`` or ``ebook``; ``other`` is the edition whose pages it tells, in print."""

    publication: Publication
    edition: Edition
    layout: Layout
    medium: str
    other: "Shown | None" = None

    @cached_property
    def leaves(self):
        """The kinds of leaves there are."""
        paper = "screen" if self.edition.trim.on_screen else "paper"
        met = {"always", f"toc-{self.publication.settings.toc}", paper, self.edition.audience}
        return [line.leaf for line in self.layout.order[self.medium] if line.when in met]

    @property
    def leader(self):
        return self.edition.audience == "leader"

    @property
    def explains(self):
        """Whether commentary stands in the text: the layouts that do so have a template for it."""
        return "program" in self.leaves and "commentary.html" in self.layout.templates

    def faces(self, clause):
        """Tell whether a clause stands across from commentary, which it does on paper, leaf by leaf."""
        leaves = leaves_of(self.publication.program, fine=False)
        leaf = next({each.id for each in walk(leaf)} for leaf in leaves if clause in walk(leaf))
        paper = self.medium == "print" and not self.edition.trim.on_screen
        return (
            paper
            and "spare.html" in self.layout.templates
            and any(note.after in leaf for note in self.publication.notes)
        )

    def tells_page_of(self, target):
        """Tell whether print has a page for a clause or a session: its own, or that of the edition it goes by."""
        here = self.medium == "print" and ("session" if target.startswith("buoi-") else "program") in self.leaves
        return here or (self.other is not None and self.other.tells_page_of(target))

    # --- running text -----------------------------------------------------------------------------

    def said(self, inlines):
        """The words of a run as this edition has them, without its footnotes."""
        return "".join(map(self._said, inlines))

    def _said(self, inline):
        if isinstance(inline, CrossReference):
            return self._reference(inline)
        if isinstance(inline, Footnote | Break):
            return " " if isinstance(inline, Break) else ""
        return self.said(inline.inlines) if hasattr(inline, "inlines") else inline.text

    def _reference(self, reference):
        words = self.layout.words
        number = reference.clause.removeprefix("buoi-")
        named = reference.words if number == reference.clause else f"{words['session']} {number}"
        if not self.tells_page_of(reference.clause):
            return named
        if reference.kind is Reference.PAGE:
            return words["page_named"].format(page=f"⟦{reference.clause}⟧")
        return f"{named} {words['page_reference'].format(page=f'⟦{reference.clause}⟧')}"

    def _run(self, inlines):
        """A run, and the footnotes called in it."""
        yield self.said(inlines)
        for note in _footnotes(inlines):
            yield " ".join(self._blocks(note.blocks))

    def _blocks(self, blocks):
        for block in blocks:
            match block:
                case Paragraph(inlines) | Heading(_, inlines):
                    yield from self._run(inlines)
                case Listing(items):
                    for item in items:
                        yield from self._blocks(item.blocks)
                case Table(head, rows):
                    for cell in (*head, *(cell for row in rows for cell in row)):
                        yield from self._run(cell)
                case Box(kind, inner):
                    yield from self._blocks(inner if self.leader or kind is not BoxKind.LEADER else ())
                case Quote(inner, attribution):
                    yield from (*self._blocks(inner), *self._run(attribution))
                case _:
                    yield from self._piece(block)

    def _piece(self, block):
        """Verse, stanza by stanza; the head and the foot of an official paper, line by line."""
        match block:
            case Verse(stanzas, attribution):
                yield from (" ".join(self.said(line.inlines) for line in stanza) for stanza in stanzas)
                yield from self._run(attribution)
            case Head(left, right, below):
                yield from (self.said(part.inlines) for part in (*left, *right, *below))
            case Sign(recipients, signers):
                yield from (self.said(part.inlines) for group in (recipients, *signers) for part in group)

    def _prose(self, owner, blocks, label="", *, named=False):
        """Blocks of one owner; a label stands before the first paragraph, or by itself."""
        if label and not (blocks and isinstance(blocks[0], Paragraph)):
            yield Passage(owner, label, named)
            label = ""
        for block in blocks:
            leader = isinstance(block, Box) and block.kind is BoxKind.LEADER
            for words in self._blocks((block,)):
                yield Passage(owner, f"{label} {words}", named, leader)
                label = ""
            for caption in _captions(block, leader=self.leader):
                yield Passage(owner, plain(caption), named=True, leader=leader)

    # --- leaf by leaf -----------------------------------------------------------------------------

    @cached_property
    def passages(self):
        """All that stands in the edition in blocks of its own, roughly in order."""
        sets = {
            "program": self._program,
            "answers": self._answers,
            "session": self._sessions,
            "handout": self._sessions,
            "bien-ban": self._agendas,
            "thu-hoach": self._questions,
            "glossary": self._terms,
            "front": lambda: self._matter(self.publication.front),
            "back": lambda: self._matter(self.publication.back),
        }
        found = (each for leaf in self.leaves if leaf in sets for each in sets[leaf]())
        return [each for each in found if TOKEN.search(each.words)]

    def _program(self):
        yield from self._prose("mo-dau", self.publication.program.preamble)
        for clause in self.publication.program.clauses:
            yield from self._clause(clause)

    def _clause(self, clause):
        titled = clause.title or clause.level in OPENERS
        if titled:
            yield Passage(clause.id, f"{clause.label} {self.said(clause.title)}", head=True)
        yield from self._prose(clause.id, clause.body, "" if titled else clause.label)
        notes = [each for note in self._notes_after(clause) for each in self._note(note)]
        yield from notes if clause.level in OPENERS else ()
        for child in clause.children:
            yield from self._clause(child)
        yield from () if clause.level in OPENERS else notes

    def _notes_after(self, clause):
        return [note for note in self.publication.notes if self.explains and note.after == clause.id]

    def _note(self, note):
        yield Passage(note.id, self.said(note.title), named=True)
        yield from self._prose(note.id, note.body)

    def _answers(self):
        """Commentary as answers, under the heads of the parts or chapters that it speaks of."""
        for clause in self.publication.program.clauses:
            inside = {each.id for each in walk((clause,))}
            if clause.level in OPENERS and any(note.clauses[0] in inside for note in self.publication.notes):
                yield Passage(f"hoi-{clause.id}", f"{clause.label} {self.said(clause.title)}", head=True)
        for note in self.publication.notes:
            yield from (replace(each, named=True) for each in self._note(note))

    def _sessions(self):
        for session in self.publication.sessions:
            yield Passage(session.id, bare_title(session, self.layout.words), head=True)
            for part in session.parts:
                if self.leader or part.kind != "lead-in" or "handout" not in self.leaves:
                    yield Passage(session.id, self.said(part.title), head=True)
                    yield from self._prose(session.id, part.body)

    def _agendas(self):
        for session in self.publication.sessions:
            for number, step in enumerate(meeting.steps(session), 1):
                who = f" ({self.said(step.who)})" if step.who else ""
                yield Passage(session.id, f"{number}. {self.said(step.what)}{who}")

    def _questions(self):
        for session in self.publication.sessions:
            for item in meeting.discussion(session):
                yield from self._prose(session.id, item.blocks)

    def _terms(self):
        for term in self.publication.terms:
            yield Passage(term.id, term.words)
            yield from self._prose(term.id, term.definition)

    def _matter(self, matter):
        for each in matter:
            yield Passage(each.id, self.said(each.title), head=True)
            yield from self._prose(each.id, each.body)

    # --- besides ----------------------------------------------------------------------------------

    @cached_property
    def names(self):
        """What may be printed besides: names, and the layout's own words."""
        text = "\n".join(each.words for each in self.passages)
        return names_in(self.publication, self.layout, text, opening="coverage" in self.leaves)

    @cached_property
    def _figures(self):
        return in_figures(self.publication)

    def drawn(self, letters):
        """Tell whether letters are those of words in figures, and nothing else."""
        for words in self._figures:
            letters = letters.replace(words, "")
        return not letters


def unpaged(words):
    """Take the numbers of pages out of a text, wherever it names pages."""
    return PAGE.sub("", words.replace("\u00a0", " "))


def pages_named(words):
    """Return the pages a text names: a number, or the id of what stands there."""
    return PAGE.findall(words.replace("\u00a0", " "))


def _footnotes(inlines):
    for inline in inlines:
        if isinstance(inline, Footnote):
            yield inline
        elif hasattr(inline, "inlines"):
            yield from _footnotes(inline.inlines)


def _captions(value, *, leader):
    """Yield the captions of tables and figures, wherever they stand."""
    if isinstance(value, Table | Figure) and value.caption:
        yield value.caption
    if leader or not (isinstance(value, Box) and value.kind is BoxKind.LEADER):
        for each in value if isinstance(value, tuple) else parts(value):
            yield from _captions(each, leader=leader)
