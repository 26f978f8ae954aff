"""The body of a part of a Word file → its paragraphs and tables in reading order, their words still in pieces.

A paragraph whose mark was deleted is joined with the next one, as it will be when someone accepts the change. The
words of a text box follow the paragraph on which it hangs.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder import problems
from builder.intake.original import Paragraph
from builder.intake.word import drawings, fields, runs, signs, tables
from builder.intake.word.desk import Story, readable
from builder.intake.word.names import MC, has, said, w
from builder.intake.word.pen import PARAGRAPH_END, Pen, script_of
from builder.intake.word.rough import Rough, Sheet, every
from builder.intake.word.styles import paragraph_look

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from builder.intake.word.desk import Desk
    from builder.intake.word.numbering import Label
    from builder.intake.word.rough import Block, Piece

_CONTENTS = "Table of Contents"
_LOOSE = {w("bookmarkStart"), w("commentRangeStart"), w("commentRangeEnd")}
_WRAPPERS = {w("customXml"), w("ins"), w("moveTo"), w("smartTag")}


def read(element: _Element, desk: Desk, story: Story) -> list[Block]:
    """Return the blocks that stand in a body, a cell, a note, a remark or a text box."""
    found: list[Block] = []
    held: Sheet | None = None
    for each in _flat(element, desk, story):
        if each.tag == w("tbl"):
            found += _close(held, None, desk, story)
            held = None
            found += _table(each, desk, story)
            continue
        sheet = _sheet(each, desk, story, held)
        properties = each.find(w("pPr"))
        if _is_joined(properties, desk):
            held, sheet.was_hidden = sheet, True
            continue
        held = None
        found += _close(sheet, properties, desk, story)
    return found + _close(held, None, desk, story)


def paragraphs(element: _Element, desk: Desk, story: Story) -> tuple[Rough, ...]:
    """Return the same with every table in it as paragraphs, a row a line."""
    found: list[Rough] = []
    for block in read(element, desk, story):
        found += [block] if isinstance(block, Rough) else tables.as_lines(block)
    return tuple(found)


def _flat(element: _Element, desk: Desk, story: Story) -> Iterator[_Element]:
    """Return the paragraphs and tables of a body, out of whatever wraps them."""
    stack = list(reversed(element))
    while stack:
        at = stack.pop()
        if at.tag in (w("p"), w("tbl")):
            yield at
        elif at.tag in _WRAPPERS:
            stack += reversed(at)
        elif at.tag == w("sdt"):
            stack += reversed(_content(at, desk, story))
        elif at.tag == f"{MC}AlternateContent":
            chosen = drawings.choice(at)
            stack += [] if chosen is None else reversed(chosen)
        elif at.tag in _LOOSE:
            runs.loose(at, story, desk)
        elif at.tag == w("altChunk"):
            desk.meet(problems.intake_object, "altChunk", apart="altChunk")


def _content(control: _Element, desk: Desk, story: Story) -> list[_Element]:
    """Return what stands in a content control; the table of contents that Word made is left out."""
    content = control.find(w("sdtContent"))
    if content is None or runs.is_placeholder(control):
        return []
    gallery = said(control.find(f"{w('sdtPr')}/{w('docPartObj')}"), "docPartGallery")
    if gallery != _CONTENTS:
        return list(content)
    for each in content.iter(w("p")):
        desk.line += story.counts
        if next(each.iter(w("t")), None) is not None:
            desk.meet(problems.intake_contents)
    return []


def _sheet(element: _Element, desk: Desk, story: Story, held: Sheet | None) -> Sheet:
    """Read one paragraph, behind what was held back of the one before it."""
    desk.line += story.counts
    style = desk.styles.paragraph_style(element.find(w("pPr")))
    sheet = held or Sheet()
    sheet.style, sheet.was_hidden = style, False
    sheet.line = sheet.line or desk.line
    sheet.pieces += story.loose
    story.loose.clear()
    if not sheet.begun:
        sheet.mark, story.mark = sheet.mark or story.mark, ""
    runs.walk(element, Pen(desk, story, sheet))
    return sheet


def _is_joined(properties: _Element | None, desk: Desk) -> bool:
    """Tell whether the mark at the end of a paragraph was deleted, or moved away; or it is a dropped initial."""
    frame = None if properties is None else properties.find(w("framePr"))
    if frame is not None and frame.get(w("dropCap"), "none") != "none":
        return True
    mark = None if properties is None else properties.find(w("rPr"))
    if mark is None:
        return False
    if mark.find(w("ins")) is not None or mark.find(w("moveTo")) is not None:
        desk.track(inserted=True)
    if mark.find(w("del")) is None and mark.find(w("moveFrom")) is None:
        return False
    desk.track(inserted=False)
    return True


def _close(sheet: Sheet | None, properties: _Element | None, desk: Desk, story: Story) -> list[Block]:
    """Make paragraphs of a sheet: one, or several where a page ends in it, and those of its text boxes."""
    if sheet is None:
        return []
    if sheet.in_contents:
        desk.meet(problems.intake_contents)
    pages = _pages(sheet.pieces)
    is_gone = sheet.in_contents or sheet.was_hidden or has_hidden_mark(properties)
    if is_gone and not any(piece.text.strip() or piece.picture for piece in sheet.pieces):
        first = Rough(Paragraph((), sheet.line), tuple(sheet.pieces))
        return [first, *_boxes(sheet, desk, story)]
    paragraph = _paragraph(sheet, properties, desk, story)
    found: list[Block] = [Rough(paragraph, pages[0])]
    found += [Rough(replace(paragraph, label="", mark="", depth=0), page) for page in pages[1:]]
    return found + _boxes(sheet, desk, story)


def has_hidden_mark(properties: _Element | None) -> bool:
    """Tell whether the mark at the end of a paragraph is hidden."""
    return properties is not None and has(properties.find(w("rPr")), "vanish")


def _pages(pieces: Iterable[Piece]) -> list[tuple[Piece, ...]]:
    """Part pieces where a page or column ends; what is blank on one side of it is no paragraph."""
    pages: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split(PARAGRAPH_END)
        pages[-1].append(piece if not others else replace(piece, text=first))
        pages += [[replace(piece, text=text)] for text in others]
    whole: list[list[Piece]] = [[]]
    for page in pages:
        if any(piece.text.strip() or piece.picture or piece.note for piece in page) and _has_words(whole[-1]):
            whole.append(page)
        else:
            whole[-1] += page
    return [tuple(page) for page in whole]


def _has_words(page: list[Piece]) -> bool:
    return any(piece.text.strip() or piece.picture for piece in page)


def _paragraph(sheet: Sheet, properties: _Element | None, desk: Desk, story: Story) -> Paragraph:
    styles = desk.styles
    look, own = styles.paragraph(sheet.style, properties), paragraph_look(properties)
    label = None
    if look.list:
        label = story.numbering.label(look.list, own.level, styles.chain(sheet.style), look.level or 0)
    heading = styles.heading(sheet.style, look)
    return Paragraph(
        (),
        sheet.line,
        label=_shown(label, sheet, properties, desk) if label else "",
        heading=heading,
        title=styles.is_title(sheet.style),
        depth=label.level + 1 if label and not heading else 0,
        centred=look.aligned == "center",
        quoted=styles.is_quotation(sheet.style),
        kept=styles.is_code(sheet.style),
        mark=sheet.mark,
    )


def _shown(label: Label, sheet: Sheet, properties: _Element | None, desk: Desk) -> str:
    """Return a label in Unicode: it may be in an old encoding too, by its own font or that of its paragraph."""
    if label.odd:
        desk.meet(problems.intake_counting, label.odd, apart=label.odd)
    if label.is_bullet:
        return signs.bullet(label.text)
    own = desk.styles.run_look(label.look)
    mark = desk.styles.run(sheet.style, None if properties is None else properties.find(w("rPr")))
    return readable(label.text, script_of(own.font or mark.font or "", own.high or mark.high or ""))


def _boxes(sheet: Sheet, desk: Desk, story: Story) -> list[Block]:
    found: list[Block] = []
    for box in sheet.boxes:
        own = Story(story.relations, story.numbering.afresh(), fields.in_part(box), calls_notes=story.calls_notes)
        inside = read(box, desk, own)
        words = " ".join(readable(p.text, p.script) for rough in every(inside) for p in rough.pieces if p.text.strip())
        if words:
            desk.record.add(problems.intake_text_box, sheet.line, words)
        found += inside
    return found


# --- tables ---------------------------------------------------------------------------------------


def _table(element: _Element, desk: Desk, story: Story) -> list[Block]:
    """Read a table, if a cell of it has words."""
    line = desk.line + story.counts
    rows = []
    for row in tables.rows(element):
        if tables.is_deleted(row):
            desk.line += story.counts * sum(1 for _ in row.iter(w("p")))
            desk.track(inserted=False)
            continue
        cells = [(cell, paragraphs(cell.element, desk, story)) for cell in tables.cells(row)]
        rows.append(tables.Row(tuple(cells), tables.margins(row), is_head=tables.is_head(row)))
    if rows and tables.is_vast(rows):
        return list(tables.as_lines(tables.as_they_are(rows, line)))
    return [tables.grid(rows, line, ruled=tables.is_ruled(element, desk.styles))] if rows else []
