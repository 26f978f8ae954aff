"""A composition and its page marks come in; what the package says of itself goes out: names, dates, accessibility.

Only what holds by construction is claimed (EPUB Accessibility 1.1): conformance with WCAG needs a person's
evaluation and is never claimed here.
"""

from __future__ import annotations

import datetime
import re
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.composition.nouns import Composition, Metadata
    from builder.ebook.volume import Volume

DUBLIN_CORE = "DC"
UNDATED = datetime.date(1980, 1, 1)  # what a publication without a date was "modified" on: never today
# Sizes a reader could not change: then its text is not "transformable".
FIXED = re.compile(r"!important|\b(?:font-size|line-height|font)\s*:[^;}]*\d(?:px|pt|mm|cm|in|pc)\b")


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of the package: namespace (``DC`` or none), element, words, attributes."""

    namespace: str | None
    name: str
    words: str
    attributes: Mapping[str, str] = field(default_factory=dict)


def identifier(composition: Composition) -> str:
    """Name the e-book: the same for the same publisher, publication and edition, whatever its text."""
    name = f"anpham:{composition.metadata.publisher}:{composition.slug}:{composition.edition.name}"
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


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
    if told.subtitle:
        yield Claim(DUBLIN_CORE, "title", told.subtitle, {"id": "subtitle"})
    yield Claim(DUBLIN_CORE, "language", told.language)
    date = told.date.isoformat() if told.date else ""
    for name, words in (
        ("creator", told.creator),
        ("publisher", told.publisher),
        ("description", told.description),
        ("rights", told.rights),
        ("date", date),
    ):
        if words:
            yield Claim(DUBLIN_CORE, name, words)
    yield _meta("title-type", "main", refines="#title")
    if told.subtitle:
        yield _meta("title-type", "subtitle", refines="#subtitle")


def _accessibility(composition: Composition, volume: Volume, *, paged: bool) -> Iterator[Claim]:
    """Yield the discovery metadata (EPUB Accessibility 1.1 §2, vocabulary of schema.org)."""
    pictures = [
        element for document in volume.documents for element in document.elements if element.name in {"img", "svg"}
    ]
    described = all(element.attributes.get("alt", "").strip() for element in pictures)
    yield _meta("schema:accessMode", "textual")
    if pictures:
        yield _meta("schema:accessMode", "visual")
    yield _meta("schema:accessModeSufficient", "textual" if described else "textual,visual")
    features = {
        "structuralNavigation": True,
        "tableOfContents": True,
        "readingOrder": True,
        "displayTransformability": not FIXED.search(composition.stylesheet),
        "alternativeText": bool(pictures) and described,
        "pageBreakMarkers": paged,
        "pageNavigation": paged,
        "unlocked": True,
    }
    for feature, held in features.items():
        if held:
            yield _meta("schema:accessibilityFeature", feature)
    yield _meta("schema:accessibilityHazard", "none")
    words = composition.words
    yield _meta(
        "schema:accessibilitySummary",
        f"{words['accessibility']} {words['accessibility_pages']}" if paged else words["accessibility"],
    )


def _print_source(composition: Composition, edition: str) -> str:
    """Name what was printed and is marked: publisher, title, year, edition (EPUB Accessibility 1.1 §4.2)."""
    told = composition.metadata
    year = str(told.date.year) if told.date else ""
    return ", ".join(part for part in (told.publisher or told.creator, told.title, year, edition) if part)
