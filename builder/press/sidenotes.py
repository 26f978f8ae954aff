"""A leaf with notes for its margin comes in; its pages go out, every note beside its clause or carried with a mark.

A layout sets ``<aside class="margin-note" data-beside="<id of the clause>">`` where the note would stand in the text.
Here it is taken out, so that the text is laid out as if there were none, and set on a strip of paper of its own: the
page named ``margin-note``, as wide and as long as the column of notes. The strips are cut to length and pasted beside
their clauses, at the outer side of the page. Their margins are the distance to the text and from note to note.

A note is carried when there is no room for it in the margin: to the foot, as a footnote whose call stands at the end of
the clause's first paragraph or head (class ``footnote``; marks from ``data-marks``, in order on each page), as long as
notes take there no more than their share of the page (``--note-foot``, a number); else it stays in the text where the
layout had put it (class ``inset``). There belongs at once what does not fit its strip, and what the layout wants there
(``--note-place: text``). The leaf is laid out again till all is placed; at the end carried notes are taken
back where that leaves room for them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from weasyprint.document import Page

from builder.press import margin, turning
from builder.press.margin import Carried
from builder.press.strips import FOOT, INSET, Strip, every, is_at_foot, is_note, stands_beside, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    LayOut = Callable[[ET.Element], list[Page]]

BESIDE, MARKS, MARK = "data-beside", "data-marks", "data-n"
CALL = "::footnote-call"
PLACE, SHARE = "__note_place", "__note_foot"  # the names WeasyPrint keeps ``--note-place`` and ``--note-foot`` under
IN_TEXT = "text"
BREAK = re.compile(r"[ \t]*\r?\n[ \t]*")
TAKES_MARK = re.compile("h[1-6]|p")
ROUNDS = 4  # in which notes are carried as planned
TRIALS = 2  # of taking carried notes back
LAST = 8  # from here on no mark is changed, and nothing stays in the margin of a page that is too full


def laid_out(tree: ET.Element, lay_out: LayOut) -> list[Page]:
    """Lay out a leaf.

    Args:
        tree: its markup; carried notes are moved and marked in it.
        lay_out: lays out a document.
    """
    notes = [element for element in tree.iter() if is_note(element)]
    return _Leaf(tree, lay_out, notes).pages() if notes else lay_out(tree)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a clause begins: index of the page, the fragment of the clause's box there, its first baseline (px)."""

    page: int
    box: Any
    baseline: float


@dataclass(frozen=True, slots=True)
class _Draft:
    """The text laid out without the notes beside it, and where these would stand: nothing for one without room."""

    pages: Sequence[Page]
    spots: dict[ET.Element, _Spot]
    tops: dict[ET.Element, float | None]

    def box(self, note: ET.Element) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        """Return the page of a note."""
        return _box(self.pages[self.spots[note].page])


