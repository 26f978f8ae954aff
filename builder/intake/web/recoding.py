"""What was read from a page → the same in Unicode and in normal form; what was converted or doubted is reported."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.intake.original import Grid, Original, Paragraph
from builder.intake.recasting import recast
from builder.intake.tally import Tally
from builder.manuscript import labels
from builder.vietnamese import legacy, normal, recoding
from builder.vietnamese.legacy import Encoding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from builder.intake.record import Record
    from builder.intake.web.charset import Source
    from builder.vietnamese.recoding import Reading

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def settle(found: Original, source: Source, record: Record) -> Original:
    """An original as read → in Unicode and in normal form."""
    everything = list(paragraphs(found))
    texts = [each.text.replace("\n", " ") for each in everything]
    raw = {at for at, text in enumerate(texts) if not text.isascii()} if source.raw else set()
    readings = dict(zip(map(id, everything), recoding.read(texts, raw), strict=True))
    tally = Tally()

    def paragraph(each: Paragraph) -> Paragraph:
        encoding = _encoding(readings[id(each)], source)
        texts = recast([run.text for run in each.runs], lambda text: _settled(text, encoding))
        _count("".join(run.text for run in each.runs), encoding, each.line, tally)
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
    for at, each in enumerate(everything):
        reading = readings[id(each)]
        is_told = not (source.raw and source.said)  # what the page says of itself is no doubt
        tally.read(reading if is_told else replace(reading, doubt=None), each.line, at)
    record.found.extend(tally.notices(record.place))
    return settled


def _count(text: str, encoding: Encoding, line: int, tally: Tally) -> None:
    """Count what is to be brought into normal form in a paragraph."""
    text = _decoded(text, encoding)
    if controls := len(_CONTROL.findall(text)):
        tally.controls.add(line, controls)
    if repairs := len(normal.normalise(_CONTROL.sub("", text)).repairs):
        tally.repairs.add(line, repairs)


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
