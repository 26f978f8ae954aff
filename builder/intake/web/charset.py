"""The bytes of a page → its characters, and how sure they are.

A page says how it is encoded in several places, and often wrongly. What reads as UTF-8 is UTF-8; other bytes stand as
Latin-1 characters until the words are known, for old Vietnamese encodings can only be told from words.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder import problems
from builder.problems import Place, Problems
from builder.vietnamese.legacy import Encoding

if TYPE_CHECKING:
    from builder.intake.record import Record

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAMPLE = 4096
_SAID = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_OLD = {
    "windows-1258": Encoding.CP1258,
    "cp1258": Encoding.CP1258,
    "x-cp1258": Encoding.CP1258,
    "viscii": Encoding.VISCII,
    "csviscii": Encoding.VISCII,
    "tcvn": Encoding.TCVN3,
    "tcvn3": Encoding.TCVN3,
    "tcvn5712-1": Encoding.TCVN3,
    "x-viet-tcvn5712": Encoding.TCVN3,
    "x-viet-vni": Encoding.VNI,
    "x-viet-vps": Encoding.VPS,
}
_FEW = 0.002  # of the bytes of a page may be no UTF-8, where it says that it is UTF-8


@dataclass(frozen=True, slots=True)
class Source:
    """The characters of a page; ``raw`` tells that those above ASCII are bytes, ``said`` what the page calls them."""

    text: str
    raw: bool = False
    said: Encoding | None = None


def decode(data: bytes, record: Record, header: str = "") -> Source:
    """The bytes of a page → its characters; ``header`` is the charset its archive gives.

    Raises:
        Problems: ``NOT_UTF8`` when it begins with a byte order mark and does not keep to it.
    """
    marked = next((mark for mark in _MARKS if data.startswith(mark[0])), None)
    if marked:
        return Source(_strictly(data[len(marked[0]) :], marked[1], record))
    if wide := _wide(data):
        return Source(_strictly(data, wide, record))
    try:
        return Source(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _undecided(data, record, header or _declared(data))


def _strictly(data: bytes, encoding: str, record: Record) -> str:
    try:
        return data[: len(data) // 2 * 2 if "16" in encoding else None].decode(encoding)
    except UnicodeDecodeError as error:
        raise Problems([problems.not_utf8(Place(record.file))]) from error


def _wide(data: bytes) -> str:
    """UTF-16 without its mark: every second byte of the tags is NUL."""
    head = data[:_SAMPLE]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 4 > len(head) and not min(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    return ""


def _declared(data: bytes) -> str:
    said = _SAID.search(data[:_SAMPLE])
    return said[1].decode("ascii").lower() if said else ""


def _undecided(data: bytes, record: Record, said: str) -> Source:
    """Bytes that are no UTF-8: as the page says, where that is an encoding of several bytes; else left as bytes."""
    said = said.lower()
    replaced = data.decode("utf-8", "replace")
    count = replaced.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    if "utf" in said and count <= 1 + _FEW * len(data) and len(replaced) < len(data):
        line = replaced.count("\n", 0, replaced.index("\ufffd")) + 1
        record.add(problems.intake_replaced, line, count)
        return Source(replaced)
    if said not in _OLD and _is_other(said):
        return Source(data.decode(said, "replace"))
    return Source(data.decode("latin-1"), raw=True, said=_OLD.get(said))


def _is_other(said: str) -> bool:
    """Tell whether a name is that of an encoding Python knows and Vietnamese was never written in."""
    try:
        found = codecs.lookup(said).name
    except LookupError:
        return False
    text = not found.startswith(("utf", "iso8859", "ascii", "unicode", "raw", "charmap", "latin"))
    return text and found not in ("cp1252", "cp1258", "idna", "punycode", "mbcs", "undefined") and _is_text(found)


def _is_text(name: str) -> bool:
    """Tell codecs of text from those that only pack bytes (``zlib``, ``hex``)."""
    try:
        return bool("a".encode(name).decode(name))
    except (LookupError, UnicodeError, ValueError):
        return False
