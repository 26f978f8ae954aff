"""The publications the project holds, and some made up, come in; every edition of each, made and read back, goes out.

A publication is made once, with all its editions, however many processes test it. Beside the samples as they stand:
one of them in the editions that no sample has (the leader's copy with leaves put in, every kind of e-book), and books
made up at random.
"""

import fcntl
import itertools
import pickle
import re
import shutil
from collections import defaultdict
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import generated
import pytest
import readback
from shown import Shown
from standing import Standing

from builder import ebook, layout, manuscript, press
from builder.composition import Composition
from builder.composition.typography import typeset
from builder.works.asked import Wish, Workshop
from builder.works.build import build

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = {folder.name: folder for folder in (*sorted((ROOT / "sources").iterdir()), ROOT / "tests" / "specimen")}

SIDE = "binding: {scheme: side}"
OTHERS = {
    "nguoi-du": "layout: interleaved, outputs: [pdf]",
    "chu-tri": "layout: interleaved, audience: leader, folios_of: nguoi-du, outputs: [pdf, epub]",
    "doi-chieu": "layout: facing, trim: vn-14.5x20.5, folios_of: nguoi-du, outputs: [pdf, epub]",
    "ghi-chu": "layout: margin, audience: leader, folios_of: nguoi-du, outputs: [pdf, epub]",
    "hoi-dap": "layout: hoi-dap, audience: leader, outputs: [pdf, epub]",
    "to-chu-tri": "layout: handout, audience: leader, per: session, trim: A4, outputs: [pdf, epub]",
    "bieu-mau": "layout: bieu-mau, outputs: [pdf, epub]",
}
OTHERS = {name: f"{keys}, {SIDE}" for name, keys in OTHERS.items()}
"""Editions that no sample has, stapled through the side; the sample that they are made of, and where its contents
stand then."""
OF, TOC = "quy-uoc-thu-vien", "end"

MADE_UP = {
    "sach-0": {"nguoi-du": "layout: interleaved", "chu-tri": "layout: facing, audience: leader"},
    "sach-1": {"nguoi-du": "layout: margin", "dien-thoai": "layout: interleaved, trim: phone"},
    "sach-2": {"nguoi-du": "layout: hoi-dap", "to-roi": "layout: handout, per: session"},
    "sach-3": {
        "nguoi-du": f"layout: so-tay-nho, trim: A6, {SIDE}",
        "chu-lon": f"layout: text, type: large, trim: A4, {SIDE}",
    },
}
"""Books made up, by the number at their end, and their editions."""


def readable(edition):
    """Whether an edition is made to be read: what a print shop gets is the pages of one that is."""
    return "pdf" in edition.outputs


def editions():
    """Yield every edition that is read on a screen: the publication, the edition's name."""
    for name, folder in SAMPLES.items():
        yield from (
            (name, edition.name) for edition in manuscript.read(folder)[0].settings.editions if readable(edition)
        )
    for name, kinds in {"ban-khac": OTHERS, **MADE_UP}.items():
        yield from ((name, edition) for edition in kinds)


@dataclass(frozen=True)
class Book:
    """An edition read back; one of many when every session is a book by itself.

    Attributes:
        shown: what its print has to show.
        printed: its pages.
        bound: the blocks of its e-book, if there is one.
        other: the edition whose pages it tells.
        pdf: the file.
        composition: what it was printed from.
        folios: every id → the folio on which it stands, as the press says.
        epub: its e-book, if there is one.
        bound_from: what the e-book was bound from: its composition, the printed pages it shows, what else there is.
    """

    shown: Shown
    printed: readback.Printed
    bound: tuple | None = None
    other: "Book | None" = None
    pdf: bytes = b""
    composition: Composition | None = None
    folios: Mapping | None = None
    epub: bytes | None = None
    bound_from: tuple = ()

    @cached_property
    def standing(self):
        """Where everything stands on its pages."""
        return Standing(self.shown, self.printed.blocks)

    @property
    def publication(self):
        return self.shown.publication

    @property
    def words(self):
        """The layout's word list."""
        return self.shown.layout.words

    def label(self, page):
        """What a page, from 0, is called."""
        return "" if page is None else self.printed.labels[page]

    def opens(self, owner):
        """What the page is called on which a thing begins, here or in the edition whose pages it tells."""
        page = self.standing.first(owner)
        return self.other.opens(owner) if page is None and self.other else self.label(page)

    def under(self, title):
        """The blocks between a heading and the next one as high."""
        blocks = iter(self.printed.blocks)
        head = next((block for block in blocks if block.kind == "H1" and block.words == title), None)
        return list(itertools.takewhile(lambda block: block.kind != "H1", blocks)) if head else []


