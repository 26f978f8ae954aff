"""A fresh document of python-docx comes in; it has the styles of a review copy, its page, its head and its foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm

from builder.copydesk import wml
from builder.copydesk.looks import Look

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    from builder.copydesk.looks import Set

FACE = "Times New Roman"
WIDTH = 160  # mm: A4 without its margins
MARK = "Bản đọc duyệt"

_KEPT = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}
_WORD_2013 = "15"  # and later: nothing has to be set as older ones did
_LINE = 276  # 240ths of a line: 1.15
_NARROW = 252


def style_id(look: Look) -> str:
    """The id of a look's style in the file: ASCII."""
    return f"AP{look.name.title().replace('_', '')}"


def prepare(document: Document, title: str) -> None:
    """Give a document the styles, A4 with the margins of official papers, the title at the head, folios at the foot."""
    _clear(document)
    ids = {look.value.name: style_id(look) for look in Look}
    for look in Look:
        document.styles.element.append(_paragraph_style(look, ids))
    for made in _plain_styles():
        document.styles.element.append(made)
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD_2013)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance = section.footer_distance = Mm(10)
    _head(section.header.paragraphs[0]._p, title)  # noqa: SLF001 - the element is what python-docx is a door to
    _foot(section.footer.paragraphs[0]._p)  # noqa: SLF001


def _clear(document: Document) -> None:
    """Leave nothing of the template's looks but the four defaults, and these in our face and language."""
    root = document.styles.element
    for style in list(root.style_lst):
        if style.styleId not in _KEPT:
            root.remove(style)
    for latent in root.findall(qn("w:latentStyles")):
        root.remove(latent)
    defaults = root.find(qn("w:docDefaults"))
    defaults.clear()
    size = wml.twips(14) // 10
    face = (
        wml.element("rFonts", ascii=FACE, hAnsi=FACE, eastAsia=FACE, cs=FACE),
        wml.element("sz", val=size),
        wml.element("szCs", val=size),
        wml.element("lang", val="vi-VN", eastAsia="vi-VN", bidi="ar-SA"),
    )
    defaults.append(wml.element("rPrDefault", wml.ordered("rPr", wml.RUN, face)))
    defaults.append(wml.element("pPrDefault"))
    normal = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    for old in normal.element.findall(qn("w:rPr")) + normal.element.findall(qn("w:pPr")):
        normal.element.remove(old)


def _style(kind: str, name: str, style: str, *children: BaseOxmlElement) -> BaseOxmlElement:
    named = wml.element("name", val=name)
    return wml.element(
        "style", named, *children, type=kind, styleId=style, **({"customStyle": 1} if style.startswith("AP") else {})
    )


def _paragraph_style(look: Look, ids: dict[str, str]) -> BaseOxmlElement:
    how: Set = look.value
    follow = [wml.element("next", val=ids[how.follow])] if how.follow else []
    return _style(
        "paragraph",
        how.name,
        style_id(look),
        wml.element("basedOn", val="Normal"),
        *follow,
        wml.element("qFormat"),
        wml.ordered("pPr", wml.PARAGRAPH, _paragraph(how)),
        wml.ordered("rPr", wml.RUN, _face(how)),
    )


def _paragraph(how: Set) -> list[BaseOxmlElement]:
    line = _LINE if how.size >= Look.TEXT.value.size - 1 else _NARROW
    made = [
        wml.element("spacing", before=wml.twips(how.before), after=wml.twips(how.after), line=line, lineRule="auto"),
        _indent(how.left, how.first),
        wml.element("jc", val=how.align),
    ]
    if how.keep:
        made.append(wml.element("keepNext"))
    if how.outline:
        made.append(wml.element("outlineLvl", val=how.outline - 1))
    if how.fill:
        made.append(wml.element("shd", val="clear", color="auto", fill=how.fill))
    return made


def _indent(left: float, first: float) -> BaseOxmlElement:
    side = {"hanging": wml.twips(-first)} if first < 0 else {"firstLine": wml.twips(first)}
    return wml.element("ind", left=wml.twips(left), **side)


def _face(how: Set) -> list[BaseOxmlElement]:
    half = round(how.size * 2)
    made = [wml.element("sz", val=half), wml.element("szCs", val=half)]
    if how.face:
        made.append(wml.element("rFonts", ascii=how.face, hAnsi=how.face, cs=how.face))
    if how.bold:
        made += [wml.element("b"), wml.element("bCs")]
    if how.italic:
        made += [wml.element("i"), wml.element("iCs")]
    if how.colour:
        made.append(wml.element("color", val=how.colour))
    return made


def _plain_styles() -> list[BaseOxmlElement]:
    """The styles Word knows by these names."""
    small = [wml.element("sz", val=20), wml.element("szCs", val=20)]
    note = [wml.element("spacing", before=0, after=40), wml.element("jc", val="both")]
    based = wml.element("basedOn", val="Normal")
    link = [wml.element("color", val="0563C1"), wml.element("u", val="single")]
    raised = [wml.element("vertAlign", val="superscript")]
    grey = [wml.element("color", val="7F7F7F"), wml.element("sz", val=20), wml.element("szCs", val=20)]
    return [
        _style(
            "paragraph",
            "footnote text",
            "FootnoteText",
            based,
            wml.ordered("pPr", wml.PARAGRAPH, note),
            wml.ordered("rPr", wml.RUN, small),
        ),
        _style("character", "footnote reference", "FootnoteReference", wml.ordered("rPr", wml.RUN, raised)),
        _style("character", "Hyperlink", "Hyperlink", wml.ordered("rPr", wml.RUN, link)),
        _style(
            "paragraph", "header", "Header", wml.element("basedOn", val="Normal"), wml.ordered("rPr", wml.RUN, grey)
        ),
        _style(
            "character",
            "annotation reference",
            "CommentReference",
            wml.ordered("rPr", wml.RUN, [wml.element("sz", val=16), wml.element("szCs", val=16)]),
        ),
    ]


def _head(paragraph: BaseOxmlElement, title: str) -> None:
    paragraph.clear()
    edge = wml.element("bottom", val="single", sz=4, space=4, color="A6A6A6")
    right = wml.element("tab", val="right", pos=wml.twips(WIDTH * 72 / 25.4))
    settings = (
        wml.element("pStyle", val="Header"),
        wml.element("pBdr", edge),
        wml.element("tabs", right),
    )
    paragraph.append(wml.ordered("pPr", wml.PARAGRAPH, settings))
    paragraph.append(wml.run(f"{title}\t{MARK}"))


def _foot(paragraph: BaseOxmlElement) -> None:
    paragraph.clear()
    settings = (wml.element("pStyle", val="Header"), wml.element("jc", val="center"))
    paragraph.append(wml.ordered("pPr", wml.PARAGRAPH, settings))
    for kind in ("begin", "separate", "end"):
        paragraph.append(wml.element("r", wml.element("fldChar", fldCharType=kind)))
        if kind == "begin":
            paragraph.append(wml.element("r", wml.verbatim("instrText", " PAGE ")))
        elif kind == "separate":
            paragraph.append(wml.run("1"))
