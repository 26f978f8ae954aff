"""A source folder comes in; every problem found in it goes out, and nothing is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder import layout, manuscript, problems
from builder.manuscript import slug_of

if TYPE_CHECKING:
    from pathlib import Path

    from builder.problems import Problem
    from builder.publication import Publication


@dataclass(frozen=True, slots=True)
class Checked:
    """A publication's slug and what was found in its source, in order of place."""

    slug: str
    problems: tuple[Problem, ...]


def check(folder: Path, layouts: Path) -> Checked:
    """Read a source folder and the layouts its editions ask for."""
    try:
        publication, found = manuscript.read(folder)
    except problems.Problems as stopped:
        return Checked(slug_of(folder), stopped.problems)
    return Checked(publication.slug, problems.in_order([*found, *_of_layouts(publication, layouts)]))


def _of_layouts(publication: Publication, layouts: Path) -> list[Problem]:
    found: list[Problem] = []
    for edition in publication.settings.editions:
        try:
            layout.load(edition.layout, layouts, edition.place)
        except problems.Problems as broken:
            found += broken.problems
    return found
