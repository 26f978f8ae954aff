"""What was read from a page → the same in Unicode and in normal form; what was converted or doubted is reported."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from builder import problems
from builder.intake.original import Grid, Original, Paragraph
from builder.intake.recasting import recast
from builder.manuscript import labels
from builder.vietnamese import legacy, normal, recoding
from builder.vietnamese.legacy import Encoding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from builder.intake.record import Record
    from builder.intake.web.charset import Source
    from builder.vietnamese.recoding import Reading

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(slots=True)
class _Counts:
    """What was brought into normal form, and the lines on which that began."""

    repairs: int = 0
    repaired: int = 0
    controls: int = 0
    controlled: int = 0

    def take(self, text: str, encoding: Encoding, line: int) -> None:
        """Count what is to be brought into normal form in a paragraph."""
        text = _decoded(text, encoding)
        if controls := len(_CONTROL.findall(text)):
            self.controlled = self.controlled if self.controls else line
            self.controls += controls
        if repairs := len(normal.normalise(_CONTROL.sub("", text)).repairs):
            self.repaired = self.repaired if self.repairs else line
            self.repairs += repairs


def settle(found: Original, source: Source, record: Record) -> Original:
    """An original as read → in Unicode and in normal form."""
    everything = list(paragraphs(found))
    texts = [each.text.replace("\n", " ") for each in everything]
    raw = {at for at, text in enumerate(texts) if not text.isascii()} if source.raw else set()
    readings = dict(zip(map(id, everything), recoding.read(texts, raw), strict=True))
    counts = _Counts()

    def paragraph(each: Paragraph) -> Paragraph:
        encoding = _encoding(readings[id(each)], source)
        texts = recast([run.text for run in each.runs], lambda text: _settled(text, encoding))
        counts.take("".join(run.text for run in each.runs), encoding, each.line)
        runs = tuple(
            run if run.text == text else replace(run, text=text) for run, text in zip(each.runs, texts, strict=True)
        )
        label = _label(each.label)
        return each if runs == each.runs and label == each.label else replace(each, runs=runs, label=label)

    settled = Original(
        tuple(_block(each, paragraph) for each in found.blocks),
        {name: tuple(paragraph(each) for each in note) for name, note in found.notes.items()},
        (),
        found.pictures,
        _title(found.title, source, readings.values()),
    )
    _report(everything, readings, source, record)
    _report_counts(counts, record)
    return settled


def paragraphs(found: Original) -> Iterator[Paragraph]:
    """Every paragraph of an original, those in tables and notes among them."""
    for block in found.blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            yield from (each for row in block.rows for cell in row for each in cell)
    for note in found.notes.values():
        yield from note


def _block(block: Paragraph | Grid, change: Callable[[Paragraph], Paragraph]) -> Paragraph | Grid:
    if isinstance(block, Paragraph):
        return change(block)
    return replace(block, rows=tuple(tuple(tuple(map(change, cell)) for cell in row) for row in block.rows))


def _encoding(reading: Reading, source: Source) -> Encoding:
    """How a paragraph was written; bytes that nothing is known of are what the page says, else Windows-1252."""
    if reading.encoding is not Encoding.UNICODE or not source.raw:
        return reading.encoding
    return source.said or Encoding.UNICODE


def _decoded(text: str, encoding: Encoding) -> str:
    return legacy.decode(text, encoding) if encoding is not Encoding.UNICODE else _western(text)


def _settled(text: str, encoding: Encoding) -> str:
    return normal.normalise(_CONTROL.sub("", _decoded(text, encoding))).text


def _label(label: str) -> str:
    """A label in normal form; one in an old encoding is known by what it becomes (``§iÒu 1.`` → ``Điều 1.``)."""
    settled = normal.normalise(label).text
    if settled.isascii() or labels.recognise(f"{settled} x"):
        return settled
    old = (legacy.decode(label, each) for each in (Encoding.TCVN3, Encoding.VNI))
    return next((each for each in old if labels.recognise(f"{each} x")), settled)


_PUNCTUATION = re.compile("[\x80-\x9f]")


def _western(text: str) -> str:
    """Bytes 80–9F that were read as control characters → the punctuation of Windows-1252."""
    return _PUNCTUATION.sub(lambda match: match[0].encode("latin-1").decode("cp1252", "replace"), text)


def _title(title: str, source: Source, readings: Iterable[Reading]) -> str:
    known = [each.encoding for each in readings if each.encoding not in (Encoding.UNICODE, Encoding.MOJIBAKE)]
    reading = recoding.read([title], {0} if source.raw else ())[0]
    encoding = reading.encoding
    if encoding is Encoding.UNICODE and source.raw and not title.isascii():
        encoding = source.said or (max(set(known), key=known.count) if known else Encoding.UNICODE)
    text = legacy.decode(title, encoding) if encoding is not Encoding.UNICODE else _western(title)
    return " ".join(normal.normalise(_CONTROL.sub("", text)).text.split())


def _report(everything: Sequence[Paragraph], readings: dict[int, Reading], source: Source, record: Record) -> None:
    """One notice for each encoding that was converted, or is suspected; the place is the first paragraph of it."""
    pairs = [(each.line, readings[id(each)]) for each in everything]
    for encoding in dict.fromkeys(reading.encoding for _, reading in pairs if reading.words):
        of_it = [(line, reading) for line, reading in pairs if reading.encoding is encoding and reading.words]
        counts = len(of_it), sum(reading.words for _, reading in of_it)
        if encoding is Encoding.MOJIBAKE:
            record.add(problems.intake_mojibake, of_it[0][0], *counts)
        else:
            record.add(problems.intake_converted, of_it[0][0], encoding, *counts)
    for encoding in dict.fromkeys(reading.doubt for _, reading in pairs if reading.doubt):
        of_it = [(line, reading) for line, reading in pairs if reading.doubt is encoding]
        if not (source.raw and source.said):
            record.add(problems.intake_doubted, of_it[0][0], encoding, len(of_it), of_it[0][1].text)
    if lost := [(line, reading.lost) for line, reading in pairs if reading.lost]:
        record.add(problems.intake_lost, lost[0][0], sum(count for _, count in lost))


def _report_counts(counts: _Counts, record: Record) -> None:
    if counts.repairs:
        record.add(problems.intake_normalised, counts.repaired, counts.repairs)
    if counts.controls:
        record.add(problems.intake_control, counts.controlled, counts.controls)
