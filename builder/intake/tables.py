"""The lines of a Markdown table → its cells; cells → a table the manuscript reads, every row as wide as the widest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.intake.blocks import Block

_BAR = re.compile(r"(?<!\\)\|")


def rows(block: Block) -> tuple[tuple[str, ...], ...]:
    """A table as found → its head and its rows, without the line of dashes."""
    lines = (*block.lines[:1], *block.lines[2:])
    return tuple(_cells(line.text) for line in lines)


def write(block: Block, convert: Callable[[str], str]) -> str:
    """A table as found → Markdown, each cell put through ``convert``; cells beyond the head widen the head."""
    found = rows(block)
    width = max(map(len, found))
    head, *body = [_row(tuple(map(convert, row)), width) for row in found]
    return "\n".join([head, _row(_dashes(block.lines[1].text), width, "---"), *body])


def _cells(text: str) -> tuple[str, ...]:
    bare = text.strip().removeprefix("|")
    bare = bare[:-1] if bare.endswith("|") and not bare.endswith(r"\|") else bare
    return tuple(cell.strip() for cell in _BAR.split(bare))


def _dashes(text: str) -> tuple[str, ...]:
    """``|:--|--:|`` → the alignments, written alike."""
    return tuple(f"{':' * cell.startswith(':')}---{':' * cell.endswith(':')}" for cell in _cells(text))


def _row(cells: tuple[str, ...], width: int, empty: str = "") -> str:
    return f"| {' | '.join([*cells, *[empty] * width][:width])} |"
