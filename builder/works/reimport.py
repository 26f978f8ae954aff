"""The files of a folder and the files an import would write come in; in what they differ goes out."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import Enum
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_MOST_LINES = 20_000


class Uncompared(Enum):
    """Why two files are not compared line by line."""

    ENCODING = "encoding"
    BYTES = "bytes"
    LARGE = "large"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Changed:
    """A file that would be written otherwise: the lines of a unified diff, or why there are none."""

    name: str
    lines: tuple[str, ...] = ()
    why: Uncompared | None = None


@dataclass(frozen=True, slots=True)
class Differences:
    """In what a folder and an import differ; names are paths in the folder, in order."""

    changed: tuple[Changed, ...]
    only_there: tuple[str, ...]
    only_new: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Tell whether the folder holds all the import would write, word for word; it may hold more."""
        return not (self.changed or self.only_new)


def differences(there: Mapping[str, bytes | None], new: Mapping[str, str | bytes]) -> Differences:
    """Files there (bytes; nothing where they cannot be read) and files to be written → in what they differ.

    How lines end, and a byte order mark, make no difference in a text.
    """
    changed = (_compared(name, there[name], new[name]) for name in sorted(new) if name in there)
    return Differences(
        tuple(each for each in changed if each),
        tuple(_printable(name) for name in sorted(there) if name not in new),
        tuple(name for name in sorted(new) if name not in there),
    )


def _compared(name: str, old: bytes | None, new: str | bytes) -> Changed | None:
    if old is None:
        return Changed(name, why=Uncompared.UNREAD)
    if isinstance(new, bytes):
        return None if old == new else Changed(name, why=Uncompared.BYTES)
    try:
        text = old.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Changed(name, why=Uncompared.ENCODING)
    before, after = text.splitlines(), new.splitlines()
    if before == after:
        return None
    return _by_line(name, before, after)


def _by_line(name: str, before: Sequence[str], after: Sequence[str]) -> Changed:
    """Compare what lies between the first and the last line that differ, with three lines around it."""
    head = sum(1 for _ in takewhile(_alike, zip(before, after, strict=False)))
    short = min(len(before), len(after)) - head
    tail = min(short, sum(1 for _ in takewhile(_alike, zip(reversed(before), reversed(after), strict=False))))
    if max(len(before), len(after)) - head - tail > _MOST_LINES:
        return Changed(name, why=Uncompared.LARGE)
    start, end = max(0, head - 3), max(0, tail - 3)
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    return Changed(name, tuple(_moved(difflib.unified_diff(old, new, lineterm=""), start)))


def _alike(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]


def _moved(lines: Iterator[str], start: int) -> Iterator[str]:
    """A unified diff of parts → that of the wholes: its heads count from the first line; without names."""
    for number, line in enumerate(lines):
        if number >= len(("---", "+++")):
            yield _head(line, start) if line.startswith("@@") else line


def _head(line: str, start: int) -> str:
    """``@@ -1,7 +1,9 @@`` → the same with both counts moved on."""
    moved = []
    for side in line.split()[1:3]:
        first, comma, count = side[1:].partition(",")
        moved.append(f"{side[0]}{int(first) + start}{comma}{count}")
    return f"@@ {' '.join(moved)} @@"


def _printable(name: str) -> str:
    """A name that is no Unicode on the disk → one that can be printed."""
    return name.encode("utf-8", "replace").decode()
