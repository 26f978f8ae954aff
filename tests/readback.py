"""A finished PDF or e-book comes in; its words go out, block by block, by programs that had no part in making it.

A block is a paragraph, a heading, a cell, a caption, a footnote: in a PDF what its tags call so, on each page by
itself; in an e-book what its elements are. What is drawn on a page without a tag is furniture: running heads, folios,
marks.
"""

import ctypes
import io
import itertools
import math
import re
import unicodedata
import zipfile
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree as ET

import pikepdf
import pypdfium2

WITHIN = frozenset({"Span", "Link", "Reference", "NonStruct", "Lbl"})  # stand within a line
CALL = re.compile(r"\d+")
TERM = re.compile(r"[^\W\d_]{2}")  # words, as no number of an item has
NEXT_LINE = 6.0  # pt; what is raised or lowered within a line stays below
RAISED = 1.0  # pt; the call of a footnote is
APART = 1.5  # pt; as wide as a space
HALF = 0.5  # of a quarter turn
WORD = "tr."  # before the number of another edition's page
STACKED = 30.0  # pt; as high as a mark may be
FOOT = 60.0  # pt; what stands below in the furniture is a folio

XHTML, OPS = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/ops}"
INLINE = frozenset({"a", "span", "em", "strong", "i", "code", "br", "img"})


def one_line(text):
    return " ".join(text.replace("\u00a0", " ").split())


def bare(text):
    """Letters and figures alone: lines, spaces and leaders fall where the page wants them."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", text))


@dataclass(frozen=True)
class Block:
    """A block, or what stands of it on one page.

    Attributes:
        kind: its tag: ``P``, ``H1``, ``TD``, ``Note`` …; of an e-book the name of its element.
        words: its words.
        page: from 0; nothing in an e-book.
        around: the tags it stands in, outermost first.
        label: the number of a footnote or an item.
        links: the words of each link in it.
        lines: the words of its lines on paper, each with its baseline (pt above the foot of the page).
        left: where its first line begins (pt from the left).
    """

    kind: str
    words: str
    page: int | None = None
    around: tuple = ()
    label: str = ""
    links: tuple = ()
    lines: tuple = ()
    left: float = 0.0

    @cached_property
    def letters(self):
        return bare(self.words)

    @property
    def is_head(self):
        return re.fullmatch(r"[Hh]\d", self.kind) is not None


# --- print ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """A line of the furniture: its words, its baseline (pt above the foot of the page; pt from the left if turned)."""

    words: str
    height: float
    turned: bool = False

    @property
    def is_folio(self):
        return not self.turned and self.height < FOOT and re.fullmatch(r"\d+[a-z]*", self.words) is not None


@dataclass(frozen=True)
class Run:
    """A piece of text as the tags name it: the tags around it, each with a number of its own; its page, its number."""

    tags: tuple
    page: int
    number: int

    @cached_property
    def depth(self):
        """How many tags there are down to that of its block."""
        return max(place for place, (kind, _) in enumerate(self.tags) if kind not in WITHIN) + 1

    @property
    def block(self):
        return self.page, self.tags[: self.depth]

    @property
    def inside(self):
        """The tags within the block."""
        return self.tags[self.depth :]

    @property
    def kinds(self):
        return {kind for kind, _ in self.inside}


@dataclass(frozen=True)
class Printed:
    """A PDF read back.

    Attributes:
        blocks: in the order of the tags.
        labels: what a reader calls the pages.
        furniture: the lines of each page that have no tag, from head to foot; a mark beside the text is one line.
    """

    blocks: tuple
    labels: tuple
    furniture: tuple

    @classmethod
    def read(cls, pdf):
        document = pypdfium2.PdfDocument(pdf)
        found = [_drawn(page) for page in document]
        with pikepdf.open(io.BytesIO(pdf)) as tagged:
            runs = list(_runs(tagged))
        told = {(run.page, run.number) for run in runs}
        pieces = {(page, number): piece for page, (marked, _) in enumerate(found) for number, piece in marked.items()}
        lost = [piece.words for place, piece in pieces.items() if place not in told and bare(piece.words)]
        if lost:
            raise ValueError(f"drawn and not tagged: {lost}")
        groups = (list(group) for _, group in itertools.groupby(runs, key=lambda run: run.block))
        blocks = (_block(group, pieces) for group in groups)
        return cls(
            tuple(block for block in blocks if block.letters),
            tuple(document.get_page_label(number) for number in range(len(document))),
            tuple(tuple(lines) for _, lines in found),
        )

    def folio(self, page):
        """The folio at the foot of a page; empty where none is printed."""
        return next((line.words for line in self.furniture[page] if line.is_folio), "")


@dataclass
class Piece:
    """A piece of text: its words, where its baseline begins and ends (pt from the left, above the foot of the page)."""

    words: str
    begins: tuple
    ends: tuple
    turned: bool = False

    @property
    def height(self):
        """Across the lines: what is turned reads upwards."""
        return -self.begins[0] if self.turned else self.begins[1]

    def gap(self, before):
        """How far it stands from the piece before it on its line."""
        return self.begins[self.turned] - before.ends[self.turned]


def _drawn(page):
    """Return the text of a page: number of marked content → piece; and the lines of what has none."""
    raw = pypdfium2.raw
    text, marked, loose = page.get_textpage(), {}, defaultdict(str)
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    for place in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text.raw, place))
        piece = raw.FPDFText_GetTextObject(text.raw, place)
        if not piece or letter == "\ufffe":
            continue
        raw.FPDFText_GetCharOrigin(text.raw, place, ctypes.byref(x), ctypes.byref(y))
        turned = abs(math.sin(raw.FPDFText_GetCharAngle(text.raw, place))) > HALF
        number = raw.FPDFPageObj_GetMarkedContentID(piece)
        if number < 0:
            loose[round(x.value if turned else y.value, 1), turned] += letter
            continue
        raw.FPDFText_GetLooseCharBox(text.raw, place, ctypes.byref(box))
        ends = (box.right, box.top)
        if number in marked:
            marked[number].words += letter
            marked[number].ends = ends
        else:
            marked[number] = Piece(letter, (x.value, y.value), ends, turned)
    return marked, list(_joined([Line(one_line(words), *place) for place, words in loose.items() if bare(words)]))


def _joined(lines):
    """Put a mark that stands in several lines together: the word over the number, one number over another."""
    before = None
    for line in lines:
        open_ended = before and (before.words == WORD or re.fullmatch(rf"{WORD} .*,", before.words))
        if open_ended and not line.turned and 0 < before.height - line.height < STACKED:
            line = Line(f"{before.words} {line.words}", before.height)  # noqa: PLW2901
        elif before:
            yield before
        before = line
    if before:
        yield before


def _runs(pdf):
    """Yield all text that the tags of a PDF name, in their order."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    numbers = itertools.count()

    def within(element, tags, page):
        tags = (*tags, (str(element.S)[1:], next(numbers)))
        page = pages[element.Pg.objgen] if "/Pg" in element else page
        for kid in all_of(element.get("/K", ())):
            if not isinstance(kid, pikepdf.Dictionary):
                yield Run(tags, page, int(kid))
            elif kid.get("/Type") == "/MCR":
                yield Run(tags, pages[kid.Pg.objgen], int(kid.MCID))
            elif "/S" in kid:
                yield from within(kid, tags, page)

    for root in all_of(pdf.Root.StructTreeRoot.K):
        yield from within(root, (), None)


