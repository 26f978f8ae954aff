"""Pages that are turned come in lying on their side; they go out upright, what is on them turned to the left.

A page that holds something wide is laid out as broad as it is else high, and its margins turn with it: the head of what
stands there is at the left edge of the book's page, on either side of the spread, and the reader turns the book to the
right, as custom has it. Breaks between rows, heads of tables that come again and footnotes are WeasyPrint's own, and
whatever looks at the boxes of the page finds them as they were laid out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weasyprint.layout import page as page_layout

from builder.press.standing_in import in_place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager

    from weasyprint.document import Page

NAME = "turned-page"
STYLE = f".turned {{ page: {NAME}; break-inside: auto }}\n"
# A quarter to the left: what was at the top comes to the left, what was at the right to the top.
SIDES = {"top": "left", "right": "top", "bottom": "right", "left": "bottom"}
OF_A_SIDE = ("margin_{}", "padding_{}", "border_{}_width", "border_{}_style", "border_{}_color", "bleed_{}")


def pages_turned(name: str) -> AbstractContextManager[None]:
    """While a leaf is laid out, let its turned pages be its pages called ``name``, on their side."""
    return in_place_of(
        page_layout, "set_page_type_computed_styles", _Styler(page_layout.set_page_type_computed_styles, name)
    )


class _Styler:
    """Stands in for WeasyPrint's ``set_page_type_computed_styles``."""

    def __init__(self, own: Callable[..., None], name: str) -> None:
        self.own = own
        self.name = name

    def __call__(self, kind: Any, html: Any, style_for: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
        self.own(kind, html, style_for)
        if kind.name != NAME:
            return
        upright = kind._replace(name=self.name, index=1)
        self.own(upright, html, style_for)
        computed = style_for.get_computed_styles()
        for element, pseudo in list(computed):
            if element == upright:
                computed[kind, pseudo] = computed[upright, pseudo]
        computed[kind, None] = _on_its_side(computed[upright, None])


def _on_its_side(style: Any) -> Any:  # noqa: ANN401
    """Turn the style of a page to the right, for it to be turned back."""
    turned = style.copy()
    turned["size"] = style["size"][::-1]
    for here, there in SIDES.items():
        for name in OF_A_SIDE:
            turned[name.format(here)] = style[name.format(there)]
    return turned


def found(pages: Iterable[Page], name: str) -> list[Page]:
    """Return the pages that were laid out on their side; from now on they are called ``name`` as the others are."""
    turned = [page for page in pages if page._page_box.page_type.name == NAME]  # noqa: SLF001 - there is no other way in
    for page in turned:
        page._page_box.page_type = page._page_box.page_type._replace(name=name)  # noqa: SLF001
    return turned


def turn(page: Page) -> None:
    """Set a page upright: all that WeasyPrint knows of it but its boxes, which stay as they are, drawn turned."""
    wide, high = page.width, page.height
    page.width, page.height = high, wide
    page.bleed = {there: page.bleed[here] for here, there in SIDES.items()}
    page.links = [(*link[:2], _rectangle(link[2], wide), *link[3:]) for link in page.links]
    # A reader who comes here wants to see the head of the page, not the foot of the column of turned text.
    page.anchors = dict.fromkeys(page.anchors, (0.0, 0.0, 0.0, 0.0))
    page.bookmarks = [(level, label, (0.0, 0.0), state) for level, label, _, state in page.bookmarks]
    page.paint = _painter(page.paint, wide, high)


def _rectangle(edges: tuple[float, float, float, float], wide: float) -> tuple[float, float, float, float]:
    left, top, right, bottom = edges
    return top, wide - right, bottom, wide - left


def _painter(paint: Callable[..., None], wide: float, high: float) -> Callable[..., None]:
    def painted(stream: Any, scale: float = 1) -> None:  # noqa: ANN401
        upright = stream.page_rectangle
        stream.page_rectangle = (0, 0, wide, high)
        with stream.stacked():
            stream.transform(a=0, b=-1, c=1, d=0, e=0, f=wide * scale)
            paint(stream, scale)
        stream.page_rectangle = upright

    return painted
