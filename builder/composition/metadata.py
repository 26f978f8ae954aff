"""A publication, a layout and an edition come in; what the finished files say of themselves goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.composition.nouns import Metadata, Series
from builder.vietnamese import dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.layout import Layout
    from builder.publication import Edition, Original, Publication, Settings

BASIS = "ant"  # MARC relator: who is responsible for the work this one is based upon


def metadata_of(publication: Publication, layout: Layout, edition: Edition) -> Metadata:
    """Return what the files of an edition say of themselves; a book of one session names it."""
    settings = publication.settings
    words = layout.speaking(settings.language).words
    session = publication.sessions[0] if edition.per and publication.sessions else None
    people, organisation, original = settings.people, settings.organisation, settings.original
    named = ((people.approved, ""), (original.issuer, BASIS))
    return Metadata(
        title=settings.title + (f" – {words['session']} {session.number}" if session else ""),
        subtitle=settings.subtitle,
        creator=people.compiled or organisation.unit,
        publisher=organisation.unit,
        description=settings.notice or settings.subtitle,
        rights=words["rights"] if settings.imprint_profile == "noi-bo" else "",
        language=settings.language,
        date=settings.date,
        compiled=bool(people.compiled),
        contributors=tuple((name, role) for name, role in named if name),
        source=" ".join(_cited(original, words)),
        subject=_capital(original.subject.removeprefix(f"{words['about']} ")),
        kind=_capital(settings.kind),
        period=settings.period,
        series=Series(settings.title, "set", str(session.number)) if session else _series(settings),
        part=session.id if session else "",
        accessibility=settings.accessibility,
    )


def _cited(original: Original, words: Mapping[str, str]) -> Iterator[str]:
    """Cite the document studied, as the imprint does."""
    if not (original.number or original.subject or original.kind):
        return
    yield from filter(None, (original.kind,))
    yield from (f"{words['number']} {original.number}",) if original.number else ()
    yield from (dates.long_date(original.date),) if original.date else ()
    yield from (f"{words['of']} {original.issuer}",) if original.issuer else ()
    yield from filter(None, (original.subject,))


def _series(settings: Settings) -> Series | None:
    """Name the series of what a unit brings out period by period, all of one kind."""
    if not (settings.period and settings.kind):
        return None
    return Series(" – ".join(filter(None, (_capital(settings.kind), settings.organisation.unit))), "series")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
