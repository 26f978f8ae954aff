"""A leaf laid out comes in; what is too wide on it is marked, to be set smaller or turned when it is laid out again.

A table wants of each column what its words take, at most ``--column`` (em): columns narrower than that read badly. Is
that more than its room, it is set smaller (``fit``); is it still more, it is turned (``turned``), at the end both. One
whose longest words do not fit even so is set as small as they ask for, down to 5 pt: below ``--legible`` (pt) that is
a fault to be told.

A figure is turned when that shows it more than 1.4 times as large. ``--turn: none`` on a table or a figure keeps it
upright; its writer's word (``turn``, ``upright`` among its classes) counts for more. A heading that would be left alone
goes along with what is turned. A table that is not to be broken is broken after all, below what stands before it, when
it is longer than a page, or would leave its heading or its caption alone.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import table as table_layout
from weasyprint.layout.preferred import table_and_columns_preferred_widths

from builder.press.galley import Fault, Flaw
from builder.press.standing_in import in_place_of
from builder.press.words import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element

    from weasyprint.document import Page

FIT, TURNED = "fit", "turned"
TURN, UPRIGHT = "turn", "upright"  # what a writer asks for
COLUMN, ASKS, LEGIBLE = "__column", "__turn", "__legible"  # the names WeasyPrint keeps ``--column`` … under
NARROWEST = 6.5  # em, of a column of running text, where a layout does not say
SMALLER = 0.88  # of the room it took: what a table set smaller is thought to take, till it is measured
LARGER = 1.4  # from how much larger a figure gets on it is worth turning the book
ROUNDS = 5
READABLE = 7.0  # pt, of letters in a table, where a layout does not say
SMALLEST = 5.0 * 96 / 72  # px, of letters that can be read with young eyes, or with two fingers on a phone
LINE = 1.4  # of the size of letters that are set as small as a table asks for
SHRUNK = "data-shrunk"  # on a table: to how many points its letters were shrunk
NEAR = 0.5  # px; more than rounding
SHY = 0.05  # px, of a size of letters; so that rounding does not make them too large
KEPT_WHOLE = ("avoid", "avoid-page")
STEPS = ((), (FIT,), (TURNED,), (TURNED, FIT))
LEAD_IN = 150  # characters between a heading and what is turned that go along with both
HEADS = {"h1", "h2", "h3", "h4", "h5", "h6"}
VOICES = {"kind", "topic"}  # classes of paragraphs that stand as headings over others
PRINTED = {*HEADS, "p", "li", "dt", "dd", "td", "img", "hr"}


@dataclass(frozen=True, slots=True)
class Width:
    """What a table wants, cannot do without, and has (px)."""

    wanted: float
    least: float
    room: float


def laid_out(tree: Element, lay_out: Callable[[], Iterable[Page]]) -> list[Page]:
    """Lay out a leaf, and again while something on it is too wide that can be set smaller or turned."""
    for _ in range(ROUNDS):
        with watched() as widths:
            pages = list(lay_out())
        if not marked(tree, pages, widths):
            return pages
    with watched():
        return list(lay_out())


@contextmanager
def watched() -> Iterator[dict[Element, Width]]:
    """While a leaf is laid out, give columns a width they can be read at, and note what each table wants."""
    watcher = _Watcher(table_layout.auto_table_layout)
    with in_place_of(table_layout, "auto_table_layout", watcher):
        yield watcher.widths


class _Watcher:
    """Stands in for WeasyPrint's ``auto_table_layout``."""

    def __init__(self, own: Callable[..., None]) -> None:
        self.own = own
        self.widths: dict[Element, Width] = {}

    def __call__(self, context: Any, wrapper: Any, containing: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
        self.own(context, wrapper, containing)
        table = wrapper.get_wrapped_table()
        _, _, least, most, _, _, spacing, _ = table_and_columns_preferred_widths(context, wrapper, outer=False)
        if not table.column_widths or table.element is None:
            return
        narrowest = (_said(table, COLUMN) or NARROWEST) * table.style["font_size"]
        wanted = [max(low, min(high, narrowest)) for low, high in zip(least, most, strict=True)]
        edges = table.border_width() - table.width + spacing
        margins = sum(side for side in (wrapper.margin_left, wrapper.margin_right) if side != "auto")
        self.widths[table.element] = Width(sum(wanted) + edges, sum(least) + edges, containing[0] - margins)
        table.column_widths = shared(table.column_widths, wanted, most)


def _said(box: Any, name: str) -> Any:  # noqa: ANN401
    """Return what a custom property says: a word or a number; nothing where it is not set."""
    return next((token.value for token in box.style[name] or () if token.type in ("ident", "number")), None)


def shared(widths: Sequence[float], wanted: Sequence[float], most: Sequence[float]) -> Sequence[float]:
    """Share out the width of a table, if it is enough: to each column what it wants, of the rest as it can use it.

    Args:
        widths: of its columns, as WeasyPrint has them.
        wanted: what each can be read at.
        most: what each would fill.
    """
    rest = sum(widths) - sum(wanted)
    needy = any(width < want - NEAR for width, want in zip(widths, wanted, strict=True))
    uses = [max(0.0, high - want) for want, high in zip(wanted, most, strict=True)]
    if not needy or rest < 0 or not sum(uses):
        return widths
    return [want + rest * use / sum(uses) for want, use in zip(wanted, uses, strict=True)]


# --- what is marked -------------------------------------------------------------------------------


def marked(tree: Element, pages: Iterable[Page], widths: Mapping[Element, Width]) -> bool:
    """Mark what is too wide on the pages of a leaf; tell whether anything was."""
    hand = _Hand(tree, widths)
    laid = [page._page_box for page in pages]  # noqa: SLF001 - there is no other way in
    for number, page in enumerate(laid):
        hand.look(page, number)
    for before, page in pairwise(laid):
        hand.break_below_head(before, page)
    hand.set_upright()
    return hand.busy


@dataclass(frozen=True, slots=True)
class _Find:
    """A table or a figure on a page; ``ruled``: a rule stands beside it, which says whose words it is."""

    box: Any
    page: Any
    ruled: bool

    @property
    def element(self) -> Element:
        element: Element = self.box.element
        return element

    @property
    def kinds(self) -> list[str]:
        return self.element.get("class", "").split()

    @property
    def must_turn(self) -> bool:
        return TURN in self.kinds

    @property
    def may_turn(self) -> bool:
        """Tell whether its writer and its layout let it be turned, and there is more room when it is."""
        said = self.must_turn or (UPRIGHT not in self.kinds and _said(self.box, ASKS) != "none")
        return bool(said and (TURNED in self.kinds or self.page.height > self.page.width))

    @property
    def pulled_out(self) -> str:
        """The style that lets it begin at the edge of its page: nothing else is there to stand back from."""
        indent = self.box.border_box_x() - self.page.content_box_x()
        stands_back = indent > NEAR and not self.ruled
        return f"margin-left: {-indent:.2f}px; width: {self.page.height:.2f}px" if stands_back else ""


@dataclass(slots=True)
class _Hand:
    """Marks elements of a leaf."""

    tree: Element
    widths: Mapping[Element, Width]
    busy: bool = False
    met: set[Element] = field(default_factory=set)
    images: dict[Element, Any] = field(default_factory=dict)
    turned: dict[Element, int] = field(default_factory=dict)  # what is turned → the page it begins on

    def look(self, page: Any, number: int) -> None:  # noqa: ANN401
        """Look a page over."""
        for box in page.descendants():
            if box.element is not None and TURNED in box.element.get("class", "").split():
                self.turned.setdefault(box.element, number)
        for found in _finds(page, page, ruled=False):
            is_figure = found.element.tag == "figure"
            if found.element not in self.met:
                self.met.add(found.element)
                (self._figure if is_figure else self._table)(found)
            elif is_figure:
                self._parted(found)
            elif found.box.style["break_inside"] in KEPT_WHOLE:
                self._break(found.element)

    def _table(self, found: _Find) -> None:
        """Take a table to the first step at which it is thought to have room."""
        width = self.widths.get(found.element)
        now = STEPS.index(tuple(kind for kind in (TURNED, FIT) if kind in found.kinds))
        step = _step(found, width, now) if width else now
        if step != now:
            self._mark(found, STEPS[step])
        elif width and width.least > width.room + NEAR:
            self._shrink(found, width)

    def _shrink(self, found: _Find, width: Width) -> None:
        """Set a table as small as its longest words ask for; what stands between them stays."""
        size = found.box.style["font_size"]
        between = max(
            (_between(row) for row in found.box.descendants() if isinstance(row, boxes.TableRowBox)), default=0
        )
        smaller = max(size * (width.room - between) / (width.least - between) - SHY, SMALLEST)
        if smaller < size - SHY:
            self.busy = True
            found.element.set(SHRUNK, f"{smaller * 72 / 96:.1f}")
            _style(found.element, f"font-size: {smaller:.2f}px; line-height: {LINE}")

    def _figure(self, found: _Find) -> None:
        """Turn a figure where that is worth it; see that a tall one has room on its page, its caption too."""
        image = next((box for box in found.box.descendants() if isinstance(box, boxes.ReplacedBox)), None)
        if image is None or TURNED in found.kinds:
            return
        self.images[found.element] = image
        beside = found.box.margin_height() - image.height
        along = self._going_along(found.element)
        room = found.page.width - beside - sum(_height(found.page, each) for each in along)
        if found.may_turn and (found.must_turn or _gain(image, found.page.height, room) > LARGER):
            self._mark(found, (TURNED,))
            _style(image.element, f"max-height: {room:.2f}px")
        elif beside + image.height > found.page.height + NEAR:
            self.busy = True
            _style(image.element, f"max-height: {found.page.height - beside:.2f}px")

    def _parted(self, found: _Find) -> None:
        """See that a figure has room for the part of it that fell on the next page: its caption."""
        image = self.images.get(found.element)
        if image is not None and image.height - found.box.margin_height() > found.page.height / 2:
            self.busy = True
            highest = min(image.height, found.page.height) - found.box.margin_height()
            _style(image.element, f"max-height: {highest:.2f}px")

    def _mark(self, found: _Find, kinds: Sequence[str]) -> None:
        self.busy = True
        element = found.element
        if TURNED in kinds and TURNED not in found.kinds:
            _style(element, found.pulled_out)
            for each in self._going_along(element):
                _class(each, (*each.get("class", "").split(), TURNED))
        _class(element, (*(kind for kind in found.kinds if kind not in (FIT, TURNED)), *kinds))

    def _break(self, element: Element) -> None:
        """Let a table longer than a page begin below what stands before it, and break like text."""
        self.busy = True
        _style(element, "break-inside: auto")

    def break_below_head(self, before: Any, page: Any) -> None:  # noqa: ANN401
        """Break a table that has gone to the next page whole, and left its heading, or its caption, alone."""
        heads, first = _blocks(before)[-1:], _blocks(page)[:1]
        if not (heads and first and (_is_head(heads[0]) or heads[0].tag == "caption")):
            return
        for found in _finds(page, page, ruled=False):
            whole = found.element.tag == "table" and found.box.style["break_inside"] in KEPT_WHOLE
            if whole and first[0] in set(found.element.iter()):
                self._break(found.element)

    def set_upright(self) -> None:
        """Set upright again what went along in vain: words that fill a page of their own, before what they lead in."""
        for element in [each for each in self.turned if each.tag in ("table", "figure")]:
            along: list[Element] = []
            for block in self._before(element):
                if block not in self.turned or block.tag == "td":
                    break
                along.append(block)
            if along and not _is_head(along[0]) and self.turned[along[0]] < self.turned[element]:
                self.busy = True
                for each in along:
                    _class(each, (kind for kind in each.get("class", "").split() if kind != TURNED))

    def _going_along(self, element: Element) -> list[Element]:
        """Return the headings right above an element, with the few words between them and it."""
        along: list[Element] = []
        room = LEAD_IN
        for block in self._before(element):
            if _is_head(block):
                room = 0
            else:
                room -= len("".join(block.itertext()))
                if room < 0 or not _is_plain(block):
                    break
            along.append(block)
        return along if along and _is_head(along[-1]) else []

    def _before(self, element: Element) -> list[Element]:
        """Return what prints before an element, from the nearest on."""
        before: list[Element] = []
        for each in self.tree.iter():
            if each is element:
                break
            if each.tag in PRINTED:
                before.append(each)
        return before[::-1]


def _finds(box: Any, page: Any, *, ruled: bool) -> Iterator[_Find]:  # noqa: ANN401
    """Yield the tables and figures in a box."""
    if isinstance(box, boxes.TableBox) or (isinstance(box, boxes.BlockBox) and box.element_tag == "figure"):
        yield _Find(box, page, ruled)
        return
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.Box):
            yield from _finds(child, page, ruled=ruled or bool(child.border_left_width))


