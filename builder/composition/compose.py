"""A publication, a layout, an edition and a medium come in; a ``Composition`` goes out, leaf by leaf.

The order of leaves and every word on the page are the layout's; here each template is handed its nouns.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import chain
from typing import TYPE_CHECKING

from markupsafe import Markup

from builder import fonts, problems
from builder.composition import book as books
from builder.composition import (
    captions,
    columns,
    commentary,
    index,
    leading,
    lists,
    meeting,
    planning,
    scaling,
    semantics,
    styles,
    targets,
    templates,
    typography,
    ways,
)
from builder.composition.markup import Compositor
from builder.composition.metadata import metadata_of
from builder.composition.nouns import Captioned, Composition, Entry, Insert, Leaf, Medium, Start
from builder.publication import Ebook, Session, plain
from builder.vietnamese import dates, order

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    import jinja2

    from builder.composition.book import Book
    from builder.layout import Layout, LeafOrder
    from builder.problems import Problem
    from builder.publication import Edition, Figure, Publication


LONGEST_HEAD = 64  # characters of a running head
SECTION_END = "</section>"


def compose(
    publication: Publication,
    layout: Layout,
    edition: Edition,
    medium: Medium,
    roles: fonts.Roles,
    *,
    elsewhere: Collection[str] = (),
) -> tuple[Composition, tuple[Problem, ...]]:
    """Lay out one edition in one medium.

    ``elsewhere`` is the ids whose pages the press knows of another edition: slots for them stay.

    Returns:
        The composition, and the problems found in it: letters that no face has (``FONT_MISSING``), styles that an
        e-book's reader does not bear (``EBOOK_CSS``).

    Raises:
        Problems: a layout template that does not hold (``LAYOUT_BROKEN``); a layout that finds nothing to show
            (``LAYOUT_EMPTY``), or has only leaves for paper (``LAYOUT_PAPER``).
    """
    layout = layout.speaking(publication.settings.language)
    publication = captions.numbered(typography.typeset(publication), layout.words)
    publication, subjects = index.marked(publication)
    book = books.Book(publication)
    apart = medium is Medium.PRINT and _goes_along(publication, edition)
    lines = [line for line in layout.order[medium.value] if line.when in _occasions(publication, edition)]
    aside = [line for line in lines if apart and line.when == edition.audience]
    planned = list(planning.planned([line for line in lines if line not in aside], book, layout, medium))
    figures: dict[str, Figure] = {}
    filled = environment(layout, shared(book, layout, edition, medium))
    by_page = publication.settings.notes == "page" and medium is Medium.PRINT
    setter = _Setter(layout, edition, medium, figures, filled, book.publication.settings.ebook, by_page, apart)
    leaves, outline = _set(planned, setter, book, subjects)
    if not leaves or (medium is Medium.EBOOK and not outline):
        raise problems.Problems([_nothing_shown(layout, edition)])
    whole = replace(setter, apart=False)  # what stands between the pages anyway is not taken apart
    put_in = tuple(whole.leaf(sheet, line) for line, sheet in planning.planned(aside, book, layout, medium))
    leaves, put_in = setter.loosened(leaves, put_in, elsewhere)
    letters = _letters((*leaves, *put_in, *setter.inserts))
    faces = fonts.cast(roles.faces(ebook=medium is Medium.EBOOK), letters)
    composition = Composition(
        slug=publication.slug,
        edition=edition,
        medium=medium,
        metadata=metadata_of(publication, layout, edition),
        leaves=leaves,
        outline=outline,
        stylesheet=styles.stylesheet(
            layout, edition, medium, leading.heights(faces), marked=bool(edition.folios_of) and not apart
        ),
        furniture=styles.fitted("furniture", layout, edition) if medium is Medium.PRINT else "",
        faces=faces,
        figures=figures,
        words=layout.words,
        inserts=tuple(setter.inserts),
        put_in=put_in,
    )
    return composition, (*_missing(fonts.missing(faces, letters), book, roles), *styles.objections(layout, medium))


def _letters(parts: Iterable[Leaf | Insert]) -> frozenset[str]:
    return frozenset("".join(unescape(part.markup) for part in parts))


def _occasions(publication: Publication, edition: Edition) -> tuple[str, ...]:
    """Return the conditions of a line in the order of leaves that hold."""
    paper = "screen" if edition.trim.on_screen else "paper"
    return "always", f"toc-{publication.settings.toc}", paper, edition.audience


def _nothing_shown(layout: Layout, edition: Edition) -> Problem:
    """Say why there is no leaf: all are for paper and the page is a phone's, or there is nothing to show in them."""
    if edition.trim.on_screen and all(line.when == "paper" for line in layout.order[Medium.PRINT.value]):
        return problems.layout_paper(edition.place, layout.name)
    return problems.layout_empty(edition.place, layout.name)


