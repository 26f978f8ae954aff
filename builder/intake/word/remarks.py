"""The comments parts of a Word file → its remarks, their words in pieces; replies follow what they reply to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder import problems
from builder.intake.word import blocks, fields
from builder.intake.word.desk import Story
from builder.intake.word.names import W14, W15, w

if TYPE_CHECKING:
    from lxml.etree import _Element

    from builder.intake.word.container import Package, Relation
    from builder.intake.word.desk import Desk
    from builder.intake.word.rough import Rough

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class RoughRemark:
    """A remark with its words in pieces."""

    name: str
    author: str
    day: str
    roughs: tuple[Rough, ...]


@dataclass(frozen=True, slots=True)
class Threads:
    """The comments of a file by their ids; by the id of a reply, the comment its thread begins with; what is settled.

    Replies to each other in a circle all begin threads of their own: none of them is lost.
    """

    comments: dict[str, _Element] = field(default_factory=dict)
    firsts: dict[str, str] = field(default_factory=dict)
    settled: frozenset[str] = frozenset()


def read(desk: Desk) -> list[RoughRemark]:
    """Read the remarks in the order in which they are met in the text, the loose ones last.

    One that was marked as settled is left out with its replies, which is reported.
    """
    thread = threads(desk.package)
    comments, firsts = thread.comments, thread.firsts
    relations = desk.package.relations_of(desk.package.part("comments"))
    order = [key for key in desk.remarked if key in comments]
    order += [key for key in comments if key not in desk.remarked]
    replies: dict[str, list[str]] = {}
    for key in order:
        if key in firsts:
            replies.setdefault(firsts[key], []).append(key)
    heads = [key for key in order if key not in firsts]
    found = []
    for key in heads:
        if key in thread.settled:
            desk.line = desk.remarked.get(key, 0)
            desk.meet(problems.intake_remark_settled, _words(comments[key]))
        else:
            found.append(_remark(key, [comments[each] for each in (key, *replies.get(key, []))], desk, relations))
    return found


def _remark(key: str, thread: list[_Element], desk: Desk, relations: dict[str, Relation]) -> RoughRemark:
    desk.line = desk.remarked.get(key, 0)
    roughs: list[Rough] = []
    for each in thread:
        story = Story(relations, desk.numbering.afresh(), fields.in_part(each), calls_notes=False)
        roughs += blocks.paragraphs(each, desk, story)
    day = _DAY.match(thread[0].get(w("date"), ""))
    return RoughRemark(key, thread[0].get(w("author"), ""), day[0] if day else "", tuple(roughs))


def _words(comment: _Element) -> str:
    return " ".join(comment.itertext(w("t")))


def threads(package: Package) -> Threads:
    """Tell of each reply which comment its thread begins with, and which comments are marked as settled.

    A newer Word keeps this in a part of its own, where a comment goes by the id of its last paragraph.

    Raises:
        Problems: when a part is damaged.
    """
    root, extended = package.of_kind("comments"), package.of_kind("commentsExtended")
    comments = {} if root is None else {each.get(w("id"), ""): each for each in root.iter(w("comment"))}
    if extended is None:
        return Threads(comments)
    by_paragraph = {}
    for key, comment in comments.items():
        for paragraph in comment.iter(w("p")):
            by_paragraph[paragraph.get(f"{W14}paraId", "")] = key
    parents, settled = {}, set()
    for each in extended.iter(f"{W15}commentEx"):
        key = by_paragraph.get(each.get(f"{W15}paraId", ""), "")
        parent = by_paragraph.get(each.get(f"{W15}paraIdParent", "-"), "")
        if key and parent and parent != key:
            parents[key] = parent
        if key and each.get(f"{W15}done", "0") in ("1", "true"):
            settled.add(key)
    firsts = {key: _first(key, parents) for key in parents}
    return Threads(comments, {key: first for key, first in firsts.items() if first != key}, frozenset(settled))


def _first(key: str, parents: dict[str, str]) -> str:
    """Follow a reply to the comment that its thread begins with; whatever stands in a circle is a first one."""
    seen: set[str] = set()
    while key in parents and key not in seen:
        seen.add(key)
        key = parents[key]
    return key
