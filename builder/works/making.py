"""A source folder and a wish come in; the files of every edition wished for go out, or every problem on the way.

The order of the house: read, compose, print, impose, bind. The shelf comes last, and for all sources at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder import __version__, composition, ebook, fonts, manuscript, press, problems
from builder import layout as layouts
from builder.composition import Medium
from builder.problems import Place, Problems
from builder.works.asked import KINDS, Made, NotAsked, Output, Setting, Stage, Step
from builder.works.booklet import fold
from builder.works.origin import origin

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from builder.composition import Composition
    from builder.fonts import Roles
    from builder.layout import Layout
    from builder.press import Printing, Round
    from builder.problems import Problem
    from builder.publication import Edition, Publication
    from builder.works.asked import Wish, Workshop

SUFFIXES = {"pdf": ".pdf", "booklet": "-booklet.pdf", "epub": ".epub"}
PRESS_STAGES = {"leaves": Stage.PRINT, "furniture": Stage.FURNISH, "gather": Stage.GATHER}


def make(folder: Path, wish: Wish, workshop: Workshop) -> Made:
    """Make the files of one publication; nothing is written.

    Raises:
        Problems: every error found, and the warnings with them; editions after a faulty one are still looked at.
        NotAsked: when no edition has the name or makes the output wished for.
    """
    workshop.progress(Step(manuscript.slug_of(folder), "", Stage.READ))
    publication, warnings = manuscript.read(folder)
    found = list(warnings)
    outputs: list[Output] = []
    settings: list[Setting] = []
    for edition, kinds in _jobs(publication, wish, found):
        bench = _Bench(publication, edition, workshop, found)
        try:
            outputs += bench.work(kinds)
            settings.append(Setting(edition.name, bench.rounds))
        except Problems as stopped:
            found += stopped.problems
    return Made(publication.slug, tuple(outputs), problems.stop_on_errors(found), tuple(settings))


def _jobs(publication: Publication, wish: Wish, found: list[Problem]) -> list[tuple[Edition, tuple[str, ...]]]:
    """Pair every edition wished for with what is to be made of it."""
    editions = {edition.name: edition for edition in publication.settings.editions}
    for name in wish.editions:
        if name not in editions:
            raise NotAsked(name, tuple(editions))
    chosen = [editions[name] for name in dict.fromkeys(wish.editions or editions)]
    for edition in chosen:
        found += _not_made_yet(edition)
    jobs = [(edition, tuple(_kinds(edition, wish))) for edition in chosen]
    if wish.kinds and not any(kinds for _, kinds in jobs):
        raise NotAsked(", ".join(wish.kinds), tuple(dict.fromkeys(kind for each in chosen for kind in each.outputs)))
    if not any(kinds for _, kinds in jobs):
        found.append(problems.nothing_made(chosen[0].place))
    return [(edition, kinds) for edition, kinds in jobs if kinds]


def _kinds(edition: Edition, wish: Wish) -> Iterator[str]:
    yield from (kind for kind in KINDS if kind in edition.outputs and kind in (wish.kinds or KINDS))


def _not_made_yet(edition: Edition) -> Iterator[Problem]:
    for output in edition.outputs:
        if output not in KINDS:
            yield problems.output_unknown(edition.place, edition.name, output, KINDS)


@dataclass(slots=True)
class _Bench:
    """One edition at work."""

    publication: Publication
    edition: Edition
    workshop: Workshop
    found: list[Problem]
    roles: Roles = field(init=False)
    layout: Layout = field(init=False)
    source: str = field(init=False)
    rounds: tuple[Round, ...] = ()
    since: float = field(init=False)

    def work(self, kinds: tuple[str, ...]) -> list[Output]:
        """Make the kinds asked for. The pages are always set: an e-book takes its page list from them.

        Raises:
            Problems: what the layout, the composition, the press or the sheets object to.
        """
        self.since = self.workshop.timer()
        self.roles = fonts.roles(self.workshop.fonts)
        self.layout = layouts.load(self.edition.layout, self.workshop.layouts, self.edition.place)
        self.source = origin(__version__, self.publication, self.layout, self.roles.family)
        printing = self._printed()
        outputs: list[Output] = []
        if "pdf" in kinds:
            outputs.append(self._output("pdf", printing.pages, printing.pdf))
        if "booklet" in kinds:
            outputs.append(self._folded(printing))
        if "epub" in kinds:
            outputs.append(self._bound(printing))
        return outputs

    def _printed(self) -> Printing:
        composed = self._composed(Medium.PRINT)
        workshop = self.workshop
        printing = press.print_pdf(composed, crew=workshop.crew, cache=workshop.cache, progress=self._told_by_press)
        self.rounds = printing.rounds
        self.found += problems.stop_on_errors(printing.problems)
        return printing

    def _composed(self, medium: Medium) -> Composition:
        self._tell(Stage.COMPOSE)
        composed, found = composition.compose(self.publication, self.layout, self.edition, medium, self.roles)
        self.found += problems.stop_on_errors(found)
        return composed

    def _folded(self, printing: Printing) -> Output:
        self._tell(Stage.IMPOSE)
        imposed = fold(printing.pdf, Place(self._name("pdf")))
        return self._output("booklet", imposed.sides, imposed.pdf)

    def _bound(self, printing: Printing) -> Output:
        composed = self._composed(Medium.EBOOK)
        self._tell(Stage.BIND)
        bound = ebook.bind(composed, printing.folios)
        return self._output("epub", len(bound.pages) or None, bound.epub)

    def _output(self, kind: str, pages: int | None, data: bytes) -> Output:
        """Take a finished file down, with the time since the last one."""
        now = self.workshop.timer()
        seconds, self.since = now - self.since, now
        return Output(self.edition.name, kind, self._name(kind), pages, seconds, self.source, data)

    def _name(self, kind: str) -> str:
        return f"{self.publication.slug}-{self.edition.name}{SUFFIXES[kind]}"

    def _told_by_press(self, stage: str, done: int, total: int) -> None:
        self._tell(PRESS_STAGES[stage], done, total)

    def _tell(self, stage: Stage, done: int = 0, total: int = 0) -> None:
        self.workshop.progress(Step(self.publication.slug, self.edition.name, stage, done, total))
