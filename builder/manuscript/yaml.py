"""YAML 1.2 text → nodes that know their places; what is not plain data is a problem.

Every scalar keeps its characters (``5.10`` is not ``5.1``); what they mean is for the reader of the key to say.
Anchors, aliases and tags are refused: they are how a small file becomes a large one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from builder import problems
from builder.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ruamel.yaml.events import Event

_DEEPEST = 20
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as written; ``plain`` when it stood without quotes."""

    text: str
    place: Place
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Items:
    """A sequence."""

    nodes: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping, in the order of the file."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place


Node = Scalar | Items | Fields


class _Refused(Exception):  # noqa: N818 - not an error of ours: it carries a problem to ``read``
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)


def read(text: str, file: str, first_line: int = 1) -> tuple[Node | None, tuple[Problem, ...]]:
    """One YAML document → its root node (nothing when empty or unreadable) and the problems met.

    ``file`` names the source in places; ``first_line`` is the line of it on which ``text`` begins.
    """
    composer = _Composer(text, file, first_line)
    try:
        root = composer.document()
    except _Refused as refused:
        return None, (refused.problem,)
    return root, tuple(composer.problems)


def load(text: str, file: str) -> tuple[dict[str, object], tuple[Problem, ...]]:
    """One YAML document whose root is a mapping → plain data, and the problems met."""
    root, found = read(text, file)
    if isinstance(root, Fields):
        return {key.text: plain(value) for key, value in root.entries}, found
    wrong = (problems.file_keys(root.place),) if root else ()
    return {}, (*found, *wrong)


def plain(node: Node | None) -> object:
    """A node → plain data by the core schema: null, booleans and numbers are read, the rest is text."""
    match node:
        case Items(nodes=nodes):
            return [plain(item) for item in nodes]
        case Fields(entries=entries):
            return {key.text: plain(value) for key, value in entries}
        case Scalar(text=text, plain=bare):
            return _core(text) if bare else text
    return None


def _core(text: str) -> object:
    if text in {"", "~", "null", "Null", "NULL"}:
        return None
    if text.lower() in {"true", "false"}:
        return text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]{1,18}", text):
        return int(text)
    if re.fullmatch(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}", text):
        return float(text)
    return text


class _Composer:
    """Composes nodes from the parser's events; one mapping key is kept once."""

    def __init__(self, text: str, file: str, first_line: int) -> None:
        self.file = file
        self.first_line = first_line
        self.problems: list[Problem] = []
        self._events = self._parsed(text)

    def document(self) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, "---")
            elif isinstance(event, NodeEvent):
                root = self._node(event, 0)
        return root

    def _parsed(self, text: str) -> Iterator[Event]:
        try:
            yield from YAML(typ="safe", pure=True).parse(text)
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self._fail(mark.line if mark else 0, mark.column if mark else 0)
        except (YAMLError, ValueError, OverflowError):
            # The scanner lets impossible escapes ("\UFFFFFFFF") through to chr().
            self._fail(0, 0)

    def _fail(self, line: int, column: int) -> NoReturn:
        raise _Refused(problems.yaml_syntax(self._at(line, column)))

    def _at(self, line: int, column: int) -> Place:
        return Place(self.file, self.first_line + line, column + 1)

    def _place(self, event: Event) -> Place:
        return self._at(event.start_mark.line, event.start_mark.column)

    def _refuse(self, event: Event, what: str) -> NoReturn:
        raise _Refused(problems.yaml_feature(self._place(event), what))

    def _node(self, event: Event, depth: int) -> Node:
        self._only_plain(event)
        if depth > _DEEPEST:
            self._refuse(event, "[[[…")
        if isinstance(event, SequenceStartEvent):
            return self._items(event, depth)
        if isinstance(event, MappingStartEvent):
            return self._fields(event, depth)
        return self._scalar(event)

    def _only_plain(self, event: Event) -> None:
        if isinstance(event, AliasEvent):
            self._refuse(event, f"*{event.anchor}")
        if isinstance(event, NodeEvent) and event.anchor:
            self._refuse(event, f"&{event.anchor}")
        if isinstance(event, (ScalarEvent, CollectionStartEvent)) and str(event.ctag or ""):
            self._refuse(event, str(event.ctag).replace("tag:yaml.org,2002:", "!!"))

    def _scalar(self, event: Event) -> Scalar:
        if not isinstance(event, ScalarEvent):
            self._refuse(event, "? …")
        text, place = str(event.value), self._place(event)
        if found := _UNPRINTABLE.search(text):  # the file is free of them: an escape ("\0") has made it
            self.problems.append(problems.control_character(place, f"U+{ord(found[0]):04X}"))
            text = _UNPRINTABLE.sub("", text)
        return Scalar(unicodedata.normalize("NFC", text), place, plain=bool(event.implicit[0]))

    def _items(self, start: Event, depth: int) -> Items:
        nodes = []
        for event in self._events:
            if isinstance(event, SequenceEndEvent):
                break
            nodes.append(self._node(event, depth + 1))
        return Items(tuple(nodes), self._place(start))

    def _fields(self, start: Event, depth: int) -> Fields:
        entries: dict[str, tuple[Scalar, Node]] = {}
        for event in self._events:
            if isinstance(event, MappingEndEvent):
                break
            self._only_plain(event)
            key = self._scalar(event)
            value = self._node(next(self._events), depth + 1)
            if key.text in entries:
                first = entries[key.text][0].place
                self.problems.append(problems.key_twice(key.place, key.text, first.line))
            else:
                entries[key.text] = (key, value)
        return Fields(tuple(entries.values()), self._place(start))
