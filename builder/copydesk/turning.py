"""Paragraphs that came back come in, with the leaves they are; the changes to the files of the source go out."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder import problems
from builder.copydesk import glyphs
from builder.copydesk.looks import HEADINGS, Look
from builder.copydesk.nouns import How
from builder.copydesk.plan import PROGRAMME
from builder.intake import escape
from builder.manuscript import labels
from builder.problems import Place
from builder.publication import TITLED, Level

if TYPE_CHECKING:
    from builder.copydesk.edits import Edits
    from builder.copydesk.glyphs import Glyphs
    from builder.copydesk.nouns import Leaf
    from builder.intake.original import Original, Paragraph
    from builder.problems import Problem

_BLOCK = re.compile(r"#{1,6}(?=\s|$)|>|:::|~~~|```|\||={3,}\s*$|(?:[-*_]\s*){3,}$")
_ITEM = re.compile(r"([-+*])(?=\s)|(\d{1,9})([.)])(?=\s)")
_PLAIN_YAML = re.compile(r"[^\W_](?:[\w /.,()–-]*[\w.)])?")
_AS_WRITTEN = {Look.BELOW, Look.TERM, *HEADINGS}


@dataclass(slots=True)
class Turner:
    """What is known while a copy is read back: what came back, the changes so far, what there is to tell.

    ``called`` gathers, by file, the footnotes that are still called; ``pairs`` the name in the copy of each footnote.
    ``carried`` are the files the copy was made of, ``files`` those that are new.
    """

    file: str
    original: Original
    edits: dict[str, Edits]
    report: list[Problem] = field(default_factory=list)
    called: dict[str, set[str]] = field(default_factory=dict)
    pairs: dict[tuple[str, str], str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    carried: dict[str, bytes] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)

    def place(self, paragraph: Paragraph | None) -> Place:
        """Where a paragraph stands in the copy."""
        return Place(self.file, paragraph.line if paragraph else 0)

    def keep(self, name: str, leaf: Leaf) -> None:
        """Take down the notes a leaf calls that stays as it was."""
        self.called.setdefault(name, set()).update(piece.note for piece in leaf.pieces if piece.note)

    def change(self, name: str, leaf: Leaf, paragraph: Paragraph, where: str) -> None:
        """Write what a leaf says now in the place of what it said; nothing where it says the same."""
        if not self.differs(leaf, paragraph):
            self.keep(name, leaf)
            self._pair(name, glyphs.exported(leaf), glyphs.came_back(paragraph, leaf))
            return
        was, now = glyphs.exported(leaf), glyphs.came_back(paragraph, leaf)
        place = self.place(paragraph)
        if leaf.how is How.FIXED:
            self.report.append(problems.copy_fixed(place, glyphs.words(was) or leaf.alt, glyphs.words(now)))
            self.keep(name, leaf)
            return
        text = self._text(name, leaf, paragraph)
        self.edits[name].replace(leaf.start, leaf.end, text)
        said = glyphs.words(was), glyphs.words(now)
        if said[0] == said[1]:
            self.report.append(problems.copy_faces(place, where, said[1]))
        else:
            self.report.append(problems.copy_changed(place, where, *excerpts(*said)))
        self.add_notes(name, leaf.close or leaf.last, paragraph)

    def differs(self, leaf: Leaf, paragraph: Paragraph) -> bool:
        """Tell whether a paragraph says something else than its leaf did."""
        was, now = glyphs.exported(leaf), glyphs.came_back(paragraph, leaf)
        if leaf.picture:
            return not any(glyph.picture for glyph in now)
        return not glyphs.same(was, [glyph for glyph in now if not glyph.picture])

    def _pair(self, name: str, made: Glyphs, now: Glyphs) -> None:
        """Take down which note of the copy each footnote of the source is."""
        seen = [glyph for glyph in now if not glyph.picture]
        for before, after in zip(made, seen, strict=False):
            if before.note and not before.note.startswith("+") and after.note:
                self.pairs[name, before.note] = after.note

    def _text(self, name: str, leaf: Leaf, paragraph: Paragraph) -> str:
        """What a leaf says now, in the form its place asks for."""
        was, now = glyphs.exported(leaf), glyphs.came_back(paragraph, leaf)
        seen = [glyph for glyph in now if not glyph.picture]
        words = glyphs.words(seen)
        match leaf.how:
            case How.RAW:
                return " ".join(words.split())
            case How.LINES:
                return "\n".join(line.rstrip() for line in paragraph.text.strip("\n").split("\n"))
            case How.YAML:
                return yaml_words(words)
            case How.LIST:
                return json.dumps([part.strip() for part in words.split(";") if part.strip()], ensure_ascii=False)
        made = glyphs.merged(was, seen)
        self._pair(name, made, seen)
        if leaf.how is How.MARKDOWN:
            text = self.markdown(name, made, paragraph, go_on=_go_on(leaf))
            text = opened(text, leaf, glyphs.words(was), programme=name == PROGRAMME)
            return text + "\n" * self._would_glue(name, leaf, text)
        text = self.markdown(name, made, paragraph, go_on="").replace("\\\n", " ")
        if leaf.how is How.CAPTION:
            return text.replace('"', "”")
        text = re.sub(r"(?<!\\)\|", r"\\|", text)
        return f" {text} " if leaf.how is How.EMPTY else text

    def _would_glue(self, name: str, leaf: Leaf, text: str) -> bool:
        """Tell whether a line that was a heading by its label is none now, and words stand on the next one."""
        lines = self.edits[name].page.lines
        followed = leaf.last < len(lines) and bool(lines[leaf.last].text.strip())
        return bool(leaf.label) and followed and is_heading(glyphs.words(glyphs.exported(leaf))) > is_heading(text)

    def markdown(self, name: str, made: Glyphs, paragraph: Paragraph, *, go_on: str = "") -> str:
        """Letters → inline Markdown of a file; emphasis that cannot be written is reported."""
        text, whole = glyphs.written(made, called=lambda note: self.name_of(name, note), go_on=go_on)
        self.called.setdefault(name, set()).update(self.name_of(name, each.note) for each in made if each.note)
        if not whole:
            self.report.append(problems.copy_face_lost(self.place(paragraph), glyphs.words(made)))
        return text

    def name_of(self, name: str, note: str) -> str:
        """The name of a note in a file of the source: its own, or for a new one (``+2``) the next number free."""
        if not note.startswith("+"):
            return note
        if (name, note) not in self.names:
            raw = self.edits[name].raw
            taken = {*re.findall(r"\[\^([^\]\s]+)\]", raw), *(v for (n, _), v in self.names.items() if n == name)}
            self.names[name, note] = next(str(each) for each in range(1, 10_000) if str(each) not in taken)
        return self.names[name, note]

    def add_notes(self, name: str, after: int, paragraph: Paragraph) -> None:
        """Write the notes a paragraph calls that the source does not have yet, below the block they are called in."""
        known = set(self.pairs.values())
        for run in paragraph.runs:
            if run.note and run.note not in known and run.note in self.original.notes:
                text = self.note_text(name, self.original.notes[run.note], paragraph)
                self.edits[name].add(after, f"[^{self.name_of(name, f'+{run.note}')}]: {text}")

    def note_text(self, name: str, paragraphs: tuple[Paragraph, ...], at: Paragraph) -> str:
        """The paragraphs of a note → its Markdown, those after the first indented."""
        texts = [self.markdown(name, glyphs.came_back(each), at, go_on="    ") for each in paragraphs]
        return "\n\n    ".join(filter(None, texts))


def _go_on(leaf: Leaf) -> str:
    if leaf.look in {Look.QUOTE, Look.CREDIT}:
        return "> "
    return "   " * leaf.depth if leaf.look is Look.LIST else ""


def excerpts(was: str, now: str) -> tuple[str, str]:
    """Two texts → where they differ, with a few words around."""
    old, new = was.split(), now.split()
    first = next(
        (at for at, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), min(len(old), len(new))
    )
    most = min(len(old), len(new)) - first
    last = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
    start = max(0, first - 3)
    return _cut(old, start, len(old) - max(0, last - 3)), _cut(new, start, len(new) - max(0, last - 3))


def _cut(words: list[str], start: int, end: int) -> str:
    return f"{'… ' if start else ''}{' '.join(words[start:end])}{' …' if end < len(words) else ''}"


def yaml_words(words: str) -> str:
    """Words → a YAML value: bare where that cannot be misread."""
    return words if _PLAIN_YAML.fullmatch(words) else json.dumps(words, ensure_ascii=False)


def opened(text: str, leaf: Leaf, was: str, *, programme: bool) -> str:
    """Inline Markdown → the same as it may open its line: what was text stays text, what became a label is one."""
    if leaf.look in _AS_WRITTEN or leaf.look.name.startswith(("SIDE", "RECIPIENT", "DOCUMENT", "SUBJECT", "REMARK")):
        return text
    if not programme:
        return plain_opening(text, lists=bool(leaf.look is Look.LIST))
    if is_label(text) and (leaf.label or not is_label(was)):
        return text
    return escape.paragraph(text)


def is_label(text: str) -> bool:
    """Tell whether a line opens with the label of a clause."""
    found = labels.recognise(text)
    return found is not None and found.level is not Level.FREE


def is_heading(line: str) -> bool:
    """Tell whether a line opens with the label of a clause whose title needs no mark: Phần … Điều, I."""
    found = labels.recognise(line)
    return found is not None and found.level in TITLED


def plain_opening(text: str, *, lists: bool = True) -> str:
    r"""Inline Markdown → a paragraph of matter; ``lists``: what looks like an item is escaped too (``1\.``)."""
    if lists and (item := _ITEM.match(text)):
        return "\\" + text if item[1] else f"{item[2]}\\{text[len(item[2]) :]}"
    return "\\" + text if _BLOCK.match(text) else text
