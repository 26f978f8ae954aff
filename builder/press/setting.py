"""The door to WeasyPrint: one leaf's markup and the side it opens on come in; its pages, laid out, go out.

A leaf is set by itself, so that only leaves whose printed folios changed are set again; WeasyPrint writes the pages of
all leaves into one PDF. Fonts are the composition's faces alone: Fontconfig is given an empty configuration, so
that no font of the machine can slip in. Nothing is fetched: the composition holds everything.
"""

from __future__ import annotations

import base64
import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, unquote_to_bytes
from xml.etree import ElementTree as ET

import cssselect2  # type: ignore[import-untyped]
import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Document, DocumentMetadata, Page
from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import ffi, fontconfig, gobject, pangoft2
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from builder import fonts, problems
from builder.press import tags
from builder.press.log import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.composition.nouns import Composition, Leaf
    from builder.problems import Place

HEAD = '<html xmlns:epub="http://www.idpf.org/2007/ops"><head/><body>'
TAIL = "</body></html>"
SPARE = 1.0  # px; more than rounding
VARIANT = "pdf/a-2a"
PROFILE = "srgb"
# Crisp edges keep /Interpolate off, which PDF/A forbids. The bullets of lists in lists are in few fonts: one for all.
HOUSE_STYLE = "img { image-rendering: crisp-edges }\nul { list-style-type: disc }\n"
BARE = (
    "@page { background: none !important; border: 0 !important; marks: none !important }\n"
    "html, body, section, div { margin: 0 !important; padding: 0 !important; border: 0 !important;"
    " background: none !important }\n"
)

ffi.cdef("FcConfig * FcConfigCreate (void);")


class _Fonts(FontConfiguration):  # type: ignore[misc] # WeasyPrint has no types
    """A font configuration that knows no font of the machine."""

    def __init__(self) -> None:
        self._config = fontconfig.FcConfigCreate()
        self.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
        pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", self.font_map), self._config)
        fontconfig.FcConfigDestroy(self._config)  # the font map holds it now
        self._folder = None
        self.strut_layouts: dict[object, object] = {}
        self.font_features: dict[object, object] = {}


class _Store(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
    """Hands out the faces and figures of a composition and refuses everything else."""

    def __init__(self, composition: Composition) -> None:
        self._fail_on_errors = False
        self.refused: list[str] = []
        self.held = {
            **{_address(face): (face.data, "font/ttf") for face in composition.faces},
            **{BASE + path: (figure.data, figure.media_type) for path, figure in composition.figures.items()},
        }

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002 - WeasyPrint's signature
        """Return what is held under an address, or what the address itself spells out (``data:``)."""
        body, media_type = _spelt_out(url) if url.startswith("data:") else self.held.get(unquote(url), (b"", ""))
        if not media_type:
            self.refused.append(url)
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
    """Sets the leaves of one composition."""

    def __init__(self, composition: Composition) -> None:
        self.composition = composition
        self._store = _Store(composition)
        self._fonts = _Fonts()
        self._counters = CounterStyle()
        self._images: dict[str, object] = {}
        kinds = sorted({leaf.kind for leaf in composition.leaves})
        named = "".join(f".leaf.{kind} {{ page: {kind} }}\n" for kind in kinds)
        self._faces = self._css(fonts.stylesheet(composition.faces, _address))
        self._house, self._style = self._css(HOUSE_STYLE + named), self._css(composition.stylesheet)

    @property
    def refused(self) -> tuple[str, ...]:
        """The addresses that were asked for and not held."""
        return tuple(dict.fromkeys(address.removeprefix(BASE) for address in self._store.refused))

    def pages(self, tree: ET.Element, side: str) -> tuple[Page, ...]:
        """Lay out a leaf whose first page falls on ``side`` (``left`` or ``right``)."""
        tree.set("lang", self.composition.metadata.language)
        tree.set("style", f"break-before: {side}")
        pages = tuple(self._render(tree, self._faces, self._house, self._style).pages)
        for page in pages:
            tags.only_links(page)
            _shrink(page._page_box)  # noqa: SLF001 - there is no other way in
        return pages

    def blank(self, side: str) -> Page:
        """Lay out the empty page that lets the next leaf open on the side across from ``side``."""
        across = {"left": "right", "right": "left"}[side]
        forced = f'<div style="break-before: {across}">.</div>'
        tree = ET.fromstring(f"{HEAD}<div>.</div>{forced}{TAIL}")  # noqa: S314 - written two lines above
        return self.pages(tree, across)[1]

    def furniture(self, tree: ET.Element) -> tuple[bytes, int]:
        """Set running heads and folios; return the PDF, untagged, and how many pages it has."""
        tree.set("lang", self.composition.metadata.language)
        document = self._render(tree, self._faces, self._style, self._css(self.composition.furniture + BARE))
        return document.write_pdf(output_intent=PROFILE), len(document.pages)

    def pdf(self, pages: Sequence[Page]) -> bytes:
        """Write laid-out pages as one tagged PDF."""
        metadata = DocumentMetadata(title=self.composition.metadata.title, lang=self.composition.metadata.language)
        document = Document(list(pages), metadata, self._store, self._fonts, {}, PROFILE)
        with tags.pages_remembered():
            written: bytes = document.write_pdf(pdf_variant=VARIANT, finisher=tags.mend)
        return written

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
            cache=self._images,
            output_intent=PROFILE,
        )


def tree(leaf: Leaf, place: Place, suffix: str = "") -> ET.Element:
    """Parse a leaf's markup into a document; ``suffix`` is put after its ids when it is printed more than once.

    Raises:
        Problems: ``LEAF_BROKEN``.
    """
    try:
        root = ET.fromstring(HEAD + leaf.markup + TAIL)  # noqa: S314 - composed here, with entities resolved
    except ET.ParseError as error:
        raise problems.Problems([problems.leaf_broken(place, f"{leaf.kind}: {error}")]) from error
    if suffix:
        for element in root.iter():
            if identity := element.get("id"):
                element.set("id", identity + suffix)
    return root


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep the garbage collector from walking over thousands of boxes again and again (5 to 15 % of the time)."""
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()


def _address(face: fonts.Face) -> str:
    return f"{BASE}fonts/{face.file_name}"


def _spelt_out(address: str) -> tuple[bytes, str]:
    """Read a ``data:`` address: its bytes and media type."""
    head, _, body = address.removeprefix("data:").partition(",")
    data = unquote_to_bytes(body)
    media_type = head.partition(";")[0] or "text/plain"
    return base64.b64decode(data) if head.endswith(";base64") else data, media_type


def _shrink(box: Any) -> float:  # noqa: ANN401 - WeasyPrint has no types
    """End ruled boxes that a page break cut short where their text ends; return where the text of ``box`` ends, in px.

    WeasyPrint moves lines to the next page to keep others company and leaves the boxes they stood in as tall as they
    were, so that a rule beside the text would run on into the empty room below it.
    """
    inside = [child for child in getattr(box, "children", ()) if isinstance(child, boxes.Box)]
    bottoms = [_shrink(child) for child in inside if child.is_in_normal_flow()]
    bottom: float = box.content_box_y() + box.height
    if not bottoms or not isinstance(box, boxes.BlockBox) or box.style["height"] != "auto" or box.min_height:
        return bottom + float(box.padding_bottom + box.border_bottom_width)
    if box.border_left_width and bottom - max(bottoms) > SPARE:
        box.height -= bottom - max(bottoms)
    return max(bottoms) + float(box.padding_bottom + box.border_bottom_width)