class _Leaf:
    """Lays out one leaf."""

    def __init__(self, tree: ET.Element, lay_out: LayOut, notes: Sequence[ET.Element]) -> None:
        self.tree = tree
        self.lay_out = lay_out
        self.notes = notes
        self.order = {element: number for number, element in enumerate(tree.iter())}
        self.clauses = {element.get("id", ""): element for element in self.order}
        self.parents = {child: parent for parent in self.order for child in parent}
        self.homes = dict(self.parents)
        self.strips = self._strips()

    def pages(self) -> list[Page]:
        """Lay out, carry what has no room, lay out again; then paste the notes in."""
        for note in self._beside():
            if not self.strips[note].fits:
                _add_kind(note, INSET)
        return self._pasted(self._with_notes_back(self._settled()))

    def _settled(self) -> _Draft:
        """Carry notes till every page has room for those that stay."""
        for turn in count():
            draft = self._draft()
            carried = self._carried(draft, turn)
            for note, way in carried.items():
                if way is Carried.INSET or not self._to_foot(note):
                    _add_kind(note, INSET)
            changed = turn < LAST and _marked(draft.pages)
            if not carried and not changed:
                return draft
        raise AssertionError

    def _with_notes_back(self, draft: _Draft) -> _Draft:
        """Take carried notes back into the margin where it has come to have room, if that holds when laid out.

        Where it does not, it is tried once more with those before the page that is too full then.
        """
        back = self._returning(draft)
        for _ in range(TRIALS):
            if not back:
                break
            before = {note: note.attrib.copy() for note in self.notes}
            for note in back:
                self._bring_home(note)
            trial = self._draft()
            changed = _marked(trial.pages)
            trial = self._draft() if changed else trial
            full = [trial.spots[note].page for note, top in trial.tops.items() if top is None]
            if not full and not _marked(trial.pages):
                return trial
            for note in back:
                if FOOT in before[note].get("class", "").split():
                    self._to_foot(note)
            for note, attributes in before.items():
                note.attrib.clear()
                note.attrib.update(attributes)
            back = [note for note in back if full and trial.spots[note].page < min(full)]
        return draft

    def _returning(self, draft: _Draft) -> list[ET.Element]:
        """List the carried notes that there is room for beside their clause, page by page."""
        heights: defaultdict[int, list[float]] = defaultdict(list)
        for note in draft.tops:
            heights[draft.spots[note].page].append(self.strips[note].height)
        found = []
        for note in sorted(draft.spots, key=lambda note: (draft.spots[note].page, draft.spots[note].baseline)):
            strip = self.strips.get(note)
            if note not in draft.tops and strip and strip.fits:
                here = heights[draft.spots[note].page]
                column = margin.Column(0.0, draft.box(note).height, strip.apart)
                if len(margin.fitting(column, [*here, strip.height])) > len(here):
                    here.append(strip.height)
                    found.append(note)
        return found

    def _bring_home(self, note: ET.Element) -> None:
        """Put a note back where the layout had it, to stand in the margin."""
        self.parents[note].remove(note)
        parent = self.parents[note] = self.homes[note]
        later = [place for place, child in enumerate(parent) if self.order[child] > self.order[note]]
        parent.insert(later[0] if later else len(parent), note)
        kinds = [kind for kind in note.get("class", "").split() if kind not in (FOOT, INSET)]
        note.set("class", " ".join(kinds))

    def _beside(self) -> list[ET.Element]:
        return [note for note in self.notes if stands_beside(note)]

    # --- strips ---

    def _strips(self) -> dict[ET.Element, Strip]:
        """Set every note that is not carried on a strip."""
        found: dict[ET.Element, Strip] = {}
        for page in self._apart(self._beside()):
            sheet = _box(page)
            box = next((box for box in every(sheet) if stands_beside(box.element)), None)
            if box is None or box.element in found:  # it went on to a second strip
                found |= {last: replace(found[last], fits=False) for last in list(found)[-1:]}
                continue
            strip = Strip(sheet, box, fits=_word(box, PLACE) != IN_TEXT)
            found[box.element] = replace(strip, fits=strip.fits and strip.whole)
        return found

    def _apart(self, notes: Sequence[ET.Element]) -> list[Page]:
        """Lay out notes by themselves, each on a page of its own."""
        if not notes:
            return []
        root = ET.Element("html", self.tree.attrib)
        ET.SubElement(root, "head")
        leaf = self.tree.find("body/section")
        kinds = {"class": leaf.get("class", "")} if leaf is not None else {}
        section = ET.SubElement(ET.SubElement(root, "body"), "section", kinds)
        for note in notes:
            ET.SubElement(section, "div", {"style": "break-before: page"}).append(note)
        return self.lay_out(root)

    def _measured(self, notes: Sequence[ET.Element], kind: str) -> dict[ET.Element, float]:
        """Say how much room notes take when they are carried (px)."""
        before = [note.attrib.copy() for note in notes]
        for note in notes:
            _add_kind(note, kind)
            note.set("style", "float: none")
        heights: defaultdict[ET.Element, float] = defaultdict(float)
        for page in self._apart(notes):
            box = next((box for box in every(_box(page)) if is_note(box.element)), None)
            if box is not None:
                heights[box.element] += box.margin_height()
        for note, attributes in zip(notes, before, strict=True):
            note.attrib.clear()
            note.attrib.update(attributes)
        return heights

    # --- the text ---

    def _draft(self) -> _Draft:
        """Lay out the text and place the notes, page by page."""
        pages = self._without_notes()
        begun = _spots(pages, {note.get(BESIDE, "") for note in self.notes})
        spots = {note: begun[clause] for note in self.notes if (clause := note.get(BESIDE, "")) in begun}
        by_page: defaultdict[int, list[ET.Element]] = defaultdict(list)
        beside = [note for note in self._beside() if note in spots]
        for note in sorted(beside, key=lambda note: (spots[note].page, spots[note].baseline)):
            by_page[spots[note].page].append(note)
        tops: dict[ET.Element, float | None] = {}
        for number, notes in by_page.items():
            box, strips = _box(pages[number]), [self.strips[note] for note in notes]
            top = box.content_box_y()
            column = margin.Column(top, top + box.height, max(strip.apart for strip in strips))
            wanted = [
                margin.Note(spots[note].baseline - strip.above, strip.height)
                for note, strip in zip(notes, strips, strict=True)
            ]
            tops |= zip(notes, margin.placed(column, wanted), strict=True)
        return _Draft(pages, spots, tops)

    def _without_notes(self) -> list[Page]:
        """Lay out the text, without the notes that stand beside it."""
        places = [(note, self.parents[note], list(self.parents[note]).index(note)) for note in self._beside()]
        for note, parent, _ in reversed(places):
            parent.remove(note)
        try:
            return self.lay_out(self.tree)
        finally:
            for note, parent, place in places:
                parent.insert(place, note)

    def _pasted(self, draft: _Draft) -> list[Page]:
        """Paste the notes in, the last of a clause first, so that they end up in order."""
        for note, top in reversed(draft.tops.items()):
            self.strips[note].paste(draft.box(note), top or 0.0, draft.spots[note].box)
        return [Page(_box(page)) for page in draft.pages]

    # --- carrying ---

    def _carried(self, draft: _Draft, turn: int) -> dict[ET.Element, Carried]:
        """Say which notes have to be carried, and where to."""
        lost = dict.fromkeys((note for note in self._beside() if note not in draft.tops), Carried.INSET)
        full = {draft.spots[note].page for note, top in draft.tops.items() if top is None}
        if full and turn < ROUNDS and (planned := self._planned(draft)):
            return lost | planned
        crowded = [note for note in draft.tops if draft.spots[note].page in full]
        return lost | {note: Carried.INSET for note in crowded if draft.tops[note] is None or turn >= LAST}

    def _planned(self, draft: _Draft) -> dict[ET.Element, Carried]:
        notes = list(draft.tops)
        strips = [self.strips[note] for note in notes]
        box = draft.box(notes[0])
        share = max(_number(strip.box, SHARE) for strip in strips)
        page = margin.Page(box.height, max(strip.apart for strip in strips), share * box.height)
        short = [note for note in notes if self._could_be_at_foot(note, page, box.width)]
        insets, feet = self._measured(notes, INSET), self._measured(short, FOOT)
        candidates = [
            margin.Candidate(
                draft.spots[note].page * box.height
                + _within(draft.spots[note].baseline - strip.above, draft.box(note)),
                strip.height,
                insets[note],
                feet.get(note),
                self.order[self.clauses[note.get(BESIDE, "")]],
                self.order[note],
            )
            for note, strip in zip(notes, strips, strict=True)
        ]
        return {notes[number]: way for number, way in margin.plan(page, candidates).items()}

    def _could_be_at_foot(self, note: ET.Element, page: margin.Page, width: float) -> bool:
        """Tell whether a note is short enough for the foot, by its area; one with footnotes cannot be one itself."""
        strip = self.strips[note]
        return not strip.feet and bool(strip.height * strip.sheet.width / width <= page.foot)

    def _to_foot(self, note: ET.Element) -> bool:
        """Make a note a footnote, called at the end of its clause's first paragraph or head; without one it is not."""
        clause = self.clauses[note.get(BESIDE, "")]
        target = next((each for each in _outside_notes(clause) if TAKES_MARK.fullmatch(str(each.tag))), None)
        if target is None:
            return False
        self.parents[note].remove(note)
        target.append(note)
        self.parents[note] = target
        note.tail = None
        _tighten(note)
        _add_kind(note, FOOT)
        note.set(MARK, _marks(note)[0])
        return True


