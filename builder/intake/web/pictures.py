"""The pictures a page names → those whose bytes came with it, by name; the others are reported, never fetched."""

from __future__ import annotations

import base64
import binascii
import re
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes, urljoin

from builder import problems
from builder.intake import figures
from builder.intake.original import Picture

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from builder.intake.record import Record
    from builder.intake.web.archive import Archived

_LARGEST = 10_000_000
_MOST = 500
_LONGEST = 2_000
_DATA = re.compile(r"data:([^,]{0,200}),", re.IGNORECASE)
_LAZY = ("src", "data-src", "data-original", "data-lazy-src")
_TINY = {"0", "1", "2"}


class Pictures:
    """Keeps the pictures of one page as they are met."""

    def __init__(self, archived: Archived, record: Record) -> None:
        """Take the files that were saved with the page."""
        self.found: dict[str, Picture] = {}
        self._files, self._base = archived.files, archived.base
        self._record = record
        self._names: dict[tuple[bytes, str], str] = {}

    def take(self, element: HtmlElement) -> str:
        """An ``img`` → the name of its picture; nothing when there is none to be had, which is reported."""
        addresses = [found.strip() for each in _LAZY if (found := element.get(each))]
        if not addresses or {element.get("width"), element.get("height")} & _TINY:
            return ""
        alt = " ".join(element.get("alt", "")[:2000].split())
        data = next((found for each in addresses if (found := self._bytes(each)) is not None), None)
        why = _fault(data) if len(self.found) < _MOST else "many"
        if data is None or why:
            shown = alt or addresses[-1].partition(",")[0].rpartition("/")[2][:80] or "?"
            self._record.add(problems.intake_picture_left, element.sourceline or 0, shown, why)
            return ""
        return self._keep(data, alt)

    def _keep(self, data: bytes, alt: str) -> str:
        print_of = sha256(data).digest(), alt
        if print_of not in self._names:
            self._names[print_of] = name = f"{len(self.found) + 1}"
            self.found[name] = Picture(data, figures.media_type(data), alt)
        return self._names[print_of]

    def _bytes(self, address: str) -> bytes | None:
        """The bytes an address stands for, when they came with the page."""
        head = _DATA.match(address)
        if head is None:
            return self._files.get(address) or self._saved(address)
        if len(address) > _LARGEST * 2:
            return b""
        body = unquote_to_bytes(address[head.end() :])
        if not head[1].lower().endswith("base64"):
            return body
        try:
            return base64.b64decode(body + b"=" * (-len(body) % 4))
        except (binascii.Error, ValueError):
            return b""

    def _saved(self, address: str) -> bytes | None:
        """The bytes of a picture that is named from where the page was saved."""
        if not self._files or len(address) > _LONGEST:
            return None
        try:
            return self._files.get(urljoin(self._base, address))
        except ValueError:  # no address at all
            return None


def _fault(data: bytes | None) -> str:
    if data is None:
        return "away"
    if len(data) > _LARGEST:
        return "large"
    return "" if figures.media_type(data) else "broken"
