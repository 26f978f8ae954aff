"""A document comes in, stopped before it is laid out; its pages go out one by one, each as long as is asked for.

WeasyPrint lays out a document at one go. Here it is asked for every page singly, which may be laid out again: a page
ends before a block by a break that is taken back afterwards. All pages of a flow fall on one side of the spread.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import weasyprint.document
import weasyprint.layout
from weasyprint.document import Document, Page
from weasyprint.formatting_structure import boxes
from weasyprint.layout.block import block_level_page_break
from weasyprint.layout.page import remake_page

from builder.press.standing_in import in_place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from xml.etree import ElementTree as ET

    Render = Callable[[ET.Element], Document]

AVOIDED = ("avoid", "avoid-page")
LEADS_IN = 400  # letters; a longer passage does not go to the next page for the sake of what it leads in
HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
SET_PAGE = "Step 5 - Creating layout - Page %d"
PROGRESS = logging.getLogger("weasyprint.progress")


def opened(tree: ET.Element, units: Sequence[ET.Element], side: str, render: Render) -> Flow:
    """Have WeasyPrint make boxes of a document, and stop it before it lays them out.

    Args:
        tree: the document.
        units: elements of it, in order, before which a page may be asked to end.
        side: where its pages fall, ``left`` or ``right``.
        render: lays out a document.
    """
    caught: list[Any] = []

    def catch(html: object, root: object, context: object) -> list[Any]:
        caught.extend((html, root, context))
        return []

    with in_place_of(weasyprint.document, "layout_document", catch):
        render(tree)
    html, root, context = caught
    return Flow(html, root, context, units, side)


class Flow:
    """The pages of one side, of which the last may still be set again (``facing.Flow``)."""

    def __init__(self, html: Any, root: Any, context: Any, units: Sequence[ET.Element], side: str) -> None:  # noqa: ANN401
        self.html, self.root, self.context = html, root, context
        self.units, self.side = tuple(units), side
        self.stops = _Stops(root, self.units)
        self.across: Flow | None = None  # the flow on the other side, where that tells what is kept together here
        self.openings: dict[int, int] = {}
        self.kept: list[Any] = []
        self.begun: set[ET.Element] = set()  # of units and what leads in to them, those that begin on pages kept
        self.page: Any = None  # the one set last, which is not kept yet
        self.met: set[ET.Element] = set()  # what begins on it, or goes on
        weasyprint.layout.initialize_page_maker(context, root)
        context.rendered_notes = []
        self.state = self._state()

    @property
    def finished(self) -> bool:
        """Tell whether everything is on pages that are kept."""
        resume_at, *_ = self.context.page_maker[len(self.kept)]
        return bool(self.kept) and resume_at is None and not self.context.reported_footnotes

    def set(self, stop: int) -> int:
        """Set the next page, so that unit ``stop`` does not begin on it; return how many have begun by its end."""
        self.page, self.met = None, set()
        if self.finished:
            pass
        elif stop == len(self.units):
            self._lay(None)
        else:
            self._lay_before(stop)
        return self._reached()

    def opening(self, unit: int) -> int:
        """Tell how many units have begun by the end of a page that opens with one; all stays as it is."""
        if unit not in self.openings:
            context, mine = self.context, (self.page, self.met, self.kept.copy(), self.begun.copy(), self.state)
            maker, state = context.page_maker.copy(), self._state()
            self.set(unit)
            self.keep()
            self.openings[unit] = self.set(len(self.units))
            self.page, self.met, self.kept, self.begun, self.state = mine
            context.page_maker = maker
            context.footnotes, context.reported_footnotes, context.broken_out_of_flow = state
        return self.openings[unit]

    def keep(self) -> Any | None:  # noqa: ANN401
        """Keep the page set last, and return it; nothing where nothing was to be set."""
        page, self.page = self.page, None
        if page is not None:
            self.kept.append(page)
            self.begun |= self.met
            self.state = self._state()
        return page

    def pages(self) -> list[Page]:
        """Finish the pages that are kept."""
        maker = self.context.page_maker[: len(self.kept) + 1]
        for *_, remake in maker:
            remake.update(content_changed=False, pages_wanted=False)

        def made(context: Any, *_: object) -> list[Any]:  # noqa: ANN401
            context.page_maker = maker
            return self.kept

        with in_place_of(weasyprint.layout, "make_all_pages", made):
            return [Page(box) for box in weasyprint.layout.layout_document(self.html, self.root, self.context)]

    def _reached(self) -> int:
        """Say how many units have begun by the end of the page set last, unprinted ones among them."""
        resume_at, *_ = self.context.page_maker[-1]
        if resume_at is None and (self.page or self.kept):
            return len(self.units)
        found = (number for number, unit in enumerate(self.units, 1) if unit in self.begun or unit in self.met)
        return max(found, default=0)

    def _lay_before(self, stop: int) -> None:
        """Lay out a page that ends before a unit and what leads in to it; leave it empty when it would begin there."""
        for box, unit in self.stops.before(stop):
            if box.element in self.begun or (unit < stop and not self._together(unit, stop)):
                continue
            self._lay(box)
            if box.element not in self.met:
                return
            if unit == stop:
                break
        self.page, self.met = None, set()
        self._take_back()

    def _together(self, head: int, unit: int) -> bool:
        """Tell whether a unit goes to the next page for the sake of the one it leads in to.

        Heads do, for they must not stand at the foot of a page; text does when the two can begin on one spread.
        """
        return self.stops.are_heads(head, unit) or (self.across is not None and self.across.opening(head) > unit)

    def _lay(self, before: Any) -> None:  # noqa: ANN401
        """Lay out the next page, until it is full or a box would begin."""
        self._take_back()
        index, maker = len(self.kept), self.context.page_maker
        resume_at, following, _, page_state, remake = maker[index]
        remake.update(content_changed=False, pages_wanted=False, anchors=[], content_lookups=[])
        maker[index] = resume_at, following, self.side == "right", page_state, remake
        PROGRESS.info(SET_PAGE, index + 1)
        with _broken(before):
            self.page, _ = remake_page(index, self.context, self.root, self.html)
        self.met = set(self.stops.met(self.page))

    def _state(self) -> tuple[list[Any], list[Any], dict[Any, Any]]:
        """Note which footnotes are still to come, or left over, and what floats on."""
        context = self.context
        return list(context.footnotes), list(context.reported_footnotes), dict(context.broken_out_of_flow)

    def _take_back(self) -> None:
        """Be where the pages that are kept end."""
        context = self.context
        del context.page_maker[len(self.kept) + 1 :]
        context.footnotes, context.reported_footnotes, context.broken_out_of_flow = (each.copy() for each in self.state)


@contextmanager
def _broken(before: Any) -> Iterator[None]:  # noqa: ANN401
    """Let a page end before a box for a while."""
    if before is None:
        yield
        return
    own = before.style
    before.style = own.copy()  # boxes of the same kind share it
    before.style["break_before"] = "page"
    try:
        yield
    finally:
        before.style = own


class _Stops:
    """Where a page of a flow can end before a unit: the boxes it consists of, before they are laid out."""

    def __init__(self, root: Any, units: Sequence[ET.Element]) -> None:  # noqa: ANN401
        self.numbers = {unit: number for number, unit in enumerate(units)}
        self.places: dict[Any, tuple[Any, int]] = {}  # a box → the one it stands in, which of its children it is
        self.boxes: dict[int, Any] = {}
        self.leaf = next(box for box in root.descendants() if "leaf" in box.element.get("class", "").split())
        self._place(self.leaf)
        self.watched = {box.element for number in self.boxes for box, _ in self.before(number)} | set(units)

    def _place(self, box: Any) -> None:  # noqa: ANN401
        for index, child in enumerate(box.children):
            self.places[child] = box, index
            if child.element in self.numbers and not _generated(child):
                self.boxes.setdefault(self.numbers[child.element], child)
            if isinstance(child, boxes.BlockContainerBox):
                self._place(child)

    def before(self, unit: int) -> tuple[tuple[Any, int], ...]:
        """Say before which boxes a page may end so that a unit does not begin on it, those to be tried first, first.

        Each comes with the first unit that does not begin then: another one where there is nothing but heads between
        the two. The last is the unit itself, for when what leads in to it stands on pages before.
        """
        return (*self._kept_with(unit), (self.boxes[unit], unit))

    def _kept_with(self, unit: int) -> tuple[tuple[Any, int], ...]:
        box, above = self._lead(self.boxes[unit])
        return (*(self._kept_with(above) if above is not None else ()), (box, unit))

    def _lead(self, box: Any) -> tuple[Any, int | None]:  # noqa: ANN401
        """Find the outermost box that begins with what leads in to a box; the unit above when only that leads in."""
        lead, above = None, None
        while True:
            parent, index = self.places[box]
            if above is None and parent.element in self.numbers:
                lead, above = box, self.numbers[parent.element]
            if index and not self._leads_in(parent.children[index - 1], box):
                return lead or box, None
            if not index and (parent is self.leaf or above is not None):
                return lead or box, above
            box = parent.children[index - 1] if index else parent

    def are_heads(self, first: int, unit: int) -> bool:
        """Tell whether nothing but heads stands between the beginnings of two units."""
        return all(self._is_below_heads(number) for number in range(first + 1, unit + 1))

    def _is_below_heads(self, unit: int) -> bool:
        lead, _ = self._lead(self.boxes[unit])
        parent, index = self.places[lead]
        return all(box.element is not None and box.element.tag in HEADS for box in parent.children[:index])

    def _leads_in(self, former: Any, latter: Any) -> bool:  # noqa: ANN401
        """Tell whether a box must not be parted from the next one, and is short enough to go with it."""
        if block_level_page_break(former, latter) not in AVOIDED:
            return False
        inside = [former, *former.descendants()]
        letters = sum(len(box.text) for box in inside if isinstance(box, boxes.TextBox))
        return letters <= LEADS_IN and not any(box.element in self.numbers for box in inside)

    def met(self, page: Any) -> Iterator[ET.Element]:  # noqa: ANN401
        """Yield the units, and what leads in to them, of which something is printed on a page."""
        for box in page.descendants():
            if box.element in self.watched and any(map(_prints, (box, *box.descendants()))):
                yield box.element


def _generated(box: Any) -> bool:  # noqa: ANN401
    return "::" in (box.element_tag or "")


def _prints(box: Any) -> bool:  # noqa: ANN401
    return isinstance(box, boxes.LineBox | boxes.ReplacedBox)
