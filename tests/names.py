"""A publication and a layout come in; what may be printed besides the text goes out: names, the layout's own words."""

import re
from collections import defaultdict
from dataclasses import fields, is_dataclass
from datetime import date

from readback import bare

from builder.publication import (
    Box,
    BoxKind,
    Figure,
    Paragraph,
    Table,
    indexed_in,
    listed,
    passages,
    plain,
    runs_of,
    walk,
)
from builder.publication.addresses import readable
from builder.vietnamese import abbreviations, dates

TOKEN = re.compile(r"\w+")
NUMBER = re.compile(r"\d+[a-z]{0,2}")  # 12, 12a
NOT_WORDS = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>|{\w*}|[|\n]", re.DOTALL)


class Names:
    """Names, of which some stand only with their first words."""

    def __init__(self, names, long=()):
        self.known, self.begun = defaultdict(set), set()
        for words in map(_tokens, names):
            if words:
                self.known[words[0]].add(words)
                self.begun |= {words[:count] for count in range(1, len(words))}
        for words in map(_tokens, long):
            self.begun |= {words[:count] for count in range(1, len(words))}

    def cover(self, text):
        """Tell whether a text is made of names, numbers and single letters alone; ``…`` cuts the last name short."""
        words = _tokens(text)
        reached = {0}
        for place, word in enumerate(words):
            if place not in reached:
                continue
            if len(word) == 1 or NUMBER.fullmatch(word):
                reached.add(place + 1)
            reached |= {place + len(name) for name in self.known[word] if words[place : place + len(name)] == name}
        cut = text.rstrip(" .").endswith("…") and any(words[place:] in self.begun for place in reached)
        return len(words) in reached or cut


def _tokens(text):
    return tuple(TOKEN.findall(text.casefold()))


def names_in(publication, layout, text, *, opening):
    """Gather the names of a publication and the words of a layout.

    Args:
        publication: whose names.
        layout: in whose word list and templates the words stand.
        text: in which abbreviations stand.
        opening: whether a clause without a title is named by all of its first paragraph; cut short it always may be.
    """
    clauses = list(walk(publication.program.clauses))
    titled = (*publication.notes, *publication.front, *publication.back, *clauses)
    known = dict(publication.settings.abbreviations) | {term.words: "" for term in publication.terms}
    first = [next(passages(clause.body), "") for clause in clauses]
    return Names(
        [
            *(first if opening else ()),
            *_strings(publication.settings),
            readable(publication.settings.ebook.address),
            *(words for session in publication.sessions for words in _strings(session)),
            *(plain(each.title) for each in titled),
            *(plain(asked) for note in publication.notes for asked in _asked(note)),
            *(bare_title(session, layout.words) for session in publication.sessions),
            *(words for clause in clauses for words in TOKEN.findall(f"{clause.label} {clause.citation}")),
            *map(plain, _heads_and_captions(publication)),
            *(words for _, term in listed(publication.index) for words in (term.words, term.see, *term.also)),
            *(mark.entry for run in runs_of(publication) for mark in indexed_in(run)),
            *(words for each in abbreviations.used(text, known).items() for words in each),
            *NOT_WORDS.split("\n".join(layout.words.values())),
            *NOT_WORDS.split("\n".join(layout.templates.values())),
        ],
        first,
    )


def in_figures(publication):
    """Return the letters of each line of words that is drawn in a figure, the longest first."""
    return sorted(set(_in_figures(publication)), key=lambda letters: -len(letters))


def bare_title(session, words):
    """A session's title without the number that its writer put before it."""
    return re.sub(rf"^{words['session']} {session.number}\W+", "", session.title)


def _asked(note):
    """Yield what a note without a title asks: a question box that it opens with."""
    match note.body:
        case (Box(BoxKind.QUESTION, (Paragraph(inlines), *_)), *_) if not note.title:
            yield inlines


def _heads_and_captions(value):
    """Yield what lists name, and what tables say again on each page."""
    if isinstance(value, Table | Figure):
        yield from (value.caption, *getattr(value, "head", ()))
    for each in value if isinstance(value, tuple) else parts(value):
        yield from _heads_and_captions(each)


def _in_figures(value):
    """Yield the letters of each line of words that is drawn in a figure."""
    if isinstance(value, Figure) and "svg" in value.media_type:
        yield from filter(None, map(bare, re.findall(r">([^<>]+)<", value.data.decode())))
    for each in value if isinstance(value, tuple) else parts(value):
        yield from _in_figures(each)


def _strings(value):
    """Yield every string in a noun; a date as papers write it."""
    if isinstance(value, date):
        yield from (dates.long_date(value), dates.short_date(value), dates.weekday(value))
    elif isinstance(value, str):
        yield value
    elif not isinstance(value, type):
        for each in value if isinstance(value, tuple) else parts(value):
            yield from _strings(each)


def parts(value):
    return [getattr(value, each.name) for each in fields(value)] if is_dataclass(value) else []
