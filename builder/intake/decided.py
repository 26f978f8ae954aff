"""Pieces and what a person wants of them → the pieces written anew; what cannot be done is a problem of its row."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from builder import problems
from builder.intake import escape, shapes
from builder.intake.shapes import Shape
from builder.problems import Place, Problems
from builder.vietnamese import slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.intake.draft import Piece
    from builder.intake.record import Record
    from builder.intake.review import Entry, Review, Row
    from builder.intake.shapes import Look
    from builder.problems import Problem

EXAMPLES = {
    Shape.PART: "Phần I.",
    Shape.CHAPTER: "Chương I",
    Shape.SECTION: "Mục 1.",
    Shape.SUBSECTION: "Tiểu mục 1.",
    Shape.ROMAN: "I.",
    Shape.ARTICLE: "Điều 1.",
    Shape.NUMBER: "1.",
    Shape.DECIMAL: "1.1.",
    Shape.LETTER: "a)",
    Shape.DASH: "-",
    Shape.PLUS: "+",
    Shape.BULLET: "•",
}
"""What the label of each level looks like."""

_SIGNS = {Shape.DASH, Shape.PLUS, Shape.BULLET}
_UNJOINED = shapes.WHOLE
_MISREAD = str.maketrans("lio", "110")  # what a scan takes for figures
_MOST_NUMBERS = 8
_LONGEST_NUMBER = 6


@dataclass(frozen=True, slots=True)
class Decided:
    """Pieces written anew: for each the row it came from, and by row number what was ``changed`` and who said so."""

    pieces: tuple[Piece, ...]
    sources: tuple[int, ...]
    changed: dict[int, Entry]


def decided(pieces: Sequence[Piece], found: Sequence[Row], wanted: Review, record: Record) -> Decided:
    """Write pieces anew; what is left out, labels that were replaced and changed words are added to ``record``.

    Raises:
        Problems: everything in the sheet that cannot be done; nothing is then to be written.
    """
    entries = _by_number(wanted, len(found))
    changed = {row.number: entries[row.number] for row in found if _differs(row, entries[row.number])}
    writer = _Writer(record)
    for row, piece in zip(found, pieces, strict=True):
        writer.take(row, piece, changed.get(row.number))
    written = [(piece, source) for piece, source in writer.written() if piece.text]
    if not written and not writer.objections:
        writer.objections.append(problems.review_empty(Place(wanted.file)))
    if writer.objections:
        raise Problems(writer.objections)
    record.found.extend(_changed_words(found, entries))
    return Decided(tuple(piece for piece, _ in written), tuple(source for _, source in written), changed)


def stop_when_undone(done: Decided, settled: Sequence[Piece]) -> None:
    """Make sure that what was decided could be read: a piece that could not was written again as plain words.

    Raises:
        Problems: ``REVIEW_UNREAD`` for each that was decided on.
    """
    undone = [
        problems.review_unread(done.changed[source].place, " ".join(now.plain))
        for source, piece, now in zip(done.sources, done.pieces, settled, strict=True)
        if source in done.changed and piece.text != now.text
    ]
    if undone:
        raise Problems(undone)


def _by_number(wanted: Review, count: int) -> dict[int, Entry]:
    """The entries of a sheet by their number.

    Raises:
        Problems: for numbers that are not there, stand twice or are missing.
    """
    entries: dict[int, Entry] = {}
    objections: list[Problem] = []
    for entry in wanted.entries:
        if entry.number in entries or not 1 <= entry.number <= count:
            objections.append(problems.review_row(entry.place, entry.number))
        entries.setdefault(entry.number, entry)
    gone = [number for number in range(1, count + 1) if number not in entries]
    if gone:
        more = " …" if len(gone) > _MOST_NUMBERS else ""
        numbers = ", ".join(map(str, gone[:_MOST_NUMBERS])) + more
        objections.append(problems.review_gone(Place(wanted.file), numbers, len(gone)))
    if objections:
        raise Problems(objections)
    return entries


def _differs(row: Row, entry: Entry) -> bool:
    if entry.shape is not row.shape:
        return True
    said, printed = _bare(entry.label), _bare(row.label)
    rounded = said.isdecimal() and printed.rstrip(".)-") == said  # a spreadsheet took ``1.`` for a number
    return bool(said) and said != printed and not rounded


def _bare(label: str) -> str:
    """A label without its spaces: a spreadsheet may take one away."""
    return "".join(label.split())


def _changed_words(found: Sequence[Row], entries: dict[int, Entry]) -> Iterator[Problem]:
    for row in found:
        entry = entries[row.number]
        if _bare(entry.words) != _bare(row.words):
            yield problems.review_words(entry.place, entry.words)


class _Writer:
    """Takes piece after piece and writes it as it is wanted; objections are gathered."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.pieces: list[Piece] = []
        self.sources: list[int] = []
        self.objections: list[Problem] = []
        self.notes_gone: list[str] = []

    def take(self, row: Row, piece: Piece, entry: Entry | None) -> None:
        if entry is None:
            self._add(row, piece)
            return
        seen = shapes.look(piece)
        match entry.shape:
            case Shape.OUT:
                self._leave_out(piece, seen)
            case Shape.JOINED:
                self._join(row, piece, seen, entry)
            case _:
                self._add(row, replace(piece, text=self._rewritten(piece, seen, row, entry)))

    def written(self) -> Iterator[tuple[Piece, int]]:
        """The pieces and their rows, without the calls of the footnotes that were left out."""
        calls = re.compile("|".join(rf"(?<!\\){re.escape(call)}" for call in self.notes_gone))
        for piece, source in zip(self.pieces, self.sources, strict=True):
            text = calls.sub("", piece.text)
            plain = piece.plain if text == piece.text else tuple(calls.sub("", line) for line in piece.plain)
            yield replace(piece, text=text.strip(), plain=plain), source

    def _add(self, row: Row, piece: Piece) -> None:
        self.pieces.append(piece)
        self.sources.append(row.number)

    def _leave_out(self, piece: Piece, seen: Look) -> None:
        self.record.add(problems.intake_left_out, piece.line, " ".join(piece.plain))
        self.record.left.extend(piece.plain)
        if seen.shape is Shape.NOTE:
            self.notes_gone.append(seen.label)

    def _join(self, row: Row, piece: Piece, seen: Look, entry: Entry) -> None:
        above = shapes.look(self.pieces[-1]).shape if self.pieces else Shape.TABLE
        if above in _UNJOINED or seen.shape in _UNJOINED:
            self.objections.append(problems.review_join(entry.place, row.words))
            return
        last = self.pieces[-1]
        plain = (*last.plain[:-1], " ".join((*last.plain[-1:], *piece.plain)))
        self.pieces[-1] = replace(last, text=self._joined(last, _said(seen)), plain=plain)

    def _joined(self, last: Piece, words: str) -> str:
        """The text of a piece with words behind it; a label that stood alone (``Chương I``) takes a full stop."""
        before = shapes.look(last)
        text = f"{last.text} {words}"
        if not before.label or before.words or shapes.look(replace(last, text=text)).label == before.label:
            return text
        self.record.add(problems.intake_relabelled, last.line, before.label, f"{before.label}.")
        return f"{last.text}. {words}"

    def _rewritten(self, piece: Piece, seen: Look, row: Row, entry: Entry) -> str:
        shape = entry.shape
        if shape in shapes.WHOLE or (seen.shape in shapes.WHOLE and not _made_text(seen.shape, shape)):
            make = problems.review_needless if shape is seen.shape else problems.review_change
            return self._object(make(entry.place, entry.label if shape is seen.shape else row.words), piece)
        if shape.level:
            return self._clause(piece, seen, entry)
        if entry.label and _bare(entry.label) != _bare(row.label):
            return self._object(problems.review_needless(entry.place, entry.label), piece)
        if seen.shape in shapes.WHOLE:
            return _spelled(piece)
        return _unlabelled(_said(seen), shape)

    def _clause(self, piece: Piece, seen: Look, entry: Entry) -> str:
        level = entry.shape.level
        hidden = shapes.hidden(seen.words) if not seen.label else None
        given = " ".join(entry.label.split()) or (hidden.printed if hidden and hidden.level is level else "")
        if entry.shape in _SIGNS and entry.shape is not seen.shape and (not given or seen.shape in _SIGNS):
            given = EXAMPLES[entry.shape]
        label = shapes.fitting(given, level) if level and given else None
        if label is None:
            return self._object(problems.review_label(entry.place, given, EXAMPLES[entry.shape]), piece)
        found, words = _parted(seen, given)
        if found and found != label.printed:
            self.record.add(problems.intake_relabelled, piece.line, found, label.printed)
            self.record.left.append(found)
        self.record.put.extend([label.printed] * (found != label.printed))
        return _labelled("#" * seen.hashes, label.printed, words, alone=not label.rest)

    def _object(self, problem: Problem, piece: Piece) -> str:
        self.objections.append(problem)
        return piece.text


