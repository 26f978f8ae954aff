"""The facts of a small job of print come in; a ``Composition`` of it goes out: a print card, a test sheet, a notice.

Jobbing is the trade's word for cards and notices, what is not a book. Each is one leaf template of the layout and the
stylesheet of its name (``card.css``, ``test-sheet.css``, ``notice.css``), written for its own paper: nothing is scaled.
Drawings are made in the template; they are figures of the composition, with words for those who do not see them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from html import unescape
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from builder import PROGRAM, codes, fonts
from builder.composition import leading, templates
from builder.composition.nouns import Composition, Leaf, Medium, Metadata
from builder.printer import UNTRIED, Printer
from builder.publication import Edition, Figure, Trim
from builder.publication.addresses import readable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from builder.layout import Layout
    from builder.paper import SheetSize

    Halves = tuple[str | None, str | None]

CARD, TEST, NOTICE = "print-card", "test-sheet", "notice"
A4_UPRIGHT, A5_UPRIGHT = Trim("A4", 210, 297), Trim("A5", 148, 210)
COPIES = (10, 20, 30, 50)
"""How many copies a group asks for: what the card counts sheets of paper for."""
REAM = 500  # sheets
MOST_SHEETS_TOLD = 16
"""A row of the card holds so many numbers."""
LONGEST_TITLE = 110  # characters
UNKNOWN_LETTER = "?"


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What whoever prints a booklet has to know.

    Attributes:
        title: of the booklet.
        edition: its name; empty for a PDF from elsewhere.
        files: kind of file (``booklet``, ``fronts``, ``backs``, ``booklet-cover``) → name.
        pages: of the booklet, blank ones and the cover's among them.
        sheets: of paper that go through the printer for one set, without a cover's own.
        sheet: their size.
        front: the pages of the first sheet's front, left and right, by the numbers they have; none: blank.
        back: of its back, seen upright.
        scheme: ``saddle``, ``signatures`` or ``side``.
        signatures: sheets of each signature, in order.
        copies_per_sheet: 2: every sheet carries two copies and is cut in half first.
        abreast: the copies on a sheet stand side by side; otherwise one above the other.
        lying: they lie on their backs, side by side, their heads to the left of a front.
        paper_gsm: weight of the paper (g/m²); 0: not known.
        cover: sheets of the cover that are printed by themselves, for one set.
        cover_gsm: weight of its paper; 0: the same paper.
        blanks: pages left blank, counted from 1 in the folded booklet.
        after: the number of the page they come after.
        glued: the spine is glued, not stapled (``side``).
        right_to_left: it is read from what is otherwise its end.
        trim: width and height (mm) to which it is cut when the sheets are larger; none: nothing is cut off.
        marked: the sheets show where.
        printer: what it is printed on.
        command: what the program is called by whoever types.
    """

    title: str
    pages: int
    sheets: int
    sheet: SheetSize
    front: Halves
    back: Halves
    edition: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    scheme: str = "saddle"
    signatures: tuple[int, ...] = ()
    copies_per_sheet: int = 1
    abreast: bool = False
    lying: bool = False
    paper_gsm: int = 0
    cover: int = 0
    cover_gsm: int = 0
    blanks: tuple[int, ...] = ()
    after: str = ""
    glued: bool = False
    right_to_left: bool = False
    trim: tuple[float, float] | None = None
    marked: bool = False
    printer: Printer = UNTRIED
    command: str = PROGRAM

    @property
    def jams(self) -> tuple[int, ...]:
        """Sheets, from 1, of which a card tells where each is in the files: all, or the first, middle and last."""
        n = self.sheets
        if n <= MOST_SHEETS_TOLD:
            return tuple(range(1, n + 1))
        return (1, 2, 3, n // 2, n // 2 + 1, n - 2, n - 1, n)

    @property
    def runs(self) -> tuple[tuple[int, int], ...]:
        """The signatures, those of one size told together: sheets of each, how many."""
        return tuple((size, len(list(group))) for size, group in groupby(self.signatures))

    def needed(self, copies: int) -> int:
        """Return how many sheets of paper that many copies take."""
        return self.sheets * -(-copies // self.copies_per_sheet)

    def covers(self, copies: int) -> int:
        """Return how many sheets of the cover's paper they take."""
        return self.cover * -(-copies // self.copies_per_sheet)


@dataclass(frozen=True, slots=True)
class TestFacts:
    """What a printer's test sheets are made for.

    Attributes:
        sheet: the paper.
        name: what the printer will be called; empty: not said.
        by_hand: three sheets, fronts and backs apart, instead of one sheet of two pages.
        command: what the program is called by whoever types.
    """

    sheet: SheetSize
    name: str = ""
    by_hand: bool = False
    command: str = PROGRAM


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What a notice in the hall tells members.

    Attributes:
        title: what the shelf is called.
        address: of its page, in ASCII.
        catalogue: the address of its catalogue for reading programs, in ASCII.
        page: the paper.
        language: of the words: ``vi`` or ``en``.
        members_only: what is on the shelf is for members alone.
    """

    title: str
    address: str
    catalogue: str
    page: Trim
    language: str = "vi"
    members_only: bool = False


TIGHTEST = 3
CODE_WIDE = (0.55, 0.5, 0.45, 0.4)  # of the paper's width, the code with its quiet zone; the tighter, the smaller


def card(facts: CardFacts, layout: Layout, roles: fonts.Roles, tight: int = 0) -> Composition:
    """Compose the print card: one page of A4; the ``tight``er (0 to 3), the smaller its type.

    Raises:
        Problems: ``LAYOUT_BROKEN``.
    """
    nouns = {
        "card": facts,
        "title": _shortened(facts.title),
        "tight": tight,
        "copies": COPIES,
        "reams": lambda copies: -(-facts.needed(copies) // REAM),
    }
    desk = _Desk(layout, roles, "card", A4_UPRIGHT)
    title = f"{layout.words['print_card']}: {facts.title}"
    return desk.composition(title, [desk.leaf(CARD, CARD, layout.words["print_card"], nouns)])


def test_sheets(facts: TestFacts, layout: Layout, roles: fonts.Roles) -> tuple[Composition, ...]:
    """Compose test sheets: one of two pages; by hand: three fronts, then, by themselves, three backs.

    Raises:
        Problems: ``LAYOUT_BROKEN``.
    """
    numbers = (1, 2, 3) if facts.by_hand else (1,)
    sides = [(back, number) for back in (False, True) for number in numbers]
    sets = [[side for side in sides if side[0] is back] for back in (False, True)] if facts.by_hand else [sides]
    title = layout.words["test_sheet"]
    made = []
    for each in sets:
        desk = _Desk(layout, roles, TEST, Trim(facts.sheet.name, facts.sheet.width, facts.sheet.height))
        leaves = []
        for back, number in each:
            nouns = {"facts": facts, "back": back, "number": number, "size": facts.sheet}
            leaves.append(desk.leaf(f"{TEST}-{number}-{'back' if back else 'front'}", TEST, title, nouns))
        made.append(desk.composition(title, leaves))
    return tuple(made)


def notice(facts: NoticeFacts, layout: Layout, roles: fonts.Roles, tight: int = 0) -> Composition:
    """Compose a notice to pin up: one page; the ``tight``er (0 to 3), the smaller its type.

    Raises:
        Problems: ``LAYOUT_BROKEN``.
        ValueError: the address is longer than a code can be.
    """
    layout = layout.speaking(facts.language)
    desk = _Desk(layout, roles, NOTICE, facts.page, facts.language)
    code = codes.code(facts.address)
    alt = layout.words["notice_code"].format(address=facts.address)
    drawing = code.drawing(round(facts.page.width * CODE_WIDE[tight] / code.modules, 3))
    path = f"figures/{NOTICE}.svg"
    desk.figures[path] = Figure(path, "image/svg+xml", drawing, alt)
    nouns = {
        "notice": facts,
        "title": _shortened(facts.title),
        "code": desk.figures[path],
        "shown": readable(facts.address),
        "catalogue": readable(facts.catalogue),
        "tight": tight,
    }
    return desk.composition(facts.title, [desk.leaf(NOTICE, NOTICE, facts.title, nouns)])


def _shortened(words: str) -> str:
    """Cut a title that would take up the card: between words, or within one that is as long as many."""
    if len(words) <= LONGEST_TITLE:
        return words
    whole = words[:LONGEST_TITLE].rpartition(" ")[0].rstrip()
    return (whole if len(whole) > LONGEST_TITLE // 2 else words[: LONGEST_TITLE - 1]) + "…"


@dataclass(slots=True)
class _Desk:
    """Where one job is composed: template by template, drawing by drawing."""

    layout: Layout
    roles: fonts.Roles
    style: str
    page: Trim
    language: str = "vi"
    figures: dict[str, Figure] = field(default_factory=dict)

    def leaf(self, name: str, template: str, title: str, nouns: Mapping[str, object]) -> Leaf:
        """Fill a template."""
        environment = templates.environment(self.layout)
        words = {key: Markup(value) for key, value in self.layout.words.items()}
        environment.globals |= {"words": words, "drawn": self._drawn(name)}
        markup = templates.rendered(environment, self.layout, f"{template}.html", nouns)
        return Leaf(name, template, title, f'<section class="leaf {template}" id="{name}">{markup}</section>')

    def _drawn(self, name: str) -> Callable[..., Markup]:
        def drawn(alt: str, kind: str, caller: Callable[[], str]) -> Markup:
            """Take what a template draws (SVG) for a figure; ``alt`` says what it shows."""
            path = f"figures/{name}-{len(self.figures) + 1}.svg"
            self.figures[path] = Figure(path, "image/svg+xml", str(caller()).strip().encode(), str(alt))
            return Markup('<img class="{}" src="{}" alt="{}"/>').format(kind, path, alt)

        return drawn

    def composition(self, title: str, leaves: list[Leaf]) -> Composition:
        """Put leaves together; a letter that no face has is given as ``?``."""
        letters = frozenset("".join([title, *(unescape(leaf.markup) for leaf in leaves)]))
        cuts = self.roles.faces(ebook=False)
        faces = fonts.cast(cuts, letters)
        unknown = dict.fromkeys(map(ord, fonts.missing(faces, letters)), UNKNOWN_LETTER)
        size = f"@page {{ size: {self.page.width:g}mm {self.page.height:g}mm }}\n"
        css = self.layout.stylesheets[self.style]
        return Composition(
            slug=self.style,
            edition=Edition(self.style, self.layout.name, self.page, ("pdf",)),
            medium=Medium.PRINT,
            metadata=Metadata(title=title, language=self.language),
            leaves=tuple(replace(leaf, markup=leaf.markup.translate(unknown)) for leaf in leaves),
            outline=(),
            stylesheet=size + leading.in_print(css, leading.heights(faces)),
            furniture="",
            faces=faces,
            figures=self.figures,
            words=self.layout.words,
        )
