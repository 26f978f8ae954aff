"""A sheet comes in; its passages go out: what a person reads, paragraph by paragraph, with the place of every letter.

Markdown's parser tells no columns, so the marks are found here by their shapes. Where a shape is misread, a passage is
longer or shorter than its paragraph; no word is ever hidden by it.
"""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING

from builder.manuscript import labels
from builder.proofs.nouns import Passage, Text
from builder.vietnamese.frisket import OBJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = re.compile(
    r"""
    (?P<object>
        (?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)  # code
      | !\[[^\]]*\]\([^()]*\)  # a picture
      | \{(?:khoan|trang|buoi):[^{}\n]*\}
      | \[(?:\[\[[^\[\]]*\]\]|[^\[\]])*\]\{\s*lang\s*=[^{}\n]*\}  # words in another language
      | <(?:https?:|mailto:|/?[a-zA-Z])[^<>\n]*>
      | &(?:\#\d+|\#x[0-9a-fA-F]+|\w+);
    )
  | (?P<gone>
        \\(?=[\w!-/:-@\[-`{-~])
      | \[\^[^\]\s]+\]  # the call of a footnote
      | \[\[(?=[^\[\]]+\]\](?!\()) | (?:\\?\|[^\[\]|]*)?\]\](?!\()  # [[words]], [[words|entry of the index]]
      | \{\s*\w+\s*=[^{}\n]*\}
      | \[(?=[^\[\]]*\]\()  # [words](address)
      | (?<=[^\[])\]\([^()\s]*(?:\s+(?:"[^"]*"|'[^']*'))?\)
      | \*+(?=\S) | (?<=\S)\*+
      | (?<!\w)_{1,2}(?=\w) | (?<=\w)_{1,2}(?!\w)
    )
    """,
    re.VERBOSE,
)
_FENCE = re.compile(r"\s*(?:```|~~~)")
_BOX = re.compile(r" {0,3}:{3,}")
_HEADING = re.compile(r"\s*#{1,6}\s+")
_QUOTE = re.compile(r"(?:\s*>)+\s?")
_ITEM = re.compile(r"\s*(?:[-+*]|\d{1,9}[.)])\s+|\s*\[\^[^\]\s]+\]:\s*| {0,3}:\s+")
_ROW = re.compile(r"\s*\|")
_DELIMITER = re.compile(r"[\s|:-]+")
_CELL = re.compile(r"(?:\\\||[^|])+")
_CITED = re.compile(r"[^:]*(?::\s*|$)")


def passages(text: Text) -> Iterator[Passage]:
    """Yield the passages of a text, in its order; YAML has none."""
    if text.sheet.name.endswith(".yaml"):
        return
    yield from (passage for spans in _paragraphs(text) if (passage := _passage(text, *spans)))


_Span = tuple[int, int]


def _paragraphs(text: Text) -> Iterator[tuple[list[_Span], bool]]:
    """Yield, for each passage, the spans of its lines, and whether it is a heading."""
    gathered: list[_Span] = []
    code = False
    for number in range(_after_front_matter(text), len(text.sheet.lines)):
        line, start = text.sheet.lines[number].text, text.starts[number]
        end = start + len(line)
        if _FENCE.match(line):
            code = not code
        special = code or _FENCE.match(line) or _BOX.match(line) or not line.strip()
        if special or _begins(text, line):
            yield gathered, False
            gathered = []
        if special:
            continue
        if _ROW.match(line):
            yield from (([span], False) for span in _cells(line, start))
        elif heading := _HEADING.match(line):
            yield [(start + _cited(text, line, heading.end()), end)], True
        else:
            gathered.append((start + _opening(text, line), end))
    yield gathered, False


def _after_front_matter(text: Text) -> int:
    """Return the number, from 0, of the first line after the keys of a session."""
    lines = text.sheet.lines
    if not lines or lines[0].text.rstrip() != "---":
        return 0
    ends = (number for number, line in enumerate(lines[1:], 2) if line.text.rstrip() == "---")
    return next(ends, 0)


def _begins(text: Text, line: str) -> bool:
    """Tell whether a line opens a passage of its own."""
    if _ROW.match(line) or _HEADING.match(line):
        return True
    if text.is_programme and labels.recognise(line):
        return True
    return bool(_ITEM.match(line) or labels.is_rule(line))


def _opening(text: Text, line: str) -> int:
    """Return how many characters of a line are marks of its block; the labels of the programme are words."""
    quote = _QUOTE.match(line)
    start = quote.end() if quote else 0
    if text.is_programme and labels.recognise(line):
        return start + len(line[start:]) - len(line[start:].lstrip())
    item = _ITEM.match(line, start)
    return item.end() if item else start + len(line[start:]) - len(line[start:].lstrip())


def _cited(text: Text, line: str, start: int) -> int:
    """Return where a heading's words begin: in commentary after the citation."""
    cites = text.sheet.name.startswith("commentary/") and line.lstrip().startswith("## ")
    found = _CITED.match(line, start) if cites else None
    return found.end() if found else start


def _cells(line: str, start: int) -> Iterator[_Span]:
    if _DELIMITER.fullmatch(line):
        return
    for cell in _CELL.finditer(line):
        bare = cell[0].strip()
        if bare:
            begins = start + cell.start() + cell[0].index(bare)
            yield begins, begins + len(bare)


def _passage(text: Text, spans: list[_Span], heading: bool) -> Passage | None:  # noqa: FBT001 - a pair taken apart
    """Join the lines of a passage, its marks left out and its objects each one character."""
    words: list[str] = []
    offsets = array("Q")
    ended = 0
    for start, end in spans:
        if words:
            words.append("\n")
            offsets.append(ended)
        line = text.sheet.lines[text.spot(start)[0] - 1].text
        base = start - text.spot(start)[1] + 1
        done = start - base
        for mark in _MARKS.finditer(line, done, end - base):
            words.append(line[done : mark.start()])
            offsets.extend(range(base + done, base + mark.start()))
            if mark["object"]:
                words.append(OBJECT)
                offsets.append(base + mark.start())
            done = mark.end()
        words.append(line[done : end - base])
        offsets.extend(range(base + done, end))
        ended = end
    joined = "".join(words)
    return Passage(text, joined, offsets, heading) if joined.strip() else None
