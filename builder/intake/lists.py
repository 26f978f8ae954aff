"""The blocks of an ``Original`` → the same, signs of automatic lists being those the manuscript nests as they stood.

A sign says how deep an item stands: a dash holds plus signs, a plus sign holds dots. Word lets any sign stand at any
depth, so where its signs would be nested the other way round, the depth decides.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.intake.original import Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.intake.original import Grid

SIGNS = ("-", "+", "•")
"""The signs of items, from the outside in."""

_DASHES = {"–", "—"}


def signed(blocks: Sequence[Paragraph | Grid]) -> tuple[Paragraph | Grid, ...]:
    """Blocks → the same with a sign of ours before each item of an automatic list without numbers."""
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for block in blocks:
        if isinstance(block, Paragraph) and is_sign(block):
            counts[block.depth][_sign(block)] += 1
    ranks = [SIGNS.index(counts[depth].most_common(1)[0][0]) for depth in sorted(counts)]
    rising = all(above < below for above, below in itertools.pairwise(ranks))
    depths = {depth: min(at, len(SIGNS) - 1) for at, depth in enumerate(sorted(counts))}
    return tuple(
        replace(block, label=_sign(block) if rising else SIGNS[depths[block.depth]])
        if isinstance(block, Paragraph) and is_sign(block)
        else block
        for block in blocks
    )


def number(block: Paragraph) -> str:
    """The label of a paragraph when it is words or figures, not a sign."""
    return "" if is_sign(block) else block.label


def shown(block: Paragraph) -> str:
    """The label of a paragraph where it stands among words, a sign being one of ours."""
    return _sign(block) if is_sign(block) else block.label


def is_sign(block: Paragraph) -> bool:
    """Tell whether the label is a sign: no letter or figure is in it, but for the ring Word writes as a letter."""
    bare = block.label.strip()
    return bool(bare) and block.depth > 0 and (bare == "o" or not any(map(str.isalnum, bare)))


def _sign(block: Paragraph) -> str:
    bare = block.label.strip()
    return "-" if bare in _DASHES else bare if bare in SIGNS else "•"
