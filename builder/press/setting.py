"""The door to WeasyPrint: a ``Case`` of type and ``Copy`` come in; a ``Galley`` goes out.

Each leaf is set by itself, with empty margins, as if by a compositor who knows of no other: what it needs of the rest
of the book, the folios it prints, has been filled into its markup. Fonts are the case's faces alone: Fontconfig is
given an empty configuration, so that no font of the machine can slip in. Nothing is fetched.
"""

from __future__ import annotations

import base64
import gc
import hashlib
import logging
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_to_bytes
from xml.etree import ElementTree as ET

import cssselect2  # type: ignore[import-untyped]
import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Document, DocumentMetadata, Page
from weasyprint.urls import URLFetcher, URLFetcherResponse

from builder import fonts
from builder.press import (
    callback,
    edges,
    faces,
    facts,
    fitting,
    footnotes,
    hanging,
    heads,
    joints,
    justification,
    log,
    opposite,
    sidenotes,
    sides,
    slots,
    tags,
    trimming,
    turning,
)
from builder.press.filling import Filling
from builder.press.galley import Bookmark, Galley, Kind, Line, Spot
from builder.press.gaps import Gaps
from builder.press.log import BASE
from builder.press.nouns import PageFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from builder.press.facts import LeafFacts
    from builder.press.galley import Case, Copy

POINTS = 0.75  # in a CSS pixel
VARIANT = "pdf/a-2a"
PROFILE = "srgb"
THRESHOLDS = (500_000, 10, 10)  # for a leaf of hundreds of pages; after each leaf all is collected
PROGRESS = "weasyprint.progress"
NEW_PAGE = "Step 5 - Creating layout - Page"
# Crisp edges keep /Interpolate off, which PDF/A forbids. The bullets of lists in lists are in few fonts: one for all.
# A line whose footnote has no room left on the page goes to the next page with it.
HOUSE_STYLE = (
    "img { image-rendering: crisp-edges }\nul { list-style-type: disc }\n.footnote { footnote-policy: line }\n"
)
BARE = (
    "@page { background: none !important; border: 0 !important; marks: none !important }\n"
    "html, body, section, div { margin: 0 !important; padding: 0 !important; border: 0 !important;"
    " background: none !important }\n"
)
ELLIPSIS = "…"


