"""The environment comes in; the words of the command line in the reader's language go out."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from builder import PROGRAM, messages

if TYPE_CHECKING:
    from collections.abc import Mapping

LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")  # POSIX: the first that is set decides
ENGLISH = re.compile(r"en([_.@-]|$)", re.IGNORECASE)

TYPED = re.compile(r"[^\s{}\"'<>&|;]{1,80}")
_COMMAND = re.compile(rf"(?<![\w./-]){PROGRAM}(?= [^\W_])")


def language(environment: Mapping[str, str]) -> str:
    """Return ``en`` for ``ANPHAM_LANG=en`` or an English locale, ``vi`` for everything else."""
    wish = environment.get("ANPHAM_LANG") or next(filter(None, map(environment.get, LOCALES)), "")
    return "en" if ENGLISH.match(wish) else "vi"


def program(environment: Mapping[str, str]) -> str:
    """Return what whoever is at this machine types to run the program: ``ANPHAM_COMMAND``, which ``run`` says."""
    typed = environment.get("ANPHAM_COMMAND", "")
    return typed if TYPED.fullmatch(typed) else PROGRAM


@dataclass(frozen=True, slots=True)
class Words(messages.Words):
    """The words of the command line; ``program`` is what its commands begin with on this machine."""

    LIST: ClassVar[str] = "cli"

    program: str = PROGRAM

    def typed(self, text: str) -> str:
        """Write the commands in a text as they are typed here."""
        return text if self.program == PROGRAM else _COMMAND.sub(lambda _: self.program, text)


def here() -> Words:
    """Return the words for the person at this machine."""
    return Words(language(os.environ), program(os.environ))
