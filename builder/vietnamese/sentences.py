"""A passage comes in; its sentences go out, each with the space after it: put together they are the passage.

What looks like the end of a sentence and is none keeps its sentence whole: an abbreviation (``TP. Hồ Chí Minh``), an
initial (``V. I. Lê-nin``), a label (``Điều 5. Phạm vi``, ``II. Nội dung``), a question that is quoted (``“Làm gì?” là
tên sách``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from builder.vietnamese.frisket import CAPITAL

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING, _CLOSING = "(\\[{«“‘\"'", ")\\]}»”’\"'"
_END: Final = re.compile(
    rf"(?P<mark>[.?!…]+)[{_CLOSING}]*[ \u00a0\t\r\n]+(?=(?:[–—-][ \u00a0])?[{_OPENING}]*[{CAPITAL}\d])"
)
_BEFORE: Final = re.compile(r"[^\s.?!…]*\Z")
_LONGEST_WORD: Final = 40  # characters
_LABEL: Final = re.compile(r"\s*(?:\w+[ \u00a0]+){0,2}(?:\d+(?:\.\d+)*|[IVXLC]+|\w)")  # Phần thứ 2, Tiểu mục 1, II, a
_AND_SO_ON: Final = "v.v"
_ABBREVIATED: Final = """
tr t tp tx q p nxb gs pgs ts tskh ths bs ks cn đ/c sđd sdd st nd ch vd tl tm kt th bt xb in kg hn ub mt đh cđ ttg
"""
_SHORT: Final = frozenset(_ABBREVIATED.split())
_YEAR_FIGURES: Final = 4


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a passage; nothing of it is lost, nothing added."""
    begun = 0
    for match in _END.finditer(text):
        if _is_an_end(text, begun, match):
            yield text[begun : match.end()]
            begun = match.end()
    if begun < len(text):
        yield text[begun:]


def _is_an_end(text: str, begun: int, match: re.Match[str]) -> bool:
    stop = match.start()
    if match["mark"] != "." or text.endswith(_AND_SO_ON, begun, stop):
        return True
    if _LABEL.fullmatch(text, begun, stop):
        return False
    word = word_before(text, stop)
    return not word[-1:].isalpha() or ends_a_sentence(word, ".")


def word_before(text: str, stop: int) -> str:
    """Return the word that ends at a place, in small letters, without what opens it."""
    found = _BEFORE.search(text, max(0, stop - _LONGEST_WORD), stop)
    return found[0].strip("(“‘[").lower() if found else ""


def ends_a_sentence(word: str, mark: str) -> bool:
    """Tell whether a mark after a word ends a sentence: not after ``TP``, ``a``, ``5``, but after a year."""
    if word.isdecimal():
        return len(word) == _YEAR_FIGURES
    return word[-1:].isalpha() and (mark != "." or (word not in _SHORT and len(word) > 1))
