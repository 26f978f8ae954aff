"""Changes to one file come in, each with the characters it replaces; the new text goes out, all else as it was."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.copydesk.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(slots=True)
class Edits:
    """The changes to one file."""

    name: str
    raw: str
    page: Page = field(init=False)
    changes: list[tuple[int, int, str]] = field(default_factory=list)
    added: dict[int, list[tuple[str, bool]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the lines."""
        self.page = Page(self.name, self.raw)

    @property
    def touched(self) -> bool:
        """Tell whether anything is to change."""
        return bool(self.changes or self.added)

    def replace(self, start: int, end: int, text: str) -> None:
        """Put other characters in place of some."""
        self.changes.append((start, end, text))

    def remove(self, first: int, last: int) -> None:
        """Take lines out, and the blank ones after them unless only those part what stands around."""
        end = last = min(last, len(self.page.lines))
        follows = first > 1 and self.page.lines[first - 2].text.strip()
        while not follows and end < len(self.page.lines) and not self.page.lines[end].text.strip():
            end += 1
        self.changes.append((self.page.at(first), min(self.page.starts[end], len(self.raw)), ""))

    def add(self, after: int, text: str, *, tight: bool = False) -> None:
        """Add a block after a line (0: at the head of the file); ``tight``: without a blank line before it."""
        self.added.setdefault(after, []).append((text, tight))

    def text(self) -> str:
        """The file with all changes made."""
        gone = [(start, end) for start, end, text in self.changes if not text and end > start]
        parts: list[tuple[int, int, int, str]] = [(start, 1, end, text) for start, end, text in _disjoint(self.changes)]
        parts += [(self._place(after, gone), 0, -1, self._block(after, texts)) for after, texts in self.added.items()]
        made, position = [], 0
        for start, _, end, text in sorted(parts):
            made.append(self.raw[position : max(position, start)])
            made.append(text)
            position = max(position, start, end)
        made.append(self.raw[position:])
        return self._closed("".join(made))

    def _place(self, after: int, gone: Iterable[tuple[int, int]]) -> int:
        place = min(self.page.starts[after], len(self.raw))
        return next((start for start, end in gone if start < place < end), place)

    def _block(self, after: int, texts: list[tuple[str, bool]]) -> str:
        """Blocks as they are put in: parted by blank lines from what is around them."""
        place = min(self.page.starts[after], len(self.raw))
        before, behind = self.raw[:place], self.raw[place:]
        made = "" if not before or before.endswith("\n") else "\n"
        if before.strip("\ufeff") and not re.search(r"\n\r?\n$", before) and not texts[0][1]:
            made += "\n"
        for position, (text, tight) in enumerate(texts):
            made += ("" if tight or not position else "\n") + text + "\n"
        if behind.strip() and not re.match(r"\r?\n", behind) and not texts[-1][1]:
            made += "\n"
        return made.replace("\n", "\r\n") if "\r\n" in self.raw else made

    def _closed(self, text: str) -> str:
        """The end of the file as it was: no more blank lines than there were."""
        if not self.touched:
            return text
        end = self.raw[len(self.raw.rstrip()) :]
        return text.rstrip() + (end or "\n") if text.strip() else ""


def _disjoint(changes: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Changes without those that lie within what is taken out."""
    gone = [(start, end) for start, end, text in changes if not text and end > start]
    kept = []
    for start, end, text in changes:
        inside = any(first <= start and end <= last and (first, last) != (start, end) for first, last in gone)
        if not inside:
            kept.append((start, end, text))
    return list(dict.fromkeys(kept))
