"""The comments found in a file, and the programme made of it → commentary on their clauses; what has none is matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import problems
from builder.intake import escape, faces, lists
from builder.intake.original import Run
from builder.vietnamese import dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.intake.original import Remark
    from builder.intake.record import Record
    from builder.intake.trial import Settled
    from builder.manuscript.outline import Unit
    from builder.problems import Problem

COMMENTARY = "commentary/01-loi-ghi-ben-le.md"
"""Where comments on clauses are written."""
LOOSE = "back/98-loi-ghi-ben-le.md"
"""Where comments on no clause are kept."""

_HEAD = "# Lời ghi bên lề\n"


def files(remarks: Sequence[Remark], settled: Settled, record: Record) -> dict[str, str]:
    """Comments → files of the source folder, path → text; where each went is reported."""
    on_clauses: list[str] = []
    loose: list[str] = []
    hooks = settled.hooks()
    for remark in remarks:
        body = _body(remark)
        if not body:
            continue
        line, unit = hooks.get(remark.name, (0, None))
        if unit is None:
            record.add(problems.intake_remark_loose, line, _whose(remark), remark.about)
            loose.append(body)
        else:
            record.add(problems.intake_remark, line, _whose(remark), unit.citation)
            on_clauses.append(f"## {_citation(unit, settled)}\n\n{body}")
    written = {COMMENTARY: "\n\n".join(on_clauses) + "\n"} if on_clauses else {}
    if loose:
        record.put.append(_HEAD)
        written[LOOSE] = "\n\n".join((_HEAD.strip(), *loose)) + "\n"
    return written


def _body(remark: Remark) -> str:
    labelled = ((Run(f"{lists.shown(paragraph)} "), *paragraph.runs) for paragraph in remark.paragraphs)
    written = (faces.markdown(faces.settled(runs)) for runs in labelled)
    return "\n\n".join(escape.paragraph(words) for words in written if words)


def _whose(remark: Remark) -> str:
    """Who wrote it and when, as far as the file says."""
    day = dates.parse_date(remark.day[:10]) if remark.day else None
    return ", ".join(filter(None, (remark.author, dates.short_date(day) if day else "")))


def _citation(unit: Unit, settled: Settled) -> str:
    """The words that name a clause; its path id, where they would name another or several."""
    found: list[Problem] = []
    named = settled.anchors.find(unit.citation, problems.Place(), found)
    plain = ":" not in unit.citation and "\n" not in unit.citation
    return unit.citation if plain and not found and named == ((unit,),) else unit.id
