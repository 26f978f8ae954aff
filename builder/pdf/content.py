"""A content stream comes in; the same goes out with its colours in other inks (ISO 32000-1, 7.8.2, 8.6.8).

A page has tens of thousands of operators and a few dozen colours. One expression over the bytes finds these, and steps
over all in which their letters may stand by chance: strings, comments, inline pictures, names.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from builder.pdf.inks import CMYK, GREY, RGB
from builder.pdf.spaces import PLAIN, Space

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.pdf.inks import Colour, Inks

    Inline = Callable[[bytes], bytes]
    Named = Callable[[str], Space | None]

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
_PICTURE = (
    _START + rb"BI(?=[\s/])[\s\S]*?[\s>]ID\s[\s\S]*?\sEI" + _END + rb"(?=" + _TEXT + rb"{12}|" + _TEXT + rb"{0,11}\Z)"
)
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
_CHOOSING = re.compile(rb"\b(?:cs|CS|scn?|SCN?)\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


class Rewriter:
    """Writes content in other inks; what a colour becomes is worked out once."""

    def __init__(self, inks: Inks) -> None:
        self.inks = inks
        self.known: dict[bytes, bytes] = {}

    def rewrite(self, content: bytes, named: Named, inline: Inline, first: Space | None) -> bytes:
        """Return the content with its colours changed.

        Args:
            content: whole: of a page all its streams.
            named: a name of a colour space → the space.
            inline: changes a picture in the content, from ``BI`` to ``EI``.
            first: the space in force at its beginning; nothing when that is not known.
        """
        if not _CHOOSING.search(content):
            return _SIMPLE.sub(lambda found: self._simple(found, inline), b"\n" + content)[1:]
        return _FULL.sub(_Pen(self, named, inline, first), content)

    def _simple(self, found: re.Match[bytes], inline: Inline) -> bytes:
        written = found[0]
        if found.lastgroup == "skip":
            return written
        return inline(written) if found.lastgroup == "picture" else self.device(written)

    def device(self, written: bytes) -> bytes:
        """Change a colour that names its space: ``0 0 0 rg``."""
        changed = self.known.get(written)
        if changed is None:
            *parts, operator = written.split()
            colour = self.inks.colour(tuple(min(1.0, max(0.0, float(part))) for part in parts))
            changed = self.known[written] = written if colour is None else setting(colour, operator.isupper())
        return changed


class _Pen:
    """Goes through content in which spaces are chosen, and remembers those in force."""

    def __init__(self, rewriter: Rewriter, named: Named, inline: Inline, first: Space | None) -> None:
        self.rewriter = rewriter
        self.inks = rewriter.inks
        self.named, self.inline = named, inline
        # For filling and for stroking: the operator that chooses the space, and the space.
        self.now: tuple[tuple[bytes, Space | None], ...] = ((b"", first), (b"", first))
        self.kept: list[tuple[tuple[bytes, Space | None], ...]] = []

    def __call__(self, found: re.Match[bytes]) -> bytes:
        """Return what is written in place of what was found."""
        written, group = found[0], found.lastgroup
        match group:
            case "skip":
                return written
            case "picture":
                return self.inline(written)
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
        colour = self._changed(found, found.first) if found else None
        return written if colour is None else setting(colour, stroke)

    def _set(self, written: bytes) -> bytes:
        *parts, operator = written.split()
        stroke = operator.isupper()
        choice, space = self.now[1 if stroke else 0]
        if space is None or len(parts) != space.parts or parts[-1].startswith(b"/"):
            return written
        if space.spot and not self.inks.spots:
            return written
        colour = self._changed(space, tuple(float(part) for part in parts))
        if colour is not None:
            return setting(colour, stroke)
        if choice:  # another colour may have left another space in force
            return choice + b" " + written
        return setting(tuple(float(part) for part in parts), stroke)

    def _changed(self, space: Space, parts: Colour) -> Colour | None:
        return None if space.spot and not self.inks.spots else self.inks.colour(space.read(parts))


def setting(colour: Colour, stroke: bool) -> bytes:  # noqa: FBT001 - one of two operators
    """Write the operator that sets a colour."""
    operator = {GREY: b"g", RGB: b"rg", CMYK: b"k"}[len(colour)]
    return b" ".join([*map(number, colour), operator.upper() if stroke else operator])


def number(part: float) -> bytes:
    """Write a number with four decimals at most."""
    return f"{part:.4f}".rstrip("0").rstrip(".").encode() or b"0"


def inline_picture(width: int, height: int, model: int, data: bytes) -> bytes:
    """Write a picture of eight bits a part into content; as hexadecimal digits, its data cannot look like its end."""
    space = {GREY: b"/G", RGB: b"/RGB", CMYK: b"/CMYK"}[model]
    head = b"BI /W %d /H %d /CS %s /BPC 8 /F [/AHx /Fl]\nID " % (width, height, space)
    return head + zlib.compress(data, 9).hex().encode() + b">\nEI"