def _step(found: _Find, width: Width, now: int) -> int:
    """Say which step a table has room at, from the one it is at now on; the last it may take, when there is none."""
    allowed = [step for step in range(now, len(STEPS)) if TURNED not in STEPS[step] or found.may_turn]
    if found.must_turn:
        allowed = [step for step in allowed if TURNED in STEPS[step]] or allowed
    for step in allowed:
        wanted = width.wanted * (SMALLER if FIT in STEPS[step] and FIT not in STEPS[now] else 1)
        turns = TURNED in STEPS[step] and TURNED not in STEPS[now]
        if wanted <= (found.page.height if turns else width.room) + NEAR:
            return step
    return allowed[-1]


def _gain(image: Any, wide: float, high: float) -> float:  # noqa: ANN401
    """Say how many times as large a picture gets in that room; no larger than it is of itself."""
    own, _, _ = image.replacement.get_intrinsic_size(image.style["image_resolution"], image.style["font_size"])
    ways = (wide / image.width, high / image.height, own / image.width if own else LARGER * 2)
    return float(min(ways)) if image.width > image.height else 0.0


def _height(page: Any, element: Element) -> float:  # noqa: ANN401
    """Return how much of a page's height an element takes (px)."""
    found = (box for box in page.descendants() if box.element is element and isinstance(box, boxes.BlockLevelBox))
    return float(next((box.margin_height() for box in found), 0.0))


