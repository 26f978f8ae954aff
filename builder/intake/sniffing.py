"""The bytes of a file and its name → what kind of file it is, told from the bytes; a wrong name is reported.

A page saved under the name of a Word file, a Word file named ``.txt``: what a file is called counts only where bytes
cannot tell, as between text and Markdown.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING

from builder import problems
from builder.intake.archive import DAMAGE, KINDS, is_crowded
from builder.intake.web import archive
from builder.problems import Place, Problems

if TYPE_CHECKING:
    from builder.intake.record import Record


class Kind(Enum):
    """What a file is."""

    TEXT = "text"
    MARKDOWN = "Markdown"
    WORD = "Word (.docx)"
    WEB = "HTML"
    ARCHIVED_WEB = "MHTML"
    PDF = "PDF"
    OFFICE = "office"
    LOCKED = "locked"
    DAMAGED = "damaged"
    IMAGE = "image"
    ARCHIVE = "archive"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Sniffed:
    """A kind, the suffix such files have, and the name people know it by (``Excel``, ``RTF``)."""

    kind: Kind
    suffix: str
    name: str


_TEXT = Sniffed(Kind.TEXT, ".txt", "text (.txt)")
_MARKDOWN = Sniffed(Kind.MARKDOWN, ".md", "Markdown")
_WORD = Sniffed(Kind.WORD, ".docx", "Word (.docx)")
_WEB = Sniffed(Kind.WEB, ".html", "HTML")
_SAVED = Sniffed(Kind.ARCHIVED_WEB, ".mht", "MHTML")
_PDF = Sniffed(Kind.PDF, ".pdf", "PDF")
_DOC = Sniffed(Kind.OFFICE, ".doc", "Word 97–2003 (.doc)")
_WORKS = Sniffed(Kind.OFFICE, ".wps", "WPS (.wps)")
_RTF = Sniffed(Kind.OFFICE, ".rtf", "RTF")
_ODT = Sniffed(Kind.OFFICE, ".odt", "OpenDocument (.odt)")
_FLAT = Sniffed(Kind.OFFICE, ".fodt", "OpenDocument (.fodt)")
_WORD_XML = Sniffed(Kind.OFFICE, ".xml", "Word XML")

_ALSO = {
    ".text": ".txt",
    ".markdown": ".md",
    ".htm": ".html",
    ".xhtml": ".html",
    ".xht": ".html",
    ".mhtml": ".mht",
    ".docm": ".docx",
    ".dotx": ".docx",
    ".dotm": ".docx",
    ".dot": ".doc",
    ".wps": ".doc",
    ".ott": ".odt",
}
_KNOWN = {".txt", ".md", ".docx", ".html", ".mht", ".pdf", ".doc", ".rtf", ".odt", ".fodt", ".xml"}

_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"\0\0\1\0", "ICO"),
    (b"AT&TFORM", "DjVu"),
)
_ARCHIVES = ((b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"), (b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"), (b"\xfd7zXZ", "xz"))
_OTHERS = (
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"SQLite format 3", "SQLite"),
    (b"ID3", "MP3"),
    (b"OggS", "Ogg"),
    (b"\xca\xfe\xba\xbe", "Java"),
)
_OPEN_XML = (
    (b"wordprocessingml", _WORD),
    (b"ms-word", _WORD),
    (b"spreadsheetml", Sniffed(Kind.OTHER, ".xlsx", "Excel (.xlsx)")),
    (b"ms-excel", Sniffed(Kind.OTHER, ".xlsb", "Excel")),
    (b"presentationml", Sniffed(Kind.OTHER, ".pptx", "PowerPoint (.pptx)")),
    (b"ms-powerpoint", Sniffed(Kind.OTHER, ".pptm", "PowerPoint")),
)
_PACKED = {
    "application/vnd.oasis.opendocument.text": _ODT,
    "application/vnd.oasis.opendocument.text-template": _ODT,
    "application/vnd.oasis.opendocument.text-web": _ODT,
    "application/epub+zip": Sniffed(Kind.OTHER, ".epub", "EPUB"),
    "application/vnd.oasis.opendocument.spreadsheet": Sniffed(Kind.OTHER, ".ods", "OpenDocument (.ods)"),
    "application/vnd.oasis.opendocument.presentation": Sniffed(Kind.OTHER, ".odp", "OpenDocument (.odp)"),
}
_STREAMS = (
    ("WordDocument", _DOC),
    ("Workbook", Sniffed(Kind.OTHER, ".xls", "Excel (.xls)")),
    ("PowerPoint Document", Sniffed(Kind.OTHER, ".ppt", "PowerPoint (.ppt)")),
    ("MatOST", _WORKS),
)
_ROOT = re.compile(rb"<(?:!doctype\s+)?(?:html|head|body)\b|<meta\s[^>]{0,200}charset", re.IGNORECASE)
_TAG = re.compile(rb"<(?:!--|\?xml|p|div|table|center|font|span|title|h[1-6]|ul|ol|b|a)\b", re.IGNORECASE)
_PDF_FIRST = re.compile(rb"[\s\xef\xbb\xbf]{0,100}%PDF-\d\.\d\s*(?:[\r\n%]|\Z)")
_SECTOR = 512
_LARGEST_LISTING = 2_000_000


def sniff(data: bytes, record: Record) -> Sniffed:
    """The bytes of a file → what it is, when it can be read; that its name says otherwise is added to ``record``.

    Raises:
        Problems: ``INTAKE_EMPTY``, ``INTAKE_LOCKED``, ``INTAKE_DAMAGED``, ``INTAKE_IMAGE``, ``INTAKE_ZIP``,
            ``INTAKE_KIND``.
    """
    suffix = PurePath(record.file).suffix.lower()
    place = Place(record.file)
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise Problems([problems.intake_empty(place)])
    found = told(data, suffix)
    refusals = {
        Kind.LOCKED: problems.intake_locked,
        Kind.DAMAGED: problems.intake_damaged,
        Kind.IMAGE: problems.intake_image,
        Kind.ARCHIVE: problems.intake_zip,
        Kind.OTHER: problems.intake_kind,
    }
    if refuse := refusals.get(found.kind):
        raise Problems([refuse(place, found.name)])
    said = _ALSO.get(suffix, suffix)
    if said != _ALSO.get(found.suffix, found.suffix) and (said in _KNOWN or found.kind is not Kind.TEXT):
        record.add(problems.intake_extension, 0, suffix or "—", found.name)
    return found


def told(data: bytes, suffix: str) -> Sniffed:
    """The bytes of a file → what it is; ``suffix`` (``.md``, in small letters) decides between kinds of text."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zipped(data)
    if data.startswith(_OLE):
        return _compound(data, suffix)
    if _is_pdf(data, suffix):
        return _PDF
    if data.lstrip(b" \t\r\n\xef\xbb\xbf").startswith(b"{\\rtf"):
        return _RTF
    return _by_sign(data) or _written(data, suffix)


