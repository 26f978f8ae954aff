"""A paragraph comes in; straight quotation marks, and marks and brackets without their fellow, go out.

Vietnamese has “ ” and, inside them, ‘ ’. An apostrophe in a name (``H'Nia``) is ’; feet, minutes and inches stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from builder.vietnamese.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

_STRAIGHT = re.compile(r"[\"']")
_ANY = re.compile(r"[\"'“”‘()\[\]{}«»]")
_PAIRS: Final = {"”": "“", ")": "(", "]": "[", "}": "{", "»": "«"}
_OPENING: Final = frozenset(_PAIRS.values())
_BEFORE_OPENING: Final = frozenset(" \u00a0\n\t([{“‘«-–—/\ufffc")
# ``a)``, ``1)``, ``a), b)``: the bracket closes a label, not a bracket.
_LABEL = re.compile(r"(?:^|(?<=[\s,;(]))(?:[a-zđA-ZĐ]\d{0,2}|\d{1,3}|[ivxIVX]{1,5})\)")


def any_in(text: str) -> bool:
    """Tell whether there is anything here to look at."""
    return _ANY.search(text) is not None


def straight(text: str) -> Iterator[Finding]:
    """Yield ``Q_STRAIGHT`` for every straight mark, with the curly one it stands for."""
    open_double = open_single = False
    for match in _STRAIGHT.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if before.isdecimal() and not (open_double if match[0] == '"' else open_single):
            continue  # 5'30", 12"
        opens = (not before or before in _BEFORE_OPENING) and bool(after.strip())
        if match[0] == '"':
            opens = opens if opens != open_double else not open_double
            open_double = opens
            yield Finding("Q_STRAIGHT", *match.span(), "“" if opens else "”")
        elif before.isalpha() and after.isalpha():
            yield Finding("Q_STRAIGHT", *match.span(), "’")
        else:
            opens = opens and not open_single
            if opens and "'" not in text[match.end() :]:
                continue  # there is nothing that closes it
            open_single = opens
            yield Finding("Q_STRAIGHT", *match.span(), "‘" if opens else "’")


def unbalanced(text: str) -> Iterator[Finding]:
    """Yield ``Q_UNBALANCED`` and ``PAREN_UNBALANCED`` for every mark without its fellow.

    A quotation that runs over paragraphs may stay open at the end of one, if its mark opens the paragraph.
    """
    labels = {match.end() - 1 for match in _LABEL.finditer(text)}
    waiting: list[int] = []
    for at, mark in enumerate(text):
        if mark in _OPENING:
            waiting.append(at)
        elif mark in _PAIRS and at not in labels:
            fellow = next((place for place in reversed(waiting) if text[place] == _PAIRS[mark]), None)
            if fellow is None:
                yield _lone(text, at)
            else:
                yield from (_lone(text, place) for place in waiting if place > fellow)
                waiting = [place for place in waiting if place < fellow]
        elif mark in _PAIRS and waiting and text[waiting[-1]] == _PAIRS[mark] and _opened_here(text, waiting[-1], at):
            waiting.pop()
    yield from (_lone(text, place) for place in waiting if not (place == 0 and text[place] == "“"))


def _opened_here(text: str, opening: int, closing: int) -> bool:
    """Tell whether a label in brackets, ``(a)``, is what an opening bracket was waiting for."""
    return "\n" not in text[opening:closing]


def _lone(text: str, at: int) -> Finding:
    return Finding("Q_UNBALANCED" if text[at] in "“”«»" else "PAREN_UNBALANCED", at, at + 1)
