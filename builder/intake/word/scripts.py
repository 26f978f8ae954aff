"""Paragraphs in pieces → the same in Unicode and in normal form, and a report of what was converted or is doubtful.

What a font says of its words is believed, unless they hold a letter that only Unicode has, or read worse then. Where no
font says anything, the words of a paragraph are judged by how they read.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from builder.intake.recasting import recast
from builder.intake.tally import Counted, Tally
from builder.vietnamese import detection, legacy, normal, recoding
from builder.vietnamese.legacy import Encoding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.intake.record import Record
    from builder.intake.word.rough import Piece, Rough

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_SPACE = re.compile("[ \t\n]+")


def settle(roughs: Sequence[Rough], record: Record) -> list[Rough]:
    """Bring the words of all paragraphs into Unicode and normal form."""
    tally = Tally()
    by_font = [_by_font(rough, tally) for rough in roughs]
    by_reading = _by_reading(by_font, tally)
    found = [_normal(rough, tally) for rough in by_reading]
    record.found.extend(tally.notices(record.place))
    return found


def _with(rough: Rough, texts: Sequence[str]) -> Rough:
    pieces = (
        piece if piece.text == text else replace(piece, text=text)
        for piece, text in zip(rough.pieces, texts, strict=True)
    )
    return replace(rough, pieces=tuple(pieces))


# --- by font --------------------------------------------------------------------------------------


def _by_font(rough: Rough, tally: Tally) -> Rough:
    """Convert what stands in fonts of old encodings; pieces of one encoding that follow each other as one."""
    if all(piece.script.encoding is None for piece in rough.pieces):
        return rough
    texts: list[str] = []
    for encoding, group in groupby(_joined(rough.pieces), key=lambda pair: pair[0]):
        pieces = [piece for _, piece in group]
        texts += _converted(pieces, encoding, rough.paragraph.line, tally) if encoding else [p.text for p in pieces]
    return _with(rough, texts)


def _joined(pieces: Sequence[Piece]) -> Iterator[tuple[Encoding | None, Piece]]:
    """Give each piece the encoding it is to be read in: one without words does not part those around it."""
    last: Encoding | None = None
    for piece in pieces:
        last = piece.script.encoding if piece.text else last
        yield last, piece


def _converted(pieces: Sequence[Piece], encoding: Encoding, line: int, tally: Tally) -> list[str]:
    """Read pieces as their font says; where some are Unicode all the same, the others must prove that they are not."""
    if not detection.is_unicode("".join(piece.text for piece in pieces)):
        return _decoded(pieces, encoding, line, tally, gain=0)
    texts: list[str] = []
    for is_unicode, group in groupby(pieces, key=lambda piece: detection.is_unicode(piece.text)):
        part = list(group)
        texts += [p.text for p in part] if is_unicode else _decoded(part, encoding, line, tally, gain=1)
    return texts


def _decoded(pieces: Sequence[Piece], encoding: Encoding, line: int, tally: Tally, *, gain: int) -> list[str]:
    """Read pieces in an encoding, if that makes so many more syllables of them."""
    texts = [legacy.unprivate(piece.text) for piece in pieces]
    found = "".join(texts)
    became = legacy.decode(found, encoding)
    altered = _altered(found, became)
    if (altered or gain) and detection.score(became).valid < detection.score(found).valid + gain:
        if not gain:
            tally.doubted.setdefault(encoding, Counted()).add(line, altered, found)
        return [piece.text for piece in pieces]
    if altered:
        tally.converted.setdefault(encoding, Counted()).add(line, altered)
    recast_texts = recast(texts, lambda text: legacy.decode(text, encoding), became)
    return [text.upper() if piece.script.capitals else text for text, piece in zip(recast_texts, pieces, strict=True)]


def _altered(found: str, became: str) -> int:
    return sum(one != other for one, other in zip(_SPACE.split(found), _SPACE.split(became), strict=False))


# --- by reading -----------------------------------------------------------------------------------


def _by_reading(roughs: Sequence[Rough], tally: Tally) -> list[Rough]:
    """Judge the paragraphs of which no font told the encoding by how they read."""
    open_ones = {at: "".join(p.text for p in rough.pieces) for at, rough in enumerate(roughs) if not _is_told(rough)}
    found = list(roughs)
    if not open_ones:
        return found
    readings = iter(recoding.read("\n".join(open_ones.values()).split("\n")))
    for at, text in open_ones.items():
        lines = [next(readings) for _ in range(text.count("\n") + 1)]
        for reading in lines:
            tally.read(reading, roughs[at].paragraph.line)
        whole = "\n".join(reading.text for reading in lines)
        if whole != text:
            found[at] = _with(roughs[at], _read(roughs[at], {reading.encoding for reading in lines}, whole))
    return found


def _is_told(rough: Rough) -> bool:
    return any(piece.script.encoding and piece.text.strip() for piece in rough.pieces)


def _read(rough: Rough, used: set[Encoding], whole: str) -> list[str]:
    encoding = max(used, key=lambda each: each is not Encoding.UNICODE)
    return recast([piece.text for piece in rough.pieces], lambda text: legacy.decode(text, encoding), whole)


# --- normal form ----------------------------------------------------------------------------------


def _normal(rough: Rough, tally: Tally) -> Rough:
    """Leave control characters out and bring the words into normal form."""
    line, label = rough.paragraph.line, normal.normalise(rough.paragraph.label).text
    if label != rough.paragraph.label:
        rough = replace(rough, paragraph=replace(rough.paragraph, label=label))
    text = "".join(piece.text for piece in rough.pieces)
    if controls := len(_CONTROL.findall(text)):
        tally.controls.add(line, controls)
        rough = _with(rough, [_CONTROL.sub("", piece.text) for piece in rough.pieces])
        text = _CONTROL.sub("", text)
    done = normal.normalise(text)
    if done.text == text:
        return rough
    tally.repairs.add(line, len(done.repairs))
    return _with(rough, recast([piece.text for piece in rough.pieces], _normalised, done.text))


def _normalised(text: str) -> str:
    return normal.normalise(text).text
