"""A session comes in; what its leader, its secretary and its members put down goes out: steps, questions.

A writer gives the agenda as a table (TT | Nội dung | Người thực hiện | Phút) or as a list, under heads of any words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.publication import Box, BoxKind, Heading, Item, Listing, Paragraph, Table, plain
from builder.vietnamese import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.publication import Blocks, Inlines, Session

WHAT = ("noi-dung", "cong-viec", "viec")
WHO = ("nguoi", "phu-trach", "thuc-hien")
HOW_LONG = ("phut", "thoi")
NUMBERED = ("tt", "stt", "so-tt")


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the agenda: what is done, by whom, how long; what the writer did not say is empty."""

    what: Inlines
    who: Inlines = ()
    time: Inlines = ()


def steps(session: Session) -> tuple[Step, ...]:
    """Return the steps of a session's agenda, in order."""
    return tuple(step for part in session.parts if part.kind == "agenda" for step in _steps(part.body))


def discussion(session: Session) -> tuple[Item, ...]:
    """Return the questions a session discusses, each with the number of writing lines asked for."""
    return tuple(item for part in session.parts if part.kind == "discussion" for item in _asked(part.body))


def _steps(blocks: Blocks) -> Iterator[Step]:
    for block in blocks:
        match block:
            case Table(head, rows):
                heads = [slug.slug(plain(cell)) for cell in head]
                what, who, time = (_column(heads, words) for words in (WHAT, WHO, HOW_LONG))
                what = _first_wordy(heads) if what is None else what
                yield from (
                    Step(row[what], *(() if each is None else row[each] for each in (who, time)))
                    for row in rows
                    if plain(row[what]).strip()
                )
            case Listing(items):
                yield from (Step(_opening(item.blocks)) for item in items)


def _column(heads: list[str], words: tuple[str, ...]) -> int | None:
    """Find the column whose head begins with one of the words."""
    return next((place for place, head in enumerate(heads) if head.startswith(words)), None)


def _first_wordy(heads: list[str]) -> int:
    """Return the first column that does not just count."""
    return next((place for place, head in enumerate(heads) if head not in NUMBERED and head), 0)


def _opening(blocks: Blocks) -> Inlines:
    """Return the first words among blocks."""
    return next((block.inlines for block in blocks if isinstance(block, Paragraph | Heading)), ())


def _asked(blocks: Blocks) -> Iterator[Item]:
    for block in blocks:
        match block:
            case Listing(items, start) if start is not None:
                yield from items
            case Box(BoxKind.QUESTION, inner, lines):
                yield Item(inner, lines)
