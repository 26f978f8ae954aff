"""The notes parts of a Word file → which notes can be called; the notes that were called, their words in pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import problems
from builder.intake.word import blocks, fields
from builder.intake.word.desk import Story
from builder.intake.word.names import w

if TYPE_CHECKING:
    from lxml.etree import _Element

    from builder.intake.word.container import Package
    from builder.intake.word.desk import Desk
    from builder.intake.word.rough import Rough

_PARTS = (("footnotes", "footnote"), ("endnotes", "endnote"))


def known(package: Package) -> dict[tuple[str, str], _Element]:
    """Find the notes of a file by what calls them: kind of the call and id; lines that part notes are none."""
    found = {}
    for part, name in _PARTS:
        root = package.of_kind(part)
        for note in () if root is None else root.iter(w(name)):
            if note.get(w("type"), "normal") == "normal":
                found[w(f"{name}Reference"), note.get(w("id"), "")] = note
    return found


def called(desk: Desk) -> dict[str, tuple[Rough, ...]]:
    """Read the notes that were called, by their names; those that nothing calls are told of."""
    stories = {
        w(f"{name}Reference"): Story(
            desk.package.relations_of(desk.package.part(part)), desk.numbering.afresh(), calls_notes=False
        )
        for part, name in _PARTS
        if desk.package.part(part)
    }
    found = {}
    for key, (name, line) in list(desk.called.items()):
        desk.line = line
        note, story = desk.known_notes[key], stories[key[0]]
        story.fields = fields.in_part(note)
        found[name] = blocks.paragraphs(note, desk, story)
    desk.line = 0
    for key in desk.known_notes.keys() - desk.called.keys():
        words = " ".join(desk.known_notes[key].itertext(w("t")))
        if words.strip():
            desk.record.add(problems.intake_note_loose, 0, words)
    return found
