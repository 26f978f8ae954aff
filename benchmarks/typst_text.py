"""A publication as ``books`` writes it comes in; the same text as Typst markup goes out.

What the generated books do not use (pictures, quotes, titled clauses below articles) is not translated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peer_text import HEADED, Writer, escaped, unknown

from builder.publication import (
    Box,
    CrossReference,
    Emphasis,
    Footnote,
    Heading,
    Level,
    Listing,
    Paragraph,
    Strong,
    Table,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.publication import Block, Clause, Inline, Note, Publication, Reading, Session

RULED = 18  # lines on the page for notes
INDENTS = {Level.NUMBER: 0, Level.LETTER: 9}  # mm, of clauses by their level
HANGING = {Level.NUMBER: 9, Level.LETTER: 7}

# The measures of the printed layout: A5, 10.5 on 15 pt, margins, faces, rules.
PREAMBLE = """
#let heads = ("Be Vietnam Pro", "Noto Serif")
#set document(title: [@title@])
#let starts() = query(heading.where(level: 1)).any(it => it.location().page() == here().page())
#set page(
  width: 148mm, height: 210mm,
  margin: (inside: 18mm, outside: 16mm, top: 20mm, bottom: 20.7mm),
  header: context {
    set text(font: heads, size: 8.5pt)
    if starts() or here().page() < 4 { return }
    if calc.even(here().page()) { [@title@] } else {
      let before = query(selector(heading).before(here())).filter(it => it.level < 3)
      align(right, if before.len() > 0 { before.last().body })
    }
  },
  footer: context {
    set text(font: heads, size: 10pt, weight: 600)
    if here().page() < 4 { return }
    align(if calc.even(here().page()) { left } else { right }, counter(page).display())
  },
)
#set text(font: ("Noto Serif", "Be Vietnam Pro"), size: 10.5pt, lang: "vi", top-edge: 0.75em, bottom-edge: -0.25em)
#set par(justify: true, leading: 4.5pt, spacing: 4.5pt)
#set heading(numbering: none)
#let head(above, below, size, body) = block(
  sticky: true, above: above, below: below, text(font: heads, weight: 700, size: size, body))
#show heading: it => head(19.5pt, 12pt, 10.5pt, it.body)
#show heading.where(level: 1): it => head(37.5pt, 34.5pt, 15pt, it.body)
#show heading.where(level: 2): it => head(30pt, 12pt, 13pt, it.body)
#show footnote.entry: set text(size: 8.5pt)
#show table: set text(font: heads, size: 8.5pt)
#show table: set par(justify: false)
#set table(stroke: (x: none, y: 0.4pt), inset: (x: 3pt, y: 4pt))
#let leaf() = { pagebreak(weak: true); counter(footnote).update(0) }
#let hung(above, indent, hanging, label, body) = block(above: above, pad(
  left: indent, par(hanging-indent: hanging, [#box(width: hanging, strong(label))#body])))
#let clause = hung.with(12pt)
#let point = hung.with(4.5pt)
#let voice(body) = block(inset: (left: 8.6mm), stroke: (left: 1pt), above: 12pt, below: 12pt, {
  set text(font: heads, size: 9.25pt)
  set par(justify: false, leading: 5.75pt, spacing: 9.5pt)
  body
})
#let kind(body) = block(sticky: true, text(weight: 700, size: 8.5pt, body))
#let lines(count) = for _ in range(count) {
  block(width: 100%, height: 22.5pt, above: 0pt, below: 0pt, stroke: (bottom: 0.5pt)) }
#let pageof(target) = context counter(page).at(target).first()
#let pages(first, last) = [#pageof(first)–#pageof(last)]
"""


def document(publication: Publication, words: Mapping[str, str]) -> str:
    """Write the whole book; ``words`` is the layout's word list."""
    return _Writer(publication, words).document()


