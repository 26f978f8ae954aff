"""A composition and its page marks come in; what the package says of itself goes out: names, dates, accessibility.

Only what holds by construction is claimed (EPUB Accessibility 1.1). Conformance with WCAG is claimed where the
publication records a person's evaluation of this edition, and never otherwise.
"""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder import stylesheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.composition.nouns import Composition, Metadata
    from builder.ebook.markup import Element
    from builder.ebook.volume import Volume

DUBLIN_CORE = "DC"
UNDATED = datetime.date(1980, 1, 1)  # what a publication without a date was "modified" on: never today


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of the package: namespace (``DC`` or none), element, words, attributes."""

    namespace: str | None
    name: str
    words: str
    attributes: Mapping[str, str] = field(default_factory=dict)


def identifier(composition: Composition) -> str:
    """Name the e-book: the same for the same publisher, publication, edition and session, whatever its text."""
    told = composition.metadata
    name = f"anpham:{told.publisher}:{composition.slug}:{composition.edition.name}"
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{name}:{told.part}" if told.part else name).urn


def modified(metadata: Metadata) -> datetime.datetime:
    """Return when the e-book was made, as far as the publication tells: midnight UTC of its date."""
    return datetime.datetime.combine(metadata.date or UNDATED, datetime.time(), datetime.UTC)


def claims(composition: Composition, volume: Volume, *, pages_of: str | None, covered: bool) -> tuple[Claim, ...]:
    """Return all statements in order.

    Args:
        composition: the e-book's composition.
        volume: its documents.
        pages_of: what the edition is called whose printed pages are marked; nothing when none are.
        covered: there is a cover picture.
    """
    return (
        *_names(composition),
        *_accessibility(composition, volume, paged=pages_of is not None),
        *_conformance(composition),
        *(() if pages_of is None else (_meta("pageBreakSource", _print_source(composition, pages_of)),)),
        # Readers that know only EPUB 2 find the cover by this.
        *((Claim(None, "meta", "", {"name": "cover", "content": "cover-picture"}),) if covered else ()),
    )


def _meta(name: str, words: str, **attributes: str) -> Claim:
    return Claim(None, "meta", words, {"property": name, **attributes})


def _names(composition: Composition) -> Iterator[Claim]:
    told = composition.metadata
    yield Claim(DUBLIN_CORE, "identifier", identifier(composition), {"id": "identifier"})
    yield Claim(DUBLIN_CORE, "title", told.title, {"id": "title"})
    yield _meta("title-type", "main", refines="#title")
    if told.subtitle:
        yield Claim(DUBLIN_CORE, "title", told.subtitle, {"id": "subtitle"})
        yield _meta("title-type", "subtitle", refines="#subtitle")
    yield Claim(DUBLIN_CORE, "language", told.language)
    yield from _people(told)
    date = told.date.isoformat() if told.date else ""
    for name, words in (
        ("publisher", told.publisher),
        ("description", told.description),
        ("subject", told.subject),
        ("type", told.kind),
        ("coverage", told.period),
        ("source", told.source),
        ("rights", told.rights),
        ("date", date),
    ):
        if words:
            yield Claim(DUBLIN_CORE, name, words)
    if told.series:
        yield _meta("belongs-to-collection", told.series.name, id="collection")
        yield _meta("collection-type", told.series.type, refines="#collection")
        if told.series.position:
            yield _meta("group-position", told.series.position, refines="#collection")


def _people(told: Metadata) -> Iterator[Claim]:
    """Yield who made the book, with what they did in MARC's relator codes, where the book tells.

    Names are sorted as they are written: a reading program would turn a Vietnamese name, or a unit's, around.
    """
    made = [("creator", "creator", told.creator, "com" if told.compiled else "isb")] if told.creator else []
    for number, (name, role) in enumerate(told.contributors, 1):
        made.append(("contributor", f"contributor-{number}", name, role))
    for element, key, name, role in made:
        yield Claim(DUBLIN_CORE, element, name, {"id": key})
        yield _meta("file-as", name, refines=f"#{key}")
        if role:
            yield _meta("role", role, refines=f"#{key}", scheme="marc:relators")


def _accessibility(composition: Composition, volume: Volume, *, paged: bool) -> Iterator[Claim]:
    """Yield the discovery metadata (EPUB Accessibility 1.1 §2, vocabulary of schema.org)."""
    seen = _Seen.of(composition, volume)
    yield _meta("schema:accessMode", "textual")
    if seen.pictures:
        yield _meta("schema:accessMode", "visual")
    # What suffices, each way by itself (1.2 asks for all of them).
    if seen.described:
        yield _meta("schema:accessModeSufficient", "textual")
    if seen.pictures:
        yield _meta("schema:accessModeSufficient", "textual,visual")
    features = {
        "structuralNavigation": True,
        "tableOfContents": True,
        "readingOrder": True,
        "displayTransformability": stylesheets.is_transformable(composition.stylesheet),
        "alternativeText": seen.pictures and seen.described,
        "pageBreakMarkers": paged,
        "pageNavigation": paged,
        "unlocked": True,
    }
    for feature, held in features.items():
        if held:
            yield _meta("schema:accessibilityFeature", feature)
    yield _meta("schema:accessibilityHazard", "none")
    yield _meta("schema:accessibilitySummary", " ".join(_summary(composition, seen, paged=paged)))


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the documents hold: pictures that show something, each with words somebody wrote for it; tables, notes."""

    pictures: bool
    described: bool
    tables: bool
    notes: bool

    @classmethod
    def of(cls, composition: Composition, volume: Volume) -> _Seen:
        elements = [element for document in volume.documents for element in document.elements]
        shown = [element for element in elements if element.name in {"img", "svg"} and not _is_decoration(element)]
        written = {figure.alt for figure in composition.figures.values() if figure.alt}
        return cls(
            pictures=bool(shown),
            described=all(_description(element) in written for element in shown),
            tables=any(element.name == "table" for element in elements),
            notes=any("noteref" in element.attributes.get("epub:type", "").split() for element in elements),
        )


