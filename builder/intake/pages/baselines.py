"""The words of a page → its lines, from the top; raised and lowered figures stand in the line they belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.intake.pages.glyphs import Word

_SAME_LINE = 0.5  # letter sizes between baselines of one line
_SPACE = 0.1
_RAISED = 0.85  # of the size of a line
_UNIT = re.compile(r"[\d.,]*[kcdm]?m")
_CALL = re.compile(r"[\[(]?(\d{1,3})[\])]?[.,;:!?]?")


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on one baseline, from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """Its words, with a space where there is one to see."""
        return "".join(_spaced(self.words)).strip()

    @property
    def left(self) -> float:
        """Where its first word begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where its words end."""
        return max(word.right for word in self.words)

    @property
    def main(self) -> Word:
        """The word whose letters and baseline are those of the line."""
        return max(self.words, key=lambda word: (word.size, len(word.text)))

    @property
    def raised(self) -> tuple[int, ...]:
        """Numbers that stand raised after words in it, as calls of notes do; not those of square and cubic metres."""
        main = self.main
        return tuple(
            int(number[1])
            for before, word in pairwise(self.words)
            if word.size < _RAISED * main.size
            and word.base > main.base
            and not _UNIT.fullmatch(before.text)
            and (number := _CALL.fullmatch(word.text))
        )

    @property
    def size(self) -> float:
        """Size of most of its letters."""
        sizes: dict[float, int] = {}
        for word in self.words:
            sizes[word.size] = sizes.get(word.size, 0) + len(word.text)
        return max(sizes, key=lambda size: (sizes[size], size))


def lines(words: Sequence[Word]) -> tuple[Line, ...]:
    """Words → lines."""
    rows: list[list[Word]] = []
    main: Word | None = None
    for word in sorted(words, key=lambda each: (-each.base, each.left)):
        if main and abs(main.base - word.base) <= _SAME_LINE * max(main.size, word.size):
            rows[-1].append(word)
            main = word if word.size > main.size else main
        else:
            rows.append([word])
            main = word
    return tuple(Line(tuple(sorted(row, key=lambda each: each.left))) for row in rows)


def _spaced(words: Sequence[Word]) -> Iterator[str]:
    last: Word | None = None
    for word in words:
        if last and (last.blank or word.left - last.right > _SPACE * min(last.size, word.size)):
            yield " "
        yield word.text
        last = word