# --- packed files ---------------------------------------------------------------------------------


def _zipped(data: bytes) -> Sniffed:
    damaged = Sniffed(Kind.DAMAGED, ".zip", "zip, .docx, .odt")
    try:
        if is_crowded(data):
            return _archive("zip")
        with zipfile.ZipFile(BytesIO(data)) as packed:
            names = {info.filename: info for info in packed.infolist()}
            return _packed(packed, names)
    except DAMAGE:
        return damaged


def _packed(packed: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> Sniffed:
    if "[Content_Types].xml" in names:
        listing = _entry(packed, names["[Content_Types].xml"])
        mains = b" ".join(re.findall(rb'ContentType="([^"]{0,200}main\+xml)"', listing)) or listing
        return next((kind for sign, kind in _OPEN_XML if sign in mains.lower()), _archive("Open XML"))
    if "mimetype" in names:
        kind = _entry(packed, names["mimetype"]).decode("ascii", "replace").strip()
        found = _PACKED.get(kind, Sniffed(Kind.OTHER, "", kind[:80] or "zip"))
        manifest = names.get("META-INF/manifest.xml")
        if found is _ODT and manifest and b"encryption-data" in _entry(packed, manifest):
            return Sniffed(Kind.LOCKED, ".odt", found.name)
        return found
    return _archive("zip")


def _entry(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """So many bytes of a packed file and no more, whatever it says of itself.

    Raises:
        BadZipFile: when it is packed as no office program packs.
    """
    if info.compress_type not in KINDS:
        raise zipfile.BadZipFile
    with packed.open(info) as file:
        return file.read(_LARGEST_LISTING)


def _archive(name: str) -> Sniffed:
    return Sniffed(Kind.ARCHIVE, "", name)


def _compound(data: bytes, suffix: str) -> Sniffed:
    """A file of Word 97 and its kin: a small file system, whose names stand in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Sniffed(Kind.LOCKED, ".docx", "Office (.docx)")
    for name, found in _STREAMS:
        if name.encode("utf-16-le") in data:
            return Sniffed(Kind.LOCKED, ".doc", _DOC.name) if found is _DOC and _is_encrypted(data) else found
    if suffix in (".wps", ".doc", ".dot"):
        return _WORKS if suffix == ".wps" else Sniffed(Kind.DAMAGED, ".doc", _DOC.name)
    return Sniffed(Kind.OTHER, "", "OLE")


def _is_encrypted(data: bytes) -> bool:
    """Word's own header says so in a bit; it begins a sector of the file."""
    at = data.find(b"\xec\xa5", _SECTOR)
    while at != -1 and at % _SECTOR:
        at = data.find(b"\xec\xa5", at + 1)
    return at != -1 and len(data) > at + 0x0B and bool(data[at + 0x0B] & 0x01)


# --- everything else ------------------------------------------------------------------------------


def _is_pdf(data: bytes, suffix: str) -> bool:
    """Tell of a PDF, before which other bytes may stand, but not of a text that speaks of one."""
    if _PDF_FIRST.match(data):
        return True
    if b"%PDF-" not in data[:1024] or b"startxref" not in data:
        return False
    return suffix == ".pdf" or not _is_unicode(data)


def _is_unicode(data: bytes) -> bool:
    try:
        return bool(data.decode())
    except UnicodeDecodeError:
        return False


def _by_sign(data: bytes) -> Sniffed | None:
    """What a file says of itself in its first bytes; a text may begin with the same letters (``MZ``, ``ID3``)."""
    if data.startswith(b"%!PS-"):
        return Sniffed(Kind.OTHER, "", "PostScript")
    if not any(code in _CONTROLS for code in data[:64]):
        return None
    if data[:4] == b"RIFF":
        name = data[8:12].decode("latin-1").strip()
        return Sniffed(Kind.IMAGE if name == "WEBP" else Kind.OTHER, "", name)
    if data[4:8] == b"ftyp":
        name = data[8:12].decode("latin-1").strip("\0 ")
        return Sniffed(Kind.IMAGE if name in ("heic", "heix", "mif1", "avif") else Kind.OTHER, "", name.upper())
    for signs, kind in ((_IMAGES, Kind.IMAGE), (_ARCHIVES, Kind.ARCHIVE), (_OTHERS, Kind.OTHER)):
        for sign, name in signs:
            if data.startswith(sign):
                return Sniffed(kind, "", name)
    return None


def _written(data: bytes, suffix: str) -> Sniffed:
    """Text of some kind; NUL bytes make it none, unless every second byte is one."""
    head = data[:_HEAD]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_wide(head)
    if not wide and _is_binary(data):
        return Sniffed(Kind.OTHER, "", suffix or "?")
    bare = head.replace(b"\0", b"").lstrip(b"\xff\xfe\xef\xbb\xbf \t\r\n") if wide else head
    if marked := _marked(bare, suffix):
        return marked
    if archive.is_archive(data):
        return _SAVED
    return _MARKDOWN if suffix in (".md", ".markdown") else _TEXT


def _marked(head: bytes, suffix: str) -> Sniffed | None:
    if b"<office:document" in head:
        return _FLAT
    if b"<w:wordDocument" in head or b"<pkg:package" in head:
        return _WORD_XML
    bare = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not bare.startswith(b"<"):
        return None
    if _ROOT.search(bare):
        return _WEB
    plain = suffix in (".txt", ".text", ".md", ".markdown")
    return _WEB if _TAG.match(bare) and not plain else None


def _is_wide(head: bytes) -> bool:
    even, odd = head[::2].count(0), head[1::2].count(0)
    return max(even, odd) * 4 > len(head) // 2 and not min(even, odd)


def _is_binary(data: bytes) -> bool:
    """Tell whether bytes are no text: one in fifty is a control character no text has."""
    sample = data[: _HEAD * 4]
    controls = sum(sample.count(bytes([code])) for code in _CONTROLS)
    return controls * 50 > len(sample)


_VISCII = {0x02, 0x05, 0x06, 0x14, 0x19, 0x1E}
"""Codes below 32 that were letters in VISCII."""
_CONTROLS = {*range(9), *range(14, 32)} - _VISCII
"""Codes that no text has."""
