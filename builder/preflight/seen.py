"""What a check saw comes in; findings for a reader go out: weighed by what the file is for, placed in mm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder import problems
from builder.preflight.nouns import MILLIMETRE, Finding, Purpose, Spot
from builder.preflight.policy import weight
from builder.problems import Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from builder.pdf import Box, Measures

MOST_OF_ONE = 1_000
"""How many findings of one code are kept; a page whose every letter is wrong is said once a page anyway."""

Values = tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a check saw: a code, a page (from 1; 0: the file), a box in points, what stands there, its values.

    ``severity`` is given where it depends on how bad it is.
    """

    code: str
    page: int = 0
    box: Box | None = None
    what: str = ""
    values: Values = ()
    severity: Severity | None = None
    part: str = ""
    line: int = 0


def weighed(seen: Iterable[Seen], file: str, purpose: Purpose, measures: Sequence[Measures] = ()) -> Iterator[Finding]:
    """Turn what was seen into findings; what nobody asks about for this purpose is left out."""
    counts: dict[str, int] = {}
    for each in dict.fromkeys(seen):
        usual = weight(each.code, purpose)
        severity = each.severity or usual
        if usual is None or severity is None or counts.get(each.code, 0) >= MOST_OF_ONE:
            continue
        counts[each.code] = counts.get(each.code, 0) + 1
        name = f"{file}/{each.part}" if each.part else file
        place = Place(name, each.line, 0, each.page)
        problem = problems.of_finished(each.code, severity, place, **dict(each.values))
        height = measures[each.page - 1].height if 0 < each.page <= len(measures) else 0.0
        yield Finding(problem, spot(each.box, height) if each.box else None, each.what, each.part)


def spot(box: Box, height: float) -> Spot:
    """Turn a box in points from the lower left into mm from the upper left of a page so many points high."""
    left, bottom, right, top = box
    sides = (left, height - top, right - left, top - bottom)
    x, y, across, down = (round(each / MILLIMETRE, 1) + 0.0 for each in sides)
    return Spot(x, y, across, down)
