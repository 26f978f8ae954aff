"""The environment comes in; the words of the command line in the reader's language go out."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from builder import PROGRAM

if TYPE_CHECKING:
    from collections.abc import Mapping

LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")  # POSIX: the first that is set decides
ENGLISH = re.compile(r"en([_.@-]|$)", re.IGNORECASE)

TYPED = re.compile(r"[^\s{}\"'<>&|;]{1,80}")
_COMMAND = re.compile(rf"(?<![\w./-]){PROGRAM}(?= [^\W_])")

Table = dict[str, "Table | str"]


def language(environment: Mapping[str, str]) -> str:
    """Return ``en`` for ``ANPHAM_LANG=en`` or an English locale, ``vi`` for everything else."""
    wish = environment.get("ANPHAM_LANG") or next(filter(None, map(environment.get, LOCALES)), "")
    return "en" if ENGLISH.match(wish) else "vi"


def program(environment: Mapping[str, str]) -> str:
    """Return what whoever is at this machine types to run the program: ``ANPHAM_COMMAND``, which ``run`` says."""
    typed = environment.get("ANPHAM_COMMAND", "")
    return typed if TYPED.fullmatch(typed) else PROGRAM


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, by dotted keys; ``program`` is what its commands begin with on this machine."""

    language: str
    program: str = PROGRAM

    def __call__(self, key: str, **values: object) -> str:
        """Return a sentence with its slots filled."""
        return self.typed(str(self._find(key))).format(**values)

    def typed(self, text: str) -> str:
        """Write the commands in a text as they are typed here."""
        return text if self.program == PROGRAM else _COMMAND.sub(lambda _: self.program, text)

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
        found: Table | str = _table(self.language)
        for part in key.split("."):
            if not isinstance(found, dict):
                raise KeyError(key)
            found = found[part]
        return found


def here() -> Words:
    """Return the words for the person at this machine."""
    return Words(language(os.environ), program(os.environ))


@cache
def _table(name: str) -> Table:
    text = resources.files("builder").joinpath("messages", f"cli.{name}.toml").read_text("utf-8")
    table: Table = tomllib.loads(text)
    return table
