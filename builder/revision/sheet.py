"""Questions about clauses come in; a table to fill in goes out, and, filled in, the answers.

It is a text that spreadsheets open: semicolons between the cells, UTF-8 with its mark. What comes back may have been
saved with other separators.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SIGN = "\ufeffid;"
"""What such a table opens with."""
ANSWER = 3
"""The column a person fills in, from 0; the first holds the path id of the old clause."""
_SEPARATORS = ";,\t"


def written(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write the table: the names of its columns, then a row a question; the first column is ``id``."""
    paper = io.StringIO()
    writer = csv.writer(paper, delimiter=";", lineterminator="\r\n")
    writer.writerow(["id", *heads])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + paper.getvalue()


def answers(data: bytes) -> dict[str, tuple[int, str]]:
    """Read a table: path id of the old clause → line of the table, what stands in the column for answers."""
    text = _decoded(data)
    head = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    found: dict[str, tuple[int, str]] = {}
    for row in reader:
        if len(row) > ANSWER and row[0].strip() != "id":
            found[row[0].strip().lstrip("'")] = reader.line_num, row[ANSWER].strip().lstrip("'")
    return found


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    return data.decode("utf-8-sig", errors="replace")


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet might take for a formula gets an apostrophe: the text may come from a stranger."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell
