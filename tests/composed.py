"""An e-book and what it was bound from come in; other words and pages that begin elsewhere than in print go out."""

import html
import io
import re
import zipfile
from itertools import zip_longest

from readback import bare

TAGS = re.compile(r"<[^>]+>")
MARK = re.compile(r'<span epub:type="pagebreak"[^>]*></span>')
LABEL = re.compile(r'aria-label="([^"]*)"')
CALL = re.compile(r'<a [^>]*role="doc-noteref"[^>]*>[^<]*</a>')
NOTE = re.compile(r'<aside [^>]*epub:type="footnote"[^>]*>.*?</aside>', re.DOTALL)
FAR = 24  # letters by which a place is told


def parts_of(epub):
    """Unpack an e-book: name → bytes of its files, from its package's folder."""
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        return {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}


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
    """Yield the printed pages that do not begin in the e-book with the letters with which they begin on paper.

    Notes and their calls are left out. A page that begins with something the e-book has not is not looked at, so this
    is for books whose text goes on in print as in the e-book.

    Args:
        parts: the files of the e-book.
        printed: the pages, as another program than the press reads them off the PDF.
    """
    texts = [
        CALL.sub("", NOTE.sub("", _body(data))) for name, data in sorted(parts.items()) if name.startswith("text/")
    ]
    whole = [_letters(text) for text in texts]
    after = {
        (LABEL.search(mark[0]) or [""] * 2)[1]: _letters(text[mark.end() :])
        for text in texts
        for mark in MARK.finditer(text)
    }
    openings = [opening(printed, page) for page, _ in enumerate(printed.labels)]
    right = {wanted for wanted, label in zip(openings, printed.labels, strict=True) if _is_at(after, label, wanted)}
    for label, wanted in zip(printed.labels, openings, strict=True):
        # The cover says what the title page says: one of the two is in the e-book as it is in print.
        if wanted and wanted not in right and any(wanted in text for text in whole):
            yield label, wanted, after.get(label, "")[:FAR]


def opening(printed, page):
    """Return the first letters of a printed page, from 0."""
    blocks = (block for block in printed.blocks if block.page == page and block.kind != "Note")
    return bare("".join(block.label + block.words for block in blocks))[:FAR]


def _is_at(after, label, wanted):
    return label in after and after[label].startswith(wanted)


def _body(document):
    return document.decode().partition("<body")[2].partition(">")[2]


def _letters(markup):
    return bare(html.unescape(TAGS.sub(" ", markup)))
