"""A catalogue comes in; the front page of its site and the page of each publication go out, and what all pages share.

Templates stand in ``templates/``, what they look like in ``site.css``, what moves in ``site.js``. Nothing is written
into a page but through a template, which escapes it; no page has a script or a style of its own, so that a server may
forbid both (Content-Security-Policy ``default-src 'self'``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from builder import fonts
from builder.site import devices, editions, opds1, opds2, packed, woff
from builder.site.words import words
from builder.vietnamese import order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from builder.fonts import Face
    from builder.site.nouns import Catalogue, Download, Heading, Title

SHARED = ("site.css", "plain.css", "site.js", "icon.svg")
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
        opds1=opds1.ROOT,
        opds2=opds2.ROOT,
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
    rights = (described.rights if described else "") or (said("rights") if facts.is_internal else "")
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
    named = {face: f"fonts/{woff.named(face.data)}" for face in faces}
    files = {name: packed.data(name) for name in SHARED}
    rules = fonts.stylesheet(named, named.__getitem__, woff.FORMAT).replace("; }", "; font-display: optional; }")
    files["site.css"] = rules.encode() + files["site.css"]
    return files | {path: woff.packed(face.data) for face, path in named.items()}


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


def _written(template: str, **nouns: object) -> bytes:
    return packed.template(template).render(nouns).encode()
