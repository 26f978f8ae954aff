"""Kinds of value a key takes → one table that both reads YAML nodes and writes their JSON Schema.

Each kind reads a node into plain data, adds a problem for what does not fit, and describes itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from builder import problems
from builder.manuscript import tongues
from builder.manuscript.yaml import Fields, Items, Scalar
from builder.vietnamese import dates, slug

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from builder.manuscript.yaml import Node
    from builder.problems import Place, Problem

Schema = dict[str, Any]
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class Kind(Protocol):
    """What a key takes."""

    def read(self, key: str, node: Node, found: list[Problem]) -> object:
        """A node → data; ``None`` when it is empty or does not fit, which is then in ``found``."""

    def schema(self) -> Schema:
        """The kind as JSON Schema."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words on one or more lines; numbers are words too."""

    def read(self, key: str, node: Node, found: list[Problem]) -> str | None:
        """A scalar → its characters."""
        if isinstance(node, Scalar):
            if left := tongues.LEFT.search(node.text):
                found.append(problems.language_mark(node.place, left[0]))
            return node.text.strip() or None
        found.append(problems.value_text(node.place, key))
        return None

    def schema(self) -> Schema:
        """Words as JSON Schema: a year alone is a number to an editor."""
        return {"type": ["string", "number", "null"]}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words; those of ``later`` are known, but this version does not do all that belongs to them yet."""

    words: tuple[str, ...]
    later: tuple[str, ...] = ()

    def read(self, key: str, node: Node, found: list[Problem]) -> str | None:
        """A scalar → the word it is."""
        text = Words().read(key, node, found)
        if text in self.later:
            found.append(problems.value_later(node.place, key, text))
        if text is None or text in self.words:
            return text
        found.append(problems.value_choice(node.place, key, text, self.words))
        return None

    def schema(self) -> Schema:
        """The words as JSON Schema."""
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail address (RFC 5322 §3.4.1, as far as they are given out)."""

    def read(self, key: str, node: Node, found: list[Problem]) -> str | None:
        """A scalar → the address."""
        text = Words().read(key, node, found)
        if text is None or _ADDRESS.fullmatch(text):
            return text
        found.append(problems.mail_bad(node.place, key, text))
        return None

    def schema(self) -> Schema:
        """An address as JSON Schema."""
        return {"type": "string", "pattern": f"^{_ADDRESS.pattern}$"}


@dataclass(frozen=True, slots=True)
class Day:
    """A date, day first or year first."""

    def read(self, key: str, node: Node, found: list[Problem]) -> datetime.date | None:
        """``30/4/2021`` or ``2021-04-30`` → the day."""
        text = Words().read(key, node, found)
        day = dates.parse_date(text) if text else None
        if text and day is None:
            found.append(problems.date_bad(node.place, text))
        return day

    def schema(self) -> Schema:
        """A date as JSON Schema."""
        form = r"^(\d{1,2}/\d{1,2}/\d{4}|\d{1,2}-\d{1,2}-\d{4}|\d{4}-\d{2}-\d{2})$"
        return {"type": "string", "pattern": form}


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds."""

    least: int
    most: int

    def read(self, key: str, node: Node, found: list[Problem]) -> int | None:
        """Digits → the number."""
        text = Words().read(key, node, found)
        if text is None:
            return None
        if re.fullmatch(r"[0-9]{1,9}", text) and self.least <= int(text) <= self.most:
            return int(text)
        found.append(problems.value_number(node.place, key, text, self.least, self.most))
        return None

    def schema(self) -> Schema:
        """The bounds as JSON Schema."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class Millimetres:
    """A length in millimetres within bounds, with or without a fraction (``0.104``, ``0,104``)."""

    least: float
    most: float

    def read(self, key: str, node: Node, found: list[Problem]) -> float | None:
        """Digits → the length."""
        text = Words().read(key, node, found)
        if text is None:
            return None
        bare = text.removesuffix("mm").strip().replace(",", ".")
        if re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,6})?", bare) and self.least <= float(bare) <= self.most:
            return float(bare)
        found.append(problems.value_millimetres(node.place, key, text, self.least, self.most))
        return None

    def schema(self) -> Schema:
        """The bounds as JSON Schema."""
        written = {"type": "string", "pattern": r"^[0-9]{1,4}([.,][0-9]{1,6})?( ?mm)?$"}
        return {"anyOf": [{"type": "number", "minimum": self.least, "maximum": self.most}, written]}


