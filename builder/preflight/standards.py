"""The metadata of a PDF comes in; the standards it says it keeps go out, and what it then lacks at a glance.

Marks of the standards: PDF/A (ISO 19005, "pdfaid"), PDF/UA (ISO 14289, "pdfuaid"), PDF/X (ISO 15930, "pdfxid").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.pdf import objects
from builder.preflight.colours import CMYK, RGB
from builder.preflight.document import Claim
from builder.preflight.seen import Seen
from builder.preflight.streams import TooLarge, Unreadable, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Pdf

    from builder.preflight.document import Document

ARCHIVE, ACCESSIBLE, EXCHANGE = "PDF/A", "PDF/UA", "PDF/X"
_LARGEST = 2_000_000
_MARK = r"(?:{0}\s*=\s*[\"']|<{0}>\s*)([\w./: -]+)"
_DEEPEST = 400_000  # nodes of a structure tree that are looked at


def claims(pdf: Pdf) -> tuple[Claim, ...]:
    """Read which standards a file says it keeps."""
    words = _metadata(pdf.Root)
    found = []
    if part := _said("pdfaid:part", words):
        found.append(Claim(ARCHIVE, part + _said("pdfaid:conformance", words).lower()))
    if part := _said("pdfuaid:part", words):
        found.append(Claim(ACCESSIBLE, part))
    told = _said("pdfxid:GTS_PDFXVersion", words) or objects.text(
        objects.path(pdf.trailer, "/Info", "/GTS_PDFXVersion")
    )
    if told:
        found.append(Claim(EXCHANGE, told.strip().removeprefix("PDF/X-").removeprefix("PDF/X")))
    return tuple(found)


def _metadata(root: object) -> str:
    try:
        return unpacked(objects.get(root, "/Metadata"), _LARGEST).decode("utf-8", "replace")
    except (Unreadable, TooLarge):
        return ""


def _said(mark: str, words: str) -> str:
    found = re.search(_MARK.format(re.escape(mark)), words)
    return found[1].strip() if found else ""


def check(document: Document, kinds: set[str]) -> Iterator[Seen]:
    """Look for what a claim needs and any program can see; ``kinds`` are the device colours that are used."""
    intents = tuple(_intents(document.root))
    wants = {ARCHIVE: _archive, ACCESSIBLE: _accessible, EXCHANGE: _exchange}
    for claim in document.claims:
        for lacks in wants[claim.family](document, claim, intents):
            yield Seen("PDF_CLAIM_BARE", what=str(claim), values=(("standard", str(claim)), ("why", lacks)))
    if kinds and not intents and not document.claims_of(ARCHIVE):  # gray prints as black everywhere
        yield Seen("PDF_INTENT_MISSING")
    colour = next((kind for kind in intents if kind), "")
    if colour and document.claims_of(ARCHIVE) + document.claims_of(EXCHANGE):
        other = {RGB: CMYK, CMYK: RGB}.get(colour, "")
        if other in kinds:
            yield Seen("PDF_INTENT_OTHER", values=(("used", other.upper()), ("intent", colour.upper())))


def _intents(root: object) -> Iterator[str]:
    """Yield the kind of colour of every output intent: ``rgb``, ``cmyk``, or nothing where no profile tells."""
    for each in objects.members(objects.get(root, "/OutputIntents")):
        count = objects.number(objects.path(each, "/DestOutputProfile", "/N"))
        yield {3: RGB, 4: CMYK}.get(int(count), "")


def _archive(document: Document, claim: Claim, intents: tuple[str, ...]) -> Iterator[str]:
    if not intents:
        yield "no_intent"
    if document.pdf.is_encrypted:
        yield "encrypted"
    if claim.level.endswith("a"):
        yield from _tagged(document.root)


def _accessible(document: Document, _: Claim, __: tuple[str, ...]) -> Iterator[str]:
    root = document.root
    yield from _tagged(root)
    if not objects.text(objects.get(root, "/Lang")):
        yield "no_language"
    if not has_title(document):
        yield "no_title"
    if objects.path(root, "/ViewerPreferences", "/DisplayDocTitle") is not True:
        yield "title_hidden"


def _exchange(document: Document, _: Claim, intents: tuple[str, ...]) -> Iterator[str]:
    if not intents:
        yield "no_intent"
    if document.pdf.is_encrypted:
        yield "encrypted"
    if any(objects.get(page, "/TrimBox") is None and objects.get(page, "/ArtBox") is None for page in document.pages):
        yield "no_trim"
    if not objects.name(objects.path(document.pdf.trailer, "/Info", "/Trapped")):
        yield "no_trapped"


def _tagged(root: object) -> Iterator[str]:
    if objects.path(root, "/MarkInfo", "/Marked") is not True:
        yield "no_mark"
    if objects.get(root, "/StructTreeRoot") is None:
        yield "no_tags"


def has_title(document: Document) -> bool:
    """Tell whether the file has a title, in either place."""
    words = _metadata(document.root)
    in_metadata = re.search(r"<dc:title>.*?<rdf:li[^>]*>\s*[^<\s]", words, re.DOTALL) is not None
    return in_metadata or bool(objects.text(objects.path(document.pdf.trailer, "/Info", "/Title")).strip())


# --- what a reader needs --------------------------------------------------------------------------


def reading(document: Document, long: int) -> Iterator[Seen]:
    """Look for what people who read on a screen, or by ear, need."""
    root = document.root
    if not has_title(document):
        yield Seen("PDF_TITLE_MISSING")
    elif objects.path(root, "/ViewerPreferences", "/DisplayDocTitle") is not True:
        yield Seen("PDF_TITLE_HIDDEN")
    if not objects.text(objects.get(root, "/Lang")):
        yield Seen("PDF_LANGUAGE_MISSING")
    if objects.get(root, "/StructTreeRoot") is None:
        yield Seen("PDF_TAGS_MISSING")
    elif bare := _figures_without_words(root):
        yield Seen("PDF_ALT_MISSING", values=(("count", bare),))
    count = len(document.pages)
    if count > long and objects.path(root, "/Outlines", "/First") is None:
        yield Seen("PDF_BOOKMARKS_MISSING", values=(("count", count),))
    if count > long and objects.get(root, "/PageLabels") is None:
        yield Seen("PDF_LABELS_MISSING", values=(("count", count),))


def _figures_without_words(root: object) -> int:
    """Count the figures of the structure tree that say nothing to who cannot see (ISO 32000-1, 14.9.3)."""
    todo = list(_kids(objects.get(root, "/StructTreeRoot")))
    known: set[tuple[int, int]] = set()
    bare = left = 0
    while todo and left < _DEEPEST:
        node = todo.pop()
        left += 1
        mark = objects.identity(node)
        if not objects.is_dictionary(node) or (mark != (0, 0) and mark in known):
            continue
        known.add(mark)
        is_figure = objects.name(objects.get(node, "/S")) == "Figure"
        bare += is_figure and not any(objects.text(objects.get(node, key)) for key in ("/Alt", "/ActualText"))
        kids = _kids(node)
        left += len(kids)  # an array that many nodes share is read for each
        todo += kids
    return bare


def _kids(node: object) -> tuple[object, ...]:
    kids = objects.get(node, "/K")
    return objects.members(kids) or ((kids,) if objects.is_dictionary(kids) else ())
