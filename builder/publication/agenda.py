"""A part of a session comes in; how many minutes its agenda gives away goes out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.publication.text import Table, plain
from builder.vietnamese import slug

if TYPE_CHECKING:
    from builder.publication.program import SessionPart
    from builder.publication.text import Block

_MINUTES = re.compile(r"([0-9]{1,4})\s*(?:phút|['’′p])?", re.IGNORECASE)
_TOTAL = ("tong", "cong")


def minutes(part: SessionPart) -> int:
    """Add the minutes of an agenda up; 0 for any other part, and for an agenda without a column of minutes."""
    return sum(map(_total, part.body)) if part.kind == "agenda" else 0


def _total(block: Block) -> int:
    """The sum of a table's column of minutes; 0 when it has none, or when it holds anything else."""
    if not isinstance(block, Table):
        return 0
    heads = [slug.slug(plain(cell)) for cell in block.head]
    column = next((place for place, head in enumerate(heads) if "phut" in head or "thoi-luong" in head), None)
    if column is None:
        return 0
    rows = [row for row in block.rows if not any(slug.slug(plain(cell)).startswith(_TOTAL) for cell in row)]
    cells = [plain(row[column]).strip() for row in rows if plain(row[column]).strip()]
    matches = [_MINUTES.fullmatch(cell) for cell in cells]
    return sum(int(match[1]) for match in matches if match) if all(matches) else 0
