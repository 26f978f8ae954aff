"""The bytes of a Word file (.docx, .docm, .dotx) → the ``Original``: what stands in it, in reading order.

Everything Word shows as the document's words is kept, with its automatic numbers as shown; what is left out (hidden
words, deleted ones, heads of pages, Word's own table of contents) is reported. Nothing is fetched, nothing is run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import problems
from builder.intake.original import Original, Remark
from builder.intake.word import blocks, container, fields, finish, margins, notes, numbering, remarks, styles
from builder.intake.word.desk import Desk, Story
from builder.intake.word.names import said, w
from builder.intake.word.rough import every
from builder.intake.word.scripts import settle
from builder.problems import Problems

if TYPE_CHECKING:
    from builder.intake.record import Record
    from builder.intake.word.container import Package
    from builder.intake.word.rough import Block
    from builder.intake.word.styles import Styles

__all__ = ["read"]

_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def read(data: bytes, record: Record) -> Original:
    """The bytes of a Word file → what stands in it; what was left out or converted is added to ``record``.

    Paragraphs without words, label or picture are left out. Notes are named ``1``, ``2`` … as they are called, remarks
    by their ids in the file.

    Raises:
        Problems: when the file is no Word file, damaged, locked, or made to do harm.
    """
    package = container.open_(data, record.file)
    desk = _desk(package, record)
    story = Story(package.relations, desk.numbering, fields.in_part(package.document), counts=True)
    rough = blocks.read(package.body, desk, story)
    found = _original(rough, desk)
    margins.report(desk)
    desk.report()
    if desk.inserted or desk.deleted:
        record.add(problems.intake_tracked, desk.tracked_line, desk.inserted, desk.deleted)
    return found


def _desk(package: Package, record: Record) -> Desk:
    look = styles.read(package.of_kind("styles"), package.of_kind("theme"))
    lists = numbering.read(package.of_kind("numbering"), _style_lists(look))
    return Desk(package, look, lists, record, known_notes=notes.known(package))


def _style_lists(look: Styles) -> dict[str, str]:
    """Return which list each style stands for: a style of lists says it as a paragraph would."""
    return {key: said(style.element.find(f"{w('pPr')}/{w('numPr')}"), "numId") for key, style in look.by_id.items()}


def _original(body: list[Block], desk: Desk) -> Original:
    """Settle all words together, then make of them the blocks, the notes and the remarks."""
    called, margin = notes.called(desk), remarks.read(desk)
    all_roughs = [*every(body), *(rough for note in called.values() for rough in note)]
    all_roughs += [rough for remark in margin for rough in remark.roughs]
    settled = iter(settle(all_roughs, desk.record))
    ends = desk.package.document.iter(w("commentRangeEnd"))
    threads = finish.Threads(
        frozenset(remark.name for remark in margin), frozenset(each.get(w("id"), "") for each in ends)
    )
    return Original(
        finish.blocks(body, settled, threads),
        {name: finish.paragraphs(note, settled, threads) for name, note in called.items()},
        tuple(
            Remark(
                remark.name,
                finish.paragraphs(remark.roughs, settled, finish.Threads()),
                remark.author,
                remark.day,
                threads.about.get(remark.name, "").strip(),
            )
            for remark in margin
        ),
        desk.pictures,
        _title(desk.package),
    )


def _title(package: Package) -> str:
    """Return the title in the properties; a file whose properties are damaged has none."""
    try:
        root = package.element(package.properties) if package.properties else None
    except Problems:
        return ""
    return "" if root is None else " ".join((root.findtext(_TITLE) or "").split())