def _goes_along(publication: Publication, edition: Edition) -> bool:
    """Tell whether an edition's pages are those of another, so that what the leader alone has goes between them."""
    form = (edition.layout, edition.trim, edition.type)
    others = (each for each in publication.settings.editions if each.name == edition.folios_of)
    return edition.audience == "leader" and any(
        other.audience != "leader" and form == (other.layout, other.trim, other.type) for other in others
    )


def letters_missing(publication: Publication, roles: fonts.Roles) -> tuple[Problem, ...]:
    """Report the letters of a publication's words that no face has (``FONT_MISSING``), without laying it out."""
    book = books.Book(typography.typeset(publication))
    letters = frozenset(chain.from_iterable(words for _, words in book.words()))
    faces = fonts.cast(roles.faces(ebook=False), letters)
    return tuple(_missing(fonts.missing(faces, letters), book, roles))


def _missing(letters: frozenset[str], book: Book, roles: fonts.Roles) -> Iterator[Problem]:
    """Report the letters that no face has, each where it is met first; the rest must be in the settings."""
    waiting = set(letters)
    met: dict[problems.Place, set[str]] = {}
    for place, words in book.words() if waiting else ():
        if here := waiting.intersection(words):
            met.setdefault(place, set()).update(here)
            waiting -= here
    settings = problems.Place(f"{book.publication.slug}/publication.yaml")
    for place, found in (*met.items(), *([(settings, waiting)] if waiting else [])):
        yield problems.font_missing(place, "".join(sorted(found)), roles.families)


def _set(
    planned: Iterable[tuple[LeafOrder, planning.Sheet]], setter: _Setter, book: Book, subjects: index.Index
) -> tuple[tuple[Leaf, ...], tuple[Entry, ...]]:
    """Set the leaves, those made from others after these; return them in order, and the outline."""
    early = {id(sheet): setter.leaf(sheet, line) for line, sheet in planned if sheet.kind not in lists.LATE}
    standing = lists.Standing(book, subjects, early.values(), setter.captioned, setter.layout.words)
    kept = []
    for line, sheet in planned:
        nouns = {} if id(sheet) in early else standing.nouns(sheet.kind)
        if nouns is not None:
            kept.append((line, replace(sheet, nouns=nouns) if nouns else sheet))
    outline = planning.outline(kept)
    setter.environment.globals["outline"] = outline
    leaves = [early.get(id(sheet)) or setter.leaf(sheet, line) for line, sheet in kept]
    return tuple(_joined(leaves) if setter.medium is Medium.PRINT else leaves), outline


def _joined(leaves: Iterable[Leaf]) -> list[Leaf]:
    """Put a leaf that follows another into that one, last; the first of all has none before it."""
    joined: list[Leaf] = []
    for leaf in leaves:
        if leaf.start is Start.FOLLOW and joined:
            before = joined[-1]
            joined[-1] = replace(before, markup=before.markup.removesuffix(SECTION_END) + leaf.markup + SECTION_END)
        else:
            joined.append(leaf)
    return joined


# --- setting them ---------------------------------------------------------------------------------


def shared(book: Book, layout: Layout, edition: Edition, medium: Medium) -> dict[str, object]:
    """Return what every leaf's template sees of the book."""
    publication = book.publication
    return {
        "publication": publication,
        "settings": publication.settings,
        "edition": edition,
        "print": medium is Medium.PRINT,
        "words": {key: Markup(value) for key, value in layout.words.items()},
        "outline": (),  # till all leaves are known
        "book": book,
        "scale": scaling.Scale.of(edition),
        "terms": sorted(publication.terms, key=lambda term: order.key(term.words)),
        "session_title": lambda session: planning.bare_session_title(session, layout.words),
    }


def environment(layout: Layout, nouns: Mapping[str, object]) -> jinja2.Environment:
    """Take a layout's templates, with the words they are filled with and what all leaves see of the book."""
    taken = templates.environment(layout)
    taken.filters |= {
        "plain": plain,
        "long_date": dates.long_date,
        "weekday": dates.weekday,
        "short_date": dates.short_date,
        "running_title": books.running_title,
        "shortened": lambda words: textwrap.shorten(words, LONGEST_HEAD, placeholder="…"),
        "bare_label": books.bare_label,
        "capital_first": lambda words: words[:1].upper() + words[1:],
    }
    asked = {"agenda": meeting.steps, "discussion": meeting.discussion}
    told = {"runs": commentary.runs, "pops_up": commentary.pops_up, "is_brief": commentary.is_brief}
    taken.globals |= {"openers": books.OPENERS} | told | asked | dict(nouns)
    return taken


