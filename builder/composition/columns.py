"""A table or an e-book's leaf comes in; whether a small screen has room for it, or the leaf with room made, goes out.

Measured: a telephone 360 px wide, its type twice as large as usual. Columns narrower than their longest word would
break it anywhere, or run out of the screen.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from builder.publication import plain

if TYPE_CHECKING:
    from builder.publication import Table

MOST = 4  # columns; Kobo shows no more
LETTERS = 21  # that a line of a table has room for
GAP = 0.8  # letters between columns
_CELL = re.compile(r"<t([dh])\b[^>]*>.*?</t\1>", re.DOTALL)
_NO_BREAK = "\u00a0"


def are_too_many(table: Table) -> bool:
    """Tell whether a small screen has no room for the columns of a table: it is read row by row there."""
    columns = zip_longest(table.head, *table.rows, fillvalue=())
    needed = [max((len(word) for cell in column for word in plain(cell).split()), default=0) for column in columns]
    return len(needed) > MOST or (len(needed) > 1 and sum(needed) + GAP * len(needed) > LETTERS)


def freed(markup: str) -> str:
    """Let words in cells part at every space: what is kept together elsewhere is wider than a narrow column."""
    return _CELL.sub(lambda found: found[0].replace(_NO_BREAK, " "), markup)
