"""The laid-out pages of one leaf come in; what stands on each of them, and what is wrong there, goes out.

The boxes of a page are walked once, in reading order. Nothing is looked up in the PDF: the boxes know the elements
they were made of. The letters laid out are held against those of the markup, block by block, so that where a page
begins is exact to the letter, and no passage is lost without a word.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes

from builder.press import fitting, gaps, slots, strips
from builder.press.galley import Fault, Flaw
from builder.press.nouns import Heading, PageFacts
from builder.press.sides import painted
from builder.press.standing_in import stood_for
from builder.press.wording import Wording
from builder.press.words import letters, shortened

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element

    from weasyprint.document import Page

    from builder.press.galley import Copy

MILLIMETRES = 25.4 / 96  # in a CSS pixel
POINTS = 72 / 96  # in a CSS pixel
HEAD = 11.0  # pt; about the first baseline of a page
NEXT_LINE = 6.0  # pt; what is raised or lowered within a line stays below
TOLERANCE = 0.3  # mm; rounding and hanging punctuation stay below
HEADING = re.compile("h[1-6]")
CALL = "::footnote-call"
FIRST_LETTER = "::first-letter"
SIDES = ("left", "right", "recto", "verso")


@dataclass(frozen=True, slots=True)
class LeafFacts:
    """What the press knows of a leaf it has laid out.

    Attributes:
        pages: page by page.
        spans: every id → the pages, from 0, of its first and last box.
        lines: page by page, the letters of its lines.
        rows: id → the lines of its own text: page, letters before it, baseline (pt below the head of the text area).
        faults: what is wrong.
        fixed: something stands outside the text area, or asks for a side: the pages cannot change sides.
    """

    pages: tuple[PageFacts, ...]
    spans: dict[str, tuple[int, int]]
    lines: tuple[tuple[str, ...], ...]
    rows: dict[str, tuple[tuple[int, int, float], ...]]
    faults: tuple[Fault, ...]
    fixed: bool

    def turned(self, numbers: Collection[int]) -> LeafFacts:
        """Say of pages that are turned that all their lines stand at the head: they run up the page now."""
        rows = {
            owner: tuple((page, before, HEAD if page in numbers else baseline) for page, before, baseline in lines)
            for owner, lines in self.rows.items()
        }
        return replace(self, rows=rows) if numbers else self


def read(copy: Copy, tree: Element, pages: Sequence[Page]) -> LeafFacts:
    """Walk the pages of a leaf; ``tree`` is the markup they were set from."""
    reader = _Reader(copy, gaps.marks(slots.find(tree)))
    found = [reader.page(number, page._page_box) for number, page in enumerate(pages)]  # noqa: SLF001 - there is no other way in
    wording = Wording.of(tree, {element for element, pseudo in reader.marks if not pseudo})
    carried = tuple(note for note, page in reader.calls.items() if reader.notes.get(note, page) != page)
    return LeafFacts(
        tuple(reader.begun(sheet, wording) for sheet in found),
        reader.spans,
        tuple(map(tuple, reader.lines)),
        {owner: tuple(reader.told(rows, wording)) for owner, rows in reader.rows.items()},
        (
            *reader.overflows.values(),
            *strips.collisions(pages),
            *fitting.small(pages),
            *(
                Fault(Flaw.LOST, 0, shortened(words(wording.elements[owner], notes=True)))
                for owner in wording.lost(reader.laid)
            ),
            *(Fault(Flaw.NOTE_CARRIED, reader.calls[note], shortened(words(note, notes=True))) for note in carried),
            *reader.lonely(),
        ),
        reader.fixed,
    )


@dataclass(frozen=True, slots=True)
class _Spot:
    """A letter as it was met: the id it belongs to, the element it stands in, how many of its letters came before."""

    owner: str
    element: Element
    count: int

    def before(self, wording: Wording, own: Mapping[Element, Sequence[str]]) -> int | None:
        """Return how many letters of the markup stand before it; nothing when what was laid out is something else."""
        return wording.before(self.element, "".join(own[self.element]), self.count)


@dataclass(slots=True)
class _Sheet:
    """The facts of one page as they are gathered."""

    number: int
    box: Any
    facts: PageFacts
    headings: list[Heading] = field(default_factory=list)
    clauses: list[str] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    begins: _Spot | None = None  # the first letter of the flow
    started: str = ""  # the first id that begins on the page
    last: Any = None  # the last line of the flow: the block it stands in


class _Reader:
    """Walks the boxes of one leaf, page after page."""

    def __init__(self, copy: Copy, marks: Collection[tuple[Element, str]]) -> None:
        self.copy = copy
        self.marks = marks
        self.spans: dict[str, tuple[int, int]] = {}
        self.seen: dict[int, int] = {}  # id() of an element → page of its first box
        self.laid: defaultdict[str, list[str]] = defaultdict(list)
        self.own: defaultdict[Element, list[str]] = defaultdict(list)
        self.count: Counter[Element] = Counter()
        self.lines: list[list[str]] = []
        self.rows: defaultdict[str, list[tuple[int, _Spot, float]]] = defaultdict(list)
        self.overflows: dict[tuple[int, str], Fault] = {}  # the worst of each block
        self.calls: dict[Element, int] = {}
        self.notes: dict[Element, int] = {}
        self.kept: dict[Element, dict[int, int]] = {}  # a block's lines, page by page
        self.feet: list[Any] = []
        self.fixed = False
        self.force = {"part": copy.title, "section": copy.title, "clause": ""}

    def page(self, number: int, box: Any) -> _Sheet:  # noqa: ANN401 - WeasyPrint has no types
        """Read one page; where it begins is told when all of them are read."""
        kind = box.page_type
        self.fixed |= kind.blank
        part, section, clause = self.force.values()
        facts = PageFacts(self.copy.leaf, kind.name or "", blank=kind.blank)
        facts = replace(facts, part=part, section=section, clause_first=clause, clause_last=clause)
        sheet = _Sheet(number, box, facts)
        self.lines.append([])
        for child in box.children:
            if not isinstance(child, boxes.MarginBox):
                self._walk(child, None, "", sheet, note=isinstance(child, boxes.FootnoteAreaBox), flow=True)
        self.feet.append(sheet.last)
        first = sheet.facts.clause_first or next(iter(sheet.clauses), "")
        sheet.facts = replace(
            sheet.facts,
            headings=tuple(sheet.headings),
            clauses=tuple(sheet.clauses),
            footnotes=self._as_called(sheet.footnotes),
            clause_first=first,
            clause_last=self.force["clause"],
        )
        return sheet

    def _as_called(self, notes: Sequence[str]) -> tuple[str, ...]:
        """Put footnotes in the order of their calls: those of notes in the margin stand apart from the others."""
        order = {note.get("id", ""): number for number, note in enumerate(self.calls)}
        return tuple(sorted(notes, key=lambda note: order.get(note, -1)))

    def _walk(self, box: Any, parent: Any, owner: str, sheet: _Sheet, *, note: bool, flow: bool) -> None:  # noqa: ANN401
        box = stood_for(box)
        element, generated = box.element, _generated(box.element_tag or "")
        flow = flow and box.is_in_normal_flow()
        note = note or strips.stands_beside(element)
        if element is not None and not generated and (parent is None or element is not parent.element):
            if element.tag == "thead" and self.seen.get(id(element), sheet.number) < sheet.number:
                return  # the head of a table, repeated on its next page
            owner = self._enter(element, box, owner, sheet, note=note)
        elif element is not None and box.element_tag.endswith(CALL):
            self.calls[element] = sheet.number
        if isinstance(box, boxes.TextBox) and not generated:
            self._text(box, owner, sheet, note=note, flow=flow)
        elif isinstance(box, boxes.LineBox):
            self._line(box, parent, owner, sheet, flow=flow and not note)
        for child in getattr(box, "children", ()):
            self._walk(child, box, owner, sheet, note=note, flow=flow)

    def _enter(self, element: Element, box: Any, owner: str, sheet: _Sheet, *, note: bool) -> str:  # noqa: ANN401
        """Come to an element's box; return the id the text below belongs to."""
        identity = element.get("id", "")
        if identity:
            first = self.spans.get(identity, (sheet.number, 0))[0]
            self.spans[identity] = (first, sheet.number)
        if id(element) not in self.seen:
            self.seen[id(element)] = sheet.number
            sheet.started = sheet.started or ("" if note else identity)
            self._begin(element, identity or owner, sheet)
        if note and "footnote" in element.get("class", "").split():
            self.notes[element] = sheet.number
            if not strips.is_at_foot(element):
                sheet.footnotes.append(identity)
        self.fixed |= _holds_its_side(element, box, sheet.box)
        return identity or owner

    def _begin(self, element: Element, anchor: str, sheet: _Sheet) -> None:
        """Note what an element that begins on this page says of it."""
        if HEADING.fullmatch(str(element.tag)):
            sheet.headings.append(Heading(int(element.tag[1]), element.get("data-outline") or words(element), anchor))
        for name in ("part", "section"):
            if value := element.get(f"data-{name}"):
                self.force[name] = value
        if not sheet.begins:
            sheet.facts = replace(sheet.facts, part=self.force["part"], section=self.force["section"])
        if label := element.get("data-clause"):
            sheet.clauses.append(label)
            self.force["clause"] = label
            if not sheet.begins:
                sheet.facts = replace(sheet.facts, clause_first=label)

    def _text(self, box: Any, owner: str, sheet: _Sheet, *, note: bool, flow: bool) -> None:  # noqa: ANN401
        found = letters(box.text)
        spot = _Spot(owner, box.element, self.count[box.element])
        if found and not note:
            sheet.begins = sheet.begins or spot
            self._row(box, spot, sheet)
        self.laid[owner].append(found)
        self.own[box.element].append(found)
        self.count[box.element] += len(found)
        self._place(box, owner, sheet, inside=flow and not note)

    def _row(self, box: Any, spot: _Spot, sheet: _Sheet) -> None:  # noqa: ANN401
        """Take down a line of an id's text when its first piece is met."""
        baseline = round((box.position_y + box.baseline - sheet.box.content_box_y()) * POINTS, 1)
        rows = self.rows[spot.owner]
        if not rows or rows[-1][0] != sheet.number or baseline > rows[-1][2] + NEXT_LINE:
            rows.append((sheet.number, spot, baseline))

    def told(self, rows: Iterable[tuple[int, _Spot, float]], wording: Wording) -> Iterator[tuple[int, int, float]]:
        """Say of lines how many letters stand before them; of one that is not as in the markup, as the one before."""
        latest = 0
        for page, spot, baseline in rows:
            before = spot.before(wording, self.own)
            latest = latest if before is None else before
            yield page, latest, baseline

    def begun(self, sheet: _Sheet, wording: Wording) -> PageFacts:
        """Say where a page begins: at its letter if the markup has it there, else at the first block begun on it."""
        if sheet.begins is None:
            return sheet.facts
        before = sheet.begins.before(wording, self.own)
        owner = sheet.started if before is None else sheet.begins.owner
        head = wording.head(owner, before or 0)
        return replace(sheet.facts, begins=(owner, before or 0), exact=before is not None, head=head)

    def _place(self, box: Any, owner: str, sheet: _Sheet, *, inside: bool) -> None:  # noqa: ANN401
        """Hold a piece of text against the edges of the sheet and, in the flow, of the text area."""
        page = sheet.box
        right, bottom = box.position_x + box.width, box.position_y + box.height
        left_edge, top_edge = page.content_box_x(), page.content_box_y()
        out = max(left_edge - box.position_x, right - left_edge - page.width)
        self.fixed |= out * MILLIMETRES > TOLERANCE
        cut = max(-box.position_x, right - page.margin_width(), -box.position_y, bottom - page.margin_height())
        if cut * MILLIMETRES > TOLERANCE:
            self._measure(sheet, owner, box.text, cut, Flaw.CUT)
        elif inside:
            beyond = max(out, top_edge - box.position_y, bottom - top_edge - page.height)
            self._measure(sheet, owner, box.text, beyond, Flaw.OUTSIDE)

    def _line(self, line: Any, parent: Any, owner: str, sheet: _Sheet, *, flow: bool) -> None:  # noqa: ANN401
        """Compare a line with the room its block has for it; count it to its block."""
        found = [box for box in line.descendants() if isinstance(box, boxes.TextBox)]
        text = "".join(box.text for box in found)
        if parent is None or not text.strip():
            return
        pieces = groupby(found, key=lambda box: gaps.mark(box) in self.marks)
        self.lines[-1] += [letters("".join(box.text for box in piece)) for slot, piece in pieces if not slot]
        if not isinstance(parent, boxes.InlineBlockBox):
            beyond = line.position_x + line.width - (parent.content_box_x() + parent.width)
            self._measure(sheet, owner, text, beyond, Flaw.OVERFLOW)
            if flow and parent.element is not None:
                sheet.last = parent.element
                pages = self.kept.setdefault(parent.element, {})
                pages[sheet.number] = pages.get(sheet.number, 0) + 1

    def _measure(self, sheet: _Sheet, owner: str, text: str, pixels: float, flaw: Flaw) -> None:
        """Keep the worst case of a block on a page; text off the sheet or the text area counts for more."""
        beyond = pixels * MILLIMETRES
        worst = self.overflows.get((sheet.number, owner))
        graver = worst is None or (_gravity(flaw), beyond) > (_gravity(worst.flaw), worst.millimetres)
        if beyond > TOLERANCE and text.strip() and graver:
            shown = worst.words if worst else shortened(text)
            self.overflows[sheet.number, owner] = Fault(flaw, sheet.number, shown, beyond)

    def lonely(self) -> Iterator[Fault]:
        """Yield headings parted from their text, and single lines parted from their paragraph."""
        with_text = [number for number, last in enumerate(self.feet) if last is not None]
        for number in with_text[:-1]:
            last = self.feet[number]
            if HEADING.fullmatch(str(last.tag)):
                yield Fault(Flaw.HEADING_ALONE, number, shortened(words(last)))
        for element, pages in self.kept.items():
            if len(pages) > 1:
                first, last = min(pages), max(pages)
                if pages[first] == 1:
                    yield Fault(Flaw.ORPHAN, first, shortened(words(element)))
                if pages[last] == 1:
                    yield Fault(Flaw.WIDOW, last, shortened(words(element)))


