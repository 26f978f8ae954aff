"""A publication comes in; what a shelf says of it goes out: that much of it whoever publishes has to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.composition.planning import bare_session_title
from builder.shelf import EditionFacts, OriginalFacts, SessionFacts, TitleFacts

if TYPE_CHECKING:
    import datetime

    from builder.layout import Layout
    from builder.publication import Edition, Publication

BOUND = frozenset(("booklet", "press"))


def of(publication: Publication, layout: Layout) -> TitleFacts:
    """Say what a publication is, in a layout's words."""
    settings = publication.settings
    words = layout.speaking(settings.language).words
    original = settings.original
    return TitleFacts(
        title=settings.title,
        subtitle=settings.subtitle,
        notice=settings.notice,
        kind=settings.kind,
        period=settings.period,
        date=_plain(settings.date),
        language=settings.language,
        unit=settings.organisation.unit,
        parent=settings.organisation.parent,
        compiled=settings.people.compiled,
        profile=settings.imprint_profile,
        address=settings.ebook.address,
        original=OriginalFacts(
            original.kind, original.number, _plain(original.date), original.issuer, original.subject
        ),
        sessions=tuple(
            SessionFacts(each.id, str(each.number), bare_session_title(each, words)) for each in publication.sessions
        ),
        editions=tuple(map(_edition, settings.editions)),
    )


def _edition(edition: Edition) -> EditionFacts:
    trim = edition.trim
    return EditionFacts(
        edition.name,
        edition.layout,
        trim.name,
        trim.width,
        trim.height,
        trim.on_screen,
        edition.audience,
        edition.type,
        edition.per,
        edition.binding.scheme if BOUND.intersection(edition.outputs) else "",
    )


def _plain(date: datetime.date | None) -> str:
    return date.isoformat() if date else ""
