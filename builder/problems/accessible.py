"""What a publication says of reading with aids comes in; the ``Problem`` of it goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.problems.nouns import error, warning
from builder.vietnamese import dates

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from builder.problems.nouns import Place, Problem


def mail_bad(place: Place, key: str, value: str) -> Problem:
    """Report what is no e-mail address."""
    return error("MAIL_BAD", place, key=key, value=value)


def evaluation_part(place: Place, lacking: Iterable[str]) -> Problem:
    """Report a recorded evaluation that lacks something: nothing is claimed by it."""
    return warning("EVALUATION_PART", place, lacking=", ".join(lacking))


def evaluation_old(place: Place, evaluated: datetime.date, date: datetime.date) -> Problem:
    """Report an evaluation made before the date of the publication, that is of another text."""
    return warning("EVALUATION_OLD", place, evaluated=dates.short_date(evaluated), date=dates.short_date(date))
