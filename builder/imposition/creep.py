"""Sheets and what their paper does when it is folded come in; how far each sheet's pages move goes out: arithmetic.

Sheets in one another push the inner ones out: after the cut along the fore edge their outer margins would be too small.
So the pages of a sheet move towards the spine by the thickness of all sheets around it. The move begins anew in every
signature. The cut is where it was; what moves beyond the fold is not printed, and nothing here knows how wide the inner
margin of somebody's PDF is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from builder.imposition.job import Creep, Job
    from builder.imposition.plan import Sheet

WORTH_WHILE = 5
"""Sheets in one another (twenty pages) from which the move can be seen."""


def shifts(sheets: tuple[Sheet, ...], job: Job) -> tuple[float, ...]:
    """Return for every sheet how far (mm) its pages move towards the spine; below nought: away from it."""
    if not job.folded or job.creep.mode == "off":
        return (0.0,) * len(sheets)
    nests = [_nest(sheet, job) for sheet in sheets]
    standing = [_standing_out(sheet, sheets[0].cover, job) for sheet in sheets]
    most = {nest: max(out for out, own in zip(standing, nests, strict=True) if own == nest) for nest in nests}
    measured = _measured(job.creep, max(most.values()))
    return tuple(
        _moved(out, most[nest], job.creep.mode) * measured if _worth_while(nests.count(nest), job.creep) else 0.0
        for out, nest in zip(standing, nests, strict=True)
    )


def _nest(sheet: Sheet, job: Job) -> int:
    """Name the sheets that lie in one another: a cover around several signatures lies in none."""
    return -1 if sheet.cover and job.scheme == "signatures" else sheet.signature


def _standing_out(sheet: Sheet, covered: bool, job: Job) -> float:  # noqa: FBT001 - a fact of the book
    """Return the thickness (mm) of what lies around a sheet: one leaf of each sheet further out."""
    creep = job.creep
    around = sheet.depth
    if covered and around and job.scheme == "saddle":
        return creep.cover + (around - 1) * creep.thickness
    return around * creep.thickness


def _measured(creep: Creep, reckoned: float) -> float:
    """Return what the reckoned moves are multiplied with, so that the largest is what was seen on a dummy."""
    return creep.total / reckoned if creep.total and reckoned else 1.0


def _moved(out: float, most: float, mode: str) -> float:
    return {"out": out - most, "center": out - most / 2}.get(mode, out)


def _worth_while(sheets: int, creep: Creep) -> bool:
    return creep.mode != "auto" or bool(creep.total) or sheets >= WORTH_WHILE
