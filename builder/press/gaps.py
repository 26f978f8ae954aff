"""The laid-out pages of a leaf come in; the lines in which figures can be exchanged when the book is gathered go out.

Figures are exchanged in standing type: the line is not broken anew. That is right where all figures are as wide as the
nought, and in a line that is not justified, whose words then move a little. Where neither holds, in headings (whose
words go into the outline), and beside what is no text, the leaf has to be set with the figures themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from builder import fonts
from builder.press.galley import Gap, Line
from builder.press.slots import Tells
from builder.press.standing_in import stood_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from weasyprint.document import Page

    from builder.fonts import Face
    from builder.press.slots import Slot

HEADING = re.compile("h[1-6]")
NOTE_MARKS = ("footnote-call", "footnote-marker")
SHARES = {"right": 1.0, "end": 1.0, "center": 0.5}


@dataclass(frozen=True, slots=True)
class _Row:
    """A line with slots: its page, the block it stands in, its box, what stands in it from left to right."""

    page: int
    block: Any
    box: Any
    parts: tuple[Any, ...]

    @property
    def share(self) -> float:
        """How much of what the line grows shorter by is taken at its left end."""
        return share(self.box)

    @property
    def room(self) -> float:
        """How much longer the line may get (px)."""
        return float(self.block.width - self.box.width)

    @property
    def justified(self) -> bool:
        return any(getattr(part, "justification_spacing", 0) for part in self.parts)


class Gaps:
    """The lines of a leaf with figures to be exchanged, and the slots (by number) where they cannot be."""

    def __init__(self, tree: Element, slots: Sequence[Slot], pages: Iterable[Page], faces: Iterable[Face]) -> None:
        """Look the lines up.

        Args:
            tree: the leaf.
            slots: its slots, in order.
            pages: laid out.
            faces: those they were set in.
        """
        self._slots = tuple(slots)
        self._marks = marks(slots)
        self._faces = tuple(faces)
        boxes_of = ((number, page._page_box) for number, page in enumerate(pages if slots else ()))  # noqa: SLF001 - there is no other way in
        self._rows = [row for number, box in boxes_of for row in self._look(box, number, None)]
        heads = [element for element in tree.iter() if HEADING.fullmatch(str(element.tag))]
        inside = {element for head in heads for element in head.iter()}
        self.rigid = {
            number for number, slot in enumerate(slots) if slot.element in inside and slot.tells is not Tells.NOTE
        }
        for row in self._rows:
            self.rigid |= set(self._stuck(row))

    def _look(self, box: Any, page: int, block: Any) -> Iterator[_Row]:  # noqa: ANN401 - WeasyPrint has no types
        box = stood_for(box)
        if isinstance(box, boxes.LineBox):
            parts = tuple(_parts(box))
            if any(self._number(part) is not None for part in parts):
                yield _Row(page, block, box, parts)
        for child in getattr(box, "children", ()):
            yield from self._look(child, page, box)

    def _number(self, part: Any) -> int | None:  # noqa: ANN401
        return self._marks.get(mark(part)) if isinstance(part, boxes.TextBox) else None

    def _stuck(self, row: _Row) -> Iterator[int]:
        """Yield the slots of a line whose figures cannot be exchanged."""
        numbers = [self._number(part) for part in row.parts]
        first = next(place for place, number in enumerate(numbers) if number is not None)
        moving = row.parts if row.share else row.parts[first:]
        solid = not all(isinstance(part, boxes.TextBox) for part in moving)
        slots = [(part, number) for part, number in zip(row.parts, numbers, strict=True) if number is not None]
        tight = sum(self._spread(text) for text, _ in slots) > row.room
        for text, number in slots:
            underlined = text.style["text_decoration_line"] != "none"
            if solid or tight or underlined or (row.justified and self._set_wide(text)):
                yield number

    def _widths(self, text: Any) -> list[tuple[int, ...]]:  # noqa: ANN401
        """Return the widths of the figures in the cuts of the family a text is set in."""
        names = {face.family for face in self._faces}
        family = next((name for name in text.style["font_family"] if name in names), "")
        return [fonts.figure_widths(face) for face in self._faces if face.family == family]

    def _spread(self, text: Any) -> float:  # noqa: ANN401
        """Return how much wider a text can get than with noughts (px)."""
        wider = max((max(widths) - widths[0] for widths in self._widths(text)), default=0)
        return float(text.text.count("0") * wider * text.style["font_size"] / 1000)

    def _set_wide(self, text: Any) -> bool:  # noqa: ANN401
        """Tell whether a justified line would have to be justified anew."""
        return " " in text.text.strip() or any(len(set(widths)) > 1 for widths in self._widths(text))

    def lines(self, streams: Sequence[Any]) -> Iterator[Line]:
        """Yield the lines, when WeasyPrint has written the pages and is about to add the tags.

        Dots that lead to a number are no text: a line they move with cannot be exchanged.
        """
        passed: dict[int, int] = {}  # slot → how much of its words has been met
        for row in self._rows:
            tagged = streams[row.page]._tags  # noqa: SLF001 - there is no other way in
            texts = [part for part in row.parts if part in tagged]
            gaps = [gap for place, text in enumerate(texts) for gap in self._gap(place, text, passed)]
            yield Line(row.page, tuple(tagged[text]["mcid"] for text in texts), row.share, tuple(gaps))

    def _gap(self, place: int, box: Any, passed: dict[int, int]) -> Iterator[Gap]:  # noqa: ANN401
        """Find out which characters of a slot's words stand in a piece of text: some of them, or all beside others."""
        number, bare = self._number(box), box.text.strip()
        if number is None or number in self.rigid or not bare:
            return
        words = self._slots[number].filled
        if words in bare:
            yield Gap(place, box.text, box.text.index(words), number, 0, len(words))
            return
        start = words.index(bare, passed.get(number, 0))
        passed[number] = start + len(bare)
        yield Gap(place, box.text, box.text.index(bare), number, start, len(bare))


def marks(slots: Iterable[Slot]) -> dict[tuple[Element, str], int]:
    """Map what a box is told by (``mark``) to the number of the slot whose words it shows."""
    return {
        (element, pseudo): number
        for number, slot in enumerate(slots)
        for element in ([slot.element] if slot.tells is Tells.NOTE else slot.element.iter())
        for pseudo in (NOTE_MARKS if slot.tells is Tells.NOTE else ("",))
    }


def mark(box: Any) -> tuple[Element, str]:  # noqa: ANN401
    """Tell a box by its element and pseudo-element."""
    return box.element, (box.element_tag or "").partition("::")[2]


def share(line: Any) -> float:  # noqa: ANN401
    """Return how much of the room left in a line stands at its left end: 0 for a line flush left."""
    last = line.style["text_align_last"] if line.resume_at is None else "auto"
    return SHARES.get(line.style["text_align_all"] if last == "auto" else last, 0.0)


def _parts(box: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield what stands in a line: text, and boxes that are no text; what was taken out of the line is passed over."""
    for child in box.children:
        if isinstance(child, AbsolutePlaceholder) or not child.is_in_normal_flow():
            continue
        if isinstance(child, boxes.InlineBox) and not child.is_leader:
            yield from _parts(child)
        else:
            yield child
