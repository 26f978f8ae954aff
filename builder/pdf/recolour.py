"""An open PDF comes in; it is left in other inks: pages, forms, patterns, glyphs that are drawings, shades, pictures.

Everything is changed once, however many pages show it. What nothing shows is left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, Object, Stream

from builder.pdf import pictures
from builder.pdf.content import Rewriter
from builder.pdf.functions import NotReadable, function, mapped
from builder.pdf.inks import CMYK, GREY, RGB, Black
from builder.pdf.spaces import PLAIN, Space, space

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pikepdf

    from builder.pdf.inks import Colour, Inks

SAMPLES = 256
DEVICE = {GREY: Name.DeviceGray, CMYK: Name.DeviceCMYK}
NO_FORM: Mapping[str, Object] = {}


def recolour(pdf: pikepdf.Pdf, inks: Inks) -> None:
    """Change every colour that is painted, in place.

    See-through things that were blended in red, green and blue are blended in the inks of the print from now on.
    """
    walk = _Walk(pdf, inks)
    for page in pdf.pages:
        walk.page(page)


class _Walk:
    """Goes from the pages to all they show."""

    def __init__(self, pdf: pikepdf.Pdf, inks: Inks, seen: set[object] | None = None) -> None:
        self.pdf = pdf
        self.inks = inks
        self.mask = seen is not None  # what is painted says how much is let through
        self.rewriter = Rewriter(inks)
        self.seen: set[object] = set() if seen is None else seen
        self.pages: dict[tuple[tuple[int, int], ...], Stream] = {}

    def first(self, value: Object) -> bool:
        """Tell whether something is met for the first time; what has no number of its own always is."""
        if not value.is_indirect:
            return True
        known = value.objgen in self.seen
        self.seen.add(value.objgen)
        return not known

    def page(self, page: pikepdf.Page) -> None:
        """Change a page, and what it shows."""
        resources = page.resources
        self._group(page.obj)
        contents = page.obj.get(Name.Contents)
        listed = list(contents) if isinstance(contents, Array) else [contents]
        streams = [each for each in listed if isinstance(each, Stream)]
        if len(streams) > 1:
            self._contents(page, streams, resources)
        elif streams and self.first(streams[0]):
            self._content(streams[0], resources, PLAIN[GREY])
        self._resources(resources)
        for annotation in page.obj.get(Name.Annots, ()):
            self._appearances(annotation)

    def _contents(self, page: pikepdf.Page, streams: list[Stream], resources: Object) -> None:
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
        page.obj.Contents = known

    def _content(self, stream: Stream, resources: Object | None, first: Space | None) -> None:
        content = stream.read_bytes()
        changed = self._rewritten(content, resources, first)
        if changed != content:
            stream.write(changed)

    def _rewritten(self, content: bytes, resources: Object | None, first: Space | None) -> bytes:
        named = _named(resources)
        known: dict[str, Space | None] = {}

        def find(name: str) -> Space | None:
            if name not in known:
                known[name] = space(Name(name), named) if len(name) > 1 else None
            return known[name]

        return self.rewriter.rewrite(content, find, lambda picture: pictures.inline(picture, self.inks), first)

    def _group(self, owner: Object) -> None:
        """Have see-through things blended in the space of what they lie on, in the end the inks of the print.

        DeviceGray would not do: a grey group laid on four inks is parted into all of them by some.
        """
        group = owner.get(Name.Group)
        if not isinstance(group, Dictionary) or Name.CS not in group:
            return
        found = space(group.CS, NO_FORM)
        if found is None or found.model != RGB:
            return
        if self.mask:
            group.CS = Name.DeviceGray
        else:
            del group.CS

    def _resources(self, resources: Object | None) -> None:
        if not isinstance(resources, Dictionary) or not self.first(resources):
            return
        for value in _each(resources, Name.XObject, self):
            self._drawing(value, resources)
        for value in _each(resources, Name.Pattern, self):
            if isinstance(value, Stream):
                self._form(value, None)
            elif isinstance(value, Dictionary):
                self._shading(value.get(Name.Shading), resources)
        for value in _each(resources, Name.Shading, self):
            self._shading(value, resources)
        for value in _each(resources, Name.Font, self):
            self._font(value)
        for value in _each(resources, Name.ExtGState, self):
            self._state(value)

    def _drawing(self, value: Object, resources: Object) -> None:
        if not isinstance(value, Stream) or not self.first(value):
            return
        if value.get(Name.Subtype) == Name.Image:
            pictures.repaint(self.pdf, value, self.inks, _named(resources))
        elif value.get(Name.Subtype) == Name.Form:
            self._inside(value, resources)

    def _form(self, value: Object, resources: Object | None) -> None:
        if isinstance(value, Stream) and self.first(value):
            self._inside(value, resources)

    def _inside(self, value: Stream, resources: Object | None) -> None:
        """Change a drawing: a tile begins in grey, a form in whatever is in force where it is shown."""
        own = value.get(Name.Resources, resources)
        tile = Name.PatternType in value
        self._group(value)
        self._content(value, own, PLAIN[GREY] if tile else None)
        self._resources(own)

    def _font(self, value: Object) -> None:
        if not isinstance(value, Dictionary) or value.get(Name.Subtype) != Name.Type3 or not self.first(value):
            return
        resources = value.get(Name.Resources)
        for glyph in dict(value.get(Name.CharProcs, Dictionary()).items()).values():
            if isinstance(glyph, Stream) and self.first(glyph):
                self._content(glyph, resources, None)
        self._resources(resources)

    def _state(self, value: Object) -> None:
        """Change a mask by luminosity: what is painted on it is not ink but how much is let through (11.5.3)."""
        mask = value.get(Name.SMask) if isinstance(value, Dictionary) else None
        if not isinstance(mask, Dictionary) or not isinstance(mask.get(Name.G), Stream) or not self.first(mask):
            return
        drawing = mask.G
        if mask.get(Name.S) != Name.Luminosity:
            self._form(drawing, None)
            return
        found = space(drawing.get(Name.Group, Dictionary()).get(Name.CS), NO_FORM)
        back = mask.get(Name.BC)
        grey = Black()
        if found is not None and isinstance(back, Array) and len(back) == found.parts:
            colour = grey.colour(found.read(tuple(float(part) for part in back)))
            mask.BC = Array([round(part, 5) for part in colour]) if colour else back
        _Walk(self.pdf, grey, self.seen)._form(drawing, None)  # noqa: SLF001 - its own kind

    def _appearances(self, annotation: Object) -> None:
        found = annotation.get(Name.AP) if isinstance(annotation, Dictionary) else None
        for value in found.values() if isinstance(found, Dictionary) else ():
            if isinstance(value, Stream):
                self._form(value, None)
            elif isinstance(value, Dictionary):
                for state in value.values():
                    self._form(state, None)

    def _shading(self, value: Object | None, resources: Object) -> None:
        if not isinstance(value, Dictionary | Stream) or not self.first(value) or Name.Function not in value:
            return
        found = space(value.get(Name.ColorSpace), _named(resources))
        if found is None or found.model == GREY or (found.spot and not self.inks.spots):
            return

        def change(colour: Colour) -> Colour | None:
            return self.inks.colour(found.read(colour))

        back = value.get(Name.Background)
        behind = change(tuple(float(part) for part in back)) if isinstance(back, Array) else None
        try:
            changed = self._function(value.Function, change)
        except (NotReadable, ValueError):
            return
        if changed is None or (back is not None and behind is None):
            return
        value.Function, parts = changed
        value.ColorSpace = DEVICE[parts]
        if behind is not None:
            value.Background = Array([round(part, 5) for part in behind])

    def _function(self, value: Object, change: _Change) -> tuple[Object, int] | None:
        """Return a function in other colours, and how many parts these have; nothing when some stay as they are."""
        sample = function(value)
        low, high = _domain(value)
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


if TYPE_CHECKING:
    from collections.abc import Callable

    _Change = Callable[[Colour], Colour | None]


def _domain(value: Object) -> tuple[float, float]:
    one = value[0] if isinstance(value, Array) else value
    low, high = (float(part) for part in list(one.get(Name.Domain, Array([0, 1])))[:2])
    return low, high


def _named(resources: Object | None) -> Mapping[str, Object]:
    found = resources.get(Name.ColorSpace) if isinstance(resources, Dictionary) else None
    return dict(found.items()) if isinstance(found, Dictionary) else {}


def _each(resources: Object, key: Name, walk: _Walk) -> Iterator[Object]:
    """Yield what a part of the resources names; a part that pages share is gone through once."""
    found = resources.get(key)
    if isinstance(found, Dictionary) and walk.first(found):
        yield from dict(found.items()).values()
