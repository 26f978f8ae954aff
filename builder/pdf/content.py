"""A content stream comes in; the same goes out with its colours in other inks (ISO 32000-1, 7.8.2, 8.6.8).

A page has tens of thousands of operators and a few dozen colours. One expression over the bytes finds these, and steps
over all in which their letters may stand by chance: strings, comments, inline pictures, names.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from builder.pdf import writing
from builder.pdf.inks import CMYK, GREY, RGB
from builder.pdf.spaces import PLAIN, Space

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from builder.pdf.inks import Colour, Inks

    Inline = Callable[[bytes], bytes]
    Named = Callable[[str], Space | None]
    Tiled = Callable[[int], bytes]

DEEPEST = 12  # strings in brackets in strings
_GAP = rb"[\x00\t\n\x0c\r ]"
_WORTH_A_LOOK = rb"(?:(?=[(%])|(?<=[\x00\t\n\x0c\r \])>}])(?=[B\d.+-]))"
_START = rb"(?<![^\x00\t\n\x0c\r \])>}])"
_END = rb"(?![^\x00\t\n\x0c\r \[\](){}<>/%])"
_NUMBER = rb"[+-]?(?:\d++\.?\d*+|\.\d++)"
_NAME = rb"/[^\x00\t\n\x0c\r \[\](){}<>/%]*+"


def _string() -> bytes:
    inside = rb"[^()\\]++|\\[\s\S]"
    for _ in range(DEEPEST):
        inside = rb"[^()\\]++|\\[\s\S]|\((?:" + inside + rb")*+\)"
    return rb"\((?:" + inside + rb")*+\)"


_STRING = _string()
# What follows a picture's data is text again: chance bytes that look like its end are seldom followed by any.
_TEXT = rb"[\x00\t\n\x0c\r -~]"
_PICTURE = _START + rb"BI(?=[\s/])"  # where one begins: where it ends is looked for once, forward (see ``_through``)
_DATA = re.compile(rb"[\s>]ID\s")
_DONE = re.compile(rb"\sEI" + _END + rb"(?=" + _TEXT + rb"{12}|" + _TEXT + rb"{0,11}\Z)")
# A string without end takes all the rest with it, which stays as it is.
_SKIP = (
    rb"(?P<skip>"
    + _STRING
    + rb"(?:[-+\d.\s]*+"
    + _STRING
    + rb")*+|\([\s\S]*+|%[^\r\n]*+)|(?P<picture>"
    + _PICTURE
    + rb")"
)


def _operator(name: bytes, parts: bytes, words: bytes) -> bytes:
    numbers = rb"(?:" + _NUMBER + _GAP + rb"++)" + parts
    return rb"|(?P<" + name + rb">" + _START + numbers + words + _END + rb")"


_DEVICE = _operator(b"rgb", b"{3}", rb"(?:rg|RG)") + _operator(b"cmyk", b"{4}", rb"[kK]")
# Most bytes are letters of strings and digits of positions: looked at once, not by every branch. (A third faster.)
_SIMPLE = re.compile(_WORTH_A_LOOK + rb"(?:" + _SKIP + _DEVICE + rb")")
_FULL = re.compile(
    _SKIP
    + _DEVICE
    + _operator(b"grey", b"{1}", rb"[gG]")
    + rb"|(?P<space>" + _NAME + _GAP + rb"++(?:cs|CS)" + _END + rb")"
    + _operator(b"set", b"{1,32}+", rb"(?:" + _NAME + _GAP + rb"++)?+(?:scn?|SCN?)")
    + rb"|(?P<state>" + _START + rb"[qQ]" + _END + rb")"
)  # fmt: skip
# Most typesetters write text in hexadecimal digits: where nothing can hide an operator, operators are found by their
# letters, and only then are the numbers before them looked at. (Ten times faster.)
_HIDES = (b"(", b"%", b"BI")
_PARTS = {b"rg": 3, b"RG": 3, b"k": 4, b"K": 4}
_WRITTEN = re.compile(rb"(?:" + _NUMBER + rb" ){3,4}(?:rg|RG|[kK])")
_BLANKS = (b" ", b"\n", b"\r", b"\t", b"")
_NEAR = 120  # bytes that four numbers and an operator take at most, but for a joke
_CHOOSING = re.compile(rb"\b(?:cs|CS|scn?|SCN?)\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


class Rewriter:
    """Writes content in other inks; what a colour becomes is worked out once."""

    def __init__(self, inks: Inks) -> None:
        self.inks = inks
        self.known: dict[bytes, bytes] = {}

    def rewrite(
        self, content: bytes, named: Named, inline: Inline, first: Space | None, tiled: Tiled | None = None
    ) -> bytes:
        """Return the content with its colours changed.

        Args:
            content: whole: of a page all its streams.
            named: a name of a colour space → the space.
            inline: changes a picture in the content, from ``BI`` to ``EI``.
            first: the space in force at its beginning; nothing when that is not known.
            tiled: how many parts a colour has → the name of the space of tiles in such colours; without it, tiles
                stay as they are.
        """
        if not _CHOOSING.search(content):
            if not any(hiding in content for hiding in _HIDES) and (changed := self._bare(content)) is not None:
                return changed
            return _through(_SIMPLE, b"\n" + content, self._simple, inline)[1:]
        return _through(_FULL, content, _Pen(self, named, first, tiled), inline)

    def _bare(self, content: bytes) -> bytes | None:
        """Change content in which what reads like an operator is one; nothing when it is written in an unusual way."""
        kept: list[bytes] = []
        done = 0
        for end, operator in sorted(_ends(content)):
            *before, _ = content[max(done, end - _NEAR) : end].rsplit(None, _PARTS[operator] + 1)
            parts = before[-_PARTS[operator] :]
            written = b" ".join((*parts, operator))
            if written not in self.known and not _WRITTEN.fullmatch(written):
                return None
            start = end - len(written)
            if content[start:end] != written or start == end - _NEAR:
                return None
            kept += content[done:start], self.device(written)
            done = end
        return b"".join((*kept, content[done:])) if kept else content

    def _simple(self, found: re.Match[bytes]) -> bytes:
        return found[0] if found.lastgroup == "skip" else self.device(found[0])

    def device(self, written: bytes) -> bytes:
        """Change a colour that names its space: ``0 0 0 rg``."""
        changed = self.known.get(written)
        if changed is None:
            *parts, operator = written.split()
            colour = self.inks.colour(tuple(min(1.0, max(0.0, float(part))) for part in parts))
            changed = self.known[written] = written if colour is None else setting(colour, operator.isupper())
        return changed


def _through(
    expression: re.Pattern[bytes], content: bytes, change: Callable[[re.Match[bytes]], bytes], inline: Inline
) -> bytes:
    """Return the content with everything changed that the expression finds, and with its pictures changed.

    No byte is looked at more than a few times, whatever they are: where one picture has no end, no later one has.
    """
    kept: list[bytes] = []
    done, endless = 0, False
    places = expression.finditer(content)
    while found := next(places, None):
        start, end = found.span()
        if found.lastgroup != "picture":
            changed = change(found)
        elif not endless and (end := _picture_end(content, end)):
            changed = inline(content[start:end])
            places = expression.finditer(content, end)
        else:
            endless = True
            continue
        if changed != content[start:end]:
            kept += content[done:start], changed
            done = end
    return b"".join((*kept, content[done:]))


def _picture_end(content: bytes, at: int) -> int:
    """Return where a picture ends that began before a place; 0 when it does not."""
    data = _DATA.search(content, at)
    found = _DONE.search(content, data.end()) if data else None
    return found.end() if found else 0


def _ends(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield where operators that set a colour end."""
    for operator in _PARTS:
        start = content.find(operator)
        while start >= 0:
            end = start + len(operator)
            if content[start - 1 : start] in _BLANKS and content[end : end + 1] in _BLANKS:
                yield end, operator
            start = content.find(operator, end)


