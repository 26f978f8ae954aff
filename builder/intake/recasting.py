"""The texts of pieces and what is to be done to them as one → the same pieces with what became of each.

A letter of an old encoding, or one and its tone, may be split over two runs; what is done to the whole must not lose
which part of it was bold.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING
from unicodedata import combining

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MOST_WORK = 5_000_000


def recast(texts: Sequence[str], change: Callable[[str], str], whole: str | None = None) -> list[str]:
    """Change texts as one.

    Args:
        texts: of the pieces, in order.
        change: what is to be done to a text.
        whole: what becomes of all of them together, where that is known already.

    Returns:
        As many texts; together they are the changed whole. A letter that two pieces share goes to the first.
    """
    if whole is None:
        whole = change("".join(texts))
    if len(texts) == 1:
        return [whole]
    glued = _glued(texts, change)
    parts = [change(text) if text else "" for text in glued]
    if "".join(parts) == whole:
        return parts
    ends = list(accumulate(map(len, parts)))
    if not ends or ends[-1] != len(whole):
        ends = _ends(glued, change, len(whole))
    return [whole[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _glued(texts: Sequence[str], change: Callable[[str], str]) -> list[str]:
    """Move to the end of a text what belongs to its last letter and stands at the beginning of the next one."""
    found = list(texts)
    last = -1
    for at, text in enumerate(found):
        if not text:
            continue
        cut, before = 0, found[last][-1] if last >= 0 else ""
        while before and cut < len(text) and _are_one(before, text[cut], change):
            before, cut = text[cut], cut + 1
        if cut:
            found[last] += text[:cut]
            found[at] = text[cut:]
        last = at if found[at] else last
    return found


def _are_one(before: str, after: str, change: Callable[[str], str]) -> bool:
    if combining(after):
        return True
    if before.isascii() and after.isascii():
        return False
    return len(change(before + after)) < len(change(before)) + len(change(after))


def _ends(texts: Sequence[str], change: Callable[[str], str], length: int) -> list[int]:
    """Tell where each text ends in the changed whole, by changing ever longer beginnings of it."""
    whole = "".join(texts)
    if len(whole) * len(texts) > _MOST_WORK:
        return [length] * len(texts)
    found: list[int] = []
    for end in accumulate(map(len, texts)):
        found.append(min(length, max(len(change(whole[:end])), found[-1] if found else 0)))
    found[-1] = length
    return found
