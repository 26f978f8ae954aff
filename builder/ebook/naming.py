"""A document comes in; the edits that give its tables a name go out: whoever does not see one hears what it is of.

A table with a caption, or one its template names, has a name. Any other is named by the heading it stands under.
"""

from __future__ import annotations

import re
from collections import Counter
from html import escape, unescape
from typing import TYPE_CHECKING

from builder.ebook.markup import TAG, Edit

if TYPE_CHECKING:
    from builder.ebook.markup import Element
    from builder.ebook.volume import Document

_HEADING = re.compile("h[1-6]")
_NAMED = frozenset({"aria-label", "aria-labelledby"})


def edits(document: Document, form: str) -> tuple[Edit, ...]:
    """Return the edits; ``form`` says ``{title}`` is a table, and tables under one heading are numbered."""
    captioned = {element.parent for element in document.elements if element.name == "caption"}
    above = document.leaf.title
    found: list[Edit] = []
    under: Counter[str] = Counter()
    for index, element in enumerate(document.elements):
        if _HEADING.fullmatch(element.name):
            above = _words(document.markup, element) or above
        elif element.name == "table" and index not in captioned and not _NAMED & element.attributes.keys():
            under[above] += 1
            name = form.format(title=above) + (f" ({under[above]})" if under[above] > 1 else "")
            found.append(Edit(element.end - 1, element.end - 1, f' aria-label="{escape(name)}"'.encode()))
    return tuple(found)


def _words(markup: bytes, heading: Element) -> str:
    """Return the bare words of a heading."""
    return " ".join(unescape(TAG.sub(b"", markup[heading.end : heading.close]).decode()).split())
