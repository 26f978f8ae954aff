"""The bytes of an EPUB come in; a report goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.preflight.ebooks import documents, package, styles
from builder.preflight.ebooks.volume import NAMES, Volume, opened
from builder.preflight.nouns import Facts, Purpose, Report
from builder.preflight.seen import weighed
from builder.problems import Place, Problems, Severity, of_finished

if TYPE_CHECKING:
    from collections.abc import Iterator

KOBO = "koboSpan"  # the class of what Kobo's reader marks passages by
LOOKED_AT = ("container", "metadata", "links", "reading", "letters")


def look(data: bytes, file: str) -> Report:
    """Look at an EPUB as a store and a reader would.

    Raises:
        Problems: ``EPUB_UNREADABLE``.
    """
    try:
        volume = opened(data, file)
        seen = [*package.container(data, volume), *package.metadata(volume), *package.files(volume)]
        seen += [*package.navigation(volume), *package.cover(volume), *documents.check(volume), *styles.check(volume)]
    except Problems as error:
        raise Problems([of_finished("EPUB_UNREADABLE", Severity.ERROR, Place(file))]) from error
    findings = tuple(weighed([*volume.broken, *seen], file, Purpose.READING))
    facts = Facts("epub", tuple(_facts(volume, len(data))), LOOKED_AT)
    return Report(facts, Purpose.READING, findings, _claims(volume))


def _claims(volume: Volume) -> tuple[str, ...]:
    version = volume.root.get("version", "") if volume.root is not None else ""
    return (f"EPUB {version}",) if version else ()


def _facts(volume: Volume, size: int) -> Iterator[tuple[str, str | int]]:
    root = volume.root
    if root is not None:
        title = root.find("o:metadata/d:title", NAMES)
        if title is not None and title.text:
            yield "title", " ".join(title.text.split())[:80]
    yield "documents", len(volume.documents)
    yield "files", len(volume.parts.names)
    kobo = sum(each.get("class") == KOBO for text in volume.documents.values() for each in text.iter())
    if kobo:
        yield "kobo", kobo
    yield "bytes", size