class _Writer(Writer):
    def book(self) -> Iterator[str]:
        settings = self.publication.settings
        yield PREAMBLE.replace("@title@", escaped(settings.title))
        for size in (25, 20):  # cover and title leaf
            yield f"#leaf()\n{escaped(settings.organisation.unit)}"
            yield f"#text(font: heads, size: {size}pt)[{escaped(settings.title)}]"
            yield f"#emph[{escaped(settings.subtitle)}]\n\n{escaped(settings.period)}"
            yield '#pagebreak(to: "odd")' if size == 25 else ""  # noqa: PLR2004 - the cover
        yield f"#leaf()\n{escaped(settings.notice)}"
        yield f"#leaf()\n#outline(title: [{escaped(self.words['contents'])}], depth: 2)"
        yield from self.schedule()
        for matter in self.publication.front:
            yield f"#leaf()\n= {self.run(matter.title)}"
            yield from self.blocks(matter.body)
        yield "#leaf()"
        yield from self.blocks(self.publication.program.preamble)
        for clause in self.publication.program.clauses:
            yield from self.clause(clause)
        for session in self.publication.sessions:
            yield from self.session(session)
        yield f"#leaf()\n= {escaped(self.words['glossary'])}"
        yield from (f"*{escaped(term.words)}*\n\n{self.all(term.definition)}" for term in self.publication.terms)
        yield f"#leaf()\n= {escaped(self.words['abbreviations'])}"
        yield self.grid([[escaped(short), escaped(full)] for short, full in settings.abbreviations])
        yield f"#leaf()\n{escaped(self.words['notes'])}\n\n#lines({RULED})"
        yield f"#leaf()\n{escaped(settings.title)}"

    def schedule(self) -> Iterator[str]:
        sessions = self.publication.sessions
        yield f"#leaf()\n= {escaped(self.words['schedule'])}"
        yield self.grid([[str(each.number), escaped(each.title), self.pages(each.reads)] for each in sessions])

    def session(self, session: Session) -> Iterator[str]:
        yield f"#leaf()\n{escaped(self.words['session'])} {session.number}\n\n= {escaped(session.title)}"
        facts = {
            "time": f"{session.time}, {session.date}",
            "place": session.place_of_meeting,
            "chair": session.chair,
            "secretary": session.secretary,
            "send_before": session.send_before,
        }
        rows = [[escaped(self.words[name]), escaped(value)] for name, value in facts.items()]
        readings = "; ".join(each.citation for each in session.reads)
        rows.append([escaped(self.words["reading"]), f"{escaped(readings)} ({self.pages(session.reads)})"])
        yield self.grid(rows)
        for part in session.parts:
            yield f"=== {self.run(part.title)}"
            yield from self.blocks(part.body)

    def pages(self, readings: Iterable[Reading]) -> str:
        spans = (f"#pages(<{each.clauses[0]}>, <{each.clauses[-1]}>)" for each in readings)
        return f"{escaped(self.words['page_abbreviation'])} {', '.join(spans)}"

    # --- the programme ---

    def clause(self, clause: Clause) -> Iterator[str]:
        if level := HEADED.get(clause.level, 0):
            if clause.level is Level.PART and not clause.id.endswith("-1"):
                yield "#leaf()"
            yield f"#heading(level: {level})[{escaped(clause.label)} {self.run(clause.title)}] <{clause.id}>"
            yield from self.blocks(clause.body)
        else:
            first, *others = clause.body
            kind = "clause" if clause.level is Level.NUMBER else "point"
            measures = f"{INDENTS[clause.level]}mm, {HANGING[clause.level]}mm"
            yield f"#{kind}({measures}, [{escaped(clause.label)}], [{self.block(first)}])"
            yield from (f"#pad(left: 9mm)[{self.block(other)}]" for other in others)
        comments = [self.comment(note) for note in self.notes.get(clause.id, ())]
        yield from comments if level in (1, 2) else ()
        for child in clause.children:
            yield from self.clause(child)
        yield from () if level in (1, 2) else comments

    def comment(self, note: Note) -> str:
        kind = f"#kind[{escaped(self.words['commentary'])}]\n*{self.run(note.title)}*"
        blocks = [block for block in note.body if not isinstance(block, Box)]
        boxes = [self.block(block) for block in note.body if isinstance(block, Box)]
        return "\n".join([f"#voice[{kind}\n\n{self.all(blocks)}]", *boxes])

    # --- blocks and running text ---

    def block(self, block: Block) -> str:
        match block:
            case Paragraph(inlines):
                return self.run(inlines)
            case Heading(_, inlines):
                return f"#heading(level: 4)[{self.run(inlines)}]"
            case Listing(items, start):
                sign = "-" if start is None else "+"
                return "\n".join(
                    f"{sign} {self.all(item.blocks)}" + (f"\n  #lines({item.lines})" if item.lines else "")
                    for item in items
                )
            case Table(head, rows, _, caption):
                captions = f"#kind[{self.run(caption)}]\n" if caption else ""
                return captions + self.grid([list(map(self.run, row)) for row in (head, *rows)], headed=True)
            case Box(kind, blocks, lines):
                inside = f"#kind[{escaped(self.words[kind.value])}]\n{self.all(blocks)}"
                return f"#voice[{inside}]" + (f"\n#lines({lines})" if lines else "")
        raise unknown(block)

    def grid(self, rows: list[list[str]], *, headed: bool = False) -> str:
        cells = [", ".join(f"[{cell}]" for cell in row) for row in rows]
        if headed:
            cells[0] = f"table.header({cells[0]})"
        columns = ", ".join(["auto", *["1fr"] * (len(rows[0]) - 1)] if rows else [])
        return f"#table(columns: ({columns}), {', '.join(cells)})"

    def inline(self, inline: Inline) -> str:
        match inline:
            case Text(text):
                return escaped(text)
            case Emphasis(inlines):
                return f"#emph[{self.run(inlines)}]"
            case Strong(inlines):
                return f"#strong[{self.run(inlines)}]"
            case Footnote(blocks):
                return f"#footnote[{self.all(blocks)}]"
            case CrossReference(clause, words):
                page = self.words["page_reference"].format(page=f"#pageof(<{clause}>)")
                return f"#link(<{clause}>)[{escaped(words)}] {page}"
        raise unknown(inline)