# --- elements and boxes ---------------------------------------------------------------------------


def _box(page: Page) -> Any:  # noqa: ANN401
    return page._page_box  # noqa: SLF001 - there is no other way in


def _add_kind(element: ET.Element, kind: str) -> None:
    element.set("class", f"{element.get('class')} {kind}")


def _tighten(note: ET.Element) -> None:
    """Take line ends out of a note's markup: in footnotes WeasyPrint 70 takes them for those of lines."""
    for element in note.iter():
        element.text, element.tail = (
            BREAK.sub("" if not words.strip() else " ", words) for words in (element.text or "", element.tail or "")
        )


def _marks(note: ET.Element) -> list[str]:
    return note.get(MARKS, "").split() or ["*"]


def _marked(pages: Iterable[Page]) -> bool:
    """Give the notes at the foot of each page their marks in order; tell whether any has another one now."""
    changed = False
    for page in pages:
        calls = (box.element for box in every(_box(page)) if (box.element_tag or "").endswith(CALL))
        for number, note in enumerate(dict.fromkeys(note for note in calls if is_at_foot(note))):
            mark = _marks(note)[number % len(_marks(note))]
            changed |= note.get(MARK) != mark
            note.set(MARK, mark)
    return changed


def _outside_notes(element: ET.Element) -> Iterator[ET.Element]:
    """Yield an element and what is in it, down to notes for the margin."""
    if not is_note(element):
        yield element
        for child in element:
            yield from _outside_notes(child)


def _spots(pages: Sequence[Page], clauses: set[str]) -> dict[str, _Spot]:
    """Find the first words of clauses; a page that is turned has no margin to put notes in."""
    found: dict[str, _Spot] = {}
    met: set[str] = set()
    for number, page in enumerate(pages):
        upright = _box(page).page_type.name != turning.NAME
        for box in every(_box(page)):
            name = box.element.get("id", "") if box.element is not None else ""
            if name in clauses and name not in met and (first := next(texts(box), None)):
                met.add(name)
                if upright:
                    found[name] = _Spot(number, box, first.position_y + first.baseline)
    return found


def _within(y: float, page: Any) -> float:  # noqa: ANN401
    """Return how far below the head of the text area a place on a page is, within it (px)."""
    return min(max(float(y - page.content_box_y()), 0.0), float(page.height) - 1)


def _word(box: Any, name: str) -> str:  # noqa: ANN401
    """Return the word that a custom property says; nothing where it is not set."""
    return next((token.value for token in box.style[name] or () if token.type == "ident"), "")


def _number(box: Any, name: str) -> float:  # noqa: ANN401
    """Return the number that a custom property says; 0 where it is not set."""
    return next((float(token.value) for token in box.style[name] or () if token.type == "number"), 0.0)
