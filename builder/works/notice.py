"""A catalogue with an address comes in; the notices for the hall go out: one page with the code of the shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import fonts, press, problems
from builder import layout as layouts
from builder.composition import jobbing
from builder.composition.jobbing import NoticeFacts
from builder.site import opds1
from builder.works import booklet
from builder.works.asked import PLAIN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.site.nouns import Catalogue
    from builder.works.asked import Workshop

FILES = {"thong-bao-a4.pdf": jobbing.A4_UPRIGHT, "thong-bao-a5.pdf": jobbing.A5_UPRIGHT}
"""The notices and the paper each is for."""


def made(catalogue: Catalogue, workshop: Workshop) -> Mapping[str, bytes]:
    """Set the notices of a shelf, by their paths on its site; none where it has no address for a code to lead to.

    Raises:
        Problems: what the layout, the fonts or the press object to.
        ValueError: the address is longer than a code can be.
    """
    if not catalogue.address:
        return {}
    internal = any(each.facts.is_internal for each in catalogue.titles)
    return {
        name: _set(
            NoticeFacts(
                booklet.printable(catalogue.name),
                catalogue.address,
                f"{catalogue.address}{opds1.ROOT}",
                page,
                catalogue.language,
                members_only=internal,
            ),
            workshop,
        )
        for name, page in FILES.items()
    }


def _set(notice: NoticeFacts, workshop: Workshop) -> bytes:
    layout, roles = layouts.load(PLAIN, workshop.layouts), fonts.roles(workshop.fonts)
    tighter = (jobbing.notice(notice, layout, roles, tight) for tight in range(jobbing.TIGHTEST + 1))
    printing = press.print_on_one_page(tighter, crew=workshop.crew, cache=workshop.cache)
    problems.stop_on_errors(printing.problems)
    return printing.pdf