@dataclass(frozen=True, slots=True)
class Several:
    """A list; one value alone is a list of one."""

    of: Kind

    def read(self, key: str, node: Node, found: list[Problem]) -> tuple[Any, ...]:
        """A sequence → its values, those that fit."""
        if isinstance(node, Fields):
            found.append(problems.value_list(node.place, key))
            return ()
        nodes = node.nodes if isinstance(node, Items) else (node,)
        values = (self.of.read(key, each, found) for each in nodes)
        return tuple(value for value in values if value is not None)

    def schema(self) -> Schema:
        """A list as JSON Schema."""
        of = self.of.schema()
        return {"anyOf": [of, {"type": "array", "items": of}]}


@dataclass(frozen=True, slots=True)
class Placed:
    """A value with where it stands."""

    of: Kind

    def read(self, key: str, node: Node, found: list[Problem]) -> tuple[Any, Place] | None:
        """A node → its value and its place."""
        value = self.of.read(key, node, found)
        return None if value is None else (value, node.place)

    def schema(self) -> Schema:
        """The value as JSON Schema."""
        return self.of.schema()


@dataclass(frozen=True, slots=True)
class Group:
    """Known keys, each with its kind; some must be given."""

    keys: Mapping[str, Kind]
    needed: tuple[str, ...] = ()

    def read(self, key: str, node: Node, found: list[Problem]) -> dict[str, Any]:
        """A mapping → the values of the keys that were given and fit; no ``key``: it is a file's own."""
        if not isinstance(node, Fields):
            if not (isinstance(node, Scalar) and not node.text):
                found.append(problems.value_group(node.place, key) if key else problems.file_keys(node.place))
            return {}
        given = {name.text for name, _ in node.entries}
        found.extend(problems.key_missing(node.place, name) for name in self.needed if name not in given)
        values = {name.text: self._value(name, value, found) for name, value in node.entries}
        return {name: value for name, value in values.items() if value is not None}

    def _value(self, name: Scalar, node: Node, found: list[Problem]) -> object:
        kind = self.keys.get(name.text)
        if kind is None:
            found.append(problems.key_unknown(name.place, name.text, self.keys))
            return None
        return kind.read(name.text, node, found)

    def schema(self) -> Schema:
        """The keys as JSON Schema; no others."""
        properties = {name: kind.schema() for name, kind in self.keys.items()}
        schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
        return schema | ({"required": list(self.needed)} if self.needed else {})


@dataclass(frozen=True, slots=True)
class Named:
    """Keys of the writer's own, all of one kind; as slugs where they will name files."""

    of: Kind
    slugs: bool = False

    def read(self, key: str, node: Node, found: list[Problem]) -> tuple[tuple[str, Any], ...]:
        """A mapping → names with their values, in the order of the file."""
        if not isinstance(node, Fields):
            found.append(problems.value_group(node.place, key))
            return ()
        for name, _ in node.entries:
            if self.slugs and not slug.is_slug(name.text):
                better = slug.slug(name.text) or "ban-1"
                found.append(problems.key_name(name.place, name.text, better))
        values = ((name.text, self.of.read(name.text, value, found)) for name, value in node.entries)
        return tuple((name, value) for name, value in values if value is not None)

    def schema(self) -> Schema:
        """Names of one kind as JSON Schema."""
        names = {"propertyNames": {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}} if self.slugs else {}
        return {"type": "object", "additionalProperties": self.of.schema(), **names}
