"""Galleys, in order, and their furniture come in; one PDF goes out, tagged, with outline, names, labels and metadata.

The same galleys give the same bytes. The file declares PDF/A-2a and PDF/UA-1. Running heads and folios lie over the
pages as artifacts, which a screen reader passes over. Each galley brings a tag tree of its own; they become one. Each
face is embedded once.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from builder.pdf import writing
from builder.press import collate, figures, sorts
from builder.press.signature import sign
from builder.press.slots import SAID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from builder.composition.nouns import Metadata
    from builder.fonts import Face
    from builder.press.galley import Bookmark, Galley, Spot

OVERLAY = "Furniture"
BEFORE = b"q\n"
AFTER = f"\nQ\n/Artifact <</Type /Pagination>> BDC q /{OVERLAY} Do Q EMC\n".encode()
EMPTY = re.compile(rb"(?:[-\d.\s]|cm|q|Q)*")  # a page that only turns its axes


@dataclass(frozen=True, slots=True)
class Part:
    """Pages that follow one another in the book.

    Attributes:
        galley: the pages.
        furniture: running heads and folios, one page a page.
        skipped: pages of the furniture before the first that counts.
        shifts: how far each page moves to the right (pt).
        words: what each folio slot of the leaf says.
    """

    galley: Galley
    furniture: Galley
    skipped: int
    shifts: tuple[float, ...]
    words: tuple[str, ...] = ()


def gather(
    parts: Sequence[Part], faces: Iterable[Face], metadata: Metadata, order: Sequence[int], labels: Sequence[str]
) -> bytes:
    """Put the parts together and sign the file.

    Args:
        parts: in order; together they hold every page.
        faces: those the galleys were set in.
        metadata: the only source of dates; without one the file has none.
        order: how the pages lie in the book, by their numbers in the parts, from 0.
        labels: their labels in that order.
    """
    with pikepdf.new() as book:
        known = {face.file_name: face for face in faces}
        # Text first: the … of a running head cut short stands, for the engine, for the words that were cut.
        used = sorts.merged([*(part.galley.glyphs for part in parts), *(part.furniture.glyphs for part in parts)])
        if any(part.galley.gaps for part in parts):
            used = sorts.merged([used, {name: figures.glyphs(known[name]) for name in used}])
        binder = _Binder(book, known, sorts.embed(book, known.values(), used))
        for part in parts:
            binder.add(part)
        binder.finish(order)
        binder.lay(order, labels)
        book.Root.Lang = String(metadata.language)
        sign(book, metadata, binder.producer)
        gathered = io.BytesIO()
        book.save(gathered, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        binder.close()
        return gathered.getvalue()


class _Binder:
    """Puts the pages of galleys into one book, one part after the other."""

    def __init__(self, book: pikepdf.Pdf, faces: Mapping[str, Face], fonts: Mapping[str, pikepdf.Object]) -> None:
        self.book = book
        self.faces = faces
        self.fonts = fonts
        self.document = book.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
        self.numbers: list[pikepdf.Object | int] = []  # the parent tree
        self.owners: dict[int, pikepdf.Object] = {}  # number of a page there → who its marked content belongs to
        self.next_number = 0
        self.sources: list[pikepdf.Pdf] = []  # their streams are read when the book is saved
        self.colours: pikepdf.Object | None = None
        self.spots: dict[str, tuple[int, float, float]] = {}
        self.targets: dict[str, None] = {}
        self.bookmarks: list[tuple[Bookmark, tuple[int, float, float]]] = []
        self.producer = ""
        self.before, self.after = book.make_stream(BEFORE), book.make_stream(AFTER)

    def add(self, part: Part) -> None:
        """Add the pages of one part."""
        first = len(self.book.pages)
        source = self._opened(part.galley.pdf)
        for each in source.pages:
            self.book.pages.append(each)
        pages = [page.obj for page in self.book.pages[first:]]
        self._put_figures(part, pages)
        self._own_resources(source, pages)
        self._merge_tags(source, pages)
        for page, shift in zip(pages, part.shifts, strict=True):
            self._shift(page, shift)
        self._furnish(part, pages)
        self._trim(pages)
        self._note_places(part, first)

    def _opened(self, pdf: bytes) -> pikepdf.Pdf:
        source = pikepdf.open(io.BytesIO(pdf))
        self.sources.append(source)
        return source

    def _put_figures(self, part: Part, pages: Sequence[pikepdf.Object]) -> None:
        """Put the figures of the folios in, and into the descriptions of the links that show them."""
        named = pages[0].Resources.get(Name.Font)
        names = {str(key)[1:]: str(face)[1:] for key, face in named.items()} if named is not None else {}
        for number, lines in figures.by_page(part.galley, part.words).items():
            content = bytes(pages[number].Contents.get_stream_buffer())
            changed = figures.exchange(content, lines, part.words, lambda name: self.faces[names[name]])
            pages[number].Contents = self.book.make_stream(changed)
        for page in pages if part.words else ():
            for annotation in page.get(Name.Annots, ()):
                if Name.NM in annotation:
                    said = part.words[int(str(annotation.NM))]
                    annotation.Contents = String(str(annotation.Contents).replace(SAID, said))
                    del annotation.NM

    def _own_resources(self, source: pikepdf.Pdf, pages: Sequence[pikepdf.Object]) -> None:
        """Give all pages of a part, which share their resources, the fonts and the colour profile of the book."""
        resources = pages[0].Resources
        self._set_fonts(resources)
        if self.colours is None:
            self.colours = resources.ColorSpace
            self.book.Root.OutputIntents = self.book.copy_foreign(source.make_indirect(source.Root.OutputIntents))
            self.producer = str(source.docinfo.get(Name.Producer, ""))
        resources.ColorSpace = self.colours

    def _set_fonts(self, resources: pikepdf.Object) -> None:
        """Replace the names of faces by their fonts."""
        named = resources.get(Name.Font)
        if named is None:
            return
        for key, face in dict(named.items()).items():
            if isinstance(face, pikepdf.Name):
                named[key] = self.fonts[str(face)[1:]]

    def _merge_tags(self, source: pikepdf.Pdf, pages: Sequence[pikepdf.Object]) -> None:
        """Hang the tags of a part below those of the book; number what the parent tree knows anew (14.7.4.4)."""
        root = self.book.copy_foreign(source.Root.StructTreeRoot)
        for document in root.K:
            for element in document.K:
                element.P = self.document
                self.document.K.append(element)
        numbers = list(root.ParentTree.Nums)
        offset = self.next_number
        for key, value in zip(numbers[::2], numbers[1::2], strict=True):
            self.numbers += [offset + int(key), value]
            self.owners[offset + int(key)] = value
        self.next_number += len(numbers) // 2
        for page in pages:
            page.StructParents = offset + int(page.StructParents)
            for annotation in page.get(Name.Annots, ()):
                if Name.StructParent in annotation:
                    annotation.StructParent = offset + int(annotation.StructParent)
                if Name.Dest in annotation:
                    self.targets[str(annotation.Dest)] = None

    def _shift(self, page: pikepdf.Object, shift: float) -> None:
        """Move what is on a page to the right, its links and the places of its pictures with it."""
        moved = f"1 0 0 1 {writing.number(shift)} 0 cm\n".encode()
        before = self.before if not shift else self.book.make_stream(BEFORE + moved)
        page.Contents = Array([before, page.Contents, self.after])
        if not shift:
            return
        for annotation in page.get(Name.Annots, ()):
            annotation.Rect = _moved(annotation.Rect, shift)
        for owner in self.owners[int(page.StructParents)]:
            if isinstance(owner, Dictionary) and Name.Figure == owner.S:
                owner.A.BBox = _moved(owner.A.BBox, shift)

    def _furnish(self, part: Part, pages: Sequence[pikepdf.Object]) -> None:
        """Lay the furniture over the pages."""
        source = self._opened(part.furniture.pdf)
        over = list(source.pages)[part.skipped : part.skipped + len(pages)]
        for page, above in zip(pages, over, strict=True):
            if EMPTY.fullmatch(bytes(above.Contents.get_stream_buffer())):
                page.Contents = Array([*list(page.Contents)[:2], self.book.make_stream(b"\nQ\n")])
                continue
            form = self.book.copy_foreign(above.as_form_xobject())
            form.BBox = page.MediaBox  # the whole sheet; pikepdf cuts at the trim
            self._set_fonts(form.Resources)
            form.Resources.ColorSpace = self.colours
            page.Resources = _with(page.Resources, form)

    def _trim(self, pages: Sequence[pikepdf.Object]) -> None:
        """Show pages as they will be cut; what runs over the edge stays in their content, for a print shop."""
        for page in pages:
            page.MediaBox = page.BleedBox = page.TrimBox

    def _note_places(self, part: Part, first: int) -> None:
        """Remember where the ids and the bookmarks of a part stand in the book."""

        def placed(spot: Spot) -> tuple[int, float, float]:
            return first + spot.page, spot.x + part.shifts[spot.page], spot.y

        for anchor, spot in part.galley.spots.items():
            self.spots.setdefault(anchor, placed(spot))
        self.bookmarks += [(each, placed(each.spot)) for each in part.galley.bookmarks]
        headings = (heading for page in part.galley.pages for heading in page.headings)
        self.targets |= dict.fromkeys((page.leaf for page in part.galley.pages), None)
        self.targets |= dict.fromkeys(heading.anchor for heading in headings)

    def finish(self, order: Sequence[int]) -> None:
        """Write what belongs to the whole book, whose pages are going to lie in this order."""
        book = self.book
        after = collate.followed(order)
        if after:
            pages = {page.obj.objgen: number for number, page in enumerate(book.pages)}
            collate.put_in(self.document, pages, after)
            self.bookmarks = collate.outlined(self.bookmarks, after)
        tree = book.make_indirect(Dictionary(Nums=Array(self.numbers)))
        root = Dictionary(
            Type=Name.StructTreeRoot,
            K=Array([self.document]),
            ParentTree=tree,
            ParentTreeNextKey=self.next_number,
        )
        book.Root.StructTreeRoot = book.make_indirect(root)
        self.document.P = book.Root.StructTreeRoot
        book.Root.MarkInfo = Dictionary(Marked=True)
        book.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        named = [part for pair in self._names() for part in pair]
        book.Root.Names = Dictionary(Dests=book.make_indirect(Dictionary(Names=Array(named))))
        if self.bookmarks:
            self._write_outline()

    def lay(self, order: Sequence[int], labels: Sequence[str]) -> None:
        """Lay the pages in order, and name them."""
        if list(order) != sorted(order):
            pages = [page.obj for page in self.book.pages]
            del self.book.pages[:]
            for number in order:
                self.book.pages.append(pikepdf.Page(pages[number]))
        self.book.Root.PageLabels = page_labels(labels)

    def _names(self) -> Iterator[tuple[String, Array]]:
        """Yield the names that lead somewhere, in the order of a name tree: byte by byte (7.9.6)."""
        known = [(name.encode(), name) for name in self.targets if name in self.spots]
        for _, name in sorted(known):
            yield String(name), self._destination(self.spots[name])

    def _destination(self, spot: tuple[int, float, float]) -> Array:
        page, x, y = spot
        return Array([self.book.pages[page].obj, Name.XYZ, round(x, 3), round(y, 3), 0])

    def _write_outline(self) -> None:
        """Write the outline; a level that is skipped is not left empty."""
        above: list[tuple[int, list[OutlineItem]]] = []
        with self.book.open_outline() as outline:
            for bookmark, spot in self.bookmarks:
                while above and above[-1][0] >= bookmark.level:
                    above.pop()
                item = OutlineItem(bookmark.words, self._destination(spot))
                item.is_closed = bookmark.closed
                (above[-1][1] if above else outline.root).append(item)
                above.append((bookmark.level, item.children))

    def close(self) -> None:
        """Let go of the galleys."""
        for source in self.sources:
            source.close()


def _with(shared: pikepdf.Object, form: pikepdf.Object) -> Dictionary:
    """Give a page resources of its own, the form among them: WeasyPrint lets all pages share one."""
    own = Dictionary(dict(shared.items()))
    own.XObject = Dictionary({**dict(shared.XObject.items()), f"/{OVERLAY}": form})
    return own


def page_labels(labels: Sequence[str]) -> Dictionary:
    """Write page labels, in order (ISO 32000-1, 12.4.2)."""
    return Dictionary(Nums=Array(list(_numbered(labels))))


def _numbered(labels: Sequence[str]) -> Iterator[int | Dictionary]:
    """Write page labels: runs that count on, and those that do not, one by one (12.4.2)."""
    counted = 0
    for number, label in enumerate(labels):
        if not label.isdecimal():
            yield from (number, Dictionary(P=String(label)))
            counted = 0
        elif int(label) != counted + 1 or not counted:
            yield from (number, Dictionary(S=Name.D) if label == "1" else Dictionary(S=Name.D, St=int(label)))
            counted = int(label)
        else:
            counted += 1


def _moved(rectangle: pikepdf.Object, right: float) -> Array:
    """Move a rectangle to the right."""
    edges = [float(edge) for edge in rectangle]
    return Array([round(edge + right * (place % 2 == 0), 4) for place, edge in enumerate(edges)])
