"""The pages of a PDF and the page marks of an e-book come in; what stands at the head of each goes out, to be compared.

Both are read by programs that had no part in making them: the PDF as its tags tell it, the e-book by its elements in
the order of its spine. What is no text of the flow is passed over: furniture, notes at the foot and in the margin, and
what one of the two says of pages and the other does not.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from readback import INLINE, OPS, XHTML, bare, is_added

OPF = "{http://www.idpf.org/2007/opf}"
ENOUGH = 30  # letters tell a place
NAMED = 60  # letters that name what print tells the page of
FOLIOS = r"\d+[a-z]*(?:–\d+)?(?:, \d+[a-z]*(?:–\d+)?)*"
SAID = re.compile(rf" ?\((?:[^()]*, )?tr\. ?{FOLIOS}\)| tr\. ?{FOLIOS}(?!\w)")  # and there is nothing in its place
NAMED_BY_PAGE = re.compile(rf"(?<!\w)trang {FOLIOS}(?!\w)")  # the e-book says what stands there
LISTED = re.compile(rf",? {FOLIOS}(?=;|$)")  # at the end of a line of a list
BESIDE = frozenset({"Note", "Aside"})
GAP = "\0"


@dataclass(frozen=True)
class Head:
    """The beginning of a page in an e-book: label, file and id, letters of the book before it, and before its block."""

    label: str
    file: str
    id: str
    place: int
    block: int


@dataclass(frozen=True)
class Marked:
    """An e-book: its letters, notes left out; its page marks in reading order; its page list; whose pages they are."""

    letters: str
    heads: tuple
    listed: tuple
    source: tuple

    @classmethod
    def read(cls, epub):
        with zipfile.ZipFile(io.BytesIO(epub)) as archive:
            files = {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}
        package = ET.fromstring(files["content.opf"])  # noqa: S314 - made here
        paths = {item.get("id"): item.get("href") for item in package.iter(f"{OPF}item")}
        spine = [paths[each.get("idref")] for each in package.iter(f"{OPF}itemref")]
        reader = _Reader()
        for file in spine:
            if file.startswith("text/"):
                reader.read(file, ET.fromstring(files[file]).find(f"{XHTML}body"))  # noqa: S314 - made here
        nav = ET.fromstring(files["nav.xhtml"])  # noqa: S314 - made here
        lists = [each for each in nav.iter(f"{XHTML}nav") if each.get(f"{OPS}type") == "page-list"]
        listed = tuple((link.text, link.get("href")) for each in lists for link in each.iter(f"{XHTML}a"))
        source = tuple(each.text for each in package.iter(f"{OPF}meta") if each.get("property") == "pageBreakSource")
        return cls(reader.letters, tuple(reader.heads), listed, source)


class _Reader:
    def __init__(self):
        self.letters = ""
        self.heads = []

    def read(self, file, element, block=None):
        """Take in the letters of an element and the page marks among them."""
        if element.get("role") == "doc-pagebreak":
            place = len(self.letters)
            self.heads.append(Head(element.get("aria-label"), file, element.get("id"), place, block))
        if is_added(element) or is_of_notes(element) or element.get(f"{OPS}type") == "index-locator":
            return
        if element.tag.removeprefix(XHTML) not in INLINE:
            block = len(self.letters)
        self.letters += bare(element.text or "").casefold()
        for child in element:
            self.read(file, child, block)
            self.letters += bare(child.tail or "").casefold()


def is_of_notes(element):
    """Tell whether an element is the footnotes of a leaf, or the number that calls one or leads back from it."""
    kinds = element.get("class", "").split()
    return "footnotes" in kinds or "noteref" in kinds or element.get("role") == "doc-backlink"


@dataclass(frozen=True)
class Page:
    """A page of print: its label, the letters of each block in the flow, and of those that are no list of pages."""

    label: str
    blocks: tuple
    own: tuple

    @classmethod
    def read(cls, printed, number, words):
        """Read a page; ``words`` are the layout's."""
        flow = [block for block in printed.blocks if block.page == number and not BESIDE & set(block.around)]
        flow = [block for block in flow if (block.kind, block.words) != ("TH", words["page"])]
        letters = [(block, _letters(block)) for block in flow]
        return cls(
            printed.labels[number],
            tuple(said for _, said in letters),
            tuple(said for block, said in letters if "TOC" not in block.around),
        )


def _letters(block):
    words = block.words
    if {"TOCI", "Index"} & set(block.around):
        words = LISTED.sub("", words)
    words = NAMED_BY_PAGE.sub(GAP, SAID.sub("", words))
    return GAP.join(bare(part).casefold() for part in words.split(GAP))


def begins(text, blocks):
    """Tell whether a text begins with the letters of blocks: all of them, or enough."""
    compared = 0
    place = 0
    for number, part in enumerate("".join(blocks).split(GAP)):
        wanted = part[: ENOUGH - compared]
        found = text.find(wanted, place, place + len(wanted) + (NAMED if number else 0))
        if found < 0:
            return False
        compared, place = compared + len(wanted), found + len(wanted)
        if compared == ENOUGH:
            break
    return compared > 0


def holds(text, blocks):
    """Tell whether a text has something of blocks: a run of letters that tells a place."""
    parts = [part for part in "".join(blocks).split(GAP) if len(part) >= 2 * ENOUGH]
    return any(
        part[start : start + 2 * ENOUGH] in text for part in parts for start in range(len(part) - 2 * ENOUGH + 1)
    )
