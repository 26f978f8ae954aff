"""Calls of footnotes come in, as a copy is set; the part of Word that holds their words goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.ns import qn

from builder.copydesk import wml

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    from builder.copydesk.nouns import Chapter, Definition, Piece

    Words = Callable[[Piece], BaseOxmlElement]

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_OWN = (("separator", -1), ("continuationSeparator", 0))  # the rules Word draws above footnotes


class Footnotes:
    """The footnotes of a document, numbered as they are called."""

    def __init__(self, document: Document) -> None:
        """Add an empty part of footnotes to the document."""
        root = wml.element("footnotes")
        for kind, number in _OWN:
            rule = wml.element("p", wml.element("r", wml.element(kind)))
            root.append(wml.element("footnote", rule, type=kind, id=number))
        package = document.part.package
        self.part = XmlPart(PackURI("/word/footnotes.xml"), _TYPE, root, package)
        self.root = root
        self.count = 0
        document.part.relate_to(self.part, RELATIONSHIP_TYPE.FOOTNOTES)
        _declare(document)

    def call(self, name: str, chapter: Chapter, words: Words) -> BaseOxmlElement:
        """Set a footnote, its pieces by ``words``, and return the run that calls it."""
        self.count += 1
        note = next(each for each in chapter.notes if each.name == name)
        self.root.append(self._note(note, words))
        sign = wml.element("footnoteReference", id=self.count)
        return _raised(sign)

    def _note(self, note: Definition, words: Words) -> BaseOxmlElement:
        made = wml.element("footnote", id=self.count)
        for position, pieces in enumerate(note.paragraphs or ((),)):
            paragraph = wml.element("p", wml.element("pPr", wml.element("pStyle", val="FootnoteText")))
            if not position:
                paragraph.append(_raised(wml.element("footnoteRef")))
                paragraph.append(wml.run(" "))
            paragraph.extend(words(piece) for piece in pieces if piece.text)
            made.append(paragraph)
        return made


def _raised(sign: BaseOxmlElement) -> BaseOxmlElement:
    style = wml.element("rPr", wml.element("rStyle", val="FootnoteReference"))
    return wml.element("r", style, sign)


def _declare(document: Document) -> None:
    """Name the two rules in the settings, where Word looks for them: before what the schema has after them."""
    root = document.settings.element
    named = wml.element("footnotePr", *(wml.element("footnote", id=number) for _, number in _OWN))
    after = ("endnotePr", "compat", "docVars", "rsids", "themeFontLang", "clrSchemeMapping", "decimalSymbol")
    tags = {qn(f"w:{name}") for name in after} | {qn("m:mathPr")}
    places = [place for place, child in enumerate(root) if child.tag in tags]
    root.insert(places[0] if places else len(root), named)
