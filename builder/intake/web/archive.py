"""A saved page (MHTML) → the bytes of its HTML, and of the pictures saved with it by their addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email import errors, message_from_bytes, policy
from typing import TYPE_CHECKING

from builder import problems
from builder.problems import Place, Problems

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from builder.intake.record import Record

_HEAD = 8192
_FIRST = re.compile(rb"\s*(?:[A-Za-z][A-Za-z-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*)+\r?\n?")
_SIGN = re.compile(rb"(?im)^content-type:\s*(?:multipart/(?:related|mixed|alternative)|text/html)")
_PARTS = 2_000


@dataclass(frozen=True, slots=True)
class Archived:
    """A page: its bytes, the charset named beside them, the bytes of the files saved with it, by address.

    ``base`` is where the page was saved from; addresses in it may lead on from there.
    """

    page: bytes
    charset: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    base: str = ""


def is_archive(data: bytes) -> bool:
    """Tell whether bytes begin as a saved page does: with the head of a message."""
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf")
    first = _FIRST.match(head)
    return first is not None and _SIGN.search(first[0]) is not None


def opened(data: bytes, record: Record) -> Archived:
    """A saved page → its parts.

    Raises:
        Problems: ``INTAKE_DAMAGED`` when there is no page in it.
    """
    try:
        return _archived(data, record)
    except (errors.MessageError, LookupError, ValueError, TypeError, RecursionError) as error:
        raise Problems([problems.intake_damaged(Place(record.file), "MHTML")]) from error


def _archived(data: bytes, record: Record) -> Archived:
    parts = list(_parts(data))
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise Problems([problems.intake_damaged(Place(record.file), "MHTML")])
    page = max(pages, key=lambda part: len(part.get_payload()))
    files: dict[str, bytes] = {}
    for part in parts:
        if part.get_content_maintype() == "image":
            payload = _payload(part)
            files |= dict.fromkeys(_addresses(part), payload)
    return Archived(_payload(page), str(page.get_content_charset() or ""), files, next(_addresses(page), ""))


def _parts(data: bytes) -> Iterator[Message]:
    """The leaves of a message, so many and no more."""
    message = message_from_bytes(data, policy=policy.compat32)
    for number, part in enumerate(message.walk()):
        if number >= _PARTS:
            return
        if not part.is_multipart():
            yield part


def _payload(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _addresses(part: Message) -> Iterator[str]:
    if location := str(part.get("Content-Location", "")).strip():
        yield location
    if identity := str(part.get("Content-ID", "")).strip().strip("<>"):
        yield f"cid:{identity}"
