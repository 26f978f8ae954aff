"""A PDF of single pages and how it is bound come in; its sheets, read back and compared, go out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from builder import imposition, paper, problems
from builder import layout as layouts
from builder.imposition import Creep, Imposed, Job, Lettered, Slug
from builder.imposition.edges import cut_off
from builder.pdf import Encrypted, NotAPdf, sheets
from builder.press import Crew
from builder.printer import UNTRIED, Printer
from builder.works.asked import PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from builder.imposition import Lettering, Mismatch, Tight
    from builder.problems import Place, Problem
    from builder.publication import Binding

THICK, TOO_THICK = 1.6, 2.0
"""Thickness (mm) of sheets in one another: from sixteen sheets of 80 g they fold badly, from twenty staples give up."""
MOST_IN_A_SIGNATURE = 5
SLUG_WORDS = ("slug_front", "slug_back", "slug_cover_front", "slug_cover_back")


def job(binding: Binding, printer: Printer = UNTRIED, slug: Slug | None = None) -> Job:
    """Return what is to be made of an edition. Glued books are cut like those stapled through the side."""
    return Job(
        scheme="side" if binding.scheme == "perfect" else binding.scheme,
        sheet=binding.sheet,
        sheets_per_signature=binding.sheets_per_signature,
        keep_last=binding.keep_last,
        copies_per_sheet=binding.copies_per_sheet,
        own_cover=binding.apart,
        creep=Creep(binding.creep, binding.thickness, binding.cover_thickness, total=binding.creep_total),
        marks=binding.marks,
        slug=slug,
        printer=printer,
    )


def slug(title: str, words: Mapping[str, str]) -> Slug:
    """Return the small line beside the marks in the words of a layout (``slug_front`` and its like)."""
    return Slug(title, *(words[key] for key in SLUG_WORDS))


def plain_slug(title: str, folder: Path) -> Slug:
    """Return the small line of a PDF from elsewhere, in the words of a ``layouts/`` folder.

    Raises:
        Problems: what the layout is at fault in.
    """
    return slug(printable(title), layouts.load(PLAIN, folder).words)


def printable(title: str) -> str:
    """Return a title from elsewhere, which may hold anything, with blanks for what cannot be printed."""
    return "".join(letter if letter.isprintable() else " " for letter in title)


def lettering(folder: Path) -> Lettering:
    """Return what draws the small line: in the first face for headings of a ``fonts/`` folder, read when needed."""

    @cache
    def lettered(text: str) -> Lettered:
        from builder import fonts  # noqa: PLC0415 - most sheets have no such line

        roles = fonts.roles(folder)
        cuts = [cut for cut in roles.print_cuts if cut.family == roles.family.get("heads")] or roles.print_cuts
        return Lettered(*fonts.outlined(cuts[0], text))

    return lettered


def fold(
    pdf: bytes,
    place: Place,
    job: Job = imposition.FOLDED,
    lettering: Lettering | None = None,
    crew: Crew | None = None,
) -> tuple[Imposed, tuple[Problem, ...]]:
    """Arrange pages on sheets, and say what is worth a second look.

    ``place`` names the PDF; a ``crew`` reads pages and sheets at the same time.

    Raises:
        Problems: ``PDF_UNREADABLE``, ``PDF_LOCKED``, ``PDF_LONG``, ``PAGE_SIZE``, ``PAGE_TOO_LARGE``,
            ``SHEET_DIFFERS``, ``CREEP_CUTS``.
    """
    try:
        imposed, differences, at_fold = imposition.impose_and_check(pdf, job, lettering, (crew or Crew()).share)
    except imposition.DoesNotFit as error:
        copies = job.copies_per_sheet if job.folded else 1
        # Two copies lie on their backs, one beside the other.
        sides = 2 * error.width, error.height if copies == 1 else copies * error.height
        sheet = paper.holding(*sides) if copies == 1 else paper.holding(max(sides), min(sides))
        found = problems.page_too_large(place, error.page, error.width, error.height, sheet)
        again = [problems.sheets_already(place)] if sheets.imposed(pdf) else []
        raise problems.Problems([found, *again]) from error
    except imposition.NoPaper as error:
        raise problems.Problems([problems.page_size(place, error.page, error.width, error.height)]) from error
    except imposition.TooLong as error:
        raise problems.Problems([problems.pdf_long(place, error.pages, error.most)]) from error
    except Encrypted as error:
        raise problems.Problems([problems.pdf_locked(place)]) from error
    except NotAPdf as error:
        raise problems.Problems([problems.pdf_unreadable(place)]) from error
    wide = all(each.width > each.height for each in imposed.draft.measures)
    again = [problems.sheets_already(place)] if wide and sheets.imposed(pdf) else []
    wrong = [*_wrong(differences, place), *_at_fold(at_fold, imposed, place)]
    return imposed, problems.stop_on_errors([*wrong, *again, *_worth_a_look(imposed, place)])


def _wrong(differences: Sequence[Mismatch], place: Place) -> Iterator[Problem]:
    if differences:
        halves = [each.half for each in differences]
        yield problems.sheet_differs(place, [half.sheet for half in halves], [_named(half.page) for half in halves])


def _at_fold(found: Sequence[Tight], imposed: Imposed, place: Place) -> Iterator[Problem]:
    for cut, report in ((True, problems.creep_cuts), (False, problems.creep_near)):
        if pages := [each.page + 1 for each in found if each.cut is cut]:
            yield report(place, pages, imposed.moved)


def _named(page: int | None) -> str:
    return "—" if page is None else str(page + 1)


def _worth_a_look(imposed: Imposed, place: Place) -> Iterator[Problem]:
    if imposed.draft.repaired:
        yield problems.pdf_repaired(place)
    if imposed.draft.undrawn:
        yield problems.field_letters(place, imposed.draft.undrawn)
    if imposed.differing:
        yield problems.pages_differ(place, imposed.differing)
    if imposed.scale < 1:
        yield problems.pages_shrunk(place, imposed.scale)
    if imposed.job.folded:
        yield from _thickness(imposed, place)
    if cuts := cut_off(imposed):
        sheets = tuple(dict.fromkeys(cut.sheet for cut in cuts))
        yield problems.edge_cut(place, sheets, imposed.job.printer.edge, min(cut.nearest for cut in cuts))


def _thickness(imposed: Imposed, place: Place) -> Iterator[Problem]:
    """Say when more sheets lie in one another than can be folded and stapled well."""
    creep = imposed.job.creep
    covered = imposed.job.scheme == "saddle" and imposed.plan[0].cover
    nested = max(imposed.signatures) + covered
    thickness = max(imposed.signatures) * creep.thickness + covered * creep.cover
    if thickness > THICK + creep.thickness / 2:
        count = -(-imposed.sheets // MOST_IN_A_SIGNATURE)
        report = problems.saddle_too_thick if thickness > TOO_THICK + creep.thickness / 2 else problems.saddle_thick
        yield report(place, nested, count, -(-imposed.sheets // count))
