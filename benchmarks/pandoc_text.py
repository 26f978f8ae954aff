"""A publication as ``books`` writes it comes in; the same text as Pandoc's Markdown goes out.

All that Pandoc can say of it is said: headings, notes, tables with captions and heads, links inside, the language, who
wrote it. What it cannot say (pages of the print, what a commentary is said of) is left as text.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from peer_text import HEADED, Writer, escaped, unknown

from builder.publication import (
    Box,
    CrossReference,
    Emphasis,
    Footnote,
    Heading,
    Listing,
    Paragraph,
    Strong,
    Table,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.publication import Block, Clause, Inline, Publication, Session

FACES = ("noto-serif-400.ttf", "noto-serif-700.ttf", "be-vietnam-pro-400.ttf", "be-vietnam-pro-700.ttf")
STYLE = """\
@font-face { font-family: "Noto Serif"; src: url("../fonts/noto-serif-400.ttf"); }
@font-face { font-family: "Be Vietnam Pro"; font-weight: 700; src: url("../fonts/be-vietnam-pro-700.ttf"); }
body { font-family: "Noto Serif", serif; line-height: 1.5; }
h1, h2, h3, h4 { font-family: "Be Vietnam Pro", sans-serif; line-height: 1.4; }
"""


def document(publication: Publication, words: Mapping[str, str]) -> str:
    """Write the whole book; ``words`` is the layout's word list."""
    return _Writer(publication, words).document()


class _Writer(Writer):
    def __init__(self, publication: Publication, words: Mapping[str, str]) -> None:
        super().__init__(publication, words)
        self.footnotes: list[str] = []

    def book(self) -> Iterator[str]:
        settings = self.publication.settings
        told = {
            "title": settings.title,
            "subtitle": settings.subtitle,
            "author": settings.organisation.unit,
            "lang": "vi",
            "toc-title": self.words["contents"],
            "rights": settings.notice,
        }
        yield "---\n" + "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in told.items())
        yield "---"
        yield f"# {escaped(self.words['schedule'])}"
        yield self.grid(
            [self.words["session"], self.words["contents"]],
            [[str(each.number), escaped(each.title)] for each in self.publication.sessions],
        )
        for matter in self.publication.front:
            yield f"# {self.run(matter.title)}"
            yield from self.blocks(matter.body)
        yield from self.blocks(self.publication.program.preamble)
        for clause in self.publication.program.clauses:
            yield from self.clause(clause)
        for session in self.publication.sessions:
            yield from self.session(session)
        yield f"# {escaped(self.words['glossary'])}"
        yield from (f"{escaped(term.words)}\n: {self.all(term.definition)}" for term in self.publication.terms)
        yield f"# {escaped(self.words['abbreviations'])}"
        yield self.grid(["", ""], [[escaped(short), escaped(full)] for short, full in settings.abbreviations])
        yield from self.footnotes

    def session(self, session: Session) -> Iterator[str]:
        yield f"# {escaped(self.words['session'])} {session.number}\\. {escaped(session.title)}"
        facts = {"time": f"{session.time}, {session.date}", "place": session.place_of_meeting, "chair": session.chair}
        yield self.grid(["", ""], [[escaped(self.words[name]), escaped(value)] for name, value in facts.items()])
        for part in session.parts:
            yield f"## {self.run(part.title)}"
            yield from self.blocks(part.body)

    def clause(self, clause: Clause) -> Iterator[str]:
        if level := HEADED.get(clause.level, 0):
            yield f"{'#' * level} {escaped(clause.label)} {self.run(clause.title)} {{#{clause.id}}}"
            yield from self.blocks(clause.body)
        else:
            first, *others = clause.body
            yield f"[]{{#{clause.id}}}**{escaped(clause.label)}** {self.block(first)}"
            yield from self.blocks(others)
        for note in self.notes.get(clause.id, ()):
            yield f"::: {{.commentary}}\n**{escaped(self.words['commentary'])}**\n\n**{self.run(note.title)}**"
            yield from self.blocks(note.body)
            yield ":::"
        for child in clause.children:
            yield from self.clause(child)

    # --- blocks and running text ---

    def block(self, block: Block) -> str:
        match block:
            case Paragraph(inlines):
                return self.run(inlines)
            case Heading(_, inlines):
                return f"**{self.run(inlines)}**"
            case Listing(items, start):
                sign = "-   " if start is None else "1.  "
                return "\n".join(sign + self.all(item.blocks).replace("\n", "\n    ") for item in items)
            case Table(head, rows, _, caption):
                named = f"\n\n: {self.run(caption)}" if caption else ""
                return self.grid(list(map(self.run, head)), [list(map(self.run, row)) for row in rows]) + named
            case Box(kind, blocks, _):
                return f"::: {{.box}}\n**{escaped(self.words[kind.value])}**\n\n{self.all(blocks)}\n\n:::"
        raise unknown(block)

    def grid(self, head: list[str], rows: list[list[str]]) -> str:
        lines = [head, ["---"] * len(head), *rows]
        return "\n".join(f"| {' | '.join(cell.replace('|', ' ') for cell in line)} |" for line in lines)

    def inline(self, inline: Inline) -> str:
        match inline:
            case Text(text):
                return escaped(text)
            case Emphasis(inlines):
                return f"*{self.run(inlines)}*"
            case Strong(inlines):
                return f"**{self.run(inlines)}**"
            case Footnote(blocks):
                number = len(self.footnotes) + 1
                self.footnotes.append(f"[^{number}]: {self.all(blocks)}")
                return f"[^{number}]"
            case CrossReference(clause, words):
                return f"[{escaped(words)}](#{clause})"
        raise unknown(inline)
