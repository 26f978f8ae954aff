"""Passages and a tone style come in; the mends that write every word of theirs in that style go out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.proofs.nouns import Mend
from builder.vietnamese import syllable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.proofs.nouns import Passage

_WORD = re.compile(r"[^\W\d_]+")


def restyled(passages: Iterable[Passage], style: syllable.Style) -> Iterator[Mend]:
    """Yield a mend for every word whose tone stands where the other style puts it."""
    for passage in passages:
        for match in _WORD.finditer(passage.words):
            became = syllable.restyle(match[0], style)
            if became != match[0] and passage.whole(*match.span()):
                first, _ = passage.span(*match.span())
                line, column = passage.text.spot(first)
                yield Mend(passage.text.sheet.file, line, column, column + len(match[0]), became)
