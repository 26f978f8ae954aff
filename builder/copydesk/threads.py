"""The bytes of a copy that came back come in; which of its comments are settled and which are replies goes out.

A reply reads as the end of the comment it replies to, and a settled comment is left out, where a Word file is taken in.
Here a reply is a comment of someone else on the same words, and settled commentary is commentary all the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.copydesk.strips import bare
from builder.intake.word import container, remarks
from builder.intake.word.names import w
from builder.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree


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
    try:
        found = remarks.threads(container.open_(data, ""))
    except Problems:
        return Threads()
    settled = {next(_texts(found.comments[key]), "") for key in found.settled}
    replies: dict[str, list[Reply]] = {}
    for key, comment in found.comments.items():
        if key in found.firsts:
            reply = Reply(comment.get(w("author"), ""), sum(1 for _ in _texts(comment)))
            replies.setdefault(found.firsts[key], []).append(reply)
    return Threads(frozenset(settled), {key: tuple(each) for key, each in replies.items()})


def _texts(comment: etree._Element) -> Iterator[str]:
    """Yield the words of its paragraphs, blank ones left out."""
    for paragraph in comment.iter(w("p")):
        text = bare("".join(each.text or "" for each in paragraph.iter(w("t"))))
        if text:
            yield text
