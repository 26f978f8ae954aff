"""A composition comes in; its leaves, set and put in order, every folio known, go out: the book made up.

Make-up is the printers' word for turning set type into pages in order: which side each leaf falls on, where a blank
page goes, how many filler pages make the number a multiple of four, and what the folio slots say. It is done from what
the galleys say of themselves, in rounds: a leaf is set again only when the folios it prints are other ones.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from builder import problems
from builder.composition.nouns import Start
from builder.press import slots
from builder.press.galley import Copy, Kind
from builder.press.nouns import PageFacts, Reason, Round
from builder.press.slots import Known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element

    from builder.composition.nouns import Composition, Leaf
    from builder.press.galley import Galley
    from builder.press.slots import Slot, Spans
    from builder.problems import Place
    from builder.publication import Figure

    Job = tuple["Piece", Copy, Reason]
    SetAll = Callable[[Sequence[Copy]], tuple[Sequence[Galley], int]]

ROUNDS = 4  # one to count the pages, at most three more for folios of another form than was guessed
LETTERS_A_PAGE = 1000  # of text; for a first guess of how many figures a folio has
SHEET = 4  # pages; a folded sheet has four
BLANK = PageFacts(blank=True)
SIDES = {Start.RECTO: "right", Start.VERSO: "left"}
ACROSS = {"left": "right", "right": "left"}
HEAD = '<html xmlns:epub="http://www.idpf.org/2007/ops"><head/><body>'
TAIL = "</body></html>"


@dataclass(slots=True)
class Piece:
    """A leaf, or one of a filler's copies: its markup as a tree, its slots, and how it was set last."""

    leaf: Leaf
    tree: Element
    slots: tuple[Slot, ...]
    figures: tuple[Figure, ...]
    suffix: str = ""
    markup: bytes = b""
    copy: Copy | None = None
    galley: Galley | None = None
    rigid: set[int] = field(default_factory=set)

    def take(self, copy: Copy, galley: Galley) -> None:
        """Take a galley; a slot that once had to be set with its figures is always set so."""
        self.copy, self.galley = copy, galley
        self.rigid.update(galley.rigid)

    def wanted(self, known: Known, side: str) -> Copy:
        """Say how it has to be set: its slots filled, on its side if it cannot be moved there."""
        changed = slots.fill(self.slots, self.words(known), self.rigid)
        if changed or not self.markup:
            self.markup = ET.tostring(self.tree, "unicode").encode()
        leaf = self.leaf
        side = side if self.galley and self.galley.fixed else SIDES.get(leaf.start, "right")
        return Copy(Kind.TEXT, leaf.id, leaf.kind, leaf.title, self.markup, side, self.figures, self.suffix)

    def reason(self, wanted: Copy) -> Reason | None:
        """Say why it has to be set, if it has."""
        if self.copy is None:
            return Reason.NEW
        if self.copy.side != wanted.side:
            return Reason.SIDE
        return Reason.FOLIOS if self.copy.markup != wanted.markup else None

    @property
    def set_type(self) -> Galley:
        """What it was set to."""
        if self.galley is None:
            message = f"{self.leaf.id} was not set"
            raise AssertionError(message)
        return self.galley

    def words(self, known: Known) -> tuple[str, ...]:
        """Say what its slots print."""
        return tuple(slot.words(known) for slot in self.slots)


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece in the book: index of its first page, its side, whether a blank page comes before it."""

    piece: Piece
    first: int
    side: str
    blank: bool

    @property
    def shifts(self) -> tuple[float, ...]:
        """How far each of its pages moves to the right (pt) on the side it falls on."""
        galley = self.galley
        return galley.shifts if self.side != _side_of(self.piece) and galley.shifts else (0.0,) * len(galley.pages)

    @property
    def galley(self) -> Galley:
        """The piece as it was set."""
        return self.piece.set_type


@dataclass(slots=True)
class Book:
    """The pieces in order, as far as they have been made up."""

    placed: list[Placed] = field(default_factory=list)
    pages: int = 0
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)
    elsewhere: Spans = field(default_factory=dict)

    @property
    def known(self) -> Known:
        """What slots may tell of it."""
        return Known(self.spans, self.notes, self.elsewhere)

    def add(self, piece: Piece, length: int) -> None:
        """Put a piece after the last one, with a blank page before it when its side asks for one."""
        blank = _wants_blank(piece.leaf, self.pages)
        self.pages += blank
        first = self.pages
        self.placed.append(Placed(piece, first, side(first), blank))
        self.pages += length
        if piece.galley:
            for anchor, (begins, ends) in piece.galley.spans.items():
                self.spans.setdefault(anchor, (first + begins + 1, first + ends + 1))
            for page in piece.galley.pages:
                self.notes.update({note: number for number, note in enumerate(page.footnotes, 1)})

    def facts(self) -> Iterator[PageFacts]:
        """Yield what is on each page."""
        for placed in self.placed:
            if placed.blank:
                yield BLANK
            yield from placed.galley.pages


@dataclass(frozen=True, slots=True)
class MadeUp:
    """A book made up, how its setting went, and whether its folios were still not true in the last round."""

    book: Book
    rounds: tuple[Round, ...]
    unstable: bool


def make_up(composition: Composition, set_all: SetAll, place: Place, elsewhere: Spans) -> MadeUp:
    """Make up the book until its printed folios are true.

    Args:
        composition: for print.
        set_all: returns the galleys of copy, in its order, and how many of them had not been kept.
        place: the publication.
        elsewhere: id → its folios in the edition that everybody has, for what is not in this one.

    Raises:
        Problems: ``LEAF_BROKEN``.
    """
    maker = _Maker(composition, place, elsewhere)
    rounds: list[Round] = []
    jobs = maker.wanted()
    while jobs and len(rounds) < ROUNDS:
        galleys, fresh = set_all([copy for _, copy, _ in jobs])
        maker.take(jobs, galleys)
        reasons = Counter(reason for _, _, reason in jobs)
        rounds.append(Round(tuple((reason, reasons[reason]) for reason in Reason if reason in reasons), fresh))
        jobs = maker.wanted()
    unstable = bool(jobs)
    if late := [job for job in jobs if job[2] is Reason.NEW]:  # a filler that came with the last round
        maker.take(late, set_all([copy for _, copy, _ in late])[0])
    return MadeUp(maker.book, tuple(rounds), unstable)


class _Maker:
    """Makes up one composition."""

    def __init__(self, composition: Composition, place: Place, elsewhere: Spans) -> None:
        self.leaves = composition.leaves
        self.figures = composition.figures
        self.place = place
        self.elsewhere = elsewhere
        self.book = Book()
        self.pieces: dict[tuple[int, int], Piece] = {}

    def wanted(self) -> list[Job]:
        """List what has to be set, or set again, now that the book is made up so far; at first, each leaf once."""
        sides = [(placed.piece, placed.side) for placed in self.book.placed]
        pieces = sides or [(self.piece(number, 0), "right") for number in range(len(self.leaves))]
        known = self.book.known if sides else Known(self._guessed(), {}, self.elsewhere)
        wanted = [(piece, piece.wanted(known, side)) for piece, side in pieces]
        return [(piece, copy, reason) for piece, copy in wanted if (reason := piece.reason(copy))]

    def take(self, jobs: Sequence[Job], galleys: Sequence[Galley]) -> None:
        """Take what was set, and make the book up of it."""
        for (piece, copy, _), galley in zip(jobs, galleys, strict=True):
            piece.take(copy, galley)
        self.book = self._made_up()

    def piece(self, number: int, copy: int) -> Piece:
        """Return a leaf, or the copy of one that fills; the ids of a copy have its number behind them."""
        if (number, copy) not in self.pieces:
            suffix = f"-{copy + 1}" if copy else ""
            self.pieces[number, copy] = piece(self.leaves[number], self.figures, self.place, suffix)
        return self.pieces[number, copy]

    def _made_up(self) -> Book:
        """Put everything in order."""
        lengths = [self._length(number) for number in range(len(self.leaves))]
        fillers = self._fillers(lengths)
        book = Book(elsewhere=self.elsewhere)
        for number, length in enumerate(lengths):
            for copy in range(fillers if self._fills(number) else 1):
                book.add(self.piece(number, copy), length)
        return book

    def _guessed(self) -> dict[str, tuple[int, int]]:
        """Guess the folios of all ids from the length of the text."""
        extents: dict[str, tuple[int, int]] = {}
        letters = 0
        for number in range(len(self.leaves)):
            end = _extents(self.piece(number, 0).tree, letters, extents)
            letters += -(-(end - letters) // LETTERS_A_PAGE) * LETTERS_A_PAGE
        return {
            anchor: (first // LETTERS_A_PAGE + 1, last // LETTERS_A_PAGE + 1)
            for anchor, (first, last) in extents.items()
        }

    def _length(self, number: int) -> int:
        galley = self.piece(number, 0).galley
        return len(galley.pages) if galley else 1

    def _fills(self, number: int) -> bool:
        """Tell whether a leaf is the one that fills: the first that may."""
        return self.leaves[number].filler and not any(leaf.filler for leaf in self.leaves[:number])

    def _fillers(self, lengths: Sequence[int]) -> int:
        """Return how many filler pages make the pages a multiple of four, with the fewest pages, then blanks."""
        if not any(leaf.filler for leaf in self.leaves):
            return 0
        counted = [(*self._extent(lengths, count), count) for count in range(SHEET)]
        fitting = [extent for extent in counted if extent[0] % SHEET == 0]
        return min(fitting)[-1] if fitting else 0

    def _extent(self, lengths: Sequence[int], fillers: int) -> tuple[int, int]:
        """Count the pages with so many filler pages, and the blanks among them."""
        total = blanks = 0
        for number, leaf in enumerate(self.leaves):
            for _ in range(fillers if self._fills(number) else 1):
                blank = _wants_blank(leaf, total)
                total += blank + lengths[number]
                blanks += blank
        return total, blanks


def piece(leaf: Leaf, figures: Mapping[str, Figure], place: Place, suffix: str = "") -> Piece:
    """Get a leaf ready to be set; ``suffix`` is put after its ids when it is printed more than once.

    Raises:
        Problems: ``LEAF_BROKEN``.
    """
    tree = _tree(leaf, place, suffix)
    shown = {element.get("src", "") for element in tree.iter("img")}
    pictures = tuple(figures[path] for path in sorted(shown & figures.keys()))
    return Piece(leaf, tree, slots.find(tree), pictures, suffix)


def _tree(leaf: Leaf, place: Place, suffix: str) -> Element:
    """Parse a leaf's markup into a document; ``suffix`` is put after its ids when it is printed more than once."""
    try:
        root = ET.fromstring(HEAD + leaf.markup + TAIL)  # noqa: S314 - composed here, with entities resolved
    except ET.ParseError as error:
        raise problems.Problems([problems.leaf_broken(place, f"{leaf.kind}: {error}")]) from error
    if suffix:
        for element in root.iter():
            if identity := element.get("id"):
                element.set("id", identity + suffix)
    return root


def _extents(element: Element, before: int, found: dict[str, tuple[int, int]]) -> int:
    """Note between which letters of the book every id stands; return how many there are up to the element's end."""
    letters = before + len(element.text or "")
    for child in element:
        letters = _extents(child, letters, found) + len(child.tail or "")
    if identity := element.get("id"):
        found.setdefault(identity, (before, letters))
    return letters


def side(index: int) -> str:
    """Name the side a page falls on; folio 1 is a right-hand page."""
    return "left" if index % 2 else "right"


def _side_of(piece: Piece) -> str:
    return piece.copy.side if piece.copy else "right"


def _wants_blank(leaf: Leaf, index: int) -> bool:
    return leaf.start in SIDES and SIDES[leaf.start] != side(index)


def blank(side: str) -> Copy:
    """Write the copy of the empty page that falls on ``side`` and lets the next leaf open across from it."""
    forced = f'<div style="break-before: {ACROSS[side]}">.</div>'
    return Copy(Kind.BLANK, "", "", "", f"{HEAD}<div>.</div>{forced}{TAIL}".encode(), side=ACROSS[side])
