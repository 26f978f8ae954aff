"""The blocks of a file → what it is called, and the blocks without its title where that stood alone at their head."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.intake import official, plain
from builder.intake.original import Grid, Paragraph
from builder.manuscript import labels

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST = 300
_LESSON = re.compile(r"(?:BÀI|CHUYÊN ĐỀ|HỌC PHẦN|MÔN)(?: THỨ)? \w+[.:]?", re.IGNORECASE)
_MOST_BODIES = 6


@dataclass(frozen=True, slots=True)
class Named:
    """A title, the line it was found on (0: in the properties of the file), and the blocks that are the text."""

    title: str
    line: int
    blocks: tuple[Paragraph | Grid, ...]


def of(property_: str, blocks: Sequence[Paragraph | Grid]) -> Named:
    """The title in a file's properties, and its blocks → what it is called.

    It is the paragraph styled as title, else the first one that names no body, when it can be one, else the title in
    the properties, else the first words.
    """
    worded = [block for block in blocks if isinstance(block, Paragraph) and block.text.strip()]
    bodies = tuple(
        itertools.takewhile(lambda block: not block.title and official.is_body(block.text), worded[:_MOST_BODIES])
    )
    first = next(iter(worded[len(bodies) :]), next(iter(worded), None))
    styled = next((block for block in worded if block.title), first)
    rest = [block for block in blocks if isinstance(block, Grid) or block.text.strip() or block.label]
    if first and first is styled and _LESSON.fullmatch(_words(first)) and worded[-1] is not first:
        below = worded[worded.index(first) + 1]
        return Named(f"{_words(first)}. {_words(below)}", first.line, tuple(blocks))
    if styled and styled is rest[0] and len(rest) > 1 and _names_all(styled, worded):
        return Named(_words(styled), styled.line, tuple(block for block in blocks if block is not styled))
    if styled and styled.title:
        return Named(_words(styled), styled.line, tuple(blocks))
    if property_ or first is None:
        return Named(property_, 0, tuple(blocks))
    label = labels.recognise(_words(first))
    return Named(plain.shortened((label and label.rest) or _words(first)), first.line, tuple(blocks))


def _words(paragraph: Paragraph) -> str:
    return " ".join(paragraph.text.split())


def _names_all(first: Paragraph, worded: Sequence[Paragraph]) -> bool:
    """Tell whether the first paragraph is the title of the whole and may leave the text."""
    text = _words(first)
    carries = first.remarks or first.label or any(run.note or run.picture for run in first.runs)
    if carries or len(text) > _LONGEST or labels.recognise(text):
        return False
    alone = not first.heading or sum(each.heading == first.heading for each in worded) == 1
    return first.title or (alone and not text.endswith((".", ";", ",", ":")))
