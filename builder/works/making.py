"""A source folder and a wish come in; the files of every edition wished for go out, or every problem on the way.

The order of the house: read, compose, print, impose, bind. The shelf comes last, and for all sources at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from builder import __version__, composition, fonts, manuscript, press, problems
from builder import layout as layouts
from builder.composition import Medium
from builder.problems import Place, Problems, Severity
from builder.publication import EBOOKS
from builder.works import booklet, card, ebooks, facts, shop
from builder.works.asked import FILES, KINDS, Made, NotAsked, Output, Piece, Proof, Setting, Stage, Step
from builder.works.origin import origin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from builder.composition import Composition
    from builder.ebook import Printed
    from builder.fonts import Roles
    from builder.imposition import Imposed
    from builder.layout import Layout
    from builder.press import Aside, Printing, Round
    from builder.problems import Problem
    from builder.publication import Edition, Publication
    from builder.shelf import TitleFacts
    from builder.works.asked import Wish, Workshop

    Composed = tuple[Composition, tuple[Problem, ...]]

Part = TypeVar("Part")

PRESS_STAGES = {"leaves": Stage.PRINT, "furniture": Stage.FURNISH, "gather": Stage.GATHER}


def make(folder: Path, wish: Wish, workshop: Workshop) -> Made:
    """Make the files of one publication; nothing is written.

    Raises:
        Problems: every error found, and the warnings with them; editions after a faulty one are still looked at.
        NotAsked: when no edition has the name or makes the output wished for.
    """
    workshop.progress(Step(manuscript.slug_of(folder), "", Stage.READ))
    publication, warnings = manuscript.read(folder)
    house = _House(publication, workshop, list(warnings))
    outputs: list[Output] = []
    settings: list[Setting] = []
    told: TitleFacts | None = None
    for edition, kinds in _jobs(publication, wish, house.found):
        for part, suffix in _parts(publication, edition, house.found):
            try:
                bench = _Bench(house, edition, part, suffix)
                told = told or facts.of(publication, bench.layout)
                outputs += bench.work(kinds)
                settings.append(Setting(edition.name, bench.rounds))
            except Problems as stopped:
                house.found += stopped.problems
    if not outputs and not any(problem.severity is Severity.ERROR for problem in house.found):
        house.found.append(problems.nothing_made(publication.settings.editions[0].place))
    found = problems.stop_on_errors(house.found)
    return Made(publication.slug, tuple(outputs), found, tuple(settings), facts=told)


def proof(folder: Path, name: str, part: str, workshop: Workshop) -> Proof:
    """Set one book of one edition, to be looked at while it is being written; nothing is written.

    Args:
        folder: the source folder.
        name: of the edition; the first one when there is none of that name.
        part: id of a session, where every session is a book; the first one when there is none of that id.
        workshop: where the work is done.

    Raises:
        Problems: every error found, and the warnings with them.
    """
    workshop.progress(Step(manuscript.slug_of(folder), "", Stage.READ))
    publication, warnings = manuscript.read(folder)
    house = _House(publication, workshop, list(warnings))
    editions = publication.settings.editions
    edition = next((each for each in editions if each.name == name), editions[0])
    books = list(_parts(publication, edition, house.found))
    book, suffix = next((each for each in books if each[1] == f"-{part}"), books[0] if books else (publication, ""))
    problems.stop_on_errors(house.found)
    bench = _Bench(house, edition, book, suffix)
    paged = set(edition.outputs).isdisjoint(EBOOKS) or ebooks.PRINTED & set(edition.outputs)
    printing = bench.printing() if paged else None
    bind = None if set(edition.outputs).isdisjoint(EBOOKS) else bench.bound_alone
    return Proof(publication, edition, suffix[1:], printing, problems.stop_on_errors(house.found), bind)


def _parts(publication: Publication, edition: Edition, found: list[Problem]) -> Iterator[tuple[Publication, str]]:
    """Yield the books an edition consists of, each with what its files' names end in: one, or one a session."""
    if edition.per != "session":
        yield publication, ""
        return
    if not publication.sessions:
        found.append(problems.nothing_made(edition.place))
    for session in publication.sessions:
        yield replace(publication, sessions=(session,)), f"-{session.id}"


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
class _House:
    """One publication at work, and the editions whose page numbers others go by, as they were printed."""

    publication: Publication
    workshop: Workshop
    found: list[Problem]
    printed: dict[str, Printing | None] = field(default_factory=dict)

    def folios_of(self, edition: Edition) -> Printing | None:
        """Return the printing an edition takes page numbers from; nothing when it takes none, or cannot be printed."""
        name = edition.folios_of
        if name and name not in self.printed:
            other = next(each for each in self.publication.settings.editions if each.name == name)
            aside = _House(self.publication, self.workshop, [])
            try:
                self.printed[name] = _Bench(aside, other, self.publication, "").printing()
            except Problems as stopped:
                self.found += stopped.problems
                self.printed[name] = None
        return self.printed.get(name)