class Library:
    """Makes publications, each once: whoever else needs one waits for it and takes it from a folder all share."""

    def __init__(self, folder, shared):
        self.folder, self.shared = folder, shared
        self.taken = {}

    def books(self, name, edition):
        """The books that an edition consists of."""
        if name not in self.taken:
            self.taken[name] = self._take(name)
        return self.taken[name][edition]

    def _take(self, name):
        kept = self.shared / f"{name}.pickle"
        with (self.shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not kept.exists():
                kept.write_bytes(pickle.dumps(_made(SAMPLES.get(name) or _written(self.folder / name, name))))
            return pickle.loads(kept.read_bytes())  # noqa: S301 - written by these tests


def _written(folder, name):
    """Write a publication that is no sample."""
    if name in MADE_UP:
        folder.mkdir()
        generated.write(folder, int(name[-1]))
        wanted = MADE_UP[name]
    else:
        shutil.copytree(SAMPLES[OF], folder)
        wanted = OTHERS
    settings = folder / "publication.yaml"
    lines = re.sub(r"(?m)^toc: .*\n", f"toc: {TOC}\n", settings.read_text("utf-8"))
    lines += "editions:\n" + "".join(f"  {edition}: {{{keys}}}\n" for edition, keys in wanted.items())
    settings.write_text(lines, "utf-8")
    return folder


class _Kept(dict):
    """What was set before, for the editions that have leaves in common."""

    put = dict.__setitem__


def _made(folder):
    """Make all editions of a publication; return them read back, by their names."""
    publication = typeset(manuscript.read(folder)[0])
    workshop = Workshop(ROOT / "layouts", ROOT / "fonts", cache=_Kept())
    with compositions() as printed, bindings() as bound:
        made = build(folder, Wish(kinds=("pdf", "epub")), workshop)
    assert {problem.code for problem in made.problems} <= {"INDEX_UNUSED"}
    outputs = defaultdict(list)
    for output in made.outputs:
        outputs[output.edition, output.kind].append(output.data)
    books = {}
    for edition in filter(readable, publication.settings.editions):
        (other,) = books.get(edition.folios_of) or (None,)
        parts = (
            [replace(publication, sessions=(each,)) for each in publication.sessions] if edition.per else [publication]
        )
        books[edition.name] = [
            replace(
                _book(part, edition, other, pdf, epub),
                composition=printed[pdf][0],
                folios=printed[pdf][1],
                bound_from=bound.get(epub, ()),
            )
            for part, pdf, epub in itertools.zip_longest(
                parts, outputs[edition.name, "pdf"], outputs[edition.name, "epub"]
            )
        ]
    return books


@contextmanager
def compositions():
    """Take down what is printed while books are made: PDF → composition, the folio of every id."""
    printed, print_pdf = {}, press.print_pdf

    def watched(composition, **options):
        printing = print_pdf(composition, **options)
        printed[printing.pdf] = composition, dict(printing.folios)
        return printing

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(press, "print_pdf", watched)
        yield printed


@contextmanager
def bindings():
    """Take down what is bound while books are made: EPUB → what it is bound from."""
    taken, bind = {}, ebook.bind

    def watched(composition, printed, **options):
        bound = bind(composition, printed, **options)
        taken[bound.epub] = composition, printed, options
        return bound

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ebook, "bind", watched)
        yield taken


def _book(publication, edition, other, pdf, epub):
    look = layout.load(edition.layout, ROOT / "layouts")
    shown = Shown(publication, edition, look, "print", other.shown if other else None)
    bound = readback.bound(epub) if epub else None
    return Book(shown, readback.Printed.read(pdf), bound, other, pdf, epub=epub)
