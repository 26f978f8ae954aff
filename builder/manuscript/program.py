"""``program.md`` → the Programme and the anchors its clauses can be cited by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import problems
from builder.manuscript import outline, sequence
from builder.manuscript.anchors import Anchors
from builder.manuscript.prose import Prose
from builder.publication import Clause, CrossReference, Program

if TYPE_CHECKING:
    from builder.manuscript.folder import Folder, Sheet
    from builder.manuscript.inlines import Refer
    from builder.manuscript.outline import Unit
    from builder.problems import Place, Problem


def read(sheet: Sheet, folder: Folder, found: list[Problem], *, strict: bool = True) -> tuple[Program, Anchors]:
    """The sheet of a programme → its clauses, nested and named; every mistake is added to ``found``."""
    prose = Prose(sheet, folder, _unready, found, programme=True)
    root = outline.read(prose.lines)
    anchors = Anchors(root)
    prose.refer = referring(anchors, found)
    found.extend(sequence.check(root, sheet.file, strict=strict))
    preamble = prose.blocks(tuple(root.body))
    clauses = tuple(_clause(unit, prose) for unit in root.children)
    if not preamble and not clauses:
        found.append(problems.program_empty(sheet.place(0, 0)))
    prose.finish()
    return Program(preamble, clauses), anchors


def referring(anchors: Anchors, found: list[Problem]) -> Refer:
    """What turns citations in running text into cross-references to the clauses of these anchors."""

    def refer(citation: str, place: Place) -> CrossReference | None:
        passages = anchors.find(citation, place, found)
        if not passages:
            return None
        unit = passages[0][0]
        by_id = citation.removeprefix("#") in anchors.by_id
        return CrossReference(unit.id, unit.citation if by_id else citation)

    return refer


def _unready(_citation: str, _place: Place) -> CrossReference | None:
    raise AssertionError("a citation before the clauses are known")


def _clause(unit: Unit, prose: Prose) -> Clause:
    place = prose.sheet.place(unit.line, unit.label.column)
    body = prose.blocks(tuple(unit.body))
    if not (unit.children or unit.title or any(line.text.strip() for line in unit.body)):
        prose.found.append(problems.clause_empty(place, unit.label.printed or unit.label.rest))
    return Clause(
        id=unit.id,
        level=unit.level,
        number=unit.label.number,
        label=unit.label.printed,
        title=prose.inlines(unit.title),
        body=body,
        children=tuple(_clause(child, prose) for child in unit.children),
        citation=unit.citation,
        place=place,
    )
