"""A publication, a layout and an edition come in; the cover of its e-book goes out: a page with the cover leaf.

Jacket is the trade's word for what a bound book is sold in. It is set like a page of print, on a page of its own size
whose name stylesheets go by (``print-ebook-cover.css``), so that whoever designs covers designs this one too.
"""

from __future__ import annotations

import math
import re
import zlib
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from builder import fonts
from builder.composition import book as books
from builder.composition import leading, styles, templates, typography
from builder.composition.compose import environment, shared
from builder.composition.markup import Compositor
from builder.composition.metadata import metadata_of
from builder.composition.nouns import Composition, Leaf, Medium
from builder.composition.shop import ems
from builder.publication import Edition, Trim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.layout import Layout
    from builder.publication import Publication

KIND = "cover"
PAGE = Trim("ebook-cover", 120, 180)
"""Two by three, what stores and readers' shelves take."""
LENGTHS = {"short": 7.0, "medium": 16.5, "long": 34.0, "longer": 64.0, "longest": 140.0, "endless": math.inf}
"""The class of a cover → how wide its title may be on one line (em) to be of it."""
INLINE = frozenset({"a", "abbr", "b", "bdi", "br", "em", "i", "small", "span", "strong", "sub", "sup"})
STOCK = re.compile(r"--stock-([1-9][0-9]*)\s*:")


def jacket(publication: Publication, layout: Layout, edition: Edition, roles: fonts.Roles) -> tuple[Composition, ...]:
    """Compose the cover of an edition's e-book, as it is to be, and in smaller and smaller type should it need more.

    Its section has a class for the length of the title, or for a longer one (``LENGTHS``). ``--stock`` is one of the
    colours that the layout names ``--stock-1``, ``--stock-2`` …, always the same one for a publication, so that
    neighbours on a shelf can be told apart. Where every session is a book by itself, the leaf is given its ``session``.

    Raises:
        Problems: ``LAYOUT_BROKEN``.
    """
    layout = layout.speaking(publication.settings.language)
    publication = typography.typeset(publication)
    page = Edition(edition.name, layout.name, PAGE, (), edition.audience, per=edition.per, place=edition.place)
    taken = environment(layout, shared(books.Book(publication), layout, page, Medium.PRINT))
    setter = Compositor(KIND, Medium.PRINT, layout.words, layout.writing_lines)
    nouns = {"text": setter.words_of, "heading": setter.heading}
    alone = {"session": publication.sessions[0]} if edition.per and publication.sessions else {}
    inside = templates.rendered(taken, layout, f"{KIND}.html", {**nouns, **alone})
    faces = fonts.cast(roles.faces(ebook=False), frozenset(unescape(inside)))
    css = styles.stylesheet(layout, page, Medium.PRINT, leading.heights(faces))
    whole = Composition(
        slug=publication.slug,
        edition=page,
        medium=Medium.PRINT,
        metadata=metadata_of(publication, layout, edition),
        leaves=(),
        outline=(),
        stylesheet=_stock(css, publication.slug) + css,
        furniture="",
        faces=faces,
        figures={},
        words=layout.words,
    )
    leaves = (
        Leaf(
            KIND,
            KIND,
            layout.words[KIND],
            f'<section class="leaf {KIND} {length}" id="{KIND}">{inside}</section>',
            most=1,
        )
        for length in _lengths(publication.settings.title)
    )
    return tuple(replace(whole, leaves=(leaf,)) for leaf in leaves)


def said(cover: Composition) -> str:
    """Return the words on a cover, line by line as they are read: what a picture of it shows."""
    root = ET.fromstring(cover.leaves[0].markup)  # noqa: S314 - composed here
    lines = (" ".join(line.split()) for line in "".join(_words(root)).split("\n"))
    return ". ".join(line.rstrip(".") for line in lines if line)


def _words(element: ET.Element) -> Iterator[str]:
    """Yield the words below an element, broken into lines where a block begins or ends, whatever its name."""
    name = element.tag.rpartition("}")[2]
    edge = " " if name == "br" else "" if name in INLINE else "\n"
    yield edge + " ".join((element.text or "").split("\n"))
    for child in element:
        yield from _words(child)
        yield " ".join((child.tail or "").split("\n"))
    yield edge


def _lengths(title: str) -> tuple[str, ...]:
    """Return the classes of a cover with a title, and with longer ones."""
    wide = ems(title)
    return tuple(name for name, most in LENGTHS.items() if wide <= most)


def _stock(css: str, slug: str) -> str:
    """Write the rule that picks a colour; a layout that gives ``--stock`` itself has the last word."""
    named = sorted(set(STOCK.findall(css)), key=int)
    number = named[zlib.crc32(slug.encode()) % len(named)] if named else ""
    return f":root {{ --stock: {f'var(--stock-{number})' if number else '#fff'} }}\n"
