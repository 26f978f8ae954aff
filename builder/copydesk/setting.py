"""Leaves come in; paragraphs of Word go out: bookmarked, their words in runs, notes called, links made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from builder.copydesk import pictures, styles, wml
from builder.copydesk.looks import BOXES, Look
from builder.manuscript import markdown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    from builder.copydesk.footnotes import Footnotes
    from builder.copydesk.nouns import Chapter, Leaf, Piece

MARK = "_ap_"
"""What the names of the bookmarks begin with."""

_LEAD = 18  # points a list hangs


class Setter:
    """Makes paragraphs; counts the leaves it has marked."""

    def __init__(
        self, document: Document, notes: Footnotes, files: Mapping[str, bytes], drawings: Mapping[str, bytes]
    ) -> None:
        """Take the document, the footnotes to be, the files by path, the pictures that stand in for drawings."""
        self.document = document
        self.notes = notes
        self.files = files
        self.drawings = drawings
        self.count = 0
        self.openings: dict[str, BaseOxmlElement] = {}
        """The paragraph that opens a clause, by its id."""

    def paragraph(self, leaf: Leaf, chapter: Chapter, *, gap: float = 0, above: float = 0) -> BaseOxmlElement:
        """Set a leaf and mark it; ``gap`` points are left below it, ``above`` before it."""
        self.count += 1
        made = wml.element("p", wml.ordered("pPr", wml.PARAGRAPH, settings(leaf, gap, above)))
        made.append(wml.element("bookmarkStart", id=self.count, name=f"{MARK}{self.count}"))
        if leaf.picture:
            self._picture(made, leaf)
        for each in self.runs(leaf, chapter):
            made.append(each)
        made.append(wml.element("bookmarkEnd", id=self.count))
        if leaf.clause:
            self.openings[leaf.clause] = made
        return made

    def runs(self, leaf: Leaf, chapter: Chapter | None) -> list[BaseOxmlElement]:
        """The runs of a leaf; no chapter: no note is called."""
        made = [wml.run(leaf.lead)] if leaf.lead else []
        if leaf.label:
            bold = leaf.look is Look.ARTICLE_TEXT
            made.append(wml.run(f"{leaf.label} " if leaf.pieces else leaf.label, *(_bold() if bold else ())))
        for piece in leaf.pieces:
            if piece.note and chapter:
                made.append(self.notes.call(piece.note, chapter, lambda words: self.words(words, None)))
            elif piece.text:
                made.append(self.words(piece, leaf.look))
        return made

    def words(self, piece: Piece, look: Look | None) -> BaseOxmlElement:
        """A piece → a run, or a link with one in it; what the look is anyway is not said again."""
        faces: list[BaseOxmlElement] = []
        if piece.bold and not (look and look.bold):
            faces += _bold()
        if piece.italic and not (look and look.italic):
            faces += [wml.element("i"), wml.element("iCs")]
        if piece.source.startswith("`"):
            faces.append(wml.element("rFonts", ascii="Courier New", hAnsi="Courier New", cs="Courier New"))
        if not piece.address:
            return wml.run(piece.text, *faces)
        part = self.notes.part if look is None else self.document.part
        target = part.relate_to(markdown.address(piece.address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = wml.element("hyperlink", wml.run(piece.text, wml.element("rStyle", val="Hyperlink"), *faces))
        link.set(qn("r:id"), target)
        return link

    def _picture(self, paragraph: BaseOxmlElement, leaf: Leaf) -> None:
        data = self.files.get(leaf.picture)
        if data is None:
            paragraph.append(wml.run(f"[{leaf.picture}]"))
            return
        pictures.place(paragraph, self.document, data, self.drawings.get(leaf.picture))
        pictures.describe(paragraph, leaf.picture, leaf.alt)


def _bold() -> tuple[BaseOxmlElement, ...]:
    return wml.element("b"), wml.element("bCs")


def settings(leaf: Leaf, gap: float = 0, above: float = 0) -> list[BaseOxmlElement]:
    """The settings of a paragraph beyond its style."""
    made = [wml.element("pStyle", val=styles.style_id(leaf.look))]
    if leaf.box:
        _, ground, edge = BOXES[leaf.box]
        made.append(wml.element("shd", val="clear", color="auto", fill=ground))
        made.append(wml.element("pBdr", wml.element("left", val="single", sz=24, space=6, color=edge)))
    how = leaf.look.value
    spacing = {}
    if gap:
        spacing["after"] = wml.twips(how.after + gap)
    if above:
        spacing["before"] = wml.twips(how.before + above)
    if spacing:
        made.append(wml.element("spacing", **spacing))
    indent = _indent(leaf)
    if indent is not None:
        made.append(indent)
    return made


def _indent(leaf: Leaf) -> BaseOxmlElement | None:
    """The indent of what stands deeper, or hangs from a sign."""
    how = leaf.look.value
    deeper = _LEAD * (leaf.depth - 1 if leaf.look in {Look.LIST, Look.INDEX} else leaf.depth)
    if leaf.look is Look.LIST and not leaf.lead:
        return wml.element("ind", left=wml.twips(how.left + deeper), firstLine=0)
    if deeper:
        side = {"hanging": wml.twips(-how.first)} if how.first < 0 else {"firstLine": wml.twips(how.first)}
        return wml.element("ind", left=wml.twips(how.left + deeper), **side)
    if leaf.box and leaf.look is not Look.LIST:
        return wml.element("ind", left=wml.twips(12), right=wml.twips(6), firstLine=0)
    return None