def drawn(pdf):
    """The words of a PDF page by page: number of marked content → words."""
    pages = (_drawn(page)[0] for page in pypdfium2.PdfDocument(pdf))
    return [{number: piece.words for number, piece in marked.items()} for marked in pages]


def order(pdf):
    """The words of a PDF in the order of its tags: page from 0, words; as often as they are told."""
    words = drawn(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as tagged:
        runs = list(_runs(tagged))
    return [(run.page, words[run.page][run.number]) for run in runs if run.number in words[run.page]]


def all_of(kids):
    """What an element has: one thing or many."""
    return kids if isinstance(kids, pikepdf.Array | tuple) else (kids,)


def _block(runs, pieces):
    """Put together the runs of a block on one page."""
    words, lines, links = defaultdict(str), [], defaultdict(str)
    said = [(run, pieces[run.page, run.number]) for run in runs if (run.page, run.number) in pieces]
    term = _is_term(said)
    before = None
    for run, piece in said:
        kind, text = "words" if term else _kind(run, piece, lines), piece.words
        if kind != "call":
            if not lines or abs(piece.height - lines[-1][0]) > NEXT_LINE:
                lines.append((piece.height, ""))
                text = f" {text}"
            elif before and piece.gap(before) > APART:
                text = f" {text}"
            before = piece
        words[kind] += text
        if kind == "words":
            lines[-1] = (lines[-1][0], lines[-1][1] + text)
            links |= {tag: links[tag] + text for tag in run.inside if tag[0] == "Link"}
    around = tuple(kind for kind, _ in runs[0].tags[: runs[0].depth])
    return Block(
        around[-1],
        one_line(words["words"]),
        runs[0].page,
        around,
        one_line(words["label"]),
        tuple(map(one_line, links.values())),
        tuple((height, one_line(text)) for height, text in lines),
        said[0][1].begins[0] if said else 0.0,
    )


def _is_term(said):
    """Tell whether a block is a label of words: a term, which its meaning follows."""
    return all("Lbl" in run.kinds for run, _ in said) and TERM.search("".join(piece.words for _, piece in said))


def _kind(run, piece, lines):
    """Tell what a piece of text is to its block: its words, the call of a footnote, a label."""
    if lines and piece.height > lines[-1][0] + RAISED and CALL.fullmatch(piece.words):
        return "call"
    if "Lbl" in run.kinds:
        return "label"
    return "words"


# --- e-books --------------------------------------------------------------------------------------


def bound(epub):
    """Return the blocks of an e-book, file by file."""
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        names = sorted(name for name in archive.namelist() if "/text/" in name)
        roots = [ET.fromstring(archive.read(name)) for name in names]  # noqa: S314 - made here
    return [block for root in roots for block in _bound(root.find(f"{XHTML}body"), ()) if block.letters]


def _bound(element, around):
    """Yield the blocks in an element: the words that stand in it by themselves, then the elements below it."""
    kind = element.tag.removeprefix(XHTML)
    around = (*around, kind)
    own, below = [element.text or ""], []
    for child in element:
        if child.tag.removeprefix(XHTML) in INLINE:
            own += _said(child)
        elif not is_added(child):
            below.append(child)
        own.append(child.tail or "")
    yield Block(kind, one_line("".join(own)), around=around)
    for child in below:
        yield from _bound(child, around)


def is_added(element):
    """Tell whether an element is what an e-book has and print has not, by its mark (``composition.commentary``)."""
    return "added" in element.get("class", "").split()


def _said(inline):
    """Yield the words of an inline element; the numbers that lead to footnotes and back are none, nor what is added."""
    if inline.get("class") == "noteref" or inline.get("role") == "doc-backlink" or is_added(inline):
        return
    yield " " if inline.tag == f"{XHTML}br" else inline.text or ""
    for child in inline:
        yield from _said(child)
        yield child.tail or ""
