"""A publication, a layout, an edition and a medium come in; a ``Composition`` goes out, leaf by leaf.

The order of leaves and every word on the page are the layout's; this module knows only which leaves a
publication has and hands each template its nouns.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from itertools import chain
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from builder import fonts, problems
from builder import layout as layouts
from builder.composition import book as books
from builder.composition import leading, typography
from builder.composition.markup import Compositor, runs
from builder.composition.nouns import Composition, Entry, Leaf, Medium, Metadata, Start
from builder.publication import plain
from builder.vietnamese import dates, order

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.composition.book import Book
    from builder.layout import Layout, LeafOrder
    from builder.problems import Problem
    from builder.publication import Edition, Figure, Publication, Session


LONGEST_HEAD = 64  # characters of a running head


@dataclass(frozen=True, slots=True)
class Sheet:
    """A leaf about to be set: its kind, which names its template, id, title, outline entries, the nouns it shows.

    Footnotes are numbered through all sheets of one ``part``.
    """

    kind: str
    id: str
    title: str
    entries: tuple[Entry, ...] = ()
    nouns: Mapping[str, object] = field(default_factory=dict)
    filler: bool = False
    part: str = ""


def compose(
    publication: Publication,
    layout: Layout,
    edition: Edition,
    medium: Medium,
    roles: fonts.Roles,
) -> tuple[Composition, tuple[Problem, ...]]:
    """Lay out one edition in one medium.

    Returns:
        The composition, and the problems found in it: letters that no face has (``FONT_MISSING``).

    Raises:
        Problems: a layout template that does not hold (``LAYOUT_BROKEN``).
    """
    publication = typography.typeset(publication)
    book = books.Book(publication)
    planned = [
        (line, sheet)
        for line in layout.order[medium.value]
        if line.when in ("always", f"toc-{publication.settings.toc}")
        for sheet in _sheets(line.leaf, book, layout, medium)
    ]
    outline = tuple(entry for _, sheet in planned for entry in sheet.entries)
    figures: dict[str, Figure] = {}
    environment = _environment(layout, _shared(book, layout, edition, medium, outline))
    by_page = publication.settings.notes == "page" and medium is Medium.PRINT
    setter = _Setter(layout, edition, medium, figures, environment, by_page=by_page)
    leaves = tuple(setter.leaf(sheet, line) for line, sheet in planned)
    letters = frozenset("".join(unescape(leaf.markup) for leaf in leaves))
    faces = fonts.cast(roles.faces(ebook=medium is Medium.EBOOK), letters)
    composition = Composition(
        slug=publication.slug,
        edition=edition,
        medium=medium,
        metadata=_metadata(publication, layout),
        leaves=leaves,
        outline=outline,
        stylesheet=_stylesheet(layout, edition, medium, leading.heights(faces)),
        furniture=layout.stylesheets["furniture"] if medium is Medium.PRINT else "",
        faces=faces,
        figures=figures,
        words=layout.words,
    )
    return composition, tuple(_missing(fonts.missing(faces, letters), book, roles))


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


# --- which leaves there are -----------------------------------------------------------------------


def _sheets(kind: str, book: Book, layout: Layout, medium: Medium) -> Iterator[Sheet]:
    """Yield the leaves of one kind that the publication has something for."""
    publication, words = book.publication, layout.words
    match kind:
        case "program":
            yield from _program_sheets(book, words, medium)
        case "front" | "back":
            yield from _matter_sheets(publication, kind)
        case "session":
            for session in publication.sessions:
                title = _session_title(session, words)
                yield Sheet(kind, session.id, title, (_line(title, session.id, kind),), {"session": session})
        case "schedule" if not publication.sessions:
            return
        case "glossary" if not publication.terms:
            return
        case "abbreviations" if not publication.settings.abbreviations:
            return
        case "glossary" | "schedule" | "abbreviations":
            yield Sheet(kind, kind, words[kind], (_line(words[kind], kind, kind),))
        case _:
            yield Sheet(kind, kind, words.get(kind, ""), filler=kind == "notes")


def _line(title: str, target: str, kind: str) -> Entry:
    return Entry(title, target, words=title, kind=kind)


def _program_sheets(book: Book, words: Mapping[str, str], medium: Medium) -> Iterator[Sheet]:
    """Yield the leaves of the programme; those of an e-book that are one in print number their footnotes as one."""
    program = book.publication.program
    preamble = program.preamble
    openers = {clauses[0].id for clauses in books.leaves_of(program, fine=False) if clauses}
    part = ""
    for clauses in books.leaves_of(program, fine=medium is Medium.EBOOK):
        identity = f"to-{clauses[0].id}" if clauses else "to-mo-dau"
        part = identity if not part or clauses[0].id in openers else part
        title = books.running_title(clauses[0]) if clauses else ""
        nouns = {"clauses": clauses, "preamble": preamble}
        yield Sheet("program", identity, title or words["program"], books.outline(clauses), nouns, part=part)
        preamble = ()


def _matter_sheets(publication: Publication, kind: str) -> Iterator[Sheet]:
    for matter in publication.front if kind == "front" else publication.back:
        title = plain(matter.title)
        yield Sheet(kind, matter.id, title, (_line(title, matter.id, kind),), {"matter": matter})


def _session_title(session: Session, words: Mapping[str, str]) -> str:
    return f"{words['session']} {session.number}. {_bare_session_title(session, words)}"


def _bare_session_title(session: Session, words: Mapping[str, str]) -> str:
    """Return a session's title without the number its writer put before it (``Buổi 1. …``)."""
    prefix = f"{words['session']} {session.number}"
    title = session.title
    return title.removeprefix(prefix).lstrip(books.CLOSERS) if title.startswith(prefix) else title


