"""Blocks whose words are in pieces, and the same pieces settled → those of the ``Original``; what remarks are about."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from builder.intake.original import Grid, Paragraph, Run
from builder.intake.word.rough import Rough

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.intake.word.rough import Block, Piece

_MOST_ABOUT = 1000
_MOST_OPEN = 50  # remarks that are open at one place; more are the work of a machine


@dataclass(slots=True)
class Threads:
    """The remarks that are open at a place, and what was said under each so far.

    ``known`` are the names of the remarks, ``closing`` of those whose end is marked; ``waiting`` are remarks that stand
    where no words are: the next paragraph takes them.
    """

    known: frozenset[str] = frozenset()
    closing: frozenset[str] = frozenset()
    open: list[str] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)

    def follow(self, pieces: Sequence[Piece]) -> list[str]:
        """Go through a paragraph and return the names of the remarks in it."""
        named = dict.fromkeys(self.waiting)
        self.waiting = []
        for key in self.open:
            self._say(key, "\n")
        for piece in pieces:
            if piece.opens in self.known and piece.opens not in self.about:
                self.about[piece.opens] = ""
                named[piece.opens] = None
                if piece.opens in self.closing and len(self.open) < _MOST_OPEN:
                    self.open.append(piece.opens)
            if piece.text.strip():
                named |= dict.fromkeys(self.open)
            for key in self.open if piece.text else ():
                self._say(key, piece.text)
            if piece.closes in self.open:
                self.open.remove(piece.closes)
        return list(named)

    def _say(self, key: str, text: str) -> None:
        if len(self.about[key]) < _MOST_ABOUT and (text != "\n" or self.about[key]):
            self.about[key] += text


def blocks(roughs: Sequence[Block], settled: Iterator[Rough], threads: Threads) -> tuple[Paragraph | Grid, ...]:
    """Make blocks of rough ones, taking as many settled paragraphs; those with nothing in them are left out."""
    found: list[Paragraph | Grid] = []
    for block in roughs:
        if isinstance(block, Rough):
            found += _paragraph(next(settled), threads)
        else:
            rows = tuple(tuple(_cell(cell, settled, threads) for cell in row) for row in block.rows)
            if any(cell for row in rows for cell in row):
                found.append(Grid(rows, block.line, block.head, block.ruled))
    return _with_waiting(found, threads)


def paragraphs(roughs: Sequence[Rough], settled: Iterator[Rough], threads: Threads) -> tuple[Paragraph, ...]:
    """Do the same where there are only paragraphs."""
    return tuple(each for each in blocks(roughs, settled, threads) if isinstance(each, Paragraph))


def _cell(cell: tuple[Rough, ...], settled: Iterator[Rough], threads: Threads) -> tuple[Paragraph, ...]:
    return tuple(paragraph for _ in cell for paragraph in _paragraph(next(settled), threads))


def _paragraph(rough: Rough, threads: Threads) -> list[Paragraph]:
    """Make a paragraph; none when there is nothing in it."""
    named = threads.follow(rough.pieces)
    runs = tuple(_runs(rough.pieces, is_code=rough.paragraph.kept))
    if not rough.paragraph.label and not any(run.text.strip() or run.picture or run.note for run in runs):
        threads.waiting = named
        return []
    return [replace(rough.paragraph, runs=runs, remarks=tuple(named))]


def _runs(pieces: Sequence[Piece], *, is_code: bool) -> Iterator[Run]:
    """Join the words that follow each other in one face, without white space at the ends; code keeps its indent."""
    seen = [piece for piece in pieces if piece.text or piece.note or piece.picture]
    start, end = _first(seen), len(seen) - _first(seen[::-1])
    for key, group in groupby(enumerate(seen), key=lambda pair: _kind(*pair)):
        of_it = list(group)
        first, last = of_it[0], of_it[-1]
        text = "".join(piece.text for _, piece in of_it)
        text = text.lstrip() if first[0] <= start and not is_code else text
        text = text.rstrip() if last[0] >= end - 1 else text
        face = first[1].face
        if text or key[0]:
            yield Run(
                text,
                face.bold,
                face.italic,
                face.raised,
                face.lowered,
                face.address,
                first[1].note,
                first[1].picture,
            )


def _kind(at: int, piece: Piece) -> tuple[int, object]:
    """Calls and pictures stand by themselves (their place tells them apart); words go by their face."""
    return (at + 1, None) if piece.note or piece.picture else (0, piece.face)


def _first(pieces: Sequence[Piece]) -> int:
    """Return where the first words, call or picture stand."""
    found = (at for at, piece in enumerate(pieces) if piece.text.strip() or piece.note or piece.picture)
    return next(found, len(pieces))


def _with_waiting(found: list[Paragraph | Grid], threads: Threads) -> tuple[Paragraph | Grid, ...]:
    """Give the last paragraph that is not in a table the remarks that stand behind all words."""
    last = next((at for at in range(len(found) - 1, -1, -1) if isinstance(found[at], Paragraph)), -1)
    if threads.waiting and last >= 0 and isinstance(paragraph := found[last], Paragraph):
        found[last] = replace(paragraph, remarks=(*paragraph.remarks, *threads.waiting))
        threads.waiting = []
    return tuple(found)
