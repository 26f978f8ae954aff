"""A printing and its edition come in; the files for a print shop go out, and what is to be said of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from builder import composition, press, problems
from builder.pdf import profiles
from builder.pdf.process import Unusable
from builder.pdf.resolution import FINE
from builder.press import shop
from builder.problems import Place, Problems
from builder.works.asked import Piece

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.fonts import Roles
    from builder.layout import Layout
    from builder.pdf.profiles import Profile
    from builder.press import Printing
    from builder.problems import Problem
    from builder.publication import Edition, Publication
    from builder.works.asked import Workshop

    Made = tuple[list[Piece], tuple[Problem, ...]]

COLOUR = "colour"


@dataclass(frozen=True, slots=True)
class Job:
    """What files for a print shop are made of.

    Attributes:
        edition: for whom, in which size, how bound.
        publication: what it is of.
        layout: whose words stand on the spine and in what the shop is told.
        roles: the type.
        workshop: where profiles are looked for, and who sets the spine.
    """

    edition: Edition
    publication: Publication
    layout: Layout
    roles: Roles
    workshop: Workshop


def make(printing: Printing, job: Job, name: Callable[[str], str]) -> Made:
    """Make the pages, the cover and what the shop is told.

    Args:
        printing: set with the edition's bleed.
        job: what of.
        name: a kind of file → its name.

    Raises:
        Problems: ``PROFILE_NEEDED``, ``PROFILE_BAD``; those of setting the spine.
    """
    edition = job.edition
    profile, found = _profile(edition, job.workshop)
    spine, said = _spine(printing, job)
    metadata = composition.metadata_of(job.publication, job.layout, edition)
    try:
        files = shop.for_shop(printing, edition, metadata, profile=profile, spine=spine)
    except Unusable as error:
        raise Problems([problems.profile_bad(Place(profile.name if profile else ""))]) from error
    place = Place(name("press"))
    coarse = [
        problems.image_coarse(place, printing.labels[each.page - 1], each.size, each.dots, dpi=each.dpi, least=FINE)
        for each in files.coarse
    ]
    left = [problems.ink_left(place, why) for why in files.left]
    nouns = {
        "facts": files.facts,
        "binding": edition.binding,
        "interior": name("press"),
        "cover": name("cover") if files.cover else "",
    }
    spec = composition.shop.spec(job.publication, job.layout, edition, nouns)
    block = files.facts.block
    pieces = [Piece("press", block.pages + block.blanks, files.interior)]
    if files.cover:
        pieces.append(Piece("cover", 2 if files.facts.inside else 1, files.cover))
    # Lines end as Windows' programs have always read them: a shop may well open this on an old machine.
    pieces.append(Piece("spec", None, spec.replace("\n", "\r\n").encode("utf-8-sig")))
    used = profile.sha256 if profile else ""
    return [replace(piece, profile=used) for piece in pieces], (*found, *said, *coarse, *left)


def _spine(printing: Printing, job: Job) -> tuple[bytes, tuple[Problem, ...]]:
    """Set the spine of a book that has one, with words where it is wide enough for them."""
    block = shop.block(printing, job.edition)
    if not (block.set_apart and shop.has_cover(printing)):
        return b"", ()
    composed = composition.shop.spine(
        job.publication, job.layout, job.edition, job.roles, block.spine, named=block.named
    )
    printed = press.print_pdf(composed, crew=job.workshop.crew, cache=job.workshop.cache)
    return printed.pdf, problems.stop_on_errors(printed.problems)


def _profile(edition: Edition, workshop: Workshop) -> tuple[Profile | None, list[Problem]]:
    """Find the profile of the printing condition: the one on the command line, the one named, or any there is."""
    wanted, place = edition.binding.profile, edition.place
    profile = _given(workshop) or profiles.found(workshop.profiles, wanted)
    if profile is not None:
        return profile, [problems.profile_used(place, profile.called)]
    if edition.binding.ink == COLOUR:
        raise Problems([problems.profile_needed(place, wanted)])
    return None, [problems.profile_none(place, wanted)]


def _given(workshop: Workshop) -> Profile | None:
    if workshop.profile is None:
        return None
    try:
        return profiles.read(workshop.profile)
    except (profiles.NotAProfile, OSError) as error:
        raise Problems([problems.profile_bad(Place(str(workshop.profile)))]) from error
