"""The words of one block, piece by piece → its paragraphs: blanks closed up, old fonts read, lines parted at breaks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from builder.intake.original import Paragraph, Run
from builder.manuscript import labels
from builder.publication import SIGNS, Level
from builder.vietnamese import detection, legacy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from builder.intake.web.faces import Face, Kind

BREAK = "\n"
"""A piece that is a ``br``."""

_BLANKS = re.compile("[ \t\r\n\f\xa0\u200b\u2003\u2002\u3000]+")
_LABEL = 60  # characters in which a label shows


@dataclass(frozen=True, slots=True)
class Piece:
    """Words as they stand in the page, or a break; a call of a note and a picture have none."""

    text: str
    face: Face
    line: int
    note: str = ""
    picture: str = ""


def paragraphs(pieces: Sequence[Piece], kind: Kind, label: str) -> tuple[Paragraph, ...]:
    """The pieces of a block → its paragraphs: several where two breaks follow each other, or a label one."""
    read = list(_read(pieces))
    if kind.kept:
        return _kept(read, kind, label)
    found: list[Paragraph] = []
    for part in _parted(read):
        runs = _closed(part)
        if runs:
            line = next((each.line for each in part if each.text.strip() or each.note or each.picture), part[0].line)
            own = label if not found else ""
            found.append(_paragraph(runs, kind, own, line))
    return tuple(found)


def _paragraph(runs: tuple[Run, ...], kind: Kind, label: str, line: int, *, kept: bool = False) -> Paragraph:
    return Paragraph(
        runs,
        line,
        label,
        heading=kind.heading,
        title=kind.title,
        depth=kind.depth,
        centred=kind.centred,
        quoted=kind.quoted,
        kept=kept,
    )


def _read(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces → those of one face joined, in Unicode where their font says how they were written."""
    for _, group in groupby(pieces, key=lambda each: (each.face, bool(each.note or each.picture), each.text == BREAK)):
        each = list(group)
        if each[0].text == BREAK or each[0].note or each[0].picture:
            yield from each
            continue
        text = each[0].text if len(each) == 1 else "".join(piece.text for piece in each)
        text = _by_font(text, each[0].face.font)
        yield each[0] if text == each[0].text else replace(each[0], text=text)


def _by_font(text: str, font: str) -> str:
    encoding = legacy.font_encoding(font) if font else None
    if encoding is None or detection.is_unicode(text):
        return text
    found = legacy.decode(legacy.unprivate(text), encoding)
    return found.upper() if legacy.font_is_capitals(font) else found


def _parted(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Pieces → parted at double breaks, and at a break before a label."""
    part: list[Piece] = []
    for at, each in enumerate(pieces):
        if each.text != BREAK:
            part.append(each)
        elif _ends_at(part, pieces, at):
            if part:
                yield part
            part = []
        else:
            part.append(each)
    if part:
        yield part


def _ends_at(part: Sequence[Piece], pieces: Sequence[Piece], at: int) -> bool:
    """Tell whether a break ends a paragraph: another one or the end follows, or a label."""
    if not part:
        return True
    below = ""
    for each in pieces[at + 1 : at + 8]:
        if each.text == BREAK:
            break
        below += _BLANKS.sub(" ", each.text[:200])
        if each.note or each.picture or len(below) > _LABEL:
            break
    if not below.strip():
        return not any(each.note or each.picture for each in pieces[at + 1 : at + 2])
    found = labels.recognise(below.strip())
    return found is not None and (found.level not in SIGNS or not found.rest[:1].islower())


def _closed(pieces: Sequence[Piece]) -> tuple[Run, ...]:
    """Pieces of a paragraph → runs: blanks are one space, none stand at its ends or beside a break."""
    found: list[Run] = []
    blank = True
    for each in pieces:
        if each.text == BREAK:
            if found:
                _strip_end(found)
                found.append(_run(each, BREAK))
            blank = True
            continue
        text = _BLANKS.sub(" ", each.text)
        text = text[1:] if blank and text.startswith(" ") else text
        if text or each.note or each.picture:
            found.append(_run(each, text))
            blank = text.endswith(" ") if text else False
    _strip_end(found)
    return tuple(_merged(found)) if any(each.text.strip() or each.note or each.picture for each in found) else ()


def _strip_end(runs: list[Run]) -> None:
    while runs and not (runs[-1].note or runs[-1].picture):
        text = runs[-1].text.rstrip(" \n")
        if text:
            runs[-1] = replace(runs[-1], text=text)
            return
        runs.pop()


def _merged(runs: Sequence[Run]) -> Iterator[Run]:
    """Runs of one face become one; a break takes the face of what stands before it."""
    if len(runs) == 1:
        yield runs[0]
        return
    first: Run | None = None
    texts: list[str] = []
    for each in runs:
        if first and _alike(first, each):
            texts.append(each.text)
            continue
        if first:
            yield replace(first, text="".join(texts))
        first, texts = each, [each.text]
    if first:
        yield replace(first, text="".join(texts))


def _alike(one: Run, other: Run) -> bool:
    if one.note or one.picture or other.note or other.picture:
        return False
    return other.text == BREAK or _face(one) == _face(other)


def _face(run: Run) -> tuple[object, ...]:
    return run.bold, run.italic, run.raised, run.lowered, run.address


def _run(piece: Piece, text: str) -> Run:
    face = piece.face
    return Run(
        text, face.bold, face.italic, face.raised, face.lowered, face.address, note=piece.note, picture=piece.picture
    )


def _kept(pieces: Sequence[Piece], kind: Kind, label: str) -> tuple[Paragraph, ...]:
    """Text that stands letter by letter; with clauses in it, it was only typed so, and each line is a paragraph."""
    text = "".join(each.text for each in pieces).replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    lines = text.strip("\n").split("\n")
    first = pieces[0].line if pieces else 0
    typed = [labels.recognise(line) for line in lines[:5_000]]
    if any(each and each.level in (Level.ARTICLE, Level.CHAPTER, Level.PART, Level.SECTION) for each in typed):
        return tuple(
            _paragraph((Run(line.strip()),), kind, "", first + at) for at, line in enumerate(lines) if line.strip()
        )
    if not text.strip():
        return ()
    called = (Run("", note=each.note, picture=each.picture) for each in pieces if each.note or each.picture)
    return (_paragraph((Run("\n".join(line.rstrip() for line in lines)), *called), kind, label, first, kept=True),)
