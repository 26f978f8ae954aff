"""A text and mends come in; the text goes out with those characters replaced, in normal form, all else as it was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.manuscript import Sheet
    from builder.proofs.nouns import Mend

_LINE_END = re.compile("\r\n|\r|\n")


def mended(sheet: Sheet, mends: Iterable[Mend]) -> str:
    """Return the whole text of a file, its line ends as they were; of two mends that overlap, the first is made."""
    ends = _LINE_END.findall(sheet.raw)
    if len(ends) != len(sheet.lines) - 1:  # normal form has parted a line: its separator was no line end
        ends = (ends[:1] or ["\n"]) * (len(sheet.lines) - 1)
    by_line: dict[int, list[Mend]] = {}
    for mend in sorted(mends):
        by_line.setdefault(mend.line, []).append(mend)
    lines = (_line(line.text, by_line.get(line.number, ())) for line in sheet.lines)
    return "".join(part for pair in zip(lines, [*ends, ""], strict=True) for part in pair)


def _line(text: str, mends: Iterable[Mend]) -> str:
    parts: list[str] = []
    done = 0
    for mend in mends:
        if mend.start - 1 >= done:
            parts += text[done : mend.start - 1], mend.became
            done = mend.end - 1
    return "".join([*parts, text[done:]])
