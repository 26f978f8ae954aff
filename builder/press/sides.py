"""Pages laid out for one side of the spread come in; how far each moves when it falls on the other goes out.

The margins at the spine and at the fore-edge differ, so a page that changes sides moves sideways. It can be moved after
it was set if nothing but its side margins depends on the side; this is found out on pages with nothing on them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from weasyprint.document import Page

POINTS = 0.75  # in a CSS pixel
SAME = 0.01  # px
SIDES = ("right", "left")
FIRST, LATER = "first", "later"
# Both sides are seen as a leaf's first page and as a later one.
PAGES = 3

Shifts = dict[tuple[str, str], float] | None
"""(``first`` or ``later``, side set for) → points to the right on the other side; nothing when pages differ more."""


def shifts(name: str, lay_out: Callable[[ET.Element, str], list[Page]]) -> Shifts:
    """Find out how pages of a name differ from side to side; ``lay_out`` takes a document and a style rule."""
    seen: dict[tuple[str, str], Any] = {}
    for side in SIDES:
        pages = lay_out(_bare(side), f".leaf {{ page: {name} }} .bare {{ break-after: page }}")
        for number, page in enumerate(pages[:PAGES]):
            seen.setdefault((FIRST if number == 0 else LATER, page._page_box.page_type.side), page._page_box)  # noqa: SLF001 - there is no other way in
    found: dict[tuple[str, str], float] = {}
    for order in (FIRST, LATER):
        right, left = (seen[order, side] for side in SIDES)
        if not _alike(right, left):
            return None
        found[order, "right"] = (left.content_box_x() - right.content_box_x()) * POINTS
        found[order, "left"] = -found[order, "right"]
    return found


def moved(pages: Iterable[Page], known: Shifts) -> tuple[float, ...]:
    """Say how far each page of a leaf moves when it falls on the other side; nothing when one cannot move."""
    if known is None:
        return ()
    types = [page._page_box.page_type for page in pages]  # noqa: SLF001 - there is no other way in
    if any(kind.name != types[0].name for kind in types):
        return ()
    return tuple(known[LATER if number else FIRST, kind.side] for number, kind in enumerate(types))


def _bare(side: str) -> ET.Element:
    """Make a document of pages with nothing on them."""
    root = ET.Element("html", style=f"break-before: {side}")
    leaf = ET.SubElement(ET.SubElement(root, "body"), "section", {"class": "leaf"})
    for _ in range(PAGES):
        ET.SubElement(leaf, "div", {"class": "bare"}).text = "."
    return root


def _alike(right: Any, left: Any) -> bool:  # noqa: ANN401 - WeasyPrint has no types
    """Tell whether two page boxes differ in nothing but how their width is shared out between the side margins."""
    return all(
        abs(ours - theirs) < SAME for ours, theirs in zip(_measures(right), _measures(left), strict=True)
    ) and not (_decorated(right) or _decorated(left))


def _measures(page: Any) -> tuple[float, ...]:  # noqa: ANN401
    return page.margin_width(), page.margin_height(), page.width, page.height, page.content_box_y()


def _decorated(page: Any) -> bool:  # noqa: ANN401
    """Tell whether a page prints something of its own, which a shift would take along."""
    borders = (page.border_left_width, page.border_right_width, page.border_top_width, page.border_bottom_width)
    return any(borders) or painted(page.background) or painted(page.canvas_background)


def painted(background: Any) -> bool:  # noqa: ANN401
    """Tell whether a background of WeasyPrint's has a colour or a picture."""
    return bool(background and (background.color.alpha or any(layer.image for layer in background.layers)))
