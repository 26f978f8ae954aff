"""A commentary comes in; its runs of text and boxes go out, and whether it pops up from the clause it speaks of.

In an e-book a clause calls its commentary, and the reading program shows it over the text. What Apple Books pops up
from an ``aside`` is not shown in the text besides; so only commentary that is all there in a small window is one. Kobo
pops up no more than 5000 characters.

What calls a commentary, and what leads back from it, stands in an e-book and not in print: everything that is so
has the class ``added``, and its letters are not counted where the two are compared or a printed page's place is found.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.publication import Box, Footnote, Indexed, Listing, Paragraph, nouns_in, passages

if TYPE_CHECKING:
    from builder.publication import Blocks, Note

BRIEF = 900  # characters that a small window shows with little scrolling
MOST = 5000  # characters that Kobo pops up


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a commentary: one box, or the blocks between two boxes."""

    box: Box | None
    blocks: Blocks


def runs(blocks: Blocks) -> tuple[Run, ...]:
    """Part the blocks of a commentary into its own voice and its boxes, in order."""
    parted: list[Run] = []
    for is_box, group in itertools.groupby(blocks, key=lambda block: isinstance(block, Box)):
        together = tuple(group)
        parted += [Run(box, ()) for box in together if isinstance(box, Box)] if is_box else [Run(None, together)]
    return tuple(parted)


def pops_up(note: Note) -> bool:
    """Tell whether a commentary may pop up from the clause that calls it; a longer one is only led to."""
    return _length(note) <= MOST


def is_brief(note: Note) -> bool:
    """Tell whether a commentary can do without a place in the text.

    It is short, all paragraphs and lists, and nothing leads into the midst of it: no footnote, no entry of the index.
    """
    plain = all(isinstance(block, Paragraph | Listing) for block in note.body)
    return plain and _length(note) <= BRIEF and not any(nouns_in((note.title, note.body), Footnote, Indexed))


def _length(note: Note) -> int:
    return sum(map(len, passages(note.body)))
