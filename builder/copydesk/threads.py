"""The bytes of a copy that came back come in; which of its comments are settled and which are replies goes out.

A reply reads as the end of the comment it replies to, and a settled comment is left out, where a Word file is taken in.
Here a reply is a comment of someone else on the same words, and settled commentary is commentary all the same.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from builder.copydesk.strips import bare

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_MOST = 30_000_000


@dataclass(frozen=True, slots=True)
class Reply:
    """Who replied, in how many paragraphs."""

    author: str
    paragraphs: int


@dataclass(frozen=True, slots=True)
class Threads:
    """The first lines of settled comments; by the id of a comment, its replies in order."""

    settled: frozenset[str] = frozenset()
    replies: dict[str, tuple[Reply, ...]] = field(default_factory=dict)


def read(data: bytes) -> Threads:
    """The bytes of a Word file → its threads; none where it has no such parts, or they cannot be read."""
    comments, extended = _part(data, "word/comments.xml"), _part(data, "word/commentsExtended.xml")
    if comments is None or extended is None:
        return Threads()
    by_id = {each.get(f"{_MAIN}id", ""): each for each in comments.iter(f"{_MAIN}comment")}
    owners = {p.get(f"{_W14}paraId"): key for key, each in by_id.items() for p in each.iter(f"{_MAIN}p")}
    parents, settled = {}, set()
    for each in extended.iter(f"{_W15}commentEx"):
        key = owners.get(each.get(f"{_W15}paraId"))
        parent = owners.get(each.get(f"{_W15}paraIdParent", ""))
        if key and parent and parent != key:
            parents[key] = parent
        if key and each.get(f"{_W15}done") in {"1", "true"}:
            settled |= {next(_texts(by_id[key]), "")}
    replies: dict[str, list[Reply]] = {}
    for key, comment in by_id.items():
        if key in parents:
            reply = Reply(comment.get(f"{_MAIN}author", ""), sum(1 for _ in _texts(comment)))
            replies.setdefault(_first(key, parents), []).append(reply)
    return Threads(frozenset(settled), {key: tuple(each) for key, each in replies.items()})


def _texts(comment: etree._Element) -> Iterator[str]:
    """Yield the words of its paragraphs, blank ones left out."""
    for paragraph in comment.iter(f"{_MAIN}p"):
        text = bare("".join(each.text or "" for each in paragraph.iter(f"{_MAIN}t")))
        if text:
            yield text


def _first(key: str, parents: dict[str, str]) -> str:
    seen: set[str] = set()
    while key in parents and key not in seen:
        seen.add(key)
        key = parents[key]
    return key


def _part(data: bytes, name: str) -> etree._Element | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if package.getinfo(name).file_size > _MOST:
                return None
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            return etree.fromstring(package.read(name), parser)
    except (KeyError, OSError, RuntimeError, NotImplementedError, EOFError):
        return None
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError):
        return None
