"""A language comes in; the words of the preview in it go out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from builder import messages


@dataclass(frozen=True, slots=True)
class Words(messages.Words):
    """The words of one language: ``words("key", slot=…)``."""

    LIST: ClassVar[str] = "preview"


@cache
def words(language: str) -> Words:
    """Return the words of a language: English for ``en``, Vietnamese for every other."""
    return Words("en" if language == "en" else "vi")