def _holds_its_side(element: Element, box: Any, page: Any) -> bool:  # noqa: ANN401
    """Tell whether a box asks for a side of the spread, or prints outside the text area without a word."""
    if element.tag in ("html", "body"):
        return False
    if box.style["break_before"] in SIDES or box.style["break_after"] in SIDES:
        return True
    if not isinstance(box, boxes.BlockLevelBox) or not _prints(box):
        return False
    left, edge = box.border_box_x(), page.content_box_x()
    out = max(edge - left, left + box.border_width() - edge - page.width)
    return bool(out * MILLIMETRES > TOLERANCE)


def _prints(box: Any) -> bool:  # noqa: ANN401
    """Tell whether a box is a picture, or has a background or a border at its sides."""
    return (
        isinstance(box, boxes.ReplacedBox)
        or painted(box.background)
        or bool(box.border_left_width or box.border_right_width)
    )


def _generated(tag: str) -> bool:
    """Tell what a style has put in from what is in the markup, such as a first letter that is set otherwise."""
    return "::" in tag and not tag.endswith(FIRST_LETTER)


def _gravity(flaw: Flaw) -> int:
    return (Flaw.OVERFLOW, Flaw.OUTSIDE, Flaw.CUT).index(flaw)


def words(element: Element, *, notes: bool = False) -> str:
    """Return an element's words, without its footnotes unless asked for, spaces made one."""
    return " ".join("".join(element.itertext() if notes else _runs(element)).split())


def _runs(element: Element) -> Iterable[str]:
    yield element.text or ""
    for child in element:
        if "footnote" not in child.get("class", "").split():
            yield from _runs(child)
        yield child.tail or ""
