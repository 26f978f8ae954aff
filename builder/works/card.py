"""Sheets as they were laid out come in; the print card, one page that tells how to print and fold them, goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import PROGRAM, fonts, press, problems
from builder import layout as layouts
from builder.composition import jobbing
from builder.composition.jobbing import CardFacts
from builder.works import booklet
from builder.works.asked import PLAIN, Piece

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from builder.fonts import Roles
    from builder.imposition import Imposed, Side
    from builder.layout import Layout
    from builder.press import Crew, Keeper, Printing
    from builder.works.asked import Workshop

KIND = "card"
ABREAST, LYING = "abreast", "lying"


def facts(
    imposed: Imposed,
    title: str,
    files: Mapping[str, str],
    *,
    edition: str = "",
    weights: tuple[int, int] = (0, 0),
    command: str = PROGRAM,
    labels: Sequence[str] = (),
    glued: bool = False,
) -> CardFacts:
    """Tell what whoever prints sheets has to know.

    Args:
        imposed: the sheets.
        title: of the booklet.
        files: kind of file → its name.
        edition: its name; empty for a PDF from elsewhere.
        weights: of the paper and of the cover's (g/m²); 0: not known.
        command: what the program is called by whoever types.
        labels: what the pages are numbered; as they are counted from 1 when nothing else is known.
        glued: the leaves are glued, where they would otherwise be stapled through the side.
    """
    labels = labels or list(map(str, range(1, imposed.pages + 1)))
    job, names = imposed.job, {made.kind: files[made.kind] for made in imposed.files}
    inner = tuple(sheet for sheet in imposed.plan if not sheet.cover)
    return CardFacts(
        title=booklet.printable(title),
        edition=edition,
        files=names,
        pages=imposed.pages,
        sheets=len(inner),
        sheet=imposed.size,
        front=_numbered(inner[0].front, labels),
        back=_numbered(inner[0].back, labels),
        scheme=job.scheme,
        signatures=imposed.signatures,
        copies_per_sheet=job.copies_per_sheet,
        abreast=_stand(imposed) == ABREAST,
        lying=_stand(imposed) == LYING,
        paper_gsm=weights[0],
        cover=len(imposed.plan) - len(inner),
        cover_gsm=weights[1],
        blanks=imposed.blanks,
        after=labels[imposed.blanks[0] - 2] if imposed.blanks else "",
        glued=glued,
        right_to_left=job.right_to_left,
        trim=imposed.trim,
        marked=imposed.marked,
        printer=job.printer,
        command=command,
    )


def _stand(imposed: Imposed) -> str:
    """Tell how two copies are placed on a sheet: upright and side by side, lying, or (empty) one above the other."""
    first, last = (imposed.draft.lay.cells[place].front for place in (0, -1))
    if first[0] == 0:
        return LYING
    return ABREAST if first != last and first[5] == last[5] else ""


def _numbered(side: Side, labels: Sequence[str]) -> tuple[str | None, str | None]:
    """Return the numbers of a side's pages."""
    left, right = (None if page is None else labels[page] for page in (side.left, side.right))
    return left, right


def made(card: CardFacts, layout: Layout, roles: Roles, crew: Crew, cache: Keeper | None) -> Piece:
    """Set a print card.

    Raises:
        Problems: what the layout or the press object to.
    """
    printing = on_one_page(card, layout, roles, crew, cache)
    problems.stop_on_errors(printing.problems)
    return Piece(KIND, printing.pages, printing.pdf)


def on_one_page(
    card: CardFacts, layout: Layout, roles: Roles, crew: Crew | None = None, cache: Keeper | None = None
) -> Printing:
    """Set a card in type small enough for one page."""
    tighter = (jobbing.card(card, layout, roles, tight) for tight in range(jobbing.TIGHTEST + 1))
    return press.print_on_one_page(tighter, crew=crew, cache=cache)


def alone(card: CardFacts, workshop: Workshop) -> bytes:
    """Set the print card of a PDF from elsewhere.

    Raises:
        Problems: what the layout, the fonts or the press object to.
    """
    layout, roles = layouts.load(PLAIN, workshop.layouts), fonts.roles(workshop.fonts)
    return made(card, layout, roles, workshop.crew, workshop.cache).data