def _is_decoration(element: Element) -> bool:
    told = element.attributes
    return told.get("role") == "presentation" or told.get("aria-hidden") == "true"


def _description(element: Element) -> str:
    """Return a picture's words; where nobody described it they are its caption's, which nobody wrote to replace it."""
    return element.attributes.get("alt" if element.name == "img" else "aria-label", "")


def _summary(composition: Composition, seen: _Seen, *, paged: bool) -> Iterator[str]:
    """Yield the sentences that are true of this book."""
    words, told = composition.words, composition.metadata.accessibility
    parts = {
        "accessibility": True,
        "accessibility_pages": paged,
        "accessibility_pictures": seen.pictures and seen.described,
        "accessibility_undescribed": seen.pictures and not seen.described,
        "accessibility_no_pictures": not seen.pictures,
        "accessibility_tables": seen.tables,
        "accessibility_notes": seen.notes,
    }
    yield from (words[key] for key, held in parts.items() if held)
    if told.contact:
        # a11y:contactEmail is a term of EPUB Accessibility 1.2; EPUBCheck 5.3 takes it for a mistake.
        yield words["accessibility_contact"].format(address=told.contact)


def _conformance(composition: Composition) -> Iterator[Claim]:
    """Yield the claim of conformance that a recorded evaluation of this edition allows (Accessibility 1.1, §3.5)."""
    evaluated = composition.metadata.accessibility.evaluated
    if evaluated is None or evaluated.date is None or not evaluated.holds(composition.edition.name):
        return
    held = f"EPUB Accessibility 1.1 - WCAG {evaluated.wcag} Level {evaluated.level}"
    yield _meta("dcterms:conformsTo", held, id="conformance")
    yield _meta("a11y:certifiedBy", evaluated.by, id="certifier", refines="#conformance")
    yield _meta("dcterms:date", evaluated.date.isoformat(), refines="#certifier")


def _print_source(composition: Composition, edition: str) -> str:
    """Name what was printed and is marked: publisher, title, year, edition (EPUB Accessibility 1.1 §4.2)."""
    told = composition.metadata
    year = str(told.date.year) if told.date else ""
    return ", ".join(part for part in (told.publisher or told.creator, told.title, year, edition) if part)
