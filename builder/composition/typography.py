"""A publication comes in; it goes out as a careful compositor would have typed it.

Commentary, sessions and matter get quotation marks, ellipses, spaces, and dashes and tones in the style asked for. The
programme text gets spaces and nothing else. What is code, an address, a cross-reference or in another language is never
touched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from builder.publication import (
    Box,
    Break,
    Code,
    CrossReference,
    Emphasis,
    Figure,
    Footnote,
    Foreign,
    Head,
    Heading,
    Indexed,
    Item,
    Link,
    Listing,
    Paragraph,
    Quote,
    Sign,
    Strong,
    Table,
    Text,
    Verse,
    Wrapping,
    rewritten,
)
from builder.vietnamese import marks, syllable
from builder.vietnamese.findings import Finding
from builder.vietnamese.frisket import OBJECT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from builder.publication import (
        Block,
        Blocks,
        Clause,
        Inline,
        Inlines,
        Matter,
        Note,
        Publication,
        Session,
        SessionPart,
        Settings,
    )

    Look = Callable[[str], tuple[Finding, ...]]

Titled = TypeVar("Titled", "Note", "Matter", "SessionPart")

MOST_PASSES = 8  # one mend may lay the next open
_WORD = re.compile(r"[^\W\d_]+")


def typeset(publication: Publication) -> Publication:
    """Set the marks of a publication: the same clauses, notes and sessions, their words as they will be printed."""
    settings = publication.settings
    voice, text = _Pass(_voice(settings)), _Pass(marks.typeset_programme)
    return replace(
        publication,
        settings=_settings(settings, voice),
        program=replace(
            publication.program,
            preamble=text.blocks(publication.program.preamble),
            clauses=tuple(_clause(clause, text) for clause in publication.program.clauses),
        ),
        notes=tuple(voice.titled(note) for note in publication.notes),
        sessions=tuple(_session(session, voice) for session in publication.sessions),
        front=tuple(voice.titled(matter) for matter in publication.front),
        back=tuple(voice.titled(matter) for matter in publication.back),
        terms=tuple(
            replace(term, words=voice.words(term.words), definition=voice.blocks(term.definition))
            for term in publication.terms
        ),
    )


def _voice(settings: Settings) -> Look:
    """Say how the words of the editors, not those of the document, are looked at."""
    style = syllable.Style(settings.tone_style)

    def look(text: str) -> tuple[Finding, ...]:
        found = marks.typeset(text, dash=settings.dash)
        return found if style is syllable.Style.KEEP else (*found, *_restyled(text, style))

    return look


def _restyled(text: str, style: syllable.Style) -> Iterator[Finding]:
    for match in _WORD.finditer(text):
        became = syllable.restyle(match[0], style)
        if became != match[0]:
            yield Finding("TONE", *match.span(), became)


def _settings(settings: Settings, voice: _Pass) -> Settings:
    return replace(
        settings,
        title=voice.words(settings.title),
        subtitle=voice.words(settings.subtitle),
        notice=voice.words(settings.notice),
        abbreviations=tuple((short, voice.words(words)) for short, words in settings.abbreviations),
    )


def _clause(clause: Clause, text: _Pass) -> Clause:
    return replace(
        clause,
        title=text.inlines(clause.title),
        body=text.blocks(clause.body),
        children=tuple(_clause(child, text) for child in clause.children),
    )


def _session(session: Session, voice: _Pass) -> Session:
    return replace(
        session,
        title=voice.words(session.title),
        parts=tuple(voice.titled(part) for part in session.parts),
    )


@dataclass(frozen=True, slots=True)
class _Pass:
    """One way to look at text, and its mends put in."""

    look: Look

    def titled(self, noun: Titled) -> Titled:
        """Set what has a title and a body."""
        return replace(noun, title=self.inlines(noun.title), body=self.blocks(noun.body))

    def words(self, text: str) -> str:
        """Set plain words."""
        return self._settled((text,))[0]

    def blocks(self, blocks: Blocks) -> Blocks:
        """Set blocks."""
        return tuple(self._block(block) for block in blocks)

    def inlines(self, inlines: Inlines) -> Inlines:
        """Set one paragraph, title or cell; marks of emphasis within it change nothing."""
        texts = tuple(_texts(inlines))
        settled = self._settled(texts)
        if settled == texts and not _has_notes(inlines):
            return inlines
        return tuple(self._put(inlines, iter(settled)))

    def _settled(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        """Mend runs that stand side by side till nothing is left to mend."""
        for _ in range(MOST_PASSES):
            found = self.look("".join(texts))
            if not found:
                break
            texts = _applied(texts, found)
        return texts

    def _put(self, inlines: Inlines, texts: Iterator[str]) -> Iterator[Inline]:
        """Put the texts back where they were taken from."""
        for inline in inlines:
            match inline:
                case Text():
                    yield Text(next(texts))
                case Emphasis() | Strong() | Link() | Indexed():
                    yield replace(inline, inlines=tuple(self._put(inline.inlines, texts)))
                case Footnote(blocks):
                    next(texts)
                    yield replace(inline, blocks=self.blocks(blocks))
                case _:
                    next(texts)
                    yield inline

    def _block(self, block: Block) -> Block:
        match block:
            case Paragraph(inlines) | Heading(_, inlines):
                return replace(block, inlines=self.inlines(inlines))
            case Listing(items):
                return replace(block, items=tuple(self._item(item) for item in items))
            case Table():
                return self._table(block)
            case Figure(caption=caption):
                return replace(block, caption=self.inlines(caption), alt=self.words(block.alt))
            case Quote(blocks, attribution):
                return replace(block, blocks=self.blocks(blocks), attribution=self.inlines(attribution))
            case Box(_, blocks):
                return replace(block, blocks=self.blocks(blocks))
            case Verse() | Head() | Sign():
                return rewritten(block, (self if isinstance(block, Verse) else _PAPER).inlines)
        return block

    def _item(self, item: Item) -> Item:
        return replace(item, blocks=self.blocks(item.blocks))

    def _table(self, table: Table) -> Table:
        return replace(
            table,
            head=tuple(map(self.inlines, table.head)),
            rows=tuple(tuple(map(self.inlines, row)) for row in table.rows),
            caption=self.inlines(table.caption),
        )


_PAPER = _Pass(marks.typeset_programme)  # words of a paper, wherever they are quoted


def _texts(inlines: Inlines) -> Iterator[str]:
    """Yield the text of every run, in order: an object for what is not words, nothing for a footnote's call."""
    for inline in inlines:
        match inline:
            case Text(text):
                yield text
            case Emphasis(inner) | Strong(inner) | Link(_, inner) | Indexed(inner):
                yield from _texts(inner)
            case Footnote():
                yield ""
            case Break():
                yield "\n"
            case Code() | CrossReference() | Foreign():
                yield OBJECT


def _has_notes(inlines: Inlines) -> bool:
    return any(
        isinstance(inline, Footnote) or (isinstance(inline, Wrapping) and _has_notes(inline.inlines))
        for inline in inlines
    )


def _applied(texts: tuple[str, ...], found: Iterable[Finding]) -> tuple[str, ...]:
    """Make mends in runs that stand side by side; what replaces characters of several goes to the first of them."""
    mends = sorted((each.start, each.end, each.became) for each in found if each.became is not None)
    mended: list[str] = []
    begins = 0
    done = 0  # up to where the whole has been taken care of
    for number, text in enumerate(texts):
        ends = begins + len(text)
        parts: list[str] = []
        last = number == len(texts) - 1
        while mends and mends[0][0] < done:  # it overlaps the one before
            mends.pop(0)
        while mends and (mends[0][0] < ends or last):
            start, end, became = mends.pop(0)
            if start < done:
                continue
            parts += text[max(done, begins) - begins : start - begins], became
            done = end
        parts.append(text[max(done, begins) - begins :])
        done, begins = max(done, ends), ends
        mended.append("".join(parts))
    return tuple(mended)
