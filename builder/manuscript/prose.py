"""Lines of Markdown → Blocks of a publication; what cannot be printed as meant is a problem at its line.

Nothing is dropped unseen: raw HTML, unknown footnotes, pictures amid text, cells beyond the last column, boxes left
open are all reported.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from builder import problems
from builder.manuscript import boxes, figures, footnotes, markdown, official, verse
from builder.manuscript.inlines import Runs
from builder.publication import (
    Align,
    Block,
    Box,
    BoxKind,
    Break,
    Code,
    Footnote,
    Heading,
    Item,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
    Turn,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from builder.manuscript.folder import Folder, Lines, Sheet
    from builder.manuscript.inlines import Refer
    from builder.manuscript.markdown import Node
    from builder.problems import Place, Problem
    from builder.publication import Blocks, Figure, Head, Inline, Inlines, Sign, Verse

_CAPTION = re.compile(r"(?:Bảng|BẢNG)(?::|\s+[\dIVX][\w.]*[.:])\s*")
_BARE_CAPTION = re.compile(r"(?:Bảng|BẢNG):\s*")
_AROUND_TABLES = re.compile(r"(?:\s*(?:>|[-+*](?=\s)|\d{1,9}[.)](?=\s)))*\s*")  # quotes and items a table stands in
_TURN = re.compile(r"\s*\{\s*(turn|fit)\s*\}\s*$")
_NOTHING = {'""', "“”", "''", "‘’"}  # the description of a picture that is there for decoration alone
_WRITING_LINES = re.compile(r"(\{\s*\w+\s*=[^{}]*\})\s*$")


class Prose:
    """Reads the running text of one file.

    ``refer`` turns a citation into a cross-reference; ``programme`` turns lists, headings and boxes off.
    """

    def __init__(
        self, sheet: Sheet, folder: Folder, refer: Refer, found: list[Problem], *, programme: bool = False
    ) -> None:
        """Take a file; its footnotes are gathered at once, ``lines`` are the others."""
        self.sheet = sheet
        self.folder = folder
        self.refer = refer
        self.found = found
        self.programme = programme
        self.lines, self.notes = footnotes.gather(sheet, found)
        self._set: dict[str, Blocks] = {}
        self._in_note = False

    def blocks(self, lines: Lines, top: int = 0) -> Blocks:
        """Lines → blocks; a heading of ``top`` + 1 hashes is of the first level."""
        stretches = boxes.part(lines, self.sheet, self.found)
        return tuple(block for stretch in stretches for block in self._stretch(stretch, top))

    def inlines(self, lines: Lines) -> Inlines:
        """The lines of a title → its runs."""
        text = "\n".join(line.text for line in lines)
        if markdown.is_plain(text):
            return (Text(text),)
        nodes = markdown.inlines(text)
        return self._runs(lines).read(nodes)

    def finish(self) -> None:
        """Report the footnotes that were never called."""
        for note in self.notes.values():
            if note.name not in self._set:
                self.found.append(problems.footnote_unused(self.sheet.place(note.lines[0]), note.name))

    def _stretch(self, stretch: boxes.Stretch, top: int) -> Blocks:
        if stretch.line and ((self.programme and not stretch.piece) or self._in_note):
            kind = stretch.kind.value if stretch.kind else stretch.piece
            self.found.append(problems.fence_place(self.sheet.place(stretch.line), kind))
        if stretch.piece:
            return (_PIECES[stretch.piece](stretch.lines, stretch.line, self.sheet, self.found, self.inlines),)
        text = "\n".join(line.text for line in stretch.lines)
        if markdown.is_plain(text):
            inner: Blocks = (Paragraph((Text(text),)),)
        else:
            nodes = markdown.blocks(text, programme=self.programme)
            inner = _captioned(self._blocks(nodes, stretch.lines, top))
        if not stretch.line:
            return inner
        return (Box(stretch.kind or BoxKind.NOTE, inner, stretch.writing_lines),)

    def _blocks(self, nodes: Sequence[Node], lines: Lines, top: int) -> Iterator[Block]:
        for node in nodes:
            match node.type:
                case "paragraph":
                    yield from self._paragraph(node, lines)
                case "heading":
                    yield Heading(max(1, int(node.token.tag[1:]) - top), self._inline(node, lines))
                case "bullet_list" | "ordered_list":
                    yield self._listing(node, lines, top)
                case "table":
                    yield from self._table(node, lines)
                case "blockquote":
                    credit = verse.credit(node)
                    yield Quote(self._inner(node, lines, top), self._runs(node.own(lines)[-1:]).read(credit))
                case "hr":
                    yield Rule()
                case "fence":
                    yield _machine_text(node.token.content)
                case "html_block":
                    self._html(node, lines)

    def _inner(self, node: Node, lines: Lines, top: int) -> Blocks:
        if node.token.level >= markdown.DEEPEST - 2:
            self.found.append(problems.nested_deep(self._place(node, lines)))
        return _captioned(self._blocks(node.nodes, lines, top))

    def _inline(self, node: Node, lines: Lines) -> Inlines:
        """The runs of a block that holds one ``inline`` token."""
        nodes = [run for inner in node.nodes for run in markdown.runs(inner.token)]
        return self._runs(node.own(lines)).read(nodes)

    def _paragraph(self, node: Node, lines: Lines) -> Iterator[Block]:
        nodes = [run for inner in node.nodes for run in markdown.runs(inner.token)]
        if pictures := _pictures(nodes):
            figures_read = (self._figure(picture, node.own(lines)) for picture in pictures)
            yield from (figure for figure in figures_read if figure)
        elif inlines := self._runs(node.own(lines)).read(nodes):
            yield Paragraph(inlines)

    def _figure(self, node: Node, lines: Lines) -> Figure | None:
        token = node.token
        address = str(token.attrs.get("src", ""))
        place = self._runs(lines).where(address)
        figure = figures.read(address, place, self.sheet, self.folder)
        if figure is None:
            return None
        alt = "".join(child.content for child in token.children or ()).strip()
        decoration = alt in _NOTHING
        if not alt:
            self.found.append(problems.figure_alt(place, address))
        caption, turn = _turned(self._runs(lines).read(markdown.inlines(str(token.attrs.get("title", "")))))
        return replace(figure, alt="" if decoration else alt, caption=caption, turn=turn, decoration=decoration)

    def _listing(self, node: Node, lines: Lines, top: int) -> Listing:
        items = tuple(self._item(item, lines, top) for item in node.nodes)
        start = int(node.token.attrs.get("start", 1)) if node.type == "ordered_list" else None
        return Listing(items, start)

    def _item(self, node: Node, lines: Lines, top: int) -> Item:
        """An item; ``{lines=5}`` at the end of one of its paragraphs asks for writing lines."""
        blocks = list(self._inner(node, lines, top))
        asked = None
        for position, block in enumerate(blocks):
            if isinstance(block, Paragraph) and (attributes := _attributes(block.inlines)):
                asked = boxes.writing_lines(attributes)
                blocks[position] = Paragraph(_without_attributes(block.inlines))
                if asked is None:
                    place = self._runs(node.own(lines)).where(attributes)
                    self.found.append(problems.fence_attr(place, attributes))
        return Item(tuple(blocks), asked)

    def _table(self, node: Node, lines: Lines) -> Iterator[Block]:
        rows = [row for part in node.nodes for row in part.nodes]
        first, _ruler, *others = node.own(lines)
        caption: Inlines = ()
        turn = Turn.AUTO
        cells = []
        for row, line in zip(rows, (first, *others), strict=False):
            self._count_cells(line.text, len(rows[0].nodes), self.sheet.place(line))
            inlines = tuple(self._cell(cell, (line,)) for cell in row.nodes)
            if "|" not in line.text and _CAPTION.match(line.text.strip()):
                caption, turn = _turned(_caption(inlines[0]))
            else:
                cells.append(inlines)
        yield Table(cells[0], tuple(cells[1:]), tuple(map(_align, rows[0].nodes)), caption, turn)

    def _cell(self, cell: Node, lines: Lines) -> Inlines:
        return self._runs(lines).read([run for inner in cell.nodes for run in markdown.runs(inner.token)])

    def _count_cells(self, text: str, expected: int, place: Place) -> None:
        bars = re.sub(r"\\\|", "", _AROUND_TABLES.sub("", text, count=1).strip())
        count = bars.removeprefix("|").removesuffix("|").count("|") + 1
        if count > expected:
            self.found.append(problems.table_cells(place, count, expected))

    def _html(self, node: Node, lines: Lines) -> None:
        markup = node.token.content.strip().splitlines()
        self.found.append(problems.html_raw(self._place(node, lines), markup[0][:40] if markup else "<"))

    def _place(self, node: Node, lines: Lines) -> Place:
        return self.sheet.place(node.own(lines)[0])

    def _runs(self, lines: Lines) -> Runs:
        return Runs(self.sheet, lines, self.refer, self._footnote, self.found)

    def _footnote(self, name: str, place: Place) -> Footnote | None:
        """The footnote called at ``place``; a footnote within a footnote cannot be printed."""
        note = self.notes.get(name)
        if note is None or self._in_note:
            problem = problems.footnote_unknown if note is None else problems.footnote_nested
            self.found.append(problem(place, name))
            return None
        if name not in self._set:
            self._in_note = True
            self._set[name] = self.blocks(note.lines)
            self._in_note = False
        return Footnote(self._set[name], self.sheet.place(note.lines[0]))


_PIECES: dict[str, Callable[..., Verse | Head | Sign]] = {
    "verse": verse.read,
    "head": official.head,
    "sign": official.sign,
}


def _pictures(nodes: list[Node]) -> list[Node]:
    """The pictures of a paragraph that holds nothing else."""
    pictures = [node for node in nodes if node.type == "image"]
    others = (node for node in nodes if node.type != "image")
    alone = all(node.type == "softbreak" or not node.token.content.strip() for node in others)
    return pictures if alone and not any(node.nodes for node in nodes) else []


def _attributes(inlines: Inlines) -> str:
    last = inlines[-1] if inlines else None
    match = _WRITING_LINES.search(last.text) if isinstance(last, Text) else None
    return match[1] if match else ""


def _without_attributes(inlines: Inlines) -> Inlines:
    *others, last = inlines
    text = _WRITING_LINES.sub("", last.text).rstrip() if isinstance(last, Text) else ""
    return (*others, Text(text)) if text else tuple(others)


def _machine_text(content: str) -> Paragraph:
    """Lines quoted from a machine → one paragraph, a line each."""
    runs: list[Inline] = []
    for line in content.rstrip("\n").split("\n"):
        runs.extend((Code(line), Break()))
    return Paragraph(tuple(runs[:-1]))


def _align(cell: Node) -> Align:
    style = str(cell.token.attrs.get("style", ""))
    return next((align for align in Align if style.endswith(align.value)), Align.LEFT)


def _captioned(blocks: Iterator[Block]) -> Blocks:
    """Join each table with the paragraph ``Bảng 1. …`` or ``Bảng: …`` above or below it."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if isinstance(block, Table) and _is_bare(block) and (caption := _table_caption(before)):
            joined[-1] = _with_caption(block, caption)
        elif isinstance(before, Table) and _is_bare(before) and (caption := _table_caption(block)):
            joined[-1] = _with_caption(before, caption)
        else:
            joined.append(block)
    return tuple(joined)


