"""The lines of any Markdown text → the draft of a programme: blocks rewritten in the form the manuscript reads.

Structure stays as the writer gave it; what is only Markdown's (comments, rules, reference addresses) goes, and is
reported where it held words.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from builder import problems
from builder.intake import declaration, escape, frontmatter, inline, paragraphs, plain, tables
from builder.intake.blocks import Block, Kind, scan
from builder.intake.draft import Draft, Field, Piece
from builder.manuscript import labels
from builder.manuscript.folder import Line
from builder.publication import Level
from builder.vietnamese import slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.intake.paragraphs import Measure
    from builder.intake.record import Record

_COMMENT = re.compile(
    r"^[ ]{0,3}(?P<fence>`{3,}|~{3,}).*?^[ ]{0,3}(?P=fence)[^\n]*$|<!--(?P<words>.*?)-->", re.MULTILINE | re.DOTALL
)
_CALL = re.compile(r"\[\^([^\]\s]{1,80})\]")
_MARKS = ("", "-", "+", "•")


def read(lines: Sequence[Line], record: Record) -> Draft:
    """The lines of a Markdown file → its draft; what was changed is added to ``record``."""
    front, body = frontmatter.take(lines, record)
    if front:
        record.add(problems.intake_front_matter, front[0].line, frontmatter.FILE)
    body = paragraphs.parted(_without_comments(body, record), record)
    how = paragraphs.measure(body, soft=True)
    blocks, closed = scan(body, how)
    record.closed += closed
    blocks = _mended(blocks, how, record)
    head = next((block for block in blocks if block.kind is Kind.HEADING), blocks[0] if blocks else None)
    draft = Draft(plain.shortened(_bare(head.text)) if head else "", (), front, tuple(_fields(blocks)))
    title = declaration.title(draft)
    record.add(problems.intake_title, _line_of(title, draft, head), title)
    promoted = _promoted(blocks, title)
    return replace(draft, pieces=_pieces(promoted, record), titled=len(promoted) < len(blocks))


def _line_of(title: str, draft: Draft, head: Block | None) -> int:
    """Where the title was found: in the front matter, or at the first heading."""
    return next((field.line for field in draft.front if field.value == title), head.line if head else 0)


def _without_comments(lines: Sequence[Line], record: Record) -> tuple[Line, ...]:
    """Leave out HTML comments, which nobody reads in print, and report each."""
    text = "\n".join(line.text for line in lines)

    def left_out(match: re.Match[str]) -> str:
        if match["fence"]:
            return match[0]
        record.add(problems.intake_comment, lines[text.count("\n", 0, match.start())].number, match["words"])
        record.left.append(match["words"])
        return "\n" * match[0].count("\n")

    kept = _COMMENT.sub(left_out, text).split("\n")
    return tuple(Line(line.number, words) for line, words in zip(lines, kept, strict=True))


def _mended(blocks: Sequence[Block], how: Measure, record: Record) -> tuple[Block, ...]:
    """Join paragraphs that were parted in the middle of a sentence, as by the end of a page."""
    mended: list[Block] = []
    for block in blocks:
        last = mended[-1] if mended and mended[-1].kind in {Kind.TEXT, Kind.ITEM} else None
        if last and block.kind is Kind.TEXT and paragraphs.runs_over(last.text, block.text, how):
            record.add(problems.intake_joined, block.line, block.text)
            mended[-1] = replace(last, lines=(*last.lines, *block.lines))
        else:
            mended.append(block)
    return tuple(mended)


def _fields(blocks: Sequence[Block]) -> Iterator[Field]:
    """The rows of tables of two columns that name the original document."""
    for block in blocks:
        for line, cells in zip(block.lines, tables.rows(block), strict=False) if block.kind is Kind.TABLE else ():
            if len(cells) == len(("key", "value")) and slug.slug(_bare(cells[0])) in declaration.KEYS:
                yield Field(_bare(cells[0]), _bare(cells[1]), line.number)


def _promoted(blocks: Sequence[Block], title: str) -> tuple[Block, ...]:
    """Where the one heading of the first level opens the text, it is the title: the others rise by one.

    It is left out when it says no more than ``title``, which is kept in ``publication.yaml``.
    """
    first = [block for block in blocks if block.kind is Kind.HEADING and block.depth == 1]
    if len(blocks) == 1 or first != [blocks[0]] or _is_label(first[0].text):
        return tuple(blocks)
    raised = tuple(
        replace(block, depth=block.depth - 1) if block.kind is Kind.HEADING else block for block in blocks[1:]
    )
    same = re.findall(r"\w+", first[0].text) == re.findall(r"\w+", title)
    return raised if same else (replace(first[0], kind=Kind.TITLE), *raised)


def _is_label(text: str) -> bool:
    label = labels.recognise(text)
    return label is not None and label.level is not Level.FREE


def _bare(text: str) -> str:
    """Markdown → its words, for a title or a name."""
    words = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)|\[\^[^\]]*\]|<[^<>]*>", r"\1", text)
    return " ".join(re.sub(r"[*`\\]|(?<![^\W_])_|_(?![^\W_])", "", words).split())


# --- blocks → pieces ------------------------------------------------------------------------------


def _pieces(blocks: Sequence[Block], record: Record) -> tuple[Piece, ...]:
    """Blocks → pieces; an address by name goes where it was called, and stays as words where it was not."""
    addresses = {block.mark.lower(): block for block in reversed(blocks) if block.kind is Kind.ADDRESS}
    known = inline.Known(_valid_notes(blocks), {name: block.text for name, block in addresses.items()})
    writer = _Writer(known, record)
    called = {block: writer.written(block) for block in blocks if block.kind is not Kind.ADDRESS}
    used = {name: known.addresses[name] for name in known.called}
    gone = {addresses[name] for name in used}
    record.left.extend(f"{block.mark} {block.text}" for block in gone)
    known.addresses.clear()
    return tuple(
        Piece(
            block.line,
            called.get(block) or writer.written(block),
            tuple(inline.spelled_out(line, used) for line in _plain(block)),
        )
        for block in blocks
        if block not in gone
    )


def _valid_notes(blocks: Sequence[Block]) -> frozenset[str]:
    """The footnotes that are written once, with words and no calls of their own, and called in the text."""
    written = Counter(block.mark for block in blocks if block.kind is Kind.NOTE)
    called = {name for block in blocks if block.kind is not Kind.NOTE for name in _CALL.findall(block.text)}
    notes = (block for block in blocks if block.kind is Kind.NOTE and block.text and not _CALL.search(block.text))
    return frozenset(block.mark for block in notes if written[block.mark] == 1 and block.mark in called)


def _plain(block: Block) -> tuple[str, ...]:
    """The words of a block as found, with the marks that bear words."""
    first, *others = (line.text.strip() for line in block.lines)
    heads = {
        Kind.ITEM: f"{_MARKS[block.depth] if block.kind is Kind.ITEM else ''} {block.mark}".strip(),
        Kind.NOTE: f"[^{block.mark}]:",
        Kind.ADDRESS: f"[{block.mark}]:",
    }
    return (f"{heads.get(block.kind, '')} {first}".strip(), *others)


class _Writer:
    """Writes blocks in the form the manuscript reads, and reports what changed in their words."""

    def __init__(self, known: inline.Known, record: Record) -> None:
        self.known = known
        self.record = record

    def written(self, block: Block) -> str:
        match block.kind:
            case Kind.HEADING:
                return f"{'#' * block.depth} {self._words(block.text, block.line)}"
            case Kind.TITLE:
                words = self._words(block.text, block.line)
                return escape.paragraph(words) if "*" in words else f"**{words}**"
            case Kind.ITEM:
                words = escape.inside(self._words(block.text, block.line))
                return " ".join(filter(None, (_MARKS[block.depth], block.mark, words)))
            case Kind.MACHINE:
                return "\n\n".join(escape.paragraph(escape.words(line.text)) for line in block.lines)
            case Kind.TABLE:
                return tables.write(block, lambda cell: self._words(cell, block.line))
            case Kind.QUOTE:
                inner = (escape.inside(self._words(line.text, line.number)) for line in block.lines)
                return "\n>\n".join(f"> {words}" for words in inner)
            case Kind.NOTE | Kind.ADDRESS:
                return self._named(block)
        return self._text(block)

    def _named(self, block: Block) -> str:
        """A footnote that is called; else what defines something, as text."""
        words = self._words(block.text, block.line)
        if block.kind is Kind.NOTE and block.mark in self.known.notes:
            return f"[^{block.mark}]: {words}"
        self.record.add(problems.intake_escaped, block.line, _plain(block)[0])
        return f"\\{_plain(block)[0].partition(']:')[0]}]: {words}"

    def _text(self, block: Block) -> str:
        text = self._words(block.text, block.line)
        if paragraphs.is_folio(text):
            self.record.add(problems.intake_folio, block.line, text)
        label = labels.recognise(text)
        if label is None or label.level is Level.FREE:
            return escape.paragraph(text)
        safe = escape.inside(label.rest)
        return text if safe == label.rest else f"{text.removesuffix(label.rest)}{safe}"

    def _words(self, text: str, line: int) -> str:
        words = inline.convert(text, self.known)
        for found, became in self.known.changes:
            self.record.add(problems.intake_changed, line, found, became)
        for found, became in (*self.known.changes, *self.known.spelled):
            self.record.left.append(found)
            self.record.put.append(became)
        self.known.changes.clear()
        self.known.spelled.clear()
        return words