def takes_over(content: bytes) -> bool:
    """Tell whether numbers of a colour are set before any space is chosen: in that of whoever shows the drawing."""
    if not _CHOOSING.search(content):
        return False
    chosen = {False: False, True: False}
    kept: list[dict[bool, bool]] = []
    found = False

    def note(place: re.Match[bytes]) -> bytes:
        nonlocal chosen, found
        written, group = place[0], place.lastgroup
        if group == "state":
            if written == b"q":
                kept.append(dict(chosen))
            elif kept:
                chosen = kept.pop()
        elif group != "skip":
            stroke = written.split()[-1].isupper()
            found = found or (group == "set" and not chosen[stroke])
            chosen[stroke] = chosen[stroke] or group != "set"
        return written

    _through(_FULL, content, note, lambda picture: picture)
    return found


class _Pen:
    """Goes through content in which spaces are chosen, and remembers those in force."""

    def __init__(self, rewriter: Rewriter, named: Named, first: Space | None, tiled: Tiled | None) -> None:
        self.rewriter = rewriter
        self.inks = rewriter.inks
        self.named, self.tiled = named, tiled
        # For filling and for stroking: the operator that chooses the space, and the space.
        self.now: tuple[tuple[bytes, Space | None], ...] = ((b"", first), (b"", first))
        self.kept: list[tuple[tuple[bytes, Space | None], ...]] = []

    def __call__(self, found: re.Match[bytes]) -> bytes:
        """Return what is written in place of what was found."""
        written, group = found[0], found.lastgroup
        match group:
            case "skip":
                return written
            case "state":
                if written == b"q":
                    self.kept.append(self.now)
                elif self.kept:
                    self.now = self.kept.pop()
                return written
            case "space":
                return self._chosen(written)
            case "set":
                return self._set(written)
        self._note(written.split()[-1].isupper(), (b"", PLAIN[{"rgb": RGB, "cmyk": CMYK}.get(group or "", GREY)]))
        return written if group == "grey" else self.rewriter.device(written)

    def _note(self, stroke: bool, space: tuple[bytes, Space | None]) -> None:  # noqa: FBT001 - a private switch
        self.now = (self.now[0], space) if stroke else (space, self.now[1])

    def _chosen(self, written: bytes) -> bytes:
        name, operator = written.split()
        found = self.named(_ESCAPED.sub(lambda code: bytes.fromhex(code[1].decode()), name).decode("latin-1"))
        stroke = operator == b"CS"
        self._note(stroke, (written, found))
        colour = self._changed(found, found.first) if found and not found.tiles else None
        return written if colour is None else setting(colour, stroke)

    def _set(self, written: bytes) -> bytes:
        *parts, operator = written.split()
        stroke = operator.isupper()
        choice, space = self.now[1 if stroke else 0]
        if space is not None and space.tiles:
            return self._tiled(written, choice, space)
        if space is None or len(parts) != space.parts or parts[-1].startswith(b"/"):
            return written
        if space.spot and not self.inks.spots:
            return written
        colour = self._changed(space, tuple(float(part) for part in parts))
        if colour is not None:
            return setting(colour, stroke)
        if choice:  # another colour may have left another space in force
            return choice + b" " + written
        return setting(tuple(min(1.0, max(0.0, float(part))) for part in parts), stroke)

    def _tiled(self, written: bytes, choice: bytes, space: Space) -> bytes:
        """Change the colour of a tile that has none of its own (8.7.3.3), and the space it is in."""
        *parts, tile, operator = written.split()
        if self.tiled is None or not tile.startswith(b"/") or len(parts) != space.parts:
            return written
        colour = self._changed(space, tuple(float(part) for part in parts))
        if colour is None:  # another colour may have left another space in force
            return choice + b" " + written
        chosen = self.tiled(len(colour)) + (b" CS" if operator.isupper() else b" cs")
        return b" ".join([chosen, *_written(colour), tile, operator])

    def _changed(self, space: Space, parts: Colour) -> Colour | None:
        return None if space.spot and not self.inks.spots else self.inks.colour(space.read(parts))


def setting(colour: Colour, stroke: bool) -> bytes:  # noqa: FBT001 - one of two operators
    """Write the operator that sets a colour."""
    operator = {GREY: b"g", RGB: b"rg", CMYK: b"k"}[len(colour)]
    return b" ".join([*_written(colour), operator.upper() if stroke else operator])


def _written(colour: Colour) -> list[bytes]:
    return [writing.number(part).encode() for part in colour]


def inline_picture(width: int, height: int, model: int, data: bytes) -> bytes:
    """Write a picture of eight bits a part into content; as hexadecimal digits, its data cannot look like its end."""
    space = {GREY: b"/G", RGB: b"/RGB", CMYK: b"/CMYK"}[model]
    head = b"BI /W %d /H %d /CS %s /BPC 8 /F [/AHx /Fl]\nID " % (width, height, space)
    return head + zlib.compress(data, 9).hex().encode() + b">\nEI"
