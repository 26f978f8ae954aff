"""A publication's name and what is told of it come in; a small shelf goes out: real e-books, real PDFs, no type set.

The text is the one every new source folder begins with. Pages are numbered by hand: one for each heading.
"""

import io
import tempfile
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw

from builder import composition, ebook, fonts, layout, manuscript, shelf
from builder.composition import Medium
from builder.intake.starter import starter
from builder.works import facts

MM = 72 / 25.4
EDITIONS = """
editions:
  nguoi-du: {layout: interleaved, outputs: [pdf, booklet, press, epub, kepub]}
  chu-tri: {layout: interleaved, audience: leader, folios_of: nguoi-du, outputs: [pdf, epub]}
  chu-lon: {layout: text, type: large, trim: A4, outputs: [pdf]}
  dien-thoai: {layout: text, trim: phone, outputs: [pdf]}
"""
TITLE = "Sổ tay học tập"
DATE = "15/3/2026"


class Shelved:
    """Makes publications as they stand on a shelf; the same words give the same bytes."""

    def __init__(self, root):
        self.root = root
        self._known = {}

    @cached_property
    def roles(self):
        return fonts.roles(self.root / "fonts")

    def publication(
        self, slug="so-tay", *, title=TITLE, date=DATE, period="Quý I/2026", unit="Chi bộ Thôn Đông", more=""
    ):
        """Read a small publication; ``more`` are lines of its ``publication.yaml``."""
        files = dict(starter())
        told = files["publication.yaml"].replace("title: Tên ấn phẩm", f"title: {title!r}", 1)
        told = told.replace("unit: Tên đơn vị", f"unit: {unit!r}", 1)
        files["publication.yaml"] = f"{told}\ndate: {date}\nperiod: {period!r}\n{more}\n{EDITIONS}"
        with tempfile.TemporaryDirectory() as folder:
            shelf.write_source(Path(folder, slug), files)
            return manuscript.read(Path(folder, slug))[0]

    def facts(self, slug="so-tay", *, profile="khong-kinh-doanh", **told):
        """What its shelf says of a publication; for everybody unless another profile is told."""
        publication = self.publication(slug, **told)
        design = self._layout(publication.settings.editions[0])
        return replace(facts.of(publication, design), profile=profile)

    def stand(self, folder, slug="so-tay", *, profile="khong-kinh-doanh", only=(), **told):
        """Put a publication on a shelf, of the kinds wanted (all when none is named); return its folder."""
        files = tuple(file for file in self.files(slug, **told) if not only or file.kind in only)
        said = self.facts(slug, profile=profile, **told)
        shelf.place_all({folder / slug: files}, facts={folder / slug: said})
        return folder / slug

    def epub(self, slug="so-tay", edition="nguoi-du", **told):
        """Return an e-book: with a cover, contents, and a page mark at each heading, numbered from 3."""
        return self._bound(slug, edition, told).epub

    def _bound(self, slug, edition, told):
        key = (slug, edition, *sorted(told.items()))
        if key not in self._known:
            self._known[key] = self._bind(self.publication(slug, **told), edition)
        return self._known[key]

    def _bind(self, publication, name):
        edition = next(each for each in publication.settings.editions if each.name == name)
        design = self._layout(edition)
        composed, _ = composition.compose(publication, design, edition, Medium.EBOOK, self.roles)
        return ebook.bind(composed, _printed(composed), cover=ebook.Cover(cover(), publication.settings.title))

    def _layout(self, edition):
        return layout.load(edition.layout, self.root / "layouts", edition.place)

    def files(self, slug="so-tay", **told):
        """The files of a publication: what stands on the shelf of every edition."""
        reader, leader = (self._bound(slug, edition, told) for edition in ("nguoi-du", "chu-tri"))
        made = [
            ("nguoi-du", "pdf", ".pdf", 12, pdf(12)),
            ("nguoi-du", "booklet", "-booklet.pdf", 6, pdf(6, 297, 210)),
            ("nguoi-du", "card", "-card.pdf", 1, pdf(1)),
            ("nguoi-du", "press", "-press.pdf", 12, pdf(12)),
            ("nguoi-du", "epub", ".epub", len(reader.pages), reader.epub),
            ("nguoi-du", "kepub", ".kepub.epub", len(reader.pages), ebook.for_kobo(reader.epub)),
            ("chu-tri", "pdf", ".pdf", 14, pdf(14)),
            ("chu-tri", "epub", ".epub", len(leader.pages), leader.epub),
            ("chu-lon", "pdf", ".pdf", 16, pdf(16, 210, 297)),
            ("dien-thoai", "pdf", ".pdf", 40, pdf(2, 75, 140)),
        ]
        return tuple(
            shelf.File(f"{slug}-{edition}{ending}", kind, edition, pages, "0" * 64, data)
            for edition, kind, ending, pages, data in made
        )


def _printed(composed):
    """A printed edition, one page for each heading."""
    headings = list(_flat(composed.outline))
    begins = (("", 0), ("", 0), *((each.target, 0) for each in headings))
    heads = ("", "", *("".join(each.title.split()) for each in headings))
    labels = tuple(map(str, range(1, len(begins) + 1)))
    folios = {each.target: number for number, each in enumerate(headings, 3)}
    return ebook.Printed(folios, labels, begins, heads, "bản in khổ A5")


def _flat(entries):
    for entry in entries:
        yield entry
        yield from _flat(entry.children)


def cover(size=(800, 1200)):
    """Draw the cover of an e-book: a JPEG."""
    drawn = Image.new("RGB", size, "#f4efe4")
    width, height = size
    ImageDraw.Draw(drawn).rectangle((width // 8, height // 6, width * 7 // 8, height // 3), fill="#8c1d18")
    file = io.BytesIO()
    drawn.save(file, "JPEG", quality=80)
    return file.getvalue()


def pdf(pages=4, width=148, height=210):
    """Draw a PDF of pages of one size (mm), with a bar on each."""
    made = pikepdf.new()
    for number in range(pages):
        page = made.add_blank_page(page_size=(width * MM, height * MM))
        page.obj.Contents = made.make_stream(b"0.2 g 40 %d 100 20 re f" % (60 + 10 * number))
    written = io.BytesIO()
    made.save(written, deterministic_id=True)
    return written.getvalue()