class _Store(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
    """Hands out the faces of a case and the figures of the copy at hand, and refuses everything else."""

    def __init__(self, case: Case) -> None:
        self._fail_on_errors = False
        self.refused: dict[str, None] = {}
        self.faces = {_address(face): (face.data, "font/ttf") for face in case.faces}
        self.held = self.faces

    def hold(self, copy: Copy) -> None:
        """Take the figures of the copy that is set next."""
        self.refused = {}
        self.held = {**self.faces, **{BASE + each.path: (each.data, each.media_type) for each in copy.figures}}

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002 - WeasyPrint's signature
        """Return what is held under an address, or what the address itself spells out (``data:``)."""
        body, media_type = _spelt_out(url) if url.startswith("data:") else self.held.get(unquote(url), (b"", ""))
        if not media_type:
            self.refused[url.removeprefix(BASE)] = None
            message = f"{url} is not in the composition"
            raise ValueError(message)
        return URLFetcherResponse(url, body, {"Content-Type": media_type})


class _Leaf(weasyprint.HTML):  # type: ignore[misc] # WeasyPrint has no types
    """A document made of a tree that is parsed already."""

    def __init__(self, tree: ET.Element, store: _Store) -> None:
        self.base_url = BASE
        self.url_fetcher = store
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(tree, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


class Setter:
    """Sets copy from one case."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._store = _Store(case)
        with _no_fonts_missed():
            self._fonts = faces.Fonts()
        self._counters = CounterStyle()
        with log.listening() as self._opening:
            self._faces = self._css(fonts.stylesheet(case.faces, _address))
            self._house, self._style = self._css(HOUSE_STYLE + turning.STYLE), self._css(case.stylesheet)
        self._names = {hashlib.sha256(face.data).digest(): face.file_name for face in case.faces}
        self._shifts: dict[str, sides.Shifts] = {}
        self._furnishing: weasyprint.CSS | None = None

    def set(self, copy: Copy, told: Callable[[int], None]) -> Galley:
        """Set copy; ``told`` is given the number of every page begun, from 1."""
        self._store.hold(copy)
        tree = ET.fromstring(copy.markup)  # noqa: S314 - composed here, with entities resolved
        tree.set("lang", self.case.language)
        tree.set("style", f"break-before: {copy.side}")
        with _collected(), _no_fonts_missed(), _pages_told(told):
            if copy.kind is Kind.FURNITURE:
                return self._furniture(tree)
            if copy.kind is Kind.BLANK:
                return self._blank(tree)
            return self._galley(copy, tree)

    def _galley(self, copy: Copy, tree: ET.Element) -> Galley:
        named = self._css(f".leaf.{copy.name} {{ page: {copy.name} }}\n")
        with log.listening() as listener:
            found = slots.find(tree)  # notes for the margin may be moved while the leaf is laid out
            pages, known = self._filled(copy, tree, named)
            # What the finished book asks of pages as they were laid out.
            spots, bookmarks = _spots(pages), tuple(_bookmarks(pages))
            links = tuple(dict.fromkeys(target for page in pages for target in tags.loosen(page)))
            shifts = self._moved(copy, pages, known)
            places = Gaps(tree, found, pages, self.case.faces)
            lines: list[Line] = []
            tagger = tags.Tagger(
                copy.leaf + copy.suffix, pages, found, lambda streams: lines.extend(places.lines(streams))
            )
            pdf, document = self._written(pages, tagger)
        return Galley(
            pdf,
            known.pages,
            known.spans,
            spots,
            bookmarks,
            links,
            self._glyphs(document),
            known.lines,
            known.rows,
            tuple(lines),
            tuple(sorted(places.rigid)),
            shifts,
            known.fixed or not shifts,
            known.faults,
            tuple(dict.fromkeys((*self._opening.heard, *listener.heard))),
            tuple(self._store.refused),
        )

    def _filled(self, copy: Copy, tree: ET.Element, named: weasyprint.CSS) -> tuple[list[Page], LeafFacts]:
        """Lay out a leaf, and again with what is to be filled filled; a line that takes one more page is left out."""
        pages, known = self._laid_out(copy, tree, named)
        filling, length = Filling.of(tree), len(pages)
        if filling.fill(pages):
            pages, known = self._laid_out(copy, tree, named)
            while len(pages) > length and filling.take_back():
                pages, known = self._laid_out(copy, tree, named)
        return pages, known

    def _laid_out(self, copy: Copy, tree: ET.Element, named: weasyprint.CSS) -> tuple[list[Page], LeafFacts]:
        with (
            heads.balanced(),
            justification.holes_filled(),
            hanging.spaces_hung(),
            joints.opened(),
            footnotes.kept(),
            turning.pages_turned(copy.name),
        ):
            pages = sidenotes.laid_out(tree, lambda sheet: self._trimmed(sheet, named))
        turned = turning.found(pages, copy.name)
        known = opposite.settled(tree, pages, facts.read(copy, tree, pages))
        callback.linked(pages)
        for page in turned:
            turning.turn(page)
        return pages, known.turned({pages.index(page) for page in turned})

    def _trimmed(self, tree: ET.Element, named: weasyprint.CSS) -> list[Page]:
        styles = self._faces, self._house, named, self._style
        pages = fitting.laid_out(tree, lambda: opposite.lay_out(tree, lambda sheet: self._render(sheet, *styles)))
        for page in pages:
            trimming.shrink(page._page_box)  # noqa: SLF001 - there is no other way in
        return pages

    def _moved(self, copy: Copy, pages: list[Page], known: LeafFacts) -> tuple[float, ...]:
        """Say how far each page moves when it falls on the other side; nothing when one cannot move."""
        if known.fixed:
            return ()
        if copy.name not in self._shifts:
            self._shifts[copy.name] = sides.shifts(copy.name, self._bare_pages)
        return sides.moved(pages, self._shifts[copy.name])

    def _bare_pages(self, tree: ET.Element, rule: str) -> list[Page]:
        with log.listening():
            return list(self._render(tree, self._faces, self._house, self._css(rule), self._style).pages)

    def _blank(self, tree: ET.Element) -> Galley:
        """Lay out the empty page between two others, which lets the next leaf open on its side."""
        with log.listening():
            page = self._render(tree, self._faces, self._house, self._style).pages[1]
            pdf, _ = self._written([page], tags.Tagger("blank", [page]))
        return Galley(pdf, (PageFacts(blank=True),), shifts=(0.0,), lines=((),))

    def _furniture(self, tree: ET.Element) -> Galley:
        """Set running heads and folios, untagged."""
        if self._furnishing is None:
            self._furnishing = self._css(self.case.furniture + BARE)
        with log.listening() as listener:
            document = self._render(tree, self._faces, self._style, self._furnishing)
            with tags.type_left_out(self._names):
                pdf = document.write_pdf(output_intent=PROFILE)
        heard = tuple(listener.heard)
        empty = tuple(PageFacts() for _ in document.pages)
        glyphs = self._glyphs(document)
        faults = tuple(edges.cut(document.pages))
        return Galley(pdf, empty, glyphs=glyphs, faults=faults, heard=heard, refused=tuple(self._store.refused))

    def _written(self, pages: list[Page], tagger: tags.Tagger) -> tuple[bytes, Document]:
        """Write laid-out pages as a tagged PDF without its fonts."""
        metadata = DocumentMetadata(lang=self.case.language)
        document = Document(pages, metadata, self._store, self._fonts, {}, PROFILE)
        with tags.type_left_out(self._names), tagger.at_work():
            written: bytes = document.write_pdf(pdf_variant=VARIANT)
        return written, document

    def _glyphs(self, document: Document) -> dict[str, dict[int, tuple[int, str]]]:
        """Gather the glyphs printed of each face."""
        used: dict[str, dict[int, tuple[int, str]]] = {}
        for font in document.fonts.values():
            glyphs = used.setdefault(tags.face_of(font, self._names), {})
            for glyph, width in sorted(font.widths.items()):
                if glyph < font.glyph_count:
                    glyphs.setdefault(glyph, (round(width), _said(font.to_unicode.get(glyph, ""))))
        return used

    def _css(self, style: str) -> weasyprint.CSS:
        return weasyprint.CSS(
            string=style,
            base_url=BASE,
            url_fetcher=self._store,
            font_config=self._fonts,
            counter_style=self._counters,
        )

    def _render(self, tree: ET.Element, *styles: weasyprint.CSS) -> Document:
        return _Leaf(tree, self._store).render(
            font_config=self._fonts,
            counter_style=self._counters,
            stylesheets=list(styles),
            cache={},
            output_intent=PROFILE,
        )


def _said(letters: str) -> str:
    """Return what a glyph stands for; one that cuts a running head short is said to stand for all it leaves out."""
    return ELLIPSIS if letters.endswith(ELLIPSIS) else letters


def _spots(pages: Iterable[Page]) -> dict[str, Spot]:
    """Note where every id stands first, in points from the lower left of its page."""
    spots: dict[str, Spot] = {}
    for number, page in enumerate(pages):
        for anchor, (x, y, *_) in page.anchors.items():
            spots.setdefault(anchor, Spot(number, x * POINTS, (page.height - y) * POINTS))
    return spots


def _bookmarks(pages: Iterable[Page]) -> Iterator[Bookmark]:
    for number, page in enumerate(pages):
        for level, label, (x, y), state in page.bookmarks:
            spot = Spot(number, x * POINTS, (page.height - y) * POINTS)
            yield Bookmark(level, label, spot, closed=state == "closed")


class _Told(logging.Handler):
    """Passes on the pages that WeasyPrint says it lays out."""

    def __init__(self, told: Callable[[int], None]) -> None:
        super().__init__(logging.INFO)
        self.told = told

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(NEW_PAGE) and isinstance(record.args, tuple) and isinstance(record.args[0], int):
            self.told(record.args[0])


@contextmanager
def _pages_told(told: Callable[[int], None]) -> Iterator[None]:
    logger, listener = logging.getLogger(PROGRESS), _Told(told)
    level, propagate = logger.level, logger.propagate
    logger.addHandler(listener)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(listener)
        logger.setLevel(level)
        logger.propagate = propagate


def leave_be() -> None:
    """Keep the garbage collector from walking over what will stay anyway again and again (5 to 15 % of the time).

    What is there already is left out, and the boxes of a leaf are collected when it is done.
    """
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Leave be what is there already, for a while."""
    thresholds = gc.get_threshold()
    leave_be()
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()


@contextmanager
def _collected() -> Iterator[None]:
    """Free the boxes of a leaf, which point at one another, when it is done."""
    try:
        yield
    finally:
        gc.collect()


@contextmanager
def _no_fonts_missed() -> Iterator[None]:
    """No font of the machine is used, so whether Fontconfig finds any does not matter."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "FontConfig cannot load|No fonts configured", UserWarning)
        yield


def _address(face: fonts.Face) -> str:
    return f"{BASE}fonts/{face.file_name}"


def _spelt_out(address: str) -> tuple[bytes, str]:
    """Read a ``data:`` address: its bytes and media type."""
    head, _, body = address.removeprefix("data:").partition(",")
    data = unquote_to_bytes(body)
    media_type = head.partition(";")[0] or "text/plain"
    return base64.b64decode(data) if head.endswith(";base64") else data, media_type
