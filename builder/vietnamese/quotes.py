"""A paragraph comes in; straight quotation marks, and marks and brackets without their fellow, go out.

Vietnamese has “ ” and, inside them, ‘ ’. An apostrophe in a name (``H'Nia``) is ’; feet, minutes and inches stay. The
paragraph is a covered one (see ``frisket``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from builder.vietnamese.findings import Finding, mended
from builder.vietnamese.frisket import CAPITAL, LETTER

if TYPE_CHECKING:
    from collections.abc import Iterator

_ANY = re.compile(r"[\"'“”‘()\[\]{}«»]")
_DOUBLE = re.compile(r'["“”]')
_SINGLE = re.compile("['‘]")
_NO_WORD_BEFORE = re.compile(r"[\s(\[{“‘«\"'/–—-]?")
_NO_WORD_AFTER = re.compile(r"[\s)\]}”’»\"',.;:!?…/–—-]?")


def any_in(text: str) -> bool:
    """Tell whether there is anything here to look at."""
    return _ANY.search(text) is not None


def straight(text: str) -> tuple[Finding, ...]:
    """Find ``Q_STRAIGHT``: every straight mark, with the curly one it stands for where that is beyond doubt."""
    found = (*_doubles(text), *_singles(text)) if '"' in text or "'" in text else ()
    return tuple(sorted(found, key=lambda each: each.start))


def curled(text: str) -> str:
    """Write the curly marks for the straight ones; every other character stays where it is."""
    return mended(text, straight(text))


# --- straight marks -------------------------------------------------------------------------------


def _opens(text: str, at: int) -> bool:
    """Tell whether a mark looks as if it opened: no word before it, something right after it."""
    return bool(_NO_WORD_BEFORE.fullmatch(text, max(0, at - 1), at)) and bool(text[at + 1 : at + 2].strip())


def _closes(text: str, at: int) -> bool:
    """Tell whether a mark looks as if it closed: no word after it, something right before it."""
    return bool(_NO_WORD_AFTER.fullmatch(text, at + 1, at + 2)) and bool(text[max(0, at - 1) : at].strip())


def _doubles(text: str) -> Iterator[Finding]:
    """Go by the looks of the marks where those make pairs; else by turns, if there is an even number of them."""
    places = [*_not_of_inches(text)]
    looks = [_look(text, at) for at in places]
    if not _in_pairs(looks) and len(places) % 2 == 0:
        looks = _by_turns(text, places)
    doubtful = _without_fellow(text, places, looks)
    for at, opens in zip(places, looks, strict=True):
        if text[at] == '"' and at in doubtful:
            yield Finding("Q_STRAIGHT", at, at + 1, None, ("“", "”"))
        elif text[at] == '"':
            yield Finding("Q_STRAIGHT", at, at + 1, "“" if opens else "”")


def _without_fellow(text: str, places: list[int], looks: list[bool | None]) -> set[int]:
    """List the marks of which nobody can say that they are of a pair; a quotation of several paragraphs needs none."""
    waiting: list[int] = []
    doubtful: set[int] = set()
    for at, opens in zip(places, looks, strict=True):
        if opens:
            waiting.append(at)
        elif opens is not None and waiting:
            waiting.pop()
        elif opens is None or text[at + 1 :].strip(" \n.,;:!?…)"):
            doubtful.add(at)
    return doubtful | {at for at in waiting if not _OPENING_A_PARAGRAPH.match(text, 0, at + 1)}


def _look(text: str, at: int) -> bool | None:
    """Tell whether a mark opens or closes, by what stands beside it; nothing when that says nothing."""
    if text[at] != '"':
        return text[at] == "“"
    opens, closes = _opens(text, at), _closes(text, at)
    return None if opens == closes else opens


def _in_pairs(looks: list[bool | None]) -> bool:
    """Tell whether every mark that closes has one before it that opens, and the other way round."""
    depth = 0
    for opens in looks:
        depth += 1 if opens else -1
        if depth < 0 or opens is None:
            return False
    return depth == 0


def _by_turns(text: str, places: list[int]) -> list[bool | None]:
    depth = 0
    looks: list[bool | None] = []
    for at in places:
        opens = depth == 0 if text[at] == '"' else text[at] == "“"
        depth = max(0, depth + (1 if opens else -1))
        looks.append(opens)
    return looks


def _not_of_inches(text: str) -> Iterator[int]:
    """Leave out the marks after a figure that stand for inches: no quotation is open that they could close."""
    opened = 0
    for match in _DOUBLE.finditer(text):
        at = match.start()
        if opened or match[0] != '"' or not text[at - 1 : at].isdecimal():
            opens = _look(text, at)
            opened = max(0, opened + (1 if opens or (opens is None and not opened) else -1))
            yield at


def _singles(text: str) -> Iterator[Finding]:
    """Pair what looks as if it opened with the next that looks as if it closed; then the apostrophes."""
    waiting: int | None = None
    for match in _SINGLE.finditer(text):
        at = match.start()
        if text[at] == "‘" or _is_apostrophe(text, at):
            if text[at] == "'":
                yield Finding("Q_STRAIGHT", at, at + 1, "’")
        elif waiting is not None and _closes(text, at):
            yield Finding("Q_STRAIGHT", waiting, waiting + 1, "‘")
            yield Finding("Q_STRAIGHT", at, at + 1, "’")
            waiting = None
        elif waiting is None and _opens(text, at) and not _closes(text, at):
            waiting = at
        elif text.count("‘", 0, at) > text.count("’", 0, at) and _closes(text, at):
            yield Finding("Q_STRAIGHT", at, at + 1, "’")


_APOSTROPHE = re.compile(
    rf"(?<=(?![aeiouyAEIOUY]){LETTER})'(?={LETTER})"  # H'Nia, l'Humanité; ho'i is hỏi mistyped
    rf"|(?<=(?<!\w)[OY])'(?=[{CAPITAL}])"  # O'Brien, Y'Thương
    r"|(?<!\w)'(?=\d\d(?![\d']))"  # những năm '80
)


def _is_apostrophe(text: str, at: int) -> bool:
    return _APOSTROPHE.match(text, at) is not None


# --- fellows --------------------------------------------------------------------------------------

_PAIRS: Final = {"”": "“", ")": "(", "]": "[", "}": "{", "»": "«"}
_OPENING: Final = frozenset(_PAIRS.values())
_MARK = re.compile(r"[“”()\[\]{}«»]")
# ``a)``, ``1)``, ``1.a)``, ``a), b)``: the bracket closes a label, not a bracket.
_LABEL = re.compile(
    r"(?:^|(?<=[\s,;:(/“\"–—-]))(?:\d{1,3}\.){0,3}(?:[a-zđA-ZĐ]\d{0,2}|\d{1,3}[a-zđ]?|[ivx]{1,5}|[IVX]{1,5})\)"
)
# A quotation of several paragraphs opens each; a label or a dash may stand before it.
_OPENING_A_PARAGRAPH = re.compile(r"\s*(?:[-–—+•*][ \u00a0]|[\dIVX]+[.)][ \u00a0]|[a-zđ]\)[ \u00a0])?[“\"]")
_AT_THE_END = re.compile(r"”[\s.,;:!?…)]*\Z")


def unbalanced(text: str, opened: int = 0) -> tuple[Finding, ...]:
    """Find ``Q_UNBALANCED`` and ``PAREN_UNBALANCED``: every mark without its fellow.

    Args:
        text: one paragraph, its quotation marks curly.
        opened: how many quotations of the paragraphs before are still open; this one may close them.

    A quotation may stay open at the end, if its mark opens the paragraph.
    """
    _, lone = _fellows(text)
    excused = {_opening(text), *[at for at in lone if text[at] == "”"][:opened]}
    return tuple(
        Finding("Q_UNBALANCED" if text[at] in "“”«»" else "PAREN_UNBALANCED", at, at + 1)
        for at in lone
        if at not in excused
    )


def left_open(text: str, opened: int = 0) -> int:
    """Count the quotations that are open at the end of a paragraph, so many having been open before it.

    The mark that opens a paragraph opens a quotation of several paragraphs again, unless it quotes a word only.
    """
    pairs, lone = _fellows(text)
    first = _opening(text)
    if opened and first is not None and (first in lone or (first in pairs and _AT_THE_END.match(text, pairs[first]))):
        opened -= 1
    opening, closing = (sum(text[at] == mark for at in lone) for mark in "“”")
    return max(0, opened - closing) + opening


def _opening(text: str) -> int | None:
    match = _OPENING_A_PARAGRAPH.match(text)
    return match.end() - 1 if match else None


def _fellows(text: str) -> tuple[dict[int, int], list[int]]:
    """Pair the marks; list those without fellow. The bracket of a label closes another only if nothing else does."""
    labels = {match.end() - 1 for match in _LABEL.finditer(text)}
    waiting: list[int] = []
    spare: list[int] = []
    lone: list[int] = []
    pairs: dict[int, int] = {}
    for match in _MARK.finditer(text):
        at, mark = match.start(), match[0]
        if mark in _OPENING:
            waiting.append(at)
        elif at in labels:
            spare.append(at)
        elif fellow := [place for place in waiting if text[place] == _PAIRS[mark]][-1:]:
            pairs[fellow[0]] = at
            waiting.remove(fellow[0])
        else:
            lone.append(at)
    return pairs, sorted((*lone, *_not_of_labels(text, waiting, spare)))


def _not_of_labels(text: str, waiting: list[int], spare: list[int]) -> Iterator[int]:
    """Leave out the opening brackets that the bracket of a label closes after all: ``(a)``."""
    for place in reversed(waiting):
        label = next((at for at in spare if at > place), None) if text[place] == "(" else None
        if label is None:
            yield place
        else:
            spare.remove(label)
