"""What ``publication.yaml`` says of reading with aids comes in; the contact and the recorded evaluation go out.

A record that lacks something is no ground for a claim, and one older than the text was not made of this text: both
are warned of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builder import problems
from builder.manuscript.keys import Choice, Day, Group, Mail, Placed, Several, Words
from builder.publication import CHECKLIST, EBOOKS, Accessibility, Evaluation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.problems import Problem
    from builder.publication import Settings

_EVALUATED = Group(
    {
        "by": Words(),
        "date": Day(),
        "wcag": Choice(("2.1", "2.2")),
        "level": Choice(("A", "AA")),
        "checklist": Several(Choice(CHECKLIST)),
        "editions": Several(Placed(Words())),
    }
)

TABLE = Group({"contact": Mail(), "evaluated": Placed(_EVALUATED)})
"""The keys of ``accessibility``."""


def read(told: Mapping[str, Any], settings: Settings, found: list[Problem]) -> Accessibility:
    """Values of the keys → what they say; what keeps a record from being a claim is in ``found``."""
    contact = told.get("contact", "")
    if "evaluated" not in told:
        return Accessibility(contact)
    values, place = told["evaluated"]
    editions = values.pop("editions", ())
    evaluated = Evaluation(**values, editions=tuple(name for name, _ in editions), place=place)
    known = tuple(edition.name for edition in settings.editions if set(EBOOKS) & set(edition.outputs))
    for name, where in editions:
        if name not in known:
            found.append(problems.value_choice(where, "editions", name, known))
    if evaluated.lacking:
        found.append(problems.evaluation_part(place, evaluated.lacking))
    elif evaluated.date and settings.date and evaluated.date < settings.date:
        found.append(problems.evaluation_old(place, evaluated.date, settings.date))
    return Accessibility(contact, evaluated)
