"""The package of an EPUB comes in; what its metadata, its list of files and its cover lack goes out (EPUB 3.3, 5)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image, UnidentifiedImageError

from builder.preflight.ebooks.volume import CONTAINER, ENCRYPTION, MIMETYPE, NAMES, NCX, Item, Volume, is_remote
from builder.preflight.seen import Seen
from builder.problems import measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

LARGEST = 25_000_000
LARGEST_PART = 5_000_000
COVER = 1000
"""Pixels that the longer side of a cover should have: Amazon's least; 2560 is what stores ask for best."""

ACCESS = ("accessMode", "accessibilityFeature", "accessibilityHazard", "accessibilitySummary")
_LOCAL_NAME = 26  # where a zip's first entry tells the length of its name
_FONT_ALGORITHMS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


def container(data: bytes, volume: Volume) -> Iterator[Seen]:
    """Look at the zip itself: its first entry, its names, its size (OCF, EPUB 3.3, 4.2.6)."""
    length = int.from_bytes(data[_LOCAL_NAME : _LOCAL_NAME + 2], "little")
    extra = int.from_bytes(data[_LOCAL_NAME + 2 : _LOCAL_NAME + 4], "little")
    stored = data[8:10] == b"\0\0"
    first = data[30 : 30 + length]
    if not (first == b"mimetype" and stored and not extra and data[38 : 38 + len(MIMETYPE)] == MIMETYPE):
        yield Seen("EPUB_MIMETYPE")
    for name in volume.parts.names:
        if not name.isascii() or " " in name:
            yield Seen("EPUB_NAME", what=name, values=(("name", name),))
    if len(data) > LARGEST:
        size, most = (measure(each / 1_000_000) for each in (len(data), LARGEST))
        yield Seen("EPUB_LARGE", values=(("size", size), ("most", most)))
    yield from _locked(volume)


def _locked(volume: Volume) -> Iterator[Seen]:
    root = volume.xml(ENCRYPTION, "EPUB_CONTAINER") if volume.has(ENCRYPTION) else None
    for each in root.iter("{*}EncryptedData") if root is not None else ():
        method = each.find("{*}EncryptionMethod")
        name = next((str(it.get("URI", "")) for it in each.iter("{*}CipherReference")), "")
        algorithm = method.get("Algorithm", "") if method is not None else ""
        yield Seen("EPUB_ENCRYPTED", what=name, values=(("name", name), ("why", _reason(algorithm))))


def _reason(algorithm: str) -> str:
    return "obfuscated" if algorithm in _FONT_ALGORITHMS else "encrypted_part"


def metadata(volume: Volume) -> Iterator[Seen]:
    """Look for what every package must say, and what people who read by ear look for (EPUB Accessibility 1.1, 2.2)."""
    root = volume.root
    if root is None:
        return
    metas = list(root.iterfind("o:metadata/o:meta", NAMES))
    properties = {each.get("property", "") for each in metas if (each.text or "").strip()}
    needed = {"title": "no_title", "language": "no_language", "identifier": "no_identifier"}
    for name, why in needed.items():
        if not any((each.text or "").strip() for each in root.iterfind(f"o:metadata/d:{name}", NAMES)):
            yield Seen("EPUB_METADATA", what=f"dc:{name}", values=(("why", why),), part=volume.package)
    if is_third(root) and "dcterms:modified" not in properties:
        yield Seen("EPUB_METADATA", what="dcterms:modified", values=(("why", "no_modified"),), part=volume.package)
    lacking = [name for name in ACCESS if f"schema:{name}" not in properties]
    if lacking:
        what = ", ".join(lacking)
        yield Seen("EPUB_ACCESS", what=what, values=(("names", what),), part=volume.package)


def is_third(root: Element) -> bool:
    """Tell whether the package is of EPUB 3."""
    return str(root.get("version", "")).startswith("3")


def files(volume: Volume) -> Iterator[Seen]:
    """Compare the list of files with the files, and the reading order with the list."""
    if volume.root is None:
        return
    listed = {item.path for item in volume.items}
    for item in volume.items:
        if not is_remote(item.path.replace(":/", "://", 1)) and not volume.has(item.path):
            yield Seen("EPUB_FILE_MISSING", what=item.path, values=(("name", item.path),), part=volume.package)
    own = {"mimetype", volume.package, CONTAINER}
    for name in volume.parts.names:
        if name not in listed and name not in own and not name.startswith("META-INF/"):
            yield Seen("EPUB_FILE_EXTRA", what=name, values=(("name", name),), part=volume.package)
    known = {item.id for item in volume.items}
    for each in volume.root.iterfind("o:spine/o:itemref", NAMES):
        if (wanted := each.get("idref", "")) not in known:
            yield Seen("EPUB_FILE_MISSING", what=wanted, values=(("name", wanted),), part=volume.package)
    for item in volume.items:
        data = volume.bytes_of(item.path)
        if data is not None and len(data) > LARGEST_PART:
            size, most = (measure(each / 1_000_000) for each in (len(data), LARGEST_PART))
            yield Seen("EPUB_LARGE", what=item.path, values=(("size", size), ("most", most)), part=item.path)


def navigation(volume: Volume) -> Iterator[Seen]:
    """Look for a table of contents, new and old (EPUB 3.3, 7 and appendix D)."""
    if volume.root is None:
        return
    nav = nav_of(volume)
    if is_third(volume.root) and (nav is None or not _has_contents(volume, nav)):
        yield Seen("EPUB_NAV", part=nav.path if nav else volume.package)
    if not any(item.kind == NCX for item in volume.items):
        code = "EPUB_NCX" if is_third(volume.root) else "EPUB_NAV"
        yield Seen(code, part=volume.package)


def nav_of(volume: Volume) -> Item | None:
    """Return the navigation document."""
    return next((item for item in volume.items if "nav" in item.properties), None)


def _has_contents(volume: Volume, nav: Item) -> bool:
    root = volume.documents.get(nav.path)
    if root is None:
        return False
    kind = f"{{{NAMES['e']}}}type"
    found = [each for each in root.iter(f"{{{NAMES['h']}}}nav") if "toc" in each.get(kind, "").split()]
    return any(each.find(".//h:a", NAMES) is not None for each in found)


def cover(volume: Volume) -> Iterator[Seen]:
    """Look for a cover that a shop window can show."""
    if volume.root is None:
        return
    named = {
        each.get("content", "")
        for each in volume.root.iterfind("o:metadata/o:meta", NAMES)
        if each.get("name") == "cover"
    }
    found = next((i for i in volume.items if "cover-image" in i.properties or i.id in named), None)
    data = volume.bytes_of(found.path) if found else None
    if found is None or data is None:
        yield Seen("EPUB_COVER", part=volume.package)
        return
    size = _size(data)
    if size and max(size) < COVER:
        what = f"{size[0]} × {size[1]} px"
        yield Seen("EPUB_COVER_SMALL", what=what, values=(("size", what), ("wanted", COVER)), part=found.path)


def _size(data: bytes) -> tuple[int, int] | None:
    """Read how large a picture says it is; its pixels are not unpacked."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            return image.size
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
        return None
