"""The elements of an article → paragraphs and tables in reading order.

The tree is walked without recursion: what stands a thousand deep is read as what stands at the top. Each open element
keeps the face and the kind of block that hold outside it; when it ends they hold again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import etree

from builder.intake.web import faces, grids, lists, tree, word
from builder.intake.web.faces import Face, Kind
from builder.intake.web.lines import BREAK, Piece, paragraphs
from builder.intake.web.styles import border

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.html import HtmlElement

    from builder.intake.original import Grid, Paragraph
    from builder.intake.record import Record
    from builder.intake.web.notes import Notes
    from builder.intake.web.pictures import Pictures
    from builder.intake.web.styles import Styles

_DEEPEST_LIST = 9
_DISPLAYED = {"block", "list-item", "flex", "grid"}


def read(
    root: HtmlElement, styles: Styles, notes: Notes, pictures: Pictures, record: Record
) -> tuple[Paragraph | Grid, ...]:
    """An element → the blocks in it; pictures are kept in ``pictures``, those that cannot be are reported."""
    return _Setter(root, styles, notes, pictures, record).set()


def read_note(
    root: HtmlElement, styles: Styles, notes: Notes, pictures: Pictures, record: Record
) -> tuple[Paragraph, ...]:
    """The element of a note → its paragraphs; a table in it becomes one paragraph a row."""
    return tuple(grids.flattened(read(root, styles, notes, pictures, record)))


@dataclass(frozen=True, slots=True)
class _Outside:
    """What holds outside an open element."""

    face: Face
    kind: Kind
    block: bool


class _Setter:
    """Walks through one element; ``pieces`` are the words of the paragraph that is being read."""

    def __init__(self, root: HtmlElement, styles: Styles, notes: Notes, pictures: Pictures, record: Record) -> None:
        self.root, self.styles, self.notes, self.pictures, self.record = root, styles, notes, pictures, record
        self.face, self.kind = Face(), Kind()
        self.outside: list[_Outside] = []
        self.pieces: list[Piece] = []
        self.sinks: list[list[Paragraph | Grid]] = [[]]
        self.lists: list[lists.Counted] = []
        self.tables: list[grids.Open] = []
        self.around: list[list[lists.Counted]] = []
        self.pending: list[str] = []
        self.listed: HtmlElement | None = root if root.tag == "li" else None

    def set(self) -> tuple[Paragraph | Grid, ...]:
        walker = etree.iterwalk(self.root, events=("start", "end"))
        for event, element in walker:
            if event == "end":
                self._end(element)
            elif self._skipped(element):
                self.outside.append(_Outside(self.face, self.kind, block=False))
                walker.skip_subtree()
            else:
                self._start(element)
        self._flush()
        return tuple(self.sinks[0])

    def _skipped(self, element: HtmlElement) -> bool:
        """Leave out what is no text; a call of a note, a picture and a label of Word's stand for themselves."""
        name = tree.name(element)
        if name in tree.SILENT:
            return True
        if (called := self.notes.calls.get(element)) and element is not self.root:
            self.pieces.append(Piece("", self.face, element.sourceline or 0, note=called))
            return True
        if name == "img":
            if picture := self.pictures.take(element):
                self.pieces.append(Piece("", self.face, element.sourceline or 0, picture=picture))
            return True
        if name not in tree.BLOCKS and (label := word.label(element)) is not None:
            self.pending.append(label)
            return True
        return False

    # --- elements -------------------------------------------------------------------------------

    def _start(self, element: HtmlElement) -> None:
        name, said = tree.name(element), self.styles.of(element)
        block = name in tree.BLOCKS or said.get("display") in _DISPLAYED
        if block:
            self._flush()
        self.outside.append(_Outside(self.face, self.kind, block))
        if block:
            self.kind = faces.kind(element, self.kind, said)
        self.face = faces.face(element, self.face, said)
        self._open(name, element, said)
        self._take(element.text, element.sourceline)

    def _open(self, name: str, element: HtmlElement, said: Mapping[str, str]) -> None:
        if name == "br":
            self.pieces.append(Piece(BREAK, self.face, element.sourceline or 0))
        elif name == "q":
            self._take("“", element.sourceline)
        elif name in ("ol", "ul", "menu", "dir"):
            self.lists.append(lists.begun(element, said))
        elif name == "li":
            self._item(element, said)
        elif name == "dd":
            self.kind = replace(self.kind, depth=min(_DEEPEST_LIST, len(self.lists) + 1))
        elif name in ("table", "thead", "tr", "td", "th"):
            self._open_table(name, element, said)
        elif name == "p" and (depth := word.depth(said)):
            self.kind = replace(self.kind, depth=depth)

    def _end(self, element: HtmlElement) -> None:
        name, outside = tree.name(element), self.outside.pop()
        if name == "q":
            self._take("”", element.sourceline)
        if outside.block:
            self._flush()
        if outside.block and name in ("table", "thead", "td", "th"):
            self._close_table(name, element)
        elif outside.block and name in ("ol", "ul", "menu", "dir") and self.lists:
            self.lists.pop()
        elif name == "li":
            self.pending.clear()
        self.face, self.kind = outside.face, outside.kind
        if element is not self.root:
            self._take(element.tail, element.sourceline)

    def _item(self, element: HtmlElement, said: Mapping[str, str]) -> None:
        if element is self.listed:  # a note's own number
            return
        label = self.lists[-1].label(element, said) if self.lists else "-"
        if label:
            self.pending.append(label)
        self.kind = replace(self.kind, depth=min(_DEEPEST_LIST, max(1, len(self.lists))), heading=0)

    # --- tables ---------------------------------------------------------------------------------

    def _open_table(self, name: str, element: HtmlElement, said: Mapping[str, str]) -> None:
        if name == "table":
            self.tables.append(grids.Open(element.sourceline or 0, _ruled(element, said)))
        elif not self.tables:
            return
        elif name == "thead":
            self.tables[-1].in_head = True
        elif name == "tr":
            self.tables[-1].row()
        else:
            self.sinks.append([])
            self.around.append(self.lists)
            self.lists = []
            self.tables[-1].lined |= border(said) is True

    def _close_table(self, name: str, element: HtmlElement) -> None:
        if not self.tables:
            return
        table = self.tables[-1]
        if name == "thead":
            table.in_head = False
        elif name == "table":
            self.tables.pop()
            self.sinks[-1].extend(grids.close(table, self.record))
        else:
            cell = grids.cell(self.sinks.pop(), element.get("colspan"), element.get("rowspan"), head=name == "th")
            self.lists = self.around.pop()
            if not table.rows:
                table.row()
            table.rows[-1].append(cell)

    # --- words ----------------------------------------------------------------------------------

    def _take(self, text: str | None, line: int | None) -> None:
        if text:
            self.pieces.append(Piece(text, self.face, line or 0))

    def _flush(self) -> None:
        if not self.pieces:
            return
        pieces, self.pieces = self.pieces, []
        made = paragraphs(pieces, self.kind, " ".join(self.pending))
        if made:
            self.pending.clear()
            self.sinks[-1].extend(made)


def _ruled(element: HtmlElement, said: Mapping[str, str]) -> bool | None:
    """What a table says of its lines; nothing when it does not speak of them."""
    if (drawn := border(said)) is not None:
        return drawn
    classes = " ".join(tree.classes(element)).lower()
    if any(each in classes for each in ("bordered", "tablegrid", "wikitable", "table-striped")):
        return True
    said_so = element.get("border")
    if said_so is None:
        return None
    return said_so.strip() not in ("0", "0px")