@dataclass(frozen=True, slots=True)
class _Setter:
    """Sets the leaves of one composition."""

    layout: Layout
    edition: Edition
    medium: Medium
    figures: dict[str, Figure]
    environment: jinja2.Environment
    ebook: Ebook
    by_page: bool = False
    apart: bool = False  # the leader's matter stands on leaves of its own
    inserts: list[Insert] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)  # part → footnotes so far
    captioned: list[Captioned] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)  # ids given to words for the index

    def leaf(self, sheet: planning.Sheet, line: LeafOrder) -> Leaf:
        markup = self._markup(sheet)
        markup = columns.freed(markup) if self.medium is Medium.EBOOK else markup
        term = self.layout.semantics.get(sheet.kind, "")
        means = self._meaning(term, sheet.title) if term else ""
        section = f'<section class="leaf {sheet.kind}" id="{sheet.id}"{means}>{markup}{SECTION_END}'
        start = Start(line.start)
        start = Start.PAGE if self.edition.trim.on_screen and start is not Start.FOLLOW else start
        most = 0 if self.edition.trim.on_screen else line.most
        session = sheet.nouns.get("session")
        place = session.place if isinstance(session, Session) else None
        return Leaf(sheet.id, sheet.kind, sheet.title, section, start, sheet.filler, most, place, term)

    def _meaning(self, term: str, name: str = "") -> Markup:
        """Tell what an element is, in an e-book; print has no such words.

        Raises:
            Problems: the vocabulary has no such term (``LAYOUT_BROKEN``).
        """
        if term not in semantics.TERMS:
            place = problems.Place(f"{self.layout.name}/layout.yaml")
            raise problems.Problems([problems.layout_broken(place, f"semantics: {term}")])
        return Markup(semantics.attributes(term, name) if self.medium is Medium.EBOOK else "")

    def _markup(self, sheet: planning.Sheet) -> str:
        part = sheet.part or sheet.id
        compositor = self._compositor(sheet.id, self.counted[part])
        if self.apart:
            aside = compositor.aside = self._compositor(f"{sheet.id}-chu-tri", 0)
        markup = self._rendered(sheet.kind, self._tools(compositor) | dict(sheet.nouns))
        for anchor, words, owner in compositor.asides:
            nouns = {"anchor": anchor, "owner": owner, "matter": Markup(words)}
            self.inserts.append(Insert(anchor, self._rendered("insert", self._tools(aside) | nouns)))
        self.counted[part] += compositor.count
        return markup

    def online(self, page: str, place: str = "") -> ways.Way | None:
        """Return the way from a kind of printed page to the e-book, or to a place in it; none where none is wanted."""
        on_screen = self.medium is Medium.EBOOK or self.edition.trim.on_screen
        if on_screen or not self.ebook.address or page not in self.ebook.qr:
            return None
        alt = self.layout.words[f"code_{page}"]
        way = ways.way(self.ebook.address, place, alt, large=self.edition.type == "large")
        self.figures[way.figure.path] = way.figure
        return way

    def _tools(self, compositor: Compositor) -> dict[str, object]:
        """Return what a leaf's template sets its words with."""
        return {
            "prose": compositor.prose,
            "heading": compositor.heading,
            "text": compositor.words_of,
            "with_tail": compositor.with_tail,
            "footnotes": compositor.footnotes,
            "leaf_id": compositor.leaf,
            "meaning": self._meaning,
            "online": self.online,
        }

    def _compositor(self, leaf: str, before: int) -> Compositor:
        return Compositor(
            leaf,
            self.medium,
            self.layout.words,
            self.layout.writing_lines,
            leader=self.edition.audience == "leader",
            figures=self.figures,
            before=before,
            by_page=self.by_page,
            captioned=self.captioned,
            anchors=self.anchors,
        )

    def loosened(
        self, leaves: tuple[Leaf, ...], put_in: tuple[Leaf, ...], elsewhere: Collection[str]
    ) -> tuple[tuple[Leaf, ...], tuple[Leaf, ...]]:
        """Make references to what is not in the composition plain words, in leaves and in what is put between them.

        The pages that everybody has say nothing of the leader's: they are the same in every hand.
        """
        known, apart = _ids(leaves), _ids((*self.inserts, *put_in))
        self.inserts[:] = targets.loosened(self.inserts, known, elsewhere, apart)
        return targets.loosened(leaves, known, elsewhere), targets.loosened(put_in, known, elsewhere, apart)

    def _rendered(self, kind: str, nouns: Mapping[str, object]) -> str:
        return templates.rendered(self.environment, self.layout, f"{kind}.html", nouns)


def _ids(parts: Iterable[Leaf | Insert]) -> frozenset[str]:
    return frozenset(chain.from_iterable(targets.ids(part.markup) for part in parts))
