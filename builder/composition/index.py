"""A publication comes in; it goes out with every place of the subject index marked, and with the index to be printed.

An entry's places are the words its writer has marked, and every run (a paragraph, a cell, a title) in which its words
or other forms stand; in each run the first of them. An id is made of the entry and of what the run belongs to, so that
it is the same in print, in the e-book and in every edition, and stays when other text changes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from builder.publication import Footnote, Indexed, Text, Wrapping, listed, nouns_in, rewritten, texts_of
from builder.vietnamese import slug
from builder.vietnamese.terms import Finder, bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.publication import Clause, IndexTerm, Inline, Inlines, Publication, Term

Textual = TypeVar("Textual")

PREAMBLE = "mo-dau"
"""The id that the text before the first clause is set under."""


@dataclass(slots=True)
class Subject:
    """One entry of the index.

    Attributes:
        id: ASCII, part of the ids of its places.
        words: as printed.
        places: id of a place → what it stands in: a clause, note, session, matter or term, by its id.
        see: full name of the entry to look at instead.
        also: full names of entries to look at too.
        below: entries that stand under it.
    """

    id: str
    words: str
    see: str = ""
    also: tuple[str, ...] = ()
    below: list[Subject] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)

    @property
    def anchor(self) -> str:
        """The id of its line in the index."""
        return f"muc-{self.id}"


@dataclass(slots=True)
class Index:
    """All entries, by their full names without capitals, and the highest of them."""

    named: dict[str, Subject] = field(default_factory=dict)
    top: list[Subject] = field(default_factory=list)
    _ids: Counter[str] = field(default_factory=Counter)

    def add(self, words: str, name: str, above: list[Subject]) -> Subject:
        """Return the entry of a name; one that is new gets its line."""
        known = self.named.get(name.casefold())
        if known is None:
            stem = slug.slug(name) or "khac"
            self._ids[stem] += 1
            count = self._ids[stem]
            known = Subject(f"{stem}-{count}" if count > 1 else stem, words)
            self.named[name.casefold()] = known
            above.append(known)
        return known

    def find(self, name: str) -> Subject | None:
        """Return the entry of a full name."""
        return self.named.get(name.casefold())


def marked(publication: Publication) -> tuple[Publication, Index]:
    """Find and mark the places of the index; a publication without marks and without a list stays as it is."""
    index = Index()
    if not publication.index and not any(nouns_in(publication, Indexed)):
        return publication, index
    _list(publication.index, "", index, index.top)
    marker = _Marker(index, Finder(_sought(publication, index)))
    return marker.publication(publication), index


def _list(terms: Iterable[IndexTerm], above: str, index: Index, into: list[Subject]) -> None:
    for term in terms:
        name = f"{above}, {term.words}" if above else term.words
        subject = index.add(term.words, name, into)
        subject.see = subject.see or term.see
        subject.also = tuple(dict.fromkeys((*subject.also, *term.also)))
        _list(term.below, name, index, subject.below)


def _sought(publication: Publication, index: Index) -> Iterator[tuple[str, Subject]]:
    """Yield all words that are looked for; those of an entry that sends its reader on lead where it sends him."""
    for name, term in listed(publication.index):
        subject = index.named[name.casefold()]
        target = (index.find(subject.see) if subject.see else None) or subject
        for words in (term.words, *term.forms):
            if bare(words):
                yield words, target


class _Marker:
    """Marks the places in the text of a publication; ``owner`` is what the text at hand belongs to."""

    def __init__(self, index: Index, find: Finder[Subject]) -> None:
        self.index = index
        self.find = find
        self.owner = ""
        self.counts: Counter[str] = Counter()

    def publication(self, publication: Publication) -> Publication:
        program = publication.program
        preamble = self._in(PREAMBLE, program.preamble)
        clauses = tuple(self._clause(clause) for clause in program.clauses)
        return replace(
            publication,
            program=replace(program, preamble=preamble, clauses=clauses),
            notes=tuple(self._in(note.id, note) for note in publication.notes),
            sessions=tuple(self._in(session.id, session) for session in publication.sessions),
            front=tuple(self._in(matter.id, matter) for matter in publication.front),
            back=tuple(self._in(matter.id, matter) for matter in publication.back),
            terms=tuple(self._term(term) for term in publication.terms),
        )

    def _in(self, owner: str, textual: Textual) -> Textual:
        self.owner = owner
        return rewritten(textual, self._run)

    def _clause(self, clause: Clause) -> Clause:
        title, body = self._in(clause.id, (clause.title, clause.body))
        return replace(clause, title=title, body=body, children=tuple(map(self._clause, clause.children)))

    def _term(self, term: Term) -> Term:
        """Mark a definition; where the word explained is itself an entry, the explanation is one of its places."""
        for place in self.find(term.words):
            place.meant.places[term.id] = term.id
        return replace(term, definition=self._in(term.id, term.definition))

    def _run(self, inlines: Inlines) -> Inlines:
        seen: set[str] = set()
        words = "".join(texts_of(inlines))
        inlines = tuple(self._writers(inlines, seen))
        spots = []
        for place in self.find(words):
            if place.meant.id not in seen:
                seen.add(place.meant.id)
                spots.append(Spot(place.start, place.end, place.meant.words, self._anchor(place.meant)))
        return tuple(_put(inlines, spots, [0])) if spots else inlines

    def _writers(self, inlines: Inlines, seen: set[str]) -> Iterator[Inline]:
        """Give the words a writer has marked their ids; the second ones of an entry in a run need none."""
        for inline in inlines:
            if isinstance(inline, Indexed):
                subject = self._subject(inline.entry)
                inside = tuple(self._writers(inline.inlines, seen))
                if subject.id in seen:
                    yield from inside
                    continue
                seen.add(subject.id)
                yield replace(inline, inlines=inside, anchor=self._anchor(subject))
            elif isinstance(inline, Wrapping):
                yield replace(inline, inlines=tuple(self._writers(inline.inlines, seen)))
            else:
                yield inline

    def _subject(self, entry: str) -> Subject:
        subject = self.index.add(entry, entry, self.index.top)
        return (self.index.find(subject.see) if subject.see else None) or subject

    def _anchor(self, subject: Subject) -> str:
        """Return the id of one more place of an entry, and take it down."""
        stem = f"tc-{subject.id}.{self.owner}"
        self.counts[stem] += 1
        anchor = f"{stem}.{self.counts[stem]}" if self.counts[stem] > 1 else stem
        subject.places[anchor] = self.owner
        return anchor


class Spot(NamedTuple):
    """Where the words of an entry stand in a run."""

    start: int
    end: int
    entry: str
    anchor: str


def _put(inlines: Inlines, spots: list[Spot], passed: list[int]) -> Iterator[Inline]:
    """Put marks into a run; ``passed`` holds how many characters are behind."""
    for inline in inlines:
        start = passed[0]
        if isinstance(inline, Text):
            passed[0] += len(inline.text)
            here = [spot for spot in spots if start <= spot.start < passed[0]]
            yield from _cut(inline.text, start, here)
        elif isinstance(inline, Wrapping):
            yield replace(inline, inlines=tuple(_put(inline.inlines, spots, passed)))
        else:
            passed[0] += not isinstance(inline, Footnote)
            yield inline


def _cut(text: str, start: int, spots: list[Spot]) -> Iterator[Inline]:
    """Cut a text at marks; one that runs on into the next text (``*dân* vận``) ends with this one."""
    done = 0
    for spot in spots:
        begins, ends = spot.start - start, min(spot.end - start, len(text))
        if begins > done:
            yield Text(text[done:begins])
        yield Indexed((Text(text[begins:ends]),), spot.entry, spot.anchor)
        done = ends
    if done < len(text):
        yield Text(text[done:])
