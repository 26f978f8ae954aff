"""Lines of Markdown come in; leaves and boards go out, each knowing the characters it shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from builder.copydesk import papers, strips, tables
from builder.copydesk.looks import BOXES, HEADINGS, Look
from builder.copydesk.nouns import Board, Definition, How, Leaf, Piece
from builder.manuscript import boxes, figures, footnotes, markdown
from builder.manuscript.verse import ATTRIBUTION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.copydesk.nouns import Block
    from builder.copydesk.page import Page
    from builder.manuscript.folder import Line, Lines
    from builder.manuscript.markdown import Node

_CAPTION = re.compile(r"(?:Bảng|BẢNG)(?::|\s+[\dIVX][\w.]*[.:])\s*")
_TITLE = re.compile(r"\"(.*)\"\s*\)\s*$")
_CLOSING = re.compile(r" {0,3}:{3,}\s*")
_NOTE = re.compile(r" {0,3}\[\^[^\]\s]{1,80}\]:\s*")


@dataclass(frozen=True, slots=True)
class _Around:
    """What a paragraph stands in."""

    look: Look = Look.TEXT
    lead: str = ""
    depth: int = 0
    nested: bool = False


class Scanner:
    """Reads one file; in programme text lists and headings are labels."""

    def __init__(self, page: Page, *, programme: bool = False) -> None:
        """Take a page; its footnotes are gathered at once, ``lines`` are the others."""
        self.page = page
        self.programme = programme
        self.lines, found = footnotes.gather(page.sheet, [])
        self.notes = tuple(self._note(each) for each in found.values())

    def blocks(self, lines: Lines) -> Iterator[Block]:
        """Lines → their blocks in order."""
        for stretch in boxes.part(lines, self.page.sheet, []):
            if stretch.piece:
                yield from papers.piece(stretch, self.page)
            elif stretch.line:
                yield from self._box(stretch)
            else:
                yield from self._stretch(stretch.lines)

    def _note(self, found: footnotes.Definition) -> Definition:
        first, last = found.lines[0].number, found.lines[-1].number
        opening = _NOTE.match(self.page.line(first))
        paragraphs = markdown.blocks("\n".join(line.text for line in found.lines), programme=False)
        read = tuple(strips.pieces(_runs(node)) for node in paragraphs)
        start = self.page.at(first, opening.end() if opening else 0)
        return Definition(found.name, first, last, start, self.page.close(last), read)

    def _box(self, stretch: boxes.Stretch) -> Iterator[Block]:
        kind = stretch.kind.value if stretch.kind else "note"
        asked = f" (chừa {stretch.writing_lines} dòng để viết)" if stretch.writing_lines else ""
        close = self._close(stretch)
        head = Piece(f"{BOXES[kind][0]}{asked}")
        yield Leaf(Look.BOX_HEAD, (head,), first=stretch.line, last=stretch.line, how=How.FIXED, box=kind, close=close)
        for block in self._stretch(stretch.lines):
            if isinstance(block, Board) or block.look is not Look.TEXT:
                yield replace(block, box=kind)
            else:
                yield replace(block, box=kind, look=Look.BOX)

    def _close(self, stretch: boxes.Stretch) -> int:
        last = stretch.lines[-1].number if stretch.lines else stretch.line
        after = (line.number for line in self.page.lines[last:] if _CLOSING.fullmatch(line.text))
        return next(after, last)

    def _stretch(self, lines: Lines) -> Iterator[Block]:
        nodes = markdown.blocks("\n".join(line.text for line in lines), programme=self.programme)
        return self._all(nodes, lines, _Around())

    def _all(self, nodes: Sequence[Node], lines: Lines, around: _Around) -> Iterator[Block]:
        for node in nodes:
            match node.type:
                case "paragraph":
                    yield from self._paragraph(node, lines, around)
                case "heading":
                    yield self._heading(node, lines)
                case "bullet_list" | "ordered_list":
                    yield from self._listing(node, lines, around)
                case "table":
                    yield from tables.read(node, node.own(lines), self.page)
                case "blockquote":
                    yield from self._all(node.nodes, lines, replace(around, look=Look.QUOTE, nested=True))
                case "hr":
                    number = node.own(lines)[0].number
                    yield Leaf(Look.RULE, (Piece("* * *"),), first=number, last=number, how=How.FIXED)
                case "fence":
                    yield self._machine_text(node, lines)

    def _listing(self, node: Node, lines: Lines, around: _Around) -> Iterator[Block]:
        start = int(node.token.attrs.get("start", 1)) if node.type == "ordered_list" else None
        for count, item in enumerate(node.nodes):
            lead = "-\t" if start is None else f"{start + count}.\t"
            inner = _Around(Look.LIST, lead, around.depth + 1, nested=True)
            for position, each in enumerate(item.nodes):
                yield from self._all([each], lines, replace(inner, lead="" if position else lead))

    def _heading(self, node: Node, lines: Lines) -> Leaf:
        number = node.own(lines)[0].number
        text = self.page.line(number)
        opening = re.match(r"\ufeff?\s*#+\s*", text)
        closing = re.search(r"\s+#+\s*$", text)
        return Leaf(
            HEADINGS[min(int(node.token.tag[1:]), len(HEADINGS) - 1)],
            strips.pieces(_runs(node)),
            start=self.page.at(number, opening.end() if opening else 0),
            end=self.page.at(number, closing.start()) if closing else self.page.close(number),
            first=number,
            last=number,
        )

    def _machine_text(self, node: Node, lines: Lines) -> Leaf:
        own = node.own(lines)
        words = (Piece(node.token.content.rstrip("\n")),)
        inside = len(own) > len(("fence", "fence"))
        start, last = (own[1].number, own[-2].number) if inside else (own[0].number, own[0].number)
        return Leaf(
            Look.CODE,
            words,
            self.page.at(start),
            self.page.close(last),
            own[0].number,
            own[-1].number,
            how=How.LINES if inside else How.FIXED,
        )

    def _paragraph(self, node: Node, lines: Lines, around: _Around) -> Iterator[Leaf]:
        own, runs = node.own(lines), _runs(node)
        if runs and all(run.type in {"image", "softbreak"} for run in runs):
            yield from self._pictures([run for run in runs if run.type == "image"], own)
            return
        if around.look is Look.QUOTE and len(own) > 1 and (credit := self._credit(own[-1])):
            text = "\n".join(_unquoted(line.text) for line in own[:-1])
            yield self._leaf(strips.read(text), own[:-1], around)
            yield credit
            return
        if around.look is Look.QUOTE and (credit := self._credit(own[-1])):
            yield credit
            return
        yield self._leaf(strips.pieces(runs), own, around)

    def _leaf(self, found: tuple[Piece, ...], own: Lines, around: _Around) -> Leaf:
        words, asked = strips.asked(found)
        caption = around.look is Look.TEXT and found and _CAPTION.match(found[0].text)
        return Leaf(
            Look.CAPTION if caption and self._by_table(own) else around.look,
            words,
            start=self.page.words_at(own[0].number, nested=around.nested),
            end=self.page.close(own[-1].number, len(asked.rstrip())),
            first=own[0].number,
            last=own[-1].number,
            lead=around.lead,
            depth=around.depth,
        )

    def _by_table(self, own: Lines) -> bool:
        """Tell whether a line with bars stands just above or below, blank lines aside."""
        above = (line.text for line in reversed(self.page.lines[: own[0].number - 1]) if line.text.strip())
        below = (line.text for line in self.page.lines[own[-1].number :] if line.text.strip())
        return next(above, "").lstrip().startswith("|") or next(below, "").lstrip().startswith("|")

    def _credit(self, line: Line) -> Leaf | None:
        """The last line of a quotation that says whose words they are."""
        bare = _unquoted(line.text)
        mark = ATTRIBUTION.match(bare)
        if mark is None:
            return None
        words, end = bare[mark.end() :].rstrip(), self.page.close(line.number)
        return Leaf(
            Look.CREDIT,
            strips.read(words),
            start=end - len(words),
            end=end,
            first=line.number,
            last=line.number,
            lead="— ",
        )

    def _pictures(self, runs: Sequence[Node], own: Lines) -> Iterator[Leaf]:
        for run in runs:
            address = str(run.token.attrs.get("src", ""))
            line = next((each for each in own if address in each.text), own[0])
            alt = "".join(child.content for child in run.token.children or ()).strip()
            name = figures.name_of(address, self.page.sheet)
            yield Leaf(
                Look.FIGURE,
                (),
                first=line.number,
                last=line.number,
                how=How.FIXED,
                picture=name,
                alt=alt if any(map(str.isalnum, alt)) else "",
            )
            title = str(run.token.attrs.get("title", ""))
            if title:
                yield self._title(title, line)

    def _title(self, title: str, line: Line) -> Leaf:
        words, asked = strips.asked(strips.read(title))
        text = self.page.line(line.number)
        match = _TITLE.search(text)
        how = How.CAPTION if match and text.count('"') == len('""') else How.FIXED
        start, end = (match.start(1), match.end(1) - len(asked)) if match else (0, 0)
        at = self.page.at(line.number)
        return Leaf(Look.CAPTION, words, at + start, at + end, line.number, line.number, how)


def _runs(node: Node) -> list[Node]:
    return [run for inner in node.nodes if inner.type == "inline" for run in markdown.runs(inner.token)]


def _unquoted(text: str) -> str:
    return re.sub(r"^(?:\s*>)*\s*", "", text)
