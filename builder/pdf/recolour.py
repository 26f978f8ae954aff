"""An open PDF comes in; it is left in other inks: pages, forms, patterns, glyphs that are drawings, shades, pictures.

Everything is changed once, however many pages show it. What nothing shows is left alone. A stranger's PDF may hold any
object in the place of any other, and forms in forms without end: all is read by ``objects``, and what is found on the
way is put on a list instead of being gone into at once.
"""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, Object, Stream

from builder.pdf import objects, pictures
from builder.pdf.content import Rewriter
from builder.pdf.functions import NotReadable, domain, function, mapped
from builder.pdf.inheriting import Inheriting
from builder.pdf.inks import CMYK, GREY, RGB, Black
from builder.pdf.spaces import PLAIN, Space, called, space

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pikepdf

    from builder.pdf.inks import Colour, Inks

    _Change = Callable[[Colour], Colour | None]

SAMPLES = 256
DEVICE = {GREY: Name.DeviceGray, RGB: Name.DeviceRGB, CMYK: Name.DeviceCMYK}
SHARED = "Shared"  # of names for spaces of tiles
NO_FORM: Mapping[str, object] = {}


def recolour(pdf: pikepdf.Pdf, inks: Inks) -> frozenset[str]:
    """Change every colour that is painted, in place.

    See-through things that were blended in red, green and blue are blended in the inks of the print from now on.

    Returns:
        The kinds of things in colour that could not be changed, though the inks may ask for it: ``picture``, ``shade``,
        ``drawing`` (one whose colours its own drawings go on with).
    """
    walk = _Walk(pdf, inks)
    for page in pdf.pages:
        walk.page(page.obj)
        walk.finish()
    return frozenset(walk.left)


