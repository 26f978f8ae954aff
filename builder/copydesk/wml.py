"""Names and values come in; elements of WordprocessingML go out, their parts in the order the schema asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.oxml.xmlchemy import BaseOxmlElement

TWIPS = 20
"""Twentieths of a point in one."""

PARAGRAPH = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
"""The children of ``w:pPr`` in their order (ECMA-376, CT_PPr)."""

RUN = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath"
)
"""The children of ``w:rPr`` in their order (CT_RPr)."""

TABLE = (
    "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
    "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
)
"""The children of ``w:tblPr`` in their order (CT_TblPr)."""

CELL = "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark"
"""The children of ``w:tcPr`` in their order (CT_TcPr)."""


def element(name: str, /, *children: BaseOxmlElement, **values: object) -> BaseOxmlElement:
    """An element of the main namespace; ``values`` are its attributes."""
    made = OxmlElement(f"w:{name}")
    for key, value in values.items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(children)
    return made


def ordered(name: str, order: str, children: Iterable[BaseOxmlElement]) -> BaseOxmlElement:
    """An element whose children stand in the order of the schema."""
    places = {qn(f"w:{each}"): place for place, each in enumerate(order.split())}
    return element(name, *sorted(children, key=lambda child: places[child.tag]))


def text(words: str) -> list[BaseOxmlElement]:
    r"""Words → what a run holds: ``w:t``, with ``w:tab`` for ``\t`` and ``w:br`` for ``\n``."""
    made = []
    start = 0
    for place, sign in enumerate(f"{words}\0"):
        if sign in "\t\n\0":
            if words[start:place]:
                made.append(verbatim("t", words[start:place]))
            start = place + 1
        if sign == "\t":
            made.append(element("tab"))
        elif sign == "\n":
            made.append(element("br"))
    return made


def verbatim(name: str, words: str) -> BaseOxmlElement:
    """An element that holds words with every space in them."""
    made = element(name)
    made.set(qn("xml:space"), "preserve")
    made.text = words
    return made


def run(words: str, *faces: BaseOxmlElement) -> BaseOxmlElement:
    """Words in one face → a run."""
    made = element("r", *text(words))
    if faces:
        made.insert(0, ordered("rPr", RUN, faces))
    return made


def twips(points: float) -> int:
    """Points → twentieths of one."""
    return round(points * TWIPS)
