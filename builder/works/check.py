"""A source folder comes in; every problem found in it goes out, with the mends of those that are beyond doubt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder import composition, fonts, layout, manuscript, problems, proofs, shelf
from builder.composition import Medium
from builder.manuscript import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from builder.manuscript import Sheet
    from builder.problems import Problem
    from builder.proofs import Mend
    from builder.publication import Publication

PROGRAMME = "program.md"
SPACES = frozenset({"SP_DOUBLE"})
"""What may be mended in the programme unasked, besides normal form: it is never re-spelled."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A publication's slug and what was found in its source, in order of place.

    ``mends`` holds what mends a problem where that is beyond doubt; ``sheets`` the texts, by their names as the user
    gave them.
    """

    slug: str
    problems: tuple[Problem, ...]
    mends: Mapping[Problem, Mend] = field(default_factory=dict)
    sheets: Mapping[str, Sheet] = field(default_factory=dict)

    def line(self, problem: Problem) -> str:
        """Return the line a problem stands on; empty when it stands on none."""
        sheet = self.sheets.get(problem.place.file)
        number = problem.place.line
        return sheet.lines[number - 1].text if sheet and 0 < number <= len(sheet.lines) else ""


@dataclass(frozen=True, slots=True)
class Mended:
    """A file and its text before and after."""

    file: str
    before: str
    after: str


def check(folder: Path, layouts: Path, own_fonts: Path) -> Checked:
    """Read a source folder as a proof-reader, and as the layouts and fonts of its editions do."""
    publication, found = _read(folder)
    sheets = manuscript.texts(folder) if folder.is_dir() else ()
    proof = proofs.read(sheets, publication)
    laid = list(_laid_out(publication, layouts, own_fonts)) if publication else []
    told = problems.in_order([*found, *proof.problems, *laid])
    return Checked(slug_of(folder), told, proof.mends, {sheet.file: sheet for sheet in sheets})


def _read(folder: Path) -> tuple[Publication | None, tuple[Problem, ...]]:
    try:
        return manuscript.read(folder)
    except problems.Problems as stopped:
        return None, stopped.problems


def _laid_out(publication: Publication, layouts: Path, own_fonts: Path) -> Iterator[Problem]:
    """Yield what layouts and fonts object to, each pair of layout and audience once."""
    seen = set()
    for edition in publication.settings.editions:
        if (edition.layout, edition.audience) in seen:
            continue
        seen.add((edition.layout, edition.audience))
        try:
            laid = layout.load(edition.layout, layouts, edition.place)
            yield from composition.compose(publication, laid, edition, Medium.PRINT, fonts.roles(own_fonts))[1]
        except problems.Problems as broken:
            yield from broken.problems


def mended(checked: Checked, *, programme: bool = False, tones: str = "") -> tuple[Mended, ...]:
    """Make every mend that is beyond doubt.

    Args:
        checked: what was found.
        programme: also in the programme text, which else gets spaces and normal form only.
        tones: write all tones in this style, ``old`` or ``new``.
    """
    by_file: dict[str, list[Mend]] = {file: [] for file in checked.sheets}
    for problem, mend in checked.mends.items():
        if programme or problem.code in SPACES or checked.sheets[mend.file].name != PROGRAMME:
            by_file[mend.file].append(mend)
    for file, sheet in checked.sheets.items():
        if tones and (programme or sheet.name != PROGRAMME):
            by_file[file] += proofs.restyled(sheet, tones)
    done = (Mended(file, sheet.raw, proofs.mended(sheet, by_file[file])) for file, sheet in checked.sheets.items())
    return tuple(each for each in done if each.before != each.after)


def write(folder: Path, done: Iterable[Mended], checked: Checked) -> None:
    """Put mended files in place of the old ones.

    Raises:
        Problems: ``SHELF_DENIED``, ``SHELF_FULL``.
    """
    for each in done:
        shelf.write_file(folder / checked.sheets[each.file].name, each.after.encode())
