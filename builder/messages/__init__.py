"""The name of a list of words and a language come in; what it says under a key, its slots filled, goes out.

The lists stand beside this file, ``<name>.<language>.toml`` (that of the problems has no name), where an editor can
proof-read them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, ClassVar

LANGUAGES = ("vi", "en")

Table = dict[str, "Table | str"]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, by dotted keys; whoever speaks names the list it speaks from (``LIST``)."""

    LIST: ClassVar[str]

    language: str

    def __call__(self, key: str, **values: object) -> str:
        """Return a sentence with its slots filled.

        Raises:
            KeyError: the list has no such key, or a slot no value.
        """
        return self.typed(str(self._find(key))).format(**values)

    def typed(self, text: str) -> str:
        """Write a text as it is read here: unchanged, unless whoever speaks knows better."""
        return text

    def number(self, value: float, form: str = "g") -> str:
        """Write a number in a form (that of ``format``), with the comma or the point of the language."""
        return f"{value:{form}}".replace(".", self("decimal"))

    def has(self, key: str) -> bool:
        """Tell whether there are words under a key."""
        try:
            return isinstance(self._find(key), str)
        except KeyError:
            return False

    def pairs(self, key: str) -> list[tuple[str, str]]:
        """Return the lines of a small table, in the order they are written."""
        found = self._find(key)
        return (
            [(self.typed(name), self.typed(str(words))) for name, words in found.items()]
            if isinstance(found, dict)
            else []
        )

    def _find(self, key: str) -> Table | str:
        found: Table | str = table(self.language, self.LIST)
        for part in key.split("."):
            if not isinstance(found, dict):
                raise KeyError(key)
            found = found[part]
        return found


@cache
def table(language: str, name: str = "") -> dict[str, Any]:
    """Return a list of words as it is written; the one without a name is that of the problems."""
    file = ".".join(filter(None, (name, language, "toml")))
    return tomllib.loads(resources.files("builder").joinpath("messages", file).read_text("utf-8"))
