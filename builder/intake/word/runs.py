"""What stands in a paragraph of a Word file → its pieces: words with their face and script, calls of notes, pictures.

The walk is ours because none of the containers of Word may lose its words: links, tracked changes, smart tags, content
controls, fields. What was deleted, is hidden, or only instructs Word is left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder import problems
from builder.intake.word import drawings, fields, formulas, signs
from builder.intake.word.names import MC, SPACE, M, R, has, is_on, w
from builder.intake.word.pen import PARAGRAPH_END
from builder.intake.word.rough import PLAIN, UNKNOWN, Face, Piece

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

    from builder.intake.word.desk import Desk, Story
    from builder.intake.word.pen import Pen
    from builder.intake.word.styles import RunLook

_MARK = "_ap_"
_LINES = re.compile(r"[\r\n]+")
_PRIVATE = range(0xF000, 0xF100)
_TOP = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


def walk(element: _Element, pen: Pen) -> None:
    """Put down all that stands in an element."""
    for child in element:
        if put := _INLINE.get(child.tag):
            put(child, pen)


# --- containers -----------------------------------------------------------------------------------


def _hyperlink(element: _Element, pen: Pen) -> None:
    relation = pen.story.relations.get(element.get(f"{R}id", ""))
    before = pen.sheet.address
    if relation and relation.outside:
        pen.sheet.address = fields.address(relation.target, element.get(w("anchor"), ""))
    walk(element, pen)
    pen.sheet.address = before


def _simple_field(element: _Element, pen: Pen) -> None:
    field = fields.Field(words=[element.get(w("instr"), "")])
    field.settle()
    pen.story.fields.push(field)
    walk(element, pen)
    pen.story.fields.pop()


def _inserted(element: _Element, pen: Pen) -> None:
    if len(element):
        pen.desk.track(inserted=True)
    walk(element, pen)


def _deleted(element: _Element, pen: Pen) -> None:
    if len(element):
        pen.desk.track(inserted=False)


def _control(element: _Element, pen: Pen) -> None:
    content = element.find(w("sdtContent"))
    if content is not None and not is_placeholder(element):
        walk(content, pen)


def is_placeholder(control: _Element) -> bool:
    """Tell whether a content control only shows what is to be filled in."""
    return has(control.find(w("sdtPr")), "showingPlcHdr")


def _alternative(element: _Element, pen: Pen) -> None:
    chosen = drawings.choice(element)
    if chosen is not None:
        walk(chosen, pen)


def _formula(element: _Element, pen: Pen) -> None:
    text = formulas.text(element)
    look = pen.desk.styles.run(pen.sheet.style, None)
    if not pen.is_quiet(look):
        pen.desk.meet(problems.intake_formula, text)
        pen.put(Piece(text, PLAIN, UNKNOWN))


# --- marks ----------------------------------------------------------------------------------------


def _bookmark(element: _Element, pen: Pen) -> None:
    name = element.get(w("name"), "")
    if name.startswith(_MARK) and not pen.sheet.begun and not pen.sheet.mark:
        pen.sheet.mark = name


def _opens(element: _Element, pen: Pen) -> None:
    key = element.get(w("id"), "")
    pen.desk.remarked.setdefault(key, pen.desk.line)
    pen.put(Piece(opens=key))


def _closes(element: _Element, pen: Pen) -> None:
    pen.put(Piece(closes=element.get(w("id"), "")))


def loose(element: _Element, story: Story, desk: Desk) -> None:
    """Keep a mark that stands between paragraphs for the one that follows."""
    key = element.get(w("id"), "")
    if element.tag == w("commentRangeStart"):
        desk.remarked.setdefault(key, desk.line + 1)
        story.loose.append(Piece(opens=key))
    elif element.tag == w("commentRangeEnd"):
        story.loose.append(Piece(closes=key))
    elif element.get(w("name"), "").startswith(_MARK):
        story.mark = story.mark or element.get(w("name"), "")


# --- runs -----------------------------------------------------------------------------------------


def _run(element: _Element, pen: Pen) -> None:
    look = pen.desk.styles.run(pen.sheet.style, element.find(w("rPr")))
    pen.sheet.skips_mark = False
    _walk_run(element, pen, look)


def _walk_run(element: _Element, pen: Pen, look: RunLook) -> None:
    for child in element:
        if put := _IN_RUN.get(child.tag):
            put(child, pen, look)


def _text(element: _Element, pen: Pen, look: RunLook) -> None:
    text = _LINES.sub(" ", element.text or "")
    if element.get(SPACE) != "preserve":
        text = text.strip(" \t")
    if pen.sheet.skips_mark:  # the sign that someone chose for a note; the note has a number here
        pen.sheet.skips_mark = False
        return
    pen.write(text, look)


def _break(element: _Element, pen: Pen, look: RunLook) -> None:
    pen.write(PARAGRAPH_END if element.get(w("type")) in ("page", "column") else "\n", look)


def _always(text: str) -> Callable[[_Element, Pen, RunLook], None]:
    return lambda _element, pen, look: pen.write(text, look)


def _sign(element: _Element, pen: Pen, look: RunLook) -> None:
    font, code = element.get(w("font"), ""), element.get(w("char"), "")
    try:
        value = int(code, 16)
    except ValueError:
        return
    if not 0 < value <= _TOP or value in _SURROGATES:
        return
    if not signs.is_of_signs(font) and value in _PRIVATE:
        value -= _PRIVATE.start
    pen.write(chr(value), look, (font, font) if font else None)


def _note(element: _Element, pen: Pen, look: RunLook) -> None:
    desk, key = pen.desk, (element.tag, element.get(w("id"), ""))
    if pen.is_quiet(look):
        return
    if key not in desk.known_notes or not pen.story.calls_notes:
        desk.record.add(problems.intake_note_lost, desk.line)
        return
    name, _ = desk.called.setdefault(key, (str(len(desk.called) + 1), desk.line))
    pen.put(Piece(note=name))
    pen.sheet.skips_mark = element.get(w("customMarkFollows"), "0") not in ("0", "false", "off")


def _remark(element: _Element, pen: Pen, look: RunLook) -> None:
    del look
    key = element.get(w("id"), "")
    pen.desk.remarked.setdefault(key, pen.desk.line)
    pen.put(Piece(opens=key, closes=key))


def _field_mark(element: _Element, pen: Pen, look: RunLook) -> None:
    kind, open_fields = element.get(w("fldCharType")), pen.story.fields
    if kind == "begin":
        box = element.find(f"{w('ffData')}/{w('checkBox')}")
        if box is not None:
            own = is_on(box.find(w("checked")))
            pen.write("☒" if own or (own is None and has(box, "default")) else "☐", look)
        open_fields.begin(element)
    elif kind == "separate":
        open_fields.separate()
    elif kind == "end":
        closed = open_fields.end(element)
        if closed and closed.unsaid and not open_fields.silent:
            pen.desk.meet(problems.intake_field, closed.unsaid)


def _instruction(element: _Element, pen: Pen, look: RunLook) -> None:
    del look
    pen.story.fields.instruct(element.text or "")


def _drawing(element: _Element, pen: Pen, look: RunLook) -> None:
    if pen.is_quiet(look):
        return
    for part in drawings.parts(element):
        if isinstance(part, drawings.Box):
            pen.sheet.boxes.append(part.content)
        elif isinstance(part, drawings.Thing):
            pen.desk.meet(problems.intake_object, part.kind, apart=part.kind)
        elif name := drawings.take(part, pen.desk, pen.story):
            pen.put(Piece(face=Face(address=pen.sheet.address), picture=name))


def _ruby(element: _Element, pen: Pen, look: RunLook) -> None:
    del look
    base = element.find(w("rubyBase"))
    if base is not None:
        walk(base, pen)


def _alternative_in_run(element: _Element, pen: Pen, look: RunLook) -> None:
    chosen = drawings.choice(element)
    if chosen is not None:
        _walk_run(chosen, pen, look)


_INLINE: dict[object, Callable[[_Element, Pen], None]] = {
    w("r"): _run,
    w("hyperlink"): _hyperlink,
    w("fldSimple"): _simple_field,
    w("ins"): _inserted,
    w("moveTo"): _inserted,
    w("del"): _deleted,
    w("moveFrom"): _deleted,
    w("sdt"): _control,
    w("smartTag"): walk,
    w("customXml"): walk,
    w("dir"): walk,
    w("bdo"): walk,
    w("bookmarkStart"): _bookmark,
    w("commentRangeStart"): _opens,
    w("commentRangeEnd"): _closes,
    f"{MC}AlternateContent": _alternative,
    f"{M}oMath": _formula,
    f"{M}oMathPara": _formula,
}
_IN_RUN: dict[object, Callable[[_Element, Pen, RunLook], None]] = {
    w("t"): _text,
    w("tab"): _always("\t"),
    w("ptab"): _always("\t"),
    w("br"): _break,
    w("cr"): _always("\n"),
    w("noBreakHyphen"): _always("-"),
    w("softHyphen"): _always("\u00ad"),
    w("sym"): _sign,
    w("footnoteReference"): _note,
    w("endnoteReference"): _note,
    w("commentReference"): _remark,
    w("fldChar"): _field_mark,
    w("instrText"): _instruction,
    w("drawing"): _drawing,
    w("pict"): _drawing,
    w("object"): _drawing,
    w("ruby"): _ruby,
    f"{MC}AlternateContent": _alternative_in_run,
}