@dataclass(frozen=True, slots=True)
class _Volume:
    """What an e-book is bound of, put aside till its pages are known: its text, its cover."""

    text: Aside[Composed]
    cover: Aside[Callable[[], ebooks.Covered]]


@dataclass(slots=True)
class _Bench:
    """One book of an edition at work."""

    house: _House
    edition: Edition
    publication: Publication
    suffix: str
    roles: Roles = field(init=False)
    layout: Layout = field(init=False)
    other: Printing | None = field(init=False)
    rounds: tuple[Round, ...] = ()
    master: Piece | None = None

    def __post_init__(self) -> None:
        """Take type, layout and the edition whose pages it goes by.

        Raises:
            Problems: what these are at fault in.
        """
        self.roles = fonts.roles(self.workshop.fonts)
        self.layout = layouts.load(self.edition.layout, self.workshop.layouts, self.edition.place)
        self.other = self.house.folios_of(self.edition)

    @property
    def workshop(self) -> Workshop:
        """Where the work is done."""
        return self.house.workshop

    def work(self, kinds: tuple[str, ...]) -> list[Output]:
        """Make the kinds asked for. An e-book may take its page list from the pages: then they are set for it too.

        What can be done before they are is done while they are being set.

        Raises:
            Problems: what the layout, the composition, the press or the sheets object to.
        """
        since = self.workshop.timer()
        crew = self.workshop.crew
        source = crew.aside(origin, __version__, self.publication, self.layout, self.roles.family, *self._taken())
        volume = self._volume() if set(kinds) & set(EBOOKS) else None
        paged = set(kinds) - set(EBOOKS) or self.edition in self._shown()[:1]
        printing = self.printing() if paged else None
        outputs: list[Output] = []
        for kind in kinds:
            if volume and kind in EBOOKS:
                pieces = self._bound(kind, printing, volume)
            else:
                pieces = self._made(kind, printing or self.printing())
            now = self.workshop.timer()
            outputs += [self._output(piece, now - since, source.result()) for piece in pieces]
            since = now
        return outputs

    def _output(self, piece: Piece, seconds: float, source: str) -> Output:
        name = self._name(piece.kind)
        made_from = origin(source, piece.profile) if piece.profile else source
        told = piece.line, self.suffix.removeprefix("-")
        return Output(self.edition.name, piece.kind, name, piece.pages, seconds, made_from, piece.data, *told)

    def printing(self) -> Printing:
        """Set the pages.

        Raises:
            Problems: what the layout, the composition or the press object to.
        """
        known = self.house.printed.get(self.edition.name)
        printing = known or self._printed()
        if not self.suffix:
            self.house.printed[self.edition.name] = printing
        return printing

    def _taken(self) -> tuple[object, ...]:
        """Return what the book takes over from another edition: its pages' numbers."""
        if self.other is None:
            return ()
        begins = tuple(page.begins for page in self.other.facts)
        return self.other.folios, self.other.ends, self.other.labels, begins

    def bound_alone(self) -> tuple[bytes, tuple[Problem, ...]]:
        """Bind the e-book by itself; return it with all that was found in the house so far.

        Raises:
            Problems: what the composition or the pages it shows object to.
        """
        paged = self.edition in self._shown()[:1]
        (piece,) = self._bound("epub", self.printing() if paged else None, self._volume())
        return piece.data, problems.stop_on_errors(self.house.found)

    def _made(self, kind: str, printing: Printing) -> list[Piece]:
        """Make the files of one kind of output from the pages."""
        match kind:
            case "booklet":
                self._tell(Stage.IMPOSE)
                return self._folded(printing)
            case "press":
                self._tell(Stage.SHOP)
                job = shop.Job(self.edition, self.publication, self.layout, self.roles, self.workshop)
                pieces, found = shop.make(printing, job, self._name)
                self.house.found += found
                return pieces
        return [Piece("pdf", printing.pages, printing.pdf)]

    def _bound(self, kind: str, printing: Printing | None, volume: _Volume) -> list[Piece]:
        """Bind the e-book, once for all its variants, and make the one wanted of it."""
        if self.master is None:
            self._tell(Stage.COMPOSE)
            composed, cover = self._faultless(volume.text.result()), self._faultless(volume.cover.result()())
            self._tell(Stage.BIND)
            self.master = ebooks.made(composed, cover, self._paged(printing, composed.words))
        if kind == "azw3":
            self._tell(Stage.CONVERT)
        pieces, found = ebooks.variant(kind, self.master, Place(self._name(kind)), self.workshop.calibre)
        self.house.found += found
        return pieces

    def _shown(self) -> list[Edition]:
        """Return the editions whose pages an e-book may show."""
        return ebooks.paged_by(self.edition, self.publication.settings.editions)

    def _paged(self, own: Printing | None, words: Mapping[str, str]) -> Iterator[Printed]:
        """Say what the e-book has to know of the pages it may show; its own, if need be, are set for it now."""
        for edition in self._shown():
            printing = own or self.printing() if edition == self.edition else self.other
            if printing:
                yield ebooks.printed(printing, edition, self.publication.settings.editions, words)

    def _folded(self, printing: Printing) -> list[Piece]:
        """Arrange the pages on sheets, as the edition is bound and the printer prints."""
        workshop, binding = self.workshop, self.edition.binding
        line = booklet.slug(self.publication.settings.title, self.layout.words) if binding.marks else None
        job = booklet.job(binding, workshop.printer, line)
        place = Place(self._name("pdf"))
        imposed, found = booklet.fold(printing.pdf, place, job, booklet.lettering(workshop.fonts), workshop.crew)
        self.house.found += found
        if imposed.blanks:
            self.house.found.append(problems.blanks_added(place, imposed.blanks))
        return [*(Piece(file.kind, file.pages, file.pdf) for file in imposed.files), self._card(imposed, printing)]

    def _card(self, imposed: Imposed, printing: Printing) -> Piece:
        """Make the card that tells how to print sheets."""
        workshop, edition = self.workshop, self.edition
        title, sessions = self.publication.settings.title, self.publication.sessions
        if edition.per and sessions:
            title += f" – {self.layout.words['session']} {sessions[0].number}"
        files = {kind: self._name(kind) for kind in FILES}
        binding = edition.binding
        weights = binding.paper_gsm, binding.cover_gsm
        told = card.facts(
            imposed,
            title,
            files,
            edition=edition.name,
            weights=weights,
            command=workshop.command,
            labels=printing.labels,
            glued=binding.scheme == "perfect",
        )
        return card.made(told, self.layout, self.roles, workshop.crew, workshop.cache)

    def _printed(self) -> Printing:
        self._tell(Stage.COMPOSE)
        composed = self._faultless(self._compose(Medium.PRINT))
        workshop = self.workshop
        printing = press.print_pdf(
            composed,
            crew=workshop.crew,
            cache=workshop.cache,
            progress=self._told_by_press,
            folios_of=self.other,
        )
        self.rounds = printing.rounds
        self.house.found += problems.stop_on_errors(printing.problems)
        return printing

    def _compose(self, medium: Medium) -> Composed:
        elsewhere = self.other.folios if self.other and medium is Medium.PRINT else ()
        return composition.compose(self.publication, self.layout, self.edition, medium, self.roles, elsewhere=elsewhere)

    def _volume(self) -> _Volume:
        """Put aside what an e-book is bound of."""
        crew = self.workshop.crew
        nouns = self.publication, self.layout, self.edition, self.roles, self.workshop
        return _Volume(crew.aside(self._compose, Medium.EBOOK), crew.aside(ebooks.cover, *nouns))

    def _faultless(self, made: tuple[Part, tuple[Problem, ...]]) -> Part:
        whole, found = made
        self.house.found += problems.stop_on_errors(found)
        return whole

    def _name(self, kind: str) -> str:
        return f"{self.publication.slug}-{self.edition.name}{self.suffix}{FILES[kind]}"

    def _told_by_press(self, stage: str, done: int, total: int) -> None:
        self._tell(PRESS_STAGES[stage], done, total)

    def _tell(self, stage: Stage, done: int = 0, total: int = 0) -> None:
        self.workshop.progress(Step(self.publication.slug, self.edition.name, stage, done, total))
