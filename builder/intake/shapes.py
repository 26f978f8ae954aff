"""A piece of a draft → what it is to be: a clause of some level, a heading, text, a table …; its label, its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from builder.manuscript import labels
from builder.publication import Level

if TYPE_CHECKING:
    from builder.intake.draft import Piece
    from builder.manuscript.labels import Label


class Shape(StrEnum):
    """What a piece is written as; the first twelve are the levels of clauses, the last two are wishes only."""

    PART = Level.PART.value
    CHAPTER = Level.CHAPTER.value
    SECTION = Level.SECTION.value
    SUBSECTION = Level.SUBSECTION.value
    ROMAN = Level.ROMAN.value
    ARTICLE = Level.ARTICLE.value
    NUMBER = Level.NUMBER.value
    DECIMAL = Level.DECIMAL.value
    LETTER = Level.LETTER.value
    DASH = Level.DASH.value
    PLUS = Level.PLUS.value
    BULLET = Level.BULLET.value
    HEADING_1 = "heading-1"
    HEADING_2 = "heading-2"
    HEADING_3 = "heading-3"
    HEADING_4 = "heading-4"
    HEADING_5 = "heading-5"
    HEADING_6 = "heading-6"
    TEXT = "text"
    QUOTE = "quote"
    TABLE = "table"
    FIGURE = "figure"
    NOTE = "note"
    VERSE = "verse"
    HEAD = "head"
    SIGN = "sign"
    JOINED = "join"
    OUT = "out"

    @property
    def level(self) -> Level | None:
        """The level of the clause; nothing for what is none."""
        return Level(self.value) if self.value in _LEVELS else None

    @property
    def depth(self) -> int:
        """How many hashes a heading has; 0 for what is none."""
        return int(self.value[-1]) if self.value.startswith("heading-") else 0


_LEVELS = frozenset(Level)
WHOLE = frozenset({Shape.TABLE, Shape.FIGURE, Shape.NOTE, Shape.VERSE, Shape.HEAD, Shape.SIGN})
"""What is more than running text: nothing else can be made into it."""

_FENCED = re.compile(r":::\s*(verse|head|sign)\b")
_NOTE = re.compile(r"(\[\^[^\]\s]{1,80}\]):\s*")
_TABLE = re.compile(r"\|.*\n\|[\s|:-]+\|(?:\n|$)")
_QUOTED = re.compile(r"^>[ ]?", re.MULTILINE)
_NAMED = {"&ndash;": "–", "&mdash;": "—", "&bull;": "•", "&middot;": "·"}


@dataclass(frozen=True, slots=True)
class Look:
    """A piece taken apart: its shape, its label as printed, its words in Markdown, how many hashes stood before it."""

    shape: Shape
    label: str
    words: str
    hashes: int = 0


def look(piece: Piece) -> Look:
    """Take a piece apart."""
    text = piece.text
    if fenced := _FENCED.match(text):
        return Look(Shape(fenced[1]), "", text)
    if note := _NOTE.match(text):
        return Look(Shape.NOTE, note[1], text[note.end() :])
    if text.startswith("> "):
        return Look(Shape.QUOTE, "", _QUOTED.sub("", text))
    if _TABLE.match(text):
        return Look(Shape.TABLE, "", text)
    if text.startswith("!["):
        return Look(Shape.FIGURE, "", text)
    first, end, others = text.partition("\n")
    label = labels.recognise(first)
    if label is None:
        return Look(Shape.TEXT, "", text)
    words = f"{label.rest}{end}{others}".strip()
    shape = Shape(f"heading-{label.hashes}") if label.level is Level.FREE else Shape(label.level.value)
    return Look(shape, label.printed, words, label.hashes)


def hidden(words: str) -> Label | None:
    r"""Text → the label that it opens with, escaped (``\1. text``, ``&ndash; text``) or not; nothing if it has none."""
    first = words.partition("\n")[0]
    for name, sign in _NAMED.items():
        first = sign + first.removeprefix(name) if first.startswith(name) else first
    label = labels.recognise(first.removeprefix("\\"))
    return label if label and label.level is not Level.FREE and not label.hashes else None


def inlined(words: str) -> str:
    r"""Text → the same to stand behind other words: the backslash of ``\1. text`` means a label only at their head."""
    return labels.unescaped(words)


def fitting(label: str, level: Level) -> Label | None:
    """The words of a label → what they are, when the level has such labels: ``rest`` is empty if it stands alone."""
    before_words = labels.recognise(f"{label} Từ")
    if before_words and before_words.level is level and (before_words.rest, before_words.hashes) == ("Từ", 0):
        return before_words
    alone = labels.recognise(label)
    return alone if alone and alone.level is level and not (alone.rest or alone.hashes) else None
