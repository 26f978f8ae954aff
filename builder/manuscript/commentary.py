"""``commentary/*.md`` → Notes, each anchored to the clauses its heading cites."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder import problems
from builder.manuscript.folder import Line
from builder.manuscript.prose import Prose
from builder.manuscript.sections import section
from builder.publication import Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.manuscript.anchors import Anchors
    from builder.manuscript.folder import Folder, Sheet
    from builder.manuscript.inlines import Refer
    from builder.manuscript.sections import Section

_HEAD = re.compile(r"((?:“[^”]*”|[^:“])*)(?::\s*(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the commentary is read against: the folder, the clauses, cross-references to them."""

    folder: Folder
    anchors: Anchors
    refer: Refer


def read(sheets: Iterable[Sheet], desk: Desk) -> tuple[Note, ...]:
    """The sheets of commentary, in order → its entries; a heading that cites nothing known adds a problem."""
    counts: Counter[str] = Counter()
    return tuple(note for sheet in sheets for note in _notes(sheet, desk, counts))


def _notes(sheet: Sheet, desk: Desk, counts: Counter[str]) -> Iterator[Note]:
    prose = Prose(sheet, desk.folder, desk.refer, desk.folder.found)
    before, sections = section(prose.lines, 2)
    for line in before:
        if line.text.strip() and not line.text.startswith("# "):
            desk.folder.found.append(problems.note_stray(sheet.place(line)))
            break
    for each in sections:
        if note := _note(each, prose, desk, counts):
            yield note
    prose.finish()


def _note(entry: Section, prose: Prose, desk: Desk, counts: Counter[str]) -> Note | None:
    found = desk.folder.found
    citation, title = parted(entry.title)
    place = prose.sheet.place(entry.line, entry.column)
    body = prose.blocks(entry.body, top=2)
    words = prose.inlines((Line(entry.line, title),)) if title else ()
    if not any(line.text.strip() for line in entry.body):
        found.append(problems.note_empty(place, citation))
    passages = desk.anchors.find(citation, place, found)
    if not passages:
        return None
    units = {unit.id for passage in passages for unit in passage}
    clauses = tuple(sorted(units, key=desk.anchors.order.__getitem__))
    counts[clauses[0]] += 1
    name = f"lr-{clauses[0]}-{counts[clauses[0]]}"
    return Note(name, citation, clauses, passages[0][-1].id, words, body, place)


def parted(title: str) -> tuple[str, str]:
    """The heading of an entry, ``Điều 5 khoản 2: Vì sao`` → the citation and the title."""
    match = _HEAD.fullmatch(title)
    return (match[1].strip(), (match[2] or "").strip()) if match else (title, "")
