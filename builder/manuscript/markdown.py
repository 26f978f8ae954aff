"""Markdown text → trees of tokens: the only door to markdown-it.

Two readers. In programme text lists and headings are labels, so they are off. Everywhere indented code, reference
definitions and underlined headings are off, because they turn or swallow words unseen. Raw HTML is recognised only
to be reported. Four marks are added: calls of footnotes ``[^1]``; cross-references ``{khoan:Điều 5}``,
``{trang:Điều 5}``, ``{buoi:2}``; words for the index ``[[chữ]]``, ``[[chữ|mục tra cứu]]``; words in another language
``[open data]{lang=en}``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.helpers import parseLinkLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from builder.manuscript.folder import Lines

DEEPEST = 20
"""Block tokens at this level are lost by markdown-it; what comes near is reported."""

_DEEPEST_INLINE = 40
_CALL = re.compile(r"\[\^([^\]\s]{1,80})\]")
_REFERENCE = re.compile(r"\{(?:khoan|trang|buoi):([^{}\n]*)\}")
_INDEXED = re.compile(r"\[\[(?!\^)([^\[\]|]*)(?:\|([^\[\]]*))?\]\](?!\()")
_FOREIGN = re.compile(r"\[(?!\^)((?:\[\[[^\[\]]*\]\]|[^\[\]])*)\]\{\s*lang\s*=([^{}\n]*)\}")
_PLAIN = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.;:()/%“”‘’–—…-])*(?<! )")
_INDEX_OPEN = re.compile(r"\[\[(?!\^)[^\[\]]{0,40}")


@dataclass(slots=True)
class Node:
    """A token with what stands in it."""

    token: Token
    nodes: list[Node] = field(default_factory=list)

    @property
    def type(self) -> str:
        """What it is, without ``_open``."""
        return self.token.type.removesuffix("_open")

    def own(self, lines: Lines) -> Lines:
        """Of the lines that were read, those it takes."""
        return lines[slice(*self.token.map)] if self.token.map else lines[:1]


class _Reader(MarkdownIt):
    """Leaves addresses as they were written: what is allowed is decided where a line can be named."""

    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002 - markdown-it's name
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - markdown-it's name
        return link


def _reader(*off: str) -> MarkdownIt:
    reader = _Reader("commonmark", {"maxNesting": DEEPEST}).enable("table").disable(["code", "lheading", "reference"])
    reader.disable(list(off))
    reader.inline.ruler.before("link", "footnote_call", _footnote_call)
    reader.inline.ruler.before("link", "reference_to_clause", _reference_to_clause)
    reader.inline.ruler.before("link", "foreign_words", _foreign_words)
    reader.inline.ruler.before("link", "words_for_index", _words_for_index)
    return reader


def blocks(text: str, *, programme: bool) -> list[Node]:
    """Text of several lines → its blocks."""
    reader = _PROGRAMME if programme else _MATTER
    return _nested(reader.parse(text), DEEPEST + 1)


def inlines(text: str) -> list[Node]:
    """The text of one paragraph → its runs."""
    return [run for block in _MATTER.parseInline(text) for run in runs(block)]


def is_plain(text: str) -> bool:
    """Tell of a line that stands by itself whether it is one paragraph of text, without any mark.

    Most lines of a programme are, and need not be taken apart.
    """
    return _PLAIN.fullmatch(text) is not None


def runs(inline: Token) -> list[Node]:
    """An ``inline`` token → the runs in it."""
    return _nested(inline.children or [], _DEEPEST_INLINE)


def address(written: str) -> str:
    """A web or mail address as written → the same in ASCII, as PDF and e-books need it."""
    return normalizeLink(written)


def _nested(tokens: Sequence[Token], deepest: int) -> list[Node]:
    """Opening and closing tokens → a tree; beyond ``deepest`` everything lies flat."""
    top: list[Node] = []
    stack = [top]
    for token in tokens:
        if token.nesting < 0:
            stack.pop()
            continue
        node = Node(token)
        stack[-1].append(node)
        if token.nesting > 0:
            stack.append(node.nodes if len(stack) < deepest else stack[-1])
    return top


def _footnote_call(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form of a rule
    return _mark(state, _CALL, "footnote_call", silent=silent)


def _reference_to_clause(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form of a rule
    return _mark(state, _REFERENCE, "clause_reference", silent=silent)


def _words_for_index(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form of a rule
    """``[[words|entry]]`` opens and closes around the words; ``[[`` that is left open is told, unless a link has it."""
    match = _INDEXED.match(state.src, state.pos, state.posMax)
    if match is None:
        return not _in_link(state) and _unclosed(state, silent=silent)
    if not silent:
        token = state.push("index_mark_open", "", 1)
        token.content, token.markup, token.info = match[1], match[0], match[2] or ""
        token.meta = {"entry": match[2] is not None}
        _inside(state, match[1])
        state.push("index_mark_close", "", -1)
    state.pos = match.end()
    return True


def _foreign_words(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form of a rule
    """``[words]{lang=en}`` opens and closes around the words."""
    match = _FOREIGN.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("foreign_open", "", 1)
        token.content, token.markup, token.info = match[1], match[0], match[2].strip()
        _inside(state, match[1])
        state.push("foreign_close", "", -1)
    state.pos = match.end()
    return True


def _inside(state: StateInline, text: str) -> None:
    """Read words by themselves: the rule for plain text reads on to the next sign, whatever the end it is given."""
    words: list[Token] = []
    state.md.inline.parse(text, state.md, state.env, words)
    state.tokens += words
    state.tokens_meta += [None] * len(words)


def _unclosed(state: StateInline, *, silent: bool) -> bool:
    match = _INDEX_OPEN.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("index_unclosed", "", 0).markup = match[0]
    state.pos += len("[[")
    return True


def _in_link(state: StateInline) -> bool:
    """Tell whether the first of the brackets opens the words of a link: ``[[1]](https://…)``."""
    end = parseLinkLabel(state, state.pos)
    return end >= 0 and state.src[end + 1 : end + 2] == "("


def _mark(state: StateInline, pattern: re.Pattern[str], kind: str, *, silent: bool) -> bool:
    match = pattern.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push(kind, "", 0)
        token.content = match[1]
        token.markup = match[0]
    state.pos = match.end()
    return True


_PROGRAMME = _reader("list", "heading", "hr")
_MATTER = _reader()
