"""The files of a source come in; the bytes of its review copy for Word go out, the same for the same files."""

from __future__ import annotations

import datetime
import hashlib
import io
import re
import zipfile
from itertools import pairwise
from typing import TYPE_CHECKING

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.text.run import Run

from builder.copydesk import boards, carried, styles, wml
from builder.copydesk.footnotes import Footnotes
from builder.copydesk.looks import Look
from builder.copydesk.nouns import Board
from builder.copydesk.plan import plan
from builder.copydesk.setting import Setter, settings
from builder.intake import archive
from builder.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    from builder.copydesk.nouns import Block, Chapter, Entry, Leaf, Plan

AUTHOR = "Làm rõ thêm"
"""Who the comments are by that hold commentary."""

_INITIALS = "LR"
_DAY = datetime.datetime(2000, 1, 1, tzinfo=datetime.timezone.utc)  # noqa: UP017 - kept plain: a day for every copy
_OLDEST = (1980, 1, 1, 0, 0, 0)  # what a ZIP can say
_ITEM = "{7A3C0E52-4D0B-4C56-9E51-0A1B5C7D2E01}"
_GAP = 6  # points below a box, and around a table
_NEEDLESS = {"thumbnail", "customXml", "numbering", "stylesWithEffects"}
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
    f'<ds:datastoreItem ds:itemID="{_ITEM}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs>'
    f'<ds:schemaRef ds:uri="{carried.SPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)


def write(files: Mapping[str, bytes], drawings: Mapping[str, bytes] | None = None) -> bytes:
    """Write the review copy of a source.

    Args:
        files: path inside the source folder → bytes; texts in UTF-8.
        drawings: path of a drawing (SVG) → PNG of what it shows, for programs that draw none.
    """
    laid = plan(files)
    document = docx.Document()
    styles.prepare(document, laid.title)
    setter = Setter(document, Footnotes(document), files, drawings or {})
    _body(document, laid, setter)
    for entry in laid.entries:
        _comment(document, entry, setter)
    _describe(document, laid.title)
    _carry(document, carried.part(files, laid))
    buffer = io.BytesIO()
    document.save(buffer)
    return _settled(buffer.getvalue())


# --- the body ---------------------------------------------------------------------------------------


def _body(document: Document, laid: Plan, setter: Setter) -> None:
    body = document.element.body
    last = body.find(qn("w:sectPr"))
    for chapter in laid.chapters:
        for made in _chapter(chapter, setter):
            last.addprevious(made)
    if isinstance(laid.chapters[-1].blocks[-1], Board):
        last.addprevious(wml.element("p"))


def _chapter(chapter: Chapter, setter: Setter) -> Iterator[BaseOxmlElement]:
    before: Block | None = None
    for block, after in pairwise((*chapter.blocks, None)):
        if isinstance(block, Board):
            if isinstance(before, Board):
                yield _spacer()
            yield boards.table(block, chapter, setter)
        elif block is not None:
            above = _GAP if isinstance(before, Board) and block.look is not Look.CAPTION else 0
            yield setter.paragraph(block, chapter, gap=_gap(block, after), above=above)
        before = block
    if isinstance(before, Board):
        yield _spacer()


def _gap(leaf: Leaf, after: Block | None) -> float:
    """How much is left below a paragraph, beyond what its style says: after a box, before a table, above a name."""
    if isinstance(after, Board):
        return _GAP
    if leaf.box and (after is None or after.box != leaf.box or after.look is Look.BOX_HEAD):
        return _GAP
    return -leaf.look.value.after if after and after.look is Look.BELOW else 0


def _spacer() -> BaseOxmlElement:
    """An empty paragraph that keeps two tables apart."""
    size = wml.element("rPr", wml.element("sz", val=12), wml.element("szCs", val=12))
    return wml.element("p", wml.ordered("pPr", wml.PARAGRAPH, [size]))


# --- comments ---------------------------------------------------------------------------------------


def _comment(document: Document, entry: Entry, setter: Setter) -> None:
    """Hang an entry of commentary on the words of its clauses."""
    first = _runs(setter.openings[entry.opens])[0]
    last = _runs(setter.openings[entry.closes])[-1]
    ends = Run(first, document.paragraphs[0]), Run(last, document.paragraphs[0])
    comment = document.add_comment(ends, author=AUTHOR, initials=_INITIALS)
    holder = comment._comment_elm  # noqa: SLF001 - python-docx fills comments its own way
    del holder.attrib[qn("w:date")]
    for child in list(holder):
        holder.remove(child)
    for leaf in entry.leaves:
        paragraph = wml.element("p", wml.ordered("pPr", wml.PARAGRAPH, settings(leaf)[:1]))
        paragraph.extend(setter.runs(leaf, None))
        holder.append(paragraph)


def _runs(paragraph: BaseOxmlElement) -> list[BaseOxmlElement]:
    """The runs of a paragraph that comments may begin and end at."""
    return [run for run in paragraph.findall(qn("w:r")) if run.find(qn("w:t")) is not None]


# --- the container ----------------------------------------------------------------------------------


def _describe(document: Document, title: str) -> None:
    about = document.core_properties
    about.title, about.subject, about.language = title, styles.MARK, "vi-VN"
    about.author = about.last_modified_by = "Ấn Phẩm"
    about.comments = about.keywords = ""
    about.created = about.modified = _DAY
    about.revision = 1


def _carry(document: Document, data: bytes) -> None:
    """Add the part that carries the source, and drop what the template has and the copy has no use for."""
    package = document.part.package
    for relations in (package.rels, document.part.rels):
        for name in [name for name, each in relations.items() if each.reltype.rpartition("/")[2] in _NEEDLESS]:
            del relations[name]
    item = Part(PackURI("/customXml/item1.xml"), "application/xml", data, package)
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    about = Part(PackURI("/customXml/itemProps1.xml"), kind, _PROPERTIES.encode(), package)
    item.relate_to(about, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)


def _settled(data: bytes) -> bytes:
    """Write a package again, its entries in a fixed order, without times, sealed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (not re.match(r"\[|_rels/", name), name)):
            entry = zipfile.ZipInfo(name, _OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            new.writestr(entry, old.read(name), compresslevel=9)
        new.comment = _seal((entry.filename, entry.CRC) for entry in new.infolist())
    return buffer.getvalue()


def _seal(sums: Iterable[tuple[str, int]]) -> bytes:
    """What says that a package is as it was written: any program that saves it anew leaves it out."""
    listed = "\n".join(f"{name} {crc}" for name, crc in sums)
    return f"anpham {hashlib.sha256(listed.encode()).hexdigest()}".encode()


def is_untouched(data: bytes) -> bool:
    """Tell whether the bytes of a file are a review copy nobody has saved since it was exported."""
    try:
        package = archive.open_(data, "")
    except Problems:
        return False
    return package.comment == _seal(package.sums)
