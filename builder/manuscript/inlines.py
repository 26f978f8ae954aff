"""Runs of Markdown tokens → Inlines of a publication; each problem finds the line its words stand on."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from builder import problems
from builder.manuscript import markdown, tongues
from builder.publication import (
    Break,
    Code,
    CrossReference,
    Emphasis,
    Footnote,
    Foreign,
    Indexed,
    Inlines,
    Link,
    Reference,
    Strong,
    Text,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from builder.manuscript.folder import Lines, Sheet
    from builder.manuscript.markdown import Node
    from builder.problems import Place, Problem
    from builder.publication import Inline


class Refer(Protocol):
    """Turns what a reference names, and where it stands, into a cross-reference."""

    def __call__(self, named: str, place: Place, kind: Reference = Reference.CLAUSE) -> CrossReference | None:
        """Return the cross-reference; nothing, and a problem, when nothing has the name."""


Call = Callable[[str, "Place"], Footnote | None]
"""The name of a footnote and where it is called → the footnote; nothing, and a problem, when there is none."""

_WEB = re.compile(r"(?:https?://[^\s/?#]|mailto:[^\s@]+@[^\s@])", re.IGNORECASE)


class Runs:
    """Reads the runs of one paragraph, cell or title."""

    def __init__(self, sheet: Sheet, lines: Lines, refer: Refer, call: Call, found: list[Problem]) -> None:
        """Take the lines from the first of the paragraph on."""
        self.sheet = sheet
        self.lines = lines
        self.refer = refer
        self.call = call
        self.found = found
        self.position = 0
        self.opened: set[str] = set()

    def read(self, nodes: Sequence[Node]) -> Inlines:
        """Nodes → inlines, adjacent text joined."""
        return tuple(_joined(self._run(node) for node in nodes))

    def where(self, words: str) -> Place:
        """Where words stand that were met at the current line or soon after."""
        ahead = self.lines[self.position :] or self.lines[-1:]
        for line in ahead:
            column = self.sheet.lines[line.number - 1].text.find(words)
            if column >= 0:
                return self.sheet.place(line, column + 1)
        return self.sheet.place(ahead[0]) if ahead else self.sheet.place(0, 0)

    def _run(self, node: Node) -> Inline | None:
        match node.type:
            case "em":
                return _filled(Emphasis(self.read(node.nodes)))
            case "strong":
                return _filled(Strong(self.read(node.nodes)))
            case "link":
                return self._link(node)
            case "softbreak" | "hardbreak":
                self.position += 1
                return Break() if node.type == "hardbreak" else Text(" ")
            case "code_inline":
                return Code(node.token.content)
        return self._mark(node)

    def _html(self, tag: str) -> None:
        """Report raw HTML; a closing tag is told with the one it closes."""
        name = tag.strip("</>").split()[0].lower() if tag.strip("</> ") else ""
        if tag.startswith("</") and name in self.opened:
            return
        self.opened.add(name)
        self.found.append(problems.html_raw(self.where(tag), tag))

    def _mark(self, node: Node) -> Inline | None:
        token = node.token
        match node.type:
            case "footnote_call":
                return self.call(token.content, self.where(token.markup))
            case "clause_reference":
                kind = Reference(token.markup[1:].partition(":")[0])
                return self.refer(token.content.strip(), self.where(token.markup), kind)
            case "index_mark":
                return self._indexed(node)
            case "foreign":
                return self._foreign(node)
            case "index_unclosed":
                self.found.append(problems.index_open(self.where(token.markup), token.markup))
                return None
            case "html_inline":
                self._html(token.content)
                return None
            case "image":
                address = str(token.attrs.get("src", ""))
                self.found.append(problems.figure_inline(self.where(address), address))
                return None
        if left := tongues.LEFT.search(token.content):
            self.found.append(problems.language_mark(self.where(left[0]), left[0]))
        return Text(token.content) if token.content else None

    def _indexed(self, node: Node) -> Inline | None:
        """Words for the index; what is left out of them is a problem."""
        token = node.token
        place = self.where(token.markup.partition("\n")[0])
        words = self.read(node.nodes)
        entry = token.info if token.meta["entry"] else plain(words)
        if not plain(words).strip() or not entry.strip():
            self.found.append(problems.index_empty(place, token.markup))
            return None
        return Indexed(words, " ".join(entry.split()))

    def _foreign(self, node: Node) -> Inline | None:
        """Words in another language; a tag that names none is a problem."""
        token = node.token
        words = self.read(node.nodes)
        language = tongues.tag(token.info)
        if language is None:
            self.found.append(problems.language_unknown(self.where(token.markup.partition("\n")[0]), token.info))
        return Foreign(words, language) if words and language else None

    def _link(self, node: Node) -> Inline | None:
        address = str(node.token.attrs.get("href", ""))
        place = self.where(address)
        inlines = self.read(node.nodes)
        if address.startswith("#"):
            reference = self.refer(address, place)
            return reference and CrossReference(reference.clause, plain(inlines) or reference.words)
        if not _WEB.match(address):
            self.found.append(problems.link_bad(place, address))
            return None
        return Link(markdown.address(address), inlines or (Text(address),))


def _filled(run: Emphasis | Strong) -> Inline | None:
    return run if run.inlines else None


def _joined(runs: Iterable[Inline | None]) -> Iterator[Inline]:
    """Join texts that follow one another."""
    gathered = ""
    for run in runs:
        if isinstance(run, Text):
            gathered += run.text
            continue
        if run is None:
            continue
        if gathered:
            yield Text(gathered)
        gathered = ""
        yield run
    if gathered:
        yield Text(gathered)
