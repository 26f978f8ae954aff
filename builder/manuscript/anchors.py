"""Citations as written → the units of the programme they name; what matches nothing or too much is a problem.

A citation names a unit when its components match the unit and units around it, from the outside in. A chain that
begins at the outermost unit and skips none is better than one that begins further in, and that better than one
that skips; among equals the number printed in the same way (``II``, ``2``) is better.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from builder import problems
from builder.publication import Level
from builder.vietnamese import citation, numbering
from builder.vietnamese.citation import Component, Components
from builder.vietnamese.numbering import Notation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.manuscript.outline import Unit
    from builder.problems import Place, Problem

_KINDS = {
    citation.FREE: {Level.FREE},
    "phần": {Level.PART},
    "chương": {Level.CHAPTER},
    "mục": {Level.SECTION, Level.ROMAN, Level.NUMBER, Level.DECIMAL},
    "tiểu mục": {Level.SUBSECTION, Level.DECIMAL},
    "điều": {Level.ARTICLE},
    "khoản": {Level.NUMBER, Level.DECIMAL},
    "điểm": {Level.LETTER, Level.NUMBER, Level.DECIMAL},
    citation.DASH: {Level.DASH},
    citation.PLUS: {Level.PLUS},
    citation.BULLET: {Level.BULLET},
}
_UNNUMBERED = _KINDS[citation.DASH] | _KINDS[citation.PLUS] | _KINDS[citation.BULLET] | {Level.FREE}
_PRINTED_ALIKE = {Notation.WORDS: Notation.ROMAN}
_MOST_READINGS = 64
_ENDS = 2
_LONGEST = 1000
_MOST_CANDIDATES = 5

_Score = tuple[int, int]


class Anchors:
    """The units of a programme, ready to be cited."""

    def __init__(self, root: Unit) -> None:
        """Take the root of an outline."""
        self.units = tuple(root.below())
        self.by_id = {unit.id: unit for unit in self.units}
        self.order = {unit.id: place for place, unit in enumerate(self.units)}
        self._matched: dict[Components, list[Unit]] = {}
        self._by_key: defaultdict[object, list[Unit]] = defaultdict(list)
        for unit in self.units:
            self._by_key[_key(unit)].append(unit)

    def find(self, text: str, place: Place, found: list[Problem]) -> tuple[tuple[Unit, ...], ...]:
        """Citations parted by ``;`` → for each the units it names; one that names none adds a problem."""
        if len(text) > _LONGEST:
            found.append(problems.citation_unreadable(place, text))
            return ()
        passages = (self._passage(part, place, found) for part in citation.several(text) or (text,))
        return tuple(passage for passage in passages if passage)

    def _passage(self, text: str, place: Place, found: list[Problem]) -> tuple[Unit, ...]:
        first, last = self._ends(text, place, found)
        if first is None or last is None:
            return ()
        if last is first:
            return (first,)
        between = self.units[self.order[first.id] : self.order[last.id] + 1]
        if first.level is not last.level or not between:
            found.append(problems.citation_range(place, text))
        return tuple(unit for unit in between if unit.level is first.level)

    def _ends(self, text: str, place: Place, found: list[Problem]) -> tuple[Unit | None, Unit | None]:
        if ids := self._path_ids(text):
            return ids[0], ids[-1]
        parsed = citation.parse(text)
        if parsed is None:
            found.append(problems.citation_unreadable(place, text))
            return None, None
        first = self._one(parsed.first, text, place, found)
        if not parsed.last or first is None:
            return first, first
        return first, self._one(parsed.last, text, place, found)

    def _path_ids(self, text: str) -> tuple[Unit, ...]:
        ids = re.split(r"\s*–\s*|\s+-\s+", text.strip().removeprefix("#"))
        known = [self.by_id[each] for each in ids if each in self.by_id]
        return tuple(known) if len(known) == len(ids) <= _ENDS else ()

    def _one(self, components: Components, text: str, place: Place, found: list[Problem]) -> Unit | None:
        matches = self._matches(components)
        if len(matches) == 1:
            return matches[0]
        if matches:
            names = [_unmistakable(unit) for unit in matches[:_MOST_CANDIDATES]]
            found.append(problems.citation_ambiguous(place, text, names))
        else:
            near = [unit.citation for unit in self._nearest(components)]
            found.append(problems.citation_unknown(place, text, near))
        return None

    def _matches(self, components: Components) -> list[Unit]:
        """The units a citation may mean, all equally well, in document order; found once."""
        if components not in self._matched:
            self._matched[components] = self._search(components)
        return self._matched[components]

    def _search(self, components: Components) -> list[Unit]:
        scored: dict[str, _Score] = {}
        for reading in _readings(components):
            for unit in self._by_key.get(_cited_key(reading[-1]), ()):
                score = _score(reading, unit)
                if score is not None:
                    scored[unit.id] = min(score, scored.get(unit.id, score))
        best = min(scored.values(), default=None)
        return [self.by_id[each] for each in sorted(scored, key=self.order.__getitem__) if scored[each] == best]

    def _nearest(self, components: Components) -> Sequence[Unit]:
        """The units most like the one cited in vain: under the same parent, then of the same kind and near number."""
        *outer, wanted = next(_readings(components))
        parents = self._matches(tuple(outer)) if outer else []
        pool = [unit for parent in parents for unit in parent.below() if _is_kind(wanted, unit)]
        pool = pool or parents or [unit for unit in self.units if _is_kind(wanted, unit)]
        values = numbering.read(wanted.number).values
        return sorted(pool, key=lambda unit: _distance(unit.number.values, values))[:3]


def _key(unit: Unit) -> object:
    return unit.heading().casefold() if unit.level is Level.FREE else unit.number.key


def _cited_key(component: Component) -> object:
    if component.word == citation.FREE:
        return component.number.casefold()
    return numbering.read(component.number).key


def _is_kind(component: Component, unit: Unit) -> bool:
    if not component.word:
        return unit.level not in _UNNUMBERED
    if unit.level is Level.NUMBER and component.word == "điểm" and unit.parent:
        return unit.parent.level is not Level.ARTICLE
    return unit.level in _KINDS[component.word]


def _is(component: Component, unit: Unit) -> bool:
    """A component with a word compares by value; without one ``II`` is a number printed Roman."""
    if not _is_kind(component, unit) or _cited_key(component) != _key(unit):
        return False
    return bool(component.word) or _printed_alike(component, unit)


def _printed_alike(component: Component, unit: Unit) -> bool:
    cited, printed = numbering.read(component.number).notation, unit.number.notation
    return _PRINTED_ALIKE.get(cited, cited) is _PRINTED_ALIKE.get(printed, printed)


def _score(reading: Components, unit: Unit) -> _Score | None:
    """How well a chain of components names a unit, the least being best; nothing when it does not.

    Free headings around the unit count only when one is named.
    """
    if not _is(reading[-1], unit):
        return None
    free = any(step.word == citation.FREE for step in reading)
    around = [each for each in unit.chain() if free or each.level is not Level.FREE or each is unit]
    skipped = unlike = 0
    steps = list(reading)
    for each in around:
        if not steps:
            break
        if _is(steps[-1], each):
            unlike += not _printed_alike(steps.pop(), each)
        else:
            skipped += 1
    if steps:
        return None
    outer = len(around) - len(reading) - skipped
    return (2 if skipped else 1 if outer else 0), unlike


def _readings(components: Components) -> Iterator[Components]:
    """The chains a citation may mean, outermost first: in the order written, turned round, sorted by word."""
    ranked = tuple(sorted(components, key=lambda step: citation.RANKS.get(step.word, 0)))
    orders = dict.fromkeys((components, components[::-1], ranked))
    for order in orders:
        parted = (tuple(_partings(step)) for step in order)
        for steps in itertools.islice(itertools.product(*parted), _MOST_READINGS):
            yield tuple(itertools.chain.from_iterable(steps))


def _partings(component: Component) -> Iterator[Components]:
    """``II.1.1`` → itself, or II and 1.1, or II and 1 and 1."""
    parts = component.number.split(".")
    if component.word == citation.FREE or len(parts) == 1:
        yield (component,)
        return
    for count in range(len(parts)):
        numbers = [*parts[:count], ".".join(parts[count:])]
        words = [component.word, *[""] * count]
        yield tuple(map(Component, words, numbers))


def _distance(values: tuple[int, ...], wanted: tuple[int, ...]) -> tuple[int, ...]:
    if not values or not wanted:
        return (1_000_000,)
    return (abs(values[-1] - wanted[-1]), *values)


def _unmistakable(unit: Unit) -> str:
    """The citation with the path id, which is never ambiguous."""
    return f"{unit.citation} ({unit.id})"
