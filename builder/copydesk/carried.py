"""The files of a source come in; the part of a Word file that carries them goes out, and is read again unharmed or not.

It is a custom part, which Word and LibreOffice keep and nobody sees. What comes back may come from a stranger: its
size has a limit, its names stay inside a source folder, its digest is that of its content.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from builder.copydesk.strips import bare
from builder.intake import archive, markup
from builder.manuscript.folder import NAMES, README
from builder.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.copydesk.nouns import Plan
    from builder.intake.archive import Archive

SPACE = "urn:anpham:review-copy"
FORM = 1
MOST = 40_000_000
"""The bytes all files may have together: packed and in letters they are a part that is still taken in."""

_PART = re.compile(r"customXml/item[0-9]{1,4}\.xml")
_HEAD = 2000
_MOST_TAGS = 10  # a declaration, an element and its end; whoever saves it may add a comment
_MOST_NAME = 200
_PARTS = 2  # a folder and a file in it
_PICTURES = (".png", ".jpg", ".jpeg", ".svg")


@dataclass(frozen=True, slots=True)
class Carried:
    """What came back: the files by name; the digests of the leaves' words as exported; ``whole``: it is unharmed."""

    files: dict[str, bytes]
    words: tuple[str, ...]
    whole: bool = True


def digest(words: str) -> str:
    """The digest of a leaf's words."""
    return hashlib.sha256(bare(words).encode()).hexdigest()[:12]


def words_of(plan: Plan) -> tuple[str, ...]:
    """The digests of all leaves of a plan, those of the commentary after those of the body."""
    body = [leaf.text for _, leaf in plan.leaves()]
    side = [leaf.text for entry in plan.entries for leaf in entry.leaves]
    return tuple(map(digest, [*body, *side]))


def part(files: Mapping[str, bytes], plan: Plan) -> bytes:
    """The files and what was shown of them → the XML of the part."""
    content = {
        "files": {name: base64.b64encode(data).decode() for name, data in sorted(files.items())},
        "words": words_of(plan),
    }
    packed = zlib.compress(json.dumps(content, separators=(",", ":")).encode(), 9)
    root = etree.Element(f"{{{SPACE}}}copy", nsmap={None: SPACE})
    root.set("form", str(FORM))
    root.set("digest", hashlib.sha256(packed).hexdigest())
    root.text = base64.b64encode(packed).decode()
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def find(data: bytes) -> Carried | None:
    """The bytes of a Word file → what it carries; nothing when it is no review copy.

    ``whole`` is false when it is one and what it carries is harmed.
    """
    try:
        package = archive.open_(data, "")
    except Problems:
        return None
    root = next(filter(_is_ours, _roots(package)), None)
    return None if root is None else _opened(root)


def _roots(package: Archive) -> Iterator[etree._Element]:
    """The roots of the parts that name our space at their head; what the others hold is not taken apart."""
    for name in filter(_PART.fullmatch, package.names):
        try:
            content = package.read(name)
            if SPACE.encode() in content[:_HEAD] and content.count(b"<") <= _MOST_TAGS:
                yield markup.parse(content, name, "", long=True)
        except Problems:
            continue


def _is_ours(root: etree._Element) -> bool:
    return bool(root.tag == f"{{{SPACE}}}copy")


def _opened(root: etree._Element) -> Carried:
    harmed = Carried({}, (), whole=False)
    try:
        packed = base64.b64decode("".join((root.text or "").split()), validate=True)
        if root.get("form") != str(FORM) or root.get("digest") != hashlib.sha256(packed).hexdigest():
            return harmed
        machine = zlib.decompressobj()
        content = json.loads(machine.decompress(packed, MOST * 2))
        files = {str(name): base64.b64decode(each, validate=True) for name, each in content["files"].items()}
        words = tuple(map(str, content["words"]))
    except (binascii.Error, zlib.error, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return harmed
    total = sum(map(len, files.values()))
    return Carried(files, words) if total <= MOST and all(map(is_inside, files)) else harmed


def is_inside(name: str) -> bool:
    """Tell whether a name is one a source folder may hold: ``program.md``, ``front/x.md``, a picture."""
    parts = name.split("/")
    odd = any(not part or part.startswith(".") or part.endswith((".", " ")) for part in parts)
    signs = any(sign in '\\:*?"<>|' or not sign.isprintable() for sign in name)
    text = parts[0] in NAMES and ("." in parts[0]) == (len(parts) == 1) and len(parts) <= _PARTS
    known = text or name == README or name.lower().endswith(_PICTURES)
    return known and not odd and not signs and len(name) <= _MOST_NAME