def _said(seen: Look) -> str:
    """The label and the words of a piece."""
    return " ".join(filter(None, (seen.label, shapes.inlined(seen.words))))


def _spelled(piece: Piece) -> str:
    """A table, a footnote, the head of a paper → its words, a paragraph for each line that has any."""
    lines = (line for line in piece.plain if re.search(r"\w", line) and not line.startswith(":::"))
    return "\n\n".join(escape.paragraph(escape.words(line)) for line in lines)


def _made_text(was: Shape, wanted: Shape) -> bool:
    return wanted is Shape.TEXT and was is not Shape.FIGURE


def _unlabelled(words: str, shape: Shape) -> str:
    """Words → a heading, a quotation or text, in which nothing is read as a label."""
    paragraphs = words.split("\n\n")
    if shape.depth:
        first, *others = paragraphs
        return "\n\n".join([f"{'#' * shape.depth} {first}", *map(escape.paragraph, others)])
    if shape is Shape.QUOTE:
        return "\n>\n".join(f"> {escape.inside(each)}" for each in paragraphs)
    return "\n\n".join(map(escape.paragraph, paragraphs))


def _labelled(hashes: str, label: str, words: str, *, alone: bool) -> str:
    """A label and words → a clause; a label that needs a line of its own (``Chương I``) has the words below it."""
    head, words = " ".join(filter(None, (hashes, label))), shapes.inlined(words)
    if alone and words:
        return f"{head}\n\n{escape.paragraph(words)}"
    return f"{head} {escape.inside(words)}".rstrip()


