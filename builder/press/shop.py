"""A printing and how it is to be bound come in; the files a print shop takes, and the facts about them, go out.

A shop lays pages on its own sheets: it gets them one by one, in reading order, all of one size, and the cover apart as
it lies flat, from the back to the front. Nothing is in there that does not print: no tags, links or outline.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from builder.pdf.black import black, neutral
from builder.pdf.process import Process
from builder.pdf.recolour import recolour
from builder.press import intent
from builder.press.gather import page_labels
from builder.press.marks import Frame, clip, moved, points
from builder.press.resolution import Coarse, blank, coarse
from builder.press.spread import GLUE, Block

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from builder.composition.nouns import Metadata
    from builder.pdf.profiles import Profile
    from builder.press.nouns import Printing
    from builder.publication import Edition

CUT = re.compile(r"(?:-\d{3})?(?:-?Italic)?$")
CHOICE = re.compile(rb"/[^\s/<>\[\](){}%]*\s+(?:cs|CS)(?![^\s/<>\[\](){}%])")  # of a colour space, by its name
COVER, BACK = "cover", "back-cover"  # the leaves a book with a cover of its own begins and ends with
NOT_PRINTED = (
    *(Name.StructTreeRoot, Name.MarkInfo, Name.Lang, Name.Metadata, Name.OutputIntents),
    *(Name.Outlines, Name.Names, Name.Dests, Name.PageLabels, Name.AcroForm),
    *(Name.PageMode, Name.OpenAction, Name.ViewerPreferences),
)
NOT_ON_PAGES = (Name.Annots, Name.StructParents, Name.Tabs, Name.AA, Name.Metadata, Name.CropBox, Name.ArtBox)


@dataclass(frozen=True, slots=True)
class ShopFacts:
    """What a print shop is told of its files; lengths in mm.

    Attributes:
        edition: how it is bound, and on what.
        block: the pages within the cover.
        frame: a page on its sheet.
        spread: the cover on its; nothing when there is none.
        inside: whether the inside of the cover is printed on too.
        ink: ``black`` or ``colour``.
        standard: what the files are.
        profile: what the profile is called that colours were reckoned with; empty without one.
        condition: its name in the registry; empty when it has none.
        fonts: names of the faces, all embedded.
    """

    edition: Edition
    block: Block
    frame: Frame
    spread: Frame | None
    inside: bool
    ink: str
    standard: str
    profile: str
    condition: str
    fonts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShopFiles:
    """The pages within the cover; the cover, out- and (where anything is on it) inside; what is to be said of them.

    ``left`` names what stayed in other colours than it is printed in (see ``pdf.black``).
    """

    interior: bytes = field(repr=False)
    cover: bytes | None = field(repr=False)
    facts: ShopFacts
    coarse: tuple[Coarse, ...]
    left: tuple[str, ...] = ()


def has_cover(printing: Printing) -> bool:
    """Tell whether a book has a cover around pages: its first two, and its last two if its back is a leaf too."""
    return printing.facts[0].name == COVER and len(within(printing)) > 0


def within(printing: Printing) -> range:
    """Return the pages within the cover, from 0: all, where there is none."""
    if printing.facts[0].name != COVER:
        return range(printing.pages)
    return range(2, printing.pages - (2 if _has_back(printing) else 0))


def _has_back(printing: Printing) -> bool:
    return printing.facts[-1].name == BACK


def block(printing: Printing, edition: Edition) -> Block:
    """Return what is within the cover."""
    return Block.of(len(within(printing)) if has_cover(printing) else printing.pages, edition.binding)


def for_shop(
    printing: Printing, edition: Edition, metadata: Metadata, *, profile: Profile | None = None, spine: bytes = b""
) -> ShopFiles:
    """Make the files for a print shop; the same printing gives the same bytes.

    Args:
        printing: set with the edition's bleed.
        edition: page size, how it is bound, in which inks.
        metadata: what the publication says of itself.
        profile: of the printing condition; without one nothing is claimed of the files but that they are PDF.
        spine: a page as high as the book's back is wide, with what stands on it; empty: nothing.

    Raises:
        Unusable: a profile that colours cannot be reckoned with, where there are colours.
    """
    shop = _Shop(printing, edition, metadata, profile)
    apart = has_cover(printing)
    interior = shop.interior(within(printing) if apart else range(printing.pages))
    inside = apart and not all(blank(printing.pdf, number) for number in shop.cover_pages[2:] if number is not None)
    cover = shop.cover(spine, inside=inside) if apart else None
    facts = ShopFacts(
        edition,
        shop.block,
        shop.frame,
        shop.spread if apart else None,
        inside,
        edition.binding.ink,
        intent.STANDARD if profile else f"PDF {intent.VERSION}",
        profile.called if profile else "",
        profile.condition if profile else "",
        _fonts(printing.pdf),
    )
    return ShopFiles(interior, cover, facts, coarse(printing.pdf), tuple(sorted(shop.left)))


class _Shop:
    """Makes the files of one edition."""

    def __init__(self, printing: Printing, edition: Edition, metadata: Metadata, profile: Profile | None) -> None:
        self.printing = printing
        self.metadata = metadata
        self.profile = profile
        self.left: frozenset[str] = frozenset()  # what could not be turned into the inks it is printed in
        self.ink = edition.binding.ink
        self.bleed = edition.binding.bleed
        self.width, self.height = edition.trim.width, edition.trim.height
        self.block = block(printing, edition)
        self.frame = Frame(self.width, self.height, self.bleed)

    @property
    def spread(self) -> Frame:
        """The cover as it lies flat, folded where its spine begins and ends."""
        spine = self.block.spine
        folds = (self.width, self.width + spine) if spine else (self.width,)
        return Frame(2 * self.width + spine, self.height, self.bleed, folds)

    @property
    def cover_pages(self) -> tuple[int | None, int | None, int | None, int | None]:
        """The pages of the cover, from 0: back and front, their insides seen from within; nothing: left white."""
        last = self.printing.pages - 1
        back, within_back = (last, last - 1) if _has_back(self.printing) else (None, None)
        return back, 0, 1, within_back

    def interior(self, numbers: Sequence[int]) -> bytes:
        """Lay out the pages of these numbers, from 0, and the empty ones that are lacking."""
        with self._opened(self.printing.pdf, numbers) as book:
            before = book.make_stream(b"q\n" + clip(self.frame.bleed_box) + moved(*[points(self.frame.room)] * 2))
            after = book.make_stream(b"\nQ\n" + self.frame.marks())
            for page in book.pages:
                contents = page.obj.Contents
                listed = list(contents) if isinstance(contents, Array) else [contents]
                page.obj.Contents = Array([before, *listed, after])
                self.frame.put_on(page.obj)
            for _ in range(self.block.blanks):
                page = book.add_blank_page(page_size=self.frame.media[2:])
                page.obj.Contents = book.make_stream(self.frame.marks())
                self.frame.put_on(page.obj)
            labels = [self.printing.labels[number] for number in numbers]
            book.Root.PageLabels = page_labels([*labels, *[""] * self.block.blanks])
            return self._written(book)

    def cover(self, spine: bytes, *, inside: bool) -> bytes:
        """Lay the cover flat: its outside, seen from without, and its inside, seen from within."""
        wanted = [number for number in self.cover_pages[: None if inside else 2] if number is not None]
        places = {number: place for place, number in enumerate(sorted(wanted))}
        found = (None if number is None else places.get(number) for number in self.cover_pages)
        outer_back, front, inner_front, inner_back = found
        with self._opened(self.printing.pdf, places) as source, self._opened(spine) as back, pikepdf.new() as book:
            self._lay(book, source, (outer_back, front), 0.0)
            if len(back.pages):
                self._name_spine(book, back)
            if inside:
                self._lay(book, source, (inner_front, inner_back), GLUE if self.block.glued else 0.0)
            return self._written(book)

    def _lay(self, book: Pdf, source: Pdf, numbers: tuple[int | None, int | None], white: float) -> None:
        """Lay two pages on a sheet, the spine between them; so much beside it stays white (mm)."""
        frame, spine = self.spread, self.block.spine
        # What runs over the inner edges meets in the middle of the spine, so that a narrow one has the covers' ground.
        over = -white if white else spine / 2
        page = book.add_blank_page(page_size=frame.media[2:]).obj
        page.Resources = Dictionary(XObject=Dictionary())
        low, high = frame.bleed_box[1], frame.bleed_box[3]
        edges = (
            (frame.bleed_box[0], points(frame.room + self.width + over)),
            (points(frame.room + self.width + spine - over), frame.bleed_box[2]),
        )
        drawn = []
        for key, number, (left, right), across in zip(
            ("Left", "Right"), numbers, edges, (0.0, self.width + spine), strict=True
        ):
            if number is None:
                continue
            page.Resources.XObject[f"/{key}"] = book.copy_foreign(self._form(source, number))
            place = moved(points(frame.room + across), points(frame.room))
            drawn.append(b"q\n" + clip((left, low, right, high)) + place + f"/{key} Do\nQ\n".encode())
        page.Contents = book.make_stream(b"".join(drawn) + frame.marks())
        frame.put_on(page)

    def _name_spine(self, book: Pdf, back: Pdf) -> None:
        """Lay the words of the spine on it from its head to its foot: upright when the book lies on its back."""
        frame, page = self.spread, book.pages[0].obj
        page.Resources.XObject.Spine = book.copy_foreign(self._form(back, 0))
        left, right = (points(frame.room + fold) for fold in frame.folds)
        turned = b"0 -1 1 0 %.3f %.3f cm\n" % (left, points(frame.room + self.height))
        drawn = b"q\n" + clip((left, frame.bleed_box[1], right, frame.bleed_box[3])) + turned + b"/Spine Do\nQ\n"
        page.Contents = book.make_stream(bytes(page.Contents.get_stream_buffer()) + drawn)

    def _form(self, source: Pdf, number: int) -> pikepdf.Object:
        """Return a page as a drawing, with what runs over its edge."""
        page = source.pages[number]
        left, low, right, high = (float(side) for side in page.obj.TrimBox)
        form = page.as_form_xobject()
        over = points(self.bleed)
        form.BBox = Array([left - over, low - over, right + over, high + over])
        return form

    def _opened(self, pdf: bytes, numbers: Container[int] | None = None) -> Pdf:
        """Open pages, all or those of these numbers, in the inks they are printed in; of no bytes, there are none."""
        if not pdf:
            return pikepdf.new()
        book = _some(pdf, numbers)
        for key in NOT_PRINTED:
            if key in book.Root:
                del book.Root[key]
        for page in book.pages:
            for key in NOT_ON_PAGES:
                if key in page.obj:
                    del page.obj[key]
        if self.ink == "black":
            self.left |= black(book)
        elif self.profile is None:
            neutral(book)
        else:
            self.left |= recolour(book, Process(self.profile.data))
        _let_go_of_spaces(book)
        return book

    def _written(self, book: Pdf) -> bytes:
        return intent.written(book, self.metadata, self.profile)


def _some(pdf: bytes, numbers: Container[int] | None) -> Pdf:
    book = pikepdf.open(io.BytesIO(pdf))
    if numbers is not None:
        for number in reversed([each for each in range(len(book.pages)) if each not in numbers]):
            del book.pages[number]
    return book


def _let_go_of_spaces(book: Pdf) -> None:
    """Take away the colour spaces that the engine names on every page and nothing uses any more."""
    for page in book.pages:
        for value in (page.obj, *page.resources.get(Name.XObject, Dictionary()).values()):
            resources = value.get(Name.Resources)
            if resources is not None and Name.ColorSpace in resources and not _chooses_a_space(value):
                del resources.ColorSpace


def _chooses_a_space(value: pikepdf.Object) -> bool:
    contents = value.get(Name.Contents) if not isinstance(value, Stream) else value
    streams = list(contents) if isinstance(contents, Array) else [contents]
    content = b"\n".join(bytes(each.get_stream_buffer()) for each in streams if isinstance(each, Stream))
    return CHOICE.search(content) is not None


def _fonts(pdf: bytes) -> tuple[str, ...]:
    """Name the families embedded: without the letters that tell subsets apart, weights and styles."""
    with pikepdf.open(io.BytesIO(pdf)) as book:
        names = {
            CUT.sub("", str(each.FontName)[1:].rpartition("+")[2]).replace("-", " ")
            for each in book.objects
            if isinstance(each, Dictionary) and each.get(Name.Type) == Name.FontDescriptor
        }
    return tuple(sorted(names))
