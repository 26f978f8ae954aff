"""A source folder comes in; every problem found in it goes out, with the mends of those that are beyond doubt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder import composition, fonts, layout, manuscript, problems, proofs, shelf
from builder.manuscript import slug_of
from builder.problems import Severity
from builder.publication.coverage import survey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from builder.manuscript import Sheet
    from builder.problems import Problem
    from builder.proofs import Mend
    from builder.publication import Publication
    from builder.publication.coverage import Coverage

PROGRAMME = "program.md"
MOST_PASSES = 8
SPACES = frozenset({"SP_DOUBLE"})
"""What may be mended in the programme unasked, besides normal form: it is never re-spelled."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A publication's slug and what was found in its source, in order of place.

    ``mends`` holds what mends a problem where that is beyond doubt; ``sheets`` the texts, by their names as the user
    gave them. ``coverage`` is there when it was asked for and the programme could be read, whatever else is in error;
    ``gone`` are then the problems of commentary and readings whose clause is gone.
    """

    slug: str
    problems: tuple[Problem, ...]
    publication: Publication | None = None
    mends: Mapping[Problem, Mend] = field(default_factory=dict)
    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    coverage: Coverage | None = None
    gone: tuple[Problem, ...] = ()

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


def check(folder: Path, layouts: Path, own_fonts: Path, *, coverage: bool = False) -> Checked:
    """Read a source folder as a proof-reader, and as the layouts and fonts of its editions do.

    Args:
        folder: the source folder.
        layouts: the ``layouts/`` folder.
        own_fonts: the ``fonts/`` folder.
        coverage: also look at which clauses commentary speaks of and sessions read.
    """
    skimmed, found = manuscript.skim(folder)
    whole = None if any(each.severity is Severity.ERROR for each in found) else skimmed
    sheets = {sheet.file: sheet for sheet in manuscript.texts(folder)} if folder.is_dir() else {}
    proof = proofs.read(sheets.values(), whole)
    laid = list(_laid_out(whole, layouts, own_fonts)) if whole else []
    surveyed = survey(skimmed) if coverage and skimmed else None
    gaps = proofs.gaps(surveyed) if surveyed else ()
    told = problems.in_order([*found, *proof.problems, *laid, *gaps])
    gone = proofs.gone(found, sheets) if surveyed else ()
    return Checked(slug_of(folder), told, whole, proof.mends, sheets, surveyed, gone)


def _laid_out(publication: Publication, layouts: Path, own_fonts: Path) -> Iterator[Problem]:
    """Yield what the fonts lack for its words, and what is wrong with the layouts of its editions."""
    for edition in publication.settings.editions:
        try:
            layout.load(edition.layout, layouts, edition.place)
        except problems.Problems as broken:
            yield from broken.problems
    try:
        yield from composition.letters_missing(publication, fonts.roles(own_fonts))
    except problems.Problems as broken:
        yield from broken.problems


def picture(checked: Checked, layouts: Path, words: Mapping[str, str]) -> str:
    """Draw the coverage, in the layout of the first edition, as a page of HTML.

    Raises:
        Problems: ``LAYOUT_UNKNOWN``, ``LAYOUT_BROKEN``.
    """
    if checked.coverage is None:
        return ""
    edition = checked.coverage.publication.settings.editions[0]
    sheet = layout.load(edition.layout, layouts, edition.place)
    return composition.picture(checked.coverage, sheet, words, checked.gone)


def mended(checked: Checked, *, programme: bool = False, tones: str = "") -> tuple[Mended, ...]:
    """Make every mend that is beyond doubt, till none is left: one may lay the next open.

    Args:
        checked: what was found.
        programme: also in the programme text, which else gets spaces and normal form only.
        tones: write all tones in this style, ``old`` or ``new``.
    """
    sheets, mends = list(checked.sheets.values()), checked.mends
    for _ in range(MOST_PASSES):
        after = [_mended(sheet, mends, programme=programme, tones=tones) for sheet in sheets]
        if after == sheets:
            break
        sheets = after
        mends = proofs.read(sheets, checked.publication).mends
    pairs = zip(checked.sheets.values(), sheets, strict=True)
    return tuple(Mended(was.file, was.raw, now.raw) for was, now in pairs if was.raw != now.raw)


def _mended(sheet: Sheet, mends: Mapping[Problem, Mend], *, programme: bool, tones: str) -> Sheet:
    everything = programme or sheet.name != PROGRAMME
    own = [
        mend for problem, mend in mends.items() if mend.file == sheet.file and (everything or problem.code in SPACES)
    ]
    if tones and everything:
        own += proofs.restyled(sheet, tones)
    return manuscript.sheet_of(sheet.file, sheet.name, proofs.mended(sheet, own))


def write(folder: Path, done: Iterable[Mended], checked: Checked) -> None:
    """Put mended files in place of the old ones.

    Raises:
        Problems: ``SHELF_DENIED``, ``SHELF_FULL``.
    """
    for each in done:
        shelf.write_file(folder / checked.sheets[each.file].name, each.after.encode())
