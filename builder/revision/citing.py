"""Citations of the old text come in; citations of what those clauses became go out, in the style they were written in.

What a citation becomes is read again against the new text: it names just the clauses that are meant, or it is not used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.problems import Place
from builder.publication import Level
from builder.vietnamese import citation, numbering

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from builder.manuscript.anchors import Anchors
    from builder.manuscript.outline import Unit
    from builder.problems import Problem
    from builder.publication.ranges import Ranges
    from builder.revision.nouns import Matching
    from builder.vietnamese.citation import Components

_PARTS = re.compile(r"(?:“[^”]*”|[^;])+")
_DASH = re.compile(r"\s*[-–—]\s*|\s+(?:đến|tới)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recited:
    """A citation and what it became.

    Attributes:
        old: as it was written.
        new: as it has to be written now; ``""`` when none of its clauses is left.
        cited: path ids, in the old text, of the clauses it named; none when it named nothing.
        gone: those of them that are left out of ``new``.
        heirs: path ids, in the new text, of what the nearest clauses around those became.
    """

    old: str
    new: str
    cited: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    heirs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Citer:
    """Knows the clauses of both texts, and what became of the old ones."""

    old: Anchors
    new: Anchors
    matching: Matching
    ranges: Ranges

    def recite(self, text: str) -> Recited:
        """Citations parted by ``;`` → the same of the new text; what names nothing stays as it is."""
        parts = list(_PARTS.finditer(text))
        if not parts or not text.strip():
            return Recited(text, text)
        recited = [self._part(part[0].strip()) for part in parts]
        written: dict[str, str] = {}
        for part, each in zip(parts, recited, strict=True):
            if each.new:
                written.setdefault(each.new, _within(part[0], each.new))
        new = ";".join(written.values()).strip()
        if new == text.strip():
            new = text
        return Recited(
            text,
            new,
            tuple(name for each in recited for name in each.cited),
            tuple(name for each in recited for name in each.gone),
            tuple(dict.fromkeys(name for each in recited for name in each.heirs)),
        )

    def named(self, clauses: Iterable[str]) -> str:
        """Name clauses of the new text so that they are found again: in words, or by their path ids."""
        wanted = sorted(set(clauses), key=self.new.order.__getitem__)
        words = self.ranges.named(wanted)
        return words if self._names(words) == wanted else "; ".join(wanted)

    def _part(self, text: str) -> Recited:
        found: list[Problem] = []
        passages = self.old.find(text, Place(), found)
        if found or not passages:
            return Recited(text, text)
        units = passages[0]
        cited = tuple(unit.id for unit in units)
        matches = [self.matching.by_old[each] for each in cited]
        wanted = tuple(dict.fromkeys(name for match in matches for name in match.new))
        gone = tuple(match.old for match in matches if not match.new)
        heirs = tuple(dict.fromkeys(match.heir for match in matches if not match.new and match.heir))
        return Recited(text, self._written(text, units, wanted) if wanted else "", cited, gone, heirs)

    def _written(self, text: str, units: Sequence[Unit], wanted: tuple[str, ...]) -> str:
        living = [unit for unit in units if self.matching.by_old[unit.id].new]
        ordered = sorted(wanted, key=self.new.order.__getitem__)
        for candidate in self._candidates(text, units, living):
            if candidate and self._covers(candidate, ordered):
                return candidate
        return self.named(wanted)

    def _candidates(self, text: str, units: Sequence[Unit], living: list[Unit]) -> Iterator[str]:
        """Yield what the citation may be now, the one most like it first."""
        yield text
        ends = [self.new.by_id[self.matching.by_old[unit.id].new[0]] for unit in (living[0], living[-1])]
        if text.strip().removeprefix("#") in self.old.by_id:
            sign = "#" if text.startswith("#") else ""
            yield f"{sign}{ends[0].id}"
        if len(units) == 1:
            yield renumbered(text, units[0], ends[0])
            yield ends[0].citation
        elif dash := _dash(text):
            left = renumbered(text[: dash.start()], units[0], ends[0])
            right = renumbered(text[dash.end() :], units[-1], ends[1])
            yield f"{left}{dash[0]}{right}" if left and right else ""

    def _covers(self, text: str, wanted: list[str]) -> bool:
        """Tell whether a citation names what is wanted, and between its ends nothing besides but what is new."""
        names = self._names(text)
        if names is None or [names[0], names[-1]] != [wanted[0], wanted[-1]]:
            return False
        others = set(names) - set(wanted)
        return set(wanted) <= set(names) and others <= set(self.matching.added)

    def _names(self, text: str) -> list[str] | None:
        found: list[Problem] = []
        passages = self.new.find(text, Place(), found)
        return None if found else [unit.id for passage in passages for unit in passage]


def renumbered(text: str, before: Unit, after: Unit) -> str:
    """A citation of one clause → the same words with the numbers of another; ``""`` where that cannot be said so."""
    parsed = citation.parse(text.strip())
    chain = [unit for unit in before.chain() if unit.level is not Level.FREE]
    other = [unit for unit in after.chain() if unit.level is not Level.FREE]
    if parsed is None or parsed.last or [unit.level for unit in chain] != [unit.level for unit in other]:
        return ""
    inward = _numbers(parsed.first[::-1], chain, other)
    if inward:
        return _replaced(text, parsed.first, inward[::-1])
    outward = _numbers(parsed.first, chain, other)
    return _replaced(text, parsed.first, outward) if outward else ""


def _numbers(steps: Components, chain: list[Unit], other: list[Unit]) -> list[str]:
    """The new numbers of the steps of a citation, from the inside out; none when they are not those of the chain."""
    found: list[str] = []
    at = 0
    for step in steps:
        number, at = _number(step.number, chain, other, at)
        if not number:
            return []
        found.append(number)
    return found


def _number(number: str, chain: list[Unit], other: list[Unit], at: int) -> tuple[str, int]:
    """One number, perhaps of several clauses (``II.3``) → the new one, and how far out of the chain it leads."""
    found: list[str] = []
    for part in [number] if _place(number, chain, at) is not None else number.split(".")[::-1]:
        place = _place(part, chain, at)
        if place is None or (at == 0 and place != 0):
            return "", at
        found.append(_as_written(part, chain[place], other[place]))
        at = place + 1
    return ".".join(found[::-1]), at


def _place(number: str, chain: list[Unit], at: int) -> int | None:
    key = numbering.read(number).key
    return next((place for place in range(at, len(chain)) if chain[place].number.key == key), None)


def _as_written(cited: str, before: Unit, after: Unit) -> str:
    """The number of a clause in the notation its old one was cited in: ``Phần II`` for ``Phần thứ hai``."""
    notation = numbering.read(cited).notation
    if notation is before.number.notation or not after.number.values:
        return after.number.printed
    return numbering.write(after.number.values[-1], notation) + after.number.suffix


def _replaced(text: str, steps: Components, numbers: list[str]) -> str:
    """Put new numbers in the place of those of a citation, every other character as it is."""
    written: list[str] = []
    position = 0
    for step, number in zip(steps, numbers, strict=True):
        found = re.compile(rf"(?<![\w.]){re.escape(step.number)}(?!\w)", re.IGNORECASE).search(text, position)
        if found is None:
            return ""
        written += (text[position : found.start()], number)
        position = found.end()
    return "".join([*written, text[position:]])


def _dash(text: str) -> re.Match[str] | None:
    return _DASH.search(text)


def _within(part: str, new: str) -> str:
    """Put what became of a citation where it stood, spaces around it kept."""
    bare = part.strip()
    return part.replace(bare, new, 1)
