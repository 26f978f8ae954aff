"""The lines of ``::: verse`` → verse; the line of an attribution, ``— Tác giả``, is known here for quotations too."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from builder import problems
from builder.manuscript import markdown
from builder.manuscript.folder import Line
from builder.publication import Verse, VerseLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.manuscript.folder import Lines, Sheet
    from builder.manuscript.markdown import Node
    from builder.problems import Problem
    from builder.publication import Inlines

ATTRIBUTION = re.compile(r"\s*(?:[—–]|--)\s+(?=\S)")
_INDENTED = re.compile(r"(?: {2}|\t)\s*\S")


def read(lines: Lines, opening: int, sheet: Sheet, found: list[Problem], words: Callable[[Lines], Inlines]) -> Verse:
    """The lines of a poem, opened on line ``opening`` → its stanzas; ``words`` reads the running text of a line."""
    written = [line for line in lines if line.text.strip()]
    attribution: Inlines = ()
    if written and (mark := ATTRIBUTION.match(written[-1].text)):
        last = written.pop()
        attribution = words((Line(last.number, last.text[mark.end() :]),))
    if not written:
        found.append(problems.fence_empty(sheet.place(opening), "verse"))
    body = [line for line in lines if line.number <= (written[-1].number if written else 0)]
    stanzas = (tuple(group) for filled, group in groupby(body, lambda line: bool(line.text.strip())) if filled)
    return Verse(tuple(tuple(_line(line, words) for line in stanza) for stanza in stanzas), attribution)


def _line(line: Line, words: Callable[[Lines], Inlines]) -> VerseLine:
    return VerseLine(words((Line(line.number, line.text.strip()),)), bool(_INDENTED.match(line.text)))


def credit(quotation: Node) -> tuple[Node, ...]:
    """Take the attribution out of a quotation, its last paragraph or the last line of that; return its runs."""
    last = quotation.nodes[-1] if quotation.nodes else None
    if last is None or last.type != "paragraph" or not last.nodes:
        return ()
    inline = last.nodes[0].token
    children = inline.children or []
    breaks = [at for at, token in enumerate(children) if token.type in {"softbreak", "hardbreak"} and not token.level]
    start = breaks[-1] + 1 if breaks else 0
    mark = ATTRIBUTION.match(children[start].content) if children[start:] else None
    if mark is None or (not start and len(quotation.nodes) == 1):
        return ()
    children[start].content = children[start].content[mark.end() :]
    inline.children = children[start:]
    runs = tuple(markdown.runs(inline))
    inline.children = children[: max(0, start - 1)]
    if not start:
        quotation.nodes.pop()
    return runs
