"""An ``Original`` (a Word file, a web page) → the draft of a programme, its notes, pictures and remarks with it.

Structure is what the label of a paragraph says, as everywhere; a style, an outline level or an automatic number helps
where there is none. Every word goes on.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from builder import problems
from builder.intake import broken, escape, faces, figures, lists, official, paragraphs, title
from builder.intake.draft import Draft, Piece
from builder.intake.original import Grid, Paragraph, Run
from builder.manuscript import labels
from builder.manuscript.folder import Line
from builder.publication import TITLED, Level

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from builder.intake.figures import Placed
    from builder.intake.original import Original
    from builder.intake.record import Record

_LONGEST_HEADING = 120
_ANNEX = re.compile(r"(?:PHỤ LỤC|Phụ lục)(?: (?:SỐ|số))?(?: [IVXLC]+| \d{1,3}| [A-Z])?[.:]?(?: ?[-–—.:] .*)?")
_SENTENCE_END = tuple(".,:;!?…")

Found = Paragraph | Grid


def read(original: Original, record: Record) -> Draft:
    """What a reader found → its draft; what was recognised or repaired is added to ``record``."""
    blocks = lists.signed(broken.mended(original.blocks, record))
    lines = [Line(line, text) for block in blocks for line, text in _lines(block)]
    opening = official.opening(lines)
    named = title.of(original.title, blocks) if not opening else title.Named(opening[0].value, opening[0].line, blocks)
    record.add(problems.intake_title, named.line, named.title)
    writer = _Writer(original, named.blocks, record)
    pieces = [piece for block in named.blocks for piece in writer.pieces(block)]
    pieces.extend(writer.uncalled())
    return Draft(
        title=named.title,
        pieces=tuple(pieces),
        fields=opening[1:],
        titled=len(named.blocks) < len(blocks),
        remarks=original.remarks,
        figures=writer.figures,
    )


def said(original: Original) -> Iterator[str]:
    """Yield the words of a whole file: paragraphs with their numbers, cells, notes, comments, descriptions."""
    for block in original.blocks:
        for each in _paragraphs(block):
            runs = tuple(_parted_by_note(run, original.notes) for run in each.runs)
            yield _said(replace(each, runs=runs, label=lists.number(each)))
    apart = (*original.notes.values(), *(remark.paragraphs for remark in original.remarks))
    yield from (_said(replace(each, label=lists.number(each))) for each in itertools.chain.from_iterable(apart))
    yield from (picture.alt for picture in original.pictures.values())


def _parted_by_note(run: Run, notes: Container[str]) -> Run:
    """A run with a space where a note is called: words before and after it are two."""
    return replace(run, text=f"{run.text} ") if run.note in notes else run


class _Writer:
    """Writes blocks in the form the manuscript reads."""

    def __init__(self, original: Original, blocks: Sequence[Found], record: Record) -> None:
        self.original = original
        self.record = record
        self.notes = original.notes.keys()
        self.written_notes: set[str] = set()
        self.shown: dict[str, Placed | None] = {}
        self.figures: dict[str, bytes] = {}
        self.under_label = False
        self.depths = _depths(blocks)
        texts = (block.text for block in blocks if isinstance(block, Paragraph))
        self.structured = any(_level(text) in TITLED for text in texts)

    # --- pieces ---

    def pieces(self, block: Found) -> Iterator[Piece]:
        """One block → its pieces: the block, then the pictures and the notes it calls."""
        if isinstance(block, Grid):
            yield from self._grid(block)
            return
        if paragraphs.is_ornament(block.text) and not block.label:
            self.record.drawn(block.line, block.text)
        elif block.runs or block.label:
            written = self._paragraph(block)
            if written:
                yield Piece(block.line, written, tuple(_tabbed(block)), block.remarks)
                self.under_label = _is_bare(_said(block))
        yield from self._called(block)

    def uncalled(self) -> Iterator[Piece]:
        """What the file has and calls nowhere: pictures, and notes as text."""
        for name in [each for each in self.original.pictures if each not in self.shown]:
            yield from self._picture(name, 0)
        for name in [each for each in self.notes if each not in self.written_notes]:
            words = " ".join(filter(None, map(_said, self.original.notes[name])))
            if words:
                self.record.add(problems.intake_escaped, 0, words)
                yield Piece(0, escape.paragraph(escape.words(words)), (words,))

    def _called(self, block: Paragraph) -> Iterator[Piece]:
        """The pictures and the notes that a paragraph calls."""
        for run in block.runs:
            if run.picture:
                yield from self._picture(run.picture, block.line)
            if run.note in self.notes and run.note not in self.written_notes:
                self.written_notes.add(run.note)
                yield self._note(run.note, block.line)

    def _picture(self, name: str, line: int) -> Iterator[Piece]:
        picture = self.original.pictures.get(name)
        if picture is None:
            return
        again = name in self.shown
        if not again:
            self.shown[name] = figures.placed(picture, len(self.figures) + 1, line, self.record)
        if found := self.shown[name]:
            self.figures[found.path] = found.data
            self.record.put.extend([found.alt] * again)
            yield Piece(line, f"![{escape.words(found.alt)}]({found.path})", (found.alt,))

    def _note(self, name: str, line: int) -> Piece:
        paragraphs = self.original.notes[name]
        said = " ".join(map(_said, paragraphs))
        written = faces.markdown(_flowing(paragraphs))
        return Piece(line, f"[^{name}]: {escape.inside(written)}", (f"[^{name}]: {said}",))

    def _paragraph(self, block: Paragraph) -> str:
        runs = faces.settled(block.runs)
        text = _said(block)
        if not text and not any(run.note for run in runs):
            return ""
        if block.kept or block.quoted:
            return self._apart(block, runs)
        label = labels.recognise(text)
        if label is not None and label.level is not Level.FREE and "**" not in text[: len(text) - len(label.rest)]:
            return self._clause(label, text, runs, block)
        if self._is_heading(block, runs):
            if not block.heading:
                self.record.add(problems.intake_heading, block.line, text)
            depth = self.depths.get(block.heading, 1)
            return f"{'#' * depth} {self._labelled(block, faces.plain(runs))}"
        return self._text(block, runs)

    def _text(self, block: Paragraph, runs: tuple[Run, ...]) -> str:
        """Running text; a line break that was asked for stays."""
        return escape.paragraph(_lined(faces.markdown(_led(block, runs), self.notes, line_break="\n")))

    def _labelled(self, block: Paragraph, runs: tuple[Run, ...]) -> str:
        """The words of a paragraph after a label that the manuscript knows nothing of."""
        return faces.markdown(_led(block, runs), self.notes)

    def _clause(self, label: labels.Label, text: str, runs: tuple[Run, ...], block: Paragraph) -> str:
        """A paragraph with a label → a clause; its title is in no face but that which the layout gives it."""
        head = "•" if label.level is Level.BULLET else text[: len(text) - len(label.rest)].rstrip()
        typed = len(text) - len(label.rest) - (len(block.label) + 1 if block.label else 0)
        rest = faces.after(runs, max(0, typed))
        sets_itself = label.level in TITLED and faces.is_bold(rest) and not label.rest.endswith(_SENTENCE_END)
        written = _lined(faces.markdown(faces.plain(rest) if sets_itself else rest, self.notes, line_break="\n"))
        return f"{head} {written}".rstrip()

    def _apart(self, block: Paragraph, runs: tuple[Run, ...]) -> str:
        written = self._labelled(block, runs)
        return f"> {escape.inside(written)}" if block.quoted else escape.paragraph(written)

    def _is_heading(self, block: Paragraph, runs: tuple[Run, ...]) -> bool:
        """A paragraph styled as a heading; or a short bold one that ends no sentence, centred or in capitals."""
        text = faces.words(runs)
        if not any(map(str.isalnum, text)) or any(run.picture for run in runs):
            return False
        if block.heading:
            return True
        if _ANNEX.fullmatch(text) and len(text) <= _LONGEST_HEADING:
            return True
        short = len(text) <= _LONGEST_HEADING and not text.rstrip("”’\"')").endswith(_SENTENCE_END)
        shown = faces.is_bold(runs) and (text.isupper() or (block.centred and not self.structured))
        return short and shown and not self.under_label

    # --- tables ---

    def _grid(self, grid: Grid) -> Iterator[Piece]:
        """A table; one of a single column, or a single cell, is only a frame around its paragraphs."""
        rows = [row for row in grid.rows if any(_said(paragraph) for cell in row for paragraph in cell)]
        if not rows:
            return
        paragraphs = tuple(paragraph for row in rows for cell in row for paragraph in cell)
        if max(map(len, rows)) == 1:
            for paragraph in paragraphs:
                yield from self.pieces(paragraph)
            return
        head, *body = ([self._cell(cell, head=not at) for cell in row] for at, row in enumerate(rows))
        lines = [_row(head), _row(["---"] * len(head)), *map(_row, body)]
        remarks = tuple(dict.fromkeys(name for paragraph in paragraphs for name in paragraph.remarks))
        said = tuple(line for row in rows for line in _beside(row))
        yield Piece(grid.line, "\n".join(lines), said, remarks)
        for paragraph in paragraphs:
            yield from self._called(paragraph)

    def _cell(self, cell: Sequence[Paragraph], *, head: bool) -> str:
        """One cell → its Markdown; in the head the layout makes the words bold."""
        runs = _flowing(cell)
        runs = faces.plain(runs) if head and faces.is_bold(runs) else runs
        return faces.markdown(runs, self.notes).replace("|", r"\|")


def _flowing(paragraphs: Sequence[Paragraph]) -> tuple[Run, ...]:
    """Paragraphs that must stand on one line, in a note or a cell → their runs, labels among them."""
    runs = ((*_led(each, each.runs), Run(" ")) for each in paragraphs)
    return faces.settled(itertools.chain.from_iterable(runs))


def _led(paragraph: Paragraph, runs: Sequence[Run]) -> tuple[Run, ...]:
    """The label of a paragraph as words before its runs: how Markdown reads them may depend on what stands before."""
    return faces.settled((Run(f"{lists.shown(paragraph)} "), *runs))


def _lined(written: str) -> str:
    """Lines of Markdown → the same as one paragraph, each line end kept."""
    first, *others = (line for line in written.split("\n") if line.strip() or not written.strip())
    return "\\\n".join((escape.inside(first), *map(escape.paragraph, others)))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _beside(row: Sequence[Sequence[Paragraph]]) -> Iterator[str]:
    """A row → its lines as they stand beside each other, columns parted by bars."""
    columns = [[text for paragraph in cell for text in _said(paragraph).split("\n") if text.strip()] for cell in row]
    for at in range(max(map(len, columns))):
        yield " | ".join(column[at].replace("|", "/") if at < len(column) else "" for column in columns)


def _paragraphs(block: Found) -> Iterator[Paragraph]:
    if isinstance(block, Paragraph):
        yield block
    else:
        yield from (paragraph for row in block.rows for cell in row for paragraph in cell)


def _lines(block: Found) -> Iterator[tuple[int, str]]:
    if isinstance(block, Paragraph):
        yield from ((block.line, line) for line in _tabbed(block))
    else:
        yield from ((block.line, line) for row in block.rows for line in (_beside(row) if any(row) else ()))


def _tabbed(paragraph: Paragraph) -> Iterator[str]:
    """The lines of a paragraph with its label, tabs kept: they may part columns."""
    text = f"{lists.shown(paragraph)} {paragraph.text}".strip()
    yield from filter(None, (paragraphs.tabbed(line) for line in text.split("\n")))


def _said(paragraph: Paragraph) -> str:
    return f"{lists.shown(paragraph)} {faces.words(faces.settled(paragraph.runs))}".strip()


def _is_bare(text: str) -> bool:
    """Tell whether a paragraph is a label whose title the next one must be."""
    label = labels.recognise(text)
    return label is not None and label.level is not Level.FREE and not label.rest


def _level(text: str) -> Level | None:
    label = labels.recognise(text)
    return label.level if label and label.level is not Level.FREE else None


def _depths(blocks: Sequence[Found]) -> dict[int, int]:
    """The outline levels in use → how many hashes each is written with."""
    used = sorted({block.heading for block in blocks if isinstance(block, Paragraph) and block.heading})
    return {level: min(at, 6) for at, level in enumerate(used, 1)}