class _Walk:
    """Goes from the pages to all they show."""

    def __init__(self, pdf: pikepdf.Pdf, inks: Inks, around: _Walk | None = None) -> None:
        self.pdf = pdf
        self.inks = inks
        self.mask = around is not None  # what is painted says how much is let through
        self.rewriter = Rewriter(inks)
        self.seen: set[object] = around.seen if around else set()
        self.todo: deque[Callable[[], None]] = around.todo if around else deque()
        self.left: set[str] = around.left if around else set()
        self.pages: dict[tuple[tuple[int, int], ...], Stream] = {}
        self.inheriting: Inheriting = around.inheriting if around else Inheriting()
        self._masks = self if around else None

    @property
    def masks(self) -> _Walk:
        """The one that goes through masks."""
        if self._masks is None:
            self._masks = _Walk(self.pdf, Black(), self)
        return self._masks

    def finish(self) -> None:
        """Do all that was found on the way."""
        while self.todo:
            self.todo.popleft()()

    def first(self, value: object) -> bool:
        """Tell whether something is met for the first time; what has no number of its own always is."""
        number = objects.identity(value)
        if number == (0, 0):
            return True
        known = number in self.seen
        self.seen.add(number)
        return not known

    def page(self, page: Object) -> None:
        """Change a page, and what it shows."""
        resources = objects.get(page, "/Resources")
        self._group(page)
        contents = objects.get(page, "/Contents")
        listed = objects.members(contents) or (contents,)
        streams = [each for each in listed if isinstance(each, Stream)]
        if len(streams) > 1:
            self._contents(page, streams, resources)
        elif streams and self.first(streams[0]):
            self._content(streams[0], resources, PLAIN[GREY])
        self._resources(resources)
        for annotation in objects.members(objects.get(page, "/Annots")):
            self._appearances(annotation)

    def _contents(self, page: Object, streams: list[Stream], resources: object) -> None:
        """Change content in several streams: a break may stand between any two words (7.8.2)."""
        key = tuple(each.objgen for each in streams)
        whole = b"\n".join(each.read_bytes() for each in streams)
        changed = self._rewritten(whole, resources, PLAIN[GREY])
        if changed == whole:
            return
        known = self.pages.get(key)
        if known is None or known.read_bytes() != changed:
            known = self.pages[key] = self.pdf.make_stream(changed)
            self.seen.add(known.objgen)
        page.Contents = known

    def _content(self, stream: Stream, resources: object, first: Space | None) -> None:
        content = stream.read_bytes()
        changed = self._rewritten(content, resources, first)
        if changed != content:
            stream.write(changed)

    def _rewritten(self, content: bytes, resources: object, first: Space | None) -> bytes:
        named = _named(resources)
        known: dict[str, Space | None] = {}

        def find(name: str) -> Space | None:
            if name not in known:
                known[name] = called(name[1:], named) if len(name) > 1 else None
            return known[name]

        changed = self.rewriter.rewrite(content, find, self._inline, first, partial(_space_of_tiles, resources))
        if changed != content and self.inheriting.leads(resources):
            self.left.add("drawing")
            return content
        return changed

    def _inline(self, picture: bytes) -> bytes:
        return pictures.inline(picture, self.inks)

    def _group(self, owner: object) -> None:
        """Have see-through things blended in the space of what they lie on, in the end the inks of the print.

        DeviceGray would not do: a grey group laid on four inks is parted into all of them by some.
        """
        group = objects.get(owner, "/Group")
        found = space(objects.get(group, "/CS"), NO_FORM)
        if not isinstance(group, Dictionary) or found is None or found.model != RGB:
            return
        if self.mask:
            group.CS = Name.DeviceGray
        else:
            del group.CS

    def _resources(self, resources: object) -> None:
        if not isinstance(resources, Dictionary) or not self.first(resources):
            return
        for value in self._each(resources, "/XObject"):
            self._later(self._drawing, value, resources)
        for value in self._each(resources, "/Pattern"):
            if isinstance(value, Stream):
                self._later(self._form, value, None)
            else:
                self._later(self._shading, objects.get(value, "/Shading"), resources)
        for value in self._each(resources, "/Shading"):
            self._later(self._shading, value, resources)
        for value in self._each(resources, "/Font"):
            self._later(self._font, value)
        for value in self._each(resources, "/ExtGState"):
            self._later(self._state, value)

    def _each(self, resources: object, key: str) -> Iterator[object]:
        """Yield what a part of the resources names; a part that pages share is gone through once."""
        found = objects.get(resources, key)
        if objects.is_dictionary(found) and self.first(found):
            yield from (value for _, value in objects.entries(found))

    def _later(self, do: Callable[..., None], *given: object) -> None:
        self.todo.append(partial(do, *given))

    def _drawing(self, value: object, resources: object) -> None:
        if not isinstance(value, Stream) or not self.first(value):
            return
        kind = objects.name(objects.get(value, "/Subtype"))
        if kind == "Image":
            if not pictures.repaint(self.pdf, value, self.inks, _named(resources)):
                self.left.add("picture")
        elif kind == "Form":
            self._inside(value, resources)

    def _form(self, value: object, resources: object) -> None:
        if isinstance(value, Stream) and self.first(value):
            self._inside(value, resources)

    def _inside(self, value: Stream, resources: object) -> None:
        """Change a drawing: a tile begins in grey, a form in whatever is in force where it is shown."""
        own = objects.get(value, "/Resources")
        own = resources if own is None else own
        tile = objects.get(value, "/PatternType") is not None
        self._group(value)
        self._content(value, own, PLAIN[GREY] if tile else None)
        self._resources(own)

    def _font(self, value: object) -> None:
        if objects.name(objects.get(value, "/Subtype")) != "Type3" or not self.first(value):
            return
        resources = objects.get(value, "/Resources")
        for _, glyph in objects.entries(objects.get(value, "/CharProcs")):
            if isinstance(glyph, Stream) and self.first(glyph):
                self._content(glyph, resources, None)
        self._resources(resources)

    def _state(self, value: object) -> None:
        """Change a mask by luminosity: what is painted on it is not ink but how much is let through (11.5.3)."""
        mask = objects.get(value, "/SMask")
        drawing = objects.get(mask, "/G")
        if not isinstance(mask, Dictionary) or not isinstance(drawing, Stream) or not self.first(mask):
            return
        if objects.name(objects.get(mask, "/S")) != "Luminosity":
            self._form(drawing, None)
            return
        found = space(objects.path(drawing, "/Group", "/CS"), NO_FORM)
        back = objects.exactly(objects.get(mask, "/BC"))
        if found is not None and back is not None and len(back) == found.parts:
            colour = self.masks.inks.colour(found.read(back))
            if colour:
                mask.BC = Array([round(part, 5) for part in colour])
        self._later(self.masks._form, drawing, None)  # noqa: SLF001 - its own kind

    def _appearances(self, annotation: object) -> None:
        for _, value in objects.entries(objects.get(annotation, "/AP")):
            if isinstance(value, Stream):
                self._later(self._form, value, None)
            else:
                for _, state in objects.entries(value):
                    self._later(self._form, state, None)

    def _shading(self, value: object, resources: object) -> None:
        """Change a shade whose colours a function gives (8.7.4.5)."""
        if not isinstance(value, Dictionary | Stream) or not self.first(value):
            return
        found = space(objects.get(value, "/ColorSpace"), _named(resources))
        if found is None or found.model == GREY or found.tiles or (found.spot and not self.inks.spots):
            return
        if not self._shaded(value, found):
            self.left.add("shade")

    def _shaded(self, value: Object, found: Space) -> bool:
        """Change a shade in that space; tell whether that was possible."""

        def change(colour: Colour) -> Colour | None:
            return self.inks.colour(found.read(colour)) if len(colour) == found.parts else None

        written = objects.get(value, "/Background")
        back = objects.exactly(written)
        behind = change(back) if back is not None else None
        if written is not None and behind is None:
            return False
        try:
            changed = self._function(objects.get(value, "/Function"), change)
        except NotReadable:
            return False
        if changed is None:
            return False
        value.Function, parts = changed
        value.ColorSpace = DEVICE[parts]
        if behind is not None:
            value.Background = Array([round(part, 5) for part in behind])
        return True

    def _function(self, value: object, change: _Change) -> tuple[Object, int] | None:
        """Return a function in other colours, and how many parts these have; nothing when some stay as they are."""
        sample = function(value)
        low, high = domain(objects.members(value)[0] if isinstance(value, Array) else value)
        colours = [change(sample(low + (high - low) * number / (SAMPLES - 1))) for number in range(SAMPLES)]
        sizes = {len(colour) for colour in colours if colour is not None}
        if None in colours or len(sizes) != 1:
            return None
        parts = sizes.pop()
        try:
            straight = mapped(value, change)
        except NotReadable:
            straight = None
        if straight is not None:
            return straight, parts
        data = bytes(round(min(1.0, max(0.0, part)) * 255) for colour in colours for part in colour or ())
        head = Dictionary(
            FunctionType=0,
            Domain=Array([low, high]),
            Range=Array([0, 1] * parts),
            Size=Array([SAMPLES]),
            BitsPerSample=8,
        )
        return self.pdf.make_indirect(Stream(self.pdf, data, head)), parts


def _named(resources: object) -> Mapping[str, object]:
    return dict(objects.entries(objects.get(resources, "/ColorSpace")))


def _space_of_tiles(resources: object, parts: int) -> bytes:
    """Give the resources a space for tiles in colours of so many parts; return its name."""
    if not isinstance(resources, Dictionary):
        return b"/Pattern"
    spaces = objects.get(resources, "/ColorSpace")
    if not isinstance(spaces, Dictionary):
        resources.ColorSpace = Dictionary()
        spaces = resources.ColorSpace
    name = f"/{SHARED}{parts}"
    spaces[name] = Array([Name.Pattern, DEVICE[parts]])
    return name.encode()
