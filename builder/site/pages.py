"""A catalogue comes in; the front page of its site and the page of each publication go out, and what all pages share.

Templates stand in ``templates/``, what they look like in ``site.css``, what moves in ``site.js``. Nothing is written
into a page but through a template, which escapes it; no page has a script or a style of its own, so that a server may
forbid both (Content-Security-Policy ``default-src 'self'``).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

from builder import fonts
from builder.composition import templates
from builder.site import devices, editions
from builder.site.words import words
from builder.vietnamese import breaks, order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import jinja2

    from builder.fonts import Face
    from builder.site.nouns import Catalogue, Download, Heading, Title

MEMBERS_ONLY = "noi-bo"
OPDS1, OPDS2 = "opds/index.xml", "opds2/index.json"
SHARED = ("site.css", "plain.css", "site.js", "icon.svg")
TEMPLATES = ("page.html", "pieces.html", "front.html", "title.html")
THUMB = 96  # CSS pixels across
MANY = 60  # publications: a phone draws more of them only as they come into sight
_UPRIGHT = (2, 3)  # of a thumbnail whose cover nobody measured


@dataclass(frozen=True, slots=True)
class Branch:
    """A heading of the contents with those below it; ``id`` is empty where an earlier one leads to the same place."""

    heading: Heading
    id: str
    below: tuple[Branch, ...]


def front(catalogue: Catalogue) -> bytes:
    """Write the front page."""
    said = words(catalogue.language)
    return _written(
        "front.html",
        catalogue=catalogue,
        words=said,
        root="",
        opds1=OPDS1,
        opds2=OPDS2,
        kinds=sorted({each.facts.kind for each in catalogue.titles}, key=lambda kind: (order.whole_key(kind), kind)),
        periods=list(dict.fromkeys(each.facts.period for each in catalogue.titles)),
        years=_years(catalogue.titles),
        many=len(catalogue.titles) > MANY,
        newest=max((each.facts.date for each in catalogue.titles), default=""),
        thumb=_thumb,
        paper=lambda path: path.rpartition(".")[0].rpartition("-")[2].upper(),
    )


def title_page(catalogue: Catalogue, title: Title) -> bytes:
    """Write the page of a publication."""
    said, facts = words(catalogue.language), title.facts
    described = title.offers[0].described if title.offers else None
    names = editions.names(title, said)
    rights = (described.rights if described else "") or (said("rights") if facts.profile == MEMBERS_ONLY else "")
    return _written(
        "title.html",
        catalogue=catalogue,
        title=title,
        words=said,
        root="../",
        address=f"{catalogue.address}{quote(title.slug)}/" if catalogue.address else "",
        rights=rights,
        lines=devices.lines(title),
        outline=_branches(described.outline if described else ()),
        members=editions.of_members(title),
        leaders=editions.grouped(title.leaders),
        printing=editions.grouped(title.printing),
        sums=_sums(title),
        named=lambda edition: names.get(edition.name) or editions.named(edition, said),
        printed=lambda edition: editions.printed(edition, said),
        session=lambda title, file: editions.session(title, file, said),
    )


def shared(faces: Iterable[Face] = ()) -> Mapping[str, bytes]:
    """Return the files that all pages use, by their paths.

    Args:
        faces: of the house, to set the pages in; without any they are set in those of the device.
    """
    named = {face: f"fonts/{hashlib.sha256(face.data).hexdigest()[:16]}.{face.file_name[-3:]}" for face in faces}
    files = {name: _packed(name) for name in SHARED}
    rules = fonts.stylesheet(named, named.__getitem__).replace("; }", "; font-display: optional; }")
    files["site.css"] = rules.encode() + files["site.css"]
    return files | {path: face.data for face, path in named.items()}


def _years(titles: Sequence[Title]) -> tuple[tuple[str, tuple[Title, ...]], ...]:
    """Part the publications by the year of their date, in their order; what has none comes last."""
    years: dict[str, list[Title]] = {}
    for each in titles:
        years.setdefault(each.facts.date[:4], []).append(each)
    undated = years.pop("", [])
    return tuple((year, tuple(each)) for year, each in [*years.items(), *([("", undated)] if undated else [])])


def _thumb(title: Title) -> tuple[int, int]:
    width, height = title.cover_size if all(title.cover_size) else _UPRIGHT
    return THUMB, round(THUMB * height / width)


def _branches(outline: Sequence[Heading]) -> tuple[Branch, ...]:
    """Make a tree of the contents; a heading is below the last one before it that is of a higher rank."""
    known: set[str] = set()
    return _below(outline, known)


def _below(outline: Sequence[Heading], known: set[str]) -> tuple[Branch, ...]:
    branches, at = [], 0
    while at < len(outline):
        heading, end = outline[at], at + 1
        while end < len(outline) and outline[end].level > heading.level:
            end += 1
        named = heading.anchor if heading.anchor not in known else ""
        known.add(heading.anchor)
        branches.append(Branch(heading, named, _below(outline[at + 1 : end], known)))
        at = end
    return tuple(branches)


def _sums(title: Title) -> tuple[Download, ...]:
    """Return the files whose checksums are told: all but numbered copies, which are in the site's list."""
    return (*(each for offer in title.offers for each in offer.files), *title.pages, *title.leaders, *title.printing)


def _short(words: str, most: int) -> str:
    """Cut words that would fill a card, between two of them where that is possible; their own page has them whole."""
    if len(words) <= most:
        return words
    whole = words[:most].rpartition(" ")[0]
    return (whole if len(whole) > most // 2 else words[:most]) + "…"


def _joined(title: str, language: str = "vi") -> Markup:
    """Mark the words of more than one syllable in a heading, so that a line ends between words.

    The spaces stay what they are: who copies the title or looks for it gets the characters that it has.
    """
    glued = breaks.glue_heading(title) if language == "vi" else title
    joints = {at for at, (old, new) in enumerate(zip(title, glued, strict=True)) if old != new}
    parts, first = [], 0
    for at, char in enumerate(title):
        if char == " " and at not in joints:
            parts.append(title[first:at])
            first = at + 1
    whole = Markup('<span class="word">{}</span>')
    return Markup(" ").join(whole.format(each) if " " in each else each for each in [*parts, title[first:]])


def _written(template: str, **nouns: object) -> bytes:
    return _environment().get_template(template).render(nouns).encode()


@cache
def _environment() -> jinja2.Environment:
    taken = templates.strict({each: _packed("templates", each).decode() for each in TEMPLATES})
    taken.filters |= {"path": quote, "short": _short, "joined": _joined}
    return taken


def _packed(*path: str) -> bytes:
    return resources.files("builder").joinpath("site", *path).read_bytes()
