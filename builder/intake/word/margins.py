"""The heads and feet of the pages of a Word file → a report of those that hold words: the book makes its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder import problems
from builder.intake.record import Record
from builder.intake.word import blocks, fields
from builder.intake.word.desk import Story
from builder.intake.word.names import R, w
from builder.intake.word.scripts import settle

if TYPE_CHECKING:
    from builder.intake.word.desk import Desk

_WORD = re.compile(r"[^\W\d_]+")
_OF_PAGES = {"trang", "tr", "số", "trên", "tổng", "page", "pages", "p", "of"}


def report(desk: Desk) -> None:
    """Tell of the words in heads and feet, each text once; a page number is no word."""
    relations = desk.package.relations
    ids = [each.get(f"{R}id", "") for each in desk.package.document.iter(w("headerReference"), w("footerReference"))]
    parts = dict.fromkeys(relations[key].target for key in ids if key in relations and not relations[key].outside)
    told = set()
    for part in parts:
        words = _words(part, desk) if part in desk.package.archive else ""
        if words not in told and not {word.lower() for word in _WORD.findall(words)} <= _OF_PAGES:
            told.add(words)
            desk.record.add(problems.intake_header, 0, words)


def _words(part: str, desk: Desk) -> str:
    """Read a head or foot as any other part, at a desk of its own: nothing in it is told of but its words."""
    root = desk.package.element(part)
    story = Story(desk.package.relations_of(part), desk.numbering.afresh(), fields.in_part(root), calls_notes=False)
    roughs = settle(blocks.paragraphs(root, desk.aside(), story), Record(desk.record.file))
    lines = ("".join(piece.text for piece in rough.pieces).strip() for rough in roughs)
    return " / ".join(" ".join(line.split()) for line in lines if line)
