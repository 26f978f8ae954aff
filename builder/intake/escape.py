r"""Words as found → the same words in Markdown that the manuscript reads as those words and nothing else.

Only what would be read as markup receives a backslash, so that the written text stays easy on the eye.
"""

from __future__ import annotations

import re

from builder.manuscript import labels

_MARKUP = re.compile(
    r"\\(?=[!-/:-@\[-`{-~]|$)"  # a backslash that would escape something, or break the line
    r"|[`*\[]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # an underscore inside a word is no emphasis
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#?\w+;)"
    r"|\{(?=(?:khoan|trang|buoi):)"
)
_BLOCK = re.compile(r">|:(?=::)|~(?=~~)")
_SIGN = re.compile(r"[-+*#]")
# Signs that open a clause but take no backslash in Markdown.
_NAMED = {"–": "&ndash;", "—": "&mdash;", "•": "&bull;", "·": "&middot;"}


def words(text: str) -> str:
    """A line of plain words → Markdown for exactly these words, wherever it stands in a paragraph."""
    return _MARKUP.sub(lambda match: "\\" + match[0], " ".join(text.split()))


def paragraph(text: str) -> str:
    r"""Inline Markdown → a paragraph: what opens like a label or a block is escaped (``\1. text``, ``\- text``)."""
    if not text or labels.recognise(text) is None:
        return "\\" + text if text.startswith("#") or labels.is_rule(text) else inside(text)
    if text[0] in _NAMED:
        return _NAMED[text[0]] + text[1:]
    return "\\" + text if text[0].isalnum() or _SIGN.match(text) else inside(text)


def inside(text: str) -> str:
    r"""Inline Markdown → the same after a label: what opens like a quotation or a fence is escaped."""
    return "\\" + text if _BLOCK.match(text) else text
