"""Notes for the margin come in, each a box laid out on a strip of paper of its own; they go out pasted on their pages.

Also here: what of a page is printed where, so that a note that stands on another one, or on the text, is found.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes

from builder.press.galley import Fault, Flaw
from builder.press.standing_in import stood_for
from builder.press.words import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

    from weasyprint.document import Page

    Area = tuple[float, float, float, float]  # left, top, right, bottom (px)

NOTE, FOOT, INSET = "margin-note", "footnote", "inset"
TOUCHING = 1.2  # px; letters reach beyond their line, and widths are sums of fractions


def kinds(element: Element) -> set[str]:
    """Return the classes of an element."""
    return set(element.get("class", "").split())


def is_note(element: Element | None) -> bool:
    """Tell whether an element is a note for the margin, carried or not."""
    return element is not None and NOTE in kinds(element)


def stands_beside(element: Element | None) -> bool:
    """Tell whether an element is a note that stands in the margin."""
    return element is not None and NOTE in kinds(element) and not {FOOT, INSET} & kinds(element)


def is_at_foot(element: Element | None) -> bool:
    """Tell whether an element is a note for the margin that is carried to the foot."""
    return element is not None and {NOTE, FOOT} <= kinds(element)


@dataclass(frozen=True, slots=True)
class Strip:
    """A note set by itself.

    Attributes:
        sheet: the page it was set on: its margins are the distance to the text and to other notes.
        box: of the note.
        fits: whether all of it is on the strip.
    """

    sheet: Any
    box: Any
    fits: bool

    @property
    def feet(self) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        """Its footnotes, if it has any."""
        return next((each for each in self.sheet.children if isinstance(each, boxes.FootnoteAreaBox)), None)

    @property
    def whole(self) -> bool:
        """Whether what is on the strip is no wider than it."""
        return bool(reach(self.sheet) <= self.sheet.content_box_x() + self.sheet.width + TOUCHING)

    @property
    def height(self) -> float:
        """How long it is, from border to border, its footnotes included (px)."""
        return float(self.box.border_height() + (self.feet.margin_height() if self.feet else 0))

    @property
    def apart(self) -> float:
        """How far it stands from other notes at least (px)."""
        return float(max(self.sheet.margin_top, self.sheet.margin_bottom))

    @property
    def above(self) -> float:
        """How far its first baseline is below its upper border (px)."""
        first = next(texts(self.box), None)
        return float(first.position_y + first.baseline - self.box.border_box_y()) if first else 0.0

    def paste(self, page: Any, top: float, clause: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
        """Cut it out and put it on a page, at the outer side of the text, its upper border at ``top`` (px).

        In reading order it stands behind the clause's words.
        """
        box, feet = self.box, self.feet
        if feet:
            below = box.content_box_y() + box.height
            feet.translate(box.content_box_x() - feet.position_x, below - feet.position_y)
            box.children = [_inside(box), feet]
            box.height += feet.margin_height()
        left = page.content_box_x() + (page.width if page.page_type.side == "right" else -self.sheet.margin_width())
        box.translate(left - self.sheet.position_x, top - box.border_box_y())
        _insert(clause, box)


def _inside(box: Any) -> Any:  # noqa: ANN401
    """Put what is in a block into one of its own: lines and blocks cannot stand side by side."""
    inner = boxes.BlockBox.anonymous_from(box, box.children)
    inner.position_x, inner.position_y = box.content_box_x(), box.content_box_y()
    inner.width, inner.height = box.width, box.height
    for side in ("top", "right", "bottom", "left"):
        for measure in ("margin_{}", "padding_{}", "border_{}_width"):
            setattr(inner, measure.format(side), 0)
    inner.background = None
    return inner


def _insert(clause: Any, note: Any) -> None:  # noqa: ANN401
    """Put a note into the fragment of a clause, behind the clause's own words and before the clauses below it."""
    children = list(clause.children)
    own = {id(each) for each in takewhile(lambda each: each.tag != "section" and not is_note(each), clause.element)}
    place = 1 + max((number for number, child in enumerate(children) if id(child.element) in own), default=-1)
    clause.children = [*children[:place], note, *children[place:]]


def every(box: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield a box and the boxes in it, in order."""
    box = stood_for(box)
    yield box
    for child in getattr(box, "children", ()):
        yield from every(child)


def texts(box: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield the pieces of text in a box."""
    return (each for each in every(box) if isinstance(each, boxes.TextBox) and each.text.strip())


def reach(box: Any) -> float:  # noqa: ANN401
    """Return how far to the right what is printed in a box reaches (px)."""
    return max((area[2] for _, area in _areas(box, None)), default=0.0)


def collisions(pages: Iterable[Page]) -> Iterator[Fault]:
    """Yield the notes in the margin that stand on another one or on the text."""
    for number, page in enumerate(pages):
        notes: dict[Element, list[Area]] = {}
        met: list[Area] = []
        for note, area in _areas(page._page_box, None):  # noqa: SLF001 - there is no other way in
            (met if note is None else notes.setdefault(note, [])).append(area)
        for note, areas in notes.items():
            here = _around(areas)
            if any(_overlap(here, other) for other in met):
                yield Fault(Flaw.COLLIDES, number, shortened(" ".join(note.itertext())))
            met.append(here)


def _areas(box: Any, note: Element | None) -> Iterator[tuple[Element | None, Area]]:  # noqa: ANN401
    """Yield what is printed in a box, and the note in the margin that each piece belongs to."""
    box = stood_for(box)
    if isinstance(box, boxes.MarginBox):
        return
    if note is None and stands_beside(box.element):
        note = box.element
        yield note, _area(box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height())
    if isinstance(box, boxes.ReplacedBox) or (isinstance(box, boxes.TextBox) and box.text.strip()):
        yield note, _area(box.position_x, box.position_y, box.width, box.height)
    for child in getattr(box, "children", ()):
        yield from _areas(child, note)


def _area(left: float, top: float, width: float, height: float) -> Area:
    return left, top, left + width, top + height


def _around(areas: Iterable[Area]) -> Area:
    lefts, tops, rights, bottoms = zip(*areas, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _overlap(one: Area, other: Area) -> bool:
    """Tell whether two areas lie on one another, by more than lines that follow closely do."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > TOUCHING and down > TOUCHING