def _parted(seen: Look, given: str) -> tuple[str, str]:
    """A piece that is to bear a label → the label it bears now, or words that were one misread; its other words."""
    if seen.label:
        return seen.label, seen.words
    hidden = shapes.hidden(seen.words)
    if hidden and (_folded(hidden.printed) == _folded(given) or hidden.printed == given):
        return hidden.printed, hidden.rest + seen.words[len(seen.words.partition("\n")[0]) :]
    count = len(given.split())
    words = seen.words.split(" ")
    head, rest = " ".join(words[:count]), " ".join(words[count:])
    return (head, rest.lstrip()) if _misread(head, given) else ("", seen.words)


def _misread(head: str, given: str) -> bool:
    """Tell whether words are the label that is given, badly read: the same word, and a number if a mark ends it."""
    marked = bool(head) and not head[-1].isalnum()
    was, wanted = _folded(head), _folded(given)
    if " " not in given:
        return marked and bool(wanted) and was == wanted
    same_word = was.rpartition("-")[0] == wanted.rpartition("-")[0]
    return was == wanted or (marked and same_word and len(head.rsplit(maxsplit=1)[-1]) <= _LONGEST_NUMBER)


def _folded(label: str) -> str:
    """A label as a bad scan may have it: ``Điêu l.`` and ``Điều 1.`` are the same."""
    return slug.slug(label).translate(_MISREAD)
