"""One line of programme text → the level label it opens with, or nothing.

The forms are those of official documents, old and new: ``Phần thứ nhất``, ``Chương II``, ``Điều 5.``, ``I-``,
``1)``, ``1.1.``, ``đ)``, ``-``, ``+``, ``•``. Hashes and bold around a label are tolerated; its punctuation is not
optional, because ``Điều 5 của Luật này`` is running text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from builder.publication import Level
from builder.vietnamese import numbering

_WORDS = {
    "phần": Level.PART,
    "chương": Level.CHAPTER,
    "mục": Level.SECTION,
    "tiểu mục": Level.SUBSECTION,
    "điều": Level.ARTICLE,
}
_SIGNS = {"+": Level.PLUS, "*": Level.BULLET, "•": Level.BULLET, "·": Level.BULLET}

_BOLD = r"(?P<bold>\*\*)?"

# Every pattern captures `number`; what it matches is the label as printed.
_HEADING = re.compile(
    r"(?P<word>Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Tiểu [Mm]ục|TIỂU MỤC)\s+"
    r"(?P<number>(?:thứ|THỨ)\s+\w+(?:\s\w+){0,3}?|[IVXLC]+[a-zđ]?|\d{1,3}[a-zđ]?)"
    rf"{_BOLD}(?:\s?[.:](?!\d)|\s?[-–—](?=\s|$)|(?=(?:\s*\*\*)?$))"
)
_ARTICLE = re.compile(
    r"(?P<word>Điều|ĐIỀU)\s+(?P<number>\d{1,4}[a-zđ]?|\d{1,4}(?:\.[0-9A-ZĐ]{1,9}){1,8})"
    rf"{_BOLD}(?:\s?[.:](?!\d)|(?=(?:\s*\*\*)?$))"
)
_ROMAN = re.compile(rf"(?P<number>[IVXL]+){_BOLD}(?:\s?[-–—]|[.)])(?!\s[^\W\d_]\.)(?=\s|$|\*\*|[^\W\d_]{{2}})")
_DECIMAL = re.compile(rf"(?P<number>\d{{1,3}}(?:\.\d{{1,2}}){{1,8}}){_BOLD}[.)-]?(?=\s|\*\*)")
_NUMBER = re.compile(rf"(?P<number>\d{{1,3}}[a-zđ]?){_BOLD}(?:[.)-](?=\s|$|\*\*)|/(?=\s))")
_LETTER = re.compile(rf"(?P<number>[a-zđ]\d{{0,2}}){_BOLD}(?:[.)-](?=\s|$|\*\*)|/(?=\s))")
_DASH = re.compile(r"(?P<number>)[-–—](?=\s)")
_SIGN = re.compile(r"(?P<number>)[+*•·](?=\s)")

_OPENING = re.compile(r"\s*(?P<hashes>#{1,6}(?!#))?\s*")
_RULE = re.compile(r"\s*([-*_])(?:\s*\1){2,}\s*")


@dataclass(frozen=True, slots=True)
class Label:
    """A label found at the head of a line: as ``printed``, its bare ``number``, the ``rest`` of the line.

    A heading without a label has an empty ``printed``; ``column`` counts from 1; ``hashes`` is how many ``#`` stood
    before it.
    """

    level: Level
    printed: str
    number: str
    rest: str
    column: int
    hashes: int = 0


def recognise(text: str) -> Label | None:
    """One line → its label; nothing when the line is running text (or a rule, ``---``)."""
    text = text.rstrip()
    if is_rule(text):
        return None
    opening = _OPENING.match(text)
    if opening is None or not text[opening.end() :].strip("*"):
        return None
    hashes = len(opening["hashes"] or "")
    start = opening.end()
    bold = text.startswith("**", start)
    found = _labelled(text, start + 2 * bold, hashes, bold=bold)
    if found or not hashes:
        return found
    return Label(Level.FREE, "", "", without_closing_hashes(text[start:]), start + 1, hashes)


def without_closing_hashes(title: str) -> str:
    """``A title ##`` → ``A title``."""
    bare = title.rstrip()
    shorter = bare.rstrip("#")
    return shorter.strip() if shorter[-1:].isspace() else bare.strip()


def is_rule(text: str) -> bool:
    """Tell whether a line is a thematic break: three or more ``-``, ``*`` or ``_`` and nothing else."""
    return _RULE.fullmatch(text) is not None


def unescaped(text: str) -> str:
    r"""A line whose label is escaped → the line without the backslash: ``\1. text`` is the text ``1. text``."""
    bare = text.lstrip()
    if bare.startswith("\\") and bare[1:2].isalnum() and recognise(bare[1:]):
        return bare[1:]
    return text


def whole_bold(text: str) -> str | None:
    """``**words**`` and nothing else → the words."""
    if len(text) > len("****") and text.startswith("**") and text.endswith("**") and "**" not in text[2:-2]:
        return text[2:-2].strip()
    return None


def _labelled(text: str, start: int, hashes: int, *, bold: bool) -> Label | None:
    match, level = _match(text, start)
    if match is None or level is None:
        return None
    printed = re.sub(r"\s+", " ", match[0].replace("**", ""))
    closed = bool(match.groupdict().get("bold"))
    rest = _rest(text[match.end() :].strip(), bold=bold and not closed)
    if level is Level.BULLET:
        printed = "•"
    return Label(level, printed, match["number"], rest, match.start() + 1, hashes)


def _rest(rest: str, *, bold: bool) -> str:
    """What follows a label; a bold begun before the label goes on in it, unless it ends at once."""
    if bold:
        return rest[2:].strip() if rest.startswith("**") else f"**{rest}"
    return rest


def _match(text: str, start: int) -> tuple[re.Match[str] | None, Level | None]:
    first = text[start]
    if first in "PCMTĐ" and (match := _HEADING.match(text, start) or _ARTICLE.match(text, start)):
        number = numbering.read(match["number"])
        level = _WORDS[" ".join(match["word"].lower().split())]
        known = bool(number.values) or level is Level.ARTICLE
        return (match, level) if known else (None, None)
    if first in "IVXL":
        return _roman(text, start)
    if first in "0123456789":
        return _counted(text, start)
    if match := _LETTER.match(text, start):
        return match, Level.LETTER
    if match := _DASH.match(text, start):
        return match, Level.DASH
    match = _SIGN.match(text, start)
    return match, _SIGNS[match[0]] if match else None


def _roman(text: str, start: int) -> tuple[re.Match[str] | None, Level | None]:
    """``I-ĐẶC ĐIỂM`` opens with a label, ``I-ta-li-a`` and a lone ``L.`` do not."""
    match = _ROMAN.match(text, start)
    if match is None or match["number"] == "L" or not numbering.roman_value(match["number"]):
        return None, None
    follows = text[match.end() : match.end() + 2]
    glued = follows.isalpha() and not follows.isupper()
    return (None, None) if glued else (match, Level.ROMAN)


def _counted(text: str, start: int) -> tuple[re.Match[str] | None, Level | None]:
    if match := _DECIMAL.match(text, start):
        return match, Level.DECIMAL
    return _NUMBER.match(text, start), Level.NUMBER
