"""A catalogue comes in; what the search of its front page goes by goes out, as scripts that a page can load anywhere.

A page opened from a disk or a USB stick may not read a file, but may load a script: so what is searched stands in
scripts. ``search.js`` names every publication; the headings of their contents, which are many times as much, stand in
parts of their own that a browser loads only to look into them. Letters are compared without their marks by the page's
script alone, so that there is one rule for what is typed and for what is found.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from builder.site.nouns import FIRST_READING
from builder.site.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.site.nouns import Catalogue, Title

DATA = "search.js"
PART = 200_000  # bytes of headings after which another part begins
LONGEST = 120  # characters of a heading
MOST = 300  # headings of one publication
_UNSAFE = str.maketrans({"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def files(catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    """Write what the search goes by: parts of headings one at a time, then ``search.js``, which names them."""
    parts: list[str] = []
    size = 0
    for first, lines in _parts(catalogue.titles):
        parts.append(f"search-{len(parts) + 1}.js")
        data = f"SHELF.found.push([{first},[{','.join(lines)}]]);\n".encode()
        size += len(data)
        yield parts[-1], data
    titles = ",\n".join(_json(_told(each)) for each in catalogue.titles)
    said = _json(words(catalogue.language).size(size))
    yield (
        DATA,
        f"const SHELF={{titles:[\n{titles}\n],parts:{_json(parts)},size:{size},said:{said},found:[]}};\n".encode(),
    )


def _told(title: Title) -> list[str]:
    """Return the folder, the title, all else that is said of it; where its headings lead, if not to ``doc``."""
    facts = title.facts
    of = facts.original
    rest = (facts.subtitle, facts.kind, facts.period, facts.unit, of.kind, of.number, of.issuer, of.subject)
    told = [title.slug, facts.title, " · ".join(filter(None, rest))]
    way = title.offers[0].reading if title.offers else FIRST_READING
    return told if way == FIRST_READING else [*told, way]


def _parts(titles: tuple[Title, ...]) -> Iterator[tuple[int, list[str]]]:
    """Put the headings of publications together, so many that a part is no larger than need be."""
    first, lines, size = 0, list[str](), 0
    for at, title in enumerate(titles):
        lines.append(_json(_headings(title)))
        size += len(lines[-1].encode())
        if size > PART or at == len(titles) - 1:
            if any(line != "[]" for line in lines):
                yield first, lines
            first, lines, size = at + 1, [], 0


def _headings(title: Title) -> list[str]:
    """Return the headings of a publication's contents and their ids, by turns."""
    outline = title.offers[0].described.outline[:MOST] if title.offers else ()
    return [each for heading in outline for each in (heading.words[:LONGEST], heading.anchor)]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)
