"""A PDF as it lies in its file comes in; what concerns it as a whole goes out: locks, scripts, layers, count of pages.

References are to ISO 32000-1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.pdf import objects
from builder.preflight.nouns import Purpose
from builder.preflight.seen import Seen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.preflight.document import Document
    from builder.preflight.marks import Sheet

SADDLE, LEAF = 4, 2
LONG = 20
"""Pages from which a reader needs bookmarks."""

MOST_CHECKED = 8_000_000
"""Bytes of a file whose every stream qpdf is asked to unpack: a thousand times as many in the worst case, seconds."""

_HARMLESS = {"GoTo", ""}
_AT_THE_END = 4
_MOST_NODES = 20_000


def is_duplex(root: object) -> bool:
    """Tell whether a file asks to be printed on both sides (12.2)."""
    return objects.name(objects.path(root, "/ViewerPreferences", "/Duplex")).startswith("Duplex")


def check(document: Document) -> Iterator[Seen]:
    """Look at the file as a whole."""
    if document.pdf.is_encrypted:
        yield Seen("PDF_ENCRYPTED")
    yield from _actions(document)
    if names := sorted(_attached(document)):
        yield Seen("PDF_ATTACHMENT", what=", ".join(names[:8]), values=(("count", len(names)),))
    yield from _layers(document.root)
    yield from _counts(document)
    for number, page in enumerate(document.pages, 1):
        yield from _annotations(document, number, page)


def damage(document: Document, size: int, *, cut: bool) -> Iterator[Seen]:
    """Ask qpdf what it had to mend to read the file.

    To check every stream it unpacks every one: that is left out where they are too large, or were seen to swell.

    Args:
        document: the file.
        size: its bytes.
        cut: some content was too large to read.
    """
    try:
        said: list[object] = list(document.pdf.get_warnings())
        if size <= MOST_CHECKED and not cut:
            said += document.pdf.check_pdf_syntax()
    except objects.REFUSALS as error:
        said = [error]
    if said:
        words = str(said[0]).rpartition(": ")[2]
        yield Seen("PDF_DAMAGED", what=words[:120], values=(("count", len(said)),))


# --- actions --------------------------------------------------------------------------------------


def _actions(document: Document) -> Iterator[Seen]:
    root = document.root
    opened = objects.get(root, "/OpenAction")
    kinds = [objects.name(objects.get(opened, "/S"))]
    kinds += [objects.name(objects.get(action, "/S")) for _, action in objects.entries(objects.get(root, "/AA"))]
    scripted = objects.path(root, "/Names", "/JavaScript") is not None or "JavaScript" in kinds
    for number, page in enumerate(document.pages, 1):
        own = [objects.name(objects.get(action, "/S")) for _, action in objects.entries(objects.get(page, "/AA"))]
        own += list(_annotation_actions(page))
        if "JavaScript" in own:
            yield Seen("PDF_SCRIPT", number)
        if odd := sorted({kind for kind in own if kind not in {*_HARMLESS, "JavaScript", "URI", "GoToR", "Named"}}):
            yield Seen("PDF_ACTION", number, what=", ".join(odd))
    if scripted:
        yield Seen("PDF_SCRIPT")
    if odd := sorted(set(kinds) - _HARMLESS - {"JavaScript"}):
        yield Seen("PDF_ACTION", what=", ".join(odd))


def _annotation_actions(page: object) -> Iterator[str]:
    for annotation in objects.members(objects.get(page, "/Annots")):
        yield objects.name(objects.path(annotation, "/A", "/S"))
        for _, action in objects.entries(objects.get(annotation, "/AA")):
            yield objects.name(objects.get(action, "/S"))


def _attached(document: Document) -> Iterator[str]:
    """Yield the names of embedded files (7.11.4)."""
    todo = [objects.path(document.root, "/Names", "/EmbeddedFiles")]
    seen = 0
    while todo and seen < _MOST_NODES:
        node = todo.pop()
        seen += 1
        todo += objects.members(objects.get(node, "/Kids"))
        pairs = objects.members(objects.get(node, "/Names"))
        yield from (objects.text(each) or "?" for each in pairs[::2])


# --- layers ---------------------------------------------------------------------------------------


def _layers(root: object) -> Iterator[Seen]:
    """Tell the layers, and those that are hidden when the file is opened (8.11.4)."""
    properties = objects.get(root, "/OCProperties")
    groups = objects.members(objects.get(properties, "/OCGs"))
    if not groups:
        return
    usual = objects.get(properties, "/D")
    listed = [objects.identity(each) for each in objects.members(objects.get(usual, "/OFF"))]
    shown = [objects.identity(each) for each in objects.members(objects.get(usual, "/ON"))]
    all_off = objects.name(objects.get(usual, "/BaseState")) == "OFF"
    named = [(objects.text(objects.get(each, "/Name")) or "?", objects.identity(each)) for each in groups]
    hidden = [name for name, known in named if known in listed or (all_off and known not in shown)]
    yield Seen("PDF_LAYERS", what=", ".join(name for name, _ in named[:8]), values=(("count", len(named)),))
    for name in hidden:
        yield Seen("PDF_LAYER_HIDDEN", what=name, values=(("name", name),))


# --- pages ----------------------------------------------------------------------------------------


def _counts(document: Document) -> Iterator[Seen]:
    count = len(document.pages)
    asked = document.purpose is Purpose.SHOP or (document.purpose is Purpose.OFFICE and is_duplex(document.root))
    if not asked or count <= LEAF:  # both sides of a leaf, or one, are a cover or a leaflet
        return
    if count % LEAF:
        yield Seen("PDF_PAGES_ODD", values=(("count", count),))
    elif count % SADDLE:
        values = (("count", count), ("more", SADDLE - count % SADDLE))
        yield Seen("PDF_PAGES_FOUR", values=values)


def blanks(filled: list[bool]) -> Iterator[Seen]:
    """Find blank right-hand pages in the middle, where no one leaves one on purpose."""
    for number in range(3, len(filled) - _AT_THE_END + 1, 2):
        if not filled[number - 1]:
            yield Seen("PDF_BLANK_PAGE", number)


def has_marks(sheet: Sheet) -> bool:
    """Tell whether a page shows anything; white on white is nothing."""
    return sheet.cut or any(not hasattr(mark, "paint") or not mark.paint.is_white for mark in sheet.marks)


def _annotations(document: Document, number: int, page: object) -> Iterator[Seen]:
    """Find what lies on the page and is not of it: links, forms, remarks (12.5); printer's marks are for the shop."""
    kinds: dict[str, int] = {}
    for each in objects.members(objects.get(page, "/Annots")):
        kind = objects.name(objects.get(each, "/Subtype")) or "?"
        kinds[kind] = kinds.get(kind, 0) + 1
    for harmless in ("Popup", "PrinterMark", "TrapNet"):
        kinds.pop(harmless, None)
    if document.purpose is Purpose.OFFICE:
        kinds.pop("Link", None)
    if kinds:
        what = ", ".join(f"{kind} × {count}" for kind, count in sorted(kinds.items()))
        yield Seen("PDF_ANNOTATION", number, what=what, values=(("count", sum(kinds.values())),))