def _between(row: Any) -> float:  # noqa: ANN401
    """Return how much of a row's width (px) is not its words'."""
    return float(sum(cell.border_width() - cell.width for cell in row.children))


def small(pages: Iterable[Page]) -> Iterator[Fault]:
    """Yield the tables whose letters were shrunk till they are hard to read, each on its first page."""
    met: set[Element] = set()
    for number, page in enumerate(pages):
        for box in page._page_box.descendants():  # noqa: SLF001 - there is no other way in
            if isinstance(box, boxes.TableBox) and box.element.get(SHRUNK) and box.element not in met:
                met.add(box.element)
                points = float(box.element.get(SHRUNK))
                if points < (_said(box, LEGIBLE) or READABLE):
                    words = shortened(" ".join(" ".join(box.element.itertext()).split()))
                    yield Fault(Flaw.SMALL, number, words, points=points)


def _blocks(page: Any) -> list[Element]:  # noqa: ANN401
    """Return the blocks that have lines on a page, line by line; notes at its foot left out."""
    return [box.element for box in page.children[0].descendants() if isinstance(box, boxes.LineBox)]


def _is_head(element: Element) -> bool:
    return element.tag in HEADS or bool(VOICES & set(element.get("class", "").split()))


def _is_plain(element: Element) -> bool:
    """Tell whether an element is a paragraph, and none that is a clause of its own."""
    return element.tag == "p" and "labelled" not in element.get("class", "").split()


def _class(element: Element, kinds: Iterable[str]) -> None:
    element.set("class", " ".join(kinds))


def _style(element: Element, style: str) -> None:
    element.set("style", "; ".join(filter(None, (element.get("style"), style))))
