"""An e-book and what it was bound from come in; where words are others, or a printed page begins elsewhere, goes out."""

import html
import re
from itertools import zip_longest

from readback import bare

TAGS = re.compile(r"<[^>]+>")
MARK = re.compile(r'<span epub:type="pagebreak"[^>]*></span>')
LABEL = re.compile(r'aria-label="([^"]*)"')
CALL = re.compile(r'<a [^>]*role="doc-noteref"[^>]*>[^<]*</a>')
NOTE = re.compile(r'<aside [^>]*epub:type="footnote"[^>]*>.*?</aside>', re.DOTALL)
FAR = 24  # letters by which a place is told


def strange(parts, composition):
    """Yield the documents whose letters are not those of their leaf, in order: the file, what it has, what it should.

    Args:
        parts: name → bytes of the files in the e-book, from its package's folder.
        composition: what it was bound from; a leaf that gave way to the cover is not looked at.
    """
    for leaf in composition.leaves:
        name = f"text/{leaf.id}.xhtml"
        if leaf.kind != "cover":
            found, wanted = _letters(_body(parts.get(name, b""))), _letters(leaf.markup)
            if found != wanted:
                place = next((at for at, (a, b) in enumerate(zip_longest(found, wanted)) if a != b), 0)
                yield name, found[place : place + FAR], wanted[place : place + FAR]


def astray(parts, printed):
    """Yield the printed pages that do not begin in the e-book with the letters with which they begin in print.

    Notes and their calls are left out. A page that begins with something the e-book has not is not looked at, so this
    is for books whose text goes on in print as in the e-book.
    """
    texts = [_body(data) for name, data in parts.items() if name.startswith("text/")]
    after = {}
    for text in texts:
        running = CALL.sub("", NOTE.sub("", text))
        for mark in MARK.finditer(running):
            label = LABEL.search(mark[0])
            after[label[1] if label else ""] = _letters(running[mark.end() :])
    ids = {found for text in texts for found in re.findall(r' id="([^"]*)"', NOTE.sub("", text))}
    for label, (owner, _), head in zip(printed.labels, printed.begins, printed.heads, strict=True):
        wanted = bare(head)[:FAR]
        if owner in ids and wanted and not after.get(label, "").startswith(wanted):
            yield label, wanted, after.get(label, "")[:FAR]


def _body(document):
    return document.decode().partition("<body")[2].partition(">")[2]


def _letters(markup):
    return bare(html.unescape(TAGS.sub(" ", markup)))