# --- setting them ---------------------------------------------------------------------------------


def _shared(
    book: Book, layout: Layout, edition: Edition, medium: Medium, outline: tuple[Entry, ...]
) -> dict[str, object]:
    """Return what every leaf's template sees of the book."""
    publication = book.publication
    return {
        "publication": publication,
        "settings": publication.settings,
        "edition": edition,
        "print": medium is Medium.PRINT,
        "words": {key: Markup(value) for key, value in layout.words.items()},
        "outline": outline,
        "book": book,
        "terms": sorted(publication.terms, key=lambda term: order.key(term.words)),
        "session_title": lambda session: _bare_session_title(session, layout.words),
    }


def _environment(layout: Layout, shared: Mapping[str, object]) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(dict(layout.templates)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "plain": plain,
        "long_date": dates.long_date,
        "weekday": dates.weekday,
        "short_date": dates.short_date,
        "running_title": books.running_title,
        "shortened": lambda words: textwrap.shorten(words, LONGEST_HEAD, placeholder="…"),
        "bare_label": books.bare_label,
        "capital_first": lambda words: words[:1].upper() + words[1:],
    }
    environment.globals |= {"runs": runs, "openers": books.OPENERS} | dict(shared)
    return environment


@dataclass(frozen=True, slots=True)
class _Setter:
    """Sets the leaves of one composition."""

    layout: Layout
    edition: Edition
    medium: Medium
    figures: dict[str, Figure]
    environment: jinja2.Environment
    by_page: bool = False
    counted: Counter[str] = field(default_factory=Counter)  # part → footnotes so far

    def leaf(self, sheet: Sheet, line: LeafOrder) -> Leaf:
        markup = self._markup(sheet)
        section = f'<section class="leaf {sheet.kind}" id="{sheet.id}">{markup}</section>'
        return Leaf(sheet.id, sheet.kind, sheet.title, section, Start(line.start), filler=sheet.filler)

    def _markup(self, sheet: Sheet) -> str:
        leader = self.edition.audience == "leader"
        words, lines = self.layout.words, self.layout.writing_lines
        part = sheet.part or sheet.id
        compositor = Compositor(
            sheet.id,
            self.medium,
            words,
            lines,
            leader=leader,
            figures=self.figures,
            before=self.counted[part],
            by_page=self.by_page,
        )
        try:
            template = self.environment.get_template(f"{sheet.kind}.html")
            markup = template.render(_tools(compositor) | dict(sheet.nouns))
        except jinja2.TemplateError as error:
            place = problems.Place(f"layouts/{self.layout.name}/leaves/{sheet.kind}.html")
            raise problems.Problems([problems.layout_broken(place, str(error))]) from error
        self.counted[part] += compositor.count
        return markup


def _tools(compositor: Compositor) -> dict[str, object]:
    """Return what a leaf's template sets its words with."""
    return {
        "prose": compositor.prose,
        "heading": compositor.heading,
        "text": compositor.words_of,
        "with_tail": compositor.with_tail,
        "footnotes": compositor.footnotes,
    }


def _metadata(publication: Publication, layout: Layout) -> Metadata:
    settings = publication.settings
    return Metadata(
        title=settings.title,
        subtitle=settings.subtitle,
        creator=settings.people.compiled or settings.organisation.unit,
        publisher=settings.organisation.unit,
        description=settings.notice or settings.subtitle,
        rights=layout.words["rights"] if settings.imprint_profile == "noi-bo" else "",
        language=settings.language,
        date=settings.date,
    )


def _stylesheet(layout: Layout, edition: Edition, medium: Medium, heights: Mapping[str, fonts.Floors]) -> str:
    """Join the styles of a medium; print opens with the page size (mm) and closes with what one trim size asks for."""
    if medium is Medium.EBOOK:
        return leading.in_ebook(layouts.resolve_variables(layout.stylesheets["ebook"]), heights)
    trim = edition.trim
    size = f"@page {{ size: {trim.width:g}mm {trim.height:g}mm }}\n:root {{ --page-height: {trim.height:g}mm }}\n"
    css = layout.stylesheets["print"] + layout.stylesheets.get(f"print-{trim.name}", "")
    return size + leading.in_print(css, heights)
