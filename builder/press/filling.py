"""A leaf laid out comes in; what is to be filled in it is filled to the foot of its page, to be laid out again.

An element of the class ``fill`` is as tall as its template made it, or as the room its last page has left: its last
child (a ruled line, a row of a form) is set again and again. What follows it on the page keeps its place there, and so
comes to stand at the foot; several on one page share the room.
"""

from __future__ import annotations

from collections import defaultdict
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

    from weasyprint.document import Page

FILL = "fill"
MOST = 200  # lines on a page
SPARE = 0.5  # px; more than rounding


@dataclass(slots=True)
class Filling:
    """What is to be filled in a leaf, in order, and what was put in."""

    asked: tuple[Element, ...]
    added: list[Element] = field(default_factory=list)  # the parent of each line put in

    @classmethod
    def of(cls, tree: Element) -> Filling:
        """Look for what is to be filled."""
        found = (element for element in tree.iter() if FILL in element.get("class", "").split())
        return cls(tuple(element for element in found if len(element)))

    def fill(self, pages: Iterable[Page]) -> bool:
        """Put lines into what is to be filled on pages as they were laid out; tell whether there was room for any."""
        for page in pages:
            for element in self._shared(page._page_box):  # noqa: SLF001 - there is no other way in
                line = deepcopy(element[-1])
                for part in line.iter():
                    part.attrib.pop("id", None)
                element.append(line)
                self.added.append(element)
        return bool(self.added)

    def take_back(self) -> bool:
        """Take the last line out again; tell whether there was one."""
        if not self.added:
            return False
        element = self.added.pop()
        element.remove(element[-1])
        return True

    def _shared(self, page: Any) -> Iterator[Element]:  # noqa: ANN401 - WeasyPrint has no types
        """Deal out the room a page has left, a line to each in turn."""
        lines = _last_lines(page, self.asked)
        room = _foot(page) - max(_bottoms(page), default=_foot(page)) - SPARE
        for _ in range(MOST):
            dealt = False
            for element, height in lines.items():
                if 0 < height <= room:
                    room -= height
                    dealt = True
                    yield element
            if not dealt:
                return


def _last_lines(page: Any, asked: tuple[Element, ...]) -> dict[Element, float]:  # noqa: ANN401
    """Return how high the last line (px) is of what is to be filled and ends on a page."""
    last = {element[-1]: element for element in asked}
    found: defaultdict[Element, float] = defaultdict(float)
    for box in _boxes(page):
        if box.element in last and isinstance(box, boxes.BlockLevelBox | boxes.TableRowBox) and not _generated(box):
            found[last[box.element]] = max(found[last[box.element]], _height(box))
    return {element: found[element] for element in asked if element in found}


def _height(box: Any) -> float:  # noqa: ANN401
    return float(box.height if isinstance(box, boxes.TableRowBox) else box.margin_height())


def _foot(page: Any) -> float:  # noqa: ANN401
    """Return where the text area of a page ends (px): at its foot, or above its footnotes."""
    foot = page.content_box_y() + page.height
    notes = (child for child in page.children if isinstance(child, boxes.FootnoteAreaBox) and child.children)
    return float(min([foot, *(area.position_y for area in notes)]))


def _bottoms(page: Any) -> Iterator[float]:  # noqa: ANN401
    """Yield where everything that stands on a page ends (px); boxes around other boxes count by what is in them."""
    for box in _boxes(page):
        if isinstance(box, boxes.LineBox | boxes.TableRowBox | boxes.ReplacedBox):
            yield box.position_y + box.height
        elif isinstance(box, boxes.BlockBox) and not box.children:
            yield box.border_box_y() + box.border_height()


def _boxes(page: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield the boxes in the flow of a page, without its margins and its footnotes."""
    waiting = [child for child in page.children if not isinstance(child, boxes.MarginBox | boxes.FootnoteAreaBox)]
    while waiting:
        box = waiting.pop()
        if isinstance(box, AbsolutePlaceholder) or not box.is_in_normal_flow():
            continue
        yield box
        waiting += getattr(box, "children", ())


def _generated(box: Any) -> bool:  # noqa: ANN401
    return "::" in (box.element_tag or "")