def _is_bare(table: Table) -> bool:
    return not table.caption and table.turn is Turn.AUTO


def _table_caption(block: Block | None) -> Inlines:
    """The paragraph that is a caption → its runs, ``Bảng:`` still among them."""
    return block.inlines if isinstance(block, Paragraph) and _CAPTION.match(plain(block.inlines)) else ()


def _with_caption(table: Table, inlines: Inlines) -> Table:
    caption, turn = _turned(_caption(inlines))
    return replace(table, caption=caption, turn=turn)


def _turned(caption: Inlines) -> tuple[Inlines, Turn]:
    """``Bảng 1. Kế hoạch {turn}`` → the caption, and what its writer wants."""
    last = caption[-1] if caption else None
    asked = _TURN.search(last.text) if isinstance(last, Text) else None
    if not isinstance(last, Text) or asked is None:
        return caption, Turn.AUTO
    words = last.text[: asked.start()]
    return (*caption[:-1], Text(words)) if words else caption[:-1], Turn(asked[1])


def _caption(inlines: Inlines) -> Inlines:
    """``Bảng: words`` → the words; a numbered caption keeps its number."""
    first = inlines[0] if inlines else None
    if not isinstance(first, Text):
        return inlines
    text = _BARE_CAPTION.sub("", first.text, count=1)
    return (Text(text), *inlines[1:]) if text else inlines[1:]
