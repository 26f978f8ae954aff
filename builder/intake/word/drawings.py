"""What is drawn in a paragraph → its text boxes, its pictures and its objects, each once, in their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder import problems
from builder.intake import figures
from builder.intake.original import Picture
from builder.intake.word.names import DGM, MC, WP, A, C, O, R, V, w
from builder.manuscript import pictures, svg
from builder.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from builder.intake.word.desk import Desk, Story

_OFFICE = "http://schemas.microsoft.com/office/"
_UNDERSTOOD = {
    _OFFICE + "word/2010/wordprocessingShape",
    _OFFICE + "word/2010/wordprocessingGroup",
    _OFFICE + "word/2010/wordprocessingCanvas",
    _OFFICE + "word/2010/wordprocessingDrawing",
    _OFFICE + "word/2010/wordml",
    _OFFICE + "word/2012/wordml",
    _OFFICE + "drawing/2010/main",
}
_MOST = 30_000_000
_KINDS = (
    (b"\xd7\xcd\xc6\x9a", "WMF"),
    (b"\x01\0\x09\0", "WMF"),
    (b"\x01\0\0\0", "EMF"),
)
_ENDINGS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/svg+xml": "svg",
    "image/gif": "gif",
    "image/bmp": "bmp",
    "image/tiff": "tif",
    "image/webp": "webp",
}
_MEASURED = {"image/png", "image/jpeg"}
_DAMAGED = ""


@dataclass(frozen=True, slots=True)
class Box:
    """The paragraphs of a text box."""

    content: _Element


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture: the relation it is embedded by, the one it is linked by, its description."""

    embedded: str
    linked: str
    alt: str


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that another program draws: a chart, a diagram, an embedded sheet."""

    kind: str


def choice(element: _Element) -> _Element | None:
    """Of several forms of one thing, return the first that is understood, else the one for older programs."""
    offered = element.findall(f"{MC}Choice")
    for each in offered:
        asked = each.get("Requires", "").split()
        if asked and all(each.nsmap.get(prefix) in _UNDERSTOOD for prefix in asked):
            return each
    fallback = element.find(f"{MC}Fallback")
    return fallback if fallback is not None or not offered else offered[0]


def parts(element: _Element) -> Iterator[Box | Drawn | Thing]:
    """Return what a drawing, a picture or an object holds."""
    alt = ""
    stack = [element]
    while stack:
        at = stack.pop()
        if at.tag == f"{MC}AlternateContent":
            chosen = choice(at)
            stack += [] if chosen is None else [chosen]
            continue
        alt = _description(at) or alt
        found = _part(at, alt)
        if found:
            yield found
        if not isinstance(found, Box):
            stack += reversed(at)


def _description(at: _Element) -> str:
    """Return what an element says of the picture it is, or is around."""
    if at.tag in (f"{WP}docPr", f"{V}shape") or str(at.tag).endswith("}cNvPr"):
        return at.get("descr") or at.get("title") or at.get("alt") or ""
    return ""


def _part(at: _Element, alt: str) -> Box | Drawn | Thing | None:
    if at.tag == w("txbxContent"):
        return Box(at)
    if at.tag == f"{A}blip":
        return Drawn(at.get(f"{R}embed", ""), at.get(f"{R}link", ""), alt)
    if at.tag == f"{V}imagedata":
        linked = at.get(f"{R}href", "")
        return Drawn(at.get(f"{R}id", "") or at.get(f"{R}pict", ""), linked, alt or at.get(f"{O}title", ""))
    if at.tag == f"{C}chart":
        return Thing("Chart")
    if at.tag == f"{DGM}relIds":
        return Thing("SmartArt")
    if at.tag == f"{O}OLEObject":
        return Thing(at.get("ProgID", "OLE"))
    return None


def take(drawn: Drawn, desk: Desk, story: Story) -> str:
    """Put a picture among those of the file and return its name; empty when it cannot be taken, which is reported."""
    relation = story.relations.get(drawn.embedded)
    if relation is None or relation.outside:
        outside = relation or story.relations.get(drawn.linked)
        if outside:
            desk.record.add(problems.intake_linked, desk.line, outside.target)
        return ""
    alt = " ".join(drawn.alt.split())
    key = (relation.target, alt)
    if key not in desk.picture_names:
        desk.picture_names[key] = _take(relation.target, alt, desk)
    return desk.picture_names[key]


def _take(part: str, alt: str, desk: Desk) -> str:
    try:
        data = desk.package.archive.read(part) if part in desk.package.archive else b""
    except Problems:
        data = b""
    kind = _media_type(data)
    if kind == _DAMAGED:
        desk.record.add(problems.intake_picture_damaged, desk.line, part)
        return ""
    if kind not in _ENDINGS:
        desk.meet(problems.intake_picture, kind, apart=kind)
        return ""
    name = f"hinh-{len(desk.pictures) + 1}.{_ENDINGS[kind]}"
    desk.pictures[name] = Picture(data, kind, alt)
    return name


def _media_type(data: bytes) -> str:
    """Tell what a picture is by its first bytes; of one that cannot be taken, the name of its kind; else nothing."""
    if len(data) > _MOST:
        return "> 30 MB"
    kind = figures.media_type(data)
    if kind == "image/svg+xml":
        return "SVG" if svg.unsafe(data) else kind
    if kind in _MEASURED:
        return kind if pictures.size(data) else _DAMAGED
    return kind or next((kind for start, kind in _KINDS if data.startswith(start)), _DAMAGED)
