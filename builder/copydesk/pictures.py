"""A picture's bytes come in; the drawing of Word that shows it goes out, with what it shows said in words.

Word and LibreOffice draw SVG themselves; what cannot is shown the ``drawings``' PNG, or a grey field.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from lxml import etree

from builder.manuscript import pictures

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

WIDEST = 150  # mm
TALLEST = 180
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LENGTH = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*(px|pt|mm|cm|in)?\s*")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_POINTS = {"": 0.75, "px": 0.75, "pt": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0}
_MOST_POINTS = 100_000.0
_GREY = b"\x00\xe6"


def place(paragraph: BaseOxmlElement, document: Document, data: bytes, drawing: bytes | None) -> None:
    """Put a picture at the end of a paragraph; what it shows is said by ``describe``."""
    bitmap = pictures.size(data) is not None
    shown = data if bitmap else drawing or _field()
    run = Paragraph(paragraph, document._body).add_run()  # noqa: SLF001 - the parent a paragraph asks for
    shape = run.add_picture(io.BytesIO(shown))
    width, height = (shape.width.pt, shape.height.pt) if bitmap else points(data)
    scale = min(1.0, Mm(WIDEST).pt / width, Mm(TALLEST).pt / height)
    shape.width, shape.height = Pt(width * scale), Pt(height * scale)
    if not bitmap:
        _draw(run._r, document, data)  # noqa: SLF001 - python-docx knows no SVG


def describe(paragraph: BaseOxmlElement, name: str, alt: str) -> None:
    """Say what the picture in a paragraph shows."""
    for about in paragraph.iter(qn("wp:docPr")):
        about.set("descr", alt)
        about.set("name", name.rpartition("/")[2])


def _draw(run: BaseOxmlElement, document: Document, data: bytes) -> None:
    """Add the drawing itself beside the picture that stands in for it."""
    package = document.part.package
    count = sum(str(part.partname).endswith(".svg") for part in package.iter_parts()) + 1
    part = Part(PackURI(f"/word/media/drawing{count}.svg"), "image/svg+xml", data, package)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    (blip,) = run.iter(qn("a:blip"))
    blip.append(
        parse_xml(
            f'<a:extLst xmlns:a="{_MAIN}"><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
            f'<asvg:svgBlip xmlns:asvg="{_SVG}" xmlns:r="{_OFFICE}" r:embed="{relation}"/></a:ext></a:extLst>'
        )
    )


def points(data: bytes) -> tuple[float, float]:
    """The size of a drawing in points: as it says, or by its view box; neither side is nothing or without end."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    lengths = [_LENGTH.fullmatch(root.get(side) or "") for side in ("width", "height")]
    box = _NUMBER.findall(root.get("viewBox") or "")
    if all(lengths):
        found = [float(each[1]) * _POINTS[each[2] or ""] for each in lengths if each]
    else:
        found = [abs(float(each)) * _POINTS[""] for each in box[2:4]] if len(box) == len("xywh") else [225.0, 150.0]
    return min(max(found[0], 1.0), _MOST_POINTS), min(max(found[1], 1.0), _MOST_POINTS)


def _field() -> bytes:
    """A PNG of one grey dot."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(_GREY)) + chunk(b"IEND", b"")
