"""``program.md`` → the Programme and the anchors its clauses can be cited by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder import problems
from builder.manuscript import outline, sequence
from builder.manuscript.anchors import Anchors
from builder.manuscript.prose import Prose
from builder.publication import Clause, CrossReference, Program, Reference

if TYPE_CHECKING:
    from builder.manuscript.folder import Folder, Sheet
    from builder.manuscript.inlines import Refer
    from builder.manuscript.outline import Unit
    from builder.problems import Place, Problem


_SESSION = re.compile(r"(?:buổi\s+)?0*([0-9]{1,4})", re.IGNORECASE)


def read(
    sheet: Sheet, folder: Folder, found: list[Problem], *, strict: bool = True, sessions: int = 0
) -> tuple[Program, Anchors]:
    """The sheet of a programme, and how many sessions the plan has → its clauses, nested and named.

    Every mistake is added to ``found``.
    """
    prose = Prose(sheet, folder, _unready, found, programme=True)
    root = outline.read(prose.lines)
    anchors = Anchors(root)
    prose.refer = referring(anchors, found, sessions)
    found.extend(sequence.check(root, sheet.file, strict=strict))
    preamble = prose.blocks(tuple(root.body))
    clauses = tuple(_clause(unit, prose) for unit in root.children)
    if not preamble and not clauses:
        found.append(problems.program_empty(sheet.place(0, 0)))
    prose.finish()
    return Program(preamble, clauses), anchors


def referring(anchors: Anchors, found: list[Problem], sessions: int = 0) -> Refer:
    """What turns references in running text into cross-references to the clauses of these anchors and to sessions."""

    def refer(named: str, place: Place, kind: Reference = Reference.CLAUSE) -> CrossReference | None:
        session = _SESSION.fullmatch(named)
        if kind is Reference.SESSION or (kind is Reference.PAGE and session and not named[0].isdecimal()):
            if session and 1 <= int(session[1]) <= sessions:
                return CrossReference(f"buoi-{int(session[1])}", f"Buổi {int(session[1])}", kind)
            found.append(problems.session_unknown(place, named, sessions))
            return None
        passages = anchors.find(named, place, found)
        if not passages:
            return None
        unit = passages[0][0]
        by_id = named.removeprefix("#") in anchors.by_id
        return CrossReference(unit.id, unit.citation if by_id else named, kind)

    return refer


def _unready(named: str, place: Place, kind: Reference = Reference.CLAUSE) -> CrossReference | None:
    message = f"{kind.value}:{named} at {place} before the clauses are known"
    raise AssertionError(message)


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
